//! What the cases say, against what a careful reader marked: evidence, related cases,
//! lineage; and comparison and counts.

use std::collections::{BTreeMap, BTreeSet};

use anli::case::{CaseRef, Document};
use anli::compare::{self, Part};
use anli::corpus::{CaseIndex, Corpus};
use anli::evidence::{self, Counts, Criterion, Scope};
use anli::lineage;
use anli::related::{MOST, ReasonKind, Relations};
use anli::seeds::{self, Source, catalog::Catalog};
use anli::stats;
use anli::topics::{self, Rules};

fn corpus() -> Corpus {
    seeds::read(seeds::embedded(), &Catalog::embedded()).corpus
}

/// A library of documents written for a test.
fn library(texts: &[&str]) -> Corpus {
    let documents: Vec<Document> = (0..)
        .zip(texts)
        .map(|(number, text)| Source::plain(format!("{number}.txt"), (*text).to_owned()))
        .map(seeds::cleaned)
        .collect();
    let catalog = Catalog::for_documents(None, &documents);
    seeds::read_cleaned(documents, &catalog).corpus
}

fn relations(corpus: &Corpus) -> Relations {
    let rules = Rules::embedded();
    let assigned = topics::assign_all(corpus, &rules);
    let names: Vec<Vec<&str>> = assigned
        .iter()
        .map(|topics| {
            let names = topics
                .iter()
                .map(|topic| &*rules.topics()[topic.topic].name);
            names.collect()
        })
        .collect();
    Relations::build(corpus, &names)
}

fn index(corpus: &Corpus, id: &str) -> CaseIndex {
    corpus.find(id).expect("the case is there")
}

/// A sentence that claims something: the criteria that it claims without doubt, and
/// those that a reader may also see in it.
struct Marked {
    begins: String,
    firm: Vec<String>,
    either: Vec<String>,
}

fn gold() -> BTreeMap<String, Vec<Marked>> {
    let mut cases: BTreeMap<String, Vec<Marked>> = BTreeMap::new();
    for line in include_str!("../gold/evidence.tsv").lines().skip(1) {
        let [case, begins, firm, either] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let names = |cell: &str| cell.split_whitespace().map(str::to_owned).collect();
        cases.entry(case.to_owned()).or_default().push(Marked {
            begins: begins.to_owned(),
            firm: names(firm),
            either: names(either),
        });
    }
    cases
}

/// The sentences of a case that claim something, each with its criteria.
fn claimed(case: CaseRef<'_>) -> Vec<(String, Vec<&'static str>)> {
    let text: Vec<char> = case.text().chars().collect();
    let claims = evidence::of_case(case).into_iter();
    let sentences = claims.map(|claim| {
        let span = claim.sentence.start as usize..claim.sentence.end as usize;
        let criteria = Criterion::ALL.into_iter().filter(|c| claim.is_for(*c));
        (
            text[span].iter().collect(),
            criteria.map(Criterion::name).collect(),
        )
    });
    sentences.collect()
}

/// Of the labels that a reader is sure of, nine in ten are given; of those given, six
/// in seven are labels that a reader may give.
#[test]
fn the_claims_of_six_cases_are_those_that_a_reader_marks() {
    let corpus = corpus();
    let (mut firm, mut found, mut given, mut backed) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (id, marked) in gold() {
        let case = corpus.get(corpus.find(&id).expect("the case is there"));
        let claimed = claimed(case);
        for mark in &marked {
            let sentence = claimed
                .iter()
                .find(|(text, _)| text.starts_with(&mark.begins));
            for name in &mark.firm {
                firm += 1;
                if sentence.is_some_and(|(_, names)| names.contains(&name.as_str())) {
                    found += 1;
                } else {
                    wrong.push(format!("{id} missed {name}: {}", mark.begins));
                }
            }
        }
        for (text, names) in &claimed {
            let mark = marked.iter().find(|mark| text.starts_with(&mark.begins));
            for name in names {
                given += 1;
                let known = |list: &Vec<String>| list.iter().any(|other| other == name);
                if mark.is_some_and(|mark| known(&mark.firm) || known(&mark.either)) {
                    backed += 1;
                } else {
                    wrong.push(format!("{id} no {name}: {text}"));
                }
            }
        }
    }
    let report = format!(
        "{found} of {firm} found, {backed} of {given} backed\n{}",
        wrong.join("\n")
    );
    assert!(found * 10 >= firm * 9, "{report}");
    assert!(backed * 7 >= given * 6, "{report}");
}

