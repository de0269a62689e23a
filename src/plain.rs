//! The explorer by lines: a question, numbered answers, a text. Only ever
//! appends, and writes no escape sequence, for screen readers, braille, serial
//! lines and logs.

use std::io::{self, BufRead, Write};

use crate::app::keymap::half_width;
use crate::app::words::{Label, Words};
use crate::cite::Citation;
use crate::corpus::{CaseIndex, Corpus};
use crate::language::Language;
use crate::search::Found;
use crate::store::State;
use crate::text::gate;
use crate::text::script::Script;

/// Hits that are told at once.
const BATCH: usize = 10;

/// What stops a session.
#[derive(Debug)]
pub enum Error {
    /// The lines cannot be read.
    Read(io::Error),
    /// The answers cannot be written.
    Write(io::Error),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// What a session writes beside the cases themselves.
pub struct Session<'a, W> {
    corpus: &'a Corpus,
    /// Answers a query.
    search: &'a dyn Fn(&str) -> Found,
    language: Language,
    /// Makes a reference for a case.
    cite: &'a dyn Fn(CaseIndex) -> Citation,
    out: W,
    hits: Vec<CaseIndex>,
    told: usize,
    reading: Option<CaseIndex>,
}

impl<'a, W: Write> Session<'a, W> {
    /// A session over a corpus that writes to `out`.
    pub fn new(
        corpus: &'a Corpus,
        search: &'a dyn Fn(&str) -> Found,
        language: Language,
        cite: &'a dyn Fn(CaseIndex) -> Citation,
        out: W,
    ) -> Self {
        Self {
            corpus,
            search,
            language,
            cite,
            out,
            hits: Vec::new(),
            told: 0,
            reading: None,
        }
    }

    /// Asks and answers until the input ends or the reader quits. `query` is
    /// answered first, unless it is empty.
    ///
    /// # Errors
    ///
    /// When reading or writing fails.
    pub fn run(&mut self, query: &str, input: &mut dyn BufRead) -> Result<(), Error> {
        let cases = self.corpus.len();
        let words = Words::of(self.language);
        writeln!(self.out, "{}  {}", words.program, (words.cases)(cases))?;
        self.say(HELP)?;
        if !query.is_empty() {
            self.find(query)?;
        }
        let mut line = Vec::new();
        loop {
            write!(self.out, "> ")?;
            self.out.flush()?;
            line.clear();
            // A serial line has noise, and an old terminal another encoding.
            let read = input.read_until(b'\n', &mut line).map_err(Error::Read)?;
            if read == 0 || !self.answer(String::from_utf8_lossy(&line).trim())? {
                return Ok(writeln!(self.out)?);
            }
        }
    }

    /// Answers one line; false when the reader quits.
    fn answer(&mut self, line: &str) -> io::Result<bool> {
        let command: String = line.chars().map(half_width).collect();
        match (command.as_str(), command.parse::<usize>()) {
            ("q", _) => return Ok(false),
            ("?", _) => self.say(HELP)?,
            ("", _) if self.told == self.hits.len() => self.say(NO_MORE)?,
            ("", _) => self.tell()?,
            ("c", _) => self.with_case(|session, case| {
                let citation = (session.cite)(case);
                writeln!(session.out, "{}", citation.text)?;
                let lacks = Words::of(session.language).lacks(&citation);
                match lacks.is_empty() {
                    true => Ok(()),
                    false => writeln!(session.out, "{lacks}"),
                }
            })?,
            ("o", _) => self.with_case(Self::outline)?,
            ("n", _) => self.step(1)?,
            ("p", _) => self.step(-1)?,
            (_, Ok(number)) if (1..=self.hits.len()).contains(&number) => {
                self.read(self.hits[number - 1])?;
            }
            _ => self.find(line)?,
        }
        Ok(true)
    }

    fn find(&mut self, query: &str) -> io::Result<()> {
        let found = (self.search)(query);
        self.hits = found.hits.iter().map(|hit| hit.case).collect();
        self.told = 0;
        let label = Label("找到", "found").in_language(self.language);
        writeln!(self.out, "{label} {}", self.hits.len())?;
        for note in &found.notes {
            let problem = Words::of(self.language).problem(&note.problem);
            writeln!(self.out, "{problem}")?;
        }
        for relaxation in &found.relaxations {
            let labels = self.language.labels();
            let offer = (labels.answer.try_instead)(&relaxation.query, relaxation.count);
            writeln!(self.out, "{offer}")?;
        }
        self.tell()
    }

