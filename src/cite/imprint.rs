//! What a document says of its own publication, and what an editor says of it.

use std::borrow::Cow;
use std::cell::LazyCell;

use memchr::memmem;

use crate::case::{Document, Kind, unbroken};
use crate::text::fold::fold;
use crate::text::gate;
use crate::text::numerals;
use crate::text::script::to_simplified;

/// A name, and whether it is an editor's rather than the document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub text: String,
    /// Shown in square brackets.
    pub supplied: bool,
}

impl Named {
    /// Returns the name, in square brackets if an editor supplied it.
    pub fn marked(&self) -> String {
        if self.supplied {
            format!("[{}]", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// What kind of publication is cited; decides type and medium in the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// `[N]`
    Newspaper,
    /// `[N/OL]`: a report of a newspaper that is named.
    NewsOnline,
    /// `[EB/OL]`: a report on a news site, or on a page whose publisher is not
    /// known. GB/T 7714—2015, 8.8, gives a news item on a site so.
    WebPage,
    /// `[G]`
    Compilation,
    /// `[Z]`: nothing is known of the document.
    Other,
}

impl Carrier {
    /// 载体类型标识 of GB/T 7714, after the slash in `[N/OL]`; `None` for print.
    pub const fn medium(self) -> Option<&'static str> {
        match self {
            Self::NewsOnline | Self::WebPage => Some("OL"),
            Self::Newspaper | Self::Compilation | Self::Other => None,
        }
    }
}

/// How much of a date the document prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Printed {
    All,
    /// The year is inferred: news prints “3月1日”.
    MonthAndDay,
    /// The date is an editor's.
    Nothing,
}

/// A date of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    pub day: Option<u8>,
    pub printed: Printed,
}

impl Date {
    /// Reads `2016-03-01`, `2016-03` or `2016`.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().and_then(|part| part.parse().ok());
        let month = month.filter(|month| (1..=12).contains(month));
        let day = parts.next().and_then(|part| part.parse().ok());
        let day = day.filter(|day| (1..=31).contains(day));
        Some(Self {
            year,
            month,
            day: month.and(day),
            printed: Printed::Nothing,
        })
    }

    /// ISO 8601, as far as it is known: `2016-03-01`.
    pub fn iso(&self) -> String {
        let mut text = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text
    }

    /// ISO 8601, with what is inferred in square brackets: `[2016]-03-01`.
    pub fn marked(&self) -> String {
        let iso = self.iso();
        match self.printed {
            Printed::All => iso,
            Printed::MonthAndDay => format!("[{:04}]{}", self.year, &iso[4..]),
            Printed::Nothing => format!("[{iso}]"),
        }
    }
}

/// What a document says of its own publication, and what an editor says.
#[derive(Clone, Debug)]
pub struct Imprint {
    pub carrier: Carrier,
    /// The document's title; `None` where no editor knows one.
    pub title: Option<Named>,
    pub authors: Vec<Named>,
    /// The newspaper or site.
    pub publication: Option<Named>,
    pub date: Option<Date>,
    /// The number of an official document.
    pub number: Option<String>,
    /// Whether the publication is the body that issued the document, and is its author.
    pub is_issued: bool,
    /// Line and name of every newspaper page that begins in the document.
    pages: Vec<(u32, String)>,
}

impl Imprint {
    /// Reads the imprint of a document. It looks through the whole text, so it
    /// is worth keeping for the next case.
    pub fn of(document: &Document) -> Self {
        let text = document.text();
        let simplified = LazyCell::new(|| to_simplified(text));
        let named = |name: &str| as_printed(text, &simplified, name);
        let about = &document.about;
        let heads = page_heads(document);
        let publication = about.publisher.as_deref().map(named).or_else(|| {
            let head = heads.first()?;
            Some(Named {
                text: one_space(&head.paper),
                supplied: false,
            })
        });
        let date = about.date.as_deref().and_then(Date::parse);
        let date = date
            .map(|date| Date {
                printed: printed(text, &date),
                ..date
            })
            .or_else(|| heads.first().map(|head| head.date));
        let carrier = carrier(about.kind, publication.as_ref(), !heads.is_empty());
        let is_printed = matches!(carrier, Carrier::Other | Carrier::Compilation);
        let number = about.number.as_deref().filter(|_| is_printed);
        let signer = publication.as_ref().filter(|name| !name.supplied);
        let is_issued = carrier == Carrier::Other
            && signer.is_some_and(|name| number.is_some() || is_signed(text, &name.text));
        Self {
            carrier,
            number: number.map(one_space),
            is_issued,
            title: about.title.as_deref().map(|title| as_headline(text, title)),
            authors: about
                .reporter
                .as_deref()
                .map_or_else(Vec::new, people)
                .into_iter()
                .map(named)
                .collect(),
            publication,
            date,
            pages: heads
                .into_iter()
                .map(|head| (head.line, head.page))
                .collect(),
        }
    }

