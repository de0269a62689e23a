//! Runs of lines that may be the entries of a list: numbered ones, and ones that all set
//! a title and its bodies in the same form.

use std::ops::Range;

use super::entries::{COUNTS, Count, numbered, trimmed};
use super::forms::{self, Form};
use super::front;
use super::headings;
use super::lines::{Page, ends_a_sentence, is_short};
use super::orgs::Names;

/// The longest entry, in characters.
const LONGEST: usize = 120;

/// A list has at least so many entries.
pub(super) const LEAST: usize = 3;

/// One entry, by place among the lines of the page.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub place: usize,
    /// Where the text begins, in bytes of the line.
    pub start: usize,
    /// The head of its group: place, and bytes of that line.
    pub group: Option<(usize, Range<usize>)>,
    /// Whether the line below it names its bodies.
    pub below: bool,
}

/// Entries that follow one another.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub entries: Vec<Entry>,
    /// Heads of groups, by place.
    pub heads: Vec<usize>,
    /// The place after its last line.
    pub end: usize,
    /// The form of its entries, where it is what shows that they are some.
    pub form: Option<Form>,
}

impl Run {
    /// The place of its first line.
    pub fn start(&self) -> usize {
        let first = self.entries[0].place;
        self.heads.first().map_or(first, |head| first.min(*head))
    }

    fn push(&mut self, place: usize, start: usize, group: &Option<(usize, Range<usize>)>) {
        self.entries.push(Entry {
            place,
            start,
            group: group.clone(),
            below: false,
        });
    }

    /// Gives the first entries the heading above them if it is like those of the other
    /// groups: `一等奖（2个）` where `二等奖（3个）` follows.
    fn take_first_head(&mut self, page: &Page<'_>) {
        let Some(place) = self.entries[0].place.checked_sub(1) else {
            return;
        };
        let text = page.line(place);
        let bare = front::without_brackets(text);
        let is_like = |other: &usize| {
            let other = front::without_brackets(page.line(*other));
            other.chars().next_back() == bare.chars().next_back()
        };
        let is_grade = bare.ends_with('奖') && is_short(bare, 12);
        let is_head = match self.heads.first() {
            Some(other) => is_like(other) || !names_a_list(text),
            None => is_grade,
        };
        let may_be = self.entries[0].group.is_none()
            && is_short(text, 40)
            && !ends_a_sentence(bare)
            && !text.contains(['：', ':', '。'])
            && !front::title(page).contains(&place)
            && front::may_be_title(bare);
        if !is_head || !may_be {
            return;
        }
        self.heads.insert(0, place);
        let others = self.entries.iter_mut();
        for entry in others.take_while(|entry| entry.group.is_none()) {
            entry.group = Some((place, 0..text.len()));
        }
    }
}

