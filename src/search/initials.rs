//! Which initials stand side by side in a line, in 128 bits: most lines need not
//! be read to know that a spelled word is not in them.
//!
//! A word may be spelled in several ways (dao as 到, d'ao, da'o), each a
//! sequence of initials; a line may hold the word if it has all neighbours of one
//! of them. Lines with Latin letters are read in any case: letters may match as
//! themselves, which would make too many sequences.

use crate::text::pinyin::{self, Spellings};

/// The neighbours of a line.
pub type Signature = u128;

/// Up to how many sequences are told apart, and how long they may be: three
/// pairs of neighbours leave one line of a hundred.
const MOST_SEQUENCES: usize = 32;
const LONGEST_SEQUENCE: usize = 4;

/// Collects the signature of a line, character by character.
#[derive(Clone, Copy, Debug, Default)]
pub struct Collector {
    signature: Signature,
    before: u32,
}

impl Collector {
    #[inline]
    pub fn push(&mut self, code: u16) {
        let initials = initials_of(code);
        if initials == 0 {
            self.signature = Signature::MAX;
        }
        self.add(initials);
    }

    #[inline]
    fn add(&mut self, initials: u32) {
        for first in ones(self.before) {
            for second in ones(initials) {
                self.signature |= bit(first.trailing_zeros(), second.trailing_zeros());
            }
        }
        self.before = initials;
    }

    pub fn signature(self) -> Signature {
        self.signature
    }
}

/// Whether a line of this signature has Latin letters, or so many neighbours
/// that it looks like it.
pub fn has_letters(signature: Signature) -> bool {
    signature == Signature::MAX
}

/// The signatures that a spelled word may have; a line may hold the word if it
/// has all bits of one of them. Empty bits stand in every line.
#[derive(Clone, Debug)]
pub struct Sequences(Vec<Signature>);

impl Sequences {
    /// The sequences of a spelled word of folded codes, apostrophes left out.
    pub fn of(word: &[u16], spellings: &Spellings) -> Self {
        let search = Search {
            word,
            units: |place| units(&word[place..], spellings),
            found: Vec::new(),
        };
        search.all()
    }

    /// The sequences of all words that sound like one.
    pub fn by_sound(word: &[u16], spellings: &Spellings) -> Self {
        let sound = |place: usize| {
            let syllables = pinyin::readings(word[place]).flat_map(|reading| {
                let others = spellings.sounding_like(reading.syllable());
                others.collect::<Vec<_>>()
            });
            let initials = syllables.fold(0, |sum, syllable| sum | pinyin::initial(syllable));
            let own = initials_of(word[place]);
            match initials {
                0 => vec![(1, own)],
                initials => ones(initials).map(|initial| (1, initial)).collect(),
            }
        };
        let search = Search {
            word,
            units: sound,
            found: Vec::new(),
        };
        search.all()
    }

    /// Whether every line may hold the word.
    pub fn are_in_all(&self) -> bool {
        self.0.contains(&0)
    }

    #[inline]
    pub fn may_be_in(&self, line: Signature) -> bool {
        self.0.iter().any(|&wanted| !line & wanted == 0)
    }
}

struct Search<'a, Units> {
    word: &'a [u16],
    /// How many codes the unit at a place may take, and its initials.
    units: Units,
    found: Vec<Signature>,
}

impl<Units: Fn(usize) -> Vec<(usize, u32)>> Search<'_, Units> {
    fn all(mut self) -> Sequences {
        let complete = self.run(0, 0, Collector::default()).is_some();
        // A word of one unit has no neighbours and may be in every line.
        if !complete || self.found.contains(&0) {
            return Sequences(vec![0]);
        }
        // What has all bits of another sequence need not be asked for as well.
        let mut needed: Vec<Signature> = Vec::new();
        self.found
            .sort_unstable_by_key(|signature| signature.count_ones());
        for signature in self.found {
            if needed.iter().all(|known| !signature & known != 0) {
                needed.push(signature);
            }
        }
        if needed.is_empty() {
            // It can be spelled in no way: only letters can be meant.
            needed.push(Signature::MAX);
        }
        Sequences(needed)
    }

    fn run(&mut self, place: usize, length: usize, so_far: Collector) -> Option<()> {
        if place == self.word.len() || length == LONGEST_SEQUENCE {
            self.found.push(so_far.signature());
            return (self.found.len() <= MOST_SEQUENCES).then_some(());
        }
        for (taken, initials) in (self.units)(place) {
            let mut next = so_far;
            next.add(initials);
            self.run(place + taken, length + 1, next)?;
        }
        Some(())
    }
}

