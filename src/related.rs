//! Related cases: for any case, the few others that a reader of it wants next,
//! each with its reasons. Cases in, values out.
//!
//! Cases are compared by their words, as search engines do (BM25 weights, cosine;
//! Manning, Raghavan, Schütze: Introduction to Information Retrieval, 6.3 and
//! 11.4.3), and by what is known of them: org, area, topics. What two cases share
//! counts the more the fewer others have it. A score is symmetric, and no case is
//! related to itself.

mod terms;

use std::collections::{BTreeSet, HashMap};

use crate::case::CaseRef;
use crate::corpus::{CaseIndex, Corpus};
use crate::language::Language;
use terms::{Names, Term};

/// How many cases are related to one at most.
pub const MOST: usize = 5;

/// Why a case is related to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonKind {
    /// Both documents report the same reform in the same year.
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

    /// The words before the values in Chinese: 同一机构 市审计局.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Story => "同一改革的另一报道",
            Self::Org => "同一机构",
            Self::Practice => "同一做法",
            Self::Topic => "同一主题",
            Self::Area => "同一地区",
            Self::Figures => "数字变化",
        }
    }

    /// The words before the values in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Story => "same reform, another account",
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
    /// In Simplified, the weightiest first: names of orgs, words of the texts.
    pub values: Vec<String>,
}

impl Reason {
    /// The reason in words: 同一机构 市审计局.
    pub fn in_language(&self, language: Language) -> String {
        let (kind, separator) = match language {
            Language::Chinese => (self.kind.chinese(), "、"),
            Language::English => (self.kind.english(), ", "),
        };
        if self.values.is_empty() {
            return kind.to_owned();
        }
        format!("{kind} {}", self.values.join(separator))
    }
}

/// Reasons in words: 同一机构 市审计局 · 同一做法 大数据审计.
pub fn because(reasons: &[Reason], language: Language) -> String {
    let reasons: Vec<String> = reasons
        .iter()
        .map(|reason| reason.in_language(language))
        .collect();
    reasons.join(" · ")
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

/// What relates the cases of a library. Building it reads every text once; each
/// question walks over all cases once.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    profiles: Vec<Profile>,
    /// Terms that two cases or more have and not too many, in order.
    terms: Vec<Term>,
    /// For every term how many cases have it.
    spread: Vec<u32>,
    /// For every topic how many cases have it.
    topics: HashMap<String, u32>,
    /// For every org how many cases have it.
    orgs: HashMap<String, u32>,
}

/// What a case can share with others.
#[derive(Clone, Debug)]
struct Profile {
    year: Option<u16>,
    orgs: Vec<String>,
    area: Option<String>,
    topics: Vec<String>,
    /// Numbers of terms in order, each with its weight. The squares of the
    /// weights add up to 1.
    terms: Vec<(u32, f32)>,
    /// Numbers of the terms of the title, in order.
    title: Vec<u32>,
    /// How rare all its words are together, those of no other case among them.
    mass: f32,
}

/// What the words of two cases come to.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// Cosine of the weights, from 0 to 1.
    pub cosine: f32,
    /// Of the words of the case that has fewer, the share that the other has too.
    contained: f32,
    /// Numbers of terms and what they count, those that count most first.
    terms: Vec<(u32, f32)>,
}

// Constants of the weights: those that put the relations first which readers of the
// built-in cases named.
const SATURATION: f32 = 1.2;
const LENGTH_SHARE: f32 = 0.75;
const USUAL_LENGTH: f32 = 400.0;
const RARITY: f32 = 1.25;
/// Share of the cases that may have a term that counts.
const MOST_SPREAD: f32 = 0.2;
/// For the rarity of an office that answers for both.
const OF_OFFICE: f32 = 0.025;
/// The government of an area answers for all that is done there.
const OF_GOVERNMENT: f32 = 0.04;
const OF_AREA: f32 = 0.03;
/// For the rarity of a topic.
const OF_TOPIC: f32 = 0.03;
/// A lower score is no relation.
const LEAST: f32 = 0.05;
/// Share of words in common from which on two accounts of one year report the same reform.
const SAME_STORY: f32 = 0.4;

