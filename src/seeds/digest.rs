//! A digest: numbered lists of cases under heads that name their category, then
//! an abstract of each.
//!
//! An entry of a list is one line, `1.title title(bodies)`; a list's head may
//! be glued to its first entry. An abstract is its title on lines of its own,
//! then one paragraph, `(bodies) text`. The category is known from the list
//! alone, so an abstract is led back to its entry: by its title, in which white
//! space and marks do not count, since the list joins what the abstract parts.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use super::about::reporter;
use super::entries::{Count, in_brackets, letters, numbered};
use super::front;
use super::headings::{self, Numbering};
use super::lines::{Line, Page, ends_a_sentence, is_short, within};
use super::orgs::Names;
use super::reading::{Draft, Findings, Material, category_of, paragraph};
use super::supplement::is_byline;
use super::words::Oddity;
use crate::case::{
    Basis, Category, Completeness, Confidence, Lines, Part, Reader, TextRange, Title,
};
use crate::language::Sentence;

/// An entry of a list.
struct Entry {
    line: u32,
    title: TextRange,
    orgs: String,
    group: Option<TextRange>,
    used: bool,
}

/// An entry of a list as a line prints it; bytes of the line.
struct EntryLine {
    /// Where its number begins.
    start: usize,
    number: u32,
    title: Range<usize>,
    orgs: Vec<Range<usize>>,
}

/// The beginning of an abstract; bytes of the line.
struct Abstract {
    /// The bodies, one for each bracket.
    orgs: Vec<Range<usize>>,
    /// Where the text begins.
    start: usize,
}

/// The title over an abstract that an entry lists; bytes of the line.
struct Head {
    title: Range<usize>,
    /// The bodies after it; empty if it is the title alone.
    orgs: Vec<Range<usize>>,
}

/// Title lines of the longest abstract. The documents have one or two.
const TITLE_LINES: usize = 3;

/// Marks before the heading of a part of the document.
const MARKS: [char; 4] = ['■', '●', '◆', '▲'];

/// The longest title line, in characters. The longest of the documents has 43.
const LONGEST: usize = 80;

/// The least share of the document's characters that lists and abstracts must have.
const SHARE: f64 = 0.33;

