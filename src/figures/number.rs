//! Numbers as Chinese texts print them: Arabic, Chinese, mixed, and fractions.

use std::cmp::Ordering;
use std::fmt;

use super::Text;

/// A decimal number, exactly: `digits` × 10^-`places`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    pub(super) const fn whole(digits: i128) -> Self {
        Self { digits, places: 0 }
    }

    /// The number times a power of ten or another whole number.
    #[must_use]
    pub fn scaled(self, factor: i128) -> Self {
        Self {
            digits: self.digits.saturating_mul(factor),
            ..self
        }
        .short()
    }

    /// The number and a whole one.
    #[must_use]
    pub(super) fn plus(self, other: i128) -> Self {
        let other = other.saturating_mul(10_i128.pow(self.places));
        Self {
            digits: self.digits.saturating_add(other),
            ..self
        }
    }

    /// The number, where it has no decimal places.
    pub(super) fn whole_number(self) -> Option<i128> {
        (self.places == 0).then_some(self.digits)
    }

    /// The number and a half: 2.5 for 2.
    #[must_use]
    pub(super) const fn and_a_half(self) -> Self {
        if self.places > 0 {
            return self;
        }
        Self {
            digits: self.digits.saturating_mul(10).saturating_add(5),
            places: 1,
        }
    }

    /// The part of 100 that one number is of another, for 1:3 and 1.2:1.
    pub(super) fn ratio(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let digits = |value: Self| value.digits.checked_mul(10_i128.pow(places - value.places));
        Self::percent(digits(self)?, digits(other)?)
    }

    /// A percentage with two places, rounded half up: 1 of 3 is 33.33.
    fn percent(part: i128, whole: i128) -> Option<Self> {
        if whole <= 0 {
            return None;
        }
        let digits = (part.checked_mul(20_000)? / whole + 1) / 2;
        Some(Self { digits, places: 2 }.short())
    }

    /// Digits without zeros at either end: 3 for 26400.
    pub(super) fn significant(self) -> u32 {
        let mut digits = self.digits;
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
        }
        digits.checked_ilog10().map_or(0, |last| last + 1)
    }

    /// Whether it is below ten.
    pub(super) fn is_small(self) -> bool {
        self < small()
    }

    /// Whether it is a multiple of five, as estimates are.
    pub(super) const fn is_round(self) -> bool {
        self.places == 0 && self.digits % 5 == 0
    }

    /// Without zeros at the end of the decimal places.
    fn short(mut self) -> Self {
        while self.places > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.places -= 1;
        }
        self
    }

    /// The number as JSON has it: whole where it is.
    pub fn json(self) -> serde_json::Number {
        let short = self.short();
        if short.places == 0
            && let Ok(whole) = i64::try_from(short.digits)
        {
            return whole.into();
        }
        let real = short.to_string().parse().unwrap_or(0.0);
        serde_json::Number::from_f64(real).unwrap_or_else(|| 0.into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.short();
        if short.places == 0 {
            return write!(f, "{}", short.digits);
        }
        let scale = 10_i128.pow(short.places);
        let width = short.places as usize;
        write!(
            f,
            "{}.{:0width$}",
            short.digits / scale,
            short.digits % scale
        )
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = self.places.max(other.places);
        let digits = |value: &Self| {
            value
                .digits
                .saturating_mul(10_i128.pow(places - value.places))
        };
        digits(self).cmp(&digits(other))
    }
}

/// A number in a text.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub value: Decimal,
    /// The second of two that are named together: 两三.
    pub value_to: Option<Decimal>,
    /// Whether more may be meant: 余, 多.
    pub is_open: bool,
    /// Whether it is written in Chinese digits.
    pub is_chinese: bool,
    /// Whether it is a magnitude alone: 百, 万.
    pub is_bare: bool,
    /// Whether it holds 万 or 亿.
    pub is_large: bool,
    /// A part of a whole, as a percentage: 三分之一, 2/3.
    pub is_fraction: bool,
    /// The place after it.
    pub end: usize,
}

/// Decimal places that a printed number has at most; a longer run of digits is a
/// code.
const MOST_PLACES: usize = 9;
/// Digits before the point that a printed number has at most.
const MOST_DIGITS: usize = 15;

