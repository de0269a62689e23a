//! Answering one query: which cases, in which order, and why.

use super::cases::CaseSet;
use super::facts::{Facts, Picked};
use super::highlight::{self, Line, Words};
use super::index::Index;
use super::query::{self, Phrase, Query, TermKind};
use super::rank::{self, How, Place, Scope, Sum};
use super::scattered::Scatter;
use super::word::{self, Word};
use super::{Field, Found, Group, Hit, Marker, Match, Note, Problem, lines, relax};
use crate::text::CharSpan;
use crate::text::fold;
use crate::text::pinyin;

/// Scattered matches are looked for when a query finds fewer cases than this:
/// with more, they would only push down what was meant.
const FEW: usize = 8;

/// How many hits are given their matches at once; the others on request, by
/// [`Index::explain`].
pub const EXPLAINED: usize = 1_000;

/// How often a word is counted in one text: beyond that it is simply dense.
const MOST_OCCURRENCES: u32 = 32;

/// Answers a query as typed.
pub(super) fn answer(index: &Index, text: &str, facts: &Facts) -> Found {
    let query = query::parse(text);
    let outcome = Outcome::of(index, &query, facts);
    let explained = outcome.keys.iter().take(EXPLAINED).map(|&key| {
        let case = rank::case_in(key);
        let matches = outcome.explain(index, case as usize);
        outcome.hit(key, matches)
    });
    let rest = outcome.keys.iter().skip(EXPLAINED);
    let hits = explained
        .chain(rest.map(|&key| outcome.hit(key, Vec::new())))
        .collect();
    let relaxations = match outcome.keys.is_empty() {
        true => relax::relaxations(index, text, &query, facts),
        false => Vec::new(),
    };
    Found {
        query: text.to_owned(),
        hits,
        relaxations,
        notes: outcome.notes.clone(),
        marker: outcome.marker(),
    }
}

/// How many cases a query finds.
pub(super) fn count(index: &Index, text: &str, facts: &Facts) -> u32 {
    Outcome::of(index, &query::parse(text), facts).keys.len() as u32
}

/// What a query comes to.
pub(super) struct Outcome {
    /// One for every case found, best first; see [`Sum::key`].
    keys: Vec<u64>,
    sought: Vec<Sought>,
    notes: Vec<Note>,
}

/// Words of which every case found has one, and where.
struct Sought {
    words: Vec<Word>,
    scope: Fields,
    asks_for_year: bool,
    /// Where each case has it best.
    places: Vec<Place>,
    /// Words that were found scattered.
    scattered: Vec<Vec<u16>>,
}

/// In which fields a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fields {
    All,
    Org,
    Title,
    Text,
}

impl Fields {
    fn has(self, field: Field) -> bool {
        match self {
            Self::All => true,
            Self::Org => field == Field::Org,
            Self::Title => field == Field::Title,
            Self::Text => matches!(field, Field::Heading | Field::Text),
        }
    }
}

