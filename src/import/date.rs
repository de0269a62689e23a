//! Ids that a spreadsheet made dates or numbers of.

/// Months as English editions write them, by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Returns at most three ids that a spreadsheet may have turned into this date or number
/// (`2019/1/1`, `Jan-19`, `1月2日`, `7`); `None` if `id` is neither.
pub fn of_date<'a>(id: &str, ids: impl Iterator<Item = &'a str>) -> Option<Vec<&'a str>> {
    let (numbers, words) = parted(id);
    let month = words.iter().find_map(|word| {
        let word = word.to_ascii_lowercase();
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        Some(at as u32 + 1)
    });
    let is_date = match numbers.len() {
        0 => false,
        1 if words.is_empty() => true,
        2 if month.is_none() => words.iter().any(|word| matches!(*word, "/" | "年" | "月")),
        1 | 2 => month.is_some(),
        _ => words.iter().all(|word| word.chars().count() == 1),
    };
    if !is_date {
        return None;
    }
    let dates = readings(&numbers, month);
    let could_be = |id: &&str| {
        let parts: Option<Vec<u32>> = id.split('-').map(|part| part.parse().ok()).collect();
        match (parts.as_deref(), numbers.as_slice()) {
            (Some([part]), [number]) => month.is_none() && part == number,
            (Some(parts), _) => dates.iter().any(|date| date.is_made_of(parts)),
            (None, _) => false,
        }
    };
    Some(ids.filter(could_be).take(3).collect())
}

/// The first year in which an id can have become a day of the year that then was.
const FIRST_YEAR: u32 = 2026;

/// One way to read a date.
struct Date {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

impl Date {
    /// Whether a spreadsheet may make this of an id of such parts: `2019-1` is a month
    /// and so its first day (`1-50`
    /// too, since no month has 50 days), `1-2` a day of the year that it is read in.
    fn is_made_of(&self, parts: &[u32]) -> bool {
        let is_year = |part: u32| {
            let short = part < 100 || self.year.is_some_and(|year| year < 100);
            let same = |year: u32| year == part || (short && year % 100 == part % 100);
            self.year.is_some_and(same)
        };
        let is_month = |part| part == self.month;
        let is_day = |part| self.day == Some(part);
        let is_first = self.day.is_none_or(|day| day == 1);
        let is_recent = self.year.is_none_or(|year| {
            year % 100 >= FIRST_YEAR % 100 && !(100..FIRST_YEAR).contains(&year)
        });
        match *parts {
            [a, b] => {
                let of_year = is_year(a) && is_month(b) || b > 31 && is_month(a) && is_year(b);
                let of_day = is_month(a) && is_day(b) || is_day(a) && is_month(b);
                is_first && of_year || is_recent && of_day
            }
            [a, b, c] => {
                is_year(a) && is_month(b) && is_day(c)
                    || is_year(c) && (is_month(a) && is_day(b) || is_day(a) && is_month(b))
            }
            _ => false,
        }
    }
}

/// The ways to read the numbers of a date, whose month may be a word.
fn readings(numbers: &[u32], month: Option<u32>) -> Vec<Date> {
    let date = |year, month, day| Date { year, month, day };
    let all = match (numbers, month) {
        (&[a], Some(month)) => vec![date(None, month, Some(a)), date(Some(a), month, None)],
        (&[a, b], Some(month)) => {
            vec![date(Some(a), month, Some(b)), date(Some(b), month, Some(a))]
        }
        (&[a, b], None) => vec![
            date(None, a, Some(b)),
            date(None, b, Some(a)),
            date(Some(a), b, None),
            date(Some(b), a, None),
        ],
        (&[a, b, c], None) => vec![
            date(Some(a), b, Some(c)),
            date(Some(c), a, Some(b)),
            date(Some(c), b, Some(a)),
        ],
        _ => Vec::new(),
    };
    let is_real = |date: &Date| {
        (1..=12).contains(&date.month) && date.day.is_none_or(|day| (1..=31).contains(&day))
    };
    all.into_iter().filter(is_real).collect()
}

/// Splits a text into its numbers and what is between them, without blanks and hyphens.
fn parted(text: &str) -> (Vec<u32>, Vec<&str>) {
    let is_digit = |c: char| c.is_ascii_digit();
    let numbers = text.split(|c| !is_digit(c)).filter_map(|n| n.parse().ok());
    let words = text.split(|c: char| is_digit(c) || matches!(c, ' ' | '-'));
    (
        numbers.collect(),
        words.filter(|word| !word.is_empty()).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_names_no_id_that_it_cannot_have_been() {
        let ids = ["001-1", "001-2", "003-9", "003-1", "009-1", "1-1"];
        for (id, expected) in [
            ("2003-09-01", vec!["003-9"]),
            ("2003/9/1", vec!["003-9"]),
            ("Sep-03", vec!["003-9", "009-3"]),
            ("2019-01-01", vec![]),
            ("1-Sep", vec!["009-1"]),
            ("2026/9/1", vec!["009-1"]),
            ("1", vec![]),
        ] {
            let ids = ids.into_iter().chain(["009-3"]);
            assert_eq!(of_date(id, ids), Some(expected), "{id}");
        }
    }

    #[test]
    fn a_date_names_the_ids_that_it_may_have_been() {
        let ids = ["2019-1", "2019-2", "1-2", "003-5", "007", "report-1"];
        for (id, expected) in [
            ("2019/1/1", Some(vec!["2019-1"])),
            ("2019-01-01", Some(vec!["2019-1"])),
            ("Jan-19", Some(vec!["2019-1"])),
            ("2019年2月", Some(vec!["2019-2"])),
            ("01/02/2026", Some(vec!["1-2"])),
            ("1月2日", Some(vec!["1-2"])),
            ("2-Jan", Some(vec!["1-2"])),
            ("7", Some(vec!["007"])),
            ("43466", Some(vec![])),
            ("2019-13", None),
            ("report-9", None),
            ("003-6", None),
            ("", None),
        ] {
            assert_eq!(of_date(id, ids.into_iter()), expected, "{id}");
        }
    }
}