/// The criteria that a sentence claims.
#[track_caller]
fn claims(text: &str, expected: &[Criterion]) {
    let found: BTreeSet<Criterion> = evidence::of_paragraph(text, 0, 1)
        .iter()
        .flat_map(|claim| claim.cues.iter().map(|cue| cue.criterion))
        .collect();
    let found: Vec<Criterion> = found.into_iter().collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn words_count_by_their_place() {
    use Criterion::{Effect, Innovation, Leadership, Spread};
    claims("临湖区在全省率先推行河长巡查积分制。", &[Innovation]);
    claims("湖滨镇探索出一条垃圾分类的新路子。", &[Innovation]);
    claims("合格率居全省首位。", &[Leadership]);
    claims("项目荣获全国政务创新奖。", &[Leadership]);
    claims("办理时间由15天缩短到3天。", &[Effect]);
    claims("累计服务群众2万人次。", &[Effect]);
    claims("有效解决了出行难题。", &[Effect]);
    claims("省政府召开现场会，在全省推广临湖经验。", &[Spread]);
    claims("做法得到省领导批示肯定。", &[Spread]);
    claims("办件量是过去的3倍，", &[Effect]);
    claims("办理环节缩减26%，审批提速30%。", &[Effect]);
    claims("一批堵点得到综合治理。", &[Effect]);
    claims("半年内，8家企业获得贷款2600万元。", &[Effect]);
    claims("整治街巷，拆除违建，人居环境明显优化。", &[Effect]);
    claims("临湖区在全省最早开通专线。", &[Innovation]);
    claims("该局创新性出台准入制度。", &[Innovation]);
    claims("规模创造了全省新纪录。", &[Leadership]);
    claims("被省委改革办评为改革创新案例。", &[Leadership]);
    claims("网民关注达560万人次。", &[Effect]);
    claims("贵州、济南等多地到临湖区学习。", &[Spread]);
    claims("经验做法被省办、国办采用。", &[Spread]);
    claims("多家媒体予以报道。", &[Spread]);
    claims("省长批示：“很有意义。”", &[Spread]);
    claims(
        "率先推行，成效明显，并在全市推广。",
        &[Innovation, Effect, Spread],
    );
}

#[test]
fn names_aims_and_duties_claim_nothing() {
    for text in [
        "建设创新创业示范区和科技创新中心。",
        "工作人员第一时间赶到现场。",
        "出台奖补政策，以奖代补。",
        "力争提高群众满意度。",
        "到2030年，办理时间缩短到3天。",
        "下一步，将进一步提高服务水平。",
        "学习借鉴外地先进经验。",
        "推广应用节水新技术。",
        "印发《关于率先推行网格化的意见》。",
        "为提高效率，成立工作专班。",
        "一、领先性",
        "随着技术进步，互联网倒逼治理创新。",
        "计划用三年时间，引进人才100名，带动就业2万人。",
        "深耕实际需求，构建惠及公众的服务体系。",
        "为使临湖在全省率先跟上步伐，起草了意见。",
        "第三批示范项目获得申报资格。",
        "各单位与15个机构建立稳定联系。",
    ] {
        claims(text, &[]);
    }
}

#[test]
fn traditional_text_claims_the_same() {
    claims(
        "臨湖區在全省率先推行河長制，減少了污染。",
        &[Criterion::Innovation, Criterion::Effect],
    );
}

#[test]
fn a_cue_has_the_scope_of_its_clause() {
    let scope = |text| evidence::of_paragraph(text, 0, 1)[0].cues[0].scope;
    assert_eq!(scope("在全国率先建立。"), Some(Scope::Nation));
    assert_eq!(scope("在全省同行业率先建立。"), Some(Scope::Province));
    assert_eq!(scope("全市动员，率先建立。"), None);
    assert_eq!(
        scope("继全国之后、在江北省率先建立。"),
        Some(Scope::Province)
    );
    assert_eq!(scope("荣获“全国政务服务论坛”创新奖。"), None);
    assert_eq!(scope("总量居副省级城市首位。"), Some(Scope::Nation));
    assert_eq!(scope("服务国际化程度走在全国前列。"), Some(Scope::Nation));
    assert_eq!(scope("全市乃至全国首个平台。"), Some(Scope::Nation));
    assert_eq!(
        scope("在全国同类港口和全省企业中领先。"),
        Some(Scope::Nation)
    );
    assert_eq!(scope("江北省首个平台建成。"), Some(Scope::Province));
    // Who takes the lead is not among whom.
    assert_eq!(scope("临湖区率先推出办法。"), None);
}

#[test]
fn an_honour_has_the_scope_of_its_giver() {
    let scopes = |text| -> Vec<_> {
        let found = evidence::of_paragraph(text, 0, 1).remove(0);
        let named = found
            .cues
            .iter()
            .filter(|cue| cue.criterion == Criterion::Leadership);
        named.map(|cue| cue.scope).collect()
    };
    for (text, scope) in [
        ("园区获水利部先进称号。", Scope::Nation),
        ("临湖区荣获全省先进集体称号。", Scope::Province),
        ("该局被国务院评为先进集体。", Scope::Nation),
        ("国内首单县级项目荣获临江市金奖。", Scope::City),
    ] {
        let found = scopes(text);
        assert!(
            !found.is_empty() && found.iter().all(|found| *found == Some(scope)),
            "{text} {found:?}"
        );
    }
}

#[test]
fn places_of_evidence_are_in_its_text() {
    let corpus = corpus();
    for (_, case) in corpus.iter() {
        let length = case.text().chars().count() as u32;
        let claims = evidence::of_case(case);
        let mut last = 0;
        for claim in &claims {
            assert!(last <= claim.sentence.start && claim.sentence.end <= length);
            last = claim.sentence.end;
            for cue in &claim.cues {
                assert!(claim.sentence.start <= cue.span.start);
                assert!(cue.span.start < cue.span.end && cue.span.end <= claim.sentence.end);
            }
        }
        let counts = Counts::of(&claims);
        let most = Criterion::ALL.map(|criterion| counts.get(criterion));
        assert!(most.iter().all(|&count| count as usize <= claims.len()));
    }
}

/// Of the pairs that a reader names, nine in ten are among the first two.
#[test]
fn the_first_of_the_related_cases_are_those_that_a_reader_names() {
    let corpus = corpus();
    let relations = relations(&corpus);
    let mut missed = Vec::new();
    let mut pairs = 0;
    for line in include_str!("../gold/related.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        for (from, to) in [(cells[0], cells[1]), (cells[1], cells[0])] {
            pairs += 1;
            let related = relations.of(index(&corpus, from));
            let mut first = related.iter().take(2);
            if !first.any(|other| other.case == index(&corpus, to)) {
                missed.push(format!("{from} {to}"));
            }
        }
    }
    assert!(missed.len() * 10 <= pairs, "{missed:?} of {pairs}");
}

