//! A word of a query, compiled, and where it occurs in a text.
//!
//! All matching uses [`Pattern::occurrences`] or its parts: scoring, explaining, marking, finding
//! in a page and picking field values. So what is marked is what was found.

use std::iter;
use std::ops::Range;
use std::sync::Arc;

use super::Tier;
use super::folded::{self, FoldedRef, Mark, TextKind};
use super::nfa::{self, Nfa, Starts};
use super::query::Phrase;
use super::rank::{Quality, Where};
use super::scattered;
use crate::text::CharSpan;
use crate::text::finder::Finder;
use crate::text::fold;
use crate::text::pinyin::{self, ReadableCodes, Spellings};
use crate::text::script;
use crate::text::word_ends::{WordEnds, is_digit, is_letter};

/// Minimum length, in characters, of a word that may be found by its sound or scattered. Of 78
/// everyday words that occur nowhere, all 29 that found noise this way had two.
const LEAST_GUESSED: usize = 3;

/// A word of a query, compiled.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The folded word as typed, without marks at its ends unless it is quoted.
    codes: Vec<u16>,
    line: Form,
    body: Form,
    quoted: bool,
    ends: WordEnds,
    kind: PatternKind,
    origin: Origin,
}

/// A word in the form of texts of one kind.
#[derive(Clone, Debug)]
struct Form {
    codes: Vec<u16>,
    /// Marks that the form drops.
    marks: Vec<Mark>,
    finder: Finder,
}

/// What a pattern matches.
#[derive(Clone, Debug)]
enum PatternKind {
    /// Only the word itself: it has no letters, or is quoted.
    Literal,
    /// The word itself, and characters that its letters spell.
    Pinyin {
        line: Arc<Nfa>,
        /// For running text, if the letters may be two syllables. One would match nearly every
        /// page: in running text, xian is 西安, and not 先.
        body: Option<Arc<Nfa>>,
    },
    /// Characters that sound like the word; it is not searched for as typed.
    Sound(Arc<Nfa>),
    /// The characters of the word in a few pieces close together, in a line.
    Scattered,
}

/// How a pattern relates to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Typed,
    /// The same figure in another form.
    Figure,
    /// Another word for the same thing.
    Near,
}

/// An occurrence of a pattern in a text, by indices of its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    pub start: usize,
    pub end: usize,
    pub quality: Quality,
    /// Whether it is part of a longer figure, or made of initials that are not whole words.
    pub cut: bool,
}

impl Pattern {
    /// Compiles a word; `library` contains the characters that may occur.
    ///
    /// Returns `None` if the word has only marks and spaces.
    pub fn new(phrase: &Phrase, spellings: &Spellings, library: &ReadableCodes) -> Option<Self> {
        let mut codes = fold::codes(phrase.text.trim());
        if !phrase.quoted {
            nfa::trim_marks(&mut codes, |_| false);
        }
        let line = Form::of(TextKind::Line, &codes);
        let pinyin = if line.codes.iter().any(|&code| is_letter(code)) && !phrase.quoted {
            Nfa::of_pinyin(&phrase.text, spellings, library)
        } else {
            None
        };
        (!line.codes.is_empty()).then(|| Self {
            body: Form::of(TextKind::Body, &codes),
            ends: WordEnds::of(&line.codes, phrase.quoted),
            kind: pinyin.map_or(PatternKind::Literal, |(line, body)| PatternKind::Pinyin {
                line,
                body,
            }),
            line,
            codes,
            quoted: phrase.quoted,
            origin: Origin::Typed,
        })
    }

    /// Compiles a word and the other forms of its figures. Yields nothing if it has only marks and
    /// spaces.
    pub fn all_of(
        phrase: &Phrase,
        spellings: &Spellings,
        library: &ReadableCodes,
    ) -> impl Iterator<Item = Self> {
        let figures = phrase
            .other_figures()
            .filter_map(|phrase| Self::new(&phrase, spellings, library));
        let typed = Self::new(phrase, spellings, library);
        let figures: Vec<Self> = figures
            .map(|figure| figure.instead(Origin::Figure))
            .collect();
        typed.into_iter().chain(figures)
    }

