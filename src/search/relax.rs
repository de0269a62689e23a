//! What to ask instead, when nothing was found.

use super::Relaxation;
use super::answer;
use super::facts::Facts;
use super::index::Index;
use super::places::Effort;
use super::query::{self, Phrase, Query, Term, TermKind};
use crate::text::fold::fold;
use crate::text::pinyin::Spellings;

/// How many are offered.
const MOST: usize = 4;

/// How many queries are tried for them; each costs a search.
const MOST_TRIED: usize = 6;

/// Queries that find something, made from one that finds nothing by leaving out
/// as little as possible: one part of it; all parts but one; the end or the
/// beginning of a word; at last everything but a year, and everything.
pub(super) fn relaxations(
    index: &Index,
    text: &str,
    query: &Query,
    facts: &Facts,
    effort: Effort<'_>,
) -> Vec<Relaxation> {
    let mut offered: Vec<Relaxation> = Vec::new();
    let mut tried: Vec<String> = Vec::new();
    let effort = Effort {
        guesses: false,
        ..effort
    };
    for (query, dropped) in candidates(text, &query.terms, &index.spellings) {
        if offered.len() == MOST || tried.len() == MOST_TRIED {
            break;
        }
        if tried.contains(&query) {
            continue;
        }
        let count = answer::count(index, &query, facts, effort);
        if count > 0 {
            offered.push(Relaxation {
                query: query.clone(),
                dropped,
                count,
            });
        }
        tried.push(query);
    }
    // There is always something to go on with: the newest years, and all.
    for year in index.facets.known_years() {
        if offered.len() >= 2 {
            break;
        }
        let query = query::with_field("", query::Field::Year, &year.to_string());
        if !tried.contains(&query) {
            offered.push(Relaxation {
                count: answer::count(index, &query, facts, effort),
                dropped: text.trim().to_owned(),
                query,
            });
        }
    }
    if offered.len() < 2 && index.cases() > 0 {
        offered.push(Relaxation {
            query: String::new(),
            dropped: text.trim().to_owned(),
            count: index.cases() as u32,
        });
    }
    offered
}

/// Queries that ask for less, those that leave out least first, each with what
/// it leaves out.
fn candidates(text: &str, terms: &[Term], spellings: &Spellings) -> Vec<(String, String)> {
    let mut candidates = Vec::new();
    if terms.len() > 1 {
        for term in terms {
            let dropped = query::slice(text, term.span).to_owned();
            candidates.push((query::without(text, term.span), dropped));
        }
    }
    if terms.len() > 2 {
        for term in terms.iter().filter(|term| !term.excluded) {
            let kept = query::slice(text, term.span).to_owned();
            let others = terms.iter().filter(|other| other.span != term.span);
            let dropped: Vec<&str> = others.map(|other| query::slice(text, other.span)).collect();
            candidates.push((kept, dropped.join(" ")));
        }
    }
    for term in terms.iter().filter(|term| !term.excluded) {
        let phrases = match &term.kind {
            TermKind::Words(phrases) => phrases,
            TermKind::Field { field, values } if field.is_of_text() => values,
            TermKind::Field { .. } | TermKind::Doubtful { .. } => continue,
        };
        if let [phrase] = &**phrases {
            candidates.extend(shorter(text, term, phrase, spellings));
        }
    }
    candidates
}

/// The query with one of its words cut: at its end, at its beginning, ever more
/// of it. What is spelled is cut between syllables.
fn shorter(
    text: &str,
    term: &Term,
    phrase: &Phrase,
    spellings: &Spellings,
) -> Vec<(String, String)> {
    let typed = query::slice(text, term.span);
    let borders = borders(&phrase.text, spellings);
    let units = borders.len() - 1;
    let cut = |from: usize, to: usize| {
        let (from, to) = (borders[from], borders[to]);
        let kept = &phrase.text[from..to];
        let shorter = typed.replacen(&phrase.text, kept, 1);
        let dropped = [&phrase.text[..from], &phrase.text[to..]].concat();
        (text.replacen(typed, &shorter, 1), dropped)
    };
    let mut lengths = vec![
        units.saturating_sub(1),
        units.div_ceil(2),
        units.div_ceil(3),
    ];
    lengths.dedup();
    let lengths = lengths.into_iter().filter(|&kept| kept > 0 && kept < units);
    lengths
        .flat_map(|kept| [cut(0, kept), cut(units - kept, units)])
        .collect()
}

/// Where a word may be cut, in bytes: between characters, and between the whole
/// syllables, the longest first, of what is spelled; its ends included.
fn borders(word: &str, spellings: &Spellings) -> Vec<usize> {
    let mut borders = vec![0];
    let mut at = 0;
    while let Some(c) = word[at..].chars().next() {
        let letters: Vec<u8> = word[at..]
            .chars()
            .map_while(|c| c.is_ascii_alphabetic().then(|| fold(c) as u8))
            .collect();
        let longest = letters.first().and_then(|&first| {
            let known = spellings.starting_with(first).iter();
            let known = known.filter(|spelling| letters.starts_with(spelling.letters()));
            known.map(|spelling| spelling.letters().len()).max()
        });
        at += longest.unwrap_or(c.len_utf8());
        borders.push(at);
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let query = query::parse(text);
        let found = candidates(text, &query.terms, &Spellings::default());
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(query, dropped)| (query.as_str(), dropped.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_are_left_out_before_words_are_cut() {
        let expected = [
            ("年:2016", "海水稻"),
            ("海水稻", "年:2016"),
            ("海水 年:2016", "稻"),
            ("水稻 年:2016", "海"),
            ("海 年:2016", "水稻"),
            ("稻 年:2016", "海水"),
        ];
        check("海水稻 年:2016", &expected);
    }

    #[test]
    fn what_is_spelled_is_cut_between_syllables() {
        let expected = [
            ("haishui", "dao"),
            ("shuidao", "hai"),
            ("hai", "shuidao"),
            ("dao", "haishui"),
        ];
        check("haishuidao", &expected);
    }

    #[test]
    fn one_part_of_three_is_kept_at_last() {
        let query = query::parse("a 街 的");
        let found = candidates("a 街 的", &query.terms, &Spellings::default());
        assert_eq!(found[3], ("a".to_owned(), "街 的".to_owned()));
    }

    #[test]
    fn a_single_character_cannot_be_cut() {
        check("囧", &[]);
    }
}
