//! Dates, numbers of official documents and years, as documents print them.

use super::lines::is_short;
use crate::text::marks::is_han;
use crate::text::script::to_simplified;

/// A date in a text: `2021-12-23`, `2021年12月1日`, `二〇二一年十二月一日`,
/// `2022年3月`, `中華民國一百零五年三月十八日`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// ISO 8601, as exact as it is printed: `2021-12-01`, `2022-03`.
    pub iso: String,
}

/// The first date of a text that has year, month and day.
pub(super) fn date_in(text: &str) -> Option<Date> {
    dates(text, false)
}

/// The date that is all that a line prints, brackets aside; a month will do.
pub(super) fn whole(text: &str) -> Option<Date> {
    if !is_short(text, 24) {
        return None;
    }
    let date = dates(text, true)?;
    let is_mark = |c: char| c.is_whitespace() || "（）()：:〔〕[]【】".contains(c);
    let around = [&text[..date.start], behind_weekday(&text[date.end..])];
    let clock = |c: char| c.is_ascii_digit() || c == ':' || c == '：' || c.is_whitespace();
    let is_all = around[0].chars().all(is_mark)
        && (around[1].chars().all(is_mark) || around[1].chars().all(clock));
    is_all.then_some(date)
}

/// What follows the day of the week with which a text may begin, marks before it aside:
/// ` 星期三`, `（周日）`.
fn behind_weekday(text: &str) -> &str {
    let day = text.trim_start_matches(|c: char| c.is_whitespace() || "（(，,".contains(c));
    let names = ["星期", "礼拜", "禮拜", "周", "週"];
    let day = names.iter().find_map(|name| day.strip_prefix(name));
    let rest =
        day.and_then(|day| day.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天']));
    rest.unwrap_or(text)
}

fn dates(text: &str, month_will_do: bool) -> Option<Date> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        // A date begins where its year does.
        let begins = match c {
            '0'..='9' => !matches!(before, Some('0'..='9')),
            '二' | '一' | '民' => before.is_none_or(|c| digit(c).is_none()),
            _ => false,
        };
        before = Some(c);
        if begins
            && let Some(date) = date_at(text, at)
            && (date.iso.len() == 10 || month_will_do)
        {
            return Some(date);
        }
    }
    None
}

/// The date that begins at the byte `start`.
fn date_at(text: &str, start: usize) -> Option<Date> {
    let (year, rest) = year_at(&text[start..])?;
    let rest = rest.trim_start_matches(' ');
    let (month, rest, dashed) = if let Some(rest) = rest.strip_prefix('年') {
        let (month, rest) = small(rest)?;
        (
            month,
            rest.trim_start_matches(' ').strip_prefix('月')?,
            None,
        )
    } else {
        let mark = rest.chars().next().filter(|c| "-/.".contains(*c))?;
        let (month, rest) = small(&rest[1..])?;
        (month, rest, Some(mark))
    };
    let day = match dashed {
        None => small(rest).and_then(|(day, rest)| {
            Some((
                day,
                rest.trim_start_matches(' ').strip_prefix(['日', '号'])?,
            ))
        }),
        Some(mark) => rest.strip_prefix(mark).and_then(small),
    };
    let is_month = (1..=12).contains(&month);
    match day.filter(|(day, _)| (1..=31).contains(day)) {
        Some((day, rest)) if is_month => Some(Date {
            start,
            end: text.len() - rest.len(),
            iso: format!("{year:04}-{month:02}-{day:02}"),
        }),
        None if is_month && dashed.is_none() => Some(Date {
            start,
            end: text.len() - rest.len(),
            iso: format!("{year:04}-{month:02}"),
        }),
        _ => None,
    }
}

/// The year with which a text begins, and what follows: four digits in either
/// script, or a year of the Republic, which is counted from 1912.
fn year_at(text: &str) -> Option<(u16, &str)> {
    if let Some(rest) = text
        .strip_prefix("民國")
        .or_else(|| text.strip_prefix("民国"))
    {
        let (number, _, rest) = super::headings::number(rest.trim_start())?;
        let year = u16::try_from(number).ok()?.checked_add(1911)?;
        return (1912..2200).contains(&year).then_some((year, rest));
    }
    let mut year = 0;
    let mut end = 0;
    for (count, (at, c)) in text.char_indices().enumerate() {
        match digit(c) {
            Some(value) if count < 4 => year = year * 10 + value,
            Some(_) => return None,
            None if count == 4 => {
                end = at;
                break;
            }
            None => return None,
        }
    }
    (end > 0 && (1900..2200).contains(&year)).then_some((year, &text[end..]))
}

fn digit(c: char) -> Option<u16> {
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '〇' | '零' | '○' | 'Ｏ' | '０' => Some(0),
        _ => "一二三四五六七八九"
            .chars()
            .position(|known| known == c)
            .map(|at| at as u16 + 1),
    }
}

/// A month or a day: one or two digits, or a Chinese number.
fn small(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(' ');
    let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    let (number, _, rest) = super::headings::number(text)?;
    Some((number, rest))
}