    /// Returns the word by its sound; `None` if it has no Han character, is quoted, or is so short
    /// that others sound like it by chance.
    pub fn by_sound(&self, spellings: &Spellings, library: &ReadableCodes) -> Option<Self> {
        if !self.may_sound() || self.line.codes.len() < LEAST_GUESSED {
            return None;
        }
        let nfa = Nfa::by_sound(&self.line.codes, spellings, library)?;
        Some(self.with(PatternKind::Sound(Arc::new(nfa))))
    }

    /// Returns the word as a synonym or as another form of a figure, which matches only as written.
    pub fn instead(&self, origin: Origin) -> Self {
        Self {
            origin,
            ..self.with(PatternKind::Literal)
        }
    }

    /// Returns the word with its characters scattered; `None` if it is quoted, or so short that its
    /// characters are scattered by chance.
    pub fn scattered(&self) -> Option<Self> {
        let is_long = self.line.codes.len() >= LEAST_GUESSED;
        (is_long && self.may_be_near()).then(|| self.with(PatternKind::Scattered))
    }

    /// Returns the word without the marks inside it; `None` if there are none, or it is quoted.
    pub fn without_marks(&self) -> Option<Self> {
        let codes = &self.line.codes;
        let has_marks = !self.quoted && self.codes != *codes;
        has_marks.then(|| Self {
            line: Form::of(TextKind::Line, codes),
            body: Form::of(TextKind::Body, codes),
            codes: codes.clone(),
            ..self.clone()
        })
    }

    fn with(&self, kind: PatternKind) -> Self {
        Self {
            kind,
            ..self.clone()
        }
    }

    /// Whether the word may be searched for by its sound.
    pub fn may_sound(&self) -> bool {
        let mut codes = self.line.codes.iter();
        let has_sound = codes.any(|&code| pinyin::set_of(code) != 0);
        has_sound && self.may_be_near()
    }

    /// Whether the word may be replaced by others.
    pub fn may_be_near(&self) -> bool {
        !self.quoted && self.origin == Origin::Typed
    }

    /// Returns the folded word as typed, without marks at its ends unless it is quoted.
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// Returns the folded word without marks and spaces.
    pub fn line_codes(&self) -> &[u16] {
        &self.line.codes
    }

    /// Returns the codes of the word as typed in texts of a kind; `None` if it is not searched for
    /// as typed.
    pub fn literal_codes(&self, kind: TextKind) -> Option<&[u16]> {
        let is_literal = matches!(self.kind, PatternKind::Literal | PatternKind::Pinyin { .. });
        is_literal.then(|| &*self.form(kind).codes)
    }

    /// Returns the finder of the word's codes in texts of a kind, whatever marks are there.
    pub fn finder(&self, kind: TextKind) -> &Finder {
        &self.form(kind).finder
    }

    /// Returns the automaton that finds the word by letters or sound in texts of a kind. A single
    /// syllable has none for bodies, since it would match nearly every page.
    pub fn nfa(&self, kind: TextKind) -> Option<&Nfa> {
        match (&self.kind, kind) {
            (PatternKind::Pinyin { line, .. }, TextKind::Line) => Some(line),
            (PatternKind::Pinyin { body, .. }, TextKind::Body) => body.as_deref(),
            (PatternKind::Sound(nfa), _) => Some(nfa),
            _ => None,
        }
    }

    /// Returns the tier of a match in a line or, by letters or sound, in a body.
    pub fn tier(&self, kind: TextKind, quality: Quality) -> Tier {
        match self.kind {
            PatternKind::Sound(_) => Tier::Homophone,
            PatternKind::Scattered => Tier::Scattered,
            _ if self.origin == Origin::Near => Tier::Near,
            _ if kind == TextKind::Body && quality >= Quality::Syllables => Tier::PinyinInText,
            _ => Tier::Exact,
        }
    }

    /// Returns the best possible quality of an occurrence.
    pub fn best_quality(&self) -> Quality {
        match self.origin {
            Origin::Figure => Quality::OtherFigure,
            _ => Quality::AsTyped,
        }
    }

    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// Whether the word matches scattered over a line.
    pub fn is_scattered(&self) -> bool {
        matches!(self.kind, PatternKind::Scattered)
    }

