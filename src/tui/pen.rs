//! How a cell is drawn: its colours and attributes, and the shortest bytes that change one drawing
//! into another (ECMA-48 SGR).
//!
//! The bytes are not written by crossterm: with `NO_COLOR`, crossterm 0.29 sends a full reset after
//! the attributes, and the selection bar disappears. Without colours, this pen still draws bold,
//! underlined and reversed.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How many colours the terminal is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None; attributes only.
    None,
    /// The terminal's own 16.
    #[default]
    Sixteen,
    /// The 256 of xterm's palette.
    Palette,
    /// Red, green and blue as they are.
    True,
}

/// A colour, reduced to what the terminal is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Ink {
    #[default]
    Default,
    /// 0 to 15 are the terminal's own, the others xterm's palette.
    Palette(u8),
    True(u8, u8, u8),
}

/// The colours and attributes of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    foreground: Ink,
    background: Ink,
    modifier: Modifier,
}

/// Attributes that are visible on a blank cell.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// Attributes, each with the number that switches it on and the one that ends it.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// Returns the pen that draws `cell` in at most `colours`.
    pub fn of(cell: &Cell, colours: Colours) -> Self {
        Self {
            foreground: Ink::of(cell.fg, colours),
            background: Ink::of(cell.bg, colours),
            modifier: cell.modifier,
        }
    }

    /// Returns the pen for a blank, without what is invisible on one, so that blanks that look
    /// alike are equal.
    pub fn on_blank(self) -> Self {
        if self.modifier.intersects(SEEN_ON_BLANKS) {
            return self;
        }
        Self {
            background: self.background,
            ..Self::default()
        }
    }

    /// Appends the bytes that turn `self` into `next`: only the changes, or everything again after
    /// a reset, whichever is shorter.
    pub fn turn_into(self, next: Self, bytes: &mut Vec<u8>) {
        if self == next {
            return;
        }
        let changes = self.changes_to(next);
        let anew = Self::default().changes_to(next);
        if anew.is_empty() {
            bytes.extend_from_slice(b"\x1b[m");
        } else if anew.len() + 2 < changes.len() {
            bytes.extend_from_slice(b"\x1b[0;");
            bytes.extend_from_slice(anew.as_bytes());
            bytes.push(b'm');
        } else {
            bytes.extend_from_slice(b"\x1b[");
            bytes.extend_from_slice(changes.as_bytes());
            bytes.push(b'm');
        }
    }

    /// Returns the SGR parameters between two pens, joined by semicolons.
    fn changes_to(self, next: Self) -> String {
        let mut parameters = Parameters::default();
        let mut kept = self.modifier;
        for (attribute, _, off) in ATTRIBUTES {
            if kept.contains(attribute) && !next.modifier.contains(attribute) {
                parameters.push(off);
                // One number ends both weights and both speeds of blinking.
                for (other, _, other_off) in ATTRIBUTES {
                    kept.set(other, kept.contains(other) && other_off != off);
                }
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if next.modifier.contains(attribute) && !kept.contains(attribute) {
                parameters.push(on);
            }
        }
        if self.foreground != next.foreground {
            parameters.push_ink(next.foreground, 30);
        }
        if self.background != next.background {
            parameters.push_ink(next.background, 40);
        }
        parameters.0
    }
}

/// SGR parameters under construction.
#[derive(Default)]
struct Parameters(String);

impl Parameters {
    fn push(&mut self, number: u8) {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(&number.to_string());
    }

    /// Appends a colour. `base` is 30 for the foreground, 40 for the background.
    fn push_ink(&mut self, ink: Ink, base: u8) {
        match ink {
            Ink::Default => self.push(base + 9),
            Ink::Palette(n @ 0..8) => self.push(base + n),
            Ink::Palette(n @ 8..16) => self.push(base + 60 + n - 8),
            Ink::Palette(n) => [base + 8, 5, n].into_iter().for_each(|n| self.push(n)),
            Ink::True(red, green, blue) => [base + 8, 2, red, green, blue]
                .into_iter()
                .for_each(|n| self.push(n)),
        }
    }
}

impl Ink {
    fn of(colour: Color, colours: Colours) -> Self {
        let ink = match colour {
            Color::Reset => Self::Default,
            Color::Black => Self::Palette(0),
            Color::Red => Self::Palette(1),
            Color::Green => Self::Palette(2),
            Color::Yellow => Self::Palette(3),
            Color::Blue => Self::Palette(4),
            Color::Magenta => Self::Palette(5),
            Color::Cyan => Self::Palette(6),
            Color::Gray => Self::Palette(7),
            Color::DarkGray => Self::Palette(8),
            Color::LightRed => Self::Palette(9),
            Color::LightGreen => Self::Palette(10),
            Color::LightYellow => Self::Palette(11),
            Color::LightBlue => Self::Palette(12),
            Color::LightMagenta => Self::Palette(13),
            Color::LightCyan => Self::Palette(14),
            Color::White => Self::Palette(15),
            Color::Indexed(n) => Self::Palette(n),
            Color::Rgb(red, green, blue) => Self::True(red, green, blue),
        };
        ink.reduced_to(colours)
    }