    /// Tells the next hits.
    fn tell(&mut self) -> io::Result<()> {
        let end = (self.told + BATCH).min(self.hits.len());
        for at in self.told..end {
            let case = self.corpus.get(self.hits[at]);
            let year = case
                .case
                .year
                .map(|year| format!("{year} "))
                .unwrap_or_default();
            let title = match case.title_printed() {
                true => case.title().into_owned(),
                false => format!("[{}]", case.title()),
            };
            writeln!(self.out, "{}. {year}{title}, {}", at + 1, case.orgs())?;
        }
        self.told = end;
        match end < self.hits.len() {
            true => self.say(MORE),
            false => Ok(()),
        }
    }

    fn read(&mut self, index: CaseIndex) -> io::Result<()> {
        self.reading = Some(index);
        let case = self.corpus.get(index);
        let front = Words::of(self.language).front(case, Script::Original, &State::default());
        writeln!(self.out, "{}", case.title())?;
        writeln!(self.out, "{}", front.byline)?;
        writeln!(self.out, "{}", front.source)?;
        writeln!(self.out, "{}", case.text())?;
        self.say(AFTER)
    }

    fn outline(&mut self, index: CaseIndex) -> io::Result<()> {
        let sections = self.corpus.get(index).sections();
        if sections.is_empty() {
            return self.say(NO_SECTIONS);
        }
        for section in sections {
            let indent = "  ".repeat(usize::from(section.level) - 1);
            writeln!(self.out, "{indent}{}", section.heading)?;
        }
        Ok(())
    }

    /// Reads the hit after or before the one that is being read.
    fn step(&mut self, by: isize) -> io::Result<()> {
        let at = self.hits.iter().position(|&hit| Some(hit) == self.reading);
        let next = at.and_then(|at| at.checked_add_signed(by));
        match next.and_then(|at| self.hits.get(at).copied()) {
            Some(case) => self.read(case),
            None => self.say(NO_OTHER),
        }
    }

    fn with_case(
        &mut self,
        act: impl FnOnce(&mut Self, CaseIndex) -> io::Result<()>,
    ) -> io::Result<()> {
        match self.reading {
            Some(case) => act(self, case),
            None => self.say(NOTHING_READ),
        }
    }

    fn say(&mut self, label: Label) -> io::Result<()> {
        writeln!(self.out, "{}", label.in_language(self.language))
    }
}

const HELP: Label = Label(
    "输入汉字、拼音或首字母查找；输入编号阅读；回车看更多；c 引文，o 大纲，n 下一个，p 上一个，? 帮助，q 退出。",
    "Type 汉字, pinyin or initials to search, a number to read, Enter for more; c citation, o outline, n next, p previous, ? help, q quit.",
);
const MORE: Label = Label("回车看更多。", "Enter for more.");
const AFTER: Label = Label(
    "全文完。c 引文，o 大纲。",
    "End of the case. c citation, o outline.",
);
const NOTHING_READ: Label = Label(
    "请先输入编号，阅读一个案例。",
    "Read a case first: type its number.",
);
const NO_SECTIONS: Label = Label("本案例没有小标题。", "This case has no headings.");
const NO_MORE: Label = Label(
    "没有更多结果了，请输入要查找的内容。",
    "No more; type what to search for.",
);
const NO_OTHER: Label = Label("没有更多案例了。", "No more cases.");

/// A writer that lets nothing to a terminal but what the gate lets pass.
#[derive(Debug)]
pub struct Gated<W>(W);

impl<W: Write> Gated<W> {
    /// A gate before a writer.
    pub const fn new(writer: W) -> Self {
        Self(writer)
    }
}

impl<W: Write> Write for Gated<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Formatting writes whole strings, so that no character is cut here.
        let text = String::from_utf8_lossy(bytes);
        self.0.write_all(gate::clean(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
