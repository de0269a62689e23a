//! The editor's catalog: what it may say, and how its mistakes are told.

use anli::case::Case;
use anli::language::{Language, Sentence};
use anli::seeds::catalog::Catalog;
use anli::seeds::{Library, Source, embedded, ledger, read};

const EMBEDDED: &str = include_str!("../../seeds/catalog.toml");

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
        .map(|at| library.corpus.get(at))
        .expect("stands between the second and the third case of line 28 and 44");
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
        .map(|at| library.corpus.get(at))
        .expect("the second case of the report");
    assert_eq!(case.orgs(), "黄岛区政府、市商务局");
    assert_eq!(case.case.area.as_deref(), Some("黄岛区"));
}

#[test]
fn a_title_of_the_catalog_replaces_the_printed_one_which_stays_in_the_text() {
    let library = with_catalog(
        "[[document]]\nquote = '青島日報2021年12月1日特1版'\n\
         [[document.article]]\nheadline = '用改革的“沖擊鉆”破瓶頸'\n\
         [[document.case]]\nquote = '市南區前海一線。'\ntitle = '前海'\nyear = 2020",
    );
    assert_eq!(library.errors, []);
    let case = library
        .corpus
        .find("004-1")
        .map(|at| library.corpus.get(at))
        .expect("the article of the catalog");
    assert_eq!((&*case.title(), case.title_printed()), ("前海", false));
    assert_eq!(case.case.year, Some(2020));
    assert!(case.text().starts_with("用改革的“沖擊鉆”破瓶頸"));
    let twice = "[[document]]\nquote = '惟改革者进'\nyear = 2021\n\
                 [[document.case]]\nquote = '上合示范区始终把制度创新'\ntitle = '甲'\n\
                 [[document.case]]\nquote = '把制度创新摆在突出位置'\ntitle = '乙'";
    check(
        twice,
        &[
            "catalog: document \"惟改革者进\": the case \"乙\": the quote \"把制度创新摆在突出位置\" is \
             in the case of line 26, which already has the title \"甲\"",
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
         titel = '一'\n\
         [[orgs]]\n\
         name = '市人社局'\n",
        &[
            "line 1: [[document]] needs a \"quote\"",
            "line 2: [[document]] has no key \"titel\"; the nearest is \"title\"",
            "line 3: \"year\" must be a year such as 2017, without quotation marks",
            "line 4: \"date\" must be a date such as \"2016-03-01\", not \"2017-13-01\"",
            "line 5: \"kind\" cannot be \"newspapers\"; the nearest value is \"newspaper\"",
            "line 6: [[document.case]] needs a \"quote\" from the case, or its first line as \"start\"",
            "line 7: [[document.case]] has no key \"titel\"; the nearest is \"title\"",
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
        .map(|at| library.corpus.get(at))
        .expect("the sixth case of the report");
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

/// A collection that no layout of the readers fits: what is a title, an organisation or a
/// heading is shown by nothing but its sense.
const SHELF: &str = "\
资料室登记
整理人：阿青
三月的册子
菜场里的早课
退休教师自愿来讲
张老师每周二在菜场讲一堂课。
缘起
去年冬天，几个摊主问起孩子的功课。
做法
课桌是旧门板，黑板是铁皮。
夜里的灯
河边装了感应灯，人来就亮。
（归档完毕）
下一册待续";

/// What an editor writes about [`SHELF`]; `more` are keys of its document.
fn shelf(more: &str) -> String {
    format!(
        "[[document]]\nquote = '资料室登记'\ntitle_lines = 1\nyear = 2023\n{more}\n\
         [[document.case]]\nstart = '夜里的灯'\nend = '（归档完毕）'\norg = '湖心区水务局'\nyear = 2022\n\
         [[document.case]]\nstart = '菜场里的早课'\ntitle_lines = 2\nsections = ['缘起', '做法']\n"
    )
}

fn read_shelf(catalog: &str) -> Library {
    let catalog = Catalog::parse(catalog).expect("the catalog has no mistake");
    read(vec![Source::plain("shelf.txt", SHELF)], &catalog)
}

#[test]
fn a_catalog_marks_off_the_cases_of_any_document() {
    let library = read_shelf(&shelf(""));
    assert_eq!(library.errors, []);
    let cases: Vec<_> = library.corpus.iter().map(|(_, case)| case).collect();
    let titles: Vec<_> = cases.iter().map(|case| case.title()).collect();
    // What is in no case is an entry of its own, under the document's title.
    assert_eq!(
        titles,
        [
            "菜场里的早课\u{3000}退休教师自愿来讲",
            "夜里的灯",
            "资料室登记"
        ]
    );
    let lines: Vec<_> = cases
        .iter()
        .map(|case| (case.case.lines.first, case.case.lines.last))
        .collect();
    assert_eq!(lines[..2], [(4, 10), (11, 12)]);
    let sections: Vec<_> = cases[0]
        .sections()
        .into_iter()
        .map(|s| s.heading.into_owned())
        .collect();
    assert_eq!(sections, ["缘起", "做法"]);
    let years: Vec<_> = cases.iter().map(|case| case.case.year).collect();
    assert_eq!(years, [Some(2023), Some(2022), Some(2023)]);
    assert_eq!(cases[1].orgs(), "湖心区水务局");
    assert_eq!(cases[1].text(), "河边装了感应灯，人来就亮。");
    assert_eq!(
        cases[2].text(),
        "整理人：阿青\n三月的册子\n（归档完毕）\n下一册待续"
    );
    assert!(ledger(&library.corpus.documents[0]).is_balanced());
}

#[test]
fn a_border_that_begins_no_line_or_two_and_a_section_that_is_not_there_are_named() {
    let errors = |catalog: &str| {
        read_shelf(catalog)
            .errors
            .iter()
            .map(|e| e.english().to_owned())
            .collect::<Vec<_>>()
    };
    let document = "[[document]]\nquote = '资料室登记'\n";
    let case = |keys: &str| errors(&format!("{document}[[document.case]]\n{keys}"));
    let told = |what: &str| vec![format!("catalog: document \"资料室登记\": {what}")];
    assert_eq!(
        case("start = '无此行'"),
        told("the border \"无此行\" begins no line")
    );
    assert_eq!(
        case("start = '夜里的灯'\nend = '早课'"),
        told("the border \"早课\" begins no line")
    );
    assert_eq!(
        case("start = '夜里的灯'\n[[document.case]]\nstart = '夜里'"),
        told("the border \"夜里\" begins line 11, as another one does")
    );
    assert_eq!(
        case("start = '夜里的灯'\nsections = ['背景']"),
        told("the section \"背景\" begins no paragraph")
    );
    assert_eq!(
        errors(&format!("{document}reader = 'digest'")),
        told("reader = \"digest\" finds no case here; \"whole\" keeps the document in one piece")
    );
    // A line that another one repeats is marked off by the lines below it.
    let twice = "题\n甲做了第一件事。\n题\n乙做了第二件事。";
    let catalog = Catalog::parse(
        "[[document]]\nquote = '甲做了'\n[[document.case]]\nstart = \"题\\n甲\"\n[[document.case]]\nstart = \"题\\n乙\"",
    );
    let library = read(
        vec![Source::plain("twice.txt", twice)],
        &catalog.expect("no mistake"),
    );
    assert_eq!(library.errors, []);
    assert_eq!(library.corpus.len(), 2);
}

#[test]
fn keys_of_a_case_that_do_not_go_together_are_named() {
    let mistakes = |keys: &str, told: &str| {
        check_mistakes(
            &format!("[[document]]\nquote = '一'\n[[document.case]]\n{keys}"),
            &[&format!("line 3: [[document.case]] {told}")],
        );
    };
    mistakes(
        "quote = '一'\nstart = '二'",
        "has either a \"quote\" or a \"start\"",
    );
    mistakes(
        "quote = '一'\nend = '二'",
        "takes \"end\" and \"title_lines\" only with a \"start\"",
    );
    mistakes(
        "start = '一'\ntitle = '二'\ntitle_lines = 1",
        "has either a \"title\" or \"title_lines\"",
    );
    check_mistakes(
        "[[document]]\nquote = '一'\ntitle_lines = 40\nreader = 'books'",
        &[
            "line 3: \"title_lines\" must be a number of lines from 0 to 19, not 40",
            "line 4: \"reader\" cannot be \"books\"; the nearest value is \"whole\"",
        ],
    );
}

#[test]
fn a_document_may_be_kept_whole_and_its_headings_named() {
    let two = "甲区试行夜市登记\n湖心区政府\n一、背景\n摊主很多。\n二、做法\n先登记。\n\
               乙区改造旧码头\n滨湖区政府\n一、背景\n码头老了。\n二、做法\n先测量。\n";
    let cases = |keys: &str| {
        let catalog = Catalog::parse(&format!("[[document]]\nquote = '摊主很多'\n{keys}"));
        let library = read(
            vec![Source::plain("two.txt", two)],
            &catalog.expect("no mistake"),
        );
        assert_eq!(library.errors, []);
        library
    };
    assert_eq!(cases("").corpus.len(), 2);
    let whole = cases(
        "reader = 'whole'\ntitle_lines = 0\nsections = ['甲区', '乙区']\nnumber = '湖政〔2023〕5号'",
    );
    assert_eq!(whole.corpus.len(), 1);
    let case = whole.corpus.iter().next().expect("one entry").1;
    let sections: Vec<_> = case
        .sections()
        .into_iter()
        .map(|s| s.heading.into_owned())
        .collect();
    assert_eq!(sections, ["甲区试行夜市登记", "乙区改造旧码头"]);
    assert_eq!(
        case.document.about.number.as_deref(),
        Some("湖政〔2023〕5号")
    );
}

/// What is shown of every case of a library.
fn cases_of(library: &Library) -> Vec<String> {
    let case = |case: anli::case::CaseRef<'_>| {
        format!(
            "{} {:?} {:?} {} | {} | {:?}\n{}",
            case.case.id,
            case.case.lines,
            case.case.year,
            case.title(),
            case.orgs(),
            case.sections(),
            case.text()
        )
    };
    library
        .corpus
        .iter()
        .map(|(_, found)| case(found))
        .collect()
}

#[test]
fn a_first_catalog_changes_nothing_when_it_is_read_back() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let texts = std::fs::read_dir(folder).expect("the documents are there");
    let mut sources: Vec<Source> = texts
        .map(|entry| entry.expect("a document is listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| {
            let name = path
                .file_name()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            Source::plain(
                name,
                std::fs::read_to_string(&path).expect("a document is text"),
            )
        })
        .collect();
    sources.extend(embedded());
    sources.push(Source::plain("shelf.txt", SHELF));
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    let before = read(sources.clone(), &Catalog::default());
    for language in [Language::Chinese, Language::English] {
        let written = anli::first_catalog::write(&before.corpus, language);
        let catalog = Catalog::parse(&written).expect("a first catalog has no mistake");
        let after = read(sources.clone(), &catalog);
        assert_eq!(after.errors, []);
        let (after_cases, before_cases) = (cases_of(&after), cases_of(&before));
        for (after, before) in after_cases.iter().zip(&before_cases) {
            assert_eq!(after, before);
        }
        assert_eq!(after_cases.len(), before_cases.len());
        // Everything has an entry now.
        let again = anli::first_catalog::write(&after.corpus, language);
        assert!(!again.contains("[["), "{again}");
    }
    // What a reader found by its own signs is marked off, so that it can be moved.
    let written = anli::first_catalog::write(&before.corpus, Language::English);
    assert!(written.matches("\nstart = ").count() > 30, "{written}");
}

proptest::proptest! {
    #[test]
    fn whatever_is_marked_off_every_character_is_accounted_for(
        marks in proptest::collection::vec((0..14_usize, 0..4_usize, proptest::option::of(0..14_usize)), 1..6),
    ) {
        let lines: Vec<&str> = SHELF.lines().collect();
        let mut toml = "[[document]]\nquote = '资料室登记'\n".to_owned();
        for (start, title_lines, end) in marks {
            toml += &format!("[[document.case]]\nstart = '{}'\ntitle_lines = {title_lines}\n", lines[start]);
            if let Some(end) = end {
                toml += &format!("end = '{}'\n", lines[end]);
            }
        }
        let library = read_shelf(&toml);
        assert!(ledger(&library.corpus.documents[0]).is_balanced());
        for (_, case) in library.corpus.iter() {
            let ends = case.case.blocks.iter().map(|block| block.range);
            assert!(ends.clone().zip(ends.skip(1)).all(|(one, next)| one.end <= next.start));
        }
    }
}
