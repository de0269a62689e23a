//! Counts of facets equal a recount by brute force, after any choice.

use std::collections::BTreeSet;

use crate::handmade::{Handmade, Parts};
use anli::case::{About, Category, Completeness};
use anli::corpus::{CaseIndex, Corpus};
use anli::facets::{Count, Extras, Facet, Facets, NOTED, STARRED, Selection};
use anli::topics::{Rules, assign_all};
use proptest::prelude::*;

const YEARS: [Option<u16>; 4] = [Some(2015), Some(2017), Some(2021), None];
const CATEGORIES: [Option<Category>; 4] = [
    Some(Category::District),
    Some(Category::Zone),
    Some(Category::Department),
    None,
];
const AREAS: [Option<&str>; 4] = [Some("市南区"), Some("即墨区"), Some("莱西市"), None];
const ORGS: [&[&str]; 4] = [
    &["市南区政府"],
    &["胶州市政府", "市机场指挥部办公室"],
    &["市教育局", "市教育局"],
    &[],
];
const COMPLETENESS: [Completeness; 3] = [
    Completeness::Full,
    Completeness::Abstract,
    Completeness::Report,
];
const TOPICS: [&[&str]; 4] = [&["金融"], &["金融", "交通"], &["农业农村"], &[]];
const TAGS: [&[&str]; 3] = [&["重看"], &["重看", "引用"], &[]];

/// Which of the values above a case has.
type Pick = (usize, usize, usize, usize, usize, usize, usize, bool, bool);

fn library(picks: &[Pick]) -> (Corpus, Extras<'static>) {
    let mut corpus = Handmade::new().document("a.txt", "正文。\n", About::default());
    let mut extras = Extras::default();
    for pick in picks {
        corpus = corpus.case(Parts {
            id: "a",
            year: YEARS[pick.0],
            category: CATEGORIES[pick.1],
            area: AREAS[pick.2],
            orgs: ORGS[pick.3],
            completeness: COMPLETENESS[pick.4],
            blocks: &["正文。"],
            ..Parts::default()
        });
        extras.topics.push(TOPICS[pick.5].to_vec());
        extras.tags.push(TAGS[pick.6].to_vec());
        extras.starred.push(pick.7);
        extras.noted.push(pick.8);
    }
    (corpus.corpus(), extras)
}

fn pick() -> impl Strategy<Value = Pick> {
    (
        0..4usize,
        0..4usize,
        0..4usize,
        0..4usize,
        0..3usize,
        0..4usize,
        0..3usize,
        any::<bool>(),
        any::<bool>(),
    )
}

/// The values of a case, read from the case itself.
fn values(corpus: &Corpus, extras: &Extras<'_>, at: usize, facet: Facet) -> BTreeSet<String> {
    let case = corpus.get(CaseIndex(at as u32)).case;
    let set = |values: Vec<String>| values.into_iter().collect();
    match facet {
        Facet::Year => set(case.year.iter().map(u16::to_string).collect()),
        Facet::Category => set(case.category.iter().map(|c| c.name().to_owned()).collect()),
        Facet::Area => set(case.area.iter().cloned().collect()),
        Facet::Org => set(case.orgs.iter().map(|o| o.canonical.clone()).collect()),
        Facet::Completeness => set(vec![case.completeness.name().to_owned()]),
        Facet::Topic => set(extras.topics[at].iter().map(|t| (*t).to_owned()).collect()),
        Facet::Tag => set(extras.tags[at].iter().map(|t| (*t).to_owned()).collect()),
        Facet::Star => set(extras.starred[at]
            .then(|| STARRED.to_owned())
            .into_iter()
            .collect()),
        Facet::Note => set(extras.noted[at]
            .then(|| NOTED.to_owned())
            .into_iter()
            .collect()),
    }
}

/// Whether a case fits the choices of all facets but one.
fn fits(
    corpus: &Corpus,
    extras: &Extras<'_>,
    selection: &Selection,
    at: usize,
    but: Option<Facet>,
) -> bool {
    Facet::ALL
        .into_iter()
        .filter(|&facet| Some(facet) != but)
        .all(|facet| {
            let own = values(corpus, extras, at, facet);
            let chosen: Vec<&str> = selection
                .iter()
                .filter_map(|(of, value)| (of == facet).then_some(value))
                .collect();
            chosen.is_empty() || chosen.iter().any(|value| own.contains(*value))
        })
}

