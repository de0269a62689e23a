//! Ranges: 20%-30%, 8-10m, 20—30万元.

use super::Text;
use super::number::{Decimal, Number, magnitude, read};
use super::unit::{self, Amount};

/// The upper end of a range that a number with a unit begins, and the place
/// after its unit: 20%-30%, 110 m3-200 m3.
pub(super) fn range_end(text: &Text, number: &Number, amount: &Amount) -> Option<(Decimal, usize)> {
    let skipped = ["以上", "以下"]
        .iter()
        .find(|word| text.has(amount.end, word));
    let after = amount.end + skipped.map_or(0, |word| word.chars().count());
    if is_change(text, after) {
        return None;
    }
    let upper = read(text, dash(text, after)?)?;
    let to = unit::read(text, &upper)?;
    (to.unit == amount.unit && upper.value > number.value).then_some((upper.value, to.end))
}

/// Parses a range that begins with `number` and whose upper end alone has a unit: 8-10m. Returns
/// the lower value and the upper number. A lower end without a magnitude takes that of the
/// upper one: 20—30万元.
pub(super) fn open_range(text: &Text, number: &Number) -> Option<(Decimal, Number)> {
    let upper = read(text, dash(text, number.end)?)?;
    let lower = if upper.is_large && !number.is_large {
        let factor = text.characters[..upper.end]
            .iter()
            .rev()
            .map_while(|&c| magnitude(c))
            .try_fold(1_i128, i128::checked_mul)?;
        number.value.scaled(factor)
    } else {
        number.value
    };
    (lower < upper.value).then_some((lower, upper))
}

/// Returns the place after the dash or word between the ends of a range.
fn dash(text: &Text, at: usize) -> Option<usize> {
    let at = text.skip_blanks(at);
    let length = ["——", "—", "–", "-", "~", "至", "到"]
        .iter()
        .find(|sign| text.has(at, sign))
        .map(|sign| sign.chars().count())?;
    Some(text.skip_blanks(at + length))
}

/// Whether the words before a dash at `at` say that a quantity changed: 由30天到5天.
fn is_change(text: &Text, at: usize) -> bool {
    let word = matches!(text.get(at), Some('至' | '到'));
    let start = at.saturating_sub(14);
    let change = text.characters[start..at]
        .iter()
        .rev()
        .take_while(|c| !matches!(c, '，' | '。' | ',' | '；' | ';' | '\n'))
        .any(|c| matches!(c, '由' | '从' | '自'));
    word && change
}
