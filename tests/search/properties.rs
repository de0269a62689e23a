//! What holds for every query, tried on phrases sampled from the seeds.

use std::collections::HashSet;
use std::sync::Arc;

use anli::case::CaseRef;
use anli::corpus::{CaseIndex, Corpus};
use anli::search::facts::Facts;
use anli::search::index::Index;
use anli::search::{Field, Found, Group, Hit, Match};
use anli::text::CharSpan;
use anli::text::fold::{self, fold};
use anli::text::pinyin;
use anli::text::script::Script;

use super::gold::seeds;

/// Phrases of two to six Han, the same ones each time, from all over the seeds.
fn phrases(corpus: &Corpus, count: usize) -> Vec<String> {
    let mut runs: Vec<Vec<char>> = Vec::new();
    for (_, case) in corpus.iter() {
        let blocks = case.case.blocks.iter().map(|block| case.block_text(block));
        for text in std::iter::once(case.title()).chain(blocks) {
            let runs_of_han = text.split(|c: char| !matches!(c, '\u{4E00}'..='\u{9FFF}'));
            runs.extend(runs_of_han.map(|run| run.chars().collect::<Vec<char>>()));
        }
    }
    runs.retain(|run| run.len() >= 2);
    let mut seed = 7_usize;
    let mut random = |bound: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let mut phrase = || {
        let run = &runs[random(runs.len())];
        let length = 2 + random(run.len().min(6) - 1);
        let start = random(run.len() - length + 1);
        run[start..start + length].iter().collect()
    };
    (0..count).map(|_| phrase()).collect()
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn slice(text: &str, span: CharSpan) -> String {
    let skipped = text.chars().skip(span.start as usize);
    skipped.take((span.end - span.start) as usize).collect()
}

/// The text of the part in which a match is.
fn part<'a>(case: CaseRef<'a>, found: &Match) -> std::borrow::Cow<'a, str> {
    match found.field {
        Field::Title => case.title(),
        Field::Org => case.case.orgs[found.part as usize].printed.as_str().into(),
        Field::Heading | Field::Text => case.block_text(&case.case.blocks[found.part as usize]),
    }
}

/// Everything by which a case can be found, folded: title, text, names.
fn findable(corpus: &Corpus) -> Vec<Vec<String>> {
    let texts = |case: CaseRef<'_>| {
        let names = case.case.orgs.iter().flat_map(|org| {
            let others = org.others.iter().chain([&org.printed, &org.canonical]);
            others.map(|name| folded(name)).collect::<Vec<_>>()
        });
        let texts = [folded(&case.title()), folded(&case.text())];
        let area = case.case.area.as_deref().map(folded);
        texts.into_iter().chain(names).chain(area).collect()
    };
    corpus.iter().map(|(_, case)| texts(case)).collect()
}

/// The cases in which a phrase stands, whatever the field and the script.
fn holders(findable: &[Vec<String>], phrase: &str) -> HashSet<CaseIndex> {
    let wanted = folded(phrase);
    let holds = |texts: &[String]| texts.iter().any(|text| text.contains(&wanted));
    let cases = findable.iter().zip(0..).filter(|(texts, _)| holds(texts));
    cases.map(|(_, index)| CaseIndex(index)).collect()
}

#[test]
fn no_guess_stands_above_a_contiguous_match_and_no_such_match_is_missed() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let findable = findable(&corpus);
    for phrase in phrases(&corpus, 300) {
        let found = index.search(&phrase);
        let holders = holders(&findable, &phrase);
        assert!(!holders.is_empty(), "{phrase}");
        let exact: HashSet<CaseIndex> = found
            .hits
            .iter()
            .take_while(|hit| hit.group == Group::Exact)
            .map(|hit| hit.case)
            .collect();
        assert!(holders.is_subset(&exact), "{phrase}");
        let guesses = found.hits[exact.len()..].iter();
        assert!(
            guesses.clone().all(|hit| hit.group != Group::Exact),
            "{phrase}"
        );
        assert!(
            guesses.clone().all(|hit| !holders.contains(&hit.case)),
            "{phrase}"
        );
    }
}

#[test]
fn hits_come_in_the_order_of_group_and_field() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    for phrase in phrases(&corpus, 300) {
        let found = index.search(&phrase);
        let rank = |hit: &Hit| (hit.group, hit.best().map(|found| found.field));
        assert!(found.hits.is_sorted_by_key(rank), "{phrase}");
    }
}

