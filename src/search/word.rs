//! One word of a query, made ready to be looked for.

use std::ops::Range;
use std::sync::Arc;

use super::figures::{self, Figures};
use super::finder::Finder;
use super::letters::Letters;
use super::lines::{self, Lines};
use super::matcher::{Fit, Matcher, is_letter};
use super::query::Phrase;
use super::rank::{self, How, Scope};
use super::texts::{Mark, Segment};
use super::vocabulary::ReadAlike;
use crate::text::fold;
use crate::text::pinyin::{self, Spellings};

/// A key of some layouts of 双拼.
const SEMICOLON: u16 = b';' as u16;

/// A word and its ways to match.
#[derive(Clone, Debug)]
pub struct Word {
    /// As typed, folded; of a word that is not quoted without marks at its ends.
    codes: Vec<u16>,
    /// Without marks and spaces, as lines are kept.
    in_lines: Vec<u16>,
    /// Whether a mark stands before each code of `in_lines`; never the first.
    gaps: Vec<bool>,
    /// As running text is kept: without the marks that are passed over there.
    in_text: Vec<u16>,
    /// Those marks, each with the index of the code of `in_text` that it stands
    /// before.
    text_marks: Vec<Mark>,
    quoted: bool,
    figures: Figures,
    letters: Letters,
    reading: Reading,
    line_finder: Finder,
}

/// What a word may match beside itself.
#[derive(Clone, Debug)]
enum Reading {
    /// Nothing: it has no letters, or stands in quotation marks.
    Literal,
    /// Characters that its letters spell.
    Pinyin {
        matcher: Arc<Matcher>,
        /// For running text, where it may be two syllables. One would match nearly
        /// every page: there xian is 西安, and not 先.
        in_text: Option<Arc<Matcher>>,
    },
    /// Characters that sound like it; itself it matches nowhere.
    Sound { matcher: Arc<Matcher> },
}

/// Where a word lies in a line: indices among its characters without marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InLine {
    pub how: How,
    /// Whether it is cut out of a longer figure.
    pub cut: bool,
    pub start: usize,
    pub end: usize,
}

impl InLine {
    /// What it counts there beside how it lies.
    #[inline]
    pub fn penalty(self, lines: &Lines, line: usize) -> u32 {
        let cut = if self.cut { rank::CUT } else { 0 };
        cut + rank::penalty_in_line(self.start, self.end - self.start, lines.length(line))
    }
}

impl Reading {
    fn pinyin(word: &[u16], spellings: &Spellings, library: &ReadAlike) -> Self {
        const APOSTROPHE: u16 = b'"' as u16;
        let is_key = |code| code == SEMICOLON && spellings.have_key(b';');
        let typed = word
            .iter()
            .copied()
            .filter(|&code| !fold::is_mark(code) || is_key(code));
        let typed: Vec<u16> = typed.collect();
        // The matcher wants to see what parts syllables, too.
        let parted = word.iter().copied();
        let parted = parted.filter(|&c| !fold::is_mark(c) || is_key(c) || c == APOSTROPHE);
        let parted: Vec<u16> = parted.collect();
        let Some(matcher) = Matcher::new(&parted, spellings, library) else {
            return Self::Literal;
        };
        let matcher = Arc::new(matcher);
        let in_text = (syllables(&typed, spellings) >= 2).then(|| match matcher.is_one() {
            true => Arc::new(matcher.of_several()),
            false => Arc::clone(&matcher),
        });
        Self::Pinyin { matcher, in_text }
    }
}

impl Word {
    /// Makes a word ready; `library` has the characters that may occur.
    ///
    /// `None` where it has nothing but marks and spaces, which says nothing.
    pub fn new(phrase: &Phrase, spellings: &Spellings, library: &ReadAlike) -> Option<Self> {
        let mut word = Self::literal(&phrase.text, phrase.quoted)?;
        let has_letters = word.in_lines.iter().any(|&code| is_letter(code));
        if has_letters && !phrase.quoted {
            // A mark may be a key, at the end of a word as well: vid; for 制定.
            let mut keys = fold::codes(phrase.text.trim());
            trim_marks(&mut keys, |code| {
                code == SEMICOLON && spellings.have_key(b';')
            });
            word.reading = Reading::pinyin(&keys, spellings, library);
        }
        Some(word)
    }

