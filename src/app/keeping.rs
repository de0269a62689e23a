//! What a reader does with cases: stars, tags, notes, citations, exports; and where reading
//! resumes.

use super::App;
use super::action::{Contents, Effect, Export, Motion};
use super::order::Order;
use super::picker::{Choice, Item, Picker, Purpose};
use super::query_edit;
use super::trail::Place;
use super::window::Focus;
use super::words::Label;
use super::work::Measures;
use crate::case::CaseRef;
use crate::cite::{self, Style};
use crate::corpus::{CaseIndex, Corpus};
use crate::export::Format;
use crate::follow;
use crate::language::Language;
use crate::search::Suggestion;
use crate::search::field_values::FieldValues;
use crate::search::query::{self, Field};
use crate::store::{Change, NOTE_LIMIT, Resume, State, TAG_LIMIT};
use crate::text::sentence;
use crate::topics::{Assignment, Topic};
use crate::typeset::{Anchor, Part};

/// Values of the field for starred cases. The first is the one displayed.
pub const STARRED: [&str; 3] = ["是", "★", "yes"];

/// Returns the value that the interface writes for starred cases.
pub fn starred(language: Language) -> &'static str {
    Label(STARRED[0], STARRED[2]).in_language(language)
}

/// Separators of tags, besides white space.
const TAG_BREAKS: [char; 5] = [',', '，', '、', ';', '；'];

impl App {
    /// Returns the cases that a command acts on: the selected cases, or else the case being read.
    fn targets(&self) -> Vec<CaseIndex> {
        if self.collection.selection.is_empty() {
            self.page_case().into_iter().collect()
        } else {
            self.collection.selection.iter().copied().collect()
        }
    }

    pub(super) fn id(&self, case: CaseIndex) -> String {
        self.corpus.get(case).case.id.0.clone()
    }

    /// Returns the key under which the marks of a case are kept.
    pub(super) fn key(&self, case: CaseIndex) -> String {
        self.corpus.get(case).case.key().to_owned()
    }

    /// Whether a case is starred.
    pub fn starred(&self, case: CaseIndex) -> bool {
        self.collection
            .kept
            .starred(self.corpus.get(case).case.key())
    }

    /// Whether the list is narrowed to starred cases.
    pub fn shows_starred(&self) -> bool {
        let asked = |name| query_edit::has_field(self.filter.text(), Field::Star, name);
        STARRED.into_iter().any(asked)
    }

    /// Returns the number of starred cases.
    pub fn starred_cases(&self) -> usize {
        self.corpus
            .iter()
            .filter(|&(case, _)| self.starred(case))
            .count()
    }

    /// Whether the query asks for starred cases and there are none.
    pub fn starless(&self) -> bool {
        self.shows_starred() && self.starred_cases() == 0
    }

    /// Whether the query asks for tagged cases and there are no tags.
    pub fn tagless(&self) -> bool {
        let of_tags = |kind: &query::TermKind| {
            matches!(
                kind,
                query::TermKind::Field {
                    field: Field::Tag,
                    ..
                }
            )
        };
        let terms = query::parse(self.filter.text()).terms;
        self.collection.kept.all_tags().is_empty() && terms.iter().any(|term| of_tags(&term.kind))
    }

    /// Returns the suggestions of an empty list. If nothing is starred there are none: the remedy
    /// is a key, not another query.
    pub fn offers(&self) -> &[Suggestion] {
        if self.starless() {
            &[]
        } else {
            &self.filter.answer.suggestions
        }
    }

    /// Selects or deselects the case, and moves to the next one.
    pub(super) fn select(&mut self) {
        let Some(case) = self.page_case() else { return };
        if !self.collection.selection.remove(&case) {
            self.collection.selection.insert(case);
        }
        self.step_case(Motion::Down);
        self.notice = Some((self.words().selected)(self.collection.selection.len()));
    }

