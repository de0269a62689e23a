//! The list: titles on two rows, what stands behind them, orders, and which pane has
//! the keys.

use anli::app::list::ListRow;
use anli::app::order::Order;
use anli::case::About;
use anli::evidence::Criterion;
use anli::text::fold;
use anli::text::pinyin;
use anli::text::script::Script;
use anli::text::width::is_opening;
use anli::ui::theme::Theme;
use ratatui::style::Modifier;

use crate::handmade::{Handmade, Parts};
use crate::kept;
use crate::support::screen::{SEEDS, Screen};

/// The rows of the list, each with what it shows.
fn rows(screen: &Screen) -> Vec<(ListRow, String)> {
    let pane = screen
        .app
        .panes()
        .and_then(|panes| panes.list)
        .expect("the list is shown");
    let (buffer, _) = screen.buffer();
    let text = |y: u16| {
        let glyphs = screen.glyphs(&buffer, y);
        let inside = glyphs.filter(|(x, ..)| (pane.x..pane.x + pane.columns).contains(x));
        inside.map(|(_, glyph, _)| glyph).collect::<String>()
    };
    let rows = screen.app.list.visible().iter();
    rows.zip(pane.y..)
        .map(|(&row, y)| (row, text(y).trim_end().to_owned()))
        .collect()
}

/// What the row of a hit shows.
#[track_caller]
fn row_of(screen: &Screen, wanted: ListRow) -> String {
    let rows = rows(screen);
    let found = rows.iter().find(|(row, _)| *row == wanted);
    let (_, text) = found.unwrap_or_else(|| panic!("no {wanted:?} in\n{}", screen.text()));
    text.clone()
}

/// How many titles stand whole on their two rows, in order and with nothing but space
/// between their parts.
fn whole_titles(screen: &Screen) -> usize {
    assert_eq!(screen.listed().len(), 94);
    let close = |text: &str| text.split_whitespace().collect::<String>();
    let rows = rows(screen);
    let whole = rows.windows(2).filter(|pair| {
        let [(ListRow::Title(at), first), (ListRow::Rest(_), rest)] = pair else {
            return false;
        };
        let case = screen.app.list.hits()[*at as usize].case;
        let title = close(&SEEDS.get(case).title());
        let shown = close(&format!("{}{}", &first[mark(first)..], &rest[mark(rest)..]));
        shown.trim_start_matches('[').starts_with(&title)
    });
    whole.count()
}

/// Bytes of the bar of the selected case.
fn mark(row: &str) -> usize {
    row.strip_prefix('▌')
        .map_or(0, |rest| row.len() - rest.len())
}

#[test]
fn titles_stand_whole_in_the_list() {
    for (columns, least) in [(80, 65), (100, 88), (120, 93), (160, 93)] {
        let whole = whole_titles(&Screen::new(columns, 400));
        assert!(whole >= least, "{whole} of 94 at {columns} columns");
    }
}

#[test]
fn titles_stand_whole_in_every_order() {
    for (columns, least) in [(80, 60), (100, 84), (120, 93), (160, 93)] {
        for at in 0..Order::ALL.len() {
            let keys = format!("O{}{{enter}}", "{down}".repeat(at));
            let screen = Screen::new(columns, 400).press("O{home}{esc}").press(&keys);
            let whole = whole_titles(&screen);
            let title = screen.row(2);
            assert!(
                whole >= least,
                "{whole} of 94 at {columns} columns: {title}"
            );
        }
    }
}

#[test]
fn a_phrase_of_the_title_has_a_row_of_its_own_and_the_org_follows_it() {
    let screen = Screen::new(120, 36);
    assert_eq!(row_of(&screen, ListRow::Title(1)), "  扎实开展生存教育");
    assert_eq!(
        row_of(&screen, ListRow::Rest(1)),
        "  助力青少年健康成长  李沧区政府"
    );
}

