//! A file with marks: it is read or refused, what is taken from it is kept as it
//! was taken, nothing that was kept goes, and taken in twice it adds nothing.

use anli::import;
use anli::store::{Change, State};
use anli::text::CharSpan;

use super::text_of;

const CASE: &str = "003-5";

pub fn check(data: &[u8]) {
    let text = text_of(data);
    let Ok(_) = import::read(&text) else { return };
    let mut state = kept();
    take(&text, &mut state);
    assert!(state.starred(CASE));
    assert!(state.tags(CASE).any(|tag| tag == "待读"));
    assert!(state.note(CASE).starts_with("一\n二"));
    let passages = state.passages(CASE);
    assert!(passages.iter().any(|passage| passage.quote == "创新"));
    let again = take(&text, &mut state);
    assert!(again.changes.is_empty(), "{again:?}");
}

fn kept() -> State {
    let mut state = State::default();
    let case = || CASE.to_owned();
    for change in [
        Change::Star {
            case: case(),
            on: true,
        },
        Change::Tag {
            case: case(),
            tag: "待读".to_owned(),
            on: true,
        },
        Change::Note {
            case: case(),
            note: "一\n二".to_owned(),
        },
        Change::Passage {
            case: case(),
            span: CharSpan::new(3, 5),
            quote: "创新".to_owned(),
        },
    ] {
        state.apply(change, 0);
    }
    state
}

fn take(text: &str, state: &mut State) -> import::Outcome {
    let given = import::read(text).expect("it was read before");
    let outcome = import::join(
        given,
        state,
        |id| Some(id.to_owned()),
        |_| Some("本区推进创新，实效明显。".to_owned()),
    );
    for change in &outcome.changes {
        state.apply(change.clone(), 0);
    }
    outcome
}