proptest! {
    #[test]
    fn counts_equal_a_recount_after_any_choice(
        picks in prop::collection::vec(pick(), 0..25),
        toggles in prop::collection::vec((0..8usize, 0..6usize), 0..8),
        every in 1..4usize,
    ) {
        let (corpus, extras) = library(&picks);
        let facets = Facets::build(&corpus, &extras);
        // The hits of a query are a part of the cases, in an order of their own.
        let hits: Vec<CaseIndex> =
            (0..picks.len() as u32).rev().step_by(every).map(CaseIndex).collect();
        let mut selection = Selection::default();
        for (facet, value) in toggles {
            let facet = Facet::ALL[facet];
            let values: Vec<String> = facets.values(facet).map(str::to_owned).collect();
            if let Some(value) = values.get(value) {
                selection.toggle(facet, value);
            }
        }
        for (facet, counts) in facets.count(&selection, &hits) {
            for Count { value, cases, chosen } in counts {
                let recount = hits.iter().filter(|case| {
                    let at = case.0 as usize;
                    fits(&corpus, &extras, &selection, at, Some(facet))
                        && values(&corpus, &extras, at, facet).contains(value)
                });
                prop_assert_eq!(cases as usize, recount.count(), "{:?} {}", facet, value);
                prop_assert_eq!(chosen, selection.contains(facet, value));
            }
        }
        let listed: Vec<CaseIndex> = hits
            .iter()
            .copied()
            .filter(|case| fits(&corpus, &extras, &selection, case.0 as usize, None))
            .collect();
        prop_assert_eq!(facets.narrow(&selection, &hits), listed);
    }
}

/// Every pair of values of the seeds, recounted.
#[test]
fn the_counts_of_the_seeds_equal_a_recount() {
    let catalog = anli::seeds::catalog::Catalog::embedded();
    let corpus = anli::seeds::read(anli::seeds::embedded(), &catalog).corpus;
    let rules = Rules::embedded();
    let topics = assign_all(&corpus, &rules);
    let names = topics.iter().map(|assignments| {
        let names = assignments
            .iter()
            .map(|a| rules.topics()[a.topic].name.as_str());
        names.collect()
    });
    let extras = Extras {
        topics: names.collect(),
        starred: vec![false; corpus.len()],
        noted: vec![false; corpus.len()],
        tags: vec![Vec::new(); corpus.len()],
    };
    let facets = Facets::build(&corpus, &extras);
    let cases = all(&corpus);
    let first = |facet: Facet| facets.values(facet).next().map(str::to_owned);
    for one in Facet::ALL {
        for other in Facet::ALL {
            let mut selection = Selection::default();
            for (facet, value) in [(one, first(one)), (other, first(other))] {
                if let Some(value) = value.filter(|value| !selection.contains(facet, value)) {
                    selection.toggle(facet, &value);
                }
            }
            for (facet, counts) in facets.count(&selection, &cases) {
                for Count {
                    value,
                    cases: count,
                    ..
                } in counts
                {
                    let recount = (0..corpus.len()).filter(|&at| {
                        fits(&corpus, &extras, &selection, at, Some(facet))
                            && values(&corpus, &extras, at, facet).contains(value)
                    });
                    assert_eq!(count as usize, recount.count(), "{facet:?} {value}");
                }
            }
        }
    }
    let none = Selection::default();
    let show = |facet| shown(&facets, &none, &cases, facet);
    assert_eq!(show(Facet::Year), "2021 17, 2017 33, 2016 7, 2015 37");
    assert_eq!(show(Facet::Category), "区市 34, 功能区 13, 部门 47");
    assert_eq!(show(Facet::Completeness), "摘要 37, 报道 16, 全文 41");
    // 即墨市 and 即墨区 are one area, 青岛西海岸新区 is 黄岛区.
    let areas: BTreeSet<&str> = facets.values(Facet::Area).collect();
    assert_eq!(areas.len(), 10);
    assert!(areas.contains("即墨区") && !areas.contains("即墨市"));
}

