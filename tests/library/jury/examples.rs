//! Three worked examples, checked with exact fractions by hand.

use anli::jury::concordance::concordance;
use anli::jury::docket::Docket;
use anli::jury::exact::Exact;
use anli::jury::office::Log;
use anli::jury::panel::{Names, Panel};
use anli::jury::settings::Round;
use anli::jury::tally::{Parted, Sheets, Tally, tally};
use anli::jury::{papers, scores, words};
use anli::language::Sentence;
use anli::paper::Form;

use super::build::{counted, docket, file, held, points, records, round, shown};

const CASES: &str = "A:区市 B:区市 C:部门 D:部门 E:区市";

/// 乙 is recused from C, 丙 has not finished E.
const FIRST: [&str; 3] = [
    "A 90/80/85, B 80/88/86, C 70/72/75, D 60/65/70, E 78/82/80",
    "A 85/80/80, B 82/84/80, C 回避, D 88/85/90, E 80/78/84",
    "A 80/75/78, B 78/80/80, C 75/70/72, D 62/66/64, E 75/-/-",
];

/// The same with every score given.
const SECOND: [&str; 3] = [
    "A 90/80/85, B 80/88/86, C 70/72/75, D 60/65/70, E 78/82/80",
    "A 85/80/80, B 82/84/80, C 80/80/80, D 88/85/90, E 80/78/84",
    "A 80/75/78, B 78/80/80, C 75/70/72, D 62/66/64, E 75/80/78",
];

fn percent(settings: &str) -> Round {
    let settings = format!("entry = \"percent\"\nstep = 1\nties = [\"创新性\"]\n{settings}");
    round(&settings, "区市:2 部门:1", "甲 乙 丙")
}

fn first() -> Tally {
    counted(&percent(""), &docket(CASES), &FIRST, &Log::default())
}

fn signed(value: Option<&Exact>) -> String {
    value.map_or("-".to_owned(), |value| value.signed(2))
}

#[test]
fn totals_of_the_first_example() {
    let tally = first();
    let totals = |juror: usize| shown(tally.cases.iter().map(|case| case.totals[juror].as_ref()));
    assert_eq!(totals(0), ["85.50", "84.20", "72.10", "64.50", "79.80"]);
    assert_eq!(totals(1), ["82.00", "82.00", "-", "87.70", "80.60"]);
    assert_eq!(totals(2), ["77.90", "79.20", "72.60", "63.80", "-"]);
}

#[test]
fn means_and_spread_of_the_first_example() {
    let tally = first();
    let counts: Vec<usize> = tally.cases.iter().map(|case| case.count).collect();
    assert_eq!(counts, [3, 3, 2, 3, 2]);
    let plain = shown(tally.cases.iter().map(|case| case.plain.as_ref()));
    assert_eq!(plain, ["81.80", "81.80", "72.35", "72.00", "80.20"]);
    let spread: Vec<String> = tally
        .cases
        .iter()
        .map(|case| {
            case.variance
                .as_ref()
                .expect("two scores or more")
                .root_half_up(2)
        })
        .collect();
    assert_eq!(spread, ["3.80", "2.51", "0.35", "13.60", "0.57"]);
    let median = shown(tally.cases.iter().map(|case| case.median.as_ref()));
    assert_eq!(median, ["82.00", "82.00", "72.35", "64.50", "80.20"]);
    let novelty = shown(tally.cases.iter().map(|case| case.criteria[0].as_ref()));
    assert_eq!(novelty, ["85.00", "80.00", "72.50", "70.00", "79.00"]);
    let adjusted = shown(tally.cases.iter().map(|case| case.adjusted.as_ref()));
    assert_eq!(adjusted, ["81.80", "81.80", "74.67", "72.00", "78.10"]);
}