/// The cases of a digest, if the document is one.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, names, .. } = material;
    let mut listed: HashSet<&str> = HashSet::new();
    let mut items: Vec<Option<EntryLine>> = Vec::with_capacity(page.lines.len());
    let mut expected = 1;
    let mut titles: HashSet<String> = HashSet::new();
    let mut entries: HashSet<String> = HashSet::new();
    for line in &page.lines {
        let text = page.slice(line.range);
        let item = item(text, expected, names);
        // An entry that was listed before heads its abstract.
        let item = item.filter(|item| {
            titles.insert(letters(&text[item.title.clone()]));
            entries.insert(letters(&text[item.title.start..]))
        });
        if let Some(item) = &item {
            expected = item.number + 1;
            listed.extend(item.orgs.iter().map(|org| &text[org.clone()]));
        }
        items.push(item);
    }
    let abstracts: Vec<Option<Abstract>> = page
        .lines
        .iter()
        .map(|line| abstract_of(page.slice(line.range), names, &listed))
        .collect();
    let heads: Vec<Option<Head>> = (0..page.lines.len())
        .map(|at| {
            let goes_on = at + 1 < page.lines.len() && abstracts[at + 1].is_none();
            let is_free = items[at].is_none() && abstracts[at].is_none() && goes_on;
            let text = page.line(at);
            (is_free && is_short(text, 160))
                .then(|| head_of(text, names, &titles))
                .flatten()
        })
        .collect();
    let either = |at: &usize| {
        let below = at
            .checked_sub(1)
            .is_some_and(|above| heads[above].is_some());
        items[*at].is_some() || abstracts[*at].is_some() || heads[*at].is_some() || below
    };
    let has = |found: usize| found > 0;
    let heads_count = heads.iter().flatten().count();
    let count = abstracts.iter().flatten().count() + heads_count;
    if !has(items.iter().flatten().count())
        || !has(count)
        || page.share((0..page.lines.len()).filter(either)) < SHARE
    {
        return None;
    }
    let mut digest = Digest {
        material,
        reading: Findings::default(),
        entries: Vec::new(),
        by_title: Places::default(),
        by_orgs: Places::default(),
        waiting: Vec::new(),
        category: None,
        group: None,
        is_told: false,
    };
    let tells = |at: &usize| abstracts[*at].is_some() || heads[*at].is_some();
    let told = (0..page.lines.len()).rfind(tells).unwrap_or(0);
    let is_appendix = |at: &usize| front::begins_appendix(page.line(*at));
    let end = (told..page.lines.len()).find(is_appendix);
    let lines = page.lines[..end.unwrap_or(page.lines.len())].iter();
    for (((&line, item), found), title) in lines.zip(items).zip(abstracts).zip(heads) {
        let text = page.slice(line.range);
        let head = headings::mark(text).filter(|mark| mark.numbering == Numbering::Chinese);
        if let Some(item) = item {
            if head.is_some() && item.start > 0 {
                digest.begin_list(within(page, line.range, 0, item.start));
            }
            digest.list(line, &item);
        } else if head.is_some() && digest.reading.cases.is_empty() && is_short(text, LONGEST) {
            digest.begin_list(line.range);
            digest.set_aside();
            digest.reading.claim(line.range, Part::ListEntry);
        } else if let Some(found) = found {
            digest.tell(line, &found);
        } else if let Some(title) = title {
            digest.begin(line, &title);
        } else if head.is_some() && digest.heads_a_list(text) {
            digest.set_aside();
            digest.reading.claim(line.range, Part::ListEntry);
        } else {
            digest.waiting.push(line);
        }
    }
    digest.set_aside();
    Some(digest.finish())
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
    reading: Findings,
    entries: Vec<Entry>,
    by_title: Places,
    by_orgs: Places,
    /// Lines that may turn out to be a title.
    waiting: Vec<Line>,
    /// The category of the list that is being read, its head, and whether a warning
    /// says that it has no category.
    category: Option<Category>,
    group: Option<TextRange>,
    is_told: bool,
}