/// The number of an official document in a line that prints nothing else, in full, but who
/// signs it: `国办发〔2018〕126号`. Brackets of every kind are met in print.
pub(super) fn number_line(text: &str) -> Option<&str> {
    let signed = ["签发人", "簽發人"].iter().find_map(|word| text.find(word));
    let text = text[..signed.unwrap_or(text.len())]
        .trim_end()
        .trim_matches(['（', '）', '(', ')']);
    let found = number_in(text)?;
    (found.len() == text.len()).then_some(found)
}

/// The key of a line such as `發文日期：…`, in Simplified and without white space.
pub(super) fn key(text: &str) -> Option<String> {
    let (key, _) = text.split_once(['：', ':'])?;
    let key: String = key
        .chars()
        .take(20)
        .filter(|c| !c.is_whitespace())
        .collect();
    Some(to_simplified(key.trim_matches(['【', '】', '[', ']'])).into_owned())
}

/// The value that a line prints after a key with one of these names.
pub(super) fn keyed<'a>(text: &'a str, keys: &[&str]) -> Option<&'a str> {
    let (_, value) = text.split_once(['：', ':'])?;
    let value = value.trim();
    (keys.contains(&&*key(text)?) && !value.is_empty()).then_some(value)
}

/// The number of an official document after a key: `發文字號：甲府社字第1050012345號`.
pub(super) fn keyed_number(text: &str) -> Option<&str> {
    let value = keyed(text, &["发文字号", "发文号", "文件编号", "文号", "字号"])?;
    let end = value.find(['号', '號'])?;
    let number = &value[..end + '号'.len_utf8()];
    (is_short(number, 40) && number.contains(|c: char| c.is_ascii_digit())).then_some(number)
}

/// The date of a document after a key: `成文日期：2022年3月1日`. Taiwan's offices may leave
/// out the name of the era: `發文日期：112年5月8日`.
pub(super) fn keyed_date(text: &str) -> Option<Date> {
    const KEYS: [&str; 8] = [
        "发文日期",
        "成文日期",
        "印发日期",
        "发布日期",
        "公告日期",
        "发布时间",
        "日期",
        "时间",
    ];
    let value = keyed(text, &KEYS)?;
    whole(value).or_else(|| whole(&format!("民國{value}")))
}

/// The number of a decree in a line that prints nothing else: `第88号`.
pub(super) fn ordinal_line(text: &str) -> Option<&str> {
    let text = text.trim_matches(['（', '）', '(', ')', ' ']);
    let number = text.strip_prefix('第')?.strip_suffix(['号', '號'])?;
    let is_digit = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百零".contains(c);
    (is_short(number, 6) && !number.is_empty() && number.chars().all(is_digit)).then_some(text)
}

/// The number of an official document in a text.
pub(super) fn number_in(text: &str) -> Option<&str> {
    let open = text.find(['〔', '﹝', '［', '[', '【'])?;
    let bracket = text[open..].chars().next()?;
    let inside = &text[open + bracket.len_utf8()..];
    let close = inside.find(['〕', '﹞', '］', ']', '】'])?;
    let year = &inside[..close];
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = inside[close..]
        .chars()
        .next()
        .map(|c| &inside[close + c.len_utf8()..])?
        .trim_start()
        .trim_start_matches('第');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest[digits..]
        .strip_prefix('号')
        .or_else(|| rest[digits..].strip_prefix('號'));
    let end = text.len() - behind.filter(|_| (1..=6).contains(&digits))?.len();
    let name = text[..open]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c))
        .last();
    // Minutes have their numbers alone: 〔2024〕14号.
    let alone = (open == 0 && end == text.len()).then_some(0);
    let start = name.map(|(start, _)| start).or(alone)?;
    Some(&text[start..end])
}

/// The number of an order as Taiwan's offices print it, the issuing office in front:
/// `臨江縣政府臨府社字第 1050012345 號`, possibly broken over lines.
pub(super) fn order_number(text: &str) -> Option<String> {
    let at = text.find("字第")?;
    let rest = text[at + "字第".len()..].trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(4..=14).contains(&digits) {
        return None;
    }
    rest[digits..].trim_start().strip_prefix(['號', '号'])?;
    let before = &text[..at];
    let name: Vec<(usize, char)> = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c))
        .collect();
    let start = name
        .iter()
        .skip(2)
        .find(|(_, c)| "府部院會会署局處处廳厅日".contains(*c))
        .map_or(name.last()?.0, |(at, c)| at + c.len_utf8());
    Some(format!("{}字第 {} 號", &before[start..], &rest[..digits]))
}

/// The year in `2015年度`, `二〇一八年度`.
pub(super) fn award_year(text: &str) -> Option<(u16, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("年度") {
        let at = from + found;
        from = at + "年度".len();
        let start = text[..at].char_indices().rev().take(4).last()?.0;
        if let Some(year) = republican(&text[..at]) {
            return Some((year, from));
        }
        if let Some((year, "年")) = year_at(&text[start..at + "年".len()]) {
            return Some((year, from));
        }
    }
    None
}

