//! The list of cases.

use std::cmp::Reverse;
use std::iter;
use std::ops::Range;

use ratatui::style::Style;

use super::paint::Pen;
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::action::{Command, Editing};
use crate::app::commands::Mode;
use crate::app::keymap;
use crate::app::list::{ListRow, text_match};
use crate::app::panes::Pane;
use crate::case::CaseRef;
use crate::search::{Field, Hit, Marker, Match, Tier};
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::width;
use crate::text::wrap::{self, Room};

/// Columns before a row's text: the mark of the selected case and a blank.
const MARGIN: u16 = 2;

/// Characters of a match that have to be in view for it to be seen.
const LEAST_MATCH: u32 = 2;

/// Draws the rows in view.
pub fn draw(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    if app.list.hits().is_empty() {
        return nothing(app, theme, pen, pane);
    }
    let list = ListPainter {
        app,
        theme,
        glyphs: Glyphs::new(app.settings.ascii),
        pane,
    };
    for (y, &row) in (pane.y..).zip(app.list.visible()) {
        list.row(pen, y, row);
    }
}

fn nothing(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let words = app.words();
    let end = pane.x + pane.columns - 1;
    if app.corpus.is_empty() {
        let room = Room::even(pane.columns.saturating_sub(MARGIN).max(2));
        let rows = wrap::wrap(words.no_case, room, pen.ambiguous);
        for (y, bytes) in (pane.y..pane.y + pane.rows).zip(rows) {
            pen.text(pane.x + 1, y, end, &words.no_case[bytes], theme.text);
        }
        return;
    }
    let rows = app.offers().len() as u16;
    if app.starless() {
        pen.cut(pane.x + 1, pane.y, end, words.no_star, theme.text);
    } else {
        let said = match app.found.complete && app.is_answered() {
            true => words.no_hit,
            false => words.searching,
        };
        let x = pen.text(pane.x + 1, pane.y, end, said, theme.text);
        pen.cut(x + 1, pane.y, end, app.filter.text(), theme.bar);
        offers(app, theme, pen, pane);
    }
    let y = pane.y + 2 + rows;
    what_to_press(app, theme, pen, Pane { y, ..pane });
}

/// What to ask instead: Up and Down select, Enter takes it.
fn offers(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let words = app.words();
    let glyphs = Glyphs::new(app.settings.ascii);
    let end = pane.x + pane.columns;
    let last = pane.y + pane.rows;
    let offers = app.offers();
    for (y, (at, offer)) in (pane.y + 1..last).zip(offers.iter().enumerate()) {
        let selected = at == app.found.offer;
        if selected {
            pen.run(pane.x..pane.x + 1, y, glyphs.selected, theme.accent);
        }
        let style = if selected { theme.selected } else { theme.text };
        let count = (words.cases)(offer.count as usize);
        let right = end.saturating_sub(pen.width(&count) + 1);
        let query = match offer.query.as_str() {
            "" => words.all_cases,
            query => query,
        };
        pen.cut(pane.x + MARGIN, y, right.saturating_sub(1), query, style);
        pen.text(right, y, end, &count, theme.dim);
    }
}

/// The keys that lead on from an empty list, by the live map.
fn what_to_press(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let words = app.words();
    let mode = app.mode();
    let clear = match mode {
        Mode::Filter => Command::Edit(Editing::DeleteToStart),
        _ => Command::Back,
    };
    let offered = !app.offers().is_empty();
    let lines = [
        (offered, mode, Command::Open, words.offer_help),
        (true, mode, clear, words.clear_help),
        (app.starless(), Mode::List, Command::Star, words.star_help),
        (app.tagless(), Mode::List, Command::Tag, words.tag_help),
    ];
    let end = pane.x + pane.columns - 1;
    let lines = lines.into_iter().filter(|line| line.0);
    for (y, (_, mode, command, what)) in (pane.y..app.screen.1 - 1).zip(lines) {
        let Some(key) = app.settings.keymap.keys(mode, command).next() else {
            continue;
        };
        let x = pen.text(pane.x + MARGIN, y, end, &keymap::name(key), theme.key);
        pen.cut(x + 1, y, end, what, theme.dim);
    }
}

struct ListPainter<'a> {
    app: &'a App,
    theme: &'a Theme,
    glyphs: Glyphs,
    pane: Pane,
}

