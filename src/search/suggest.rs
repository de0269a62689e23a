//! What to ask instead when nothing was found: rewrites of the query's terms, counted as any query
//! is.

mod parts;
mod questions;
mod slips;
mod words;

use super::cache::QueryCache;
use super::options::Fallback;
use super::query::{self, Phrase, Query, Term};
use super::rank::Where;
use super::{Field, Problem, Suggestion};
use crate::text::empty_words::is_empty;
use crate::text::fold::{self, fold};
use crate::text::marks::is_han;
use crate::text::near::Kind;
use crate::text::script;

/// Maximum number of rewrites tried that drop something. Each costs a search.
const MOST_TRIED: usize = 6;

/// Maximum number of likely queries that are offered before one that asks for less.
const MEANT: usize = MOST_TRIED / 2;

/// Counts the cases that a query finds.
type Count<'a> = &'a dyn Fn(Query, Fallback) -> usize;

/// A query instead of another.
#[derive(Clone, Debug)]
struct Rewrite {
    terms: Vec<Term>,
    /// What was dropped; empty if a word was split or replaced.
    dropped: String,
    is_sure: bool,
}

impl Rewrite {
    fn new(terms: Vec<Term>, dropped: &str) -> Self {
        Self {
            terms,
            dropped: dropped.to_owned(),
            is_sure: false,
        }
    }

    /// Returns the terms with one of them replaced.
    fn replacing(terms: &[Term], at: usize, by: Vec<Term>, dropped: &str) -> Self {
        let terms = [&terms[..at], &by, &terms[at + 1..]].concat();
        Self::new(terms, dropped)
    }

    fn sure(self, is_sure: bool) -> Self {
        Self { is_sure, ..self }
    }

    /// Returns the query as the reader could type it. A bar at the end of an unfinished term is
    /// dropped, or the next term would be an alternative.
    fn printed(&self) -> String {
        let unfinished = |c: char| c.is_whitespace() || query::is_bar(c);
        let terms = self
            .terms
            .iter()
            .map(|term| term.text.trim_end_matches(unfinished));
        terms.collect::<Vec<_>>().join(" ")
    }
}

/// Returns queries that find something, for one that finds nothing: what was likely meant, then
/// what drops as little as possible, then a year if the query had one, a topic or a document, and
/// at last everything. Also returns the terms of the first one, if it is sure.
pub fn suggestions(
    cache: &QueryCache<'_>,
    query: &Query,
    count: Count<'_>,
) -> (Vec<Suggestion>, Option<Vec<Term>>) {
    let typed = Rewrite::new(query.terms.clone(), "").printed();
    let terms = &*in_our_syntax(query);
    let mut offers = Offers {
        // A query that finds only guesses is no better than the original.
        fallback: Fallback::ToAdd,
        count,
        offered: Vec::new(),
        first: None,
        tried: Vec::new(),
    };
    let ours = (*terms != *query.terms).then(|| Rewrite::new(terms.to_vec(), ""));
    for rewrite in ours.into_iter().chain(meant(cache, terms, count)) {
        if offers.offered.len() < MEANT {
            offers.add(rewrite);
        }
    }
    offers.tried.clear();
    let weight = |term: &Term| weight(cache, term);
    // What was likely meant is better than less of it; if it is sure, less is not offered.
    let less = match offers.offered.first() {
        Some(offer) if offer.is_sure => Vec::new(),
        _ => parts::rewrites(
            terms,
            &|part| occurs(cache, part) && words::are_whole(cache, part),
            &weight,
        ),
    };
    for rewrite in less {
        offers.try_one(rewrite);
    }
    // What one of several words sounds like, or is scattered over, is better than a year that
    // nobody asked for.
    if typed.contains(is_han) {
        offers.fallback = Fallback::Always;
        offers.tried.clear();
        for rewrite in parts::left_out(terms, &weight) {
            offers.fill(rewrite);
        }
    }
    let is_year = |term: &Term| term.is_of(query::Field::Year) || has_year(&term.text);
    for term in narrower(cache, terms.iter().any(is_year)) {
        offers.fill(Rewrite::new(vec![term], &typed));
    }
    let (first, mut offered) = (offers.first, offers.offered);
    let is_sure = offered.first().is_some_and(|offer| offer.is_sure);
    if offered.len() < 2 && cache.index.cases() > 0 {
        offered.push(Suggestion {
            query: String::new(),
            dropped: typed.clone(),
            count: cache.index.cases() as u32,
            is_sure: false,
            is_similar: false,
            answer: None,
        });
    }
    for offer in &mut offered {
        offer.is_similar = offer.dropped != typed;
    }
    (offered, first.filter(|_| is_sure))
}

