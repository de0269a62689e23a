//! The list of cases.

use std::ops::Range;

use ratatui::style::Style;

use super::paint::Pen;
use super::shown::{Shown, byte_ranges, part_of, start_before, third};
use super::theme::{Glyphs, Theme};
use crate::app::App;
use crate::app::action::{Command, Editing};
use crate::app::commands::Mode;
use crate::app::keymap;
use crate::app::list::{ListRow, matches_org, text_match};
use crate::app::panes::Pane;
use crate::app::words::provenance;
use crate::case::CaseRef;
use crate::search::{Field, Hit, Marker, Match, Tier};
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::width;
use crate::text::wrap::{self, Room};

/// Columns before a row's text: the mark of the selected case and a blank.
const MARGIN: u16 = 2;

/// A title on two rows: the byte range of each, and the columns available on the second.
struct Halves {
    first: Range<usize>,
    rest: Range<usize>,
    room: u16,
}

/// Minimum columns for tags: `#`, one Han character and the mark of a cut.
const LEAST_TAG: u16 = 4;

/// Columns between the items of a row.
const GAP: u16 = 2;

/// Minimum columns for orgs: two Han characters and the mark of a cut.
const LEAST_ORG: u16 = 5;

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
        let said = if app.filter.answer.complete && app.filter.is_answered() {
            words.no_hit
        } else {
            words.searching
        };
        let x = pen.text(pane.x + 1, pane.y, end, said, theme.text);
        pen.given_cut(x + 1, pane.y, end, app.filter.text(), theme.bar);
        offers(app, theme, pen, pane);
    }
    let mut y = pane.y + 2 + rows;
    if app.filter.answer.complete && !app.starless() && !app.filter.answer.has_similar() {
        for line in [words.no_similar, words.ask_otherwise] {
            pen.cut(pane.x + 1, y, end, line, theme.text);
            y += 1;
        }
    }
    what_to_press(app, theme, pen, Pane { y, ..pane });
}

/// Draws what to ask instead. Up and Down select, Enter takes the selected query.
fn offers(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let words = app.words();
    let glyphs = Glyphs::new(app.settings.ascii);
    let end = pane.x + pane.columns;
    let last = pane.y + pane.rows;
    let offers = app.offers();
    for (y, (at, offer)) in (pane.y + 1..last).zip(offers.iter().enumerate()) {
        let selected = Some(at) == app.filter.answer.offer;
        if selected {
            pen.run(pane.x..pane.x + 1, y, glyphs.selected, theme.accent);
        }
        let style = if selected { theme.selected } else { theme.text };
        let count = (words.cases)(offer.count as usize);
        let right = end.saturating_sub(pen.width(&count) + 1);
        let before = right.saturating_sub(1);
        match offer.query.as_str() {
            "" => pen.cut(pane.x + MARGIN, y, before, words.all_cases, style),
            query => pen.given_cut(pane.x + MARGIN, y, before, query, style),
        };
        pen.text(right, y, end, &count, theme.dim);
    }
}

