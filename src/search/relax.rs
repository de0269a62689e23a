//! What to ask instead, when nothing was found.
//!
//! People do not type spaces in Chinese: 莱西审批 may be two words. So a word is
//! first parted, then parts of the query are left out, then ends of words.

use super::Relaxation;
use super::answer::{self, ReadyWords};
use super::facts::Facts;
use super::places::{Effort, Guesses};
use super::query::{self, Phrase, Term, TermKind};
use crate::text::fold::{self, fold};
use crate::text::pinyin::Spellings;

/// How many are offered.
const MOST: usize = 4;

/// How many queries are tried for them; each costs a search, and spelled words
/// cost most.
const MOST_TRIED: usize = 6;
const MOST_TRIED_SPELLED: usize = 4;

/// In how many places a word is parted.
const MOST_PARTED: usize = 2;

/// Queries that find something, made from one that finds nothing by leaving out
/// as little as possible: one part of it; all parts but one; the end or the
/// beginning of a word; at last everything but a year, and everything.
pub(super) fn relaxations(
    ready: &ReadyWords<'_>,
    text: &str,
    facts: &Facts,
    effort: Effort<'_>,
) -> Vec<Relaxation> {
    let index = ready.index;
    let query = query::parse(text);
    // What is found by guessing alone is no better than what was asked for.
    let effort = Effort {
        guesses: Guesses::ToAdd,
        ..effort
    };
    let mut offered: Vec<Relaxation> = Vec::new();
    let mut tried: Vec<String> = Vec::new();
    let stands = |part: &str| index.may_have(part);
    let most_tried = match text.contains(|c: char| c.is_ascii_alphabetic()) {
        true => MOST_TRIED_SPELLED,
        false => MOST_TRIED,
    };
    for (query, dropped) in candidates(text, &query.terms, &index.spellings, &stands) {
        if offered.len() == MOST || tried.len() == most_tried {
            break;
        }
        if tried.contains(&query) {
            continue;
        }
        let count = answer::count(ready, &query, facts, effort);
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
                count: answer::count(ready, &query, facts, effort),
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
fn candidates(
    text: &str,
    terms: &[Term],
    spellings: &Spellings,
    stands: &dyn Fn(&str) -> bool,
) -> Vec<(String, String)> {
    let mut candidates = Vec::new();
    for term in terms.iter().filter(|term| !term.excluded) {
        if let TermKind::Words(phrases) = &term.kind
            && let [phrase] = &**phrases
            && !phrase.quoted
        {
            candidates.extend(parted(text, term, phrase, spellings, stands));
        }
    }
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

/// The query with one of its words parted: at its marks, for 地铁、公交 means two;
/// else in two, of at least two characters or syllables each, or where letters
/// meet characters; the middle first. What is not spelled is parted only into
/// what `stands` somewhere.
fn parted(
    text: &str,
    term: &Term,
    phrase: &Phrase,
    spellings: &Spellings,
    stands: &dyn Fn(&str) -> bool,
) -> Vec<(String, String)> {
    let word = &*phrase.text;
    let words: Vec<&str> = word
        .split(is_mark)
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 {
        return vec![(replaced(text, term, word, &words.join(" ")), String::new())];
    }
    let borders = borders(word, spellings);
    let units = borders.len() - 1;
    let possible = |part: &str| part.is_ascii() || stands(part);
    let mut parts: Vec<(usize, &str, &str)> = Vec::new();
    for (at, &border) in borders.iter().enumerate().take(units).skip(1) {
        let (head, tail) = word.split_at(border);
        let meet =
            head.ends_with(|c: char| c.is_ascii()) != tail.starts_with(|c: char| c.is_ascii());
        let long = at >= 2 && units - at >= 2;
        if (meet || long) && possible(head) && possible(tail) {
            parts.push((at.abs_diff(units - at), head, tail));
        }
    }
    parts.sort_by_key(|&(off_middle, _, _)| off_middle);
    // Every part that is spelled is a search of its own.
    let most = if word.is_ascii() { 1 } else { MOST_PARTED };
    let parts = parts.into_iter().take(most);
    let parted = parts.map(|(_, head, tail)| replaced(text, term, word, &format!("{head} {tail}")));
    parted.map(|query| (query, String::new())).collect()
}

/// The query with one of its words cut: at its end, at its beginning, ever more
/// of it. What is spelled is cut between syllables.
fn shorter(
    text: &str,
    term: &Term,
    phrase: &Phrase,
    spellings: &Spellings,
) -> Vec<(String, String)> {
    let borders = borders(&phrase.text, spellings);
    let units = borders.len() - 1;
    let cut = |from: usize, to: usize| {
        let (from, to) = (borders[from], borders[to]);
        let kept = phrase.text[from..to].trim_matches(is_mark);
        let dropped = [&phrase.text[..from], &phrase.text[to..]].concat();
        (replaced(text, term, &phrase.text, kept), dropped)
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

/// The query with a word of one of its terms replaced.
fn replaced(text: &str, term: &Term, word: &str, by: &str) -> String {
    let place = |at: u32| text.char_indices().nth(at as usize).map(|(byte, _)| byte);
    let start = place(term.span.start).unwrap_or(text.len());
    let end = place(term.span.end).unwrap_or(text.len());
    let typed = text[start..end].replacen(word, by, 1);
    [&text[..start], &typed, &text[end..]].concat()
}

fn is_mark(c: char) -> bool {
    fold::is_mark(fold::code(c))
}

/// Where a word may be cut, in bytes: between characters, and between the whole
/// syllables, the longest first, of what is spelled; never in a figure, of which
/// a part says nothing; its ends included.
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
        let figure = word[at..].find(|c: char| !c.is_ascii_digit() && c != '.');
        let figure = figure.unwrap_or(word.len() - at);
        let longest = longest.or((figure > 0).then_some(figure));
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
        let found = candidates(text, &query.terms, &Spellings::default(), &|part| {
            part != "的"
        });
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
    fn a_word_is_replaced_where_it_stands_and_not_inside_another() {
        let query = query::parse("题:海水稻田 水稻田");
        let found = candidates(
            "题:海水稻田 水稻田",
            &query.terms,
            &Spellings::default(),
            &|_| true,
        );
        let found: Vec<&str> = found.iter().map(|(query, _)| query.as_str()).collect();
        assert!(found.contains(&"题:海水稻田 水稻"));
        assert!(found.contains(&"题:海水稻田 稻田"));
    }

    #[test]
    fn a_figure_is_kept_whole() {
        check("2019", &[]);
        check("5003.77", &[]);
        check("2019 街", &[("街", "2019"), ("2019", "街")]);
        check("15项", &[("15 项", ""), ("15", "项"), ("项", "15")]);
    }

    #[test]
    fn a_word_is_parted_in_the_middle_first() {
        let query = query::parse("莱西审批制度");
        let found = candidates(
            "莱西审批制度",
            &query.terms,
            &Spellings::default(),
            &|_| true,
        );
        assert_eq!(found[0].0, "莱西审 批制度");
        let stands = |part: &str| ["莱西", "审批制度"].contains(&part);
        let found = candidates("莱西审批制度", &query.terms, &Spellings::default(), &stands);
        assert_eq!(found[0], ("莱西 审批制度".to_owned(), String::new()));
    }

    #[test]
    fn a_word_is_parted_where_letters_meet_characters() {
        let query = query::parse("地铁PPP");
        let found = candidates("地铁PPP", &query.terms, &Spellings::default(), &|_| true);
        assert!(found[..2].contains(&("地铁 PPP".to_owned(), String::new())));
    }

    #[test]
    fn a_word_with_marks_in_it_is_parted_there() {
        let query = query::parse("地铁、公交（轮渡）");
        let found = candidates(
            "地铁、公交（轮渡）",
            &query.terms,
            &Spellings::default(),
            &|_| true,
        );
        assert_eq!(found[0], ("地铁 公交 轮渡".to_owned(), String::new()));
    }

    #[test]
    fn one_part_of_three_is_kept_at_last() {
        let query = query::parse("a 街 的");
        let found = candidates("a 街 的", &query.terms, &Spellings::default(), &|_| true);
        assert_eq!(found[3], ("a".to_owned(), "街 的".to_owned()));
    }

    #[test]
    fn a_single_character_cannot_be_cut() {
        check("囧", &[]);
    }
}
