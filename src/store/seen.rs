//! What is remembered of a case beside its marks, so that they find it again when its
//! document was edited: where it was, its title, and a sketch of what it said.
//!
//! The sketch is a sample of the text: of the hashes of all its runs of four characters
//! (white space left out), the 32 least ones. Two texts share as large a part of their
//! runs as their sketches show, give or take some hundredths (Broder, "On the resemblance
//! and containment of documents", 1997); of texts with up to 32 runs it is exact.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::unknown::Unknown;

/// Hashes in a sketch.
const SKETCH: usize = 32;
/// Number of characters of a text that are compared; more would not decide better.
const LOOKED_AT: usize = 100_000;
/// Characters of a title that are kept.
const TITLE: usize = 60;

/// Where a case was when it was last seen, and what it said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// The absolute path of its document.
    pub place: String,
    /// The beginning of its title.
    pub title: String,
    /// Other files with the same text: originals or copies of this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// Eight hexadecimal digits a hash, the least first.
    sketch: String,
    /// Whether it was not found again and the reader was notified.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
    #[serde(flatten)]
    unknown: Unknown,
}

impl Seen {
    /// A case at a place, with the parts of its text.
    pub fn new<'a>(
        place: &str,
        title: &str,
        parts: impl IntoIterator<Item = std::borrow::Cow<'a, str>>,
    ) -> Self {
        Self {
            place: place.to_owned(),
            title: beginning(title),
            sketch: sketch(title, parts),
            ..Self::default()
        }
    }

    /// Whether the title is this one, as far as it is kept.
    pub fn is_titled(&self, title: &str) -> bool {
        self.title == beginning(title)
    }

    /// How much alike two cases are: the greater the more, `None` where they are not the
    /// same case before and after it was edited. That takes a quarter of all that either
    /// says, half of it where a document has several cases, or a tenth under the same title.
    pub fn likeness(&self, other: &Self, is_one_of_many: bool) -> Option<usize> {
        let (own, others) = (self.hashes(), other.hashes());
        let all: BTreeSet<u32> = own.union(&others).copied().take(SKETCH).collect();
        let both = own
            .intersection(&others)
            .filter(|hash| all.contains(hash))
            .count();
        let is_titled = !self.title.is_empty() && self.title == other.title;
        let part = match (is_titled, is_one_of_many) {
            (true, _) => 10,
            (false, true) => 2,
            (false, false) => 4,
        };
        let is_like = both > 0 && both * part >= all.len();
        is_like.then_some(both + if is_titled { SKETCH } else { 0 })
    }

    fn hashes(&self) -> BTreeSet<u32> {
        let digits = self.sketch.as_bytes().chunks(8);
        let hash = |digits| u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok();
        digits.filter_map(hash).collect()
    }
}

fn beginning(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(TITLE)
        .collect()
}

fn sketch<'a>(title: &str, parts: impl IntoIterator<Item = std::borrow::Cow<'a, str>>) -> String {
    let mut least = BTreeSet::new();
    let mut left = LOOKED_AT;
    // The last four characters, sixteen bits each.
    let mut run = 0_u64;
    let mut look = |text: &str| {
        for c in text.chars().filter(|c| !c.is_whitespace()).take(left) {
            left -= 1;
            run = run << 16 ^ u64::from(u32::from(c));
            let hash = mixed(run);
            if least.len() < SKETCH {
                least.insert(hash);
            } else if least.last().is_some_and(|&last| hash < last) && least.insert(hash) {
                least.pop_last();
            }
        }
        left > 0
    };
    if look(title) {
        let mut parts = parts.into_iter();
        while parts.next().is_some_and(|part| look(&part)) {}
    }
    least.iter().map(|hash| format!("{hash:08x}")).collect()
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014), its upper half.
fn mixed(run: u64) -> u32 {
    let run = (run ^ run >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let run = (run ^ run >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((run ^ run >> 31) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(title: &str, text: &str) -> Seen {
        Seen::new("/a.txt", title, [text.into()])
    }

    const TEXT: &str =
        "市政务服务局将十二项审批并联办理，企业开办时间由五天压缩到一天，群众不用再跑第二趟。";

    #[test]
    fn an_edited_text_is_like_what_it_was() {
        let before = seen("推行并联审批", TEXT);
        let is_like = |title: &str, text: &str, is_one_of_many| {
            let after = seen(title, text);
            before.likeness(&after, is_one_of_many).is_some()
        };
        let mended = TEXT.replace("五天", "七天");
        assert!(is_like("推行并联审批", &mended, true));
        assert!(is_like("并联审批改革", &mended, true));
        let longer = format!("{TEXT}{}", TEXT.chars().rev().collect::<String>());
        assert!(is_like("推行并联审批", &longer, true));
        assert!(is_like("并联审批改革", &longer, false));
        assert!(!is_like("并联审批改革", &longer, true));
    }

    #[test]
    fn another_text_is_not_even_under_the_same_title() {
        let other = "区教育局在中小学推行课后延时服务，覆盖学校一百二十所，受益学生六万人，家长满意度明显提高。";
        let before = seen("工作简报", TEXT);
        assert_eq!(before.likeness(&seen("课后延时服务", other), false), None);
        assert_eq!(before.likeness(&seen("工作简报", other), false), None);
        assert_eq!(seen("", "").likeness(&seen("", ""), false), None);
    }

    #[test]
    fn the_share_of_long_texts_is_what_sketches_show() {
        let text = |from: u32| -> String {
            let chars = (from..from + 1_003).filter_map(|c| char::from_u32(0x4e00 + c));
            chars.collect()
        };
        // Two texts of 1,000 runs each with 667 in common: half of the 1,333.
        let shares = (0..20).map(|at| at * 401).map(|at| {
            let before = seen("甲", &text(at));
            let like = before.likeness(&seen("乙", &text(at + 333)), false);
            like.expect("half is more than a quarter") as f64 / 32.0
        });
        let mean = shares.sum::<f64>() / 20.0;
        assert!((0.45..0.55).contains(&mean), "{mean}");
        let before = seen("甲", &text(0));
        assert_eq!(before.likeness(&seen("乙", &text(2_000)), false), None);
    }
}
