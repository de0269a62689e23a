//! The order of hits.
//!
//! Every word of a query has one best place in a case. Places compare, the
//! first difference deciding, by
//!
//! 1. group: as typed; by pinyin, or cut out of a longer Latin word; by pinyin in
//!    running text only; by the sound of a Han word (同音); scattered (近似);
//! 2. field: title, org, heading, text;
//! 3. how: as typed; with marks between (互联网统计 in “互联网”统计); by whole
//!    syllables; with the last one unfinished; by initials; each of them on a printed name before it is on a
//!    canonical or former one;
//! 4. whole figures before those that it is cut out of (10万 in 110万);
//! 5. early and dense: in a line its start and the share of the line that it
//!    covers, in text the distance of the first occurrence, in doublings, and how
//!    often the word stands in so much text.
//!
//! A case ranks by its places together: the worst group of its words, since one
//! word found by sound makes the case a guess; then the sum over its words of
//! the fields, so that a case whose title holds all words comes first; then
//! the sums of how, and of the rest. Then the newer year wins, then the
//! reading order. A word that is a year which the library has asks for that year:
//! cases of other years that mention it stand behind all cases of that year. What
//! only begins like a year or an id counts less than any place in a text.

use super::{Field, Group};

/// The best place of a word in a case; the smaller is the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(u64);

/// How a word lies in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    AsTyped,
    AcrossMarks,
    /// As typed, but cut out of a longer Latin word.
    Cut,
    Syllables,
    /// By syllables of which the last is not finished.
    Begun,
    Initials,
}

/// The group of a number in a place or a key: the first two are one to the reader,
/// but letters as typed (BT) stand above what they may spell (部体, 补充).
fn group_of(number: u64) -> Group {
    match number {
        0 | 1 => Group::Exact,
        2 => Group::PinyinInText,
        3 => Group::Homophone,
        _ => Group::Scattered,
    }
}

/// What a word was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// What is known of the case as a whole: its award year, its id.
    Record,
    Field(Field),
    /// A year or an id that begins like the word, which is not finished yet.
    Begun,
}

impl Place {
    /// The word is not in the case.
    pub const NONE: Self = Self(u64::MAX);

    const AT_BITS: u32 = 32;
    const PENALTY_BITS: u32 = 10;
    const HOW_BITS: u32 = 4;

    /// A place; `alias` is set for names that are not printed, `penalty` is
    /// smaller the earlier and denser, `at` tells where in the field.
    #[inline]
    pub fn new(group: Group, scope: Scope, how: How, alias: bool, penalty: u32, at: usize) -> Self {
        let scope = match scope {
            Scope::Record => 0,
            Scope::Field(field) => 1 + field as u64,
            Scope::Begun => 5,
        };
        let group = match group {
            Group::Exact => u64::from(how >= How::Cut),
            _ => group as u64 + 1,
        };
        let how = how as u64 | u64::from(alias) << 3;
        let penalty = u64::from(penalty.min((1 << Self::PENALTY_BITS) - 1));
        let rank = (group << 3 | scope) << Self::HOW_BITS | how;
        let at = at as u64 & ((1 << Self::AT_BITS) - 1);
        Self((rank << Self::PENALTY_BITS | penalty) << Self::AT_BITS | at)
    }

    /// The place as a number that compares as places do.
    #[inline]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The place of a number from [`Place::bits`].
    #[inline]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The last of the places that count as much.
    #[inline]
    pub fn last_alike(self) -> Self {
        // What is known of a case as a whole counts as its title does, the next scope.
        let scope = u64::from(self.scope() == Scope::Record) << Self::HOW_BITS;
        let rank = (self.rank() | scope) << (Self::PENALTY_BITS + Self::AT_BITS);
        Self(self.0 | rank | ((1 << Self::AT_BITS) - 1))
    }

    #[inline]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    pub fn group(self) -> Group {
        group_of(self.rank() >> (Self::HOW_BITS + 3))
    }

    /// Whether the word stands there by what its letters spell, or is cut out of a
    /// longer one.
    pub fn is_spelled(self) -> bool {
        self.rank() >> (Self::HOW_BITS + 3) == 1
    }

    pub fn scope(self) -> Scope {
        match self.scope_bits() {
            0 => Scope::Record,
            1 => Scope::Field(Field::Title),
            2 => Scope::Field(Field::Org),
            3 => Scope::Field(Field::Heading),
            4 => Scope::Field(Field::Text),
            _ => Scope::Begun,
        }
    }

    /// Where in the field; what it counts is the field's own affair.
    pub fn at(self) -> usize {
        (self.0 & ((1 << Self::AT_BITS) - 1)) as usize
    }

    /// Group, scope and how.
    #[inline]
    fn rank(self) -> u64 {
        self.0 >> (Self::AT_BITS + Self::PENALTY_BITS)
    }

    fn scope_bits(self) -> u64 {
        self.rank() >> Self::HOW_BITS & 7
    }

    #[cfg(test)]
    pub(super) fn how_bits(self) -> u64 {
        self.rank() & 15
    }

    fn penalty(self) -> u64 {
        self.0 >> Self::AT_BITS & ((1 << Self::PENALTY_BITS) - 1)
    }
}