impl Relations {
    /// Gathers what the cases of a library can share. `topics` has the names of
    /// every case's topics, in reading order; it may be empty.
    pub fn build(corpus: &Corpus, topics: &[Vec<&str>]) -> Self {
        let names = Names::of(corpus);
        let cases = corpus.len() as f32;
        let most = ((cases * MOST_SPREAD) as u32).max(2);
        // The texts are read twice, so that terms of one case alone need not be kept.
        let mut seen: Vec<Term> = Vec::new();
        for (_, case) in corpus.iter() {
            seen.extend(terms::of_case(case, &names).0.into_keys());
        }
        seen.sort_unstable();
        let mut kept: Vec<(Term, u32)> = Vec::new();
        let mut common: Vec<Term> = Vec::new();
        for same in seen.chunk_by(|a, b| a == b) {
            let spread = same.len() as u32;
            if spread > most {
                common.push(same[0]);
            } else if spread > 1 {
                kept.push((same[0], spread));
            }
        }
        drop(seen);
        let mut relations = Self {
            profiles: Vec::with_capacity(corpus.len()),
            terms: kept.iter().map(|&(term, _)| term).collect(),
            spread: kept.iter().map(|&(_, cases)| cases).collect(),
            topics: HashMap::new(),
            orgs: HashMap::new(),
        };
        for org in corpus.cases.iter().flat_map(|case| &case.orgs) {
            *relations.orgs.entry(org.canonical.clone()).or_default() += 1;
        }
        for name in topics.iter().flatten() {
            *relations.topics.entry((*name).to_owned()).or_default() += 1;
        }
        for (index, case) in corpus.iter() {
            let (terms, title) = terms::of_case(case, &names);
            let topics = topics.get(index.0 as usize).into_iter().flatten();
            let rare = terms
                .keys()
                .filter(|term| common.binary_search(term).is_err());
            // Sums of floats depend on their order, which that of a map is not.
            let mut spread: Vec<u32> = rare
                .map(|term| {
                    let number = relations.terms.binary_search(term);
                    number.map_or(1, |number| relations.spread[number])
                })
                .collect();
            spread.sort_unstable();
            let mass = spread.into_iter().map(|spread| rarity(cases, spread)).sum();
            let profile = Profile {
                topics: topics.map(|&name| name.to_owned()).collect(),
                mass,
                ..relations.profile(case, &terms, &title, cases)
            };
            relations.profiles.push(profile);
        }
        relations
    }

    fn profile(
        &self,
        case: CaseRef<'_>,
        terms: &HashMap<Term, f32>,
        title: &[Term],
        cases: f32,
    ) -> Profile {
        let number = |term: &Term| self.terms.binary_search(term).ok();
        let length: f32 = terms.values().sum();
        let long = 1.0 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH;
        let mut weights: Vec<(u32, f32)> = terms
            .iter()
            .filter_map(|(term, &often)| {
                let number = number(term)?;
                let rarity = rarity(cases, self.spread[number]).powf(RARITY);
                let weight = often / (often + SATURATION * long) * rarity;
                Some((number as u32, weight))
            })
            .collect();
        // Sums of floats depend on their order, which that of a map is not.
        weights.sort_unstable_by_key(|&(number, _)| number);
        let squares: f32 = weights.iter().map(|(_, weight)| weight * weight).sum();
        let norm = squares.sqrt().max(f32::MIN_POSITIVE);
        for (_, weight) in &mut weights {
            *weight /= norm;
        }
        let orgs = case.case.orgs.iter();
        Profile {
            year: case.case.year,
            orgs: orgs.map(|org| org.canonical.clone()).collect(),
            area: case.case.area.clone(),
            topics: Vec::new(),
            terms: weights,
            title: title.iter().filter_map(number).map(|n| n as u32).collect(),
            mass: 0.0,
        }
    }