impl Outcome {
    pub(super) fn of(index: &Index, query: &Query, facts: &Facts) -> Self {
        let mut search = Search {
            index,
            base: CaseSet::all(index.cases()),
            notes: query.notes.clone(),
        };
        let terms = search.narrow(query, facts);
        let mut among = search.base.clone();
        let mut sought = Vec::new();
        for term in terms {
            if let Some(term) = search.seek(term, &mut among) {
                sought.push(term);
            }
        }
        let mut keys: Vec<u64> = among.iter().map(|case| search.key(&sought, case)).collect();
        if keys.len() < FEW {
            let scattered = search.scatter(&mut sought, &among);
            keys.extend(scattered.iter().map(|case| search.key(&sought, case)));
        }
        keys.sort_unstable();
        Self {
            keys,
            sought,
            notes: search.notes,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.keys.len()
    }

    fn hit(&self, key: u64, matches: Vec<Match>) -> Hit {
        Hit {
            case: crate::corpus::CaseIndex(rank::case_in(key)),
            group: rank::group_in(key),
            matches,
        }
    }

    fn marker(&self) -> Marker {
        let words = self
            .sought
            .iter()
            .flat_map(|sought| sought.words.iter().cloned());
        let scattered = self
            .sought
            .iter()
            .flat_map(|sought| sought.scattered.iter().cloned());
        Marker::of(Words {
            words: words.collect(),
            scattered: scattered.collect(),
        })
    }

    /// Where the words of the query stand in a case, best field first.
    fn explain(&self, index: &Index, case: usize) -> Vec<Match> {
        let mut matches: Vec<Match> = Vec::new();
        for sought in &self.sought {
            let Some(found) = sought.explain(index, case) else {
                continue;
            };
            let same = |m: &&mut Match| m.field == found.field && m.part == found.part;
            match matches.iter_mut().find(same) {
                Some(known) => {
                    known.spans.extend(found.spans);
                    known.spans = highlight::merged(std::mem::take(&mut known.spans));
                }
                None => matches.push(found),
            }
        }
        matches.sort_by_key(|m| m.field);
        matches
    }
}

/// One query on its way.
struct Search<'a> {
    index: &'a Index,
    /// The cases that the fields and exclusions of the query leave.
    base: CaseSet,
    notes: Vec<Note>,
}

/// A term that is looked for as words.
struct Wanted {
    words: Vec<Word>,
    scope: Fields,
    /// What is wrong with it if it stands nowhere.
    doubt: Option<Note>,
}

