//! What to ask instead, when nothing was found: rewrites of the query's terms, counted
//! as any query is, and printed only when they are offered.
//!
//! People do not type spaces in Chinese: 莱西审批 may be two words. So a word is first
//! parted, then parts of the query are left out, then ends of words. What is not spelled
//! is cut only into what stands somewhere: 三权分置改革 into 三权分置 and 改革.

mod questions;
mod slips;

use super::Suggestion;
use super::bit_set::BitSet;
use super::cache::QueryCache;
use super::index::Index;
use super::options::Fallback;
use super::query::{self, Phrase, Query, Term, TermKind};
use crate::case::Case;
use crate::text::clean::is_han;
use crate::text::fold::{self, fold};
use crate::text::near::{self, Kind};
use crate::text::pinyin::{self, Spellings};

/// How many are offered.
const MOST: usize = 4;

/// How many rewrites are tried for them; each costs a search, and spelled words cost
/// most, the longer the more.
const MOST_TRIED: usize = 6;
const MOST_TRIED_SPELLED: usize = 4;

/// How many letters all spelled queries that are tried may have together.
const MOST_LETTERS: usize = 128;

/// How many of those that were likely meant.
const MOST_MEANT: usize = 3;

/// From how many letters on a spelling that is one letter off surely means the word.
const SURE_LETTERS: usize = 5;

/// In how many places a word is parted.
const MOST_PARTED: usize = 2;

/// How many cases a query finds.
type Count<'a> = &'a dyn Fn(Query, Fallback) -> usize;

/// A query instead of another.
#[derive(Clone, Debug)]
struct Rewrite {
    terms: Vec<Term>,
    /// What was left out; nothing where a word was parted or replaced.
    dropped: String,
    is_sure: bool,
}

impl Rewrite {
    fn new(terms: Vec<Term>, dropped: String) -> Self {
        Self {
            terms,
            dropped,
            is_sure: false,
        }
    }

    fn sure(self, is_sure: bool) -> Self {
        Self { is_sure, ..self }
    }

    /// The query as the reader could type it. A bar at the end of a term, which was not
    /// finished, would take the next term for an alternative.
    fn printed(&self) -> String {
        let unfinished = |c: char| c.is_whitespace() || query::is_bar(c);
        let terms = self.terms.iter();
        let terms = terms.map(|term| term.text.trim_end_matches(unfinished));
        terms.collect::<Vec<_>>().join(" ")
    }
}