/// How early and dense a word stands in a line of `length` characters.
#[inline]
pub fn penalty_in_line(start: usize, characters: usize, length: usize) -> u32 {
    let length = length.clamp(1, RECIPROCALS.len() - 1);
    let share = (16 * characters.min(length) as u32 * RECIPROCALS[length]) >> 16;
    start.min(200) as u32 + 16 - share
}

/// What a word that is cut out of a longer figure counts beside: more than being
/// late and alone.
pub const CUT: u32 = 256;

/// 1 divided by small numbers, in 65536ths, rounded up; lines are short, and a
/// division for each of a million hits is felt.
static RECIPROCALS: [u32; 256] = {
    let mut reciprocals = [0; 256];
    let mut n = 1;
    while n < 256 {
        reciprocals[n] = 65_536_u32.div_ceil(n as u32);
        n += 1;
    }
    reciprocals
};

/// How early and dense a word stands in a text of `length` characters.
pub fn penalty_in_text(first: usize, count: u32, length: usize) -> u32 {
    let doublings = |n: usize| usize::BITS - n.leading_zeros();
    // One occurrence in an abstract of 300 characters is as dense as ten in a
    // full case of 4,000.
    let density = doublings(count as usize * 2048 / (length + 512)).min(5);
    doublings(first / 64) + 5 - density
}

/// The places of a query's words in one case, summed up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    /// The worst group, as a number.
    group: u64,
    /// The fields, above the sixteen bits of the hows.
    ranks: u64,
    penalties: u64,
}

/// What a place counts in [`Sum::ranks`], by its group, scope and how: every hit
/// of a large library is summed up.
static RANKS: [u32; 1 << 10] = {
    let mut ranks = [0; 1 << 10];
    let mut rank = 0;
    while rank < ranks.len() {
        // The number of a scope is that of its field and one.
        let fields = match rank >> Place::HOW_BITS & 7 {
            0 => 0,
            scope if scope <= 1 + Field::Text as usize => scope - 1,
            // What is begun stands behind all that is sure.
            _ => 1 + Field::Text as usize,
        };
        ranks[rank] = (fields << 16 | rank & 15) as u32;
        rank += 1;
    }
    ranks
};

impl Sum {
    /// Counts one word's place in. `asks_for_year` tells that the word is a year
    /// of the library.
    #[inline]
    pub fn add(&mut self, place: Place, asks_for_year: bool) {
        let rank = place.rank() & 0x3FF;
        self.group = self.group.max(rank >> (Place::HOW_BITS + 3));
        self.ranks += u64::from(RANKS[rank as usize]);
        // More than ten other words can make up for.
        if asks_for_year && place.scope() != Scope::Record {
            self.ranks += 32 << 16;
        }
        self.penalties += place.penalty();
    }

    /// The key by which hits are sorted; the case, in reading order, is its low
    /// part. `age` is 0 for the newest year.
    #[inline]
    pub fn key(self, age: u8, case: u32) -> u64 {
        let mut key = self.group;
        key = key << 8 | (self.ranks >> 16).min(0xFF);
        key = key << 8 | (self.ranks & 0xFFFF).min(0xFF);
        key = key << PENALTIES_BITS | self.penalties.min(0xFFF);
        key << BELOW_PENALTIES | below_penalties(age, case)
    }
}

const PENALTIES_BITS: u32 = 12;
const BELOW_PENALTIES: u32 = 8 + CASE_BITS;

#[inline]
fn below_penalties(age: u8, case: u32) -> u64 {
    u64::from(age) << CASE_BITS | u64::from(case)
}

/// The key of a case of which one place is all that counts, as [`Sum::key`] would
/// have it: most queries are one word, and no sum runs over.
#[inline]
pub fn key_of_one(place: Place, age: u8, case: u32) -> u64 {
    let key = KEYS[(place.rank() & 0x3FF) as usize] << PENALTIES_BITS | place.penalty();
    key << BELOW_PENALTIES | below_penalties(age, case)
}

/// What stands before the penalties in a key, by the group, scope and how of a place.
static KEYS: [u64; 1 << 10] = {
    let mut keys = [0; 1 << 10];
    let mut rank = 0;
    while rank < keys.len() {
        let (fields, how) = (RANKS[rank] >> 16, RANKS[rank] & 0xFFFF);
        keys[rank] = (rank as u64 >> (Place::HOW_BITS + 3)) << 16 | (fields << 8 | how) as u64;
        rank += 1;
    }
    keys
};

