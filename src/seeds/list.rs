//! A list of cases that prints their titles alone: numbered entries, one a line, some
//! with the responsible bodies, under heads that name their groups.
//!
//! Numbered lines are in many a document: measures of a notice, items of a law. A
//! list of cases has signs of its own: its head names a collection (名单, 清单, 典型
//! 做法) or counts its entries (共24项), or nearly all of its entries name bodies; and
//! its entries are phrases, not sentences after sentences.

use super::entries::{COUNTS, Count, Parts, after_dash, in_brackets, numbered, trimmed};
use super::front;
use super::headings;
use super::lines::{Page, ends_a_sentence, is_short, within};
use super::reading::{Draft, Findings, Material};
use crate::case::{Basis, Completeness, Confidence, Lines, Part, Reader, Title};
use crate::language::Sentence;

/// The longest entry, in characters.
const LONGEST: usize = 120;

/// A list has at least so many entries.
const LEAST: usize = 3;

/// The least share of the document's characters that a list must have.
const SHARE: f64 = 0.25;

/// One entry, by place among the lines of the page.
#[derive(Clone, Debug)]
struct Entry {
    place: usize,
    /// Where the text begins, in bytes of the line.
    start: usize,
    /// The head of its group: place, and bytes of that line.
    group: Option<(usize, std::ops::Range<usize>)>,
}

/// Entries that follow one another.
#[derive(Clone, Debug)]
struct Run {
    entries: Vec<Entry>,
    /// Heads of groups, by place.
    heads: Vec<usize>,
    /// The place after its last line.
    end: usize,
}

/// The cases of a list, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let page = material.page;
    let run = longest_run(page)?;
    let count = run.entries.len();
    let share = page.share(run.entries.iter().map(|entry| entry.place));
    if count < LEAST || share < SHARE {
        return None;
    }
    let parts: Vec<Option<Parts>> = run
        .entries
        .iter()
        .map(|entry| {
            let text = page.line(entry.place);
            in_brackets(text, entry.start, material.names)
                .or_else(|| after_dash(text, entry.start, material.names))
        })
        .collect();
    let with_orgs = parts.iter().flatten().count();
    let first = run.heads.first().map_or(run.entries[0].place, |head| {
        (*head).min(run.entries[0].place)
    });
    let head = head_above(page, first);
    let announced = announces(page, first, count);
    let named = head.is_some_and(|at| front::names_a_collection(page.line(at)))
        || front::names_a_collection(&document_title(page)) && first < 12;
    let have_orgs = with_orgs * 10 >= count * 8;
    let phrases = run.entries.iter().filter(|entry| is_phrase(page, entry));
    let phrases = phrases.count() * 10 >= count * 9;
    let signs = usize::from(announced) + usize::from(named) + usize::from(have_orgs);
    if signs == 0 || !phrases || !have_orgs && count < 5 {
        return None;
    }
    let mut reading = Findings::default();
    for (entry, parts) in run.entries.iter().zip(parts) {
        take(material, &mut reading, entry, parts.filter(|_| have_orgs));
    }
    for &head in &run.heads {
        reading.claim(page.lines[head].range, Part::ListEntry);
    }
    reading.claim_rest(page, Part::Own);
    reading.basis = Basis {
        reader: Reader::List,
        confidence: if signs > 1 {
            Confidence::High
        } else {
            Confidence::Medium
        },
        why: why(count, announced, named, with_orgs),
    };
    Some(reading)
}

fn why(count: usize, announced: bool, named: bool, with_orgs: usize) -> Sentence {
    let mut chinese = format!("连续编号的条目 {count} 条");
    let mut english = format!("{count} numbered entries in sequence");
    if named {
        chinese += "，题目写明是名单或清单";
        english += "; the heading names a list";
    }
    if announced {
        chinese += &format!("，原文注明共 {count} 项");
        english += &format!("; the document announces {count}");
    }
    if with_orgs > 0 {
        chinese += &format!("，其中 {with_orgs} 条写明单位");
        english += &format!("; {with_orgs} of them name organisations");
    }
    Sentence::new(chinese, english)
}