impl Search<'_> {
    /// Applies what picks cases from lists or excludes them; returns the rest.
    fn narrow(&mut self, query: &Query, facts: &Facts) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let mut excluded = Vec::new();
        for term in &query.terms {
            let words = match &term.kind {
                TermKind::Words(phrases) => self.wanted(phrases, Fields::All),
                TermKind::Field { field, values } => match field {
                    query::Field::Org => self.wanted(values, Fields::Org),
                    query::Field::Title => self.wanted(values, Fields::Title),
                    query::Field::Text => self.wanted(values, Fields::Text),
                    _ => {
                        self.pick(term, *field, values, facts);
                        continue;
                    }
                },
                TermKind::Doubtful { word, note } => {
                    let mut wanted = self.wanted(std::slice::from_ref(word), Fields::All);
                    if let Some(wanted) = &mut wanted {
                        wanted.doubt = Some(note.clone());
                    }
                    wanted
                }
            };
            let list = if term.excluded {
                &mut excluded
            } else {
                &mut wanted
            };
            list.extend(words);
        }
        for Wanted { words, scope, .. } in excluded {
            let places = self.places(&words, scope, &self.base);
            let has = CaseSet::of_those(places.len(), |case| !places[case].is_none());
            self.base.keep(&has, true);
        }
        // A long word leaves fewer cases for the others to be looked for in.
        wanted.sort_by_key(|w: &Wanted| {
            std::cmp::Reverse(w.words.iter().map(|word| word.codes().len()).min())
        });
        wanted
    }

    fn wanted(&self, phrases: &[Phrase], scope: Fields) -> Option<Wanted> {
        let spellings = &self.index.spellings;
        let words = phrases.iter();
        let words = words.filter_map(|p| Word::new(p, spellings, pinyin::readable()));
        let words: Vec<Word> = words.collect();
        // Of a|“ only a is something; a mark alone would match everything.
        (!words.is_empty()).then_some(Wanted {
            words,
            scope,
            doubt: None,
        })
    }

    fn pick(&mut self, term: &query::Term, field: query::Field, values: &[Phrase], facts: &Facts) {
        match self
            .index
            .facets
            .pick(field, values, facts, &self.index.spellings)
        {
            Picked::Cases(cases) => self.base.keep(&cases, term.excluded),
            Picked::BadValue { number, example } => self.notes.push(Note {
                span: term.span,
                problem: Problem::BadValue {
                    field: field.names().chinese[0],
                    value: values[number].text.clone(),
                    example,
                },
            }),
        }
    }

    /// Looks for words in the cases that are left, and leaves those that have
    /// one; by their sound, where they stand nowhere at all.
    fn seek(&mut self, wanted: Wanted, among: &mut CaseSet) -> Option<Sought> {
        let Wanted {
            mut words,
            scope,
            doubt,
        } = wanted;
        let mut places = self.places(&words, scope, among);
        if !any(&places) {
            let elsewhere = || {
                let all = CaseSet::all(self.index.cases());
                !among.is_all() && any(&self.places(&words, scope, &all))
            };
            if !elsewhere() {
                let spellings = &self.index.spellings;
                let sounds: Vec<Word> = words
                    .iter()
                    .filter_map(|word| word.by_sound(spellings, pinyin::readable()))
                    .collect();
                let by_sound = self.places(&sounds, scope, among);
                if any(&by_sound) {
                    (words, places) = (sounds, by_sound);
                } else if let Some(note) = doubt {
                    self.notes.push(note);
                    return None;
                }
            }
        }
        among.keep(
            &CaseSet::of_those(places.len(), |case| !places[case].is_none()),
            false,
        );
        let known = self.index.facets.known_years();
        let asks_for_year = scope == Fields::All
            && words.iter().any(|word| {
                known
                    .iter()
                    .any(|&year| year_in(word, year) == Some(Scope::Year))
            });
        Some(Sought {
            words,
            scope,
            asks_for_year,
            places,
            scattered: Vec::new(),
        })
    }

    /// Finds cases that have some words scattered in their title or a name and
    /// all others somewhere, and notes the places; cases in `found` are left out.
    fn scatter(&self, sought: &mut [Sought], found: &CaseSet) -> CaseSet {
        let mut base = self.base.clone();
        base.keep(found, true);
        let scattered: Vec<Vec<(usize, Place)>> = sought
            .iter()
            .map(|sought| self.scattered_places(sought, &base))
            .collect();
        let mut among = CaseSet::none(self.index.cases());
        scattered
            .iter()
            .flatten()
            .for_each(|&(case, _)| among.insert(case));
        for (sought, scattered) in sought.iter_mut().zip(scattered) {
            // Words behind the first were looked for only where those before
            // them stand.
            let places = self.places(&sought.words, sought.scope, &among);
            among
                .iter()
                .for_each(|case| sought.places[case] = places[case]);
            for (case, place) in scattered {
                sought.places[case] = sought.places[case].min(place);
            }
            among = CaseSet::of_those(self.index.cases(), |case| {
                among.contains(case) && !sought.places[case].is_none()
            });
        }
        for sought in sought {
            let used = among
                .iter()
                .any(|case| sought.places[case].group() == Group::Scattered);
            if used {
                let words = sought.words.iter().filter(|word| !word.is_quoted());
                sought.scattered = words.map(|word| word.line_codes().to_vec()).collect();
            }
        }
        among
    }

    fn scattered_places(&self, sought: &Sought, among: &CaseSet) -> Vec<(usize, Place)> {
        let mut found = Vec::new();
        let place = |field, indices: &[u32], length, at| {
            let penalty = rank::penalty_in_line(indices[0] as usize, indices.len(), length);
            let scope = Scope::Field(field);
            Place::new(Group::Scattered, scope, How::AsTyped, false, penalty, at)
        };
        for word in sought.words.iter().filter(|word| !word.is_quoted()) {
            let Some(mut scatter) = Scatter::new(word.line_codes()) else {
                continue;
            };
            if sought.scope.has(Field::Title) {
                let titles = &self.index.titles;
                for case in among.iter() {
                    if let Some(indices) = scatter.find(lines::codes(titles.line(case))) {
                        let length = titles.length(case);
                        found.push((case, place(Field::Title, indices, length, case)));
                    }
                }
            }
            if sought.scope.has(Field::Org) {
                let names = &self.index.names;
                let mut of_owner = vec![Place::NONE; names.owners()];
                for line in 0..names.lines().len() {
                    if let Some(indices) = scatter.find(lines::codes(names.lines().line(line))) {
                        let length = names.lines().length(line);
                        let best = &mut of_owner[names.owner(line)];
                        *best = (*best).min(place(Field::Org, indices, length, line));
                    }
                }
                for case in among.iter().filter(|_| any(&of_owner)) {
                    let places = names
                        .of_case(case)
                        .iter()
                        .map(|&owner| of_owner[owner as usize]);
                    found.extend(places.filter(|p| !p.is_none()).map(|place| (case, place)));
                }
            }
        }
        found
    }

    fn key(&self, sought: &[Sought], case: usize) -> u64 {
        if sought.is_empty() {
            // Nothing is asked for by words: the reading order stands.
            return Sum::default().key(0, case as u32);
        }
        let mut sum = Sum::default();
        for sought in sought {
            sum.add(sought.places[case], sought.asks_for_year);
        }
        sum.key(self.index.facets.age(case), case as u32)
    }

    /// Where the cases in `among` have the best of some words.
    fn places(&self, words: &[Word], scope: Fields, among: &CaseSet) -> Vec<Place> {
        let mut places = vec![Place::NONE; self.index.cases()];
        for word in words {
            if scope.has(Field::Title) {
                self.in_titles(word, among, &mut places);
            }
            if scope.has(Field::Org) {
                self.in_names(word, among, &mut places);
            }
            if scope.has(Field::Heading) {
                self.in_headings(word, among, &mut places);
            }
            if scope == Fields::All {
                self.in_years(word, among, &mut places);
            }
        }
        // Text is by far the longest field: only what has no better place.
        for word in words.iter().filter(|_| scope.has(Field::Text)) {
            self.in_texts(word, among, &mut places);
        }
        places
    }

    fn in_titles(&self, word: &Word, among: &CaseSet, places: &mut [Place]) {
        let titles = &self.index.titles;
        let group = line_group(word);
        let scope = Scope::Field(Field::Title);
        if let Some(finder) = word.line_finder() {
            titles.find(finder, 0..titles.len(), |case, start| {
                if let Some(at) = word
                    .literal_in(titles, case, start)
                    .filter(|_| among.contains(case))
                {
                    let penalty = rank::penalty_in_line(start, at.end - start, titles.length(case));
                    let place = Place::new(group, scope, at.how, false, penalty, case);
                    places[case] = places[case].min(place);
                }
            });
        }
        let Some(matcher) = word.line_matcher() else {
            return;
        };
        for case in among.iter() {
            if let Some(found) = matcher.find(lines::codes(titles.line(case))) {
                let characters = word.characters(found.fit);
                let start = found.end.saturating_sub(characters);
                let penalty = rank::penalty_in_line(start, characters, titles.length(case));
                let how = word::how(found.fit);
                let place = Place::new(group, scope, how, false, penalty, case);
                places[case] = places[case].min(place);
            }
        }
    }

    fn in_names(&self, word: &Word, among: &CaseSet, places: &mut [Place]) {
        let names = &self.index.names;
        let mut of_owner = vec![Place::NONE; names.owners()];
        for line in 0..names.lines().len() {
            if let Some(at) = word.in_line(names.lines(), line) {
                let length = names.lines().length(line);
                let penalty = rank::penalty_in_line(at.start, at.end - at.start, length);
                let scope = Scope::Field(Field::Org);
                let alias = names.is_alias(line);
                let place = Place::new(line_group(word), scope, at.how, alias, penalty, line);
                let best = &mut of_owner[names.owner(line)];
                *best = (*best).min(place);
            }
        }
        if !any(&of_owner) {
            return;
        }
        for case in among.iter() {
            for &owner in names.of_case(case) {
                places[case] = places[case].min(of_owner[owner as usize]);
            }
        }
    }

    fn in_headings(&self, word: &Word, among: &CaseSet, places: &mut [Place]) {
        let headings = &self.index.headings;
        let lines = headings.lines();
        let scope = Scope::Field(Field::Heading);
        if let Some(finder) = word.line_finder() {
            lines.find(finder, 0..lines.len(), |line, start| {
                let case = headings.case(line);
                if let Some(at) = word
                    .literal_in(lines, line, start)
                    .filter(|_| among.contains(case))
                {
                    let penalty = rank::penalty_in_line(start, at.end - start, lines.length(line));
                    let place = Place::new(line_group(word), scope, at.how, false, penalty, line);
                    places[case] = places[case].min(place);
                }
            });
        }
        let Some(matcher) = word.line_matcher() else {
            return;
        };
        for case in among.iter() {
            for line in headings.of_case(case) {
                if let Some(found) = matcher.find(lines::codes(lines.line(line))) {
                    let characters = word.characters(found.fit);
                    let start = found.end.saturating_sub(characters);
                    let penalty = rank::penalty_in_line(start, characters, lines.length(line));
                    let how = word::how(found.fit);
                    let place = Place::new(line_group(word), scope, how, false, penalty, line);
                    places[case] = places[case].min(place);
                }
            }
        }
    }

    fn in_years(&self, word: &Word, among: &CaseSet, places: &mut [Place]) {
        let known = self.index.facets.known_years();
        let scopes: Vec<(u16, Scope)> = known
            .iter()
            .filter_map(|&year| Some((year, year_in(word, year)?)))
            .collect();
        if scopes.is_empty() {
            return;
        }
        for case in among.iter() {
            let year = self.index.facets.year(case);
            if let Some(&(_, scope)) = scopes.iter().find(|&&(known, _)| known == year) {
                let place = Place::new(Group::Exact, scope, How::AsTyped, false, 0, 0);
                places[case] = places[case].min(place);
            }
        }
    }

    fn in_texts(&self, word: &Word, among: &CaseSet, places: &mut [Place]) {
        let texts = &self.index.texts;
        let scope = Scope::Field(Field::Text);
        let better = |places: &[Place], case: usize| !places[case].is_none();
        if let Some(finder) = word.text_finder() {
            for case in among.iter() {
                if better(places, case) {
                    continue;
                }
                let text = texts.text(case);
                if let Some((first, count)) = count_literal(finder, text, word.codes().len()) {
                    let penalty = rank::penalty_in_text(first, count, text.len() / 2);
                    places[case] =
                        Place::new(Group::Exact, scope, How::AsTyped, false, penalty, first);
                }
            }
        }
        let Some(matcher) = word.text_matcher() else {
            return;
        };
        let group = match word.is_by_sound() {
            true => Group::Homophone,
            false => Group::PinyinInText,
        };
        for case in among.iter() {
            if better(places, case) {
                continue;
            }
            let text = texts.text(case);
            if let Some((end, count)) = matcher.count_whole(lines::codes(text), MOST_OCCURRENCES) {
                let penalty = rank::penalty_in_text(end, count, text.len() / 2);
                places[case] = Place::new(group, scope, How::Syllables, false, penalty, end);
            }
        }
    }
}

