//! Documents that nobody has seen before: further ones of a known layout, ones
//! of none, and ones made to do harm.

use anli::case::{BlockKind, CaseRef, Category, Completeness, Confidence, Reader, Title};
use anli::seeds::catalog::Catalog;
use anli::seeds::{Library, Source, embedded, ledger, read};
use proptest::prelude::*;

fn document(name: &str, text: impl Into<String>) -> Source {
    Source::plain(name, text.into())
}

/// Reads a document that our catalog does not know.
fn read_one(text: &str) -> Library {
    read_all(vec![document("2018_new.txt", text)])
}

fn read_all(documents: Vec<Source>) -> Library {
    let catalog = Catalog::for_folder(None).expect("ours is sound");
    let library = read(documents, &catalog);
    for document in &library.corpus.documents {
        let ledger = ledger(document);
        assert!(ledger.is_balanced(), "{}: {ledger:?}", document.name);
    }
    library
}

fn cases(library: &Library) -> Vec<CaseRef<'_>> {
    library.corpus.iter().map(|(_, case)| case).collect()
}

fn warnings(library: &Library) -> Vec<(u32, &str)> {
    let warnings = library.warnings.iter();
    warnings
        .map(|warning| (warning.line, warning.message.english()))
        .collect()
}

const NO_YEAR: (u32, &str) = (
    1,
    "the award year is missing from both the text and the catalog",
);

/// One case as a line: lines, category, district, completeness, title, bodies.
fn row(case: CaseRef<'_>) -> String {
    let lines = case.case.lines;
    format!(
        "{}-{} {} {} {} | {} | {}",
        lines.first,
        lines.last,
        case.case.category.map_or("-", Category::name),
        case.case.area.as_deref().unwrap_or("-"),
        case.case.completeness.name(),
        case.title(),
        case.orgs()
    )
}

// A sixth document of each layout.

const DIGEST: &str = "\
本报讯 评选结果日前公布。
■2018年度全市政府系统创新工作案例
一、区市政府创新工作案例
1.推行“一窗受理” 打造政务服务新模式（城阳区政府）
2.3.0版智慧社区建设(即墨区政府、市大数据局)
二、市政府部门创新工作案例 1.推进海洋强市建设(市海洋发展局)
■内容提要
推行“一窗受理”
打造政务服务新模式
（城阳区政府）城阳区整合窗口。
企业办事不再跑腿。
3.0版智慧社区建设
(即墨区政府、市大数据局) 即墨区建设智慧社区。
推进海洋强市建设
(市海洋发展局) 市海洋发展局着力推进。
本报记者 王小明";

#[test]
fn a_further_digest_needs_no_new_code() {
    let library = read_one(DIGEST);
    assert_eq!(warnings(&library), []);
    let cases = cases(&library);
    let rows: Vec<String> = cases.iter().map(|case| row(*case)).collect();
    assert_eq!(
        rows,
        [
            "8-11 区市 城阳区 摘要 | 推行“一窗受理”\u{3000}打造政务服务新模式 | 城阳区政府",
            "12-13 区市 即墨区 摘要 | 3.0版智慧社区建设 | 即墨区政府、市大数据局",
            "14-15 部门 - 摘要 | 推进海洋强市建设 | 市海洋发展局",
        ]
    );
    assert_eq!(cases[0].text(), "城阳区整合窗口。\n企业办事不再跑腿。");
    let list: Vec<_> = cases.iter().map(|case| case.case.lines.list).collect();
    assert_eq!(list, [Some(4), Some(5), Some(6)]);
    let about = &library.corpus.documents[0].about;
    assert_eq!(about.year, Some(2018));
    assert_eq!(
        about.title.as_deref(),
        Some("2018年度全市政府系统创新工作案例")
    );
    assert_eq!(about.reporter.as_deref(), Some("王小明"));
}

#[test]
fn a_digest_whose_lists_and_abstracts_differ_is_told() {
    let text = DIGEST
        .replace("2.3.0版智慧社区建设(", "2.智慧社区(")
        .replace("建设\n(市海洋发展局) 市", "强市\n(市海洋局) 市")
        .replace("（城阳区政府）城阳", "（市行政审批局）城阳");
    let library = read_one(&text);
    assert_eq!(
        warnings(&library),
        [
            (6, "the case is listed, but no abstract follows"),
            (
                8,
                "line 4 of the list names other organisations for this case"
            ),
            (12, "line 5 of the list has another title for this case"),
            (
                14,
                "the case is in no list of the document; its category is that of its organisation"
            ),
        ]
    );
    assert_eq!(cases(&library).len(), 3);
    assert_eq!(cases(&library)[2].case.category, Some(Category::Department));
}

