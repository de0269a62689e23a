//! The list of cases: what is in it, what is selected, what is in view.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, Completeness};
use crate::corpus::{CaseIndex, Corpus};
use crate::search::{Field, Hit, Match, Tier};

use super::action::Motion;
use super::order::Order;
use super::work::Measures;

/// What one row of the list shows; a number is the position of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The head of a run of cases: of a year and a category where all are
    /// shown, of a group of weaker hits otherwise. Carries the first hit below.
    Head(u32),
    /// The first row of the title.
    Title(u32),
    /// What is left of the title, then what else there is to know of the case.
    Rest(u32),
    /// The orgs, when the query was found in them.
    Org(u32),
    /// Where the query was found, when that is neither title nor org.
    Snippet(u32),
    /// The blank row below a case, in a list that is roomy.
    Gap(u32),
}

impl ListRow {
    /// The hit that the row belongs to.
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
    /// How many hits, from the best on, have their matches.
    explained: usize,
    /// The worse hits that have theirs too, and those, by their case, that wait for
    /// them.
    explained_behind: BTreeSet<usize>,
    awaited: BTreeMap<CaseIndex, usize>,
    rows: Vec<ListRow>,
    /// Row of every hit's title.
    title_rows: Vec<u32>,
    selected: usize,
    /// Whether the reader chose the selected case; one that only happens to be
    /// first gives way to a better one.
    chosen: bool,
    top: usize,
    height: usize,
    order: Order,
    /// The rank of every hit, where the order is another one.
    ranks: Vec<u32>,
    /// Whether runs of cases have heads.
    has_heads: bool,
    /// Whether a blank row parts the cases.
    is_roomy: bool,
}

impl List {
    /// A list with or without blank rows between its cases.
    pub fn spaced(is_roomy: bool) -> Self {
        Self {
            is_roomy,
            ..Self::default()
        }
    }

    /// Sets the order of the hits that will be shown.
    pub fn set_order(&mut self, order: Order) {
        self.order = order;
    }

    /// The order of the hits.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Lists hits, best first, of which the first `explained` have their matches. The
    /// case `kept` is selected, and counts as chosen, if it is there; otherwise the
    /// first hit is.
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

    /// The hits, in order.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Position of the selected hit.
    pub fn position(&self) -> usize {
        self.selected
    }

    /// The selected case; none in an empty list.
    pub fn selected(&self) -> Option<CaseIndex> {
        self.hits.get(self.selected).map(|hit| hit.case)
    }

    /// The selected case, if the reader chose it.
    pub fn chosen(&self) -> Option<CaseIndex> {
        self.selected().filter(|_| self.chosen)
    }

    /// From now on no case is chosen: the best hit of what is asked next will be
    /// selected.
    pub fn unchoose(&mut self) {
        self.chosen = false;
    }

    /// The selected hit.
    pub fn selected_hit(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Whether the selected hit came without its matches, and has none yet.
    pub fn selected_lacks_matches(&self) -> bool {
        self.selected < self.hits.len() && self.lacks_matches(self.selected)
    }

    fn lacks_matches(&self, at: usize) -> bool {
        let rank = self.ranks.get(at).map_or(at, |&rank| rank as usize);
        rank >= self.explained && !self.explained_behind.contains(&at)
    }

    /// The hits in view and a screen around that have no matches yet, once any of
    /// them comes near the view; from then on they wait for them.
    pub fn await_matches(&mut self) -> Vec<CaseIndex> {
        let lacking = |at: &usize| {
            self.lacks_matches(*at) && !self.awaited.contains_key(&self.hits[*at].case)
        };
        // By half a screen, so that a list that is scrolled row by row does not
        // ask for every one.
        if !self.hits_around(self.height / 2).any(|at| lacking(&at)) {
            return Vec::new();
        }
        let wanted: Vec<usize> = self.hits_around(self.height).filter(lacking).collect();
        let cases: Vec<CaseIndex> = wanted.iter().map(|&at| self.hits[at].case).collect();
        self.awaited.extend(cases.iter().copied().zip(wanted));
        cases
    }

    /// Hits whose matches are awaited may have to be asked for again.
    pub fn await_no_matches(&mut self) {
        self.awaited.clear();
    }

    /// Takes the matches of hits that wait for them. The selected case stays on
    /// its row of the screen where the list is long enough.
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

    /// The hits in view and in so many rows before and behind it; always the
    /// selected one.
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

    /// The rows in view.
    pub fn visible(&self) -> &[ListRow] {
        let end = (self.top + self.height).min(self.rows.len());
        &self.rows[self.top.min(end)..end]
    }

    /// The first row in view and the number of rows in all.
    pub fn scroll(&self) -> (usize, usize) {
        (self.top, self.rows.len())
    }

    /// Takes over the rows that the screen has for the list.
    pub fn fit(&mut self, height: u16) {
        self.height = usize::from(height);
        self.reveal();
    }

    /// Selects a case; nothing happens if it is not in the list.
    pub fn select(&mut self, case: CaseIndex) {
        if let Some(at) = self.hits.iter().position(|hit| hit.case == case) {
            self.select_at(at);
        }
    }

    /// Selects the hit that a row in view belongs to.
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

    /// Scrolls as little as needed to show the selected case whole, with the
    /// head above it where one stands there; of a case that is taller than the
    /// list, the title.
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

    /// Whether the heads of the list say of which year and category cases are.
    pub fn tells_runs(&self) -> bool {
        self.has_heads
    }

    /// Whether the hits are those of a query for words, which ranks them.
    fn is_ranked(&self) -> bool {
        self.hits.iter().any(|hit| !hit.matches.is_empty())
    }

    fn lay_out(&mut self, corpus: &Corpus) {
        self.rows.clear();
        self.title_rows.clear();
        let ranked = self.is_ranked();
        // A list of documents has nothing that a head could name.
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

/// Every case, as if a query had found it.
pub fn all(corpus: &Corpus) -> Vec<Hit> {
    let hit = |(case, _)| Hit {
        case,
        tier: Tier::Exact,
        matches: Vec::new(),
    };
    corpus.iter().map(hit).collect()
}

/// Whether a weaker group of hits begins here: 同音 or 近似.
fn opens_group(before: Option<&Hit>, hit: &Hit) -> bool {
    hit.tier != Tier::Exact && before.is_none_or(|before| before.tier != hit.tier)
}

/// Whether another year, document or category begins here. Documents are one run, and
/// what one says outside of its cases goes with them.
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

/// Whether the query was found in the orgs of a case.
pub fn matches_org(hit: &Hit) -> bool {
    hit.matches.iter().any(|found| found.field == Field::Org)
}

/// The match that tells why a case is listed, where title and org do not.
pub fn text_match(hit: &Hit) -> Option<&Match> {
    let deep = |m: &&Match| matches!(m.field, Field::Heading | Field::Text);
    hit.matches.iter().find(deep)
}
