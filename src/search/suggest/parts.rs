//! Queries that ask for less.
//!
//! People do not type spaces in Chinese: 莱西审批 may be two words. So a word is first
//! parted, then parts of the query are left out, then ends of words. What is not spelled is
//! cut only into what occurs somewhere: 三权分置改革 into 三权分置 and 改革.

use super::{Rewrite, is_letter};
use crate::search::query::{self, Phrase, Term, TermKind};
use crate::text::clean::is_han;
use crate::text::fold::{self, fold};
use crate::text::pinyin::{self, Spellings};

/// Whether characters are side by side somewhere.
type Occurs<'a> = &'a dyn Fn(&str) -> bool;

/// Queries that ask for less, those that leave out least first.
pub fn rewrites(terms: &[Term], spellings: &Spellings, occurs: Occurs<'_>) -> Vec<Rewrite> {
    let all = || (0..terms.len()).filter(|&at| !terms[at].excluded);
    let mut rewrites: Vec<Rewrite> = all().filter_map(|at| without_field(terms, at)).collect();
    for at in all() {
        if let Some(phrase) = terms[at].plain_word() {
            rewrites.extend(parted(terms, at, &phrase.text, spellings, occurs));
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
            if !is_whole || !occurs(&phrase.text) {
                rewrites.extend(shorter(terms, at, phrase, spellings, occurs));
            }
        }
    }
    rewrites
}

/// The query without one of its terms, and with one alone.
pub fn left_out(terms: &[Term]) -> Vec<Rewrite> {
    let without = |at: usize| Rewrite::replacing(terms, at, Vec::new(), &terms[at].text);
    let alone = |at: usize| Rewrite::new(vec![terms[at].clone()], &without(at).printed());
    let all = 0..terms.len();
    let fewer = all.clone().filter(|_| terms.len() > 1).map(without);
    let one = all.filter(|&at| terms.len() > 2 && !terms[at].excluded);
    fewer.chain(one.map(alone)).collect()
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
    Some(Rewrite::replacing(terms, at, vec![term], name))
}

/// The query with one of its words parted: at its marks, for 地铁、公交 means two; else in
/// two, of at least two characters or syllables each, or where letters meet characters.
/// What is spelled is parted in the middle, everything else into what occurs somewhere, the
/// longest part first.
fn parted(
    terms: &[Term],
    at: usize,
    word: &str,
    spellings: &Spellings,
    occurs: Occurs<'_>,
) -> Vec<Rewrite> {
    let parted_into = |words: &[&str]| {
        let terms_of = words.iter().map(|word| terms[at].with_word(word));
        let rewrite = Rewrite::replacing(terms, at, terms_of.collect(), "");
        rewrite.sure(word.chars().any(is_han))
    };
    let words = word.split(is_mark).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    if words.len() > 1 {
        return vec![parted_into(&words)];
    }
    let is_latin = |c: char| fold(c).is_ascii();
    let is_spelled = word.chars().all(is_latin);
    let borders = borders(word, spellings);
    let units = borders.len() - 1;
    let parts = (1..units).map(|border| (border, word.split_at(borders[border])));
    let parts = parts.filter(|&(border, (head, tail))| {
        let meet = head.ends_with(is_latin) != tail.starts_with(is_latin);
        let are_long = border >= 2 && units - border >= 2;
        let may_occur = |part: &str| part.contains(is_letter) || occurs(part);
        (meet || are_long) && may_occur(head) && may_occur(tail)
    });
    let mut parts: Vec<(usize, (&str, &str))> = parts.collect();
    parts.sort_by_key(|&(border, _)| {
        let off_middle = border.abs_diff(units - border);
        if is_spelled {
            off_middle
        } else {
            units - off_middle
        }
    });
    // Every part that is spelled is a search of its own.
    parts.truncate(if is_spelled { 1 } else { 2 });
    let parts = parts.into_iter();
    parts
        .map(|(_, (head, tail))| parted_into(&[head, tail]))
        .collect()
}

/// The query with one of its words cut at its end, or at its beginning. Of what is spelled
/// ever more is cut, between syllables; of everything else the longest beginning and the
/// longest end that occur somewhere are kept, and what is between the two.
fn shorter(
    terms: &[Term],
    at: usize,
    phrase: &Phrase,
    spellings: &Spellings,
    occurs: Occurs<'_>,
) -> Vec<Rewrite> {
    let borders = borders(&phrase.text, spellings);
    let units = borders.len() - 1;
    let part = |from: usize, to: usize| &phrase.text[borders[from]..borders[to]];
    let has_letters = phrase.text.contains(is_letter);
    let kept: Vec<(usize, usize)> = if has_letters {
        let mut lengths = vec![
            units.saturating_sub(1),
            units.div_ceil(2),
            units.div_ceil(3),
        ];
        lengths.dedup();
        let lengths = lengths.into_iter().filter(|&kept| kept < units);
        lengths
            .flat_map(|kept| [(0, kept), (units - kept, units)])
            .collect()
    } else {
        let head = (1..units)
            .rev()
            .find(|&to| occurs(part(0, to)))
            .unwrap_or(0);
        let tail = (1..units)
            .find(|&from| occurs(part(from, units)))
            .unwrap_or(units);
        let between = (head + 2 <= tail && occurs(part(head, tail))).then_some((head, tail));
        [(0, head)]
            .into_iter()
            .chain(between)
            .chain([(tail, units)])
            .collect()
    };
    // One character of many is nearly everywhere.
    let least = if units > 2 && !has_letters { 2 } else { 1 };
    let kept = kept.into_iter().filter(|&(from, to)| from + least <= to);
    let cut = kept.filter_map(|(from, to)| {
        let dropped = [part(0, from), part(to, units)].concat();
        let kept = part(from, to).trim_matches(is_mark);
        let is_word = phrase.quoted || query::is_plain(kept);
        let by = || vec![terms[at].with_word(kept)];
        is_word.then(|| Rewrite::replacing(terms, at, by(), &dropped))
    });
    cut.collect()
}

fn is_mark(c: char) -> bool {
    fold::is_mark(fold::code(c))
}

/// Where a word may be cut, in bytes: between characters, and between the whole syllables,
/// the longest first, of what is spelled; never in a figure, of which a part says nothing;
/// its ends included.
fn borders(word: &str, spellings: &Spellings) -> Vec<usize> {
    let mut borders = vec![0];
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let letters = rest.chars().take(pinyin::LONGEST);
        let letters = letters.map_while(|c| is_letter(c).then(|| fold(c) as u8));
        let letters: Vec<u8> = letters.collect();
        let known = letters.first().map(|&first| spellings.starting_with(first));
        let known = known
            .into_iter()
            .flatten()
            .map(|spelling| spelling.letters());
        let longest = known
            .filter(|known| letters.starts_with(known))
            .map(<[u8]>::len)
            .max();
        let syllable = rest
            .chars()
            .take(longest.unwrap_or(0))
            .map(char::len_utf8)
            .sum();
        let figure = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let length = match figure.unwrap_or(rest.len()) {
            _ if longest.is_some() => syllable,
            0 => c.len_utf8(),
            figure => figure,
        };
        rest = &rest[length..];
        borders.push(word.len() - rest.len());
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
}