#[test]
fn relations_are_symmetric_few_and_reasoned() {
    let corpus = corpus();
    let relations = relations(&corpus);
    let mut scores = BTreeMap::new();
    for (case, _) in corpus.iter() {
        let related = relations.of(case);
        assert!(related.len() <= MOST);
        for other in related {
            assert_ne!(other.case, case);
            assert!((0.0..=1.0).contains(&other.score) && !other.reasons.is_empty());
            scores.insert((case, other.case), other.score);
        }
    }
    for (&(one, other), score) in &scores {
        let back = scores.get(&(other, one));
        assert!(back.is_none_or(|back| back == score));
    }
}

/// Two newspapers told of the same reforms.
#[test]
fn another_account_of_the_same_reform_comes_first() {
    let corpus = corpus();
    let relations = relations(&corpus);
    for (one, other) in [("002-3", "004-2"), ("002-5", "004-8")] {
        for (one, other) in [(one, other), (other, one)] {
            let related = relations.of(index(&corpus, one));
            assert_eq!(related[0].case, index(&corpus, other));
            assert_eq!(related[0].reasons[0].kind, ReasonKind::Story);
        }
    }
}

/// Of the chains that a reader finds, nine of eleven are found; of those shown, four in
/// five are chains to a reader.
#[test]
fn the_chains_are_those_that_a_reader_finds() {
    let corpus = corpus();
    let chains: Vec<BTreeSet<&str>> = lineage::chains(&corpus, &relations(&corpus))
        .iter()
        .map(|chain| {
            let ids = chain.cases.iter().map(|&case| &*corpus.get(case).case.id.0);
            ids.collect()
        })
        .collect();
    let gold: Vec<(BTreeSet<&str>, bool)> = include_str!("../gold/lineage.tsv")
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[1].split(' ').collect(), cells[2] == "must")
        })
        .collect();
    let must: Vec<&BTreeSet<&str>> = gold.iter().filter(|row| row.1).map(|row| &row.0).collect();
    let found = must
        .iter()
        .filter(|cases| chains.iter().any(|chain| chain.is_superset(cases)));
    let (found, of) = (found.count(), must.len());
    assert!(found * 11 >= of * 9, "{found} of {of}");
    let holds = |chain: &&BTreeSet<&str>| gold.iter().any(|(cases, _)| cases.is_superset(chain));
    let held = chains.iter().filter(holds).count();
    assert!(held * 5 >= chains.len() * 4, "{held} of {}", chains.len());
}

