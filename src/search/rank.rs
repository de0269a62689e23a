//! The order of hits.
//!
//! Every clause of a query has one best score in a case. Scores compare, the first
//! difference deciding, by
//!
//! 1. tier: as typed; by pinyin, by the same figure written otherwise, or cut out of a
//!    longer Latin word; by pinyin in running text only; by an unlikely reading (see
//!    [`Quality::Unlikely`]); by a near word (近义); by the sound of a Han word (同音);
//!    scattered (近似);
//! 2. where: title, org, initials inside words of a title, heading, a title that an editor
//!    gave, text, the middle of a name that is not printed;
//! 3. whether the name is printed, or a canonical or former one;
//! 4. quality: see [`Quality`];
//! 5. penalty: whole figures before words cut out of them (10万 in 110万); in a title, words at
//!    the beginning of a line or after a mark, then what the text is about; in other lines,
//!    early words that fill the line; in text, frequent and early ones.
//!
//! A case ranks by all its scores: the worst tier of its clauses, since one word found
//! by sound makes the case a guess; then the sum of the places, so that a case whose title
//! contains all words comes first; then the sums of quality and penalty. Then the newer year
//! wins, then the reading order. A word that is a year of the library asks for that year: cases
//! of other years that mention it come after all cases of that year. A word that only begins a
//! year or an id counts less than any place in a text.

use super::{Field, Tier};

/// How a pattern occurs in a text, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    AsTyped,
    /// With marks between: 互联网统计 in “互联网”统计.
    AcrossMarks,
    /// A figure in another form: 百分之三十 for 30%.
    OtherFigure,
    /// As typed, but part of a longer Latin word.
    PartOfWord,
    /// By whole syllables, as its characters are usually read.
    Syllables,
    /// By an unlikely reading: by whole syllables, some of them rare, as 石的 for shidi; as
    /// characters that are not a word, as 市地 of 城市地铁; by an unfinished syllable where the
    /// letters are whole syllables too, as 试点.
    Unlikely,
    /// By syllables of which the last is unfinished and cannot be finished: gongj as 公交.
    Unfinished,
    /// By initials, at least some.
    Initials,
}

impl Quality {
    /// Returns the pass over a text that finds it: as typed, by whole syllables, by initials.
    #[inline]
    pub fn pass(self) -> u8 {
        u8::from(self >= Self::Syllables) + u8::from(self == Self::Initials)
    }
}

/// Where in a case a pattern occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// In the record of the case as a whole: its award year, its id.
    Record,
    Field(Field),
    /// In a year or an id that begins like the unfinished word.
    Unfinished,
}

/// Level of unlikely readings.
const UNLIKELY: u8 = Tier::Near as u8 + 1;
/// Rank of initials inside words of a title: after the names of orgs (sjj is 市经济局).
const INSIDE: u8 = 3;
/// Rank of a title that an editor gave: after what is printed above a text.
const EDITORS: u8 = 5;
/// Rank of the middle of a name that is not printed: after what is in a text.
const WEAK: u8 = 7;

/// The best occurrence of a clause in a case; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    level: u8,
    /// Distance of the place from the title.
    rank: u8,
    alias: bool,
    quality: Quality,
    penalty: u16,
    place: Where,
    line: u32,
}

impl Score {
    /// Score of a clause that is not in the case.
    pub const NONE: Self = Self {
        level: u8::MAX,
        rank: u8::MAX,
        alias: true,
        quality: Quality::Initials,
        penalty: u16::MAX,
        place: Where::Unfinished,
        line: u32::MAX,
    };