    /// Whether the word may be looked for by its sound: it has Han, and is not quoted.
    pub fn may_sound(&self) -> bool {
        let mut codes = self.in_lines.iter();
        !self.quoted && codes.any(|&code| pinyin::set_of(code) != 0)
    }

    /// The same word by its sound, if it may be looked for so.
    pub fn by_sound(&self, spellings: &Spellings, library: &ReadAlike) -> Option<Self> {
        if !self.may_sound() {
            return None;
        }
        let matcher = Matcher::by_sound(&self.in_lines, spellings, library)?;
        Some(Self {
            reading: Reading::Sound {
                matcher: Arc::new(matcher),
            },
            ..self.clone()
        })
    }

    fn literal(text: &str, quoted: bool) -> Option<Self> {
        let mut codes = fold::codes(text.trim());
        if !quoted {
            trim_marks(&mut codes, |_| false);
        }
        let mut in_lines = Vec::with_capacity(codes.len());
        let mut gaps = Vec::with_capacity(codes.len());
        let mut gap = false;
        for &code in &codes {
            if fold::is_mark(code) {
                gap = !in_lines.is_empty();
            } else {
                in_lines.push(code);
                gaps.push(gap);
                gap = false;
            }
        }
        if in_lines.is_empty() {
            return None;
        }
        let (in_text, text_marks) = as_in_text(&codes);
        Some(Self {
            in_text,
            text_marks,
            line_finder: Finder::new(&in_lines),
            figures: Figures::of(&in_lines),
            // In quotation marks it stands for just its letters.
            letters: match quoted {
                true => Letters::default(),
                false => Letters::of(&in_lines),
            },
            codes,
            in_lines,
            gaps,
            quoted,
            reading: Reading::Literal,
        })
    }

    /// The same word without the marks inside it; `None` where it has none, or is
    /// quoted.
    pub fn without_marks(&self) -> Option<Self> {
        let has_marks = !self.quoted && self.codes != self.in_lines;
        has_marks.then(|| Self {
            codes: self.in_lines.clone(),
            in_text: self.in_lines.clone(),
            text_marks: Vec::new(),
            gaps: vec![false; self.in_lines.len()],
            ..self.clone()
        })
    }

    /// As typed, folded; of a word that is not quoted without marks at its ends.
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// Without marks and spaces.
    pub fn line_codes(&self) -> &[u16] {
        &self.in_lines
    }

    /// As running text is kept.
    pub fn text_codes(&self) -> &[u16] {
        &self.in_text
    }

    /// How the word as typed, found at `start` of a text, lies there; `None` where
    /// it is quoted and the text has other marks.
    #[inline]
    pub fn typed_in(&self, segment: &Segment, case: usize, start: usize) -> Option<How> {
        let end = start + self.in_text.len();
        let code = |at| lines::code_in(segment.text(case), at);
        let before = || start.checked_sub(1).map_or(0, code);
        if self.letters.are_cut(before, || code(end)) {
            return Some(How::Cut);
        }
        let inside = segment.marks(case, start + 1..end);
        if inside.is_empty() && self.text_marks.is_empty() {
            return Some(How::AsTyped);
        }
        match self.has_marks(segment, case, start) {
            true => Some(How::AsTyped),
            false if self.quoted => None,
            false => Some(How::AcrossMarks),
        }
    }

    /// How many of the marks of running text it begins with; none unless it is
    /// quoted.
    pub fn leading_marks(&self) -> usize {
        self.text_marks.partition_point(|&(at, _)| at == 0)
    }

    /// Whether the text has just the marks of the word, at its ends at least those.
    fn has_marks(&self, segment: &Segment, case: usize, start: usize) -> bool {
        let length = self.in_text.len();
        let there = segment.marks(case, start..start + length + 1);
        let leading = there.partition_point(|&(at, _)| at as usize <= start);
        let Some(before) = leading.checked_sub(self.leading_marks()) else {
            return false;
        };
        let there = there[before..].iter();
        let mut there = there.map(|&(at, code)| (at - start as u32, code));
        self.text_marks
            .iter()
            .all(|&mark| there.next() == Some(mark))
            && there.next().is_none_or(|(at, _)| at as usize >= length)
    }

    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// Whether it has letters that count more as they are than by what they spell.
    pub fn has_letters(&self) -> bool {
        self.letters.are_some()
    }

