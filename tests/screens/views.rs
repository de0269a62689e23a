//! The overview, the comparison, related cases and lineage.

use anli::app::Settings;
use anli::app::action::Effect;
use anli::app::view::View;
use anli::case::{About, Category, Completeness};
use anli::corpus::Corpus;
use anli::language::Language;
use ratatui::style::Modifier;

use crate::handmade::{Handmade, Parts};
use crate::support::screen::Screen;
use crate::{SIZES, kept};

/// Three cases of two years.
fn own() -> Corpus {
    let text = "水价改革试点\n一、主要做法\n改革水价，惠及居民3400户。\n二、成效\n收费率提高到93%。\n\
                水价改革推广\n一、主要做法\n推广水价改革，惠及居民9800户。\n三、启示\n坚持依法推进。\n\
                社区食堂\n开办社区食堂12个。\n";
    let base = || Parts {
        completeness: Completeness::Full,
        ..Parts::default()
    };
    Handmade::new()
        .document("改革/汇编.txt", text, About::default())
        .case(Parts {
            id: "汇编-1",
            year: Some(2019),
            category: Some(Category::Department),
            title: &["水价改革试点"],
            blocks: &[
                "§一、主要做法",
                "改革水价，惠及居民3400户。",
                "§二、成效",
                "收费率提高到93%。",
            ],
            ..base()
        })
        .case(Parts {
            id: "汇编-2",
            year: Some(2020),
            category: Some(Category::Department),
            title: &["水价改革推广"],
            blocks: &[
                "§一、主要做法",
                "推广水价改革，惠及居民9800户。",
                "§三、启示",
                "坚持依法推进。",
            ],
            ..base()
        })
        .case(Parts {
            id: "汇编-3",
            year: None,
            title: &["社区食堂"],
            blocks: &["开办社区食堂12个。"],
            ..base()
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

#[test]
fn the_overview_counts_by_year_category_and_area() {
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("V"));
    }
    kept!(english(80, 24).press("V{tab}{tab}{tab}"));
}

#[test]
fn the_parts_of_the_overview_follow_one_another() {
    for parts in ["{tab}{tab}{tab}", "{tab}{tab}{tab}{tab}{tab}", "{end}"] {
        kept!(Screen::new(80, 24).press("V").press(parts));
    }
}

/// What a number says is what the list holds afterwards: for every cell.
#[test]
fn every_cell_of_the_overview_lists_as_many_cases_as_it_counts() {
    for language in [Language::Chinese, Language::English] {
        let settings = Settings {
            language,
            ..Settings::default()
        };
        let open = |base: &str| {
            Screen::set(120, 36, settings.clone())
                .press(base)
                .press("V")
        };
        for base in ["", "/年:2015-2017{enter}{esc}"] {
            let screen = open(base);
            let Some(View::Overview(overview)) = &screen.app.overlay.view else {
                panic!("the overview is open");
            };
            let cells = overview.cells().to_vec();
            assert!(cells.len() > 60, "{} cells", cells.len());
            for cell in cells.iter().filter(|cell| cell.cases > 0) {
                let query = cell.query.as_deref().expect("the seeds can be asked for");
                let listed = Screen::set(120, 36, settings.clone())
                    .press("/")
                    .paste(query)
                    .listed()
                    .len();
                assert_eq!(listed, cell.cases as usize, "{}: {query}", cell.name);
            }
        }
    }
}

#[test]
fn enter_lists_the_cases_of_the_selected_cell() {
    let screen = Screen::new(80, 24).press("V{down}");
    let last = screen.rows().pop().expect("there is a last row");
    assert!(last.contains("区市 2015  10 个案例"), "{last}");
    let screen = screen.press("{enter}");
    assert!(screen.app.overlay.view.is_none());
    assert_eq!(screen.listed().len(), 10);
    assert_eq!(screen.app.filter.text(), "类:区市 年:2015");
    // A click does the same.
    let screen = Screen::new(80, 24).press("V");
    let row = screen.rows();
    let y = row
        .iter()
        .position(|row| row.contains("功能区"))
        .expect("it is there");
    let screen = screen.click(14, y as u16);
    assert_eq!(screen.listed().len(), 5, "{}", screen.app.filter.text());
}

#[test]
fn the_overview_of_own_documents_leaves_out_what_they_do_not_have() {
    let screen = Screen::over(own(), 80, 24).press("V");
    let text = screen.text();
    assert!(
        text.contains("年度 × 类别") && !text.contains("年度 × 地区"),
        "{text}"
    );
    assert!(text.contains("年份不详") || text.contains("不详"), "{text}");
    let text = screen.press("{end}").text();
    assert!(text.contains("文件夹") && text.contains("改革"), "{text}");
    let empty = Screen::over(Corpus::default(), 80, 24).press("V");
    assert!(empty.app.overlay.view.is_none());
    assert!(!empty.rows().pop().unwrap_or_default().is_empty());
}

#[test]
fn two_cases_stand_side_by_side_by_the_role_of_their_sections() {
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("/老旧小区{enter}{esc}  C"));
    }
    for parts in ["{tab}{tab}", "{end}"] {
        let screen = Screen::new(120, 36).press("/老旧小区{enter}{esc}  C");
        kept!(screen.press(parts));
    }
}

