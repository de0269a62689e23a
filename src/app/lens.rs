//! Lenses on the page: marks of the claims or figures of a case, in place of the matches.

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
    /// The case that was last requested.
    asked: Option<CaseIndex>,
    seen: Option<(CaseIndex, Seen)>,
    /// The character of a case's text to go to when its marks arrive.
    goal: Option<(CaseIndex, u32)>,
}

/// Minimum columns for the names of all criteria beside the hints.
const WIDE: u16 = 100;

/// What a lens marks in a case.
#[derive(Clone, Debug)]
enum Seen {
    Figures(Vec<Found>),
    /// Claims, each with the texts of its cues.
    Claims(Vec<(Claim, Vec<String>)>),
}

/// Returns the sign in the margin beside the cues of a criterion. It is ASCII, so that it takes one
/// column on every terminal.
pub const fn sign(criterion: Criterion) -> char {
    match criterion {
        Criterion::Innovation => '*',
        Criterion::Leadership => '^',
        Criterion::Effect => '+',
        Criterion::Spread => '>',
    }
}

/// Sign beside the rest of a sentence.
const SENTENCE: char = '|';

/// Sign beside the cues of several criteria.
const SEVERAL: char = '&';

/// Merges two signs in the margin of a row.
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

    /// Whether the marks for a case have not arrived.
    fn is_waiting(&self, case: Option<CaseIndex>) -> bool {
        case.is_some_and(|case| self.seen_in(case).is_none())
    }
}

impl App {
    /// Turns the marks of claims on or off.
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

    /// Shows a case with its figures or claims marked, and goes to the mark that begins at a
    /// character of its text.
    pub(super) fn look_at(&mut self, kind: LensKind, case: CaseIndex, char: u32) {
        self.show_case(case);
        let mut lens = Lens::new(kind);
        lens.goal = Some((case, char));
        self.reading.find = None;
        self.reading.lens = Some(lens);
    }

    /// Shows a case, possibly not in the list, on the page, and moves the focus there.
    pub(super) fn show_case(&mut self, case: CaseIndex) {
        self.leave();
        self.list.select(case);
        self.trail.revisited = Some(case);
        self.reading.raw = false;
        self.window.focus = super::window::Focus::Page;
        self.settle();
    }

    /// Turns the lens off and marks the matches of the query.
    pub(super) fn end_lens(&mut self) {
        if self.reading.lens.take().is_some() {
            self.mark_page();
        }
    }

    /// Requests the marks of the lens for another case on the page.
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

    /// Takes the marks of the lens. Drops marks that are not for the current lens and case.
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

    /// Returns the marks of the lens; `None` without a lens.
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

    /// Describes the current mark of the lens, for the last row.
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

    /// Returns the number of claims for each criterion: *创新性 3  ^领先性 1. On a narrow screen the
    /// signs replace the names.
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

    /// Returns the cues of a claim for a criterion with their scopes: *创新性 首创(全国).
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
    /// Returns runs of the case's text as places on the page.
    fn places_of(&self, spans: impl Iterator<Item = CharSpan>) -> Vec<PageMatch> {
        let Some(sheet) = self.page.sheet() else {
            return Vec::new();
        };
        places(&sheet.set, self.corpus.get(sheet.case), spans)
    }

    /// Returns the number of blocks on the page.
    fn blocks(&self) -> usize {
        let sheet = self.page.sheet();
        sheet.map_or(0, |sheet| sheet.set.blocks().len())
    }

    /// Returns the runs of places by block.
    fn by_block(&self, places: &[PageMatch]) -> Vec<Vec<CharSpan>> {
        let mut by_block = vec![Vec::new(); self.blocks()];
        for place in places {
            by_block[place.block as usize].push(place.span);
        }
        by_block
    }
}

/// Returns runs of a case's text as places in its typeset blocks. The runs must be in order. Of a
/// run over several blocks, only the part in the first is included.
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
