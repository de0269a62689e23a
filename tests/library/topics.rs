//! Topics agree with what a reader found in the documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::handmade::{Handmade, Parts};
use anli::case::{About, CaseRef};
use anli::corpus::{CaseIndex, Corpus};
use anli::search::Field;
use anli::seeds::catalog::Catalog;
use anli::text::CharSpan;
use anli::text::script::to_simplified;
use anli::topics::{Assignment, Evidence, Rules, assign, assign_all};

fn seeds() -> Corpus {
    anli::seeds::read(anli::seeds::embedded(), &Catalog::embedded()).corpus
}

/// By id: the topics that a reader must find, and all that one would accept.
fn gold() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let set = |field: Option<&str>| -> BTreeSet<String> {
        field
            .into_iter()
            .flat_map(str::split_whitespace)
            .map(str::to_owned)
            .collect()
    };
    let lines = include_str!("../gold/topics.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut fields = line.split('\t');
            let id = fields.next().expect("a line begins with an id").to_owned();
            let must = set(fields.next());
            let accepted = must.union(&set(fields.next())).cloned().collect();
            (id, (must, accepted))
        })
        .collect()
}

/// By id: the names of the topics assigned.
fn assigned(corpus: &Corpus, rules: &Rules) -> Vec<(String, Vec<String>)> {
    let cases = corpus.iter().zip(assign_all(corpus, rules));
    cases
        .map(|((_, case), assignments)| {
            let names = assignments
                .iter()
                .map(|a| rules.topics()[a.topic].name.clone());
            (case.case.id.to_string(), names.collect())
        })
        .collect()
}

#[test]
fn nine_of_ten_assignments_are_right_and_four_of_five_topics_are_found() {
    let gold = gold();
    let assigned = assigned(&seeds(), &Rules::embedded());
    assert_eq!(assigned.len(), 94);
    let (mut all, mut right, mut accepted, mut wanted) = (0, 0, 0, 0);
    for (id, topics) in &assigned {
        let (must, may) = &gold[id];
        all += topics.len();
        right += topics.iter().filter(|topic| must.contains(*topic)).count();
        accepted += topics.iter().filter(|topic| may.contains(*topic)).count();
        wanted += must.len();
    }
    assert!(right * 10 >= all * 9, "{right} of {all} are right");
    assert!(
        accepted * 100 >= all * 95,
        "{accepted} of {all} are acceptable"
    );
    assert!(right * 10 >= wanted * 8, "{right} of {wanted} are found");
}

/// A page of the guide, and the words of its judgements: right, accepted, wrong, missing.
type Judged = (&'static str, [&'static str; 4]);

const JUDGED: [Judged; 2] = [
    (
        include_str!("../../docs/en/src/topics.md"),
        ["right", "accepted", "wrong", "; missing"],
    ),
    (
        include_str!("../../docs/zh/src/topics.md"),
        ["正确", "可接受", "错误", "；漏"],
    ),
];

#[test]
fn the_tables_of_judgements_speak_of_what_is_assigned() {
    let assigned = assigned(&seeds(), &Rules::embedded());
    for (page, [right, accepted, wrong, missing]) in JUDGED {
        let mut judged = Vec::new();
        let mut counts = [0; 4];
        for line in page.lines() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let ["", id, _, topics, judgement, ""] = cells[..] else {
                continue;
            };
            if !id.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let words = |text: &str| -> Vec<String> {
                let words = text.split_whitespace().filter(|word| *word != "—");
                words.map(str::to_owned).collect()
            };
            let (verdicts, left_out) = judgement.split_once(missing).unwrap_or((judgement, ""));
            let verdicts = words(verdicts);
            let topics = words(topics);
            assert_eq!(verdicts.len(), topics.len(), "{id}");
            for (count, verdict) in counts.iter_mut().zip([right, accepted, wrong]) {
                *count += verdicts.iter().filter(|v| *v == verdict).count();
            }
            counts[3] += words(left_out).len();
            judged.push((id.to_owned(), topics));
        }
        assert_eq!(judged, assigned);
        let [right, accepted, wrong, missing] = counts;
        let all = (right + accepted + wrong) as f64;
        let summary = format!(
            " | {all} | {right} | {accepted} | {wrong} | {missing} | **{:.1} %** | {:.1} % | **{:.1} %** |",
            100.0 * right as f64 / all,
            100.0 * (right + accepted) as f64 / all,
            100.0 * right as f64 / (right + missing) as f64,
        );
        assert!(page.contains(&summary), "{summary}");
    }
}

#[test]
fn every_topic_has_cases_and_no_case_has_more_than_three() {
    let rules = Rules::embedded();
    assert_eq!(rules.topics().len(), 14);
    let assigned = assigned(&seeds(), &rules);
    let used: BTreeSet<&String> = assigned.iter().flat_map(|(_, topics)| topics).collect();
    let all: BTreeSet<&String> = rules.topics().iter().map(|topic| &topic.name).collect();
    assert_eq!(used, all);
    assert!(assigned.iter().all(|(_, topics)| topics.len() <= 3));
    let labelled: BTreeSet<String> = gold().into_values().flat_map(|(_, may)| may).collect();
    assert_eq!(labelled.iter().collect::<BTreeSet<_>>(), all);
}

