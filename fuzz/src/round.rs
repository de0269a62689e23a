//! The files of a round: settings, a juror's file and the office's, parted by lines of
//! `====`. Wrong settings are mistakes with their lines; of other files what cannot be
//! used is named and left out, what is used is written again as it was, and the sums hold.

use std::sync::LazyLock;

use anli::corpus::Corpus;
use anli::jury::entry::Entry;
use anli::jury::merge::{self, File, Record, Trouble};
use anli::jury::office::Log;
use anli::jury::seat::{Cases, Seat};
use anli::jury::settings::{Round, template};
use anli::jury::visible::Reader;
use anli::language::Language;
use anli::seeds::{self, catalog::Catalog};

/// Three cases: each is looked at for every input.
static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let mut corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    let first = corpus.find("003-8").expect("the seeds have it").0 as usize;
    corpus.cases = corpus.cases.drain(first..first + 3).collect();
    corpus.rest.clear();
    corpus
});

/// The line between two files.
const BETWEEN: &[u8] = b"====\n";

pub fn check(data: &[u8]) {
    let mut parts = parts(data).into_iter();
    let settings = super::text_of(parts.next().unwrap_or_default());
    let round = match Round::parse(&settings) {
        Ok(round) => round,
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in &mistakes {
                for language in [Language::Chinese, Language::English] {
                    check_line(&mistake.message("round.toml", language));
                }
            }
            let usual = template("试", "", &["甲", "乙"], 1);
            Round::parse(&usual).expect("the template is right")
        }
    };
    let file = |name: &str, bytes: &[u8]| File {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let own = file("jurors/a.jsonl", parts.next().unwrap_or_default());
    let copy = file("jurors/b.jsonl", &own.bytes);
    let office = file("office.jsonl", parts.next().unwrap_or_default());
    let log = Log::read(&round.id, Some(&office));
    check_troubles(&log.troubles);
    let names: Vec<&str> = round.jurors.iter().map(|juror| &*juror.name).collect();
    let (records, strays) = merge::merge(&round.id, &names, std::slice::from_ref(&own));
    check_troubles(&strays);
    for record in &records {
        check_record(record);
    }
    // A copy of a file adds nothing.
    let (again, _) = merge::merge(&round.id, &names, &[own, copy]);
    for (one, other) in records.iter().zip(&again) {
        let hashes = |record: &Record| -> Vec<String> {
            record
                .entries
                .iter()
                .map(|kept| kept.hash.clone())
                .collect()
        };
        assert_eq!(hashes(one), hashes(other));
    }
    check_seats(&round, &log, &records);
}

fn parts(data: &[u8]) -> Vec<&[u8]> {
    let mut parts = vec![0];
    let mut at = 0;
    for line in data.split_inclusive(|&b| b == b'\n') {
        if line == BETWEEN && parts.len() < 5 {
            parts.extend([at, at + line.len()]);
        }
        at += line.len();
    }
    parts.push(data.len());
    parts
        .chunks(2)
        .map(|part| &data[part[0]..part[1]])
        .collect()
}

fn check_record(record: &Record) {
    check_troubles(&record.troubles);
    let mut before = 0;
    for kept in &record.entries {
        let sequence = kept.entry.sequence;
        assert!(before <= sequence && sequence < record.next_sequence());
        before = sequence;
        let line = kept.entry.line();
        assert_eq!(Entry::parse(&line).as_ref(), Ok(&kept.entry));
    }
}

/// Every reader has a seat, and a juror none with the scores of others before the opening.
fn check_seats(round: &Round, log: &Log, records: &[Record]) {
    let jurors = (0..round.jurors.len()).map(Reader::Juror);
    for reader in jurors.chain([Reader::Office]) {
        let cases = Cases::of(round, log, records, &CORPUS, reader);
        let seat = Seat::new(round, log, records, &cases, reader).tallied(log);
        assert_eq!(seat.order.len(), seat.docket.cases.len());
        if let (Reader::Juror(own), false) = (reader, seat.is_revision()) {
            assert!(seat.tally.is_none());
            let others = seat.held.iter().enumerate().filter(|(at, _)| *at != own);
            let mut held = others.flat_map(|(_, held)| held);
            assert!(held.all(|held| *held == Default::default()));
        }
        if let Some(tally) = &seat.tally {
            for category in &tally.categories {
                let chosen = category.cases.iter();
                let chosen = chosen.filter(|&&at| tally.cases[at].chosen == Some(true));
                assert!(chosen.count() <= category.line.places);
            }
        }
    }
}

fn check_troubles(troubles: &[Trouble]) {
    for trouble in troubles {
        for language in [Language::Chinese, Language::English] {
            check_line(&trouble.message(language));
        }
    }
}

fn check_line(sentence: &str) {
    assert!(!sentence.is_empty());
    assert_eq!(anli::text::gate::line(sentence), sentence);
}