/// The number whose first character is at `at`.
pub(super) fn read(text: &Text, at: usize) -> Option<Number> {
    let first = text.get(at)?;
    if first.is_ascii_digit() {
        // Not from the middle of a code, a version or a number.
        let joined = text
            .before(at)
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_'));
        if joined {
            return None;
        }
        return arabic(text, at);
    }
    if chinese_digit(first).is_none() && magnitude(first).is_none() && first != '半' {
        return None;
    }
    let before = text.before(at);
    if before.is_some_and(|c| chinese_digit(c).is_some() || magnitude(c).is_some()) {
        return None;
    }
    chinese(text, at)
}

fn arabic(text: &Text, at: usize) -> Option<Number> {
    let (mut value, mut end) = digits(text, at)?;
    if text.get(end) == Some('/')
        && let Some((whole, after)) = digits(text, end + 1)
        && value.places == 0
        && whole.places == 0
        && !text
            .get(after)
            .is_some_and(|c| c.is_ascii_alphanumeric() || c == '/')
    {
        return fraction(value.digits, whole.digits, after, false);
    }
    let mut is_large = false;
    let mut is_open = false;
    let blank = text.skip_blanks(end);
    if multiplier(text, blank).is_some() {
        end = blank;
    }
    while let Some(c) = text.get(end) {
        if c == '个' && text.has(end + 1, "亿") {
            // 1个亿
            end += 1;
            continue;
        }
        if let Some(factor) = multiplier(text, end) {
            let is_whole = value.places == 0;
            value = value.scaled(factor);
            is_large |= factor >= 10_000;
            let mut last = factor;
            while is_whole && let Some(part) = smaller_part(text, end + 1, last) {
                value = Decimal::whole(value.digits.saturating_add(part.value));
                end = part.end - 1;
                last = part.factor;
                is_open |= part.is_open;
            }
        } else if is_more(text, end) {
            is_open = true;
        } else {
            break;
        }
        end += 1;
    }
    Some(Number {
        value,
        value_to: None,
        is_open,
        is_chinese: false,
        is_bare: false,
        is_large,
        is_fraction: false,
        end,
    })
}

/// The part of a number that follows a magnitude.
struct Part {
    value: i128,
    /// What its digits are multiplied by.
    factor: i128,
    /// Whether more may be meant: 2亿3000多万.
    is_open: bool,
    /// The place after it.
    end: usize,
}

/// What follows the magnitude `factor` in the same number: 3000万 and 2千万 after 亿,
/// 5000 after 3万.
fn smaller_part(text: &Text, at: usize, factor: i128) -> Option<Part> {
    let (rest, mut end) = digits(text, at)?;
    let mut own: i128 = 1;
    let mut is_open = false;
    loop {
        if let Some(next) = multiplier(text, end) {
            own = own.checked_mul(next)?;
        } else if is_more(text, end) {
            is_open = true;
        } else {
            break;
        }
        end += 1;
    }
    let value = rest.digits.checked_mul(own)?;
    // 3万5 leaves the place of its 5 open.
    let has_a_place = own > 1 || value.checked_mul(10)? >= factor;
    (rest.places == 0 && value < factor && has_a_place).then_some(Part {
        value,
        factor: own,
        is_open,
        end,
    })
}

/// The magnitude at a place, unless it is the beginning of a unit: 5000万千瓦.
fn multiplier(text: &Text, at: usize) -> Option<i128> {
    let factor = magnitude(text.get(at)?)?;
    let next = text.get(at + 1);
    let is_unit = factor == 1000
        && match next {
            Some('瓦' | '伏' | '帕' | '卡' | '赫' | '焦') => true,
            // 三千米 may be read both ways and is as far.
            Some('米' | '克') => text.before(at).is_none_or(|c| chinese_digit(c).is_none()),
            _ => false,
        };
    (!is_unit).then_some(factor)
}

