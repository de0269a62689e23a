//! A list of cases that prints their titles alone: entries, one a line, most of them
//! numbered, some with the responsible bodies, under heads that name their groups.
//!
//! Numbered lines are in many a document: measures of a notice, items of a law. A
//! list of cases has signs of its own: its head names a collection (名单, 清单, 典型
//! 做法) or counts its entries (共24项), or nearly all of its entries name bodies; and
//! its entries are phrases, not sentences after sentences.

use std::collections::HashSet;

use super::entries::{Parts, letters};
use super::forms::{self, FORMS, Form};
use super::front;
use super::headings;
use super::lines::{Page, ends_a_sentence, is_short, within};
use super::orgs::Names;
use super::reading::{Draft, Findings, Material};
use super::runs::{self, Entry, LEAST, Run, names_a_list};
use crate::case::{Basis, Completeness, Confidence, Lines, Part, Reader, Title};
use crate::language::Sentence;

/// The least share of the document's characters that a list must have, and one with
/// several signs.
const SHARES: [f64; 2] = [0.25, 0.12];

/// So many lines at the beginning of a document may say what its list is of.
const MOST_ABOVE: usize = 40;

/// A list that only its heading names has at least so many entries.
const LEAST_NAMED: usize = 5;

/// The cases of a list, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let runs = [runs::longest(page, names), runs::unnumbered(page, names)];
    runs.into_iter()
        .flatten()
        .find_map(|run| of_run(material, &run))
}

/// The cases of a run of entries, if it is a list of cases.
fn of_run(material: Material<'_>, run: &Run) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let count = run.entries.len();
    let parts = parts(page, run, names);
    let with_orgs = parts.iter().flatten().count();
    let have_orgs = with_orgs * 10 >= count * 8;
    let first = run.start();
    let announced = announces(page, first, count);
    let named = is_named(page, first);
    let signs = usize::from(announced) + usize::from(named) + usize::from(have_orgs);
    let share = page.share(run.entries.iter().map(|entry| entry.place));
    let phrases = run
        .entries
        .iter()
        .filter(|entry| is_phrase(page, entry))
        .count()
        * 10
        >= count * 9;
    let is_enough = match run.form {
        _ if count < LEAST => false,
        None => have_orgs || count >= LEAST_NAMED,
        // A colon and a space are in many a line.
        Some(Form::Colon | Form::SpaceBefore | Form::SpaceBehind) => named,
        Some(_) => named || count >= LEAST_NAMED,
    };
    let least = SHARES[usize::from(signs > 1)];
    if signs == 0 || share < least || !phrases || !is_enough {
        return None;
    }
    let parts = parts.into_iter().map(|parts| parts.filter(|_| have_orgs));
    let entries: Vec<(&Entry, Parts)> = run
        .entries
        .iter()
        .zip(parts)
        .map(|(entry, parts)| (entry, parts.unwrap_or_else(|| bare(page, entry))))
        .collect();
    let titles: Vec<&str> = entries
        .iter()
        .map(|(entry, parts)| &page.line(entry.place)[parts.title.clone()])
        .collect();
    if names_no_cases(&titles, have_orgs, names)
        || is_contents(page, run, &titles)
        || !is_about_cases(page, run)
    {
        return None;
    }
    let mut reading = Findings::default();
    for (entry, parts) in entries {
        take(material, &mut reading, entry, parts);
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
        why: why(run, announced, named, with_orgs),
    };
    Some(reading)
}

/// Title and bodies of every entry in the form that most of them have; `None` for those
/// that name no body.
fn parts(page: &Page<'_>, run: &Run, names: &Names) -> Vec<Option<Parts>> {
    let entries = run.entries.iter();
    if entries.clone().any(|entry| entry.below) {
        return entries
            .map(|entry| entry.below.then(|| bare(page, entry)))
            .collect();
    }
    let of = |form: Form, any: bool| -> Vec<Option<Parts>> {
        let entries = run.entries.iter();
        entries
            .map(|entry| forms::parts(form, page.line(entry.place), entry.start, names, any))
            .collect()
    };
    let known = |form: &Form| of(*form, false).iter().flatten().count();
    let forms = run.form.into_iter().chain(FORMS);
    // The first of those that fit as many.
    let best = forms
        .map(|form| (known(&form), form))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    match best {
        Some((known, form)) if known * 10 >= run.entries.len() * 6 => of(form, true),
        _ => vec![None; run.entries.len()],
    }
}