impl Sought {
    /// Where the case has it best, as characters of what is shown.
    fn explain(&self, index: &Index, case: usize) -> Option<Match> {
        let place = self.places[case];
        if place.is_none() {
            return None;
        }
        let Scope::Field(field) = place.scope() else {
            return None;
        };
        let shown = index.corpus_case(case);
        let (part, spans) = match field {
            Field::Title => (0, self.in_line(&index.titles, case, &shown.title(), place)),
            Field::Org => {
                let line = place.at();
                let owner = index.names.owner(line) as u32;
                let owners = index.names.of_case(case);
                let part = owners.iter().position(|&known| known == owner)?;
                // The name of an area stands for the first org.
                let part = if part < shown.case.orgs.len() {
                    part
                } else {
                    0
                };
                let printed = &shown.case.orgs.get(part)?.printed;
                let spans = match index.names.is_alias(line) {
                    true => vec![CharSpan::new(0, printed.chars().count() as u32)],
                    false => self.in_line(index.names.lines(), line, printed, place),
                };
                (part as u32, spans)
            }
            Field::Heading => {
                let line = place.at();
                let block = index.headings.block(line);
                let text = shown.block_text(&shown.case.blocks[block as usize]);
                (
                    block,
                    self.in_line(index.headings.lines(), line, &text, place),
                )
            }
            Field::Text => self.in_text(index, case, place)?,
        };
        Some(Match { field, part, spans })
    }

