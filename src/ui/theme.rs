//! Styles and glyphs, named by what they mean.
//!
//! Every state has a glyph or an attribute besides its colour, so that nothing is lost without
//! colours.

use ratatui::style::{Color, Modifier, Style};

use crate::background::Background;

/// How everything looks.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    pub text: Style,
    pub dim: Style,
    pub bar: Style,
    pub accent: Style,
    pub frame: Style,
    /// The rule and the title of the focused pane.
    pub focus: Style,
    pub title: Style,
    pub heading: Style,
    pub heading_below: Style,
    pub caption: Style,
    /// The selected case while the list has the focus.
    pub selected: Style,
    /// The selected case while something else has the focus.
    pub selected_away: Style,
    pub matched: Style,
    /// The current match.
    pub current: Style,
    pub notice: Style,
    pub key: Style,
    /// A field of the query.
    pub chip: Style,
    /// A part of the query that is wrong.
    pub wrong: Style,
}

impl Theme {
    /// The terminal's own sixteen colours, as far as they are readable on `ground`, and fixed
    /// colours of the palette of 256 for the others.
    ///
    /// Of the sixteen, only cyan has enough contrast in all common dark palettes, and only black in
    /// all common light ones. On a light background, text has a fixed colour as well: that of
    /// Solarized Light has a contrast of 4.13 to 1.
    pub const fn sixteen(ground: Ground) -> Self {
        let inks = match (ground.background, ground.palette) {
            (Some(Background::Dark), palette) => Inks {
                dim: if palette { indexed(247) } else { None },
                accent: Some(Color::Cyan),
                mark: if palette { indexed(221) } else { None },
                ..Inks::NONE
            },
            (Some(Background::Light), true) => Inks {
                text: indexed(236),
                dim: indexed(241),
                accent: indexed(25),
                mark: indexed(94),
            },
            (Some(Background::Light), false) | (None, _) => Inks::NONE,
        };
        Self::of(inks, Modifier::empty())
    }

    /// Blue and orange, which colour-blind readers can distinguish, beside text in white or black,
    /// with a contrast of at least 7 to 1 (WCAG 2.2, level AAA).
    pub const fn contrast(ground: Ground) -> Self {
        let inks = match (ground.background, ground.palette) {
            (Some(Background::Dark), true) => Inks {
                text: indexed(231),
                dim: indexed(231),
                accent: indexed(81),
                mark: indexed(221),
            },
            (Some(Background::Light), true) => Inks {
                text: indexed(16),
                dim: indexed(16),
                accent: indexed(19),
                mark: indexed(88),
            },
            (Some(Background::Dark), false) => Inks::one(Color::White),
            (Some(Background::Light), false) => Inks::one(Color::Black),
            (None, _) => Inks::NONE,
        };
        let theme = Self::of(inks, Modifier::BOLD);
        match (ground.background, ground.palette) {
            // Some terminals draw bold black as grey.
            (Some(Background::Light), false) => theme.without_bold(),
            _ => theme,
        }
    }

    /// Fixed colours, for terminals that show all of them.
    pub const fn truecolor(ground: Ground) -> Self {
        let inks = match ground.background {
            Some(Background::Dark) => Inks {
                dim: Some(Color::Rgb(0x9a, 0xa0, 0xa6)),
                accent: Some(Color::Rgb(0x6c, 0xb6, 0xff)),
                mark: Some(Color::Rgb(0xf0, 0xa8, 0x40)),
                ..Inks::NONE
            },
            Some(Background::Light) => Inks {
                text: Some(Color::Rgb(0x30, 0x30, 0x30)),
                dim: Some(Color::Rgb(0x5f, 0x63, 0x68)),
                accent: Some(Color::Rgb(0x0b, 0x57, 0xb0)),
                mark: Some(Color::Rgb(0x8f, 0x4e, 0x00)),
            },
            None => Inks::NONE,
        };
        Self::of(inks, Modifier::empty())
    }

    /// Attributes only.
    pub const fn mono() -> Self {
        Self::of(Inks::NONE, Modifier::empty())
    }

