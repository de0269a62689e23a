//! Everything can be read on the usual palettes, dark and light: the contrast of
//! every sign that is drawn (WCAG 2.2), with bold as it is and drawn bright.
//!
//! Where only attributes are used (`mono`, and `16` on a light terminal of sixteen
//! colours), text is in the terminal's own foreground; there nothing has less contrast
//! than that has. In Solarized Light it is 4.13.

use anli::background::{self, Background};
use anli::ui::theme::{Ground, Theme};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::support::screen::{DARK, Screen};

struct Palette {
    name: &'static str,
    background: Background,
    /// The terminal's own foreground and background.
    own: [u32; 2],
    colours: [u32; 16],
}

/// xterm, XTerm-col.ad (X.Org).
const XTERM: [u32; 16] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

/// VS Code, terminalColorRegistry.ts.
const CODE_DARK: [u32; 16] = [
    0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666,
    0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xe5e5e5,
];
const CODE_LIGHT: [u32; 16] = [
    0x000000, 0xcd3131, 0x107c10, 0x949800, 0x0451a5, 0xbc05bc, 0x0598bc, 0x555555, 0x666666,
    0xcd3131, 0x14ce14, 0xb5ba00, 0x0451a5, 0xbc05bc, 0x0598bc, 0xa5a5a5,
];

/// GNOME Terminal, the palette “GNOME” of profile-editor.cc.
const GNOME: [u32; 16] = [
    0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc, 0x5e5c64,
    0xf66151, 0x33d17a, 0xe9ad0c, 0x2a7bde, 0xc061cb, 0x33c7de, 0xffffff,
];

/// Solarized, ethanschoonover.com/solarized, with the usual order of its bases.
const SOLARIZED: [u32; 16] = [
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5, 0x002b36,
    0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
];

/// Windows Terminal, defaults.json: Campbell and One Half Light.
const CAMPBELL: [u32; 16] = [
    0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc, 0x767676,
    0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
];
const ONE_HALF_LIGHT: [u32; 16] = [
    0x383a42, 0xe45649, 0x50a14f, 0xc18301, 0x0184bc, 0xa626a4, 0x0997b3, 0xfafafa, 0x4f525d,
    0xdf6c75, 0x98c379, 0xe4c07a, 0x61afef, 0xc577dd, 0x56b5c1, 0xffffff,
];

const fn palette(
    name: &'static str,
    background: Background,
    own: [u32; 2],
    colours: [u32; 16],
) -> Palette {
    Palette {
        name,
        background,
        own,
        colours,
    }
}

use Background::{Dark, Light};

const PALETTES: [Palette; 11] = [
    palette("xterm -rv", Dark, [0xffffff, 0x000000], XTERM),
    palette("xterm", Light, [0x000000, 0xffffff], XTERM),
    palette("VS Code dark", Dark, [0xcccccc, 0x1e1e1e], CODE_DARK),
    palette("VS Code light", Light, [0x333333, 0xffffff], CODE_LIGHT),
    palette("GNOME dark", Dark, [0xd0cfcc, 0x171421], GNOME),
    palette("GNOME Console dark", Dark, [0xffffff, 0x1e1e1e], GNOME),
    palette("GNOME light", Light, [0x171421, 0xffffff], GNOME),
    palette("Solarized dark", Dark, [0x839496, 0x002b36], SOLARIZED),
    palette("Solarized light", Light, [0x657b83, 0xfdf6e3], SOLARIZED),
    palette("Campbell", Dark, [0xcccccc, 0x0c0c0c], CAMPBELL),
    palette(
        "One Half Light",
        Light,
        [0x383a42, 0xfafafa],
        ONE_HALF_LIGHT,
    ),
];

/// Keys that show every kind of thing that is drawn.
const SCREENS: [&str; 30] = [
    "",
    "jj",
    "{enter}",
    "/ditie",
    "/ditie{enter}",
    "/ditie{esc}n",
    "/土地{enter}nn",
    "/水价 年:2016",
    "/年:20 (改革",
    "/没有的话啊",
    "/gaige{esc}G",
    "?",
    "?引文",
    "f",
    "f2017{enter}",
    "y",
    "c",
    "e",
    "e{enter}",
    "i",
    "o",
    "a可借鉴{enter}",
    "T待读{enter}",
    "s jj sS",
    "  ",
    "A",
    "O",
    "R",
    "/灌溉{enter}R",
    "z",
];

