//! Marking passages: selecting a run of the page's text by sentence, paragraph or character, and
//! keeping it with its place.

use super::App;
use super::action::{Effect, Motion};
use super::window::Focus;
use crate::case::CaseRef;
use crate::corpus::CaseIndex;
use crate::store::{Change, Passage};
use crate::text::CharSpan;
use crate::text::sentence::sentences;
use crate::typeset::{Anchor, Part, RowRole, SetBlock};

/// Unit of a step of the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Sentence,
    Paragraph,
    Character,
}

/// The selected run of the page's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marking {
    case: CaseIndex,
    unit: Unit,
    /// The character at the end that moves.
    caret: Anchor,
    /// The character at the fixed end; `None` while both ends move together.
    held: Option<Anchor>,
}

impl App {
    /// Starts with the sentence of the current match or, without one, the first sentence in view.
    pub(super) fn begin_marking(&mut self) {
        self.reading.raw = false;
        self.enter_page();
        self.settle();
        let place = match self.page.current() {
            Some(place) => Anchor {
                block: place.block,
                char: place.span.start,
            },
            None => self.page.anchor(),
        };
        let caret = self.text_anchor(place, true);
        let (Some(case), Some(caret)) = (self.page.case(), caret) else {
            self.notice = Some(self.words().nothing_to_mark.to_owned());
            return;
        };
        self.mark_at(Marking {
            case,
            unit: Unit::Sentence,
            caret,
            held: None,
        });
    }

    /// Starts with a run of characters of the case's text as the selection.
    pub(super) fn begin_marking_at(&mut self, case: CaseIndex, span: CharSpan) {
        let place = |char| self.anchor_in_text(self.corpus.get(case), char);
        let (start, last) = (place(span.start), place(span.end.saturating_sub(1)));
        self.mark_at(Marking {
            case,
            unit: Unit::Character,
            caret: last,
            held: Some(start),
        });
    }

    fn mark_at(&mut self, marking: Marking) {
        self.reading.marking = Some(marking);
        self.reveal_marking();
    }

    /// Whether a run is being selected on the page.
    pub(super) fn is_marking(&self) -> bool {
        self.reading.marking.is_some() && self.window.focus == Focus::Page
    }

    /// Ends the selection unless the page has the focus and shows the typeset text of its case.
    pub(super) fn settle_marking(&mut self) {
        let stays = |marking: &Marking| {
            self.window.focus == Focus::Page
                && !self.reading.raw
                && self.page.case() == Some(marking.case)
        };
        if !self.reading.marking.as_ref().is_some_and(stays) {
            self.reading.marking = None;
        }
    }

    /// Returns the selected run: the place of its first character, and the place after its last.
    pub fn marked(&self) -> Option<(Anchor, Anchor)> {
        let marking = self
            .reading
            .marking
            .as_ref()
            .filter(|_| self.is_marking())?;
        let held = marking.held.unwrap_or(marking.caret);
        let (first, last) = (held.min(marking.caret), held.max(marking.caret));
        let (start, _) = self.unit_at(first, marking.unit)?;
        let (_, end) = self.unit_at(last, marking.unit)?;
        Some((start, end))
    }

    /// Returns the part of a block that is selected, in characters.
    pub fn marked_in(&self, block: u32) -> Option<CharSpan> {
        let (start, end) = self.marked()?;
        let span = CharSpan {
            start: if start.block == block { start.char } else { 0 },
            end: if end.block == block {
                end.char
            } else {
                u32::MAX
            },
        };
        (start.block..=end.block).contains(&block).then_some(span)
    }

    /// Returns the start and end of the unit that contains a character.
    fn unit_at(&self, place: Anchor, unit: Unit) -> Option<(Anchor, Anchor)> {
        let block = self.text_block(place.block)?;
        let span = match unit {
            Unit::Character => CharSpan::new(place.char, place.char + 1),
            Unit::Paragraph => CharSpan::new(0, block.text.chars().count() as u32),
            Unit::Sentence => sentence_at(&block.text, place.char),
        };
        let at = |char| Anchor { char, ..place };
        Some((at(span.start), at(span.end)))
    }

    /// Returns a block if it is a non-empty block of the case's text.
    fn text_block(&self, block: u32) -> Option<&SetBlock> {
        let sheet = self.page.sheet()?;
        let block = sheet.set.blocks().get(block as usize)?;
        let is_text = matches!(block.part, Part::Text(_)) && !block.text.trim().is_empty();
        is_text.then_some(block)
    }

