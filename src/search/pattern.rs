//! What a word of a query looks for, compiled, and where that occurs in a text.
//!
//! There is one way to find a pattern: [`Pattern::occurrences`]. Scoring, explaining,
//! marking what is shown, finding in a page and picking the values of a field all use it,
//! so that what is marked is what was found.

use std::iter;
use std::sync::Arc;

use super::Tier;
use super::code_sets::ReadableCodes;
use super::finder::Finder;
use super::folded::{self, FoldedRef, Mark, TextKind};
use super::nfa::{Nfa, is_letter};
use super::query::Phrase;
use super::rank::{Quality, Where};
use super::scattered;
use super::word_ends::{WordEnds, is_digit};
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::pinyin::{self, Spellings};

/// How many characters a word has at least that is found by its sound: of 78 everyday
/// words that stand nowhere, all 29 that found noise so had two.
const LEAST_BY_SOUND: usize = 3;

/// A key of some layouts of 双拼.
const SEMICOLON: u16 = b';' as u16;

/// A word of a query, ready to be found.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As typed, folded; of a word that is not quoted without marks at its ends.
    codes: Vec<u16>,
    line: Form,
    body: Form,
    quoted: bool,
    ends: WordEnds,
    kind: PatternKind,
    /// Whether it is another word for what was asked for.
    near: bool,
}

/// A word as texts of one kind are kept.
#[derive(Clone, Debug)]
struct Form {
    codes: Vec<u16>,
    /// The marks that are left out there.
    marks: Vec<Mark>,
    finder: Finder,
}

/// What a pattern matches.
#[derive(Clone, Debug)]
enum PatternKind {
    /// Itself alone: it has no letters, or stands in quotation marks.
    Literal,
    /// Itself, and characters that its letters spell.
    Pinyin {
        line: Arc<Nfa>,
        /// For running text, where it may be two syllables. One would match nearly every
        /// page: there xian is 西安, and not 先.
        body: Option<Arc<Nfa>>,
    },
    /// Characters that sound like it; itself it matches nowhere.
    Sound(Arc<Nfa>),
    /// Its characters in few pieces close together, in a line.
    Scattered,
}

/// Where a pattern occurs in a text: indices among its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    pub start: usize,
    pub end: usize,
    pub quality: Quality,
    /// Whether it is cut out of a longer figure.
    pub cut: bool,
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

    /// How many marks stand before its first code.
    fn leading(&self) -> usize {
        self.marks.partition_point(|&(at, _)| at == 0)
    }

    /// Those that stand inside.
    fn inside(&self) -> &[Mark] {
        let behind = self.codes.len();
        let end = self
            .marks
            .partition_point(|&(at, _)| (at as usize) < behind);
        &self.marks[self.leading()..end]
    }
}

impl Pattern {
    /// Compiles a word; `library` has the characters that may occur.
    ///
    /// `None` where it has nothing but marks and spaces, which says nothing.
    pub fn new(phrase: &Phrase, spellings: &Spellings, library: &ReadableCodes) -> Option<Self> {
        let mut codes = fold::codes(phrase.text.trim());
        if !phrase.quoted {
            trim_marks(&mut codes, |_| false);
        }
        let line = Form::of(TextKind::Line, &codes);
        if line.codes.is_empty() {
            return None;
        }
        let has_letters = line.codes.iter().any(|&code| is_letter(code));
        Some(Self {
            body: Form::of(TextKind::Body, &codes),
            ends: WordEnds::of(&line.codes, phrase.quoted),
            kind: match has_letters && !phrase.quoted {
                true => PatternKind::pinyin(&phrase.text, spellings, library),
                false => PatternKind::Literal,
            },
            line,
            codes,
            quoted: phrase.quoted,
            near: false,
        })
    }

    /// The same word by its sound; `None` unless it has Han and is not quoted, or where it
    /// has so few characters that others sound like it by chance.
    pub fn by_sound(&self, spellings: &Spellings, library: &ReadableCodes) -> Option<Self> {
        if !self.may_sound() || self.line.codes.len() < LEAST_BY_SOUND {
            return None;
        }
        let nfa = Nfa::by_sound(&self.line.codes, spellings, library)?;
        Some(Self {
            kind: PatternKind::Sound(Arc::new(nfa)),
            ..self.clone()
        })
    }

    /// The same word as another for what was asked for: it counts as typed alone.
    pub fn as_near(&self) -> Self {
        Self {
            kind: PatternKind::Literal,
            near: true,
            ..self.clone()
        }
    }