    /// Creates a score. `alias` is set for names that are not printed, `penalty` is smaller the
    /// earlier and denser, `line` is the heading or name among those of all cases.
    #[inline]
    pub fn new(
        tier: Tier,
        place: Where,
        quality: Quality,
        alias: bool,
        penalty: u32,
        line: usize,
    ) -> Self {
        Self {
            // Letters as typed (BT) rank above what they may spell (部体, 补充).
            level: match tier {
                Tier::Exact | Tier::PinyinInText if quality == Quality::Unlikely => UNLIKELY,
                Tier::Exact => u8::from(quality >= Quality::OtherFigure),
                Tier::PinyinInText => UNLIKELY - 1,
                _ => tier as u8 + 2,
            },
            // The case as a whole counts as much as its title.
            rank: match place {
                Where::Record => 0,
                Where::Field(field) => 2 * field as u8,
                Where::Unfinished => 8,
            },
            alias,
            quality,
            penalty: penalty.min(MOST_PENALTY) as u16,
            place,
            line: line as u32,
        }
    }

    /// Returns the score in a title while nothing is found in the text. `begins` is set if the word
    /// begins the title or follows a mark in it.
    pub fn in_title(self, begins: bool) -> Self {
        let is_cut = u32::from(self.penalty) >= CUT;
        let penalty = if is_cut {
            MOST_PENALTY
        } else {
            Self::title_penalty(begins, SELDOM, self.penalty.into())
        };
        let is_inside = self.quality == Quality::Initials && !begins && is_cut;
        Self {
            penalty: penalty as u16,
            rank: if is_inside { INSIDE } else { self.rank },
            ..self
        }
    }

    /// Returns the score in a title of a case whose text also contains the word, with score `text`.
    pub fn about(self, text: Self) -> Self {
        let seldom = (u32::from(text.penalty) * SELDOM / MOST_IN_TEXT).min(SELDOM);
        Self {
            penalty: self.penalty - 64 * (SELDOM - seldom) as u16,
            ..self
        }
    }

    /// Combines whether the word begins there, then how rare it is in the text, then how late it is
    /// in the title.
    fn title_penalty(begins: bool, seldom: u32, late: u32) -> u32 {
        512 * u32::from(!begins) + 64 * seldom + late.min(63)
    }

    /// Returns the score in a title that an editor gave.
    pub fn by_editor(self) -> Self {
        let rank = EDITORS;
        Self { rank, ..self }
    }

    /// Returns the score in the middle of a name that no document prints.
    pub fn weak(self) -> Self {
        Self { rank: WEAK, ..self }
    }

    /// Whether another place in the case may have a better score.
    pub fn may_improve(self) -> bool {
        self.rank >= WEAK || self.level >= UNLIKELY
    }

    /// Returns the score of a word that means the case as a whole.
    pub fn of_record(place: Where, quality: Quality) -> Self {
        Self::new(Tier::Exact, place, quality, false, 0, 0)
    }

    #[inline]
    pub fn is_none(self) -> bool {
        self.level == Self::NONE.level
    }

    pub fn tier(self) -> Tier {
        tier_of(self.level)
    }

    /// Whether the word occurs by what its letters spell (in running text only by an unlikely
    /// reading), by another form of its figure, or cut out of a longer word.
    pub fn is_spelled(self) -> bool {
        matches!(self.level, 1 | UNLIKELY)
    }

    pub fn place(self) -> Where {
        self.place
    }

    /// Returns the heading or name among those of all cases.
    pub fn line(self) -> usize {
        self.line as usize
    }
}

fn tier_of(level: u8) -> Tier {
    match level {
        0 | 1 => Tier::Exact,
        2 | UNLIKELY => Tier::PinyinInText,
        4 => Tier::Near,
        5 => Tier::Homophone,
        _ => Tier::Scattered,
    }
}

/// Worst penalty.
const MOST_PENALTY: u32 = 1023;

/// Penalty of a word cut out of a longer figure: more than that of being late and sparse.
pub const CUT: u32 = 256;

/// Returns how late and sparse so many characters are in a line of `length`.
#[inline]
pub fn penalty_in_line(start: usize, characters: usize, length: usize) -> u32 {
    let length = length.clamp(1, 255);
    let share = 16 * characters.min(length) / length;
    start.min(200) as u32 + 16 - share as u32
}

/// Worst penalty of a word in a text, and its weight in a title.
const MOST_IN_TEXT: u32 = 80;
const SELDOM: u32 = 7;

