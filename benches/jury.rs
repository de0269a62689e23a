//! How long a round takes to add up: 94 cases and 11 jurors, with gaps.

#[path = "../tests/library/jury/build.rs"]
mod build;

use anli::jury::merge::File;
use anli::jury::office::Log;
use anli::jury::settings::Round;
use anli::jury::tally::{Sheets, Tally, tally};

fn main() {
    divan::main();
}

const JURORS: &str = "一 二 三 四 五 六 七 八 九 十 末";

/// A round ranked by `mean`, and a file a juror; every seventh score is missing.
fn files(mean: &str) -> (Round, String, Vec<File>) {
    let settings = format!("mean = \"{mean}\"\nties = [\"创新性\"]");
    let round = build::round(&settings, "区市:10 功能区:10 部门:10", JURORS);
    let category = |at: usize| ["区市", "功能区", "部门"][at % 3];
    let cases: Vec<String> = (0..94)
        .map(|at| format!("c{at}:{}", category(at)))
        .collect();
    let marks = |juror: usize| {
        let scored = (0..94).filter(|case| !(case + juror).is_multiple_of(7));
        let score = |case: usize| {
            let (a, b, c) = (case * 7 + juror * 3, case * 5 + juror, case + juror * 11);
            format!("c{case} {}/{}/{}", a % 41, b % 31, c % 31)
        };
        scored.map(score).collect::<Vec<_>>().join(",")
    };
    let files = round
        .jurors
        .iter()
        .enumerate()
        .map(|(at, juror)| build::file(&round, &juror.name, &marks(at)))
        .collect();
    (round, cases.join(" "), files)
}

#[divan::bench(args = ["plain", "adjusted"])]
fn add_up(bencher: divan::Bencher<'_, '_>, mean: &str) {
    let (round, cases, files) = files(mean);
    let docket = build::docket(&cases);
    let records = build::records(&round, &files);
    let held = build::held(&round, &docket, &records);
    bencher.bench_local(|| -> Tally {
        let sheets = Sheets {
            round: &round,
            docket: &docket,
            held: &held,
        };
        tally(&sheets, &Log::default())
    });
}

#[divan::bench]
fn read_files_and_add_up(bencher: divan::Bencher<'_, '_>) {
    let (round, cases, files) = files("adjusted");
    let docket = build::docket(&cases);
    bencher.bench_local(|| -> Tally {
        let records = build::records(&round, &files);
        let held = build::held(&round, &docket, &records);
        let sheets = Sheets {
            round: &round,
            docket: &docket,
            held: &held,
        };
        tally(&sheets, &Log::default())
    });
}
