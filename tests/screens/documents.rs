//! The list and the page over documents of one's own.

use std::sync::Arc;

use anli::app::action::{Action, Effect};
use anli::app::{Library, Settings};
use anli::corpus::{CaseIndex, Corpus};
use anli::key::{Input, Key};
use anli::seeds::catalog::Catalog;
use anli::seeds::{Source, read};
use anli::store::Change;

use crate::support::screen::{SEEDS, Screen};

/// Three documents without cases, as they are found in a folder: a notice with its
/// number and date, a letter of the year after, and a text that prints no title.
const WHOLE: [(&str, &str); 3] = [
    (
        "2019/通知10.txt",
        "关于做好春季植树工作的通知\n示政办发〔2019〕12号\n各区政府，市直各单位：\n\
         现将春季植树有关事项通知如下，请认真抓好落实。\n示例市人民政府办公室\n2019年3月5日\n",
    ),
    (
        "2020/通知9.txt",
        "关于整理旧书的通知\n各单位：\n请于月底以前把旧书整理完毕，并报送清单。\n\
         示例市图书馆\n2020年1月8日\n",
    ),
    (
        "零散.txt",
        "这一段文字没有题目，只说明屋后的树什么时候栽下，由谁浇水。\n第二段说明浇水用的桶放在哪里。\n",
    ),
];

/// A list of three cases with the notice around it.
const LIST: (&str, &str) = ("list1.txt", include_str!("../documents/list1.txt"));

fn corpus(documents: &[(&str, &str)]) -> Corpus {
    let sources = documents
        .iter()
        .map(|(name, text)| Source::plain(*name, (*text).to_owned()));
    read(sources.collect(), &Catalog::default()).corpus
}

/// What the rows of the list's pane show.
fn rows(screen: &Screen) -> Vec<String> {
    let pane = screen
        .app
        .panes()
        .and_then(|panes| panes.list)
        .expect("the list is shown");
    let (buffer, _) = screen.buffer();
    let text = |y: u16| {
        let glyphs = screen.glyphs(&buffer, y);
        let inside = glyphs.filter(|(x, ..)| (pane.x + 2..pane.x + pane.columns).contains(x));
        inside.map(|(_, glyph, _)| glyph).collect::<String>()
    };
    let rows = (pane.y..pane.y + pane.rows).map(text);
    rows.map(|row| row.trim_end().to_owned())
        .filter(|row| !row.is_empty())
        .collect()
}

#[test]
fn a_list_of_documents_has_no_heads_and_says_date_and_file() {
    let screen = Screen::over(corpus(&WHOLE), 120, 36);
    let rows = rows(&screen);
    assert_eq!(
        rows[..4],
        [
            "关于做好春季植树工作的通知",
            "2019-03-05  整篇  通知10.txt  2019",
            "关于整理旧书的通知",
            "2020-01-08  整篇  通知9.txt  2020",
        ]
    );
    // It prints neither title nor date.
    assert_eq!(rows[4], "[这一段文字没有题目……]");
    assert_eq!(rows[5], "整篇 可信度低  零散.txt");
}

#[test]
fn documents_are_sorted_by_date_and_by_name() {
    let sorted = |order: &str| {
        let order = anli::app::order::Order::named(order).expect("there is such an order");
        let corpus = corpus(&WHOLE);
        let (hits, _) = order.sorted(anli::app::list::all(&corpus), &corpus, None);
        hits.iter()
            .map(|hit| corpus.get(hit.case).document.name.clone())
            .collect::<Vec<_>>()
    };
    let [notice, letter, bare] = WHOLE.map(|(name, _)| name);
    assert_eq!(sorted("newest"), [letter, notice, bare]);
    assert_eq!(sorted("oldest"), [notice, letter, bare]);
    assert_eq!(sorted("name"), [notice, letter, bare]);
    assert_eq!(sorted("length")[0], notice);
}