#[test]
fn a_trimmed_mean_needs_five_scores() {
    let tally = first();
    assert!(tally.cases.iter().all(|case| case.trimmed.is_none()));
    let unit = percent("").total_unit();
    let trimmed = |case: usize, scores_of: &[&str]| {
        let scores: Vec<i128> = scores_of
            .iter()
            .map(|score| i128::from(points(score).units()) * unit / 10_000)
            .collect();
        assert_eq!(scores.len(), tally.cases[case].count);
        scores::trimmed(&scores, unit, 3).map(|mean| mean.half_up(2))
    };
    assert_eq!(
        trimmed(0, &["85.5", "82", "77.9"]).as_deref(),
        Some("82.00")
    );
    assert_eq!(
        trimmed(1, &["84.2", "82", "79.2"]).as_deref(),
        Some("82.00")
    );
    assert_eq!(trimmed(2, &["72.1", "72.6"]), None);
    assert_eq!(
        trimmed(3, &["64.5", "87.7", "63.8"]).as_deref(),
        Some("64.50")
    );
}

#[test]
fn ranks_of_the_first_example() {
    let tally = first();
    let ranks: Vec<Option<usize>> = tally.cases.iter().map(|case| case.rank).collect();
    assert_eq!(ranks, [Some(1), Some(2), Some(1), Some(2), Some(3)]);
    assert_eq!(tally.cases[0].plain, tally.cases[1].plain);
    assert_eq!(tally.cases[0].parted, Some(Parted::Criterion(0)));
    assert_eq!(tally.cases[1].parted, Some(Parted::Criterion(0)));
    let departments = &tally.categories[1];
    assert_eq!(shown([departments.line.gap.as_ref()]), ["0.35"]);
}

#[test]
fn jurors_of_the_first_example() {
    let tally = first();
    let severity: Vec<String> = tally
        .jurors
        .iter()
        .map(|j| signed(j.severity.as_ref()))
        .collect();
    assert_eq!(severity, ["-0.68", "+6.24", "-5.39"]);
    let own = shown(tally.jurors.iter().map(|juror| juror.own.as_ref()));
    assert_eq!(own, ["77.22", "83.08", "73.38"]);
    let effects: Vec<String> = tally
        .jurors
        .iter()
        .map(|j| signed(j.effect.as_ref()))
        .collect();
    assert_eq!(effects, ["-0.46", "+4.65", "-4.19"]);
    assert_eq!(
        (tally.jurors[1].recused, tally.jurors[2].incomplete),
        (1, 1)
    );
}

#[test]
fn only_one_score_of_the_first_example_is_far_from_the_others() {
    let tally = first();
    let flags: Vec<(usize, usize, String)> = tally
        .cases
        .iter()
        .enumerate()
        .flat_map(|(at, case)| case.flags.iter().map(move |flag| (at, flag)))
        .map(|(at, flag)| (at, flag.juror, flag.distance.signed(2)))
        .collect();
    assert_eq!(flags, [(3, 1, "+23.55".to_owned())]);
}

/// Totals in hundredths, a row a juror.
fn hundredths(rows: &[[i128; 5]], cases: &[usize]) -> Vec<Vec<i128>> {
    let of = |row: &[i128; 5]| cases.iter().map(|&case| row[case]).collect();
    rows.iter().map(of).collect()
}

#[test]
fn agreement_of_the_first_example_needs_more_cases() {
    let totals = [
        [8550, 8420, 0, 6450, 0],
        [8200, 8200, 0, 8770, 0],
        [7790, 7920, 0, 6380, 0],
    ];
    let found = concordance(&hundredths(&totals, &[0, 1, 3]));
    // Our ranks count from the lowest score; the example's from the highest.
    let from_best: Vec<i128> = found.doubled_rank_sums.iter().map(|sum| 24 - sum).collect();
    assert_eq!(from_best, [11, 11, 14]);
    assert_eq!((found.s, found.t), (Exact::new(3, 2), 6));
    let w = found.w.expect("ranks differ");
    assert_eq!((w.half_up(2), w), ("0.09".to_owned(), Exact::new(1, 11)));
    let tally = first();
    assert!(
        tally
            .categories
            .iter()
            .all(|category| !category.agreement.enough)
    );
}

const SECOND_TOTALS: [[i128; 5]; 3] = [
    [8550, 8420, 7210, 6450, 7980],
    [8200, 8200, 8000, 8770, 8060],
    [7790, 7920, 7260, 6380, 7740],
];

