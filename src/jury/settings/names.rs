//! Names of settings and their values for people: the file has English words, Chinese papers
//! do not.

use super::LISTED;
use crate::language::Language;

/// Chinese names of the keys of the settings, as the papers print them.
const KEYS: [(&str, &str); 26] = [
    ("name", "名称"),
    ("library", "案例库"),
    ("earlier", "往年案例"),
    ("length", "篇幅"),
    ("least", "至少"),
    ("most", "至多"),
    ("entry", "打分方式"),
    ("step", "最小分差"),
    ("discussion", "讨论"),
    ("blind", "匿名"),
    ("mean", "排名依据"),
    ("flag", "提示差距"),
    ("published", "公布材料中的评委"),
    ("ties", "同分次序"),
    ("category", "类别"),
    ("quota", "名额"),
    ("criterion", "指标"),
    ("points", "分值"),
    ("bands", "等次"),
    ("from", "起分"),
    ("juror", "评委"),
    ("org", "单位"),
    ("areas", "地区"),
    ("conflicts", "应回避"),
    ("case", "案例"),
    ("ground", "理由"),
];

/// Chinese names of the values of settings that are one of a few words.
const VALUES: [(&str, &str); 13] = [
    ("points", "分值"),
    ("percent", "百分制"),
    ("between", "初评后讨论"),
    ("before", "评分前讨论"),
    ("none", "不设"),
    ("labels", "隐去单位"),
    ("text", "正文中也隐去"),
    ("plain", "算术平均"),
    ("trimmed", "去最高最低"),
    ("median", "中位数"),
    ("adjusted", "均衡后"),
    ("numbers", "编号"),
    ("names", "姓名"),
];

/// Returns the name of a setting as a paper prints it: `criterion 创新性 points` is 指标 创新性 分值.
/// Names that the round gives itself stay.
pub fn key(key: &str, language: Language) -> String {
    if language == Language::English {
        return key.to_owned();
    }
    let known = |word: &str| KEYS.iter().find(|(known, _)| *known == word);
    let words = key
        .split(' ')
        .map(|word| known(word).map_or(word, |&(_, name)| name));
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the value of a setting as a paper prints it: `percent` is 百分制, and what is not
/// there is 无.
pub fn value(value: &str, language: Language) -> String {
    let known = || VALUES.iter().find(|(known, _)| *known == value);
    match (language, value) {
        (Language::Chinese, "") => "无",
        (Language::Chinese, LISTED) => "在册",
        (Language::Chinese, _) => known().map_or(value, |&(_, name)| name),
        (Language::English, "") => "none",
        (Language::English, _) => value,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_name_settings_in_their_language() {
        let zh = |name: &str| key(name, Language::Chinese);
        assert_eq!(zh("criterion 创新性 points"), "指标 创新性 分值");
        assert_eq!(zh("juror 丙"), "评委 丙");
        assert_eq!(key("juror 丙", Language::English), "juror 丙");
        assert_eq!(value("percent", Language::Chinese), "百分制");
        assert_eq!(value("", Language::Chinese), "无");
        assert_eq!(value("", Language::English), "none");
        assert_eq!(value("市体育局", Language::Chinese), "市体育局");
    }
}
