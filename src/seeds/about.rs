//! What a document says of itself: date, publisher, reporter, award year.
//!
//! Only furniture is asked, never the text of a case: a case tells of many
//! dates and of reporters.

use super::lines::{Page, is_short};
use crate::case::{About, Part, TextRange};
use crate::text::clean::is_han;

/// Fills in what `about` leaves open.
pub(super) fn complete(about: &mut About, page: &Page<'_>, claims: &[(TextRange, Part)]) {
    let furniture = claims.iter().filter(|(_, part)| *part == Part::Furniture);
    for text in furniture.map(|(range, _)| page.slice(*range)) {
        if about.year.is_none() {
            about.year = award_year(text);
        }
        if about.reporter.is_none() {
            about.reporter = reporter(text).map(str::to_owned);
        }
        // A longer line is an introduction, and its dates are its story's.
        if !is_short(text, 60) {
            continue;
        }
        let date = date_in(text);
        if about.publisher.is_none() {
            let page_head = date
                .as_ref()
                .filter(|_| super::supplement::is_page_head(text));
            let publisher = page_head.map(|date| text[..date.start].trim());
            let publisher = publisher
                .or_else(|| source(text))
                .filter(|name| !name.is_empty());
            about.publisher = publisher.map(str::to_owned);
        }
        if about.date.is_none() {
            about.date = date.map(|date| date.iso);
        }
    }
}

/// A date in a text: `2021-12-23` or `2021年12月1日`.
pub(super) struct Date {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    pub iso: String,
}

/// The first date of a text.
pub(super) fn date_in(text: &str) -> Option<Date> {
    let digits = |at: usize, most: usize| {
        let digits = text.as_bytes()[at..].iter().take(most);
        digits.take_while(|b| b.is_ascii_digit()).count()
    };
    let mut at = 0;
    while at < text.len() {
        let length = digits(at, 8);
        if length == 4
            && let Some(date) = date_at(text, at, &digits)
        {
            return Some(date);
        }
        at += length.max(1);
    }
    None
}

fn date_at(text: &str, start: usize, digits: &impl Fn(usize, usize) -> usize) -> Option<Date> {
    let mut at = start;
    let mut numbers = [0_u32; 3];
    for (number, (most, marks)) in
        numbers
            .iter_mut()
            .zip([(4, &["-", "年"][..]), (2, &["-", "月"]), (2, &["日", ""])])
    {
        let length = digits(at, most);
        *number = text.get(at..at + length)?.parse().ok()?;
        at += length;
        let mark = marks.iter().find(|mark| text[at..].starts_with(**mark))?;
        at += mark.len();
    }
    let [year, month, day] = numbers;
    let real = (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then(|| Date {
        start,
        end: at,
        iso: format!("{year:04}-{month:02}-{day:02}"),
    })
}

/// The award year in `2015年度全市政府系统创新工作案例`.
fn award_year(text: &str) -> Option<u16> {
    let mut from = 0;
    while let Some(found) = text[from..].find("年度") {
        let at = from + found;
        from = at + "年度".len();
        let year = at.checked_sub(4).and_then(|start| text.get(start..at));
        let year = year.filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
        let behind = text[from..].char_indices().nth(20);
        let behind = &text[from..behind.map_or(text.len(), |end| from + end.0)];
        if let (Some(year), true) = (year, behind.contains("案例")) {
            return year.parse().ok();
        }
    }
    None
}

/// The name behind 记者 at the end of a text.
pub(super) fn reporter(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['）', ')', ']', '】', '。']);
    let at = ["记者", "記者"].iter().find_map(|word| {
        let at = text.rfind(word)?;
        Some(at + word.len())
    })?;
    let rest = &text[at..];
    let name = rest.trim_start_matches([' ', '\u{3000}', ':', '：']);
    let is_name = name.len() < rest.len()
        && (2..=4).contains(&name.chars().take(5).count())
        && name.chars().all(is_han);
    is_name.then_some(name)
}

/// The source that a web page names: `来源:青岛日报`.
fn source(text: &str) -> Option<&str> {
    let behind = ["来源", "來源"].iter().find_map(|word| {
        let at = text.find(word)? + word.len();
        text[at..].strip_prefix([':', '：'])
    })?;
    behind.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_both_ways_of_writing_it() {
        let iso = |text| date_in(text).map(|date| date.iso);
        assert_eq!(
            iso("2021-12-23 06:36 来源:青岛日报").as_deref(),
            Some("2021-12-23")
        );
        assert_eq!(
            iso("青島日報2021年12月1日特1版").as_deref(),
            Some("2021-12-01")
        );
        assert_eq!(
            iso("编号 12345678 2016年3月1日").as_deref(),
            Some("2016-03-01")
        );
        assert_eq!(iso("2016年度"), None);
        assert_eq!(iso("2016年13月1日"), None);
        assert_eq!(iso("1月17日記者采訪獲悉"), None);
    }

    #[test]
    fn the_award_year_is_that_of_the_cases() {
        assert_eq!(award_year("■2015年度全市政府系统创新工作案例"), Some(2015));
        assert_eq!(
            award_year("本市評選出2016年度全市政府系統創新工作案例,"),
            Some(2016)
        );
        assert_eq!(award_year("2017年度第一批高新技术企业名单"), None);
    }

    #[test]
    fn a_reporter_is_a_name_behind_the_word() {
        assert_eq!(reporter("半岛都市报/半岛网 记者 郝园园"), Some("郝园园"));
        assert_eq!(reporter("? 半島記者 李曉哲"), Some("李曉哲"));
        assert_eq!(
            reporter("改善了政务服务。(青岛日报/观海新闻记者 刘佳旎)"),
            Some("刘佳旎")
        );
        assert_eq!(reporter("1月17日記者采訪獲悉"), None);
    }

    #[test]
    fn a_web_page_names_its_source() {
        assert_eq!(source("2021-12-23 06:36 来源:青岛日报"), Some("青岛日报"));
        assert_eq!(source("分享到:"), None);
    }
}