#[test]
fn agreement_of_the_second_example() {
    let found = concordance(&hundredths(&SECOND_TOTALS, &[0, 1, 2, 3, 4]));
    // Our ranks count from the lowest score; the example's from the highest.
    let from_best: Vec<i128> = found.doubled_rank_sums.iter().map(|sum| 36 - sum).collect();
    assert_eq!(from_best, [11, 11, 26, 22, 20]);
    assert_eq!((found.s, found.t), (Exact::new(91, 2), 6));
    assert_eq!(found.w, Some(Exact::new(91, 177)));
    assert_eq!(found.w.expect("ranks differ").half_up(2), "0.51");
    // Borda counts are the rank sums from the lowest, less one a juror.
    let borda: Vec<i128> = found.doubled_rank_sums.iter().map(|sum| sum - 6).collect();
    assert_eq!(borda, [19, 19, 4, 8, 10]);
    assert_eq!(borda.iter().sum::<i128>(), 2 * 3 * 5 * 4 / 2);
}

#[test]
fn leaving_one_juror_out_changes_the_second_example() {
    let all = CASES.replace("区市", "部门");
    let round = round(
        "entry = \"percent\"\nstep = 1\nties = [\"创新性\"]",
        "部门:4",
        "甲 乙 丙",
    );
    let tally = counted(&round, &docket(&all), &SECOND, &Log::default());
    let plain = shown(tally.cases.iter().map(|case| case.plain.as_ref()));
    assert_eq!(plain, ["81.80", "81.80", "74.90", "72.00", "79.27"]);
    let category = &tally.categories[0];
    assert_eq!(category.cases, [0, 1, 4, 2, 3]);
    assert_eq!(category.left_out.len(), 1);
    let changed = &category.left_out[0];
    assert_eq!(
        (changed.juror, &changed.gains, &changed.losses),
        (2, &vec![3], &vec![2])
    );
    assert_eq!(category.agreement.w, Some(Exact::new(91, 177)));
}

#[test]
fn leaving_one_juror_out_names_a_tie_that_arises_across_the_line() {
    // 甲 gives A 90 and B 80, 乙 both 80: with both A leads by 5, without 甲 neither does.
    let scores = ["A 90/90/90, B 80/80/80", "A 80/80/80, B 80/80/80"];
    let changed = |settings: &str, scores: &[&str]| {
        let settings = format!("entry = \"percent\"\nstep = 1\n{settings}");
        let round = round(&settings, "部门:1", "甲 乙");
        let tally = counted(&round, &docket("A:部门 B:部门"), scores, &Log::default());
        tally.categories[0].left_out.clone()
    };
    let left = changed("", &scores);
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].juror, &left[0].tied), (0, &vec![0, 1]));
    assert!(left[0].gains.is_empty() && left[0].losses.is_empty());
    // 乙 gives B 83 for the first criterion and less for the second, 80 in all: that
    // criterion parts the two without 甲, and B is chosen.
    let parted = [scores[0], "A 80/80/80, B 83/76/80"];
    let left = changed("ties = [\"创新性\"]", &parted);
    assert_eq!(
        (&left[0].gains, &left[0].losses, &left[0].tied),
        (&vec![1], &vec![0], &vec![])
    );
}

/// What is said below the table of a category, in Chinese and English.
fn remarks(round: &Round, docket: &Docket, marks: &[&str]) -> (String, String) {
    let files: Vec<_> = round
        .jurors
        .iter()
        .zip(marks)
        .map(|(juror, marks)| file(round, &juror.name, marks))
        .collect();
    let held = held(round, docket, &records(round, &files));
    let sheets = Sheets {
        round,
        docket,
        held: &held,
    };
    let sums = tally(&sheets, &Log::default());
    let panel = Panel::of(round, Names::Signed);
    let said = words::remarks(&sheets, &sums, &sums.categories[0], &panel);
    let minutes = papers::minutes(&sheets, &sums, &Log::default(), &[], "0");
    let minutes = String::from_utf8(minutes.write(Form::Markdown)).expect("UTF-8");
    for said in said.iter().filter(|said| said.chinese().contains("若不计")) {
        assert!(minutes.contains(said.chinese()), "{minutes}");
    }
    let all = |part: fn(&Sentence) -> &str| -> String { said.iter().map(part).collect() };
    (all(Sentence::chinese), all(Sentence::english))
}