    /// Whether the word may be looked for by its sound.
    pub fn may_sound(&self) -> bool {
        let mut codes = self.line.codes.iter();
        !self.quoted && codes.any(|&code| pinyin::set_of(code) != 0)
    }

    /// The same word without the marks inside it; `None` where it has none, or is quoted.
    pub fn without_marks(&self) -> Option<Self> {
        let has_marks = !self.quoted && self.codes != self.line.codes;
        has_marks.then(|| Self {
            line: Form::of(TextKind::Line, &self.line.codes),
            body: Form::of(TextKind::Body, &self.line.codes),
            codes: self.line.codes.clone(),
            ..self.clone()
        })
    }

    /// The same word with its characters scattered; `None` where it is quoted, or has so
    /// few that they stand in pieces by chance.
    pub fn scattered(&self) -> Option<Self> {
        let may_scatter = !self.quoted && self.line.codes.len() >= scattered::LEAST;
        may_scatter.then(|| Self {
            kind: PatternKind::Scattered,
            ..self.clone()
        })
    }

    /// As typed, folded; of a word that is not quoted without marks at its ends.
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// Without marks and spaces.
    pub fn line_codes(&self) -> &[u16] {
        &self.line.codes
    }

    /// The codes by which it is found as typed in texts of a kind; `None` where it is not
    /// looked for as typed.
    pub fn literal_codes(&self, kind: TextKind) -> Option<&[u16]> {
        let is_literal = matches!(self.kind, PatternKind::Literal | PatternKind::Pinyin { .. });
        is_literal.then(|| &*self.form(kind).codes)
    }

    /// Finds its codes in texts of a kind, whatever marks stand there.
    pub fn finder(&self, kind: TextKind) -> &Finder {
        &self.form(kind).finder
    }

    /// What runs along texts of a kind, beside the word as typed. One character by its
    /// sound would match nearly every page.
    pub fn nfa(&self, kind: TextKind) -> Option<&Nfa> {
        match (&self.kind, kind) {
            (PatternKind::Pinyin { line, .. }, TextKind::Line) => Some(line),
            (PatternKind::Pinyin { body, .. }, TextKind::Body) => body.as_deref(),
            (PatternKind::Sound(nfa), TextKind::Line) => Some(nfa),
            (PatternKind::Sound(nfa), TextKind::Body) if self.line.codes.len() >= 2 => Some(nfa),
            _ => None,
        }
    }

    /// The tier of what it matches in a line or, by its letters or sound, in a body.
    pub fn tier(&self, kind: TextKind, quality: Quality) -> Tier {
        match self.kind {
            PatternKind::Sound(_) => Tier::Homophone,
            PatternKind::Scattered => Tier::Scattered,
            _ if self.near => Tier::Near,
            _ if kind == TextKind::Body && quality >= Quality::Syllables => Tier::PinyinInText,
            _ => Tier::Exact,
        }
    }

    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// Whether it is found by its sound alone.
    pub fn is_by_sound(&self) -> bool {
        matches!(self.kind, PatternKind::Sound(_))
    }

    /// Whether it is found scattered over a line.
    pub fn is_scattered(&self) -> bool {
        matches!(self.kind, PatternKind::Scattered)
    }

    /// Whether it has letters that count more as they are than by what they spell.
    pub fn has_letters(&self) -> bool {
        self.ends.are_letters()
    }

    /// Whether the word is a year, or the beginning of one: 2016, 2016年, 201.
    pub fn year(&self, year: u16) -> Option<Where> {
        let has_digits = self.codes.first().is_some_and(|&code| is_digit(code));
        if !has_digits || self.quoted || self.is_by_sound() {
            return None;
        }
        let printed = fold::codes(&format!("{year}年度"));
        match printed.starts_with(&self.codes) {
            true if self.codes.len() >= 4 => Some(Where::Record),
            true => Some(Where::Unfinished),
            false => None,
        }
    }

    /// Where the pattern occurs in a text: as typed, then by whole syllables, then by
    /// initials; each of these in order and not overlapping.
    pub fn occurrences<'a>(&'a self, text: FoldedRef<'a>) -> impl Iterator<Item = Occurrence> + 'a {
        self.literal(text).chain(self.not_literal(text))
    }

