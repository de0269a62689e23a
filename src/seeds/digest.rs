//! A digest: numbered lists of cases under heads that name their category, then
//! an abstract of each.
//!
//! An entry of a list is one line, `1.title title(bodies)`; a list's head may
//! be glued to its first entry. An abstract is its title on lines of its own,
//! then one paragraph, `(bodies) text`. The category is known from the list
//! alone, so an abstract is led back to its entry: by its title, in which white
//! space and marks do not count, since the list joins what the abstract parts.

use std::collections::{HashMap, VecDeque};

use super::about::reporter;
use super::headings::{self, Numbering};
use super::lines::{Line, Page, ends_a_sentence, is_short, within};
use super::orgs::Names;
use super::reading::{Draft, Material, Reading, paragraph};
use super::supplement::is_byline;
use super::words::Oddity;
use crate::case::{Category, Completeness, Lines, Part, TextRange, Title};
use crate::text::script::to_simplified;

/// An entry of a list.
struct Entry {
    line: u32,
    orgs: String,
    category: Option<Category>,
    used: bool,
}

/// An entry of a list as a line prints it; bytes of the line.
struct Item {
    start: usize,
    title: std::ops::Range<usize>,
    orgs: std::ops::Range<usize>,
}

/// Title lines of the longest abstract. The documents have one or two.
const TITLE_LINES: usize = 3;

/// What stands in front of a head of a part of the document.
const MARKS: [char; 4] = ['■', '●', '◆', '▲'];

/// The longest title line, in characters. The longest of the documents has 43.
const LONGEST: usize = 80;

pub(super) fn looks_like(material: Material<'_>) -> bool {
    let Material { page, names, .. } = material;
    let texts = || (0..page.lines.len()).map(|at| page.line(at));
    texts().any(|text| item(text, names).is_some())
        && texts().any(|text| abstract_of(text, names).is_some())
}

pub(super) fn read(material: Material<'_>) -> Reading {
    let Material { page, names, .. } = material;
    let mut digest = Digest {
        material,
        reading: Reading::default(),
        entries: Vec::new(),
        by_title: Places::default(),
        by_orgs: Places::default(),
        waiting: Vec::new(),
        category: None,
        is_told: false,
    };
    for &line in &page.lines {
        let text = page.slice(line.range);
        let head = headings::mark(text).filter(|mark| mark.numbering == Numbering::Chinese);
        if let Some(item) = item(text, names) {
            if head.is_some() {
                digest.begin_list(&text[..item.start]);
            }
            digest.list(line, &item);
        } else if head.is_some() && digest.reading.cases.is_empty() && is_short(text, LONGEST) {
            digest.begin_list(text);
            digest.set_aside();
            digest.reading.claim(line.range, Part::Furniture);
        } else if let Some((orgs, start)) = abstract_of(text, names) {
            digest.tell(line, orgs, start);
        } else {
            digest.waiting.push(line);
        }
    }
    digest.set_aside();
    digest.finish()
}

/// The places of all entries with a title, or with a name of bodies.
type Places = HashMap<String, VecDeque<usize>>;

/// The first entry under `name` that no abstract has taken yet.
fn next_unused(places: &mut Places, name: &str, entries: &[Entry]) -> Option<usize> {
    let places = places.get_mut(name)?;
    while places.front().is_some_and(|&place| entries[place].used) {
        places.pop_front();
    }
    places.front().copied()
}

/// A digest while it is read.
struct Digest<'a> {
    material: Material<'a>,
    reading: Reading,
    entries: Vec<Entry>,
    by_title: Places,
    by_orgs: Places,
    /// Lines that may turn out to be a title.
    waiting: Vec<Line>,
    /// The category of the list that is being read, and whether it was told that
    /// it has none.
    category: Option<Category>,
    is_told: bool,
}

