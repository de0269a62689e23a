//! Passages: runs of a case's text that the reader marked.

use crate::text::CharSpan;
use crate::text::gate;

/// A run of characters of a case's text that the reader marked.
///
/// Its place is counted in characters of [`CaseRef::text`], the text that `show`
/// and the JSON export give: blocks in the document's own script, a line feed
/// between two of them. A passage may run over several blocks; then its quote
/// has line feeds too.
///
/// The quote is what stood there when it was marked. A document that was edited
/// since may have it elsewhere, or no longer: [`Passage::find`] looks, and
/// whoever shows or exports a passage that is not found has the quote all the
/// same.
///
/// A case has no two passages at one place: marking a place again replaces the
/// quote. Passages may overlap.
///
/// [`CaseRef::text`]: crate::case::CaseRef::text
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// In characters of the case's text; never empty.
    pub span: CharSpan,
    /// Never empty.
    pub quote: String,
}

impl Passage {
    /// Finds the quote in the current text of a case: at the stored place, else the nearest
    /// occurrence. `None` if the text no longer contains it.
    pub fn find(&self, text: &str) -> Option<CharSpan> {
        let chars = self.quote.chars().count() as u32;
        let byte = |char: u32| {
            let at = text.char_indices().nth(char as usize);
            at.map_or(text.len(), |(byte, _)| byte)
        };
        if text[byte(self.span.start)..].starts_with(&self.quote) {
            return Some(CharSpan::new(self.span.start, self.span.start + chars));
        }
        let starts = text
            .match_indices(&self.quote)
            .map(|(byte, _)| text[..byte].chars().count() as u32);
        let start = starts.min_by_key(|start| start.abs_diff(self.span.start))?;
        Some(CharSpan::new(start, start + chars))
    }
}

/// The name of a place in the state file: `120-164`, the characters from the
/// 120th (counted from 0) up to, not including, the 164th.
pub(super) fn key(span: CharSpan) -> String {
    format!("{}-{}", span.start, span.end)
}

/// The place that [`key`] named; `None` for anything else, an empty run
/// included.
pub(super) fn span(key: &str) -> Option<CharSpan> {
    let (start, end) = key.split_once('-')?;
    let span = CharSpan::new(start.parse().ok()?, end.parse().ok()?);
    (span.start < span.end && self::key(span) == key).then_some(span)
}

/// A quote as it is kept: without what a terminal must not see.
pub(super) fn tidy_quote(quote: &str) -> String {
    gate::clean(quote).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(start: u32, quote: &str) -> Passage {
        let end = start + quote.chars().count() as u32;
        Passage {
            span: CharSpan::new(start, end),
            quote: quote.to_owned(),
        }
    }

    #[track_caller]
    fn check(passage: &Passage, text: &str, start: Option<u32>) {
        let found = passage.find(text);
        assert_eq!(found.map(|span| span.start), start);
        if let Some(span) = found {
            let chars = text.chars().skip(span.start as usize);
            let there: String = chars.take((span.end - span.start) as usize).collect();
            assert_eq!(there, passage.quote);
        }
    }

    #[test]
    fn a_passage_is_found_where_it_was_marked() {
        check(&passage(2, "甲乙"), "甲乙甲乙甲乙", Some(2));
    }

    #[test]
    fn a_passage_of_an_edited_text_is_found_at_the_nearest_place() {
        check(&passage(5, "试点"), "试点一。新增。试点二。", Some(7));
        check(&passage(90, "试点"), "试点一。试点二。", Some(4));
        check(&passage(0, "试点"), "没有了", None);
    }

    #[test]
    fn places_have_one_name_each() {
        assert_eq!(span(&key(CharSpan::new(3, 12))), Some(CharSpan::new(3, 12)));
        for wrong in ["", "3", "3-", "-3", "3-3", "4-3", "03-12", "+3-12", "3-12-"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