/// Queries that find something, made from one that finds nothing by leaving out as little
/// as possible: the field of a word; one part of it; all parts but one; the end or the
/// beginning of a word; at last, of a query that had one, everything but a year, and
/// everything. With them the terms of the first one, where that is sure.
pub(super) fn suggestions(
    cache: &QueryCache<'_>,
    query: &Query,
    count: Count<'_>,
) -> (Vec<Suggestion>, Option<Vec<Term>>) {
    let index = cache.index;
    let terms = &*query.terms;
    let typed = Rewrite::new(terms.to_vec(), String::new()).printed();
    // What is found by guessing alone is no better than what was asked for.
    let mut offers = Offers {
        fallback: Fallback::ToAdd,
        count,
        most_tried: match typed.contains(is_letter) {
            true => MOST_TRIED_SPELLED,
            false => MOST_TRIED,
        },
        letters_left: MOST_LETTERS,
        offered: Vec::new(),
        first: None,
        tried: Vec::new(),
    };
    let finds = |term: &Term| count(Query::of(vec![term.clone()]), Fallback::Always) > 0;
    for rewrite in meant(cache, terms, &finds) {
        if offers.offered.len() < MOST_MEANT {
            offers.add(rewrite);
        }
    }
    offers.tried.clear();
    let stands = |part: &str| stands(cache, part);
    // Rather what was likely meant than less of it; nobody wants less who is sure.
    let less = match offers.offered.first() {
        Some(offer) if offer.is_sure => Vec::new(),
        // Parts of what is spelled would say nothing.
        Some(_) if !typed.contains(is_han) => left_out(terms),
        _ => rewrites(terms, &index.spellings, &stands),
    };
    let mut apart = Vec::new();
    for rewrite in less {
        if offers.are_enough() {
            break;
        }
        match are_apart(cache, terms, &rewrite.terms) {
            true => apart.push(rewrite),
            false => offers.try_one(rewrite),
        }
    }
    // They may still be syllables of one word that was typed with spaces between, at an
    // end of which stands what was not meant.
    let last = apart.pop();
    for rewrite in last.into_iter().chain(apart.into_iter().next()) {
        offers.try_one(rewrite);
    }
    // Rather what one word of several sounds like, or is scattered over, than a year
    // that nobody asked for.
    if typed.contains(is_han) {
        offers.fallback = Fallback::Always;
        offers.tried.clear();
        for rewrite in left_out(terms) {
            if offers.offered.len() < 2 {
                offers.add(rewrite);
            }
        }
    }
    // There is always something to go on with: documents, all; years for who asked for one.
    let field = |term: &Term| match term.kind {
        TermKind::Field { field, .. } => Some(field),
        _ => None,
    };
    let is_year = |term: &Term| field(term) == Some(query::Field::Year);
    let asks_for_year = terms
        .iter()
        .any(|term| is_year(term) || has_year(&term.text));
    for term in narrower(index).filter(|term| asks_for_year || !is_year(term)) {
        if offers.offered.len() >= 2 {
            break;
        }
        offers.add(Rewrite::new(vec![term], typed.clone()));
    }
    let first = offers
        .first
        .filter(|_| offers.offered.first().is_some_and(|o| o.is_sure));
    let mut offered = offers.offered;
    if offered.len() < 2 && index.cases() > 0 {
        offered.push(Suggestion {
            query: String::new(),
            dropped: typed,
            count: index.cases() as u32,
            is_sure: false,
            answer: None,
        });
    }
    (offered, first)
}

/// Whether a word has a year in it.
fn has_year(word: &str) -> bool {
    let mut runs = word.split(|c: char| !fold(c).is_ascii_digit());
    runs.any(|run| run.chars().count() == 4)
}

/// What a query was surely or likely meant to be: without its empty words, joined, with a
/// slip mended, with related words.
fn meant(cache: &QueryCache<'_>, terms: &[Term], finds: &dyn Fn(&Term) -> bool) -> Vec<Rewrite> {
    let mut rewrites = Vec::new();
    let plain = |at: usize| {
        let is_plain = |phrase: &&Phrase| !phrase.quoted && !terms[at].excluded;
        terms[at].word().filter(is_plain)
    };
    let nowhere = |at: &usize| plain(*at).is_some_and(|phrase| cache.cases_with(phrase).is_empty());
    let nowhere: Vec<usize> = (0..terms.len()).filter(nowhere).collect();
    let typed = |at: usize| plain(at).map_or("", |phrase| &phrase.text);
    let words = nowhere.iter().map(|&at| slips::meant(cache, typed(at)));
    let words: Vec<Vec<(String, bool)>> = words.collect();
    for choice in 0..MOST_MEANT {
        let mut by = terms.to_vec();
        let mut is_sure = true;
        for (&at, words) in nowhere.iter().zip(&words) {
            // The first word of the others, for there would be no end of combinations.
            if let Some((word, is_word)) = words.get(choice.min(words.len().saturating_sub(1))) {
                by[at] = terms[at].with_word(word);
                is_sure &= typed(at).len() >= SURE_LETTERS && *is_word;
            }
        }
        if by != terms {
            rewrites.push(Rewrite::new(by, String::new()).sure(is_sure));
        }
    }
    for at in 1..terms.len() {
        if let (Some(first), Some(second)) = (plain(at - 1), plain(at)) {
            let word = format!("{}{}", first.text, second.text);
            if word.chars().all(is_han) && stands(cache, &word) {
                let joined = [
                    &terms[..at - 1],
                    &[terms[at - 1].with_word(&word)],
                    &terms[at + 1..],
                ];
                rewrites.push(Rewrite::new(joined.concat(), String::new()).sure(true));
            }
        }
    }
    for &at in &nowhere {
        let codes = fold::codes(typed(at));
        let related = near::words(&codes, Kind::Related);
        let by = related.map(|word| replaced(terms, at, vec![terms[at].with_word(word)], ""));
        rewrites.extend(by.map(|rewrite| rewrite.sure(true)));
    }
    if let Some((asked, dropped)) = questions::asked(cache, terms, finds) {
        // What says something and is left out was perhaps the point.
        let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let kept: usize = asked.iter().map(|term| count(&term.text)).sum();
        let is_sure = 3 * count(&dropped) <= kept;
        rewrites.push(Rewrite::new(asked, dropped).sure(is_sure));
    }
    for at in nowhere {
        if let Some(phrase) = plain(at).filter(|phrase| phrase.text.chars().count() == 2) {
            let words = slips::sounding_like(cache, phrase).into_iter().take(2);
            rewrites.extend(
                words.map(|word| replaced(terms, at, vec![terms[at].with_word(&word)], "")),
            );
        }
    }
    rewrites
}

