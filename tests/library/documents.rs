//! Documents of every layout, and ones that only look like it: `tests/documents`, with
//! what a reader of each finds in `expected.tsv`.

use std::fs;
use std::path::Path;

use anli::case::{CaseRef, Completeness, Part};
use anli::seeds::catalog::Catalog;
use anli::seeds::{Library, Source, ledger, read};

const EXPECTED: &str = include_str!("../documents/expected.tsv");

fn text(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    fs::read_to_string(folder.join(name)).expect("the document is in the repository")
}

fn library(name: &str, text: String) -> Library {
    read(vec![Source::plain(name, text)], &Catalog::default())
}

/// One case as a row of `expected.tsv`.
fn row(case: CaseRef<'_>) -> String {
    let lines = case.case.lines;
    let title = case.title();
    let sections: Vec<String> = case
        .sections()
        .into_iter()
        .map(|section| format!("{} {}", section.level, section.heading))
        .collect();
    [
        case.document.name.clone(),
        case.document.basis.reader.english().to_owned(),
        format!("{}-{}", lines.first, lines.last),
        lines.list.map_or(String::new(), |line| line.to_string()),
        if case.title_printed() {
            title.into_owned()
        } else {
            String::new()
        },
        case.orgs(),
        case.group().unwrap_or_default().to_owned(),
        sections.join(" / "),
    ]
    .join("\t")
}

#[test]
fn every_document_is_read_as_a_careful_reader_does() {
    let rows: Vec<&str> = EXPECTED.lines().skip(1).collect();
    let mut names: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split('\t').next())
        .collect();
    names.dedup();
    assert!(names.len() > 15);
    for name in names {
        let library = library(name, text(name));
        let cases = library.corpus.iter().map(|(_, case)| case);
        let found: Vec<String> = cases
            .filter(|case| case.case.completeness != Completeness::Rest)
            .map(row)
            .collect();
        let expected: Vec<&str> = rows
            .iter()
            .copied()
            .filter(|row| row.starts_with(&format!("{name}\t")))
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn every_character_is_accounted_for_and_all_but_furniture_can_be_read() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents"))
        .expect("the folder is in the repository")
    {
        let path = entry.expect("it can be listed").path();
        let name = path
            .file_name()
            .expect("it is a file")
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".txt") {
            continue;
        }
        let library = library(&name, text(&name));
        let document = &library.corpus.documents[0];
        assert!(ledger(document).is_balanced(), "{name}");
        let all = library.corpus.cases.iter().chain(&library.corpus.rest);
        let shown: String = all
            .flat_map(|case| {
                let case = CaseRef { case, document };
                let blocks = case.case.blocks.iter().map(move |b| case.block_text(b));
                [case.title(), case.orgs().into()].into_iter().chain(blocks)
            })
            .flat_map(|text| text.chars().collect::<Vec<_>>())
            .filter(|c| !c.is_whitespace())
            .collect();
        let own = document
            .claims
            .iter()
            .filter(|(_, part)| *part == Part::Own);
        for line in own.flat_map(|(range, _)| document.slice(*range).lines()) {
            let text: String = line.split_whitespace().collect();
            assert!(shown.contains(&text), "{name}: {text}");
        }
    }
}

#[test]
fn a_document_without_cases_is_whole_and_never_the_full_text_of_a_case() {
    for row in EXPECTED.lines().filter(|row| row.contains("\twhole\t")) {
        let name = row.split('\t').next().expect("a row begins with the name");
        let corpus = library(name, text(name)).corpus;
        assert_eq!(corpus.len(), 1, "{name}");
        assert_eq!(corpus.cases[0].completeness, Completeness::Whole, "{name}");
        assert!(corpus.rest.is_empty(), "{name}");
    }
}

