//! What a reader makes of the cases and takes along.

use std::collections::{BTreeMap, BTreeSet};

use anli::app::action::{Action, Effect};
use anli::app::{Measure, Settings};
use anli::case::CaseRef;
use anli::cite::{self, Style};
use anli::corpus::Corpus;
use anli::export::Format;
use anli::language::Language;
use anli::search::query;
use anli::store::State;
use anli::text::width::Ambiguous;

use crate::kept;
use crate::support::screen::{RULES, SEEDS, Screen, TOPICS, case, wide};

/// What every facet says of a case, read off the corpus.
fn values(facet: &str, index: usize, case: CaseRef<'_>) -> Vec<String> {
    match facet {
        "年度" => case.case.year.iter().map(u16::to_string).collect(),
        "类别" => case.case.category.iter().map(|c| c.name().into()).collect(),
        "地区" => case.case.area.clone().into_iter().collect(),
        "机构" => {
            let names = case.case.orgs.iter().map(|org| org.canonical.clone());
            let mut names: Vec<String> = names.collect();
            names.sort();
            names.dedup();
            names
        }
        "文本类型" => vec![case.case.completeness.name().into()],
        "主题" => {
            let topics = TOPICS[index].iter();
            topics
                .map(|topic| RULES.topics()[topic.topic].name.clone())
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The rows of the facet panel: facet, value, count, whether it is chosen.
fn panel(screen: &Screen) -> Vec<(String, String, usize, bool)> {
    let picker = screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("the facets are open");
    let rows = picker.shown().map(|(item, _)| {
        let (mark, rest) = item.label.split_at(4);
        let (value, count) = rest.rsplit_once("  ").expect("a value and its count");
        let count = count.parse().expect("a number");
        (item.key.clone(), value.to_owned(), count, mark == "[x] ")
    });
    rows.collect()
}

/// Counts again, case by case: with the values chosen in all other facets.
#[track_caller]
fn check_counts(screen: &Screen, base: &[&str]) {
    let rows = panel(screen);
    let mut chosen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (facet, value, _, is_chosen) in &rows {
        if *is_chosen {
            chosen.entry(facet).or_default().push(value);
        }
    }
    let mut seen = BTreeMap::<(&str, String), usize>::new();
    for (at, (_, case)) in SEEDS.iter().enumerate() {
        if !base.is_empty() && !base.contains(&case.case.id.0.as_str()) {
            continue;
        }
        for facet in ["年度", "类别", "地区", "机构", "文本类型", "主题"] {
            let elsewhere = chosen.iter().filter(|(other, _)| **other != facet);
            let kept = |(other, wanted): (&&str, &Vec<&str>)| {
                let has = values(other, at, case);
                wanted.iter().any(|value| has.iter().any(|v| v == value))
            };
            if elsewhere.into_iter().all(kept) {
                for value in values(facet, at, case) {
                    *seen.entry((facet, value)).or_default() += 1;
                }
            }
        }
    }
    let mut shown = BTreeMap::new();
    for (facet, value, count, is_chosen) in &rows {
        if ["星标", "标签"].contains(&facet.as_str()) || *is_chosen && *count == 0 {
            continue;
        }
        shown.insert((facet.as_str(), value.clone()), *count);
    }
    assert_eq!(shown, seen);
}

#[test]
fn facets_count_every_case_again() {
    let screen = Screen::new(80, 24).press("f");
    kept!(screen);
    check_counts(&screen, &[]);
}

#[test]
fn facets_are_found_by_their_name_and_by_their_values() {
    let rows = panel(&Screen::new(80, 24).press("f年度"));
    let years: Vec<&str> = rows.iter().map(|row| row.1.as_str()).collect();
    assert_eq!(years, ["2021", "2017", "2016", "2015"]);
    let screen = Screen::new(80, 24).press("fshinan");
    let rows = panel(&screen);
    assert!(rows.iter().all(|row| row.1.contains("市南")), "{rows:?}");
    // Its name stands before the first that is left.
    assert!(
        screen.row(2).contains("地区  [ ] 市南区"),
        "{}",
        screen.row(2)
    );
}

#[test]
fn facets_chosen_are_counted_with_those_of_the_others() {
    let screen = Screen::new(80, 24).press("f2017{enter}");
    check_counts(&screen.press("{ctrl-u}"), &[]);
    let screen =
        Screen::new(80, 24).press("f2017{enter}{ctrl-u}部门{enter}{ctrl-u}2015{enter}{ctrl-u}");
    assert_eq!(screen.app.filter.text(), "年:2017|2015 类:部门");
    check_counts(&screen, &[]);
    // 22 departments in the digest and 20 in the compilation.
    assert_eq!(screen.listed().len(), 42);
    kept!(screen.press("{esc}"), attributed);
}

#[test]
fn facets_of_a_query_count_what_the_query_finds() {
    let screen = Screen::new(80, 24).press("/地铁{esc}");
    let found: Vec<String> = screen.listed().iter().map(|&id| id.into()).collect();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let screen = screen.press("f");
    check_counts(&screen, &found);
    let screen = screen.press("2017{enter}{ctrl-u}");
    check_counts(&screen, &found);
    assert_eq!(screen.app.filter.text(), "地铁 年:2017");
}

#[test]
fn a_facet_is_the_field_that_a_reader_could_have_typed() {
    let chosen = Screen::new(80, 24).press("f功能区{enter}{esc}");
    let typed = Screen::new(80, 24).press("/类:功能区{esc}");
    assert_eq!(chosen.listed(), typed.listed());
    // 5 in the digest, 3, 2 and 3 after it.
    assert_eq!(chosen.listed().len(), 13);
    // Chosen again it is gone.
    let screen = chosen.press("f功能区{enter}{esc}");
    assert_eq!(screen.listed().len(), 94);
    // What is typed is shown as chosen.
    let rows = panel(&typed.press("f"));
    let zone = rows.iter().find(|row| row.1 == "功能区");
    assert!(zone.expect("it is listed").3);
}

/// The values of a facet that are ticked.
fn ticked(screen: &Screen, facet: &str) -> Vec<String> {
    let rows = panel(screen).into_iter();
    let rows = rows.filter(|(of, _, _, is_chosen)| of == facet && *is_chosen);
    rows.map(|(_, value, ..)| value).collect()
}

#[test]
fn a_facet_is_ticked_by_whatever_name_the_search_knows_it() {
    for (query, facet, value) in [
        ("类:zone", "类别", "功能区"),
        ("类：功能", "类别", "功能区"),
        ("地:市南", "地区", "市南区"),
        ("地:shinan", "地区", "市南区"),
        ("地:即墨市", "地区", "即墨区"),
        ("全:full", "文本类型", "全文"),
        ("主题:yingshanghuanjing", "主题", "营商环境"),
        ("机构:市教育局", "机构", "市教育局"),
    ] {
        let typed = Screen::new(80, 24).press(&format!("/{query}{{esc}}"));
        let listed = typed.listed().len();
        let screen = typed.press("f");
        assert_eq!(ticked(&screen, facet), [value], "{query}");
        check_counts(&screen, &[]);
        let of_the_value = panel(&screen).into_iter().find(|row| row.1 == value);
        assert_eq!(of_the_value.map(|row| row.2), Some(listed), "{query}");
        // Turned off, it is gone, under the name that was typed.
        let screen = screen.press(&format!("{value}{{enter}}"));
        assert_eq!(screen.app.filter.text(), "", "{query}");
    }
}

#[test]
fn a_facet_chosen_beside_one_of_another_name_keeps_both() {
    let screen = Screen::new(80, 24).press("/类:zone{esc}f区市{enter}{ctrl-u}");
    assert_eq!(screen.app.filter.text(), "类:zone|区市");
    // 13 zones and 34 districts.
    assert_eq!(screen.listed().len(), 47);
    assert_eq!(ticked(&screen, "类别"), ["区市", "功能区"]);
    check_counts(&screen, &[]);
    let screen = screen.press("功能区{enter}{ctrl-u}");
    assert_eq!(screen.app.filter.text(), "类:区市");
    check_counts(&screen, &[]);
}

#[test]
fn a_year_of_a_range_is_turned_off_and_the_range_becomes_its_years() {
    for range in [
        "2015-2017",
        "2015年至2017年",
        "2015到2017",
        "-2017",
        "2015~2017",
    ] {
        let screen = Screen::new(80, 24).press(&format!("/年:{range}{{esc}}f"));
        assert_eq!(ticked(&screen, "年度"), ["2017", "2016", "2015"], "{range}");
        check_counts(&screen, &[]);
        let screen = screen.press("2017{enter}{ctrl-u}");
        assert_eq!(screen.app.filter.text(), "年:2015|2016");
        // 37 of 2015 and 7 of 2016.
        assert_eq!(screen.listed().len(), 44);
        check_counts(&screen, &[]);
    }
    let screen = Screen::new(80, 24).press("/年:2015-2017{esc}f2021{enter}");
    assert_eq!(screen.app.filter.text(), "年:2015-2017|2021");
    assert_eq!(screen.listed().len(), 94);
}

/// Only the last term of a field is chosen from; what the search passes over
/// changes nothing.
#[test]
fn facets_count_within_all_that_they_do_not_show_as_chosen() {
    for (query, base, keys, after) in [
        (
            "年:2015-2016 年:2016-",
            "年:2015-2016",
            "2021",
            "年:2015-2016 年:2016|2017",
        ),
        ("年:abc 审批", "审批", "2017", "年:abc 审批 年:2017"),
        ("机构:民政", "机构:民政", "2017", "机构:民政 年:2017"),
        (
            "机构:教育 类:部门",
            "机构:教育",
            "2015",
            "机构:教育 类:部门 年:2015",
        ),
        (
            "-年:2017 地:市南",
            "-年:2017",
            "黄岛区",
            "-年:2017 地:市南|黄岛区",
        ),
    ] {
        let found = Screen::new(80, 24).press(&format!("/{base}{{esc}}"));
        let found: Vec<String> = found.listed().iter().map(|&id| id.into()).collect();
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        let screen = Screen::new(80, 24).press(&format!("/{query}{{esc}}f"));
        check_counts(&screen, &found);
        let screen = screen.press(&format!("{keys}{{enter}}{{ctrl-u}}"));
        assert_eq!(screen.app.filter.text(), after);
        check_counts(&screen, &found);
    }
}

#[test]
fn a_value_that_no_case_has_leaves_no_case_to_count() {
    for query in ["年:1999", "标签:待读", "星:是"] {
        let screen = Screen::new(80, 24).press(&format!("/{query}{{esc}}"));
        assert!(screen.listed().is_empty(), "{query}");
        let rows = panel(&screen.press("f"));
        let elsewhere = rows.iter().filter(|row| row.0 == "类别" || row.0 == "地区");
        assert_eq!(elsewhere.count(), 0, "{query}");
    }
}

#[test]
fn a_tag_with_quotation_marks_is_turned_on_and_off() {
    let screen = Screen::new(80, 24).press("T“一带一路”办{enter}f标签{enter}");
    assert_eq!(ticked(&screen, "标签"), ["“一带一路”办"]);
    assert_eq!(screen.listed(), ["000-1"]);
    assert_eq!(screen.press("{enter}").app.filter.text(), "");
}

#[test]
fn without_a_tag_the_filter_says_so_and_lists_no_case() {
    for (language, told) in [
        (Language::Chinese, "还没有标签"),
        (Language::English, "there is no tag yet"),
    ] {
        let settings = Settings {
            language,
            ..Settings::default()
        };
        let screen = Screen::set(80, 24, settings).press("/标签:待读");
        assert!(screen.text().contains(told), "{}", screen.text());
        assert!(screen.listed().is_empty());
        assert!(!screen.app.filter.answer.suggestions.is_empty());
        // What is tagged by which key, after the keys that lead back.
        let how = screen.text();
        let how = how.lines().find(|row| row.starts_with("  Esc T "));
        assert!(how.is_some(), "{}", screen.text());
    }
}

/// A value chosen lists as many cases as its count said.
#[test]
fn every_count_is_what_the_value_lists() {
    for (facet, value, count, _) in panel(&Screen::new(80, 24).press("f")) {
        let mut fields = query::FIELDS.iter();
        let field = fields.find(|names| match facet.as_str() {
            "文本类型" => names.field == query::Field::Completeness,
            facet => names.chinese.contains(&facet),
        });
        let field = field.expect("every facet is a field").field;
        let typed = Screen::new(80, 24).paste(&anli::app::query_edit::with_field(
            "",
            field,
            &value,
            Language::Chinese,
        ));
        assert_eq!(typed.listed().len(), count, "{facet} {value}");
    }
}

#[test]
fn a_star_is_shown_in_list_and_page_and_starred_cases_can_stand_alone() {
    let screen = Screen::new(80, 24).press("s{down}{down}s");
    kept!(screen);
    let screen = screen.press("S");
    assert_eq!(screen.listed(), ["000-1", "000-3"]);
    assert_eq!(screen.app.filter.text(), "星:是");
    let screen = screen.press("S");
    assert_eq!(screen.listed().len(), 94);
    let screen = screen.press("gs");
    assert!(!screen.app.starred(anli::corpus::CaseIndex(0)));
}

#[test]
fn without_a_star_the_starred_view_says_what_to_press() {
    let screen = Screen::new(80, 24).press("S");
    kept!(screen);
    assert!(screen.listed().is_empty());
    assert!(screen.text().contains("  s 加星"), "{}", screen.text());
    // No other query is offered, and Enter asks none.
    assert!(!screen.row(23).contains("Enter"), "{}", screen.row(23));
    let screen = screen.press("{enter}");
    assert!(screen.row(1).contains("星:是"), "{}", screen.row(1));
}

#[test]
fn tags_are_words_on_a_line_and_a_field_of_the_query() {
    let screen = Screen::new(80, 24).press("T土地 待读{enter}");
    assert!(screen.text().contains("#土地  #待读") || screen.text().contains("#待读  #土地"));
    let screen = screen.press("/标签:待读{esc}");
    assert_eq!(screen.listed(), ["000-1"]);
    let screen = screen.press("T");
    kept!(screen);
    // The line holds the tags there are; what is deleted is taken away.
    let screen = screen.press("{ctrl-u}{enter}{esc}");
    assert!(!screen.text().contains('#'));
}

#[test]
fn tags_may_be_parted_as_a_chinese_list_is() {
    let screen = Screen::new(80, 24).press("T土地、待读，2017; 改革{enter}");
    let tags: BTreeSet<&str> = screen.app.collection.kept.tags("000-1").collect();
    assert_eq!(tags, BTreeSet::from(["土地", "待读", "2017", "改革"]));
}

#[test]
fn a_note_takes_chinese_typed_and_pasted_with_the_caret_at_its_column() {
    let screen = Screen::new(80, 24).press("a");
    let (start, row) = screen.caret().expect("a line is edited");
    let screen = screen.press("可借鉴");
    assert_eq!(screen.caret(), Some((start + 6, row)));
    let screen = screen.paste("：混合用地ok");
    assert_eq!(screen.caret(), Some((start + 18, row)));
    kept!(screen);
    let screen = screen.press("{left}{left}{backspace}");
    assert_eq!(screen.caret(), Some((start + 14, row)));
    let screen = screen.press("{enter}");
    assert!(
        screen.page_text().contains("笔记: 可借鉴：混合用ok"),
        "{}",
        screen.text()
    );
    let screen = screen.press("a");
    let line = &screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("the line is open")
        .line;
    assert_eq!(line.text(), "可借鉴：混合用ok");
}

#[test]
fn a_note_left_with_escape_is_not_kept() {
    let screen = Screen::new(80, 24).press("a不要{esc}");
    assert!(!screen.text().contains("笔记"));
    assert_eq!(screen.app.collection.kept.note("000-1"), "");
}

#[test]
fn a_note_longer_than_its_line_keeps_the_caret_inside_the_frame() {
    for (columns, rows) in [(80, 24), (40, 12), (24, 6)] {
        let screen = Screen::new(columns, rows)
            .press("a")
            .paste(&"混合用地".repeat(30));
        let (x, y) = screen.caret().expect("a line is edited");
        assert!(x < columns - 1 && y < rows, "{x},{y} on {columns}x{rows}");
    }
}

#[test]
fn several_cases_are_selected_and_handled_together() {
    let screen = Screen::new(80, 24).press("  {down} ");
    kept!(screen);
    let ids = ["000-1", "000-2", "000-4"];
    let screen = screen.press("T同批{enter}s");
    for id in ids {
        assert_eq!(
            screen.app.collection.kept.tags(id).collect::<Vec<_>>(),
            ["同批"]
        );
        assert!(screen.app.collection.kept.starred(id));
    }
    assert!(!screen.app.collection.kept.starred("000-3"));
    assert!(screen.row(23).contains("已为 3 个案例加星标"));
}

/// The text of the copy that the last key press asked for.
#[track_caller]
fn copied(screen: &Screen) -> &str {
    match screen.effects.last() {
        Some(Effect::Copy(text)) => text,
        other => panic!("nothing was copied: {other:?}"),
    }
}

#[test]
fn the_copy_menu_offers_paragraph_case_citation_title_and_id() {
    let screen = Screen::new(80, 24).press("{enter}y");
    kept!(screen);
    let screen = screen.press("{enter}");
    let text = copied(&screen);
    assert!(
        text.starts_with(
            "西海岸新区积极推行用地规划和土地管理机制改革,在全国率先试行“一地多用”模式"
        ),
        "{text}"
    );
    assert!(text.ends_with("相关做法被省委改革办评为改革创新案例并上报中央改革办。"));
    let screen = screen.press("y标题{enter}");
    assert_eq!(
        copied(&screen),
        "创新推行混合用地模式　提高土地集约高效利用水平"
    );
    let screen = screen.press("y编号{enter}");
    assert_eq!(copied(&screen), "000-1");
}

#[test]
fn what_is_copied_keeps_the_script_of_its_document() {
    let screen = Screen::new(80, 24).press("/黨建引領{enter}ty{enter}");
    let text = copied(&screen);
    assert!(
        text.starts_with("近年來,市北區深入貫徹中央關于提高社會治理智能化水平有關要求"),
        "{text}"
    );
}

#[test]
fn the_paragraph_with_the_match_is_the_one_that_is_copied() {
    let screen = Screen::new(80, 24).press("/海水稻{enter}y{enter}");
    assert!(copied(&screen).contains("海水稻"));
}

#[test]
fn a_reference_is_shown_in_every_style_and_copied() {
    let screen = Screen::new(80, 24).press("{enter}c");
    kept!(screen);
    let screen = screen.press("{enter}");
    assert_eq!(
        copied(&screen),
        cite::cite(case("000-1"), Style::Gbt2025).text
    );
    assert!(copied(&screen).contains("创新推行混合用地模式"));
    let screen = screen.press("cbib{enter}");
    assert!(copied(&screen).starts_with('@'), "{}", copied(&screen));
}

#[test]
fn selected_cases_are_cited_together() {
    let screen = Screen::new(80, 24).press("  c");
    assert!(screen.text().contains("2 个案例"), "{}", screen.text());
    let cases = [case("000-1"), case("000-2")];
    let screen = screen.press("{enter}");
    let texts = cases.map(|case| cite::cite(case, Style::Gbt2025).text);
    assert_eq!(copied(&screen), texts.join("\n"));
    let screen = screen.press("ccsl{enter}");
    let items: Vec<serde_json::Value> =
        serde_json::from_str(copied(&screen)).expect("one array of CSL-JSON");
    let titles: Vec<_> = items.iter().map(|item| &item["title"]).collect();
    assert_eq!(titles.len(), 2);
    assert!(titles[1].to_string().contains("扎实开展生存教育"));
}

#[test]
fn what_will_be_copied_can_be_read_in_full_before() {
    let without_blanks = |text: &str| text.replace([' ', '\u{3000}'], "");
    let screen = Screen::new(80, 24).press("{enter}c");
    let popup = screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("it is open")
        .place(80, 24, Ambiguous::Narrow);
    assert!(popup.preview > 0);
    let rows = screen.rows();
    let rows = rows[usize::from(popup.frame.y + 3 + popup.items)..].iter();
    let shown: String = rows
        .take(usize::from(popup.preview))
        .filter_map(|row| row.split('│').nth(1))
        .collect();
    let wanted = cite::cite(case("000-1"), Style::Gbt2025).text;
    assert_eq!(without_blanks(&shown), without_blanks(&wanted));
    // Where there is little room, items make some for it.
    let small = Screen::new(40, 12).press("{enter}c");
    let popup = small
        .app
        .overlay
        .picker
        .as_ref()
        .expect("it is open")
        .place(40, 12, Ambiguous::Narrow);
    assert_eq!((popup.items, popup.preview), (3, 2));
}

#[test]
fn a_text_too_long_for_its_preview_ends_in_a_mark() {
    let screen = Screen::new(80, 24).press("/农业水价{enter}y全文");
    let popup = screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("it is open")
        .place(80, 24, Ambiguous::Narrow);
    let row = screen.row(popup.frame.y + popup.frame.rows - 2);
    let row = row.split('│').nth(1).expect("it is framed").trim_end();
    assert!(row.ends_with('…'), "{row}");
}

#[test]
fn what_a_reference_lacks_is_said() {
    // The compilation prints neither publisher nor date.
    let screen = Screen::new(80, 24).press("/公厕{enter}c");
    assert!(screen.row(22).contains("文档未载："), "{}", screen.row(22));
    kept!(screen);
}

#[test]
fn an_export_asks_for_format_and_file_and_before_it_overwrites() {
    let screen = Screen::new(80, 24).press("/地铁{esc}");
    let listed = screen.listed().len();
    let screen = screen.press("e");
    kept!(screen);
    let title = format!("导出为  {listed} 个案例");
    assert!(screen.text().contains(&title), "{}", screen.text());
    let screen = screen.press("csv{enter}");
    let line = &screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("a file is asked for")
        .line;
    assert_eq!(line.text(), "anli.csv");
    let screen = screen.press("{ctrl-u}地铁.csv{enter}");
    let Some(Effect::Export(export)) = screen.effects.last().cloned() else {
        panic!("nothing is exported: {:?}", screen.effects);
    };
    assert_eq!(
        (export.path.as_str(), export.format()),
        ("地铁.csv", Format::from_name("csv"))
    );
    assert_eq!((export.cases().len(), export.overwrite), (listed, false));

    // The file is there already.
    let screen = screen.act(Action::AskToOverwrite(export.clone()));
    let asked = screen.text();
    assert!(asked.contains("文件已存在，是否覆盖？") && asked.contains("地铁.csv"));
    let effects = screen.effects.len();
    let screen = screen.press("{enter}");
    assert_eq!(
        screen.effects.len(),
        effects,
        "the first answer keeps the file"
    );
    let screen = screen
        .act(Action::AskToOverwrite(export))
        .press("{down}{enter}");
    match screen.effects.last() {
        Some(Effect::Export(export)) => assert!(export.overwrite),
        other => panic!("it is not overwritten: {other:?}"),
    }
}

#[test]
fn an_export_that_failed_asks_again_with_the_path() {
    let screen = Screen::new(80, 24).press("e{enter}{ctrl-u}地铁.json{enter}");
    let Some(Effect::Export(export)) = screen.effects.last().cloned() else {
        panic!("nothing is exported: {:?}", screen.effects);
    };
    let again = Action::AskForPathAgain(export.clone(), "磁盘已满".to_owned());
    let screen = screen.act(again);
    let asked = screen.text();
    assert!(
        asked.contains("磁盘已满") && asked.contains("> 地铁.json"),
        "{asked}"
    );
    let screen = screen.press("{enter}");
    let Some(Effect::Export(again)) = screen.effects.last() else {
        panic!("nothing is exported again: {:?}", screen.effects);
    };
    assert_eq!(
        (&again.path, again.format()),
        (&export.path, export.format())
    );
}

#[test]
fn the_question_before_overwriting_names_the_file() {
    let screen = Screen::new(80, 24).press("e{enter}{enter}");
    let Some(Effect::Export(export)) = screen.effects.last().cloned() else {
        panic!("nothing is exported: {:?}", screen.effects);
    };
    assert_eq!(export.cases().len(), 94);
    kept!(screen.act(Action::AskToOverwrite(export)));
}

#[test]
fn the_line_for_a_file_says_that_enter_writes() {
    for (language, told) in [
        (Language::Chinese, "Enter 保存"),
        (Language::English, "Enter save"),
    ] {
        let settings = Settings {
            language,
            ..Settings::default()
        };
        let screen = Screen::set(80, 24, settings).press("e{enter}");
        assert!(screen.row(23).contains(told), "{}", screen.row(23));
    }
}

#[test]
fn selected_cases_are_exported_alone() {
    let screen = Screen::new(80, 24).press("  e{enter}{enter}");
    match screen.effects.last() {
        Some(Effect::Export(export)) => assert_eq!(export.cases().len(), 2),
        other => panic!("nothing is exported: {other:?}"),
    }
}

#[test]
fn topics_show_what_speaks_for_them_and_lead_there() {
    let screen = Screen::new(80, 24).press("/公厕{enter}i");
    kept!(screen);
    let picker = screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("the topics are open");
    let index = SEEDS.find("003-5").expect("it is there").0 as usize;
    let evidence: usize = TOPICS[index].iter().map(|topic| topic.evidence.len()).sum();
    assert_eq!(picker.shown().count(), evidence);
    let (last, _) = picker.shown().last().expect("there is evidence");
    let (_, place) = last.label.split_once(": ").expect("a term and its place");
    let place: String = place.chars().take(12).collect();
    let mut screen = screen;
    for _ in 1..evidence {
        screen = screen.press("{down}");
    }
    let screen = screen.press("{enter}");
    assert!(screen.app.overlay.picker.is_none());
    assert!(
        screen.page_text().contains(&place),
        "{place} is not in view"
    );
}

#[test]
fn reading_is_taken_up_at_the_same_sentence_on_another_screen() {
    let screen = Screen::new(120, 36).press("/水价{enter}]]]]{pgdn}");
    let place = screen.app.page.anchor();
    let begin: String = screen.place().chars().take(8).collect();
    let screen = screen.reopen(80, 24);
    assert_eq!(screen.reading(), Some("003-25"));
    assert_eq!(screen.app.filter.text(), "水价");
    assert_eq!(screen.app.page.anchor(), place);
    assert!(screen.page_text().contains(&begin), "{begin}");
    // The page has the keys, as before.
    let screen = screen.press("j");
    assert_eq!(screen.reading(), Some("003-25"));
    let screen = screen.reopen(40, 12);
    assert_eq!(screen.reading(), Some("003-25"));
    kept!(screen);
}

#[test]
fn queries_and_the_measure_are_remembered_over_a_restart() {
    let screen = Screen::new(120, 36)
        .press("/公厕{enter}{esc}{esc}----")
        .reopen(120, 36);
    assert_eq!(screen.app.settings.measure.columns(), 64);
    let screen = screen.press("/{up}");
    assert_eq!(screen.app.filter.text(), "公厕");
}

#[test]
fn a_query_at_the_start_is_stronger_than_the_last_place() {
    let kept = Screen::new(80, 24)
        .press("/公厕{enter}")
        .reopen(80, 24)
        .app
        .collection
        .kept
        .clone();
    let screen = Screen::with(80, 24, Default::default(), "海水稻", kept);
    assert_eq!(screen.reading(), Some("003-3"));
    assert_eq!(screen.app.filter.text(), "海水稻");
}

#[test]
fn a_place_that_is_gone_is_no_harm() {
    let resume = anli::store::Resume {
        case: Some("009-9".into()),
        block: 999,
        character: 9999,
        query: "地铁".into(),
        view: "page".into(),
        measure: Some(1),
        measure_set: None,
        order: Some("random".into()),
        ..anli::store::Resume::default()
    };
    let mut kept = State::default();
    kept.apply(anli::store::Change::Resume(resume.clone()), 1);
    let screen = Screen::with(80, 24, Default::default(), "", kept);
    assert!(!screen.listed().is_empty());
    let mut kept = State::default();
    let case = Some("000-1".into());
    kept.apply(
        anli::store::Change::Resume(anli::store::Resume { case, ..resume }),
        1,
    );
    let screen = Screen::with(80, 24, Default::default(), "", kept).press("jk");
    assert!(screen.reading().is_some());
}

#[test]
fn the_whole_case_goes_to_pager_and_editor_as_clean_text() {
    let screen = Screen::new(80, 24).press("/瑯琊榜{enter}v");
    let Some(Effect::Pager(text)) = screen.effects.last() else {
        panic!("no pager: {:?}", screen.effects);
    };
    assert!(text.contains("瑯琊榜") && !text.contains("(píng)"));
    let screen = screen.press("E");
    assert!(matches!(screen.effects.last(), Some(Effect::Editor(_))));
}

#[test]
fn escape_clears_the_search_and_then_the_selection() {
    let screen = Screen::new(80, 24).press("  /地铁{esc}");
    assert!(screen.row(23).contains("Esc 清除"), "{}", screen.row(23));
    let screen = screen.press("{esc}");
    assert_eq!(screen.listed().len(), 94);
    assert_eq!(screen.app.collection.selection.len(), 2);
    assert!(
        screen.row(23).contains("Esc 取消选中"),
        "{}",
        screen.row(23)
    );
    let screen = screen.press("{esc}");
    assert!(screen.app.collection.selection.is_empty());
    assert!(screen.row(23).contains("已取消选中"), "{}", screen.row(23));
    assert!(!screen.press("j").row(23).contains("Esc"));
}

#[test]
fn tagging_several_cases_leaves_the_tags_that_only_some_have() {
    let screen = Screen::new(80, 24).press("T甲 乙{enter}{down}T乙 丙{enter}g  T");
    let line = |screen: &Screen| {
        let picker = screen
            .app
            .overlay
            .picker
            .as_ref()
            .expect("the line is open");
        picker.line.text().to_owned()
    };
    assert_eq!(line(&screen), "乙");
    assert!(
        screen.text().contains("标签（用空格或逗号隔开）  2 个案例"),
        "{}",
        screen.text()
    );
    kept!(screen);
    let screen = screen.press("{ctrl-u}丁{enter}");
    let tags = |id: &str| {
        screen
            .app
            .collection
            .kept
            .tags(id)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        (tags("000-1").as_str(), tags("000-2").as_str()),
        ("丁 甲", "丁 丙")
    );
    assert!(
        screen.row(23).contains("已修改 2 个案例的标签"),
        "{}",
        screen.row(23)
    );
}

#[test]
fn a_tag_that_is_too_long_is_refused_and_stays_on_the_line() {
    let long = "长".repeat(41);
    let screen = Screen::new(80, 24).press(&format!("T待读 {long}{{enter}}"));
    assert!(
        screen.row(23).contains("标签有 41 字，最多 40 字；未保存"),
        "{}",
        screen.row(23)
    );
    let picker = screen
        .app
        .overlay
        .picker
        .as_ref()
        .expect("the line is open still");
    assert_eq!(picker.line.text(), format!("待读 {long}"));
    assert_eq!(screen.app.collection.kept.tags("000-1").count(), 0);
}

#[test]
fn a_note_on_several_cases_is_added_to_the_note_of_each() {
    let screen = Screen::new(80, 24).press("a甲{enter}  a乙{enter}");
    let note = |id: &str| screen.app.collection.kept.note(id);
    assert_eq!((note("000-1"), note("000-2")), ("甲\n乙", "乙"));
    assert!(
        screen.row(23).contains("2 个案例：笔记已保存"),
        "{}",
        screen.row(23)
    );
    let screen = screen.press("a{enter}");
    assert_eq!(screen.app.collection.kept.note("000-1"), "甲\n乙");
}

#[test]
fn the_facets_count_the_cases_with_a_note() {
    let screen = Screen::new(80, 24).press("a可借鉴{enter}f笔记");
    let rows = panel(&screen);
    let rows: Vec<&str> = rows.iter().map(|row| row.1.as_str()).collect();
    assert_eq!(rows, ["有笔记"]);
    let screen = screen.press("{enter}{esc}");
    assert_eq!(screen.app.filter.text(), "笔记:*");
    assert_eq!(screen.app.list.hits().len(), 1);
    // A word for notes is a condition of its own, and the value is added to it.
    let screen = screen.press("x/笔记:借鉴{enter}{esc}f");
    assert!(screen.text().contains("[ ] 有笔记"), "{}", screen.text());
    let screen = screen.press("笔记{enter}{esc}");
    assert_eq!(screen.app.filter.text(), "笔记:借鉴 笔记:*");
}

#[test]
fn a_pasted_note_keeps_all_its_lines() {
    let screen = Screen::new(80, 24)
        .press("a")
        .paste("一、可借鉴\n\n二、再看\r\n")
        .press("{enter}");
    assert_eq!(
        screen.app.collection.kept.note("000-1"),
        "一、可借鉴\n\n二、再看"
    );
    assert!(screen.row(23).contains("笔记已保存"), "{}", screen.row(23));
    // On the page every line has rows of its own.
    let page = screen.page_rows();
    let lines: Vec<&str> = page.iter().map(|row| row.trim()).collect();
    let first = lines.iter().position(|line| *line == "笔记: 一、可借鉴");
    let first = first.unwrap_or_else(|| panic!("{page:#?}"));
    assert_eq!(lines[first + 1..first + 3], ["", "二、再看"], "{page:#?}");
    // A line at a time, with the line feed before it.
    let screen = screen.press("a{ctrl-u}{ctrl-u}{ctrl-u}{ctrl-u}{enter}");
    assert_eq!(screen.app.collection.kept.note("000-1"), "");
    assert!(screen.row(23).contains("笔记已删除"), "{}", screen.row(23));
}

#[test]
fn a_note_is_written_in_lines_and_kept_with_enter() {
    let screen = Screen::new(80, 24).press("a一、可借鉴{ctrl-j}二、再看{alt-enter}三{up}{up}！");
    let (x, y) = screen.caret().expect("a note is written");
    // The caret kept its column over the rows: behind 一 and the mark.
    kept!(screen);
    let screen = screen.press("{down}{end}？");
    assert_eq!(screen.caret(), Some((x + 6, y + 1)));
    let screen = screen.press("{enter}");
    assert_eq!(
        screen.app.collection.kept.note("000-1"),
        "一！、可借鉴\n二、再看？\n三"
    );
    kept!(screen);
}

#[test]
fn a_note_of_many_lines_shows_those_around_the_caret() {
    let lines: Vec<String> = (1..=40).map(|at| format!("第{at}行")).collect();
    for (columns, rows) in [(120, 36), (40, 12), (24, 6)] {
        let screen = Screen::new(columns, rows);
        let screen = screen.press("a").paste(&lines.join("\n"));
        kept!(screen);
        let (_, y) = screen.caret().expect("a note is written");
        assert!(screen.row(y).contains("第40行"), "{}", screen.text());
        let screen = screen.press("{up}{up}{up}{up}");
        let (_, y) = screen.caret().expect("a note is written");
        assert!(screen.row(y).contains("第36行"), "{}", screen.text());
        let screen = screen.press("{pgup}{pgup}{pgup}{pgup}{pgup}{home}一{enter}");
        let note = screen.app.collection.kept.note("000-1");
        assert!(
            note.starts_with("一第1行\n第2行") && note.ends_with("\n第40行"),
            "{note}"
        );
    }
}

#[test]
fn a_line_longer_than_the_prompt_goes_on_in_the_next_row() {
    let screen = Screen::new(24, 6).press("a").paste(&"混合用地".repeat(4));
    kept!(screen);
    let screen = screen.press("{up}{backspace}{enter}");
    // The caret went up at the end of 16 Han, in rows of 8.
    assert_eq!(screen.app.collection.kept.note("000-1").chars().count(), 15);
}

#[test]
fn notes_and_tags_name_the_cases_that_they_are_for() {
    for key in ["a", "T"] {
        let screen = Screen::new(80, 24).press(key);
        let title = SEEDS.get(anli::corpus::CaseIndex(0)).title();
        let start: String = title.chars().take(8).collect();
        assert!(screen.text().contains(&start), "{}", screen.text());
    }
    kept!(Screen::new(80, 24).press("   T"));
    kept!(Screen::new(40, 12).press("   a"));
    let english = Settings {
        language: Language::English,
        ..wide()
    };
    kept!(Screen::set(80, 24, english).press("  a"));
}

#[test]
fn the_editor_takes_a_note_and_gives_it_back() {
    let mut screen = Screen::new(80, 24).press("a一{ctrl-j}二{ctrl-x}");
    match screen.effects.last() {
        Some(Effect::EditNote(lent)) => {
            assert_eq!((&*lent.name, &*lent.text), ("000-1-note", "一\n二"));
        }
        other => panic!("{other:?}"),
    }
    screen.app.update(Action::TakeNote("一\n二\n三\n".into()));
    let screen = screen.press("！{enter}");
    assert_eq!(screen.app.collection.kept.note("000-1"), "一\n二\n三！");
}

#[test]
fn every_style_says_what_its_reference_lacks() {
    // Only the edition of 2015 wants the day of access to an online newspaper.
    let screen = Screen::new(80, 24).press("/002-6{enter}c");
    let lacks = |screen: &Screen| {
        let picker = screen
            .app
            .overlay
            .picker
            .as_ref()
            .expect("the styles are shown");
        picker.remark().expect("something is missing").to_owned()
    };
    assert_eq!(lacks(&screen), "文档未载：版次或页码、获取和访问路径");
    let screen = screen.press("{down}");
    assert_eq!(
        lacks(&screen),
        "文档未载：版次或页码、获取和访问路径、引用日期"
    );
    assert!(screen.row(23).contains("引用日期"), "{}", screen.row(23));
}

#[test]
fn the_facets_say_what_narrows_the_list_and_how_much_is_left() {
    let screen = Screen::new(80, 24).press("f2017{enter}");
    assert!(
        screen.row(23).contains("年:2017  33 / 94"),
        "{}",
        screen.row(23)
    );
    assert!(screen.row(23).contains("Enter 勾选"), "{}", screen.row(23));
}

#[test]
fn an_export_without_a_file_name_is_none() {
    let screen = Screen::new(80, 24).press("e{enter}{ctrl-u}{enter}");
    assert!(screen.effects.is_empty(), "{:?}", screen.effects);
    assert!(
        screen.row(23).contains("未填写文件名，没有导出"),
        "{}",
        screen.row(23)
    );
    let screen = Screen::new(80, 24).press("/没有的话啊{esc}e");
    assert!(
        screen.row(23).contains("没有可导出的"),
        "{}",
        screen.row(23)
    );
}

#[test]
fn what_has_nothing_to_work_on_says_so() {
    for (keys, told) in [
        ("/没有的话啊{esc}s", "列表中没有案例，请先清除查找"),
        ("/没有的话啊{esc}y", "列表中没有案例，请先清除查找"),
        ("/没有的话啊{esc}a", "列表中没有案例，请先清除查找"),
        ("/{up}", "没有更早的查找记录"),
        ("x", "已显示全部案例"),
        (",", "没有其他阅读位置"),
        ("K", "没有更多案例了"),
        ("o", "本案例没有小标题"),
        ("]", "没有更多小节了"),
        ("n", "本案例中没有匹配"),
        ("T", "还没有标签，请输入第一个"),
    ] {
        let screen = Screen::new(80, 24).press(keys);
        assert!(screen.row(23).contains(told), "{keys}: {}", screen.row(23));
        assert!(screen.effects.is_empty(), "{keys}: {:?}", screen.effects);
    }
}

#[test]
fn a_notice_too_long_for_its_row_has_a_box_until_the_next_key() {
    let long = "状态文件 /srv/someone/.local/state/anli/state.json 已损坏（第 1 行），原文件另存为 \
                /srv/someone/.local/state/anli/state.json.damaged-1\n设置第 3 行：没有 them 这一项";
    for (columns, rows) in [(80, 24), (40, 12)] {
        let screen = Screen::new(columns, rows).act(Action::Tell(long.to_owned()));
        kept!(screen);
        let text = screen.text().replace([' ', '\n'], "");
        assert!(text.contains("state.json.damaged-1"), "{text}");
        assert!(text.contains("没有them这一项"), "{text}");
        assert!(!screen.press("j").text().contains("damaged"));
    }
}

#[test]
fn a_library_without_a_case_says_so_and_nothing_is_done_with_it() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let screen = Screen::over(Corpus::default(), columns, rows);
        kept!(screen);
        let text = screen.text().replace(['\n', ' ', '│'], "");
        assert!(text.contains("指定存放.txt文档的文件夹。"), "{text}");
        let mut screen = screen;
        for key in [
            "s", "y", "c", "a", "T", "i", " ", "v", "E", "R", "z", "J", "n",
        ] {
            screen = screen.press(key);
            assert!(screen.app.notice.is_some(), "{key}");
            assert!(
                screen.app.overlay.picker.is_none() && screen.effects.is_empty(),
                "{key}"
            );
        }
    }
}

#[test]
fn help_over_a_prompt_gives_back_what_was_written() {
    let screen = Screen::new(80, 24).press("a半句话{f1}");
    assert!(!screen.text().contains("半句话"));
    let screen = screen.press("{esc}，后半句{enter}");
    assert_eq!(screen.app.collection.kept.note("000-1"), "半句话，后半句");
    // What is chosen in the help is done instead, and nothing stale comes back.
    let screen = Screen::new(80, 24).press("a半句话{f1}outline");
    let screen = screen.press("{esc}{esc}c{esc}");
    assert!(screen.app.overlay.picker.is_none());
}

#[test]
fn a_click_beside_a_prompt_loses_nothing() {
    let screen = Screen::new(80, 24).press("a半句话").click(0, 0);
    assert!(screen.text().contains("半句话"));
    // A menu is closed by it.
    let screen = Screen::new(80, 24).press("c").click(0, 0);
    assert!(screen.app.overlay.picker.is_none());
}

#[test]
fn the_last_case_is_selected_as_the_others_are() {
    let screen = Screen::new(80, 24).press("G ");
    assert!(screen.row(23).contains("已选 1"), "{}", screen.row(23));
}

#[test]
fn a_measure_that_was_set_since_is_stronger_than_a_remembered_one() {
    let columns = |settings, kept| {
        let screen = Screen::with(120, 36, settings, "", kept);
        screen.app.settings.measure.columns()
    };
    let of = |measure| Settings {
        measure: Measure::new(measure),
        ..Settings::default()
    };
    let screen = Screen::new(120, 36).press("--");
    assert_eq!(screen.app.settings.measure.columns(), 72);
    let kept = screen.reopen(120, 36).app.collection.kept.clone();
    assert_eq!(columns(of(80), kept.clone()), 72);
    assert_eq!(columns(of(40), kept), 40);
}

#[test]
fn the_measure_has_the_same_bounds_by_key_and_by_setting() {
    let at = |measure, key| {
        let settings = Settings {
            measure: Measure::new(measure),
            ..Settings::default()
        };
        Screen::set(120, 36, settings)
            .press(key)
            .app
            .settings
            .measure
            .columns()
    };
    assert_eq!(at(200, "+"), 200);
    assert_eq!(at(20, "-"), 20);
}

#[test]
fn both_editions_of_the_standard_are_told_apart_on_a_narrow_screen() {
    for settings in [Settings::default(), wide()] {
        let text = Screen::set(40, 12, settings).press("c").text();
        assert!(
            text.contains("7714—2025") && text.contains("7714—2015"),
            "{text}"
        );
    }
}

#[test]
fn starred_cases_alone_are_left_again_by_whatever_name_they_were_asked_for() {
    let screen = Screen::new(80, 24).press("s/星:yes{enter}{esc}");
    assert_eq!(screen.listed(), ["000-1"]);
    let screen = screen.press("S");
    assert_eq!((screen.app.filter.text(), screen.listed().len()), ("", 94));
}

#[test]
fn styles_are_told_apart_and_what_they_lack_is_read_on_one_pane_too() {
    let screen = Screen::new(40, 12).press("c");
    kept!(screen);
    let text = screen.text();
    assert!(text.contains("—2025 ") && text.contains("—2015 "), "{text}");
    let said = screen.row(9).trim().to_owned() + screen.row(10).trim();
    assert_eq!(
        said,
        "文档未载：所在文献题名、获取和访问路径、引用日期；推断：出版年"
    );
}

#[test]
fn the_styles_of_a_reference_are_told_apart_on_the_least_screen() {
    let screen = Screen::new(24, 12).press("{enter}c");
    let text = screen.text();
    assert!(text.contains("2025") && text.contains("2015"), "{text}");
}