#[test]
fn where_it_cannot_be_told_what_one_juror_less_would_change_the_reason_is_said() {
    // Five scores of A and B, six of C: without any of the five A and B are not trimmed.
    let six = ["A 36/20/20, B 30/20/20, C 31/20/20"; 5];
    let trimmed = round("mean = \"trimmed\"", "部门:1", "甲 乙 丙 丁 戊 己");
    let docket = docket("A:部门 B:部门 C:部门");
    let all = [&six[..], &["C 31/20/20"]].concat();
    let (chinese, english) = remarks(&trimmed, &docket, &all);
    assert!(
        chinese.contains(
            "若不计甲、乙、丙、丁、戊中任何一人的评分，A、B 得分不足 5 个，没有去极值平均分"
        ),
        "{chinese}"
    );
    assert!(
        english.contains("any one of 甲, 乙, 丙, 丁, 戊: A, B would have fewer than 5 scores"),
        "{english}"
    );
    // 己 scored what has five scores without 己: nothing would change, and nothing is said.
    assert!(!chinese.contains('己'), "{chinese}");
    // Seven scores: five are left without one juror, or six.
    let seven = round("mean = \"trimmed\"", "部门:1", "甲 乙 丙 丁 戊 己 庚");
    let (chinese, _) = remarks(&seven, &docket, &[six[0]; 7]);
    assert!(!chinese.contains("不足 5 个"), "{chinese}");
    // 甲 and 乙 share no case: nothing joins their scores.
    let adjusted = round("mean = \"adjusted\"", "部门:1", "甲 乙");
    let apart = ["A 36/20/20", "B 30/20/20, C 31/20/20"];
    let (chinese, english) = remarks(&adjusted, &docket, &apart);
    for (said, words) in [
        (&chinese, "互不相连"),
        (&chinese, "没有均衡后平均分"),
        (&chinese, "不列名次"),
        (&english, "no adjusted mean"),
        (&english, "no ranks"),
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!chinese.contains("若不计"), "{chinese}");
    // 丙 joins them, and without 丙 they are apart.
    let adjusted = round("mean = \"adjusted\"", "部门:1", "甲 乙 丙");
    let joined = [apart[0], apart[1], "A 35/20/20, B 29/20/20"];
    let (chinese, english) = remarks(&adjusted, &docket, &joined);
    assert!(!chinese.contains("互不相连"), "{chinese}");
    assert!(
        chinese.contains("若不计丙的评分，各案例不再由共同的评委相连"),
        "{chinese}"
    );
    assert!(
        english.contains("Without the scores of 丙: the cases would have no adjusted"),
        "{english}"
    );
}

/// Standardised scores are no part of the program: these show that its means and
/// spreads are those of the example, and why standardising is not.
#[test]
fn standardised_scores_of_the_second_example_turn_two_cases_round() {
    let z = |row: &[i128; 5]| -> Vec<f64> {
        let mean = scores::mean(row, 100).expect("five").approximate();
        let variance = scores::variance(row, 100).expect("five").approximate();
        let of = |&score: &i128| (score as f64 / 100.0 - mean) / variance.sqrt();
        row.iter().map(of).collect()
    };
    let rows: Vec<Vec<f64>> = SECOND_TOTALS.iter().map(z).collect();
    let shown = |row: &[f64]| -> Vec<String> { row.iter().map(|z| format!("{z:.2}")).collect() };
    assert_eq!(shown(&rows[0]), ["0.94", "0.79", "-0.58", "-1.44", "0.29"]);
    assert_eq!(
        shown(&rows[1]),
        ["-0.15", "-0.15", "-0.80", "1.71", "-0.61"]
    );
    assert_eq!(shown(&rows[2]), ["0.59", "0.79", "-0.25", "-1.64", "0.51"]);
    let means: Vec<f64> = (0..5)
        .map(|case| rows.iter().map(|row| row[case]).sum::<f64>() / 3.0)
        .collect();
    assert_eq!(shown(&means), ["0.46", "0.48", "-0.54", "-0.46", "0.06"]);

    let robust = |row: &[i128; 5]| -> (Exact, Exact, Vec<f64>) {
        let median = scores::median(row, 100).expect("five");
        let middle = (median.approximate() * 100.0).round() as i128;
        let distances: Vec<i128> = row.iter().map(|score| (score - middle).abs()).collect();
        let mad = scores::median(&distances, 100).expect("five");
        let of = |&score: &i128| (score - middle) as f64 / 100.0 / (1.4826 * mad.approximate());
        (median.clone(), mad.clone(), row.iter().map(of).collect())
    };
    let robust: Vec<_> = SECOND_TOTALS.iter().map(robust).collect();
    let medians: Vec<String> = robust
        .iter()
        .map(|(median, ..)| median.half_up(2))
        .collect();
    assert_eq!(medians, ["79.80", "82.00", "77.40"]);
    let deviations: Vec<String> = robust.iter().map(|(_, mad, _)| mad.half_up(2)).collect();
    assert_eq!(deviations, ["5.70", "1.40", "1.80"]);
    let means: Vec<f64> = (0..5)
        .map(|case| robust.iter().map(|(.., row)| row[case]).sum::<f64>() / 3.0)
        .collect();
    assert_eq!(shown(&means), ["0.29", "0.40", "-1.22", "-1.39", "-0.22"]);
}

