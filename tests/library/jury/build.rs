//! Builds a round, its cases and its scores out of small tables.

#![allow(dead_code, reason = "tests and benchmarks use different parts")]

use anli::case::{self, CaseId, Completeness, Lines, Org, Title};
use anli::corpus::CaseIndex;
use anli::jury::docket::{Case, Docket};
use anli::jury::entry::{Entry, Head, Mark, Stage, hash};
use anli::jury::exact::{Exact, Points};
use anli::jury::merge::{File, Record, merge};
use anli::jury::office::Log;
use anli::jury::settings::Round;
use anli::jury::standing::{self, Held};
use anli::jury::tally::{Sheets, Tally, tally};

/// A round with percentages weighted 40/30/30, unless other settings are put before.
pub fn round(settings: &str, categories: &str, jurors: &str) -> Round {
    let category = |row: &str| {
        let (name, quota) = row.split_once(':').expect("name:quota");
        format!("[[category]]\nname = \"{name}\"\nquota = {quota}\n")
    };
    let categories: String = categories.split_whitespace().map(category).collect();
    let juror = |name: &str| format!("[[juror]]\nname = \"{name}\"\n");
    let jurors: String = jurors.split_whitespace().map(juror).collect();
    let criteria = "[[criterion]]\nname = \"创新性\"\npoints = 40\n\
                    [[criterion]]\nname = \"领先性\"\npoints = 30\n\
                    [[criterion]]\nname = \"实效性\"\npoints = 30\n";
    let toml = format!("id = \"r1\"\nname = \"试评\"\n{settings}\n{categories}{criteria}{jurors}");
    Round::parse(&toml).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// Cases `A:区市 C:部门`.
pub fn docket(cases: &str) -> Docket {
    let of = |(at, row): (usize, &str)| {
        let (id, category) = row.split_once(':').expect("id:category");
        let category = case::Category::ALL
            .into_iter()
            .find(|known| known.name() == category);
        Case {
            id: id.to_owned(),
            index: CaseIndex(at as u32),
            title: format!("案例{id}"),
            orgs: format!("{id}局"),
            category,
            fingerprint: format!("text-{id}"),
            case: library_case(id, category),
        }
    };
    Docket {
        cases: cases.split_whitespace().enumerate().map(of).collect(),
    }
}

fn library_case(id: &str, category: Option<case::Category>) -> case::Case {
    case::Case {
        id: CaseId(id.to_owned()),
        key: None,
        document: 0,
        number: 1,
        lines: Lines {
            first: 1,
            last: 1,
            list: None,
        },
        year: None,
        category,
        group: None,
        area: None,
        completeness: Completeness::Full,
        title: Title::Editor(format!("案例{id}")),
        orgs: vec![Org {
            printed: format!("{id}局"),
            canonical: format!("{id}局"),
            others: Vec::new(),
        }],
        blocks: Vec::new(),
    }
}

pub fn points(text: &str) -> Points {
    Points::parse(text).expect("a decimal")
}

/// A juror's file: one mark a line, `A 90/80/85`, `A 75/-/-`, `A 回避`, `A 弃评`.
pub fn file(round: &Round, juror: &str, marks: &str) -> File {
    let head = Head {
        version: 1,
        round: round.id.clone(),
        juror: juror.to_owned(),
        seed: "s".to_owned(),
    };
    let mut text = head.line() + "\n";
    let mut previous = hash(&head.line());
    let rows = marks
        .split(',')
        .map(str::trim)
        .filter(|row| !row.is_empty());
    for (row, sequence) in rows.zip(1..) {
        let (case, mark) = row.split_once(' ').expect("case and mark");
        let line = entry(round, sequence, case, mark, &previous).line();
        previous = hash(&line);
        text += &line;
        text.push('\n');
    }
    File {
        name: format!("{juror}.jsonl"),
        bytes: text.into_bytes(),
    }
}

pub fn entry(round: &Round, sequence: u32, case: &str, mark: &str, previous: &str) -> Entry {
    let mark = match mark.trim() {
        "回避" => Mark::Recusal("本单位".to_owned()),
        "弃评" => Mark::Abstention,
        "暂缓" => Mark::Deferral,
        "撤回" => Mark::Withdrawal,
        scores => {
            let given = scores
                .split('/')
                .zip(&round.criteria)
                .filter(|(score, _)| *score != "-");
            Mark::Score(
                given
                    .map(|(score, criterion)| (criterion.name.clone(), points(score)))
                    .collect(),
            )
        }
    };
    Entry {
        sequence,
        time: "2026-03-01T09:00:00Z".to_owned(),
        stage: Stage::First,
        case: case.to_owned(),
        text: format!("text-{case}"),
        rules: round.rules(),
        settings: round.settings.clone(),
        unit: matches!(mark, Mark::Score(_)).then_some(round.entry),
        mark,
        comment: String::new(),
        previous: previous.to_owned(),
    }
}

/// The records of all jurors, from files of `name marks` rows.
pub fn records(round: &Round, files: &[File]) -> Vec<Record> {
    let names: Vec<&str> = round
        .jurors
        .iter()
        .map(|juror| juror.name.as_str())
        .collect();
    let (records, strays) = merge(&round.id, &names, files);
    assert!(strays.is_empty(), "{strays:?}");
    records
}

pub fn held(round: &Round, docket: &Docket, records: &[Record]) -> Vec<Vec<Held>> {
    let jurors = round.jurors.iter().zip(records);
    jurors
        .map(|(juror, record)| standing::of_juror(round, docket, juror, Some(record)))
        .collect()
}

/// A whole round, added up.
pub fn counted(round: &Round, docket: &Docket, marks: &[&str], log: &Log) -> Tally {
    let jurors = round.jurors.iter().zip(marks);
    let files: Vec<File> = jurors
        .map(|(juror, marks)| file(round, &juror.name, marks))
        .collect();
    let records = records(round, &files);
    let held = held(round, docket, &records);
    let sheets = Sheets {
        round,
        docket,
        held: &held,
    };
    tally(&sheets, log)
}

/// Values as they are printed, `-` for none.
pub fn shown<'a>(values: impl IntoIterator<Item = Option<&'a Exact>>) -> Vec<String> {
    let shown = |value: Option<&Exact>| value.map_or("-".to_owned(), |value| value.half_up(2));
    values.into_iter().map(shown).collect()
}
