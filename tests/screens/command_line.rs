//! What the command line lists, beside what the explorer lists.

#[path = "../support/anli.rs"]
mod anli;

use crate::support::screen::Screen;

const QUERIES: &str = include_str!("../gold/queries.tsv");

#[test]
fn search_prints_the_cases_that_the_explorer_lists_in_its_order() {
    let rows = QUERIES.lines().filter(|row| !row.starts_with('#'));
    let queries = rows.filter_map(|row| Some(row.split_once('\t')?.0));
    // The last of them finds nothing.
    let others = ["创新", "zhuang", "-创新", "审计 -201", "火星殖民地"];
    for query in queries.chain(others) {
        let ran = anli::anli(["search", "--no-state", "--", query]);
        // Where a field has no such value the explorer says so beside a list; a
        // program would take the list for the answer.
        if query == "军民融合 类:xyz" {
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
            assert!(ran.stderr.contains("xyz"), "{}", ran.stderr);
            continue;
        }
        let id = |line: &str| line.split('\t').nth(1).map(str::to_owned);
        let printed: Vec<String> = ran.stdout.lines().filter_map(id).collect();
        let screen = Screen::new(80, 24).press("/").paste(query);
        assert_eq!(printed, screen.listed(), "{query}: {}", ran.stderr);
        assert_eq!(ran.code, i32::from(printed.is_empty()), "{query}");
    }
}