#[test]
fn a_link_has_two_signs_and_leads_to_a_later_year() {
    let corpus = corpus();
    for chain in lineage::chains(&corpus, &relations(&corpus)) {
        assert_eq!(chain.links.len() + 1, chain.cases.len());
        for link in &chain.links {
            let year = |case: CaseIndex| corpus.get(case).case.year;
            assert!(year(link.from) < year(link.to));
            assert!(link.evidence.len() >= 2, "{:?}", link.evidence);
        }
    }
}

#[test]
fn figures_that_changed_are_evidence() {
    let corpus = corpus();
    let chains = lineage::chains(&corpus, &relations(&corpus));
    let to = index(&corpus, "003-4");
    let mut links = chains.iter().flat_map(|chain| &chain.links);
    let link = links.find(|link| link.to == to).expect("it is linked");
    let mut figures = link
        .evidence
        .iter()
        .filter(|reason| reason.kind == ReasonKind::Figures);
    let values = &figures.next().expect("figures changed").values;
    assert_eq!(values[0], "1188個責任網格 → 135个责任网格");
}

#[test]
fn every_block_of_a_compared_case_is_in_one_row() {
    let corpus = corpus();
    let cases = ["003-9", "003-25", "001-2"].map(|id| corpus.get(index(&corpus, id)));
    let comparison = compare::of(&cases);
    for (number, case) in cases.iter().enumerate() {
        let mut blocks: Vec<usize> = comparison
            .rows
            .iter()
            .flat_map(|row| row.cells[number].iter().cloned().flatten())
            .collect();
        blocks.sort_unstable();
        assert_eq!(blocks, (0..case.case.blocks.len()).collect::<Vec<_>>());
    }
    let parts: Vec<Part> = comparison.rows.iter().map(|row| row.part).collect();
    let mut sorted = parts.clone();
    sorted.sort_unstable();
    assert_eq!(parts, sorted);
    // Households are counted in one case only, money in all three or two.
    let shared = |cells: &Vec<Vec<_>>| cells.iter().filter(|cell| !cell.is_empty()).count();
    let counts: Vec<usize> = comparison
        .figures
        .iter()
        .map(|row| shared(&row.cells))
        .collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
}