fn take(material: Material<'_>, reading: &mut Findings, entry: &Entry, parts: Option<Parts>) {
    let Material { page, names, .. } = material;
    let line = page.lines[entry.place];
    let text = page.slice(line.range);
    let parts = parts.unwrap_or_else(|| Parts {
        title: trimmed(
            text,
            entry.start..text.trim_end_matches(['。', '；', ';']).len(),
        ),
        orgs: Vec::new(),
    });
    let glued = entry
        .group
        .as_ref()
        .filter(|(place, _)| *place == entry.place);
    if let Some((_, head)) = glued {
        reading.claim(
            within(page, line.range, head.start, head.end),
            Part::ListEntry,
        );
        reading.claim(within(page, line.range, head.end, text.len()), Part::Case);
    } else {
        reading.claim(line.range, Part::Case);
    }
    let orgs: Vec<_> = parts
        .orgs
        .iter()
        .flat_map(|org| names.orgs(&text[org.clone()]))
        .collect();
    let group = entry
        .group
        .as_ref()
        .map(|(place, head)| within(page, page.lines[*place].range, head.start, head.end));
    let (category, area) = names.place_in_group(&orgs, group.map(|range| page.slice(range)));
    reading.cases.push(Draft {
        lines: Lines {
            first: line.number,
            last: line.number,
            list: Some(line.number),
        },
        category,
        area,
        group,
        year: None,
        completeness: Completeness::Entry,
        title: Some(Title::Printed(vec![within(
            page,
            line.range,
            parts.title.start,
            parts.title.end,
        )])),
        orgs,
        blocks: Vec::new(),
    });
}

/// The run of entries with the most characters.
fn longest_run(page: &Page<'_>) -> Option<Run> {
    // An entry has the first number, and the head of a group some number.
    let begins = |text: &str| {
        let is_first = |&count: &Count| numbered(text, count, 1).is_some();
        is_short(text, LONGEST) && (headings::mark(text).is_some() || COUNTS.iter().any(is_first))
    };
    let mut best: Option<(usize, Run)> = None;
    let mut at = 0;
    while at < page.lines.len() {
        let counts = if begins(page.line(at)) {
            &COUNTS[..]
        } else {
            &[]
        };
        let found = counts.iter().find_map(|count| run_from(page, at, *count));
        let Some(run) = found else {
            at += 1;
            continue;
        };
        at = run.end.max(at + 1);
        let bytes: usize = run
            .entries
            .iter()
            .map(|entry| page.line(entry.place).len())
            .sum();
        if run.entries.len() >= LEAST && best.as_ref().is_none_or(|(most, _)| bytes > *most) {
            best = Some((bytes, run));
        }
    }
    best.map(|(_, run)| run)
}

/// The entries from the place `at` on, which is the first of them or the head of
/// their group.
fn run_from(page: &Page<'_>, at: usize, count: Count) -> Option<Run> {
    let mut run = Run {
        entries: Vec::new(),
        heads: Vec::new(),
        end: at,
    };
    let mut expected = 1;
    let mut group: Option<(usize, std::ops::Range<usize>)> = None;
    let mut place = at;
    while place < page.lines.len() {
        let text = page.line(place);
        if !is_short(text, LONGEST) {
            break;
        }
        if let Some(start) = numbered(text, count, expected) {
            run.entries.push(Entry {
                place,
                start,
                group: group.clone(),
            });
            expected += 1;
        } else if let Some((head, start)) = glued(text, count, expected) {
            group = Some((place, head));
            run.entries.push(Entry {
                place,
                start,
                group: group.clone(),
            });
            expected = if start_is_first(text, count, start) {
                2
            } else {
                expected + 1
            };
        } else if let Some(restart) = group_head(page, place, count, expected) {
            group = Some((place, 0..text.len()));
            run.heads.push(place);
            expected = restart;
        } else {
            break;
        }
        place += 1;
        run.end = place;
    }
    // What begins with a head alone is no list.
    (run.entries.len() >= 2).then_some(run)
}