    /// Those of them that lie between a start and an end that are wanted.
    pub fn occurrences_at<'a>(
        &'a self,
        text: FoldedRef<'a>,
        is_wanted: impl Fn(usize, usize) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = Occurrence> + 'a {
        let lies = move |found: &Occurrence| is_wanted(found.start, found.end);
        let spelled = self.spelled(text, is_wanted);
        let literal = self.literal(text).filter(lies);
        literal.chain(spelled).chain(self.pieces(text).filter(lies))
    }

    /// Where it occurs otherwise than as typed.
    pub fn not_literal<'a>(&'a self, text: FoldedRef<'a>) -> impl Iterator<Item = Occurrence> + 'a {
        self.spelled(text, |_, _| true).chain(self.pieces(text))
    }

    /// Where it occurs as typed.
    pub fn literal<'a>(&'a self, text: FoldedRef<'a>) -> impl Iterator<Item = Occurrence> + 'a {
        let form = self.form(text.kind);
        let mut from = match self.literal_codes(text.kind) {
            Some(_) => 0,
            None => text.len(),
        };
        // How many marks stand before what has been looked at.
        let mut marks = 0;
        iter::from_fn(move || {
            while from < text.len() {
                let start = from + form.finder.find(&text.bytes()[2 * from..])?;
                while text
                    .marks()
                    .get(marks)
                    .is_some_and(|&(at, _)| (at as usize) < start)
                {
                    marks += 1;
                }
                let found = self.lies(form, text, start, marks);
                from = found.map_or(start + 1, |found| found.end);
                if found.is_some() {
                    return found;
                }
            }
            None
        })
    }

    /// How the word as typed, found at `start` of a text, lies there; `None` where it
    /// does not. So many of the text's marks stand before it, those right before not counted.
    fn lies(
        &self,
        form: &Form,
        text: FoldedRef<'_>,
        start: usize,
        marks: usize,
    ) -> Option<Occurrence> {
        let end = start + form.codes.len();
        let marks = &text.marks()[marks..];
        let count = |end: usize| {
            marks
                .iter()
                .take_while(|&&(at, _)| (at as usize) < end)
                .count()
        };
        let (leading, inside) = marks[..count(end)].split_at(count(start + 1));
        let is_same = match self.quoted {
            true => {
                let trailing = &marks[count(end)..count(end + 1)];
                form.has_marks(leading, inside, trailing, start)
            }
            // Whichever marks they are.
            false => form.is_parted_as(inside, start),
        };
        if self.quoted && !is_same || self.crosses_number(form, text, start, end) {
            return None;
        }
        let mut quality = if is_same {
            Quality::AsTyped
        } else {
            Quality::AcrossMarks
        };
        let mut cut = false;
        if self.ends.matter() {
            let is_marked = |at: usize| marks.iter().any(|&(mark, _)| mark as usize == at);
            let code = |at: Option<usize>| at.map_or(0, |at| text.code(at));
            let before = match is_marked(start) {
                true => [0, 0],
                false => [1, 2].map(|n| code(start.checked_sub(n))),
            };
            let behind = match is_marked(end) {
                true => [0, 0],
                false => [end, end + 1].map(|at| code(Some(at))),
            };
            if self.ends.is_part(before, behind) {
                quality = Quality::PartOfWord;
            }
            cut = self.ends.cuts_figure(before, behind);
        }
        Some(Occurrence {
            start,
            end,
            quality,
            cut,
        })
    }

    /// Whether it runs across the end of a heading's number without a mark there.
    fn crosses_number(&self, form: &Form, text: FoldedRef<'_>, start: usize, end: usize) -> bool {
        let number = text.number;
        let has_mark = || {
            form.marks
                .iter()
                .any(|&(at, _)| start + at as usize == number)
        };
        start < number && number < end && !has_mark()
    }

    /// Where it occurs by its letters or its sound.
    fn spelled<'a>(
        &'a self,
        text: FoldedRef<'a>,
        is_wanted: impl Fn(usize, usize) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = Occurrence> + 'a {
        let nfa = self.nfa(text.kind);
        let parts = match text.kind {
            TextKind::Line => [0..text.number, text.number..text.len()],
            TextKind::Body => [0..text.len(), 0..0],
        };
        // In a line it is told first whether there is anything to be found.
        let best = match text.kind {
            TextKind::Line => {
                let best = nfa.map(|nfa| parts.clone().map(|part| nfa.best(&text.codes[part])));
                best.into_iter().flatten().flatten().min()
            }
            TextKind::Body => Some(Quality::Syllables),
        };
        let passes: &[bool] = match (text.kind, best) {
            (_, None) => &[],
            (TextKind::Body, _) => &[false],
            (TextKind::Line, Some(Quality::Initials)) => &[true],
            (TextKind::Line, _) => &[false, true],
        };
        let passes = passes
            .iter()
            .filter_map(move |&initials| Some((nfa?, initials)));
        passes.flat_map(move |(nfa, initials)| {
            parts.clone().into_iter().flat_map(move |part| {
                let first = part.start;
                let is_wanted = move |start, end| {
                    let (start, end) = (first + start, first + end);
                    self.may_sound_like(text, start, end) && is_wanted(start, end)
                };
                let found = nfa.matches(&text.codes[part.clone()], initials, is_wanted);
                let found =
                    found.filter(move |&(.., quality)| !initials || quality == Quality::Initials);
                found.map(move |(start, end, quality)| Occurrence {
                    start: part.start + start,
                    end: part.start + end,
                    quality: match text.kind {
                        TextKind::Line => quality,
                        // There what is unfinished is as good: a page is not one word.
                        TextKind::Body if quality == Quality::Unfinished => Quality::Syllables,
                        TextKind::Body => quality,
                    },
                    cut: false,
                })
            })
        })
    }

    /// Whether characters that sound like the word may be meant by it: none across the
    /// border of two lines of a title.
    fn may_sound_like(&self, text: FoldedRef<'_>, start: usize, end: usize) -> bool {
        const SPACE: u16 = b' ' as u16;
        let marks = text.marks_before(start + 1)..text.marks_before(end);
        let mut marks = text.marks()[marks].iter();
        !self.is_by_sound() || !marks.any(|&(_, code)| code == SPACE)
    }

    /// The pieces of it in a line over which it is scattered.
    fn pieces(&self, text: FoldedRef<'_>) -> impl Iterator<Item = Occurrence> + use<> {
        let found = match (&self.kind, text.kind) {
            (PatternKind::Scattered, TextKind::Line) => {
                scattered::find(&self.line.codes, folded::codes(text.codes))
            }
            _ => Vec::new(),
        };
        let mut pieces: Vec<Occurrence> = Vec::new();
        for start in found {
            match pieces.last_mut() {
                Some(last) if last.end == start => last.end += 1,
                _ => pieces.push(Occurrence {
                    start,
                    end: start + 1,
                    quality: Quality::AsTyped,
                    cut: false,
                }),
            }
        }
        pieces.into_iter()
    }

    /// The characters of an occurrence as they are shown: without marks that the text has
    /// inside it, unless they are the pattern's own.
    pub fn spans(&self, text: FoldedRef<'_>, found: Occurrence) -> Vec<CharSpan> {
        if !self.quoted {
            return text.spans(found.start..found.end);
        }
        let first = text.shown(found.start).1 - self.form(text.kind).leading();
        let first = first as u32;
        vec![CharSpan::new(first, first + self.codes.len() as u32)]
    }

    fn form(&self, kind: TextKind) -> &Form {
        match kind {
            TextKind::Line => &self.line,
            TextKind::Body => &self.body,
        }
    }
}