    /// What runs along lines, beside the word as typed.
    pub fn line_matcher(&self) -> Option<&Matcher> {
        match &self.reading {
            Reading::Literal => None,
            Reading::Pinyin { matcher, .. } | Reading::Sound { matcher } => Some(matcher),
        }
    }

    /// What runs along running text, beside the finder. One character by its
    /// sound would match nearly every page.
    pub fn text_matcher(&self) -> Option<&Matcher> {
        match &self.reading {
            Reading::Pinyin { in_text, .. } => in_text.as_deref(),
            Reading::Sound { matcher } if self.in_lines.len() >= 2 => Some(matcher),
            _ => None,
        }
    }

    /// Whether the word is a year, or the beginning of one: 2016, 2016年, 201.
    pub fn year_scope(&self, year: u16) -> Option<Scope> {
        let has_digits = self
            .codes
            .first()
            .is_some_and(|&code| figures::is_digit(code));
        if !has_digits || self.quoted || self.is_by_sound() {
            return None;
        }
        let printed = fold::codes(&format!("{year}年度"));
        match printed.starts_with(&self.codes) {
            true if self.codes.len() >= 4 => Some(Scope::Record),
            true => Some(Scope::Begun),
            false => None,
        }
    }

    pub fn is_by_sound(&self) -> bool {
        matches!(self.reading, Reading::Sound { .. })
    }

    /// Whether a mark stands before one of its characters, the marks not counted.
    pub fn has_mark(&self, character: usize) -> bool {
        self.gaps.get(character) == Some(&true)
    }

    /// How the word as typed, found at `start` of a line, lies there; one that is
    /// quoted may lie behind, and `None` where it has other marks than the line.
    pub fn literal_in(&self, lines: &Lines, line: usize, start: usize) -> Option<InLine> {
        let end = start + self.in_lines.len();
        let same = (1..self.gaps.len()).all(|i| lines.gap(line, start + i) == self.gaps[i]);
        let has_marks = self.codes.len() > self.in_lines.len();
        if self.quoted && (has_marks || !same) {
            return self.quoted_in(lines, line);
        }
        let place = start..end;
        if lines.are_across_number(line, &place) && !self.has_mark(lines.number(line) - start) {
            return None;
        }
        let how = match same {
            _ if self.is_part(lines, line, start..end) => How::Cut,
            true => How::AsTyped,
            false => How::AcrossMarks,
        };
        let cut = self.is_cut(lines, line, start..end);
        Some(InLine {
            how,
            cut,
            start,
            end,
        })
    }

    /// Whether the word in its place in a line is cut out of a longer figure.
    fn is_cut(&self, lines: &Lines, line: usize, place: Range<usize>) -> bool {
        let code = |at: Option<usize>| at.map_or(0, |at| lines::code_in(lines.line(line), at));
        let (start, end) = (place.start, place.end);
        let before = || match lines.gap(line, start) {
            true => [0, 0],
            false => [1, 2].map(|n| code(start.checked_sub(n))),
        };
        let behind = || match lines.gap(line, end) {
            true => [0, 0],
            false => [end, end + 1].map(|at| code(Some(at))),
        };
        self.figures.are_cut(before, behind)
    }

    /// Whether the word in its place in a line is part of a longer Latin word.
    fn is_part(&self, lines: &Lines, line: usize, place: Range<usize>) -> bool {
        let code = |at: usize| lines::code_in(lines.line(line), at);
        let before = || match place.start.checked_sub(1) {
            Some(at) if !lines.gap(line, place.start) => code(at),
            _ => 0,
        };
        let behind = || match lines.gap(line, place.end) {
            true => 0,
            false => code(place.end),
        };
        self.letters.are_cut(before, behind)
    }

    /// Where the word first stands in a line with just the marks that it has, at
    /// its ends as well.
    fn quoted_in(&self, lines: &Lines, line: usize) -> Option<InLine> {
        let text = lines.with_marks(line);
        let mut windows = text.windows(self.codes.len());
        let at = windows.position(|window| window == self.codes)?;
        let before = text[..at].iter().filter(|&&code| !fold::is_mark(code));
        let start = before.count();
        let end = start + self.in_lines.len();
        Some(InLine {
            how: How::AsTyped,
            cut: self.is_cut(lines, line, start..end),
            start,
            end,
        })
    }

