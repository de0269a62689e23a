//! Lineage: chains of one reform or theme through the years. Cases in, values
//! out.
//!
//! A link joins a case to a later one and gives its evidence: an org under the
//! same name or another, words that few cases use, figures for the same thing
//! that changed. It takes two signs that do not depend on each other: words and
//! an org or area, or, where others go on with the work, words of the titles and
//! a topic. Every case but the first of a chain is linked to an earlier one.

use std::collections::BTreeMap;

use crate::case::CaseRef;
use crate::corpus::{CaseIndex, Corpus};
use crate::figures::{self, Figure, Kind};
use crate::related::{Reason, ReasonKind, Relations, Shared};
use crate::text::script;

/// A step from a case to a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub from: CaseIndex,
    pub to: CaseIndex,
    /// Two at least, the strongest first.
    pub evidence: Vec<Reason>,
}

/// One reform or theme through the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What its cases have in common, in Simplified.
    pub name: String,
    /// Two at least, the oldest first.
    pub cases: Vec<CaseIndex>,
    /// One to every case but the first, in the order of the cases.
    pub links: Vec<Link>,
}

/// The least cosine of two cases of one org or area, where their topic is the same.
const OF_ONE_TOPIC: f32 = 0.07;
/// The least cosine of two cases of one org.
const OF_ONE_ORG: f32 = 0.11;
/// The least cosine of two cases of different orgs.
const OF_OTHERS: f32 = 0.12;

/// The chains of a library, the longest first, then the oldest.
pub fn chains(corpus: &Corpus, relations: &Relations) -> Vec<Chain> {
    let rare = rare(corpus);
    // For every case the link to the earlier one that it is closest to.
    let mut best: BTreeMap<CaseIndex, (CaseIndex, f32)> = BTreeMap::new();
    for (one, other) in relations.pairs(rare) {
        let year = |case: CaseIndex| corpus.get(case).case.year;
        let Some((first, second)) = year(one).zip(year(other)) else {
            continue;
        };
        let (from, to) = if first < second {
            (one, other)
        } else {
            (other, one)
        };
        let shared = relations.shared(from, to);
        if first == second || !is_link(relations, from, to, &shared, rare) {
            continue;
        }
        let closest = best.entry(to).or_insert((from, 0.0));
        if shared.cosine > closest.1 {
            *closest = (from, shared.cosine);
        }
    }
    let mut members: BTreeMap<CaseIndex, Vec<CaseIndex>> = BTreeMap::new();
    for (&to, &(from, _)) in &best {
        let mut root = from;
        while let Some(&(earlier, _)) = best.get(&root) {
            root = earlier;
        }
        members.entry(root).or_insert_with(|| vec![root]).push(to);
    }
    let mut chains: Vec<Chain> = members
        .into_values()
        .map(|cases| chain(corpus, relations, cases, &best))
        .collect();
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.cases.len()));
    chains
}

/// How many cases use a word that counts as rare.
fn rare(corpus: &Corpus) -> u32 {
    ((corpus.len() as f32 * 0.06) as u32).clamp(2, 8)
}

/// For cases from position `earlier` on, the closest of those before it with which the case
/// goes on, whatever their years; in the order of the cases.
pub fn continued(corpus: &Corpus, relations: &Relations, earlier: usize) -> Vec<Link> {
    let rare = rare(corpus);
    let mut best: BTreeMap<CaseIndex, (CaseIndex, f32)> = BTreeMap::new();
    for (one, other) in relations.pairs(rare) {
        let (from, to) = (one.min(other), one.max(other));
        let parted = (from.0 as usize) < earlier && earlier <= to.0 as usize;
        let shared = relations.shared(from, to);
        if !parted || !is_link(relations, from, to, &shared, rare) {
            continue;
        }
        let closest = best.entry(to).or_insert((from, 0.0));
        if shared.cosine > closest.1 {
            *closest = (from, shared.cosine);
        }
    }
    let link = |(to, (from, _))| Link {
        from,
        to,
        evidence: evidence(corpus, relations, from, to),
    };
    best.into_iter().map(link).collect()
}

/// Whether a case goes on with what an earlier one began.
fn is_link(
    relations: &Relations,
    from: CaseIndex,
    to: CaseIndex,
    shared: &Shared,
    rare: u32,
) -> bool {
    let same_topic = !relations.shared_topics(from, to).is_empty();
    let close = |least: f32| shared.cosine >= least;
    // The government of a district does many things.
    if relations.shared_area(from, to).is_some() {
        return same_topic && close(OF_ONE_TOPIC) && relations.is_rare(shared, rare);
    }
    if !relations.shared_orgs(from, to).is_empty() {
        let enough = close(OF_ONE_ORG) || same_topic && close(OF_ONE_TOPIC);
        return enough && relations.is_rare(shared, rare);
    }
    let titles = relations.share_title_words(from, to, 2 * rare);
    same_topic && titles && close(OF_OTHERS)
}