#[test]
fn what_the_head_says_is_not_said_again() {
    for (row, text) in rows(&Screen::new(120, 400)) {
        if let ListRow::Rest(_) | ListRow::Title(_) = row {
            let said = ["2015", "2016", "2017", "2021"].iter().any(|year| {
                text.trim_start().starts_with(year) || text.contains(&format!("  {year}"))
            });
            assert!(!said, "{text}");
        }
    }
}

#[test]
fn hits_keep_their_year_and_where_they_were_found() {
    let screen = Screen::new(120, 36).press("/地铁建设单位");
    let snippet = row_of(&screen, ListRow::Snippet(0));
    assert!(snippet.contains("2017 正文"), "{snippet}");
    assert!(snippet.contains("地铁建设单位"), "{snippet}");
    // Found by its title alone, a case has no such row.
    let screen = Screen::new(120, 36).press("/生存教育 -的");
    let rows = rows(&screen);
    for hit in screen.app.list.hits() {
        let year = SEEDS.get(hit.case).case.year.expect("all years are known");
        assert!(
            rows.iter()
                .any(|(_, text)| text.contains(&year.to_string()))
        );
    }
    let screen = Screen::new(120, 36).press("/市公安局");
    let org = row_of(&screen, ListRow::Org(0));
    assert!(org.contains("机构") && org.contains("市公安局"), "{org}");
}

#[test]
fn nothing_is_cut_behind_an_opening_mark() {
    for columns in (24..=124).step_by(4) {
        for keys in ["", "/gaige{esc}", "/“{esc}", "o", "?", "c"] {
            let screen = Screen::new(columns, 60).press(keys);
            for row in screen.rows() {
                let mut before = None;
                for c in row.chars() {
                    let cut = c == '…' && before.is_some_and(is_opening);
                    assert!(!cut, "{columns} columns, {keys:?}: {row}");
                    before = Some(c);
                }
            }
        }
    }
}

#[test]
fn stars_tags_and_selection_stand_in_the_row() {
    let screen = Screen::new(80, 24).press("jsT待读 典型{enter}");
    let title = row_of(&screen, ListRow::Title(1));
    assert_eq!(title, "▌*扎实开展生存教育");
    let rest = row_of(&screen, ListRow::Rest(1));
    assert!(rest.contains("#典型") || rest.contains("#待读"), "{rest}");
    let screen = screen.press(" ");
    assert_eq!(row_of(&screen, ListRow::Title(1)), " +扎实开展生存教育");
    assert!(row_of(&screen, ListRow::Rest(1)).starts_with(" *助力青少年"));
}

#[test]
fn a_title_with_an_emoji_moves_nothing() {
    let text = "推行“红心❤\u{FE0F}”服务👨‍👩‍👧打造暖城\n市南区政府\n正文一段。\n";
    let title = "推行“红心❤\u{FE0F}”服务👨‍👩‍👧打造暖城";
    let corpus = Handmade::new()
        .document("甲.txt", text, About::default())
        .case(Parts {
            id: "1",
            year: Some(2020),
            title: &[title],
            orgs: &["市南区政府"],
            blocks: &["正文一段。"],
            ..Parts::default()
        })
        .corpus();
    for columns in 80..120 {
        let screen = Screen::over(corpus.clone(), columns, 24);
        let rows = screen.rows();
        let dividers: Vec<u16> = rows[3..20]
            .iter()
            .map(|row| {
                let before = row.split('│').next().expect("there is a divider");
                anli::text::width::of_str(before, screen.app.settings.ambiguous)
            })
            .collect();
        let list = screen
            .app
            .panes()
            .and_then(|panes| panes.list)
            .expect("the list is shown")
            .columns;
        assert!(
            dividers.iter().all(|&x| x == list),
            "{columns}:\n{}",
            screen.text()
        );
    }
}

