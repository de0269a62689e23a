//! A first catalog for a library, to be edited: what was read of every document and
//! case, as the entries that would say so. Documents that have an entry are passed over.
//!
//! Read back unchanged it changes nothing. What it marks off is written out; everything
//! else that was read is a comment, to be uncommented and corrected.

use std::collections::HashSet;
use std::fmt::Write;

use aho_corasick::AhoCorasick;

use crate::case::{Case, CaseRef, Completeness, Document, Kind, Part, Reader, TextRange, Title};
use crate::corpus::Corpus;
use crate::language::{Label, Language};

/// The longest quote, in characters.
const LONGEST_QUOTE: usize = 40;

/// How many lines may be tried for a quote.
const TRIES: usize = 8;

/// How many lines the beginning of a case may take until no other place begins so.
const MOST_START: usize = 6;

/// The catalog of a library, as TOML with comments in a language.
pub fn write(corpus: &Corpus, language: Language) -> String {
    let mut toml = String::new();
    let about = Label(
        "核对、修改后存为资料文件夹中的 catalog.toml。以 # 开头的行是读到的内容，需要改正时去掉 # 再改。\n\
         quote 是文中只出现一次的文字；start 是案例的第一行；title_lines 是标题的行数；\n\
         end 是案例之后的第一行；sections 是各节标题的开头；reader = \"whole\" 表示整篇作为一份文件。",
        "Check it, edit it, and save it as catalog.toml in the folder of the documents. Lines that begin with # say\n\
         what was read: to correct one, remove the # and edit it. quote is text that occurs only once;\n\
         start is the first line of a case; title_lines counts the lines of its title; end is the first line\n\
         after it; sections are the beginnings of its headings; reader = \"whole\" keeps a document in one piece.",
    );
    for line in about.in_language(language).lines() {
        comment(&mut toml, line);
    }
    let quotes = quotes(corpus);
    let mut cases: Vec<Vec<&Case>> = vec![Vec::new(); corpus.documents.len()];
    for case in corpus.cases.iter().filter(|case| !is_whole(case)) {
        cases[case.document as usize].push(case);
    }
    for ((document, cases), quote) in corpus.documents.iter().zip(cases).zip(quotes) {
        toml.push('\n');
        let entry = Entry {
            document,
            cases,
            language,
        };
        entry.write(&mut toml, quote);
    }
    toml
}

fn is_whole(case: &Case) -> bool {
    matches!(case.completeness, Completeness::Whole | Completeness::Rest)
}

/// For each document a quote that occurs once in all of them, if one was found.
fn quotes(corpus: &Corpus) -> Vec<Option<&str>> {
    let mut candidates: Vec<(usize, &str)> = Vec::new();
    for (at, document) in corpus.documents.iter().enumerate() {
        let mut lines: Vec<&str> = lines(document.text()).take(40).collect();
        // Longer lines are rarer; of like ones the first.
        lines.sort_by_key(|line| std::cmp::Reverse(line.chars().count().min(LONGEST_QUOTE)));
        let quotes = lines.into_iter().take(TRIES);
        candidates.extend(quotes.map(|line| (at, first_characters(line))));
    }
    let texts: Vec<&str> = corpus.documents.iter().map(Document::text).collect();
    let patterns: Vec<&str> = candidates.iter().map(|(_, quote)| *quote).collect();
    let counts = occurrences(&patterns, &texts);
    let mut quotes = vec![None; corpus.documents.len()];
    for ((at, quote), count) in candidates.into_iter().zip(counts) {
        if count == 1 && quotes[at].is_none() {
            quotes[at] = Some(quote);
        }
    }
    quotes
}

/// How often each pattern occurs in the texts, counted up to 2.
fn occurrences(patterns: &[&str], texts: &[&str]) -> Vec<u8> {
    let mut counts = vec![0; patterns.len()];
    let Ok(finder) = AhoCorasick::new(patterns) else {
        return counts;
    };
    for text in texts {
        for found in finder.find_overlapping_iter(*text) {
            let count: &mut u8 = &mut counts[found.pattern().as_usize()];
            *count = (*count + 1).min(2);
        }
    }
    counts
}

/// The lines of a text that are not blank, without outer white space.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn first_characters(line: &str) -> &str {
    let end = line.char_indices().nth(LONGEST_QUOTE);
    line[..end.map_or(line.len(), |(at, _)| at)].trim_end()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    // Every string of JSON is one of TOML (TOML 1.0, "String"): the escapes of JSON are
    // among those of TOML, and control characters are always escaped or were cut.
    serde_json::to_string(text).expect("a text is written")
}

