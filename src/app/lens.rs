//! The lens on the page: what a case claims, or its figures, marked in place of what a
//! query matches.

use super::App;
use super::page::{Marked, PageMatch};
pub use super::work::LensKind;
use super::work::{Done, Job};
use crate::case::CaseRef;
use crate::corpus::CaseIndex;
use crate::evidence::{Claim, Criterion};
use crate::figures::Found;
use crate::text::CharSpan;
use crate::typeset::{self, Part};

/// A lens, and what it marks in the case on the page.
#[derive(Clone, Debug)]
pub struct Lens {
    pub kind: LensKind,
    /// The case that was asked about last.
    asked: Option<CaseIndex>,
    seen: Option<(CaseIndex, Seen)>,
    /// The character of the case's text to go to once its marks are there.
    goal: Option<(CaseIndex, u32)>,
}

/// From this many columns on, the names of all criteria fit beside the hints.
const WIDE: u16 = 100;

/// What there is to mark in a case.
#[derive(Clone, Debug)]
enum Seen {
    Figures(Vec<Found>),
    /// Claims, and the words of each of their cues.
    Claims(Vec<(Claim, Vec<String>)>),
}

/// The sign in the margin beside the words that speak for a criterion. ASCII, so that it
/// has one column on every terminal.
pub const fn sign(criterion: Criterion) -> char {
    match criterion {
        Criterion::Innovation => '*',
        Criterion::Leadership => '^',
        Criterion::Effect => '+',
        Criterion::Spread => '>',
    }
}

/// The sign beside the rest of a sentence.
const SENTENCE: char = '|';

/// The sign beside words that speak for several criteria.
const SEVERAL: char = '&';

/// The sign for a row that two signs are for.
pub const fn beside(one: char, other: char) -> char {
    match (one, other) {
        (SENTENCE, sign) | (sign, SENTENCE) => sign,
        (one, other) if one == other => one,
        _ => SEVERAL,
    }
}

impl Lens {
    fn new(kind: LensKind) -> Self {
        Self {
            kind,
            asked: None,
            seen: None,
            goal: None,
        }
    }

    fn seen_in(&self, case: CaseIndex) -> Option<&Seen> {
        let (of, seen) = self.seen.as_ref()?;
        (*of == case).then_some(seen)
    }

    /// Whether what it marks in a case is still being worked out.
    fn is_waiting(&self, case: Option<CaseIndex>) -> bool {
        case.is_some_and(|case| self.seen_in(case).is_none())
    }
}

impl App {
    /// Marks what the case on the page claims, or goes back to the matches.
    pub(super) fn turn_evidence(&mut self) {
        if self.reading.is_marking_evidence() {
            self.end_lens();
            self.notice = Some(self.words().lens_off.to_owned());
            return;
        }
        self.end_find();
        self.reading.raw = false;
        self.reading.lens = Some(Lens::new(LensKind::Evidence));
        if self.panes().is_none_or(|panes| panes.page.is_none()) {
            self.enter_page();
        }
    }

    /// Marks figures or claims on the page of a case, and goes to the one that begins at a
    /// character of its text.
    pub(super) fn look_at(&mut self, kind: LensKind, case: CaseIndex, char: u32) {
        self.show_case(case);
        let mut lens = Lens::new(kind);
        lens.goal = Some((case, char));
        self.reading.find = None;
        self.reading.lens = Some(lens);
    }

    /// Shows a case on the page, which gets the keys. The list may not hold it.
    pub(super) fn show_case(&mut self, case: CaseIndex) {
        self.leave();
        self.list.select(case);
        self.trail.revisited = Some(case);
        self.reading.raw = false;
        self.window.focus = super::window::Focus::Page;
        self.settle();
    }

    /// Takes the lens off; the matches of the query are marked again.
    pub(super) fn end_lens(&mut self) {
        if self.reading.lens.take().is_some() {
            self.mark_page();
        }
    }

    /// Asks what the lens marks in the case that has come onto the page.
    pub(super) fn settle_lens(&mut self) {
        let Some(case) = self.page.case() else { return };
        let Some(lens) = &mut self.reading.lens else {
            return;
        };
        if lens.asked != Some(case) && lens.seen_in(case).is_none() {
            lens.asked = Some(case);
            self.analysis.jobs.push_back(Job::Lens(lens.kind, case));
            self.mark_page();
        }
    }

