//! Ranks, the line of the quota, and what parts equal means.

use anli::jury::office::{Act, Log, Record};
use anli::jury::settings::Values;
use anli::jury::tally::{Parted, Tally};

use super::build::{counted, docket, round};

fn ranks(tally: &Tally) -> Vec<Option<usize>> {
    tally.cases.iter().map(|case| case.rank).collect()
}

fn chosen(tally: &Tally) -> Vec<Option<bool>> {
    tally.cases.iter().map(|case| case.chosen).collect()
}

fn decided(order: &[&str]) -> Log {
    let act = Act::Order {
        cases: order.iter().map(|&id| id.to_owned()).collect(),
        reason: "会议表决".to_owned(),
    };
    let record = Record {
        sequence: 1,
        time: String::new(),
        previous: String::new(),
        line: 1,
        values: Values::new(),
        act,
    };
    Log {
        records: vec![record],
        ..Log::default()
    }
}

const CASES: &str = "A:部门 B:部门 C:部门 D:部门";
const TIED: &str = "A 36/20/20, B 30/20/20, C 30/20/20, D 20/20/20";

#[test]
fn equal_means_share_a_rank_and_the_next_one_skips() {
    let round = round("", "部门:1", "甲");
    let tally = counted(&round, &docket(CASES), &[TIED], &Log::default());
    assert_eq!(ranks(&tally), [Some(1), Some(2), Some(2), Some(4)]);
    assert_eq!(
        chosen(&tally),
        [Some(true), Some(false), Some(false), Some(false)]
    );
    assert_eq!(tally.cases[1].parted, None);
}

#[test]
fn a_tie_across_the_line_waits_for_a_decision() {
    let round = round("", "部门:2", "甲");
    let docket = docket(CASES);
    let tally = counted(&round, &docket, &[TIED], &Log::default());
    assert_eq!(chosen(&tally), [Some(true), None, None, Some(false)]);
    assert_eq!(tally.categories[0].line.tied, [1, 2]);

    let tally = counted(&round, &docket, &[TIED], &decided(&["C", "B"]));
    assert_eq!(ranks(&tally), [Some(1), Some(3), Some(2), Some(4)]);
    assert_eq!(
        chosen(&tally),
        [Some(true), Some(false), Some(true), Some(false)]
    );
    assert_eq!(tally.cases[2].parted, Some(Parted::Decision));
    assert!(tally.categories[0].line.tied.is_empty());
}

#[test]
fn a_decision_on_some_of_the_tied_cases_decides_nothing() {
    let round = round("", "部门:2", "甲");
    let scores = "A 30/20/20, B 30/20/20, C 30/20/20, D 20/20/20";
    let tally = counted(&round, &docket(CASES), &[scores], &decided(&["C", "B"]));
    assert_eq!(ranks(&tally), [Some(1), Some(1), Some(1), Some(4)]);
}

#[test]
fn means_that_print_alike_still_rank_by_their_exact_values() {
    let round = round("step = 0.01", "部门:1", "甲 乙 丙");
    let tally = counted(
        &round,
        &docket("A:部门 B:部门"),
        &[
            "A 40/20/20, B 40/20/20.01",
            "A 40/20/20, B 40/20/20",
            "A 40/20/20, B 40/20/20",
        ],
        &Log::default(),
    );
    let printed: Vec<String> = tally
        .cases
        .iter()
        .map(|case| case.plain.as_ref().expect("scored").half_up(2))
        .collect();
    assert_eq!(printed, ["80.00", "80.00"]);
    assert_eq!(ranks(&tally), [Some(2), Some(1)]);
}

#[test]
fn the_mean_of_two_scores_is_rounded_half_up() {
    let round = round("step = 0.01", "部门:1", "甲 乙");
    let tally = counted(
        &round,
        &docket("A:部门"),
        &["A 40/20/20.01", "A 40/20/20"],
        &Log::default(),
    );
    assert_eq!(
        tally.cases[0].plain.as_ref().expect("scored").half_up(2),
        "80.01"
    );
}

#[test]
fn a_case_without_scores_has_no_rank_and_is_never_zero() {
    let round = round("", "部门:3", "甲 乙");
    let tally = counted(
        &round,
        &docket("A:部门 B:部门 C:部门"),
        &["A 10/10/10, B 弃评, C 暂缓", "A 回避, B 回避"],
        &Log::default(),
    );
    assert_eq!(ranks(&tally), [Some(1), None, None]);
    assert_eq!(chosen(&tally), [Some(true), Some(false), Some(false)]);
    assert_eq!(tally.cases[1].plain, None);
    assert_eq!(tally.jurors[1].severity, None);
}

#[test]
fn a_share_is_rounded_down() {
    let round = round("", "部门:\"50%\"", "甲");
    let tally = counted(
        &round,
        &docket("A:部门 B:部门 C:部门"),
        &["A 30/20/20, B 20/20/20, C 10/20/20"],
        &Log::default(),
    );
    assert_eq!(tally.categories[0].line.places, 1);
}

#[test]
fn a_panel_in_two_parts_has_no_adjusted_means() {
    let round = round("mean = \"adjusted\"", "部门:1", "甲 乙");
    let tally = counted(
        &round,
        &docket("A:部门 B:部门"),
        &["A 30/20/20", "B 30/20/20"],
        &Log::default(),
    );
    assert!(!tally.connected);
    assert_eq!(ranks(&tally), [None, None]);
}

#[test]
fn scores_that_are_all_equal_have_no_spread_and_no_agreement() {
    let round = round("", "部门:1", "甲 乙 丙");
    let cases: String = ["A", "B", "C", "D", "E"]
        .map(|id| format!("{id}:部门 "))
        .concat();
    let same = ["A", "B", "C", "D", "E"]
        .map(|id| format!("{id} 20/20/20"))
        .join(",");
    let tally = counted(
        &round,
        &docket(&cases),
        &[&same, &same, &same],
        &Log::default(),
    );
    let agreement = &tally.categories[0].agreement;
    assert!(agreement.enough && agreement.w.is_none());
    assert_eq!(
        tally.cases[0]
            .variance
            .as_ref()
            .expect("three")
            .root_half_up(2),
        "0.00"
    );
    assert_eq!(
        tally.jurors[0]
            .severity
            .as_ref()
            .expect("others")
            .half_up(2),
        "0.00"
    );
}