/// Draws the keys that lead on from an empty list, by the current key bindings.
fn what_to_press(app: &App, theme: &Theme, pen: &mut Pen<'_>, pane: Pane) {
    let words = app.words();
    let mode = app.mode();
    let clear = match mode {
        Mode::Filter => Command::Edit(Editing::DeleteToStart),
        _ => Command::Back,
    };
    let offered = app.filter.answer.offer.is_some() && !app.offers().is_empty();
    let is_new = !app.starless() && !app.filter.answer.has_similar();
    let lines = [
        (is_new, Mode::List, Command::Facets, words.facets_help),
        (offered, mode, Command::Open, words.offer_help),
        (true, mode, clear, words.clear_help),
        (app.starless(), Mode::List, Command::Star, words.star_help),
        (app.tagless(), Mode::List, Command::Tag, words.tag_help),
    ];
    let end = pane.x + pane.columns - 1;
    let lines = lines.into_iter().filter(|line| line.0);
    for (y, (_, mode, command, what)) in (pane.y..app.window.size.1 - 1).zip(lines) {
        let first = |mode, command| app.settings.keymap.keys(mode, command).next();
        let Some(key) = first(mode, command).map(keymap::name) else {
            continue;
        };
        // In the line, a key of the list would be typed, so the key that leaves the line comes
        // first.
        let leave = first(app.mode(), Command::Back).filter(|_| mode != app.mode());
        let key = match leave.map(keymap::name) {
            Some(leave) => format!("{leave} {key}"),
            None => key,
        };
        let x = pen.text(pane.x + MARGIN, y, end, &key, theme.key);
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
        match row {
            ListRow::Head(_) => return self.head(pen, y, hit, case),
            ListRow::Gap(_) => return,
            _ => {}
        }
        let selected = row.hit() == self.app.list.position();
        if selected {
            let x = self.pane.x;
            pen.run(x..x + 1, y, self.glyphs.selected, self.theme.accent);
        }
        match row {
            ListRow::Head(_) | ListRow::Gap(_) => {}
            ListRow::Title(_) => {
                self.marks(pen, y, hit, 0);
                self.title(pen, y, hit, case, selected);
            }
            ListRow::Rest(_) => {
                self.marks(pen, y, hit, 1);
                self.rest(pen, y, hit, case, selected);
            }
            ListRow::Org(_) => self.org(pen, y, hit, case),
            ListRow::Snippet(_) => self.snippet(pen, y, hit, case),
        }
    }

    /// Returns the column after the last that text may use: one stays free before the divider.
    fn end(&self) -> u16 {
        let divided = self
            .app
            .panes()
            .is_some_and(|panes| panes.divider.is_some());
        self.pane.x + self.pane.columns - u16::from(divided)
    }

    /// Draws a head: `2015 区市 摘要`, or the name of a group of weaker hits.
    fn head(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>) {
        let words = self.app.words();
        let text = match hit.tier {
            Tier::Suggested => {
                let asked = self.app.filter.answer.instead.as_deref();
                (words.instead)(asked.unwrap_or_default())
            }
            tier => words
                .group(tier)
                .map_or_else(|| words.run(case), str::to_owned),
        };
        let rule = self.theme.frame;
        let x = self.pane.x;
        pen.run(x..x + 1, y, self.glyphs.horizontal, rule);
        // No rule after it: a screen may show ten heads, and a row of line drawing costs as much on
        // the wire as a row of text.
        pen.cut(x + 2, y, self.end(), &text, self.theme.accent);
    }

    /// Draws `+` for a case that is selected together with others, and `*` for a star, each on its
    /// own row.
    fn marks(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, row: usize) {
        let chosen = self
            .app
            .collection
            .selection
            .contains(&hit.case)
            .then_some("+");
        let starred = self.app.starred(hit.case).then_some("*");
        let Some(mark) = chosen.into_iter().chain(starred).nth(row) else {
            return;
        };
        let x = self.pane.x + 1;
        pen.text(x, y, self.end(), mark, self.theme.notice);
    }

    /// Draws the first row of a title.
    fn title(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>, selected: bool) {
        let (title, spans) = self.title_of(case);
        let halves = self.halves(pen, hit, case, &title);
        let (text, spans) = part_of(&title, &spans, halves.first);
        let x = self.pane.x + MARGIN;
        let style = self.style_of_title(selected);
        self.marked(pen, x, y, &Shown::whole(text, spans), style);
    }

    /// Draws the second row of a title. The year (if no head shows it), the tags and the orgs
    /// follow as far as there is room.
    fn rest(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>, selected: bool) {
        let (title, spans) = self.title_of(case);
        let halves = self.halves(pen, hit, case, &title);
        let mut x = self.pane.x + MARGIN;
        if !halves.rest.is_empty() {
            let elsewhere = self.shown_elsewhere(hit, case, &title, &spans);
            let (_, elsewhere) = part_of(&title, &elsewhere, halves.rest.clone());
            let (text, spans) = part_of(&title, &spans, halves.rest);
            let shown = Shown::best(pen, text, spans, &elsewhere, halves.room);
            let style = self.style_of_title(selected);
            x = self.marked_in(pen, x, y, x + halves.room, &shown, style) + GAP;
        }
        let year = pen.width(&self.year_of(case).text);
        if self.row_of_year(hit, case) == Some(ListRow::Rest(0)) && x + year <= self.end() {
            x = self.year(pen, x, y, case) + GAP;
        }
        let mark = self.mark(case);
        if !mark.is_empty() {
            x = pen.cut(x, y, self.end(), &mark, self.theme.dim) + GAP;
        }
        if let Some(tags) = self.tags(hit) {
            x = pen.given_cut(x, y, self.end(), &tags, self.theme.notice) + GAP;
        }
        if matches_org(hit) || self.end() < x + LEAST_ORG {
            return;
        }
        let (names, spans) = if case.case.orgs.is_empty() {
            (provenance::file(case), Vec::new())
        } else {
            self.names(hit, case)
        };
        self.marked(pen, x, y, &Shown::whole(names, spans), self.theme.dim);
    }

    /// Returns the mark of an entry that is not a case, if no head says so.
    fn mark(&self, case: CaseRef<'_>) -> String {
        self.app.words().mark(case, self.app.list.tells_runs())
    }

    /// Returns the title as shown, an editor's in brackets, and its matches.
    fn title_of(&self, case: CaseRef<'_>) -> (String, Vec<CharSpan>) {
        let title = case.title();
        let title = self.app.settings.script.show(&title);
        let spans = self.marker().marks(Field::Title, &title);
        if case.title_printed() {
            return (title.into_owned(), spans);
        }
        let behind_bracket = |span: CharSpan| CharSpan::new(span.start + 1, span.end + 1);
        let spans = spans.into_iter().map(behind_bracket).collect();
        (format!("[{title}]"), spans)
    }

    /// Breaks a title into its two rows: between phrases if both rows fit then, otherwise as a
    /// paragraph. Tags get a third of the second row, or less if that makes room for a phrase. The
    /// year gets no room if it would cut the title, except in search results.
    fn halves(&self, pen: &Pen<'_>, hit: &Hit, case: CaseRef<'_>, title: &str) -> Halves {
        let row = self.end().saturating_sub(self.pane.x + MARGIN).max(1);
        let behind = |text: &str| match pen.width(text) {
            0 => 0,
            columns => GAP + columns,
        };
        let year = match self.row_of_year(hit, case) {
            Some(ListRow::Rest(_)) => behind(&self.year_of(case).text),
            _ => 0,
        };
        let mark = behind(&self.mark(case));
        let tags = self.tags(hit).map_or(0, |tags| pen.width(&tags));
        let left = |year: u16, tags: u16| {
            let tags = if tags > 0 { GAP + tags } else { 0 };
            row.saturating_sub(year + mark + tags).max(1)
        };
        let is_searched = !self.app.filter.is_empty();
        let least_year = if is_searched { year } else { 0 };
        let years = [year, least_year].into_iter();
        let rooms: Vec<u16> = years
            .flat_map(|year| {
                let tags = [tags.min(row / 3), tags.min(LEAST_TAG)];
                tags.map(|tags| left(year, tags))
            })
            .collect();
        for &room in &rooms {
            let gaps = title.char_indices().rev();
            for (at, gap) in gaps.filter(|(_, c)| c.is_whitespace()) {
                let behind = at + gap.len_utf8();
                if pen.width(&title[..at]) <= row && pen.width(&title[behind..]) <= room {
                    return Halves {
                        first: 0..at,
                        rest: behind..title.len(),
                        room,
                    };
                }
            }
        }
        let wrapped = |room: u16| {
            let first = row;
            wrap::wrap(title, Room { first, rest: room }, pen.ambiguous)
        };
        let whole = rooms.iter().find(|&&room| wrapped(room).len() <= 2);
        let room = whole
            .copied()
            .unwrap_or(left(least_year, tags.min(row / 3)));
        let end = wrapped(room)[0].end;
        Halves {
            first: 0..title[..end].trim_end().len(),
            rest: end..title.len(),
            room,
        }
    }

    /// Returns the tags of a case: `#待读 #典型`.
    fn tags(&self, hit: &Hit) -> Option<String> {
        let key = self.app.corpus.get(hit.case).case.key();
        let tags: Vec<String> = self
            .app
            .collection
            .kept
            .tags(key)
            .map(|tag| format!("#{tag}"))
            .collect();
        (!tags.is_empty()).then(|| tags.join(" "))
    }

    /// Returns the row that shows the year, as a row of the first hit; `None` if the head shows it
    /// or there is none.
    fn row_of_year(&self, hit: &Hit, case: CaseRef<'_>) -> Option<ListRow> {
        let is_headed = self.app.list.tells_runs() && !provenance::is_document(case.case);
        match () {
            () if is_headed || provenance::date(case).is_none() => None,
            () if matches_org(hit) => Some(ListRow::Org(0)),
            () if text_match(hit).is_some() => Some(ListRow::Snippet(0)),
            () => Some(ListRow::Rest(0)),
        }
    }

    fn year_of(&self, case: CaseRef<'_>) -> Shown {
        let year = case.case.year;
        let asked = year.and_then(|year| self.marker().marks_of_year(year));
        let date = provenance::date(case).unwrap_or_default();
        let is_year = year.is_some_and(|year| date.starts_with(&year.to_string()));
        Shown::whole(date, asked.filter(|_| is_year).into_iter().collect())
    }

    fn year(&self, pen: &mut Pen<'_>, x: u16, y: u16, case: CaseRef<'_>) -> u16 {
        self.marked(pen, x, y, &self.year_of(case), self.theme.dim)
    }

    fn style_of_title(&self, selected: bool) -> Style {
        match (selected, self.app.mode()) {
            (true, Mode::List | Mode::Filter) => self.theme.selected,
            (true, _) => self.theme.selected_away,
            (false, _) => self.theme.text,
        }
    }

    /// Returns the matches of a title that need not be visible because the snippet shows them too.
    fn shown_elsewhere(
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

    /// Draws the orgs in which the query was found.
    fn org(&self, pen: &mut Pen<'_>, y: u16, hit: &Hit, case: CaseRef<'_>) {
        let x = self.lead(pen, y, hit, case, ListRow::Org(0), self.app.words().org);
        let (names, spans) = self.names(hit, case);
        let room = self.end().saturating_sub(x);
        let names = Shown::best(pen, names, spans, &[], room);
        self.marked(pen, x, y, &names, self.theme.dim);
    }

    /// Draws the beginning of a row below the title: the year if it belongs here, and what the row
    /// shows. Returns the column where the text begins.
    fn lead(
        &self,
        pen: &mut Pen<'_>,
        y: u16,
        hit: &Hit,
        case: CaseRef<'_>,
        row: ListRow,
        what: &str,
    ) -> u16 {
        let mut x = self.pane.x + MARGIN;
        if self.row_of_year(hit, case) == Some(row) {
            x = self.year(pen, x, y, case) + 1;
        }
        pen.text(x, y, self.end(), what, self.theme.accent) + 1
    }

    /// Returns the orgs of a case as printed, each followed by the name by which it was found if
    /// that is another one, and their matches.
    fn names(&self, hit: &Hit, case: CaseRef<'_>) -> (String, Vec<CharSpan>) {
        let mut names = String::new();
        let mut spans = Vec::new();
        // A name that was found but has no match, such as 市民政局 by 青岛市民政局, is marked
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

    /// Draws the text in which the query was found, with the match a third from the left.
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
        let x = self.lead(pen, y, hit, case, ListRow::Snippet(0), field);
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
        &self.app.filter.answer.marker
    }

    /// Draws a text with its matches marked, cut at the edge of the pane. Returns the column after
    /// it.
    fn marked(&self, pen: &mut Pen<'_>, x: u16, y: u16, shown: &Shown, style: Style) -> u16 {
        self.marked_in(pen, x, y, self.end(), shown, style)
    }

    /// Draws a text with its matches marked, cut before the column `end`. Returns the column after
    /// it.
    fn marked_in(
        &self,
        pen: &mut Pen<'_>,
        x: u16,
        y: u16,
        end: u16,
        shown: &Shown,
        style: Style,
    ) -> u16 {
        let x = pen.text(x, y, end, shown.mark, style);
        let text = &shown.text[shown.start..];
        let cut = width::truncate(text, end.saturating_sub(x), pen.ambiguous);
        let kept = match cut.mark {
            "" => cut.text,
            _ => cut.text.trim_end(),
        };
        let last = shown.start + kept.len();
        let marks = byte_ranges(&shown.text, &shown.spans)
            .into_iter()
            .map(|bytes| bytes.start.max(shown.start)..bytes.end.min(last))
            .filter(|bytes| bytes.start < bytes.end)
            .map(|bytes| bytes.start - shown.start..bytes.end - shown.start)
            .map(|bytes| (bytes, self.theme.matched));
        let x = pen.marked(x, y, end, kept, style, &marks.collect::<Vec<_>>());
        pen.text(x, y, end, cut.mark, style)
    }
}