impl Digest<'_> {
    fn begin_list(&mut self, head: &str) {
        self.category = category_of(head);
        self.is_told = false;
    }

    fn list(&mut self, line: Line, item: &Item) {
        self.set_aside();
        if self.category.is_none() && !self.is_told {
            self.reading.warn(line.number, Oddity::NoCategoryInList);
            self.is_told = true;
        }
        let page = self.material.page;
        let text = page.slice(line.range);
        let head = within(page, line.range, 0, item.start);
        let rest = within(page, line.range, item.start, text.len());
        self.reading.claim(head, Part::Furniture);
        self.reading.claim(rest, Part::ListEntry);
        let place = self.entries.len();
        let title = letters(&text[item.title.clone()]);
        let orgs = text[item.orgs.clone()].to_owned();
        self.by_title.entry(title).or_default().push_back(place);
        self.by_orgs
            .entry(orgs.clone())
            .or_default()
            .push_back(place);
        self.entries.push(Entry {
            line: line.number,
            orgs,
            category: self.category,
            used: false,
        });
    }

    /// Makes an abstract a case: the paragraph in `line`, whose text begins at
    /// the byte `start`, and the title in front of it.
    fn tell(&mut self, line: Line, orgs: std::ops::Range<usize>, start: usize) {
        let Material { page, names, .. } = self.material;
        let text = page.slice(line.range);
        let printed = &text[orgs];
        let (titles, entry) = self.title(printed);
        let from = self.waiting.len() - titles;
        let title: Vec<Line> = self.waiting.split_off(from);
        self.set_aside();
        let orgs = names.orgs(printed);
        let (mut category, mut area) = names.place(&orgs);
        let first = title.first().unwrap_or(&line).number;
        let list = entry.map(|at| {
            self.entries[at].used = true;
            &self.entries[at]
        });
        if let Some(known) = list.and_then(|entry| entry.category) {
            category = Some(known);
            area = names.area_for(category, &orgs);
        }
        let other = list.filter(|entry| entry.orgs != printed);
        let other = other.map(|entry| entry.line);
        let list = list.map(|entry| entry.line);
        if let Some(listed) = other {
            self.reading.warn(first, Oddity::OtherBodiesInList(listed));
        }
        if list.is_none() {
            self.reading.warn(first, Oddity::NotListed);
        }
        self.reading.claim_lines(&title, Part::Case);
        self.reading.claim(line.range, Part::Case);
        let body = within(page, line.range, start, text.len());
        let blocks = (body.start < body.end).then(|| paragraph(body));
        let ranges: Vec<TextRange> = title.iter().map(|line| line.range).collect();
        self.reading.cases.push(Draft {
            lines: Lines {
                first,
                last: line.number,
                list,
            },
            category,
            area,
            completeness: Completeness::Abstract,
            title: (!ranges.is_empty()).then_some(Title::Printed(ranges)),
            orgs,
            blocks: blocks.into_iter().collect(),
        });
    }

    /// How many of the waiting lines are the title of the abstract that names
    /// the bodies `orgs`, and which entry lists it.
    fn title(&mut self, orgs: &str) -> (usize, Option<usize>) {
        let page = self.material.page;
        let mut key = String::new();
        let lines = self.waiting.iter().rev().take(TITLE_LINES);
        for (count, line) in lines.enumerate() {
            key.insert_str(0, &letters(page.slice(line.range)));
            let found = next_unused(&mut self.by_title, &key, &self.entries);
            // A line of marks alone is no title.
            let found = found.filter(|_| !key.is_empty());
            if found.is_some() {
                return (count + 1, found);
            }
        }
        let may_be_title = |line: &&Line| {
            let text = page.slice(line.range);
            is_short(text, LONGEST)
                && !ends_a_sentence(text)
                && text.starts_with(|c: char| c.is_alphanumeric() || "“‘《「『—".contains(c))
        };
        let lines = self.waiting.iter().rev().take(TITLE_LINES);
        let count = lines.take_while(may_be_title).count();
        let found = next_unused(&mut self.by_orgs, orgs, &self.entries);
        if let Some(at) = found {
            let listed = self.entries[at].line;
            let line = self.waiting.last().map_or(listed, |line| line.number);
            self.reading.warn(line, Oddity::OtherTitleInList(listed));
        }
        (count, found)
    }

    /// Settles that no waiting line is a title: sentences go on with the case
    /// before them, all else is furniture.
    fn set_aside(&mut self) {
        let page = self.material.page;
        for line in std::mem::take(&mut self.waiting) {
            let text = page.slice(line.range);
            match self.reading.cases.last_mut() {
                Some(case) if ends_a_sentence(text) || !is_short(text, LONGEST) => {
                    case.lines.last = line.number;
                    case.blocks.push(paragraph(line.range));
                    self.reading.claim(line.range, Part::Case);
                }
                last => {
                    let is_expected =
                        text.starts_with(MARKS) || is_byline(text) || reporter(text).is_some();
                    if last.is_some() && !is_expected {
                        self.reading.warn(line.number, Oddity::StrayLine);
                    }
                    self.reading.claim(line.range, Part::Furniture);
                }
            }
        }
    }

    fn finish(mut self) -> Reading {
        for entry in self.entries.iter().filter(|entry| !entry.used) {
            self.reading.warnings.push((entry.line, Oddity::NoAbstract));
        }
        self.reading.title = title_of(self.material.page, &self.entries);
        self.reading
    }
}