/// An entry that is nothing but its title.
fn bare(page: &Page<'_>, entry: &Entry) -> Parts {
    let text = page.line(entry.place);
    let end = text.trim_end_matches(['。', '；', ';']).len();
    Parts {
        title: forms::unquoted(text, entry.start..end),
        orgs: Vec::new(),
    }
}

/// Whether the entries are bodies, persons or things rather than cases.
fn names_no_cases(titles: &[&str], have_orgs: bool, names: &Names) -> bool {
    const DUTIES: [&str; 8] = [
        "负责", "牵头", "承担", "做好", "组织", "协助", "配合", "督促",
    ];
    let most = |is: &dyn Fn(&str) -> bool| {
        titles.iter().filter(|title| is(title)).count() * 2 > titles.len()
    };
    // What somebody did, or what it brought, takes some words to name.
    let shortest = if have_orgs { 4 } else { 7 };
    most(&|title| names.are_orgs(title))
        || most(&|title| is_short(title, shortest - 1))
        || most(&|title| DUTIES.iter().any(|word| title.starts_with(word)))
}

/// Whether the text above the list, or the headings of its groups, mention cases without
/// calling for them.
fn is_about_cases(page: &Page<'_>, run: &Run) -> bool {
    let above = (0..run.start().min(MOST_ABOVE)).chain(run.heads.iter().copied());
    let speaks = above.map(|at| page.line(at)).any(front::speaks_of_cases);
    speaks && !front::calls_for_cases(&document_title(page))
}

/// Whether the entries are a book's contents: most of their titles head its parts below.
fn is_contents(page: &Page<'_>, run: &Run, titles: &[&str]) -> bool {
    let below: HashSet<String> = (run.end..page.lines.len())
        .map(|at| page.line(at))
        .filter(|text| is_short(text, 120))
        .map(letters)
        .collect();
    let again = titles
        .iter()
        .filter(|title| below.contains(&letters(title)));
    !below.is_empty() && again.count() * 2 > titles.len()
}

/// Whether the document says that its list is one of cases: in the line above it, or in
/// its title.
fn is_named(page: &Page<'_>, first: usize) -> bool {
    let above = head_above(page, first);
    let is_annex = |text: &str| text.starts_with("附件") && is_short(text, 5);
    let is_annexes = first
        .checked_sub(1)
        .is_some_and(|at| is_annex(page.line(at)));
    above.is_some_and(|at| names_a_list(page.line(at)))
        || !is_annexes && first < 40 && names_a_list(&document_title(page))
}

fn why(run: &Run, announced: bool, named: bool, with_orgs: usize) -> Sentence {
    let count = run.entries.len();
    let (mut chinese, mut english) = match run.form {
        None => (
            format!("连续编号的条目 {count} 条"),
            format!("{count} numbered entries in sequence"),
        ),
        Some(_) => (
            format!("格式相同的条目 {count} 条"),
            format!("{count} entries of one form in sequence"),
        ),
    };
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

fn take(material: Material<'_>, reading: &mut Findings, entry: &Entry, parts: Parts) {
    let Material { page, names, .. } = material;
    let line = page.lines[entry.place];
    let text = page.slice(line.range);
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
    let mut orgs: Vec<_> = parts
        .orgs
        .iter()
        .flat_map(|org| names.orgs(&text[org.clone()]))
        .collect();
    let below = entry.below.then(|| page.lines[entry.place + 1]);
    if let Some(below) = below {
        reading.claim(below.range, Part::Case);
        let text = page.slice(below.range);
        let found = forms::below(text, names).unwrap_or_default();
        orgs.extend(found.into_iter().flat_map(|org| names.orgs(&text[org])));
    }
    let group = entry
        .group
        .as_ref()
        .map(|(place, head)| within(page, page.lines[*place].range, head.start, head.end));
    let (category, area) = names.place_in_group(&orgs, group.map(|range| page.slice(range)));
    reading.cases.push(Draft {
        lines: Lines {
            first: line.number,
            last: below.unwrap_or(line).number,
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

/// The numbers that count something in a text: `24项`, `16个`, `十二个`.
fn counts(text: &str) -> impl Iterator<Item = usize> {
    let starts = text
        .char_indices()
        .scan(None, |before: &mut Option<char>, (at, c)| {
            let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
            let starts = is_digit(c) && !before.replace(c).is_some_and(is_digit);
            Some(starts.then_some(at))
        });
    starts.flatten().filter_map(|at| {
        let (number, is_chinese, rest) = headings::number(&text[at..])?;
        let counts = rest.starts_with(|c| "项項个個例件条條篇".contains(c));
        // 一个 and 两项 are words.
        (counts && !(is_chinese && number < 5)).then_some(number as usize)
    })
}