const ELEVEN: [&str; 11] = [
    "36/26/27", "35/27/26", "38/25/28", "30/28/25", "34/24/24", "33/27/29", "37/22/26", "36/26/25",
    "28/14/15", "35/25/27", "40/29/18",
];

#[test]
fn eleven_jurors_and_one_case() {
    let round = round("", "部门:1", "一 二 三 四 五 六 七 八 九 十 末");
    let marks: Vec<String> = ELEVEN.iter().map(|score| format!("A {score}")).collect();
    let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
    let tally = counted(&round, &docket("A:部门"), &marks, &Log::default());
    let case = &tally.cases[0];
    let totals: Vec<String> = shown(case.totals.iter().map(Option::as_ref));
    let expected = [89, 88, 91, 83, 82, 89, 85, 87, 57, 87, 87].map(|total| format!("{total}.00"));
    assert_eq!(totals, expected);
    assert_eq!(shown([case.plain.as_ref()]), ["84.09"]);
    assert_eq!(
        case.variance.as_ref().expect("eleven").root_half_up(2),
        "9.36"
    );
    assert_eq!(shown([case.median.as_ref()]), ["87.00"]);
    assert_eq!(case.trimmed, Some(Exact::new(777, 9)));
    assert_eq!(shown([case.trimmed.as_ref()]), ["86.33"]);
    assert_eq!(case.flags.len(), 1);
    assert_eq!(
        (case.flags[0].juror, case.flags[0].distance.signed(0)),
        (8, "-30".to_owned())
    );
}

/// Other ways to trim give other results: the one that the program takes is by total.
#[test]
fn trimming_otherwise_would_differ() {
    let parts: Vec<Vec<i128>> = (0..3)
        .map(|criterion| {
            let of = |row: &&str| row.split('/').nth(criterion).map(|n| n.parse::<i128>());
            ELEVEN
                .iter()
                .filter_map(of)
                .map(|n| n.expect("a number"))
                .collect()
        })
        .collect();
    let each: Vec<Exact> = parts
        .iter()
        .map(|part| scores::trimmed(part, 1, 5).expect("eleven"))
        .collect();
    let printed: Vec<String> = each.iter().map(|mean| mean.half_up(2)).collect();
    assert_eq!(printed, ["34.89", "25.56", "25.11"]);
    let sum = each.iter().fold(Exact::zero(), |sum, mean| &sum + mean);
    assert_eq!(sum.half_up(2), "85.56");

    let mut totals: Vec<i128> = vec![89, 88, 91, 83, 82, 89, 85, 87, 57, 87, 87];
    totals.sort_unstable();
    assert_eq!(
        scores::mean(&totals[2..9], 1).expect("seven").half_up(2),
        "86.57"
    );
    let (mean, variance) = (
        scores::mean(&totals, 1).expect("eleven").approximate(),
        scores::variance(&totals, 1).expect("eleven").approximate(),
    );
    assert_eq!(format!("{:.2}", (57.0 - mean) / variance.sqrt()), "-2.89");
    let distances: Vec<i128> = totals.iter().map(|total| (total - 87).abs()).collect();
    let mad = scores::median(&distances, 1).expect("eleven");
    assert_eq!(mad, Exact::new(2, 1));
    assert_eq!(format!("{:.2}", 0.6745 * (57.0 - 87.0) / 2.0), "-10.12");
}
