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

/// Whether a text is a date such as `2026-03-01`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| -> Option<u32> {
        let only = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        only.then(|| part.parse().ok()).flatten()
    };
    let [year, month, day] = parts[..] else {
        return false;
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
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
        for wrong in ["2026-3-1", "2026-13-01", "2026-03", "2026-03-01-1", "今天"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
