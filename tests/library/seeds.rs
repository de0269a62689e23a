//! What the five documents hold, as a careful reader finds it.
//!
//! The tables under `gold/` were written from reading the documents.

use std::borrow::Cow;

use anli::case::{BlockKind, CaseRef, Category, Document, Kind, Reader, Title};
use anli::corpus::Corpus;
use anli::seeds::catalog::Catalog;
use anli::seeds::{Library, Source, embedded, ledger, read};
use anli::text::script::to_simplified;
use sha2::{Digest, Sha256};

/// id, first, last and list line, year, category, area, completeness, title in
/// Simplified (empty where none is printed), bodies as printed, canonical names.
const CASES: &str = include_str!("../gold/cases.tsv");

/// id, line, level, heading.
const HEADINGS: &str = include_str!("../gold/headings.tsv");

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|row| row.split('\t').collect())
}

fn library() -> Library {
    read(embedded(), &Catalog::embedded())
}

#[track_caller]
fn case<'a>(corpus: &'a Corpus, id: &str) -> CaseRef<'a> {
    let index = corpus.find(id).unwrap_or_else(|| panic!("no case {id}"));
    corpus.get(index)
}

fn cases(corpus: &Corpus) -> impl Iterator<Item = CaseRef<'_>> {
    corpus.iter().map(|(_, case)| case)
}

#[test]
fn the_text_alone_shows_how_each_document_is_laid_out() {
    let catalog = include_str!("../../seeds/catalog.toml");
    let lines = catalog
        .lines()
        .filter(|line| !line.starts_with("reader = "));
    let catalog: String = lines.map(|line| format!("{line}\n")).collect();
    let catalog = Catalog::parse(&catalog).expect("the catalog has no mistakes");
    let documents = read(embedded(), &catalog).corpus.documents;
    let readers: Vec<Reader> = documents.iter().map(|read| read.basis.reader).collect();
    assert_eq!(
        readers,
        [
            Reader::Digest,
            Reader::Report,
            Reader::Report,
            Reader::Compilation,
            Reader::Newspaper
        ]
    );
}

#[test]
fn the_documents_are_the_ones_that_were_given() {
    let figures = [
        "fbeaa57ca2290d98183668c4eee97c381c4b1a2e72a23764a5c6274d0dda8bae  000_c8df632cfb2d134d.txt",
        "1bf933d40d695b2056a97f01aebc14b5673347d74e7012cbc22da1c81a3de5ad  001_6ec06563744fe9af.txt",
        "241107e750515c38962260182de042f67fbc966ed96933440f5e8ba83fe6bbd4  002_480a3b4aff1897ca.txt",
        "e6b4f70186fd54b4aeacc929dbd017ca72f55e669ae4e790355d4aab89bce26d  003_e708e3f89c99b752.txt",
        "483995d32f578022444a2703fe39d7460e138aaf34b8a10923fda0cc4bf31bf3  004_860cbca26c24b5e4.txt",
    ];
    let found = embedded().into_iter().map(|source| {
        let digest = Sha256::digest(source.text.as_bytes());
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{digits}  {}", source.name)
    });
    assert_eq!(found.collect::<Vec<_>>(), figures);
}

#[test]
fn the_ninety_four_cases_are_found_in_reading_order() {
    let corpus = library().corpus;
    let found: Vec<&str> = cases(&corpus).map(|case| case.case.id.0.as_str()).collect();
    let expected: Vec<&str> = rows(CASES).map(|row| row[0]).collect();
    assert_eq!(expected.len(), 94);
    assert_eq!(found, expected);
}

#[test]
fn every_case_has_its_title() {
    let corpus = library().corpus;
    for row in rows(CASES) {
        let case = case(&corpus, row[0]);
        assert_eq!(case.title_printed(), !row[8].is_empty(), "{}", row[0]);
        if case.title_printed() {
            assert_eq!(to_simplified(&case.title()), row[8], "{}", row[0]);
        }
    }
}

#[test]
fn the_cases_without_a_title_have_an_editors_one_in_the_script_of_their_text() {
    let corpus = library().corpus;
    let editors: Vec<(String, String)> = cases(&corpus)
        .filter(|case| !case.title_printed())
        .map(|case| (case.case.id.0.clone(), case.title().into_owned()))
        .collect();
    assert_eq!(editors.len(), 13);
    assert_eq!(
        editors[2],
        (
            "001-6".to_owned(),
            "探索軌道交通投融資改革 實現地鐵融資工作新突破".to_owned()
        )
    );
    assert_eq!(
        editors[10].1,
        "推出“琴岛e保”商业健康保险 形成医疗保障新模式"
    );
}