impl Form {
    /// Whether a text has a mark just where the word has one, the word at `start`.
    fn is_parted_as(&self, inside: &[Mark], start: usize) -> bool {
        let own = self.inside();
        if own.is_empty() || inside.is_empty() {
            return own.len() == inside.len();
        }
        let places = |marks: &[Mark], from: usize| {
            let mut places: Vec<usize> = marks.iter().map(|&(at, _)| at as usize - from).collect();
            places.dedup();
            places
        };
        places(own, 0) == places(inside, start)
    }

    /// Whether the marks of a text are just those of the word, the word at `start`; at its
    /// ends at least those.
    fn has_marks(
        &self,
        leading: &[Mark],
        inside: &[Mark],
        trailing: &[Mark],
        start: usize,
    ) -> bool {
        let (before, others) = self.marks.split_at(self.leading());
        let (own, behind) = others.split_at(self.inside().len());
        let same =
            |own: &[Mark], there: &[Mark]| own.iter().map(|m| m.1).eq(there.iter().map(|m| m.1));
        let is_inside = |(own, there): (&Mark, &Mark)| (own.0 + start as u32, own.1) == *there;
        let from = leading.len().checked_sub(before.len());
        from.is_some_and(|from| same(before, &leading[from..]))
            && own.len() == inside.len()
            && own.iter().zip(inside).all(is_inside)
            && trailing
                .get(..behind.len())
                .is_some_and(|there| same(behind, there))
    }
}

