//! The ways in which a word is looked for, which are the same for all cases.
//!
//! What a word may mean is found out once: as typed, if its neighbours stand
//! side by side anywhere; as the few words that its letters or its sound may
//! mean; or, where these are many, as a matcher to be run along all that may
//! hold one of them.

use super::expand::Expansion;
use super::figures::{self, Figures};
use super::finder::Finder;
use super::gate::Gate;
use super::in_lines::Seeker;
use super::index::Index;
use super::lines;
use super::matcher::Matcher;
use super::pairs::{self, Pairs};
use super::places::Fields;
use super::rank::{How, Place, Scope};
use super::texts::Segment;
use super::vocabulary::Vocabulary;
use super::word::Word;
use super::{Field, Group};
use crate::text::fold;

/// Up to how many words a spelling is written out to and each of them looked for
/// in text; more are looked for at once, by the matcher.
const FEW_WORDS: usize = 8;

/// Up to how many words a text is asked for before the matcher runs along it.
const MANY_WORDS: usize = 96;

/// A word and its ways.
pub struct Ways<'a> {
    pub word: &'a Word,
    pub fields: Fields,
    /// The group of what is found in lines and names.
    pub group: Group,
    /// The best place in the names of every body and area; `None` where it is in
    /// none.
    pub of_owner: Option<Vec<Place>>,
    /// The cases whose ids it is, or begins.
    pub ids: Vec<(usize, Scope)>,
    /// The years of the library that it is, or begins like.
    pub years: Vec<(u16, Scope)>,
    pub in_text: Vec<InText<'a>>,
}

/// One way to look for a word in running text.
pub enum InText<'a> {
    /// As some words that it may mean.
    Words(Vec<Needle<'a>>, Group),
    /// By running the matcher along texts that may hold one of some words, or of what
    /// these begin with, if they could be written out.
    Matcher(&'a Matcher, Option<Gate>, Group),
}

/// A word to be found in text.
pub struct Needle<'a> {
    /// The word itself, where it is looked for as typed.
    typed: Option<&'a Word>,
    pub finder: Finder,
    pub characters: usize,
    /// What the signature of a text is asked for.
    pub mixed: Vec<u32>,
    figures: Figures,
}

impl<'a> Needle<'a> {
    fn typed(word: &'a Word) -> Self {
        Self {
            typed: Some(word),
            ..Self::spelled(word.text_codes())
        }
    }

    fn spelled(codes: &[u16]) -> Self {
        Self {
            typed: None,
            finder: Finder::new(codes),
            characters: codes.len(),
            mixed: pairs::mixed(codes).collect(),
            figures: Figures::of(codes),
        }
    }

    /// Whether only places with its own marks count.
    #[inline]
    pub fn is_quoted(&self) -> bool {
        self.typed.is_some_and(Word::is_quoted)
    }

    /// How the word that begins at `start` of a text lies there; `None` where it is
    /// quoted and the text has other marks.
    #[inline]
    pub fn how(&self, segment: &Segment, case: usize, start: usize) -> Option<How> {
        match self.typed {
            Some(word) => word.typed_in(segment, case, start),
            None => Some(How::Syllables),
        }
    }

    /// Whether the word that begins at `start` of a text is cut out of a longer
    /// figure.
    #[inline]
    pub fn is_cut(&self, text: &[u8], start: usize) -> bool {
        let code = |at| lines::code_in(text, at);
        let before = || [1, 2].map(|n| start.checked_sub(n).map_or(0, code));
        let end = start + self.characters;
        self.figures.are_cut(before, || [code(end), code(end + 1)])
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
            fields,
            group,
            of_owner: fields
                .has(Field::Org)
                .then(|| of_owner(index, word, fields, group))
                .flatten(),
            ids: match fields {
                Fields::All => ids(index, word),
                _ => Vec::new(),
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

    /// The word itself to be found in text, where it has letters that count more as
    /// they are, wherever they stand, than by what they spell in a title.
    pub fn letters_in_text(&self) -> Option<&InText<'a>> {
        let mut ways = self.in_text.iter();
        let typed = |way: &&InText<'_>| matches!(way, InText::Words(_, Group::Exact));
        ways.find(typed).filter(|_| self.word.has_letters())
    }

    /// Whether nothing but lines and names is looked at for it.
    pub fn are_in_lines(&self) -> bool {
        self.in_text.is_empty() && self.ids.is_empty()
    }
}

/// Whether a word may stand in texts of these pairs and characters.
fn may_stand(word: &[u16], pairs: &Pairs, vocabulary: &Vocabulary) -> bool {
    match word {
        [code] => vocabulary.has(*code),
        _ => pairs::mixed(word).all(|mixed| pairs.may_have(mixed)),
    }
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
    let mut is_in_one = false;
    Seeker::new(word, lines, names.postings()).find(0..lines.len(), |line, at| {
        let owner = names.owner(line);
        let is_meant = only.is_empty() || only.contains(&owner);
        if is_meant && names.is_named(line, at.start..at.end) {
            let (scope, alias) = (Scope::Field(Field::Org), names.is_alias(line));
            let penalty = at.penalty(lines, line);
            let place = Place::new(group, scope, at.how, alias, penalty, line);
            of_owner[owner] = of_owner[owner].min(place);
            is_in_one = true;
        }
    });
    is_in_one.then_some(of_owner)
}

/// The cases whose ids a word is, such as 000-13, or begins: 000-1, 000.
fn ids(index: &Index, word: &Word) -> Vec<(usize, Scope)> {
    let codes = word.codes();
    let are_digits = || codes.iter().all(|&code| figures::is_digit(code));
    let may_be_one = codes.contains(&fold::code('-')) || are_digits();
    if word.is_by_sound() || word.is_quoted() || !may_be_one {
        return Vec::new();
    }
    let scope = |id: &str| {
        let mut id = id.chars().map(fold::code);
        let begins = codes.iter().all(|&code| id.next() == Some(code));
        let scope = match id.next() {
            None => Scope::Record,
            Some(_) => Scope::Begun,
        };
        begins.then_some(scope)
    };
    let cases = index.corpus.cases.iter().enumerate();
    cases
        .filter_map(|(case, known)| Some((case, scope(&known.id.0)?)))
        .collect()
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
    if !word.is_by_sound() && may_stand(word.text_codes(), texts.pairs(), texts.vocabulary()) {
        ways.push(InText::Words(vec![Needle::typed(word)], Group::Exact));
    }
    let Some(matcher) = word.text_matcher() else {
        return ways;
    };
    let group = match word.is_by_sound() {
        true => Group::Homophone,
        false => Group::PinyinInText,
    };
    let expansion = Expansion::of(matcher, texts.pairs(), texts.characters());
    let words = expansion.words(MANY_WORDS);
    ways.extend(match words {
        Some(none) if none.is_empty() => None,
        Some(few) if few.len() <= FEW_WORDS => Some(InText::Words(
            few.iter().map(Needle::spelled).collect(),
            group,
        )),
        words => match words.or_else(|| expansion.begins(MANY_WORDS)) {
            Some(none) if none.is_empty() => None,
            gate => Some(InText::Matcher(matcher, gate.as_ref().map(Gate::of), group)),
        },
    });
    ways
}