#[test]
fn every_table_adds_up_to_the_index() {
    let corpus = corpus();
    let all: Vec<CaseIndex> = corpus.iter().map(|(index, _)| index).collect();
    // Of two texts the median is the mean.
    let two = stats::of(&corpus, &all[..2], &[]);
    let (short, long) = (two.sizes.shortest, two.sizes.longest);
    let mean = f64::from(short + long) / 2.0;
    assert_eq!(two.sizes.median.to_string().parse::<f64>(), Ok(mean));
    for cases in [&all[..], &all[..10], &[]] {
        let stats = stats::of(&corpus, cases, &[]);
        let of = cases.len() as u32;
        assert_eq!(stats.cases, of);
        for table in [
            &stats.years,
            &stats.categories,
            &stats.areas,
            &stats.kinds,
            &stats.folders,
            &stats.sources,
        ] {
            assert_eq!(table.iter().map(|tally| tally.cases).sum::<u32>(), of);
        }
        for matrix in [&stats.by_category, &stats.by_area] {
            assert_eq!(matrix.cells.iter().flatten().sum::<u32>(), of);
            for (row, counts) in matrix.rows.iter().zip(&matrix.cells) {
                assert_eq!(counts.iter().sum::<u32>(), row.cases);
            }
        }
        let steps = stats.sizes.steps.iter().map(|step| step.cases);
        assert_eq!(steps.sum::<u32>(), of);
    }
    let stats = stats::of(&corpus, &all, &[]);
    let years: Vec<(Option<&str>, u32)> = stats
        .years
        .iter()
        .map(|tally| (tally.value.as_deref(), tally.cases))
        .collect();
    assert_eq!(
        years,
        [
            (Some("2015"), 37),
            (Some("2016"), 7),
            (Some("2017"), 33),
            (Some("2021"), 17)
        ]
    );
}

/// Everything that the floors say of a library.
fn say_all(corpus: &Corpus) {
    let relations = relations(corpus);
    for (index, case) in corpus.iter() {
        evidence::of_case(case);
        relations.of(index);
        compare::of(&[case, case]);
    }
    lineage::chains(corpus, &relations);
    let all: Vec<CaseIndex> = corpus.iter().map(|(index, _)| index).collect();
    stats::of(corpus, &all, &[]);
}

#[test]
fn libraries_of_any_size_are_read() {
    say_all(&Corpus::default());
    say_all(&library(&[""]));
    say_all(&library(&[
        "河长巡查积分制\n临湖区在全省率先推行河长制，减少了污染。\n",
    ]));
    say_all(&library(&[
        "　\n",
        "標題\n臨湖區率先推行，由30天縮短到5天。\n",
        "a\nb c d 1 2 3\n",
    ]));
    let long = format!(
        "长文\n{}\n",
        "率先推行河长制提高了效率，累计12个；".repeat(5000)
    );
    say_all(&library(&[&long]));
}

#[test]
fn two_documents_of_ones_own_are_related_by_their_words() {
    let corpus = library(&[
        "临湖区河长巡查积分制\n临湖区推行河长巡查积分制，河长巡查换积分，积分兑换绿化树苗。\n",
        "城西街道积分制\n街道学习河长巡查积分制，居民巡查换积分，绿化树苗进社区。\n",
        "老旧小区加装电梯\n市住建局补贴加装电梯，居民协商分摊费用。\n",
    ]);
    assert_eq!(corpus.len(), 3);
    let related = relations(&corpus).of(CaseIndex(0));
    assert_eq!(related[0].case, CaseIndex(1));
    assert_eq!(related[0].reasons[0].kind, ReasonKind::Practice);
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_the_text_claims_are_in_order_and_inside_it(
            pieces in prop::collection::vec(prop_oneof![
                Just("率先"), Just("全国"), Just("第一"), Just("由"), Just("3天"), Just("缩短"), Just("到"),
                Just("2020年"), Just("。"), Just("；"), Just("，"), Just("《"), Just("》"), Just("变"),
                Just("“"), Just("为"), Just("創新"), Just("将"), Just("累计"), Just("截至目前"), Just("推广"),
                Just("\u{3000}"), Just(" "), Just("12"), Just("了"), Just("得到"), Just("批示"), Just("a"),
            ], 0..30),
        ) {
            let text = pieces.concat();
            let length = text.chars().count() as u32;
            let mut last = 0;
            for claim in evidence::of_paragraph(&text, 0, 1) {
                prop_assert!(last <= claim.sentence.start && claim.sentence.end <= length);
                last = claim.sentence.end;
                for cue in &claim.cues {
                    prop_assert!(claim.sentence.start <= cue.span.start && cue.span.end <= claim.sentence.end);
                }
            }
        }

        #[test]
        fn whatever_the_documents_the_floors_answer(
            texts in prop::collection::vec("[率先推行提高了河长制区市局一二2015年，。；\n 《》（）]{0,80}", 0..4),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            say_all(&library(&texts));
        }
    }
}
