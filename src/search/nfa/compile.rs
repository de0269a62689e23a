//! Compiling a word: which transitions each character of a library has in it, by the syllables of
//! its readings.

use std::sync::Arc;

use super::spelling::{Letters, SyllableBounds, TransitionKind};
use super::{CodeSet, LONGEST, Nfa, Transitions};
use crate::text::fold;
use crate::text::pinyin::ReadableCodes;
use crate::text::pinyin::{self, SYLLABLES, Spellings};
use crate::text::word_ends::is_letter;

/// Transitions of characters by one of their syllables.
#[derive(Clone, Copy, Debug, Default)]
struct SyllableTransitions {
    always: Transitions,
    /// Transitions of usual readings only, and not of those inside words.
    common: Transitions,
}

impl Nfa {
    /// Compiles a word of folded codes. Apostrophes between letters separate syllables, which then
    /// have no initials. `library` contains the characters that may occur in the texts.
    ///
    /// Returns `None` if the word is empty or longer than [`LONGEST`].
    pub fn new(word: &[u16], spellings: &Spellings, library: &ReadableCodes) -> Option<Self> {
        let parts = SyllableBounds::of(word, spellings)?;
        let end = parts.units.len();
        let mut syllables = vec![SyllableTransitions::default(); SYLLABLES.len()];
        let mut reached = !parts.inside;
        for place in 0..end {
            if reached >> place & 1 == 0 {
                continue;
            }
            parts.spell(place, spellings, |syllable, letters, kind| {
                reached |= 1 << (place + letters);
                let SyllableTransitions { always, common } = &mut syllables[usize::from(syllable)];
                match kind {
                    TransitionKind::Initial => common.add(place, letters, true),
                    kind => always.add(place, letters, kind == TransitionKind::LoneLetter),
                }
                always.finishing |= kind == TransitionKind::Syllable && place + letters == end;
            });
        }
        Some(Self::of(&parts.units, &syllables, library))
    }

    /// Compiles a word that may be pinyin for lines and, if it may be two syllables, for running
    /// text. Returns `None` if it is too long.
    pub fn of_pinyin(
        text: &str,
        spellings: &Spellings,
        library: &ReadableCodes,
    ) -> Option<(Arc<Self>, Option<Arc<Self>>)> {
        let apostrophe = u16::from(b'"');
        // A mark may be a key, also at the end of a word: vid; for 制定.
        let is_key = |code| code == u16::from(b';') && spellings.have_key(b';');
        let mut word = fold::codes(text.trim());
        trim_marks(&mut word, is_key);
        word.retain(|&code| !fold::is_mark(code) || is_key(code) || code == apostrophe);
        let word = without_tones(&word, spellings).unwrap_or(word);
        let line = Arc::new(Self::new(&word, spellings, library)?);
        let letters: Vec<u16> = word
            .into_iter()
            .filter(|&code| code != apostrophe)
            .collect();
        let body = (syllables(&letters, spellings) >= 2).then(|| {
            let several = line.of_several().map(Arc::new);
            several.unwrap_or_else(|| Arc::clone(&line))
        });
        Some((line, body))
    }

