//! Queries that ask for less.
//!
//! Chinese is typed without spaces: 莱西审批 may be two words. So a word is first split, then parts
//! of the query are dropped, then ends of words. A word that is not spelled is cut only into parts
//! that occur somewhere: 三权分置改革 into 三权分置 and 改革.

use super::{Rewrite, is_joined, is_letter};
use crate::search::query::{self, Phrase, Term, TermKind};
use crate::text::fold::{self, fold};
use crate::text::marks::is_han;

/// Whether characters are adjacent somewhere.
type Occurs<'a> = &'a dyn Fn(&str) -> bool;

/// Returns queries that ask for less, those that drop least first.
pub fn rewrites(terms: &[Term], occurs: Occurs<'_>, weight: &dyn Fn(&Term) -> u8) -> Vec<Rewrite> {
    let all = || (0..terms.len()).filter(|&at| !terms[at].excluded);
    let mut rewrites: Vec<Rewrite> = all().filter_map(|at| without_field(terms, at)).collect();
    for at in all() {
        if let Some(phrase) = terms[at].plain_word() {
            rewrites.extend(parted(terms, at, &phrase.text, occurs));
        }
    }
    rewrites.extend(left_out(terms, weight));
    for at in all() {
        let phrases = match &terms[at].kind {
            TermKind::Words(phrases) => phrases,
            TermKind::Field { field, values, .. } if field.is_of_text() => values,
            TermKind::Field { .. } | TermKind::Doubtful { .. } => continue,
        };
        if let [phrase] = &**phrases {
            // A word that occurs is not shortened: it only conflicts with the others.
            let is_whole = matches!(terms[at].kind, TermKind::Words(_)) && terms.len() > 1;
            if !is_whole || !occurs(&phrase.text) {
                rewrites.extend(shorter(terms, at, phrase, occurs));
            }
        }
    }
    rewrites
}

/// Returns the query without one of its terms, that of the least weight first, and with only one.
pub fn left_out(terms: &[Term], weight: &dyn Fn(&Term) -> u8) -> Vec<Rewrite> {
    let without = |at: usize| Rewrite::replacing(terms, at, Vec::new(), &terms[at].text);
    let alone = |at: usize| Rewrite::new(vec![terms[at].clone()], &without(at).printed());
    let mut order: Vec<usize> = (0..terms.len()).filter(|_| terms.len() > 1).collect();
    order.sort_by_key(|&at| weight(&terms[at]));
    let fewer = order.into_iter().map(without);
    let one = (0..terms.len()).filter(|&at| terms.len() > 2 && !terms[at].excluded);
    fewer.chain(one.map(alone)).collect()
}

/// Returns the query with one of its words searched for everywhere, instead of in a field.
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
    Some(Rewrite::replacing(terms, at, vec![term], name))
}

/// Returns the query with one of its words split: at its marks, since 地铁、公交 means two;
/// otherwise in two that occur somewhere, of at least two characters each, or where letters meet
/// characters. The split with the longest part comes first.
fn parted(terms: &[Term], at: usize, word: &str, occurs: Occurs<'_>) -> Vec<Rewrite> {
    let parted_into = |words: &[&str]| {
        let terms_of = words.iter().map(|word| terms[at].with_word(word));
        let rewrite = Rewrite::replacing(terms, at, terms_of.collect(), "");
        rewrite.sure(word.chars().any(is_han))
    };
    let words: Vec<&str> = word
        .split(is_mark)
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 {
        return vec![parted_into(&words)];
    }
    let is_latin = |c: char| fold(c).is_ascii();
    let borders = borders(word);
    let units = borders.len() - 1;
    let mut parts: Vec<(usize, (&str, &str))> = (1..units)
        .map(|border| (border, word.split_at(borders[border])))
        .filter(|&(border, (head, tail))| {
            let meet = head.ends_with(is_latin) != tail.starts_with(is_latin);
            let are_long = border >= 2 && units - border >= 2;
            let may_occur =
                |part: &str| part.contains(is_letter) || occurs(part) && !is_joined(part);
            (meet || are_long) && may_occur(head) && may_occur(tail)
        })
        .collect();
    parts.sort_by_key(|&(border, _)| border.min(units - border));
    let parts = parts.into_iter().take(2);
    parts
        .map(|(_, (head, tail))| parted_into(&[head, tail]))
        .collect()
}

