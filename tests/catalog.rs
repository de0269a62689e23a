//! The editor's catalog: what it may say, and how its mistakes are told.

use anli::case::Case;
use anli::language::{Language, Sentence};
use anli::seeds::catalog::Catalog;
use anli::seeds::{Library, Source, embedded, read};

const EMBEDDED: &str = include_str!("../seeds/catalog.toml");

fn with_catalog(toml: &str) -> Library {
    let catalog = Catalog::for_folder(Some(toml)).expect("the catalog has no mistake");
    read(embedded(), &catalog)
}

/// A case by its document and its number there. With a catalog of its own the library is
/// none of ours, and its ids carry a hash of the file's name.
#[track_caller]
fn case_of<'a>(library: &'a Library, document: &str, number: usize) -> &'a Case {
    let (start, end) = (format!("{document}."), format!("-{number}"));
    let mut cases = library.corpus.cases.iter();
    let found = cases.find(|case| case.id.0.starts_with(&start) && case.id.0.ends_with(&end));
    found.expect("is a case of the document")
}

fn english(sentences: &[Sentence]) -> Vec<&str> {
    sentences.iter().map(Sentence::english).collect()
}

/// The errors of reading the five documents with a catalog.
#[track_caller]
fn check(toml: &str, errors: &[&str]) {
    assert_eq!(english(&with_catalog(toml).errors), errors);
}

#[track_caller]
fn check_mistakes(toml: &str, mistakes: &[&str]) {
    let found = Catalog::parse(toml).expect_err("the catalog has mistakes");
    assert_eq!(english(&found), mistakes);
}

#[test]
fn the_embedded_catalog_has_no_mistake() {
    assert_eq!(Catalog::parse(EMBEDDED).err(), None);
}

#[test]
fn a_quote_that_stands_nowhere_is_told() {
    check(
        "[[document]]\nquote = '青岛日报2018年'\ntitle = '特刊'",
        &["catalog: document \"特刊\": the quote \"青岛日报2018年\" is in no document"],
    );
}

#[test]
fn a_quote_that_stands_twice_is_told() {
    // The headline of the report is printed on lines 3 and 10.
    check(
        "[[document]]\nquote = '更高水平“搞活一座城”'",
        &[
            "catalog: document \"更高水平“搞活一座城”\": the quote \"更高水平“搞活一座城”\" occurs \
             more than once: 002_480a3b4aff1897ca.txt line 3, \
             002_480a3b4aff1897ca.txt line 10",
        ],
    );
}

#[test]
fn two_entries_for_one_document_are_told() {
    check(
        "[[document]]\nquote = '惟改革者进'\n[[document]]\nquote = '我要爆料'",
        &[
            "catalog: document \"我要爆料\": the quote \"我要爆料\" is in \
             002_480a3b4aff1897ca.txt, which the quote \"惟改革者进\" already names",
        ],
    );
}

#[test]
fn a_title_for_a_case_that_cannot_be_found_is_told() {
    let entry = |quote: &str| {
        format!(
            "[[document]]\nquote = '惟改革者进'\nyear = 2021\n\
             [[document.case]]\nquote = '{quote}'\ntitle = '标题'"
        )
    };
    let told = |quote: &str, problem: &str| {
        check(
            &entry(quote),
            &[&format!(
                "catalog: document \"惟改革者进\": the case \"标题\": the quote {quote:?} {problem}"
            )],
        );
    };
    told("没有的话", "is not in the document");
    told("上合示范区", "occurs more than once: lines 24, 26");
    told(
        "法治是最好的营商环境",
        "is on line 40, in no case; an org would make it one",
    );
}

#[test]
fn an_org_makes_the_quoted_paragraph_a_case() {
    let library = with_catalog(
        "[[document]]\nquote = '惟改革者进'\nyear = 2021\n[[document.case]]\n\
         quote = '青岛开展“法治政府建设示范创建年”活动'\ntitle = '法治政府建设'\norg = '市司法局'",
    );
    assert_eq!(library.errors, []);
    let case = library
        .corpus
        .find("002-3")
        .map(|at| library.corpus.get(at));
    let case = case.expect("stands between the second and the third case of line 28 and 44");
    assert_eq!(
        (case.case.lines.first, case.orgs().as_str()),
        (40, "市司法局")
    );
    assert!(case.text().starts_with("着眼于为经济社会发展提供"));
    assert_eq!(case.title(), "法治政府建设");
}

