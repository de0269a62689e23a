//! Cases named on the command line by their ids.

use clap::Arg;

use super::{Call, Outcome, arguments, complain};
use crate::case::CaseRef;
use crate::corpus::Corpus;
use crate::jury::docket;
use crate::language::{Labels, quoted};
use crate::nearest::{is_like, nearest};
use crate::round::Opened;
use crate::text::fold::fold;

/// One id or more.
pub fn argument(labels: &Labels) -> Arg {
    Arg::new("id")
        .value_name("ID")
        .num_args(1..)
        .required(true)
        .value_parser(arguments::word())
        .help(labels.help.id)
}

/// The cases that the call names, in its order, each once however often it is
/// named: two entries of one key are an error to BibTeX. Reports an id that no
/// case has; the outcome is then that something was not found.
pub fn found<'a>(corpus: &'a Corpus, call: &Call) -> (Vec<CaseRef<'a>>, Outcome) {
    let ids = call.matches.get_many::<String>("id").into_iter().flatten();
    let mut outcome = Outcome::Done;
    let mut cases: Vec<CaseRef> = Vec::new();
    for id in ids {
        match find(corpus, id).or_else(|near| by_code(corpus, call, id).ok_or(near)) {
            Ok(case) if cases.iter().any(|known| known.case.id == case.case.id) => {}
            Ok(case) => cases.push(case),
            Err(near) => {
                complain(&(call.labels.answer.unknown_id)(&quoted(id), &near));
                outcome = Outcome::Nothing;
            }
        }
    }
    (cases, outcome)
}

/// The case that the office names by its code in a blind round, as tallies and papers do.
fn by_code<'a>(corpus: &'a Corpus, call: &Call, code: &str) -> Option<CaseRef<'a>> {
    let folder = call.options.round.as_ref()?;
    if call.options.juror.is_some() {
        return None;
    }
    let opened = Opened::read(folder).ok()?;
    let mut cases = corpus.iter().map(|(_, case)| case);
    cases.find(|case| docket::id(&opened.round, &case.case.id.0) == code)
}

/// An id that was typed in full width, in half width.
pub(super) fn folded(id: &str) -> String {
    id.chars().map(fold).collect()
}

/// The case with an id, typed in full or half width; or the
/// ids nearest to it that are like it.
pub(super) fn find<'a>(corpus: &'a Corpus, id: &str) -> Result<CaseRef<'a>, Vec<&'a str>> {
    let folded = folded(id);
    let found = corpus.find(id).or_else(|| corpus.find(&folded));
    found.map(|index| corpus.get(index)).ok_or_else(|| {
        let ids = corpus.cases.iter().map(|case| case.id.0.as_str());
        nearest(&folded, ids.filter(|known| is_like(&folded, known)), 3)
    })
}
