//! Provenance of a case: its file, its date, how its document was read, and the reader's marks.

use super::{Label, Words};
use crate::case::{Case, CaseRef, Completeness, Confidence, Title};
use crate::language::Language;
use crate::store::State;
use crate::text::gate;
use crate::text::script::Display;
use crate::typeset::Front;

/// Whether an entry is a whole document, or its text outside of cases, rather than a case.
pub fn is_document(case: &Case) -> bool {
    matches!(case.completeness, Completeness::Whole | Completeness::Rest)
}

/// Whether the document is the reader's own. The built-in documents are no files, and how they are
/// read is certain.
fn is_own(case: CaseRef<'_>) -> bool {
    case.case.key.is_some()
}

/// Returns the date of a document, or the year of a case; `None` if unknown.
pub fn date(case: CaseRef<'_>) -> Option<String> {
    let date = case.document.about.date.clone();
    let year = || case.case.year.map(|year| year.to_string());
    date.filter(|_| is_document(case.case)).or_else(year)
}

/// Returns the file of a document followed by its folder, without what the title shows.
pub fn file(case: CaseRef<'_>) -> String {
    if !is_own(case) || !is_document(case.case) {
        return String::new();
    }
    let name = case.document.name.as_str();
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let is_title = matches!(&case.case.title, Title::Editor(title) if title == name);
    let parts = [if is_title { "" } else { file }, folder]
        .into_iter()
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("  ")
}

impl Words {
    /// Returns the confidence of the parser in how it read a document: 可信度低.
    fn confidence(&self, confidence: Confidence) -> String {
        match self.language {
            Language::Chinese => format!("可信度{}", confidence.name()),
            Language::English => format!("{} confidence", confidence.english()),
        }
    }

    /// Returns the heading of a group of cases: year, category and completeness. For the reader's
    /// own documents, adds the document and, unless it is high, the confidence.
    pub fn run(&self, case: CaseRef<'_>) -> String {
        let mut parts = Vec::new();
        if !is_document(case.case) {
            parts.extend(case.case.year.map(|year| year.to_string()));
            parts.extend(case.case.category.map(|c| self.category(c).to_owned()));
        }
        parts.push(self.completeness(case.case.completeness).to_owned());
        if is_own(case) && case.case.completeness != Completeness::Whole {
            let doubt = Some(case.document.basis.confidence)
                .filter(|confidence| *confidence != Confidence::High);
            parts.extend(doubt.map(|confidence| self.confidence(confidence)));
            let title = case.document.about.title.as_ref();
            parts.push(title.unwrap_or(&case.document.name).clone());
        }
        parts.join(" ")
    }

    /// Returns the mark of an entry that is no case: 整篇, and low confidence. Empty for a case.
    pub fn mark(&self, case: CaseRef<'_>, is_headed: bool) -> String {
        let is_whole = case.case.completeness == Completeness::Whole;
        let is_named = is_document(case.case) && !(is_whole && is_headed);
        let is_guess = is_whole && case.document.basis.confidence == Confidence::Low;
        let name = is_named.then(|| self.completeness(case.case.completeness).to_owned());
        let doubt = is_guess.then(|| self.confidence(Confidence::Low));
        let parts = name.into_iter().chain(doubt);
        parts.collect::<Vec<_>>().join(" ")
    }

    /// Describes how a document was read, with which confidence, and why.
    fn read_as(&self, case: CaseRef<'_>) -> String {
        let basis = &case.document.basis;
        let confidence = self.confidence(basis.confidence);
        let why = basis.why.in_language(self.language);
        let reader = Label(basis.reader.name(), basis.reader.english()).in_language(self.language);
        match self.language {
            Language::Chinese => format!("读作{reader}，{confidence}：{why}"),
            Language::English => format!("read as {reader}, {confidence}: {why}"),
        }
    }

    /// Returns the lines between the title and the text of a case, in a script, with the reader's
    /// marks.
    pub fn front(&self, case: CaseRef<'_>, script: Display, kept: &State) -> Front {
        let mut byline = vec![case.orgs()];
        byline.extend(case.case.year.map(|year| year.to_string()));
        byline.extend(case.case.category.map(|c| self.category(c).to_owned()));
        byline.push(self.completeness(case.case.completeness).to_owned());
        byline.retain(|part| !part.is_empty());
        let about = &case.document.about;
        let number = about.number.as_ref().filter(|_| is_own(case));
        let source = [&about.publisher, &about.date, &about.reporter]
            .map(Option::as_ref)
            .into_iter();
        let mut source: Vec<String> = [number]
            .into_iter()
            .chain(source)
            .flatten()
            .cloned()
            .collect();
        let lines = case.case.lines;
        let name = &case.document.name;
        source.push(if lines.last == lines.first {
            format!("{name}:{}", lines.first)
        } else {
            format!("{name}:{}-{}", lines.first, lines.last)
        });
        let shown = |text: &str| script.show(text).into_owned();
        let key = case.case.key();
        let star = kept.starred(key).then(|| "*".to_owned());
        let tags = kept.tags(key).map(|tag| format!("#{tag}"));
        let mut byline = shown(&byline.join("  "));
        for mark in star.into_iter().chain(tags) {
            byline += "  ";
            byline += &gate::line(&mark);
        }
        let mut source = shown(&source.join("  "));
        if is_own(case) {
            source.push('\n');
            source += &shown(&self.read_as(case));
        }
        let note = kept.note(key);
        if !note.is_empty() {
            // A note of one line continues the row; several lines get rows of their own.
            let lines: Vec<_> = note.lines().map(gate::line).collect();
            let goes_on = lines.len() == 1 && !is_own(case);
            source += if goes_on { "  " } else { "\n" };
            source += &format!("{}: {}", script.show(self.note), lines.join("\n"));
        }
        Front { byline, source }
    }
}
