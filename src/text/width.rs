//! How many columns text takes: the one answer for the whole program.
//!
//! Layout, buffer and back end all ask here. A second opinion on `“` would put
//! the text and the cells a column apart.
//!
//! The unit is the *cluster*: an extended grapheme cluster (UAX #29), a
//! character with the marks, variation selectors and joined characters that
//! belong to it. A cluster is as wide as unicode-width finds its text, one
//! column more for each half-width voiced mark (U+FF9E, U+FF9F), a tab [`TAB`]
//! columns, and 0 when another control is in it: what ratatui's buffer makes of
//! it, which draws cluster by cluster. A text is as wide as its clusters together.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How the terminal draws the characters that Unicode calls East Asian
/// Ambiguous (UAX #11): “ ” — … · ■ ① and their kin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One column, as most terminals do unless told otherwise.
    #[default]
    Narrow,
    /// Two columns, as terminals set for East Asian fonts do.
    Wide,
}

/// Columns of a tab, which is drawn as so many blanks: one Han, so that the cells
/// of a table stay apart and text can be set without knowing where a row begins.
pub const TAB: u16 = 2;

/// Returns the columns of one character by itself; 0 for combining marks and for controls
/// other than the tab.
pub fn of_char(c: char, ambiguous: Ambiguous) -> u16 {
    if c == '\t' {
        return TAB;
    }
    if let Some(columns) = plain(c, ambiguous) {
        return columns;
    }
    let columns = match ambiguous {
        Ambiguous::Narrow => c.width(),
        Ambiguous::Wide => c.width_cjk(),
    };
    columns.unwrap_or(0) as u16
}

/// Columns of one cluster; 0 when a control other than a tab is in it.
pub fn of_grapheme(cluster: &str, ambiguous: Ambiguous) -> u16 {
    if cluster == "\t" {
        return TAB;
    }
    if cluster.contains(char::is_control) {
        return 0;
    }
    let columns = match ambiguous {
        Ambiguous::Narrow => cluster.width(),
        Ambiguous::Wide => cluster.width_cjk(),
    };
    let voiced = cluster.matches(['\u{FF9E}', '\u{FF9F}']).count();
    u16::try_from(columns + voiced).unwrap_or(u16::MAX)
}

/// Columns of a text without line breaks; at most `u16::MAX`.
pub fn of_str(text: &str, ambiguous: Ambiguous) -> u16 {
    clusters(text, ambiguous).fold(0, |sum: u16, cluster| sum.saturating_add(cluster.columns))
}

/// A text cut to a number of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncated<'a> {
    /// As much of the text as there is room for, in whole clusters.
    pub text: &'a str,
    /// The mark for what was cut off: empty if nothing was, `…` if that is one column wide,
    /// else `..`.
    pub mark: &'static str,
    /// Columns of text and mark together.
    pub columns: u16,
}

impl fmt::Display for Truncated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)?;
        f.write_str(self.mark)
    }
}

/// Cuts `text` to at most `columns`, including the mark. The text before the mark never ends
/// in a space or an opening mark.
pub fn truncate(text: &str, columns: u16, ambiguous: Ambiguous) -> Truncated<'_> {
    let mark = mark_of_cut(columns, ambiguous);
    let mark_columns = of_str(mark, ambiguous);
    let (mut used, mut kept, mut kept_columns) = (0, 0, 0);
    for cluster in clusters(text, ambiguous) {
        if cluster.columns > columns - used {
            return Truncated {
                text: &text[..kept],
                mark,
                columns: kept_columns + mark_columns,
            };
        }
        used += cluster.columns;
        let may_end = !cluster.base.is_whitespace() && !is_opening(cluster.base);
        if may_end && used + mark_columns <= columns {
            (kept, kept_columns) = (cluster.end, used);
        }
    }
    Truncated {
        text,
        mark: "",
        columns: used,
    }
}

