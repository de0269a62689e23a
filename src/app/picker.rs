//! A list over the panes with a line that narrows it: help, outline, menus,
//! facets. Without items it is a line to be filled in.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::Settings;
use super::action::{Command, Export, Motion};
use super::figures::FigureTable;
use super::line_edit::LineEdit;
use super::order::Order;
use super::page::Page;
use super::panes::{self, Popup};
use super::words::Label;
use crate::corpus::CaseIndex;
use crate::export::Format;
use crate::jury::acts;
use crate::jury::seat::Writing;
use crate::search::query::{self, Field};
use crate::search::{self, Marker, ReadableCodes};
use crate::store::Passage;
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::pinyin::{self, Spellings};
use crate::text::width::{self, Ambiguous};
use crate::typeset::Anchor;

/// What happens when an item is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Run(Command),
    Sort(Order),
    /// Open another library.
    OpenLibrary(usize),
    /// List what a query can say.
    ShowSyntax,
    /// Search for something else.
    Search(String),
    /// Go to a place in the page.
    GoTo(Anchor),
    Copy(String),
    /// Show a text on the bare terminal.
    Show(String),
    /// Write a text to a file, for which this name is offered.
    Save(&'static str, String),
    /// Go to a passage that is kept.
    GoToPassage(CaseIndex, Passage),
    /// Go to a case.
    GoToCase(CaseIndex),
    /// Go to a figure, at a place in the text of a case.
    GoToFigure(CaseIndex, CharSpan),
    /// Take away the passage of a case at this place.
    DropPassage(CaseIndex, CharSpan),
    /// Let one of several contents of an entry count.
    Settle(Writing),
    /// Add a text to the note on a case.
    AddToNote(CaseIndex, String),
    /// Turn a value of a field on or off; the list stays open.
    Toggle(Field, String),
    /// Ask for a file of this format.
    ExportAs(Format),
    Export(Export),
    /// Leave although marks are not saved.
    Abandon,
    /// Close the list.
    Close,
}

impl Choice {
    /// Whether it leads to what a public terminal does without.
    pub const fn reaches_out(&self) -> bool {
        match self {
            Self::Show(_)
            | Self::Save(..)
            | Self::ExportAs(_)
            | Self::Export(_)
            | Self::OpenLibrary(_)
            | Self::Settle(_) => true,
            Self::Run(command) => command.reaches_out(),
            _ => false,
        }
    }
}

/// What a line that is filled in is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    Tags(Vec<CaseIndex>),
    Note(Vec<CaseIndex>),
    ExportPath(Format),
    /// Where a text is to be written.
    TextPath(String),
    /// What the office of a round records, of a case of its docket or of none.
    Act(acts::Kind, Option<usize>),
}

/// One item: columns of text and what choosing it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub key: String,
    pub label: String,
    /// Further columns, at the right, where there is room for them.
    pub more: Vec<String>,
    /// The text that is shown in full below the list while the item is selected, and that
    /// the line finds as well.
    pub text: Option<String>,
    pub choice: Choice,
    /// A short label for a list in two columns, and a shorter one for four.
    pub short: [&'static str; 2],
    /// What has to be said of it while it is selected.
    pub remark: Option<String>,
    /// The heading that it is listed under; empty for none.
    heading: Cow<'static, str>,
    /// Other words by which it is found.
    synonyms: String,
    /// The key and the label, to be said in full where the list cuts the key.
    whole: String,
}

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// The heading of the items below it.
    Heading(&'a str),
    /// An item, its place among those left, and whether it is selected.
    Item(&'a Item, usize, bool),
}

/// A row of the list in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    pub row: Shown<'a>,
    /// Rows of the screen between the first and it.
    pub below: u16,
    /// The column of the list that it is in, from 0.
    pub column: u16,
}

