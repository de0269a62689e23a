//! The formal check (形式审查): what can be seen of an application before anybody
//! scores it. It finds; the office decides.

use std::collections::{HashMap, HashSet};

use super::docket::Docket;
use super::settings::Round;
use crate::case::{Case, Category, Completeness};
use crate::corpus::{CaseIndex, Corpus};
use crate::language::{Language, Sentence};
use crate::lineage::Link;
use crate::related::Reason;
use crate::seeds::Unread;

/// What is amiss with an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// No org is found in it.
    NoOrg,
    /// Its category is none of the round, or none is found.
    NoCategory(Option<&'static str>),
    /// It has so many characters, fewer than this.
    TooShort(usize, u32),
    /// It has so many characters, more than this.
    TooLong(usize, u32),
    /// It is the same text as another application, to this percentage.
    Twice(String, u8),
    /// An earlier case has much of its text, to this percentage.
    Told(String, u8),
    /// It continues a reform of an earlier case, by this evidence.
    Continues(String, Vec<Reason>),
}

impl Finding {
    /// The finding as a sentence.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::NoOrg => Sentence::new("找不到申报单位", "no organisation is found"),
            Self::NoCategory(None) => Sentence::new(
                "类别不明，应补正，或受理时写明 类别=…",
                "its category is unknown: return it, or accept it with category=…",
            ),
            Self::NoCategory(Some(name)) => Sentence::new(
                format!("本轮没有“{name}”这一类别，应补正，或受理时写明 类别=…"),
                format!(
                    "the round has no category {name}: return it, or accept it with category=…"
                ),
            ),
            Self::TooShort(chars, least) => Sentence::new(
                format!("{chars} 字，少于规定的 {least} 字"),
                format!("{chars} characters, fewer than {least}"),
            ),
            Self::TooLong(chars, most) => Sentence::new(
                format!("{chars} 字，超过规定的 {most} 字"),
                format!("{chars} characters, more than {most}"),
            ),
            Self::Twice(id, percent) => Sentence::new(
                format!("与申报材料 {id} 重复（{percent}% 的文字相同）"),
                format!("the same as application {id} ({percent}% of its text)"),
            ),
            Self::Told(id, percent) => Sentence::new(
                format!("与往年案例 {id} 相近（{percent}% 的文字相同），疑为同一项改革"),
                format!(
                    "close to the earlier case {id} ({percent}% of its text): perhaps the same reform"
                ),
            ),
            Self::Continues(id, evidence) => {
                let said = |language, between: &str| {
                    let said = evidence.iter().map(|reason| reason.in_language(language));
                    said.collect::<Vec<_>>().join(between)
                };
                let chinese = said(Language::Chinese, "；");
                let english = said(Language::English, "; ");
                Sentence::new(
                    format!("与往年案例 {id} 一脉相承（{chinese}），疑为同一项改革"),
                    format!(
                        "goes on with the earlier case {id} ({english}): perhaps the same reform"
                    ),
                )
            }
        }
    }
}

/// From this share of common text on, two applications are the same one.
const TWICE: usize = 80;

/// From this share of common text on, an earlier case may be of the same reform.
const TOLD: usize = 25;

/// Length of the runs of characters that are compared.
const RUN: usize = 6;

/// Runs shared by more texts than this are ignored.
const COMMON: usize = 40;

/// The documents of the library in which there is no application: they have no text, or
/// none that is a case.
pub fn without_application(corpus: &Corpus) -> Vec<Unread> {
    let is_application = |case: &&Case| case.completeness != Completeness::Rest;
    let cases = corpus.cases.iter().filter(is_application);
    let with: HashSet<u32> = cases.map(|case| case.document).collect();
    let documents = corpus.documents.iter().zip(0..);
    let without = documents.filter(|(_, number)| !with.contains(number));
    let unread = without.map(|(document, _)| Unread {
        name: document.name.clone(),
        why: if document.clean.trim().is_empty() {
            Sentence::new(
                "没有文字（空文件，或只有空白）",
                "it has no text (empty, or blanks alone)",
            )
        } else {
            Sentence::new("其中没有读出案例", "no case was found in it")
        },
    });
    unread.collect()
}