#[test]
fn what_a_document_says_of_itself_is_read_from_its_own_text() {
    let about = |name: &str| library(name, text(name)).corpus.documents[0].about.clone();
    let notice = about("list1.txt");
    assert_eq!(
        notice.title.as_deref(),
        Some("国务院某厅关于对大检查中发现的典型经验做法给予表扬的通报")
    );
    assert_eq!(notice.number.as_deref(), Some("国某发〔2020〕12号"));
    assert_eq!(notice.date.as_deref(), Some("2020-11-02"));
    assert_eq!(notice.year, Some(2020));
    let law = about("law1.txt");
    assert_eq!(law.title.as_deref(), Some("中华人民共和国示例促进法"));
    assert_eq!(law.date.as_deref(), Some("2019-04-23"));
    let letter = about("letter1.txt");
    assert_eq!(letter.number.as_deref(), Some("臨府農字第1100034567號"));
    assert_eq!(letter.date.as_deref(), Some("2021-06-07"));
    let digest = about("digest1.txt");
    assert_eq!(
        (digest.year, digest.date.as_deref()),
        (Some(2017), Some("2018-03-09"))
    );
    // The day on which a rule comes into force is not the day of the document.
    assert_eq!(about("law2.txt").date, None);
    let paper = about("paper1.txt");
    assert_eq!(paper.publisher.as_deref(), Some("南岭日报"));
    assert_eq!(paper.title, None);
}

#[test]
fn what_a_notice_says_outside_of_its_list_is_an_entry_of_its_own() {
    let corpus = library("list1.txt", text("list1.txt")).corpus;
    let rest = corpus
        .find("list1-0")
        .expect("the notice says more than its list");
    let rest = corpus.get(rest);
    assert_eq!(rest.case.completeness, Completeness::Rest);
    assert_eq!(
        rest.title(),
        "国务院某厅关于对大检查中发现的典型经验做法给予表扬的通报"
    );
    assert!(rest.text().contains("各地要认真学习。"));
    assert!(!rest.text().contains("厕所革命"));
}

#[test]
fn marks_follow_the_document_and_are_shown_at_no_other() {
    use anli::store::{Change, State};

    let text = text("comp1.txt");
    let of = |name: &str, text: &str| library(name, text.to_owned()).corpus;
    let corpus = of("汇编 2020.txt", &text);
    let key = corpus.cases[1].key().to_owned();
    let mut state = State::default();
    let star = Change::Star {
        case: key.clone(),
        on: true,
    };
    state.apply(star, 1);
    let starred = |corpus: &anli::corpus::Corpus| -> Vec<u32> {
        let cases = corpus.cases.iter();
        cases
            .filter(|case| state.starred(case.key()))
            .map(|case| case.number)
            .collect()
    };
    // Renamed and moved, with the line ends of another system.
    assert_eq!(starred(&of("b.txt", &text)), [2]);
    assert_eq!(starred(&of("b.txt", &text.replace('\n', "\r\n"))), [2]);
    // Another document of the same name.
    let other = text.replace("西岭市", "东岭市");
    assert!(starred(&of("汇编 2020.txt", &other)).is_empty());
    assert_eq!(corpus.find_key(&key).map(|index| index.0), Some(1));
}

#[test]
fn what_earlier_versions_kept_is_carried_over_once() {
    use anli::store::{Change, Store};

    let corpus = library("2018_a.txt", text("comp1.txt")).corpus;
    let mut store = Store::memory();
    let case = || "2018-2".to_owned();
    store.apply(Change::Star {
        case: case(),
        on: true,
    });
    store.apply(Change::Note {
        case: case(),
        note: "重读".into(),
    });
    let adopt = |store: &mut Store, corpus: &anli::corpus::Corpus| {
        let followed = anli::follow::follow(corpus, store.state(), |_| false);
        store.adopt(followed.changes);
    };
    adopt(&mut store, &corpus);
    let key = corpus.cases[1].key();
    assert!(store.state().starred(key));
    assert_eq!(store.state().note(key), "重读");
    // Another library, whose first document had the same id.
    let other = library("2018_b.txt", text("comp2.txt")).corpus;
    assert_eq!(other.former[1].0, "2018-2");
    adopt(&mut store, &other);
    assert!(!store.state().starred(other.cases[1].key()));
    assert_eq!(store.state().note(other.cases[1].key()), "");
}

#[test]
fn the_built_in_documents_keep_their_ids_and_their_marks() {
    let corpus = read(anli::seeds::embedded(), &Catalog::embedded()).corpus;
    assert!(corpus.former.is_empty());
    for case in &corpus.cases {
        assert_eq!(case.key(), case.id.0);
    }
}