    /// Takes what the lens marks in a case; what it no longer asks for is dropped.
    pub(super) fn take_seen(&mut self, done: Done) {
        let (kind, case, seen) = match done {
            Done::Figured(case, found) => (LensKind::Figures, case, Seen::Figures(found)),
            Done::Claimed(case, claims) => {
                let text: Vec<char> = self.corpus.get(case).text().chars().collect();
                let words = |claim: &Claim| {
                    let cut = |span: &std::ops::Range<u32>| {
                        text[span.start as usize..span.end as usize]
                            .iter()
                            .collect()
                    };
                    claim.cues.iter().map(|cue| cut(&cue.span)).collect()
                };
                let claims = claims.into_iter().map(|claim| {
                    let words = words(&claim);
                    (claim, words)
                });
                (LensKind::Evidence, case, Seen::Claims(claims.collect()))
            }
            _ => return,
        };
        let Some(lens) = &mut self.reading.lens else {
            return;
        };
        if lens.kind != kind || self.page.case() != Some(case) {
            return;
        }
        lens.seen = Some((case, seen));
        let goal = lens.goal.take().filter(|(of, _)| *of == case);
        self.mark_page();
        let anchor = goal.map(|(_, char)| self.anchor_in_text(self.corpus.get(case), char));
        if let Some(anchor) = anchor {
            self.page.go_to_match(anchor);
        }
        if self.page.counter().is_none() && self.notice.is_none() {
            self.notice = Some(self.words().no_claims.to_owned());
        }
    }

    /// What the lens marks on the page; `None` without one.
    pub(super) fn lens_marks(&self) -> Option<Marked> {
        let lens = self.reading.lens.as_ref()?;
        let Some(seen) = self.page.case().and_then(|case| lens.seen_in(case)) else {
            return Some(Marked::default());
        };
        Some(match seen {
            Seen::Figures(found) => {
                let spans = found.iter().map(|found| span(&found.figure.span));
                let places = self.places_of(spans);
                Marked {
                    marks: self.by_block(&places),
                    places,
                    ..Marked::default()
                }
            }
            Seen::Claims(claims) => self.claim_marks(claims),
        })
    }

    fn claim_marks(&self, claims: &[(Claim, Vec<String>)]) -> Marked {
        let cues = || claims.iter().flat_map(|(claim, _)| &claim.cues);
        let cue_places = self.places_of(cues().map(|cue| span(&cue.span)));
        let sentences = self.places_of(claims.iter().map(|(claim, _)| span(&claim.sentence)));
        let firsts = claims.iter().filter_map(|(claim, _)| claim.cues.first());
        let places = self.places_of(firsts.map(|cue| span(&cue.span)));
        let mut signs: Vec<Vec<(CharSpan, char)>> = Vec::new();
        signs.resize(self.blocks(), Vec::new());
        let of_sentences = sentences.iter().map(|place| (place, SENTENCE));
        let of_cues = cue_places
            .iter()
            .zip(cues())
            .map(|(place, cue)| (place, sign(cue.criterion)));
        for (place, sign) in of_sentences.chain(of_cues) {
            signs[place.block as usize].push((place.span, sign));
        }
        Marked {
            marks: self.by_block(&cue_places),
            places,
            sentences: self.by_block(&sentences),
            signs,
        }
    }

    /// What the lens says of the place that the reader is at, for the last row.
    pub fn lens_remark(&self) -> Option<String> {
        let language = self.settings.language;
        let words = self.words();
        let lens = self.reading.lens.as_ref()?;
        let case = self.page.case()?;
        if lens.is_waiting(Some(case)) {
            return Some(words.gathering.to_owned());
        }
        let (at, count) = self.page.counter().unwrap_or((0, 0));
        let here = at.checked_sub(1);
        match lens.seen_in(case)? {
            Seen::Figures(found) => {
                let figure = here.and_then(|at| found.get(at)).map(|found| &found.figure);
                let kind = figure.map_or("", |figure| figure.kind.in_language(language));
                Some(
                    format!("{} {at}/{count}  {kind}", words.figures)
                        .trim_end()
                        .to_owned(),
                )
            }
            Seen::Claims(claims) => {
                let Some(claim) = here.and_then(|at| claims.get(at)) else {
                    return Some(self.counts(claims));
                };
                let said: Vec<String> = Criterion::ALL
                    .into_iter()
                    .filter_map(|criterion| self.cues_of(claim, criterion))
                    .collect();
                Some(format!("{}  {at}/{count}", said.join("  ")))
            }
        }
    }

