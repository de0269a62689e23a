//! The explorer by lines: a question, numbered answers, a text. Only ever
//! appends, and writes no escape sequence, for screen readers, braille, serial
//! lines and logs.

mod analysis;
mod round;

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use crate::app::keymap::half_width;
use crate::app::offered;
use crate::app::words::{Label, Words};
use crate::cite::Citation;
use crate::corpus::{CaseIndex, Corpus};
use crate::export::{self, Overwrite};
use crate::follow;
use crate::language::Language;
use crate::related::Relations;
use crate::round::sitting::Sitting;
use crate::search::Found;
use crate::store::{Change, NOTE_LIMIT, Store, TAG_LIMIT};
use crate::text::script::Script;
use crate::text::{escapes, gate};

/// Hits that are listed at once.
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

/// Writes cases into a file.
pub type Export<'a> = dyn Fn(&[CaseIndex], &Path, Overwrite) -> Result<PathBuf, export::Error> + 'a;

/// What a session asks of the rest of the program.
pub struct Means<'a> {
    /// Answers a query.
    pub search: &'a dyn Fn(&str) -> Found,
    /// Makes a reference for a case.
    pub cite: &'a dyn Fn(CaseIndex) -> Citation,
    /// Writes cases into a file.
    pub export: &'a Export<'a>,
    /// What is kept of the cases.
    pub store: &'a RefCell<Store>,
    /// The reader at a round, whose cases are read.
    pub round: Option<&'a RefCell<Sitting>>,
}

/// A session: what was found, what is read, and what is collected.
pub struct Session<'a, W> {
    corpus: &'a Corpus,
    means: Means<'a>,
    language: Language,
    out: W,
    hits: Vec<CaseIndex>,
    /// Which hits begin a group that is not found as typed, and what it is called.
    groups: Vec<(usize, &'static str)>,
    listed: usize,
    /// Lines of an analysis that are still to be listed.
    lines: VecDeque<String>,
    reading: Option<CaseIndex>,
    relations: OnceCell<Relations>,
    /// In the order in which they were collected.
    collected: Vec<CaseIndex>,
    /// Whether the reader was asked to leave with marks unsaved.
    asked_to_leave: bool,
}