/// Returns the terms of a query, other syntax corrected by its notes: 地铁 NOT 公交 is 地铁 -公交.
fn in_our_syntax(query: &Query) -> Vec<Term> {
    let mut terms = query.terms.clone();
    for note in query.notes.iter().rev() {
        if let Problem::OtherSyntax { right, .. } = &note.problem {
            let is_in =
                |term: &Term| note.span.start <= term.span.start && term.span.end <= note.span.end;
            let span = note.span;
            let by = query::parse(right)
                .terms
                .into_iter()
                .map(|term| Term { span, ..term });
            let first = terms.iter().position(is_in).unwrap_or(terms.len());
            let others = terms[first..].iter().take_while(|term| is_in(term)).count();
            terms.splice(first..first + others, by);
        }
    }
    terms
}

/// Returns what a query surely or likely meant: with a typo corrected, joined, with related words,
/// without its empty words, with words that look or sound alike.
fn meant(cache: &QueryCache<'_>, terms: &[Term], count: Count<'_>) -> Vec<Rewrite> {
    let mut rewrites = Vec::new();
    let is_nowhere = |term: &Term| {
        let word = term.plain_word();
        word.is_some_and(|phrase| cache.cases_with(phrase).is_clear())
    };
    let nowhere: Vec<usize> = (0..terms.len())
        .filter(|&at| is_nowhere(&terms[at]))
        .collect();
    let typed = |at: usize| terms[at].plain_word().map_or("", |phrase| &phrase.text);
    let words: Vec<Vec<(String, bool)>> = nowhere
        .iter()
        .map(|&at| slips::meant(cache, typed(at)))
        .collect();
    for choice in 0..MEANT {
        let mut by = terms.to_vec();
        let mut is_sure = true;
        for (&at, words) in nowhere.iter().zip(&words) {
            // The others use their first word, since there would be too many combinations.
            if let Some((word, is_word)) = words.get(choice).or(words.first()) {
                by[at] = terms[at].with_word(word);
                is_sure &= typed(at).len() > slips::FEWEST_LETTERS && *is_word;
            }
        }
        if by != terms {
            rewrites.push(Rewrite::new(by, "").sure(is_sure));
        }
    }
    for (at, pair) in terms.windows(2).enumerate() {
        if let (Some(first), Some(second)) = (pair[0].plain_word(), pair[1].plain_word()) {
            let word = format!("{}{}", first.text, second.text);
            if word.chars().all(is_han) && occurs(cache, &word) {
                let joined = [&terms[..at], &[pair[0].with_word(&word)], &terms[at + 2..]];
                rewrites.push(Rewrite::new(joined.concat(), "").sure(true));
            }
        }
    }
    let replaced =
        |at: usize, word: &str| Rewrite::replacing(terms, at, vec![terms[at].with_word(word)], "");
    for &at in &nowhere {
        let codes = fold::codes(typed(at));
        let related = cache.index.corpus.near.of(&codes, Kind::Related);
        rewrites.extend(related.map(|word| replaced(at, word).sure(true)));
    }
    let finds = |term: &Term| count(Query::of(vec![term.clone()]), Fallback::Always) > 0;
    if let Some((asked, dropped)) = questions::asked(cache, terms, &finds) {
        // A dropped word with meaning was perhaps the point.
        let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let kept: usize = asked.iter().map(|term| count(&term.text)).sum();
        let is_sure = 3 * count(&dropped) <= kept;
        rewrites.push(Rewrite::new(asked, &dropped).sure(is_sure));
    }
    for &at in &nowhere {
        let words = slips::of_one_character(cache, typed(at));
        rewrites.extend(words.iter().take(2).map(|word| replaced(at, word)));
    }
    for at in nowhere {
        if typed(at).chars().count() == 2 {
            let words = slips::sounding_like(cache, &Phrase::plain(typed(at)));
            rewrites.extend(words.iter().take(2).map(|word| replaced(at, word)));
        }
    }
    rewrites
}

/// Queries offered, and queries tried.
struct Offers<'a> {
    fallback: Fallback,
    count: Count<'a>,
    offered: Vec<Suggestion>,
    /// Terms of the first offered query.
    first: Option<Vec<Term>>,
    tried: Vec<String>,
}

