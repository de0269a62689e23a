//! What the cases say: the tables of figures, and the lens for evidence. What is expected
//! was read in the documents.

use anli::app::Settings;
use anli::app::action::Effect;
use anli::case::{About, Completeness};
use anli::corpus::Corpus;
use anli::language::Language;
use ratatui::style::Modifier;

use crate::handmade::{Handmade, Parts};
use crate::support::screen::Screen;
use crate::{SIZES, kept};

/// Two cases of somebody's own, with figures and claims.
fn own() -> Corpus {
    let text = "老旧小区改造的三步走\n一、主要做法\n\
                在全国率先实行居民自筹。全区改造小区12个，惠及居民3400户，投入资金1.2亿元。\n\
                二、成效\n满意率由76%提高到93%。\n\
                走访居民听取意见\n我们走访居民，听取意见。\n";
    Handmade::new()
        .document("本单位/春季.txt", text, About::default())
        .case(Parts {
            id: "春季-1",
            completeness: Completeness::Full,
            title: &["老旧小区改造的三步走"],
            blocks: &[
                "§一、主要做法",
                "在全国率先实行居民自筹。全区改造小区12个，惠及居民3400户，投入资金1.2亿元。",
                "§二、成效",
                "满意率由76%提高到93%。",
            ],
            ..Parts::default()
        })
        .case(Parts {
            id: "春季-2",
            completeness: Completeness::Full,
            title: &["走访居民听取意见"],
            blocks: &["我们走访居民，听取意见。"],
            ..Parts::default()
        })
        .corpus()
}

fn english(columns: u16, rows: u16) -> Screen {
    let settings = Settings {
        language: Language::English,
        ..Settings::default()
    };
    Screen::set(columns, rows, settings)
}

/// The first cells of the items of the table, in order.
fn quotes(screen: &Screen) -> Vec<String> {
    let picker = screen.app.overlay.picker.as_ref().expect("a table is open");
    picker.shown().map(|(item, _)| item.key.clone()).collect()
}

#[test]
fn figures_of_a_case_are_listed_with_the_sentence_of_the_selected_one() {
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("/003-21{enter}d"));
    }
}

#[test]
fn figures_of_all_that_is_listed_by_kind() {
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("D{tab}{tab}"));
    }
    kept!(english(80, 24).press("D{tab}{tab}{tab}"));
}

#[test]
fn own_figures_are_sorted_by_value_kind_and_unit() {
    let screen = Screen::over(own(), 100, 30).press("d");
    assert_eq!(quotes(&screen), ["12个", "3400户", "1.2亿元", "76%", "93%"]);
    let screen = screen.press("{tab}");
    assert_eq!(quotes(&screen), ["1.2亿元", "3400户", "93%", "76%", "12个"]);
    let screen = screen.press("{tab}");
    assert!(screen.text().contains("金额"), "kinds are headings");
    let by_kind = quotes(&screen);
    assert_eq!(by_kind.first().map(String::as_str), Some("1.2亿元"));
    let screen = screen.press("{tab}{tab}");
    assert_eq!(quotes(&screen), ["12个", "3400户", "1.2亿元", "76%", "93%"]);
}

#[test]
fn typing_filters_figures_by_what_they_count_their_unit_and_their_sentence() {
    let listed = |typed: &str| quotes(&Screen::over(own(), 100, 30).press("D").press(typed));
    assert_eq!(listed("户"), ["3400户"]);
    assert_eq!(listed("93"), ["93%"]);
    assert_eq!(listed("满意率"), ["76%", "93%"]);
    assert_eq!(listed("金额"), ["1.2亿元"]);
    assert_eq!(listed("没有这个"), [""; 0]);
}

#[test]
fn enter_goes_to_the_figure_and_marks_the_others_of_the_case() {
    let screen = Screen::over(own(), 100, 30).press("D93{enter}");
    assert_eq!(screen.reading(), Some("春季-1"));
    assert_eq!(screen.runs(Modifier::REVERSED), ["93%"]);
    assert!(screen.text().contains("5/5"), "{}", screen.text());
    let screen = screen.press("N");
    assert_eq!(screen.runs(Modifier::REVERSED), ["76%"]);
    // The table is where it was left.
    let screen = screen.press("D");
    assert_eq!(quotes(&screen), ["93%"]);
    // Esc takes the table away, then the marks.
    let screen = screen.press("{esc}{esc}");
    assert_eq!(screen.runs(Modifier::REVERSED), [""; 0]);
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("/003-21{enter}d57{enter}"));
    }
}

#[test]
fn the_rows_shown_are_exported() {
    let screen = Screen::over(own(), 100, 30).press("D满意率{ctrl-s}");
    assert!(
        screen.text().contains("anli-figures.csv"),
        "{}",
        screen.text()
    );
    let screen = screen.press("{enter}{enter}");
    let Some(Effect::Export(export)) = screen.effects.last() else {
        panic!("nothing is written: {:?}", screen.effects);
    };
    let anli::app::action::Contents::Text(text) = &export.contents else {
        panic!("{export:?}");
    };
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "a head and two rows: {text}");
    assert!(lines[0].starts_with("\u{feff}case,quote,start,end,value"));
    assert!(lines[2].contains(",93%,"), "{text}");
}

#[test]
fn where_there_are_no_figures_the_reader_learns_where_others_are() {
    let screen = Screen::over(own(), 80, 24).press("{down}d");
    assert!(screen.app.overlay.picker.is_none());
    assert!(screen.text().contains("按 D 查看列表中全部案例的数字"));
    let screen = Screen::over(Corpus::default(), 80, 24).press("D");
    assert!(screen.text().contains("--seeds"), "{}", screen.text());
}

#[test]
fn the_lens_names_cue_and_scope_and_goes_from_claim_to_claim() {
    let screen = Screen::over(own(), 100, 30).press("L");
    assert!(screen.text().contains("*创新性"), "{}", screen.text());
    let screen = screen.press("n");
    let last = screen.rows().pop().expect("there is a last row");
    assert!(last.contains("*创新性 率先(全国)"), "{last}");
    assert!(
        screen
            .rows()
            .iter()
            .any(|row| row.contains("&    在全国率先")),
        "a sign in the margin: {}",
        screen.text()
    );
    // Another case has its own claims; the lens stays on.
    let screen = screen.press("J");
    assert!(
        screen.text().contains("没有自述的评审依据"),
        "{}",
        screen.text()
    );
    let screen = screen.press("KL");
    assert!(!screen.text().contains("&    在全国率先"));
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("/003-21{enter}Lnn"));
    }
    kept!(english(80, 24).press("{enter}L"));
}

#[test]
fn a_new_width_and_a_search_in_the_page_keep_the_lens_and_take_it_off() {
    let screen = Screen::over(own(), 100, 30).press("{enter}Lnn");
    let before = screen.rows().pop();
    let screen = screen.resize(90, 30).resize(100, 30);
    assert_eq!(screen.rows().pop(), before, "the reader stays on the claim");
    let screen = screen.press("/居民{enter}");
    assert!(screen.text().contains("匹配"), "{}", screen.text());
    assert!(!screen.text().contains("&    在全国率先"));
}