    /// The cases that are related to `case`, the closest first, at most [`MOST`].
    pub fn of(&self, case: CaseIndex) -> Vec<Related> {
        let others = (0..self.profiles.len() as u32).map(CaseIndex);
        let mut related: Vec<(CaseIndex, f32, Shared)> = others
            .filter(|&other| other != case)
            .filter_map(|other| {
                let shared = self.shared(case, other);
                let score = self.score(case, other, &shared);
                (score >= LEAST).then_some((other, score, shared))
            })
            .collect();
        related.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        related
            .into_iter()
            .map(|(other, score, shared)| Related {
                case: other,
                score,
                reasons: self.reasons(case, other, &shared),
            })
            .filter(|related| !related.reasons.is_empty())
            .take(MOST)
            .collect()
    }

    fn profile_of(&self, case: CaseIndex) -> &Profile {
        &self.profiles[case.0 as usize]
    }

    /// What the words of two cases come to.
    pub(crate) fn shared(&self, one: CaseIndex, other: CaseIndex) -> Shared {
        let (a, b) = (self.profile_of(one), self.profile_of(other));
        let cases = self.profiles.len() as f32;
        let mut shared: Vec<(u32, f32)> = Vec::new();
        let mut others = b.terms.iter().peekable();
        for &(number, weight) in &a.terms {
            while others.next_if(|(other, _)| *other < number).is_some() {}
            if let Some((_, other)) = others.next_if(|(other, _)| *other == number) {
                shared.push((number, weight * other));
            }
        }
        let cosine = shared.iter().map(|(_, weight)| weight).sum();
        let common: f32 = shared
            .iter()
            .map(|&(number, _)| rarity(cases, self.spread[number as usize]))
            .sum();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Shared {
            cosine,
            contained: common / a.mass.min(b.mass).max(1.0),
            terms: shared,
        }
    }

    fn score(&self, one: CaseIndex, other: CaseIndex, shared: &Shared) -> f32 {
        if self.is_same_story(one, other, shared) {
            return 0.9 + 0.1 * shared.cosine.min(1.0);
        }
        let cases = self.profiles.len() as f32;
        let orgs = self.shared_orgs(one, other);
        let in_area = self.shared_area(one, other).is_some();
        let known = match orgs.iter().map(|org| self.orgs[*org]).min() {
            Some(_) if in_area => OF_GOVERNMENT,
            Some(spread) => OF_OFFICE * rarity(cases, spread),
            None if in_area => OF_AREA,
            None => 0.0,
        };
        let topics = self.shared_topics(one, other);
        let topics = topics.iter().map(|name| rarity(cases, self.topics[*name]));
        (shared.cosine + known + OF_TOPIC * topics.sum::<f32>()).min(0.89)
    }

    fn is_same_story(&self, one: CaseIndex, other: CaseIndex, shared: &Shared) -> bool {
        let (a, b) = (self.profile_of(one), self.profile_of(other));
        a.year == b.year && shared.contained >= SAME_STORY && shared.terms.len() >= 12
    }

    /// Orgs that answer for both cases, by their canonical names.
    pub(crate) fn shared_orgs(&self, one: CaseIndex, other: CaseIndex) -> Vec<&str> {
        let others = &self.profile_of(other).orgs;
        let orgs = self.profile_of(one).orgs.iter();
        orgs.filter(|org| others.contains(org))
            .map(String::as_str)
            .collect()
    }

    /// The area of both cases.
    pub(crate) fn shared_area(&self, one: CaseIndex, other: CaseIndex) -> Option<&str> {
        let area = self.profile_of(one).area.as_deref();
        area.filter(|_| self.profile_of(other).area.as_deref() == area)
    }

    /// Topics of both cases.
    pub(crate) fn shared_topics(&self, one: CaseIndex, other: CaseIndex) -> Vec<&str> {
        let others = &self.profile_of(other).topics;
        let topics = self.profile_of(one).topics.iter();
        topics
            .filter(|name| others.contains(name))
            .map(String::as_str)
            .collect()
    }

    /// Whether the titles of both cases have a term that at most `most` cases use.
    pub(crate) fn share_title_words(&self, one: CaseIndex, other: CaseIndex, most: u32) -> bool {
        let others = &self.profile_of(other).title;
        let own = self.profile_of(one).title.iter();
        own.filter(|number| self.spread[**number as usize] <= most)
            .any(|number| others.binary_search(number).is_ok())
    }