impl ListPainter<'_> {
    fn row(&self, pen: &mut Pen<'_>, y: u16, row: ListRow) {
        let hit = &self.app.list.hits()[row.hit()];
        let case = self.app.corpus.get(hit.case);
        if let ListRow::Head(_) = row {
            return self.head(pen, y, hit, case);
        }
        let selected = row.hit() == self.app.list.position();
        if selected {
            let x = self.pane.x;
            pen.run(x..x + 1, y, self.glyphs.selected, self.theme.accent);
        }
        match row {
            ListRow::Head(_) => {}
            ListRow::Title(_) => {
                self.marks(pen, y, hit);
                self.title(pen, y, hit, case, selected);
            }
            ListRow::Org(_) => self.org(pen, y, hit, case),
            ListRow::Snippet(_) => self.snippet(pen, y, hit, case),
        }
    }

    /// The column behind the last that text may take: one is kept free before
    /// the divider.
    fn end(&self) -> u16 {
        let divided = self
            .app
            .panes()
            .is_some_and(|panes| panes.divider.is_some());
        self.pane.x + self.pane.columns - u16::from(divided)
    }

    /// `2015 区市 10 例`, or the name of a group of weaker hits.
    fn head(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>) {
        let words = self.app.words();
        let text = match hit.tier {
            Tier::PinyinInText => words.pinyin.to_owned(),
            Tier::Homophone => words.homophone.to_owned(),
            Tier::Scattered => words.scattered.to_owned(),
            Tier::Exact => {
                let year = case.case.year.map(|year| year.to_string());
                let category = case.case.category.map_or("", |c| words.category(c));
                let full = words.completeness(case.case.completeness);
                let year = year.unwrap_or_else(|| words.no_year.to_owned());
                format!("{year} {category} {full}")
            }
        };
        let rule = self.theme.frame;
        let x = self.pane.x;
        pen.run(x..x + 1, y, self.glyphs.horizontal, rule);
        // No line behind it: a screen may show ten heads, and a row of line drawing
        // costs as much on the wire as a row of text.
        let text = self.app.settings.script.show(&text);
        pen.cut(x + 2, y, self.end(), &text, self.theme.accent);
    }

    /// `+` for a case that is selected together with others, `*` for a star.
    fn marks(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit) {
        let mark = match () {
            () if self.app.chosen.contains(&hit.case) => "+",
            () if self.app.starred(hit.case) => "*",
            () => return,
        };
        let x = self.pane.x + 1;
        pen.text(x, y, self.end(), mark, self.theme.notice);
    }

    fn title(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>, selected: bool) {
        let style = match (selected, self.app.mode()) {
            (true, Mode::List | Mode::Filter) => self.theme.selected,
            (true, _) => self.theme.selected_away,
            (false, _) => self.theme.text,
        };
        let year = match case.case.year {
            Some(year) => year.to_string(),
            None => "----".to_owned(),
        };
        let x = self.pane.x + MARGIN;
        let asked = case
            .case
            .year
            .and_then(|year| self.marker().marks_of_year(year));
        let year = Shown::whole(year, asked.into_iter().collect());
        let x = self.marked(pen, x, y, &year, self.theme.dim) + 1;
        let title = self.app.settings.script.show(&case.title()).into_owned();
        // The bracket of an editor's title stays in view where its start does not.
        let (x, title) = match case.title_printed() {
            true => (x, title),
            false => (pen.text(x, y, self.end(), "[", style), title + "]"),
        };
        let room = self.end().saturating_sub(x);
        let spans = self.marker().marks(Field::Title, &title);
        let told = self.told_elsewhere(hit, case, &title, &spans);
        let title = Shown::best(pen, title, spans, &told, room);
        self.marked(pen, x, y, &title, style);
    }

    /// What of a title need not be in view because the snippet has it as well: there
    /// the title tells which case it is, from its start.
    fn told_elsewhere(
        &self,
        hit: &Hit,
        case: CaseRef<'_>,
        title: &str,
        spans: &[CharSpan],
    ) -> Vec<CharSpan> {
        let found = text_match(hit);
        let Some(block) = found.and_then(|found| case.case.blocks.get(found.part as usize)) else {
            return Vec::new();
        };
        let snippet = fold::codes(&case.block_text(block));
        let title = fold::codes(title);
        let is_there = |span: &&CharSpan| {
            let word = &title[span.start as usize..span.end as usize];
            snippet.windows(word.len()).any(|codes| codes == word)
        };
        spans.iter().filter(is_there).copied().collect()
    }

    fn org(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>) {
        let words = self.app.words();
        let x = self.pane.x + MARGIN + 5;
        let category = case.case.category.map_or("", |c| words.category(c));
        let category = self.app.settings.script.show(category);
        let x = pen.text(x, y, self.end(), &category, self.theme.dim) + 1;
        let (names, spans) = self.names(hit, case);
        let room = self.end().saturating_sub(x);
        let names = Shown::best(pen, names, spans, &[], room);
        self.marked(pen, x, y, &names, self.theme.dim);
    }

    /// The bodies of a case as printed, each with the name by which it was found
    /// where that is another one; and what of them matches.
    fn names(&self, hit: &Hit, case: CaseRef<'_>) -> (String, Vec<CharSpan>) {
        let mut names = String::new();
        let mut spans = Vec::new();
        // What was found and has no mark, such as 市民政局 by 青岛市民政局, is marked
        // whole.
        let mut push = |name: &str, was_found: bool| {
            let name = self.app.settings.script.show(name);
            let start = names.chars().count() as u32;
            names += &name;
            let mut found = self.marker().marks(Field::Org, &name);
            if was_found && found.is_empty() {
                found.push(CharSpan::new(0, name.chars().count() as u32));
            }
            let found = found.into_iter();
            spans.extend(found.map(|s| CharSpan::new(start + s.start, start + s.end)));
        };
        for (part, org) in (0..).zip(&case.case.orgs) {
            if part > 0 {
                push("、", false);
            }
            let here = |m: &&Match| m.field == Field::Org && m.part == part;
            let found = hit.matches.iter().find(here);
            let other = found.and_then(|found| found.name.as_deref());
            push(&org.printed, found.is_some() && other.is_none());
            if let Some(name) = other {
                push("（", false);
                push(name, true);
                push("）", false);
            }
        }
        (names, spans)
    }

    /// Where in the text the query was found, with the match near the middle.
    fn snippet(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>) {
        let Some(found) = text_match(hit) else { return };
        let Some(block) = case.case.blocks.get(found.part as usize) else {
            return;
        };
        let words = self.app.words();
        let field = match found.field {
            Field::Heading => words.heading,
            _ => words.text,
        };
        let field = self.app.settings.script.show(field);
        let x = self.pane.x + MARGIN + 5;
        let x = pen.text(x, y, self.end(), &field, self.theme.accent) + 1;
        let text = case.block_text(block);
        let text = self.app.settings.script.show(&text);
        let room = self.end().saturating_sub(x);
        let first = found.spans.first().map_or(0, |span| span.start);
        let (start, mark) = start_before(pen, &text, first, third, room);
        let spans = self.marker().marks(found.field, &text);
        let snippet = Shown {
            text: text.into_owned(),
            spans,
            start,
            mark,
        };
        self.marked(pen, x, y, &snippet, self.theme.text);
    }

    fn marker(&self) -> &Marker {
        &self.app.found.marker
    }

    /// A text with its matches marked, cut at the pane's edge by columns. Returns
    /// the column behind it.
    fn marked(&self, pen: &mut Pen<'_>, x: u16, y: u16, shown: &Shown, style: Style) -> u16 {
        let end = self.end();
        let x = pen.text(x, y, end, shown.mark, style);
        let text = &shown.text[shown.start..];
        let cut = width::truncate(text, end.saturating_sub(x), pen.ambiguous);
        let kept = match cut.mark {
            "" => cut.text,
            _ => cut.text.trim_end(),
        };
        let last = shown.start + kept.len();
        let marks = byte_ranges(&shown.text, &shown.spans).into_iter();
        let marks = marks.map(|bytes| bytes.start.max(shown.start)..bytes.end.min(last));
        let marks = marks.filter(|bytes| bytes.start < bytes.end);
        let marks = marks.map(|bytes| bytes.start - shown.start..bytes.end - shown.start);
        let marks = marks.map(|bytes| (bytes, self.theme.matched));
        let x = pen.marked(x, y, end, kept, style, &marks.collect::<Vec<_>>());
        pen.text(x, y, end, cut.mark, style)
    }
}