    fn in_line(
        &self,
        lines: &lines::Lines,
        line: usize,
        shown: &str,
        place: Place,
    ) -> Vec<CharSpan> {
        let map = Line::new(&fold::codes(shown));
        let mut spans = Vec::new();
        if place.group() == Group::Scattered {
            for word in &self.words {
                let mut scatter = Scatter::new(word.line_codes());
                let text = lines::codes(lines.line(line));
                let found = scatter.as_mut().and_then(|scatter| scatter.find(text));
                for &index in found.into_iter().flatten() {
                    map.runs(index as usize, index as usize + 1, &mut spans);
                }
            }
            return spans;
        }
        let found = self
            .words
            .iter()
            .filter_map(|word| word.in_line(lines, line));
        if let Some(at) = found.min_by_key(|at| at.how) {
            map.runs(at.start, at.end, &mut spans);
        }
        spans
    }

    fn in_text(&self, index: &Index, case: usize, place: Place) -> Option<(u32, Vec<CharSpan>)> {
        let codes: Vec<u16> = lines::codes(index.texts.text(case)).collect();
        let at = place.at();
        let (start, end) = match place.group() {
            Group::Exact => {
                let words = self.words.iter().map(|word| word.codes());
                let word = words
                    .into_iter()
                    .find(|word| codes[at..].starts_with(word))?;
                (at, at + word.len())
            }
            _ => {
                let found = super::matcher::Found {
                    fit: super::matcher::Fit::Syllables,
                    end: at,
                };
                let matchers = self.words.iter().filter_map(Word::text_matcher);
                let starts = matchers.map(|matcher| matcher.start(&codes, found));
                (starts.filter(|&start| start < at).max()?, at)
            }
        };
        let (paragraph, start_in_block) = index.texts.block_at(case, start);
        let span = CharSpan::new(start_in_block as u32, (start_in_block + end - start) as u32);
        let blocks = &index.corpus_case(case).case.blocks;
        let is_text = |block: &crate::case::Block| {
            !matches!(block.kind, crate::case::BlockKind::Heading { .. })
        };
        let mut paragraphs = (0..blocks.len()).filter(|&number| is_text(&blocks[number]));
        Some((paragraphs.nth(paragraph)? as u32, vec![span]))
    }
}

fn any(places: &[Place]) -> bool {
    places.iter().any(|place| !place.is_none())
}

fn line_group(word: &Word) -> Group {
    if word.is_by_sound() {
        Group::Homophone
    } else {
        Group::Exact
    }
}

/// Where a word first stands in a text, in characters, and how often.
fn count_literal(
    finder: &memchr::memmem::Finder<'_>,
    text: &[u8],
    length: usize,
) -> Option<(usize, u32)> {
    let first = lines::find_code(finder, text)?;
    let mut count = 1;
    let mut at = first + length;
    while count < MOST_OCCURRENCES {
        let Some(next) = lines::find_code(finder, &text[2 * at..]) else {
            break;
        };
        count += 1;
        at += next + length;
    }
    Some((first, count))
}

/// Whether a word is a year, or the beginning of one: 2016, 2016年, 201.
fn year_in(word: &Word, year: u16) -> Option<Scope> {
    if word.is_quoted() || word.is_by_sound() {
        return None;
    }
    let printed = fold::codes(&format!("{year}年度"));
    let codes = word.codes();
    let whole = 4;
    match printed.starts_with(codes) {
        true if codes.len() >= whole => Some(Scope::Year),
        true => Some(Scope::YearBegun),
        false => None,
    }
}