impl Digest<'_> {
    fn begin_list(&mut self, head: TextRange) {
        self.category = category_of(self.material.page.slice(head));
        self.group = Some(head);
        self.is_told = false;
    }

    fn list(&mut self, line: Line, item: &EntryLine) {
        self.set_aside();
        if self.category.is_none() && !self.is_told {
            self.reading.warn(line.number, Oddity::NoCategoryInList);
            self.is_told = true;
        }
        let page = self.material.page;
        let text = page.slice(line.range);
        let head = within(page, line.range, 0, item.start);
        let rest = within(page, line.range, item.start, text.len());
        self.reading.claim(head, Part::ListEntry);
        self.reading.claim(rest, Part::ListEntry);
        let place = self.entries.len();
        let title = letters(&text[item.title.clone()]);
        let orgs = printed(text, &item.orgs);
        self.by_title.entry(title).or_default().push_back(place);
        self.by_orgs
            .entry(orgs.clone())
            .or_default()
            .push_back(place);
        self.entries.push(Entry {
            line: line.number,
            title: within(page, line.range, item.title.start, item.title.end),
            orgs,
            group: self.group,
            used: false,
        });
    }

    /// Whether a line is the head of a list above.
    fn heads_a_list(&self, text: &str) -> bool {
        let mut groups = self.entries.iter().filter_map(|entry| entry.group);
        groups.any(|group| self.material.page.slice(group) == text)
    }

    /// Begins a case with its title, whose text is below it.
    fn begin(&mut self, line: Line, head: &Head) {
        self.set_aside();
        let Material { page, names, .. } = self.material;
        let text = page.slice(line.range);
        let title = letters(&text[head.title.clone()]);
        let listed = next_unused(&mut self.by_title, &title, &self.entries).map(|at| {
            self.entries[at].used = true;
            &self.entries[at]
        });
        let mut printed = printed(text, &head.orgs);
        if let Some(entry) = listed.filter(|_| printed.is_empty()) {
            printed.clone_from(&entry.orgs);
        }
        let orgs = names.orgs(&printed);
        let group = listed.and_then(|entry| entry.group);
        let (category, area) = names.place_below(&orgs, group.map(|head| page.slice(head)));
        let list = listed.map(|entry| entry.line);
        let range = within(page, line.range, head.title.start, head.title.end);
        if list.is_none() {
            self.reading.warn(line.number, Oddity::NotListed);
        }
        self.reading.claim(line.range, Part::Case);
        self.reading.cases.push(Draft {
            lines: Lines {
                first: line.number,
                last: line.number,
                list,
            },
            category,
            area,
            group,
            year: None,
            completeness: Completeness::Abstract,
            title: Some(Title::Printed(vec![range])),
            orgs,
            blocks: Vec::new(),
        });
    }

    /// Makes an abstract a case: the paragraph in `line`, whose text begins at
    /// the byte `start`, and the title in front of it.
    fn tell(&mut self, line: Line, found: &Abstract) {
        let Material { page, names, .. } = self.material;
        let text = page.slice(line.range);
        let start = found.start;
        let printed = &printed(text, &found.orgs);
        let (titles, entry) = self.title(printed);
        let from = self.waiting.len() - titles;
        let title: Vec<Line> = self.waiting.split_off(from);
        self.set_aside();
        let orgs = names.orgs(printed);
        let first = title.first().unwrap_or(&line).number;
        let list = entry.map(|at| {
            self.entries[at].used = true;
            &self.entries[at]
        });
        let group = list.and_then(|entry| entry.group);
        let listed_title = list.map(|entry| entry.title);
        let (category, area) = names.place_below(&orgs, group.map(|head| page.slice(head)));
        let other = list
            .filter(|entry| entry.orgs != *printed)
            .map(|entry| entry.line);
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
        let mut ranges: Vec<TextRange> = title.iter().map(|line| line.range).collect();
        if ranges.is_empty() {
            ranges.extend(listed_title);
        }
        self.reading.cases.push(Draft {
            lines: Lines {
                first,
                last: line.number,
                list,
            },
            category,
            area,
            group,
            year: None,
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
        // What has no word of the title in the list is the head of the abstracts.
        let listed = found.map(|at| page.slice(self.entries[at].title));
        let lines = self.waiting.iter().rev().take(count);
        let is_other = listed.is_some_and(|listed| {
            let mut lines = lines.map(|line| page.slice(line.range));
            lines.all(|line| line.starts_with(MARKS) || is_head(line, listed))
        });
        let count = if is_other { 0 } else { count };
        if let Some(at) = found.filter(|_| count > 0) {
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
                    self.reading.claim(line.range, Part::Own);
                }
            }
        }
    }

    fn finish(mut self) -> Findings {
        for entry in self.entries.iter().filter(|entry| !entry.used) {
            self.reading.warnings.push((entry.line, Oddity::NoAbstract));
        }
        self.reading.title = title_of(self.material.page, &self.entries);
        let cases = self.reading.cases.len();
        let joined = self.entries.iter().filter(|entry| entry.used).count();
        self.reading.claim_rest(self.material.page, Part::Own);
        self.reading.basis = Basis {
            reader: Reader::Digest,
            confidence: match joined {
                _ if joined == cases && joined == self.entries.len() => Confidence::High,
                0 => Confidence::Low,
                _ => Confidence::Medium,
            },
            why: Sentence::new(
                format!(
                    "名单 {} 条，摘要 {cases} 篇，其中 {joined} 篇与名单对应",
                    self.entries.len()
                ),
                format!(
                    "a list of {} entries and {cases} abstracts, {joined} of which are in the list",
                    self.entries.len()
                ),
            ),
        };
        self.reading
    }
}

