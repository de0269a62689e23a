//! The facets: every value with the number of cases that it would list. Choices are stored in the
//! query alone.
//!
//! The panel owns the last term of each field. Its values are ticked as the search understands
//! them, and a choice changes the term. The rest of the query is the base, whose hits are counted.
//! It includes earlier terms of the field, which are further conditions, and words for orgs, which
//! can mean more than names.

use super::action::Effect;
use super::keeping::{STARRED, starred};
use super::picker::{Choice, Item, Picker};
use super::query_edit;
use super::words::Label;
use super::{App, Settings};
use crate::case::{Category, Completeness};
use crate::corpus::CaseIndex;
use crate::facets::{self, Extras, Facet, Facets, Selection};
use crate::language::Language;
use crate::search::field_values::{self, FieldValues};
use crate::search::query::{Field, Phrase, Term};
use crate::text::fold::fold;
use crate::text::pinyin::Spellings;

/// State of the open panel.
#[derive(Clone, Debug)]
pub struct Panel {
    facets: Facets,
    /// Names of the values in queries.
    names: FieldValues,
    /// The query without the panel's terms. Its hits are counted.
    base: String,
    /// Number of terms of each facet's field that belong to the base, in the order of
    /// [`Facet::ALL`].
    kept: [usize; Facet::ALL.len()],
    /// Hits of the base; `None` until it is answered.
    cases: Option<Vec<CaseIndex>>,
}

impl App {
    pub(super) fn open_facets(&mut self) -> Option<Effect> {
        let (facets, names) = self.gather();
        let mut panel = Panel {
            facets,
            names,
            base: String::new(),
            kept: [0; Facet::ALL.len()],
            cases: None,
        };
        panel.part(self.filter.text(), &self.settings.spellings);
        let base = panel.base.clone();
        let answered = self.filter.answer.query == base;
        let listed = self.list.hits().iter().map(|hit| hit.case);
        panel.cases = answered.then(|| listed.collect());
        self.overlay.panel = Some(panel);
        let items = Vec::new();
        self.overlay.picker = Some(Picker::grouped(Label("筛选", "filters"), items));
        self.renew_panel();
        (!answered).then_some(Effect::Search(base))
    }

    /// Updates the panel after topics or marks have changed.
    pub(super) fn gather_again(&mut self) {
        if self.overlay.panel.is_none() {
            return;
        }
        let (facets, names) = self.gather();
        if let Some(panel) = &mut self.overlay.panel {
            (panel.facets, panel.names) = (facets, names);
        }
        self.renew_panel();
    }

    /// Takes the hits of the base, if `query` is the base.
    pub(super) fn take_base(&mut self, query: &str, cases: Vec<CaseIndex>) {
        if let Some(panel) = self
            .overlay
            .panel
            .as_mut()
            .filter(|panel| panel.base == query)
        {
            panel.cases = Some(cases);
        }
    }

    /// Updates the counts.
    pub(super) fn renew_panel(&mut self) {
        let Some(panel) = &self.overlay.panel else {
            return;
        };
        let Some(cases) = &panel.cases else { return };
        let script = self.settings.script;
        let selection = panel.selection(self.filter.text(), &self.settings.spellings);
        let mut items = Vec::new();
        let mut counted = panel.facets.count(&selection, cases);
        counted.sort_by_key(|(facet, _)| ORDER.iter().position(|other| other == facet));
        for (facet, counts) in counted {
            let name = Label(facet.name(), facet.english()).in_language(self.settings.language);
            let name = script.show(name).into_owned();
            for count in counts
                .iter()
                .filter(|count| count.cases > 0 || count.chosen)
            {
                let mark = if count.chosen { "[x]" } else { "[ ]" };
                let value = asked_for(facet, count.value, self.settings.language);
                let shown = self.words().facet_value(facet, count.value);
                let label = format!("{mark} {}  {}", script.show(&shown), count.cases);
                let choice = Choice::Toggle(field(facet), value);
                items.push(Item::new(name.clone(), label, choice));
            }
        }
        if let Some(picker) = &mut self.overlay.picker {
            picker.renew(items, &self.settings.spellings);
        }
    }