/// Whether a character may separate groups of three digits, a blank or thin space: 20 000.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// Digits with commas or blanks between thousands, and decimal places.
pub(super) fn digits(text: &Text, at: usize) -> Option<(Decimal, usize)> {
    let run = |from: usize| {
        let rest = text.characters.get(from..).unwrap_or_default().iter();
        rest.take_while(|c| c.is_ascii_digit()).count()
    };
    let mut value: i128 = 0;
    let mut push = |from: usize, length: usize| {
        for &c in &text.characters[from..from + length] {
            let digit = c.to_digit(10).map_or(0, i128::from);
            value = value.saturating_mul(10).saturating_add(digit);
        }
    };
    let length = run(at);
    if length == 0 || length > MOST_DIGITS {
        return None;
    }
    push(at, length);
    let mut end = at + length;
    if length <= 3 {
        // Digits before the first group are a column of a table.
        let is_column = text.before(at).is_some_and(is_gap)
            && at >= 2
            && text.get(at - 2).is_some_and(|c| c.is_ascii_digit());
        let sign = text
            .get(end)
            .filter(|&c| c == ',' || is_gap(c) && !is_column && text.get(at) != Some('0'));
        while sign.is_some() && text.get(end) == sign && run(end + 1) == 3 {
            push(end + 1, 3);
            end += 4;
        }
    }
    let places = if text.get(end) == Some('.') {
        run(end + 1)
    } else {
        0
    };
    if places > MOST_PLACES {
        return None;
    }
    if places > 0 {
        push(end + 1, places);
        end += 1 + places;
    }
    // A second point makes it a date, a version or a section's number.
    if text.get(end) == Some('.') && run(end + 1) > 0 {
        return None;
    }
    let value = Decimal {
        digits: value,
        places: places as u32,
    };
    Some((value, end))
}

fn chinese(text: &Text, at: usize) -> Option<Number> {
    let mut end = at;
    let mut read: Vec<char> = Vec::new();
    let mut is_open = false;
    if let Some(half) = half(text, at) {
        return Some(half);
    }
    while let Some(c) = text.get(end) {
        if chinese_digit(c).is_some() || multiplier(text, end).is_some() || (c == '半' && end == at)
        {
            read.push(c);
        } else if !read.is_empty() && is_more(text, end) {
            is_open = true;
        } else {
            break;
        }
        end += 1;
    }
    if text.has(end, "分之") {
        let whole = value_of(&read)?;
        let rest = text.skip_blanks(end + 2);
        if let Some((part, after)) = digits(text, rest) {
            // 百分之30
            let percent = Decimal {
                digits: part.digits.checked_mul(100)?,
                ..part
            };
            let scale = 10_i128.pow(percent.places);
            let value = Decimal::percent(percent.digits / 100, whole.checked_mul(scale)?)?;
            return Some(part_of(value, after, true));
        }
        let part: Vec<char> = text.characters[end + 2..]
            .iter()
            .copied()
            .take_while(|&c| chinese_digit(c).is_some() || magnitude(c).is_some())
            .collect();
        let after = end + 2 + part.len();
        if whole == 100
            && let Some((value, after)) = chinese_decimal(text, value_of(&part)?, after)
        {
            return Some(part_of(value, after, true));
        }
        return fraction(value_of(&part)?, whole, after, true);
    }
    let is_bare = read.iter().all(|&c| magnitude(c).is_some_and(|m| m > 10));
    let (value, value_to) = pair(&read).map_or_else(
        || {
            if read == ['半'] {
                return Some((
                    Decimal {
                        digits: 5,
                        places: 1,
                    },
                    None,
                ));
            }
            Some((Decimal::whole(value_of(&read)?), None))
        },
        |(low, high)| Some((Decimal::whole(low), Some(Decimal::whole(high)))),
    )?;
    Some(Number {
        value,
        value_to,
        is_open,
        is_chinese: true,
        is_bare,
        is_large: read
            .iter()
            .any(|&c| magnitude(c).is_some_and(|m| m >= 10_000)),
        is_fraction: false,
        end,
    })
}

/// A whole number with the decimal places that are spelled after 点: 九十六点五.
fn chinese_decimal(text: &Text, whole: i128, at: usize) -> Option<(Decimal, usize)> {
    let spelled = text.characters[at..].strip_prefix(&['点'])?.iter();
    let places: Vec<i128> = spelled.map_while(|&c| chinese_digit(c)).take(4).collect();
    let digits = places.iter().fold(whole, |value, digit| value * 10 + digit);
    let value = Decimal {
        digits,
        places: places.len() as u32,
    };
    (!places.is_empty()).then_some((value, at + 1 + places.len()))
}

