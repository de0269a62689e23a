//! How wide the columns of a table are on paper, in what size of type, and in how many
//! parts a table is set that is too wide for its page.
//!
//! No number and no short label is broken: every column is at least as wide as the
//! longest of them. Type comes down one size before a table is parted.

use std::ops::Range;

use super::Table;
use crate::text::width::{Ambiguous, of_char};

/// Sizes of type in half points, 五号 and 小五.
pub(super) const SIZES: [u32; 2] = [21, 18];

/// Padding on each side of the text of a cell, in twentieths of a point.
pub(super) const PADDING: usize = 45;

/// What the borders of a column take, in twentieths of a point.
const BORDER: usize = 10;

/// An em in the unit in which texts are measured.
const EM: usize = 1000;

/// Up to so many characters a run of a text is a label, which is not broken.
const LABEL: usize = 7;

/// The least width of a text that is broken anywhere, and the most that a run which
/// cannot be broken asks for.
const TEXT: Range<usize> = 8 * EM..12 * EM;

/// The width above which a column does not ask for more.
const WISH: usize = 24 * EM;

/// A table as it is set.
pub(super) struct Layout {
    /// Half points.
    pub size: u32,
    pub parts: Vec<Vec<Column>>,
}

/// A column of a part.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// Its place in the table.
    pub at: usize,
    /// Twentieths of a point.
    pub width: usize,
    /// Whether it holds numbers and labels alone.
    pub is_short: bool,
}

impl Layout {
    /// How a table is set in a room of so many twentieths of a point.
    pub(super) fn of(table: &Table, room: usize) -> Self {
        let needs: Vec<Need> = (0..table.head.len())
            .map(|at| Need::of(table, at))
            .collect();
        let [usual, small] = SIZES;
        let whole = 0..needs.len();
        let parted = || {
            let parted = |size| Some((size, parts(table, &needs, size, room, false)?));
            let cut = || parts(table, &needs, small, room, true).map(|parts| (small, parts));
            parted(usual).or_else(|| parted(small)).or_else(cut)
        };
        let (size, parts) = SIZES
            .into_iter()
            .find(|&size| least(&needs, whole.clone(), size) <= room)
            .map(|size| (size, vec![whole.clone().collect()]))
            .or_else(parted)
            .unwrap_or((small, vec![whole.collect()]));
        let spread = |part: Vec<usize>| spread(&needs, &part, size, room);
        Self {
            size,
            parts: parts.into_iter().map(spread).collect(),
        }
    }

    /// The lines of a cell: a label of several parts is broken between them.
    pub(super) fn lines(&self, text: &str, column: Column) -> Vec<String> {
        let room = (column.width - 2 * PADDING - BORDER) * 100 / self.size as usize;
        if !is_label(text) || measured(text) <= room {
            return vec![text.to_owned()];
        }
        let mut lines: Vec<String> = Vec::new();
        for run in runs(text) {
            match lines.last_mut() {
                Some(line) if measured(line) + measured(run) <= room => line.push_str(run),
                _ => lines.push(run.to_owned()),
            }
        }
        lines
    }
}

/// What a column needs, in ems.
struct Need {
    least: usize,
    wish: usize,
    is_short: bool,
}

impl Need {
    fn of(table: &Table, at: usize) -> Self {
        let cells = || {
            table
                .rows
                .iter()
                .filter_map(|row| Some(row.get(at)?.as_str()))
        };
        let head = table.head[at].as_str();
        let most = |measure: fn(&str) -> usize| {
            let measured = cells().chain([head]).map(measure);
            measured.max().unwrap_or(0).max(2 * EM)
        };
        Self {
            least: most(narrowest),
            wish: most(measured).min(WISH),
            is_short: cells().all(is_label),
        }
    }

    /// The least width of the column in a size of type.
    const fn width(&self, size: u32) -> usize {
        in_size(self.least, size)
    }
}

/// The width of a column for a text of so many ems.
const fn in_size(ems: usize, size: u32) -> usize {
    (ems * size as usize).div_ceil(100) + 2 * PADDING + BORDER
}