    /// Whether the word has letters that count more as typed than by what they spell.
    pub fn has_letters(&self) -> bool {
        self.ends.are_letters()
    }

    fn is_by_sound(&self) -> bool {
        matches!(self.kind, PatternKind::Sound(_))
    }

    /// Returns how the word matches a year: as a whole (2016, 2016年) or as its beginning (201).
    pub fn year(&self, year: u16) -> Option<Where> {
        let has_digits = self.codes.first().is_some_and(|&code| is_digit(code));
        let printed = || fold::codes(&format!("{year}年度"));
        if !has_digits || self.quoted || self.is_by_sound() || !printed().starts_with(&self.codes) {
            return None;
        }
        Some(match self.codes.len() {
            4.. => Where::Record,
            _ => Where::Unfinished,
        })
    }

    /// Yields the occurrences in a text: as typed, then by whole syllables, then by initials. Each
    /// group is in order and without overlaps.
    pub fn occurrences<'a>(&'a self, text: FoldedRef<'a>) -> impl Iterator<Item = Occurrence> + 'a {
        self.occurrences_at(text, |_, _| true)
    }

    /// Yields the occurrences in a text whose start and end are wanted.
    pub fn occurrences_at<'a>(
        &'a self,
        text: FoldedRef<'a>,
        is_wanted: impl Fn(usize, usize) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = Occurrence> + 'a {
        let literal = self
            .literal(text, 0)
            .filter(move |found| is_wanted(found.start, found.end));
        literal.chain(self.not_literal(text, 0, is_wanted))
    }

    /// Yields the occurrences from `from` on that are not as typed.
    pub fn not_literal<'a>(
        &'a self,
        text: FoldedRef<'a>,
        from: usize,
        is_wanted: impl Fn(usize, usize) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = Occurrence> + 'a {
        let pieces = self
            .pieces(text)
            .filter(move |found| is_wanted(found.start, found.end));
        self.spelled(text, from, None, is_wanted).chain(pieces)
    }

    /// Returns the first code in some lines from which the word may occur other than as typed.
    #[inline]
    pub fn first_not_literal(&self, lines: &[[u8; 2]]) -> Option<usize> {
        match self.nfa(TextKind::Line) {
            Some(nfa) => nfa.first(lines),
            None => (self.is_scattered() && !lines.is_empty()).then_some(0),
        }
    }

    /// Yields the occurrences as typed, from `from` on.
    pub fn literal<'a>(
        &'a self,
        text: FoldedRef<'a>,
        from: usize,
    ) -> impl Iterator<Item = Occurrence> + 'a {
        let form = self.form(text.kind);
        let mut from = match self.literal_codes(text.kind) {
            Some(_) => from,
            None => text.len(),
        };
        let mut marks = text.marks;
        iter::from_fn(move || {
            while from < text.len() {
                let start = from + form.finder.find(&text.bytes()[2 * from..])?;
                while let [(at, _), others @ ..] = marks
                    && (*at as usize) < start
                {
                    marks = others;
                }
                let found = self.literal_at(text, start, marks);
                from = found.map_or(start + 1, |found| found.end);
                if found.is_some() {
                    return found;
                }
            }
            None
        })
    }

    /// Returns the occurrence as typed whose codes begin at `start`; `None` if a mark or a
    /// heading's number rules it out. `marks` are the marks of the text from `start` on.
    fn literal_at(&self, text: FoldedRef<'_>, start: usize, marks: &[Mark]) -> Option<Occurrence> {
        let form = self.form(text.kind);
        let end = start + form.codes.len();
        let beyond = marks.iter().position(|&(at, _)| at as usize > end);
        let around = &marks[..beyond.unwrap_or(marks.len())];
        let has_same_marks = if self.quoted {
            form.has_marks(around, start)
        } else {
            // Any mark will do.
            form.is_parted_as(around, start)
        };
        let own = || form.marks.iter().map(|&(at, _)| start + at as usize);
        // No word runs across the end of a heading's number unless it has a mark there.
        let crosses =
            start < text.number && text.number < end && !own().any(|at| at == text.number);
        if self.quoted && !has_same_marks || crosses {
            return None;
        }
        let mut found = Occurrence {
            start,
            end,
            quality: if has_same_marks {
                Quality::AsTyped
            } else {
                Quality::AcrossMarks
            },
            cut: false,
        };
        if self.ends.matter() {
            let is_marked = |at: usize| around.iter().any(|&(mark, _)| mark as usize == at);
            let codes = |at: usize, codes: [Option<usize>; 2]| {
                if is_marked(at) {
                    [0, 0]
                } else {
                    codes.map(|at| at.map_or(0, |at| text.code(at)))
                }
            };
            let before = codes(start, [start.checked_sub(1), start.checked_sub(2)]);
            let after = codes(end, [Some(end), Some(end + 1)]);
            if self.ends.is_part(before, after) {
                found.quality = Quality::PartOfWord;
            }
            found.cut = self.ends.cuts_figure(before, after);
        }
        if self.origin == Origin::Figure {
            let is_whole = !found.cut && found.quality <= Quality::AcrossMarks;
            found.quality = Quality::OtherFigure;
            return is_whole.then_some(found);
        }
        Some(found)
    }

    /// Yields the occurrences by letters or sound, from `from` on. In a body, `starts` may limit
    /// where they begin.
    pub fn spelled<'a>(
        &'a self,
        text: FoldedRef<'a>,
        from: usize,
        starts: Option<Starts<'a>>,
        is_wanted: impl Fn(usize, usize) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = Occurrence> + 'a {
        let nfa = self.nfa(text.kind);
        let in_line = text.kind == TextKind::Line;
        let is_wanted =
            move |start, end| self.may_sound_like(text, start, end) && is_wanted(start, end);
        let (mut initials, mut at) = (false, from);
        // One or two initials occur nearly everywhere.
        let is_long = self.codes.len() > 2;
        let mut starts = starts.or_else(|| Some(nfa?.starts(false)));
        iter::from_fn(move || {
            loop {
                // The number of a heading is a separate text.
                let end = if at < text.number {
                    text.number
                } else {
                    text.len()
                };
                let (nfa, starts) = (nfa?, starts.as_mut()?);
                match nfa.find(&text.codes[..end], at, initials, starts, is_wanted) {
                    Some((start, end, quality)) => {
                        at = end;
                        if !initials || quality == Quality::Initials {
                            return Some(Occurrence {
                                start,
                                end,
                                quality: match quality {
                                    // In a body, an unfinished syllable is as good: a page is not
                                    // one word.
                                    Quality::Unfinished if in_line => Quality::Unfinished,
                                    Quality::Unfinished | Quality::Syllables
                                        if is_word(text, start..end) =>
                                    {
                                        Quality::Syllables
                                    }
                                    Quality::Unfinished | Quality::Syllables => Quality::Unlikely,
                                    quality => quality,
                                },
                                cut: initials && is_long && !begins_words(text, start..end),
                            });
                        }
                    }
                    None if end < text.len() => at = end,
                    None if in_line && !initials => {
                        (initials, at) = (true, from);
                        *starts = nfa.starts(true);
                    }
                    None => return None,
                }
            }
        })
    }

    /// Whether a pass finds nothing better than an occurrence of some quality.
    pub fn is_best_of_pass(&self, kind: TextKind, quality: Quality) -> bool {
        match quality {
            Quality::AsTyped | Quality::Syllables | Quality::Initials => true,
            Quality::Unfinished => self
                .nfa(kind)
                .is_some_and(|nfa| nfa.best_quality() == quality),
            _ => false,
        }
    }

    /// Whether an occurrence may be meant: one by sound must not cross the border of two lines of a
    /// title.
    fn may_sound_like(&self, text: FoldedRef<'_>, start: usize, end: usize) -> bool {
        let marks = &text.marks[text.marks_before(start + 1)..text.marks_before(end)];
        !self.is_by_sound() || marks.iter().all(|&(_, code)| code != u16::from(b' '))
    }

    /// Yields the pieces of the word in a line over which it is scattered.
    fn pieces(&self, text: FoldedRef<'_>) -> impl Iterator<Item = Occurrence> + use<> {
        let found = if self.is_scattered() && text.kind == TextKind::Line {
            scattered::find(&self.line.codes, folded::codes(text.codes))
        } else {
            Vec::new()
        };
        let pieces = found
            .chunk_by(|before, after| before + 1 == *after)
            .map(|piece| Occurrence {
                start: piece[0],
                end: piece[0] + piece.len(),
                quality: Quality::AsTyped,
                cut: false,
            });
        pieces.collect::<Vec<_>>().into_iter()
    }

    /// Returns the characters of an occurrence as they are shown, without marks inside it unless
    /// the word is quoted.
    pub fn spans(&self, text: FoldedRef<'_>, found: Occurrence) -> Vec<CharSpan> {
        if !self.quoted {
            return text.spans(found.start..found.end);
        }
        let leading = self
            .form(text.kind)
            .marks
            .iter()
            .take_while(|mark| mark.0 == 0);
        let first = (text.shown(found.start).1 - leading.count()) as u32;
        vec![CharSpan::new(first, first + self.codes.len() as u32)]
    }

    fn form(&self, kind: TextKind) -> &Form {
        match kind {
            TextKind::Line => &self.line,
            TextKind::Body => &self.body,
        }
    }
}

