//! The rows of a table: lines of cells, or cells run out over lines.

use std::collections::HashMap;
use std::ops::Range;

use super::entries::{Count, numbered, trimmed};
use super::front;
use super::headings::{self, Numbering};
use super::lines::{Page, ends_a_sentence, is_short};
use super::orgs::Names;
use crate::case::TextRange;

/// A cell: its lines, none where it is empty.
pub(super) type Cell = Vec<TextRange>;

/// One row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The places of its lines.
    pub places: Vec<usize>,
    pub cells: Vec<Cell>,
    /// The place of the head of its group.
    pub group: Option<usize>,
}

/// The rows of a table, and what names its columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// How many columns it has.
    pub width: usize,
    /// The places of the lines that name the columns.
    pub heads: Vec<usize>,
    /// The names of the columns; none where no line names them.
    pub names: Vec<TextRange>,
    pub rows: Vec<Row>,
    /// The places of the heads of groups.
    pub groups: Vec<usize>,
}

/// Whether a column with this name, spaces taken out, counts the rows.
pub(super) fn is_number_head(name: &str) -> bool {
    matches!(
        name,
        "序号" | "序號" | "编号" | "編號" | "项次" | "項次" | "序" | "号" | "No." | "No" | "NO."
    )
}

/// The longest first cell of a table's first row, in characters.
const LONGEST_FIRST: usize = 120;

/// The most columns that a table which is run out may have.
const MOST_COLUMNS: usize = 9;

/// The most lines that a row may have beyond its cells.
const MOST_EXTRA: usize = 6;

/// A table that is run out, one cell a line: its head begins with 序号, and every row
/// with its number.
pub(super) fn run_out(page: &Page<'_>, names: &Names) -> Option<Table> {
    let lines = page.lines.len();
    let name = |at: usize| -> String { page.line(at).split_whitespace().collect() };
    let head = (0..lines).find(|&at| is_short(page.line(at), 8) && is_number_head(&name(at)))?;
    // The first row, or the heads of groups above it, end the head.
    let width = (2..=MOST_COLUMNS + 1).find(|&width| {
        let mut at = head + width;
        while at < lines && is_group_head(page.line(at)) {
            at += 1;
        }
        at < lines && bare_number(page.line(at)) == Some(1)
    })?;
    let heads: Vec<usize> = (head..head + width).collect();
    if heads.iter().any(|&at| !is_short(page.line(at), 20)) {
        return None;
    }
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in head + width..lines {
        if let Some(number) = bare_number(page.line(at)) {
            places.entry(number).or_default().push(at);
        }
    }
    let mut table = Table {
        width,
        names: heads.iter().map(|&at| page.lines[at].range).collect(),
        heads,
        ..Table::default()
    };
    let mut group = None;
    let mut at = head + width;
    while at < lines && is_group_head(page.line(at)) {
        table.groups.push(at);
        group = Some(at);
        at += 1;
    }
    let mut number = 1;
    loop {
        let next = next_row(&places, number, at, width);
        let end = next.map_or((at + width + MOST_EXTRA).min(lines), |(_, place)| place);
        let mut last = end;
        while last > at && is_group_head(page.line(last - 1)) && last - at > width {
            last -= 1;
        }
        let cells: Vec<usize> = (at + 1..last).collect();
        let filled = fill(page, names, &table, &cells, next.is_some());
        let used: usize = filled.iter().map(Vec::len).sum();
        let mut row = Row {
            places: (at..=at + used).collect(),
            cells: vec![vec![page.lines[at].range]],
            group,
        };
        row.cells.extend(filled);
        table.rows.push(row);
        for place in (last..end).filter(|_| next.is_some()) {
            table.groups.push(place);
            group = Some(place);
        }
        match next {
            Some((following, place)) => (number, at) = (following, place),
            None => break,
        }
    }
    Some(table)
}

