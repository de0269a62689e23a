//! A juror's entries: the chain, the union of files, what cannot count.

use anli::jury::entry::{Entry, Mark, hash};
use anli::jury::merge::{File, LARGEST_FILE, Record, merge};
use anli::jury::settings::{Entry as Unit, Round};
use anli::jury::standing::{Doubt, Standing, of_juror};

use super::build::{docket, entry, file, points, records, round};

fn one() -> Round {
    round("", "部门:1", "甲 乙")
}

fn text(file: &File) -> String {
    String::from_utf8(file.bytes.clone()).expect("it is UTF-8")
}

fn with_text(name: &str, text: &str) -> File {
    File {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn read(round: &Round, files: &[File]) -> Record {
    records(round, files).swap_remove(0)
}

fn standing(round: &Round, record: &Record, case: &str) -> Standing {
    let docket = docket("A:部门 B:部门");
    let at = docket.find(case).expect("a case");
    of_juror(round, &docket, &round.jurors[0], Some(record))[at]
        .standing
        .clone()
}

#[test]
fn an_entry_comes_back_as_it_was_written() {
    let round = one();
    for mark in ["36.5/20/0", "36/-/-", "回避", "弃评", "暂缓", "撤回"] {
        let entry = entry(&round, 7, "A", mark, "0123456789abcdef");
        assert_eq!(Entry::parse(&entry.line()), Ok(entry));
    }
}

#[test]
fn every_line_carries_the_hash_of_the_line_before() {
    let text = text(&file(&one(), "甲", "A 30/20/20, B 30/20/20"));
    let lines: Vec<&str> = text.lines().collect();
    for pair in lines.windows(2) {
        assert!(pair[1].contains(&hash(pair[0])), "{pair:?}");
    }
}

#[test]
fn the_union_of_two_copies_is_the_longer_one() {
    let round = one();
    let long = file(&round, "甲", "A 30/20/20, B 30/20/20, A 31/20/20");
    let short = file(&round, "甲", "A 30/20/20, B 30/20/20");
    let alone = read(&round, std::slice::from_ref(&long));
    let both = read(&round, &[short, long]);
    assert!(both.troubles.is_empty(), "{:?}", both.troubles);
    let hashes = |record: &Record| -> Vec<String> {
        record
            .entries
            .iter()
            .map(|kept| kept.hash.clone())
            .collect()
    };
    assert_eq!(hashes(&both), hashes(&alone));
    assert_eq!(both.next_sequence(), 4);
    let Standing::Scored(given) = standing(&round, &both, "A") else {
        panic!("it is scored");
    };
    assert_eq!(given[0], points("31"));
}

#[test]
fn a_copy_of_a_file_is_named_and_the_file_that_bears_the_jurors_name_is_none() {
    let round = one();
    let whole = text(&file(&round, "甲", "A 30/20/20, B 30/20/20"));
    let begun = text(&file(&round, "甲", "A 30/20/20"));
    let named = |files: &[(&str, &str)]| -> Vec<String> {
        let files = files.iter().map(|(name, text)| with_text(name, text));
        let record = read(&round, &files.collect::<Vec<_>>());
        assert_eq!(record.entries.len(), 2);
        let troubles = record.troubles.iter();
        troubles.map(|trouble| trouble.file.clone()).collect()
    };
    let own = "jurors/甲.jsonl";
    assert_eq!(
        named(&[("jurors/甲 (2).jsonl", &whole), (own, &whole)]),
        ["jurors/甲 (2).jsonl"]
    );
    // What is on the stick goes further than the file here.
    assert_eq!(
        named(&[("jurors/甲 (2).jsonl", &whole), (own, &begun)]),
        [own]
    );
    assert_eq!(
        named(&[("jurors/a.jsonl", &whole), ("jurors/b.jsonl", &whole)]),
        ["jurors/b.jsonl"]
    );
    assert!(named(&[(own, &whole)]).is_empty());
}

#[test]
fn a_sequence_with_two_contents_waits_for_the_juror() {
    let round = one();
    let here = file(&round, "甲", "A 30/20/20, B 30/20/20");
    let there = file(&round, "甲", "A 30/20/20, B 10/20/20");
    let there = with_text("甲 (2).jsonl", &text(&there));
    let record = read(&round, &[here.clone(), there.clone()]);
    assert_eq!(record.troubles.len(), 2);
    assert_eq!(
        standing(&round, &record, "B"),
        Standing::Unconfirmed(Doubt::Disputed)
    );
    assert!(matches!(
        standing(&round, &record, "A"),
        Standing::Scored(_)
    ));
    let choices = record.open_choices();
    assert_eq!((choices.len(), choices[0].0, choices[0].1.len()), (1, 2, 2));

    let keep = text(&there)
        .lines()
        .nth(2)
        .map(hash)
        .expect("its second entry");
    let line = format!(
        "{{\"sequence\":3,\"time\":\"\",\"stage\":\"first\",\"state\":\"choice\",\"of\":2,\"keep\":\"{keep}\",\"previous\":\"{keep}\"}}\n"
    );
    let here = with_text("甲.jsonl", &(text(&here) + &line));
    let record = read(&round, &[here, there]);
    assert!(record.open_choices().is_empty(), "{:?}", record.troubles);
    let Standing::Scored(given) = standing(&round, &record, "B") else {
        panic!("it is scored");
    };
    assert_eq!(given[0], points("10"));
}

#[test]
fn order_is_by_sequence_and_never_by_the_clock() {
    let round = one();
    let written = text(&file(&round, "甲", "A 30/20/20, A 31/20/20"));
    let later = written.replacen("2026-03-01", "2027-03-01", 1);
    // The chain breaks with the changed time, so that the entry is disputed; the later
    // one counts all the same.
    let record = read(&round, &[with_text("甲.jsonl", &later)]);
    let Standing::Scored(given) = standing(&round, &record, "A") else {
        panic!("it is scored");
    };
    assert_eq!(given[0], points("31"));
}

#[test]
fn an_entry_that_was_changed_later_is_named_and_does_not_count() {
    let round = one();
    let written = text(&file(&round, "甲", "A 30/20/20, B 30/20/20"));
    let changed = written.replacen("\"创新性\":30", "\"创新性\":39", 1);
    let record = read(&round, &[with_text("甲.jsonl", &changed)]);
    assert_eq!(record.troubles.len(), 1);
    assert_eq!(record.troubles[0].line, Some(2));
    assert_eq!(
        standing(&round, &record, "A"),
        Standing::Unconfirmed(Doubt::Disputed)
    );
    assert!(matches!(
        standing(&round, &record, "B"),
        Standing::Scored(_)
    ));
}

#[test]
fn an_incomplete_last_line_is_left_aside() {
    let round = one();
    let whole = text(&file(&round, "甲", "A 30/20/20, B 30/20/20"));
    for cut in 1..120 {
        let end = whole.len() - cut;
        if !whole.is_char_boundary(end) {
            continue;
        }
        let record = read(&round, &[with_text("甲.jsonl", &whole[..end])]);
        assert_eq!(record.entries.len(), 1, "{cut}");
        assert_eq!(record.troubles[0].line, Some(3));
    }
}

#[test]
fn files_that_are_none_of_a_juror_are_named_and_left_out() {
    let round = one();
    let good = file(&round, "甲", "A 30/20/20");
    let other_round = with_text("b.jsonl", &text(&good).replace("\"r1\"", "\"r2\""));
    let other_juror = with_text("c.jsonl", &text(&good).replace("甲", "丁"));
    let nonsense = with_text("d.jsonl", "nonsense\n");
    let empty = with_text("e.jsonl", "");
    let binary = File {
        name: "f.jsonl".to_owned(),
        bytes: vec![b'\n', 0xff],
    };
    let huge = File {
        name: "g.jsonl".to_owned(),
        bytes: vec![b'x'; LARGEST_FILE + 1],
    };
    let files = [
        other_round,
        other_juror,
        nonsense,
        empty,
        binary,
        huge,
        good,
    ];
    let (records, strays) = merge("r1", &["甲", "乙"], &files);
    let named: Vec<&str> = strays.iter().map(|stray| stray.file.as_str()).collect();
    assert_eq!(
        named,
        [
            "b.jsonl", "c.jsonl", "d.jsonl", "e.jsonl", "f.jsonl", "g.jsonl"
        ]
    );
    let lines: Vec<Option<u32>> = strays.iter().map(|stray| stray.line).collect();
    assert_eq!(lines, [Some(1), Some(1), Some(1), Some(1), Some(2), None]);
    assert_eq!(records[0].entries.len(), 1);
}

#[test]
fn broken_lines_are_named_and_the_others_count() {
    let round = one();
    let good = text(&file(&round, "甲", "A 30/20/20, B 30/20/20"));
    let lines: Vec<&str> = good.lines().collect();
    let broken = format!("{}\nnonsense\n{}\n\n{}\n", lines[0], lines[1], lines[2]);
    let record = read(&round, &[with_text("甲.jsonl", &broken)]);
    assert_eq!(record.entries.len(), 2);
    assert_eq!(record.troubles.len(), 1);
    assert_eq!(record.troubles[0].line, Some(2));
}

#[test]
fn scores_by_other_rules_or_for_another_text_wait_to_be_confirmed() {
    let round = one();
    let record = read(&round, &[file(&round, "甲", "A 30/20/20")]);
    let mut changed = round.clone();
    changed.criteria[0].points = points("35");
    assert_eq!(
        standing(&changed, &record, "A"),
        Standing::Unconfirmed(Doubt::Rules)
    );
    let mut docket = docket("A:部门");
    docket.cases[0].fingerprint = "another".to_owned();
    let held = of_juror(&round, &docket, &round.jurors[0], Some(&record));
    assert_eq!(held[0].standing, Standing::Unconfirmed(Doubt::Text));
}

#[test]
fn points_do_not_pass_for_percents() {
    let round = one();
    let record = read(&round, &[file(&round, "甲", "A 30/20/20")]);
    let mut percent = round.clone();
    percent.entry = Unit::Percent;
    let held = of_juror(&percent, &docket("A:部门"), &round.jurors[0], Some(&record));
    assert_eq!(held[0].standing, Standing::Unconfirmed(Doubt::Unit));
    assert!((0..3).all(|criterion| held[0].waiting(criterion).is_none()));
    // They stay on record.
    assert!(held[0].first.is_some());
}

#[test]
fn a_choice_made_elsewhere_is_newer_than_an_entry_on_its_case() {
    let round = one();
    let one = text(&file(&round, "甲", "A 30/20/20"));
    let other = text(&file(&round, "甲", "A 31/20/20"));
    let files = [with_text("甲.jsonl", &one), with_text("副本.jsonl", &other)];
    let known = read(&round, &files);
    assert_eq!(known.open_choices().len(), 1);
    let keep = &known.entries[0];
    let mut choice = entry(&round, 2, "", "弃评", &keep.hash);
    choice.mark = Mark::Choice {
        sequence: 1,
        keep: keep.hash.clone(),
    };
    let chosen = with_text("甲.jsonl", &format!("{one}{}\n", choice.line()));
    let now = read(&round, &[chosen, with_text("副本.jsonl", &other)]);
    let next = entry(&round, 2, "A", "32/20/20", &keep.hash);
    let newer = now.newer(&known, &next).expect("the choice");
    assert_eq!(newer.hash, keep.hash);
    // So is it than another choice between the same two, and not than an entry on B.
    assert!(now.newer(&known, &choice).is_some());
    let elsewhere = entry(&round, 2, "B", "32/20/20", &keep.hash);
    assert!(now.newer(&known, &elsewhere).is_none());
}

#[test]
fn points_above_the_most_do_not_count() {
    let round = one();
    for scores in ["41/20/20", "30/20/20.3"] {
        let record = read(&round, &[file(&round, "甲", &format!("A {scores}"))]);
        assert_eq!(
            standing(&round, &record, "A"),
            Standing::Unconfirmed(Doubt::Points)
        );
    }
}

#[test]
fn a_recusal_after_scoring_takes_the_score_out_and_keeps_it_on_record() {
    let round = one();
    let docket = docket("A:部门");
    let record = read(
        &round,
        &[file(&round, "甲", "A 30/20/20, A 回避, A 31/20/20")],
    );
    let held = of_juror(&round, &docket, &round.jurors[0], Some(&record));
    assert!(matches!(
        &held[0].standing,
        Standing::Recused { listed: false, .. }
    ));
    assert!(held[0].first.is_some());
    let record = read(&round, &[file(&round, "甲", "A 回避, A 撤回, A 31/20/20")]);
    let held = of_juror(&round, &docket, &round.jurors[0], Some(&record));
    assert!(matches!(&held[0].standing, Standing::Scored(_)));
}