#[test]
fn a_line_between_abstracts_and_a_list_without_a_category_are_told() {
    let text = DIGEST
        .replace("二、市政府部门创新工作案例 1.", "1.")
        .replace("一、区市政府创新工作案例", "一、创新工作案例")
        .replace("3.0版智慧社区建设\n(", "城阳区供稿\n3.0版智慧社区建设\n(");
    let library = read_one(&text);
    assert_eq!(
        warnings(&library),
        [
            (
                4,
                "no heading of this list names a category; each case takes that of its organisation"
            ),
            (12, "a line among the abstracts belongs to no case"),
        ]
    );
    let categories: Vec<_> = cases(&library)
        .iter()
        .map(|case| case.case.category)
        .collect();
    let expected = [Category::District, Category::District, Category::Department];
    assert_eq!(categories, expected.map(Some));
}

#[test]
fn a_further_compilation_needs_no_new_code() {
    let library = read_one(
        "推行“一窗受理”\n打造政务服务新模式\n历下区政府\n\n一、案例背景\n背景文字。\n\
         建设国际航运中心\n市海洋发展局、青岛港集团\n1、 基本情况\n情况文字。\n",
    );
    assert_eq!(warnings(&library), [NO_YEAR]);
    let rows: Vec<String> = cases(&library).iter().map(|case| row(*case)).collect();
    assert_eq!(
        rows,
        [
            "1-6 区市 历下区 全文 | 推行“一窗受理”\u{3000}打造政务服务新模式 | 历下区政府",
            "7-10 部门 - 全文 | 建设国际航运中心 | 市海洋发展局、青岛港集团",
        ]
    );
}

#[test]
fn text_in_front_of_the_first_case_of_a_compilation_is_told() {
    let library = read_one("前言。\n本书收录案例。\n标题一行\n市教育局\n正文。\n");
    assert_eq!(
        warnings(&library),
        [
            (1, "text before the first case belongs to no case"),
            NO_YEAR
        ]
    );
    assert_eq!(
        row(cases(&library)[0]),
        "3-5 部门 - 全文 | 标题一行 | 市教育局"
    );
}

#[test]
fn a_further_report_needs_no_new_code() {
    let library = read_one(
        "2018年度创新工作案例评(píng)選结果揭晓\n\
         市大数据局的《数据多跑路 群众少跑腿》案例介绍,近年来成效明显。\n\
         为方便群众办事,城阳区政府推出“一窗受理”。\n\
         记者了解到,各区市都有创新。黄岛区推出新举措。\n\
         全市上下齐心协力。\n",
    );
    let rows: Vec<String> = cases(&library).iter().map(|case| row(*case)).collect();
    assert_eq!(
        rows,
        [
            "2-2 部门 - 报道 | 数据多跑路 群众少跑腿 | 市大数据局",
            "3-3 区市 城阳区 报道 | 为方便群众办事…… | 城阳区政府",
            "4-4 区市 黄岛区 报道 | 黄岛区推出新举措。 | 黄岛区",
        ]
    );
    assert_eq!(
        warnings(&library),
        [
            (3, "no title is printed; the first words are used instead"),
            (4, "no title is printed; the first words are used instead"),
        ]
    );
    assert_eq!(cases(&library)[2].case.year, Some(2018));
}

#[test]
fn the_title_of_an_official_paper_is_not_the_title_of_a_case() {
    let library = read_one(
        "市教育局的《青岛市学前教育条例》正式实施。\n市民政局《民政部参阅文件》获转发。\n",
    );
    let printed: Vec<bool> = cases(&library)
        .iter()
        .map(|case| case.title_printed())
        .collect();
    assert_eq!(printed, [false, true]);
}

