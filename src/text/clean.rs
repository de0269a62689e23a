//! Taking out of a document what a reader and a terminal must not see, and
//! remembering where everything stood.
//!
//! Three kinds of noise are known, and none of them is told apart by document:
//! pinyin glosses behind the character they read, characters that a terminal
//! must not be sent, and lines that a web form left behind. The list of
//! characters is one of what is bad, so that every other one survives.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};

use unicode_segmentation::UnicodeSegmentation;

use super::width::{self, Ambiguous};

/// Why a run of the raw text is not in the clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noise {
    /// A pinyin gloss in half-width parentheses behind the character it reads.
    Gloss,
    /// A control or format character that must not reach a terminal, or a mark
    /// that is too much for its character (see [`Marks`]).
    Control,
    /// A web form's leftover, such as 窗体顶端.
    Leftover,
    /// A line end inside a paragraph, of a format in which it means nothing.
    LineEnd,
}

/// One run of the raw text that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the raw text.
    pub raw: Range<usize>,
    /// The byte of the clean text in front of which it stood.
    pub clean: usize,
    pub noise: Noise,
}

/// A text without its noise. `text` is the raw text less the cuts, nothing
/// added, so every character maps to its place in the raw text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// In the order of the raw text, not touching one another.
    pub cuts: Vec<Cut>,
}

impl Cuts {
    /// The byte offset in the raw text of the byte at `clean` in the clean text.
    pub fn to_raw(&self, clean: usize) -> usize {
        self.raw_behind(clean, self.cuts.partition_point(|cut| cut.clean <= clean))
    }

    /// The byte offset in the clean text of the byte at `raw` in the raw text;
    /// inside noise, of what follows the noise.
    pub fn from_raw(&self, raw: usize) -> usize {
        let behind = self.cuts.partition_point(|cut| cut.raw.start <= raw);
        let Some(cut) = self.cuts[..behind].last() else {
            return raw;
        };
        cut.clean + raw.saturating_sub(cut.raw.end)
    }

    /// `raw` without the noise, in the memory that it had, and the noise, one cut after the
    /// other: what [`raw`](Self::raw) needs.
    pub fn apply<'a>(&self, raw: Cow<'a, str>) -> (Cow<'a, str>, String) {
        if self.cuts.is_empty() {
            return (raw, String::new());
        }
        let noise: String = self.cuts.iter().map(|cut| &raw[cut.raw.clone()]).collect();
        let ends = self.cuts.iter().skip(1).map(|cut| cut.raw.start);
        let kept = |(cut, end): (&Cut, usize)| cut.raw.end..end;
        let kept = self.cuts.iter().zip(ends.chain([raw.len()])).map(kept);
        let clean = match raw {
            Cow::Borrowed(raw) => {
                let mut clean = String::with_capacity(raw.len() - noise.len());
                clean.push_str(&raw[..self.cuts[0].raw.start]);
                clean.extend(kept.map(|kept| &raw[kept]));
                clean
            }
            Cow::Owned(raw) => {
                let mut bytes = raw.into_bytes();
                for (cut, kept) in self.cuts.iter().zip(kept) {
                    bytes.copy_within(kept, cut.clean);
                }
                bytes.truncate(bytes.len() - noise.len());
                String::from_utf8(bytes).expect("cuts are whole characters")
            }
        };
        (clean.into(), noise)
    }

    /// Bytes of the raw text, made again from what [`apply`](Self::apply) made of it.
    ///
    /// # Panics
    ///
    /// If they are not in the text, or cut a character.
    pub fn raw<'a>(&self, bytes: Range<usize>, clean: &'a str, noise: &str) -> Cow<'a, str> {
        let first = self.cuts.partition_point(|cut| cut.raw.end <= bytes.start);
        let cuts = &self.cuts[first..];
        let cuts = &cuts[..cuts.partition_point(|cut| cut.raw.start < bytes.end)];
        let between = |start, end| &clean[self.from_raw(start)..self.from_raw(end)];
        if cuts.is_empty() {
            return between(bytes.start, bytes.end).into();
        }
        let mut raw = String::with_capacity(bytes.len());
        let mut at = bytes.start;
        for cut in cuts {
            raw.push_str(between(at.min(cut.raw.start), cut.raw.start));
            let start = at.max(cut.raw.start);
            at = cut.raw.end.min(bytes.end);
            // The noise before a place is what the clean text lacks there.
            raw.push_str(&noise[start - cut.clean..at - cut.clean]);
        }
        raw.push_str(between(at, bytes.end.max(at)));
        raw.into()
    }

    fn raw_behind(&self, clean: usize, cuts: usize) -> usize {
        match self.cuts[..cuts].last() {
            Some(cut) => cut.raw.end + (clean - cut.clean),
            None => clean,
        }
    }
}

