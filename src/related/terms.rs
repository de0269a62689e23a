//! The words of a text by which cases are compared: its words, and pairs of
//! words that follow each other (社会资本).

use std::collections::{HashMap, HashSet};

use crate::case::{BlockKind, CaseRef};
use crate::corpus::Corpus;
use crate::text::script::{to_simplified, within_words};

/// Up to [`LONGEST`] characters of 21 bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term(u128);

/// Characters of the longest term.
const LONGEST: usize = 6;

impl Term {
    fn new(characters: &[char]) -> Option<Self> {
        let fits = (2..=LONGEST).contains(&characters.len());
        let code = characters
            .iter()
            .fold(0, |code, &c| code << 21 | u128::from(u32::from(c)));
        fits.then_some(Self(code))
    }

    /// The characters of the term.
    pub fn text(self) -> String {
        let code = |at: usize| (self.0 >> (21 * at) & 0x1F_FFFF) as u32;
        let characters = (0..LONGEST).rev().map(code).filter(|&code| code != 0);
        characters.filter_map(char::from_u32).collect()
    }
}

/// How much a term counts by where it is.
const IN_TITLE: f32 = 2.0;
const IN_HEADING: f32 = 1.5;
const IN_TEXT: f32 = 1.0;

/// Characters that make no term with the word beside them.
const FUNCTION: &str = "的了和与在是为等及并将以下上中对从向由于被把其之而或就都也又还要可能会有不到这那各每该此我们个余项名家内外后前使让给用至";

/// The terms of a case, each with how much it occurs, and those of its title.
pub(super) fn of_case(case: CaseRef<'_>, names: &Names) -> (HashMap<Term, f32>, Vec<Term>) {
    let mut terms = HashMap::new();
    let mut title = Vec::new();
    let mut add = |text: &str, weight: f32, seen: &mut Vec<Term>| {
        for term in of_text(text, names) {
            *terms.entry(term).or_default() += weight;
            seen.push(term);
        }
    };
    add(&case.title(), IN_TITLE, &mut title);
    title.sort_unstable();
    title.dedup();
    for block in &case.case.blocks {
        let weight = match block.kind {
            BlockKind::Heading { .. } => IN_HEADING,
            _ => IN_TEXT,
        };
        add(&case.block_text(block), weight, &mut Vec::new());
    }
    (terms, title)
}

fn of_text(text: &str, names: &Names) -> Vec<Term> {
    let text = to_simplified(text);
    let characters: Vec<char> = text.chars().collect();
    let words = words(&text, &characters, names);
    let mut terms = Vec::with_capacity(words.len() * 2);
    for (at, word) in words.iter().enumerate() {
        terms.extend(Term::new(&characters[word.clone()]));
        let Some(next) = words.get(at + 1).filter(|next| next.start == word.end) else {
            continue;
        };
        let pair = word.start..next.end;
        let is_function = |word: &std::ops::Range<usize>| {
            word.len() == 1 && FUNCTION.contains(characters[word.start])
        };
        if pair.len() > 2 && !is_function(word) && !is_function(next) {
            terms.extend(Term::new(&characters[pair]));
        }
    }
    terms
}

/// Whether the first or last word of a term is a single character.
pub(super) fn begins_or_ends_with_one_character(term: &str) -> bool {
    let characters: Vec<char> = term.chars().collect();
    let words = words(term, &characters, &Names::default());
    let is_single =
        |word: Option<&std::ops::Range<usize>>| word.is_some_and(|word| word.len() == 1);
    is_single(words.first()) || is_single(words.last())
}

/// The words of a text, without those that hold digits and those of names.
fn words(text: &str, characters: &[char], names: &Names) -> Vec<std::ops::Range<usize>> {
    let mut within = within_words(text).into_iter().peekable();
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    let mut named = 0;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let goes_on = within.next_if_eq(&byte).is_some()
            || c.is_ascii_alphabetic() && at > 0 && characters[at - 1].is_ascii_alphabetic();
        named = named.max(at + names.at(&characters[at..]));
        let last = words.last_mut().filter(|word| word.end == at);
        match last {
            // A word that reaches into a name is dropped whole.
            Some(_) if goes_on && at < named => drop(words.pop()),
            Some(last) if goes_on => last.end = at + 1,
            _ if at < named || goes_on || !c.is_alphabetic() => {}
            _ => words.push(at..at + 1),
        }
    }
    words
}

/// Names of areas and orgs, which are compared as such and not as words.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By their first two characters, the longest first.
    by_start: HashMap<[char; 2], Vec<Vec<char>>>,
}

impl Names {
    pub fn of(corpus: &Corpus) -> Self {
        let mut names: HashSet<String> = HashSet::new();
        for case in &corpus.cases {
            names.extend(case.area.clone());
            for org in &case.orgs {
                let printed = to_simplified(&org.printed).into_owned();
                let short = printed.strip_suffix("政府").map(str::to_owned);
                names.extend(short);
                names.insert(printed);
                names.insert(org.canonical.clone());
            }
        }
        let mut by_start: HashMap<[char; 2], Vec<Vec<char>>> = HashMap::new();
        for name in names {
            let characters: Vec<char> = name.chars().collect();
            if let [first, second, ..] = characters[..] {
                by_start
                    .entry([first, second])
                    .or_default()
                    .push(characters);
            }
        }
        for names in by_start.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        Self { by_start }
    }

    /// Characters of the name with which a text begins; 0 without one.
    fn at(&self, text: &[char]) -> usize {
        let &[first, second, ..] = text else { return 0 };
        let mut names = self.by_start.get(&[first, second]).into_iter().flatten();
        names
            .find(|name| text.starts_with(name))
            .map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_a_word_or_two_that_follow_each_other() {
        let terms: Vec<String> = of_text("引入社会资本，PPP模式3个", &Names::default())
            .into_iter()
            .map(Term::text)
            .collect();
        assert_eq!(
            terms,
            [
                "引入",
                "引入社会",
                "社会",
                "社会资本",
                "资本",
                "PPP",
                "PPP模式",
                "模式"
            ]
        );
    }

    #[test]
    fn names_are_no_terms() {
        let mut names = Names::default();
        names
            .by_start
            .insert(['临', '湖'], vec!["临湖区".chars().collect()]);
        let terms = of_text("临湖区推行河长", &names);
        let text: Vec<String> = terms.into_iter().map(Term::text).collect();
        assert_eq!(text.first().map(String::as_str), Some("推行"));
    }
}
