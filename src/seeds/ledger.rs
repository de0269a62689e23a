//! The ledger of a document: to what every one of its characters belongs.

use crate::case::{Document, Part};

/// All characters of a document, each counted once. What no reader claimed is
/// white space, or else unaccounted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Ledger {
    /// Characters of the document as given.
    pub total: usize,
    /// Title, bodies and text of the cases.
    pub case_text: usize,
    /// Entries of the document's own lists of cases.
    pub list_entry: usize,
    /// The document's own text outside of its cases.
    pub own_text: usize,
    /// What pages have around a text: navigation, page heads.
    pub furniture: usize,
    /// What was taken out in cleaning.
    pub noise: usize,
    /// White space outside of all the above.
    pub white_space: usize,
    /// Characters that no reader spoke for.
    pub unaccounted: usize,
    /// Characters that were claimed more than once, counted once for each claim
    /// but the first. Not part of the sum.
    pub claimed_twice: usize,
    /// Claims that are no run of characters of the text. Not part of the sum.
    pub broken_claims: usize,
}

impl Ledger {
    /// The sum of all accounts, which is the total.
    pub fn sum(&self) -> usize {
        self.case_text
            + self.list_entry
            + self.own_text
            + self.furniture
            + self.noise
            + self.white_space
            + self.unaccounted
    }

    /// Whether every character is accounted for, and once.
    pub fn is_balanced(&self) -> bool {
        self.sum() == self.total
            && self.unaccounted == 0
            && self.claimed_twice == 0
            && self.broken_claims == 0
    }
}

/// Counts the characters of a document.
pub fn ledger(document: &Document) -> Ledger {
    let text = document.text();
    let noise = document.noise.chars().count();
    let mut ledger = Ledger {
        total: text.chars().count() + noise,
        noise,
        ..Ledger::default()
    };
    let mut claims = document.claims.clone();
    claims.sort_by_key(|(range, _)| *range);
    let mut told = 0;
    for (range, part) in claims {
        let range = range.bytes();
        let Some(claimed) = text.get(range.clone()) else {
            ledger.broken_claims += 1;
            continue;
        };
        if range.start > told {
            ledger.count_unclaimed(&text[told..range.start]);
        }
        let fresh = match text.get(told.max(range.start)..range.end) {
            Some(fresh) => fresh.chars().count(),
            None => 0,
        };
        ledger.claimed_twice += claimed.chars().count() - fresh;
        // What parts the lines of a claim belongs to none.
        let between = white_space_around_lines(claimed).min(fresh);
        ledger.white_space += between;
        *match part {
            Part::Case => &mut ledger.case_text,
            Part::ListEntry => &mut ledger.list_entry,
            Part::Own => &mut ledger.own_text,
            Part::Furniture => &mut ledger.furniture,
        } += fresh - between;
        told = told.max(range.end);
    }
    ledger.count_unclaimed(&text[told..]);
    ledger
}

impl Ledger {
    fn count_unclaimed(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.white_space += 1;
            } else {
                self.unaccounted += 1;
            }
        }
    }
}

/// How many characters of white space are between the lines of a text and at its ends.
fn white_space_around_lines(text: &str) -> usize {
    let inside = text.lines().map(|line| line.trim().chars().count());
    text.chars().count() - inside.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::TextRange;
    use crate::text::clean;

    /// A document of two lines with a gloss, claimed as said; bytes of the clean
    /// text, in which a character of it has three.
    fn document(claims: &[(usize, usize, Part)]) -> Document {
        let raw = "市評(píng)選\n出案例";
        let cuts = clean::find(raw);
        let (clean, noise) = cuts.apply(raw.into());
        Document {
            name: "made up".into(),
            line_starts: clean::line_starts(raw),
            clean,
            noise,
            cuts,
            about: Default::default(),
            claims: claims
                .iter()
                .map(|&(start, end, part)| (TextRange::new(start, end), part))
                .collect(),
            ..Document::default()
        }
    }

    #[test]
    fn every_character_is_counted_once() {
        let ledger = ledger(&document(&[(10, 19, Part::Case), (0, 9, Part::Furniture)]));
        let expected = Ledger {
            total: 13,
            case_text: 3,
            furniture: 3,
            noise: 6,
            white_space: 1,
            ..Ledger::default()
        };
        assert_eq!(ledger, expected);
        assert!(ledger.is_balanced());
    }

    #[test]
    fn what_nobody_claims_is_unaccounted_for() {
        let ledger = ledger(&document(&[(0, 9, Part::ListEntry), (10, 16, Part::Case)]));
        assert_eq!((ledger.unaccounted, ledger.white_space), (1, 1));
        assert_eq!(ledger.sum(), ledger.total);
        assert!(!ledger.is_balanced());
    }

    #[test]
    fn what_is_claimed_twice_is_told_and_counted_once() {
        let claims = [
            (0, 19, Part::Case),
            (3, 9, Part::Case),
            (16, 19, Part::Furniture),
        ];
        let ledger = ledger(&document(&claims));
        assert_eq!((ledger.claimed_twice, ledger.case_text), (3, 6));
        // What parts the two lines of the first claim.
        assert_eq!(ledger.white_space, 1);
        assert_eq!(ledger.sum(), ledger.total);
        assert!(!ledger.is_balanced());
    }

    #[test]
    fn a_claim_beside_the_characters_is_told() {
        for claim in [(1, 9), (0, 400)] {
            let ledger = ledger(&document(&[(claim.0, claim.1, Part::Case)]));
            assert_eq!((ledger.broken_claims, ledger.unaccounted), (1, 6));
            assert!(!ledger.is_balanced());
        }
    }
}