#[test]
fn every_case_has_its_bodies_under_their_printed_and_their_common_names() {
    let corpus = library().corpus;
    for row in rows(CASES) {
        let case = case(&corpus, row[0]);
        let canonical = case.case.orgs.iter().map(|org| org.canonical.as_str());
        assert_eq!(case.orgs(), row[9], "{}", row[0]);
        assert_eq!(
            canonical.collect::<Vec<_>>().join("、"),
            row[10],
            "{}",
            row[0]
        );
    }
}

#[test]
fn every_case_begins_and_ends_where_a_reader_sees_it() {
    let corpus = library().corpus;
    for row in rows(CASES) {
        let lines = case(&corpus, row[0]).case.lines;
        let list = lines.list.map_or(String::new(), |line| line.to_string());
        let found = [lines.first.to_string(), lines.last.to_string(), list];
        assert_eq!(found, [row[1], row[2], row[3]], "{}", row[0]);
    }
}

#[test]
fn every_case_has_its_year_category_area_and_completeness() {
    let corpus = library().corpus;
    for row in rows(CASES) {
        let case = case(&corpus, row[0]).case;
        let year = case.year.expect("every award year is known").to_string();
        let found = [
            year.as_str(),
            case.category.map_or("", Category::name),
            case.area.as_deref().unwrap_or(""),
            case.completeness.name(),
        ];
        assert_eq!(found, [row[4], row[5], row[6], row[7]], "{}", row[0]);
    }
}

#[test]
fn the_headings_are_the_real_ones_with_level_and_line() {
    let corpus = library().corpus;
    let found: Vec<String> = cases(&corpus)
        .flat_map(|case| {
            let id = &case.case.id;
            let sections = case.sections().into_iter();
            sections.map(move |s| format!("{id}\t{}\t{}\t{}", s.line, s.level, s.heading))
        })
        .collect();
    let expected: Vec<&str> = HEADINGS.lines().skip(1).collect();
    assert_eq!(expected.len(), 204);
    assert_eq!(found, expected);
}

#[test]
fn captions_are_told_from_paragraphs() {
    let corpus = library().corpus;
    let captions: Vec<_> = cases(&corpus)
        .flat_map(|case| {
            let blocks = case.case.blocks.iter();
            let captions = blocks.filter(|block| block.kind == BlockKind::Caption);
            captions.map(move |block| {
                let line = case.document.line_of(block.range.start as usize);
                (case.case.id.0.as_str(), line, case.block_text(block))
            })
        })
        .collect();
    let expected = [
        (
            "003-25",
            665,
            "图1  试点区农作物亩均综合灌溉水量对比图 单位：m3/亩",
        ),
        ("004-1", 9, "市南區前海一線。"),
        ("004-2", 45, "青島國際郵輪港區。"),
        ("004-5", 89, "即墨區墨水河畔鳥瞰。"),
        (
            "004-5",
            112,
            "即墨區一汽—大眾華東基地全新奧迪A3數字化生產線。",
        ),
    ];
    assert_eq!(captions.len(), expected.len());
    for ((id, line, text), expected) in captions.iter().zip(expected) {
        assert_eq!((*id, *line, text.as_ref()), expected);
    }
}

#[test]
fn every_paragraph_of_the_documents_is_read_once() {
    let corpus = library().corpus;
    for case in cases(&corpus) {
        let mut end = 0;
        for block in &case.case.blocks {
            let text = case.document.slice(block.range);
            assert_eq!(text, text.trim(), "{}", case.case.id);
            assert!(
                !text.is_empty() && block.range.start >= end,
                "{}",
                case.case.id
            );
            end = block.range.end;
        }
    }
}

// The hard places of each document.

#[test]
fn the_sixth_entry_of_a_list_may_begin_with_the_twenty_first_century() {
    let corpus = library().corpus;
    let case = case(&corpus, "000-21");
    assert_eq!(case.case.lines.list, Some(25));
    assert!(case.title().starts_with("21世纪海上丝绸之路“中国•青岛”号"));
    assert!(case.title().contains("(东北航线)"));
}

#[test]
fn three_phrases_on_two_lines_are_a_title_of_two_lines() {
    let corpus = library().corpus;
    for (id, first) in [
        ("000-9", "整合资源 加快融合"),
        ("000-14", "构建大部制 管理扁平化"),
    ] {
        let case = case(&corpus, id);
        let Title::Printed(lines) = &case.case.title else {
            panic!("{id} prints a title");
        };
        assert_eq!(lines.len(), 2, "{id}");
        assert_eq!(case.document.slice(lines[0]), first);
    }
}

#[test]
fn an_abstract_finds_its_entry_although_the_dash_is_another() {
    let corpus = library().corpus;
    let case = case(&corpus, "000-17");
    assert_eq!(case.case.lines.list, Some(21));
    assert!(
        case.title()
            .ends_with("\u{3000}——创新公共文化活动模式的探索与实践")
    );
}

