//! What pages print around their text: heads, feet and page numbers.
//!
//! A page head is known by what it is: a line at the edge of the page, apart from the
//! text and no larger, at a place where most pages have one, whose words are those of
//! other pages or count the pages. A line of the text that merely resembles another, as
//! rows of a table and the same section of every case do, is none of these.

use std::collections::{HashMap, HashSet};

use super::layout::{Line, Page};

/// Lines at the top and at the bottom that may be furniture.
const MOST: usize = 3;

/// So much of a page's height, above and below, is its edge.
const EDGE: f32 = 0.13;

/// Lines with more characters are text.
const LONGEST: usize = 60;

/// Where on pages a line is: at the top or the bottom, and in which 200th of the height.
type Place = (bool, i32);

/// A line that may be furniture.
#[derive(Debug)]
struct Candidate {
    page: usize,
    line: usize,
    place: Place,
    text: String,
    numbers: Vec<u32>,
    is_small: bool,
    /// Whether it is nothing but a page's number; with signs around it, it can be
    /// nothing else.
    number: Option<Number>,
}

#[derive(Clone, Copy, Debug)]
struct Number {
    value: u32,
    is_marked: bool,
}

/// Takes the furniture out of pages.
pub fn leave_out(pages: &mut [Page]) -> Vec<String> {
    let artifacts = pages.iter().flat_map(|page| &page.artifacts);
    let mut left_out: Vec<String> = artifacts.map(Line::text).collect();
    let candidates = candidates(pages);
    let known = Known::of(pages, &candidates);
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for candidate in &candidates {
        if known.is_furniture(candidate) {
            gone[candidate.page].push(candidate.line);
        }
    }
    for (page, mut lines) in pages.iter_mut().zip(gone) {
        keep_inside(page, &mut lines);
        page.take_out(|at| lines.contains(&at), &mut left_out);
    }
    left_out
}

/// Furniture has nothing but furniture outside of it.
fn keep_inside(page: &Page, gone: &mut Vec<usize>) {
    let count = page.lines.len();
    let top = (0..count).take_while(|at| gone.contains(at)).count();
    let bottom = (0..count)
        .rev()
        .take_while(|at| gone.contains(at))
        .last()
        .unwrap_or(count);
    gone.retain(|&at| at < top || at >= bottom);
}

/// The lines at the edges of pages that are apart from the text and no larger.
fn candidates(pages: &[Page]) -> Vec<Candidate> {
    let leading = leading(pages);
    let size = usual(
        pages
            .iter()
            .flat_map(|page| &page.lines)
            .map(|line| line.size),
    );
    let mut candidates = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let count = page.lines.len();
        let is_plain = |at: usize| {
            let line = &page.lines[at];
            let text = line.text();
            line.size < size * 1.12
                && text.chars().count() <= LONGEST
                && !text.ends_with(['。', '；', '：', '，', '、', '！', '？'])
        };
        for top in [true, false] {
            let from_edge = |step: usize| if top { step } else { count - 1 - step };
            let outer = (0..count.min(MOST)).take_while(|&step| {
                let at = from_edge(step);
                is_plain(at) && page.is_at_edge(&page.lines[at], top)
            });
            // The last of them with room after it, and those outside of it.
            let apart = |step: &usize| {
                let at = from_edge(*step);
                if *step + 1 == count {
                    return true;
                }
                let (line, next) = (&page.lines[at], &page.lines[from_edge(*step + 1)]);
                let gap = (line.y - next.y).abs();
                let is_head = line.has_cells() && line.is_aligned_with(next);
                !is_head && (gap > leading * 1.25 || line.size < size * 0.92)
            };
            let Some(last) = outer.filter(apart).last() else {
                continue;
            };
            for step in 0..=last {
                let at = from_edge(step);
                let line = &page.lines[at];
                let (text, numbers) = shape(line);
                candidates.push(Candidate {
                    page: number,
                    line: at,
                    place: (top, page.place(line)),
                    text,
                    numbers,
                    is_small: line.size < size * 0.95,
                    number: page_number(line),
                });
            }
        }
    }
    candidates
}