#[test]
fn a_further_supplement_is_read_by_its_own_catalog() {
    let text = "\
青岛日报2022年3月2日特1版
改革再出发 奋进新征程
城阳:打造智慧城区
近年来,城阳区全面发力。

数据赋能 服务升级
推动治理现代化
城阳区建设平台,成效显著。
城阳区市民中心外景。
下一步将继续推进改革,力争再上台阶。
深化改革谱新篇
市大数据局携手城阳区推进改革。
责任编辑:李四
";
    let own = "[[document]]\nquote = '青岛日报2022年3月2日'\nyear = 2022\n\
               [[document.article]]\nheadline = '改革再出发'\n\
               [[document.article]]\nheadline = '深化改革谱新篇'\norg = '市大数据局'";
    let catalog = Catalog::for_folder(Some(own)).expect("has no mistake");
    let library = read(vec![document("2022.txt", text)], &catalog);
    assert_eq!((warnings(&library), &library.errors[..]), (vec![], &[][..]));
    let cases = cases(&library);
    let rows: Vec<String> = cases.iter().map(|case| row(*case)).collect();
    assert_eq!(
        rows,
        [
            "2-10 区市 城阳区 全文 | 改革再出发 奋进新征程\u{3000}城阳:打造智慧城区 | 城阳区",
            "11-12 部门 - 全文 | 深化改革谱新篇 | 市大数据局",
        ]
    );
    let sections = cases[0].sections();
    assert_eq!(sections.len(), 1);
    assert_eq!(
        sections[0].heading,
        "数据赋能 服务升级\u{3000}推动治理现代化"
    );
    let caption = cases[0]
        .case
        .blocks
        .iter()
        .find(|b| b.kind == BlockKind::Caption);
    assert_eq!(
        caption.map(|block| cases[0].document.slice(block.range)),
        Some("城阳区市民中心外景。")
    );
    let about = &library.corpus.documents[0].about;
    assert_eq!(about.date.as_deref(), Some("2022-03-02"));
    assert_eq!(about.publisher.as_deref(), Some("青岛日报"));
}

#[test]
fn a_supplement_that_no_catalog_knows_is_read_page_by_page_and_told() {
    let library = read_one(
        "青岛日报2022年3月2日特1版\n改革再出发\n近年来,城阳区全面发力。\n\
         青岛日报2022年3月2日特2版\n奋进新征程\n近年来,某地全面发力。\n",
    );
    let message = "the catalog lists no article of this page; it is read as one case";
    assert_eq!(
        warnings(&library),
        [
            (5, message),
            (5, "the article names no district of the catalog"),
        ]
    );
    let rows: Vec<String> = cases(&library).iter().map(|case| row(*case)).collect();
    assert_eq!(
        rows,
        [
            "2-3 区市 城阳区 全文 | 改革再出发 | 城阳区",
            "5-6 - - 全文 | 奋进新征程 | ",
        ]
    );
}

#[test]
fn a_page_of_a_newspaper_that_is_named_as_the_source_makes_no_supplement() {
    let library = read_one("关于改革\n文字。\n更多文字。\n青岛日报2021年12月1日特1版\n");
    assert_eq!(row(cases(&library)[0]), "1-4 - - 整篇 | 关于改革 | ");
}

#[test]
fn a_document_without_a_case_is_told() {
    let library = read_one("青岛日报2021年12月1日特1版\n");
    assert_eq!(warnings(&library), [(1, "the document has no case")]);
}