/// The year of the Republic of three digits with which a text in Traditional ends:
/// `臺北市112`.
fn republican(text: &str) -> Option<u16> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let year: u16 = text[before.len()..].parse().ok()?;
    let is_one = text.len() - before.len() == 3 && (100..200).contains(&year);
    is_one.then_some(year + 1911)
}

/// The first year that a text names: `（2023年）`, `2022年执行标准`.
pub(super) fn year_in(text: &str) -> Option<u16> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let begins = digit(c).is_some() && before.is_none_or(|c| digit(c).is_none());
        before = Some(c);
        if begins
            && let Some((year, rest)) = year_at(&text[at..])
            && rest.starts_with('年')
        {
            return Some(year);
        }
    }
    None
}

/// Whether a line says where and when a page was published.
pub(super) fn has_source(text: &str) -> bool {
    [
        "来源：",
        "来源:",
        "來源：",
        "來源:",
        "发布时间",
        "发布日期",
        "发布机构",
        "索引号",
    ]
    .iter()
    .any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_every_way_of_writing_it() {
        let iso = |text| date_in(text).map(|date| date.iso);
        for (text, expected) in [
            ("2021-12-23 06:36 来源:青岛日报", "2021-12-23"),
            ("青島日報2021年12月1日特1版", "2021-12-01"),
            ("编号 12345678 2016年3月1日", "2016-03-01"),
            ("二〇一九年三月五日", "2019-03-05"),
            ("二○二○年十二月三十一日", "2020-12-31"),
            ("中華民國一百零五年三月十八日", "2016-03-18"),
            ("民國 92 年 7 月 2 日", "2003-07-02"),
            ("2021/3/9", "2021-03-09"),
            ("2021.12.31", "2021-12-31"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "2016年度",
            "2016年13月1日",
            "1月17日記者采訪獲悉",
            "12021年1月1日",
            "2020年6月",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
        assert_eq!(
            whole("2022年3月").map(|date| date.iso).as_deref(),
            Some("2022-03")
        );
        assert_eq!(
            whole("（2023年12月29日）").map(|date| date.iso).as_deref(),
            Some("2023-12-29")
        );
        for text in [
            "2024年3月20日 星期三",
            "2024年3月20日（周三）",
            "2024-03-20，星期三",
        ] {
            let found = whole(text).map(|date| date.iso);
            assert_eq!(found.as_deref(), Some("2024-03-20"), "{text}");
        }
        assert_eq!(whole("2024年3月20日周三讨论"), None);
        assert_eq!(whole("2018年以来"), None);
        assert_eq!(whole("2018年3月以来"), None);
    }

    #[test]
    fn the_number_of_a_document_is_read_whole() {
        assert_eq!(
            number_line("国办发〔2018〕126号"),
            Some("国办发〔2018〕126号")
        );
        assert_eq!(
            number_line("（青政办字[2020]7号）"),
            Some("青政办字[2020]7号")
        );
        assert_eq!(
            number_line("甲政字〔2021〕8号　　　签发人：王某"),
            Some("甲政字〔2021〕8号")
        );
        assert_eq!(number_line("根据国办发〔2018〕126号文件"), None);
        assert_eq!(number_line("〔2018〕"), None);
        assert_eq!(number_line("〔2024〕14号"), Some("〔2024〕14号"));
        assert_eq!(number_line("见〔2024〕14号文"), None);
        assert_eq!(
            order_number("三月十八日甲縣政府甲府社字第 1050012345\n  號令").as_deref(),
            Some("甲府社字第 1050012345 號")
        );
    }

    #[test]
    fn a_key_says_what_a_date_and_a_number_are() {
        let date = |text| keyed_date(text).map(|date| date.iso);
        assert_eq!(date("發文日期：112年5月8日").as_deref(), Some("2023-05-08"));
        assert_eq!(
            date("成文日期: 2022年3月1日").as_deref(),
            Some("2022-03-01")
        );
        assert_eq!(date("会议时间：2022年3月1日"), None);
        assert_eq!(date("时间：2022年3月1日下午"), None);
        let number = "甲府社字第1050012345號";
        assert_eq!(keyed_number(&format!("發文字號：{number}")), Some(number));
        assert_eq!(
            keyed_number("文　号：甲政发〔2021〕8号　公开"),
            Some("甲政发〔2021〕8号")
        );
        assert_eq!(keyed_number("电话号：12号"), None);
    }

    #[test]
    fn a_year_is_that_of_the_award() {
        assert_eq!(award_year("■2015年度全市").map(|year| year.0), Some(2015));
        assert_eq!(
            award_year("二〇一八年度营商").map(|year| year.0),
            Some(2018)
        );
        assert_eq!(award_year("湖東縣112年度").map(|year| year.0), Some(2023));
        assert_eq!(award_year("第12年度"), None);
        assert_eq!(award_year("本年度"), None);
        assert_eq!(year_in("案例（2023年）"), Some(2023));
        assert_eq!(year_in("共2021项"), None);
    }
}