impl Offers<'_> {
    /// Offers a query that drops something, unless enough were offered or tried.
    fn try_one(&mut self, rewrite: Rewrite) {
        if self.offered.len() <= MEANT && self.tried.len() < MOST_TRIED {
            self.add(rewrite);
        }
    }

    /// Offers a query if fewer than two are offered yet.
    fn fill(&mut self, rewrite: Rewrite) {
        if self.offered.len() < 2 {
            self.add(rewrite);
        }
    }

    /// Offers a query, unless it was tried already or finds nothing.
    fn add(&mut self, rewrite: Rewrite) {
        let query = rewrite.printed();
        let mut offered = self.offered.iter();
        if self.tried.contains(&query) || offered.any(|known| known.query == query) {
            return;
        }
        // A term may parse otherwise beside others, so the printed query is counted.
        let terms = query::parse(&query).terms;
        let says_nothing = |term: &Term| {
            let word = term.plain_word();
            word.is_some_and(|phrase| is_empty(&phrase.text))
        };
        if terms.iter().all(says_nothing) {
            return;
        }
        let mut count = (self.count)(Query::of(terms.clone()), self.fallback);
        // Alternatives that occur nowhere are then searched for by their sound.
        if count > 0 && query.contains(query::is_bar) {
            count = (self.count)(Query::of(terms.clone()), Fallback::Always);
        }
        self.tried.push(query.clone());
        if count > 0 {
            self.first.get_or_insert(terms);
            self.offered.push(Suggestion {
                query,
                dropped: rewrite.dropped,
                count: count as u32,
                is_sure: rewrite.is_sure,
                is_similar: true,
                answer: None,
            });
        }
    }
}

/// Yields queries for a part of the library: a year if asked for one, a topic, a document.
fn narrower(cache: &QueryCache<'_>, by_year: bool) -> impl Iterator<Item = Term> {
    let years = cache
        .index
        .fields
        .known_years()
        .iter()
        .filter(move |_| by_year)
        .map(|year| Term::of_field(query::Field::Year, &year.to_string()));
    let topics = cache
        .values
        .names(query::Field::Topic)
        .map(|topic| Term::of_field(query::Field::Topic, topic));
    let corpus = &cache.index.corpus;
    let documents = corpus
        .cases
        .chunk_by(|a, b| a.document == b.document)
        .filter(|cases| cases.len() < corpus.len());
    let documents = documents.map(|cases| {
        let name = &corpus.documents[cases[0].document as usize].name;
        Term::of_field(query::Field::Source, name)
    });
    years.chain(topics).chain(documents)
}

/// Whether characters are adjacent anywhere in the library.
fn occurs(cache: &QueryCache<'_>, part: &str) -> bool {
    let may_have = cache.index.may_have(&fold::codes(part));
    may_have && !cache.cases_with(&Phrase::quoted(part)).is_clear()
}

/// Returns how likely a term was meant: 0 for a word that occurs nowhere, 2 for one that occurs as
/// typed in a title, a name or a heading.
fn weight(cache: &QueryCache<'_>, term: &Term) -> u8 {
    let Some(scores) = term.word().and_then(|word| cache.scores_with(word)) else {
        return 1;
    };
    let mut scores = scores.found.ones().map(|case| scores.of(case)).peekable();
    let is_there = scores.peek().is_some();
    let mut scores = scores.filter(|score| !score.is_spelled());
    let is_named = scores.any(|score| score.place() != Where::Field(Field::Text));
    u8::from(is_there) + u8::from(is_named)
}

/// Whether some characters are several words joined by 的.
fn is_joined(text: &str) -> bool {
    let codes = fold::codes(text);
    let mut words = script::words(&codes).into_iter();
    words.any(|word| word.len() == 1 && codes[word.start] == fold::code('的'))
}

/// Whether a word contains a year.
fn has_year(word: &str) -> bool {
    let mut runs = word.split(|c: char| !fold(c).is_ascii_digit());
    runs.any(|run| run.chars().count() == 4)
}

/// Whether a character is a letter of pinyin, with or without an accent.
fn is_letter(c: char) -> bool {
    fold(c).is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_that_waits_for_an_alternative_is_not_printed() {
        let typed = |text: &str| Rewrite::new(query::parse(text).terms, "");
        let unfinished = query::parse("地铁 |").terms;
        let rewrite = Rewrite::new([unfinished, query::parse("公交|").terms].concat(), "");
        assert_eq!(rewrite.printed(), "地铁 公交");
        assert_eq!(typed("地铁|公交 轮渡").printed(), "地铁|公交 轮渡");
    }
}
