//! The ways in which a word is looked for, which are the same for all cases.
//!
//! What a word may mean is found out once: as typed, if its neighbours stand
//! side by side anywhere; as the few words that its letters or its sound may
//! mean; or, where these are many, as a matcher to be run along all that may
//! hold one of them.

use std::ops::Range;

use aho_corasick::packed;
use memchr::memmem::Finder;

use super::expand::{self, Meaning};
use super::index::Index;
use super::initials::Sequences;
use super::lines::{self, Lines};
use super::matcher::Matcher;
use super::pairs::{self, Pairs};
use super::places::Fields;
use super::rank::{self, How, Place, Scope};
use super::vocabulary::Vocabulary;
use super::word::{self, Word};
use super::{Field, Group};
use crate::text::fold;

/// Up to how many words a spelling is written out to and each of them looked
/// for; more are looked for at once, by the matcher.
const FEW_WORDS: usize = 8;

/// The same in lines, where they are looked for together: as many as
/// aho-corasick's packed searcher takes.
const MANY_IN_LINES: usize = 64;

/// Up to how many words a text is asked for before the matcher runs along it.
const MANY_WORDS: usize = 96;

/// A word and its ways.
pub struct Ways<'a> {
    pub word: &'a Word,
    /// The group of what is found in lines and names.
    pub group: Group,
    pub in_lines: InLines<'a>,
    /// The best place in the names of every body and area; `None` where it is in
    /// none.
    pub of_owner: Option<Vec<Place>>,
    /// The case whose id it is.
    pub id: Option<usize>,
    /// The years of the library that it is, or begins like.
    pub years: Vec<(u16, Scope)>,
    pub in_text: Vec<InText<'a>>,
}

/// How a word is looked for in titles and headings.
pub enum InLines<'a> {
    /// As some words that it may mean.
    Words(Box<LineNeedles>),
    /// By running the matcher along lines that have its initials.
    Matcher(&'a Matcher, &'a Sequences),
}

/// A word to be found in lines.
pub struct LineNeedle {
    codes: Vec<u16>,
    /// `None` for the word as typed.
    pub how: Option<How>,
}

impl LineNeedle {
    pub fn characters(&self) -> usize {
        self.codes.len()
    }
}

/// Words to be found in lines, all of them in one go.
pub struct LineNeedles {
    needles: Vec<LineNeedle>,
    finder: LineFinder,
}

enum LineFinder {
    Together(Box<packed::Searcher>),
    /// A single word, or on a processor that cannot look for several at once.
    Each(Vec<Finder<'static>>),
}

impl LineNeedles {
    /// `None` where there are too many words to be looked for so.
    fn new(mut needles: Vec<LineNeedle>) -> Option<Self> {
        // Of words that begin at the same place the first is found.
        needles.sort_by_key(|needle| needle.how);
        let together = match needles.len() {
            0 | 1 => None,
            _ => packed::Searcher::new(needles.iter().map(|needle| lines::bytes(&needle.codes))),
        };
        let finder = match together {
            Some(searcher) => LineFinder::Together(Box::new(searcher)),
            None if needles.len() > FEW_WORDS => return None,
            None => {
                let finders = needles.iter().map(|needle| word::finder(&needle.codes));
                LineFinder::Each(finders.collect())
            }
        };
        Some(Self { needles, finder })
    }

    /// Tells `hit` every line among `lines` that holds one of the words, the index
    /// where it stands, and the word; the first occurrence of every word at least.
    #[inline]
    pub fn find(
        &self,
        lines: &Lines,
        range: Range<usize>,
        mut hit: impl FnMut(usize, usize, &LineNeedle),
    ) {
        match &self.finder {
            LineFinder::Together(searcher) => {
                lines.find_any(searcher, range, |line, at, number| {
                    hit(line, at, &self.needles[number]);
                });
            }
            LineFinder::Each(finders) => {
                for (finder, needle) in finders.iter().zip(&self.needles) {
                    lines.find(finder, range.clone(), |line, at| hit(line, at, needle));
                }
            }
        }
    }
}

/// One way to look for a word in running text.
pub enum InText<'a> {
    /// As some words that it may mean.
    Words(Vec<Needle>, Group, How),
    /// By running the matcher along texts that may hold one of some words, if
    /// they could be written out.
    Matcher(&'a Matcher, Option<Vec<Vec<u32>>>, Group),
}

/// A word to be found in text.
pub struct Needle {
    pub finder: Finder<'static>,
    pub characters: usize,
    /// What [`super::texts::Segment::may_have`] asks for.
    pub mixed: Vec<u32>,
}

impl Needle {
    fn new(codes: &[u16]) -> Self {
        Self {
            finder: word::finder(codes),
            characters: codes.len(),
            mixed: pairs::mixed(codes),
        }
    }
}

impl<'a> Ways<'a> {
    /// The ways of a word in some fields; in running text only with `text`.
    pub fn of(index: &Index, word: &'a Word, fields: Fields, text: bool) -> Self {
        let by_sound = word.is_by_sound();
        let group = if by_sound {
            Group::Homophone
        } else {
            Group::Exact
        };
        let text = text && fields.has(Field::Text);
        Self {
            word,
            group,
            in_lines: in_lines(index, word),
            of_owner: fields
                .has(Field::Org)
                .then(|| of_owner(index, word, fields, group))
                .flatten(),
            id: match fields {
                Fields::All => id(index, word),
                _ => None,
            },
            years: match fields {
                Fields::All => years(index, word),
                _ => Vec::new(),
            },
            in_text: if text {
                in_text(index, word)
            } else {
                Vec::new()
            },
        }
    }
}

/// Whether a word may stand in texts of these pairs and characters.
fn may_stand(word: &[u16], pairs: &Pairs, vocabulary: &Vocabulary) -> bool {
    match word {
        [code] => vocabulary.has(*code),
        _ => pairs::mixed(word)
            .iter()
            .all(|&mixed| pairs.may_have(mixed)),
    }
}

fn in_lines<'a>(index: &Index, word: &'a Word) -> InLines<'a> {
    let typed = word.line_codes();
    let needle = |codes: &[u16], how| LineNeedle {
        codes: codes.to_vec(),
        how,
    };
    let Some((matcher, sequences)) = word.line_matcher() else {
        let somewhere = may_stand(typed, &index.line_pairs, &index.seen);
        let needles = somewhere.then(|| needle(typed, None)).into_iter();
        let needles = LineNeedles::new(needles.collect());
        let needles = needles.expect("one word can always be looked for");
        return InLines::Words(Box::new(needles));
    };
    let meanings = expand::expand(
        matcher,
        true,
        &index.line_pairs,
        index.titles.characters() + index.headings.lines().characters(),
        MANY_IN_LINES,
    );
    // Single characters stand nearly everywhere.
    let are_found_fast = |meanings: &Vec<Meaning>| {
        let mut words = meanings.iter().map(|meaning| &meaning.word);
        meanings.len() <= FEW_WORDS || words.all(|word| word.len() > 1)
    };
    let needle_of = |meaning: Meaning| {
        let how = match meaning.whole {
            true => How::Syllables,
            false => How::Initials,
        };
        let as_typed = meaning.word == typed && !word.is_by_sound();
        needle(&meaning.word, (!as_typed).then_some(how))
    };
    meanings
        .filter(are_found_fast)
        .and_then(|meanings| LineNeedles::new(meanings.into_iter().map(needle_of).collect()))
        .map_or(InLines::Matcher(matcher, sequences), |needles| {
            InLines::Words(Box::new(needles))
        })
}