/// Joins the earlier cases and the applications, in this order, into one library to search
/// for lineage.
pub fn joined(earlier: &Corpus, docket: &Docket, corpus: &Corpus) -> Corpus {
    let mut joined = Corpus {
        documents: earlier.documents.clone(),
        cases: earlier.cases.clone(),
        ..Corpus::default()
    };
    let documents = joined.documents.len() as u32;
    joined.documents.extend(corpus.documents.iter().cloned());
    joined.cases.extend(docket.cases.iter().map(|case| {
        let mut case = case.case.clone();
        case.document += documents;
        case
    }));
    joined
}

/// The findings on every application, in the order of the docket. `lineage` is of the
/// library that [`joined`] makes.
pub fn findings(
    round: &Round,
    docket: &Docket,
    corpus: &Corpus,
    earlier: Option<&Corpus>,
    lineage: &[Link],
) -> Vec<Vec<Finding>> {
    let texts: Vec<String> = docket
        .cases
        .iter()
        .map(|case| corpus.get(case.index).text())
        .collect();
    let among = Shared::of(&texts, &texts);
    let before: Vec<String> = earlier
        .into_iter()
        .flat_map(|corpus| corpus.iter().map(|(_, case)| case.text()))
        .collect();
    let told = Shared::of(&texts, &before);
    let mut all = Vec::new();
    for (at, case) in docket.cases.iter().enumerate() {
        let mut found = Vec::new();
        if case.orgs.is_empty() {
            found.push(Finding::NoOrg);
        }
        if !round.has_category(case.category) {
            found.push(Finding::NoCategory(case.category.map(Category::name)));
        }
        let chars = texts[at].chars().filter(|c| !c.is_whitespace()).count();
        let (least, most) = round.length;
        if let Some(least) = least.filter(|&least| chars < least as usize) {
            found.push(Finding::TooShort(chars, least));
        }
        if let Some(most) = most.filter(|&most| chars > most as usize) {
            found.push(Finding::TooLong(chars, most));
        }
        for &(other, percent) in &among.of[at] {
            if other != at && percent >= TWICE {
                found.push(Finding::Twice(
                    docket.cases[other].id.clone(),
                    percent as u8,
                ));
            }
        }
        if let Some(earlier) = earlier {
            for &(other, percent) in &told.of[at] {
                if percent >= TOLD {
                    let id = earlier.cases[other].id.0.clone();
                    found.push(Finding::Told(id, percent as u8));
                }
            }
            let own = CaseIndex((earlier.len() + at) as u32);
            let link = lineage.iter().find(|link| link.to == own);
            let is_told = found.iter().any(|known| matches!(known, Finding::Told(..)));
            if let Some(link) = link.filter(|_| !is_told) {
                let id = earlier.get(link.from).case.id.0.clone();
                found.push(Finding::Continues(id, link.evidence.clone()));
            }
        }
        all.push(found);
    }
    all
}

/// Returns pairs of texts with their common share in percent of the shorter one, the largest
/// first.
struct Shared {
    of: Vec<Vec<(usize, usize)>>,
}

impl Shared {
    fn of(texts: &[String], others: &[String]) -> Self {
        let runs: Vec<HashSet<u64>> = others.iter().map(|text| runs_of(text)).collect();
        let mut with: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, runs) in runs.iter().enumerate() {
            for &run in runs {
                with.entry(run).or_default().push(at as u32);
            }
        }
        let shared = |text: &String| {
            let own = runs_of(text);
            let mut counts: HashMap<u32, usize> = HashMap::new();
            for run in &own {
                let texts = with.get(run).map_or(&[][..], Vec::as_slice);
                if texts.len() <= COMMON {
                    for &other in texts {
                        *counts.entry(other).or_default() += 1;
                    }
                }
            }
            let percent = |(other, count): (u32, usize)| {
                let shorter = own.len().min(runs[other as usize].len()).max(1);
                (other as usize, count * 100 / shorter)
            };
            let mut shared: Vec<(usize, usize)> = counts.into_iter().map(percent).collect();
            shared.sort_by_key(|&(other, percent)| (std::cmp::Reverse(percent), other));
            shared
        };
        Self {
            of: texts.iter().map(shared).collect(),
        }
    }
}

/// Hashes of all runs of characters, without white space and marks, in Simplified:
/// FNV-1a in 64 bits (Fowler, Noll, Vo).
fn runs_of(text: &str) -> HashSet<u64> {
    let text = crate::text::script::to_simplified(text);
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let hash = |run: &[char]| {
        run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &c| {
            (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    letters.windows(RUN).map(hash).collect()
}
