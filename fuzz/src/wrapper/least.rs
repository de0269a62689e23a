//! What the wrapper promises of the rows it chooses, worked out the slow way:
//! of all ways to break a paragraph none breaks less of GB/T 15834—2011 or parts
//! fewer figures from what they count. How even the rows are is compared beside
//! the wrapper, over the documents.
//!
//! The paragraphs are made of few characters, so that what may stand where can
//! be written down here once more.

use anli::text::width::{self, Ambiguous};
use anli::text::wrap::{self, Justify, Room};

/// What paragraphs are made of: every kind of mark that GB/T 15834—2011, 5.1
/// speaks of, Han, letters, figures and spaces.
const ALPHABET: [char; 32] = [
    '改', '，', 'a', '（', '革', '1', '）', ' ', '创', '。', '新', '“', '”', '—', '5', '…', '案',
    '、', 'B', '《', '》', '-', '例', '·', '\u{3000}', '/', '；', '：', '？', '！', '～', '发',
];

/// Characters that are taken from an input.
const MOST: usize = 200;

/// The characters of a long paragraph, and of the stretches it is set in.
const LONG: usize = 5000;
const STRETCH: usize = 4096;

/// Breaks of a paragraph: marks that begin or end a row and must not, words and
/// figures that are broken, and compounds that are. Less is better, in this
/// order.
type Cost = [usize; 3];

/// Checks the paragraph that the bytes stand for; a long one repeats it.
pub fn check(data: &[u8], room: Room, ambiguous: Ambiguous, long: bool) {
    let kind = |byte: &u8| ALPHABET[usize::from(*byte) % ALPHABET.len()];
    let mut text: Vec<char> = data.iter().take(MOST).map(kind).collect();
    if text.is_empty() {
        return;
    }
    if long {
        text = text.iter().copied().cycle().take(LONG).collect();
    }
    let paragraph = Paragraph::new(&text, ambiguous);
    let string: String = text.iter().collect();
    let rows = wrap::wrap(&string, room, ambiguous);
    let ends = rows.iter().scan(0, |end, row| {
        *end += string[row.clone()].chars().count();
        Some(*end)
    });
    let ends: Vec<usize> = ends.collect();
    let (found, least) = (paragraph.cost_of(&ends, room), paragraph.least(room));
    // Stretches are set without knowing what follows, which may cost each one of
    // something.
    let spare = text.len() / STRETCH;
    let differing = (0..3).find(|&at| found[at] != least[at]);
    let as_good = differing.is_none_or(|at| {
        let more = found[at].checked_sub(least[at]);
        more.is_some_and(|more| more <= spare)
    });
    let shown: String = text.iter().take(MOST).collect();
    assert!(as_good, "{shown:?} in {room:?}: {found:?}, not {least:?}");
    let mut justify = Justify::new(&string, ambiguous);
    for (row, start) in rows.into_iter().zip(std::iter::once(0).chain(ends)) {
        for gap in justify.row(row.clone(), room.rest) {
            let at = start + string[row.start..gap.byte].chars().count();
            // Beside a figure there may be air, inside a word or before a mark not.
            let breach = paragraph.breaches[at];
            assert!(matches!(breach, Some([0, 0, _])), "{shown:?}: {breach:?}");
        }
    }
}

struct Paragraph<'a> {
    text: &'a [char],
    /// Columns before each character.
    columns: Vec<usize>,
    /// Before each character, the end of the last one that is no space.
    seen: Vec<usize>,
    /// What a row costs that begins at each character and is not the first;
    /// `None` where none may: spaces hang.
    breaches: Vec<Option<Cost>>,
}

impl<'a> Paragraph<'a> {
    fn new(text: &'a [char], ambiguous: Ambiguous) -> Self {
        let mut paragraph = Self {
            text,
            columns: vec![0],
            seen: vec![0],
            breaches: Vec::new(),
        };
        for (at, &c) in text.iter().enumerate() {
            paragraph.breaches.push(paragraph.breach(at));
            let columns = paragraph.columns[at] + usize::from(width::of_char(c, ambiguous));
            paragraph.columns.push(columns);
            let seen = if is_space(c) {
                paragraph.seen[at]
            } else {
                at + 1
            };
            paragraph.seen.push(seen);
        }
        paragraph
    }

