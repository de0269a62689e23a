//! Characters that a terminal must not be sent, and marks that are too much for theirs.

use unicode_segmentation::UnicodeSegmentation;

use super::width::{self, Ambiguous};

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
    pub(super) const fn behind(before: Option<char>) -> Self {
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
pub(super) fn is_combining(c: char) -> bool {
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

pub(super) fn is_selector(c: char) -> bool {
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