fn least(needs: &[Need], columns: impl IntoIterator<Item = usize>, size: u32) -> usize {
    let columns = columns.into_iter();
    columns.map(|at| needs[at].width(size)).sum()
}

/// The parts in which a table is set: groups of columns that fit beside one another, with
/// the first group in each. `None` where a group does not fit and may not be cut.
fn parts(
    table: &Table,
    needs: &[Need],
    size: u32,
    room: usize,
    may_cut: bool,
) -> Option<Vec<Vec<usize>>> {
    let (&keys, groups) = table.groups.split_first()?;
    let left = room.checked_sub(least(needs, 0..keys, size))?;
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = keys;
    for group in groups {
        let end = start + group;
        let fits = |run: Range<usize>| least(needs, run, size) <= left;
        let cut = |pieces: usize| -> Vec<Range<usize>> {
            let length = group.div_ceil(pieces);
            let starts = (start..end).step_by(length);
            starts.map(|at| at..(at + length).min(end)).collect()
        };
        let most = if may_cut { *group } else { 1 };
        let mut pieces = (1..=most).map(cut);
        let pieces = pieces.find(|pieces| pieces.iter().cloned().all(fits))?;
        for piece in pieces {
            match parts.last_mut() {
                Some(part) if fits(part.start..piece.end) => part.end = piece.end,
                _ => parts.push(piece),
            }
        }
        start = end;
    }
    let whole = |part: Range<usize>| (0..keys).chain(part).collect();
    Some(parts.into_iter().map(whole).collect())
}

/// Shares the room among the columns of a part: what is left above the least goes to those
/// whose text is longer, then to all.
fn spread(needs: &[Need], part: &[usize], size: u32, room: usize) -> Vec<Column> {
    let shared = |widths: Vec<usize>, wishes: Vec<usize>| -> Vec<usize> {
        let left = room.saturating_sub(widths.iter().sum());
        let wished: usize = wishes.iter().sum();
        let given = left.min(wished);
        let share = |wish: usize| (given * wish).checked_div(wished).unwrap_or(0);
        let widths = widths.into_iter().zip(wishes);
        widths.map(|(width, wish)| width + share(wish)).collect()
    };
    let own: Vec<usize> = part.iter().map(|&at| needs[at].width(size)).collect();
    let wish = |&at: &usize| in_size(needs[at].wish, size).saturating_sub(needs[at].width(size));
    let widths = shared(own, part.iter().map(wish).collect());
    let left = room.saturating_sub(widths.iter().sum());
    let widths = shared(widths, vec![left; part.len()]);
    let columns = part.iter().zip(widths);
    columns
        .map(|(&at, width)| Column {
            at,
            width,
            is_short: needs[at].is_short,
        })
        .collect()
}

/// Whether no run of the text is longer than a label.
fn is_label(text: &str) -> bool {
    runs(text).iter().all(|run| run.chars().count() <= LABEL)
}

/// The least width of a cell with this text.
fn narrowest(text: &str) -> usize {
    if is_label(text) {
        return runs(text).into_iter().map(measured).max().unwrap_or(0);
    }
    let words = text.split(|c| c == ' ' || is_wide(c));
    let widest = words.map(measured).max().unwrap_or(0);
    widest.clamp(TEXT.start, TEXT.end)
}

/// Splits a label where it may be broken: before an opening bracket, and after a closing one
/// or a separator.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_behind = before.is_some_and(|c| "）)、，；：。· ".contains(c));
        if at > start && (is_behind && !"）)".contains(c) || "（(".contains(c)) {
            runs.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    runs.push(&text[start..]);
    runs
}

fn is_wide(c: char) -> bool {
    of_char(c, Ambiguous::Wide) > 1
}

