//! One word in lines: as typed, and as spelled or by its sound.

use std::ops::Range;

use super::lines::Lines;
use super::postings::Postings;
use super::seek::{Lying, Spelled, Typed};
use super::word::{self, InLine, Word};

/// Finds a word in lines, run after run.
pub struct Seeker<'a> {
    word: &'a Word,
    lines: &'a Lines,
    typed: Option<Typed<'a>>,
    spelled: Option<Spelled<'a>>,
}

impl<'a> Seeker<'a> {
    /// A seeker in lines, of which `postings` are the postings.
    pub fn new(word: &'a Word, lines: &'a Lines, postings: &'a Postings) -> Self {
        let codes = word.line_codes();
        let is_typed = !word.is_by_sound();
        Self {
            word,
            lines,
            typed: is_typed.then(|| Typed::new(codes, lines, postings)),
            spelled: word
                .line_matcher()
                .map(|matcher| Spelled::new(matcher, lines, postings)),
        }
    }

    /// Tells `hit` places of the word in some lines, which lie behind those of the
    /// last call: the best place in each at least.
    pub fn find(&mut self, range: Range<usize>, mut hit: impl FnMut(usize, InLine)) {
        let (word, lines) = (self.word, self.lines);
        if let Some(typed) = &mut self.typed {
            typed.find(range.clone(), |line, start| {
                if let Some(at) = word.literal_in(lines, line, start) {
                    hit(line, at);
                }
            });
        }
        if let Some(spelled) = &mut self.spelled {
            spelled.find(range, |lying| {
                let Lying { start, end, .. } = lying;
                if lines.are_across_number(lying.line, &(start..end)) {
                    return;
                }
                let how = word::how(lying.fit);
                let at = InLine {
                    how,
                    cut: false,
                    start,
                    end,
                };
                hit(lying.line, at);
            });
        }
    }
}
