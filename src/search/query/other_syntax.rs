//! Syntax of other programs for what is asked differently here: `OR`, `AND`, `NOT`, `!`, `&`,
//! brackets, years without their field. It is read as words; a note gives the correct query.

use super::{Field, Term, TermKind};
use crate::language::Language;
use crate::search::{Note, Problem};
use crate::text::CharSpan;
use crate::text::fold::fold;
use crate::text::marks::is_han;

/// Returns the notes on the terms of a query.
pub fn notes(terms: &[Term]) -> Vec<Note> {
    let at = (0..terms.len()).filter(|&at| !terms[at].excluded);
    at.filter_map(|at| note(terms, at)).collect()
}

fn note(terms: &[Term], at: usize) -> Option<Note> {
    let term = &terms[at];
    let TermKind::Words(phrases) = &term.kind else {
        return None;
    };
    let word = phrases.first().filter(|phrase| !phrase.quoted)?;
    let before = at.checked_sub(1).map(|before| &terms[before]);
    let (next, is_alone) = (terms.get(at + 1), phrases.len() == 1);
    let folded: String = word.text.chars().map(fold).collect();
    let is_and = word.text == "AND" || folded.chars().all(|c| c == '&');
    let (first, last, right) = match &*word.text {
        "OR" if is_alone => (before?, next?, [&*before?.text, "|", &*next?.text].concat()),
        _ if is_alone && is_and => (before?, next?, [&*before?.text, " ", &*next?.text].concat()),
        "NOT" if is_alone => (term, next?, format!("-{}", next?.text)),
        _ if is_alone && are_years(&folded) => {
            let name = Field::Year.name(Language::Chinese);
            (term, term, format!("{name}:{folded}"))
        }
        _ => (term, term, instead_of(&term.text, &folded)?),
    };
    Some(Note {
        span: CharSpan::new(first.span.start, last.span.end),
        problem: Problem::OtherSyntax {
            typed: term.text.clone(),
            right,
        },
    })
}

/// Returns the correction of one term that contains such a mark.
fn instead_of(text: &str, folded: &str) -> Option<String> {
    let mut chars = text.chars();
    let first = chars.next().map(fold);
    let rest = chars.as_str();
    if first == Some('!') {
        let is_word = rest.starts_with(char::is_alphanumeric);
        return is_word.then(|| format!("-{rest}"));
    }
    // 地铁&公交; but R&D is a word.
    let parts: Vec<&str> = folded.split('&').filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.chars().all(is_han)) {
        return Some(parts.join(" "));
    }
    // （改革） is a word with its marks. A bracket that continues after a space or a bar was meant
    // to group words.
    let goes_on = first == Some('(') && !folded.contains(')') && !rest.is_empty();
    goes_on.then(|| {
        text.trim_matches(|c| matches!(fold(c), '(' | ')'))
            .to_owned()
    })
}

/// Whether a word is two four-digit years with a dash between.
fn are_years(folded: &str) -> bool {
    let is_year = |part: &str| {
        let year = part.parse::<u16>();
        part.len() == 4 && year.is_ok_and(|year| (1900..2100).contains(&year))
    };
    let years = folded.split_once('-');
    years.is_some_and(|(from, to)| is_year(from) && is_year(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let notes = parse(text)
            .notes
            .into_iter()
            .map(|note| match note.problem {
                Problem::OtherSyntax { typed, right } => (typed, right),
                problem => panic!("{problem:?}"),
            });
        let expected = expected
            .iter()
            .map(|&(typed, right)| (typed.to_owned(), right.to_owned()));
        assert_eq!(
            notes.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{text}"
        );
    }

    #[test]
    fn words_of_other_programs_are_noted_with_what_is_right() {
        check("地铁 OR 公交", &[("OR", "地铁|公交")]);
        check("地铁 AND 公交", &[("AND", "地铁 公交")]);
        check("地铁 NOT 公交", &[("NOT", "-公交")]);
        check("地铁 && 公交", &[("&&", "地铁 公交")]);
        check("地铁 ＆ 公交", &[("＆", "地铁 公交")]);
        check("地铁&公交", &[("地铁&公交", "地铁 公交")]);
    }

    #[test]
    fn an_exclamation_mark_before_a_word_is_no_exclusion() {
        check("!2017", &[("!2017", "-2017")]);
        check("审批 ！市南", &[("！市南", "-市南")]);
    }

    #[test]
    fn brackets_hold_no_words_together() {
        check("(地铁|公交) 审批", &[("(地铁|公交)", "地铁|公交")]);
        check("（地铁 公交）", &[("（地铁", "地铁")]);
    }

    #[test]
    fn years_alone_lack_their_field() {
        for years in ["2015-2017", "2015—2017", "２０１５－２０１７"] {
            check(years, &[(years, "年:2015-2017")]);
        }
    }

    #[test]
    fn what_texts_have_is_not_noted() {
        for text in [
            "R&D",
            "（改革）",
            "“互联网+”行动",
            "放管服！",
            "!",
            "OR",
            "地铁 OR",
            "\"2015-2017\"",
            "12345-2017",
            "地铁 or 公交",
            "(",
        ] {
            check(text, &[]);
        }
    }
}