    /// Selects every listed case, or deselects them if all are selected.
    pub(super) fn select_all(&mut self) {
        let listed: Vec<CaseIndex> = self.list.hits().iter().map(|hit| hit.case).collect();
        if listed
            .iter()
            .all(|case| self.collection.selection.contains(case))
        {
            for case in &listed {
                self.collection.selection.remove(case);
            }
        } else {
            self.collection.selection.extend(listed);
        }
        self.notice = Some(match self.collection.selection.len() {
            0 => self.words().none_selected.to_owned(),
            count => (self.words().selected)(count),
        });
    }

    /// Stars the cases, or removes their stars if all are starred.
    pub(super) fn star(&mut self) -> Option<Effect> {
        let cases = self.targets();
        let on = !cases.iter().all(|&case| self.starred(case));
        let words = self.words();
        let done = if on {
            words.star_given
        } else {
            words.star_taken
        };
        self.notice = Some(done(cases.len()));
        let changes = cases.into_iter().map(|case| Change::Star {
            case: self.key(case),
            on,
        });
        Some(Effect::Keep(changes.collect()))
    }

    /// Narrows the list to starred cases, or removes that condition.
    pub(super) fn show_starred(&mut self) -> Option<Effect> {
        let before = self.filter.text();
        let after = if self.shows_starred() {
            query_edit::without_field(before, Field::Star, None)
        } else {
            let language = self.settings.language;
            query_edit::with_field(before, Field::Star, starred(language), language)
        };
        self.filter.line.set(&after);
        Some(self.ask())
    }

    pub(super) fn open_tags(&mut self) {
        let cases = self.targets();
        let line = self.common_tags(&cases).join(" ");
        let known: Vec<&str> = self.collection.kept.all_tags().into_keys().collect();
        let words = self.words();
        self.notice = Some(if known.is_empty() {
            words.no_tags.to_owned()
        } else {
            format!("{}{}", words.known_tags, known.join(" "))
        });
        let title = Label(
            "标签（用空格或逗号隔开）",
            "tags (separated by spaces or commas)",
        );
        let names = self.names(&cases);
        let count = cases.len();
        let prompt = Picker::prompt(title, &line, Purpose::Tags(cases)).naming(names);
        self.overlay.picker = Some(match count {
            1 => prompt,
            _ => prompt.for_cases(count),
        });
    }

    /// Returns the titles of some cases. Only the first are included, since no more are visible.
    fn names(&self, cases: &[CaseIndex]) -> String {
        const SEEN: usize = 20;
        let title = |&case: &CaseIndex| {
            let title = self.corpus.get(case).title();
            self.settings.script.show(&title).into_owned()
        };
        let titles: Vec<String> = cases.iter().take(SEEN).map(title).collect();
        let between = Label("；", "; ").in_language(self.settings.language);
        titles.join(between)
    }

    /// Returns the tags that all of some cases have.
    fn common_tags(&self, cases: &[CaseIndex]) -> Vec<String> {
        let tags = |case: CaseIndex| self.collection.kept.tags(self.corpus.get(case).case.key());
        let Some((&first, others)) = cases.split_first() else {
            return Vec::new();
        };
        let common = tags(first).filter(|tag| {
            let has = |&case: &CaseIndex| tags(case).any(|other| other == *tag);
            others.iter().all(has)
        });
        common.map(str::to_owned).collect()
    }

    /// Opens the note of a case or, if several cases are selected, an empty one to be added to the
    /// note of each.
    pub(super) fn open_note(&mut self) {
        let cases = self.targets();
        let note = match cases.as_slice() {
            [] => return,
            &[case] => self.collection.kept.note(&self.key(case)).to_owned(),
            _ => String::new(),
        };
        self.write_note(cases, &note);
    }

    fn write_note(&mut self, cases: Vec<CaseIndex>, text: &str) {
        let names = self.names(&cases);
        let prompt = |title, cases| Picker::prompt(title, text, Purpose::Note(cases)).naming(names);
        self.overlay.picker = Some(match cases.len() {
            1 => prompt(Label("笔记", "note"), cases),
            count => {
                let title = Label("添加到每个案例的笔记", "to be added to each note");
                prompt(title, cases).for_cases(count)
            }
        });
    }

