//! Key figures: the quantities that a case gives, each with the words that it
//! counts and the sentence that holds it. Cases in, values out.
//!
//! ```text
//! text ─▶ number ─▶ unit ─▶ is it a quantity? ─▶ precision, range ─▶ what it counts
//!         42.32亿     元       no date, no name      近, 以上, —         社会资本
//! ```
//!
//! A figure is a number with a unit. Dates, years, list and document numbers,
//! ordinals and numbers inside names are none; neither are numerals that only
//! announce a list (三个平台). Rules come from how Chinese writes quantities
//! (GB/T 15835—2011, 出版物上数字用法), not from any document.

mod clause;
mod context;
mod number;
mod precision;
mod range;
mod ratio;
mod unit;

use std::fmt;
use std::ops::Range;

use crate::case::CaseRef;
use crate::language::{Label, Language};
pub use number::Decimal;

/// How close the printed number is to the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Exact,
    /// 约, 近, 左右
    About,
    /// 超过, 不少于, 余, 以上
    Over,
    /// 不足, 不超过, 以内
    Under,
    /// Two numbers: 1.2万—1.5万
    Range,
}

impl Precision {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::Over => "over",
            Self::Under => "under",
            Self::Range => "range",
        }
    }

    /// The name for people.
    pub const fn label(self) -> Label {
        match self {
            Self::Exact => Label("", ""),
            Self::About => Label("约数", "about"),
            Self::Over => Label("以上", "over"),
            Self::Under => Label("以下", "under"),
            Self::Range => Label("区间", "range"),
        }
    }
}

/// What kind of quantity a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Money,
    People,
    Area,
    Percent,
    Count,
    Length,
    Duration,
    Ratio,
    Rank,
    Volume,
    Weight,
    Energy,
    Data,
    Temperature,
}

impl Kind {
    /// The name in JSON and English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::People => "people",
            Self::Area => "area",
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Length => "length",
            Self::Duration => "duration",
            Self::Ratio => "ratio",
            Self::Rank => "rank",
            Self::Volume => "volume",
            Self::Weight => "weight",
            Self::Energy => "energy",
            Self::Data => "data",
            Self::Temperature => "temperature",
        }
    }

    /// The name for people.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.name(),
        }
    }

    /// The name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Money => "金额",
            Self::People => "人数",
            Self::Area => "面积",
            Self::Percent => "百分比",
            Self::Count => "数量",
            Self::Length => "长度",
            Self::Duration => "时长",
            Self::Ratio => "比例",
            Self::Rank => "排名",
            Self::Volume => "体积",
            Self::Weight => "重量",
            Self::Energy => "电力",
            Self::Data => "数据量",
            Self::Temperature => "温度",
        }
    }
}

/// One figure of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Number and unit as printed, in characters of the text.
    pub span: Range<u32>,
    /// In units of `unit`: 42.32亿元 is 4232000000.
    pub value: Decimal,
    /// The upper end of a range.
    pub value_to: Option<Decimal>,
    /// The unit, in Simplified characters and one form: ㎡ is 平方米.
    pub unit: String,
    pub kind: Kind,
    pub precision: Precision,
    /// The words of the text for what is counted or measured; may be empty.
    pub counts: String,
    /// The sentence, in characters of the text.
    pub sentence: Range<u32>,
    /// Whether the text has stated the fact before.
    pub again: bool,
}

/// A figure of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub figure: Figure,
    /// The line of the document, from 1.
    pub line: u32,
}

/// The figures of a case, in reading order. Places are characters of
/// [`CaseRef::text`].
pub fn of_case(case: CaseRef<'_>) -> Vec<Found> {
    let text = case.text();
    // The character at which each block begins, and its line.
    let starts: Vec<(u32, u32)> = case
        .placed_blocks()
        .map(|(start, block, _)| (start, case.document.line_of(block.range.start as usize)))
        .collect();
    of_text(&text)
        .into_iter()
        .map(|figure| {
            let block = starts.partition_point(|(start, _)| *start <= figure.span.start);
            let line = block.checked_sub(1).map_or(1, |block| starts[block].1);
            Found { figure, line }
        })
        .collect()
}

/// The figures of a text, in order. A line break ends a sentence.
pub fn of_text(text: &str) -> Vec<Figure> {
    let text = Text::new(text);
    let mut figures: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let after = figures.last().map_or(0, |figure| figure.span.end as usize);
        match figure_at(&text, at, after) {
            Some(mut figure) => {
                if let Some(earlier) = figures.last()
                    && earlier.kind == figure.kind
                    && context::is_changed_to(&text, after, figure.span.start as usize)
                {
                    figure.counts.clone_from(&earlier.counts);
                }
                at = figure.span.end as usize;
                let again = figures
                    .iter()
                    .any(|earlier| is_same_fact(&text, earlier, &figure));
                figures.push(Figure { again, ..figure });
            }
            None => at = text.end_of_number(at),
        }
    }
    figures
}

/// Whether two figures are one quantity of one thing, as far as a rule can see: a number that
/// hardly occurs twice by chance, or one with the same words beside it.
fn is_same_fact(text: &Text, earlier: &Figure, later: &Figure) -> bool {
    let same_number = earlier.value == later.value && earlier.value_to == later.value_to;
    if !same_number || earlier.kind != later.kind {
        return false;
    }
    let same_unit = earlier.unit == later.unit;
    let digits = later.value.significant();
    let beside = |figure: &Figure| context::beside(text, &figure.span);
    let shares_words = if later.value.is_small() {
        earlier.counts == later.counts
    } else {
        earlier.counts.is_empty()
            || later.counts.is_empty()
            || context::share_a_word(&beside(earlier), &beside(later))
    };
    same_unit && (shares_words || digits >= 4)
        // 137个站点, 站点137处
        || earlier.kind == Kind::Count && digits >= 3 && shares_words
        || same_unit && earlier.kind == Kind::Duration && digits >= 2 && !later.value.is_round()
}