/// Returns the query with one of its words cut to the longest prefix or suffix that occurs
/// somewhere, or to the part between them.
fn shorter(terms: &[Term], at: usize, phrase: &Phrase, occurs: Occurs<'_>) -> Vec<Rewrite> {
    let borders = borders(&phrase.text);
    let units = borders.len() - 1;
    let part = |from: usize, to: usize| &phrase.text[borders[from]..borders[to]];
    let stands = |from, to| occurs(part(from, to)) && !is_joined(part(from, to));
    let head = (1..units).rev().find(|&to| stands(0, to)).unwrap_or(0);
    let tail = (1..units)
        .find(|&from| stands(from, units))
        .unwrap_or(units);
    let between = (head + 2 <= tail && stands(head, tail)).then_some((head, tail));
    let kept = [Some((0, head)), between, Some((tail, units))];
    let cut = kept.into_iter().flatten().filter_map(|(from, to)| {
        let dropped = [part(0, from), part(to, units)].concat();
        let kept = part(from, to).trim_matches(is_mark);
        // A single character occurs nearly everywhere.
        let is_word = kept.chars().nth(1).is_some() && (phrase.quoted || query::is_plain(kept));
        let by = || vec![terms[at].with_word(kept)];
        is_word.then(|| Rewrite::replacing(terms, at, by(), &dropped))
    });
    cut.collect()
}

fn is_mark(c: char) -> bool {
    fold::is_mark(fold::code(c))
}

/// Returns the byte offsets at which a word may be cut, its ends included: between characters,
/// never inside a figure or among letters, whose parts mean nothing.
fn borders(word: &str) -> Vec<usize> {
    let kind = |c: char| match c {
        _ if is_letter(c) => 1,
        '.' | '0'..='9' => 2,
        _ => 0,
    };
    let mut borders = vec![0];
    let mut before = 0;
    for (at, c) in word.char_indices() {
        if at > 0 && (kind(c) == 0 || kind(c) != before) {
            borders.push(at);
        }
        before = kind(c);
    }
    borders.push(word.len());
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the rewrites of a query, printed, each with what it drops.
    fn rewritten(text: &str, stands: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
        let terms = query::parse(text).terms;
        let weight = |term: &Term| u8::from(term.text == "街");
        let found = rewrites(&terms, stands, &weight).into_iter();
        found
            .map(|rewrite| (rewrite.printed(), rewrite.dropped))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        check_with(text, &|part| part != "的", expected);
    }

    /// Checks rewrites in a library of nothing but some names.
    #[track_caller]
    fn check_where(text: &str, names: &[&str], expected: &[(&str, &str)]) {
        let stands = |part: &str| names.iter().any(|name| name.contains(part));
        check_with(text, &stands, expected);
    }

    #[track_caller]
    fn check_with(text: &str, stands: &dyn Fn(&str) -> bool, expected: &[(&str, &str)]) {
        let found = rewritten(text, stands);
        let expected = expected
            .iter()
            .map(|&(query, dropped)| (query.to_owned(), dropped.to_owned()));
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
    fn what_is_spelled_is_not_cut() {
        for word in ["haishuidao", "lǜsè", "nü", "zxyyyq"] {
            check(word, &[]);
        }
    }

    #[test]
    fn a_phrase_with_de_is_no_word() {
        let names = ["看病难的问题", "问题的"];
        check_where("老看病难的问题", &names, &[("问题", "老看病难的")]);
        check_where("目的地的", &["目的地"], &[("目的地", "的")]);
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
        check("街 2019", &[("街", "2019"), ("2019", "街")]);
        check("15项", &[("15 项", ""), ("15", "项")]);
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
}