/// Whether a character opens a bracket or a quotation, after which no text is cut.
pub fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '“'
            | '‘'
            | '（'
            | '《'
            | '〈'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '〘'
            | '〚'
            | '［'
            | '｛'
            | '｟'
            | '｢'
            | '«'
            | '‹'
            | '〝'
            | '﹙'
            | '﹛'
            | '﹝'
    )
}

/// Returns the mark for text that is cut off, if `columns` are left for it.
pub fn mark_of_cut(columns: u16, ambiguous: Ambiguous) -> &'static str {
    match (ambiguous, columns) {
        (_, 0) => "",
        (Ambiguous::Narrow, _) => "…",
        (Ambiguous::Wide, 1) => ".",
        (Ambiguous::Wide, _) => "..",
    }
}

/// `text` in exactly `columns`: cut, or filled with spaces at its end.
pub fn pad(text: &str, columns: u16, ambiguous: Ambiguous) -> String {
    let cut = truncate(text, columns, ambiguous);
    let spaces = usize::from(columns - cut.columns);
    format!("{cut}{:spaces$}", "")
}

/// A character with all that belongs to it, and its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Byte at which it starts.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
    /// Its first character, which says what it is.
    pub base: char,
    pub columns: u16,
}

/// The clusters of a text in order.
pub fn clusters(text: &str, ambiguous: Ambiguous) -> Clusters<'_> {
    Clusters {
        text,
        at: 0,
        ambiguous,
    }
}

/// See [`clusters`].
#[derive(Clone, Debug)]
pub struct Clusters<'a> {
    text: &'a str,
    at: usize,
    ambiguous: Ambiguous,
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        let rest = &self.text[self.at..];
        let mut chars = rest.chars();
        let base = chars.next()?;
        let next = chars.next();
        let alone = next.is_none_or(|next| plain(next, self.ambiguous).is_some());
        let (bytes, columns) = match plain(base, self.ambiguous) {
            Some(columns) if alone => (base.len_utf8(), columns),
            _ => {
                let cluster = rest.graphemes(true).next().unwrap_or(rest);
                (cluster.len(), of_grapheme(cluster, self.ambiguous))
            }
        };
        let start = self.at;
        self.at += bytes;
        Some(Cluster {
            start,
            end: self.at,
            base,
            columns,
        })
    }
}

