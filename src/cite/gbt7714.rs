//! GB/T 7714, numeric system, as a reader pastes it into a list of references.
//!
//! Elements, their order and type codes follow clauses 7, 8.3, 8.5 and 8.11 of
//! the edition of 2025 and their counterparts of 2015. The standard sets commas,
//! colons and parentheses of the edition of 2025 full-width, also inside
//! titles, and full stops, square brackets and slashes half-width; that of 2015
//! is set half-width with spaces.

use super::imprint::{Carrier, Named};
use super::is_chinese;
use super::reference::Reference;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    E2015,
    E2025,
}

/// The signs of an edition, spaces included.
struct Signs {
    comma: &'static str,
    colon: &'static str,
    open: &'static str,
    close: &'static str,
    /// Before the date of a web page.
    after_type: &'static str,
}

impl Edition {
    const fn signs(self) -> Signs {
        match self {
            Self::E2025 => Signs {
                comma: "，",
                colon: "：",
                open: "（",
                close: "）",
                after_type: "",
            },
            Self::E2015 => Signs {
                comma: ", ",
                colon: ": ",
                open: "(",
                close: ")",
                after_type: " ",
            },
        }
    }

    /// A title as this edition sets it.
    fn title(self, name: &Named) -> String {
        match self {
            Self::E2025 => full_width(&name.marked()),
            Self::E2015 => name.marked(),
        }
    }
}

/// Writes the entry, without a number before it.
pub fn write(reference: &Reference, edition: Edition) -> String {
    let signs = edition.signs();
    let mut entry = String::new();
    if reference.host.is_none() || reference.corporate {
        push_authors(&mut entry, &reference.authors, &signs);
    }
    entry.push_str(&edition.title(&reference.title));
    if let Some(subtitle) = &reference.subtitle {
        entry.push_str(signs.colon);
        let subtitle = Named {
            text: subtitle.clone(),
            supplied: false,
        };
        entry.push_str(&edition.title(&subtitle));
    }
    // GB/T 7714—2025, 7.2.3: the number of a document is other title information.
    let number = reference.number.as_ref();
    let number = number
        .map(|number| [signs.colon, number].concat())
        .unwrap_or_default();
    if reference.host.is_none() {
        entry.push_str(&number);
    }
    entry.push_str(type_code(reference.carrier));
    if let Some(host) = &reference.host {
        entry.push_str("//");
        if !reference.corporate {
            push_authors(&mut entry, &reference.authors, &signs);
        }
        entry.push_str(&edition.title(host));
        entry.push_str(&number);
    }
    entry.push('.');
    push_imprint(&mut entry, reference, &signs);
    entry
}

fn push_authors(entry: &mut String, authors: &[Named], signs: &Signs) {
    // GB/T 7714—2025, 7.1.2: three are named, the others are 等.
    const NAMED: usize = 3;
    if authors.is_empty() {
        return;
    }
    let mut names: Vec<String> = authors.iter().take(NAMED).map(Named::marked).collect();
    if authors.len() > NAMED {
        names.push("等".to_owned());
    }
    entry.push_str(&names.join(signs.comma));
    entry.push_str(". ");
}

fn push_imprint(entry: &mut String, reference: &Reference, signs: &Signs) {
    let date = reference.date.map(|date| date.marked());
    if reference.carrier == Carrier::WebPage {
        if let Some(date) = date {
            entry.push_str(signs.after_type);
            entry.push_str(&[signs.open, &date, signs.close, "."].concat());
        }
        return;
    }
    let publication = reference.publication.as_ref().map(Named::marked);
    let parts: Vec<String> = publication.into_iter().chain(date).collect();
    if parts.is_empty() {
        return;
    }
    entry.push(' ');
    entry.push_str(&parts.join(signs.comma));
    if let Some(page) = &reference.page {
        entry.push_str(&[signs.open, page, signs.close].concat());
    }
    entry.push('.');
}

const fn type_code(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Newspaper => "[N]",
        Carrier::NewsOnline => "[N/OL]",
        Carrier::WebPage => "[EB/OL]",
        Carrier::Compilation => "[G]",
        Carrier::Other => "[Z]",
    }
}

/// Sets half-width punctuation beside a Han character or Chinese punctuation
/// full-width, as the standard's own examples do (清华大学学报（自然科学版）).
fn full_width(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len() + 8);
    for (index, &c) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| characters[i]);
        let after = characters.get(index + 1).copied();
        let beside = before.is_some_and(is_chinese) || after.is_some_and(is_chinese);
        let wide = match c {
            ',' => '，',
            ':' => '：',
            ';' => '；',
            '(' => '（',
            ')' => '）',
            '?' => '？',
            '!' => '！',
            _ => c,
        };
        // A colon or comma between digits belongs to a number.
        let in_number =
            before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        written.push(if beside && !in_number { wide } else { c });
    }
    written
}
