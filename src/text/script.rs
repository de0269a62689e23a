//! Showing a text in Simplified or Traditional characters.

mod traditional;

use std::borrow::Cow;

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

/// Converts to Simplified, character by character.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    Cow::Owned(hanconv::t2s(text))
}

#[cfg(test)]
mod tests {
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