/// The width of a text in thousandths of an em, not less than in DejaVu Serif, the widest
/// of the fonts that readers substitute for Times New Roman.
fn measured(text: &str) -> usize {
    let of_char = |c: char| match c {
        '.' | ',' | ':' | ';' | '\'' | 'i' | 'l' | ' ' => 340,
        'A'..='Z' | '%' | '@' | 'm' | 'w' => 960,
        c if is_wide(c) => EM,
        _ => 650,
    };
    text.chars().map(of_char).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 156 and 225 mm, as twentieths of a point.
    const ROOMS: [usize; 2] = [8845, 12756];

    fn table(jurors: usize) -> Table {
        let text = |text: &str| text.to_owned();
        let before = ["名次", "编号", "案例", "申报单位"].map(str::to_owned);
        let names = (0..jurors).map(|at| text(["欧阳小明", "李四", "王小五"][at % 3]));
        let behind = ["得分数", "平均分", "去极值平均", "标准差", "结果"].map(str::to_owned);
        let scores = (0..jurors).map(|at| text(["100.00※", "未评完", "回避"][at % 3]));
        let row = [
            "12",
            "003-25",
            "推行“一窗受理、集成服务”改革破解群众办事难题的实践",
            "市行政审批服务局、市大数据管理中心",
        ];
        let last = ["11/11", "100.00", "100.00", "13.60", "表决未通过"];
        Table {
            head: before.into_iter().chain(names).chain(behind).collect(),
            rows: vec![
                row.map(str::to_owned)
                    .into_iter()
                    .chain(scores)
                    .chain(last.map(str::to_owned))
                    .collect(),
            ],
            groups: vec![3, 1 + jurors, 5],
        }
    }

    /// An em of 10 pt for a wide character, a half for any other, as in Times New Roman.
    fn in_print(text: &str, size: u32) -> usize {
        let halves = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
        halves.sum::<usize>() * size as usize * 5
    }

    #[test]
    fn columns_hold_their_numbers_and_labels_and_fill_the_page() {
        for (jurors, room) in (1..=40).flat_map(|jurors| ROOMS.map(|room| (jurors, room))) {
            let table = table(jurors);
            let layout = Layout::of(&table, room);
            let mut seen = vec![0; table.head.len()];
            for part in &layout.parts {
                let sum: usize = part.iter().map(|column| column.width).sum();
                assert!(sum <= room && sum + 100 > room, "{jurors} {room}: {sum}");
                for &column in part {
                    seen[column.at] += 1;
                    let cells = [&table.head, &table.rows[0]].map(|row| &row[column.at]);
                    let inside = column.width - 2 * PADDING;
                    for line in cells.iter().flat_map(|cell| layout.lines(cell, column)) {
                        let fits = in_print(&line, layout.size) <= inside;
                        assert!(fits || !is_label(&line), "{jurors} {room}: {line}");
                    }
                }
            }
            let parts = layout.parts.len();
            assert!(seen[..3].iter().all(|&times| times == parts));
            assert!(seen[3..].iter().all(|&times| times == 1), "{seen:?}");
        }
    }

    #[test]
    fn a_table_comes_down_a_size_before_it_is_parted_and_is_parted_by_its_groups() {
        let set = |jurors| {
            let layout = Layout::of(&table(jurors), ROOMS[1]);
            let starts = layout.parts.iter().map(|part| part[3].at);
            (layout.size, starts.collect::<Vec<_>>())
        };
        assert_eq!(set(3).1, [3]);
        // The jurors are in one part, the results in the next.
        assert_eq!(set(11).1, [3, 15]);
        // Too many for one part: half of them in each.
        let (size, starts) = set(20);
        assert_eq!((size, &starts[..2]), (18, &[3, 14][..]));
    }

    #[test]
    fn labels_are_broken_where_they_part() {
        assert_eq!(runs("创新性（40分）"), ["创新性", "（40分）"]);
        assert_eq!(runs("回避（设置中列明）"), ["回避", "（设置中列明）"]);
        assert_eq!(runs("85.50※"), ["85.50※"]);
        assert_eq!(runs("买买提·艾力"), ["买买提·", "艾力"]);
        assert_eq!(runs(""), [""]);
        assert!(!is_label("推行“一窗受理”改革"));
    }
}
