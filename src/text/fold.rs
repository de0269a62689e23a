//! One character to one character: the folding under which a search compares.
//!
//! Traditional characters and variants fold to Simplified ones, full width to
//! half width, capital letters to small ones, accents off, the marks of a
//! family (quotation marks, brackets, dashes, spaces) to one of them, and rare,
//! Japanese and radical forms (吿 鉄 ⻔) to the standard character. A text
//! keeps its length, so a place in folded text is a place in the text itself, in
//! characters. The table is made by `build.rs`, which names its sources.

static FOLD: [u16; 1 << 16] = decode(include_bytes!(concat!(env!("OUT_DIR"), "/fold.bin")));

include!(concat!(env!("OUT_DIR"), "/beyond.rs"));

/// The first of the 2,048 codes that no character has; they are given to
/// characters beyond the first plane.
pub(super) const BEYOND_FROM: u16 = 0xD800;
const BEYOND_CODES: u16 = 0x800;

/// Folds one character for comparison.
pub fn fold(c: char) -> char {
    match folded(c) {
        Some(code) => char::from_u32(code.into()).unwrap_or(c),
        None => c,
    }
}

/// Folds a character to its code in the index: the code point that it folds to or, beyond the
/// first plane, one of the 2,048 codes of surrogates. Characters there that have a reading
/// get a code each; the others may share one.
pub fn code(c: char) -> u16 {
    folded(c).unwrap_or_else(|| {
        let own = OWN.len() as u16;
        let shared = u32::from(c) % u32::from(BEYOND_CODES - own);
        let at = OWN
            .binary_search(&c)
            .map_or(own + shared as u16, |at| at as u16);
        BEYOND_FROM + at
    })
}