    /// Where the word lies best in one line.
    pub fn in_line(&self, lines: &Lines, line: usize) -> Option<InLine> {
        let text = lines.line(line);
        let literal = match self.is_by_sound() {
            true => None,
            false => self.typed_in_line(lines, line),
        };
        literal.or_else(|| {
            let matcher = self.line_matcher()?;
            let number = lines.number(line);
            let (before, behind) = text.split_at(2 * number);
            let parts = [(0, before), (number, behind)].into_iter();
            let found = parts.filter_map(|(first, text)| Some((first, text, matcher.find(text)?)));
            let (first, text, found) = found.min_by_key(|(_, _, found)| found.fit)?;
            let codes: Vec<u16> = lines::codes(text).collect();
            Some(InLine {
                how: how(found.fit),
                cut: false,
                start: first + matcher.start(&codes, found),
                end: first + found.end,
            })
        })
    }

    /// Where the word as typed lies best: with its own marks rather than others,
    /// and as whole figures.
    fn typed_in_line(&self, lines: &Lines, line: usize) -> Option<InLine> {
        let text = lines.line(line);
        let mut best: Option<InLine> = None;
        let mut at = 0;
        while let Some(found) = self.line_finder.find(&text[2 * at..]) {
            let start = at + found;
            let lying = self.literal_in(lines, line, start);
            let both = [best, lying].into_iter().flatten();
            best = both.min_by_key(|at| (at.how, at.cut));
            if best.is_some_and(|at| at.how == How::AsTyped && !at.cut) {
                break;
            }
            at = start + 1;
        }
        best
    }
}

/// Takes off the marks that a word was copied with: 《海水稻》, or 海水稻，. A
/// colon at the end may be that of a field, and stays, and so does a key.
fn trim_marks(codes: &mut Vec<u16>, is_key: impl Fn(u16) -> bool) {
    const COLON: u16 = b':' as u16;
    let is_kept = |&code: &u16| !fold::is_mark(code) || code == COLON || is_key(code);
    codes.truncate(codes.iter().rposition(is_kept).map_or(0, |last| last + 1));
    let first = codes.iter().position(|&code| !fold::is_mark(code));
    codes.drain(..first.unwrap_or(codes.len()));
}

/// Codes as running text is kept, and the marks that are left out of it.
pub fn as_in_text(codes: &[u16]) -> (Vec<u16>, Vec<Mark>) {
    let mut kept = Vec::with_capacity(codes.len());
    let mut marks = Vec::new();
    let mut passed_over = fold::passed_over(codes).peekable();
    for (at, &code) in codes.iter().enumerate() {
        match passed_over.next_if_eq(&at) {
            Some(_) => marks.push((kept.len() as u32, code)),
            None => kept.push(code),
        }
    }
    (kept, marks)
}