/// Returns how rare and late a pattern is in a text of `length` characters. Frequency counts as in
/// BM25 (Robertson and Zaragoza, The probabilistic relevance framework, 2009, with k = 1.2, b =
/// 0.75 and a text of 2,000 characters on average). The whole length counts about as much as a
/// second occurrence.
pub fn penalty_in_text(first: usize, count: u32, length: usize) -> u32 {
    let usual = 300 + 45 * length / 100;
    let seldom = 64 * usual / (1000 * count as usize + usual);
    (seldom + 16 * first / length.max(1)) as u32
}

/// Sum of the scores of a query's clauses in one case.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScoreSum {
    /// The worst level.
    level: u8,
    places: u64,
    qualities: u64,
    penalties: u64,
}

impl ScoreSum {
    /// Adds the score of one clause. `asks_for_year` is set for a word that is a year of the
    /// library.
    #[inline]
    pub fn add(&mut self, score: Score, asks_for_year: bool) {
        self.level = self.level.max(score.level);
        self.places += u64::from(score.rank);
        if asks_for_year && score.place != Where::Record {
            // More than ten other words can make up for.
            self.places += 64;
        }
        self.qualities += score.quality as u64 + 8 * u64::from(score.alias);
        self.penalties += u64::from(score.penalty);
    }

    /// Returns the key by which hits are sorted. Its low bits are the case, in reading order. `age`
    /// is 0 for the newest year.
    #[inline]
    pub fn key(self, age: u8, case: u32) -> u64 {
        let mut key = u64::from(self.level);
        key = key << 8 | self.places.min(0xFF);
        key = key << 8 | self.qualities.min(0xFF);
        key = key << 12 | self.penalties.min(0xFFF);
        key = key << 8 | u64::from(age);
        key << CASE_BITS | u64::from(case)
    }
}

/// Room for 33 million cases.
const CASE_BITS: u32 = 25;

/// Returns the case in a key of [`ScoreSum::key`].
pub fn case_in(key: u64) -> u32 {
    (key & ((1 << CASE_BITS) - 1)) as u32
}

/// Returns the tier in a key of [`ScoreSum::key`].
pub fn tier_in(key: u64) -> Tier {
    tier_of((key >> (CASE_BITS + 36)) as u8)
}

