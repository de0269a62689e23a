//! The facets: every value with the number of cases that would be listed with
//! it. What is chosen stands in the query and nowhere else.

use super::App;
use super::action::Effect;
use super::keeping::STARRED;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use crate::corpus::CaseIndex;
use crate::facets::{self, Extras, Facet, Facets, Selection};
use crate::search::query::{self, Field};

/// The panel while it is open.
#[derive(Clone, Debug)]
pub struct Panel {
    facets: Facets,
    /// The query less its facets; what it finds is counted.
    base: String,
    /// What the base finds, once it is answered.
    cases: Option<Vec<CaseIndex>>,
}

impl App {
    pub(super) fn open_facets(&mut self) -> Option<Effect> {
        let base = without_facets(self.filter.text());
        let listed = self.list.hits().iter().map(|hit| hit.case);
        let answered = self.found.query == base;
        self.panel = Some(Panel {
            facets: self.gather(),
            base: base.clone(),
            cases: answered.then(|| listed.collect()),
        });
        let items = Vec::new();
        self.picker = Some(Picker::grouped(Label("筛选", "facets"), items));
        self.renew_panel();
        (!answered).then_some(Effect::Search(base))
    }

    /// Takes in what has become known while the panel was open.
    pub(super) fn gather_again(&mut self) {
        if self.panel.is_none() {
            return;
        }
        let facets = self.gather();
        if let Some(panel) = &mut self.panel {
            panel.facets = facets;
        }
        self.renew_panel();
    }

    /// Takes the cases that the base finds, if this is the answer to it.
    pub(super) fn take_base(&mut self, query: &str, cases: Vec<CaseIndex>) {
        if let Some(panel) = self.panel.as_mut().filter(|panel| panel.base == query) {
            panel.cases = Some(cases);
        }
    }

    /// Brings the counts up to date.
    pub(super) fn renew_panel(&mut self) {
        let Some(panel) = &self.panel else { return };
        let Some(cases) = &panel.cases else { return };
        let selection = self.selection(&panel.facets);
        let mut items = Vec::new();
        let mut counted = panel.facets.count(&selection, cases);
        counted.sort_by_key(|(facet, _)| ORDER.iter().position(|other| other == facet));
        for (facet, counts) in counted {
            let name = Label(facet.name(), facet.english()).in_language(self.settings.language);
            for count in counts
                .iter()
                .filter(|count| count.cases > 0 || count.chosen)
            {
                let mark = if count.chosen { "[x]" } else { "[ ]" };
                let value = asked_for(facet, count.value);
                let label = format!("{mark} {}  {}", count.value, count.cases);
                items.push(Item::new(name, label, Choice::Toggle(field(facet), value)));
            }
        }
        if let Some(picker) = &mut self.picker {
            picker.renew(items, &self.settings.spellings);
        }
    }

    fn gather(&self) -> Facets {
        let names = self.topic_names();
        let extras = Extras {
            topics: self
                .topics
                .iter()
                .map(|assigned| {
                    assigned
                        .iter()
                        .map(|a| names[a.topic].name.as_str())
                        .collect()
                })
                .collect(),
            starred: self
                .corpus
                .iter()
                .map(|(case, _)| self.starred(case))
                .collect(),
            tags: self
                .corpus
                .iter()
                .map(|(_, case)| self.kept.tags(&case.case.id.0).collect())
                .collect(),
        };
        Facets::build(&self.corpus, &extras)
    }

    /// What the query has chosen.
    fn selection(&self, facets: &Facets) -> Selection {
        let query = self.filter.text();
        let mut selection = Selection::default();
        for facet in Facet::ALL {
            for value in facets.values(facet) {
                let asked = asked_for(facet, value);
                let chosen = query::has_field(query, field(facet), &asked)
                    || facet == Facet::Year && in_a_range(query, value);
                if chosen {
                    selection.toggle(facet, value);
                }
            }
        }
        selection
    }
}

/// The facets as the panel has them: those with few values first, so that they
/// are in view when it opens.
const ORDER: [Facet; 8] = [
    Facet::Year,
    Facet::Category,
    Facet::Completeness,
    Facet::Star,
    Facet::Tag,
    Facet::Topic,
    Facet::Area,
    Facet::Org,
];

/// The value that a query names.
fn asked_for(facet: Facet, value: &str) -> String {
    match (facet, value) {
        (Facet::Star, facets::STARRED) => STARRED[0].to_owned(),
        (_, value) => value.to_owned(),
    }
}

fn field(facet: Facet) -> Field {
    match facet {
        Facet::Year => Field::Year,
        Facet::Category => Field::Category,
        Facet::Area => Field::Area,
        Facet::Org => Field::Org,
        Facet::Completeness => Field::Completeness,
        Facet::Topic => Field::Topic,
        Facet::Tag => Field::Tag,
        Facet::Star => Field::Star,
    }
}

fn without_facets(query: &str) -> String {
    let fields = Facet::ALL.map(field);
    let strip = |query: String, field| query::without_field(&query, field, None);
    fields.into_iter().fold(query.to_owned(), strip)
}

/// Whether a range of years in the query (`年:2015-2017`) holds a year.
fn in_a_range(query: &str, year: &str) -> bool {
    use query::TermKind;
    let Ok(year) = year.parse::<u16>() else {
        return false;
    };
    let terms = query::parse(query).terms.into_iter();
    let values = terms.filter_map(|term| match term.kind {
        TermKind::Field {
            field: Field::Year,
            values,
        } if !term.excluded => Some(values),
        _ => None,
    });
    values.flatten().any(|value| {
        let Some((from, to)) = value.text.split_once(['-', '—', '–', '－']) else {
            return false;
        };
        let from = from.trim().parse().unwrap_or(u16::MIN);
        let to = to.trim().parse().unwrap_or(u16::MAX);
        (from..=to).contains(&year)
    })
}