    /// The newspaper page that holds a line, counted from 1.
    pub fn page(&self, line: u32) -> Option<&str> {
        let after = self.pages.partition_point(|(start, _)| *start <= line);
        let (_, page) = self.pages.get(after.checked_sub(1)?)?;
        Some(page)
    }
}

fn carrier(kind: Option<Kind>, publication: Option<&Named>, pages: bool) -> Carrier {
    // A newspaper by its name: 青岛日报, but 半岛网.
    let newspaper = publication.is_some_and(|name| name.text.ends_with(['报', '報']));
    match kind {
        Some(Kind::Newspaper) => Carrier::Newspaper,
        Some(Kind::News) if newspaper => Carrier::NewsOnline,
        Some(Kind::News) => Carrier::WebPage,
        Some(Kind::Compilation) => Carrier::Compilation,
        None if pages => Carrier::Newspaper,
        None => Carrier::Other,
    }
}

/// Whether a document is signed by a body: a line with its name alone is followed by a
/// date.
fn is_signed(text: &str, name: &str) -> bool {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .peekable();
    while let Some(line) = lines.next() {
        let is_date = |next: &&str| {
            next.ends_with(['日', '月']) && next.contains('年') && next.chars().count() <= 12
        };
        // Where several bodies sign, the last of them is on the line above the date.
        let signer = line.split_whitespace().next_back();
        let is_name = one_space(line) == name || signer == name.rsplit('、').next();
        if is_name && lines.peek().is_some_and(is_date) {
            return true;
        }
    }
    false
}

/// The name as the document prints it, in its own script; as given, and
/// supplied, where the document does not print it.
fn as_printed<'a, F>(text: &str, simplified: &LazyCell<Cow<'a, str>, F>, name: &str) -> Named
where
    F: FnOnce() -> Cow<'a, str>,
{
    // Several bodies that sign may each be on a line of its own.
    if name.split('、').all(|name| contains(text, name)) {
        return Named {
            text: one_space(name),
            supplied: false,
        };
    }
    let found = simplified.find(to_simplified(name).as_ref());
    let printed = found.map(|at| {
        // Conversion keeps the number of characters, not that of bytes.
        let before = simplified[..at].chars().count();
        let length = name.chars().count();
        text.chars().skip(before).take(length).collect()
    });
    let text: Option<String> = printed;
    Named {
        supplied: text.is_none(),
        text: one_space(text.as_deref().unwrap_or(name)),
    }
}

/// The title as the document prints it on lines of its own; as given, and
/// supplied, where it has no such lines. Neither a clause of a sentence is a
/// headline nor the head of a list, with a ■ before it.
fn as_headline(text: &str, title: &str) -> Named {
    /// A title runs over no more lines.
    const LINES: usize = 4;
    let close =
        |text: &str| to_simplified(&text.split_whitespace().collect::<String>()).into_owned();
    let wanted = close(title);
    let first = wanted.chars().next();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_start = |line: &str| {
        let may_be = line.len() <= 4 * title.len() && begins_alike(line, first);
        may_be && wanted.starts_with(&close(line))
    };
    let starts = (0..lines.len()).filter(|&at| is_start(lines[at]));
    let mut runs = starts.flat_map(|at| {
        let ends = at + 1..=(at + LINES).min(lines.len());
        ends.map(move |end| at..end)
    });
    let printed = runs
        .find(|run| close(&lines[run.clone()].concat()) == wanted)
        .map(|run| lines[run].join("\n"));
    Named {
        supplied: printed.is_none(),
        text: one_space(&unbroken(printed.as_deref().unwrap_or(title))),
    }
}

/// Whether a line begins with a character, in whatever script: of a long text this
/// leaves few lines to be looked at.
fn begins_alike(line: &str, first: Option<char>) -> bool {
    let c = line.chars().next();
    c.is_some() && (c == first || c.map(fold) == first.map(fold))
}