fn own_rgb(colour: u32) -> [u8; 3] {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

/// An entry of the palette of 256 above the terminal's own sixteen (xterm).
fn fixed(entry: u8) -> [u8; 3] {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match entry {
        232.. => [8 + 10 * (entry - 232); 3],
        _ => {
            let n = entry - 16;
            [step(n / 36), step(n / 6 % 6), step(n % 6)]
        }
    }
}

impl Palette {
    /// The colour that a terminal draws; `None` is its own.
    fn rgb(&self, colour: Color, bright: bool) -> Option<[u8; 3]> {
        let own = |entry: usize| {
            let bright = bright && entry < 8;
            Some(own_rgb(self.colours[entry + if bright { 8 } else { 0 }]))
        };
        match colour {
            Color::Reset => None,
            Color::Black => own(0),
            Color::Cyan => own(6),
            Color::White => own(15),
            Color::Indexed(entry @ 16..) => Some(fixed(entry)),
            Color::Rgb(red, green, blue) => Some([red, green, blue]),
            other => panic!("{other:?} is used by no theme so far"),
        }
    }

    /// The contrast of a cell's glyph.
    fn contrast(&self, cell: &Cell, bold_is_bright: bool) -> f64 {
        let bright = bold_is_bright && cell.modifier.contains(Modifier::BOLD);
        let front = self.rgb(cell.fg, bright);
        let back = self.rgb(cell.bg, false);
        ratio(
            front.unwrap_or(own_rgb(self.own[0])),
            back.unwrap_or(own_rgb(self.own[1])),
        )
    }

    /// The contrast of the terminal's own text.
    fn own_contrast(&self) -> f64 {
        ratio(own_rgb(self.own[0]), own_rgb(self.own[1]))
    }
}

fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    background::contrast(background::luminance(a), background::luminance(b))
}

/// All screens, with the keys that lead there.
fn screens() -> Vec<(&'static str, Screen)> {
    let sizes = |keys| [(100, 30), (40, 12)].map(|size| (keys, size));
    let screens = SCREENS.into_iter().flat_map(sizes);
    screens
        .map(|(keys, (columns, rows))| (keys, Screen::new(columns, rows).press(keys)))
        .collect()
}

/// All signs on the screens in a theme, each look once.
fn signs(screens: &mut [(&'static str, Screen)], theme: Theme) -> Vec<(&'static str, Cell)> {
    let mut signs: Vec<(&str, Cell)> = Vec::new();
    for (keys, screen) in screens {
        screen.theme = theme;
        let (buffer, _) = screen.buffer();
        for cell in buffer.content().iter().filter(|cell| cell.symbol() != " ") {
            let look = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
            if !signs.iter().any(|(_, known)| look(known) == look(cell)) {
                signs.push((keys, cell.clone()));
            }
        }
    }
    signs
}

#[test]
fn every_sign_has_contrast_in_every_palette() {
    let mut screens = screens();
    for background in [Dark, Light] {
        for many in [true, false] {
            let ground = Ground {
                background: Some(background),
                palette: many,
            };
            for (name, theme, least) in [
                ("16", Theme::sixteen(ground), 4.5),
                ("truecolor", Theme::truecolor(ground), 4.5),
                ("mono", Theme::mono(), 4.5),
                ("contrast", Theme::contrast(ground), 7.0),
            ] {
                let signs = signs(&mut screens, theme);
                let palettes = PALETTES.iter();
                for palette in palettes.filter(|palette| palette.background == background) {
                    let is_own = name == "mono" || name == "16" && !many && background == Light;
                    let least = if is_own {
                        palette.own_contrast().min(least)
                    } else {
                        least
                    };
                    check(name, &signs, palette, least);
                }
            }
        }
    }
}

fn check(name: &str, signs: &[(&str, Cell)], palette: &Palette, least: f64) {
    for (keys, cell) in signs {
        for bright in [false, true] {
            let contrast = palette.contrast(cell, bright);
            assert!(
                contrast >= least,
                "theme {name} in {}: {contrast:.2} of {:?} after {keys:?}: {cell:?}",
                palette.name,
                cell.symbol(),
            );
        }
    }
}

#[test]
fn only_solarized_light_has_little_contrast_of_its_own() {
    let little: Vec<&str> = PALETTES
        .iter()
        .filter(|palette| palette.own_contrast() < 4.5)
        .map(|palette| palette.name)
        .collect();
    assert_eq!(little, ["Solarized light"]);
}

#[test]
fn on_an_unknown_background_everything_is_in_the_terminals_own_colours() {
    let mut screens = screens();
    let unknown = Ground::default();
    for theme in [
        Theme::sixteen(unknown),
        Theme::contrast(unknown),
        Theme::truecolor(unknown),
        Theme::mono(),
    ] {
        for (keys, cell) in signs(&mut screens, theme) {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{keys:?}");
        }
    }
}

#[test]
fn a_terminal_of_sixteen_colours_is_sent_no_others() {
    let mut screens = screens();
    for background in [Dark, Light] {
        let few = Ground {
            background: Some(background),
            palette: false,
        };
        for theme in [Theme::sixteen(few), Theme::contrast(few)] {
            for (keys, cell) in signs(&mut screens, theme) {
                let others = matches!(cell.fg, Color::Indexed(_) | Color::Rgb(..));
                assert!(!others, "{keys:?}: {cell:?}");
            }
        }
    }
}

#[test]
fn nothing_is_drawn_dim_or_hidden() {
    let mut screens = screens();
    for theme in [Theme::sixteen(DARK), Theme::mono()] {
        for (keys, cell) in signs(&mut screens, theme) {
            let unclear = Modifier::DIM | Modifier::HIDDEN | Modifier::SLOW_BLINK;
            assert!(!cell.modifier.intersects(unclear), "{keys:?}: {cell:?}");
        }
    }
}