/// The head of a group that is glued to its first entry, and where the text of the
/// entry begins.
fn glued(text: &str, count: Count, expected: u32) -> Option<(std::ops::Range<usize>, usize)> {
    headings::mark(text).filter(|mark| mark.numbering == headings::Numbering::Chinese)?;
    let spaces = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .take(12);
    spaces
        .map(|(at, c)| (at, at + c.len_utf8()))
        .find_map(|(end, start)| {
            let rest = &text[start..];
            let bytes = numbered(rest, count, 1).or_else(|| numbered(rest, count, expected))?;
            Some((trimmed(text, 0..end), start + bytes))
        })
}

fn start_is_first(text: &str, count: Count, start: usize) -> bool {
    let before = &text[..start];
    before
        .char_indices()
        .any(|(at, _)| numbered(&text[at..], count, 1).is_some_and(|bytes| at + bytes == start))
}

/// Whether the line at `place` heads a group, and the number with which its entries
/// begin: an entry follows, directly or after an outer head.
fn group_head(page: &Page<'_>, place: usize, count: Count, expected: u32) -> Option<u32> {
    let text = page.line(place);
    if matches!(count, Count::Chinese) || !is_short(text, 40) {
        return None;
    }
    let entry = |at: usize| {
        let text = page.lines.get(at).map(|_| page.line(at))?;
        let first = numbered(text, count, 1).map(|_| 1);
        first.or_else(|| numbered(text, count, expected).map(|_| expected))
    };
    let is_numbered = |at: usize| {
        let mark = page
            .lines
            .get(at)
            .and_then(|_| headings::mark(page.line(at)));
        mark.is_some_and(|mark| mark.numbering <= headings::Numbering::Bracketed)
    };
    let followed = match entry(place + 1) {
        // In front of the first entry it is a head if it is numbered itself.
        Some(restart) => (expected > 1 || is_numbered(place)).then_some(restart),
        // An empty group, or an outer one.
        None => {
            let is_outer =
                is_numbered(place) && is_numbered(place + 1) && entry(place + 2).is_some();
            is_outer.then_some(expected)
        }
    };
    followed
        .filter(|_| !ends_a_sentence(text) && !text.contains('。') && !front::is_furniture(text))
}

/// Whether an entry is a phrase: at most one sentence.
fn is_phrase(page: &Page<'_>, entry: &Entry) -> bool {
    let text = &page.line(entry.place)[entry.start..];
    let body = text.trim_end_matches(['。', '；', ';']);
    !body.contains(['。', '！', '；', ';'])
}

/// The line above a list that names it: the nearest one that is no remark in brackets.
fn head_above(page: &Page<'_>, first: usize) -> Option<usize> {
    let above = (0..first).rev().take(3);
    above
        .into_iter()
        .find(|&at| !page.line(at).starts_with(['（', '(']))
        .filter(|&at| is_short(page.line(at), 60) && !ends_a_sentence(page.line(at)))
}

fn document_title(page: &Page<'_>) -> String {
    front::title(page).map(|at| page.line(at)).collect()
}

/// Whether the document says above the list how many entries it has: `共24项`.
fn announces(page: &Page<'_>, first: usize, count: usize) -> bool {
    let above = (0..first).map(|at| page.line(at));
    let mut numbers = above.flat_map(counts);
    numbers.any(|number| number == count)
}

/// The numbers that count something in a text: `24项`, `16个`.
fn counts(text: &str) -> impl Iterator<Item = usize> {
    let digits = |c: char| c.is_ascii_digit();
    text.split(|c: char| !c.is_ascii_digit() && !"项項个個例件条條篇".contains(c))
        .filter_map(move |word| {
            let number = word.trim_end_matches(|c: char| !digits(c));
            (number.len() < word.len()).then(|| number.parse().ok())?
        })
}