impl Item {
    /// An item.
    pub fn new(key: impl Into<String>, label: impl Into<String>, choice: Choice) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            more: Vec::new(),
            text: None,
            choice,
            short: [""; 2],
            remark: None,
            heading: Cow::Borrowed(""),
            synonyms: String::new(),
            whole: String::new(),
        }
    }

    /// The item under a heading.
    pub fn under(self, heading: impl Into<Cow<'static, str>>) -> Self {
        Self {
            heading: heading.into(),
            ..self
        }
    }

    /// The item with short labels, which the line finds as well.
    pub fn shortened(self, short: [&'static str; 2]) -> Self {
        Self {
            short,
            synonyms: short.join(" "),
            ..self
        }
    }

    /// The item with further columns.
    pub fn with(self, more: Vec<String>) -> Self {
        Self { more, ..self }
    }

    /// The item with a text that is shown in full while it is selected.
    pub fn showing(self, text: String) -> Self {
        Self {
            text: Some(text),
            ..self
        }
    }

    /// The item, found by other words as well.
    pub fn found_by(self, synonyms: String) -> Self {
        Self { synonyms, ..self }
    }

    /// The item whose key is said in full, before its label, where the list cuts it.
    pub fn told_whole(self) -> Self {
        let whole = format!("{}　{}", self.key, self.label);
        Self { whole, ..self }
    }

    /// The item with a remark; none where there is nothing to say.
    pub fn remarked(self, remark: String) -> Self {
        let remark = Some(remark).filter(|remark| !remark.is_empty());
        Self { remark, ..self }
    }

    /// Whether its label is a name or a text rather than words of the program.
    pub fn is_given(&self) -> bool {
        matches!(
            self.choice,
            Choice::OpenLibrary(_)
                | Choice::Search(_)
                | Choice::Copy(_)
                | Choice::GoTo(_)
                | Choice::GoToFigure(..)
                | Choice::GoToPassage(..)
                | Choice::GoToCase(_)
                | Choice::DropPassage(..)
        )
    }

    /// Whether it is a command that its label describes.
    fn is_command(&self) -> bool {
        matches!(self.choice, Choice::Run(_) | Choice::ShowSyntax)
    }

    /// What the line of the picker looks in, besides the text of the item.
    fn searched(&self) -> String {
        let mut text = format!("{} {} {}", self.key, self.label, self.synonyms);
        for part in &self.more {
            text.push(' ');
            text += part;
        }
        text
    }

    /// The text that it is about, where it is about one.
    fn text(&self) -> Option<&str> {
        if let Some(text) = &self.text {
            return Some(text);
        }
        match &self.choice {
            Choice::Copy(text)
            | Choice::Show(text)
            | Choice::Save(_, text)
            | Choice::AddToNote(_, text) => Some(text),
            Choice::GoToPassage(_, passage) => Some(&passage.quote),
            _ => None,
        }
    }
}

/// The items, the line that narrows them, and the selection.
#[derive(Clone, Debug)]
pub struct Picker {
    pub title: Label,
    /// How many cases it is for, where that is worth saying.
    pub cases: Option<usize>,
    /// What the cases are called, where it changes their marks.
    pub names: String,
    pub line: LineEdit,
    /// Set where the line is filled in rather than narrowing anything.
    pub purpose: Option<Purpose>,
    /// Whether items with the same key stand together, so that it is shown
    /// before the first of them only.
    pub grouped: bool,
    /// Whether its border counts the items.
    pub counted: bool,
    /// The figures that its items are for.
    pub table: Option<Box<FigureTable>>,
    /// Whether its items are still being worked out.
    pub waits: bool,
    /// Whether it takes all the room that there is, for items with many columns.
    pub wide: bool,
    /// Whether the key of an item, a character, chooses it as long as the line is empty.
    pub by_letter: bool,
    /// The column that the caret of a note keeps while it goes over shorter rows.
    column: Option<u16>,
    items: Vec<Item>,
    /// Positions of the items that the line leaves; not worked out yet after a change,
    /// so that of many keys in one go only the last one has to.
    shown: OnceCell<Vec<usize>>,
    /// How the reader types pinyin, once the line was changed.
    spellings: Option<Arc<Spellings>>,
    selected: usize,
}

/// Whether a word is looked for in the texts of items as well. A unit or a number is not:
/// it would bring up every other figure of its sentence.
fn finds_in_texts(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.contains(char::is_numeric)
}

/// How many columns a list by letter may be set in, with the least columns of the popup
/// and how many of them the label of an item has at least.
const STACKS: [(u16, u16); 2] = [(2, 60), (4, 40)];

/// Items, or rows of a note, that a picker moves by at once.
const SCREEN: usize = 8;

/// Rows that what is said of an item takes below the list, at most.
const MOST_BELOW: u16 = 4;
/// The rows that a popup has at least where the screen has them: borders, the line, two
/// items, and the last row below.
const LEAST_ABOVE: u16 = 6;

/// Rows of a note that is short or not written yet, and of one that leaves some of
/// the case in view.
const LEAST_NOTE: usize = 3;
const MOST_NOTE: usize = 16;