    /// Takes the text of a prompt.
    pub(super) fn submit(&mut self, purpose: Purpose, line: &str) -> Option<Effect> {
        match purpose {
            Purpose::Note(cases) => self.set_note(&cases, line.trim()),
            Purpose::Tags(cases) => self.set_tags(&cases, line),
            Purpose::ExportPath(_) | Purpose::TextPath(_) if line.trim().is_empty() => {
                self.notice = Some(self.words().no_file_named.to_owned());
                None
            }
            Purpose::Act(kind, case) => self.record(kind, case, line),
            Purpose::ExportPath(format) => {
                let contents = Contents::Cases(self.exported(), format);
                Some(Effect::Export(Export::to(line.trim(), contents)))
            }
            Purpose::TextPath(text) => {
                let contents = Contents::Text(text);
                Some(Effect::Export(Export::to(line.trim(), contents)))
            }
        }
    }

    pub(super) fn set_note(&mut self, cases: &[CaseIndex], line: &str) -> Option<Effect> {
        let adds = cases.len() > 1;
        if adds && line.is_empty() {
            return None;
        }
        let change = |&case: &CaseIndex| {
            let id = self.key(case);
            let before = self.collection.kept.note(&id);
            let note = if adds && !before.is_empty() {
                format!("{before}\n{line}")
            } else {
                line.to_owned()
            };
            (before != note).then_some(Change::Note { case: id, note })
        };
        let changes: Vec<Change> = cases.iter().filter_map(change).collect();
        let words = self.words();
        let chars = |change: &Change| match change {
            Change::Note { note, .. } => note.chars().count(),
            _ => 0,
        };
        let longest = changes.iter().map(chars).max()?;
        if longest > NOTE_LIMIT {
            self.notice = Some((words.note_too_long)(longest, NOTE_LIMIT));
            self.write_note(cases.to_vec(), line);
            return None;
        }
        let done = if line.is_empty() {
            words.note_taken
        } else {
            words.note_kept
        };
        self.notice = Some(match cases.len() {
            1 => done.to_owned(),
            count => format!("{}{}{done}", (words.cases)(count), words.colon),
        });
        Some(Effect::Keep(changes))
    }

    /// Adds the tags that were added to the line to every case, and removes the tags that were
    /// deleted from it. Tags that only some of the cases have were not in the line and stay.
    fn set_tags(&mut self, cases: &[CaseIndex], line: &str) -> Option<Effect> {
        let between = |c: char| c.is_whitespace() || TAG_BREAKS.contains(&c);
        let wanted: Vec<&str> = line.split(between).filter(|tag| !tag.is_empty()).collect();
        let common = self.common_tags(cases);
        let gone = common
            .iter()
            .map(String::as_str)
            .filter(|tag| !wanted.contains(tag));
        let new = wanted
            .iter()
            .copied()
            .filter(|tag| !common.iter().any(|other| other == tag));
        let turned: Vec<(&str, bool)> = gone
            .map(|tag| (tag, false))
            .chain(new.map(|tag| (tag, true)))
            .collect();
        if turned.is_empty() {
            return None;
        }
        // A tag is a word in a row; a longer text should be a note. It is refused, not cut.
        let new = turned.iter().filter(|(_, on)| *on);
        let longest = new.map(|(tag, _)| tag.chars().count()).max().unwrap_or(0);
        if longest > TAG_LIMIT {
            let said = (self.words().tag_too_long)(longest, TAG_LIMIT);
            self.open_tags();
            if let Some(picker) = &mut self.overlay.picker {
                picker.line.set(line);
            }
            self.notice = Some(said);
            return None;
        }
        let words = self.words();
        let added = turned.iter().any(|&(_, on)| on);
        let removed = turned.iter().any(|&(_, on)| !on);
        let done = match (added, removed) {
            (true, false) => words.tags_added,
            (false, true) => words.tags_removed,
            _ => words.tags_changed,
        };
        self.notice = Some(done(cases.len()));
        let change = |&case: &CaseIndex| {
            let id = self.key(case);
            turned.iter().map(move |&(tag, on)| Change::Tag {
                case: id.clone(),
                tag: tag.to_owned(),
                on,
            })
        };
        Some(Effect::Keep(cases.iter().flat_map(change).collect()))
    }