#[test]
fn what_is_marked_is_what_was_asked_for_whatever_the_script() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    for phrase in phrases(&corpus, 300) {
        let found = index.search(&phrase);
        let exact = found.hits.iter().filter(|hit| hit.group == Group::Exact);
        for hit in exact.take(10) {
            let case = corpus.get(hit.case);
            for in_part in &hit.matches {
                check_spans(&found, case, in_part, &phrase);
            }
        }
    }
}

fn check_spans(found: &Found, case: CaseRef<'_>, in_part: &Match, phrase: &str) {
    let text = part(case, in_part);
    let marked: String = in_part
        .spans
        .iter()
        .map(|&span| folded(&slice(&text, span)))
        .collect();
    let is_alias = in_part.field == Field::Org && !folded(&text).contains(&folded(phrase));
    if is_alias {
        assert_eq!(marked, folded(&text), "{phrase}");
        return;
    }
    assert_eq!(marked, folded(phrase), "{phrase} in {text}");
    for script in [Script::Original, Script::Simplified, Script::Traditional] {
        let shown = script.show(&text);
        assert_eq!(shown.chars().count(), text.chars().count());
        let marks = found.marker.marks(in_part.field, &shown);
        for span in &in_part.spans {
            let covered = marks
                .iter()
                .any(|m| m.start <= span.start && span.end <= m.end);
            assert!(covered, "{phrase} in {shown}: {marks:?}");
        }
    }
}

#[test]
fn one_more_character_never_shows_a_case_that_did_not_match_before() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let mut typed: Vec<String> = Vec::new();
    for phrase in phrases(&corpus, 40) {
        let readings = phrase.chars().map(|c| {
            let mut readings = pinyin::readings(fold::code(c));
            readings.next().expect("every Han is read").name()
        });
        let readings: Vec<&str> = readings.collect();
        typed.push(readings.concat());
        typed.push(readings.join("'"));
        typed.push(readings.iter().map(|reading| &reading[..1]).collect());
        typed.push(format!("{}{}", &phrase[..3], readings[1..].concat()));
        typed.push(format!("{phrase} {}", readings[0]));
        typed.push(phrase);
    }
    typed.extend(
        [
            "2016 地铁",
            "2015年 ditie",
            "BIM jishu",
            "G2B",
            "琴岛e保",
            "zhuang",
        ]
        .map(str::to_owned),
    );
    for text in typed {
        let mut before: Option<HashSet<CaseIndex>> = None;
        for (end, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
            let query = &text[..end];
            let found = index.search(query);
            let shown: HashSet<CaseIndex> = found.hits.iter().map(|hit| hit.case).collect();
            if let Some(before) = before {
                let exact = found.hits.iter().filter(|hit| hit.group == Group::Exact);
                for hit in exact {
                    let title = corpus.get(hit.case).title();
                    assert!(before.contains(&hit.case), "{query} shows {title}");
                }
            }
            before = Some(shown);
        }
    }
}

#[test]
fn folding_keeps_the_length_of_every_text() {
    let corpus = seeds();
    for document in &corpus.documents {
        for line in document.text().lines() {
            assert_eq!(folded(line).chars().count(), line.chars().count());
            assert_eq!(fold::codes(line).len(), line.chars().count());
        }
    }
}

#[test]
fn whatever_is_typed_is_answered() {
    let index = Index::build(seeds());
    let pieces = [
        "创新",
        "\"",
        "“",
        "年:",
        "-",
        "|",
        "ditie",
        "'",
        "２０１６",
        "𠮷",
        "地：",
        " ",
        "　",
        "题:",
        "\u{200b}",
        "e\u{301}",
        "%",
        "+",
        "qqqq",
        "x:y",
    ];
    for first in pieces {
        for second in pieces {
            for third in ["", "d", "创"] {
                let query = format!("{first}{second}{third}");
                let found = index.search(&query);
                assert_eq!(found.total as usize, found.hits.len());
                let empty = found.hits.is_empty();
                assert_eq!(!empty, found.relaxations.is_empty(), "{query}");
                for offer in &found.relaxations {
                    assert!(offer.count > 0, "{query}");
                    assert_eq!(index.count(&offer.query, &Facts::default()), offer.count);
                }
            }
        }
    }
}