#[test]
fn own_cases_face_each_other_and_are_swapped_and_dropped() {
    let screen = Screen::over(own(), 120, 30).press("   C");
    let row = |screen: &Screen, text: &str| {
        let rows = screen.rows();
        let found = rows.iter().find(|row| row.contains(text)).cloned();
        found.unwrap_or_else(|| panic!("no {text} in\n{}", screen.text()))
    };
    let facing = row(&screen, "惠及居民3400户");
    assert!(facing.contains("惠及居民9800户"), "{facing}");
    assert!(row(&screen, "开办社区食堂12个").contains('│'));
    let households = row(&screen, "3400户");
    assert!(households.contains("9800户"), "{households}");
    let before = row(&screen, "水价改革试点").find("水价改革试点");
    let screen = screen.press("s");
    assert!(row(&screen, "水价改革试点").find("水价改革试点") > before);
    // The selected one went along; it is dropped, and two stay.
    let screen = screen.press("x");
    assert!(!screen.text().contains("水价改革试点"));
    let screen = screen.press("x");
    assert!(
        screen.text().contains("至少要有两个案例"),
        "{}",
        screen.text()
    );
    let screen = screen.press("{enter}");
    assert!(screen.app.overlay.view.is_none());
}

#[test]
fn below_100_columns_cases_are_stacked_and_every_row_says_whose_it_is() {
    let screen = Screen::over(own(), 80, 24).press("  C{tab}");
    let text = screen.text();
    assert!(text.contains("\n1     改革水价，惠及"), "{text}");
    assert!(text.contains("\n2     推广水价改革"), "{text}");
    let wide = screen.resize(120, 30);
    assert!(
        wide.rows()
            .iter()
            .any(|row| row.matches("主要做法").count() >= 2)
    );
}

#[test]
fn a_comparison_is_copied_or_exported_as_a_table() {
    let compared = Screen::over(own(), 80, 24).press("  C");
    let screen = compared.press("y{enter}");
    let Some(Effect::Copy(table)) = screen.effects.last() else {
        panic!("nothing was copied: {:?}", screen.effects.last());
    };
    let head = table.lines().next().expect("it has a head");
    assert_eq!(head.matches(" | ").count(), 2, "{head}");
    assert!(table.contains("\n| 做法 | "), "{table}");
    let screen = screen.press("e{down}{enter}");
    assert!(
        screen.text().contains("anli-compare.md"),
        "{}",
        screen.text()
    );
}

#[test]
fn too_few_and_too_many_cases_are_answered_with_what_to_press() {
    let none = Screen::new(80, 24).press("C");
    assert!(
        none.text().contains("请先按空格选中两三个案例"),
        "{}",
        none.text()
    );
    let many = Screen::new(80, 24).press("    C");
    assert!(many.text().contains("已选 4 个案例"), "{}", many.text());
}

#[test]
fn related_cases_are_listed_with_their_reasons() {
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("/地铁{enter}u"));
    }
    // Enter goes there, and back is back.
    let screen = Screen::new(80, 24).press("/地铁{enter}");
    let from = screen.reading().map(str::to_owned);
    let screen = screen.press("u{enter}");
    assert_ne!(screen.reading(), from.as_deref());
    let screen = screen.press(",");
    assert_eq!(screen.reading(), from.as_deref());
    let alone = Screen::over(Corpus::default(), 80, 24).press("u");
    assert!(alone.app.overlay.picker.is_none());
}

#[test]
fn the_lineage_lists_chains_by_year_with_what_links_their_cases() {
    for (columns, rows) in SIZES {
        kept!(Screen::new(columns, rows).press("H"));
    }
    kept!(english(80, 24).press("H"));
    let screen = Screen::new(80, 24).press("H{down}");
    let selected = screen.runs(Modifier::REVERSED);
    assert_eq!(selected.len(), 1, "{selected:?}");
    let screen = screen.press("{enter}");
    assert!(screen.app.overlay.picker.is_none());
}

#[test]
fn claims_and_lengths_are_fields_of_a_query() {
    let all = Screen::new(80, 24).listed().len();
    let innovation = Screen::new(80, 24).press("/据:创新").listed().len();
    assert!(innovation > 0 && innovation < all, "{innovation} of {all}");
    let without = Screen::new(80, 24).press("/-据:创新").listed().len();
    assert_eq!(innovation + without, all);
    let steps = [
        "0-199",
        "200-499",
        "500-999",
        "1000-1999",
        "2000-4999",
        "5000-",
    ];
    let of = |step: &str| {
        Screen::new(80, 24)
            .press(&format!("/字数:{step}"))
            .listed()
            .len()
    };
    assert_eq!(steps.into_iter().map(of).sum::<usize>(), all);
}
