//! `anli jury score`: a juror's entry by line, and what is still to do.

use std::path::Path;

use super::super::{Call, Failure, Outcome};
use super::{Desk, Items, failure, now, refuse, say};
use crate::jury::asked;
use crate::jury::entry::Entry;
use crate::jury::papers;
use crate::jury::said;
use crate::jury::visible::Reader;
use crate::jury::words;
use crate::language::Sentence;

/// Writes one entry of the juror: points as `创新性=36`, or a state.
pub(super) fn run(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    let Reader::Juror(juror) = desk.reader else {
        return Err(refuse(call, &words::name_the_juror()));
    };
    desk.settled(call)?;
    let items = Items::of(call);
    let choice = said::choice(&desk, &items.0).map_err(|why| refuse(call, &why))?;
    let writing = match choice {
        Some(choice) => choice,
        None => {
            let writing = said::writing(&desk, desk.case(call)?, &items.0);
            writing.map_err(|why| refuse(call, &why))?
        }
    };
    let entry = desk.entry(writing, now());
    write(call, &mut desk, juror, entry)
}

fn write(call: &mut Call, desk: &mut Desk, juror: usize, entry: Entry) -> Result<Outcome, Failure> {
    let id = entry.case.clone();
    let entered = desk.opened.enter(juror, entry);
    entered.map_err(|error| failure(call, &error))?;
    desk.look();
    let (done, total) = (desk.done[juror].unwrap_or(0), desk.docket.cases.len());
    let case = desk.docket.find(&id);
    let Some(held) = case.map(|at| &desk.held[juror][at]) else {
        return say(
            call,
            &Sentence::new(
                format!("已选定（{done}/{total}）"),
                format!("chosen ({done} of {total})"),
            ),
        );
    };
    let state = words::state(&held.standing);
    let sum = papers::counted(&desk.round, held);
    if let Some(time) = desk.opened.log.closed() {
        say(call, &words::after_close(time))?;
    }
    if let Some(waiting) = case.and_then(|at| asked::unconfirmed(desk, at)) {
        say(call, &waiting)?;
    }
    say(
        call,
        &Sentence::new(
            format!("{id} {} 本轮总分 {sum}（{done}/{total}）", state.chinese()),
            format!(
                "{id} {}, total of this round {sum} ({done} of {total})",
                state.english()
            ),
        ),
    )
}