/// A text of a row, and what of it is in view.
struct Shown {
    text: String,
    /// What matches.
    spans: Vec<CharSpan>,
    /// The byte at which it begins in the list, and what stands there for what
    /// came before.
    start: usize,
    mark: &'static str,
}

impl Shown {
    fn whole(text: String, spans: Vec<CharSpan>) -> Self {
        Self {
            text,
            spans,
            start: 0,
            mark: "",
        }
    }

    /// The text from where most of its matches are in view, from its start where
    /// that does as well. Those that are told elsewhere do not count.
    fn best(
        pen: &Pen<'_>,
        text: String,
        spans: Vec<CharSpan>,
        told: &[CharSpan],
        columns: u16,
    ) -> Self {
        let whole = Self::whole(text, spans);
        let wanted = whole.spans.iter().filter(|span| !told.contains(span));
        let wanted: Vec<CharSpan> = wanted.copied().collect();
        let from = |lead: fn(u16) -> u16| {
            let start = |span: &CharSpan| start_before(pen, &whole.text, span.start, lead, columns);
            wanted.iter().map(start).collect::<Vec<_>>()
        };
        let starts = from(third).into_iter().chain(from(|_| 0));
        let seen = |&(start, mark): &(usize, &str)| {
            Reverse(seen(pen, &whole.text, &wanted, start, mark, columns))
        };
        let best = iter::once((0, "")).chain(starts).min_by_key(seen);
        let (start, mark) = best.unwrap_or_default();
        Self {
            start,
            mark,
            ..whole
        }
    }
}

