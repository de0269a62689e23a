//! The list of cases, its selection and its viewport.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, Completeness};
use crate::corpus::{CaseIndex, Corpus};
use crate::search::{Field, Hit, Match, Tier};

use super::action::Motion;
use super::order::Order;
use super::work::Measures;

/// A row of the list. The number is the position of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The heading of a group of hits, with the first hit of the group. Groups are a year and
    /// category if all cases are shown, otherwise a tier of weaker hits.
    Head(u32),
    /// The first row of the title.
    Title(u32),
    /// The rest of the title, followed by details of the case.
    Rest(u32),
    /// The orgs, if the query matches them.
    Org(u32),
    /// A match outside of title and orgs.
    Snippet(u32),
    /// The blank row after a case in a roomy list.
    Gap(u32),
}

impl ListRow {
    /// Returns the position of the hit that the row belongs to.
    pub fn hit(self) -> usize {
        let (Self::Head(hit)
        | Self::Title(hit)
        | Self::Rest(hit)
        | Self::Org(hit)
        | Self::Snippet(hit)
        | Self::Gap(hit)) = self;
        hit as usize
    }
}

/// The hits of a query with a selection and a viewport.
#[derive(Clone, Debug, Default)]
pub struct List {
    hits: Vec<Hit>,
    /// Number of hits, from the best on, that came with matches.
    explained: usize,
    /// Positions of other hits whose matches arrived later.
    explained_behind: BTreeSet<usize>,
    awaited: BTreeMap<CaseIndex, usize>,
    rows: Vec<ListRow>,
    /// Row of every hit's title.
    title_rows: Vec<u32>,
    selected: usize,
    /// Whether the reader chose the selected case. A case that is selected only because it is first
    /// gives way to a better one.
    chosen: bool,
    top: usize,
    height: usize,
    order: Order,
    /// Rank of every hit; empty if the list is in the order of ranks.
    ranks: Vec<u32>,
    /// Whether groups of cases have headings.
    has_heads: bool,
    /// Whether a blank row separates the cases.
    is_roomy: bool,
}

impl List {
    /// Creates a list with or without blank rows between its cases.
    pub fn spaced(is_roomy: bool) -> Self {
        Self {
            is_roomy,
            ..Self::default()
        }
    }

    /// Sets the order of hits shown from now on.
    pub fn set_order(&mut self, order: Order) {
        self.order = order;
    }

    /// Returns the order of the hits.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Lists hits. They are given best first, and the first `explained` have their matches. Selects
    /// the case `kept`, as chosen, if it is listed; otherwise selects the first hit.
    pub fn show(
        &mut self,
        hits: Vec<Hit>,
        explained: usize,
        kept: Option<CaseIndex>,
        corpus: &Corpus,
        measures: Option<&Measures>,
    ) {
        let (hits, ranks) = self.order.sorted(hits, corpus, measures);
        let at = kept.and_then(|case| hits.iter().position(|hit| hit.case == case));
        self.hits = hits;
        self.ranks = ranks;
        self.explained = explained;
        self.explained_behind.clear();
        self.awaited.clear();
        self.chosen = at.is_some();
        self.selected = at.unwrap_or(0);
        self.lay_out(corpus);
        self.top = 0;
        self.reveal();
    }

    /// Lists every case.
    pub fn show_all(&mut self, corpus: &Corpus) {
        self.show(all(corpus), corpus.len(), None, corpus, None);
    }

    /// Returns the hits, in order.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Returns the position of the selected hit.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// Returns the selected case; `None` if the list is empty.
    pub fn selected(&self) -> Option<CaseIndex> {
        self.hits.get(self.selected).map(|hit| hit.case)
    }

    /// Returns the selected case, if the reader chose it.
    pub fn chosen(&self) -> Option<CaseIndex> {
        self.selected().filter(|_| self.chosen)
    }

    /// Makes the selected case count as not chosen, so that the next answer selects its best hit.
    pub fn unchoose(&mut self) {
        self.chosen = false;
    }

