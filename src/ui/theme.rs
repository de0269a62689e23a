//! Styles and marks by what they stand for.
//!
//! Every state has a glyph or an attribute beside its colour, so that nothing
//! is lost without colours.

use ratatui::style::{Color, Modifier, Style};

/// How everything looks.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    pub text: Style,
    pub dim: Style,
    pub bar: Style,
    pub accent: Style,
    pub frame: Style,
    pub title: Style,
    pub heading: Style,
    pub heading_below: Style,
    pub caption: Style,
    /// The selected case while the list has the keys.
    pub selected: Style,
    /// The selected case while something else has them.
    pub selected_away: Style,
    pub matched: Style,
    /// The match that the reader stands on.
    pub current: Style,
    pub notice: Style,
    pub key: Style,
    /// A field of the query.
    pub chip: Style,
    /// A part of the query that is wrong.
    pub wrong: Style,
}

impl Theme {
    /// The terminal's own sixteen colours.
    pub const fn sixteen() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        // Not the palette's dark grey, which some palettes make the background.
        let faint = plain.add_modifier(Modifier::DIM);
        Self {
            text: plain,
            dim: faint,
            bar: bold,
            accent: plain.fg(Color::Cyan),
            frame: faint,
            title: bold,
            heading: bold.fg(Color::Cyan),
            heading_below: bold,
            caption: faint.add_modifier(Modifier::ITALIC),
            selected: plain.add_modifier(Modifier::REVERSED),
            selected_away: bold,
            matched: bold
                .fg(Color::Yellow)
                .add_modifier(Modifier::UNDERLINED)
                .remove_modifier(Modifier::DIM),
            current: bold.add_modifier(Modifier::REVERSED),
            notice: plain.fg(Color::Yellow),
            key: bold,
            chip: plain.fg(Color::Cyan).add_modifier(Modifier::REVERSED),
            wrong: plain.fg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
        }
    }

    /// Blue and orange, which the colour-blind tell apart, and nothing dim.
    pub const fn contrast() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let sixteen = Self::sixteen();
        Self {
            dim: plain,
            frame: plain,
            accent: bold.fg(Color::LightBlue),
            heading: bold.fg(Color::LightBlue),
            caption: plain.add_modifier(Modifier::ITALIC),
            matched: bold
                .fg(Color::LightYellow)
                .add_modifier(Modifier::UNDERLINED)
                .remove_modifier(Modifier::DIM),
            selected: bold.add_modifier(Modifier::REVERSED),
            notice: bold.fg(Color::LightYellow),
            wrong: bold
                .fg(Color::LightYellow)
                .add_modifier(Modifier::UNDERLINED),
            ..sixteen
        }
    }

    /// Colours of its own, for terminals that show all of them.
    pub const fn truecolor() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let grey = Color::Rgb(0x80, 0x86, 0x8b);
        let blue = Color::Rgb(0x4f, 0x9c, 0xd6);
        let orange = Color::Rgb(0xe0, 0x8a, 0x1e);
        let sixteen = Self::sixteen();
        Self {
            dim: plain.fg(grey),
            frame: plain.fg(grey),
            caption: plain.fg(grey).add_modifier(Modifier::ITALIC),
            accent: plain.fg(blue),
            heading: bold.fg(blue),
            matched: bold.fg(orange).add_modifier(Modifier::UNDERLINED),
            notice: plain.fg(orange),
            chip: plain.fg(blue).add_modifier(Modifier::REVERSED),
            wrong: plain.fg(orange).add_modifier(Modifier::UNDERLINED),
            ..sixteen
        }
    }

    /// Attributes only.
    pub const fn mono() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let faint = plain.add_modifier(Modifier::DIM);
        Self {
            text: plain,
            dim: faint,
            bar: bold,
            accent: plain,
            frame: faint,
            title: bold,
            heading: bold,
            heading_below: bold,
            caption: faint,
            selected: plain.add_modifier(Modifier::REVERSED),
            selected_away: bold,
            matched: bold
                .add_modifier(Modifier::UNDERLINED)
                .remove_modifier(Modifier::DIM),
            current: bold.add_modifier(Modifier::REVERSED),
            notice: bold,
            key: bold,
            chip: plain.add_modifier(Modifier::REVERSED),
            wrong: plain.add_modifier(Modifier::UNDERLINED),
        }
    }
}

/// The marks of the interface's own frame, each one column wide.
#[derive(Clone, Copy, Debug)]
pub struct Glyphs {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub tee_down: &'static str,
    pub tee_up: &'static str,
    pub corners: [&'static str; 4],
    pub selected: &'static str,
    pub thumb: &'static str,
}

impl Glyphs {
    /// Line drawing where it is one column wide, ASCII elsewhere: box drawing
    /// is East Asian Ambiguous.
    pub const fn new(ascii: bool) -> Self {
        if ascii {
            return Self {
                horizontal: "-",
                vertical: "|",
                tee_down: "+",
                tee_up: "+",
                corners: ["+", "+", "+", "+"],
                selected: ">",
                thumb: "#",
            };
        }
        Self {
            horizontal: "─",
            vertical: "│",
            tee_down: "┬",
            tee_up: "┴",
            corners: ["┌", "┐", "└", "┘"],
            selected: "▌",
            thumb: "┃",
        }
    }
}