/// What the candidates of all pages say together.
struct Known {
    pages: usize,
    /// Places where most pages have a candidate.
    places: HashSet<Place>,
    /// On how many pages a text is at a place: as it is, and with numbers that count
    /// the pages.
    texts: HashMap<(Place, String), usize>,
    counting: HashMap<(Place, String, usize, i64), usize>,
    /// On how many pages a page's number differs so much from its place in the file.
    offsets: HashMap<i64, usize>,
    /// Lines of the text itself, which running heads repeat.
    printed: HashSet<String>,
}

impl Known {
    fn of(pages: &[Page], candidates: &[Candidate]) -> Self {
        let mut at_place: HashMap<Place, HashSet<usize>> = HashMap::new();
        let mut known = Self {
            pages: pages.len(),
            places: HashSet::new(),
            texts: HashMap::new(),
            counting: HashMap::new(),
            offsets: HashMap::new(),
            printed: HashSet::new(),
        };
        let mut taken = HashSet::new();
        for candidate in candidates {
            taken.insert((candidate.page, candidate.line));
            let pages = at_place.entry(candidate.place).or_default();
            pages.insert(candidate.page);
            *known.texts.entry(candidate.exact()).or_default() += 1;
            for key in candidate.counting() {
                *known.counting.entry(key).or_default() += 1;
            }
            if let Some(number) = candidate.number {
                let offset = i64::from(number.value) - candidate.page as i64;
                *known.offsets.entry(offset).or_default() += 1;
            }
        }
        let most = |count: usize| count > 1 && count * 2 >= pages.len();
        let places = at_place.into_iter().filter(|(_, on)| most(on.len()));
        known.places = places.map(|(place, _)| place).collect();
        for (number, page) in pages.iter().enumerate() {
            for (at, line) in page.lines.iter().enumerate() {
                if !taken.contains(&(number, at)) {
                    known.printed.insert(shape(line).0);
                }
            }
        }
        known
    }

    fn is_furniture(&self, candidate: &Candidate) -> bool {
        if let Some(number) = candidate.number {
            let offset = i64::from(number.value) - candidate.page as i64;
            return number.is_marked || offset == 1 || self.offsets[&offset] > 1;
        }
        if !self.places.contains(&candidate.place) || candidate.text.chars().count() < 3 {
            return false;
        }
        let times = candidate
            .counting()
            .map(|key| self.counting[&key])
            .chain([self.texts[&candidate.exact()]])
            .max()
            .unwrap_or(0);
        // If two pages begin alike, a small line is a running head.
        let enough = if candidate.is_small { 2 } else { 3 };
        times >= enough
            || candidate.is_small && self.pages > 3 && self.printed.contains(&candidate.text)
    }
}

impl Candidate {
    fn exact(&self) -> (Place, String) {
        let numbers: Vec<String> = self.numbers.iter().map(u32::to_string).collect();
        (self.place, format!("{}\n{}", self.text, numbers.join(" ")))
    }

    /// For each of its numbers, its difference from the page's place in the file.
    fn counting(&self) -> impl Iterator<Item = (Place, String, usize, i64)> + '_ {
        self.numbers.iter().enumerate().map(|(at, &number)| {
            let offset = i64::from(number) - self.page as i64;
            (self.place, self.text.clone(), at, offset)
        })
    }
}

/// The usual distance of lines that follow one another.
fn leading(pages: &[Page]) -> f32 {
    let gaps = pages.iter().flat_map(|page| {
        let pairs = page.lines.windows(2);
        pairs.map(|pair| pair[0].y - pair[1].y)
    });
    usual(gaps)
}

/// The median.
fn usual(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.filter(|value| *value > 0.0).collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(1.0)
}

