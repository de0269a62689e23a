//! Editing fields of a query, for chips and facets.

use crate::language::Language;
use crate::search::query::{
    Field, Phrase, Term, TermKind, as_typed, byte_at, parse, quote_where_needed, same, slice,
};
use crate::text::CharSpan;

/// Returns the query with a value of a field added. The value joins the last term of the field, or
/// becomes a new term at the end, with the field's name in `language`.
pub fn with_field(query: &str, field: Field, value: &str, language: Language) -> String {
    if has_field(query, field, value) {
        return query.to_owned();
    }
    let terms = field_terms(query, field);
    let last = terms.last().map(|(term, _)| term.span);
    with_value(query, field, last, value, language)
}

/// Returns the query with a value of a field added. The value joins the term at `term`, or becomes
/// a new term at the end, with the field's name in `language`.
pub fn with_value(
    query: &str,
    field: Field,
    term: Option<CharSpan>,
    value: &str,
    language: Language,
) -> String {
    let value = quote_where_needed(value);
    match term {
        Some(term) => {
            let end = byte_at(query, term.end);
            format!("{}|{value}{}", &query[..end], &query[end..])
        }
        None => {
            // After a bar the new term would be an alternative.
            let query =
                query.trim_end_matches(|c: char| c.is_whitespace() || c == '|' || c == '｜');
            let space = if query.is_empty() { "" } else { " " };
            format!("{query}{space}{}:{value}", field.name(language))
        }
    }
}

/// Returns the query without a value of a field, or without the field if `value` is `None`.
pub fn without_field(query: &str, field: Field, value: Option<&str>) -> String {
    let mut rest = query.to_owned();
    for (term, values) in field_terms(query, field).into_iter().rev() {
        let mut kept = values.clone();
        kept.retain(|known| value.is_some_and(|value| !same(&known.text, value)));
        if kept.len() < values.len() {
            rest = with_values(&rest, term.span, &kept);
        }
    }
    rest
}

/// Returns the query with the values of the field term at `term` replaced. Its name and colon stay
/// as typed. Without values, the term is removed.
pub fn with_values(query: &str, term: CharSpan, values: &[Phrase]) -> String {
    let typed = slice(query, term);
    let colon = typed.char_indices().find(|(_, c)| matches!(c, ':' | '：'));
    let name = colon.map_or(typed, |(at, colon)| &typed[..at + colon.len_utf8()]);
    let mut rest = without(query, term);
    if !values.is_empty() {
        let at = byte_at(&rest, term.start.min(rest.chars().count() as u32));
        let space = |needed| if needed { " " } else { "" };
        let before = space(!rest[..at].is_empty() && !rest[..at].ends_with(char::is_whitespace));
        let after = space(!rest[at..].is_empty());
        let values: Vec<String> = values.iter().map(as_typed).collect();
        let term = format!("{before}{name}{}{after}", values.join("|"));
        rest.insert_str(at, &term);
    }
    rest
}

/// Whether the query contains a value of a field.
pub fn has_field(query: &str, field: Field, value: &str) -> bool {
    let terms = field_terms(query, field);
    terms
        .iter()
        .flat_map(|(_, values)| values)
        .any(|known| same(&known.text, value))
}

/// Returns the query without the part at `span` and the space after it.
pub fn without(query: &str, span: CharSpan) -> String {
    let head = &query[..byte_at(query, span.start)];
    let tail = query[byte_at(query, span.end)..].trim_start();
    if tail.is_empty() {
        head.trim_end().to_owned()
    } else {
        format!("{head}{tail}")
    }
}

/// Returns the terms of a field that do not exclude, as typed, with their values.
pub fn field_terms(query: &str, wanted: Field) -> Vec<(Term, Vec<Phrase>)> {
    let terms = parse(query).terms.into_iter().filter(|term| !term.excluded);
    terms
        .filter_map(|term| match &term.kind {
            TermKind::Field { field, values, .. } if *field == wanted => {
                let values = values.clone();
                Some((term, values))
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_field_is_added_and_taken_away_as_a_chip_is() {
        let query = with_field("审批", Field::Year, "2015", Language::Chinese);
        assert_eq!(query, "审批 年:2015");
        let query = with_field(&query, Field::Year, "2017", Language::Chinese);
        assert_eq!(query, "审批 年:2015|2017");
        assert!(has_field(&query, Field::Year, "2017"));
        assert_eq!(
            with_field(&query, Field::Year, "2017", Language::Chinese),
            query
        );
        let query = with_field(&query, Field::Tag, "再 读", Language::Chinese);
        assert_eq!(query, "审批 年:2015|2017 标签:\"再 读\"");
        let query = without_field(&query, Field::Year, Some("2015"));
        assert_eq!(query, "审批 年:2017 标签:\"再 读\"");
        let query = without_field(&query, Field::Year, Some("2017"));
        assert_eq!(query, "审批 标签:\"再 读\"");
        assert_eq!(without_field(&query, Field::Tag, None), "审批");
        assert!(!has_field(&query, Field::Year, "2017"));
    }

    #[test]
    fn a_part_is_taken_out_with_its_space() {
        let text = "审批 -市南 2017";
        let terms = parse(text).terms;
        assert_eq!(without(text, terms[1].span), "审批 2017");
        assert_eq!(without(text, terms[2].span), "审批 -市南");
        assert_eq!(without(text, terms[0].span), "-市南 2017");
    }

    #[test]
    fn a_value_with_quotation_marks_of_any_kind_comes_back_as_it_was() {
        for value in [
            "市“一带一路”办",
            "“互联网+”",
            "\"a\" b",
            "「甲」“乙”",
            "甲’乙 丙”",
            "-甲",
        ] {
            let query = with_field("审批", Field::Tag, value, Language::Chinese);
            assert!(has_field(&query, Field::Tag, value), "{query}");
            assert_eq!(
                with_field(&query, Field::Tag, value, Language::Chinese),
                query
            );
            assert_eq!(without_field(&query, Field::Tag, Some(value)), "审批");
        }
        let query = with_field("", Field::Org, "市“一带一路”办", Language::Chinese);
        assert_eq!(query, "机构:「市“一带一路”办」");
    }

    proptest! {
        #[test]
        fn what_is_added_is_there_and_what_is_taken_away_is_not(
            text in "[ a年:\"“”「|\\-创新2017]{0,12}",
            value in "[a-z创新 |\"“”「」'2\\-—]{1,5}",
        ) {
            prop_assume!(!value.trim().is_empty());
            let added = with_field(&text, Field::Tag, &value, Language::Chinese);
            if parse(&text).notes.is_empty() {
                prop_assert!(has_field(&added, Field::Tag, &value), "{added}");
            }
            let removed = without_field(&added, Field::Tag, Some(&value));
            prop_assert!(!has_field(&removed, Field::Tag, &value), "{removed}");
        }
    }
}