#[test]
fn an_abstract_begins_behind_its_bodies() {
    let corpus = library().corpus;
    let text = case(&corpus, "000-1").text();
    assert!(text.starts_with("西海岸新区积极推行用地规划"), "{text}");
    assert!(text.ends_with("上报中央改革办。"), "{text}");
}

#[test]
fn the_byline_of_the_digest_belongs_to_no_case() {
    let corpus = library().corpus;
    assert!(cases(&corpus).all(|case| !case.text().contains("郝园园")));
}

#[test]
fn glosses_are_gone_and_their_places_are_kept() {
    let corpus = library().corpus;
    let document = &corpus.documents[1];
    assert_eq!(document.cuts.cuts.len(), 426);
    assert!(!document.text().contains('('));
    let at = document.text().find("評選").expect("stands on line 2");
    let raw = document.raw(document.cuts.to_raw(at)..document.raw_len());
    assert!(raw.starts_with("評(píng)選出2016年度"));
}

#[test]
fn a_sub_head_glued_to_a_sentence_is_no_part_of_the_case() {
    let corpus = library().corpus;
    let case = case(&corpus, "001-6");
    assert!(
        case.text()
            .starts_with("市地鐵工程建設指揮部是獲獎的唯一重點項目單位")
    );
    assert!(case.sections().is_empty());
}

#[test]
fn the_seventh_case_of_the_report_begins_inside_a_line() {
    let corpus = library().corpus;
    let case = case(&corpus, "001-7");
    assert!(case.text().starts_with("市人社局針對現實生活中"));
    assert_eq!(case.case.lines.first, 14);
}

#[test]
fn a_title_in_a_sentence_is_its_own_range_of_the_text() {
    let corpus = library().corpus;
    let case = case(&corpus, "001-4");
    let expected = "念好“五字經”,爭列“瑯琊榜”,推動國家級開發區考核評價實現新突破";
    assert_eq!(case.title(), expected);
    assert!(case.text().starts_with("青島開發區管委《念好“五字經”"));
}

#[test]
fn what_a_web_page_has_around_its_text_belongs_to_no_case() {
    let corpus = library().corpus;
    let texts: Vec<String> = cases(&corpus).map(|case| case.text()).collect();
    for furniture in [
        "分享到",
        "我要爆料",
        "青岛新闻网版权所有",
        "用好改革“冲击钻”",
        "青島日報2021",
    ] {
        assert!(
            texts.iter().all(|text| !text.contains(furniture)),
            "{furniture}"
        );
    }
}

#[test]
fn a_case_may_begin_with_what_it_is_for() {
    let corpus = library().corpus;
    let text = case(&corpus, "002-7").text();
    assert!(text.starts_with("为破解看病贵的难题,市医保局创新推出"));
}

#[test]
fn a_case_of_the_compilation_ends_where_the_next_head_begins() {
    let corpus = library().corpus;
    assert!(
        case(&corpus, "003-22")
            .text()
            .ends_with("为科学决策提供数据支撑。")
    );
    assert!(
        case(&corpus, "003-11")
            .title()
            .ends_with("构建“全产业链”招商大格局")
    );
}

#[test]
fn a_forms_leftover_between_title_and_body_is_gone() {
    let corpus = library().corpus;
    let case = case(&corpus, "003-31");
    assert_eq!(case.orgs(), "市经济信息化委");
    assert!(!case.document.text().contains("窗体顶端"));
    assert!(
        case.text()
            .starts_with("一、案例背景\n创新是经济发展的第一动力。")
    );
}

#[test]
fn text_may_stand_before_the_first_heading_and_without_any() {
    let corpus = library().corpus;
    for id in [2, 3, 9, 12, 15, 18, 19, 22, 28, 32] {
        let case = case(&corpus, &format!("003-{id}"));
        assert_eq!(case.case.blocks[0].kind, BlockKind::Paragraph, "{id}");
        assert!(!case.sections().is_empty(), "{id}");
    }
    for id in ["003-1", "003-16"] {
        assert!(case(&corpus, id).sections().is_empty(), "{id}");
    }
}

#[test]
fn a_sub_headline_of_two_lines_is_one_heading_on_its_first_line() {
    let corpus = library().corpus;
    let case = case(&corpus, "004-5");
    let first = &case.sections()[0];
    assert_eq!(
        (first.line, first.heading.as_ref()),
        (
            90,
            "發展需求“上岸” 改革攻堅“下海”\u{3000}打造改革與發展融合聯動“新棧橋”"
        )
    );
}