#[test]
fn the_list_is_sorted_by_key_and_the_order_is_remembered() {
    let screen = Screen::new(80, 24).press("O");
    kept!(screen);
    let years = |screen: &Screen| -> Vec<u16> {
        let hits = screen.app.list.hits().iter();
        let years = hits.map(|hit| SEEDS.get(hit.case).case.year);
        years
            .map(|year| year.expect("all years are known"))
            .collect()
    };
    let newest = Screen::new(80, 24).press("Oshijian{enter}");
    assert!(years(&newest).is_sorted_by_key(|year| std::cmp::Reverse(*year)));
    assert_eq!(newest.listed().len(), 94);
    assert!(newest.row(2).contains("时间从新到旧"), "{}", newest.row(2));
    // A query is answered in the same order, its weaker tiers below.
    let found = newest.press("/gaige{esc}");
    let hits = found.app.list.hits();
    assert!(hits.is_sorted_by_key(|hit| hit.tier));
    for tier in hits.chunk_by(|a, b| a.tier == b.tier) {
        let year = |case| SEEDS.get(case).case.year;
        assert!(tier.is_sorted_by_key(|hit| std::cmp::Reverse(year(hit.case))));
    }
    let again = found.press("x").reopen(80, 24);
    assert_eq!(again.app.list.order(), Order::Newest);
    assert!(years(&again).is_sorted_by_key(|year| std::cmp::Reverse(*year)));
    let oldest = again.press("O{down}{enter}");
    assert!(years(&oldest).is_sorted());
}

#[test]
fn by_evidence_the_cases_that_claim_most_come_first() {
    let claims = |case| {
        let claims = anli::evidence::of_case(SEEDS.get(case));
        let of = |claim: &&anli::evidence::Claim| claim.is_for(Criterion::Leadership);
        claims.iter().filter(of).count()
    };
    let screen = Screen::new(80, 24).press("Olingxianxing{enter}");
    let counts: Vec<usize> = screen
        .app
        .list
        .hits()
        .iter()
        .map(|hit| claims(hit.case))
        .collect();
    assert_eq!(counts.len(), 94);
    assert!(counts.is_sorted_by_key(|&count| std::cmp::Reverse(count)));
    assert!(counts[0] > counts[93]);
    assert!(
        screen.row(2).contains("领先性依据从多到少"),
        "{}",
        screen.row(2)
    );
    // It is remembered, and the cases are measured again.
    let again = screen.reopen(80, 24);
    assert_eq!(claims(again.app.list.hits()[0].case), counts[0]);
}

#[test]
fn by_title_cases_follow_the_pinyin_and_say_their_years() {
    let screen = Screen::new(120, 36).press("Obiaoti{enter}");
    let first_syllables: Vec<&str> = screen
        .app
        .list
        .hits()
        .iter()
        .filter_map(|hit| {
            let title = SEEDS.get(hit.case).title();
            let mut codes = fold::codes(&title).into_iter();
            codes
                .find_map(|code| pinyin::readings(code).next())
                .map(|r| r.name())
        })
        .collect();
    let sorted = first_syllables.windows(2).filter(|pair| pair[0] <= pair[1]);
    // A title that begins with Latin letters is sorted by them.
    assert!(
        sorted.count() >= first_syllables.len() - 8,
        "{first_syllables:?}"
    );
    assert!(
        rows(&screen)
            .iter()
            .all(|(row, _)| !matches!(row, ListRow::Head(_)))
    );
    let rest = row_of(&screen, ListRow::Rest(0));
    let case = screen.app.list.hits()[0].case;
    let year = SEEDS.get(case).case.year.expect("all years are known");
    assert!(rest.contains(&year.to_string()), "{rest}");
}

#[test]
fn by_length_the_longest_text_comes_first() {
    let screen = Screen::new(80, 24).press("Opianfu{enter}");
    let lengths: Vec<usize> = screen
        .app
        .list
        .hits()
        .iter()
        .map(|hit| {
            let case = SEEDS.get(hit.case).case;
            case.blocks
                .iter()
                .map(|block| block.range.bytes().len())
                .sum()
        })
        .collect();
    assert!(lengths.is_sorted_by_key(|length| std::cmp::Reverse(*length)));
    assert_eq!(lengths.len(), 94);
}