    /// Whether the cases share a few terms, of which one of the three that count most
    /// is used by at most `most` cases.
    pub(crate) fn is_rare(&self, shared: &Shared, most: u32) -> bool {
        let first = shared.terms.iter().take(3);
        let rare = |&(number, _): &(u32, f32)| self.spread[number as usize] <= most;
        shared.terms.len() >= 3 && first.into_iter().any(rare)
    }

    /// Pairs of cases that share a term which at most `most` cases use.
    pub(crate) fn pairs(&self, most: u32) -> BTreeSet<(CaseIndex, CaseIndex)> {
        let mut cases: Vec<Vec<u32>> = vec![Vec::new(); self.terms.len()];
        for (case, profile) in (0..).zip(&self.profiles) {
            for &(number, _) in &profile.terms {
                if self.spread[number as usize] <= most {
                    cases[number as usize].push(case);
                }
            }
        }
        let mut pairs = BTreeSet::new();
        for cases in &cases {
            for (at, &one) in cases.iter().enumerate() {
                pairs.extend(
                    cases[at + 1..]
                        .iter()
                        .map(|&other| (CaseIndex(one), CaseIndex(other))),
                );
            }
        }
        pairs
    }

    /// Words that both cases use, those that count most first, none inside another
    /// and none that counts much less than the first.
    pub(crate) fn practice(&self, shared: &Shared, most: usize) -> Vec<String> {
        let least = shared.terms.first().map_or(0.0, |(_, weight)| weight / 4.0);
        let heavy = shared.terms.iter().filter(|(_, weight)| *weight >= least);
        self.phrases(heavy.map(|&(number, _)| number), most)
    }

    /// What two cases are about together: words of a title first.
    pub(crate) fn theme(&self, one: CaseIndex, other: CaseIndex, shared: &Shared) -> Vec<String> {
        let titles = [&self.profile_of(one).title, &self.profile_of(other).title];
        let in_title = |number: &u32| {
            titles
                .iter()
                .any(|title| title.binary_search(number).is_ok())
        };
        let terms = shared.terms.iter().take(12).map(|&(number, _)| number);
        let (first, rest): (Vec<u32>, Vec<u32>) = terms.partition(in_title);
        self.phrases(first.into_iter().chain(rest), 2)
    }

    /// At most `most` of the terms as words to be read, none inside another.
    fn phrases(&self, terms: impl Iterator<Item = u32>, most: usize) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for number in terms {
            let word = self.terms[number as usize].text();
            // Part of a word that the list of words does not know: 效闲置.
            let is_cut = !words.is_empty() && terms::begins_or_ends_with_one_character(&word);
            if is_cut
                || !terms::is_telling(&word)
                || words.iter().any(|known| terms::is_said_by(&word, known))
            {
                continue;
            }
            // The longer one says more: 社会资本 after 社会.
            let shorter = words
                .iter()
                .position(|known| terms::is_said_by(known, &word));
            match shorter {
                Some(at) => {
                    words.retain(|known| !terms::is_said_by(known, &word));
                    words.insert(at, word);
                }
                None if words.len() == most => break,
                None => words.push(word),
            }
        }
        if let [first, _, ..] = &words[..]
            && terms::begins_or_ends_with_one_character(first)
        {
            words.remove(0);
        }
        words
    }

    fn reasons(&self, one: CaseIndex, other: CaseIndex, shared: &Shared) -> Vec<Reason> {
        let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
        let orgs = self.shared_orgs(one, other);
        let area = self.shared_area(one, other).filter(|_| orgs.is_empty());
        let reasons = [
            (ReasonKind::Org, owned(orgs)),
            (ReasonKind::Practice, self.practice(shared, 3)),
            (ReasonKind::Topic, owned(self.shared_topics(one, other))),
            (ReasonKind::Area, owned(area.into_iter().collect())),
        ];
        let story = self.is_same_story(one, other, shared).then_some(Reason {
            kind: ReasonKind::Story,
            values: Vec::new(),
        });
        let given = reasons
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(kind, values)| Reason { kind, values });
        story.into_iter().chain(given).collect()
    }
}

/// How much a thing says that `spread` of `cases` have.
fn rarity(cases: f32, spread: u32) -> f32 {
    ((cases + 1.0) / spread as f32).ln()
}