#[test]
fn an_org_of_the_catalog_stands_above_what_the_text_shows() {
    let library = with_catalog(
        "[[document]]\nquote = '惟改革者进'\nyear = 2021\n[[document.case]]\n\
         quote = '山东自贸试验区青岛片区深入开展'\ntitle = '首创性改革'\norg = '黄岛区政府、市商务局'",
    );
    assert_eq!(library.errors, []);
    let case = library
        .corpus
        .find("002-2")
        .map(|at| library.corpus.get(at));
    let case = case.expect("the second case of the report");
    assert_eq!(case.orgs(), "黄岛区政府、市商务局");
    assert_eq!(case.case.area.as_deref(), Some("黄岛区"));
}

#[test]
fn a_title_for_a_case_that_has_one_is_told() {
    let entry = "[[document]]\nquote = '青島日報2021年12月1日特1版'\n\
                 [[document.article]]\nheadline = '用改革的“沖擊鉆”破瓶頸'\n\
                 [[document.case]]\nquote = '市南區前海一線。'\ntitle = '前海'";
    check(
        entry,
        &[
            "catalog: document \"青島日報2021年12月1日特1版\": the case \"前海\": the quote \
             \"市南區前海一線。\" is in the case of line 3, which prints a title",
        ],
    );
}

#[test]
fn an_article_whose_headline_begins_no_line_or_two_is_told() {
    let entry = |headline: &str| {
        format!(
            "[[document]]\nquote = '青島日報2021年12月1日特1版'\n\
             [[document.article]]\nheadline = '用改革的“沖擊鉆”破瓶頸'\n\
             [[document.article]]\nheadline = '{headline}'"
        )
    };
    check(
        &entry("破瓶頸"),
        &[
            "catalog: document \"青島日報2021年12月1日特1版\": the article \"破瓶頸\" begins no line",
        ],
    );
    check(
        &entry("用改革的"),
        &[
            "catalog: document \"青島日報2021年12月1日特1版\": the article \"用改革的\" begins \
             line 3, as another one does",
        ],
    );
    check(
        &entry("近年來,市"),
        &[
            "catalog: document \"青島日報2021年12月1日特1版\": the article \"近年來,市\" begins \
             more than one line: 5 and 30",
        ],
    );
}

#[test]
fn an_org_that_an_article_does_not_print_is_told() {
    check(
        "[[document]]\nquote = '青島日報2021年12月1日特1版'\n[[document.article]]\n\
         headline = '用改革的“沖擊鉆”破瓶頸'\norg = '嶗山區'",
        &[
            "catalog: document \"青島日報2021年12月1日特1版\": the article of line 3 does not \
             contain \"嶗山區\"",
        ],
    );
}

#[test]
fn every_mistake_of_a_file_is_told_with_its_line() {
    check_mistakes(
        "[[document]]\n\
         titel = '标题'\n\
         year = '2017'\n\
         date = '2017-13-01'\n\
         kind = 'newspapers'\n\
         [[document.case]]\n\
         quote = ''\n\
         [[orgs]]\n\
         name = '市人社局'\n",
        &[
            "line 1: [[document]] needs a \"quote\"",
            "line 2: [[document]] has no key \"titel\"; the nearest is \"title\"",
            "line 3: \"year\" must be a year such as 2017, without quotation marks",
            "line 4: \"date\" must be a date such as \"2016-03-01\", not \"2017-13-01\"",
            "line 5: \"kind\" cannot be \"newspapers\"; the nearest value is \"newspaper\"",
            "line 6: [[document.case]] needs a \"title\"",
            "line 7: \"quote\" must not be empty",
            "line 8: a catalog has no key \"orgs\"; the nearest is \"org\"",
        ],
    );
}

#[test]
fn values_of_the_wrong_kind_are_told() {
    check_mistakes(
        "[[org]]\nname = 5\nothers = '市人社局'\n[[area]]\nname = '即墨区'\nothers = [3]\n",
        &[
            "line 2: \"name\" must be a text in quotation marks",
            "line 3: \"others\" must be a list of texts, as in [\"市人社局\"]",
            "line 6: \"others\" must be a list of texts in quotation marks",
        ],
    );
    check_mistakes(
        "document = 3",
        &["line 1: \"document\" must be written [[document]]"],
    );
    check_mistakes(
        "[[document]]\nquote = '一'\nyear = 99999",
        &["line 3: \"year\" must be a year such as 2017, not 99999"],
    );
}