/// Whether a line above a list says that it is one of cases: `典型做法清单（共24项）`,
/// `关于公布优秀案例名单的通知`, `入选案例名单如下：`.
pub(super) fn names_a_list(text: &str) -> bool {
    const ISSUED: [&str; 8] = [
        "的通知",
        "的通报",
        "的公告",
        "的公示",
        "的决定",
        "的函",
        "的通告",
        "的公报",
    ];
    let text = text.trim_end_matches(['：', ':', '。']);
    let text = text.strip_suffix("如下").unwrap_or(text);
    let text = ["公布", "公示", "通报"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    let text = ISSUED
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    front::names_a_collection(text.trim_end_matches(['》', '”', '"']))
}

/// The run of lines without numbers whose bodies show that they are entries; the one
/// with the most of them.
pub(super) fn unnumbered(page: &Page<'_>, names: &Names) -> Option<Run> {
    let fits = |at: usize, form: Form| {
        let text = page.line(at);
        is_short(text, LONGEST) && forms::parts(form, text, 0, names, false).is_some()
    };
    let mut best: Option<Run> = None;
    let mut at = 0;
    while at < page.lines.len() {
        let form = forms::FORMS.into_iter().find(|form| fits(at, *form));
        let Some(form) = form else {
            at += 1;
            continue;
        };
        let mut run = Run {
            entries: Vec::new(),
            heads: Vec::new(),
            end: at,
            form: Some(form),
        };
        let mut group = None;
        while run.end < page.lines.len() {
            let place = run.end;
            let next = place + 1 < page.lines.len() && fits(place + 1, form);
            let text = page.line(place);
            if fits(place, form) || next && is_any_name(text, form, names) {
                run.push(place, 0, &group);
            } else if next && is_short(text, 40) && front::may_be_title(bare_head(text)) {
                group = Some((place, 0..text.len()));
                run.heads.push(place);
            } else {
                break;
            }
            run.end += 1;
        }
        at = run.end;
        let most = best.as_ref().map_or(LEAST - 1, |best| best.entries.len());
        if run.entries.len() > most {
            best = Some(run);
        }
    }
    best.map(|mut run| {
        run.take_first_head(page);
        run
    })
}

fn is_any_name(text: &str, form: Form, names: &Names) -> bool {
    let is_marked = matches!(form, Form::Brackets | Form::DashBehind | Form::Quoted);
    is_marked && is_short(text, LONGEST) && forms::parts(form, text, 0, names, true).is_some()
}

/// The head of a group without its number and brackets.
fn bare_head(text: &str) -> &str {
    let bytes = headings::mark(text).map_or(0, |mark| mark.bytes);
    front::without_brackets(&text[bytes..])
}

/// The run of entries with the most characters.
pub(super) fn longest(page: &Page<'_>, names: &Names) -> Option<Run> {
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
        let found = counts
            .iter()
            .find_map(|count| run_from(page, at, *count, names));
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
    best.map(|(_, mut run)| {
        run.take_first_head(page);
        run
    })
}

/// The entries from the place `at` on, which is the first of them or the head of
/// their group.
fn run_from(page: &Page<'_>, at: usize, count: Count, names: &Names) -> Option<Run> {
    let mut run = Run {
        entries: Vec::new(),
        heads: Vec::new(),
        end: at,
        form: None,
    };
    let mut expected = 1;
    let mut group: Option<(usize, Range<usize>)> = None;
    let mut place = at;
    while place < page.lines.len() {
        let text = page.line(place);
        if !is_short(text, LONGEST) {
            break;
        }
        if let Some(start) = numbered(text, count, expected) {
            run.push(place, start, &group);
            expected += 1;
        } else if let Some((head, start)) = glued(text, count, expected) {
            group = Some((place, head));
            run.push(place, start, &group);
            expected = if start_is_first(text, count, start) {
                2
            } else {
                expected + 1
            };
        } else if names_bodies_below(page, &run, place, names)
            && goes_on(page, &run, place + 1, count, expected)
        {
            let last = run.entries.last_mut();
            last.expect("an entry is above it").below = true;
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

/// Whether the line at `place` names the bodies of the entry in the line above it, as
/// those below all entries before it do.
fn names_bodies_below(page: &Page<'_>, run: &Run, place: usize, names: &Names) -> bool {
    let Some((last, before)) = run.entries.split_last() else {
        return false;
    };
    last.place + 1 == place
        && before.iter().all(|entry| entry.below)
        && forms::below(page.line(place), names).is_some()
}

/// Whether the next entry is in the line at `place`, or below a head in it; below the
/// last entry nothing is.
fn goes_on(page: &Page<'_>, run: &Run, place: usize, count: Count, expected: u32) -> bool {
    let is = |at: usize, number: u32| {
        let text = page.lines.get(at).map(|_| page.line(at));
        text.is_some_and(|text| numbered(text, count, number).is_some())
    };
    is(place, expected) || is(place + 1, expected) || is(place + 1, 1) || run.entries.len() > 2
}

/// The head of a group that is glued to its first entry, and where the text of the
/// entry begins.
fn glued(text: &str, count: Count, expected: u32) -> Option<(Range<usize>, usize)> {
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
