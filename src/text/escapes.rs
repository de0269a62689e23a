//! Escape sequences in a text that is pasted, which go whole: without the control
//! that begins it, the rest of a sequence is letters and digits that nobody typed.
//!
//! The forms are those of ECMA-48, section 5: control sequences (CSI), control
//! strings (OSC, DCS, SOS, PM, APC), single shifts (SS2, SS3), and the escape
//! sequences of ISO 2022; each of the introducers as ESC and a letter or as one C1
//! control. A control string may end with BEL as well, as xterm has it.

use std::borrow::Cow;

const ESC: char = '\u{1B}';
const BEL: char = '\u{7}';
/// The string terminator as one character.
const ST: char = '\u{9C}';

/// The text without escape sequences, also without one that is cut off. All other
/// controls are left in.
///
/// A control string that nothing ends goes up to the end of its line, so that it
/// does not take the rest of a long text with it.
pub fn without_sequences(text: &str) -> Cow<'_, str> {
    if !text.chars().any(introduces) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(introduces) {
        kept.push_str(&rest[..at]);
        rest = behind_sequence(&rest[at..]);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn introduces(c: char) -> bool {
    // NEL is a line break and introduces nothing.
    c == ESC || ('\u{80}'..='\u{9F}').contains(&c) && c != '\u{85}'
}

/// What follows the sequence that a text begins with.
fn behind_sequence(text: &str) -> &str {
    let mut chars = text.chars();
    let introducer = match chars.next() {
        Some(ESC) => match chars.clone().next() {
            Some(next @ '0'..='~') => {
                chars.next();
                next
            }
            // ISO 2022: `ESC ( B` and its kind.
            Some(' '..='/') => {
                let rest = behind_all(chars.as_str(), ' ', '/');
                return behind_one(rest, '0', '~');
            }
            _ => return chars.as_str(),
        },
        // C1 controls mirror ESC and a letter 0x40 below.
        Some(c1) => char::from_u32(u32::from(c1) - 0x40).unwrap_or(c1),
        None => return text,
    };
    let rest = chars.as_str();
    match introducer {
        '[' => behind_control_sequence(rest),
        ']' | 'P' | 'X' | '^' | '_' => behind_string(rest).unwrap_or_else(|| {
            let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
            &rest[line..]
        }),
        // The title of a window in GNU screen, which ends as a string does.
        'k' => behind_string(rest).unwrap_or(rest),
        // Some terminals put a modifier before the letter of a key.
        'O' => behind_one(behind_all(rest, '0', ';'), ' ', '~'),
        'N' => behind_one(rest, ' ', '~'),
        _ => rest,
    }
}

/// Parameters, intermediates, and a final byte, as far as they are there.
fn behind_control_sequence(text: &str) -> &str {
    // The Linux console sends F1 as `CSI [ A`.
    if let Some(rest) = text.strip_prefix('[') {
        return behind_one(rest, 'A', 'E');
    }
    let rest = behind_all(text, '0', '?');
    behind_one(behind_all(rest, ' ', '/'), '@', '~')
}

/// What follows the end of a control string; `None` if it has none. Another
/// sequence, CAN and SUB break it off, as they do in a terminal.
fn behind_string(text: &str) -> Option<&str> {
    let (at, end) = text
        .char_indices()
        .find(|&(_, c)| matches!(c, BEL | ST | ESC | '\u{18}' | '\u{1A}'))?;
    let rest = &text[at..];
    match end {
        ESC => Some(rest.strip_prefix("\u{1B}\\").unwrap_or(rest)),
        end => Some(&rest[end.len_utf8()..]),
    }
}

fn behind_all(text: &str, first: char, last: char) -> &str {
    text.trim_start_matches(|c| (first..=last).contains(&c))
}

fn behind_one(text: &str, first: char, last: char) -> &str {
    let within = |c| (first..=last).contains(&c);
    text.strip_prefix(within).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, kept: &str) {
        assert_eq!(without_sequences(text), kept, "{text:?}");
    }

    #[test]
    fn a_sequence_goes_whole_in_seven_and_in_eight_bits() {
        for sequence in [
            "\u{1b}[31m",
            "\u{1b}[m",
            "\u{1b}[38;2;1;2;3m",
            "\u{1b}[38:5:1m",
            "\u{1b}[?2004h",
            "\u{1b}[>0q",
            "\u{1b}[4 q",
            "\u{1b}[200~",
            "\u{1b}[[A",
            "\u{9b}31m",
            "\u{9b}1;2H",
            "\u{1b}]0;标题\u{7}",
            "\u{1b}]8;;https://example.org\u{1b}\\",
            "\u{1b}]52;c;5Yib5paw\u{9c}",
            "\u{9d}0;标题\u{7}",
            "\u{1b}P1$r0m\u{1b}\\",
            "\u{90}q#0;2;0;0;0\u{9c}",
            "\u{1b}_Gi=1;OK\u{1b}\\",
            "\u{1b}^private\u{1b}\\",
            "\u{1b}Xstart\u{1b}\\",
            "\u{98}start\u{9c}",
            "\u{1b}ktitle\u{1b}\\",
            "\u{1b}OP",
            "\u{1b}O5P",
            "\u{8f}P",
            "\u{1b}Na",
            "\u{1b}(B",
            "\u{1b}%G",
            "\u{1b}#8",
            "\u{1b}7",
            "\u{1b}=",
            "\u{1b}c",
            "\u{1b}M",
            "\u{84}",
        ] {
            check(&format!("青{sequence}岛"), "青岛");
            check(&format!("{sequence}{sequence}"), "");
            check(&format!("a{sequence}b"), "ab");
        }
    }

    #[test]
    fn what_is_cut_off_goes_as_well() {
        for cut in [
            "\u{1b}",
            "\u{1b}[",
            "\u{1b}[31",
            "\u{1b}[?",
            "\u{1b}[4 ",
            "\u{1b}]",
            "\u{1b}]0;标题",
            "\u{1b}]0;标题\u{1b}",
            "\u{1b}P1$r",
            "\u{1b}_G",
            "\u{1b}O",
            "\u{1b}(",
            "\u{9b}31",
            "\u{9d}0;标题",
            "\u{8f}",
        ] {
            check(&format!("青岛{cut}"), "青岛");
        }
    }

    #[test]
    fn what_breaks_a_sequence_off_stays() {
        check("\u{1b}[31青岛", "青岛");
        check("\u{1b}[31\n青岛", "\n青岛");
        check("\u{1b}O青岛", "青岛");
        check("\u{1b}青岛", "青岛");
        check("\u{1b}\u{1b}[A青岛", "青岛");
        check("\u{1b}]0;标题\u{1b}[31m青岛", "青岛");
    }

    #[test]
    fn a_string_without_an_end_takes_its_line_only() {
        check("一\u{1b}]0;标题\n二\n三", "一\n二\n三");
        check("一\u{1b}Pq#0\r\n二", "一\r\n二");
    }

    #[test]
    fn text_without_sequences_is_left_as_it_is() {
        for text in ["[31m", "青岛 [0] ]0;", "一\n二\t三\u{85}", ""] {
            assert!(matches!(without_sequences(text), Cow::Borrowed(_)));
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn no_introducer_is_left_and_nothing_is_added(
            text in "[\u{1b}\u{9b}\u{9d}\u{90}\u{9c}\u{7}\\[\\]\\\\PO0-9;?m青a\n ]{0,40}"
        ) {
            let kept = without_sequences(&text);
            prop_assert!(!kept.contains(introduces));
            let mut left = text.chars();
            prop_assert!(kept.chars().all(|c| left.any(|other| other == c)));
            prop_assert_eq!(without_sequences(&kept), kept.as_ref());
        }
    }
}
