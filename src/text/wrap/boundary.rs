//! Where a row may break, and at what cost.

use std::ops::Range;

use super::class::Class;
use super::figure;
use crate::text::marks::is_han;
use crate::text::width::{self, Ambiguous};

/// What breaking a row at some place breaks with it, least first. A worse break
/// is made only where no better one leads on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Breach {
    /// Nothing.
    #[default]
    None,
    /// A long run of figures and units at one of its joints, `〔2017〕|28号`,
    /// `38.33万|人`, `元/|吨`: kept unless the row would stay far too short.
    Loose,
    /// A figure and its counter, a range, a compound: kept where room allows.
    Tight,
    /// A word or a figure.
    Word,
    /// A mark would begin or end a row that must not.
    Mark,
    /// No break at all: the space before it hangs.
    Never,
}

/// One cluster of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Byte of the paragraph at which it starts.
    pub start: usize,
    pub base: char,
    pub class: Class,
    /// What a break before it breaks.
    pub breach: Breach,
    /// Columns of all units before it.
    pub columns: u32,
    /// Columns of all units before it, less the spaces directly before it.
    pub ink: u32,
}

/// ASCII quotation marks that are open; the character itself has no direction.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quotes {
    double: bool,
    single: bool,
}

/// A stretch of a paragraph as units.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The units, and one more for the end of the stretch.
    units: Vec<Unit>,
    /// Whether the stretch reaches to the paragraph's end.
    pub complete: bool,
}

impl Units {
    /// Reads at most `limit` units from byte `from` of `text` on.
    pub(super) fn read(
        &mut self,
        text: &str,
        from: usize,
        limit: usize,
        mut quotes: Quotes,
        ambiguous: Ambiguous,
    ) {
        self.units.clear();
        let (mut columns, mut ink) = (0, 0);
        let mut clusters = width::clusters(&text[from..], ambiguous);
        let mut end = from;
        for cluster in clusters.by_ref().take(limit) {
            let class = class_of(
                &text[from + cluster.start..from + cluster.end],
                cluster.base,
            );
            self.units.push(Unit {
                start: from + cluster.start,
                base: cluster.base,
                class,
                breach: Breach::None,
                columns,
                ink,
            });
            columns += u32::from(cluster.columns);
            if class != Class::Space {
                ink = columns;
            }
            end = from + cluster.end;
        }
        self.complete = end == text.len();
        self.units.push(Unit {
            start: end,
            base: '\n',
            class: Class::Space,
            breach: Breach::None,
            columns,
            ink,
        });
        self.direct(&mut quotes);
        self.judge();
        self.keep_figures();
    }

    /// How many units there are.
    pub(super) fn len(&self) -> usize {
        self.units.len() - 1
    }

    /// The unit at `index`; at `len` the end.
    pub(super) fn get(&self, index: usize) -> &Unit {
        &self.units[index]
    }

    /// Columns that the units from `start` to `end` take in a row of their own.
    pub(super) fn row_columns(&self, start: usize, end: usize) -> u32 {
        self.units[end]
            .ink
            .saturating_sub(self.units[start].columns)
    }

    /// Whether at most one character besides marks follows from `start` on.
    pub(super) fn ends_lone(&self, start: usize) -> bool {
        let rest = &self.units[start..self.len()];
        let marks = |class: Class| class == Class::Space || class.begins_no_row();
        rest.iter()
            .filter(|unit| !marks(unit.class))
            .take(2)
            .count()
            < 2
    }

    /// Which quotation marks are open before the unit at `index`, when `before`
    /// were open at the start.
    pub(super) fn quotes_at(&self, index: usize, mut before: Quotes) -> Quotes {
        for unit in &self.units[..index] {
            match (unit.base, unit.class) {
                ('"', class) => before.double = class == Class::Open,
                ('\'', class) => before.single = class == Class::Open,
                _ => {}
            }
        }
        before
    }

    fn class(&self, index: usize) -> Option<Class> {
        let inside = index < self.len();
        inside.then(|| self.units[index].class)
    }

    fn class_before(&self, index: usize) -> Option<Class> {
        index.checked_sub(1).map(|index| self.units[index].class)
    }

    /// Makes opening or closing marks of the ASCII quotation marks.
    fn direct(&mut self, quotes: &mut Quotes) {
        for index in 0..self.len() {
            let open = match self.units[index].class {
                Class::Quote => {
                    quotes.double = !quotes.double;
                    quotes.double
                }
                Class::Apostrophe => {
                    let after_word = self.class_before(index).is_some_and(Class::is_word);
                    let before_word = self.class(index + 1).is_some_and(Class::is_word);
                    if !(after_word && before_word) {
                        quotes.single = !quotes.single && !after_word;
                    }
                    quotes.single && !after_word
                }
                _ => continue,
            };
            self.units[index].class = if open { Class::Open } else { Class::Close };
        }
    }

    fn judge(&mut self) {
        for index in 1..self.len() {
            self.units[index].breach = self.between(index);
        }
    }