fn part(case: CaseRef<'_>, evidence: &Evidence) -> String {
    let part = evidence.part as usize;
    match evidence.field {
        Field::Title => case.title().into_owned(),
        Field::Org => case.case.orgs[part].printed.clone(),
        Field::Heading | Field::Text => case.block_text(&case.case.blocks[part]).into_owned(),
    }
}

#[test]
fn all_evidence_stands_where_it_says_in_either_script() {
    let corpus = seeds();
    let rules = Rules::embedded();
    let mut seen = 0;
    for (_, case) in corpus.iter() {
        for Assignment { evidence, .. } in assign(case, &rules) {
            assert!(!evidence.is_empty());
            for place in &evidence {
                let text = to_simplified(&part(case, place)).into_owned();
                let CharSpan { start, end } = place.span;
                let found: String = text
                    .chars()
                    .skip(start as usize)
                    .take((end - start) as usize)
                    .collect();
                let found = found.to_ascii_lowercase().replace('＋', "+");
                assert_eq!(found, place.term, "{}", case.case.id);
                seen += 1;
            }
        }
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn the_evidence_of_a_case_is_what_a_reader_would_point_at() {
    let corpus = seeds();
    let rules = Rules::embedded();
    let case = corpus.get(corpus.find("000-6").expect("it is one of the cases"));
    let topics = assign(case, &rules);
    let farming = rules.find("农业农村").expect("a topic");
    let farming = topics
        .iter()
        .find(|a| a.topic == farming)
        .expect("assigned");
    // 开展新型合作金融试点　完善农村金融服务体系
    let first = &farming.evidence[0];
    assert_eq!(
        (first.field, first.part, first.span),
        (Field::Title, 0, CharSpan::new(13, 15))
    );
    assert_eq!(first.term, "农村");
}

const RULES: &str = "
[weights]
title = 5
org = 3
heading = 2
text = 1
full_text = 20
often = 2
enough = 4
share = 0.5
most = 2

[[topic]]
name = '交通'
about = ''
except = ['交通大学']
[topic.terms]
2 = ['交通', '地铁']
1 = ['地铁站']

[[topic]]
name = '开放'
about = ''
[topic.terms]
2 = ['RCEP', '互联网+']
";

/// Names and scores of the topics of a case with this title and text.
fn topics_of(title: &str, text: &str) -> Vec<(String, f32)> {
    let rules = Rules::parse(RULES).expect("the rules are sound");
    let corpus = Handmade::new()
        .document("a.txt", &format!("{title}\n{text}\n"), About::default())
        .case(Parts {
            id: "a-1",
            title: &[title],
            blocks: &[text],
            ..Parts::default()
        })
        .corpus();
    let assignments = assign(corpus.get(CaseIndex(0)), &rules);
    let named = assignments
        .iter()
        .map(|a| (rules.topics()[a.topic].name.clone(), a.score));
    named.collect()
}

#[track_caller]
fn check(title: &str, text: &str, expected: &[(&str, f32)]) {
    let expected: Vec<(String, f32)> = expected
        .iter()
        .map(|(name, score)| ((*name).to_owned(), *score))
        .collect();
    assert_eq!(topics_of(title, text), expected);
}

#[test]
fn a_term_weighs_by_where_it_stands() {
    check("交通", "。", &[("交通", 10.0)]);
    check("一", "交通。", &[]);
    check("一", "交通，地铁。", &[("交通", 4.0)]);
}

#[test]
fn a_term_counts_no_more_often_than_the_rules_say() {
    check("一", "交通、交通、交通、交通。", &[("交通", 4.0)]);
}

#[test]
fn an_exception_takes_a_terms_meaning_away() {
    check("交通大学", "。", &[]);
    check("交通大学与交通", "。", &[("交通", 10.0)]);
}

#[test]
fn a_term_inside_a_longer_one_does_not_count_besides_it() {
    check("地铁站", "。", &[("交通", 5.0)]);
}

#[test]
fn letter_case_width_and_script_do_not_matter() {
    check("ｒｃｅｐ", "。", &[("开放", 10.0)]);
    check("互聯網＋", "。", &[("开放", 10.0)]);
    check("地鐵", "。", &[("交通", 10.0)]);
}

#[test]
fn a_long_text_weighs_less_in_proportion() {
    // Forty characters where twenty weigh fully.
    let text = format!("交通地铁，RCEP{}", "一".repeat(31));
    check("交通", &text, &[("交通", 12.0)]);
}

#[test]
fn a_topic_far_behind_the_heaviest_is_left_out() {
    check("交通", "RCEP，互联网+。", &[("交通", 10.0)]);
    check("交通RCEP", "。", &[("交通", 10.0), ("开放", 10.0)]);
}

#[test]
fn a_mistake_in_the_rules_is_named() {
    let mistake =
        |from: &str, to: &str| Rules::parse(&RULES.replace(from, to)).expect_err("a mistake");
    assert!(mistake("2 = ['RCEP'", "much = ['RCEP'").contains("the weight much is no number"));
    assert!(mistake("'RCEP'", "''").contains("a term is empty"));
    assert!(mistake("most = 2", "moist = 2").contains("moist"));
    assert!(mistake("about = ''", "").contains("about"));
}

#[test]
fn the_terms_of_the_rules_are_in_simplified_characters() {
    let rules = include_str!("../../seeds/topics.toml");
    assert_eq!(to_simplified(rules), rules);
}