/// A line with each number as one sign, and the numbers.
fn shape(line: &Line) -> (String, Vec<u32>) {
    let (mut text, mut numbers) = (String::new(), Vec::new());
    let mut number: Option<u32> = None;
    for c in line.text().chars().filter(|c| !c.is_whitespace()) {
        let digit = digit(c);
        match (digit, number) {
            (Some(digit), Some(under_way)) => {
                number = Some(under_way.saturating_mul(10).saturating_add(digit));
            }
            (Some(digit), None) => {
                text.push('0');
                number = Some(digit);
            }
            (None, _) => {
                numbers.extend(number.take());
                text.push(c);
            }
        }
    }
    numbers.extend(number);
    (text, numbers)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        c => c.to_digit(10),
    }
}

/// The number of a line that is a page's number and nothing else.
fn page_number(line: &Line) -> Option<Number> {
    let (text, numbers) = shape(line);
    let signs = ['—', '-', '–', '－', '·', '~', '・', '―', '─', '一'];
    let core = text.trim_matches(signs);
    let marked = text.len() > core.len();
    let is_marked = match core {
        "0" => marked && text.starts_with(signs) && text.ends_with(signs),
        "第0页" | "第0頁" | "第0页共0页" | "第0页，共0页" | "第0页/共0页" | "第0頁共0頁"
        | "第0頁，共0頁" => true,
        "0/0" | "0页" | "Page0" | "P.0" | "Page0of0" | "0页共0页" => false,
        _ => return None,
    };
    let value = *numbers.first()?;
    (value < 10_000).then_some(Number { value, is_marked })
}

impl Page {
    fn is_at_edge(&self, line: &Line, top: bool) -> bool {
        let from_top = (self.height - line.y) / self.height.max(1.0);
        if top {
            from_top < EDGE
        } else {
            from_top > 1.0 - EDGE
        }
    }

