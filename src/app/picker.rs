//! Popup lists with a line that narrows them: help, outline, menus, facets. Without items, a picker
//! is a prompt.

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

/// The effect of choosing an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Run(Command),
    Sort(Order),
    /// Open another library, by its index in the settings.
    OpenLibrary(usize),
    /// List the syntax of queries.
    ShowSyntax,
    /// Search for another query.
    Search(String),
    /// Go to a place in the page.
    GoTo(Anchor),
    Copy(String),
    /// Show a text on the bare terminal.
    Show(String),
    /// Write a text to a file, for which this name is suggested.
    Save(&'static str, String),
    /// Go to a kept passage.
    GoToPassage(CaseIndex, Passage),
    /// Go to a case.
    GoToCase(CaseIndex),
    /// Go to a figure, by its place in the text of a case.
    GoToFigure(CaseIndex, CharSpan),
    /// Remove a passage of a case.
    DropPassage(CaseIndex, CharSpan),
    /// Settle which of several versions of an entry counts.
    Settle(Writing),
    /// Add a text to the note on a case.
    AddToNote(CaseIndex, String),
    /// Turn a value of a field on or off. The list stays open.
    Toggle(Field, String),
    /// Ask for the file of an export in this format.
    ExportAs(Format),
    Export(Export),
    /// Quit although marks are not saved.
    Abandon,
    /// Close the list.
    Close,
}

impl Choice {
    /// Whether a public terminal must not offer this.
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

/// Purpose of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    Tags(Vec<CaseIndex>),
    Note(Vec<CaseIndex>),
    ExportPath(Format),
    /// The file for this text.
    TextPath(String),
    /// A record of the round's office, about a case of the docket or none.
    Act(acts::Kind, Option<usize>),
}