fn comment(toml: &mut String, text: &str) {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(toml, "# {text}").expect("a string takes all");
}

fn key(toml: &mut String, key: &str, value: &str) {
    writeln!(toml, "{key} = {value}").expect("a string takes all");
}

/// A key that says what was read.
fn read(toml: &mut String, name: &str, value: Option<String>) {
    if let Some(value) = value {
        key(toml, &format!("# {name}"), &value);
    }
}

/// One document of the catalog.
struct Entry<'a> {
    document: &'a Document,
    /// Its cases, without the entry of a whole document.
    cases: Vec<&'a Case>,
    language: Language,
}

impl Entry<'_> {
    fn write(&self, toml: &mut String, quote: Option<&str>) {
        let Document {
            name, about, basis, ..
        } = self.document;
        let reader = Label(basis.reader.name(), basis.reader.english()).in_language(self.language);
        let why = basis.why.in_language(self.language);
        comment(toml, &format!("{name}: {reader}; {why}"));
        if self.document.in_catalog {
            let has = Label("编目中已有条目", "the catalog has an entry for it");
            return comment(toml, has.in_language(self.language));
        }
        let Some(quote) = quote else {
            let none = Label(
                "没有找到只出现一次的文字，无法写出条目",
                "no text of it occurs only once, so that an entry cannot be written",
            );
            return comment(toml, none.in_language(self.language));
        };
        toml.push_str("[[document]]\n");
        key(toml, "quote", &quoted(quote));
        let text = |text: &Option<String>| text.as_deref().map(quoted);
        read(toml, "title", text(&about.title));
        read(toml, "publisher", text(&about.publisher));
        read(toml, "date", text(&about.date));
        read(toml, "number", text(&about.number));
        read(toml, "reporter", text(&about.reporter));
        read(toml, "year", about.year.map(|year| year.to_string()));
        let kind = about.kind.map(|kind| match kind {
            Kind::Newspaper => "newspaper",
            Kind::News => "news",
            Kind::Compilation => "compilation",
        });
        read(toml, "kind", kind.map(quoted));
        if basis.reader == Reader::Whole {
            return;
        }
        match self.borders() {
            Some(borders) => {
                for (case, border) in self.cases.iter().zip(borders) {
                    self.border(toml, case, &border);
                }
            }
            None => self.quotes(toml),
        }
    }

    /// What is read of a case, after the keys that say where it is.
    fn case(&self, toml: &mut String, case: &Case) {
        let case = CaseRef {
            case,
            document: self.document,
        };
        read(toml, "title", Some(quoted(&case.title())));
        let org = case.orgs();
        read(toml, "org", (!org.is_empty()).then(|| quoted(&org)));
        read(toml, "year", case.case.year.map(|year| year.to_string()));
        let sections: Vec<String> = case
            .sections()
            .iter()
            .map(|section| quoted(first_characters(&section.heading)))
            .collect();
        let sections = (!sections.is_empty()).then(|| format!("[{}]", sections.join(", ")));
        read(toml, "sections", sections);
    }

    fn border(&self, toml: &mut String, case: &Case, border: &Border) {
        toml.push_str("\n[[document.case]]\n");
        key(toml, "start", &quoted(&border.start));
        if let Some(end) = &border.end {
            key(toml, "end", &quoted(end));
        }
        key(toml, "title_lines", &border.title_lines.to_string());
        self.case(toml, case);
    }

    /// Entries that complete or correct what a reader finds by itself.
    fn quotes(&self, toml: &mut String) {
        let text = self.document.text();
        let mut candidates: Vec<(usize, &str)> = Vec::new();
        for (at, case) in self.cases.iter().enumerate() {
            let ranges = ranges(case);
            let mut lines: Vec<&str> = ranges
                .into_iter()
                .flat_map(|range| lines(self.document.slice(range)))
                .take(TRIES)
                .map(first_characters)
                .collect();
            lines.dedup();
            candidates.extend(lines.into_iter().map(|line| (at, line)));
        }
        let patterns: Vec<&str> = candidates.iter().map(|(_, quote)| *quote).collect();
        let counts = occurrences(&patterns, &[text]);
        let mut done = HashSet::new();
        for ((at, quote), count) in candidates.into_iter().zip(counts) {
            if count == 1 && done.insert(at) {
                toml.push_str("\n[[document.case]]\n");
                key(toml, "quote", &quoted(quote));
                self.case(toml, self.cases[at]);
            }
        }
    }

    /// How each case is marked off, where all of them can be: each begins a line as no
    /// other line does, and its text is all that follows.
    fn borders(&self) -> Option<Vec<Border>> {
        // Sections without numbers are known again by the format alone.
        let is_marked_off = match self.document.basis.reader {
            Reader::Compilation | Reader::Catalog => true,
            Reader::Headings => self.document.structure.has_headings(),
            _ => false,
        };
        if !is_marked_off {
            return None;
        }
        let lines = Lines::of(self.document);
        let starts: Option<Vec<usize>> = self
            .cases
            .iter()
            .map(|case| lines.starting_at(ranges(case).first()?.start))
            .collect();
        let starts = starts?;
        let case = |(at, case): (usize, &&Case)| {
            if case.lines.list.is_some() || matches!(case.title, Title::Editor(_)) {
                return None;
            }
            let last = ranges(case).iter().map(|range| range.end).max()?;
            let after = lines.after(last);
            let next = starts.get(at + 1).copied().unwrap_or(lines.all.len());
            let end = if after < next && !self.is_furniture(&lines, after..next) {
                Some(lines.beginning(after)?)
            } else {
                None
            };
            let title_lines = match &case.title {
                Title::Printed(printed) => {
                    let lines = printed.iter().map(|range| self.document.slice(*range));
                    lines.map(|line| line.lines().count()).sum()
                }
                Title::Editor(_) => 0,
            };
            Some(Border {
                start: lines.beginning(starts[at])?,
                end,
                title_lines,
            })
        };
        self.cases.iter().enumerate().map(case).collect()
    }

    /// Whether all of some lines, by their places, are a page's.
    fn is_furniture(&self, lines: &Lines<'_>, places: std::ops::Range<usize>) -> bool {
        let claims = &self.document.claims;
        let of_page: HashSet<u32> = claims
            .iter()
            .filter(|(_, part)| *part == Part::Furniture)
            .map(|(range, _)| range.start)
            .collect();
        lines.all[places]
            .iter()
            .all(|line| of_page.contains(&line.0))
    }
}