/// The best place of a word in the names of every body and area; `None` where it
/// is in none.
fn of_owner(index: &Index, word: &Word, fields: Fields, group: Group) -> Option<Vec<Place>> {
    let names = &index.names;
    let lines = names.lines();
    // 机构:市市场监管局 means that body, not those that became it: so the count
    // beside it in the facets holds.
    let only = match fields {
        Fields::Org => names.listed_under(word.line_codes()),
        _ => Vec::new(),
    };
    let mut of_owner = vec![Place::NONE; names.owners()];
    for line in 0..lines.len() {
        if !only.is_empty() && !only.contains(&names.owner(line)) {
            continue;
        }
        let at = word.in_line(lines, line);
        if let Some(at) = at.filter(|at| names.is_named(line, at.start..at.end)) {
            let penalty = rank::penalty_in_line(at.start, at.end - at.start, lines.length(line));
            let scope = Scope::Field(Field::Org);
            let place = Place::new(group, scope, at.how, names.is_alias(line), penalty, line);
            let best = &mut of_owner[names.owner(line)];
            *best = (*best).min(place);
        }
    }
    of_owner
        .iter()
        .any(|place| !place.is_none())
        .then_some(of_owner)
}

/// The case whose id a word is, such as 000-13.
fn id(index: &Index, word: &Word) -> Option<usize> {
    let codes = word.codes();
    let is_digit = |&code: &u16| u8::try_from(code).is_ok_and(|byte| byte.is_ascii_digit());
    let may_be_one = codes.contains(&fold::code('-')) && codes.last().is_some_and(is_digit);
    if word.is_by_sound() || !may_be_one {
        return None;
    }
    let mut ids = index.corpus.cases.iter().map(|case| &case.id.0);
    ids.position(|id| id.chars().map(fold::code).eq(codes.iter().copied()))
}

/// The years of the library that a word is, or begins like.
fn years(index: &Index, word: &Word) -> Vec<(u16, Scope)> {
    let known = index.facets.known_years().iter();
    known
        .filter_map(|&year| Some((year, word.year_scope(year)?)))
        .collect()
}

/// The ways in which a word may stand in the text of the library at all.
fn in_text<'a>(index: &Index, word: &'a Word) -> Vec<InText<'a>> {
    let texts = &index.texts;
    let mut ways = Vec::new();
    let typed = word.codes();
    if !word.is_by_sound() && may_stand(typed, texts.pairs(), texts.vocabulary()) {
        ways.push(InText::Words(
            vec![Needle::new(typed)],
            Group::Exact,
            How::AsTyped,
        ));
    }
    let Some(matcher) = word.text_matcher() else {
        return ways;
    };
    let group = match word.is_by_sound() {
        true => Group::Homophone,
        false => Group::PinyinInText,
    };
    match expand::expand(
        matcher,
        false,
        texts.pairs(),
        texts.characters(),
        MANY_WORDS,
    ) {
        Some(meanings) if meanings.is_empty() => {}
        Some(meanings) if meanings.len() <= FEW_WORDS => {
            let needles = meanings.iter().map(|meaning| Needle::new(&meaning.word));
            ways.push(InText::Words(needles.collect(), group, How::Syllables));
        }
        meanings => {
            let mixed = |meanings: Vec<Meaning>| {
                let words = meanings.iter();
                words.map(|meaning| pairs::mixed(&meaning.word)).collect()
            };
            ways.push(InText::Matcher(matcher, meanings.map(mixed), group));
        }
    }
    ways
}