    /// Opens the citations of the selected cases, or of the case shown, in every style.
    pub(super) fn open_cite(&mut self) {
        let cases = self.targets();
        if cases.is_empty() {
            return;
        }
        let references = cite::references(cases.iter().map(|&case| self.corpus.get(case)));
        let items = Style::ALL.map(|style| {
            let citation = cite::write_all(&references, style);
            let remark = self.words().lacks(&citation);
            let text = citation.text;
            let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Item::new(style.label(), shown, Choice::Copy(text)).remarked(remark)
        });
        let title = Label("引文（按 Enter 复制）", "citation (Enter copies)");
        let menu = Picker::new(title, items.into());
        self.overlay.picker = Some(match cases.len() {
            1 => menu,
            count => menu.for_cases(count),
        });
    }

    /// Returns the cases to export: the selected cases, or else all listed cases.
    fn exported(&self) -> Vec<CaseIndex> {
        if self.collection.selection.is_empty() {
            self.list.hits().iter().map(|hit| hit.case).collect()
        } else {
            self.collection.selection.iter().copied().collect()
        }
    }

    pub(super) fn open_export(&mut self) {
        let count = self.exported().len();
        if count == 0 {
            self.notice = Some(self.words().nothing_to_export.to_owned());
            return;
        }
        let item =
            |format: Format| Item::new(format.name(), format.label(), Choice::ExportAs(format));
        let items = Format::ALL.map(item);
        let formats = Picker::new(Label("导出为", "export as"), items.into());
        self.overlay.picker = Some(formats.for_cases(count));
    }

    pub(super) fn ask_for_path(&mut self, format: Format) {
        self.ask_for_path_of(format, &format!("anli.{}", format.extension()));
    }

    fn ask_for_path_of(&mut self, format: Format, path: &str) {
        let title = Label("导出到文件", "export to the file");
        let prompt = Picker::prompt(title, path, Purpose::ExportPath(format));
        self.overlay.picker = Some(prompt.for_cases(self.exported().len()));
    }

    pub(super) fn ask_to_overwrite(&mut self, export: Export) {
        let words = self.words();
        let path = export.path.clone();
        let agreed = Export {
            overwrite: true,
            ..export
        };
        let items = vec![
            Item::new(words.no, words.keep_file, Choice::Close),
            Item::new(words.yes, path, Choice::Export(agreed)),
        ];
        let title = Label("文件已存在，是否覆盖？", "the file exists: overwrite it?");
        self.overlay.picker = Some(Picker::new(title, items));
    }

    /// Opens the prompt for the file again, with the path as typed and the reason.
    pub(super) fn ask_for_path_again(&mut self, export: Export, why: String) {
        match export.contents {
            Contents::Cases(_, format) => self.ask_for_path_of(format, &export.path),
            Contents::Text(text) => self.ask_for_text_path(&export.path, text),
        }
        self.notice = Some(why);
    }

    /// Returns the case as plain text, for other programs.
    pub(super) fn plain_text(&self) -> Option<String> {
        let case = self.corpus.get(self.page_case()?);
        let front = self
            .words()
            .front(case, self.settings.script, &self.collection.kept);
        let script = self.settings.script.off_screen();
        let title = case.title();
        let text = case.text();
        Some(format!(
            "{}\n{}\n{}\n\n{}\n",
            script.show(&title),
            front.byline,
            front.source,
            script.show(&text)
        ))
    }

    /// Returns the topics of the rules, in their order.
    pub(super) fn topic_names(&self) -> &[Topic] {
        self.analysis
            .rules
            .as_ref()
            .map_or(&[], |rules| rules.topics())
    }

