//! Explains invalid JSON lines and invalid TOML settings in both languages, since the parsers'
//! own messages are in English.

use serde_json::Error;
use serde_json::error::Category;

use crate::language::Sentence;

/// The message of a parser about a line.
pub fn json(why: &Error) -> Sentence {
    let english = why.to_string();
    let chinese = match why.classify() {
        Category::Eof => "内容不完整".to_owned(),
        Category::Syntax => format!("第 {} 个字节处不合 JSON 语法", why.column()),
        Category::Io => "无法读取".to_owned(),
        Category::Data => data(&english),
    };
    Sentence::new(chinese, english)
}

/// The message for valid JSON of the wrong shape.
fn data(english: &str) -> String {
    let mut quoted = english.split('`');
    let begun = quoted.next().unwrap_or_default();
    let Some(name) = quoted.next() else {
        return "某一项的值不对".to_owned();
    };
    match begun.trim() {
        "missing field" => format!("缺少 {name}"),
        "duplicate field" => format!("{name} 出现两次"),
        "unknown field" => format!("没有 {name} 这一项"),
        "unknown variant" => format!("不认识“{name}”"),
        _ => "某一项的值不对".to_owned(),
    }
}

/// What a parser of TOML says, by what its sentence holds.
const TOML: [(&str, &str); 17] = [
    ("duplicate key", "同一项写了两次"),
    ("recursion limit", "层次过深"),
    ("unclosed array table", "表名没有用 ]] 结束"),
    ("unclosed array", "列表没有用 ] 结束"),
    ("unclosed inline table", "表没有用 } 结束"),
    ("unclosed table", "表名没有用 ] 结束"),
    ("missing comma", "各项之间缺少逗号"),
    ("extra comma", "多了一个逗号"),
    ("must be quoted", "文字须加引号"),
    ("no value", "只有项名，没有 = 和值"),
    ("missing value", "= 之后没有值"),
    ("extra `=`", "多了一个 ="),
    ("quote", "引号不成对"),
    ("string", "引号不成对，或引号内有不能直接写的字符"),
    ("leading zero", "数字不能以 0 开头"),
    ("extend value", "这一项已有值，不能再作表用"),
    ("unquoted key", "项名为空，或有须加引号的字符"),
];

/// What a parser of TOML says, in words.
pub fn toml(english: &str) -> Sentence {
    let known = TOML.iter().find(|(words, _)| english.contains(words));
    let chinese = known.map_or("此处写法不对", |(_, chinese)| chinese);
    Sentence::new(chinese, english.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Head {
        version: u32,
        round: String,
    }

    #[test]
    fn a_parser_is_heard_in_chinese() {
        let said = |line: &str| {
            let why = serde_json::from_str::<Head>(line).expect_err("it is no head");
            json(&why).chinese().to_owned()
        };
        assert_eq!(said("{\"version\":1"), "内容不完整");
        assert_eq!(said("{\"version\":1}"), "缺少 round");
        assert_eq!(said("{\"version\":\"1\"}"), "某一项的值不对");
        assert_eq!(said("{,"), "第 2 个字节处不合 JSON 语法");
    }
}
