//! Why a case is listed is told of every hit, of the last as of the first.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use anli::corpus::CaseIndex;
use anli::search::field_values::FieldValues;
use anli::search::index::Index;
use anli::search::{Hit, Match, Tier, query};

use super::gold::seeds;
use super::library;

const CASES: u32 = 1200;

/// Cases that all speak of 海水稻, every eleventh in its title, and of 街长制 in a
/// heading; 五王才艺大赛 stands in every title.
static MANY: LazyLock<Index> = LazyLock::new(|| {
    let mut text = String::new();
    for number in 0..CASES {
        let (title, year) = match number % 11 {
            0 => ("海水稻", 2015),
            _ => ("盐碱地", 2016),
        };
        let dots = "，".repeat(number as usize % 5);
        write!(
            text,
            "== {year} 部门 - | 市农业局 | {title}试种第{number}块　市民五王才艺大赛\n\
             第{number}块地。{dots}袁隆平院士的海水稻在此试种，海水稻有三月收成。\n\
             # 第{number}节　推行街长制\n\
             街长每天巡街。\n"
        )
        .expect("a string takes everything");
    }
    Index::build(Arc::new(library::corpus(&text)))
});

fn cases(hits: &[Hit]) -> Vec<CaseIndex> {
    hits.iter().map(|hit| hit.case).collect()
}

fn matches(hits: &[Hit]) -> Vec<Vec<Match>> {
    hits.iter().map(|hit| hit.matches.clone()).collect()
}

/// What is explained equals what came with the answer, and behind that what
/// comes with the answer about half of the cases.
#[track_caller]
fn check(query: &str, tier: Tier) {
    let index = &*MANY;
    let mut facts = FieldValues::default();
    let odd = (0..CASES).filter(|case| case % 2 == 1).map(CaseIndex);
    facts.add(query::Field::Tag, ["单数"], odd);
    let found = index.search_with(query, &facts);
    assert_eq!((found.hits.len(), found.explained), (1200, 128), "{query}");
    let (with, without) = found.hits.split_at(found.explained);
    assert!(with.iter().all(|hit| !hit.matches.is_empty()), "{query}");
    assert!(without.iter().all(|hit| hit.matches.is_empty()), "{query}");
    assert!(without.iter().all(|hit| hit.tier == tier), "{query}");
    let explain = |hits: &[Hit]| {
        index
            .explain(query, &facts, &cases(hits), &|| false)
            .expect("nothing stops it")
    };
    assert_eq!(explain(with), matches(with), "{query}");
    let behind: HashSet<CaseIndex> = cases(without).into_iter().collect();
    let mut told = 0;
    for half in ["标签:单数", "-标签:单数"] {
        let known = index.search_with(&format!("{query} {half}"), &facts);
        assert_eq!((known.hits.len(), known.explained), (600, 128), "{query}");
        let hits: Vec<Hit> = known
            .hits
            .into_iter()
            .take(known.explained)
            .filter(|hit| behind.contains(&hit.case))
            .collect();
        assert_eq!(explain(&hits), matches(&hits), "{query} {half}");
        told += hits.len();
    }
    // Of those, as many as come with an answer stand before the others anyhow.
    assert_eq!(told, 128, "{query}");
}

#[test]
fn hits_behind_those_that_come_explained_are_explained_as_those_before() {
    check("海水稻", Tier::Exact);
    check("市农业局 街长制 海水稻", Tier::Exact);
    check("海水稻 -火星", Tier::Exact);
    check("haishuidao", Tier::PinyinInText);
    // By the sound of 街长制.
    check("街长治 海水稻", Tier::Homophone);
    check("五王大赛", Tier::Scattered);
    check("海水稻 五王大赛", Tier::Scattered);
}

#[test]
fn in_whatever_company_a_hit_is_explained_in_the_same_words() {
    let index = Index::build(seeds());
    let facts = FieldValues::default();
    let mut groups = HashSet::new();
    for query in [
        "海水稻",
        "地铁 创新",
        "即墨区|即墨市 审批",
        "2016 地铁",
        "标题:地铁 -海水稻",
        "ditie jishu",
        "manyidu",
        "街长治",
        "满意渡 群众",
        "五王大赛",
        "农村供水工程",
        "没有的栏:地铁",
        "街长治:五王大赛",
    ] {
        let found = index.search(query);
        assert_eq!(found.explained, found.hits.len(), "{query}");
        assert!(!found.hits.is_empty(), "{query}");
        groups.extend(found.hits.iter().map(|hit| hit.tier));
        for some in [1, 7, 94] {
            for hits in found.hits.chunks(some) {
                let explained = index
                    .explain(query, &facts, &cases(hits), &|| false)
                    .expect("nothing stops it");
                assert_eq!(explained, matches(hits), "{query}, {some} at a time");
            }
        }
    }
    assert_eq!(groups.len(), 4, "hits of every group were explained");
}

/// What a query's best hit is shown by, read from its text.
fn shown(index: &Index, query: &str) -> Vec<String> {
    let found = index.search(query);
    let hit = &found.hits[0];
    let told = &hit.matches[0];
    let corpus = seeds();
    let case = corpus.get(hit.case);
    let text: Vec<char> = case
        .block_text(&case.case.blocks[told.part as usize])
        .chars()
        .collect();
    let spans = told.spans.iter().map(|span| {
        text[span.start as usize..span.end as usize]
            .iter()
            .collect()
    });
    spans.collect()
}

#[test]
fn a_phrase_across_quotation_marks_is_shown_without_them() {
    let index = Index::build(seeds());
    for query in [
        "放管服改革 源:002",
        "“放管服”改革",
        "fangguanfugaige 源:002",
    ] {
        assert_eq!(shown(&index, query), ["放管服", "改革"], "{query}");
    }
    assert_eq!(shown(&index, "「放管服”改革」"), ["放管服”改革"]);
    assert_eq!(shown(&index, "「”改革力度」"), ["”改革力度"]);
}

#[test]
fn a_query_without_a_word_leaves_nothing_to_explain() {
    for query in ["", "-年:1999", "年:2015|2016"] {
        let found = MANY.search(query);
        assert_eq!((found.hits.len(), found.explained), (1200, 1200), "{query}");
    }
}

#[test]
fn a_case_that_is_not_found_has_no_match() {
    let facts = FieldValues::default();
    let explained = |query, cases: &[CaseIndex]| {
        let matches = MANY.explain(query, &facts, cases, &|| false);
        matches.expect("nothing stops it")
    };
    assert_eq!(explained("第7块地", &[CaseIndex(8)]), [[]]);
    assert_eq!(explained("海水稻", &[]), [] as [Vec<Match>; 0]);
}

#[test]
fn a_whole_figure_is_shown_before_one_that_it_is_cut_out_of() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let found = index.search("50亿元");
    let shown = &found.hits[0].matches[0];
    let case = corpus.get(found.hits[0].case);
    let text: Vec<char> = case
        .block_text(&case.case.blocks[shown.part as usize])
        .chars()
        .collect();
    let start = shown.spans[0].start as usize;
    let before: String = text[start - 2..start].iter().collect();
    assert_eq!(before, "超过");
}