    /// Lists the topics of the case, with the passages that indicate them.
    pub(super) fn open_topics(&mut self) {
        let Some(index) = self.page_case() else {
            return;
        };
        let Some(sheet) = self.page.sheet() else {
            return;
        };
        let topics = self.topic_names();
        let mut items = Vec::new();
        for assignment in self
            .analysis
            .topics
            .get(index.0 as usize)
            .into_iter()
            .flatten()
        {
            let topic = self.settings.script.show(&topics[assignment.topic].name);
            for evidence in &assignment.evidence {
                let part = match evidence.field {
                    crate::search::Field::Heading | crate::search::Field::Text => {
                        Part::Text(evidence.part)
                    }
                    _ => Part::Title(0),
                };
                let start = evidence.span.start;
                let anchor = match part {
                    Part::Title(_) => Some(Anchor::default()),
                    part => sheet.set.anchor_of(part, start),
                };
                let goal = anchor.map_or(Choice::Close, Choice::GoTo);
                let case = self.corpus.get(index);
                let text = match part {
                    Part::Text(at) => case
                        .case
                        .blocks
                        .get(at as usize)
                        .map(|block| case.block_text(block)),
                    _ if evidence.field == crate::search::Field::Title => Some(case.title()),
                    _ => None,
                };
                let term = evidence.term.as_str();
                let place = match text {
                    Some(text) => format!("{term}: {}", around(&text, start)),
                    None => term.to_owned(),
                };
                let place = self.settings.script.show(&place).into_owned();
                items.push(Item::new(topic.as_ref(), place, goal));
            }
        }
        match items.is_empty() {
            true if self.analysis.rules.is_none() => {
                self.notice = Some(self.words().no_topics_yet.to_owned());
            }
            true => self.notice = Some(self.words().no_topics.to_owned()),
            false => {
                let title = Label("主题及判定依据", "topics, and why");
                self.overlay.picker = Some(Picker::grouped(title, items));
            }
        }
    }

    /// Gives the search the facts that the corpus does not contain. Asks again if the query depends
    /// on them.
    pub fn know(&self) -> Effect {
        use query::TermKind;
        let query = self.filter.text();
        let of_ours = |kind: &TermKind| {
            matches!(
                kind,
                TermKind::Field {
                    field: Field::Topic
                        | Field::Tag
                        | Field::Note
                        | Field::Star
                        | Field::Evidence
                        | Field::Length,
                    ..
                }
            )
        };
        let asks = query::parse(query)
            .terms
            .iter()
            .any(|term| of_ours(&term.kind));
        Effect::Know {
            facts: self.facts(),
            ask: (asks || self.list.order().is_measured()).then(|| query.to_owned()),
        }
    }

    /// Returns the facts that the corpus does not contain.
    pub(super) fn facts(&self) -> FieldValues {
        facts(
            &self.corpus,
            self.topic_names(),
            &self.analysis.topics,
            &self.collection.kept,
            self.analysis.measures.as_deref(),
        )
    }

    /// Returns the place where reading stops.
    pub fn resume(&self) -> Resume {
        let anchor = self.page.anchor();
        let measure = self.settings.measure;
        Resume {
            case: self.page.case().map(|case| self.key(case)),
            seen: self
                .page
                .case()
                .and_then(|case| follow::seen(self.corpus.get(case))),
            block: anchor.block,
            character: anchor.char,
            query: self.filter.text().to_owned(),
            matched: self.matched(),
            view: match self.window.focus {
                Focus::Page => "page",
                Focus::Filter => "search",
                Focus::List | Focus::Find => "list",
            }
            .to_owned(),
            measure: measure.is_changed().then_some(measure.columns()),
            measure_set: measure.is_changed().then_some(measure.configured()),
            order: match self.list.order() {
                Order::Best => None,
                order => Some(order.name().to_owned()),
            },
            library: self.settings.library.clone(),
            ..Resume::default()
        }
    }

    /// Returns the index of the query's match that is current on the page.
    fn matched(&self) -> Option<u32> {
        let is_of_query = self.reading.find.is_none() && self.reading.lens.is_none();
        let (at, _) = self.page.counter().filter(|_| is_of_query)?;
        u32::try_from(at.checked_sub(1)?).ok()
    }