    /// Turns a value on or off.
    pub(super) fn toggle_facet(&mut self, field: Field, value: &str) -> Option<Effect> {
        let panel = self.overlay.panel.as_ref()?;
        let after = panel.toggled(self.filter.text(), field, value, &self.settings);
        self.filter.line.set(&after);
        Some(self.ask())
    }

    /// Returns the facets of all cases, and the names of their values.
    fn gather(&self) -> (Facets, FieldValues) {
        let names = self.topic_names();
        let extras = Extras {
            topics: self
                .analysis
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
                .map(|(_, case)| self.collection.kept.tags(case.case.key()).collect())
                .collect(),
            noted: self
                .corpus
                .iter()
                .map(|(_, case)| !self.collection.kept.note(case.case.key()).is_empty())
                .collect(),
        };
        let mut known = FieldValues::of(&self.corpus);
        known.join(self.facts());
        (Facets::build(&self.corpus, &extras), known)
    }
}

/// A value in the query, and the values of the facet that it means.
type Meant = (Phrase, Vec<String>);

impl Panel {
    /// Splits a query into the panel's terms and the base.
    fn part(&mut self, query: &str, spellings: &Spellings) {
        let mut base = query.to_owned();
        for facet in Facet::ALL {
            let terms = self.terms(&base, facet, spellings);
            let is_ours = matches!(terms.last(), Some((_, Some(_))));
            self.kept[facet as usize] = terms.len() - usize::from(is_ours);
            if let Some((term, _)) = terms.last().filter(|_| is_ours) {
                base = query_edit::without(&base, term.span);
            }
        }
        self.base = base;
    }

    /// Returns the terms of a facet's field that the search uses, each with the meaning of its
    /// values; `None` if the panel does not know it.
    fn terms(
        &self,
        query: &str,
        facet: Facet,
        spellings: &Spellings,
    ) -> Vec<(Term, Option<Vec<Meant>>)> {
        let terms = query_edit::field_terms(query, field(facet))
            .into_iter()
            .map(|(term, values)| {
                let meant = values.into_iter().map(|value| {
                    let names = self.meant(facet, &value, spellings)?;
                    Some((value, names))
                });
                (term, meant.collect())
            });
        terms
            .filter(|(_, meant): &(Term, Option<Vec<Meant>>)| {
                meant.is_some() || field(facet).is_of_text()
            })
            .collect()
    }

    /// Returns the facet values that a value in the query means, by the rules of the search. If it
    /// means none, returns the value itself.
    fn meant(&self, facet: Facet, value: &Phrase, spellings: &Spellings) -> Option<Vec<String>> {
        let known = self.facets.values(facet);
        let mut names: Vec<String> = match facet {
            Facet::Year => {
                let range = field_values::years(&value.text)?;
                let holds = |year: &&str| year.parse().is_ok_and(|year| range.contains(&year));
                known.filter(holds).map(str::to_owned).collect()
            }
            // Other words search the notes. They are conditions of the base.
            Facet::Note => match value.text.as_str() {
                field_values::ANY_NOTE => vec![facets::NOTED.to_owned()],
                _ => return None,
            },
            Facet::Org => {
                let same = |name: &&str| name.chars().map(fold).eq(value.text.chars().map(fold));
                vec![known.into_iter().find(same)?.to_owned()]
            }
            _ => {
                let names = self.names.meant(field(facet), value, spellings)?;
                names.into_iter().map(|name| shown(facet, name)).collect()
            }
        };
        if facet == Facet::Year {
            names.reverse();
        }
        if names.is_empty() {
            names.push(value.text.clone());
        }
        Some(names)
    }

    /// Returns the panel's term of a facet.
    fn term(&self, query: &str, facet: Facet, spellings: &Spellings) -> Option<(Term, Vec<Meant>)> {
        let terms = self.terms(query, facet, spellings).into_iter();
        let (term, meant) = terms.skip(self.kept[facet as usize]).last()?;
        Some((term, meant?))
    }