#[test]
fn a_document_is_known_by_its_text_whatever_its_name() {
    let mut sources = embedded();
    for (source, name) in sources
        .iter_mut()
        .zip(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"])
    {
        source.name = name.to_owned();
    }
    let library = read(sources, &Catalog::embedded());
    assert_eq!((library.corpus.len(), library.warnings.len()), (94, 0));
    assert_eq!(cases(&library)[49].case.id.0, "c-6");
}

// Documents of no layout.

#[test]
fn an_unknown_document_is_one_case_under_its_first_line() {
    let library = read_one("\n关于改革的几点思考\n\n第一段文字。\n一、背景\n第二段文字。\n");
    let cases = cases(&library);
    assert_eq!(cases.len(), 1);
    assert_eq!(row(cases[0]), "2-6 - - 整篇 | 关于改革的几点思考 | ");
    assert_eq!(cases[0].text(), "第一段文字。\n一、背景\n第二段文字。");
    assert_eq!(cases[0].case.completeness, Completeness::Whole);
    let basis = &cases[0].document.basis;
    assert_eq!(
        (basis.reader, basis.confidence),
        (Reader::Whole, Confidence::Medium)
    );
    assert_eq!(warnings(&library), []);
}

#[test]
fn a_first_line_that_is_a_text_is_not_taken_for_a_title() {
    let line = "为鼓励改革创新，市政府组织开展了评选活动。".repeat(40);
    let library = read_one(&line);
    let cases = cases(&library);
    assert!(matches!(&cases[0].case.title, Title::Editor(title) if title == "为鼓励改革创新……"));
    assert_eq!(cases[0].text(), line);
}

#[test]
fn an_empty_document_has_no_case() {
    for text in ["", "\n \r\n\t\n", "\u{feff}"] {
        let library = read_one(text);
        assert!(library.corpus.is_empty());
        assert_eq!(warnings(&library), [(1, "the document is empty")]);
    }
}

#[test]
fn two_documents_never_share_an_id() {
    let texts = ["关于改革\n文字。", "关于开放\n文字。"];
    let library = read_all(vec![
        document("2018_a.txt", texts[0]),
        document("2018_b.txt", texts[1]),
        document("汇编.txt", texts[0]),
    ]);
    let cases = cases(&library);
    let ids: Vec<&str> = cases.iter().map(|case| case.case.id.0.as_str()).collect();
    for id in &ids[..2] {
        assert!(id.starts_with("2018.") && id.ends_with("-1"), "{ids:?}");
    }
    assert_ne!(ids[0], ids[1]);
    // Ids are the same without the other documents.
    for (at, name) in ["2018_a.txt", "2018_b.txt", "汇编.txt"].iter().enumerate() {
        let alone = read_all(vec![document(name, texts[at % 2])]);
        assert_eq!(alone.corpus.cases[0].id.0, ids[at]);
    }
    assert_eq!(warnings(&library), []);
}

// Documents made to do harm.

#[test]
fn a_line_of_a_megabyte_is_read() {
    let many = |piece: &str| piece.repeat(1_000_000 / piece.len());
    for line in [
        many("改"),
        many("市教育局"),
        many("市北区。"),
        many("评(píng)"),
        many("评("),
        many("窗体顶端 "),
        many("窗体顶端\u{200b}\n"),
        many("\u{202e}"),
        many("(市教育局)"),
        many("1.题(市教育局) "),
        many("一、"),
        many("年度"),
        many("2021"),
        many("《》"),
        many(" "),
        many("青岛日报2022年3月2日特1版\n题\n"),
        many("题目\n市教育局\n"),
        many("1.题(市教育局)\n(市教育局) 文。\n"),
        format!("市教育局的《{}", many("题")),
    ] {
        let library = read_one(&line);
        let start: String = line.chars().take(12).collect();
        assert!(library.corpus.documents.len() == 1, "{start}");
    }
}

/// Pieces of documents: what the readers look for, and what may come between.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\u{3000}",
        "\u{a0}",
        "\t",
        "\r",
        "\0",
        "\u{feff}",
        "\u{200b}",
        "一、",
        "二、",
        "1、",
        "2、 ",
        "（一）",
        "(二)",
        "1.",
        "12.",
        "（1）",
        "(3)",
        "■",
        "市教育局",
        "市政府",
        "即墨市政府",
        "市北区",
        "黄岛区政府",
        "青岛高新区管委",
        "局",
        "(市教育局)",
        "（市北区政府）",
        "(市教育局、市北区政府) ",
        "()",
        "(",
        "（",
        ")",
        "）",
        "《",
        "》",
        "的",
        "为",
        "为了发展,",
        "。",
        "，",
        "、",
        "：",
        "；",
        "！",
        "……",
        "——",
        "“",
        "”",
        "评(píng)選",
        "(píng)",
        "窗体顶端",
        "案例",
        "2015年度",
        "全市政府系统创新工作案例",
        "2021-12-23",
        "青岛日报2021年12月1日特1版",
        "青島日報2021年12月1日特2版",
        "来源:青岛日报",
        "记者 郝园园",
        "责任编辑:某",
        "图1",
        "推行“一窗受理”",
        "打造政务服务新模式",
        "近年来,",
        "用改革的“沖擊鉆”破瓶頸",
        "市南區",
        "惟改革者进,惟创新者强,惟改革创新者胜。",
        "é",
        "𠀀",
        "e\u{301}",
        "市人社局針對現實生活中一些重特大疾病患者面臨的困境",
        "本市評選出2016年度全市政府系統創新工作案例",
        "青島日報2021年12月1日特1版\n",
    ])
}

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(piece(), 0..60);
    prop_oneof![
        9 => pieces.prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn whatever_the_text_every_character_is_accounted_for(
        texts in prop::collection::vec(text(), 1..3),
        lenient in any::<bool>(),
    ) {
        let names = ["a.txt", "b.txt"];
        let sources = texts.iter().zip(names).map(|(text, name)| document(name, text.as_str()));
        let catalog = if lenient { Catalog::for_folder(None).expect("ours is sound") } else { Catalog::embedded() };
        let library = read(sources.collect(), &catalog);
        for document in &library.corpus.documents {
            let ledger = ledger(document);
            prop_assert!(ledger.is_balanced(), "{:?}", ledger);
        }
        for case in cases(&library) {
            let lines = case.case.lines;
            let count = case.document.line_starts.len() as u32;
            prop_assert!(1 <= lines.first && lines.first <= lines.last && lines.last <= count);
            prop_assert!(!case.title().is_empty());
            let text = case.document.text();
            let mut end = 0;
            for block in &case.case.blocks {
                let range = block.range.bytes();
                prop_assert!(range.start >= end && range.start < range.end);
                // Tabs at the ends of a row part empty cells.
                let is_row = matches!(block.kind, BlockKind::Row { .. });
                let outer = |c: char| c.is_whitespace() && !(is_row && c == '\t');
                prop_assert_eq!(text[range.clone()].trim_matches(outer), &text[range.clone()]);
                let line = case.document.line_of(range.start);
                prop_assert!((lines.first..=lines.last).contains(&line));
                end = range.end;
            }
            for section in case.sections() {
                prop_assert!((1..=4).contains(&section.level));
                prop_assert!(!section.heading.contains('\n'));
            }
        }
        for warning in &library.warnings {
            let lines = library.corpus.documents.iter().find(|d| d.name == warning.document);
            let count = lines.map_or(0, |document| document.line_starts.len() as u32);
            prop_assert!((1..=count).contains(&warning.line));
        }
        let mut ids: Vec<&str> = cases(&library).iter().map(|c| c.case.id.0.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
    }
}

const FORMS: &str = "\
改革创新案例申报表
案例名称\t渔港“一船一码”出港报备
申报单位\t岙口区海洋发展局\t联系电话\t8642 1357
案例类别\t部门
主要做法\t出港前在码头扫码，船名、人数、航向一次报清，值班室当场核对，不再逐条填写纸质单据。
夜间出港的，由村里的协管员代为核对，次日补录。
取得成效\t全区四百一十二条渔船全部入网，报备用时由二十分钟缩短为两分钟。
改革创新案例申报表
案例名称\t社区食堂共建共营
申报单位\t岙口区民政局
案例类别\t部门
主要做法\t街道出场地，企业出设备，居民按年龄分档付费，菜价每季度由食堂理事会公布一次。
取得成效\t开设食堂九家，日均就餐两千一百人次，七十岁以上老人占六成。
";

#[test]
fn an_application_form_is_one_case() {
    let expected = [
        "2-7 部门 - 全文 | 渔港“一船一码”出港报备 | 岙口区海洋发展局",
        "9-13 部门 - 全文 | 社区食堂共建共营 | 岙口区民政局",
    ];
    // In a table, and with colons in place of its lines.
    for text in [
        FORMS.to_owned(),
        FORMS
            .replace("\t联系电话\t", "\n联系电话\t")
            .replace('\t', "："),
    ] {
        let library = read_one(&text);
        let found = cases(&library);
        let rows: Vec<String> = found
            .iter()
            .map(|case| {
                row(*case)
                    .split_once(' ')
                    .expect("lines first")
                    .1
                    .to_owned()
            })
            .collect();
        let without_lines = expected.map(|row| row.split_once(' ').expect("lines first").1);
        assert_eq!(rows, without_lines);
        let kinds: Vec<(BlockKind, String)> = found[0]
            .case
            .blocks
            .iter()
            .map(|block| (block.kind, found[0].block_text(block).into_owned()))
            .collect();
        let texts: Vec<&str> = kinds.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts[..4],
            [
                "联系电话：8642 1357",
                "案例类别：部门",
                "主要做法",
                "出港前在码头扫码，船名、人数、航向一次报清，值班室当场核对，不再逐条填写纸质单据。",
            ]
        );
        assert!(matches!(kinds[0].0, BlockKind::Field { .. }));
        assert!(matches!(kinds[2].0, BlockKind::Heading { .. }));
        assert_eq!(texts.len(), 7);
    }
    let rows: Vec<String> = cases(&read_one(FORMS)).into_iter().map(row).collect();
    assert_eq!(rows, expected);
}

#[test]
fn a_tender_with_labels_is_no_case() {
    let text = "岙口区政府采购公告\n项目名称：渔港监控设备更新\n采购单位：岙口区海洋发展局\n\
        采购内容：更换码头摄像机四十台，接入区视频平台，质保三年，投标人应有安防工程资质。\n\
        联系人：采购中心\n联系电话：8642 2468\n";
    let library = read_one(text);
    let found = cases(&library);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].case.completeness, Completeness::Whole);
}