#[test]
fn the_lead_of_a_page_without_a_headline_belongs_to_no_case() {
    let corpus = library().corpus;
    let has = |text: &str| cases(&corpus).any(|case| case.text().contains(text));
    assert!(!has("潮起萊西湖畔"));
    assert!(!has("萊西市月湖公園全景"));
    assert!(!has("劉聰聰"));
    assert!(has("近年來,萊西市充分發揮國家和省戰略性試點"));
}

#[test]
fn a_short_lead_of_a_section_is_no_caption() {
    let corpus = library().corpus;
    let case = case(&corpus, "004-5");
    let lead = case.case.blocks.iter().find(|block| {
        let text = case.document.slice(block.range);
        text == "即墨區推出改革“組合拳”,打通項目落地全周期堵點。"
    });
    assert_eq!(lead.map(|block| block.kind), Some(BlockKind::Paragraph));
}

// What is known of the documents.

#[test]
fn the_documents_say_or_the_catalog_knows_what_they_are() {
    let corpus = library().corpus;
    let about = |document: &Document| {
        let about = document.about.clone();
        (
            about.publisher,
            about.date,
            about.reporter,
            about.year,
            about.kind,
        )
    };
    let some = |text: &str| Some(text.to_owned());
    let found: Vec<_> = corpus.documents.iter().map(about).collect();
    let news = Some(Kind::News);
    assert_eq!(
        found,
        [
            (
                some("半岛网"),
                some("2016-03-01"),
                some("郝园园"),
                Some(2015),
                news
            ),
            (None, some("2017-01-17"), some("李曉哲"), Some(2016), news),
            (
                some("青岛日报"),
                some("2021-12-23"),
                some("刘佳旎"),
                Some(2021),
                news
            ),
            (None, None, None, Some(2017), Some(Kind::Compilation)),
            (
                some("青島日報"),
                some("2021-12-01"),
                None,
                Some(2021),
                Some(Kind::Newspaper)
            ),
        ]
    );
    assert!(
        corpus
            .documents
            .iter()
            .all(|document| document.about.title.is_some())
    );
}

#[test]
fn nothing_about_the_documents_is_odd() {
    let library = library();
    assert_eq!(library.warnings, []);
    assert_eq!(library.errors, []);
}

#[test]
fn every_character_of_the_documents_is_accounted_for_once() {
    let corpus = library().corpus;
    for document in &corpus.documents {
        let ledger = ledger(document);
        assert_eq!(
            ledger.total,
            document.raw(0..document.raw_len()).chars().count()
        );
        assert_eq!(ledger.sum(), ledger.total, "{}", document.name);
        assert_eq!(ledger.unaccounted, 0, "{}", document.name);
        assert!(ledger.is_balanced(), "{}: {ledger:?}", document.name);
    }
    let noise = |at: usize| ledger(&corpus.documents[at]).noise;
    assert_eq!([noise(0), noise(2), noise(4)], [0, 0, 0]);
    assert_eq!(noise(3), "窗体顶端".chars().count());
    // The lists have a line each for 37 cases; nothing else has a list.
    assert_eq!(
        corpus
            .documents
            .iter()
            .filter(|d| ledger(d).list_entry > 0)
            .count(),
        1
    );
}

#[test]
fn a_document_is_kept_once_and_can_be_made_again_as_it_was_given() {
    let corpus = library().corpus;
    let has_noise: Vec<bool> = corpus
        .documents
        .iter()
        .map(|d| !d.noise.is_empty())
        .collect();
    assert_eq!(has_noise, [false, true, false, true, false]);
    for (document, given) in corpus.documents.iter().zip(embedded()) {
        // Without noise the text is the one that the binary carries.
        let is_copy = matches!(document.clean, Cow::Owned(_));
        assert_eq!(is_copy, !document.noise.is_empty());
        assert_eq!(document.raw(0..document.raw_len()), given.text);
        assert_eq!(document.line_starts.len(), given.text.lines().count());
        for (number, line) in (1..).zip(given.text.lines()) {
            assert_eq!(document.raw_line(number), line);
        }
    }
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    let plain = library();
    let crlf = embedded().into_iter().map(|source| Source {
        text: source.text.trim_end().replace('\n', "\r\n").into(),
        ..source
    });
    let crlf = read(crlf.collect(), &Catalog::embedded());
    assert_eq!(crlf.warnings, []);
    assert_eq!(crlf.errors, []);
    assert_eq!(crlf.corpus.len(), plain.corpus.len());
    for (found, expected) in cases(&crlf.corpus).zip(cases(&plain.corpus)) {
        assert_eq!(found.case.lines, expected.case.lines);
        assert_eq!(found.title(), expected.title());
        assert_eq!(found.text(), expected.text());
        assert_eq!(found.sections(), expected.sections());
    }
    assert!(
        crlf.corpus
            .documents
            .iter()
            .all(|document| ledger(document).is_balanced())
    );
    assert_eq!(crlf.corpus.documents[0].noise, "");
}