#[test]
fn number_issuing_body_and_printed_date_reach_the_citation() {
    use anli::cite::{Element, Style, cite};

    let notice = "国务院办公厅关于推广第二批支持创新相关改革举措的通知\n国办发〔2018〕126号\n\
                  各省、自治区、直辖市人民政府：\n\
                  经国务院批准，第二批改革举措将在更大范围内复制推广，现将有关事项通知如下。\n\
                  国务院办公厅\n2018年12月23日\n";
    let corpus = library("126.txt", notice.to_owned()).corpus;
    let written = |style| cite(corpus.get(anli::corpus::CaseIndex(0)), style);
    let title = "国务院办公厅关于推广第二批支持创新相关改革举措的通知";
    assert_eq!(
        written(Style::Gbt2025).text,
        format!("国务院办公厅. {title}：国办发〔2018〕126号[Z]. 2018-12-23.")
    );
    assert_eq!(
        written(Style::Gbt2015).text,
        format!("国务院办公厅. {title}: 国办发〔2018〕126号[Z]. 2018-12-23.")
    );
    assert!(written(Style::Gbt2025).missing.is_empty());
    let bibtex = written(Style::BibTex).text;
    for field in [
        "author = {{国务院办公厅}}",
        "number = {国办发〔2018〕126号}",
        "date = {2018-12-23}",
    ] {
        assert!(bibtex.contains(field), "{bibtex}");
    }
    let ris = written(Style::Ris).text;
    for line in [
        "TY  - GOVDOC",
        "AU  - 国务院办公厅",
        "SN  - 国办发〔2018〕126号",
        "DA  - 2018/12/23",
    ] {
        assert!(ris.contains(line), "{ris}");
    }
    let csl: serde_json::Value =
        serde_json::from_str(&written(Style::CslJson).text).expect("it is JSON");
    assert_eq!(csl[0]["number"], "国办发〔2018〕126号");
    assert_eq!(csl[0]["author"][0]["literal"], "国务院办公厅");
    assert_eq!(
        csl[0]["issued"]["date-parts"],
        serde_json::json!([[2018, 12, 23]])
    );
    // Without its signature the body is not known, and is not made up.
    let bare = notice.replace("国务院办公厅\n2018", "2018");
    let corpus = library("126.txt", bare).corpus;
    let citation = cite(corpus.get(anli::corpus::CaseIndex(0)), Style::Gbt2025);
    assert_eq!(
        citation.text,
        format!("{title}：国办发〔2018〕126号[Z]. 2018-12-23.")
    );
    assert!(citation.missing.contains(&Element::Author));
}

#[test]
fn a_document_over_several_lines_is_cited_whole_and_by_all_who_sign_it() {
    use anli::cite::{Style, cite};

    let cite = |document: &str, style| {
        let corpus = library("1.txt", document.to_owned()).corpus;
        cite(corpus.get(anli::corpus::CaseIndex(0)), style)
    };
    let several = "甲市人民政府文件\n甲政字〔2021〕8号　　　签发人：王某\n\n甲市人民政府关于\n\
                   修建两条道路、\n改造一座桥梁的批复\n乙县人民政府：\n来文收悉，同意。\n\
                   甲市人民政府\n2021年4月6日\n";
    let citation = cite(several, Style::Gbt2025);
    assert_eq!(
        citation.text,
        "甲市人民政府. 甲市人民政府关于修建两条道路、改造一座桥梁的批复：甲政字〔2021〕8号[Z]. 2021-04-06."
    );
    assert_eq!((citation.missing, citation.inferred), (vec![], vec![]));
    let joint = "关于开展防汛检查的通知\n甲水函〔2020〕31号\n各区：\n现通知如下，请认真落实。\n\
                 甲市水利局　甲市应急管理局\n二○二○年十一月二十日\n";
    let citation = cite(joint, Style::Gbt2025);
    assert_eq!(
        citation.text,
        "甲市水利局，甲市应急管理局. 关于开展防汛检查的通知：甲水函〔2020〕31号[Z]. 2020-11-20."
    );
    assert_eq!((citation.missing, citation.inferred), (vec![], vec![]));
    let bibtex = cite(joint, Style::BibTex).text;
    assert!(
        bibtex.contains("author = {{甲市水利局} and {甲市应急管理局}}"),
        "{bibtex}"
    );
}