fn small() -> (Corpus, Extras<'static>) {
    library(&[
        (0, 0, 0, 0, 1, 0, 0, true, false),
        (0, 2, 3, 2, 1, 1, 1, false, false),
        (1, 0, 1, 1, 0, 2, 2, false, false),
        (1, 2, 3, 2, 0, 3, 2, true, false),
        (2, 0, 1, 3, 2, 1, 2, false, false),
    ])
}

fn all(corpus: &Corpus) -> Vec<CaseIndex> {
    corpus.iter().map(|(index, _)| index).collect()
}

fn shown(facets: &Facets, selection: &Selection, cases: &[CaseIndex], facet: Facet) -> String {
    let (_, counts) = &facets.count(selection, cases)[facet as usize];
    let counts = counts.iter().map(|count| {
        let sign = if count.chosen { "*" } else { "" };
        format!("{sign}{} {}", count.value, count.cases)
    });
    counts.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_facet_counts_within_the_choices_of_the_others_and_not_its_own() {
    let (corpus, extras) = small();
    let facets = Facets::build(&corpus, &extras);
    let cases = all(&corpus);
    let mut selection = Selection::default();
    let show = |selection: &Selection, facet| shown(&facets, selection, &cases, facet);
    assert_eq!(show(&selection, Facet::Year), "2021 1, 2017 2, 2015 2");
    assert_eq!(show(&selection, Facet::Category), "区市 3, 部门 2");
    assert_eq!(show(&selection, Facet::Topic), "金融 3, 交通 2, 农业农村 1");

    assert!(selection.toggle(Facet::Category, "区市"));
    assert_eq!(show(&selection, Facet::Year), "2021 1, 2017 1, 2015 1");
    assert_eq!(show(&selection, Facet::Category), "*区市 3, 部门 2");

    assert!(selection.toggle(Facet::Year, "2015"));
    assert!(selection.toggle(Facet::Year, "2021"));
    assert_eq!(show(&selection, Facet::Year), "*2021 1, 2017 1, *2015 1");
    assert_eq!(show(&selection, Facet::Category), "*区市 2, 部门 1");
    assert_eq!(
        facets.narrow(&selection, &cases),
        [CaseIndex(0), CaseIndex(4)]
    );

    assert!(!selection.toggle(Facet::Year, "2015"));
    selection.clear(Facet::Category);
    assert_eq!(
        selection.iter().collect::<Vec<_>>(),
        [(Facet::Year, "2021")]
    );
    assert_eq!(facets.narrow(&selection, &cases), [CaseIndex(4)]);
}

#[test]
fn a_body_named_twice_counts_once() {
    let (corpus, extras) = small();
    let facets = Facets::build(&corpus, &extras);
    let shown = shown(&facets, &Selection::default(), &all(&corpus), Facet::Org);
    assert_eq!(
        shown,
        "市教育局 2, 市南区政府 1, 胶州市政府 1, 市机场指挥部办公室 1"
    );
}

#[test]
fn a_value_that_no_case_has_leaves_nothing() {
    let (corpus, extras) = small();
    let facets = Facets::build(&corpus, &extras);
    let mut selection = Selection::default();
    selection.toggle(Facet::Tag, "没有");
    assert_eq!(facets.narrow(&selection, &all(&corpus)), []);
    assert!(!selection.is_empty());
}

#[test]
fn without_extras_the_corpus_still_has_its_facets() {
    let (corpus, _) = small();
    let facets = Facets::build(&corpus, &Extras::default());
    assert_eq!(facets.values(Facet::Topic).count(), 0);
    assert_eq!(
        facets.values(Facet::Year).collect::<Vec<_>>(),
        ["2021", "2017", "2015"]
    );
    let case = CaseIndex(2);
    assert_eq!(
        facets.of_case(Facet::Area, case).collect::<Vec<_>>(),
        ["即墨区"]
    );
}