    /// Returns the place if it is in the text, otherwise the nearest place in the text: after it
    /// or, if not `forward`, before it, and then in the other direction.
    fn text_anchor(&self, place: Anchor, forward: bool) -> Option<Anchor> {
        if let Some(block) = self.text_block(place.block) {
            let last = (block.text.chars().count() as u32).saturating_sub(1);
            let char = place.char.min(last);
            return Some(Anchor { char, ..place });
        }
        let count = self.page.sheet()?.set.blocks().len() as u32;
        let mut behind = place.block.saturating_add(1)..count;
        let mut before = (0..place.block.min(count)).rev();
        let is_text = |block: &u32| self.text_block(*block).is_some();
        let block = if forward {
            behind.find(is_text).or_else(|| before.find(is_text))?
        } else {
            before.find(is_text).or_else(|| behind.find(is_text))?
        };
        let char = match (block > place.block, self.text_block(block)) {
            (false, Some(found)) => (found.text.chars().count() as u32).saturating_sub(1),
            _ => 0,
        };
        Some(Anchor { block, char })
    }

    /// Moves the selection by rows, or from one unit to the next.
    pub(super) fn step_marking(&mut self, motion: Motion) {
        let Some(marking) = self.reading.marking.clone() else {
            return;
        };
        let rows = self.page.height() as isize;
        let by_unit = marking.unit != Unit::Character;
        let caret = match motion {
            Motion::Down if by_unit => return self.step_unit(true),
            Motion::Up if by_unit => return self.step_unit(false),
            Motion::Down => self.rows_away(marking.caret, 1),
            Motion::Up => self.rows_away(marking.caret, -1),
            Motion::HalfDown => self.rows_away(marking.caret, rows / 2),
            Motion::HalfUp => self.rows_away(marking.caret, -rows / 2),
            Motion::PageDown => self.rows_away(marking.caret, rows),
            Motion::PageUp => self.rows_away(marking.caret, -rows),
            Motion::First => self.text_anchor(Anchor::default(), true),
            Motion::Last => {
                let end = Anchor {
                    block: u32::MAX,
                    char: 0,
                };
                self.text_anchor(end, false)
            }
        };
        self.move_caret(caret);
    }

    /// Moves the selection to the next or previous unit.
    pub(super) fn step_unit(&mut self, forward: bool) {
        let Some(marking) = self.reading.marking.clone() else {
            return;
        };
        let Some((start, end)) = self.unit_at(marking.caret, marking.unit) else {
            return;
        };
        let block = marking.caret.block;
        let chars = |block: &SetBlock| block.text.chars().count() as u32;
        let length = self.text_block(block).map_or(0, chars);
        let caret = match forward {
            true if end.char < length => Some(end),
            true => {
                let next = Anchor {
                    block: block + 1,
                    char: 0,
                };
                let found = self.text_anchor(next, true);
                found.filter(|found| found.block > block)
            }
            false if start.char > 0 => Some(Anchor {
                char: start.char - 1,
                ..start
            }),
            false => {
                let before = block.checked_sub(1).map(|block| Anchor {
                    block,
                    char: u32::MAX,
                });
                let found = before.and_then(|before| self.text_anchor(before, false));
                found.filter(|found| found.block < block)
            }
        };
        // White space after a sentence belongs to the next one.
        let caret = caret.map(|caret| match marking.unit {
            Unit::Sentence => self
                .unit_at(caret, Unit::Sentence)
                .map_or(caret, |(start, _)| start),
            Unit::Paragraph | Unit::Character => caret,
        });
        self.move_caret(caret);
    }

    /// Returns the character some rows below or above a place, at the same offset in its row.
    fn rows_away(&self, place: Anchor, rows: isize) -> Option<Anchor> {
        let set = &self.page.sheet()?.set;
        let row = set.row_of(place);
        let along = place.char - set.rows().get(row)?.char;
        let last = set.rows().len().saturating_sub(1);
        let mut to = row.saturating_add_signed(rows).min(last);
        if set.rows()[to].role == RowRole::Blank {
            to = to.saturating_add_signed(rows.signum()).min(last);
        }
        let start = set.anchor_at(to);
        let columns = set.row_text(to).chars().count() as u32;
        let char = start.char + along.min(columns.saturating_sub(1));
        self.text_anchor(Anchor { char, ..start }, rows > 0)
    }

    fn move_caret(&mut self, to: Option<Anchor>) {
        let (Some(marking), Some(to)) = (&mut self.reading.marking, to) else {
            return;
        };
        marking.caret = to;
        self.reveal_marking();
    }

    fn reveal_marking(&mut self) {
        let Some(marking) = &self.reading.marking else {
            return;
        };
        let unit = self.unit_at(marking.caret, marking.unit);
        let (start, end) = unit.unwrap_or((marking.caret, marking.caret));
        self.page.reveal(start, end);
    }