/// Columns of the characters that nearly all Chinese text is made of. Two of
/// them in a row are two clusters, so they need no segmentation.
fn plain(c: char, ambiguous: Ambiguous) -> Option<u16> {
    match c {
        ' '..='~' => Some(1),
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{FF01}'..='\u{FF60}' => Some(2),
        '·' | '—' | '‘' | '’' | '“' | '”' | '•' | '…' => match ambiguous {
            Ambiguous::Narrow => Some(1),
            Ambiguous::Wide => Some(2),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Ambiguous::{Narrow, Wide};
    use super::*;

    #[track_caller]
    fn check(text: &str, narrow: u16, wide: u16) {
        assert_eq!(
            of_str(text, Narrow),
            narrow,
            "{text:?} where ambiguous is narrow"
        );
        assert_eq!(of_str(text, Wide), wide, "{text:?} where ambiguous is wide");
    }

    #[test]
    fn han_and_full_width_take_two_columns() {
        check("青岛市", 6, 6);
        check("，。《》（）\u{3000}ＡＰＰ", 20, 20);
        check("㓦𠀀", 4, 4);
    }

    #[test]
    fn quotation_marks_and_dashes_take_what_the_terminal_says() {
        check("“三创”", 6, 8);
        check("——……", 4, 8);
        check("■①·•", 4, 8);
    }

    #[test]
    fn marks_and_selectors_take_nothing_beside_their_base() {
        check("e\u{301}", 1, 1);
        check("葛\u{E0100}", 2, 2);
        check("か\u{3099}", 2, 2);
        check("❤\u{FE0F}", 2, 2);
        check("❤", 1, 1);
        check("👩\u{200D}👩\u{200D}👧", 2, 2);
        check("🇨🇳", 2, 2);
    }

    #[test]
    fn half_width_voiced_marks_take_a_column_of_their_own() {
        check("ｶﾞｷﾞ", 4, 4);
    }

    #[test]
    fn controls_take_nothing() {
        check("\u{1b}\n\u{9b}", 0, 0);
    }

    #[test]
    fn a_tab_takes_a_han() {
        check("张三\t市教育局", 14, 14);
        check_cut("张三\t市教育局", 7, "张三…", "张三..");
    }

    #[test]
    fn the_short_way_agrees_with_the_long_one() {
        for ambiguous in [Narrow, Wide] {
            for c in ' '..=char::MAX {
                if let Some(columns) = plain(c, ambiguous) {
                    assert_eq!(
                        columns,
                        of_grapheme(c.encode_utf8(&mut [0; 4]), ambiguous),
                        "{c:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn plain_characters_are_clusters_wherever_they_meet() {
        let some: Vec<char> = "a~ 青㐀（\u{3000}\u{3029}～｠·—‘’“”•…".chars().collect();
        for &a in &some {
            for &b in &some {
                assert_eq!(format!("{a}{b}").graphemes(true).count(), 2, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn clusters_are_the_graphemes_of_unicode() {
        let text = "a\u{301}青\u{E0100}“\u{FE00}🇨🇳🇨🇳\r\n👩\u{200D}👧e·\u{301}ด\u{E33} 葛x\u{200D}©\u{600}青";
        let found: Vec<&str> = clusters(text, Narrow)
            .map(|c| &text[c.start..c.end])
            .collect();
        let expected: Vec<&str> = text.graphemes(true).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ambiguous_are_those_that_terminals_draw_differently() {
        for c in "“”‘’—…·■①℃×→".chars() {
            assert_ne!(c.width(), c.width_cjk(), "{c}");
        }
        for c in "青，。《a.～▸✓".chars() {
            assert_eq!(c.width(), c.width_cjk(), "{c}");
        }
    }

    #[track_caller]
    fn check_cut(text: &str, columns: u16, narrow: &str, wide: &str) {
        for (ambiguous, expected) in [(Narrow, narrow), (Wide, wide)] {
            let cut = truncate(text, columns, ambiguous);
            assert_eq!(cut.to_string(), expected);
            assert_eq!(cut.columns, of_str(expected, ambiguous));
            assert!(cut.columns <= columns);
        }
    }

    #[test]
    fn a_text_that_fits_is_not_cut() {
        check_cut("市教育局", 8, "市教育局", "市教育局");
        check_cut("", 0, "", "");
    }

    #[test]
    fn a_cut_is_marked_and_halves_no_character() {
        check_cut("市教育局", 7, "市教育…", "市教..");
        check_cut("市教育局", 6, "市教…", "市教..");
        check_cut("打造“三创”", 7, "打造…", "打造..");
        check_cut("打造（《“三创”》）", 9, "打造…", "打造..");
        check_cut("打造\u{3000}三创", 8, "打造…", "打造..");
        check_cut("“三创”", 2, "…", "..");
        check_cut("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…", "..");
    }

    #[test]
    fn a_cut_without_room_for_its_mark_stays_within_the_room() {
        check_cut("市教育局", 1, "…", ".");
        check_cut("市教育局", 0, "", "");
    }

    #[test]
    fn padding_makes_every_text_as_wide_as_asked() {
        assert_eq!(pad("市教育局", 10, Narrow), "市教育局  ");
        assert_eq!(pad("市教育局", 6, Narrow), "市教… ");
        assert_eq!(pad("市教育局", 7, Wide), "市教.. ");
        assert_eq!(pad("❤\u{FE0F}改革", 5, Narrow), "❤\u{FE0F}改…");
        assert_eq!(pad("❤\u{FE0F}改革", 7, Narrow), "❤\u{FE0F}改革 ");
        assert_eq!(pad("", 2, Narrow), "  ");
        assert_eq!(pad("市教育局", 0, Narrow), "");
    }
}