    /// How many claims there are for each criterion: *创新性 3  ^领先性 1; with their signs
    /// alone where the hints need the room.
    fn counts(&self, claims: &[(Claim, Vec<String>)]) -> String {
        let language = self.settings.language;
        let is_narrow = self.window.size.0 < WIDE;
        let mut said = vec![format!("{} {}", self.words().claims, claims.len())];
        for criterion in Criterion::ALL {
            let count = claims.iter().filter(|(claim, _)| claim.is_for(criterion));
            let (sign, count) = (sign(criterion), count.count());
            said.push(if is_narrow {
                format!("{sign}{count}")
            } else {
                format!("{sign}{} {count}", criterion.in_language(language))
            });
        }
        said.join(if is_narrow { " " } else { "  " })
    }

    /// The cues of a claim for one criterion with their scopes: *创新性 首创(全国).
    fn cues_of(
        &self,
        (claim, words): &(Claim, Vec<String>),
        criterion: Criterion,
    ) -> Option<String> {
        let language = self.settings.language;
        let mut said: Vec<String> = Vec::new();
        for (cue, words) in claim.cues.iter().zip(words) {
            if cue.criterion != criterion {
                continue;
            }
            let mut words = self.settings.script.show(words).into_owned();
            if let Some(scope) = cue.scope {
                let scope = scope.in_language(language);
                words += &format!("({scope})");
            }
            if !said.contains(&words) {
                said.push(words);
            }
        }
        let name = criterion.in_language(language);
        (!said.is_empty()).then(|| format!("{}{name} {}", sign(criterion), said.join(" ")))
    }
}

fn span(range: &std::ops::Range<u32>) -> CharSpan {
    CharSpan::new(range.start, range.end)
}

impl App {
    /// Runs of the text of the case on the page as places of its blocks.
    fn places_of(&self, spans: impl Iterator<Item = CharSpan>) -> Vec<PageMatch> {
        let Some(sheet) = self.page.sheet() else {
            return Vec::new();
        };
        places(&sheet.set, self.corpus.get(sheet.case), spans)
    }

    /// How many blocks the page has.
    fn blocks(&self) -> usize {
        let sheet = self.page.sheet();
        sheet.map_or(0, |sheet| sheet.set.blocks().len())
    }

    /// The runs of places by block, each block's in order.
    fn by_block(&self, places: &[PageMatch]) -> Vec<Vec<CharSpan>> {
        let mut by_block = vec![Vec::new(); self.blocks()];
        for place in places {
            by_block[place.block as usize].push(place.span);
        }
        by_block
    }
}

/// Runs of the text of a case, which come in order, as places of its blocks as they are
/// set. Of a run over several blocks it is the part in the first.
pub(super) fn places(
    set: &typeset::Page,
    case: CaseRef<'_>,
    spans: impl Iterator<Item = CharSpan>,
) -> Vec<PageMatch> {
    let blocks = case.placed_blocks();
    let mut blocks = (0..)
        .zip(blocks.map(|(start, _, text)| {
            let chars = text.chars().count() as u32;
            start..start + chars
        }))
        .peekable();
    let mut places = Vec::new();
    for span in spans {
        while blocks.peek().is_some_and(|(_, run)| run.end <= span.start) {
            blocks.next();
        }
        let Some((index, run)) = blocks.peek() else {
            break;
        };
        let first = span.start.saturating_sub(run.start);
        if let Some(anchor) = set.anchor_of(Part::Text(*index), first) {
            let end = span.end.min(run.end) - run.start;
            places.push(PageMatch {
                block: anchor.block,
                span: CharSpan::new(first, end),
            });
        }
    }
    places
}