    /// Fixes one end of the selection, or releases it.
    pub(super) fn hold(&mut self) {
        let words = self.words();
        let Some(marking) = &mut self.reading.marking else {
            return;
        };
        marking.held = match marking.held {
            Some(_) => None,
            None => Some(marking.caret),
        };
        let said = match marking.held {
            Some(_) => words.held,
            None => words.let_go,
        };
        self.notice = Some(said.to_owned());
    }

    /// Switches the unit from sentences to paragraphs to characters.
    pub(super) fn turn_unit(&mut self) {
        let words = self.words();
        let Some(marking) = &mut self.reading.marking else {
            return;
        };
        let (unit, said) = match marking.unit {
            Unit::Sentence => (Unit::Paragraph, words.by_paragraph),
            Unit::Paragraph => (Unit::Character, words.by_character),
            Unit::Character => (Unit::Sentence, words.by_sentence),
        };
        marking.unit = unit;
        self.notice = Some(said.to_owned());
        self.reveal_marking();
    }

    /// Keeps the selected run as a passage, or removes it if it is kept already.
    pub(super) fn keep_marked(&mut self) -> Option<Effect> {
        let passage = self.chosen_passage()?;
        let case = self.reading.marking.take()?.case;
        self.turn_passage(case, passage)
    }

    /// Keeps the paragraph of the current match or, without one, the first in view. Removes it if
    /// it is kept already.
    pub(super) fn mark_paragraph(&mut self) -> Option<Effect> {
        let case = self.page.case()?;
        let here = self.page.current().map(|place| place.block);
        let block = here.unwrap_or(self.page.anchor().block);
        let place = self.text_anchor(Anchor { block, char: 0 }, true);
        let unit = place.and_then(|place| self.unit_at(place, Unit::Paragraph));
        let Some((start, end)) = unit else {
            self.notice = Some(self.words().nothing_to_mark.to_owned());
            return None;
        };
        let passage = self.passage_between(start, end)?;
        self.turn_passage(case, passage)
    }

    fn turn_passage(&mut self, case: CaseIndex, passage: Passage) -> Option<Effect> {
        let id = self.key(case);
        let kept = self.collection.kept.passages(&id);
        let on = kept.iter().all(|kept| kept.span != passage.span);
        let words = self.words();
        self.collection
            .collected
            .retain(|&(known, span)| (known, span) != (case, passage.span));
        if on {
            self.collection.collected.push((case, passage.span));
        }
        let count = self.collection.collected.len();
        self.notice = Some(if on {
            (words.marked)(count)
        } else {
            words.unmarked.to_owned()
        });
        let quote = if on { passage.quote } else { String::new() };
        Some(Effect::Keep(vec![Change::Passage {
            case: id,
            span: passage.span,
            quote,
        }]))
    }

    /// Returns the selected run, in the script of the document.
    pub(super) fn chosen_passage(&self) -> Option<Passage> {
        let (start, end) = self.marked()?;
        self.passage_between(start, end)
    }

    fn passage_between(&self, start: Anchor, end: Anchor) -> Option<Passage> {
        let case = self.corpus.get(self.page.case()?);
        let span = CharSpan::new(
            self.char_of_text(case, start)?,
            self.char_of_text(case, end)?,
        );
        let text = case.text();
        let chars = text.chars().skip(span.start as usize);
        let quote: String = chars.take((span.end - span.start) as usize).collect();
        (!quote.trim().is_empty()).then_some(Passage { span, quote })
    }

    /// Returns the character offset in the case's text of a place on the page. Displaying another
    /// script does not change the number of characters.
    fn char_of_text(&self, case: CaseRef<'_>, place: Anchor) -> Option<u32> {
        let sheet = self.page.sheet()?;
        let Part::Text(index) = sheet.set.blocks().get(place.block as usize)?.part else {
            return None;
        };
        let before = case.case.blocks.iter().take(index as usize);
        let chars = |block| case.block_text(block).chars().count() as u32 + 1;
        Some(before.map(chars).sum::<u32>() + place.char)
    }

    /// Returns the place on the page of a character of the case's text.
    pub(super) fn anchor_in_text(&self, case: CaseRef<'_>, char: u32) -> Anchor {
        let mut left = char;
        for (index, block) in (0..).zip(&case.case.blocks) {
            let chars = case.block_text(block).chars().count() as u32;
            if left < chars {
                let sheet = self.page.sheet();
                let found = sheet.and_then(|sheet| sheet.set.anchor_of(Part::Text(index), left));
                return found.unwrap_or_default();
            }
            left = left.saturating_sub(chars + 1);
        }
        Anchor::default()
    }
}

/// Returns the sentence that contains a character, or the next one.
fn sentence_at(text: &str, char: u32) -> CharSpan {
    let spans = sentences(text);
    let found = spans
        .iter()
        .find(|span| char < span.end)
        .or(spans.last())
        .copied();
    found.unwrap_or(CharSpan::new(char, char + 1))
}