/// What is offered, and what else was tried.
struct Offers<'a> {
    fallback: Fallback,
    count: Count<'a>,
    most_tried: usize,
    letters_left: usize,
    offered: Vec<Suggestion>,
    /// The terms of the first one.
    first: Option<Vec<Term>>,
    tried: Vec<String>,
}

impl Offers<'_> {
    fn are_enough(&self) -> bool {
        self.offered.len() == MOST || self.tried.len() == self.most_tried
    }

    /// Offers a query that leaves something out, unless that is tried already, finds
    /// nothing, or enough is.
    fn try_one(&mut self, rewrite: Rewrite) {
        let letters = rewrite.printed().chars().filter(|&c| is_letter(c)).count();
        if self.are_enough() || letters > self.letters_left {
            return;
        }
        self.letters_left -= letters;
        self.add(rewrite);
    }

    fn add(&mut self, rewrite: Rewrite) {
        let query = rewrite.printed();
        let mut offered = self.offered.iter();
        if self.tried.contains(&query) || offered.any(|known| known.query == query) {
            return;
        }
        // A term may read otherwise beside others; what is promised is what will be asked.
        let terms = query::parse(&query).terms;
        let mut count = (self.count)(Query::of(terms.clone()), self.fallback);
        // Of alternatives, those that stand nowhere are then looked for by their sound.
        if count > 0 && query.contains(query::is_bar) {
            count = (self.count)(Query::of(terms.clone()), Fallback::Always);
        }
        let count = count as u32;
        self.tried.push(query.clone());
        if count > 0 {
            self.first.get_or_insert(terms);
            self.offered.push(Suggestion {
                query,
                dropped: rewrite.dropped,
                count,
                is_sure: rewrite.is_sure,
                answer: None,
            });
        }
    }
}

/// Whether a query that leaves out some of the terms has none but words that are in no
/// common case.
fn are_apart(cache: &QueryCache<'_>, terms: &[Term], rewrite: &[Term]) -> bool {
    let is_known = |term: &Term| terms.iter().any(|known| known.kind == term.kind);
    // Words that were not asked for would have to be looked for.
    if rewrite.len() < 2 || !rewrite.iter().all(is_known) {
        return false;
    }
    let mut among = BitSet::all(cache.index.cases());
    for term in rewrite {
        if let TermKind::Words(phrases) = &term.kind
            && let [phrase] = &**phrases
            && !term.excluded
            && !among.is_empty()
            && cache.pattern(phrase).is_some()
        {
            among.keep(&cache.cases_with(phrase));
        }
    }
    among.is_empty()
}

/// Queries for a part of the library: its years, the newest first, and its documents that
/// are not all of it.
fn narrower(index: &Index) -> impl Iterator<Item = Term> {
    let years = index.fields.known_years().iter();
    let years = years.map(|year| Term::of_field(query::Field::Year, &year.to_string()));
    let corpus = &index.corpus;
    let of_one = corpus.cases.chunk_by(|a, b| a.document == b.document);
    let is_part = |cases: &&[Case]| cases.len() < corpus.len();
    let documents = of_one.filter(is_part).map(|cases| {
        let name = &corpus.documents[cases[0].document as usize].name;
        Term::of_field(query::Field::Source, name)
    });
    years.chain(documents)
}

