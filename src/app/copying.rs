//! The copy menu: every part of a case that can be copied, previewed in full.

use super::App;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use crate::case::{BlockKind, CaseRef};
use crate::cite::{self, Style};
use crate::export::passages;
use crate::text::script::Script;
use crate::text::sentence::sentences;
use crate::typeset::Part;

impl App {
    /// Opens the copy menu: the selection, the paragraph and sentence in view, the whole case, its
    /// citation and title. Text is also offered in the displayed script, if that differs.
    pub(super) fn open_copy(&mut self) {
        let Some(index) = self.page_case() else {
            return;
        };
        let case = self.corpus.get(index);
        let citation = cite::cite(case, Style::default()).text;
        let with_citation = |text: &str| format!("{text}\n——{citation}");
        let body = format!("{}\n{}\n\n{}", case.title(), case.orgs(), case.text());
        let whole = format!("{body}\n\n{citation}");
        let script = self.settings.script.off_screen();
        let (paragraph_label, whole_label) = converted(script.script);
        let mut items = Vec::new();
        let mut add = |label: Label, text: String| {
            let shown = start_of(&text);
            let label = label.in_language(self.settings.language);
            items.push(Item::new(label, shown, Choice::Copy(text)));
        };
        if let Some(passage) = self.chosen_passage() {
            let quote = passage.quote;
            let cited = with_citation(&quote);
            add(Label("所选文字", "selection"), quote);
            add(Label("所选及引文", "selection, cited"), cited);
        }
        let paragraph = self.paragraph(case);
        if let Some((_, paragraph)) = &paragraph {
            add(Label("段落", "paragraph"), paragraph.clone());
            let shown = script.show(paragraph).into_owned();
            if shown != *paragraph {
                add(paragraph_label, shown);
            }
            add(
                Label("段落及引文", "paragraph, cited"),
                with_citation(paragraph),
            );
        }
        if let Some(sentence) = self.sentence(case) {
            add(Label("句子", "sentence"), sentence);
        }
        let collected = self.collected_passages();
        if !collected.is_empty() {
            let excerpts = self.excerpts(&collected);
            add(Label("本次摘录", "marked now"), passages::plain(&excerpts));
        }
        add(Label("全文", "case"), whole.clone());
        if script.show(&body) != body {
            // The citation stays as printed.
            let shown = format!("{}\n\n{citation}", script.show(&body));
            add(whole_label, shown);
        }
        add(Label("引文", "citation"), citation.clone());
        add(Label("标题", "title"), case.title().into_owned());
        add(Label("编号", "id"), case.case.id.0.clone());
        if let Some((block, _)) = paragraph {
            let range = case.case.blocks[block].range.bytes();
            let first = case.document.line_of(range.start);
            let last = case.document.line_of(range.end.saturating_sub(1));
            let lines = numbered(case, first, last);
            add(Label("段落原始行", "raw lines of it"), lines);
        }
        // The lines of a document of many megabytes would take as much memory again; the document
        // itself is a file.
        if whole.len() <= MOST_LINES {
            let lines = case.case.lines;
            let lines = numbered(case, lines.first, lines.last);
            add(Label("全部原始行", "all raw lines"), lines);
        }
        let shown = start_of(&whole);
        items.push(Item::new(
            Label("纯文本显示", "plain text").in_language(self.settings.language),
            shown.clone(),
            Choice::Show(whole.clone()),
        ));
        items.push(Item::new(
            Label("保存到文件", "to a file").in_language(self.settings.language),
            shown,
            Choice::Save("anli.txt", whole),
        ));
        self.overlay.picker = Some(Picker::new(Label("复制", "copy"), items));
    }

    /// Returns the paragraph of the current match or, without one, the first in view, in the script
    /// of the document. Returns it with its index among the blocks of the case.
    fn paragraph(&self, case: CaseRef<'_>) -> Option<(usize, String)> {
        let sheet = self.page.sheet()?;
        let here = self.page.current().map(|place| place.block);
        let first = here.unwrap_or(self.page.anchor().block) as usize;
        let texts = sheet.set.blocks().iter().skip(first);
        let mut blocks = texts.filter_map(|block| match block.part {
            Part::Text(at) => Some(at as usize),
            _ => None,
        });
        let at = blocks.next()?;
        let block = case.case.blocks.get(at)?;
        Some((at, case.block_text(block).into_owned()))
    }

    /// Returns the sentence of the current match or, without one, the first in view that is no
    /// heading.
    fn sentence(&self, case: CaseRef<'_>) -> Option<String> {
        let sheet = self.page.sheet()?;
        let blocks = sheet.set.blocks();
        let here = self.page.current();
        let in_text = |block: u32| match blocks.get(block as usize)?.part {
            Part::Text(at) => case.case.blocks.get(at as usize),
            _ => None,
        };
        let (block, char) = match here.and_then(|place| Some((in_text(place.block)?, place))) {
            Some((block, place)) => (block, place.span.start),
            None => {
                let top = self.page.anchor();
                let mut below = top.block..blocks.len() as u32;
                let is_prose = |&at: &u32| {
                    let block = in_text(at);
                    block.is_some_and(|block| block.kind == BlockKind::Paragraph)
                };
                let at = below.find(is_prose)?;
                (in_text(at)?, if at == top.block { top.char } else { 0 })
            }
        };
        let text = case.block_text(block);
        let spans = sentences(&text);
        let span = spans.iter().find(|span| char < span.end)?;
        let chars = text.chars().skip(span.start as usize);
        Some(chars.take((span.end - span.start) as usize).collect())
    }
}

/// Maximum bytes of a case whose lines are offered with numbers.
const MOST_LINES: usize = 4 << 20;

/// Returns the beginning of a text in one line, longer than any screen shows.
fn start_of(text: &str) -> String {
    const SEEN: usize = 20_000;
    let end = text.floor_char_boundary(SEEN);
    text[..end].replace('\n', " ")
}

/// Returns original lines of the case's document, with their numbers.
fn numbered(case: CaseRef<'_>, first: u32, last: u32) -> String {
    let digits = last.to_string().len();
    let line = |number: u32| {
        let line = case.document.raw_line(number);
        format!("{number:digits$}  {line}")
    };
    let lines: Vec<String> = (first..=last).map(line).collect();
    lines.join("\n")
}

/// Returns the labels of a converted paragraph and of a converted case.
fn converted(script: Script) -> (Label, Label) {
    match script {
        Script::Traditional => (
            Label("段落（繁体）", "paragraph, Traditional"),
            Label("全文（繁体）", "case, Traditional"),
        ),
        Script::Original | Script::Simplified => (
            Label("段落（简体）", "paragraph, Simplified"),
            Label("全文（简体）", "case, Simplified"),
        ),
    }
}