/// Whether a few characters are a word where they occur. In a line their neighbours decide; in a
/// body, of which there is more, the word list does. Four or more are seldom adjacent by chance.
fn is_word(text: FoldedRef<'_>, at: Range<usize>) -> bool {
    let codes: Vec<u16> = at.clone().take(4).map(|at| text.code(at)).collect();
    let is_mixed = codes.iter().any(|&code| pinyin::set_of(code) == 0);
    if is_mixed || !matches!(codes.len(), 2 | 3) || script::is_word(&codes) {
        return true;
    }
    text.kind == TextKind::Line && {
        let (codes, at) = text.around(at);
        !script::cuts(&script::words(&codes), &at)
    }
}

/// Whether some characters are uncut words that do not begin with a lone character of another:
/// 街长制 passes, as jzz, but not 机制组 of 机制组建 nor, as sjj, 生经济 of 催生经济.
fn begins_words(text: FoldedRef<'_>, at: Range<usize>) -> bool {
    let (codes, at) = text.around(at);
    let words = script::words(&codes);
    let mut inside = words.iter().filter(|word| at.contains(&word.start));
    let is_lone = inside.next().is_some_and(|word| word.len() == 1);
    !(script::cuts(&words, &at) || is_lone && inside.any(|word| word.len() > 1))
}