#[test]
fn a_body_that_several_became_may_be_named_for_each_of_them() {
    let library = with_catalog(
        "[[org]]\nname = '市教育局'\nlater = ['市教体局']\n\
         [[org]]\nname = '市体育局'\nlater = ['市教体局']",
    );
    assert_eq!(library.errors, []);
    for (number, canonical) in [(16, "市教育局"), (21, "市体育局")] {
        let org = &case_of(&library, "000", number).orgs[0];
        assert_eq!(org.canonical, canonical);
        assert!(org.others.contains(&"市教体局".to_owned()), "{org:?}");
    }
    check_mistakes(
        "[[area]]\nname = '即墨区'\nlater = ['即墨新区']",
        &["line 3: [[area]] has no key \"later\"; the nearest is \"name\""],
    );
}

#[test]
fn a_name_of_two_bodies_is_told() {
    check_mistakes(
        "[[org]]\nname = '甲局'\nothers = ['丙']\n[[org]]\nname = '乙局'\nothers = ['丙']\n",
        &["line 6: the name \"丙\" occurs twice in [[org]]"],
    );
}

#[test]
fn a_file_that_is_no_toml_is_told() {
    let mistakes = Catalog::parse("[[document]]\nquote = \n").expect_err("has a mistake");
    assert!(mistakes[0].starts_with("line 2: "), "{mistakes:?}");
}

#[test]
fn without_a_catalog_of_its_own_a_folder_uses_what_fits_of_ours() {
    let catalog = Catalog::for_folder(None).expect("ours is sound");
    let report = embedded().swap_remove(1);
    let library = read(vec![report], &catalog);
    assert_eq!(library.errors, []);
    assert_eq!(library.corpus.len(), 7);
    let case = library
        .corpus
        .find("001-6")
        .map(|at| library.corpus.get(at));
    let case = case.expect("the sixth case of the report");
    assert_eq!(
        case.title(),
        "探索軌道交通投融資改革 實現地鐵融資工作新突破"
    );
}

#[test]
fn what_there_is_of_our_documents_must_match_our_catalog() {
    let catalog = Catalog::for_folder(None).expect("ours is sound");
    let report = embedded().swap_remove(1);
    let without_the_last = report
        .text
        .split_inclusive('\n')
        .take(13)
        .collect::<String>();
    let cut_short = Source {
        text: without_the_last.into(),
        ..report
    };
    let errors = read(vec![cut_short], &catalog).errors;
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains("is not in the document"), "{errors:?}");
}

#[test]
fn our_names_apply_beside_a_folders_own() {
    let own = "[[org]]\nname = '某某局'\nothers = ['市教育局']";
    let library = with_catalog(own);
    let canonical = |document, number| &case_of(&library, document, number).orgs[0].canonical;
    assert_eq!(canonical("000", 16), "某某局");
    assert_eq!(canonical("001", 7), "市人力资源社会保障局");
    assert_eq!(canonical("000", 8), "即墨区政府");
}

#[test]
fn mistakes_are_told_in_chinese_as_well() {
    let chinese = |sentences: &[Sentence]| -> Vec<String> {
        let sentences = sentences.iter();
        sentences
            .map(|told| told.in_language(Language::Chinese).to_owned())
            .collect()
    };
    let library = with_catalog(
        "[[document]]\nquote = '惟改革者进'\nyear = 2021\n\
         [[document.case]]\nquote = '没有的话'\ntitle = '标题'\n\
         [[document]]\nquote = '青岛日报2018年'\ntitle = '特刊'",
    );
    assert_eq!(
        chinese(&library.errors),
        [
            "编目：文档“特刊”：引文“青岛日报2018年”不见于任何文档",
            "编目：文档“惟改革者进”：案例“标题”：引文“没有的话”不见于这篇文档",
        ]
    );
    let found = Catalog::parse(
        "[[document]]\ntitel = '标题'\nyear = '2017'\nkind = 'newspapers'\n[[orgs]]\nname = ''\n",
    );
    assert_eq!(
        chinese(&found.expect_err("the catalog has mistakes")),
        [
            "第 1 行：[[document]] 缺少 quote",
            "第 2 行：[[document]] 没有 titel 这个字段，最接近的是 title",
            "第 3 行：year 应为 2017 这样的年份，不加引号",
            "第 4 行：kind 不能是 \"newspapers\"，最接近的是 \"newspaper\"",
            "第 5 行：编目没有 orgs 这个字段，最接近的是 org",
        ]
    );
}