#[test]
fn figures_in_names_are_sorted_by_their_value() {
    let documents = ["卷10.txt", "卷9.txt", "卷009a.txt", "安.txt"]
        .map(|name| (name, "一段没有题目的文字，说明屋后的树是谁种的。\n"));
    let corpus = corpus(&documents);
    let order = anli::app::order::Order::Name;
    let (hits, _) = order.sorted(anli::app::list::all(&corpus), &corpus, None);
    let names: Vec<&str> = hits
        .iter()
        .map(|hit| corpus.get(hit.case).document.name.as_str())
        .collect();
    // 安 (an) comes before 卷 (juan).
    assert_eq!(names, ["安.txt", "卷009a.txt", "卷9.txt", "卷10.txt"]);
}

#[test]
fn beside_cases_documents_stand_below_one_head() {
    let mut documents = vec![LIST];
    documents.extend(WHOLE);
    let screen = Screen::over(corpus(&documents), 120, 60);
    let rows = rows(&screen);
    let whole = rows.iter().filter(|row| *row == "整篇").count();
    assert_eq!(whole, 1, "{rows:#?}");
    // The head over the cases of a document names it; it is of 2020.
    assert!(rows[0].starts_with("2020 条目"), "{}", rows[0]);
    assert!(rows[0].contains("国务院某厅关于"), "{}", rows[0]);
    // Below a head that says so, rows do not say it again.
    assert!(rows.contains(&"2019-03-05  通知10.txt  2019".to_owned()));
    // What the notice says outside of its list goes with it.
    let rest = rows.iter().position(|row| row.contains("其他文字"));
    let head = rows.iter().position(|row| row == "整篇");
    assert!(rest < head, "{rows:#?}");
}

#[test]
fn the_page_says_how_a_document_was_read_and_how_sure_that_is() {
    let screen = Screen::over(corpus(&WHOLE), 120, 36);
    let text = screen.text();
    assert!(text.contains("示政办发〔2019〕12号"), "{text}");
    assert!(text.contains("读作整篇，可信度中："), "{text}");
    let list = Screen::over(corpus(&[LIST]), 120, 36);
    assert!(
        list.text().contains("读作名单，可信度高："),
        "{}",
        list.text()
    );
    // The built-in documents were read by hand as well.
    assert!(!Screen::new(120, 36).text().contains("读作"));
}

#[test]
fn marks_of_a_document_are_shown_in_list_and_page() {
    let corpus = corpus(&WHOLE);
    let key = corpus.cases[0].key().to_owned();
    assert_ne!(key, corpus.cases[0].id.0);
    let mut screen = Screen::over(corpus, 120, 36);
    for change in [
        Change::Star {
            case: key.clone(),
            on: true,
        },
        Change::Tag {
            case: key.clone(),
            tag: "待读".to_owned(),
            on: true,
        },
        Change::Note {
            case: key,
            note: "问一问树种".to_owned(),
        },
    ] {
        screen.store.apply(change);
    }
    let state = Box::new(screen.store.state().clone());
    let mut screen = screen.act(Action::TakeKept(state));
    screen.input(Input::Key(Key::Down));
    let row = &rows(&screen)[1];
    assert!(row.contains("#待读"), "{row}");
    screen.input(Input::Key(Key::Up));
    let text = screen.text();
    assert!(text.contains("整篇  *  #待读"), "{text}");
    assert!(text.contains("笔记: 问一问树种"), "{text}");
}

/// The built-in library and one of the settings.
fn libraries() -> Settings {
    let library = |name: &str, paths: &str| Library {
        name: name.to_owned(),
        paths: paths.to_owned(),
    };
    Settings {
        libraries: vec![library("", ""), library("court", "/tmp/court")],
        ..Settings::default()
    }
}

#[test]
fn another_library_is_chosen_from_a_list() {
    let screen = Screen::set(80, 24, libraries()).press("B");
    let text = screen.text();
    assert!(text.contains("*  内置案例"), "{text}");
    assert!(text.contains("court"), "{text}");
    assert!(text.contains("/tmp/court"), "{text}");
    let screen = screen.press("{down}{enter}");
    let asked = screen
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::OpenLibrary(1)));
    assert_eq!(asked.count(), 1);
    // Where there is none, it is said how to add one.
    let alone = Screen::new(80, 24).press("B");
    assert!(alone.text().contains("[library."), "{}", alone.text());
}

