//! Votes of the panel, counted in whole numbers.

use serde::{Deserialize, Serialize};

/// The share of those present that a motion needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Majority {
    /// More than half.
    #[serde(rename = "1/2")]
    Half,
    /// Two thirds or more.
    #[serde(rename = "2/3")]
    TwoThirds,
}

/// A vote on one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Members of the panel.
    pub members: u32,
    /// Of them, those in the room.
    pub present: u32,
    /// Of those, the ones with a conflict of interest, who are not counted as present.
    pub recused: u32,
    pub yes: u32,
    pub majority: Majority,
}

/// What a vote comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// Fewer than two thirds of the panel were present and not recused.
    NoQuorum,
    /// More votes than voters, or more voters than members.
    Impossible,
}

impl Vote {
    /// Those whose votes count.
    pub const fn voters(self) -> u32 {
        self.present.saturating_sub(self.recused)
    }

    /// The fewest members who must be present and not recused: two thirds.
    pub const fn quorum(self) -> u32 {
        (2 * self.members).div_ceil(3)
    }

    /// The fewest votes that pass the motion.
    pub const fn needed(self) -> u32 {
        match self.majority {
            Majority::Half => self.voters() / 2 + 1,
            Majority::TwoThirds => (2 * self.voters()).div_ceil(3),
        }
    }

    /// What the vote comes to.
    pub const fn outcome(self) -> Outcome {
        if self.present > self.members || self.recused > self.present || self.yes > self.voters() {
            Outcome::Impossible
        } else if self.voters() < self.quorum() {
            Outcome::NoQuorum
        } else if self.voters() > 0 && self.yes >= self.needed() {
            Outcome::Passed
        } else {
            Outcome::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(present: u32, recused: u32, yes: u32, majority: Majority) -> Vote {
        Vote {
            members: 11,
            present,
            recused,
            yes,
            majority,
        }
    }

    #[test]
    fn eleven_members_need_eight_present() {
        assert_eq!(vote(11, 0, 0, Majority::Half).quorum(), 8);
        assert_eq!(vote(7, 0, 7, Majority::Half).outcome(), Outcome::NoQuorum);
        assert_eq!(vote(8, 0, 5, Majority::Half).outcome(), Outcome::Passed);
    }

    #[test]
    fn those_recused_do_not_make_the_quorum() {
        assert_eq!(vote(8, 1, 7, Majority::Half).outcome(), Outcome::NoQuorum);
        assert_eq!(vote(9, 1, 5, Majority::Half).outcome(), Outcome::Passed);
    }

    #[test]
    fn one_recused_leaves_ten_of_eleven() {
        assert_eq!(vote(11, 1, 0, Majority::Half).needed(), 6);
        assert_eq!(vote(11, 1, 0, Majority::TwoThirds).needed(), 7);
        assert_eq!(vote(11, 1, 5, Majority::Half).outcome(), Outcome::Failed);
        assert_eq!(vote(11, 1, 6, Majority::Half).outcome(), Outcome::Passed);
        assert_eq!(
            vote(11, 1, 6, Majority::TwoThirds).outcome(),
            Outcome::Failed
        );
        assert_eq!(
            vote(11, 1, 7, Majority::TwoThirds).outcome(),
            Outcome::Passed
        );
    }

    #[test]
    fn more_votes_than_voters_are_impossible() {
        assert_eq!(
            vote(11, 1, 11, Majority::Half).outcome(),
            Outcome::Impossible
        );
        assert_eq!(
            vote(12, 0, 0, Majority::Half).outcome(),
            Outcome::Impossible
        );
    }
}