    /// In which 200th of the page's height a line is.
    fn place(&self, line: &Line) -> i32 {
        (line.y / self.height.max(1.0) * 200.0).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::{Glyph, Rule, Shown};
    use super::super::layout::{LaidOut, Page, lay_out};

    /// A page of A4 with texts at places: from the left, from the bottom, and their size.
    fn page(texts: &[(f32, f32, f32, &str)], rules: &[Rule]) -> Page {
        let glyphs = texts.iter().flat_map(|&(x, y, size, text)| {
            text.chars().enumerate().map(move |(at, c)| Glyph {
                text: c.to_string(),
                x: x + size * at as f32,
                y,
                width: size,
                size,
                is_bold: false,
            })
        });
        Page::of(Shown {
            width: 595.0,
            height: 842.0,
            glyphs: glyphs.collect(),
            rules: rules.to_vec(),
            ..Shown::default()
        })
    }

    fn read(mut pages: Vec<Page>) -> (Vec<String>, Vec<String>) {
        let left_out = super::leave_out(&mut pages);
        let LaidOut { builder, left_out } = lay_out(pages, left_out);
        let (text, _) = builder.finish().expect("it is short");
        (text.lines().map(str::to_owned).collect(), left_out)
    }

    #[test]
    fn heads_and_numbers_of_pages_are_left_out_and_like_sections_of_cases_are_not() {
        let titles = [
            "河道保洁认领到户",
            "夜间门诊开到社区",
            "老街电线入地",
            "书房开进车站",
        ];
        let pages = titles.iter().enumerate().map(|(at, title)| {
            let number = format!("—{}—", at + 3);
            page(
                &[
                    (72.0, 800.0, 9.0, "松江县基层创新简报"),
                    (72.0, 750.0, 12.0, title),
                    (72.0, 728.0, 12.0, "一、起因"),
                    (72.0, 706.0, 12.0, &format!("{title}，办件{}件。", at + 10)),
                    (72.0, 684.0, 12.0, "二、成效"),
                    (72.0, 662.0, 12.0, "群众满意率达98%。"),
                    (280.0, 40.0, 9.0, &number),
                ],
                &[],
            )
        });
        let (lines, left_out) = read(pages.collect());
        for (title, part) in titles.iter().zip(lines.chunks(5)) {
            assert_eq!(part[0], *title);
            assert_eq!(part[1], "一、起因");
            assert_eq!(part[3], "二、成效");
            assert_eq!(part[4], "群众满意率达98%。");
        }
        assert_eq!(lines.len(), 20, "{lines:?}");
        assert_eq!(left_out.len(), 8, "{left_out:?}");
        assert!(left_out.contains(&"—4—".to_owned()), "{left_out:?}");
    }

    #[test]
    fn a_form_on_every_page_keeps_its_name_and_its_last_line() {
        let names = ["河道保洁认领到户", "夜间门诊开到社区", "老街电线入地"];
        let pages = names.map(|name| {
            page(
                &[
                    (72.0, 770.0, 16.0, "基层创新项目推荐表"),
                    (72.0, 720.0, 12.0, &format!("项目名称：{name}")),
                    (72.0, 698.0, 12.0, "推荐意见：同意推荐"),
                ],
                &[],
            )
        });
        let (lines, left_out) = read(pages.into());
        assert_eq!(lines.len(), 9, "{lines:?}");
        assert_eq!(left_out, Vec::<String>::new());
        for form in lines.chunks(3) {
            assert_eq!(form[0], "基层创新项目推荐表");
            assert_eq!(form[2], "推荐意见：同意推荐");
        }
    }

    /// The rules of a grid.
    fn grid(columns: &[f32], rows: &[f32]) -> Vec<Rule> {
        let rule = |upright, at, ends: &[f32]| Rule {
            upright,
            at,
            from: ends.iter().copied().fold(f32::MAX, f32::min),
            to: ends.iter().copied().fold(f32::MIN, f32::max),
        };
        let upright = columns.iter().map(|&at| rule(true, at, rows));
        let level = rows.iter().map(|&at| rule(false, at, columns));
        upright.chain(level).collect()
    }

    #[test]
    fn rows_that_differ_in_their_figures_stay_rows_on_every_page() {
        let pages = (0..4).map(|number| {
            let mut texts = Vec::new();
            let words: Vec<(String, f32)> = (0..20)
                .map(|row| {
                    let text = format!("项目第{}号", number * 20 + row);
                    (text, 790.0 - 37.0 * row as f32)
                })
                .collect();
            for (text, y) in &words {
                texts.push((60.0, *y, 12.0, text.as_str()));
                // The next cell begins where this one ends.
                texts.push((172.0, *y, 12.0, "县水利局"));
            }
            let rows: Vec<f32> = (0..21).map(|row| 810.0 - 37.0 * row as f32).collect();
            page(&texts, &grid(&[56.0, 168.0, 260.0], &rows))
        });
        let (lines, left_out) = read(pages.collect());
        let expected: Vec<String> = (0..80)
            .map(|at| format!("项目第{at}号\t县水利局"))
            .collect();
        assert_eq!(lines, expected);
        assert_eq!(left_out, Vec::<String>::new());
    }

    #[test]
    fn a_merged_cell_of_a_grid_keeps_its_column() {
        let mut rules = grid(&[56.0, 156.0, 256.0, 356.0], &[700.0, 660.0, 620.0, 580.0]);
        // The first cell of the second row goes down into the third.
        let cut = rules
            .iter_mut()
            .find(|rule| !rule.upright && rule.at == 620.0);
        cut.expect("it is there").from = 156.0;
        let texts = [
            (60.0, 675.0, 12.0, "事项"),
            (160.0, 675.0, 12.0, "阶段"),
            (260.0, 675.0, 12.0, "天数"),
            (60.0, 615.0, 12.0, "建房审批"),
            (160.0, 635.0, 12.0, "从前"),
            (260.0, 635.0, 12.0, "30"),
            (160.0, 595.0, 12.0, "如今"),
            (260.0, 595.0, 12.0, "5"),
        ];
        let (lines, _) = read(vec![page(&texts, &rules)]);
        assert_eq!(
            lines,
            ["事项\t阶段\t天数", "建房审批\t从前\t30", "\t如今\t5"]
        );
    }
}