/// Returns the `most` best keys, best first; at most twice as many are kept meanwhile.
pub fn best(keys: impl Iterator<Item = u64>, most: usize) -> Vec<u64> {
    let (mut best, mut limit) = (Vec::new(), u64::MAX);
    if most == 0 {
        return best;
    }
    for key in keys {
        if key < limit {
            best.push(key);
        }
        if best.len() == most.saturating_mul(2) {
            limit = *best.select_nth_unstable(most).1;
            best.truncate(most);
        }
    }
    best.sort_unstable();
    best.truncate(most);
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(field: Field, quality: Quality, penalty: u32) -> Score {
        Score::new(Tier::Exact, Where::Field(field), quality, false, penalty, 7)
    }

    fn key(scores: &[Score], age: u8, case: u32) -> u64 {
        let mut sum = ScoreSum::default();
        for &score in scores {
            sum.add(score, false);
        }
        sum.key(age, case)
    }

    #[test]
    fn a_score_keeps_what_it_was_made_of() {
        let place = Score::new(
            Tier::Homophone,
            Where::Field(Field::Heading),
            Quality::Syllables,
            true,
            3,
            1_000_000,
        );
        assert_eq!(place.tier(), Tier::Homophone);
        assert_eq!(place.place(), Where::Field(Field::Heading));
        assert_eq!((place.quality, place.alias), (Quality::Syllables, true));
        assert_eq!(place.line(), 1_000_000);
        assert!(!place.is_none());
    }

    #[test]
    fn a_better_field_counts_more_than_all_else_in_a_score() {
        let late_title = score(Field::Title, Quality::Initials, 200);
        let early_org = score(Field::Org, Quality::Syllables, 0);
        assert!(late_title < early_org);
        let late_title = score(Field::Title, Quality::AcrossMarks, 200);
        let early_org = score(Field::Org, Quality::AsTyped, 0);
        assert!(late_title < early_org);
    }

    #[test]
    fn what_is_printed_counts_more_than_what_is_spelled() {
        let in_text = score(Field::Text, Quality::AsTyped, 200);
        let in_title = score(Field::Title, Quality::Syllables, 0);
        assert!(in_text < in_title && key(&[in_text], 9, 9) < key(&[in_title], 0, 0));
        // DI in MEDIA counts no more than what it spells.
        let cut = score(Field::Text, Quality::PartOfWord, 0);
        assert!(in_title < cut && key(&[in_title], 9, 9) < key(&[cut], 0, 0));
        assert_eq!(cut.tier(), Tier::Exact);
        assert!(cut.is_spelled() && in_title.is_spelled() && !in_text.is_spelled());
    }

    #[test]
    fn a_title_with_all_words_comes_first() {
        let title = score(Field::Title, Quality::AsTyped, 20);
        let text = score(Field::Text, Quality::AsTyped, 0);
        assert!(key(&[title, title], 3, 9) < key(&[title, text], 0, 0));
    }

    #[test]
    fn a_score_behind_another_has_a_key_behind_however_old_its_case() {
        let fields = [Field::Title, Field::Org, Field::Heading, Field::Text];
        let scopes = fields
            .map(Where::Field)
            .into_iter()
            .chain([Where::Unfinished]);
        let mut places = Vec::new();
        for scope in scopes {
            for group in [Tier::Exact, Tier::PinyinInText, Tier::Scattered] {
                for how in [Quality::AsTyped, Quality::Syllables, Quality::Initials] {
                    for (alias, penalty) in [(false, 0), (true, 0), (true, 1), (false, 900)] {
                        places.push(Score::new(group, scope, how, alias, penalty, 5));
                    }
                }
            }
        }
        places.sort_unstable();
        for pair in places.windows(2) {
            let [before, behind] = [(pair[0], 255), (pair[1], 0)];
            let key = |(place, age)| {
                let mut sum = ScoreSum::default();
                sum.add(place, false);
                sum.key(age, 9)
            };
            assert!(key(before) < key(behind), "{pair:?}");
        }
        let [record, title] = [Where::Record, Where::Field(Field::Title)]
            .map(|scope| Score::new(Tier::Exact, scope, Quality::AsTyped, false, 0, 5));
        assert_eq!(key(&[record], 3, 9), key(&[title], 3, 9));
    }

    #[test]
    fn one_guessed_word_makes_the_case_a_guess() {
        let title = score(Field::Title, Quality::AsTyped, 0);
        let guess = Score::new(
            Tier::Scattered,
            Where::Field(Field::Title),
            Quality::AsTyped,
            false,
            0,
            0,
        );
        let text = score(Field::Text, Quality::AsTyped, 15);
        assert!(key(&[text, text], 9, 9) < key(&[title, guess], 0, 0));
        assert_eq!(tier_in(key(&[title, guess], 0, 0)), Tier::Scattered);
    }

    #[test]
    fn then_early_and_dense_then_the_newer_year_then_reading_order() {
        let early = score(Field::Title, Quality::AsTyped, 1);
        let late = score(Field::Title, Quality::AsTyped, 9);
        assert!(key(&[early], 5, 9) < key(&[late], 0, 0));
        assert!(key(&[late], 0, 9) < key(&[late], 1, 0));
        assert!(key(&[late], 1, 0) < key(&[late], 1, 9));
        assert_eq!(case_in(key(&[late], 1, 9)), 9);
    }

    #[test]
    fn a_year_that_is_asked_for_stands_before_those_that_mention_it() {
        let year = Score::new(Tier::Exact, Where::Record, Quality::AsTyped, false, 0, 0);
        let sum = |year, word| {
            let mut sum = ScoreSum::default();
            sum.add(year, true);
            sum.add(word, false);
            sum.key(0, 0)
        };
        let text = score(Field::Text, Quality::AsTyped, 9);
        let title = score(Field::Title, Quality::AsTyped, 0);
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
            assert_eq!(
                best(keys.iter().copied(), most),
                sorted[..most.min(500)],
                "{most}"
            );
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
