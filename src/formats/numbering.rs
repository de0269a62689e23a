//! The numbers that Word puts before paragraphs by itself (ECMA-376 part 1, 17.9):
//! 一、 （一） 1. and bullets.

use std::collections::HashMap;

use super::Refusal;
use super::xml::{Node, walk};

/// Levels that a list has.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`: the number of level 1 and a sign.
    text: String,
}

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// By the id of their definition.
    levels: HashMap<String, Vec<Level>>,
    /// From the id that paragraphs use to that of the definition.
    definitions: HashMap<String, String>,
    /// By the id of the definition: lists that share one are counted on.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads the part that defines the lists.
    pub fn read(part: Vec<u8>) -> Result<Self, Refusal> {
        let mut numbering = Self::default();
        let mut list = String::new();
        let mut number = None;
        let mut level = 0_usize;
        walk(part, "word/numbering.xml", |node| {
            let Node::Open(name, attributes) = node else {
                if matches!(node, Node::Close("num")) {
                    number = None;
                }
                return;
            };
            let value = || attributes.get("val").unwrap_or_default();
            match name {
                "abstractNum" => {
                    list = attributes.get("abstractNumId").unwrap_or_default();
                    let levels = vec![Level::default(); LEVELS];
                    numbering.levels.insert(list.clone(), levels);
                }
                "num" => number = attributes.get("numId"),
                "abstractNumId" => {
                    if let Some(number) = &number {
                        numbering.definitions.insert(number.clone(), value());
                    }
                }
                "lvl" => {
                    let at = attributes.get("ilvl").and_then(|at| at.parse().ok());
                    level = at.unwrap_or(0_usize).min(LEVELS - 1);
                }
                // Overrides of single levels (`w:lvlOverride`) are left aside.
                "start" | "numFmt" | "lvlText" if number.is_none() => {
                    let levels = numbering.levels.get_mut(&list);
                    let Some(level) = levels.and_then(|levels| levels.get_mut(level)) else {
                        return;
                    };
                    match name {
                        "start" => level.start = value().parse().unwrap_or(1),
                        "numFmt" => level.format = value(),
                        _ => level.text = value(),
                    }
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// The number that the next paragraph of a list gets, with its signs; `None` for
    /// a list that is not defined. A bullet reads as nothing.
    pub fn next(&mut self, number: &str, level: u8) -> Option<String> {
        let list = self.definitions.get(number)?;
        let levels = self.levels.get(list)?;
        let at = usize::from(level).min(LEVELS - 1);
        let counts = self.counts.entry(list.clone()).or_default();
        let count = counts[at].map_or(levels[at].start, |count| count.saturating_add(1));
        counts[at] = Some(count);
        counts[at + 1..].fill(None);
        let mut printed = String::new();
        let mut rest = levels[at].text.as_str();
        if levels[at].format == "bullet" {
            return Some(String::new());
        }
        while let Some((before, after)) = rest.split_once('%') {
            printed.push_str(before);
            let digit = after.chars().next().and_then(|c| c.to_digit(10));
            let Some(digit) = digit.filter(|&digit| digit > 0) else {
                printed.push('%');
                rest = after;
                continue;
            };
            let of = digit as usize - 1;
            let count = counts[of].unwrap_or(levels[of].start);
            printed.push_str(&written(count, &levels[of].format));
            rest = &after[1..];
        }
        printed.push_str(rest);
        // A number that ends as a word does would run into the text.
        if printed.ends_with(|c: char| c.is_ascii()) {
            printed.push(' ');
        }
        Some(printed)
    }
}

/// A count as a number format (17.18.59) writes it; decimal for formats that no
/// Chinese document uses.
fn written(count: u32, format: &str) -> String {
    let digits = |digits: &[char; 10]| {
        let decimal = count.to_string();
        let digits = decimal
            .bytes()
            .map(|digit| digits[usize::from(digit - b'0')]);
        digits.collect::<String>()
    };
    const PLAIN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
    match format {
        "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographTraditional" => counted(count, &PLAIN, ['十', '百', '千']),
        "chineseLegalSimplified" => counted(count, &LEGAL, ['拾', '佰', '仟']),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digits(&PLAIN),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            char::from_u32('①' as u32 + count - 1).map_or_else(String::new, String::from)
        }
        "decimalFullWidth" => digits(&['０', '１', '２', '３', '４', '５', '６', '７', '８', '９']),
        "decimalZero" => format!("{count:02}"),
        "lowerLetter" | "upperLetter" if count > 0 => {
            let letter = char::from(b'a' + ((count - 1) % 26) as u8)
                .to_string()
                .repeat(((count - 1) / 26 + 1).min(9) as usize);
            if format == "upperLetter" {
                letter.to_uppercase()
            } else {
                letter
            }
        }
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        _ => count.to_string(),
    }
}

/// 一, 十, 十一, 二十, 一百零五.
fn counted(count: u32, digits: &[char; 10], units: [char; 3]) -> String {
    if count == 0 || count > 9999 {
        return count.to_string();
    }
    let mut written = String::new();
    let mut gap = false;
    for place in (0..4_u32).rev() {
        let digit = count / 10_u32.pow(place) % 10;
        if digit == 0 {
            gap = !written.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            written.push('零');
        }
        // 十一, not 一十一.
        if !(digit == 1 && place == 1 && written.is_empty()) {
            written.push(digits[digit as usize]);
        }
        if place > 0 {
            written.push(units[place as usize - 1]);
        }
    }
    written
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count == 0 || count > 3999 {
        return count.to_string();
    }
    let mut rest = count;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_chinese_documents_write_them() {
        for (count, expected) in [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
        ] {
            assert_eq!(written(count, "chineseCounting"), expected, "{count}");
        }
        assert_eq!(written(105, "ideographDigital"), "一〇五");
        assert_eq!(written(12, "decimalEnclosedCircle"), "⑫");
        assert_eq!(written(28, "lowerLetter"), "bb");
        assert_eq!(written(1994, "upperRoman"), "MCMXCIV");
    }

    #[test]
    fn a_level_begins_anew_after_one_above_it() {
        let part = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="5">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>
            </w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(part.into()).expect("it is well-formed");
        let mut next = |level| numbering.next("2", level).expect("it is defined");
        assert_eq!(next(0), "一、");
        assert_eq!(next(1), "（一）");
        assert_eq!(next(1), "（二）");
        assert_eq!(next(0), "二、");
        assert_eq!(next(1), "（一）");
        assert_eq!(next(2), "二.1 ");
        assert_eq!(numbering.next("9", 0), None);
    }
}