/// As [`str::contains`], for texts of many megabytes.
fn contains(text: &str, wanted: &str) -> bool {
    memmem::find(text.as_bytes(), wanted.as_bytes()).is_some()
}

/// The people of a byline: parted by 、 or commas, and by spaces where every
/// part is Chinese.
fn people(byline: &str) -> Vec<&str> {
    let chinese = |part: &str| part.chars().all(|c| !c.is_ascii());
    let by_space = byline.split_whitespace().all(chinese);
    let parts = byline.split(|c: char| {
        matches!(c, '、' | ',' | '，' | ';' | '；') || (by_space && c.is_whitespace())
    });
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// A date as signatures have it in Chinese figures, `二〇一九年三月二十五日`, whichever
/// sign is taken for nought, and by the years of the Republic, counted from 1912.
fn in_chinese(year: u16, month: u8, day: u8) -> impl Iterator<Item = String> {
    let number = |number: u16| numerals::in_chinese(number.into()).unwrap_or_default();
    let rest = format!("年{}月{}日", number(month.into()), number(day.into()));
    let digits = move |nought: char| -> String {
        let printed = year.to_string();
        let digits = printed.chars().map(|c| match c.to_digit(10) {
            Some(digit @ 1..) => numerals::DIGITS[digit as usize],
            _ => nought,
        });
        digits.collect()
    };
    let republic = year
        .checked_sub(1911)
        .filter(|year| *year > 0)
        .map_or_else(Vec::new, |year| {
            vec![
                format!("民國{}{rest}", number(year)),
                format!("民國{year}年{month}月{day}日"),
                format!("民國 {year} 年 {month} 月 {day} 日"),
            ]
        });
    let western = ['〇', '零', '○', 'Ｏ'].map(|nought| digits(nought) + &rest);
    western.into_iter().chain(republic)
}

fn printed(text: &str, date: &Date) -> Printed {
    let (Some(month), Some(day)) = (date.month, date.day) else {
        let year = format!("{}年", date.year);
        let found = match date.month {
            Some(month) => contains(text, &format!("{year}{month}月")),
            None => contains(text, &year),
        };
        return if found {
            Printed::All
        } else {
            Printed::Nothing
        };
    };
    let year = date.year;
    let full = [
        format!("{year}年{month}月{day}日"),
        format!("{year}年{month:02}月{day:02}日"),
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}/{month:02}/{day:02}"),
        format!("{year}.{month:02}.{day:02}"),
    ];
    let is_full = full.iter().any(|form| contains(text, form));
    if is_full || in_chinese(year, month, day).any(|form| contains(text, &form)) {
        Printed::All
    } else if contains_day(text, &format!("{month}月{day}日")) {
        Printed::MonthAndDay
    } else {
        Printed::Nothing
    }
}

/// Whether `day` occurs in the text other than as the tail of a longer number:
/// 1月17日 is no part of 11月17日.
fn contains_day(text: &str, day: &str) -> bool {
    text.match_indices(day).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_ascii_digit())
    })
}

/// The head of a newspaper page: 青島日報2021年12月1日特1版.
struct PageHead {
    line: u32,
    paper: String,
    date: Date,
    page: String,
}

fn page_heads(document: &Document) -> Vec<PageHead> {
    let lines = 1..=document.line_starts.len() as u32;
    lines
        .filter_map(|line| page_head(line, &document.raw_line(line)))
        .collect()
}

fn page_head(line: u32, text: &str) -> Option<PageHead> {
    // A head is short; this also keeps a document of one huge line cheap.
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim().strip_suffix('版')?;
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let (paper, rest) = text.split_at(digit);
    let (year, rest) = rest.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, page) = rest.split_once('日')?;
    let page = page.trim().trim_start_matches('第').trim();
    let paper = paper.trim();
    let fits = !paper.is_empty() && !page.is_empty() && page.chars().count() <= 6;
    fits.then_some(PageHead {
        line,
        paper: paper.to_owned(),
        date: Date {
            year: year.trim().parse().ok()?,
            month: Some(month.trim().parse().ok()?),
            day: Some(day.trim().parse().ok()?),
            printed: Printed::All,
        },
        page: one_space(page),
    })
}

/// One line without runs of white space and without what a terminal must not
/// see: a line break in a name would begin a new field in some styles.
pub(super) fn one_space(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    gate::line(&words.join(" ")).into_owned()
}