/// The title that the document prints over its lists, behind a mark such as ■.
fn title_of(page: &Page<'_>, entries: &[Entry]) -> Option<String> {
    let first = entries.first()?.line;
    let before = page.lines.iter().filter(|line| line.number < first);
    let texts = before.map(|line| page.slice(line.range));
    let title = texts.rev().find_map(|text| text.strip_prefix(MARKS))?;
    is_short(title, LONGEST).then(|| title.trim().to_owned())
}

/// The entry of a list in a line, behind the head of the list or not.
fn item(text: &str, names: &Names) -> Option<Item> {
    // The longest entry of the documents, with its head, has 93 characters.
    if !text.ends_with([')', '）']) || !is_short(text, 160) {
        return None;
    }
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let starts = starts.map(|(at, c)| at + c.len_utf8());
    let start = std::iter::once(0).chain(starts).find(|&at| {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits) && text[at + digits..].starts_with(['.', '．', '、'])
    })?;
    let behind_number = start + text[start..].find(['.', '．', '、'])?;
    let dot = text[behind_number..].chars().next()?.len_utf8();
    let close = text.char_indices().next_back()?.0;
    let open = text[..close].rfind(['(', '（'])?;
    let inside = open + text[open..].chars().next()?.len_utf8();
    let title = behind_number + dot..open;
    let is_entry = title.start < title.end && names.are_orgs(&text[inside..close]);
    is_entry.then_some(Item {
        start,
        title,
        orgs: inside..close,
    })
}

/// The bodies at the start of an abstract, in parentheses, and where its text
/// begins; bytes of the line.
fn abstract_of(text: &str, names: &Names) -> Option<(std::ops::Range<usize>, usize)> {
    let inside = text.strip_prefix(['(', '（'])?;
    let start = text.len() - inside.len();
    let (length, close) = inside
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| matches!(c, ')' | '）'))?;
    let behind = start + length + close.len_utf8();
    let found = names.are_orgs(&inside[..length]);
    found.then_some((start..start + length, behind))
}

/// Letters and digits alone: what a title is compared by.
fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The category that the head of a list names.
fn category_of(head: &str) -> Option<Category> {
    let head = to_simplified(head);
    let names = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if names(&["部门"]) {
        Some(Category::Department)
    } else if names(&["功能区", "管理机构", "推进机构", "重点项目"]) {
        Some(Category::Zone)
    } else if names(&["区、市", "区市", "各区", "区县", "区（市）", "区(市)"]) {
        Some(Category::District)
    } else {
        None
    }
}