#[test]
fn lists_of_works_and_goods_and_calls_for_cases_hold_no_cases() {
    let entries = |titles: &[&str]| -> String {
        let bodies = [
            "清河县供电公司",
            "清河县教育局",
            "丁镇人民政府",
            "清河县图书馆",
            "清河县水务局",
        ];
        let numbered = (1..).zip(titles).zip(bodies);
        numbered
            .map(|((n, title), body)| format!("{n}. {title}（{body}）\n"))
            .collect()
    };
    let works = [
        "新建县城北大桥",
        "河西小学迁建",
        "古城墙修缮二期",
        "县图书馆扩建",
        "南塘水库除险",
    ];
    let documents = [
        format!("清河县2022年重点工程清单\n{}", entries(&works)),
        "清河县一季度产值表\n单位：万元\n镇\t一月\t二月\n甲镇\t12\t15\n乙镇\t8\t9\n".to_owned(),
        "清河县便民热线来电统计\n序号\t事项\t承办单位\n1\t路灯不亮\t县城管局\n2\t井盖丢失\t县水务局\n\
         3\t噪声扰民\t县公安局\n"
            .replace("便民", "政务"),
        "清河县委改革办关于征集2022年度典型案例的通知\n一、征集范围\n1.基层治理类案例；\n2.民生服务类案例；\n\
         3.生态保护类案例；\n4.产业发展类案例；\n5.其他案例。\n二、要求\n每个单位限报两个。\n"
            .to_owned(),
    ];
    for document in documents {
        let corpus = library("1.txt", document.clone()).corpus;
        let kinds: Vec<Completeness> = corpus
            .iter()
            .map(|(_, case)| case.case.completeness)
            .collect();
        assert_eq!(kinds, [Completeness::Whole], "{document}");
    }
    // The same list under the name of one of cases is one.
    let cases = format!("清河县2022年改革创新优秀案例名单\n{}", entries(&works));
    let corpus = library("1.txt", cases).corpus;
    let entries = corpus
        .iter()
        .filter(|(_, case)| case.case.completeness == Completeness::Entry);
    assert_eq!(entries.count(), works.len());
}

#[test]
fn a_body_that_no_list_knows_does_not_lose_its_case_to_the_one_before() {
    let bodies = [
        "清河县教育局",
        "清河索道厂",
        "清河县公安局",
        "清湖水文勘测队",
        "清河县民政局",
    ];
    let cases = bodies.iter().zip(1..).map(|(body, n)| {
        format!(
            "推行第{n}种错时停车\n{body}\n一、基本情况\n过去要跑几趟，群众有意见。\n\
                 二、主要做法\n专人上门，一次办好。\n"
        )
    });
    let corpus = library("1.txt", cases.collect()).corpus;
    let found: Vec<String> = corpus.iter().map(|(_, case)| case.orgs()).collect();
    assert_eq!(found, bodies);
}

#[test]
fn a_summary_on_the_level_of_its_stories_is_none_of_them() {
    let news = "# 某市新闻\n\n2024年5月6日 星期一\n\n## 本期要闻\n\n- 河堤加固完工\n- 两所学校开学\n\
                - 简讯\n\n## 河堤加固完工\n\n全长三公里。\n\n## 两所学校开学\n\n共有学生八百人。\n\n\
                ## 简讯\n\n### 明天有雨\n\n请带伞。\n";
    let text = anli::formats::read("news.md", news.into(), None).expect("it is sound");
    let corpus = read(vec![Source::of("news.md", text)], &Catalog::default()).corpus;
    // Beside the stories there is the text around them.
    let stories = corpus
        .iter()
        .map(|(_, case)| case)
        .filter(|case| case.case.completeness != Completeness::Rest);
    let titles: Vec<String> = stories.map(|case| case.title().into_owned()).collect();
    assert_eq!(titles, ["河堤加固完工", "两所学校开学", "简讯"]);
    let date = corpus
        .get(anli::corpus::CaseIndex(0))
        .document
        .about
        .date
        .clone();
    assert_eq!(date.as_deref(), Some("2024-05-06"));
}

#[test]
fn a_case_of_a_notice_is_cited_with_the_number_of_the_notice() {
    use anli::cite::{Style, cite};

    let corpus = library("list1.txt", text("list1.txt")).corpus;
    let case = corpus.get(anli::corpus::CaseIndex(0));
    let citation = cite(case, Style::Gbt2025).text;
    let host = "//国务院某厅关于对大检查中发现的典型经验做法给予表扬的通报：国某发〔2020〕12号. 国务院某厅，2020-11-02.";
    assert!(citation.contains(host), "{citation}");
    let bibtex = cite(case, Style::BibTex).text;
    assert!(bibtex.contains("（国某发〔2020〕12号）"), "{bibtex}");
    assert!(!bibtex.contains("  number ="), "{bibtex}");
}
