//! Related cases: for any case, the few others that a reader of it wants next,
//! each with its reasons. Cases in, values out.
//!
//! What two cases share speaks for a relation by how rare it is in the library:
//! an org, an area, a topic, a practice (words that few cases use). A score is
//! symmetric, and no case is related to itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{CaseIndex, Corpus};
use crate::text::script;

/// How many cases are related to one at most.
pub const MOST: usize = 5;

/// Why a case is related to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonKind {
    /// Both documents tell of the same reform in the same year.
    Story,
    /// An org, under this name or another.
    Org,
    /// A practice: words that few cases use.
    Practice,
    Topic,
    Area,
    /// Figures for the same thing that changed: only in a chain.
    Figures,
}

impl ReasonKind {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Org => "org",
            Self::Practice => "practice",
            Self::Topic => "topic",
            Self::Area => "area",
            Self::Figures => "figures",
        }
    }

    /// What stands before the values, in Chinese: 同一机构 市审计局.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Story => "同一改革",
            Self::Org => "同一机构",
            Self::Practice => "同一做法",
            Self::Topic => "同一主题",
            Self::Area => "同一地区",
            Self::Figures => "数字变化",
        }
    }

    /// What stands before the values, in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Story => "same reform",
            Self::Org => "same organisation",
            Self::Practice => "same practice",
            Self::Topic => "same topic",
            Self::Area => "same area",
            Self::Figures => "figures that changed",
        }
    }
}

/// A reason, with what the two cases share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub kind: ReasonKind,
    /// In Simplified, the rarest first: names of orgs, words of the texts.
    pub values: Vec<String>,
}

/// A case that is related to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    pub case: CaseIndex,
    /// From 0 to 1; the same in both directions.
    pub score: f32,
    /// The strongest first, at least one.
    pub reasons: Vec<Reason>,
}

/// What relates the cases of a library.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    /// For every case what it can share with others: kind and words.
    features: Vec<BTreeSet<(ReasonKind, String)>>,
    /// For every such word the number of cases that have it.
    cases: BTreeMap<(ReasonKind, String), u32>,
}

impl Relations {
    /// Gathers what the cases of a library can share. `topics` has the names of
    /// every case's topics, in reading order; it may be empty.
    pub fn build(corpus: &Corpus, topics: &[Vec<&str>]) -> Self {
        let mut relations = Self::default();
        for (index, case) in corpus.iter() {
            let mut features = BTreeSet::new();
            for org in &case.case.orgs {
                features.insert((ReasonKind::Org, org.canonical.clone()));
            }
            if let Some(area) = &case.case.area {
                features.insert((ReasonKind::Area, area.clone()));
            }
            for topic in topics.get(index.0 as usize).into_iter().flatten() {
                features.insert((ReasonKind::Topic, (*topic).to_owned()));
            }
            let title: Vec<char> = script::to_simplified(&case.title()).chars().collect();
            for words in title.windows(4) {
                if words.iter().all(|c| c.is_alphanumeric()) {
                    features.insert((ReasonKind::Practice, words.iter().collect()));
                }
            }
            for feature in &features {
                *relations.cases.entry(feature.clone()).or_default() += 1;
            }
            relations.features.push(features);
        }
        relations
    }

    /// The cases that are related to `case`, the closest first, at most [`MOST`].
    pub fn of(&self, case: CaseIndex) -> Vec<Related> {
        let own = &self.features[case.0 as usize];
        let mut related: Vec<Related> = (0..)
            .map(CaseIndex)
            .zip(&self.features)
            .filter(|(other, _)| *other != case)
            .filter_map(|(other, features)| {
                let shared: Vec<&(ReasonKind, String)> = own.intersection(features).collect();
                if shared.is_empty() {
                    return None;
                }
                let weight = |feature: &&(ReasonKind, String)| {
                    let cases = self.cases[*feature] as f32;
                    (self.features.len() as f32 / cases).ln()
                };
                let score: f32 = shared.iter().map(weight).sum();
                let mut reasons: Vec<Reason> = Vec::new();
                for (kind, value) in shared {
                    match reasons.iter_mut().find(|reason| reason.kind == *kind) {
                        Some(reason) => reason.values.push(value.clone()),
                        None => reasons.push(Reason {
                            kind: *kind,
                            values: vec![value.clone()],
                        }),
                    }
                }
                Some(Related {
                    case: other,
                    score: score / (score + 10.0),
                    reasons,
                })
            })
            .collect();
        related.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.case.cmp(&b.case)));
        related.truncate(MOST);
        related
    }
}