    /// Returns where reading stopped in this library the last time. If the library was moved, or an
    /// earlier version kept the place, finds the place by its case.
    pub(super) fn resumed(&self) -> Resume {
        /// Maximum number of places whose case is looked up.
        const ASKED: usize = 20;
        let kept = &self.collection.kept;
        if let Some(place) = kept.resume_of(&self.settings.library) {
            return place.clone();
        }
        let places = kept.all_places();
        let is_here = |place: &&&Resume| {
            let case = place.case.as_deref();
            case.is_some_and(|key| follow::find(&self.corpus, key, place.seen.as_ref()).is_some())
        };
        if let Some(place) = places.iter().take(ASKED).find(is_here) {
            return (*place).clone();
        }
        // The measure belongs to the reader, not to the library.
        let last = places.first().copied().cloned().unwrap_or_default();
        Resume {
            measure: last.measure,
            measure_set: last.measure_set,
            ..Resume::default()
        }
    }

    /// Restores the measure that the reader set by key the last time. A measure configured since
    /// then takes precedence.
    pub(super) fn remember_measure(&mut self, resume: &Resume) {
        let configured = self.settings.measure.configured();
        let same = resume.measure_set.is_none_or(|set| set == configured);
        if let Some(measure) = resume.measure.filter(|_| same) {
            self.settings.measure.set(measure);
        }
    }

    /// Resumes reading where it stopped. Returns the request to the search, if any.
    pub(super) fn take_up(&mut self, resume: &Resume) -> Option<Effect> {
        let case = resume
            .case
            .as_deref()
            .and_then(|key| follow::find(&self.corpus, key, resume.seen.as_ref()));
        if let Some(case) = case {
            self.list.select(case);
            self.window.focus = match &*resume.view {
                "page" => Focus::Page,
                "search" => Focus::Filter,
                _ => Focus::List,
            };
            let anchor = Anchor {
                block: resume.block,
                char: resume.character,
            };
            self.trail.resumed = Some(Place { case, anchor });
            self.trail.matched = resume.matched;
            self.settle();
        }
        self.filter.line.set(&resume.query);
        (!resume.query.is_empty()).then(|| self.ask())
    }
}

/// Returns the facts that the corpus does not contain: `assigned`, the topics of every case in the
/// order of the corpus, and the reader's marks.
pub fn facts(
    corpus: &Corpus,
    topics: &[Topic],
    assigned: &[Vec<Assignment>],
    kept: &State,
    measures: Option<&Measures>,
) -> FieldValues {
    let mut facts = FieldValues::default();
    for (number, topic) in topics.iter().enumerate() {
        let has = |topics: &Vec<Assignment>| topics.iter().any(|a| a.topic == number);
        let cases = (0..)
            .zip(assigned)
            .filter(|(_, topics)| has(topics))
            .map(|(at, _)| CaseIndex(at));
        facts.add(Field::Topic, [topic.name.as_str()], cases);
    }
    for tag in kept.all_tags().keys() {
        let tagged = |case: &CaseRef<'_>| kept.tags(case.case.key()).any(|known| known == *tag);
        let cases = corpus.iter().filter(|(_, case)| tagged(case));
        facts.add(Field::Tag, [*tag], cases.map(|(at, _)| at));
    }
    for (at, case) in corpus.iter() {
        let lines: Vec<&str> = kept
            .note(case.case.key())
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        if !lines.is_empty() {
            facts.add(Field::Note, lines, [at]);
        }
    }
    let starred = |case: &CaseRef<'_>| kept.starred(case.case.key());
    let cases = corpus.iter().filter(|(_, case)| starred(case));
    facts.add(Field::Star, STARRED, cases.map(|(at, _)| at));
    if let Some(measures) = measures {
        measures.add_to(&mut facts);
    }
    facts
}

/// Returns a text from the start of the clause that contains a character, cut to [`LONGEST`].
fn around(text: &str, char: u32) -> String {
    let start = sentence::clause_start(text, char) as usize;
    text.chars().skip(start).take(LONGEST).collect()
}

/// Maximum characters of a text to show.
const LONGEST: usize = 80;