    fn breach(&self, at: usize) -> Option<Cost> {
        const FREE: Cost = [0, 0, 0];
        const COMPOUND: Cost = [0, 0, 1];
        const WORD: Cost = [0, 1, 0];
        const MARK: Cost = [1, 0, 0];
        let before = *self.text.get(at.checked_sub(1)?)?;
        let after = self.text[at];
        let visible = self.seen[at].checked_sub(1).map(|last| self.text[last]);
        Some(match (before, after) {
            (_, after) if is_space(after) => return None,
            (_, after) if begins_no_row(after) => MARK,
            // The row before would be blank.
            _ if visible.is_none() => WORD,
            _ if visible.is_some_and(ends_no_row) => MARK,
            // A joint of a long run.
            _ if visible == Some('/') => FREE,
            (before, after) if is_word(before) && is_word(after) => WORD,
            ('-' | '～', '0'..='9') => COMPOUND,
            ('-' | '～', after) if is_word(after) && at > 1 && is_word(self.text[at - 2]) => {
                COMPOUND
            }
            // A figure and what it counts.
            (before, after) if is_word(before) && is_han(after) && self.is_figure_before(at) => {
                COMPOUND
            }
            // 3—5
            ('—', '0'..='9') if self.is_figure_before(at - 1) => COMPOUND,
            _ => FREE,
        })
    }

    /// Whether a figure ends before a character: it begins with a digit.
    fn is_figure_before(&self, at: usize) -> bool {
        let word = self.text[..at].iter().rev().take_while(|&&c| is_word(c));
        word.last().is_some_and(char::is_ascii_digit)
    }

    /// What rows that end before these characters cost.
    #[track_caller]
    fn cost_of(&self, ends: &[usize], room: Room) -> Cost {
        let mut cost = [0; 3];
        let mut start = 0;
        for &end in ends {
            assert!(self.fits(start, end, room), "{start}..{end} in {room:?}");
            let more = if end == self.text.len() {
                Some(self.last_row(start))
            } else {
                self.row(start, end, room)
            };
            cost = add(cost, more.expect("spaces hang"));
            start = end;
        }
        cost
    }

    /// What a row costs that another one follows. A joint is free where the row would
    /// lack more than a fifth if it ended before the run.
    fn row(&self, start: usize, end: usize, room: Room) -> Option<Cost> {
        let breach = self.breaches[end]?;
        if breach != [0; 3] || !self.is_joint(end) {
            return Some(breach);
        }
        let is_free = |&at: &usize| self.breaches[at] == Some([0; 3]) && !self.is_joint(at);
        let before = (start + 1..end).rev().find(is_free);
        let seen = |at: usize| self.columns[self.seen[at].max(start)] - self.columns[start];
        let columns = usize::from(if start == 0 { room.first } else { room.rest });
        let empty = columns.saturating_sub(before.map_or(0, seen));
        Some([0, 0, usize::from(empty * 5 <= columns)])
    }

    /// Whether a row that ends before a character ends at a joint of a long run.
    fn is_joint(&self, at: usize) -> bool {
        let last = self.seen[at].checked_sub(1).map(|last| self.text[last]);
        last == Some('/') && self.breaches[at] == Some([0; 3])
    }

    /// What a last row from `start` on costs: a lone character must not be parted
    /// from a slash before it.
    fn last_row(&self, start: usize) -> Cost {
        let is_joint = start > 0 && self.is_joint(start);
        let rest = &self.text[start..];
        let characters = rest.iter().filter(|&&c| !is_space(c) && !begins_no_row(c));
        [0, 0, usize::from(is_joint && characters.count() < 2)]
    }

    /// The least that any rows cost.
    fn least(&self, room: Room) -> Cost {
        let count = self.text.len();
        let mut least: Vec<Option<Cost>> = vec![None; count + 1];
        least[0] = Some([0; 3]);
        for start in 0..count {
            let Some(cost) = least[start] else { continue };
            let ends = (start + 1..=count).take_while(|&end| self.fits(start, end, room));
            for end in ends {
                let more = if end < count {
                    self.row(start, end, room)
                } else {
                    Some(self.last_row(start))
                };
                let Some(cost) = more.map(|more| add(cost, more)) else {
                    continue;
                };
                least[end] = Some(least[end].map_or(cost, |known| known.min(cost)));
            }
        }
        least[count].expect("a row of one character is always possible")
    }

    /// Whether a row has room, spaces at its end aside, or has to be wider,
    /// because its only character is.
    fn fits(&self, start: usize, end: usize, room: Room) -> bool {
        let seen = self.seen[end].max(start);
        let columns = self.columns[seen] - self.columns[start];
        let room = if start == 0 { room.first } else { room.rest };
        columns <= room.into() || seen == start + 1
    }
}

fn add(one: Cost, other: Cost) -> Cost {
    std::array::from_fn(|at| one[at] + other[at])
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

fn is_han(c: char) -> bool {
    "改革创新案例发".contains(c)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn begins_no_row(c: char) -> bool {
    "，。、；：？！）》”—…·-～/".contains(c)
}

fn ends_no_row(c: char) -> bool {
    "（《“".contains(c)
}
