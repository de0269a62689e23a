//! Compiling a word: what each character of a library may do in it, by the syllables
//! that it is read as.

use super::spelling::{SyllableBounds, TransitionKind};
use super::transitions::Transitions;
use super::{LONGEST, Nfa, is_letter};
use crate::search::code_sets::{CodeSet, ReadableCodes};
use crate::text::pinyin::{self, Reading, SYLLABLES, Spellings};

/// What characters may do by one of their syllables.
#[derive(Clone, Copy, Debug, Default)]
struct SyllableTransitions {
    always: Transitions,
    /// Unless the reading is rare.
    common: Transitions,
}

impl SyllableTransitions {
    /// Adds what a character does by it that is read so.
    fn join_to(&self, transitions: &mut Transitions, reading: Reading) {
        // Neither rare readings nor those inside words are initials.
        let is_usual = reading.is_usual();
        if reading.is_inside() {
            transitions.join(&self.always, !1, is_usual);
        } else {
            transitions.join(&self.always, u64::MAX, is_usual);
            if is_usual {
                transitions.join(&self.common, u64::MAX, true);
            }
        }
    }
}

impl Nfa {
    /// Compiles a word of folded codes; apostrophes between letters part syllables, in
    /// which there are no initials then. `library` has the characters that may occur in
    /// the texts.
    ///
    /// `None` where the word is empty or longer than [`LONGEST`].
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
                    TransitionKind::Syllable | TransitionKind::Unfinished => {
                        always.add(place, letters, true);
                    }
                    TransitionKind::LoneLetter => always.add(place, letters, false),
                    TransitionKind::Initial => common.add(place, letters, false),
                }
                always.finishing |= kind == TransitionKind::Syllable && place + letters == end;
            });
        }
        Some(Self::of(parts.units, &syllables, library))
    }

    /// Compiles a word to be found by its sound: every Han matches all characters that are
    /// usually read as it usually is, all else matches itself.
    pub fn by_sound(word: &[u16], fuzzy: &Spellings, library: &ReadableCodes) -> Option<Self> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut syllables = vec![SyllableTransitions::default(); SYLLABLES.len()];
        for (place, &code) in word.iter().enumerate() {
            // 堵车 is not dú jū: who types a word by its sound reads it as usual.
            for reading in pinyin::readings(code).filter(|reading| !reading.is_rare()) {
                for syllable in fuzzy.sounding_like(reading.syllable()) {
                    let common = &mut syllables[usize::from(syllable)].common;
                    common.add(place, 1, true);
                    // Nothing is unfinished that is not spelled.
                    common.finishing = true;
                }
            }
        }
        Some(Self::of(word.to_vec(), &syllables, library))
    }

    fn of(units: Vec<u16>, syllables: &[SyllableTransitions], library: &ReadableCodes) -> Self {
        let mut classes = vec![Transitions::default()];
        let (mut starts, mut whole) = (CodeSet::default(), CodeSet::default());
        let mut note = |codes: &[u16], transitions: &Transitions| {
            if transitions.is_start() {
                codes.iter().for_each(|&code| starts.insert(code));
            }
            if transitions.is_whole() {
                codes.iter().for_each(|&code| whole.insert(code));
            }
        };
        for (codes, readings) in library.groups() {
            let mut transitions = Transitions::default();
            for reading in readings {
                syllables[usize::from(reading.syllable())].join_to(&mut transitions, reading);
            }
            if !transitions.is_none() {
                note(codes, &transitions);
            }
            classes.push(transitions);
        }
        // A character as itself, in addition to what its readings do.
        let mut class_of = library.group_of().clone();
        let mut own: Vec<u16> = Vec::new();
        for (at, &code) in units.iter().enumerate() {
            // A letter as itself is no syllable, or every word could be read whole.
            let is_whole = !is_letter(code);
            if !own.contains(&code) {
                own.push(code);
                classes.push(classes[usize::from(class_of.of(code))]);
                class_of.set(code, classes.len() as u16 - 1);
            }
            let transitions = &mut classes[usize::from(class_of.of(code))];
            transitions.add(at, 1, is_whole);
            transitions.finishing |= units.last() == Some(&code);
            note(&[code], transitions);
        }
        let mut nfa = Self {
            class_of,
            classes,
            own,
            accept: 1 << units.len(),
            starts,
            whole,
            fewest_whole: None,
        };
        nfa.fewest_whole = nfa.fewest_whole();
        nfa
    }
}