impl PatternKind {
    fn pinyin(text: &str, spellings: &Spellings, library: &ReadableCodes) -> Self {
        const APOSTROPHE: u16 = b'"' as u16;
        let is_key = |code| code == SEMICOLON && spellings.have_key(b';');
        // A mark may be a key, at the end of a word as well: vid; for 制定.
        let mut word = fold::codes(text.trim());
        trim_marks(&mut word, is_key);
        // What parts syllables is for the automaton to see.
        word.retain(|&code| !fold::is_mark(code) || is_key(code) || code == APOSTROPHE);
        if let Some(toneless) = without_tones(&word, spellings) {
            word = toneless;
        }
        let Some(nfa) = Nfa::new(&word, spellings, library) else {
            return Self::Literal;
        };
        word.retain(|&code| code != APOSTROPHE);
        let line = Arc::new(nfa);
        let body = (syllables(&word, spellings) >= 2).then(|| match line.is_one() {
            true => Arc::new(line.of_several()),
            false => Arc::clone(&line),
        });
        Self::Pinyin { line, body }
    }
}

/// Pinyin with a figure behind each syllable, as in `di4tie3`, without these; `None` where
/// it is none, as `G2B`.
fn without_tones(word: &[u16], spellings: &Spellings) -> Option<Vec<u16>> {
    let is_tone = |&code: &u16| (u16::from(b'1')..=u16::from(b'5')).contains(&code);
    let mut parts: Vec<&[u16]> = word.split(is_tone).collect();
    let is_syllable = |part: &&[u16]| {
        let letters: Vec<u8> = part
            .iter()
            .map_while(|&code| u8::try_from(code).ok())
            .collect();
        let known = letters.first().map(|&first| spellings.starting_with(first));
        letters.len() >= 2
            && known
                .unwrap_or_default()
                .iter()
                .any(|s| s.letters() == letters)
    };
    // Behind the last figure there is nothing.
    let ends = parts.pop().is_some_and(<[u16]>::is_empty);
    (ends && !parts.is_empty() && parts.iter().all(is_syllable)).then(|| parts.concat())
}

/// Takes off the marks that a word was copied with: 《海水稻》, or 海水稻，. A colon at the
/// end may be that of a field, and stays, and so does a key.
fn trim_marks(codes: &mut Vec<u16>, is_key: impl Fn(u16) -> bool) {
    const COLON: u16 = b':' as u16;
    let is_kept = |&code: &u16| !fold::is_mark(code) || code == COLON || is_key(code);
    codes.truncate(codes.iter().rposition(is_kept).map_or(0, |last| last + 1));
    let first = codes.iter().position(|&code| !fold::is_mark(code));
    codes.drain(..first.unwrap_or(codes.len()));
}

/// The most whole syllables, or characters as themselves, that a word can be
/// read as, not counting one that is unfinished at its end; 0 where it cannot.
fn syllables(word: &[u16], spellings: &Spellings) -> usize {
    let mut most: Vec<Option<usize>> = vec![None; word.len() + 1];
    most[0] = Some(0);
    let mut best = 0;
    for place in 0..word.len() {
        let Some(so_far) = most[place] else { continue };
        let rest = &word[place..];
        if !is_letter(rest[0]) {
            most[place + 1] = most[place + 1].max(Some(so_far + 1));
            continue;
        }
        let letters: Vec<u8> = rest
            .iter()
            .map_while(|&code| u8::try_from(code).ok())
            .collect();
        for spelling in spellings.starting_with(letters[0]) {
            let keys = spelling.letters();
            if letters.starts_with(keys) {
                let end = place + keys.len();
                most[end] = most[end].max(Some(so_far + 1));
            } else if letters.len() == rest.len() && keys.starts_with(&letters) {
                best = best.max(so_far);
            }
        }
    }
    best.max(most[word.len()].unwrap_or(0))
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
        let line = Folded::of(TextKind::Line, &fold::codes(line));
        let line = line.text(0);
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
        // A mark parts figures.
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
        // Nor behind it, or the next letter would match what this one did not.
        check("di'gent", "地公额那他", None);
        check("di'gent", "地根他", Some((Quality::Unfinished, "地根他")));
    }

    #[test]
    fn an_unfinished_syllable_is_allowed_at_the_end_only() {
        check("gongjiji", "公积金", Some((Quality::Unfinished, "公积金")));
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
