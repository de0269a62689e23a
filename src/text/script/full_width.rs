//! Full-width marks for half-width ones in Chinese text, one for one.
//!
//! Some documents print `,` and `:` where Chinese text has ，and ：. A mark belongs to the
//! Chinese text where a Han character or another mark of it stands beside; figures, Latin
//! words and addresses keep theirs: 1,250, 3.5, G2B(CBD), 10:30.

/// Marks that change by their neighbours alone.
const MARKS: [(char, char); 6] = [
    (',', '，'),
    ('.', '。'),
    (':', '：'),
    (';', '；'),
    ('?', '？'),
    ('!', '！'),
];

/// Marks that change in pairs.
const PAIRS: [(char, char, char, char); 2] = [('(', ')', '（', '）'), ('<', '>', '《', '》')];

/// Changes the marks of a text, which keeps its number of characters.
pub(super) fn widen(text: &mut [char]) {
    pairs(text);
    quotation_marks(text);
    for at in 0..text.len() {
        if let Some(&(_, full)) = MARKS.iter().find(|&&(half, _)| half == text[at])
            && is_of_chinese(text, at)
        {
            text[at] = full;
        }
    }
}

/// Whether a mark belongs to Chinese text.
fn is_of_chinese(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.get(at)).copied();
    let after = text.get(at + 1).copied();
    let is_alphanumeric = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let before_is_chinese = before.is_some_and(is_chinese);
    let after_is_chinese = after.is_some_and(is_chinese);
    match text[at] {
        // 第3.条 counts; an ellipsis of points is none of these.
        '.' => before_is_chinese && !is_alphanumeric(after) && after != Some('.'),
        // 占92%,其中 and 10家,新; but 2,300 and 10:30.
        _ if is_alphanumeric(before) && is_alphanumeric(after) => false,
        ',' | ';' | '?' | '!' => {
            before_is_chinese || (after_is_chinese && before.is_some_and(|c| c != ' '))
        }
        _ => before_is_chinese || (after_is_chinese && is_alphanumeric(before)),
    }
}

/// Widens brackets that enclose or follow Chinese text. An unpaired bracket stays.
fn pairs(text: &mut [char]) {
    for (open, close, full_open, full_close) in PAIRS {
        let mut open_at = Vec::new();
        for at in 0..text.len() {
            if text[at] == open {
                open_at.push(at);
            } else if text[at] == close
                && let Some(start) = open_at.pop()
            {
                let inside = text[start + 1..at].iter().copied().any(is_chinese);
                let behind = start.checked_sub(1).is_some_and(|at| is_chinese(text[at]));
                // A comparison holds no Chinese text: a<b>c.
                if inside || (open == '(' && behind) {
                    (text[start], text[at]) = (full_open, full_close);
                }
            }
        }
    }
}

/// Replaces `"` by opening and closing marks in turn, if they are even in number and beside
/// Chinese text; after a figure `"` means inches.
fn quotation_marks(text: &mut [char]) {
    let marks: Vec<usize> = (0..text.len()).filter(|&at| text[at] == '"').collect();
    if marks.len() % 2 == 1 {
        return;
    }
    for pair in marks.chunks_exact(2) {
        let (open, close) = (pair[0], pair[1]);
        let beside = [open.checked_sub(1), Some(close + 1)]
            .into_iter()
            .flatten()
            .filter_map(|at| text.get(at));
        let mut near = text[open + 1..close].iter().chain(beside).copied();
        let follows_figure = |at: usize| at > 0 && text[at - 1].is_ascii_digit();
        let are_inches = follows_figure(open) && follows_figure(close);
        if !are_inches && near.any(is_chinese) {
            (text[open], text[close]) = ('“', '”');
        }
    }
}

/// Whether a character is Han or a mark of Chinese text.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{20000}'..='\u{323AF}'
        | '“' | '”' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(printed: &str, full: &str) {
        let mut text: Vec<char> = printed.chars().collect();
        widen(&mut text);
        assert_eq!(text.into_iter().collect::<String>(), full);
    }

    #[test]
    fn marks_of_chinese_text_are_widened() {
        check(
            "首先,加强领导;其次,落实责任.",
            "首先，加强领导；其次，落实责任。",
        );
        check("时间:2017年,地点:市北区", "时间：2017年，地点：市北区");
        check("怎么办?马上办!", "怎么办？马上办！");
        check(
            "企业56家,占92%,其中新增10家",
            "企业56家，占92%，其中新增10家",
        );
        check("面积7.9亩,闲置", "面积7.9亩，闲置");
    }

    #[test]
    fn figures_and_latin_text_keep_theirs() {
        for text in [
            "1,250家 3.5% 10:30 2015.7",
            "COSMOPlat, G2B; a.b",
            "http://example.org/a?b:c",
            "1.推进改革",
            "Wait... what?",
            "a<b and c>d",
            "f(x)",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn brackets_change_in_pairs() {
        check("平度市(区)", "平度市（区）");
        check("中央商务区(CBD)", "中央商务区（CBD）");
        check("(一)背景", "（一）背景");
        check("发布<关于发展的意见>", "发布《关于发展的意见》");
        check("第一)背景", "第一)背景");
        check("G2B(CBD)", "G2B(CBD)");
    }

    #[test]
    fn quotation_marks_open_and_close_by_turns() {
        check("推行\"街长制\"和\"e家\"", "推行“街长制”和“e家”");
        check("屏幕5\"与5.5\"", "屏幕5\"与5.5\"");
        check("\"未完", "\"未完");
    }

    #[test]
    fn every_text_keeps_its_number_of_characters_and_widening_twice_is_once() {
        let text = "一,(二\"三.四\")<五>六:(七8)9,\"";
        let mut once: Vec<char> = text.chars().collect();
        widen(&mut once);
        assert_eq!(once.len(), text.chars().count());
        let mut twice = once.clone();
        widen(&mut twice);
        assert_eq!(once, twice);
    }
}