/// Title lines and blocks of a case, in order.
fn ranges(case: &Case) -> Vec<TextRange> {
    let titles: &[TextRange] = match &case.title {
        Title::Printed(lines) => lines,
        Title::Editor(_) => &[],
    };
    let blocks = case.blocks.iter().map(|block| block.range);
    titles.iter().copied().chain(blocks).collect()
}

/// How a case is marked off.
struct Border {
    start: String,
    end: Option<String>,
    title_lines: usize,
}

/// The lines of a document that are not blank.
struct Lines<'a> {
    /// The byte at which each begins, and its text.
    all: Vec<(u32, &'a str)>,
    /// The places of all lines, by their texts.
    sorted: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(document: &'a Document) -> Self {
        let text = document.text();
        let all: Vec<(u32, &str)> = lines(text)
            .map(|line| ((line.as_ptr().addr() - text.as_ptr().addr()) as u32, line))
            .collect();
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        sorted.sort_by_key(|&at| all[at].1);
        Self { all, sorted }
    }

    /// The place of the line that begins at a byte.
    fn starting_at(&self, byte: u32) -> Option<usize> {
        self.all.binary_search_by_key(&byte, |line| line.0).ok()
    }

    /// The place of the first line that begins at a byte or after it.
    fn after(&self, byte: u32) -> usize {
        self.all.partition_point(|line| line.0 < byte)
    }

    /// The line at a place with as many of those below it as it takes to be the only
    /// ones that begin so.
    fn beginning(&self, at: usize) -> Option<String> {
        (1..=MOST_START.min(self.all.len() - at)).find_map(|count| {
            let lines: Vec<&str> = self.all[at..at + count].iter().map(|line| line.1).collect();
            self.is_only(&lines).then(|| lines.join("\n"))
        })
    }

    /// Whether these lines begin exactly one place. The last of them may be the beginning
    /// of a longer line.
    fn is_only(&self, lines: &[&str]) -> bool {
        let first = lines[0];
        let from = self.sorted.partition_point(|&at| self.all[at].1 < first);
        let like = self.sorted[from..]
            .iter()
            .take_while(|&&at| self.all[at].1.starts_with(first));
        let begins = |at: &&usize| {
            let here = self.all[**at..].iter().map(|line| line.1);
            let mut pairs = here.clone().zip(lines).enumerate();
            here.take(lines.len()).count() == lines.len()
                && pairs.all(|(below, (line, wanted))| {
                    line == *wanted || below + 1 == lines.len() && line.starts_with(wanted)
                })
        };
        like.filter(begins).take(2).count() == 1
    }
}