impl Form {
    fn of(kind: TextKind, word: &[u16]) -> Self {
        let (codes, marks) = kind.split(word);
        Self {
            finder: Finder::new(&codes),
            codes,
            marks,
        }
    }

    /// Whether the marks of a text inside the word, which begins at `start`, are at the same places
    /// as those of the word. `around` are the marks around and inside it.
    fn is_parted_as(&self, around: &[Mark], start: usize) -> bool {
        let end = self.codes.len();
        let places = |marks: &[Mark], start: usize| {
            let mut places: Vec<usize> = marks
                .iter()
                .map(|&(at, _)| at as usize - start)
                .filter(|at| (1..end).contains(at))
                .collect();
            places.dedup();
            places
        };
        around.is_empty() && self.marks.is_empty()
            || places(&self.marks, 0) == places(around, start)
    }

    /// Whether the marks of a text are exactly those of the word; at its ends there may be more.
    fn has_marks(&self, around: &[Mark], start: usize) -> bool {
        let end = (start + self.codes.len()) as u32;
        let leading = |marks: &[Mark], at: u32| marks.partition_point(|mark| mark.0 <= at);
        let more = leading(around, start as u32).checked_sub(leading(&self.marks, 0));
        let Some(around) = more.map(|more| &around[more..]) else {
            return false;
        };
        let own = self
            .marks
            .iter()
            .map(|&(at, code)| (start as u32 + at, code));
        let is_same = own.eq(around.iter().copied().take(self.marks.len()));
        let others = &around[self.marks.len().min(around.len())..];
        is_same && others.iter().all(|&(at, _)| at == end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::folded::Folded;
    use crate::search::score::best_in_line;

    fn word(text: &str) -> Pattern {
        let phrase = Phrase {
            text: text.to_owned(),
            quoted: false,
        };
        Pattern::new(&phrase, &Spellings::default(), ReadableCodes::all()).expect("a word")
    }

    fn best(pattern: &Pattern, line: &str) -> Option<Occurrence> {
        let folded = Folded::of(TextKind::Line, &fold::codes(line));
        let line = folded.text(0);
        best_in_line(pattern, pattern.occurrences(line), line).map(|(found, _)| found)
    }

    #[track_caller]
    fn check(word_text: &str, line: &str, expected: Option<(Quality, &str)>) {
        let found = best(&word(word_text), line);
        let characters: Vec<char> = line
            .chars()
            .filter(|&c| !fold::is_mark(fold::code(c)))
            .collect();
        let found = found.map(|at| {
            (
                at.quality,
                characters[at.start..at.end].iter().collect::<String>(),
            )
        });
        let expected = expected.map(|(how, text)| (how, text.to_owned()));
        assert_eq!(found, expected, "{word_text} in {line}");
    }

    #[test]
    fn han_match_as_typed_in_both_scripts_and_across_marks() {
        check(
            "混合用地",
            "创新推行混合用地模式",
            Some((Quality::AsTyped, "混合用地")),
        );
        check("审批", "項目審批提速", Some((Quality::AsTyped, "審批")));
        let line = "全面构建“互联网+”统计服务新体系";
        check(
            "互联网+统计",
            line,
            Some((Quality::AcrossMarks, "互联网+统计")),
        );
        check(
            "互联网+”统计",
            line,
            Some((Quality::AsTyped, "互联网+统计")),
        );
        check("互联网统计", line, None);
    }

    #[test]
    fn the_whole_figure_of_a_line_is_taken() {
        let lying = |line: &str| {
            let at = best(&word("8天"), line).expect("it is there");
            (at.cut, at.start)
        };
        assert_eq!(lying("从28天缩短到8天"), (false, 7));
        assert_eq!(lying("从28天缩短"), (true, 2));
        // A mark separates figures.
        assert_eq!(lying("2、8天"), (false, 1));
    }

    #[test]
    fn whole_syllables_lie_along_characters() {
        check(
            "ditie",
            "市地铁指挥部办公室",
            Some((Quality::Syllables, "地铁")),
        );
        check(
            "dit",
            "市地铁指挥部办公室",
            Some((Quality::Unfinished, "地铁")),
        );
        check("guoji", "国家和国际", Some((Quality::Syllables, "国际")));
        check(
            "gongjijin",
            "青岛公积金开启",
            Some((Quality::Syllables, "公积金")),
        );
        check("lvse", "绿色低碳", Some((Quality::Syllables, "绿色")));
        check("luse", "绿色低碳", Some((Quality::Syllables, "绿色")));
        check("yinhang", "城市银行", Some((Quality::Syllables, "银行")));
        check("zhanlue", "战略", Some((Quality::Syllables, "战略")));
    }

    #[test]
    fn polyphones_are_found_by_each_reading_in_use() {
        for typed in ["jiezhangzhi", "jiechangzhi"] {
            check(
                typed,
                "创新实行街长制",
                Some((Quality::Syllables, "街长制")),
            );
        }
        check("chongqing", "重庆", Some((Quality::Syllables, "重庆")));
        check("jiaozhou", "教育", None);
    }

    #[test]
    fn initials_are_contiguous() {
        check(
            "dtgc",
            "市地铁工程建设指挥部",
            Some((Quality::Initials, "地铁工程")),
        );
        check("zhb", "市指挥部", Some((Quality::Initials, "指挥部")));
        check("zhhb", "市指挥部", Some((Quality::Initials, "指挥部")));
        check("zhb", "总会办", Some((Quality::Initials, "总会办")));
        check(
            "hlw+tj",
            "“互联网+”统计",
            Some((Quality::Initials, "互联网+统计")),
        );
        check("dg", "市地铁工程", None);
    }

    #[test]
    fn letters_and_characters_mix() {
        check("di铁", "市地铁工程", Some((Quality::Syllables, "地铁")));
        check("dtie", "市地铁工程", Some((Quality::Initials, "地铁")));
        check("yuan士", "国际院士港", Some((Quality::Syllables, "院士")));
        check("琴岛e保", "“琴岛e保”", Some((Quality::AsTyped, "琴岛e保")));
    }

    #[test]
    fn letters_match_themselves_first() {
        check("bim", "轨道交通BIM技术", Some((Quality::AsTyped, "BIM")));
        check(
            "bimjishu",
            "轨道交通BIM技术",
            Some((Quality::Initials, "BIM技术")),
        );
        check("g2b", "进入“G2B”新时代", Some((Quality::AsTyped, "G2B")));
    }

    #[test]
    fn an_apostrophe_parts_syllables() {
        check("xian", "先行先试", Some((Quality::Syllables, "先")));
        check("xi'an", "西安", Some((Quality::Syllables, "西安")));
        check("xi'an", "先行先试", None);
        check("xi’an", "西安", Some((Quality::Syllables, "西安")));
        check("fang'an", "方案", Some((Quality::Syllables, "方案")));
    }

    #[test]
    fn no_initial_is_in_a_syllable_that_apostrophes_part() {
        check("gen", "公额那", Some((Quality::Initials, "公额那")));
        check("di'gen", "地公额那", None);
        check("di'gen", "地根", Some((Quality::Syllables, "地根")));
        check("di'g", "地公", Some((Quality::Unfinished, "地公")));
        check("d't", "地铁", Some((Quality::Initials, "地铁")));
        // Nor after it, or the next letter would match what this one did not.
        check("di'gent", "地公额那他", None);
        check("di'gent", "地根他", Some((Quality::Unfinished, "地根他")));
    }

    #[test]
    fn an_unfinished_syllable_is_allowed_at_the_end_only() {
        check("gongjij", "公积金", Some((Quality::Unfinished, "公积金")));
        // 机 is finished there.
        check("gongjiji", "公积金", Some((Quality::Unlikely, "公积金")));
        check("gonjijin", "公积金", None);
    }

    #[test]
    fn a_word_by_sound_matches_characters_that_share_a_reading() {
        let word = word("街长治");
        let sound = word
            .by_sound(&Spellings::default(), ReadableCodes::all())
            .unwrap();
        let found = best(&sound, "创新实行街长制").map(|at| (at.start, at.end));
        assert_eq!(found, Some((4, 7)));
    }

    #[test]
    fn only_two_syllables_or_more_are_looked_for_in_running_text() {
        let in_text = |text| word(text).nfa(TextKind::Body).is_some();
        for text in ["haishuidao", "haishui", "haishuid", "海shui", "xi'an"] {
            assert!(in_text(text), "{text}");
        }
        for text in ["hai", "haish", "dt", "dtgc", "BIM", "海水稻", "d"] {
            assert!(!in_text(text), "{text}");
        }
    }

    #[test]
    fn a_quoted_word_has_the_same_marks_as_the_line() {
        let line = "互联网统计和互联网、统计，“互联网+”统计";
        let found = |text: &str| {
            let phrase = Phrase {
                text: text.to_owned(),
                quoted: true,
            };
            let word = Pattern::new(&phrase, &Spellings::default(), ReadableCodes::all());
            let at = best(&word.expect("a word"), line);
            at.map(|at| (at.quality, at.start, at.end))
        };
        let as_typed = |start, end| Some((Quality::AsTyped, start, end));
        assert_eq!(found("互联网统计"), as_typed(0, 5));
        assert_eq!(found("互联网、统计"), as_typed(6, 11));
        assert_eq!(found("统计，"), as_typed(9, 11));
        assert_eq!(found("\u{201d}统计"), as_typed(15, 17));
        for other in [
            "互联网，统计",
            "统计。",
            "，统计",
            "互联网+统计",
            "互联网+、统计",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }

    #[test]
    fn marks_alone_are_no_word() {
        let phrase = |text: &str| Phrase {
            text: text.to_owned(),
            quoted: false,
        };
        for text in ["，", "“”", " "] {
            assert!(
                Pattern::new(&phrase(text), &Spellings::default(), ReadableCodes::all()).is_none()
            );
        }
    }
}