#[test]
fn all_are_selected_by_a_key_and_none_by_the_same() {
    let all = Screen::new(80, 24).press("A");
    assert_eq!(all.app.collection.selection.len(), 94);
    let none = all.press("A");
    assert!(none.app.collection.selection.is_empty());
    // Only what is listed, beside what was selected before.
    let some = none.press(" /年:2016{esc}A");
    assert_eq!(some.app.collection.selection.len(), 8);
    assert_eq!(some.press("A").app.collection.selection.len(), 1);
}

#[test]
fn the_pane_with_the_keys_is_seen_without_colours() {
    let mut screen = Screen::new(100, 24);
    screen.theme = Theme::mono();
    let list = screen.row(2);
    let (before, behind) = list.split_once('┬').expect("the rule is over both panes");
    assert!(before.contains('━') && !before.contains('─'), "{list}");
    assert!(behind.contains('─') && !behind.contains('━'), "{list}");
    assert!(
        screen
            .runs(Modifier::BOLD)
            .iter()
            .any(|run| run.contains("列表"))
    );
    let screen = screen.press("{enter}");
    let page = screen.row(2);
    let (before, behind) = page.split_once('┬').expect("the rule is over both panes");
    assert!(before.contains('─') && !before.contains('━'), "{page}");
    assert!(behind.contains('━') && !behind.contains('─'), "{page}");
    assert!(screen.runs(Modifier::REVERSED).is_empty());
    // Neither has them under a popup, nor while a query is typed.
    let screen = screen.press("{esc}");
    for keys in ["?", "/"] {
        let row = screen_after(&screen, keys).row(2);
        assert!(!row.contains('━'), "{keys}: {row}");
    }
    let typing = screen_after(&screen, "/");
    assert!(typing.runs(Modifier::REVERSED).contains(&"/".to_owned()));
}

fn screen_after(screen: &Screen, keys: &str) -> Screen {
    let (columns, rows) = screen.app.window.size;
    let mut after = Screen::new(columns, rows).press(keys);
    after.theme = screen.theme;
    after
}

#[test]
fn the_id_of_the_case_is_in_view_on_the_page() {
    for (columns, rows, keys) in [
        (120, 36, ""),
        (80, 24, "{enter}"),
        (40, 12, "{enter}"),
        (80, 24, "z"),
        (40, 12, "z"),
        (80, 24, "R"),
    ] {
        let screen = Screen::new(columns, rows).press(keys);
        let id = screen.reading().expect("a case is read").to_owned();
        assert!(
            screen.text().contains(&id),
            "{columns}x{rows} {keys}\n{}",
            screen.text()
        );
    }
}

#[test]
fn the_lines_of_the_case_are_marked_in_the_document() {
    let screen = Screen::new(80, 24).press("jR");
    let case = SEEDS
        .get(screen.app.page.case().expect("a case is read"))
        .case;
    let (mut own, mut others) = (0, 0);
    for row in screen.page_rows() {
        let numbered = row.trim_start_matches([' ', '│']);
        let mut parts = numbered.splitn(2, |c: char| !c.is_ascii_digit());
        let number = parts.next().and_then(|digits| digits.parse::<u32>().ok());
        let (Some(line), Some(_)) = (number, parts.next()) else {
            continue;
        };
        let marked = row.trim_start().starts_with('│');
        let is_own = (case.lines.first..=case.lines.last).contains(&line);
        assert_eq!(marked, is_own || case.lines.list == Some(line), "{row}");
        own += u32::from(marked);
        others += u32::from(!marked);
    }
    assert!(own > 0 && others > 0, "{}", screen.text());
}

#[test]
fn on_a_small_screen_the_list_is_good_too() {
    kept!(Screen::new(40, 12).press("j"));
    let mut traditional = Screen::new(40, 12);
    traditional.app.settings.script = Script::Traditional.into();
    for row in traditional.rows() {
        assert!(anli::text::width::of_str(&row, traditional.app.settings.ambiguous) <= 40);
    }
}
