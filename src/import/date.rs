//! Ids that a spreadsheet made dates or numbers of.

/// Months as English editions write them, by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Where an id is a date or a number rather than an id (`2019/1/1`, `Jan-19`,
/// `1月2日`, `7`): the ids out of which a spreadsheet may have made it, at most
/// three. `None` where it is neither.
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
    let numbers: Vec<u32> = numbers.into_iter().chain(month).collect();
    // Of a year the last two figures may be all that is left.
    let tells = |wanted: u32| {
        let is_year = wanted >= 1900;
        let same = |&number: &u32| number == wanted || (is_year && wanted % 100 == number);
        numbers.iter().any(same)
    };
    let could_be = |id: &&str| {
        let mut parts = id.split('-').map(str::parse::<u32>);
        parts.all(|part| part.is_ok_and(tells))
    };
    Some(ids.filter(could_be).take(3).collect())
}

/// The numbers of a text, and what stands between them without blanks and hyphens.
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
