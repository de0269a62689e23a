//! What was taken out of a document, and where everything stood.

use std::borrow::Cow;
use std::ops::Range;

/// Why a run of the raw text is not in the clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noise {
    /// A pinyin gloss in half-width parentheses after the character it reads.
    Gloss,
    /// A control or format character that must not reach a terminal, or a mark
    /// that is too much for its character (see [`Marks`](super::marks::Marks)).
    Control,
    /// A web form's leftover, such as 窗体顶端.
    Leftover,
    /// A line end inside a paragraph, of a format in which it means nothing.
    LineEnd,
}

/// One run of the raw text that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the raw text.
    pub raw: Range<usize>,
    /// Byte of the clean text before which it was.
    pub clean: usize,
    pub noise: Noise,
}

/// A text without its noise. `text` is the raw text less the cuts, nothing
/// added, so every character maps to its place in the raw text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// In the order of the raw text, not touching one another.
    pub cuts: Vec<Cut>,
}

impl Cuts {
    /// The byte offset in the raw text of the byte at `clean` in the clean text.
    pub fn to_raw(&self, clean: usize) -> usize {
        self.raw_behind(clean, self.cuts.partition_point(|cut| cut.clean <= clean))
    }

    /// The byte offset in the clean text of the byte at `raw` in the raw text;
    /// inside noise, of what follows the noise.
    pub fn from_raw(&self, raw: usize) -> usize {
        let behind = self.cuts.partition_point(|cut| cut.raw.start <= raw);
        let Some(cut) = self.cuts[..behind].last() else {
            return raw;
        };
        cut.clean + raw.saturating_sub(cut.raw.end)
    }

    /// `raw` without the noise, in the memory that it had, and the noise, one cut after the
    /// other: what [`raw`](Self::raw) needs.
    pub fn apply<'a>(&self, raw: Cow<'a, str>) -> (Cow<'a, str>, String) {
        if self.cuts.is_empty() {
            return (raw, String::new());
        }
        let noise: String = self.cuts.iter().map(|cut| &raw[cut.raw.clone()]).collect();
        let ends = self.cuts.iter().skip(1).map(|cut| cut.raw.start);
        let kept = |(cut, end): (&Cut, usize)| cut.raw.end..end;
        let kept = self.cuts.iter().zip(ends.chain([raw.len()])).map(kept);
        let clean = match raw {
            Cow::Borrowed(raw) => {
                let mut clean = String::with_capacity(raw.len() - noise.len());
                clean.push_str(&raw[..self.cuts[0].raw.start]);
                clean.extend(kept.map(|kept| &raw[kept]));
                clean
            }
            Cow::Owned(raw) => {
                let mut bytes = raw.into_bytes();
                for (cut, kept) in self.cuts.iter().zip(kept) {
                    bytes.copy_within(kept, cut.clean);
                }
                bytes.truncate(bytes.len() - noise.len());
                String::from_utf8(bytes).expect("cuts are whole characters")
            }
        };
        (clean.into(), noise)
    }

    /// Bytes of the raw text, made again from what [`apply`](Self::apply) made of it.
    ///
    /// # Panics
    ///
    /// If they are not in the text, or cut a character.
    pub fn raw<'a>(&self, bytes: Range<usize>, clean: &'a str, noise: &str) -> Cow<'a, str> {
        let first = self.cuts.partition_point(|cut| cut.raw.end <= bytes.start);
        let cuts = &self.cuts[first..];
        let cuts = &cuts[..cuts.partition_point(|cut| cut.raw.start < bytes.end)];
        let between = |start, end| &clean[self.from_raw(start)..self.from_raw(end)];
        if cuts.is_empty() {
            return between(bytes.start, bytes.end).into();
        }
        let mut raw = String::with_capacity(bytes.len());
        let mut at = bytes.start;
        for cut in cuts {
            raw.push_str(between(at.min(cut.raw.start), cut.raw.start));
            let start = at.max(cut.raw.start);
            at = cut.raw.end.min(bytes.end);
            // The noise before a place is what the clean text lacks there.
            raw.push_str(&noise[start - cut.clean..at - cut.clean]);
        }
        raw.push_str(between(at, bytes.end.max(at)));
        raw.into()
    }

    fn raw_behind(&self, clean: usize, cuts: usize) -> usize {
        match self.cuts[..cuts].last() {
            Some(cut) => cut.raw.end + (clean - cut.clean),
            None => clean,
        }
    }
}