/// The best of many keys.
#[derive(Debug)]
pub struct Best {
    most: usize,
    keys: Vec<u64>,
    /// No key above this one is among the best.
    bound: u64,
}

impl Best {
    pub fn of(most: usize) -> Self {
        Self {
            most,
            keys: Vec::new(),
            bound: if most == 0 { 0 } else { u64::MAX },
        }
    }

    /// The worst key, once there are enough better ones to take no worse.
    #[inline]
    pub fn worst(&self) -> Option<u64> {
        (self.bound != u64::MAX).then_some(self.bound)
    }

    #[inline]
    pub fn push(&mut self, key: u64) {
        if key < self.bound {
            self.keys.push(key);
            if self.keys.len() / 2 >= self.most {
                self.drop_worse();
            }
        }
    }

    fn drop_worse(&mut self) {
        if self.keys.len() > self.most {
            let (_, &mut worst, _) = self.keys.select_nth_unstable(self.most);
            self.bound = worst;
            self.keys.truncate(self.most);
        }
    }

    /// Adds the best of others.
    pub fn join(&mut self, other: Self) {
        self.keys.extend(other.keys);
        self.drop_worse();
    }

    /// The keys that are left, best first.
    pub fn sorted(mut self) -> Vec<u64> {
        self.drop_worse();
        self.keys.sort_unstable();
        self.keys
    }
}

/// Room for 33 million cases.
const CASE_BITS: u32 = 25;

/// The case in a key of [`Sum::key`].
pub fn case_in(key: u64) -> u32 {
    (key & ((1 << CASE_BITS) - 1)) as u32
}