/// How a matcher's fit ranks.
pub fn how(fit: Fit) -> How {
    match fit {
        Fit::Syllables => How::Syllables,
        Fit::Begun => How::Begun,
        Fit::Initials => How::Initials,
    }
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

    fn word(text: &str) -> Word {
        let phrase = Phrase {
            text: text.to_owned(),
            quoted: false,
        };
        Word::new(&phrase, &Spellings::default(), ReadAlike::all()).expect("a word")
    }

    #[track_caller]
    fn check(word_text: &str, line: &str, expected: Option<(How, &str)>) {
        let mut lines = Lines::default();
        lines.push(line);
        let found = word(word_text).in_line(&lines, 0);
        let characters: Vec<char> = line
            .chars()
            .filter(|&c| !fold::is_mark(fold::code(c)))
            .collect();
        let found = found.map(|at| {
            (
                at.how,
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
            Some((How::AsTyped, "混合用地")),
        );
        check("审批", "項目審批提速", Some((How::AsTyped, "審批")));
        let line = "全面构建“互联网+”统计服务新体系";
        check("互联网+统计", line, Some((How::AcrossMarks, "互联网+统计")));
        check("互联网+”统计", line, Some((How::AsTyped, "互联网+统计")));
        check("互联网统计", line, None);
    }

    #[test]
    fn the_whole_figure_of_a_line_is_taken() {
        let lying = |line: &str| {
            let mut lines = Lines::default();
            lines.push(line);
            let at = word("8天").in_line(&lines, 0).expect("it is there");
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
            Some((How::Syllables, "地铁")),
        );
        check("dit", "市地铁指挥部办公室", Some((How::Begun, "地铁")));
        check("guoji", "国家和国际", Some((How::Syllables, "国际")));
        check(
            "gongjijin",
            "青岛公积金开启",
            Some((How::Syllables, "公积金")),
        );
        check("lvse", "绿色低碳", Some((How::Syllables, "绿色")));
        check("luse", "绿色低碳", Some((How::Syllables, "绿色")));
        check("yinhang", "城市银行", Some((How::Syllables, "银行")));
        check("zhanlue", "战略", Some((How::Syllables, "战略")));
    }

    #[test]
    fn polyphones_are_found_by_each_reading_in_use() {
        for typed in ["jiezhangzhi", "jiechangzhi"] {
            check(typed, "创新实行街长制", Some((How::Syllables, "街长制")));
        }
        check("chongqing", "重庆", Some((How::Syllables, "重庆")));
        check("jiaozhou", "教育", None);
    }

    #[test]
    fn initials_are_contiguous() {
        check(
            "dtgc",
            "市地铁工程建设指挥部",
            Some((How::Initials, "地铁工程")),
        );
        check("zhb", "市指挥部", Some((How::Initials, "指挥部")));
        check("zhhb", "市指挥部", Some((How::Initials, "指挥部")));
        check("zhb", "总会办", Some((How::Initials, "总会办")));
        check(
            "hlw+tj",
            "“互联网+”统计",
            Some((How::Initials, "互联网+统计")),
        );
        check("dg", "市地铁工程", None);
    }

    #[test]
    fn letters_and_characters_mix() {
        check("di铁", "市地铁工程", Some((How::Syllables, "地铁")));
        check("dtie", "市地铁工程", Some((How::Initials, "地铁")));
        check("yuan士", "国际院士港", Some((How::Syllables, "院士")));
        check("琴岛e保", "“琴岛e保”", Some((How::AsTyped, "琴岛e保")));
    }

    #[test]
    fn letters_match_themselves_first() {
        check("bim", "轨道交通BIM技术", Some((How::AsTyped, "BIM")));
        check(
            "bimjishu",
            "轨道交通BIM技术",
            Some((How::Initials, "BIM技术")),
        );
        check("g2b", "进入“G2B”新时代", Some((How::AsTyped, "G2B")));
    }

    #[test]
    fn an_apostrophe_parts_syllables() {
        check("xian", "先行先试", Some((How::Syllables, "先")));
        check("xi'an", "西安", Some((How::Syllables, "西安")));
        check("xi'an", "先行先试", None);
        check("xi’an", "西安", Some((How::Syllables, "西安")));
        check("fang'an", "方案", Some((How::Syllables, "方案")));
    }

    #[test]
    fn no_initial_is_in_a_syllable_that_apostrophes_part() {
        check("gen", "公额那", Some((How::Initials, "公额那")));
        check("di'gen", "地公额那", None);
        check("di'gen", "地根", Some((How::Syllables, "地根")));
        check("di'g", "地公", Some((How::Begun, "地公")));
        check("d't", "地铁", Some((How::Initials, "地铁")));
        // Nor behind it, or the next letter would match what this one did not.
        check("di'gent", "地公额那他", None);
        check("di'gent", "地根他", Some((How::Begun, "地根他")));
    }

    #[test]
    fn an_unfinished_syllable_is_allowed_at_the_end_only() {
        check("gongjiji", "公积金", Some((How::Begun, "公积金")));
        check("gonjijin", "公积金", None);
    }

    #[test]
    fn a_word_by_sound_matches_characters_that_share_a_reading() {
        let word = word("街长治");
        let sound = word
            .by_sound(&Spellings::default(), ReadAlike::all())
            .unwrap();
        let mut lines = Lines::default();
        lines.push("创新实行街长制");
        let found = sound.in_line(&lines, 0).map(|at| (at.start, at.end));
        assert_eq!(found, Some((4, 7)));
    }

    #[test]
    fn only_two_syllables_or_more_are_looked_for_in_running_text() {
        let in_text = |text| word(text).text_matcher().is_some();
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
            let word = Word::new(&phrase, &Spellings::default(), ReadAlike::all());
            let mut lines = Lines::default();
            lines.push(line);
            let at = word.expect("a word").in_line(&lines, 0);
            at.map(|at| (at.how, at.start, at.end))
        };
        let as_typed = |start, end| Some((How::AsTyped, start, end));
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
            assert!(Word::new(&phrase(text), &Spellings::default(), ReadAlike::all()).is_none());
        }
    }
}