/// Returns the code point that a character folds to; `None` if it is beyond the first plane.
fn folded(c: char) -> Option<u16> {
    match u16::try_from(u32::from(c)) {
        Ok(code) => Some(FOLD[usize::from(code)]),
        Err(_) if matches!(c, '\u{E0100}'..='\u{E01EF}') => Some(ZERO_WIDTH),
        Err(_) => {
            let at = BEYOND.binary_search_by_key(&u32::from(c), |&(from, _)| from);
            at.ok().map(|at| BEYOND[at].1)
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/spelled_out.rs"));

/// What a character stands for that is written with one but stands for several,
/// folded: `m2` for ㎡, `iii` for Ⅲ, `(一)` for ㈠. [`fold`] cannot join them,
/// since it keeps the length of a text.
pub fn spelled_out(c: char) -> Option<&'static str> {
    let c = fold(c);
    let at = SPELLED_OUT.binary_search_by_key(&c, |&(c, _)| c).ok()?;
    Some(SPELLED_OUT[at].1)
}

/// The character that stands for several that are spelled out so: ㎡ for `m2`.
pub fn single(spelled: &str) -> Option<char> {
    let row = SPELLED_OUT.iter().find(|&&(_, text)| text == spelled);
    row.map(|&(c, _)| c)
}

/// The codes of a text, one a character.
pub fn codes(text: &str) -> Vec<u16> {
    text.chars().map(code).collect()
}

/// Whether a folded code is a mark or white space, which a reader may leave out
/// when naming a title: 互联网+统计 names “互联网+”统计.
pub fn is_mark(code: u16) -> bool {
    // All marks are below U+3100; nearly all text is above.
    code < 0x3100 && MARKS[usize::from(code)]
}

/// The marks, by code. `+`, `%`, `.`, `/` and `&` are not among them: they distinguish words.
static MARKS: [bool; 0x3100] = {
    let mut marks = [false; 0x3100];
    let list = [
        '"', '(', ')', '-', '·', '~', '《', '》', ' ', ',', '、', '。', ':', ';', '!', '?', '…',
        '■', '□', '◆', '●', '★', '※', '|', '_', '\n', '\r', '\t', '\u{200b}',
    ];
    let mut at = 0;
    while at < list.len() {
        marks[list[at] as usize] = true;
        at += 1;
    }
    marks
};

/// Which codes of a text are passed over where a phrase is looked for in it:
/// quotation marks, 《》 and white space, which may stand inside a phrase, as in
/// “放管服”改革, and selectors of variants, which print nothing. White space between
/// letters or digits parts words, and counts, and so does a tab everywhere: it parts
/// the cells of a table.
pub fn passed_over(codes: &[u16]) -> impl Iterator<Item = usize> + '_ {
    let is_alphanumeric = |at: Option<usize>| {
        at.and_then(|at| codes.get(at))
            .is_some_and(|&code| u8::try_from(code).is_ok_and(|byte| byte.is_ascii_alphanumeric()))
    };
    (0..codes.len()).filter(move |&at| match codes[at] {
        QUOTE | TITLE_OPENS | TITLE_CLOSES | ZERO_WIDTH => true,
        SPACE => !(is_alphanumeric(at.checked_sub(1)) && is_alphanumeric(Some(at + 1))),
        _ => false,
    })
}

const QUOTE: u16 = '"' as u16;
const TITLE_OPENS: u16 = '《' as u16;
const TITLE_CLOSES: u16 = '》' as u16;
const SPACE: u16 = ' ' as u16;
/// What a selector of a variant folds to.
const ZERO_WIDTH: u16 = '\u{200b}' as u16;

pub(in crate::text) const fn decode<const BYTES: usize, const ENTRIES: usize>(
    bytes: &[u8; BYTES],
) -> [u16; ENTRIES] {
    let mut table = [0; ENTRIES];
    let mut at = 0;
    while at < ENTRIES {
        table[at] = u16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]]);
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        text.chars().map(fold).collect()
    }

    #[track_caller]
    fn meet(texts: &[&str]) {
        for text in texts {
            assert_eq!(folded(text), folded(texts[0]), "{text} and {}", texts[0]);
        }
    }

    #[test]
    fn both_scripts_meet() {
        meet(&["审批", "審批"]);
        meet(&["创新体制机制", "創新體制機制"]);
        meet(&["琅琊榜", "瑯琊榜"]);
        meet(&["着力", "著力", "着力"]);
        meet(&["冲击钻", "沖擊鉆", "衝擊鑽"]);
    }

    #[test]
    fn variants_meet_where_one_script_merged_them() {
        meet(&["里", "裏", "裡"]);
        meet(&["后", "後"]);
        meet(&["干", "乾", "幹"]);
        meet(&["台", "臺", "颱", "檯"]);
        meet(&["系", "係", "繫"]);
        meet(&["为", "爲", "為"]);
        meet(&["云", "雲"]);
        meet(&["岩", "巖"]);
        meet(&["么", "麼", "麽"]);
        meet(&["抬", "擡"]);
        meet(&["周", "週"]);
        meet(&["征", "徵"]);
    }

    #[test]
    fn compatibility_ideographs_and_radicals_fold_to_the_unified_character() {
        meet(&["\u{F9F4}", "林"]);
        meet(&["\u{2F08}", "人"]);
        meet(&["⻘⻔⻓⻋", "青门长车"]);
    }

    #[test]
    fn rare_old_and_japanese_forms_meet() {
        meet(&["告饮村铁图", "吿飮邨鉄図"]);
        meet(&["清真概产", "淸眞槪產"]);
        meet(&["经济发展", "経済発展"]);
        meet(&["峰岛富奔", "峯嶋冨犇"]);
    }

    #[test]
    fn forms_beyond_the_first_plane_meet() {
        meet(&["錞", "𬭚"]);
        meet(&["丽", "\u{2F800}"]);
        meet(&["ab1", "𝐀𝒃𝟏"]);
        assert_eq!(code('錞'), code('𬭚'));
        assert_ne!(code('𤧛'), code('𨙸'));
    }

    #[test]
    fn selectors_of_variants_are_passed_over() {
        let text = codes("葛\u{E0100}城近\u{FE00}郊");
        let passed: Vec<usize> = passed_over(&text).collect();
        assert_eq!(passed, [1, 4]);
        assert!(is_mark(text[1]) && is_mark(text[4]));
    }

    #[test]
    fn a_tab_is_not_passed_over() {
        assert_eq!(passed_over(&codes("张三 市")).collect::<Vec<_>>(), [2]);
        assert_eq!(passed_over(&codes("张三\t市")).next(), None);
    }

    #[test]
    fn widths_and_letter_case_meet() {
        meet(&["g2b", "G2B", "Ｇ２Ｂ"]);
        meet(&["互联网+", "互联网＋", "互聯網＋"]);
        meet(&["α", "Α"]);
        meet(&["resume", "Résumé"]);
        meet(&["lu", "lü"]);
        meet(&["m2", "m²"]);
    }

    #[test]
    fn characters_that_stand_for_several_are_spelled_out() {
        let expected = [
            ('㎡', "m2"),
            ('㎥', "m3"),
            ('㎞', "km"),
            ('㎏', "kg"),
            ('Ⅲ', "iii"),
            ('ⅲ', "iii"),
            ('⑩', "10"),
            ('㈠', "(一)"),
            ('⒈', "1."),
            ('№', "no"),
            ('℃', "°c"),
            ('⅓', "1/3"),
        ];
        for (c, text) in expected {
            assert_eq!(spelled_out(c), Some(text), "{c}");
        }
        for c in ['①', 'Ⅴ', '２', '…', '案', 'a', '²'] {
            assert_eq!(spelled_out(c), None, "{c}");
        }
    }

    #[test]
    fn marks_of_a_family_meet() {
        meet(&["\"", "“", "”", "‘", "’", "「", "」", "『", "』", "'", "＂"]);
        meet(&["(", "（", "[", "［", "〔", "【"]);
        meet(&[")", "）", "]", "］", "〕", "】"]);
        meet(&["-", "–", "—", "―", "－", "‐"]);
        meet(&[" ", "\u{3000}", "\u{a0}"]);
        meet(&["。", "｡"]);
        meet(&[",", "，"]);
        meet(&["•", "·", "・"]);
        meet(&["二〇二三", "二○二三", "二◯二三"]);
        meet(&["…", "⋯"]);
        meet(&[":", "：", "∶", "﹕"]);
        meet(&["¥", "￥"]);
    }

    #[test]
    fn what_differs_stays_apart() {
        for pair in [
            ["土", "士"],
            ["。", ","],
            ["+", "-"],
            ["未", "末"],
            ["%", "+"],
            ["$", "¥"],
        ] {
            assert_ne!(folded(pair[0]), folded(pair[1]));
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in '\0'..='\u{2FFFF}' {
            assert_eq!(fold(fold(c)), fold(c), "{c:?}");
        }
    }

    #[test]
    fn the_table_covers_far_more_than_the_seeds() {
        let folding = ('\u{3400}'..='\u{9FFF}').filter(|&c| fold(c) != c);
        assert!(folding.count() > 2_900);
    }

    #[test]
    fn simplified_text_is_its_own_fold() {
        let text = "什么都在这里了后台干系统为云岩着力复覆盖面只准征收";
        let changed: String = text.chars().filter(|&c| fold(c) != c).collect();
        assert_eq!(changed, "覆");
    }

    #[test]
    fn codes_are_folds_in_the_first_plane() {
        assert_eq!(codes("審批Ａ"), ['审', '批', 'a'].map(|c| c as u16));
    }

    #[test]
    fn a_character_beyond_the_first_plane_has_a_code_that_no_other_has_there() {
        let code = code('𠮷');
        assert!((0xD800..0xE000).contains(&code));
        assert_ne!(code, super::code('𠮶'));
    }
}
