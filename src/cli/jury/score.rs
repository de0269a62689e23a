//! `anli jury score`: a juror's entry by line, and what is still to do.

use std::path::Path;

use super::super::{Call, Failure, Outcome};
use super::{Desk, Items, Key, failure, now, refuse, say};
use crate::jury::entry::{Entry, Mark};
use crate::jury::papers;
use crate::jury::said;
use crate::jury::seat::Writing;
use crate::jury::visible::Reader;
use crate::jury::words;
use crate::language::Sentence;

const KEEP: Key = ("保留", "keep");

/// Writes one entry of the juror: points as `创新性=36`, or a state.
pub(super) fn run(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    let Reader::Juror(juror) = desk.reader else {
        return Err(refuse(call, &words::name_the_juror()));
    };
    desk.settled(call)?;
    let items = Items::of(call);
    if let Some(keep) = items.get(KEEP) {
        let mark = choice(call, &desk, juror, keep)?;
        let writing = Writing {
            case: usize::MAX,
            mark,
            comment: String::new(),
        };
        let entry = desk.entry(writing, now());
        return write(call, &mut desk, juror, entry);
    }
    let case = desk.case(call)?;
    let writing = said::writing(&desk, case, &items.0);
    let writing = writing.map_err(|why| refuse(call, &why))?;
    let entry = desk.entry(writing, now());
    write(call, &mut desk, juror, entry)
}

/// The choice between entries of one sequence: `保留=7:hash`.
fn choice(call: &Call, desk: &Desk, juror: usize, keep: &str) -> Result<Mark, Failure> {
    let choices = desk.opened.records[juror].open_choices();
    let offered: Vec<String> = choices
        .iter()
        .flat_map(|(sequence, kept)| {
            kept.iter()
                .map(move |kept| format!("{sequence}:{}", kept.hash))
        })
        .collect();
    let chosen = offered.iter().find(|offered| *offered == keep);
    let parted = chosen.and_then(|chosen| chosen.split_once(':'));
    let mark = parted.and_then(|(sequence, hash)| {
        Some(Mark::Choice {
            sequence: sequence.parse().ok()?,
            keep: hash.to_owned(),
        })
    });
    mark.ok_or_else(|| {
        let offered = offered.join("、");
        refuse(
            call,
            &Sentence::new(
                format!("没有待选定的“{keep}”；有：{offered}"),
                format!("nothing to choose is {keep:?}; there are {offered}"),
            ),
        )
    })
}

fn write(call: &mut Call, desk: &mut Desk, juror: usize, entry: Entry) -> Result<Outcome, Failure> {
    let id = entry.case.clone();
    let entered = desk.opened.enter(juror, entry);
    entered.map_err(|error| failure(call, &error))?;
    desk.look();
    let (done, total) = (desk.done[juror].unwrap_or(0), desk.docket.cases.len());
    let Some(held) = desk.docket.find(&id).map(|at| &desk.held[juror][at]) else {
        return say(
            call,
            &Sentence::new(
                format!("已选定（{done}/{total}）"),
                format!("chosen ({done} of {total})"),
            ),
        );
    };
    let state = words::state(&held.standing);
    let sum = papers::total(&desk.round, held.points());
    say(
        call,
        &Sentence::new(
            format!("{id} {} 总分 {sum}（{done}/{total}）", state.chinese()),
            format!("{id} {}, total {sum} ({done} of {total})", state.english()),
        ),
    )
}
