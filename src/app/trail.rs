//! Where the reader has been: back and forward, as in a browser, and where reading stopped.

use crate::corpus::CaseIndex;
use crate::typeset::Anchor;

/// A place in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub case: CaseIndex,
    pub anchor: Anchor,
}

/// The places visited, and the state of going back.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    pub(super) visits: Visits,
    /// The case that the reader went to, possibly not in the list.
    pub(super) revisited: Option<CaseIndex>,
    /// The case that was chosen among all cases before the search began.
    pub(super) before_search: Option<CaseIndex>,
    /// The last place on the page while the page had the focus.
    pub(super) last_read: Option<Place>,
    /// The place on the page when it was shown without a known match.
    pub(super) unmatched: Option<Place>,
    /// Where reading stopped the last time. `None` once the reader has done something.
    pub(super) resumed: Option<Place>,
    /// Index of the match that was current at `resumed`.
    pub(super) matched: Option<u32>,
}

/// Places to go back to and, after going back, places to go forward to.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    behind: Vec<Place>,
    ahead: Vec<Place>,
}

/// Maximum number of places to go back to.
const MOST: usize = 200;

impl Visits {
    /// Adds the place that the reader jumps away from.
    pub fn leave(&mut self, from: Place) {
        self.ahead.clear();
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// Whether there is a place to go back to.
    pub fn has_behind(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Whether there is a place to go forward to.
    pub fn has_ahead(&self) -> bool {
        !self.ahead.is_empty()
    }

    /// Goes back from `from` and returns the place before.
    pub fn back(&mut self, from: Place) -> Option<Place> {
        let to = self.behind.pop()?;
        self.ahead.push(from);
        Some(to)
    }

    /// Goes forward from `from` and returns the place that the reader had gone back from.
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