/// An item of a picker: columns of text, and the effect of choosing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub key: String,
    pub label: String,
    /// Further columns on the right, if there is room.
    pub more: Vec<String>,
    /// A text shown in full below the list while the item is selected. The line searches it as
    /// well.
    pub text: Option<String>,
    pub choice: Choice,
    /// Short labels, for a list of two columns and of four.
    pub short: [&'static str; 2],
    /// Remark shown while the item is selected.
    pub remark: Option<String>,
    /// Heading that the item is listed under; empty for none.
    heading: Cow<'static, str>,
    /// Further words that find the item.
    synonyms: String,
    /// Key and label, shown in full if the list cuts the key.
    whole: String,
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// A heading of the items that follow.
    Heading(&'a str),
    /// An item, its position among the items shown, and whether it is selected.
    Item(&'a Item, usize, bool),
}

/// A row of the list in view, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    pub row: Shown<'a>,
    /// Rows of the screen below the first row in view.
    pub below: u16,
    /// Column of the list, from 0.
    pub column: u16,
}

impl Item {
    /// Creates an item.
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

    /// Returns the item under a heading.
    pub fn under(self, heading: impl Into<Cow<'static, str>>) -> Self {
        Self {
            heading: heading.into(),
            ..self
        }
    }

    /// Returns the item with short labels, which find it as well.
    pub fn shortened(self, short: [&'static str; 2]) -> Self {
        Self {
            short,
            synonyms: short.join(" "),
            ..self
        }
    }

    /// Returns the item with further columns.
    pub fn with(self, more: Vec<String>) -> Self {
        Self { more, ..self }
    }

    /// Returns the item with a text to show in full while it is selected.
    pub fn showing(self, text: String) -> Self {
        Self {
            text: Some(text),
            ..self
        }
    }

    /// Returns the item with further words that find it.
    pub fn found_by(self, synonyms: String) -> Self {
        Self { synonyms, ..self }
    }

    /// Returns the item with its key and label to be shown in full if the list cuts the key.
    pub fn told_whole(self) -> Self {
        let whole = format!("{}　{}", self.key, self.label);
        Self { whole, ..self }
    }

    /// Returns the item with a remark, if that is not empty.
    pub fn remarked(self, remark: String) -> Self {
        let remark = Some(remark).filter(|remark| !remark.is_empty());
        Self { remark, ..self }
    }

    /// Whether the label is a name or a text from outside of the program.
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

    /// Whether the item is a command that its label describes.
    fn is_command(&self) -> bool {
        matches!(self.choice, Choice::Run(_) | Choice::ShowSyntax)
    }

    /// Returns what the line searches, apart from the text of the item.
    fn searched(&self) -> String {
        let mut text = format!("{} {} {}", self.key, self.label, self.synonyms);
        for part in &self.more {
            text.push(' ');
            text += part;
        }
        text
    }

    /// Returns the text to preview, if any.
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

/// A list of items, the line that narrows it, and the selection.
#[derive(Clone, Debug)]
pub struct Picker {
    pub title: Label,
    /// Number of cases to show in the title, if any.
    pub cases: Option<usize>,
    /// Names of the cases to be changed, or a remark beside the title.
    pub names: String,
    pub line: LineEdit,
    /// Purpose of the line, if this is a prompt.
    pub purpose: Option<Purpose>,
    /// Whether items with the same key are adjacent. The key is shown for the first of them only.
    pub grouped: bool,
    /// Whether the border shows the number of items.
    pub counted: bool,
    /// The figures that the items are for.
    pub table: Option<Box<FigureTable>>,
    /// Whether the items have not arrived yet.
    pub waits: bool,
    /// Whether the popup is as wide as the screen, for items with many columns.
    pub wide: bool,
    /// Whether typing the key of an item chooses it while the line is empty.
    pub by_letter: bool,
    /// Column that the caret of a note returns to after shorter rows.
    column: Option<u16>,
    items: Vec<Item>,
    /// Positions of the items that match the line. Computed when needed, so that a burst of keys
    /// narrows the list once.
    shown: OnceCell<Vec<usize>>,
    /// The reader's pinyin spellings, once the line has been edited.
    spellings: Option<Arc<Spellings>>,
    selected: usize,
}

/// Whether the line searches the texts of items for a word. It does not for units and numbers,
/// which would find every other figure of the sentence.
fn finds_in_texts(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.contains(char::is_numeric)
}

/// Numbers of columns for a list chosen by letter, each with the minimum width of the popup.
const STACKS: [(u16, u16); 2] = [(2, 60), (4, 40)];

/// Items, or rows of a note, in a step of half a page or a page.
const SCREEN: usize = 8;

/// Maximum rows for remarks below the list.
const MOST_BELOW: u16 = 4;
/// Minimum rows for a popup if the screen has them: borders, the line, two items, and the last row
/// of the screen.
const LEAST_ABOVE: u16 = 6;

/// Minimum and maximum rows of a note. The maximum leaves some of the case in view.
const LEAST_NOTE: usize = 3;
const MOST_NOTE: usize = 16;

impl Picker {
    /// Creates a list of items.
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

    /// Creates a list of items whose equal keys are adjacent.
    pub fn grouped(title: Label, items: Vec<Item>) -> Self {
        Self {
            grouped: true,
            ..Self::new(title, items)
        }
    }

    /// Returns the picker with the number of its items in the border.
    pub fn counted(self) -> Self {
        Self {
            counted: true,
            ..self
        }
    }

    /// Creates a prompt with a text in its line.
    pub fn prompt(title: Label, text: &str, purpose: Purpose) -> Self {
        Self {
            line: LineEdit::new(text),
            purpose: Some(purpose),
            ..Self::new(title, Vec::new())
        }
    }

    /// Returns the picker with a number of cases in its title.
    pub fn for_cases(self, count: usize) -> Self {
        Self {
            cases: Some(count),
            ..self
        }
    }

    /// Returns the picker with [`Picker::names`].
    pub fn naming(self, names: String) -> Self {
        Self { names, ..self }
    }

    /// Whether the picker is the prompt of a note.
    pub fn is_note(&self) -> bool {
        matches!(self.purpose, Some(Purpose::Note(_)))
    }

    /// Lists the sections of the case on the page, with the one in view selected; `None` if there
    /// are none.
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

    /// Replaces the items. The same item stays selected.
    pub fn renew(&mut self, items: Vec<Item>, spellings: &Spellings) {
        let choice = self.choice();
        self.items = items;
        self.narrow(spellings);
        let same = |&at: &usize| Some(&self.items[at].choice) == choice.as_ref();
        self.selected = self.left().iter().position(same).unwrap_or(0);
    }

    /// Removes items that a public terminal must not offer. Returns whether it removed all of them.
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

    /// Sorts the items by `order` and puts each under the heading that `heading` returns. Selects
    /// the first.
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

    /// Returns the items that match the line, and whether each is selected.
    pub fn shown(&self) -> impl Iterator<Item = (&Item, bool)> {
        let item = |(at, &item)| (&self.items[item], at == self.selected);
        self.left().iter().enumerate().map(item)
    }

    /// Returns the rows of the list: headings, and the items that match the line.
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

    /// Lays out the popup on a screen of this size. All items have room, even while the line
    /// narrows them. The rows of a note take the place of line and items.
    pub fn place(&self, columns: u16, rows: u16, ambiguous: Ambiguous) -> Popup {
        if self.is_note() {
            let lines = self.line.rows(panes::line_columns(columns), ambiguous);
            // A further row to go on in. The minimum shows that a note may have several.
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
        // Remarks yield to items.
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

    /// Whether there are no items, so that the picker is only a line.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Returns the remark of the selected item.
    pub fn remark(&self) -> Option<&str> {
        let &item = self.left().get(self.selected)?;
        self.items[item].remark.as_deref()
    }

    /// Returns the full label of the selected command if the list cuts or shortens it, preceded by
    /// the keys if the list cuts those.
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

    /// Returns the columns for labels in a popup of `columns` columns.
    fn label_columns(&self, columns: u16, ambiguous: Ambiguous) -> u16 {
        columns.saturating_sub(6 + self.key_columns(columns, ambiguous))
    }

    /// Returns the columns for keys before the labels: the width of the widest key, unless that is
    /// more than two fifths of the popup. Then it is a third, or more if keys cut to a third would
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

    /// Returns the rows to reserve below the popup for remarks and for labels that the list cuts.
    /// The last row of the screen is not counted.
    fn rows_below(&self, columns: u16, ambiguous: Ambiguous) -> u16 {
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            let widths = texts.map(|text| width::of_str(text, ambiguous));
            widths.max().unwrap_or(0)
        };
        // All items count, so that the popup keeps its place while the line narrows them.
        let items = self.items.iter();
        let keys = widest(&mut items.clone().map(|item| &*item.key));
        let commands = items.clone().filter(|item| item.is_command());
        let label = widest(&mut commands.map(|item| &*item.label));
        let mut items_whole = items.clone().map(|item| &*item.whole);
        let remark = widest(&mut items.filter_map(|item| item.remark.as_deref()));
        let popup = panes::popup_columns(columns);
        let room = popup.saturating_sub(6 + keys.min(popup * 2 / 5));
        let cut = if label > room { label } else { 0 };
        // If the list cuts keys, they are shown with the label below.
        let whole = widest(&mut items_whole).saturating_sub(2);
        let cut = if keys > popup * 2 / 5 && whole > 0 {
            cut.max(whole)
        } else {
            cut
        };
        // A row that breaks before a Han or a word is a little shorter.
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

    /// Returns the preview of the selected item.
    pub fn preview(&self) -> Option<&str> {
        let &item = self.left().get(self.selected)?;
        self.items[item].text()
    }

    /// Returns the position of the selected item and the number of items that match the line.
    pub fn position(&self) -> (usize, usize) {
        (self.selected, self.left().len())
    }

    /// Returns the effect of choosing the selected item; `None` if no item matches the line.
    pub fn choice(&self) -> Option<Choice> {
        let &item = self.left().get(self.selected)?;
        Some(self.items[item].choice.clone())
    }

    /// Edits the line and narrows the list to items that match every word, as a search would.
    /// Returns whether the line was cut to the maximum length of a query; a prompt is never cut.
    ///
    /// Moving the caret does not change the selection.
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

    /// Returns the positions of the items that match every word of the line. A prompt has none.
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
                // Items named by the words come before items that only contain them.
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
                // As complete pinyin, biji is 笔记; for 比较 it is only the beginning.
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

    /// Moves the caret of a note by rows of `columns` columns.
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

    /// Selects the item at a position among those that match the line. Returns whether there is
    /// one.
    pub fn select(&mut self, at: usize) -> bool {
        let there = at < self.left().len();
        if there {
            self.selected = at;
        }
        there
    }

    /// Returns the rows in view on a popup. The heading of the first item is in view with it.
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

    /// Whether there are rows above the view, and below it.
    pub fn is_cut(&self, popup: Popup) -> [bool; 2] {
        let first = self.first_in_view(popup);
        let room = usize::from(popup.items);
        let below = self.stacks(popup).is_none() && first + room < self.rows().len();
        [room > 0 && first > 0, room > 0 && below]
    }

    /// Returns the number of columns of a list chosen by letter, and the rows of each; `None` if
    /// one column has room for all items.
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

    /// Returns the short label of an item in a list of several columns; `None` if there is one
    /// column.
    pub fn short_label(&self, item: &Item, popup: Popup) -> Option<&'static str> {
        let (stacks, _) = self.stacks(popup)?;
        Some(item.short[usize::from(stacks > 2)])
    }

    /// Returns the screen columns of a column of the list, inside the borders.
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