    /// Returns the selected hit.
    pub fn selected_hit(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Whether the selected hit has no matches yet.
    pub fn selected_lacks_matches(&self) -> bool {
        self.selected < self.hits.len() && self.lacks_matches(self.selected)
    }

    fn lacks_matches(&self, at: usize) -> bool {
        let rank = self.ranks.get(at).map_or(at, |&rank| rank as usize);
        rank >= self.explained && !self.explained_behind.contains(&at)
    }

    /// Returns the cases in view and within a screen of it that lack matches, and counts them as
    /// awaited. Returns none until one of them comes near the view.
    pub fn await_matches(&mut self) -> Vec<CaseIndex> {
        let lacking = |at: &usize| {
            self.lacks_matches(*at) && !self.awaited.contains_key(&self.hits[*at].case)
        };
        // Half a screen, so that scrolling row by row does not send a request for every hit.
        if !self.hits_around(self.height / 2).any(|at| lacking(&at)) {
            return Vec::new();
        }
        let wanted: Vec<usize> = self.hits_around(self.height).filter(lacking).collect();
        let cases: Vec<CaseIndex> = wanted.iter().map(|&at| self.hits[at].case).collect();
        self.awaited.extend(cases.iter().copied().zip(wanted));
        cases
    }

    /// Forgets which matches are awaited, so that they may be requested again.
    pub fn await_no_matches(&mut self) {
        self.awaited.clear();
    }

    /// Takes awaited matches. The selected case stays on its row of the screen if the list is long
    /// enough.
    pub fn explain(&mut self, cases: Vec<(CaseIndex, Vec<Match>)>, corpus: &Corpus) {
        let row = self.selected_row();
        for (case, matches) in cases {
            if let Some(at) = self.awaited.remove(&case) {
                self.hits[at].matches = matches;
                self.explained_behind.insert(at);
            }
        }
        self.lay_out(corpus);
        self.top = (self.top + self.selected_row()).saturating_sub(row);
        self.reveal();
    }

    fn selected_row(&self) -> usize {
        let row = self.title_rows.get(self.selected);
        row.map_or(0, |&row| row as usize)
    }

    /// Returns the positions of the hits in view, within `rows` rows before and after it, and up to
    /// the selected hit.
    fn hits_around(&self, rows: usize) -> std::ops::Range<usize> {
        if self.hits.is_empty() {
            return 0..0;
        }
        let end = (self.top + self.height + rows).min(self.rows.len());
        let around = &self.rows[self.top.saturating_sub(rows).min(end)..end];
        let first = around.first().map_or(self.selected, |row| row.hit());
        let last = around.last().map_or(self.selected, |row| row.hit());
        first.min(self.selected)..last.max(self.selected) + 1
    }

    /// Returns the rows in view.
    pub fn visible(&self) -> &[ListRow] {
        let end = (self.top + self.height).min(self.rows.len());
        &self.rows[self.top.min(end)..end]
    }

    /// Returns the first row in view and the number of rows.
    pub fn scroll(&self) -> (usize, usize) {
        (self.top, self.rows.len())
    }

    /// Sets the height of the list, in rows.
    pub fn fit(&mut self, height: u16) {
        self.height = usize::from(height);
        self.reveal();
    }

    /// Selects a case if it is listed.
    pub fn select(&mut self, case: CaseIndex) {
        if let Some(at) = self.hits.iter().position(|hit| hit.case == case) {
            self.select_at(at);
        }
    }

    /// Selects the hit of a row in view. Row 0 is the first in view.
    pub fn select_row(&mut self, row: u16) {
        if let Some(row) = self.visible().get(usize::from(row)) {
            self.select_at(row.hit());
        }
    }

    /// Moves the selection.
    pub fn step(&mut self, motion: Motion) {
        let Some(last) = self.hits.len().checked_sub(1) else {
            return;
        };
        let screen = self.hits_on_screen();
        let at = self.selected;
        self.select_at(match motion {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => (at + 1).min(last),
            Motion::HalfUp => at.saturating_sub(screen.div_ceil(2)),
            Motion::HalfDown => (at + screen.div_ceil(2)).min(last),
            Motion::PageUp => at.saturating_sub(screen),
            Motion::PageDown => (at + screen).min(last),
            Motion::First => 0,
            Motion::Last => last,
        });
    }

    fn select_at(&mut self, at: usize) {
        self.selected = at;
        self.chosen = true;
        self.reveal();
    }

    fn hits_on_screen(&self) -> usize {
        let titles = self.visible().iter();
        titles
            .filter(|row| matches!(row, ListRow::Title(_)))
            .count()
            .max(1)
    }

    /// Scrolls as little as needed to show all rows of the selected case, with the heading directly
    /// above it if there is one. A case taller than the list is shown from its title on.
    fn reveal(&mut self) {
        let Some(&title) = self.title_rows.get(self.selected) else {
            self.top = 0;
            return;
        };
        let title = title as usize;
        let headed = title > 0 && matches!(self.rows[title - 1], ListRow::Head(_));
        let next = self.title_rows.get(self.selected + 1);
        let below = next.map_or(self.rows.len(), |&row| row as usize);
        let is_own = |row: &ListRow| !matches!(row, ListRow::Head(_) | ListRow::Gap(_));
        let own = self.rows[..below].iter().rposition(is_own);
        let end = own.map_or(below, |last| last + 1);
        let start = title - usize::from(headed);
        let start = if end - start > self.height {
            title
        } else {
            start
        };
        self.top = self.top.min(self.rows.len().saturating_sub(self.height));
        self.top = self.top.max(end.saturating_sub(self.height)).min(start);
    }

    /// Whether the headings of the list name the year and category of cases.
    pub fn tells_runs(&self) -> bool {
        self.has_heads
    }

    /// Whether the hits are ranked, which is so if the query contains words.
    fn is_ranked(&self) -> bool {
        self.hits.iter().any(|hit| !hit.matches.is_empty())
    }

    fn lay_out(&mut self, corpus: &Corpus) {
        self.rows.clear();
        self.title_rows.clear();
        let ranked = self.is_ranked();
        // A list of whole documents has no year or category to name.
        let is_run = |hit: &Hit| !is_whole(corpus.get(hit.case).case);
        self.has_heads = !ranked && self.order.keeps_runs() && self.hits.iter().any(is_run);
        for at in 0..self.hits.len() {
            let hit = &self.hits[at];
            let before = at.checked_sub(1).map(|before| &self.hits[before]);
            let position = at as u32;
            let opens = if ranked {
                opens_group(before, hit)
            } else {
                self.has_heads && opens_run(before, hit, corpus)
            };
            if opens {
                self.rows.push(ListRow::Head(position));
            }
            self.title_rows.push(self.rows.len() as u32);
            self.rows.push(ListRow::Title(position));
            self.rows.push(ListRow::Rest(position));
            if matches_org(hit) {
                self.rows.push(ListRow::Org(position));
            }
            if text_match(hit).is_some() {
                self.rows.push(ListRow::Snippet(position));
            }
            if self.is_roomy && at + 1 < self.hits.len() {
                self.rows.push(ListRow::Gap(position));
            }
        }
    }
}

/// Returns every case as a hit without matches.
pub fn all(corpus: &Corpus) -> Vec<Hit> {
    let hit = |(case, _)| Hit {
        case,
        tier: Tier::Exact,
        matches: Vec::new(),
    };
    corpus.iter().map(hit).collect()
}

/// Whether a tier of weaker hits begins with `hit`: 同音 or 近似.
fn opens_group(before: Option<&Hit>, hit: &Hit) -> bool {
    hit.tier != Tier::Exact && before.is_none_or(|before| before.tier != hit.tier)
}

/// Whether another year, document or category begins with `hit`. Whole documents are one group. The
/// text of a document outside of its cases belongs to the group before it.
fn opens_run(before: Option<&Hit>, hit: &Hit, corpus: &Corpus) -> bool {
    let case = corpus.get(hit.case).case;
    before.is_none_or(|before| {
        let before = corpus.get(before.case).case;
        match (is_whole(before), is_whole(case)) {
            (true, true) => false,
            (false, false) if before.document == case.document => {
                case.completeness != Completeness::Rest
                    && (before.year, before.category) != (case.year, case.category)
            }
            _ => true,
        }
    })
}

fn is_whole(case: &Case) -> bool {
    case.completeness == Completeness::Whole
}

/// Whether the query matches the orgs of a case.
pub fn matches_org(hit: &Hit) -> bool {
    hit.matches.iter().any(|found| found.field == Field::Org)
}

/// Returns the first match in headings or text, which explains hits not found by title or org.
pub fn text_match(hit: &Hit) -> Option<&Match> {
    let deep = |m: &&Match| matches!(m.field, Field::Heading | Field::Text);
    hit.matches.iter().find(deep)
}
