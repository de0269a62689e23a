//! Kept passages: on the page, in a list, and exported.

use super::App;
use super::action::{Command, Effect};
use super::commands::Mode;
use super::keymap;
use super::picker::{Choice, Item, Picker};
use super::window::Focus;
use super::words::Label;
use crate::corpus::CaseIndex;
use crate::export::passages::{self, Excerpt};
use crate::store::{Change, Passage};
use crate::text::CharSpan;

impl App {
    /// Returns the kept passages, in the order of the library.
    fn all_passages(&self) -> Vec<(CaseIndex, Passage)> {
        let cases = self.corpus.iter();
        let of_case = |(case, found): (CaseIndex, crate::case::CaseRef<'_>)| {
            let passages = self.collection.kept.passages(found.case.key()).into_iter();
            passages.map(move |passage| (case, passage))
        };
        cases.flat_map(of_case).collect()
    }

    /// Returns the passages marked in this run, in the order of marking.
    pub(super) fn collected_passages(&self) -> Vec<(CaseIndex, Passage)> {
        let found = self
            .collection
            .collected
            .iter()
            .filter_map(|&(case, span)| {
                let kept = self.collection.kept.passages(&self.key(case));
                let passage = kept.into_iter().find(|passage| passage.span == span)?;
                Some((case, passage))
            });
        found.collect()
    }

    pub(super) fn excerpts<'a>(&'a self, passages: &'a [(CaseIndex, Passage)]) -> Vec<Excerpt<'a>> {
        let excerpt = |(case, passage): &'a (CaseIndex, Passage)| Excerpt {
            case: self.corpus.get(*case),
            passage,
        };
        passages.iter().map(excerpt).collect()
    }

    /// Lists all passages, with items to copy and export all of them.
    pub(super) fn open_passages(&mut self) {
        let all = self.all_passages();
        if all.is_empty() {
            let key = self.key_of(Mode::Page, Command::Passage);
            self.notice = Some((self.words().no_passages)(&key));
            return;
        }
        let language = self.settings.language;
        let excerpts = self.excerpts(&all);
        let mut items: Vec<Item> = all
            .iter()
            .map(|(case, passage)| {
                let goal = Choice::GoToPassage(*case, passage.clone());
                let quote = passage.quote.replace('\n', " ");
                Item::new(self.id(*case), quote, goal)
            })
            .collect();
        let of_all = [
            (
                Label("复制", "copy"),
                Label("全部摘录及出处", "all passages with their sources"),
                Choice::Copy(passages::plain(&excerpts)),
            ),
            (
                Label("导出", "export"),
                Label("全部摘录，Markdown", "all passages, Markdown"),
                Choice::Save("anli-passages.md", passages::markdown(&excerpts)),
            ),
            (
                Label("导出", "export"),
                Label("全部摘录，JSON", "all passages, JSON"),
                Choice::Save("anli-passages.json", passages::json(&excerpts)),
            ),
        ];
        items.extend(of_all.map(|(key, label, choice)| {
            Item::new(
                key.in_language(language),
                label.in_language(language),
                choice,
            )
        }));
        let title = Label("摘录（按 Enter 前往）", "passages (Enter goes there)");
        self.overlay.picker = Some(Picker::new(title, items));
    }

    /// Returns the first key of a command as hints show it; empty if it has none.
    fn key_of(&self, mode: Mode, command: Command) -> String {
        let mut keys = self.settings.keymap.keys(mode, command);
        keys.next().map(keymap::name).unwrap_or_default()
    }

    /// Goes to a passage on its page and selects it, so that it can be copied or removed.
    pub(super) fn go_to_passage(&mut self, case: CaseIndex, passage: &Passage) {
        self.leave();
        self.overlay.view = None;
        self.list.select(case);
        self.trail.revisited = Some(case);
        self.reading.raw = false;
        self.window.focus = Focus::Page;
        self.settle();
        let text = self.corpus.get(case).text();
        match passage.find(&text) {
            Some(span) => {
                self.begin_marking_at(case, span);
                let drop = self.key_of(Mode::Passage, Command::KeepPassage);
                let copy = self.key_of(Mode::Passage, Command::Copy);
                self.notice = Some((self.words().passage_help)(&drop, &copy));
            }
            None => {
                // The text no longer contains the passage. It can still be copied or removed.
                let items = vec![
                    self.offer(
                        Label("复制", "copy"),
                        Label("复制摘录", "copy the passage"),
                        Choice::Copy(passage.quote.clone()),
                    ),
                    self.offer(
                        Label("删除", "remove"),
                        Label("取消这处摘录", "remove the passage"),
                        Choice::DropPassage(case, passage.span),
                    ),
                ];
                let title = Label(
                    "原文已改动，找不到这处摘录",
                    "the text has changed: passage not found",
                );
                self.overlay.picker = Some(Picker::new(title, items));
            }
        }
    }

    /// Removes the passage of a case at `span`.
    pub(super) fn drop_passage(&mut self, case: CaseIndex, span: CharSpan) -> Option<Effect> {
        self.notice = Some(self.words().unmarked.to_owned());
        Some(Effect::Keep(vec![Change::Passage {
            case: self.key(case),
            span,
            quote: String::new(),
        }]))
    }

    /// Returns the places of a case's passages on its page, by block, ordered and disjoint.
    pub(super) fn passage_spans(&self, case: CaseIndex) -> Vec<Vec<CharSpan>> {
        let found = self.corpus.get(case);
        let kept = self.collection.kept.passages(found.case.key());
        let Some(sheet) = self.page.sheet().filter(|_| !kept.is_empty()) else {
            return Vec::new();
        };
        let text = found.text();
        let mut spans: Vec<Vec<CharSpan>> = vec![Vec::new(); sheet.set.blocks().len()];
        let lengths: Vec<u32> = sheet
            .set
            .blocks()
            .iter()
            .map(|block| block.text.chars().count() as u32)
            .collect();
        for span in kept.iter().filter_map(|passage| passage.find(&text)) {
            let first = self.anchor_in_text(found, span.start);
            let last = self.anchor_in_text(found, span.end.saturating_sub(1));
            for block in first.block..=last.block {
                let start = if block == first.block { first.char } else { 0 };
                let end = if block == last.block {
                    last.char + 1
                } else {
                    lengths[block as usize]
                };
                spans[block as usize].push(CharSpan::new(start, end));
            }
        }
        spans.iter_mut().for_each(join_overlapping);
        spans
    }
}

/// Merges runs that overlap or touch.
fn join_overlapping(spans: &mut Vec<CharSpan>) {
    spans.sort_unstable();
    spans.dedup_by(|next, before| {
        let meet = next.start <= before.end;
        if meet {
            before.end = before.end.max(next.end);
        }
        meet
    });
}