/// Whether characters stand side by side anywhere in the library.
fn stands(cache: &QueryCache<'_>, part: &str) -> bool {
    let phrase = Phrase {
        text: part.to_owned(),
        quoted: true,
    };
    let may_stand = cache.index.may_have(&fold::codes(part));
    may_stand && !cache.cases_with(&phrase).is_empty()
}

/// Queries that ask for less, those that leave out least first.
fn rewrites(terms: &[Term], spellings: &Spellings, stands: &dyn Fn(&str) -> bool) -> Vec<Rewrite> {
    let word = |term: &Term| term.word().filter(|_| !term.excluded).cloned();
    let all = || (0..terms.len()).filter(|&at| !terms[at].excluded);
    let mut rewrites: Vec<Rewrite> = all().filter_map(|at| without_field(terms, at)).collect();
    for at in all() {
        if let Some(phrase) = word(&terms[at]).filter(|phrase| !phrase.quoted) {
            rewrites.extend(parted(terms, at, &phrase.text, spellings, stands));
        }
    }
    rewrites.extend(left_out(terms));
    for at in all() {
        let phrases = match &terms[at].kind {
            TermKind::Words(phrases) => phrases,
            TermKind::Field { field, values, .. } if field.is_of_text() => values,
            TermKind::Field { .. } | TermKind::Doubtful { .. } => continue,
        };
        if let [phrase] = &**phrases {
            // It is the others that it does not go with.
            let is_whole = matches!(terms[at].kind, TermKind::Words(_)) && terms.len() > 1;
            if !is_whole || !stands(&phrase.text) {
                rewrites.extend(shorter(terms, at, phrase, spellings, stands));
            }
        }
    }
    rewrites
}

/// The query without one of its terms, and with one alone.
fn left_out(terms: &[Term]) -> Vec<Rewrite> {
    let mut rewrites = Vec::new();
    let without = |at: usize| [&terms[..at], &terms[at + 1..]].concat();
    if terms.len() > 1 {
        for (at, term) in terms.iter().enumerate() {
            rewrites.push(Rewrite::new(without(at), term.text.clone()));
        }
    }
    if terms.len() > 2 {
        for (at, term) in terms.iter().enumerate().filter(|(_, term)| !term.excluded) {
            let dropped = Rewrite::new(without(at), String::new()).printed();
            rewrites.push(Rewrite::new(vec![term.clone()], dropped));
        }
    }
    rewrites
}

/// The query with one of its words looked for everywhere, instead of in a field.
fn without_field(terms: &[Term], at: usize) -> Option<Rewrite> {
    let TermKind::Field { field, values, .. } = &terms[at].kind else {
        return None;
    };
    let are_words = |phrase: &Phrase| phrase.quoted || query::is_plain(&phrase.text);
    if !field.is_of_text() || !values.iter().all(are_words) {
        return None;
    }
    let typed = &*terms[at].text;
    let (colon, c) = typed.char_indices().find(|&(_, c)| fold(c) == ':')?;
    let (name, word) = typed.split_at(colon + c.len_utf8());
    let term = Term {
        text: word.trim_start().to_owned(),
        kind: TermKind::Words(values.clone()),
        ..terms[at].clone()
    };
    Some(replaced(terms, at, vec![term], name))
}