/// Finds the noise of a document.
pub fn find(raw: &str) -> Cuts {
    let mut cuts = marks_and_glosses(raw);
    leftovers(raw, &mut cuts);
    placed(cuts)
}

/// Finds the noise of a document in which the runs of `line_ends`, in bytes and in
/// order, part no lines.
pub fn find_with(raw: &str, line_ends: impl Iterator<Item = Range<usize>>) -> Cuts {
    let mut cuts = marks_and_glosses(raw);
    leftovers(raw, &mut cuts);
    let line_ends = line_ends.map(|raw| Cut {
        raw,
        clean: 0,
        noise: Noise::LineEnd,
    });
    merge(&mut cuts, line_ends.collect());
    placed(cuts)
}

/// Finds the noise of a line that was typed or pasted, where no form has left
/// anything behind.
pub fn in_line(raw: &str) -> Cuts {
    placed(marks_and_glosses(raw))
}

fn placed(mut cuts: Vec<Cut>) -> Cuts {
    let mut removed = 0;
    for cut in &mut cuts {
        cut.clean = cut.raw.start - removed;
        removed += cut.raw.len();
    }
    Cuts { cuts }
}

/// Whether a character must never be sent to a terminal: C0 except tab, line
/// feed and carriage return, DEL, C1, line and paragraph separators, and the
/// format characters of Unicode 17 (general category Cf) that hide, join or
/// reorder text. Format characters that print something, such as the Arabic
/// number signs, are not among them, nor are variation selectors.
pub fn is_denied(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character only changes how the one before it looks: an accent, or a
/// selector of a variant. In a document they stay.
pub fn is_modifier(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Follows the characters of a text and finds the marks that are too much: of the
/// combining marks of one character those beyond the thirtieth, which Unicode's
/// Stream-Safe Text Format (UAX #15, section 13) takes for more than any language
/// needs, and selectors of variants that select nothing, which would carry hidden
/// data.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    before: Option<char>,
    count: u8,
}

impl Marks {
    const MOST: u8 = 30;

    /// At a place that a character stands before.
    const fn behind(before: Option<char>) -> Self {
        Self { before, count: 0 }
    }

    /// Whether the next character is a mark too much; it then counts as absent.
    pub fn is_excess(&mut self, c: char) -> bool {
        let excess = if is_selector(c) {
            !self.before.is_some_and(|base| has_variants(base, c))
        } else if is_combining(c) {
            self.count += u8::from(self.count < Self::MOST + 1);
            self.count > Self::MOST
        } else {
            self.count = 0;
            false
        };
        if !excess {
            self.before = Some(c);
        }
        excess
    }
}

/// A character that takes no column of its own, selectors aside.
fn is_combining(c: char) -> bool {
    c >= '\u{300}' && !is_han(c) && !is_selector(c) && takes_no_column(c)
}

fn takes_no_column(c: char) -> bool {
    width::of_char(c, Ambiguous::Narrow) == 0
}

/// ZERO WIDTH JOINER, which makes one sign of several emoji.
pub const JOINER: char = '\u{200d}';

/// Whether a joiner between two texts joins emoji; any other is denied. What GB11 of
/// UAX #29 makes one cluster is joined, selectors and skin tones aside.
pub fn joins_emoji(before: &str, after: &str) -> bool {
    let is_modifier = |c: char| is_selector(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    let base = before.chars().rev().find(|&c| !is_modifier(c));
    let (Some(base), Some(next)) = (base, after.chars().next()) else {
        return false;
    };
    let joined = String::from_iter([base, JOINER, next]);
    !takes_no_column(next) && !next.is_control() && joined.graphemes(true).count() == 1
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether `selector` may choose among forms of `base`: those of the supplement are
/// for ideographs (UTS #37), the others for what is printed, and among ASCII only
/// for the signs on keycaps. Of the others they are for ideographs and full-width signs only
/// where the standard names a form (StandardizedVariants): 神\u{fe00}, which U+FA19 stands
/// for, and no form of 市; of other letters few are.
fn has_variants(base: char, selector: char) -> bool {
    match base {
        _ if selector > '\u{ffff}' => is_han(base),
        '0'..='9' | '#' | '*' | '〰' | '〽' | '㊗' | '㊙' => true,
        'ℹ' | 'Ⓜ' | '🅰' | '🅱' | '🅾' | '🅿' => true,
        _ if base.is_alphabetic() && selector > '\u{fe0d}' => false,
        // Corner-justified or centred, and a zero with a stroke.
        '、' | '。' | '！' | '，' | '：' | '；' | '？' => selector <= '\u{fe01}',
        '０' => selector == '\u{fe00}',
        '\u{3001}'..='\u{33ff}' | '\u{ff00}'..='\u{ffef}' => false,
        _ if is_han(base) => selector <= '\u{fe02}' && is_standardized(base, selector),
        _ => base > '\u{9f}' && !base.is_whitespace() && !takes_no_column(base),
    }
}

include!(concat!(env!("OUT_DIR"), "/standardized.rs"));

fn is_standardized(base: char, selector: char) -> bool {
    let variant = (base as u32) << 2 | (selector as u32 - 0xFE00);
    STANDARDIZED.binary_search(&variant).is_ok()
}

/// A Han character, or a mark that is read as one.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

/// Whether noise may begin with the byte `a`, in front of `b` and `c`: a control, `(`,
/// or what Chinese text seldom has. The first bytes of its punctuation are told apart by
/// what follows, since every line is full of it. Without branches, so that many bytes
/// are looked at in one instruction.
#[inline(always)]
const fn is_suspect(a: u8, b: u8, c: u8) -> bool {
    let line_end = (a == b'\t') | (a == b'\n') | (a == b'\r') & (b == b'\n');
    let control = (a < 0x20) & !line_end | (a == 0x7f);
    let rare = (a >= 0xc2) & (a <= 0xe1) | (a == 0xea) | (a == 0xed) | (a >= 0xf0);
    let general = (b != 0x80) | (c >= 0x8b) & (c <= 0x8f) | (c >= 0xa8);
    let symbols = (b != 0x80) | (c >= 0xaa);
    let full_width = (b == 0xbc) | (b == 0xbd);
    let punctuation = (a == 0xe2) & general | (a == 0xe3) & symbols | (a == 0xef) & !full_width;
    control | (a == b'(') | rare | punctuation
}

/// The first place from `from` on at which noise may begin.
fn next_suspect(bytes: &[u8], from: usize) -> Option<usize> {
    const CHUNK: usize = 64;
    let mut at = from;
    while let Some(window) = bytes.get(at..at + CHUNK + 2) {
        let mut found = false;
        for i in 0..CHUNK {
            found |= is_suspect(window[i], window[i + 1], window[i + 2]);
        }
        if found {
            break;
        }
        at += CHUNK;
    }
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    (at..bytes.len()).find(|&at| is_suspect(byte(at), byte(at + 1), byte(at + 2)))
}

fn marks_and_glosses(raw: &str) -> Vec<Cut> {
    let bytes = raw.as_bytes();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut marks = Marks::default();
    let mut at = 0;
    while let Some(suspect) = next_suspect(bytes, at) {
        if suspect > at {
            marks = Marks::behind(raw[..suspect].chars().next_back());
        }
        at = suspect;
        let c = raw[at..].chars().next().expect("a character begins here");
        let end = at + c.len_utf8();
        let noise = match c {
            '(' => last_kept(raw, at, &cuts)
                .filter(|&c| is_han(c))
                .and_then(|_| gloss_end(raw, at))
                .map(|end| (end, Noise::Gloss)),
            // A carriage return is half of a line end, or else it overwrites
            // the line on a terminal.
            '\r' if bytes.get(end) != Some(&b'\n') => Some((end, Noise::Control)),
            JOINER if joins_emoji(&raw[..at], &raw[end..]) => None,
            c if is_denied(c) || marks.is_excess(c) => Some((end, Noise::Control)),
            _ => None,
        };
        match noise {
            Some((end, noise)) => {
                push(&mut cuts, at..end, noise);
                at = end;
            }
            None => at = end,
        }
    }
    cuts
}

/// Adds a cut behind all others, or lengthens the last one that it touches.
fn push(cuts: &mut Vec<Cut>, raw: Range<usize>, noise: Noise) {
    match cuts.last_mut() {
        Some(last) if last.raw.end == raw.start => last.raw.end = raw.end,
        _ => cuts.push(Cut {
            raw,
            clean: 0,
            noise,
        }),
    }
}

/// The character in front of `at` that is not noise.
fn last_kept(raw: &str, at: usize, cuts: &[Cut]) -> Option<char> {
    let end = match cuts.last() {
        Some(cut) if cut.raw.end == at => cut.raw.start,
        _ => at,
    };
    raw[..end].chars().next_back()
}

/// The end of the gloss that begins with the parenthesis at `open`: one toned
/// syllable, as letters with their mark or followed by it, and a parenthesis.
/// Denied characters inside it do not save it, or cleaning a clean text would
/// find it.
fn gloss_end(raw: &str, open: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let mut syllable = [0_u8; LONGEST];
    let mut letters = 0;
    let mut tones = 0;
    for (offset, c) in raw[open + 1..].char_indices() {
        if c == ')' {
            let syllable = std::str::from_utf8(&syllable[..letters]).ok()?;
            let end = open + 1 + offset + 1;
            return (tones == 1 && is_syllable(syllable)).then_some(end);
        }
        if is_denied(c) || c == '\r' {
            continue;
        }
        if is_tone_mark(c) && letters > 0 {
            tones += 1;
            continue;
        }
        // A diaeresis that follows its letter, as decomposed text has it.
        if c == '\u{308}' && letters > 0 && syllable[letters - 1] == b'u' {
            syllable[letters - 1] = b'v';
            continue;
        }
        let (letter, toned) = letter(c)?;
        *syllable.get_mut(letters)? = letter;
        letters += 1;
        tones += usize::from(toned);
    }
    None
}

fn is_tone_mark(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{304}' | '\u{306}' | '\u{30c}')
}

/// A letter of pinyin without its tone, `v` for ü, and whether it had one.
fn letter(c: char) -> Option<(u8, bool)> {
    Some(match c {
        'a'..='z' if c != 'v' => (c as u8, false),
        'ü' => (b'v', false),
        'ā' | 'á' | 'ǎ' | 'ă' | 'à' => (b'a', true),
        'ē' | 'é' | 'ě' | 'ĕ' | 'è' => (b'e', true),
        'ī' | 'í' | 'ǐ' | 'ĭ' | 'ì' => (b'i', true),
        'ō' | 'ó' | 'ǒ' | 'ŏ' | 'ò' => (b'o', true),
        'ū' | 'ú' | 'ǔ' | 'ŭ' | 'ù' => (b'u', true),
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => (b'v', true),
        _ => return None,
    })
}

/// The syllables of Mandarin (Scheme for the Chinese Phonetic Alphabet, 1958;
/// GB/T 16159—2012), by initial; `v` is ü.
const SYLLABLES: [(&str, &str); 24] = [
    (
        "zh",
        "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    ),
    (
        "ch",
        "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    ),
    (
        "sh",
        "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    ),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    (
        "m",
        "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    ),
    ("f", "a an ang ei en eng o ou u"),
    (
        "d",
        "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    ),
    (
        "t",
        "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    ),
    (
        "n",
        "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    ),
    (
        "l",
        "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    ),
    (
        "g",
        "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    ),
    (
        "k",
        "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    ),
    (
        "h",
        "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    ),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing o ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
    ("", "a ai an ang ao e ei en eng er o ou"),
];

fn is_syllable(letters: &str) -> bool {
    let row = SYLLABLES
        .iter()
        .find(|(initial, _)| letters.starts_with(initial));
    row.is_some_and(|(initial, finals)| {
        let rest = &letters[initial.len()..];
        finals.split(' ').any(|ending| ending == rest)
    })
}

/// What the forms of a word processor leave behind when a page is copied.
const LEFTOVERS: [&str; 4] = ["窗体顶端", "窗体底端", "窗體頂端", "窗體底端"];

/// Adds the leftovers that stand alone on a line, noise taken out.
fn leftovers(raw: &str, cuts: &mut Vec<Cut>) {
    let found: Vec<Cut> = memmem::find_iter(raw.as_bytes(), "窗".as_bytes())
        .filter_map(|at| leftover(raw, at, cuts))
        .map(|raw| Cut {
            raw,
            clean: 0,
            noise: Noise::Leftover,
        })
        .collect();
    merge(cuts, found);
}

/// Adds further cuts. Those that touch become one, of the kind of the further one.
fn merge(cuts: &mut Vec<Cut>, further: Vec<Cut>) {
    let Some(noise) = further.first().map(|cut| cut.noise) else {
        return;
    };
    cuts.extend(further);
    cuts.sort_by_key(|cut| cut.raw.start);
    cuts.dedup_by(|next, cut| {
        let touching = next.raw.start <= cut.raw.end;
        if touching {
            cut.raw.end = cut.raw.end.max(next.raw.end);
            if next.noise == noise {
                cut.noise = noise;
            }
        }
        touching
    });
}

/// The run of the leftover that begins at `at`, if it is one and alone on its
/// line.
fn leftover(raw: &str, at: usize, cuts: &[Cut]) -> Option<Range<usize>> {
    let before = kept_before(raw, at, cuts).find(|c| *c == '\n' || !c.is_whitespace());
    if before.is_some_and(|c| c != '\n') {
        return None;
    }
    LEFTOVERS.iter().find_map(|leftover| {
        let mut kept = kept_from(raw, at, cuts);
        for wanted in leftover.chars() {
            kept.next().filter(|&(_, c)| c == wanted)?;
        }
        let mut behind = kept.clone();
        let next = behind.find(|&(_, c)| c == '\n' || !c.is_whitespace());
        if next.is_some_and(|(_, c)| c != '\n') {
            return None;
        }
        let end = kept_from(raw, at, cuts).nth(leftover.chars().count() - 1);
        end.map(|(end, c)| at..end + c.len_utf8())
    })
}

/// The characters from `at` on that are not noise, with their byte offsets.
fn kept_from<'a>(
    raw: &'a str,
    at: usize,
    cuts: &'a [Cut],
) -> impl Iterator<Item = (usize, char)> + Clone + 'a {
    let mut next = cuts.partition_point(|cut| cut.raw.end <= at);
    let mut at = at;
    std::iter::from_fn(move || {
        while let Some(cut) = cuts.get(next).filter(|cut| cut.raw.start <= at) {
            at = at.max(cut.raw.end);
            next += 1;
        }
        let c = raw[at..].chars().next()?;
        at += c.len_utf8();
        Some((at - c.len_utf8(), c))
    })
}

/// The characters in front of `at` that are not noise, last first.
fn kept_before<'a>(raw: &'a str, at: usize, cuts: &'a [Cut]) -> impl Iterator<Item = char> + 'a {
    let mut next = cuts.partition_point(|cut| cut.raw.start < at);
    let mut at = at;
    std::iter::from_fn(move || {
        while let Some(cut) = cuts[..next].last().filter(|cut| cut.raw.end >= at) {
            at = at.min(cut.raw.start);
            next -= 1;
        }
        let c = raw[..at].chars().next_back()?;
        at -= c.len_utf8();
        Some(c)
    })
}

/// The byte offset of the start of every line of `raw`. A last line end begins
/// no further line.
pub fn line_starts(raw: &str) -> Vec<u32> {
    let mut starts = vec![0];
    let mut at = 0;
    while let Some(end) = memchr(b'\n', &raw.as_bytes()[at..]) {
        at += end + 1;
        if at < raw.len() {
            starts.push(at as u32);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(raw: &str, clean: &str) {
        let cuts = find(raw);
        assert_eq!(cuts.apply(raw.into()).0, clean);
    }

    #[test]
    fn a_gloss_behind_the_character_it_reads_is_taken_out() {
        check("市評(píng)選(xuǎn)出", "市評選出");
        check("呂(lǚ)略(lüè)女(nǚ)", "呂略女");
        check("會(huì)區(qū)二(èr)", "會區二");
    }

    #[test]
    fn a_joiner_stays_between_emoji_alone() {
        for text in [
            "👩\u{200d}👩\u{200d}👧",
            "🏳\u{fe0f}\u{200d}🌈",
            "👨🏽\u{200d}⚕\u{fe0f}",
        ] {
            check(text, text);
        }
        check("改\u{200d}革", "改革");
        check("👩\u{200d}", "👩");
        check("\u{200d}👩", "👩");
        check("👩\u{200d}\u{200d}👧", "👩👧");
        check("👩\u{200d}a👧", "👩a👧");
        check("👩\u{200d}\u{301}👧", "👩\u{301}👧");
    }

    #[test]
    fn a_line_end_inside_a_paragraph_is_taken_out() {
        let raw = "办\u{200b}\n  成\n事";
        let end = raw.find('\n').expect("it has two lines");
        let cuts = find_with(raw, std::iter::once(end..end + 3));
        assert_eq!(cuts.apply(raw.into()).0, "办成\n事");
        assert_eq!(cuts.to_raw("办".len()), end + 3);
    }

    #[test]
    fn marks_beyond_the_thirtieth_of_a_character_are_taken_out() {
        let marks = "\u{301}".repeat(30);
        check(
            &format!("e{marks}青{marks}\u{301}岛"),
            &format!("e{marks}青{marks}岛"),
        );
        check(
            &format!("青{marks}\u{200b}\u{1dc0}\u{20dd}\u{64b}岛"),
            &format!("青{marks}岛"),
        );
        check(&"\u{e34}".repeat(1000), &"\u{e34}".repeat(30));
    }

    #[test]
    fn selectors_that_select_nothing_are_taken_out() {
        check(
            "葛\u{e0100}\u{e0101}城\u{fe00}\u{fe0f}市\u{fe00}",
            "葛\u{e0100}城\u{fe00}市",
        );
        check("\u{e0100}a\u{e0101}b\u{fe0f} \u{fe0e}\n\u{fe00}", "ab \n");
        check(
            "❤\u{fe0f}1\u{fe0f}\u{20e3}，\u{fe00}",
            "❤\u{fe0f}1\u{fe0f}\u{20e3}，\u{fe00}",
        );
        check("e\u{301}\u{fe0f}", "e\u{301}");
    }

    #[test]
    fn every_mark_is_suspected() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| is_combining(c) || is_selector(c)) {
            let mut bytes = [0; 6];
            c.encode_utf8(&mut bytes);
            assert!(
                is_suspect(bytes[0], bytes[1], bytes[2]),
                "{c:?} {:x?}",
                bytes
            );
        }
    }

    #[test]
    fn a_gloss_in_decomposed_letters_is_one() {
        check("評(pi\u{301}ng)選", "評選");
        check("呂(lu\u{308}\u{30c})", "呂");
    }

    #[test]
    fn honest_parentheses_stay() {
        for honest in [
            "机制相融合(PPP模式)机制",
            "国省干道(G204、G308)拓宽",
            "北冰洋(东北航线)创纪录",
            "新冠(COVID)疫情",
            "方案(a)和方案(b)",
            "《区域全面经济伙伴关系协定》(RCEP)正式签署",
            "国家(地区)规划",
            "年费(次)企业",
            "咖啡(café)",
            "汉字(ping)无声调",
            "汉字(píngxuǎn)两个音节",
            "汉字(bíá)两个声调",
            "汉字(xǔx)",
            "汉字(nve)",
            "汉字(píng",
            "汉字(píng）",
            "word(píng)",
            "(píng)",
        ] {
            check(honest, honest);
        }
    }

    #[test]
    fn what_would_move_or_hide_text_on_a_terminal_is_taken_out() {
        check("\u{feff}市\u{200b}政\u{202e}府\u{ad}", "市政府");
        check("\u{1b}[31m红\u{9b}31m\u{7f}", "[31m红31m");
        check("一\u{2028}二\u{e0041}三\u{180e}", "一二三");
        check("a\0b\u{8}c", "abc");
    }

    #[test]
    fn tabs_line_ends_and_variation_selectors_stay() {
        let honest = "一\t二\r\n三\n神\u{fe00}葛\u{e0100}۝\u{605}";
        check(honest, honest);
        assert!(find(honest).cuts.is_empty());
    }

    #[test]
    fn a_selector_that_carries_nothing_visible_is_noise() {
        check(
            "市\u{fe0f}政\u{fe03}府，\u{fe0f}カ\u{fe0e}々\u{fe0f}",
            "市政府，カ々",
        );
        check(
            "市\u{fe00}政\u{fe01}府\u{fe02}，\u{fe02}カ\u{fe00}〇\u{fe00}１\u{fe00}神\u{fe01}",
            "市政府，カ〇１神",
        );
        check("ё\u{fe0f}가\u{fe0e}Ⓜ\u{fe0e}", "ё가Ⓜ\u{fe0e}");
        check("a\u{fe0f} \u{fe0f}é\u{301}\u{e0100}", "a é\u{301}");
        // 福 has two compatibility forms, 葛 forms of the collections, a full-width comma two
        // places in its cell; the rest are emoji.
        let honest =
            "福\u{fe00}福\u{fe01}葛\u{e0101}０\u{fe00}，\u{fe01}㊗\u{fe0f}☀\u{fe0e}3\u{fe0f}";
        check(honest, honest);
    }

    #[test]
    fn a_carriage_return_alone_is_noise() {
        check("覆盖\r原文\r\r\n", "覆盖原文\r\n");
    }

    #[test]
    fn a_leftover_alone_on_its_line_is_taken_out() {
        check(
            "标题\n 窗体顶端 \n\n市经济信息化委",
            "标题\n  \n\n市经济信息化委",
        );
        check("窗體底端", "");
        check("窗\u{200b}体(tǐ)顶端\n", "\n");
        check("关于窗体顶端的说明", "关于窗体顶端的说明");
        check("窗体顶端的说明", "窗体顶端的说明");
        check("说明 窗体顶端", "说明 窗体顶端");
    }

    #[test]
    fn what_touches_a_leftover_is_one_cut_with_it() {
        let cuts = find("\u{200b}窗体顶端\u{200b}\n");
        assert_eq!(cuts.cuts.len(), 1);
        assert_eq!(cuts.cuts[0].noise, Noise::Leftover);
    }

    #[test]
    fn places_are_found_in_both_directions() {
        let raw = "市評(píng)選";
        let cuts = find(raw);
        let behind = "市評(píng)".len();
        assert_eq!(cuts.to_raw("市".len()), "市".len());
        assert_eq!(cuts.to_raw("市評".len()), behind);
        assert_eq!(cuts.from_raw(behind), "市評".len());
        assert_eq!(cuts.from_raw("市評(pí".len()), "市評".len());
        assert_eq!(cuts.from_raw(raw.len()), "市評選".len());
    }

    #[test]
    fn a_line_end_at_the_end_begins_no_line() {
        assert_eq!(line_starts("一\n二\n"), [0, 4]);
        assert_eq!(line_starts("一\n\n"), [0, 4]);
        assert_eq!(line_starts(""), [0]);
    }

    #[test]
    fn every_syllable_of_the_table_is_one_and_spelled_in_its_row() {
        for (initial, finals) in SYLLABLES {
            for ending in finals.split(' ') {
                let syllable = format!("{initial}{ending}");
                assert!(is_syllable(&syllable), "{syllable}");
            }
        }
        for wrong in ["", "v", "p", "piu", "cafe", "bong", "zhing", "zho", "ing"] {
            assert!(!is_syllable(wrong), "{wrong}");
        }
    }

    /// Pieces that are noise, or would be if they stood elsewhere.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]",
            "[评選市a( )ā]{1,4}",
            "[\u{0}-\u{9f}]",
            prop::char::range('\u{2000}', '\u{2070}').prop_map(String::from),
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "(",
                ")",
                "(píng)",
                "評(píng)",
                "p",
                "í",
                "ng",
                "\u{301}",
                "\u{308}",
                "窗",
                "窗体顶端",
                "体顶端",
                "\r",
                "\n",
                "\r\n",
                " ",
                "\u{200b}",
                "\u{feff}",
                "評",
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn cleaning_is_done_once_and_every_character_keeps_its_place(
            pieces in prop::collection::vec(piece(), 0..24),
        ) {
            let raw = pieces.concat();
            let cuts = find(&raw);
            let (clean, noise) = cuts.apply(raw.as_str().into());
            prop_assert_eq!(&cuts.apply(raw.clone().into()).0, &clean);
            for pair in cuts.cuts.windows(2) {
                prop_assert!(pair[0].raw.end < pair[1].raw.start);
            }
            for (at, byte) in clean.bytes().enumerate() {
                prop_assert_eq!(raw.as_bytes()[cuts.to_raw(at)], byte);
                prop_assert_eq!(cuts.from_raw(cuts.to_raw(at)), at);
            }
            prop_assert_eq!(cuts.to_raw(clean.len()), raw.len());
            let ends = || raw.char_indices().map(|(at, _)| at).chain([raw.len()]);
            for start in ends() {
                for end in ends().filter(|&end| end >= start) {
                    prop_assert_eq!(cuts.raw(start..end, &clean, &noise), &raw[start..end]);
                }
            }
            prop_assert!(!clean.chars().any(is_denied));
            prop_assert_eq!(find(&clean).cuts, vec![]);
            prop_assert_eq!(
                clean.bytes().filter(|&b| b == b'\n').count(),
                raw.bytes().filter(|&b| b == b'\n').count()
            );
        }
    }
}