/// 一半 or 半数, where it is a quantity: 近一半, 一半的企业, not 一半是 … 一半是 ….
fn half(text: &Text, at: usize) -> Option<Number> {
    const BEFORE: &str = "近 约 超 过 达 占 到 足 逾 有 了 少 短 缩 低 高 省 降 减 升 为 至 快";
    const AFTER: &str = "以上 以下 左右 的 多";
    let any = |words: &str, is: &dyn Fn(&str) -> bool| words.split(' ').any(is);
    let is_quantity = text.has(at, "半数")
        || text.has(at, "一半")
            && (any(BEFORE, &|word| text.ends_with(at, word))
                || any(AFTER, &|word| text.has(at + 2, word)));
    let percent = Decimal::percent(1, 2)?;
    is_quantity.then(|| part_of(percent, at + 2, true))
}

fn fraction(part: i128, whole: i128, end: usize, is_chinese: bool) -> Option<Number> {
    let value = Decimal::percent(part, whole)?;
    let number = part_of(value, end, is_chinese);
    (0 < part && part <= whole).then_some(number)
}

fn part_of(value: Decimal, end: usize, is_chinese: bool) -> Number {
    Number {
        value,
        value_to: None,
        is_open: false,
        is_chinese,
        is_bare: false,
        is_large: false,
        is_fraction: true,
        end,
    }
}

/// 两三, 七八百: two digits that follow each other name a range.
fn pair(read: &[char]) -> Option<(i128, i128)> {
    let (&[low, high], factors) = read.split_first_chunk::<2>()?;
    let (low, high) = (chinese_digit(low)?, chinese_digit(high)?);
    if low == 0 || high != low + 1 || low > 8 {
        return None;
    }
    let mut factor: i128 = 1;
    for &c in factors {
        factor = factor.checked_mul(magnitude(c)?)?;
    }
    Some((low * factor, high * factor))
}

/// The value of a number in Chinese digits: 三百二十一, 二〇一七.
fn value_of(read: &[char]) -> Option<i128> {
    if read.is_empty() {
        return None;
    }
    if read.len() > 1 && read.iter().all(|&c| chinese_digit(c).is_some()) {
        // Digits one by one, as in years; 唯一一个 has two numbers.
        if read.len() < 3 {
            return None;
        }
        return read.iter().try_fold(0_i128, |value, &c| {
            value.checked_mul(10)?.checked_add(chinese_digit(c)?)
        });
    }
    let (mut total, mut section, mut digit) = (0_i128, 0_i128, None);
    for &c in read {
        if let Some(value) = chinese_digit(c) {
            digit = Some(value);
            continue;
        }
        let factor = magnitude(c)?;
        if factor >= 10_000 {
            let whole = section + digit.take().unwrap_or(0);
            total = if whole == 0 && total > 0 {
                // 三千万亿
                total.checked_mul(factor)?
            } else {
                total + whole.max(1).checked_mul(factor)?
            };
            section = 0;
        } else {
            section += digit.take().unwrap_or(1).checked_mul(factor)?;
        }
    }
    Some(total + section + digit.unwrap_or(0))
}

/// Returns the value of a Chinese digit.
pub(super) const fn chinese_digit(c: char) -> Option<i128> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The power of ten that a character multiplies by.
pub(super) const fn magnitude(c: char) -> Option<i128> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// 余 and 多 inside a number; 多 also begins words.
fn is_more(text: &Text, at: usize) -> bool {
    match text.get(at) {
        Some('余') => true,
        // 十几个
        Some('几') => text.before(at).is_some_and(|c| matches!(c, '十' | '0')),
        Some('多') => !["样", "元化", "元的", "种多样"]
            .iter()
            .any(|word| text.has(at + 1, word)),
        _ => false,
    }
}

/// The largest Chinese number that usually announces a list.
pub(super) const fn small() -> Decimal {
    Decimal::whole(10)
}

/// One.
pub(super) const fn one() -> Decimal {
    Decimal::whole(1)
}

/// The hours of a day.
pub(super) const fn hours_of_a_day() -> Decimal {
    Decimal::whole(24)
}

/// A hundred: more years than that are a date.
pub(super) const fn hundred() -> Decimal {
    Decimal::whole(100)
}