    /// Returns the values that the query has chosen.
    fn selection(&self, query: &str, spellings: &Spellings) -> Selection {
        let mut selection = Selection::default();
        for facet in Facet::ALL {
            let term = self.term(query, facet, spellings);
            let names = term.into_iter().flat_map(|(_, values)| values);
            for name in names.flat_map(|(_, names)| names) {
                if !selection.contains(facet, &name) {
                    selection.toggle(facet, &name);
                }
            }
        }
        selection
    }

    /// Returns the query with a value turned on or off. If a typed value means others as well, as a
    /// range of years does, the others replace it.
    fn toggled(&self, query: &str, of: Field, value: &str, settings: &Settings) -> String {
        let (language, spellings) = (settings.language, &settings.spellings);
        let mut facets = Facet::ALL.into_iter();
        let facet = facets
            .find(|&facet| field(facet) == of)
            .expect("the panel shows the values of facets");
        let name = shown(facet, value);
        let Some((term, values)) = self.term(query, facet, spellings) else {
            return query_edit::with_value(query, of, None, value, language);
        };
        if !values.iter().any(|(_, names)| names.contains(&name)) {
            return query_edit::with_value(query, of, Some(term.span), value, language);
        }
        let mut left: Vec<Phrase> = Vec::new();
        for (typed, names) in values {
            let others = names
                .iter()
                .filter(|&other| *other != name)
                .map(|other| Phrase {
                    text: asked_for(facet, other, language),
                    quoted: false,
                });
            let stay: Vec<Phrase> = if names.contains(&name) {
                others.collect()
            } else {
                vec![typed]
            };
            for value in stay {
                if !left.iter().any(|known| known.text == value.text) {
                    left.push(value);
                }
            }
        }
        query_edit::with_values(query, term.span, &left)
    }
}

/// The order of the facets: those with few values first, so that they are in view when the panel
/// opens.
const ORDER: [Facet; 9] = [
    Facet::Year,
    Facet::Category,
    Facet::Completeness,
    Facet::Star,
    Facet::Tag,
    Facet::Note,
    Facet::Topic,
    Facet::Area,
    Facet::Org,
];

/// Returns the name of a facet value in a query. Values named in both languages get the name of
/// `language`.
fn asked_for(facet: Facet, value: &str, language: Language) -> String {
    if (facet, value) == (Facet::Star, facets::STARRED) {
        return starred(language).to_owned();
    }
    let english = names(facet).find(|(chinese, _)| *chinese == value);
    match (language, english) {
        (Language::English, Some((_, english))) => english.to_owned(),
        _ => value.to_owned(),
    }
}

/// Returns the facet value that a name in a query stands for.
fn shown(facet: Facet, name: &str) -> String {
    if facet == Facet::Star && STARRED.contains(&name) {
        return facets::STARRED.to_owned();
    }
    let known = names(facet).find(|(_, english)| *english == name);
    known.map_or(name, |(chinese, _)| chinese).to_owned()
}

/// Returns the values of a facet that have a Chinese and an English name.
fn names(facet: Facet) -> impl Iterator<Item = (&'static str, &'static str)> {
    let categories = Category::ALL.into_iter().map(|c| (c.name(), c.english()));
    let degrees = Completeness::ALL
        .into_iter()
        .map(|c| (c.name(), c.english()));
    let categories = categories.filter(move |_| facet == Facet::Category);
    categories.chain(degrees.filter(move |_| facet == Facet::Completeness))
}

/// Returns the query field of a facet.
pub(crate) fn field(facet: Facet) -> Field {
    match facet {
        Facet::Year => Field::Year,
        Facet::Category => Field::Category,
        Facet::Area => Field::Area,
        Facet::Org => Field::Org,
        Facet::Completeness => Field::Completeness,
        Facet::Topic => Field::Topic,
        Facet::Tag => Field::Tag,
        Facet::Star => Field::Star,
        Facet::Note => Field::Note,
    }
}
