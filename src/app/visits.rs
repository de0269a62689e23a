//! Where the reader has been: back and forward, as in a browser.

use crate::corpus::CaseIndex;
use crate::typeset::Anchor;

/// A place in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub case: CaseIndex,
    pub anchor: Anchor,
}

/// The places left behind and, after going back, the ones ahead.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    behind: Vec<Place>,
    ahead: Vec<Place>,
}

/// Places that are remembered.
const MOST: usize = 200;

impl Visits {
    /// Remembers the place that the reader jumps away from.
    pub fn leave(&mut self, from: Place) {
        self.ahead.clear();
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// The place before, when the reader stands at `from`.
    pub fn back(&mut self, from: Place) -> Option<Place> {
        let to = self.behind.pop()?;
        self.ahead.push(from);
        Some(to)
    }

    /// The place gone back from, when the reader stands at `from`.
    pub fn forward(&mut self, from: Place) -> Option<Place> {
        let to = self.ahead.pop()?;
        self.behind.push(from);
        Some(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(case: u32) -> Place {
        Place {
            case: CaseIndex(case),
            anchor: Anchor::default(),
        }
    }

    #[test]
    fn going_back_and_forward_passes_the_same_places() {
        let mut visits = Visits::default();
        visits.leave(place(1));
        visits.leave(place(2));
        assert_eq!(visits.back(place(3)), Some(place(2)));
        assert_eq!(visits.back(place(2)), Some(place(1)));
        assert_eq!(visits.back(place(1)), None);
        assert_eq!(visits.forward(place(1)), Some(place(2)));
        assert_eq!(visits.forward(place(2)), Some(place(3)));
        assert_eq!(visits.forward(place(3)), None);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_ahead() {
        let mut visits = Visits::default();
        visits.leave(place(1));
        visits.back(place(2));
        visits.leave(place(1));
        assert_eq!(visits.forward(place(4)), None);
    }
}