impl Picker {
    /// A list of items.
    pub fn new(title: Label, items: Vec<Item>) -> Self {
        Self {
            title,
            cases: None,
            names: String::new(),
            line: LineEdit::default(),
            purpose: None,
            grouped: false,
            counted: false,
            table: None,
            waits: false,
            wide: false,
            by_letter: false,
            column: None,
            shown: OnceCell::new(),
            spellings: None,
            items,
            selected: 0,
        }
    }

    /// A list of items that stand together by their keys.
    pub fn grouped(title: Label, items: Vec<Item>) -> Self {
        Self {
            grouped: true,
            ..Self::new(title, items)
        }
    }

    /// The picker with its items counted in the border.
    pub fn counted(self) -> Self {
        Self {
            counted: true,
            ..self
        }
    }

    /// A line to be filled in, with a text in it already.
    pub fn prompt(title: Label, text: &str, purpose: Purpose) -> Self {
        Self {
            line: LineEdit::new(text),
            purpose: Some(purpose),
            ..Self::new(title, Vec::new())
        }
    }

    /// The prompt, saying for how many cases it is.
    pub fn for_cases(self, count: usize) -> Self {
        Self {
            cases: Some(count),
            ..self
        }
    }

    /// The prompt, saying what the cases are called.
    pub fn naming(self, names: String) -> Self {
        Self { names, ..self }
    }

    /// Whether a note is written in it.
    pub fn is_note(&self) -> bool {
        matches!(self.purpose, Some(Purpose::Note(_)))
    }

    /// The sections of the case on the page, the one in view selected; `None`
    /// where it has none.
    pub fn outline(page: &Page, settings: &Settings) -> Option<Self> {
        let set = &page.sheet()?.set;
        let items = set.sections().iter().map(|section| {
            let roles = section.roles.iter().map(|role| {
                let name = Label(role.chinese(), role.english());
                settings.script.show(name.in_language(settings.language))
            });
            let indent = "  ".repeat(usize::from(section.level).saturating_sub(1));
            let anchor = Anchor {
                block: section.block,
                char: 0,
            };
            Item::new(
                roles.collect::<Vec<_>>().join(" "),
                format!("{indent}{}", set.heading(section)),
                Choice::GoTo(anchor),
            )
        });
        let mut picker = Self::new(Label("大纲", "outline"), items.collect());
        picker.selected = page.section().unwrap_or(0);
        (!picker.items.is_empty()).then_some(picker)
    }

    /// Takes items that have changed, and stays on the one selected.
    pub fn renew(&mut self, items: Vec<Item>, spellings: &Spellings) {
        let choice = self.choice();
        self.items = items;
        self.narrow(spellings);
        let same = |&at: &usize| Some(&self.items[at].choice) == choice.as_ref();
        self.selected = self.left().iter().position(same).unwrap_or(0);
    }

    /// Removes the items that a public terminal must not offer. Returns whether it removed
    /// all there were.
    pub fn keep_inside(&mut self) -> bool {
        let all = self.items.len();
        self.items.retain(|item| !item.choice.reaches_out());
        if self.items.len() == all {
            return false;
        }
        self.shown = OnceCell::new();
        self.selected = 0;
        self.items.is_empty()
    }

    /// Lists the items in another order, from the first on, each under the heading that
    /// `heading` gives it.
    pub fn arrange(
        &mut self,
        order: impl Fn(&Item, &Item) -> Ordering,
        heading: impl Fn(&Item) -> Cow<'static, str>,
        spellings: &Spellings,
    ) {
        self.items.sort_by(order);
        for item in &mut self.items {
            item.heading = heading(item);
        }
        self.narrow(spellings);
    }

    /// The items that are left, with whether each is selected.
    pub fn shown(&self) -> impl Iterator<Item = (&Item, bool)> {
        let item = |(at, &item)| (&self.items[item], at == self.selected);
        self.left().iter().enumerate().map(item)
    }