#[test]
fn every_library_keeps_the_place_where_reading_stopped() {
    let corpus = Arc::new(corpus(&WHOLE));
    let mut screen = Screen::set(120, 36, libraries()).press("/养老{enter}");
    let built_in = screen.app.resume();
    assert_eq!((&*built_in.library, &*built_in.query), ("", "养老"));
    screen.store.apply(Change::Resume(built_in.clone()));
    let kept = |screen: &Screen| Action::TakeKept(Box::new(screen.store.state().clone()));
    let state = kept(&screen);
    screen.update(state);

    screen.app.change_library("/tmp/court".to_owned());
    assert_eq!(screen.app.library_name(), "court");
    screen.app.take_corpus(Arc::clone(&corpus));
    // A query of one library says nothing in another.
    assert_eq!(screen.app.filter.text(), "");
    let mut screen = screen.press("{down}{enter}");
    assert!(screen.text().contains("court"), "{}", screen.text());
    let court = screen.app.resume();
    assert_eq!(court.library, "/tmp/court");
    assert_eq!(court.case.as_deref(), Some(corpus.cases[1].key()));
    screen.store.apply(Change::Resume(court));
    let state = kept(&screen);
    screen.update(state);

    screen.app.change_library(String::new());
    let asked = screen.app.take_corpus(Arc::clone(&SEEDS));
    assert_eq!(screen.app.filter.text(), "养老");
    assert!(
        asked
            .iter()
            .any(|effect| matches!(effect, Effect::Search(query) if query == "养老"))
    );
    // The folder was moved: its place is known by what was read there.
    screen.app.change_library("/tmp/moved".to_owned());
    screen.app.take_corpus(Arc::clone(&corpus));
    let selected = screen.app.list.selected();
    assert_eq!(selected, Some(CaseIndex(1)));
}

#[test]
fn a_long_document_is_read_from_its_first_row_to_its_last_and_back() {
    // Longer than what is set of a document at once.
    let count = 2500;
    let paragraphs = (1..=count).map(|at| {
        let text = "说明屋后的树是哪一年栽下的，由谁浇水，浇水的桶放在哪里";
        format!("第{at}段{text}，{text}。\n")
    });
    let text: String = paragraphs.collect();
    let name = "长文.txt";
    let corpus = corpus(&[(name, &format!("关于种树的说明\n{text}"))]);
    let screen = Screen::over(corpus, 80, 24).press("{enter}");
    let starts = |screen: &Screen| -> Vec<usize> {
        let sheet = screen.app.page.sheet().expect("a page is shown");
        let rows = screen.app.page.top()..screen.app.page.rows();
        let shown = rows.take(screen.app.page.height());
        let starts = shown.filter_map(|row| {
            let text = sheet.set.row_text(row).strip_prefix('第')?;
            text.split_once('段')?.0.parse().ok()
        });
        starts.collect()
    };
    let mut screen = screen;
    let mut seen: Vec<usize> = Vec::new();
    loop {
        let before = screen.app.page.anchor();
        seen.extend(starts(&screen));
        screen.input(Input::Key(Key::PageDown));
        if screen.app.page.anchor() == before {
            break;
        }
    }
    seen.dedup();
    // A screen shows the last row of the one before once more.
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (1..=count).collect::<Vec<_>>());
    assert_eq!(screen.app.page.percent(), 100);
    let mut screen = screen.press("{home}");
    assert_eq!(screen.app.page.top(), 0);
    assert_eq!(starts(&screen)[0], 1);
    screen = screen.press("{end}");
    assert_eq!(starts(&screen).last(), Some(&count));
    // Back by rows, across the border of what is set.
    let mut last = count;
    for _ in 0..1500 {
        screen.input(Input::Key(Key::Up));
        if let Some(&first) = starts(&screen).first() {
            assert!(
                first == last || first + 1 == last || last == count,
                "{first} after {last}"
            );
            last = first;
        }
    }
    assert!(last < count - 200, "{last}");
    // Another width keeps the sentence at the top.
    let here = screen.app.page.anchor();
    let screen = screen.resize(100, 24);
    assert_eq!(screen.app.page.anchor(), here);
    // The lines of the document stand at the same place.
    let raw = screen.press("R");
    assert!(
        raw.text().contains(&format!("第{last}段")),
        "{}",
        raw.text()
    );
}