    /// What a break before the unit at `index` breaks, figures with their
    /// units aside.
    fn between(&self, index: usize) -> Breach {
        let (before, after) = (&self.units[index - 1], &self.units[index]);
        if before.class == Class::Free && after.class == Class::Free {
            return Breach::None;
        }
        if after.class == Class::Space {
            return Breach::Never;
        }
        if after.class.begins_no_row() {
            return Breach::Mark;
        }
        if before.class == Class::Space {
            return self.after_space(index);
        }
        if before.class.ends_no_row() {
            return Breach::Mark;
        }
        if before.class == Class::Glue || after.class == Class::Glue {
            return Breach::Word;
        }
        match before.class {
            Class::Letter | Class::Digit => after_word(before.class, after.class),
            Class::Slash => Breach::Loose,
            Class::Item => Breach::Tight,
            Class::Hyphen => self.after_hyphen(index),
            Class::Symbol => self.after_symbol(index),
            Class::Close => self.after_close(index),
            Class::Free if before.base == '第' && after.class == Class::Digit => Breach::Tight,
            // 互联网+: the sign belongs to the word before it; +5% is a figure.
            Class::Free if is_plus(after.base) && self.class(index + 1) != Some(Class::Digit) => {
                Breach::Tight
            }
            _ => Breach::None,
        }
    }

    /// A break after spaces that the unit at `index` follows.
    fn after_space(&self, index: usize) -> Breach {
        let visible = self.units[..index]
            .iter()
            .rev()
            .find(|unit| unit.class != Class::Space);
        match visible.map(|unit| unit.class) {
            // The row would be blank.
            None => Breach::Word,
            Some(class) if class.ends_no_row() => Breach::Mark,
            Some(Class::Slash) => Breach::Loose,
            Some(_) => Breach::None,
        }
    }

    /// A break after a connecting mark.
    fn after_hyphen(&self, index: usize) -> Breach {
        let inside_word = index >= 2 && self.units[index - 2].class.is_word();
        match self.units[index].class {
            Class::Digit => Breach::Tight,
            Class::Letter if inside_word => Breach::Tight,
            _ => Breach::None,
        }
    }

    /// A break after a sign: whole in G2B+X and P=50%, not after 互联网+.
    fn after_symbol(&self, index: usize) -> Breach {
        let sign = self.units[index - 1].base;
        let leads = index < 2 || !matches!(self.units[index - 2].class, Class::Free | Class::Close);
        match self.units[index].class {
            Class::Digit | Class::Symbol => Breach::Tight,
            Class::Letter if leads || !is_plus(sign) => Breach::Tight,
            _ => Breach::None,
        }
    }

    /// A break after a closing mark: not inside 1.2, 1,000, 06:36, www.x.com,
    /// don’t, 25°C; if possible, not after 1. of an item or 〕 of 〔2017〕32号.
    fn after_close(&self, index: usize) -> Breach {
        let sign = self.units[index - 1].base;
        let after = self.units[index].class;
        let before = (index >= 2).then(|| self.units[index - 2].class);
        let after_digit = before == Some(Class::Digit);
        let after_word = before.is_some_and(Class::is_word);
        match sign {
            '.' | '\'' | '’' if after_word && after.is_word() => Breach::Word,
            ',' | ':' if after_digit && after == Class::Digit => Breach::Word,
            '.' if after_digit && matches!(after, Class::Free | Class::Open) => Breach::Tight,
            '°' if after == Class::Letter => Breach::Word,
            '〕' if after == Class::Digit => Breach::Loose,
            _ => Breach::None,
        }
    }

    /// Raises breaks between a figure and what belongs to it.
    fn keep_figures(&mut self) {
        let mut index = 0;
        while index < self.len() {
            index = if self.starts_figure(index) {
                self.keep_figure(index)
            } else if figure::is_numeral(self.units[index].base) {
                self.keep_numeral(index)
            } else {
                index + 1
            };
        }
    }

    /// Whether a figure starts at `index`: not inside G20, v1.2.
    fn starts_figure(&self, index: usize) -> bool {
        let before = match index.checked_sub(1).map(|before| self.units[before].base) {
            Some('.') => self.class_before(index - 1),
            _ => self.class_before(index),
        };
        self.units[index].class == Class::Digit && !before.is_some_and(Class::is_word)
    }

    /// Keeps together the figure that starts at `start`; returns where it ends.
    fn keep_figure(&mut self, start: usize) -> usize {
        let mut end = self.figure_end(start);
        if self.class(end) == Some(Class::Close) && is_percent(self.units[end].base) {
            end += 1;
        } else {
            let unit = self.spaced_unit(end);
            end = self.unit_end(start, unit).max(self.latin_unit_end(end));
        }
        // 3—5年, 1.2万—1.5万
        if self.class(end) == Some(Class::Dash) && self.class(end + 1) == Some(Class::Digit) {
            self.keep(end + 1, Breach::Tight);
        }
        end.max(start + 1)
    }