/// Returns the title that the document prints over its lists, after a mark such as ■.
fn title_of(page: &Page<'_>, entries: &[Entry]) -> Option<String> {
    let first = entries.first()?.line;
    let before = page.lines.iter().filter(|line| line.number < first);
    let texts = before.map(|line| page.slice(line.range));
    let title = texts.rev().find_map(|text| text.strip_prefix(MARKS))?;
    is_short(title, LONGEST).then(|| title.trim().to_owned())
}

/// The entry of a list in a line, after the head of the list or not. `expected` is the
/// number after that of the entry before.
fn item(text: &str, expected: u32, names: &Names) -> Option<EntryLine> {
    // The longest entry of the documents, with its head, has 93 characters.
    if !text.ends_with([')', '）']) || !is_short(text, 160) {
        return None;
    }
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let starts = std::iter::once(0).chain(spaces.map(|(at, c)| at + c.len_utf8()));
    let (start, number, behind) = starts.take(16).find_map(|start| {
        let number = [expected, 1]
            .into_iter()
            .find_map(|number| {
                let counts = [Count::Digits, Count::BracketedDigits, Count::Circled];
                let found = counts
                    .iter()
                    .find_map(|count| numbered(&text[start..], *count, number));
                Some((number, found?))
            })
            .or_else(|| any_number(&text[start..]));
        let (number, bytes) = number?;
        Some((start, number, start + bytes))
    })?;
    let parts = in_brackets(text, behind, names)?;
    Some(EntryLine {
        start,
        number,
        title: parts.title,
        orgs: parts.orgs,
    })
}

/// Returns the title over an abstract, with or without bodies after it, if `titles` lists it.
fn head_of(text: &str, names: &Names, titles: &HashSet<String>) -> Option<Head> {
    let start = any_number(text).map_or(0, |(_, bytes)| bytes);
    let is_listed = |title: &Range<usize>| titles.contains(&letters(&text[title.clone()]));
    let with_orgs = in_brackets(text, start, names).map(|parts| Head {
        title: parts.title,
        orgs: parts.orgs,
    });
    let alone = || Head {
        title: start..text.len(),
        orgs: Vec::new(),
    };
    let heads = with_orgs.into_iter().chain([alone()]);
    heads.into_iter().find(|head| is_listed(&head.title))
}

/// Whether a line heads the abstracts: it has no word of two characters in common with
/// the title that is listed.
fn is_head(line: &str, listed: &str) -> bool {
    let line: Vec<char> = letters(line).chars().collect();
    let listed = letters(listed);
    let mut words = line.windows(2).map(|word| word.iter().collect::<String>());
    !words.any(|word| listed.contains(&word))
}

/// The number of an entry that is out of order: `7.题目`.
fn any_number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits)?.parse().ok().filter(|_| digits < 4)?;
    Some((number, numbered(text, Count::Digits, number)?))
}

/// The bodies at the start of an abstract, in brackets, and where its text begins.
/// What a list has in the last brackets of an entry is a body, whatever it ends in.
fn abstract_of(text: &str, names: &Names, listed: &HashSet<&str>) -> Option<Abstract> {
    let mut orgs = Vec::new();
    let mut start = any_number(text).map_or(0, |(_, bytes)| bytes);
    while let Some(inside) = first_brackets(&text[start..]) {
        let inside = start + inside.start..start + inside.end;
        let name = &text[inside.clone()];
        if !listed.contains(name) && !names.are_orgs(name) {
            break;
        }
        start = inside.end + text[inside.end..].chars().next().map_or(0, char::len_utf8);
        orgs.push(inside);
    }
    (!orgs.is_empty()).then_some(Abstract { orgs, start })
}

/// What the brackets hold with which a text begins; brackets may contain brackets.
fn first_brackets(text: &str) -> Option<Range<usize>> {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let mut depth = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open.len_utf8()..at);
        }
    }
    None
}

/// The bodies of some brackets as one text, parted by 、.
fn printed(text: &str, orgs: &[Range<usize>]) -> String {
    let orgs: Vec<&str> = orgs.iter().map(|org| &text[org.clone()]).collect();
    orgs.join("、")
}
