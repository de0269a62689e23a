//! Suggested queries in the language of the interface.

use crate::language::Language;
use crate::search::query::{TermKind, parse, slice};

/// Returns a query with Chinese field names replaced by English ones if the language is English;
/// otherwise the query unchanged.
pub fn in_language(query: &str, language: Language) -> String {
    if language == Language::Chinese || query.is_ascii() {
        return query.to_owned();
    }
    let mut rest = query;
    let mut named = String::with_capacity(query.len());
    for term in &parse(query).terms {
        let TermKind::Field { field, .. } = term.kind else {
            continue;
        };
        let typed = slice(query, term.span);
        let colon = typed.find([':', '：']).unwrap_or(0);
        let name = typed[..colon].trim_start_matches(|c: char| !c.is_alphanumeric());
        if !name.is_ascii() {
            let start = rest.find(typed).unwrap_or(0) + colon - name.len();
            named += &rest[..start];
            named += field.name(language);
            rest = &rest[start + name.len()..];
        }
    }
    named + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_called_by_names_of_the_language() {
        let english = |query| in_language(query, Language::English);
        assert_eq!(english("年:2021"), "year:2021");
        assert_eq!(english("地铁 公积金"), "地铁 公积金");
        assert_eq!(
            english("审批 -年：2015|2017 标签:待读 year:2021 类:部门"),
            "审批 -year：2015|2017 tag:待读 year:2021 cat:部门"
        );
        assert_eq!(in_language("年:2021", Language::Chinese), "年:2021");
    }
}
