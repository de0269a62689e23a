//! Moments as they are written to files: in ISO 8601, in UTC.

/// A moment, in microseconds since 1970, as `2026-03-01T09:00:00Z`.
pub fn written(now: u64) -> String {
    let seconds = now / 1_000_000;
    let (year, month, day) = date((seconds / 86_400) as i64);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The date of a day counted from 1970-01-01, in the Gregorian calendar. Years begin
/// in March while it computes, so that the leap day is the last of a year.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Whether a text is a day of the calendar such as `2026-03-01`.
pub fn is_date(text: &str) -> bool {
    numbers(text, '-', [4, 2, 2]).is_some_and(|day| date(days(day)) == day)
}

/// A day such as `2026-03-01` as papers print it: 2026年3月1日. What is none stays as it is.
pub fn day_in_chinese(text: &str) -> String {
    match numbers(text, '-', [4, 2, 2]) {
        Some((year, month, day)) => format!("{year}年{month}月{day}日"),
        None => text.to_owned(),
    }
}

/// Whether a text is written as a day, whether the calendar has it or not.
pub fn is_like_date(text: &str) -> bool {
    numbers(text, '-', [4, 2, 2]).is_some()
}

/// Numbers of so many digits each, with a mark between them.
fn numbers(text: &str, mark: char, digits: [usize; 3]) -> Option<(i64, i64, i64)> {
    let parts: Vec<&str> = text.split(mark).collect();
    let number = |part: &str, digits: usize| -> Option<i64> {
        let only = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        only.then(|| part.parse().ok()).flatten()
    };
    let [one, two, three] = parts[..] else {
        return None;
    };
    let [first, second, third] = digits;
    Some((
        number(one, first)?,
        number(two, second)?,
        number(three, third)?,
    ))
}

/// The days from 1970-01-01 to a date, the other way round than [`date`].
fn days((year, month, day): (i64, i64, i64)) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A moment as papers print it, by the clock of the whole country: `2026-03-01T09:00:00Z`
/// is 2026年3月1日 17:00. What is no moment stays as it is.
pub fn in_beijing(written: &str) -> String {
    let printed = || {
        let (day, time) = written.strip_suffix('Z')?.split_once('T')?;
        let day = numbers(day, '-', [4, 2, 2])?;
        let (hour, minute, _) = numbers(time, ':', [2, 2, 2])?;
        let minutes = days(day) * 1440 + (hour + 8) * 60 + minute;
        let (year, month, day) = date(minutes.div_euclid(1440));
        let (hour, minute) = (minutes / 60 % 24, minutes % 60);
        Some(format!("{year}年{month}月{day}日 {hour:02}:{minute:02}"))
    };
    printed().unwrap_or_else(|| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        let at = |seconds: u64| written(seconds * 1_000_000);
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        // RFC 3339 and the calendars of every system agree on these.
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_767_225_599), "2025-12-31T23:59:59Z");
        assert_eq!(at(4_107_542_399), "2100-02-28T23:59:59Z");
    }

    #[test]
    fn dates_have_eight_digits() {
        assert!(is_date("2026-03-01"));
        assert!(is_date("2028-02-29"));
        for wrong in [
            "2026-3-1",
            "2026-13-01",
            "2026-03",
            "2026-03-01-1",
            "今天",
            "2026-02-30",
            "2026-02-29",
            "2026-04-31",
            "2026-00-10",
        ] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }

    #[test]
    fn papers_print_moments_by_the_clock_of_the_country() {
        assert_eq!(in_beijing("2026-11-30T18:54:07Z"), "2026年12月1日 02:54");
        assert_eq!(in_beijing("2028-02-28T16:00:00Z"), "2028年2月29日 00:00");
        assert_eq!(in_beijing("2026-03-01T09:05:00Z"), "2026年3月1日 17:05");
        assert_eq!(in_beijing("不详"), "不详");
    }
}