/// The query with one of its words parted: at its marks, for 地铁、公交 means two; else in
/// two, of at least two characters or syllables each, or where letters meet characters.
/// What is spelled is parted in the middle first, everything else into what `stands`
/// somewhere, the longest part first.
fn parted(
    terms: &[Term],
    at: usize,
    word: &str,
    spellings: &Spellings,
    stands: &dyn Fn(&str) -> bool,
) -> Vec<Rewrite> {
    let parted_into = |words: &[&str]| {
        let words = words.iter().map(|word| terms[at].with_word(word));
        let is_sure = word.chars().any(is_han);
        replaced(terms, at, words.collect(), "").sure(is_sure)
    };
    let words: Vec<&str> = word
        .split(is_mark)
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 {
        return vec![parted_into(&words)];
    }
    let is_latin = |c: char| fold(c).is_ascii();
    let spelled = word.chars().all(is_latin);
    let borders = borders(word, spellings);
    let units = borders.len() - 1;
    let mut parts: Vec<(usize, &str, &str)> = Vec::new();
    for (at, &border) in borders.iter().enumerate().take(units).skip(1) {
        let (head, tail) = word.split_at(border);
        let meet = head.ends_with(is_latin) != tail.starts_with(is_latin);
        let long = at >= 2 && units - at >= 2;
        if meet || long {
            parts.push((at.abs_diff(units - at), head, tail));
        }
    }
    parts.sort_by_key(|&(off_middle, _, _)| match spelled {
        true => off_middle,
        false => units - off_middle,
    });
    // Every part that is spelled is a search of its own.
    let most = if spelled { 1 } else { MOST_PARTED };
    let possible = |part: &str| part.chars().any(is_letter) || stands(part);
    let parts = parts.into_iter();
    let parts = parts.filter(|&(_, head, tail)| possible(head) && possible(tail));
    let parts = parts.take(most);
    parts
        .map(|(_, head, tail)| parted_into(&[head, tail]))
        .collect()
}

/// The query with one of its words cut at its end, or at its beginning. Of what is spelled
/// ever more is cut, between syllables; of everything else the longest beginning and the
/// longest end that stand somewhere are kept, and what stands between the two.
fn shorter(
    terms: &[Term],
    at: usize,
    phrase: &Phrase,
    spellings: &Spellings,
    stands: &dyn Fn(&str) -> bool,
) -> Vec<Rewrite> {
    let borders = borders(&phrase.text, spellings);
    let units = borders.len() - 1;
    let part = |from: usize, to: usize| &phrase.text[borders[from]..borders[to]];
    let cut = |(from, to): (usize, usize)| {
        let dropped = [part(0, from), part(to, units)].concat();
        let kept = part(from, to).trim_matches(is_mark);
        let is_word = phrase.quoted || query::is_plain(kept);
        is_word.then(|| replaced(terms, at, vec![terms[at].with_word(kept)], &dropped))
    };
    let has_letters = phrase.text.contains(is_letter);
    let kept = match has_letters {
        true => {
            let mut lengths = vec![
                units.saturating_sub(1),
                units.div_ceil(2),
                units.div_ceil(3),
            ];
            lengths.dedup();
            let lengths = lengths.into_iter().filter(|&kept| kept < units);
            let ends = lengths.flat_map(|kept| [(0, kept), (units - kept, units)]);
            ends.collect()
        }
        false => {
            let inside = 1..units;
            let head = inside.clone().rev().find(|&to| stands(part(0, to)));
            let tail = inside.clone().find(|&from| stands(part(from, units)));
            let (head, tail) = (head.unwrap_or(0), tail.unwrap_or(units));
            let mut kept = vec![(0, head), (tail, units)];
            if head + 2 <= tail && stands(part(head, tail)) {
                kept.insert(1, (head, tail));
            }
            kept
        }
    };
    // One character of many stands nearly everywhere.
    let least = if units > 2 { 2 } else { 1 };
    let is_enough = |&(from, to): &(usize, usize)| from + least <= to || has_letters && from < to;
    kept.into_iter().filter(is_enough).filter_map(cut).collect()
}

/// The query with one of its terms replaced.
fn replaced(terms: &[Term], at: usize, by: Vec<Term>, dropped: &str) -> Rewrite {
    let terms = [&terms[..at], &by, &terms[at + 1..]].concat();
    Rewrite::new(terms, dropped.to_owned())
}