/// Reads a table with one cell per line and without numbers: the names of the columns, then
/// as many lines for each row, one of them an org.
pub(super) fn run_out_unnumbered(page: &Page<'_>, names: &Names) -> Option<Table> {
    const ENDS: [&str; 18] = [
        "名称", "案例", "项目", "题目", "标题", "单位", "部门", "地区", "主体", "机构", "做法",
        "内容", "简介", "摘要", "成效", "备注", "类别", "措施",
    ];
    let lines = page.lines.len();
    let is_name = |at: usize| {
        let text: String = page.line(at).split_whitespace().collect();
        is_short(&text, 10) && ENDS.iter().any(|end| text.ends_with(end))
    };
    let count = |from: usize| {
        let most = (from + MOST_COLUMNS).min(lines);
        (from..most).take_while(|at| is_name(*at)).count()
    };
    let head = (0..lines.min(60)).find(|&at| count(at) >= 2)?;
    let width = count(head);
    let heads: Vec<usize> = (head..head + width).collect();
    let is_org_head = |at: &usize| {
        let words = ["单位", "部门", "机构", "主体", "地区"];
        words.iter().any(|word| page.line(*at).contains(word))
    };
    let org = heads.iter().position(is_org_head)?;
    let mut table = Table {
        width,
        names: heads.iter().map(|&at| page.lines[at].range).collect(),
        heads,
        ..Table::default()
    };
    let mut at = head + width;
    while at + width <= lines && names.are_orgs(page.line(at + org)) {
        let places: Vec<usize> = (at..at + width).collect();
        table.rows.push(Row {
            cells: places
                .iter()
                .map(|&at| vec![page.lines[at].range])
                .collect(),
            places,
            group: None,
        });
        at += width;
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The next row after the one with this number at `at`: the next number, or a later
/// one where some are left out, at a distance that a row may have.
fn next_row(
    places: &HashMap<u32, Vec<usize>>,
    number: u32,
    at: usize,
    width: usize,
) -> Option<(u32, usize)> {
    let nearest = at + width.div_ceil(2).max(2);
    let farthest = at + 3 * width + 4 * MOST_EXTRA;
    (number + 1..number + 12).find_map(|following| {
        let found = places.get(&following)?;
        let place = *found.get(found.partition_point(|&place| place < nearest))?;
        (place <= farthest).then_some((following, place))
    })
}

/// Gives the lines of a row to its columns, the number aside. Lines beyond one a cell
/// belong to the column with the longest cells; which lines those are is seen from the
/// columns that hold names of bodies. `closed` says that another row follows, so that
/// all lines are the row's.
fn fill(page: &Page<'_>, names: &Names, table: &Table, lines: &[usize], closed: bool) -> Vec<Cell> {
    let columns = table.width - 1;
    let range = |at: &usize| page.lines[*at].range;
    if lines.len() <= columns {
        return lines.iter().map(|at| vec![range(at)]).collect();
    }
    let most = lines.len() - columns;
    let extras = if closed { most..=most } else { 0..=most };
    let is_org_head = |column: usize| {
        let name: String = page
            .slice(table.names[column + 1])
            .split_whitespace()
            .collect();
        ["单位", "部门", "机构", "主体"]
            .iter()
            .any(|word| name.contains(word))
    };
    let mut best: Option<(i64, usize, usize)> = None;
    for extra in extras {
        for wide in 0..columns {
            if extra == 0 && wide > 0 {
                break;
            }
            let mut score = -(extra as i64);
            let mut at = 0;
            for column in 0..columns {
                let count = 1 + if column == wide { extra } else { 0 };
                for &line in &lines[at..at + count] {
                    let text = page.line(line);
                    let org = names.are_orgs(text);
                    score += match is_org_head(column) {
                        true if org => 8,
                        true => -8,
                        false if org => -4,
                        false => 0,
                    };
                }
                if count > 1 {
                    let long = lines[at..at + count]
                        .iter()
                        .map(|&line| page.line(line).len());
                    score += long.sum::<usize>().min(90) as i64 / 30;
                    let is_text = |line: &usize| ends_a_sentence(page.line(*line));
                    score += if lines[at..at + count].iter().all(is_text) {
                        3
                    } else {
                        -3
                    };
                }
                at += count;
            }
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, extra, wide));
            }
        }
    }
    let (_, extra, wide) = best.unwrap_or((0, 0, 0));
    let mut cells = Vec::with_capacity(columns);
    let mut at = 0;
    for column in 0..columns {
        let count = 1 + if column == wide { extra } else { 0 };
        cells.push(lines[at..at + count].iter().map(range).collect());
        at += count;
    }
    cells
}

