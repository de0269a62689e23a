//! A document of no known layout: one case, so that nothing of it is lost.

use super::headings;
use super::lines::is_short;
use super::reading::{Draft, Material, Reading};
use super::words::Oddity;
use crate::case::{Completeness, Lines, Part, Title};

/// A first line that is longer, in characters, is no title but a text.
const LONGEST: usize = 60;

pub(super) fn read(material: Material<'_>) -> Reading {
    let page = material.page;
    let mut reading = Reading::default();
    let (Some(first), Some(last)) = (page.lines.first(), page.lines.last()) else {
        reading.warn(1, Oddity::EmptyDocument);
        return reading;
    };
    let has_title = is_short(page.slice(first.range), LONGEST);
    reading.warn(first.number, Oddity::UnknownLayout { has_title });
    reading.claim_lines(&page.lines, Part::Case);
    reading.cases.push(Draft {
        lines: Lines {
            first: first.number,
            last: last.number,
            list: None,
        },
        category: None,
        area: None,
        completeness: Completeness::Full,
        title: has_title.then(|| Title::Printed(vec![first.range])),
        orgs: Vec::new(),
        blocks: headings::blocks(page, &page.lines[usize::from(has_title)..]),
    });
    reading
}