    /// The rows of the list: the items that are left, below their headings.
    pub fn rows(&self) -> Vec<Shown<'_>> {
        let mut rows = Vec::with_capacity(self.left().len());
        let mut heading = "";
        for (at, (item, selected)) in self.shown().enumerate() {
            if item.heading != heading {
                heading = &item.heading;
                rows.push(Shown::Heading(heading));
            }
            rows.push(Shown::Item(item, at, selected));
        }
        rows
    }

    /// Where it stands on a screen of so many columns and rows. There is room for
    /// all items, also while the line leaves fewer. The rows of a note take the
    /// line's place and that of items.
    pub fn place(&self, columns: u16, rows: u16, ambiguous: Ambiguous) -> Popup {
        if self.is_note() {
            let lines = self.line.rows(panes::line_columns(columns), ambiguous);
            // There is a row to go on in, and that there may be several is seen.
            let lines = (lines.len() + 1).clamp(LEAST_NOTE, MOST_NOTE);
            return panes::popup(columns, rows, lines - 1, false);
        }
        let preview = self.items.iter().any(|item| item.text().is_some());
        let headings: BTreeSet<&str> = self.items.iter().map(|item| &*item.heading).collect();
        let headings = headings.iter().filter(|heading| !heading.is_empty());
        let items = self.items.len() + headings.count();
        let popup = if self.wide {
            panes::table
        } else {
            panes::popup
        };
        let above = rows.saturating_sub(self.rows_below(columns, ambiguous));
        // What is said of items yields to items.
        let above = above.max(rows.min(LEAST_ABOVE));
        let one = popup(columns, above, items, preview);
        if !self.by_letter || usize::from(one.items) >= items {
            return one;
        }
        let stacked = STACKS.into_iter().flat_map(|(stacks, _)| {
            let items = items.div_ceil(usize::from(stacks));
            [above, rows].map(|rows| popup(columns, rows, items, preview))
        });
        let mut fitting = stacked.filter(|&popup| self.stacks(popup).is_some());
        fitting.next().unwrap_or(one)
    }

    /// Whether there is no item at all, so that the line is all there is.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What has to be said of the selected item.
    pub fn remark(&self) -> Option<&str> {
        let &item = self.left().get(self.selected)?;
        self.items[item].remark.as_deref()
    }

    /// The whole label of the selected command, where the list cuts or shortens it, with
    /// its keys where the list cuts those.
    pub fn cut_label(&self, columns: u16, rows: u16, ambiguous: Ambiguous) -> Option<&str> {
        let item = &self.items[*self.left().get(self.selected)?];
        let frame = self.place(columns, rows, ambiguous);
        let is_short = self
            .short_label(item, frame)
            .is_some_and(|short| short != item.label);
        let room = self.label_columns(frame.frame.columns, ambiguous);
        let is_cut = width::of_str(&item.label, ambiguous) > room;
        let key_room = self.key_columns(frame.frame.columns, ambiguous);
        if !item.whole.is_empty() && width::of_str(&item.key, ambiguous) > key_room {
            return Some(&item.whole);
        }
        (item.is_command() && (is_short || is_cut)).then_some(&item.label)
    }

    /// Columns that the labels have in a popup of so many.
    fn label_columns(&self, columns: u16, ambiguous: Ambiguous) -> u16 {
        columns.saturating_sub(6 + self.key_columns(columns, ambiguous))
    }

    /// Columns for the keys before the labels: the width of the widest, unless that is more
    /// than two fifths of the popup; then a third, or more where keys cut to a third would
    /// look alike.
    pub fn key_columns(&self, columns: u16, ambiguous: Ambiguous) -> u16 {
        let keys: BTreeSet<&str> = self.shown().map(|(item, _)| &*item.key).collect();
        let widest = keys
            .iter()
            .map(|key| width::of_str(key, ambiguous))
            .max()
            .unwrap_or(0);
        if widest <= columns * 2 / 5 {
            return widest;
        }
        let differ = |&columns: &u16| {
            let cut = keys
                .iter()
                .map(|key| width::truncate(key, columns, ambiguous).to_string());
            cut.collect::<BTreeSet<_>>().len() == keys.len()
        };
        let third = columns / 3;
        (third..=columns * 2 / 3).find(differ).unwrap_or(third)
    }

    /// Rows below the popup, besides the last one of the screen, that are kept for the
    /// longest of what is said of items there: remarks, and the labels of commands that the
    /// list cuts.
    fn rows_below(&self, columns: u16, ambiguous: Ambiguous) -> u16 {
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            let widths = texts.map(|text| width::of_str(text, ambiguous));
            widths.max().unwrap_or(0)
        };
        // Of all items, so that the popup stays as it is while the line leaves fewer.
        let items = self.items.iter();
        let keys = widest(&mut items.clone().map(|item| &*item.key));
        let commands = items.clone().filter(|item| item.is_command());
        let label = widest(&mut commands.map(|item| &*item.label));
        let mut items_whole = items.clone().map(|item| &*item.whole);
        let remark = widest(&mut items.filter_map(|item| item.remark.as_deref()));
        let popup = panes::popup_columns(columns);
        let room = popup.saturating_sub(6 + keys.min(popup * 2 / 5));
        let cut = if label > room { label } else { 0 };
        // Keys that the list cuts are said in rows of their own.
        let whole = widest(&mut items_whole).saturating_sub(2);
        let cut = if keys > popup * 2 / 5 && whole > 0 {
            cut.max(whole)
        } else {
            cut
        };
        // A row that ends before a Han or a word is a little shorter.
        let row = columns
            .saturating_sub(2)
            .saturating_sub(columns / 10)
            .max(2);
        cut.max(remark).div_ceil(row).min(MOST_BELOW)
    }

    /// Whether the next character typed chooses an item by its key.
    pub fn awaits_letter(&self) -> bool {
        self.by_letter && self.line.is_empty()
    }

    /// Whether choosing an item turns it on or off.
    pub fn toggles(&self) -> bool {
        let toggle = |item: &Item| matches!(item.choice, Choice::Toggle(..));
        self.items.first().is_some_and(toggle)
    }

    /// The text that choosing the selected item would copy or show.
    pub fn preview(&self) -> Option<&str> {
        let &item = self.left().get(self.selected)?;
        self.items[item].text()
    }

    /// Which of the items left is selected, and how many are left.
    pub fn position(&self) -> (usize, usize) {
        (self.selected, self.left().len())
    }

    /// What choosing the selected item does; `None` where no item is left.
    pub fn choice(&self) -> Option<Choice> {
        let &item = self.left().get(self.selected)?;
        Some(self.items[item].choice.clone())
    }

    /// Changes the line and leaves only the items that match all its words, as
    /// a search would. Tells whether the line was longer than a query may be, and
    /// was cut; one that is filled in never is.
    ///
    /// A caret that only moves leaves the selection where it is.
    pub fn edit(&mut self, spellings: &Spellings, change: impl FnOnce(&mut LineEdit)) -> bool {
        self.column = None;
        if self.items.is_empty() {
            change(&mut self.line);
            return false;
        }
        let before = self.line.text().to_owned();
        change(&mut self.line);
        let cut = self.line.truncate(query::LONGEST);
        if self.line.text() != before {
            self.narrow(spellings);
        }
        cut
    }

    fn narrow(&mut self, spellings: &Spellings) {
        if self.spellings.is_none() {
            self.spellings = Some(Arc::new(spellings.clone()));
        }
        self.shown = OnceCell::new();
        self.selected = 0;
    }

    /// Positions of the items that match every word of the line. Of a line that is
    /// filled in there is nothing to look for.
    fn left(&self) -> &[usize] {
        self.shown.get_or_init(|| {
            let all = 0..self.items.len();
            let words: BTreeSet<&str> = self.line.text().split_whitespace().collect();
            let Some(spellings) = &self.spellings else {
                return all.collect();
            };
            if self.items.is_empty() || words.is_empty() {
                return all.collect();
            }
            let searched: Vec<String> = self.items.iter().map(Item::searched).collect();
            let further = self.items.iter().filter_map(|item| item.text.as_deref());
            let texts = searched.iter().map(String::as_str).chain(further);
            let characters = ReadableCodes::of(texts.flat_map(fold::codes));
            let marker = |word| Marker::new(word, spellings, &characters);
            let words: Vec<(bool, Marker)> = words
                .into_iter()
                .map(|word| (finds_in_texts(word), marker(word)))
                .collect();
            let has =
                |word: &Marker, text: &str| !word.marks(search::Field::Title, text).is_empty();
            let matches = |item: &Item, columns: &str| {
                words.iter().all(|(in_text, word)| {
                    let mut text = item.text.iter().filter(|_| *in_text);
                    has(word, columns) || text.any(|text| has(word, text))
                })
            };
            let mut found: Vec<usize> = all
                .filter(|&at| matches(&self.items[at], &searched[at]))
                .collect();
            if self.items.iter().all(Item::is_command) {
                // What a word names comes before what it only occurs in.
                let names = |word: &Marker, text: &str| {
                    let all = CharSpan::new(0, text.chars().count() as u32);
                    word.marks(search::Field::Title, text).contains(&all)
                };
                let heads = |at: usize| {
                    let texts = searched[at].split_whitespace();
                    texts.filter_map(|text| text.split('：').next())
                };
                let is_named = |&at: &usize| {
                    let mut words = words.iter();
                    words.all(|(_, word)| heads(at).any(|text| names(word, text)))
                };
                // Read in full, biji is 笔记 and only the beginning of 比较.
                let is_spelled = |&at: &usize| {
                    let mut typed = self.line.text().split_whitespace();
                    typed.all(|word| heads(at).any(|text| pinyin::spells(word, text)))
                };
                found.sort_by_key(|at| (!is_spelled(at), !is_named(at)));
            }
            found
        })
    }

    /// Moves the selection.
    pub fn step(&mut self, motion: Motion) {
        let last = self.left().len().saturating_sub(1);
        let at = self.selected;
        self.selected = match motion {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => at + 1,
            Motion::HalfUp | Motion::PageUp => at.saturating_sub(SCREEN),
            Motion::HalfDown | Motion::PageDown => at + SCREEN,
            Motion::First => 0,
            Motion::Last => last,
        }
        .min(last);
    }

    /// Moves the caret of a note by rows of so many columns.
    pub fn step_row(&mut self, motion: Motion, columns: u16, ambiguous: Ambiguous) {
        let rows = self.line.rows(columns, ambiguous);
        let (row, column) = self.line.caret_in(&rows, ambiguous);
        let column = *self.column.get_or_insert(column);
        let last = rows.len() - 1;
        let to = match motion {
            Motion::Up => row.saturating_sub(1),
            Motion::Down => row + 1,
            Motion::HalfUp | Motion::PageUp => row.saturating_sub(SCREEN),
            Motion::HalfDown | Motion::PageDown => row + SCREEN,
            Motion::First => 0,
            Motion::Last => last,
        };
        self.line.go_to(&rows, to.min(last), column, ambiguous);
    }

    /// Selects an item by its place among those left; false where there is none.
    pub fn select(&mut self, at: usize) -> bool {
        let there = at < self.left().len();
        if there {
            self.selected = at;
        }
        there
    }

    /// The rows in view on a popup. The heading of the first item is in view with it.
    pub fn in_view(&self, popup: Popup) -> Vec<Placed<'_>> {
        let room = usize::from(popup.items);
        let stacked = self
            .stacks(popup)
            .map(|(_, rows)| rows)
            .unwrap_or(usize::MAX);
        let rows = self
            .rows()
            .into_iter()
            .skip(self.first_in_view(popup))
            .enumerate();
        let placed = rows.map(|(at, row)| Placed {
            row,
            below: (at % stacked) as u16,
            column: (at / stacked) as u16,
        });
        placed
            .take_while(|placed| usize::from(placed.below) < room)
            .collect()
    }

    /// Whether there are rows above those in view, and below.
    pub fn is_cut(&self, popup: Popup) -> [bool; 2] {
        let first = self.first_in_view(popup);
        let room = usize::from(popup.items);
        let below = self.stacks(popup).is_none() && first + room < self.rows().len();
        [room > 0 && first > 0, room > 0 && below]
    }

    /// In how many columns the items of a list by letter are, where one has no room for
    /// all, and how many are in each.
    fn stacks(&self, popup: Popup) -> Option<(u16, usize)> {
        let room = usize::from(popup.items);
        if !self.by_letter || room >= self.items.len() {
            return None;
        }
        let mut fitting = STACKS.into_iter().filter_map(|(stacks, least)| {
            let rows = self.items.len().div_ceil(usize::from(stacks));
            (rows <= room && popup.frame.columns >= least).then_some((stacks, rows))
        });
        fitting.next()
    }

    /// The label of an item in a list of several columns; `None` where there is one.
    pub fn short_label(&self, item: &Item, popup: Popup) -> Option<&'static str> {
        let (stacks, _) = self.stacks(popup)?;
        Some(item.short[usize::from(stacks > 2)])
    }

    /// The columns of the screen that a column of the list has, between the borders.
    pub fn columns_of(&self, column: u16, popup: Popup) -> Range<u16> {
        let stacks = self.stacks(popup).map_or(1, |(stacks, _)| stacks);
        let inside = popup.frame.columns - 2;
        let start = |column: u16| popup.frame.x + 1 + inside * column / stacks;
        start(column)..start(column + 1)
    }

    fn first_in_view(&self, popup: Popup) -> usize {
        if self.stacks(popup).is_some() {
            return 0;
        }
        let is_selected = |row: &Shown<'_>| matches!(row, Shown::Item(_, _, true));
        let at = self.rows().iter().position(is_selected).unwrap_or(0);
        (at + 1).saturating_sub(popup.items.into())
    }
}