    /// Builds the theme of some inks; `weight` is added to what has only a colour. Nothing is drawn
    /// dim (SGR 2), which costs between a third and a half of the contrast.
    const fn of(inks: Inks, weight: Modifier) -> Self {
        let text = style(inks.text);
        let bold = text.add_modifier(Modifier::BOLD);
        let reversed = text.add_modifier(Modifier::REVERSED);
        let mark = style(inks.mark);
        let accent = style(inks.accent);
        Self {
            text,
            dim: style(inks.dim),
            bar: bold,
            accent: accent.add_modifier(weight),
            frame: style(inks.dim),
            focus: accent.add_modifier(Modifier::BOLD),
            title: bold,
            heading: accent.add_modifier(Modifier::BOLD),
            heading_below: bold,
            caption: style(inks.dim).add_modifier(Modifier::ITALIC),
            selected: reversed.add_modifier(weight),
            selected_away: bold,
            matched: mark
                .add_modifier(Modifier::BOLD)
                .add_modifier(Modifier::UNDERLINED),
            current: bold.add_modifier(Modifier::REVERSED),
            notice: match inks.mark {
                Some(_) => mark.add_modifier(weight),
                None => bold,
            },
            key: bold,
            chip: accent.add_modifier(Modifier::REVERSED),
            wrong: mark.add_modifier(Modifier::UNDERLINED.union(weight)),
        }
    }

    /// Returns the theme with underlines instead of bold.
    const fn without_bold(self) -> Self {
        Self {
            text: self.text,
            dim: self.dim,
            bar: underlined(self.bar),
            accent: underlined(self.accent),
            frame: self.frame,
            focus: underlined(self.focus),
            title: underlined(self.title),
            heading: underlined(self.heading),
            heading_below: underlined(self.heading_below),
            caption: self.caption,
            selected: self.selected.remove_modifier(Modifier::BOLD),
            selected_away: underlined(self.selected_away),
            matched: underlined(self.matched),
            current: underlined(self.current),
            notice: underlined(self.notice),
            key: underlined(self.key),
            chip: self.chip,
            wrong: underlined(self.wrong),
        }
    }
}

/// The background of a terminal, and its colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// `None` if it is unknown. Then no colours are used, since none is readable on every
    /// background.
    pub background: Option<Background>,
    /// Whether the terminal has the palette of 256 colours.
    pub palette: bool,
}

/// The colours of a theme; `None` is the terminal's own foreground.
#[derive(Clone, Copy)]
struct Inks {
    text: Option<Color>,
    dim: Option<Color>,
    accent: Option<Color>,
    mark: Option<Color>,
}

impl Inks {
    const NONE: Self = Self {
        text: None,
        dim: None,
        accent: None,
        mark: None,
    };

    const fn one(colour: Color) -> Self {
        Self {
            text: Some(colour),
            dim: Some(colour),
            accent: Some(colour),
            mark: Some(colour),
        }
    }
}

const fn indexed(entry: u8) -> Option<Color> {
    Some(Color::Indexed(entry))
}

const fn style(ink: Option<Color>) -> Style {
    match ink {
        Some(colour) => Style::new().fg(colour),
        None => Style::new(),
    }
}

const fn underlined(style: Style) -> Style {
    style
        .remove_modifier(Modifier::BOLD)
        .add_modifier(Modifier::UNDERLINED)
}

/// The glyphs of the interface's own frame, each one column wide.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    pub horizontal: &'static str,
    /// The rule over the focused pane.
    pub heavy: &'static str,
    pub vertical: &'static str,
    pub tee_down: &'static str,
    pub tee_up: &'static str,
    pub corners: [&'static str; 4],
    pub selected: &'static str,
    pub thumb: &'static str,
    /// A column of a bar.
    pub bar: &'static str,
}

impl Glyphs {
    /// Returns line drawing where it is one column wide, ASCII elsewhere: box drawing is East Asian
    /// Ambiguous.
    pub const fn new(ascii: bool) -> Self {
        if ascii {
            return Self {
                horizontal: "-",
                heavy: "=",
                vertical: "|",
                tee_down: "+",
                tee_up: "+",
                corners: ["+", "+", "+", "+"],
                selected: ">",
                thumb: "#",
                bar: "#",
            };
        }
        Self {
            horizontal: "─",
            heavy: "━",
            vertical: "│",
            tee_down: "┬",
            tee_up: "┴",
            corners: ["┌", "┐", "└", "┘"],
            selected: "▌",
            thumb: "┃",
            bar: "█",
        }
    }
}