fn chain(
    corpus: &Corpus,
    relations: &Relations,
    mut cases: Vec<CaseIndex>,
    best: &BTreeMap<CaseIndex, (CaseIndex, f32)>,
) -> Chain {
    cases.sort_by_key(|&case| (corpus.get(case).case.year, case));
    let links: Vec<Link> = cases
        .iter()
        .filter_map(|&to| {
            let &(from, _) = best.get(&to)?;
            Some(Link {
                from,
                to,
                evidence: evidence(corpus, relations, from, to),
            })
        })
        .collect();
    Chain {
        name: name(relations, &links),
        cases,
        links,
    }
}

/// The words that the closest two cases of a chain share.
fn name(relations: &Relations, links: &[Link]) -> String {
    let shared = links
        .iter()
        .map(|link| (link, relations.shared(link.from, link.to)));
    let closest = shared.max_by(|(_, a), (_, b)| a.cosine.total_cmp(&b.cosine));
    let words = closest.map(|(link, shared)| relations.theme(link.from, link.to, &shared));
    words.unwrap_or_default().join("、")
}

fn evidence(corpus: &Corpus, relations: &Relations, from: CaseIndex, to: CaseIndex) -> Vec<Reason> {
    let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
    let (earlier, later) = (corpus.get(from), corpus.get(to));
    let orgs = relations.shared_orgs(from, to);
    let area = relations.shared_area(from, to).filter(|_| orgs.is_empty());
    let orgs = orgs.into_iter().map(|org| org_names(org, earlier, later));
    let reasons = [
        (ReasonKind::Org, orgs.collect()),
        (ReasonKind::Area, owned(area.into_iter().collect())),
        (
            ReasonKind::Practice,
            relations.practice(&relations.shared(from, to), 3),
        ),
        (ReasonKind::Figures, changes(earlier, later)),
        (ReasonKind::Topic, owned(relations.shared_topics(from, to))),
    ];
    let given = reasons.into_iter().filter(|(_, values)| !values.is_empty());
    given
        .map(|(kind, values)| Reason { kind, values })
        .collect()
}

/// The name of an org that answers for both cases; both where it was renamed.
fn org_names(canonical: &str, earlier: CaseRef<'_>, later: CaseRef<'_>) -> String {
    let printed = |case: CaseRef<'_>| {
        let mut orgs = case.case.orgs.iter();
        let org = orgs.find(|org| org.canonical == canonical);
        org.map(|org| script::to_simplified(&org.printed).into_owned())
    };
    match (printed(earlier), printed(later)) {
        (Some(old), Some(new)) if !old.contains(&new) && !new.contains(&old) => {
            format!("{old} → {new}")
        }
        _ => canonical.to_owned(),
    }
}

/// Figures for the same thing that changed: 1188个责任网格 → 135个责任网格. At most
/// three.
fn changes(earlier: CaseRef<'_>, later: CaseRef<'_>) -> Vec<String> {
    let (old, new) = (counted(earlier), counted(later));
    let mut changes = Vec::new();
    for (figure, words) in &old {
        let changed = new.iter().find(|(other, _)| {
            other.unit == figure.unit && other.value != figure.value && is_of_same(figure, other)
        });
        if let Some((_, other)) = changed {
            changes.push(format!("{words} → {other}"));
        }
    }
    changes.dedup();
    changes.truncate(3);
    changes
}

/// Whether two figures count the same thing, of three characters at least: the
/// one goes on where the other ends, or says one word more before it.
fn is_of_same(one: &Figure, other: &Figure) -> bool {
    let simple = |figure: &Figure| script::to_simplified(&figure.counts).into_owned();
    let (one, other) = (simple(one), simple(other));
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let more = long.chars().count() - short.chars().count();
    short.chars().count() >= 3 && (long.starts_with(&short) || more <= 2 && long.ends_with(&short))
}

/// The counts of a case, each with its words.
fn counted(case: CaseRef<'_>) -> Vec<(Figure, String)> {
    let text: Vec<char> = case.text().chars().collect();
    let figures = figures::of_case(case).into_iter().map(|found| found.figure);
    let counts = figures.filter(|figure| {
        matches!(
            figure.kind,
            Kind::Count | Kind::People | Kind::Area | Kind::Money
        ) && !figure.again
    });
    counts
        .map(|figure| {
            let span = figure.span.start as usize..figure.span.end as usize;
            let quote: String = text[span.clone()].iter().collect();
            let follows = text[span.end..].iter().take(figure.counts.chars().count());
            let words = if follows.collect::<String>() == figure.counts {
                format!("{quote}{}", figure.counts)
            } else {
                format!("{}{quote}", figure.counts)
            };
            (figure, words)
        })
        .collect()
}