/// Whether a character is a letter of pinyin, with or without an accent.
fn is_letter(c: char) -> bool {
    fold(c).is_ascii_alphabetic()
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
            .take(pinyin::LONGEST)
            .map_while(|c| is_letter(c).then(|| fold(c) as u8))
            .collect();
        let longest = letters.first().and_then(|&first| {
            let known = spellings.starting_with(first).iter();
            let known = known.filter(|spelling| letters.starts_with(spelling.letters()));
            known.map(|spelling| spelling.letters().len()).max()
        });
        let letters = word[at..].chars().take(longest.unwrap_or(0));
        let longest = longest.map(|_| letters.map(char::len_utf8).sum());
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

    /// The rewrites of a query, printed, each with what it leaves out.
    fn rewritten(text: &str, stands: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
        let terms = query::parse(text).terms;
        let found = rewrites(&terms, &Spellings::default(), stands).into_iter();
        found
            .map(|rewrite| (rewrite.printed(), rewrite.dropped))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        check_with(text, &|part| part != "的", expected);
    }

    /// Where nothing stands but some names and what is in them.
    #[track_caller]
    fn check_where(text: &str, names: &[&str], expected: &[(&str, &str)]) {
        let stands = |part: &str| names.iter().any(|name| name.contains(part));
        check_with(text, &stands, expected);
    }

    #[track_caller]
    fn check_with(text: &str, stands: &dyn Fn(&str) -> bool, expected: &[(&str, &str)]) {
        let found = rewritten(text, stands);
        let expected = expected.iter();
        let expected = expected.map(|&(query, dropped)| (query.to_owned(), dropped.to_owned()));
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn parts_are_left_out_before_words_are_cut() {
        let expected = [
            ("年:2016", "海水的稻"),
            ("海水的稻", "年:2016"),
            ("海水 年:2016", "的稻"),
        ];
        check_where("海水的稻 年:2016", &["海水", "稻"], &expected);
    }

    #[test]
    fn a_word_that_stands_is_not_cut_where_others_may_be_left_out() {
        let expected = [("年:2016", "海水稻"), ("海水稻", "年:2016")];
        check_where("海水稻 年:2016", &["海水稻"], &expected);
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
        let found = rewritten("题:海水稻田 水稻田", &|part| part != "水稻田");
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
    fn a_word_is_parted_into_what_stands_the_longest_part_first() {
        let found = rewritten("莱西审批制度", &|_| true);
        assert_eq!(found[0].0, "莱西 审批制度");
        assert_eq!(found[1].0, "莱西审批 制度");
        let stands = |part: &str| ["莱西", "审批制度"].contains(&part);
        let found = rewritten("莱西审批制度", &stands);
        assert_eq!(found[0], ("莱西 审批制度".to_owned(), String::new()));
    }

    #[test]
    fn the_longest_beginning_and_end_that_stand_are_kept() {
        let expected = [
            ("青岛市", "李沧区人民政府"),
            ("李沧区", "青岛市人民政府"),
            ("人民政府", "青岛市李沧区"),
        ];
        let names = ["青岛市", "李沧区", "人民政府"];
        check_where("青岛市李沧区人民政府", &names, &expected);
    }

    #[test]
    fn letters_with_accents_are_letters() {
        check("nü", &[]);
        check("lǜsè", &[("lǜ", "sè"), ("sè", "lǜ")]);
    }

    #[test]
    fn a_word_is_parted_where_letters_meet_characters() {
        let found = rewritten("地铁PPP", &|_| true);
        assert!(found[..2].contains(&("地铁 PPP".to_owned(), String::new())));
    }

    #[test]
    fn a_word_with_marks_in_it_is_parted_there() {
        let found = rewritten("地铁、公交（轮渡）", &|_| true);
        assert_eq!(found[0], ("地铁 公交 轮渡".to_owned(), String::new()));
    }

    #[test]
    fn one_part_of_three_is_kept_at_last() {
        let found = rewritten("a 街 的", &|_| true);
        assert_eq!(found[3], ("a".to_owned(), "街 的".to_owned()));
    }

    #[test]
    fn a_single_character_cannot_be_cut() {
        check("囧", &[]);
    }

    #[test]
    fn a_bar_that_waits_for_an_alternative_is_not_printed() {
        let typed = |text: &str| Rewrite::new(query::parse(text).terms, String::new());
        let unfinished = query::parse("地铁 |").terms;
        let rewrite = Rewrite::new(
            [unfinished, query::parse("公交|").terms].concat(),
            String::new(),
        );
        assert_eq!(rewrite.printed(), "地铁 公交");
        assert_eq!(typed("地铁|公交 轮渡").printed(), "地铁|公交 轮渡");
    }
}
