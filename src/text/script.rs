//! Showing a text in Simplified or Traditional characters.

mod traditional;

use std::borrow::Cow;

use super::fold::fold;

/// In which script text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    /// As the document has it.
    #[default]
    Original,
    Simplified,
    Traditional,
}

impl Script {
    /// Converts `text`; the result has as many characters as `text`, so that
    /// character indices stay true.
    ///
    /// Traditional is made with phrases, so that 发展 and 头发, 公里 and 这里
    /// each get their own character; what is Traditional already stays. The
    /// first text shown in Traditional has the phrases indexed, which takes some
    /// milliseconds and two megabytes.
    pub fn show(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Original => Cow::Borrowed(text),
            Self::Simplified => to_simplified(text),
            Self::Traditional => traditional::show(text),
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/kept.rs"));

/// Shows a text in Simplified characters, one for one, so that it keeps its
/// length in characters; for titles, lists and data, where speed counts.
///
/// It is the fold of a search without what only a search may do: marks, width
/// and case stay, and so do characters that a text may mean as they are. 著 and 乾
/// depend on their neighbours: 著力 becomes 着力, 著名 stays; 乾隆 stays.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    let Some((start, _)) = text.char_indices().find(|&(_, c)| may_change(c)) else {
        return Cow::Borrowed(text);
    };
    let (head, tail) = text.split_at(start);
    let mut shown = String::with_capacity(text.len());
    shown.push_str(head);
    let mut before = head.chars().next_back();
    let mut chars = tail.chars().peekable();
    while let Some(c) = chars.next() {
        shown.push(simplified(before, c, chars.peek().copied()));
        before = Some(c);
    }
    Cow::Owned(shown)
}

fn may_change(c: char) -> bool {
    let is_han = matches!(c, '\u{3400}'..='\u{9FFF}');
    is_han && fold(c) != c && (c == '著' || KEPT.binary_search(&(c as u16)).is_err())
}

fn simplified(before: Option<char>, c: char, after: Option<char>) -> char {
    let stands = |list: &str, c: Option<char>| c.is_some_and(|c| list.contains(c));
    match c {
        '著' if stands("名作者述称稱书書录錄有", after) => c,
        '著' if stands("显顯专專名原编編卓昭土论論巨遗遺合译譯撰", before) => {
            c
        }
        '著' => '着',
        '乾' if stands("隆坤陵清县縣元安嘉", after) => c,
        _ if may_change(c) => fold(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_text_is_shown_in_simplified_characters() {
        assert_eq!(to_simplified("開啟基層治理e時代"), "开启基层治理e时代");
        assert_eq!(to_simplified("爭列“瑯琊榜”"), "争列“琅琊榜”");
    }

    #[test]
    fn simplified_text_is_borrowed() {
        for text in ["什么都在这里，覆盖面", "BIM（建筑信息模型）", ""] {
            assert!(matches!(to_simplified(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn marks_width_and_case_stay() {
        assert_eq!(to_simplified("《臺Ａ》　“網＋”"), "《台Ａ》　“网＋”");
    }

    #[test]
    fn a_character_that_the_text_may_mean_stays() {
        assert_eq!(
            to_simplified("著名、顯著、著力、跟著"),
            "著名、显著、着力、跟着"
        );
        assert_eq!(to_simplified("乾隆與乾燥"), "乾隆与干燥");
        assert_eq!(to_simplified("瞭望與覆蓋"), "瞭望与覆盖");
    }
}

#[cfg(test)]
mod show_tests {
    use super::*;

    #[track_caller]
    fn check(original: &str, traditional: &str) {
        assert_eq!(Script::Traditional.show(original), traditional);
    }

    #[test]
    fn phrases_decide_between_traditional_characters() {
        check("发展", "發展");
        check("头发", "頭髮");
        check("干部", "幹部");
        check("干净", "乾淨");
        check("干预", "干預");
        check("面条", "麵條");
        check("方面", "方面");
        check("以后", "以後");
        check("皇后", "皇后");
        check("里程", "里程");
        check("公里", "公里");
        check("这里", "這裡");
        check("台风", "颱風");
        check("复杂", "複雜");
        check("恢复", "恢復");
        check("系统", "系統");
        check("联系", "聯繫");
        check("准备", "準備");
        check("批准", "批准");
        check("制造", "製造");
        check("制度", "制度");
    }

    #[test]
    fn sentences_of_the_documents_are_converted() {
        check(
            "首先，通过“随手拍”举报效果分析后发现",
            "首先，通過“隨手拍”舉報效果分析後發現",
        );
        check(
            "崂山区全区陆域面积395.8平方公里，海域面积3700平方公里",
            "嶗山區全區陸域面積395.8平方公里，海域面積3700平方公里",
        );
    }

    #[test]
    fn what_is_traditional_stays_and_still_tells_the_phrase() {
        check("頭髮", "頭髮");
        check("乾程科", "乾程科");
        check("萬里", "萬里");
        check("以后開展", "以後開展");
        check("干部充實到試驗基地", "幹部充實到試驗基地");
    }

    #[test]
    fn the_original_is_left_as_it_is() {
        let text = "區(qū)域 发展";
        assert_eq!(Script::Original.show(text), text);
    }

    #[test]
    fn latin_text_is_left_as_it_is() {
        for script in [Script::Simplified, Script::Traditional] {
            assert_eq!(script.show("COSMOPlat, G2B 5G+"), "COSMOPlat, G2B 5G+");
        }
    }

    const SEEDS: [&str; 5] = [
        include_str!("../../seeds/000_c8df632cfb2d134d.txt"),
        include_str!("../../seeds/001_6ec06563744fe9af.txt"),
        include_str!("../../seeds/002_480a3b4aff1897ca.txt"),
        include_str!("../../seeds/003_e708e3f89c99b752.txt"),
        include_str!("../../seeds/004_860cbca26c24b5e4.txt"),
    ];

    #[test]
    fn every_line_of_the_seeds_keeps_its_number_of_characters() {
        for script in [Script::Original, Script::Simplified, Script::Traditional] {
            for line in SEEDS.into_iter().flat_map(str::lines) {
                assert_eq!(script.show(line).chars().count(), line.chars().count());
            }
        }
    }

    #[test]
    fn simplified_seeds_are_converted_as_opencc_does() {
        for line in [SEEDS[0], SEEDS[2], SEEDS[3]]
            .into_iter()
            .flat_map(str::lines)
        {
            assert_eq!(Script::Traditional.show(line), hanconv::s2tw(line));
        }
    }
}
