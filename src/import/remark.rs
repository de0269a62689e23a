//! What is changed in a mark when it is imported: characters that are removed, and passages
//! whose quote is not at the place that the file gives.

use crate::store::Passage;
use crate::text::CharSpan;
use crate::text::fold::codes;

/// Something that a reader of the report has to know of a mark that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    Cleaned(Mark, Cleaned),
    /// The quote was found once, at another place, and the passage is kept there.
    Moved(Passage, CharSpan),
    /// The quote was found several times, at other places; the passage keeps the place that
    /// the file gives.
    Repeated(Passage, usize),
    /// The text does not have the quote, which is kept all the same.
    Absent(Passage),
}

/// The mark that was cleaned, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Tag(String),
    Note,
    Passage(String),
}

/// How many characters of a text were not taken as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Blanks that were left out.
    pub blanks: usize,
    /// Number of characters unsafe for terminals that were replaced.
    pub replaced: usize,
}

impl Cleaned {
    /// What was done to a text, whose blanks are out in `trimmed`. `None` for nothing.
    pub(super) fn between(text: &str, trimmed: &str, kept: &str) -> Option<Self> {
        let pairs = trimmed.chars().zip(kept.chars());
        let cleaned = Self {
            blanks: text.chars().count() - trimmed.chars().count(),
            replaced: pairs.filter(|(before, after)| before != after).count(),
        };
        (cleaned != Self::default()).then_some(cleaned)
    }
}

/// A passage as it is kept beside a text, with what has to be said of it. One that was
/// exported in another script gets the text's own characters.
pub(super) fn stand(passage: Passage, text: &str) -> (Passage, Option<Remark>) {
    let quote = &passage.quote;
    let start = passage.span.start;
    let length = quote.chars().count();
    let rest = text.chars().skip(start as usize);
    let there: String = rest.take(length).collect();
    if there == *quote || codes(&there) == codes(quote) {
        let span = CharSpan::new(start, start.saturating_add(length as u32));
        let is_moved = span != passage.span;
        let remark = is_moved.then_some(Remark::Moved(passage, span));
        return (Passage { span, quote: there }, remark);
    }
    let count = text.matches(quote.as_str()).count();
    match passage.find(text) {
        None => (passage.clone(), Some(Remark::Absent(passage))),
        Some(_) if count > 1 => (passage.clone(), Some(Remark::Repeated(passage, count))),
        Some(to) => {
            let quote = quote.clone();
            let kept = Passage { span: to, quote };
            (kept, Some(Remark::Moved(passage, to)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(start: u32, end: u32, quote: &str) -> Passage {
        Passage {
            span: CharSpan::new(start, end),
            quote: quote.to_owned(),
        }
    }

    #[test]
    fn a_quote_is_kept_where_its_words_are() {
        let text = "推进审批改革。审批提速，改革见效。";
        let there = passage(2, 6, "审批改革");
        assert_eq!(stand(there.clone(), text), (there.clone(), None));
        // In another script it is the same.
        assert_eq!(stand(passage(2, 6, "審批改革"), text), (there, None));
        let moved = passage(0, 4, "审批提速");
        let (kept, remark) = stand(moved.clone(), text);
        assert_eq!(kept, passage(7, 11, "审批提速"));
        assert_eq!(remark, Some(Remark::Moved(moved, CharSpan::new(7, 11))));
        let twice = passage(0, 2, "审批");
        let remark = Remark::Repeated(twice.clone(), 2);
        assert_eq!(stand(twice.clone(), text), (twice, Some(remark)));
        let absent = passage(900, 902, "试点");
        let remark = Remark::Absent(absent.clone());
        assert_eq!(stand(absent.clone(), text), (absent, Some(remark)));
        let longer = passage(2, 60, "审批改革");
        let (kept, remark) = stand(longer.clone(), text);
        assert_eq!(kept, passage(2, 6, "审批改革"));
        assert_eq!(remark, Some(Remark::Moved(longer, CharSpan::new(2, 6))));
    }

    #[test]
    fn what_is_left_out_and_what_is_replaced_is_counted() {
        let cleaned = Cleaned::between(" 一\u{7}二\n", "一\u{7}二", "一␇二");
        let expected = Cleaned {
            blanks: 2,
            replaced: 1,
        };
        assert_eq!(cleaned, Some(expected));
        assert_eq!(Cleaned::between("一 二", "一 二", "一 二"), None);
    }
}