/// A text as the rules read it: one character for each, digits and signs
/// half-width, the characters of numbers and units Simplified.
struct Text {
    characters: Vec<char>,
    /// As printed, for the words that are quoted.
    printed: Vec<char>,
}

impl Text {
    fn new(text: &str) -> Self {
        let printed: Vec<char> = text.chars().collect();
        Self {
            characters: printed.iter().map(|&c| unit::plain(c)).collect(),
            printed,
        }
    }

    fn len(&self) -> usize {
        self.characters.len()
    }

    fn get(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.characters.get(at.checked_sub(1)?).copied()
    }

    /// Whether the characters from `at` on are `word`.
    fn has(&self, at: usize, word: &str) -> bool {
        let mut rest = self.characters[at.min(self.len())..].iter();
        word.chars().all(|c| rest.next() == Some(&c))
    }

    /// Whether the characters before `at` are `word`.
    fn ends_with(&self, at: usize, word: &str) -> bool {
        let length = word.chars().count();
        at.checked_sub(length)
            .is_some_and(|start| self.has(start, word))
    }

    fn skip_blanks(&self, at: usize) -> usize {
        // More than one blank separates columns.
        match (self.get(at), self.get(at + 1)) {
            (Some(' '), Some(next)) if next != ' ' => at + 1,
            _ => at,
        }
    }

    /// The place after the number or character at `at`, so that no number is
    /// read from its middle.
    fn end_of_number(&self, at: usize) -> usize {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        if !self.get(at).is_some_and(|c| c.is_ascii_digit()) {
            return at + 1;
        }
        let rest = self.characters[at..].iter();
        at + rest.take_while(|&&c| is_part(c)).count().max(1)
    }

    fn printed(&self, range: Range<usize>) -> String {
        self.printed[range].iter().collect()
    }
}

/// The figure whose first character is at `at`; the one before it ends at
/// `after`.
fn figure_at(text: &Text, at: usize, after: usize) -> Option<Figure> {
    let special = context::rank_at(text, at, after).or_else(|| ratio::at(text, at, after));
    if special.is_some() {
        return special;
    }
    let number = number::read(text, at)?;
    if context::is_inside_a_name(text, at, number.end) {
        return None;
    }
    let Measured {
        amount,
        value,
        value_to,
    } = measured(text, &number)?;
    let amount = context::as_rank(text, at, amount);
    let amount = context::as_degrees(text, at, &number, amount);
    if !context::is_quantity(text, at, &number, &amount) {
        return None;
    }
    let end = amount.end;
    let precision = if value_to.is_some() {
        Precision::Range
    } else {
        precision::of(text, at, &number, &amount)
    };
    let sentence = context::sentence(text, at);
    Some(Figure {
        span: at as u32..end as u32,
        value,
        value_to,
        counts: context::counted(text, after, at..end, amount.kind),
        unit: amount.unit,
        kind: amount.kind,
        precision,
        sentence: sentence.start as u32..sentence.end as u32,
        again: false,
    })
}

/// A number with its unit, or two with one.
struct Measured {
    /// The place after it is that of the last unit.
    amount: unit::Amount,
    value: Decimal,
    value_to: Option<Decimal>,
}

fn measured(text: &Text, number: &number::Number) -> Option<Measured> {
    let (amount, value, value_to) = if let Some((lower, upper)) = range::open_range(text, number)
        && let Some(amount) = unit::read(text, &upper)
    {
        (amount, lower, Some(upper.value))
    } else {
        let amount = unit::read(text, number).or_else(|| context::unit_of_noun(text, number))?;
        if let Some(measured) = compound(text, number, &amount) {
            return Some(measured);
        }
        match range::range_end(text, number, &amount) {
            Some((upper, end)) => (unit::Amount { end, ..amount }, number.value, Some(upper)),
            None => (amount, number.value, number.value_to),
        }
    };
    let in_units = |value: Decimal| {
        let value = value.scaled(amount.scale).plus(amount.rest);
        if amount.has_half {
            value.and_a_half()
        } else {
            value
        }
    };
    Some(Measured {
        value: in_units(value),
        value_to: value_to.map(in_units),
        amount,
    })
}

/// A time in two units, in the smaller one: 1小时20分钟 is 80 分钟, 2分30秒 is 150 秒.
fn compound(text: &Text, number: &number::Number, amount: &unit::Amount) -> Option<Measured> {
    let (smaller, factor): (&[&str], i128) = match amount.unit.as_str() {
        "小时" => (&["分钟", "分"], 60),
        "分钟" | "分" => (&["秒"], 60),
        _ => return None,
    };
    let rest = number::read(text, amount.end)?;
    let part = unit::read(text, &rest)?;
    let value = number.value.scaled(factor).plus(rest.value.whole_number()?);
    smaller.contains(&part.unit.as_str()).then(|| Measured {
        amount: unit::Amount {
            unit: if factor == 60 && amount.unit == "小时" {
                "分钟"
            } else {
                "秒"
            }
            .to_owned(),
            kind: Kind::Duration,
            ..part
        },
        value,
        value_to: None,
    })
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)?;
        if let Some(to) = self.value_to {
            write!(f, "–{to}")?;
        }
        write!(f, " {}", self.unit)
    }
}
