//! Whether characters may follow one another from the begin of a word to its end.

use super::edges::{Edges, MOST};

/// What is reached in a word, by all that its characters may do together.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// Bit `p`: the end is reached from place `p`.
    to_end: u64,
    /// The same by whole syllables and characters as themselves.
    whole_to_end: u64,
    /// Bit `p`: so is place `p` from the begin.
    whole_from_begin: u64,
    /// Of how many characters the word is at least, without initials; `None` where
    /// there are none such.
    pub(super) fewest_whole: Option<usize>,
}

impl Paths {
    /// Of a word of so many letters; `edges` are those of all of its characters.
    pub(super) fn of(edges: &Edges, letters: usize) -> Self {
        let mut fewest = vec![None; letters + 1];
        fewest[0] = Some(0);
        for place in 0..letters {
            let Some(here) = fewest[place] else { continue };
            for next in nexts(&edges.whole, place) {
                let known = &mut fewest[next];
                *known = Some(known.map_or(here + 1, |known: usize| known.min(here + 1)));
            }
        }
        let reached = fewest.iter().enumerate();
        let reached = reached.filter(|(_, fewest)| fewest.is_some());
        Self {
            to_end: to_end(&edges.any, letters),
            whole_to_end: to_end(&edges.whole, letters),
            whole_from_begin: reached.fold(0, |bits, (place, _)| bits | 1 << place),
            fewest_whole: fewest[letters],
        }
    }

    /// Whether the end is reached from a place; with initials among the characters
    /// only if `initials` says so.
    pub(super) fn reaches_end(&self, place: usize, initials: bool) -> bool {
        let places = if initials {
            self.to_end
        } else {
            self.whole_to_end
        };
        places >> place & 1 == 1
    }

    /// Whether one place is reached from the begin, and the end from another, without
    /// initials.
    pub(super) fn are_whole_around(&self, place: usize, next: usize) -> bool {
        self.whole_from_begin >> place & self.whole_to_end >> next & 1 == 1
    }
}

fn to_end(edges: &[u64; MOST], letters: usize) -> u64 {
    let mut places = 1 << letters;
    for place in (0..letters).rev() {
        if nexts(edges, place).any(|next| places >> next & 1 == 1) {
            places |= 1 << place;
        }
    }
    places
}

/// The places that are reached from another in one step.
fn nexts(edges: &[u64; MOST], place: usize) -> impl Iterator<Item = usize> {
    let by_letters = edges.iter().zip(place + 1..);
    let possible = by_letters.filter(move |(places, _)| **places >> place & 1 == 1);
    possible.map(|(_, next)| next)
}
