//! The names of keys, for the settings, the help and the hints.

use std::fmt;
use std::str::FromStr;

use crate::key::Key;
use crate::nearest::nearest;

/// Keys that have a name rather than a character: the name shown first, then
/// others that are understood.
const NAMED: [(Key, &str, &[&str]); 19] = [
    (Key::Char(' '), "space", &[]),
    (Key::Enter, "enter", &["return", "ctrl-m"]),
    (Key::AltEnter, "alt-enter", &["alt-return"]),
    (Key::Esc, "esc", &["escape", "ctrl-["]),
    (Key::Tab, "tab", &["ctrl-i"]),
    (Key::BackTab, "shift-tab", &["backtab"]),
    (Key::Backspace, "backspace", &["bs"]),
    (Key::Delete, "delete", &["del"]),
    (Key::Insert, "insert", &["ins"]),
    (Key::Up, "up", &[]),
    (Key::Down, "down", &[]),
    (Key::Left, "left", &[]),
    (Key::Right, "right", &[]),
    (Key::Home, "home", &[]),
    (Key::End, "end", &[]),
    (Key::PageUp, "pgup", &["pageup", "page-up"]),
    (Key::PageDown, "pgdn", &["pagedown", "page-down", "pgdown"]),
    (Key::ShiftUp, "shift-up", &[]),
    (Key::ShiftDown, "shift-down", &[]),
];

/// Function keys of common keyboards.
const LAST_FUNCTION_KEY: u8 = 12;

/// A name that no key has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The nearest name that one has.
    pub nearest: Option<String>,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, name, _)) = NAMED.iter().find(|(key, ..)| key == self) {
            return f.write_str(name);
        }
        match self {
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(' ') => f.write_str("ctrl-space"),
            Self::Ctrl(c) => write!(f, "ctrl-{c}"),
            Self::Alt(' ') => f.write_str("alt-space"),
            Self::Alt(c) => write!(f, "alt-{c}"),
            Self::F(number) => write!(f, "f{number}"),
            _ => unreachable!("every other key is in the table of names"),
        }
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    /// `j`, `G`, `／`, `ctrl-d`, `alt-x`, `pgdn`, `f1`, `shift-tab`; letter case
    /// counts for single characters alone. Full-width characters are their
    /// ASCII ones, since that is what a key sends with an input method on.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(c) = single(text) {
            return Ok(Self::Char(c));
        }
        let name = plain(text);
        if let Some(key) = named(&name) {
            return Ok(key);
        }
        let modified = name.split_once('-').and_then(|(modifier, rest)| {
            // The letter's own case is lost in `name`.
            let letter = single(&text.trim()[text.trim().len() - rest.len()..])
                .or_else(|| (rest == "space").then_some(' '))?;
            match modifier {
                "ctrl" => control(letter),
                "alt" => Some(Self::Alt(letter)),
                "shift" => letter
                    .is_ascii_alphabetic()
                    .then(|| Self::Char(letter.to_ascii_uppercase())),
                _ => None,
            }
        });
        modified.ok_or_else(|| UnknownKey {
            nearest: nearest_name(&name),
        })
    }
}

/// The key of a name in lower case.
fn named(name: &str) -> Option<Key> {
    let found = NAMED
        .iter()
        .find(|(_, own, others)| *own == name || others.contains(&name));
    if let Some((key, ..)) = found {
        return Some(*key);
    }
    let number = name.strip_prefix('f')?.parse().ok()?;
    (1..=LAST_FUNCTION_KEY)
        .contains(&number)
        .then_some(Key::F(number))
}

fn control(letter: char) -> Option<Key> {
    let letter = letter.to_ascii_lowercase();
    let exists = letter.is_ascii_lowercase() || "[]\\^_@ ".contains(letter);
    exists.then_some(Key::Ctrl(letter))
}

/// A text of one character, as ASCII where it is full-width.
fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let c = characters.next()?;
    if characters.next().is_some() {
        return None;
    }
    Some(match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).expect("the block mirrors ASCII"),
        c => c,
    })
}

/// A name in the spelling of the table: `C-d`, `Ctrl+D`, `^D` are `ctrl-d`.
fn plain(text: &str) -> String {
    let name = text.trim().to_ascii_lowercase();
    if let Some(letter) = name.strip_prefix('^').filter(|rest| !rest.is_empty()) {
        return format!("ctrl-{letter}");
    }
    let (modifier, rest) = match name.split_once(['-', '+']) {
        Some((modifier, rest)) if !modifier.is_empty() && !rest.is_empty() => (modifier, rest),
        _ => return name,
    };
    let modifier = match modifier {
        "c" | "control" => "ctrl",
        "m" | "meta" | "a" => "alt",
        "s" => "shift",
        modifier => modifier,
    };
    format!("{modifier}-{rest}")
}

fn nearest_name(name: &str) -> Option<String> {
    // A modifier that no terminal sends: its letter is what was meant.
    let letter = name.rsplit_once('-').and_then(|(_, rest)| single(rest));
    if let Some(key) = letter.and_then(control) {
        return Some(key.to_string());
    }
    // A key that no terminal sends with a modifier: the key alone.
    let key = name.rsplit_once('-').and_then(|(_, rest)| named(rest));
    if let Some(key) = key {
        return Some(key.to_string());
    }
    let names = NAMED.iter().map(|(_, name, _)| (*name).to_owned());
    let numbers = 1..=LAST_FUNCTION_KEY;
    let names: Vec<String> = names
        .chain(numbers.map(|number| format!("f{number}")))
        .chain(('a'..='z').map(|letter| Key::Ctrl(letter).to_string()))
        .collect();
    let nearest = nearest(name, names.iter().map(String::as_str), 1);
    nearest.first().map(|&name| name.to_owned())
}

/// A key's name as a TOML string.
pub fn quoted(key: Key) -> String {
    let name = key.to_string().replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{name}\"")
}