    fn reduced_to(self, colours: Colours) -> Self {
        match (self, colours) {
            (_, Colours::None) => Self::Default,
            (Self::Palette(n @ 16..), Colours::Sixteen) => nearest(palette(n), 0..16),
            (Self::True(red, green, blue), Colours::Sixteen) => nearest((red, green, blue), 0..16),
            (Self::True(red, green, blue), Colours::Palette) => {
                // The first 16 are the user's to choose; the rest is fixed.
                nearest((red, green, blue), 16..256)
            }
            _ => self,
        }
    }
}

/// Returns the entry of the palette that is nearest to a colour.
fn nearest(colour: (u8, u8, u8), entries: std::ops::Range<u16>) -> Ink {
    let distance = |entry: u16| {
        let (red, green, blue) = palette(entry as u8);
        let squared = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        squared(red, colour.0) + squared(green, colour.1) + squared(blue, colour.2)
    };
    let entry = entries.min_by_key(|&entry| distance(entry)).unwrap_or(7);
    Ink::Palette(entry as u8)
}

/// Returns red, green and blue of an entry of xterm's palette: 16 basic colours, a cube of 6×6×6,
/// and 24 greys.
fn palette(entry: u8) -> (u8, u8, u8) {
    const BASIC: [(u8, u8, u8); 16] = [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ];
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match entry {
        0..16 => BASIC[usize::from(entry)],
        16..232 => {
            let n = entry - 16;
            (step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        232.. => {
            let grey = 8 + 10 * (entry - 232);
            (grey, grey, grey)
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    fn pen(style: Style, colours: Colours) -> Pen {
        let mut cell = Cell::EMPTY;
        cell.set_style(style);
        Pen::of(&cell, colours)
    }

    #[track_caller]
    fn check(from: Style, to: Style, colours: Colours, expected: &str) {
        let mut bytes = Vec::new();
        pen(from, colours).turn_into(pen(to, colours), &mut bytes);
        let bytes = String::from_utf8(bytes).expect("SGR is ASCII");
        assert_eq!(bytes.replace('\x1b', "ESC"), expected);
    }

    #[test]
    fn an_unchanged_pen_costs_nothing() {
        check(Style::new().bold(), Style::new().bold(), Colours::True, "");
    }

    #[test]
    fn going_back_to_plain_is_one_short_reset() {
        let loud = Style::new().bold().underlined().red().on_blue();
        check(loud, Style::new(), Colours::Sixteen, "ESC[m");
    }

    #[test]
    fn only_what_changes_is_sent() {
        let from = Style::new().bold().red();
        check(from, from.underlined(), Colours::Sixteen, "ESC[4m");
        check(from, from.light_red(), Colours::Sixteen, "ESC[91m");
    }

    #[test]
    fn ending_bold_keeps_dim() {
        let both = Style::new().bold().dim().red().on_blue().italic();
        let dim = Style::new().dim().red().on_blue().italic();
        check(both, dim, Colours::Sixteen, "ESC[22;2m");
    }

    #[test]
    fn without_colours_the_selection_bar_is_still_reversed_and_bold() {
        let bar = Style::new().reversed().bold().white().on_blue();
        check(Style::new(), bar, Colours::None, "ESC[1;7m");
    }

    #[test]
    fn a_colour_that_the_terminal_lacks_becomes_the_nearest_it_has() {
        let orange = Style::new().fg(Color::Rgb(255, 135, 0));
        check(Style::new(), orange, Colours::True, "ESC[38;2;255;135;0m");
        check(Style::new(), orange, Colours::Palette, "ESC[38;5;208m");
        let nearly_white = Style::new().fg(Color::Rgb(250, 250, 250));
        check(Style::new(), nearly_white, Colours::Sixteen, "ESC[97m");
        let palette_red = Style::new().fg(Color::Indexed(196));
        check(Style::new(), palette_red, Colours::Sixteen, "ESC[91m");
    }

    #[test]
    fn blanks_that_look_alike_are_alike() {
        let plain = pen(Style::new(), Colours::Sixteen).on_blank();
        let bold_red = pen(Style::new().bold().red(), Colours::Sixteen).on_blank();
        assert_eq!(plain, bold_red);
        let bar = pen(Style::new().reversed(), Colours::Sixteen).on_blank();
        assert_ne!(plain, bar);
    }
}