/// The number that is all that a line prints.
fn bare_number(text: &str) -> Option<u32> {
    let text = text.trim_end_matches(['.', '．', '、']);
    let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// A table whose rows are lines, their cells parted by tabs or several spaces; the
/// longest run of such lines.
pub(super) fn parted(page: &Page<'_>) -> Option<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut at = 0;
    while at < page.lines.len() {
        let Some((table, end)) = parted_from(page, at) else {
            at += 1;
            continue;
        };
        at = end;
        tables.push(table);
    }
    let longest = (0..tables.len())
        .rev()
        .max_by_key(|&at| tables[at].rows.len())?;
    let mut best = tables.swap_remove(longest);
    // Each group may have a head row of its own.
    let head = best.heads.first().map(|&at| page.line(at));
    let same = |table: &Table| {
        let first = table.heads.first().map(|&at| page.line(at));
        head.is_some() && first == head && table.width == best.width
    };
    let more: Vec<Table> = tables.into_iter().filter(|table| same(table)).collect();
    for table in more {
        best.heads.extend(table.heads);
        best.groups.extend(table.groups);
        best.rows.extend(table.rows);
    }
    best.rows.sort_by_key(|row| row.places.first().copied());
    Some(best)
}

fn parted_from(page: &Page<'_>, at: usize) -> Option<(Table, usize)> {
    let text = page.line(at);
    // What begins with a paragraph is no table: no need to read all of it.
    let end = text.char_indices().nth(LONGEST_FIRST).map(|(at, _)| at);
    if parts(&text[..end.unwrap_or(text.len())]).len() < 2 {
        return None;
    }
    let first = parts(text);
    let names_columns = first.iter().all(|part| {
        let name = &page.line(at)[part.clone()];
        is_short(name, 12) && !name.is_empty()
    }) && is_head_row(page.line(at), &first);
    let mut table = Table {
        width: first.len(),
        ..Table::default()
    };
    let mut place = at;
    if names_columns {
        table.heads.push(at);
        let names = cells_of(page.lines[at].range, &first);
        table.names = names.into_iter().flatten().collect();
        place += 1;
    }
    let mut expected = 1;
    let mut group = None;
    while place < page.lines.len() {
        let text = page.line(place);
        let mut found = parts(text);
        // A number that one space follows is a cell of its own.
        let glued = (found.len() + 1 == table.width || table.names.is_empty())
            .then(|| numbered(text, Count::Digits, expected))
            .flatten();
        if let Some(start) = glued
            && start < found[0].end
        {
            let number = trimmed(text, 0..start);
            found[0].start = start;
            found.insert(0, number);
            if table.names.is_empty() && table.rows.is_empty() {
                table.width = found.len();
            }
        }
        let is_rule = |cell: &Range<usize>| {
            text[cell.clone()]
                .trim_matches([':', '-', '—', '='])
                .is_empty()
        };
        if is_head_again(page, &table, place) || found.len() > 1 && found.iter().all(is_rule) {
            table.heads.push(place);
            expected = 1;
        } else if found.len() == table.width && found.len() > 1 {
            table.rows.push(Row {
                places: vec![place],
                cells: cells_of(page.lines[place].range, &found),
                group,
            });
            expected += 1;
        } else if found.len() == 1 && (is_group_head(text) || heads_rows(page, &table, place)) {
            table.groups.push(place);
            group = Some(place);
            expected = 1;
        } else {
            break;
        }
        place += 1;
    }
    // The first group has a head like those of the others.
    let above = at.checked_sub(1).filter(|&above| {
        let last = |at: usize| front::without_brackets(page.line(at)).chars().next_back();
        let is_like = |&other: &usize| last(other) == last(above);
        let is_grade = last(above) == Some('奖') && is_short(page.line(above), 12);
        heads_rows(page, &table, above) && table.groups.first().map_or(is_grade, is_like)
    });
    if let Some(above) = above {
        table.groups.insert(0, above);
        let rows = table.rows.iter_mut();
        for row in rows.take_while(|row| row.group.is_none()) {
            row.group = Some(above);
        }
    }
    // Without names of columns the number is known by counting.
    (!table.rows.is_empty()).then_some((table, place))
}

/// Whether a line names the columns once more.
fn is_head_again(page: &Page<'_>, table: &Table, place: usize) -> bool {
    let words = |at: usize| page.line(at).split_whitespace().collect::<String>();
    table
        .heads
        .first()
        .is_some_and(|&head| head < place && words(head) == words(place))
}

/// Whether a line without a number heads the rows below it: `二等奖`.
fn heads_rows(page: &Page<'_>, table: &Table, place: usize) -> bool {
    let text = front::without_brackets(page.line(place));
    let is_row = |at: usize| at < page.lines.len() && parts(page.line(at)).len() == table.width;
    is_row(place + 1) && is_short(text, 20) && front::may_be_title(text)
}

/// Whether the cells of a line name columns: some word of a table's head is in them,
/// and no sentence.
fn is_head_row(text: &str, parts: &[Range<usize>]) -> bool {
    const WORDS: [&str; 13] = [
        "序号", "名称", "单位", "案例", "项目", "部门", "类别", "内容", "姓名", "地区", "时间",
        "备注", "金额",
    ];
    parts.iter().any(|part| {
        let name: String = text[part.clone()].split_whitespace().collect();
        is_number_head(&name)
            || WORDS.iter().any(|word| name.ends_with(word))
            || front::names_a_collection(&name)
    })
}

/// Whether a line heads a group of rows: `一、市场准入方面（共3项）`.
fn is_group_head(text: &str) -> bool {
    let mark = headings::mark(text).map(|mark| mark.numbering);
    let is_numbered = matches!(mark, Some(Numbering::Chinese | Numbering::Bracketed));
    is_numbered
        && is_short(text, 40)
        && !ends_a_sentence(front::without_brackets(text))
        && !text.contains('。')
}

/// The cells of a line that tabs or several spaces part, in bytes of the line.
fn parts(text: &str) -> Vec<Range<usize>> {
    const BARS: [char; 3] = ['|', '｜', '│'];
    if text.contains(BARS) && !text.contains('\t') {
        // A bar at either end closes the row.
        let inside = text.trim().trim_start_matches(BARS).trim_end_matches(BARS);
        let mut at = text.find(inside).unwrap_or(0);
        let cells = inside.split_inclusive(BARS).map(|cell| {
            let range = at..at + cell.trim_end_matches(BARS).len();
            at += cell.len();
            trimmed(text, range)
        });
        return cells.collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(before) = text[at..].find(char::is_whitespace) {
        at += before;
        let gap = text[at..].len() - text[at..].trim_start().len();
        let spaces = &text[at..at + gap];
        if spaces.contains('\t') || spaces.chars().count() > 1 {
            // Tabs part cells that may be empty.
            let tabs = spaces.matches('\t').count().max(1);
            parts.push(trimmed(text, start..at));
            parts.extend((1..tabs).map(|_| at..at));
            start = at + gap;
        }
        at += gap;
    }
    parts.push(trimmed(text, start..text.len()));
    parts
}

/// The cells of a row as runs of the page's text; no run where a cell is empty.
fn cells_of(line: TextRange, parts: &[Range<usize>]) -> Vec<Cell> {
    let start = line.start as usize;
    let range = |part: &Range<usize>| TextRange::new(start + part.start, start + part.end);
    let cell = |part: &Range<usize>| {
        if part.is_empty() {
            Vec::new()
        } else {
            vec![range(part)]
        }
    };
    parts.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_several_spaces_part_cells() {
        let text = "水域救援 “一键呼叫”平台\t市消防救援支队";
        let found: Vec<&str> = parts(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(found, ["水域救援 “一键呼叫”平台", "市消防救援支队"]);
        let text = "2. 涉企政策　“免申即享”      市财政局";
        let found: Vec<&str> = parts(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(found, ["2. 涉企政策　“免申即享”", "市财政局"]);
        let text = "甲\t\t丙";
        let found: Vec<&str> = parts(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(found, ["甲", "", "丙"]);
    }

    #[test]
    fn a_group_of_rows_has_a_numbered_head() {
        assert!(is_group_head("一、市场准入方面（共3项）"));
        assert!(!is_group_head("一、市场准入放开。"));
        assert!(!is_group_head("市场准入"));
    }
}