/// How many matches are in view in a text that begins at a byte, behind a mark.
fn seen(
    pen: &Pen<'_>,
    text: &str,
    spans: &[CharSpan],
    start: usize,
    mark: &str,
    columns: u16,
) -> usize {
    let columns = columns.saturating_sub(pen.width(mark));
    let cut = width::truncate(&text[start..], columns, pen.ambiguous);
    let first = text[..start].chars().count() as u32;
    let end = first + cut.text.chars().count() as u32;
    let in_view = |span: &&CharSpan| {
        let least = span.end.min(span.start + LEAST_MATCH);
        first <= span.start && least <= end
    };
    spans.iter().filter(in_view).count()
}

/// How many columns of a text stand before a match, as a rule.
fn third(columns: u16) -> u16 {
    columns / 3
}

/// The byte at which a text begins, so that `lead` of its columns stand before the
/// character `first`, or more where the text ends before them; and what stands
/// there for what came before.
fn start_before(
    pen: &Pen<'_>,
    text: &str,
    first: u32,
    lead: fn(u16) -> u16,
    columns: u16,
) -> (usize, &'static str) {
    let at = text.char_indices().nth(first as usize);
    let at = at.map_or(text.len(), |(at, _)| at);
    if start_of_last(pen, &text[..at], lead(columns)) == 0 {
        return (0, "");
    }
    let mark = width::mark_of_cut(columns, pen.ambiguous);
    let columns = columns.saturating_sub(pen.width(mark));
    let start = start_of_last(pen, &text[..at], lead(columns));
    match start.min(start_of_last(pen, text, columns)) {
        0 => (0, ""),
        start => (start, mark),
    }
}

/// The byte from which on a text fits into `columns`.
fn start_of_last(pen: &Pen<'_>, text: &str, mut columns: u16) -> usize {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let wide = pen.width(c.encode_utf8(&mut [0; 4]));
        if wide > columns {
            break;
        }
        columns -= wide;
        start = at;
    }
    start
}

/// Character spans as byte ranges of the same text.
pub fn byte_ranges(text: &str, spans: &[CharSpan]) -> Vec<Range<usize>> {
    if spans.is_empty() {
        return Vec::new();
    }
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut passed = 0;
    let mut byte_of = |char: u32| {
        let at = starts.nth((char - passed) as usize).unwrap_or(text.len());
        passed = char + 1;
        at
    };
    // Spans are apart, but one may begin where the one before ends; so bytes
    // are looked up for starts, and ends found from there.
    spans
        .iter()
        .map(|span| {
            let start = byte_of(span.start);
            let chars = (span.end - span.start) as usize;
            let len: usize = text[start..].chars().take(chars).map(char::len_utf8).sum();
            start..start + len
        })
        .collect()
}