    /// Keeps together the number in Han that starts at `start` and what it counts;
    /// returns where it ends.
    fn keep_numeral(&mut self, start: usize) -> usize {
        let before = start.checked_sub(1).map(|before| self.units[before].base);
        let rest = self.units[start..self.len()].iter().map(|unit| unit.base);
        let end = start + figure::counted(before, rest);
        let first = start + usize::from(before != Some('第'));
        for index in first..end {
            self.keep(index, Breach::Tight);
        }
        end
    }

    fn keep(&mut self, index: usize, breach: Breach) {
        let found = &mut self.units[index].breach;
        *found = (*found).max(breach);
    }

    fn word_end(&self, mut index: usize) -> usize {
        while self.class(index).is_some_and(Class::is_word) {
            index += 1;
        }
        index
    }

    /// The end of digits and letters with points and commas between digits.
    fn figure_end(&self, start: usize) -> usize {
        let mut end = self.word_end(start);
        while matches!(self.units[end].base, '.' | ',' | ':')
            && self.class(end + 1) == Some(Class::Digit)
        {
            end = self.word_end(end + 1);
        }
        end
    }

    /// Keeps 万, 亿元, 余个, 平方公里 with the figure from `start` to `end`, and
    /// whatever Han follows it, since that counts: 12大, 6類.
    fn unit_end(&mut self, start: usize, end: usize) -> usize {
        let base = |index: usize| (index < self.len()).then(|| self.units[index].base);
        let mut number = end;
        while base(number).is_some_and(figure::is_scale) {
            number += 1;
        }
        let scaled = number;
        if base(number).is_some_and(figure::is_some) {
            number += 1;
            while base(number).is_some_and(figure::is_scale) {
                number += 1;
            }
        }
        let is_rough = number > scaled;
        let rest = self.units[number..self.len()].iter().map(|unit| unit.base);
        let at = match figure::unit(rest) {
            0 if base(number).is_some_and(is_han) => number + 1,
            count => number + count,
        };
        let columns = self.units[at].columns - self.units[start].columns;
        for index in end..at {
            let is_joint = if index == number {
                let unit = self.units[index..at].iter().map(|unit| unit.base);
                let is_long = number > end || at - number >= LONG_UNIT;
                !is_rough && is_long && figure::is_measure(unit)
            } else {
                index > number && self.is_unit(number..index) && self.is_unit(index..at)
            };
            let loose = columns > SHORT_RUN && is_joint;
            self.keep(index, if loose { Breach::Loose } else { Breach::Tight });
        }
        at
    }

    /// Where the unit begins that follows a figure, which ends at `end`, and a
    /// space; `end` where none does.
    fn spaced_unit(&mut self, end: usize) -> usize {
        let spaces = self.units[end..self.len()].iter();
        let start = end + spaces.take_while(|unit| unit.class == Class::Space).count();
        let rest = self.units[start..self.len()].iter().map(|unit| unit.base);
        let is_unit = figure::is_scale(self.units[start].base) || figure::unit(rest) > 0;
        if start == end || !is_unit {
            return end;
        }
        self.keep(start, Breach::Tight);
        start
    }

    /// Whether the units of `range` are one unit of measure, all of them.
    fn is_unit(&self, range: Range<usize>) -> bool {
        let bases = self.units[range.clone()].iter().map(|unit| unit.base);
        figure::unit(bases) == range.len()
    }

    /// Keeps m3 with the figure and the space before it.
    fn latin_unit_end(&mut self, end: usize) -> usize {
        let mut start = end;
        while self.class(start) == Some(Class::Space) {
            start += 1;
        }
        let word_end = self.word_end(start);
        let word = self.units[start..word_end].iter().map(|unit| unit.base);
        if start == end || !figure::is_latin_unit(word) {
            return end;
        }
        self.keep(start, Breach::Tight);
        word_end
    }
}

/// Columns of a figure and its unit that stay whole; a longer run has joints.
const SHORT_RUN: u32 = 7;

/// Characters of a unit that can be parted from its figure: 平方公里, 工作日.
const LONG_UNIT: usize = 3;

/// A space that carries a mark is visible.
fn class_of(cluster: &str, base: char) -> Class {
    match Class::of(base) {
        Class::Space if !cluster.trim_start().is_empty() && base != '\u{200B}' => Class::Free,
        class => class,
    }
}

/// A break after a letter or digit: words stay whole, with the signs in them.
fn after_word(before: Class, after: Class) -> Breach {
    match after {
        Class::Letter | Class::Digit | Class::Symbol => Breach::Word,
        // US$
        Class::Prefix if before == Class::Letter => Breach::Word,
        _ => Breach::None,
    }
}

fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋')
}

fn is_percent(c: char) -> bool {
    matches!(
        c,
        '%' | '％' | '‰' | '‱' | '℃' | '℉' | '°' | '′' | '″' | '‴'
    )
}