/// What a word may begin with: how many codes, under which initials.
fn units(word: &[u16], spellings: &Spellings) -> Vec<(usize, u32)> {
    let letters: Vec<u8> = word
        .iter()
        .map_while(|&code| u8::try_from(code).ok().filter(|&byte| pinyin::is_key(byte)))
        .collect();
    let Some(&first) = letters.first() else {
        return vec![(1, initials_of(word[0]))];
    };
    let mut units = Vec::new();
    for spelling in spellings.starting_with(first) {
        let keys = spelling.letters();
        let initial = pinyin::initial(spelling.syllable);
        if letters.starts_with(keys) {
            units.push((keys.len(), initial));
        } else if letters.len() == word.len() && keys.starts_with(&letters) {
            units.push((letters.len(), initial));
        }
        for &length in spellings.initials(spelling) {
            if length < keys.len() && letters.starts_with(&keys[..length]) {
                units.push((length, initial));
            }
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// A bit for a pair of neighbours; the 900 pairs share 128.
#[inline]
fn bit(first: u32, second: u32) -> Signature {
    1 << ((first * 37 + second * 11) & 127)
}

/// The initials under which a character may be spelled, a bit each: of its
/// readings, or one of its own kind. 0 for Latin letters, whose lines are always
/// read.
#[inline]
fn initials_of(code: u16) -> u32 {
    let set = pinyin::set_of(code);
    if set != 0 {
        return pinyin::initials_in(set);
    }
    match u8::try_from(code) {
        Ok(byte) if byte.is_ascii_lowercase() => 0,
        _ => 1 << (26 + code % 4),
    }
}

/// The ones of a number, each by itself.
#[inline]
fn ones(mut bits: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = bits & bits.wrapping_neg();
        bits &= !lowest;
        (lowest != 0).then_some(lowest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::codes;

    fn signature(line: &str) -> Signature {
        let mut collector = Collector::default();
        codes(line)
            .into_iter()
            .for_each(|code| collector.push(code));
        collector.signature()
    }

    fn may_be_in(word: &str, line: &str) -> bool {
        Sequences::of(&codes(word), &Spellings::default()).may_be_in(signature(line))
    }

    #[test]
    fn a_line_that_holds_a_spelled_word_is_read() {
        let line = "创新实行街长制加强城市精细化管理";
        for word in [
            "jiezhangzhi",
            "jiechangzhi",
            "jzz",
            "jiechz",
            "csjxh",
            "街长制jq",
            "g",
        ] {
            assert!(may_be_in(word, line), "{word}");
        }
        assert!(may_be_in("bimjishu", "轨道交通bim技术应用"));
        assert!(may_be_in("dao", "青岛"));
        assert!(may_be_in("dao", "都安欧"));
        assert!(may_be_in("vip", "vip服务"));
    }

    #[test]
    fn most_other_lines_are_not() {
        let lines = [
            "混合用地模式",
            "开展生存教育",
            "推进审监分离",
            "助推全域旅游",
            "垃圾分类处置",
        ];
        let read = lines.iter().filter(|line| may_be_in("gongjijin", line));
        assert_eq!(read.count(), 0);
    }

    #[test]
    fn a_word_by_sound_is_looked_for_in_lines_of_its_sound() {
        let sequences = Sequences::by_sound(&codes("街长治"), &Spellings::default());
        assert!(sequences.may_be_in(signature("实行街长制")));
        assert!(!sequences.may_be_in(signature("混合用地模式")));
    }
}
