//! Letters that were typed instead of others.

use std::collections::BTreeSet;

/// The rows of a keyboard.
const KEYS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// All that is one letter away, each once, with how far off it is: what has the same letters
/// and what has one twice, then one too much or too few and the key beside the right one,
/// then all else.
pub fn one_off(letters: &[u8]) -> Vec<(Vec<u8>, u8)> {
    let with =
        |at: usize, letter: u8, rest: usize| [&letters[..at], &[letter], &letters[rest..]].concat();
    let transposed = (1..letters.len()).map(|at| {
        let mut other = letters.to_vec();
        other.swap(at - 1, at);
        (other, 0)
    });
    let shorter = (0..letters.len()).map(|at| {
        let is_twice = at > 0 && letters[at - 1] == letters[at];
        let other = [&letters[..at], &letters[at + 1..]].concat();
        (other, u8::from(!is_twice))
    });
    let beside = (0..letters.len()).flat_map(|at| {
        let is_here = move |pair: &&[u8]| pair.contains(&letters[at]);
        let pairs = KEYS.iter().flat_map(|row| row.windows(2)).filter(is_here);
        let keys = pairs.flatten().filter(move |&&key| key != letters[at]);
        keys.map(move |&key| (with(at, key, at + 1), 1))
    });
    let all = || b'a'..=b'z';
    let longer = (0..=letters.len()).flat_map(|at| all().map(move |c| (with(at, c, at), 1)));
    let others = (0..letters.len()).flat_map(|at| all().map(move |c| (with(at, c, at + 1), 2)));
    let mut known = BTreeSet::from([letters.to_vec()]);
    let mut all: Vec<(Vec<u8>, u8)> = transposed
        .chain(shorter)
        .chain(beside)
        .chain(longer)
        .chain(others)
        .filter(|(other, _)| known.insert(other.clone()))
        .collect();
    all.sort_by_key(|&(_, cost)| cost);
    all
}