/// The group in a key of [`Sum::key`].
pub fn group_in(key: u64) -> Group {
    group_of(key >> (CASE_BITS + 36))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(field: Field, how: How, penalty: u32) -> Place {
        Place::new(Group::Exact, Scope::Field(field), how, false, penalty, 7)
    }

    fn key(places: &[Place], age: u8, case: u32) -> u64 {
        let mut sum = Sum::default();
        places.iter().for_each(|&place| sum.add(place, false));
        sum.key(age, case)
    }

    #[test]
    fn a_place_keeps_what_it_was_made_of() {
        let place = Place::new(
            Group::Homophone,
            Scope::Field(Field::Heading),
            How::Syllables,
            true,
            3,
            1_000_000,
        );
        assert_eq!(place.group(), Group::Homophone);
        assert_eq!(place.scope(), Scope::Field(Field::Heading));
        assert_eq!(place.how_bits(), How::Syllables as u64 + 8);
        assert_eq!(place.at(), 1_000_000);
        assert!(!place.is_none());
    }

    #[test]
    fn a_better_field_counts_more_than_all_else_in_a_place() {
        let late_title = place(Field::Title, How::Initials, 200);
        let early_org = place(Field::Org, How::Syllables, 0);
        assert!(late_title < early_org);
        let late_title = place(Field::Title, How::AcrossMarks, 200);
        let early_org = place(Field::Org, How::AsTyped, 0);
        assert!(late_title < early_org);
    }

    #[test]
    fn what_is_printed_counts_more_than_what_is_spelled() {
        let in_text = place(Field::Text, How::AsTyped, 200);
        let in_title = place(Field::Title, How::Syllables, 0);
        assert!(in_text < in_title && key(&[in_text], 9, 9) < key(&[in_title], 0, 0));
        // DI in MEDIA is no more than what it spells.
        let cut = place(Field::Text, How::Cut, 0);
        assert!(in_title < cut && key(&[in_title], 9, 9) < key(&[cut], 0, 0));
        assert_eq!(cut.group(), Group::Exact);
        assert!(cut.is_spelled() && in_title.is_spelled() && !in_text.is_spelled());
    }

    #[test]
    fn a_title_with_all_words_comes_first() {
        let title = place(Field::Title, How::AsTyped, 20);
        let text = place(Field::Text, How::AsTyped, 0);
        assert!(key(&[title, title], 3, 9) < key(&[title, text], 0, 0));
    }

    #[test]
    fn the_key_of_one_place_is_that_of_their_sum() {
        let groups = [
            Group::Exact,
            Group::PinyinInText,
            Group::Homophone,
            Group::Scattered,
        ];
        let fields = [Field::Title, Field::Org, Field::Heading, Field::Text];
        let scopes = fields.map(Scope::Field);
        let scopes = [Scope::Record]
            .into_iter()
            .chain(scopes)
            .chain([Scope::Begun]);
        for (group, scope) in scopes.flat_map(|scope| groups.map(|group| (group, scope))) {
            for how in [
                How::AsTyped,
                How::AcrossMarks,
                How::Syllables,
                How::Begun,
                How::Initials,
            ] {
                for (alias, penalty) in [(false, 0), (true, 7), (false, 1023)] {
                    let place = Place::new(group, scope, how, alias, penalty, 3);
                    let mut sum = Sum::default();
                    sum.add(place, false);
                    assert_eq!(key_of_one(place, 9, 77), sum.key(9, 77), "{place:?}");
                }
            }
        }
    }

    #[test]
    fn a_place_behind_another_has_a_key_behind_however_old_its_case() {
        let fields = [Field::Title, Field::Org, Field::Heading, Field::Text];
        let scopes = fields.map(Scope::Field).into_iter().chain([Scope::Begun]);
        let mut places = Vec::new();
        for scope in scopes {
            for group in [Group::Exact, Group::PinyinInText, Group::Scattered] {
                for how in [How::AsTyped, How::Syllables, How::Initials] {
                    for (alias, penalty) in [(false, 0), (true, 0), (true, 1), (false, 900)] {
                        places.push(Place::new(group, scope, how, alias, penalty, 5));
                    }
                }
            }
        }
        places.sort_unstable();
        for pair in places.windows(2) {
            let [before, behind] = [(pair[0], 255), (pair[1], 0)];
            let key = |(place, age)| key_of_one(place, age, 9);
            assert!(key(before) < key(behind), "{pair:?}");
            assert!(pair[0].last_alike() < pair[1]);
        }
        let [record, title] = [Scope::Record, Scope::Field(Field::Title)]
            .map(|scope| Place::new(Group::Exact, scope, How::AsTyped, false, 0, 5));
        assert_eq!(key_of_one(record, 3, 9), key_of_one(title, 3, 9));
        assert_eq!(record.last_alike(), title.last_alike());
    }

    #[test]
    fn one_guessed_word_makes_the_case_a_guess() {
        let title = place(Field::Title, How::AsTyped, 0);
        let guess = Place::new(
            Group::Scattered,
            Scope::Field(Field::Title),
            How::AsTyped,
            false,
            0,
            0,
        );
        let text = place(Field::Text, How::AsTyped, 15);
        assert!(key(&[text, text], 9, 9) < key(&[title, guess], 0, 0));
        assert_eq!(group_in(key(&[title, guess], 0, 0)), Group::Scattered);
    }

    #[test]
    fn then_early_and_dense_then_the_newer_year_then_reading_order() {
        let early = place(Field::Title, How::AsTyped, 1);
        let late = place(Field::Title, How::AsTyped, 9);
        assert!(key(&[early], 5, 9) < key(&[late], 0, 0));
        assert!(key(&[late], 0, 9) < key(&[late], 1, 0));
        assert!(key(&[late], 1, 0) < key(&[late], 1, 9));
        assert_eq!(case_in(key(&[late], 1, 9)), 9);
    }

    #[test]
    fn a_year_that_is_asked_for_stands_before_those_that_mention_it() {
        let year = Place::new(Group::Exact, Scope::Record, How::AsTyped, false, 0, 0);
        let sum = |year, word| {
            let mut sum = Sum::default();
            sum.add(year, true);
            sum.add(word, false);
            sum.key(0, 0)
        };
        let text = place(Field::Text, How::AsTyped, 9);
        let title = place(Field::Title, How::AsTyped, 0);
        assert!(sum(year, text) < sum(title, title));
    }

    #[test]
    fn the_best_of_many_keys_are_the_first_of_all() {
        let keys: Vec<u64> = (0..500_u64)
            .map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20)
            .collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        for most in [0, 1, 7, 499, 500, 501, usize::MAX] {
            let mut best = Best::of(most);
            keys.iter().for_each(|&key| best.push(key));
            assert_eq!(best.sorted(), sorted[..most.min(500)], "{most}");
        }
    }

    #[test]
    fn early_in_a_short_line_is_best() {
        assert_eq!(penalty_in_line(0, 4, 4), 0);
        assert_eq!(penalty_in_line(3, 4, 8), 11);
        assert!(penalty_in_line(0, 2, 10) < penalty_in_line(0, 2, 20));
        assert!(penalty_in_line(0, 2, 300) < penalty_in_line(5, 2, 300));
    }

    #[test]
    fn often_in_little_text_is_dense() {
        assert!(penalty_in_text(0, 12, 3000) < penalty_in_text(0, 1, 3000));
        assert!(penalty_in_text(0, 3, 300) < penalty_in_text(0, 3, 6000));
        assert!(penalty_in_text(10, 1, 300) < penalty_in_text(250, 1, 300));
    }
}
