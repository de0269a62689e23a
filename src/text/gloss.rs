//! Pinyin in parentheses after the character that it reads: 評(píng)選.

use super::marks::is_denied;

/// The end of the gloss that begins with the parenthesis at `open`: one toned
/// syllable, as letters with their mark or followed by it, and a parenthesis.
/// Denied characters inside it do not save it, or cleaning a clean text would
/// find it.
pub(super) fn end(raw: &str, open: usize) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
