//! What was perhaps meant: words without their marks, by their sound, or
//! scattered.

use std::sync::Arc;

use super::{Search, Sought};
use crate::search::cases::CaseSet;
use crate::search::lines;
use crate::search::places::{Fields, Places};
use crate::search::rank::{self, How, Place, Scope};
use crate::search::scattered::Scatter;
use crate::search::word::Word;
use crate::search::{Field, Group};

impl Search<'_> {
    /// What stands for words that stand nowhere, and where: the same without
    /// marks, for “大数据”审计 is 大数据审计; else what they sound like.
    pub(super) fn instead(
        &self,
        words: &[Arc<Word>],
        fields: Fields,
        among: &CaseSet,
    ) -> (Vec<Arc<Word>>, Arc<Places>) {
        let unmarked = words.iter().filter_map(|word| word.without_marks());
        let unmarked: Vec<Arc<Word>> = unmarked.map(Arc::new).collect();
        let found = self.places(&unmarked, fields, among);
        let stands = among.meets(found.found()) || self.stands_outside(&unmarked, fields, among);
        match stands {
            true => (unmarked, found),
            false => self.by_sound(words, fields, among),
        }
    }

    /// What words sound like, and where that stands.
    fn by_sound(
        &self,
        words: &[Arc<Word>],
        fields: Fields,
        among: &CaseSet,
    ) -> (Vec<Arc<Word>>, Arc<Places>) {
        let index = self.index;
        let sounds = words
            .iter()
            .filter_map(|word| word.by_sound(&index.spellings, &index.readable));
        let sounds: Vec<Arc<Word>> = sounds.map(Arc::new).collect();
        let places = self.places(&sounds, fields, among);
        (sounds, places)
    }

    /// Finds cases that have some words scattered in their title or a name and
    /// all others somewhere, and notes the places; cases in `found` are left out.
    pub(super) fn scatter(&self, sought: &mut [Sought], found: &CaseSet) -> CaseSet {
        let mut base = self.base.clone();
        base.keep(found, true);
        let scattered: Vec<Vec<(usize, Place)>> = sought
            .iter()
            .map(|sought| match stands_where_it_may_scatter(sought) {
                true => Vec::new(),
                false => self.scattered_places(sought, &base),
            })
            .collect();
        let mut among = CaseSet::none(self.index.cases());
        let cases = scattered.iter().flatten();
        cases.for_each(|&(case, _)| among.insert(case));
        if among.is_empty() {
            return among;
        }
        for (sought, scattered) in sought.iter_mut().zip(scattered) {
            // Words behind the first were looked for only where those before
            // them stand.
            let known = self.places(&sought.words, sought.fields, &among);
            let mut standing = among.clone();
            standing.keep(known.found(), false);
            let places = Arc::make_mut(&mut sought.places);
            let standing = standing.iter().map(|case| (case, known.of(case)));
            for (case, place) in standing.chain(scattered) {
                places.improve(case, place);
            }
            among.keep(places.found(), false);
        }
        for sought in sought {
            let is_scattered = |case: usize| sought.places.of(case).group() == Group::Scattered;
            if among.iter().any(is_scattered) {
                let words = sought.words.iter().filter(|word| !word.is_quoted());
                sought.scattered = words.map(|word| word.line_codes().to_vec()).collect();
            }
        }
        among
    }

    fn scattered_places(&self, sought: &Sought, among: &CaseSet) -> Vec<(usize, Place)> {
        let mut found = Vec::new();
        for word in sought.words.iter().filter(|word| !word.is_quoted()) {
            // The name of a body means that body, however few cases it has.
            if sought.fields == Fields::Org && self.index.names.has(word.line_codes()) {
                continue;
            }
            let Some(mut scatter) = Scatter::new(word.line_codes()) else {
                continue;
            };
            if sought.fields.has(Field::Title) {
                self.in_titles(&mut scatter, among, &mut found);
            }
            if sought.fields.has(Field::Org) {
                self.in_names(&mut scatter, among, &mut found);
            }
        }
        found
    }

    fn in_titles(&self, scatter: &mut Scatter, among: &CaseSet, found: &mut Vec<(usize, Place)>) {
        let titles = &self.index.titles;
        let cases = self
            .index
            .title_postings
            .lines_with(scatter.codes(), titles);
        for case in cases.into_iter().filter(|&case| among.contains(case)) {
            if let Some(indices) = scatter.find(lines::codes(titles.line(case))) {
                let penalty = penalty(indices, titles.length(case));
                found.push((case, guessed(Field::Title, penalty, case)));
            }
        }
    }

    fn in_names(&self, scatter: &mut Scatter, among: &CaseSet, found: &mut Vec<(usize, Place)>) {
        let names = &self.index.names;
        let mut of_owner = vec![Place::NONE; names.owners()];
        let mut is_in_one = false;
        // With the city before them, bodies would have more to scatter over.
        let lines = names.postings().lines_with(scatter.codes(), names.lines());
        for line in lines.into_iter().filter(|&line| !names.has_city(line)) {
            if let Some(indices) = scatter.find(lines::codes(names.lines().line(line))) {
                let first = indices[0] as usize;
                if !names.is_named(line, first..first + indices.len()) {
                    continue;
                }
                let penalty = penalty(indices, names.lines().length(line));
                let best = &mut of_owner[names.owner(line)];
                *best = (*best).min(guessed(Field::Org, penalty, line));
                is_in_one = true;
            }
        }
        for case in among.iter().filter(|_| is_in_one) {
            let owners = names.of_case(case).iter();
            let places = owners.map(|&owner| of_owner[owner as usize]);
            found.extend(places.filter(|p| !p.is_none()).map(|place| (case, place)));
        }
    }
}

/// Whether words stand as typed in a title or a name: then a title over which
/// they are scattered holds something else, as 高标准打造“中央创新区” does for
/// 高新区.
fn stands_where_it_may_scatter(sought: &Sought) -> bool {
    let fields = [Field::Title, Field::Org].map(Scope::Field);
    let mut places = sought.cases.iter().map(|case| sought.places.of(case));
    places.any(|place| place.group() == Group::Exact && fields.contains(&place.scope()))
}

fn penalty(indices: &[u32], length: usize) -> u32 {
    rank::penalty_in_line(indices[0] as usize, indices.len(), length)
}

fn guessed(field: Field, penalty: u32, at: usize) -> Place {
    let scope = Scope::Field(field);
    Place::new(Group::Scattered, scope, How::AsTyped, false, penalty, at)
}
