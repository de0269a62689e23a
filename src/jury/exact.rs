//! Exact numbers: scores are decimals, means are fractions, and only what is
//! printed is rounded, half up (四舍五入).

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;

/// A decimal with at most four places, as scores and weights are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// How many of the units of [`Points`] make one point.
pub const UNIT: i64 = 10_000;

/// More points than a score or a weight can have.
const MOST: i64 = 1_000_000;

impl Points {
    /// A whole number of points.
    pub const fn whole(points: i64) -> Self {
        Self(points * UNIT)
    }

    /// Parses a decimal: `36`, `36.5`, `.5`; full-width digits count. Returns `None` for anything
    /// else, a sign, more than four places or more than a million points.
    pub fn parse(text: &str) -> Option<Self> {
        let narrow = |c: char| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '．' | '。' => '.',
            c => c,
        };
        let text: String = text.trim().chars().map(narrow).collect();
        let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let empty = whole.is_empty() && places.is_empty();
        if empty || !digits(whole) || !digits(places) || places.len() > 4 || whole.len() > 7 {
            return None;
        }
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let places: i64 = format!("{places:0<4}").parse().ok()?;
        (whole <= MOST).then_some(Self(whole * UNIT + places))
    }

    /// The value in ten-thousandths of a point.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// Makes a value of a number of ten-thousandths of a point.
    pub const fn of_units(units: i64) -> Self {
        Self(units)
    }

    /// Whether it is a multiple of `step`.
    pub const fn fits(self, step: Self) -> bool {
        step.0 > 0 && self.0 % step.0 == 0
    }
}

impl fmt::Display for Points {
    /// Writes it without trailing zeros: `36`, `36.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, places) = (self.0 / UNIT, self.0 % UNIT);
        if places == 0 {
            return write!(f, "{whole}");
        }
        let places = format!("{places:04}");
        write!(f, "{whole}.{}", places.trim_end_matches('0'))
    }
}

/// A fraction of any size. Its denominator is above zero.
#[derive(Clone, Debug)]
pub struct Exact(BigRational);

impl Ord for Exact {
    /// Crosswise: the rational's own order divides again and again, which takes ten
    /// times as long for the large numbers of adjusted means.
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.0, &other.0);
        if a.denom() == b.denom() {
            return a.numer().cmp(b.numer());
        }
        (a.numer() * b.denom()).cmp(&(b.numer() * a.denom()))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Exact {}

impl Exact {
    /// `numerator / denominator`.
    ///
    /// # Panics
    ///
    /// If the denominator is zero.
    pub fn new(numerator: i128, denominator: i128) -> Self {
        Self(BigRational::new(
            BigInt::from(numerator),
            BigInt::from(denominator),
        ))
    }

    /// The fraction of two large whole numbers as they are: it compares and prints like
    /// the reduced one, and costs no greatest common divisor. The denominator is above
    /// zero.
    pub(super) fn unreduced(numerator: BigInt, denominator: BigInt) -> Self {
        Self(BigRational::new_raw(numerator, denominator))
    }

    /// Zero.
    pub fn zero() -> Self {
        Self::new(0, 1)
    }

    /// Its distance from zero.
    pub fn abs(&self) -> Self {
        if *self < Self::zero() {
            Self(-&self.0)
        } else {
            self.clone()
        }
    }

    /// The quotient, or `None` where `by` is zero.
    pub fn over(&self, by: &Self) -> Option<Self> {
        (*by != Self::zero()).then(|| Self(&self.0 / &by.0))
    }

    /// Printed with `places` decimals, rounded half away from zero: 80.005 is
    /// `80.01`, −0.5 without decimals `-1`. A value that rounds to zero has no sign.
    pub fn half_up(&self, places: u32) -> String {
        let scale = BigInt::from(10).pow(places);
        let (above, below) = (self.0.numer() * &scale, self.0.denom());
        let negative = above < BigInt::from(0);
        let size = if negative { -above } else { above };
        let rounded = (size * 2 + below) / (below * 2);
        decimals(&rounded, places, negative)
    }

    /// As [`Exact::half_up`], with a sign before what is above zero.
    pub fn signed(&self, places: u32) -> String {
        let text = self.half_up(places);
        let positive = *self > Self::zero() && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
        if positive { format!("+{text}") } else { text }
    }

    /// The square root, printed with `places` decimals and rounded half up. A
    /// value below zero counts as zero.
    pub fn root_half_up(&self, places: u32) -> String {
        if *self < Self::zero() {
            return decimals(&BigInt::from(0), places, false);
        }
        // Twice the scaled root, rounded down, decides where the half is exactly.
        let scale = BigInt::from(10).pow(2 * places);
        let square: BigInt = self.0.numer() * &scale * 4 / self.0.denom();
        let rounded: BigInt = (square.sqrt() + 1) / 2;
        decimals(&rounded, places, false)
    }

    /// The nearest floating-point number, for what is drawn and not ranked.
    pub fn approximate(&self) -> f64 {
        self.half_up(9).parse().unwrap_or_default()
    }
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: Self) -> Exact {
        Exact(&self.0 + &other.0)
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: Self) -> Exact {
        Exact(&self.0 - &other.0)
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: Self) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

/// A whole number of units of the last of `places` decimals.
fn decimals(units: &BigInt, places: u32, negative: bool) -> String {
    let width = places as usize + 1;
    let digits = format!("{:0>width$}", units.to_string());
    let (whole, rest) = digits.split_at(digits.len() - places as usize);
    let sign = if negative && *units != BigInt::from(0) {
        "-"
    } else {
        ""
    };
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_rounded_half_up_where_floats_would_round_down() {
        let sum = Points::parse("80.01").expect("a decimal").units()
            + Points::parse("80.00").expect("a decimal").units();
        let mean = Exact::new(sum.into(), i128::from(UNIT) * 2);
        assert_eq!(mean.half_up(2), "80.01");
    }

    #[test]
    fn what_prints_alike_still_differs() {
        let (a, b) = (Exact::new(24001, 300), Exact::new(80, 1));
        assert_eq!(
            (a.half_up(2), b.half_up(2)),
            ("80.00".into(), "80.00".into())
        );
        assert!(a > b);
    }

    #[test]
    fn halves_go_away_from_zero_and_zero_has_no_sign() {
        assert_eq!(Exact::new(-1, 2).half_up(0), "-1");
        assert_eq!(Exact::new(-1, 1000).half_up(2), "0.00");
        assert_eq!(Exact::new(5, 1000).half_up(2), "0.01");
        assert_eq!(Exact::new(1, 8).signed(2), "+0.13");
        assert_eq!(Exact::new(1, 1000).signed(2), "0.00");
    }

    #[test]
    fn a_root_is_rounded_exactly() {
        assert_eq!(Exact::new(2, 1).root_half_up(2), "1.41");
        assert_eq!(Exact::new(9, 4).root_half_up(0), "2");
        assert_eq!(Exact::new(0, 1).root_half_up(2), "0.00");
    }

    #[test]
    fn points_are_decimals_and_nothing_else() {
        let shown = |text| Points::parse(text).map(|points| points.to_string());
        assert_eq!(shown("36.50"), Some("36.5".to_owned()));
        assert_eq!(shown("３６．５"), Some("36.5".to_owned()));
        for wrong in ["", ".", "-1", "1e3", "36.55555", "3 6", "99999999", "1.2.3"] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
        assert!(Points::whole(3).fits(Points::parse("0.5").expect("a decimal")));
    }
}