/// What a line asks for.
enum Request<'l> {
    Quit,
    Help,
    More,
    Read(CaseIndex),
    Cite(CaseIndex),
    Outline(CaseIndex),
    Figures(CaseIndex),
    AllFigures,
    Evidence(CaseIndex),
    Related(CaseIndex),
    Lineage(Option<CaseIndex>),
    Compare,
    Overview,
    Step(isize),
    Star(CaseIndex),
    Tag(CaseIndex, &'l str),
    Note(CaseIndex, &'l str),
    Collect(CaseIndex),
    Collected,
    Export(&'l str, Overwrite),
    Score(&'l str),
    Tally,
    Find(&'l str),
    /// A sentence that says what is missing.
    Say(Label),
}

impl<'a, W: Write> Session<'a, W> {
    /// A session over a corpus that writes to `out`.
    pub fn new(corpus: &'a Corpus, means: Means<'a>, language: Language, out: W) -> Self {
        Self {
            corpus,
            means,
            language,
            out,
            hits: Vec::new(),
            groups: Vec::new(),
            listed: 0,
            lines: VecDeque::new(),
            reading: None,
            relations: OnceCell::new(),
            collected: Vec::new(),
            asked_to_leave: false,
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
        self.help()?;
        if !query.is_empty() {
            self.find(query)?;
        }
        let mut line = Vec::new();
        loop {
            write!(self.out, "> ")?;
            self.out.flush()?;
            line.clear();
            if input.read_until(b'\n', &mut line).map_err(Error::Read)? == 0 {
                return Ok(writeln!(self.out)?);
            }
            // A terminal in GB18030 would search for garbage, and keep it as a note.
            let Ok(line) = str::from_utf8(&line) else {
                self.say(NOT_UTF8)?;
                continue;
            };
            if !self.answer(line.trim())? {
                return Ok(writeln!(self.out)?);
            }
        }
    }

    fn help(&mut self) -> io::Result<()> {
        self.say(HELP)?;
        match self.means.round {
            Some(_) => self.say(round::HELP),
            None => Ok(()),
        }
    }

    /// Answers one line; false when the reader quits.
    fn answer(&mut self, line: &str) -> io::Result<bool> {
        match self.request(line) {
            Request::Quit => return self.stays(),
            Request::Help => self.help()?,
            Request::More if !self.lines.is_empty() => self.next_lines()?,
            Request::More if self.listed == self.hits.len() => self.say(NO_MORE)?,
            Request::More => self.list()?,
            Request::Read(case) => self.read(case)?,
            Request::Cite(case) => self.cite(case)?,
            Request::Outline(case) => self.outline(case)?,
            Request::Figures(case) => self.figures(case)?,
            Request::AllFigures => self.all_figures()?,
            Request::Evidence(case) => self.evidence(case)?,
            Request::Related(case) => self.related(case)?,
            Request::Lineage(case) => self.lineage(case)?,
            Request::Compare => self.compare()?,
            Request::Overview => self.overview()?,
            Request::Step(by) => self.step(by)?,
            Request::Star(case) => self.star(case)?,
            Request::Tag(case, tag) => self.tag(case, tag)?,
            Request::Note(case, text) => self.note(case, text)?,
            Request::Collect(case) => self.collect(case)?,
            Request::Collected => self.list_collected()?,
            Request::Export(path, overwrite) => self.export(path, overwrite)?,
            Request::Score(text) => self.score(text)?,
            Request::Tally => self.tally()?,
            Request::Find(query) => self.find(query)?,
            Request::Say(label) => self.say(label)?,
        }
        Ok(true)
    }

    /// Whether the reader stays: asked once, where marks are not saved.
    fn stays(&mut self) -> io::Result<bool> {
        let unsaved = unsaved_marks(&mut self.means.store.borrow_mut(), self.language);
        let Some(unsaved) = unsaved.filter(|_| !self.asked_to_leave) else {
            return Ok(false);
        };
        self.asked_to_leave = true;
        writeln!(self.out, "{unsaved}")?;
        self.say(QUIT_ANYWAY)?;
        Ok(true)
    }

    /// Parses a line. A letter alone or before its argument is a command; anything else is a
    /// query, and so is the text after a `/`.
    fn request<'l>(&self, line: &'l str) -> Request<'l> {
        if let Some(query) = line.strip_prefix(['/', '／']) {
            return Request::Find(query.trim());
        }
        let half: String = line.chars().map(half_width).collect();
        if let Some(case) = self.named(&half) {
            return Request::Read(case);
        }
        if half.parse::<usize>().is_ok() {
            return Request::Find(line);
        }
        let command = half.split_whitespace().next().unwrap_or_default();
        // Half-width forms have as many characters as what was typed.
        let rest = line
            .char_indices()
            .nth(command.chars().count())
            .map_or("", |(at, _)| line[at..].trim());
        // The case that a number or an id names, or the one that is read.
        let named = |then: fn(CaseIndex) -> Request<'l>| match rest {
            "" => self.reading.map_or(Request::Say(NOTHING_READ), then),
            rest => {
                let name = rest.chars().map(half_width).collect::<String>();
                match (self.named(&name), name.parse::<usize>()) {
                    (Some(case), _) => then(case),
                    (None, Ok(_)) => Request::Say(NO_SUCH),
                    (None, Err(_)) => Request::Find(line),
                }
            }
        };
        match (command, rest) {
            ("", _) => Request::More,
            ("q", "") => Request::Quit,
            ("?", "") => Request::Help,
            ("n", "") => Request::Step(1),
            ("p", "") => Request::Step(-1),
            ("c", _) => named(Request::Cite),
            ("o", _) => named(Request::Outline),
            ("d", _) => named(Request::Figures),
            ("D", "") => Request::AllFigures,
            ("L", _) => named(Request::Evidence),
            ("u", _) => named(Request::Related),
            ("H", "") => Request::Lineage(None),
            ("H", _) => named(|case| Request::Lineage(Some(case))),
            ("C", "") => Request::Compare,
            ("V", "") => Request::Overview,
            ("s", _) => named(Request::Star),
            ("k", _) => named(Request::Collect),
            ("l", "") => Request::Collected,
            ("t", tag) => match self.reading {
                Some(case) => Request::Tag(case, tag),
                None => Request::Say(NOTHING_READ),
            },
            ("a", text) => match self.reading {
                Some(case) => Request::Note(case, text),
                None => Request::Say(NOTHING_READ),
            },
            // Elsewhere a line with these letters is a query.
            ("F", text) if self.means.round.is_some() || text.is_empty() => Request::Score(text),
            ("Z", "") => Request::Tally,
            ("e" | "e!", "") => Request::Say(NO_FILE),
            ("e", path) => Request::Export(path, Overwrite::No),
            ("e!", path) => Request::Export(path, Overwrite::Yes),
            _ => Request::Find(line),
        }
    }

    /// The hit with a number, or the case with an id.
    fn named(&self, name: &str) -> Option<CaseIndex> {
        let hit = name.parse().ok().and_then(|number| self.hit(number));
        let by_id = || {
            let mut cases = self.corpus.iter();
            let found = cases.find(|(_, found)| found.case.id.0.eq_ignore_ascii_case(name));
            found.map(|(case, _)| case)
        };
        hit.or_else(by_id)
    }

    /// The hit with a number, from 1.
    fn hit(&self, number: usize) -> Option<CaseIndex> {
        self.hits.get(number.checked_sub(1)?).copied()
    }

    fn find(&mut self, query: &str) -> io::Result<()> {
        let found = (self.means.search)(&escapes::without_sequences(query));
        let label = Label("找到", "found").in_language(self.language);
        writeln!(self.out, "{label} {}", found.hits.len())?;
        for note in &found.notes {
            let problem = Words::of(self.language).problem(&note.problem);
            writeln!(self.out, "{problem}")?;
        }
        let labels = self.language.labels();
        let mut similar = found.suggestions.iter().filter(|offer| offer.is_similar);
        if found.hits.is_empty() && similar.next().is_none() {
            writeln!(self.out, "{}", labels.answer.nothing_similar)?;
        }
        for suggestion in &found.suggestions {
            let query = offered::in_language(&suggestion.query, self.language);
            let offer = (labels.answer.try_instead)(&query, suggestion.count);
            writeln!(self.out, "{offer}")?;
        }
        let hits = match found.instead() {
            Some(instead) => {
                writeln!(
                    self.out,
                    "{}",
                    (labels.answer.asked_instead)(&instead.query)
                )?;
                &instead.hits
            }
            None => &found.hits,
        };
        let words = Words::of(self.language);
        let tiers = hits.chunk_by(|a, b| a.tier == b.tier);
        let (mut groups, mut first) = (Vec::new(), 0);
        for hits in tiers {
            groups.extend(words.group(hits[0].tier).map(|group| (first, group)));
            first += hits.len();
        }
        self.begin_list(hits.iter().map(|hit| hit.case).collect(), groups)
    }

    fn list_collected(&mut self) -> io::Result<()> {
        if self.collected.is_empty() {
            return self.say(NOTHING_COLLECTED);
        }
        self.begin_list(self.collected.clone(), Vec::new())
    }

    fn begin_list(
        &mut self,
        cases: Vec<CaseIndex>,
        groups: Vec<(usize, &'static str)>,
    ) -> io::Result<()> {
        (self.hits, self.groups) = (cases, groups);
        self.listed = 0;
        self.lines.clear();
        self.list()
    }

    /// Lists the next hits.
    fn list(&mut self) -> io::Result<()> {
        let end = (self.listed + BATCH).min(self.hits.len());
        for at in self.listed..end {
            if let Some((_, group)) = self.groups.iter().find(|(first, _)| *first == at) {
                writeln!(self.out, "{group}")?;
            }
            let line = self.entry(self.hits[at]);
            writeln!(self.out, "{}. {line}", at + 1)?;
        }
        self.listed = end;
        if end < self.hits.len() {
            self.say(MORE)?;
        }
        Ok(())
    }

    /// Lists the next lines of an analysis.
    fn next_lines(&mut self) -> io::Result<()> {
        for _ in 0..BATCH {
            let Some(line) = self.lines.pop_front() else {
                return Ok(());
            };
            writeln!(self.out, "{line}")?;
        }
        if !self.lines.is_empty() {
            let more = LINES_LEFT.in_language(self.language);
            writeln!(self.out, "{more} {}", self.lines.len())?;
        }
        Ok(())
    }

    /// A case in one line: id, marks, year, title, orgs.
    fn entry(&self, index: CaseIndex) -> String {
        let case = self.corpus.get(index);
        let id = &case.case.id.0;
        let mut parts = vec![id.clone()];
        let store = self.means.store.borrow();
        if store.state().starred(id) {
            parts.push("★".to_owned());
        }
        if self.collected.contains(&index) {
            parts.push(COLLECTED.in_language(self.language).to_owned());
        }
        parts.extend(case.case.year.map(|year| year.to_string()));
        parts.push(if case.title_printed() {
            case.title().into_owned()
        } else {
            format!("[{}]", case.title())
        });
        format!("{}, {}", parts.join(" "), case.orgs())
    }

    fn read(&mut self, index: CaseIndex) -> io::Result<()> {
        self.reading = Some(index);
        let case = self.corpus.get(index);
        let store = self.means.store.borrow();
        let front = Words::of(self.language).front(case, Script::Original.into(), store.state());
        writeln!(self.out, "{} {}", case.case.id, case.title())?;
        writeln!(self.out, "{}", front.byline)?;
        writeln!(self.out, "{}", front.source)?;
        writeln!(self.out, "{}", case.text())?;
        let note = store.state().note(case.case.key());
        if !note.is_empty() {
            writeln!(self.out, "{}{note}", NOTE.in_language(self.language))?;
        }
        drop(store);
        self.say(AFTER)
    }

    fn cite(&mut self, case: CaseIndex) -> io::Result<()> {
        let citation = (self.means.cite)(case);
        writeln!(self.out, "{}", citation.text)?;
        let lacks = Words::of(self.language).lacks(&citation);
        if !lacks.is_empty() {
            writeln!(self.out, "{lacks}")?;
        }
        Ok(())
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

    fn star(&mut self, case: CaseIndex) -> io::Result<()> {
        let key = self.key(case);
        let on = !self.means.store.borrow().state().starred(&key);
        self.keep(Change::Star { case: key, on })?;
        self.say_of(case, if on { STARRED } else { NOT_STARRED })
    }

    /// Adds a tag, or takes it off; lists the tags where none is given.
    fn tag(&mut self, case: CaseIndex, tag: &str) -> io::Result<()> {
        let key = self.key(case);
        let (chars, words) = (tag.chars().count(), Words::of(self.language));
        if chars > TAG_LIMIT {
            return writeln!(self.out, "{}", (words.tag_too_long)(chars, TAG_LIMIT));
        }
        if !tag.is_empty() {
            let has = |store: &Store| store.state().tags(&key).any(|own| own == tag);
            let on = !has(&self.means.store.borrow());
            let change = Change::Tag {
                case: key.clone(),
                tag: tag.to_owned(),
                on,
            };
            self.keep(change)?;
        }
        let store = self.means.store.borrow();
        let tags: Vec<&str> = store.state().tags(&key).collect();
        let label = if tags.is_empty() { NO_TAGS } else { TAGS };
        let label = label.in_language(self.language);
        let id = self.id(case);
        writeln!(self.out, "{id} {label}{}", tags.join("、"))
    }

    /// Adds a line to the note; prints the note where no text is given.
    fn note(&mut self, case: CaseIndex, text: &str) -> io::Result<()> {
        let key = self.key(case);
        let mut note = self.means.store.borrow().state().note(&key).to_owned();
        if !text.is_empty() {
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(text);
            let (chars, words) = (note.chars().count(), Words::of(self.language));
            if chars > NOTE_LIMIT {
                return writeln!(self.out, "{}", (words.note_too_long)(chars, NOTE_LIMIT));
            }
            self.keep(Change::Note {
                case: key.clone(),
                note: note.clone(),
            })?;
        }
        let label = if note.is_empty() { NO_NOTE } else { NOTE };
        let label = label.in_language(self.language);
        let id = self.id(case);
        writeln!(self.out, "{id} {label}{note}")
    }

    /// Puts a case into the collection, or takes it out.
    fn collect(&mut self, case: CaseIndex) -> io::Result<()> {
        let at = self.collected.iter().position(|&own| own == case);
        let label = match at {
            Some(at) => {
                self.collected.remove(at);
                NOT_COLLECTED
            }
            None => {
                self.collected.push(case);
                COLLECTED
            }
        };
        self.say_of(case, label)
    }

    /// Writes what is collected into a file, or else what was found last.
    fn export(&mut self, path: &str, overwrite: Overwrite) -> io::Result<()> {
        let cases = if self.collected.is_empty() {
            &self.hits
        } else {
            &self.collected
        };
        if cases.is_empty() {
            return self.say(NOTHING_TO_EXPORT);
        }
        match (self.means.export)(cases, Path::new(path), overwrite) {
            Ok(path) => {
                let labels = self.language.labels();
                let done = (labels.answer.exported)(cases.len(), &path.to_string_lossy());
                writeln!(self.out, "{done}")
            }
            Err(export::Error::Exists(_)) => self.say(EXISTS),
            Err(error) => writeln!(self.out, "{}", error.message(self.language)),
        }
    }

    /// Takes a change in and saves it; says so where it cannot be saved.
    fn keep(&mut self, change: Change) -> io::Result<()> {
        let mut store = self.means.store.borrow_mut();
        let changes = follow::with_places(vec![change], self.corpus, store.state());
        store.apply_all(changes);
        match store.save() {
            Ok(reports) => reports
                .iter()
                .try_for_each(|report| writeln!(self.out, "{}", report.message(self.language))),
            Err(report) => {
                let words = Words::of(self.language);
                let why = report.cause(self.language);
                writeln!(self.out, "{}{}{why}", words.for_this_run, words.colon)
            }
        }
    }

    fn id(&self, case: CaseIndex) -> String {
        self.corpus.get(case).case.id.0.clone()
    }

    /// The name under which what the reader makes of a case is kept.
    fn key(&self, case: CaseIndex) -> String {
        self.corpus.get(case).case.key().to_owned()
    }

    fn say_of(&mut self, case: CaseIndex, label: Label) -> io::Result<()> {
        let id = self.id(case);
        writeln!(self.out, "{id} {}", label.in_language(self.language))
    }

    fn say(&mut self, label: Label) -> io::Result<()> {
        writeln!(self.out, "{}", label.in_language(self.language))
    }
}

/// How many marks are not saved, and why, after one more attempt; `None` where all are.
pub fn unsaved_marks(store: &mut Store, language: Language) -> Option<String> {
    let marks = store.unsaved_marks();
    if marks == 0 {
        return None;
    }
    let why = store.save().err()?.cause(language);
    let words = Words::of(language);
    Some(format!(
        "{}{}{why}",
        (words.marks_unsaved)(marks),
        words.colon
    ))
}

const QUIT_ANYWAY: Label = Label(
    "仍要退出，请再输入 q。",
    "To quit anyway, type q once more.",
);
const HELP: Label = Label(
    "输入汉字、拼音或首字母查找（/ 后面的内容一律当作查询）；输入编号阅读（列表里的，或 003-5 这样的案例编号）；回车看更多。\n\
     n 下一个，p 上一个，o 大纲，c 引文，? 帮助，q 退出。\n\
     d 关键数字，D 查到的全部案例的关键数字，L 评审依据，u 相关案例，H 历年脉络，V 总览，C 对照已收集的两三个案例。\n\
     s 星标，t 标签名 添加或去掉标签，a 文字 添加笔记，k 收集，l 列出已收集的案例；c、o、d、L、u、H、s、k 后面可写编号。\n\
     e 文件名 导出已收集的案例，没有收集时导出查到的案例；按扩展名定格式，e! 文件名 覆盖已有文件。",
    "Type 汉字, pinyin or initials to search (after / everything is a query), a number or an id such as 003-5 to read, Enter for more.\n\
     n next, p previous, o outline, c citation, ? help, q quit.\n\
     d key figures, D those of everything found, L evidence, u related cases, H lineages, V overview, C compares what is collected.\n\
     s star, t TAG adds or removes a tag, a TEXT adds to the note, k collect, l list what is collected; c, o, d, L, u, H, s and k take a number.\n\
     e FILE exports what is collected, or else what was found; the extension gives the format, e! FILE replaces a file.",
);
const MORE: Label = Label("回车看更多。", "Enter for more.");
const LINES_LEFT: Label = Label("回车看更多，还有", "Enter for more; left:");
const AFTER: Label = Label(
    "全文完。c 引文，o 大纲，s 星标，t 标签，a 笔记，k 收集。",
    "End of the case. c citation, o outline, s star, t tag, a note, k collect.",
);
const NOTHING_READ: Label = Label(
    "请先输入编号，阅读一个案例。",
    "Read a case first: type its number.",
);
const NO_SUCH: Label = Label("列表里没有这个编号。", "The list has no such number.");
const NO_SECTIONS: Label = Label("本案例没有小标题。", "This case has no headings.");
const NO_MORE: Label = Label(
    "没有更多结果了，请输入要查找的内容。",
    "No more; type what to search for.",
);
const NO_OTHER: Label = Label("没有更多案例了。", "No more cases.");
const NOT_UTF8: Label = Label(
    "输入的内容不是 UTF-8 编码，未作处理；请把终端的编码改为 UTF-8。",
    "The line is not UTF-8 and was ignored; set the terminal to UTF-8.",
);
const NO_FILE: Label = Label(
    "请在 e 后面写文件名，如 e 案例.md；扩展名可用 md、csv、json、jsonl、bib、ris、csl-json。",
    "Write a file name after e, such as e cases.md; extensions are md, csv, json, jsonl, bib, ris, csl-json.",
);
const EXISTS: Label = Label(
    "文件已存在，没有写入；要覆盖请用 e! 文件名。",
    "The file exists and was not written; e! FILE replaces it.",
);
const NOTHING_TO_EXPORT: Label = Label(
    "没有可导出的案例，请先查找或收集。",
    "Nothing to export; search or collect cases first.",
);
const NOTHING_COLLECTED: Label = Label(
    "还没有收集案例；阅读时输入 k，或输入 k 编号。",
    "Nothing collected yet: type k while reading, or k and a number.",
);
const COLLECTED: Label = Label("已收集", "collected");
const NOT_COLLECTED: Label = Label("已取消收集", "no longer collected");
const STARRED: Label = Label("已加星标", "starred");
const NOT_STARRED: Label = Label("已取消星标", "no longer starred");
const TAGS: Label = Label("标签：", "tags: ");
const NO_TAGS: Label = Label("没有标签", "no tags");
const NOTE: Label = Label("笔记：", "note: ");
const NO_NOTE: Label = Label("没有笔记", "no note");

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