    /// Compiles a word to be found by its sound: every Han character matches all those with the
    /// same usual reading, everything else matches itself.
    pub fn by_sound(word: &[u16], fuzzy: &Spellings, library: &ReadableCodes) -> Option<Self> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut syllables = vec![SyllableTransitions::default(); SYLLABLES.len()];
        for (place, &code) in word.iter().enumerate() {
            // 堵车 is not dú jū: a word typed by its sound has its usual reading.
            for reading in pinyin::readings(code).filter(|reading| reading.is_usual()) {
                for syllable in fuzzy.sounding_like(reading.syllable()) {
                    let common = &mut syllables[usize::from(syllable)].common;
                    common.add(place, 1, false);
                    // Only a spelled word can be unfinished.
                    common.finishing = true;
                }
            }
        }
        Some(Self::of(word, &syllables, library))
    }

    fn of(units: &[u16], syllables: &[SyllableTransitions], library: &ReadableCodes) -> Self {
        let mut classes = vec![Transitions::default()];
        let (mut class_of, mut codes) = (vec![0; 1 << 16], Vec::new());
        for (group, readings) in library.groups() {
            let mut transitions = Transitions::default();
            for reading in readings {
                let by = &syllables[usize::from(reading.syllable())];
                let from = if reading.is_inside() { !1 } else { u64::MAX };
                transitions.join(&by.always, from, reading.is_usual());
                if reading.is_usual() && !reading.is_inside() {
                    transitions.join(&by.common, u64::MAX, true);
                }
            }
            if transitions != Transitions::default() {
                for &code in group {
                    class_of[usize::from(code)] = classes.len() as u16;
                }
                codes.extend(group);
                classes.push(transitions);
            }
        }
        // A character matches itself, in addition to its readings.
        for (at, &code) in units.iter().enumerate() {
            let class = &mut class_of[usize::from(code)];
            if !units[..at].contains(&code) {
                codes.extend((*class == 0).then_some(code));
                classes.push(classes[usize::from(*class)]);
                *class = classes.len() as u16 - 1;
            }
            let transitions = &mut classes[usize::from(*class)];
            // A letter as itself is not a syllable, or every word could be read whole.
            transitions.add(at, 1, is_letter(code));
            transitions.finishing |= units.last() == Some(&code);
        }
        let mut starts: [CodeSet; 2] = [const { [0; 1 << 10] }; 2].map(Box::new);
        for &code in &codes {
            let class = &classes[usize::from(class_of[usize::from(code)])];
            for (starts, ways) in starts.iter_mut().zip([&class.whole, &class.any]) {
                let is_start = ways.iter().any(|places| places & 1 == 1);
                starts[usize::from(code >> 6)] |= u64::from(is_start) << (code & 63);
            }
        }
        let accept = 1 << units.len();
        let may_finish = |class: &Transitions| {
            let mut ways = (1..).zip(&class.whole);
            class.finishing && ways.any(|(letters, places)| places << letters & accept != 0)
        };
        let class_of = class_of.into_boxed_slice().try_into();
        Self {
            may_finish: classes.iter().any(may_finish),
            class_of: Arc::new(class_of.expect("it has a place for every code")),
            classes,
            codes,
            accept,
            starts,
        }
    }
}

/// Removes the marks that were copied with a word: 《海水稻》, or 海水稻，. A final colon, which
/// may belong to a field, and a final key are kept.
pub fn trim_marks(codes: &mut Vec<u16>, is_key: impl Fn(u16) -> bool) {
    let is_kept = |&code: &u16| !fold::is_mark(code) || code == u16::from(b':') || is_key(code);
    codes.truncate(codes.iter().rposition(is_kept).map_or(0, |last| last + 1));
    let first = codes.iter().position(|&code| !fold::is_mark(code));
    codes.drain(..first.unwrap_or(codes.len()));
}

/// Returns pinyin without the digits after its syllables, as in `di4tie3`; `None` if the word is
/// something else, such as `G2B`.
fn without_tones(word: &[u16], spellings: &Spellings) -> Option<Vec<u16>> {
    let is_tone = |&code: &u16| (u16::from(b'1')..=u16::from(b'5')).contains(&code);
    let mut parts: Vec<&[u16]> = word.split(is_tone).collect();
    let is_syllable = |part: &&[u16]| {
        let letters = Letters::of(part);
        let mut known = letters.spellings(spellings).iter();
        (2..=pinyin::LONGEST).contains(&part.len())
            && known.any(|known| known.letters() == letters.as_slice())
    };
    // Nothing follows the last digit.
    let ends = parts.pop().is_some_and(<[u16]>::is_empty);
    (ends && !parts.is_empty() && parts.iter().all(is_syllable)).then(|| parts.concat())
}

/// Whether a word may be pinyin: whole syllables, of which the last may be unfinished.
pub fn is_pinyin(word: &[u16], spellings: &Spellings) -> bool {
    syllables(word, spellings) > 0
}

/// Returns the maximum number of whole syllables, or characters as themselves, that a word can be
/// read as; 0 if it cannot. An unfinished syllable at its end does not count.
fn syllables(word: &[u16], spellings: &Spellings) -> usize {
    let mut most: Vec<Option<usize>> = vec![None; word.len() + 1];
    most[0] = Some(0);
    let mut best = 0;
    for place in 0..word.len() {
        let Some(so_far) = most[place] else { continue };
        if !is_letter(word[place]) {
            most[place + 1] = most[place + 1].max(Some(so_far + 1));
            continue;
        }
        let rest = Letters::of(&word[place..]);
        for spelling in rest.spellings(spellings) {
            let keys = spelling.letters();
            if rest.as_slice().starts_with(keys) {
                let end = place + keys.len();
                most[end] = most[end].max(Some(so_far + 1));
            } else if place + rest.as_slice().len() == word.len()
                && keys.starts_with(rest.as_slice())
            {
                best = best.max(so_far);
            }
        }
    }
    best.max(most[word.len()].unwrap_or(0))
}
