//! Sentences of a paragraph.

use super::CharSpan;

/// Signs that always end a sentence (GB/T 15834—2011, 4.2 to 4.4).
const ENDS: [char; 5] = ['。', '！', '？', '｡', '‼'];

/// Signs that end a sentence unless a word or number continues after them.
const LATIN_ENDS: [char; 3] = ['.', '!', '?'];

/// Closing marks after the end of a sentence, which belong to it.
const CLOSERS: [char; 14] = [
    '”', '’', '」', '』', '）', ')', '】', '》', '〉', ']', '"', '\'', '〕', '］',
];

/// The sentences of a paragraph, in order, in characters. White space between
/// two of them belongs to neither. What has no end is a sentence to the end of
/// the paragraph; a paragraph of white space has none.
pub fn sentences(text: &str) -> Vec<CharSpan> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut chars = (0u32..).zip(text.chars()).peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() && start.is_none() {
            continue;
        }
        start.get_or_insert(at);
        if !c.is_whitespace() {
            end = at + 1;
        }
        let next = chars.peek().map(|&(_, next)| next);
        if ends(before, c, next) {
            while let Some((at, _)) =
                chars.next_if(|(_, c)| CLOSERS.contains(c) || ENDS.contains(c))
            {
                end = at + 1;
            }
            found.extend(start.take().map(|start| CharSpan::new(start, end)));
        }
        before = c;
    }
    found.extend(start.map(|start| CharSpan::new(start, end)));
    found
}

/// Returns the character index at which the clause of the character at `at` begins: after a
/// comma, a semicolon, a colon or the end of a sentence with its closing marks. In a clause
/// longer than a row, the nearest 、 or space before `at` counts as well.
pub fn clause_start(text: &str, at: u32) -> u32 {
    let mut chars = (0u32..).zip(text.chars()).peekable();
    let (mut clause, mut part) = (0, 0);
    while let Some((index, c)) = chars.next_if(|&(index, _)| index < at) {
        let next = chars.peek().map(|&(_, next)| next);
        let ends_clause = match c {
            // U+3000 parts the phrases of a title.
            '，' | '；' | '：' | '。' | '！' | '？' | '｡' | '\u{3000}' => true,
            ',' | ';' | ':' | '!' | '?' => !next.is_some_and(|next| next.is_ascii_digit()),
            _ => false,
        };
        let goes_on = index == clause && (c.is_whitespace() || CLOSERS.contains(&c));
        if ends_clause || goes_on {
            clause = index + 1;
        }
        if ends_clause || goes_on || c == '、' || c.is_whitespace() {
            part = index + 1;
        }
    }
    if at - clause > LONG_CLAUSE {
        part
    } else {
        clause
    }
}

/// Characters of a clause that are shown before a place in it.
const LONG_CLAUSE: u32 = 32;

fn ends(before: char, c: char, next: Option<char>) -> bool {
    if ENDS.contains(&c) {
        return true;
    }
    let closes = next.is_none_or(|next| next.is_whitespace() || CLOSERS.contains(&next));
    // `1.` begins an item, and `3.5` is a number.
    let is_number = c == '.' && before.is_ascii_digit();
    LATIN_ENDS.contains(&c) && closes && !is_number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let of = |span: &CharSpan| -> String {
            chars[span.start as usize..span.end as usize]
                .iter()
                .collect()
        };
        let found: Vec<String> = sentences(text).iter().map(of).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_clause_begins_behind_a_comma_and_what_closes() {
        let check = |text: &str, place: &str, clause: &str| {
            let at = text.find(place).expect("it is there");
            let start = clause_start(text, text[..at].chars().count() as u32) as usize;
            let found: String = text.chars().skip(start).collect();
            assert!(found.starts_with(clause), "{found}");
        };
        check(
            "近年来，全区推行河长制，成效明显。",
            "河长制",
            "全区推行河长制",
        );
        check("他说：“好。”随后 验收", "验收", "随后 验收");
        check("他说：“好。” 随后验收", "验收", "随后验收");
        check("共1,662项改革", "改革", "共1,662项");
        check("河长制", "河长制", "河长制");
        check("深化改革\u{3000}推行河长制", "河长制", "推行河长制");
        check("落实，河长制", "河长制", "河长制");
        let long = format!("{}、湖长制和河长制", "建立".repeat(30));
        check(&long, "河长制", "湖长制和");
    }

    #[test]
    fn a_sentence_ends_with_its_sign_and_what_closes_behind_it() {
        check(
            "一是改革。二是创新！三是什么？",
            &["一是改革。", "二是创新！", "三是什么？"],
        );
        check(
            "他说：“可以。”于是开工。",
            &["他说：“可以。”", "于是开工。"],
        );
        check("真的吗？！是。", &["真的吗？！", "是。"]);
        check("没有句号的一段", &["没有句号的一段"]);
    }

    #[test]
    fn numbers_items_and_addresses_are_not_cut() {
        check("1.建立机制。增长3.5%。", &["1.建立机制。", "增长3.5%。"]);
        check(
            "见 http://a.cn/x?y=1 一文。",
            &["见 http://a.cn/x?y=1 一文。"],
        );
        check("It works. Go on!", &["It works.", "Go on!"]);
    }

    #[test]
    fn white_space_belongs_to_no_sentence() {
        check("　　甲。 乙。　", &["甲。", "乙。"]);
        check("　 ", &[]);
    }

    proptest! {
        #[test]
        fn every_character_but_white_space_is_in_one_sentence(text in "[甲乙。！？.!?”） 1a　]{0,30}") {
            let spans = sentences(&text);
            let held = |at: usize| spans.iter().filter(|s| (s.start..s.end).contains(&(at as u32))).count();
            for (at, c) in text.chars().enumerate() {
                prop_assert!(held(at) == 1 || c.is_whitespace() && held(at) <= 1);
            }
        }
    }
}
