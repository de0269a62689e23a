//! Which lines of a case are headings.
//!
//! A heading is numbered and on a line of its own: short, without a sentence inside it,
//! and with text of its own below. The same numbers also lead paragraphs and
//! the items of lists, which are not headings:
//!
//! | line | is |
//! |---|---|
//! | `一、案例背景`, `1、 案例背景` | level 1 |
//! | `（一）区域管理网格化`, `（一）狠抓资源整合匹配。` | level 2 |
//! | `（一）办事全程“零见面”。按照 “申请人外网申请…` | paragraph with a run-in lead |
//! | `1.采用统一用水定额` over `（1）农作物灌溉用水现状分析` | levels 3 and 4 |
//! | `1.颁布BIM实施规划和推进方案，…；` | item of a list |
//! | `在集团应用方面：`, `实现了“四方共赢”：…` | paragraph |

use std::collections::HashMap;

use super::lines::{Line, Page, is_short};
use super::rows;
use crate::case::{Block, BlockKind};
use crate::formats::{Role, Start};

/// How a numbered line is numbered, in the usual order of rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Numbering {
    /// `第一编`, `第一部分`
    Part,
    /// `第一章`
    Chapter,
    /// `第一节`
    Division,
    /// `第一条`
    Article,
    /// `一、`
    Chinese,
    /// `1、`
    Digits,
    /// `（一）`
    Bracketed,
    /// `1.`
    Dotted,
    /// `（1）`
    BracketedDigits,
}

impl Numbering {
    /// The level of a heading above which no other one is open.
    fn usual_level(self) -> u8 {
        match self {
            Self::Part | Self::Chapter | Self::Division | Self::Article | Self::Chinese => 1,
            Self::Bracketed => 2,
            Self::Digits | Self::Dotted => 3,
            Self::BracketedDigits => 4,
        }
    }
}

/// The number at the start of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub numbering: Numbering,
    pub number: u32,
    /// Length in bytes, including the white space after it.
    pub bytes: usize,
}

/// Returns the length in bytes of a line's number, with the marks and white space after it.
pub fn number_of(line: &str) -> usize {
    mark(line).map_or(0, |mark| mark.bytes)
}

/// The level, 1 to 4, of a heading that nothing is known of but its text.
pub(super) fn usual_level(text: &str) -> u8 {
    mark(text).map_or(1, |mark| mark.numbering.usual_level())
}

/// The number with which a line begins.
pub(super) fn mark(line: &str) -> Option<Mark> {
    if let Some(rest) = line.strip_prefix('第') {
        return ordinal(line, rest);
    }
    let open = line.strip_prefix(['（', '(']);
    let body = open.unwrap_or(line);
    let (number, chinese, rest) = number(body)?;
    let mut rest = rest.chars();
    let numbering = match (open.is_some(), chinese, rest.next()?) {
        (true, true, '）' | ')') => Numbering::Bracketed,
        (true, false, '）' | ')') => Numbering::BracketedDigits,
        (false, true, '、') => Numbering::Chinese,
        (false, false, '、') => Numbering::Digits,
        // A digit after the dot makes it a decimal.
        (false, false, '.' | '．') if !rest.as_str().starts_with(|c: char| c.is_ascii_digit()) => {
            Numbering::Dotted
        }
        _ => return None,
    };
    let bytes = line.len() - rest.as_str().trim_start().len();
    Some(Mark {
        numbering,
        number,
        bytes,
    })
}

/// Whether a line heads a part of a book: `第二篇　民生保障`, `第三编`.
pub(super) fn is_part(text: &str) -> bool {
    mark(text).is_some_and(|mark| mark.numbering == Numbering::Part)
        && is_short(text, 40)
        && !text.contains(['。', '；', '：', ':'])
}

/// The number in `第三章` and its like, which a space or the end of the line
/// follows: `第一阶段是` and `第三条规定` are words of a sentence.
fn ordinal(line: &str, rest: &str) -> Option<Mark> {
    let (number, _, rest) = number(rest.trim_start())?;
    let rest = rest.trim_start();
    let (numbering, rest) = [
        ("部分", Numbering::Part),
        ("编", Numbering::Part),
        ("編", Numbering::Part),
        ("篇", Numbering::Part),
        ("章", Numbering::Chapter),
        ("节", Numbering::Division),
        ("節", Numbering::Division),
        ("条", Numbering::Article),
        ("條", Numbering::Article),
    ]
    .into_iter()
    .find_map(|(unit, numbering)| Some((numbering, rest.strip_prefix(unit)?)))?;
    let text = rest.trim_start_matches(|c: char| c.is_whitespace() || "、：:".contains(c));
    (rest.is_empty() || text.len() < rest.len()).then(|| Mark {
        numbering,
        number,
        bytes: line.len() - text.len(),
    })
}

/// The number with which `text` begins, whether it is a Chinese one, and what
/// follows. At most 99 in digits, 9,999 in Chinese.
pub(super) fn number(text: &str) -> Option<(u32, bool, &str)> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let number = text[..digits].parse().ok().filter(|_| digits < 4)?;
        return Some((number, false, &text[digits..]));
    }
    let mut total = 0;
    let mut digit: Option<u32> = None;
    let mut end = 0;
    for (at, c) in text.char_indices().take(9) {
        match c {
            '零' | '〇' if at > 0 => {}
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take().unwrap_or(1) * 100,
            '千' => total += digit.take().unwrap_or(1) * 1000,
            _ => match "一二三四五六七八九".chars().position(|known| known == c) {
                Some(value) if digit.is_none() => digit = Some(value as u32 + 1),
                _ => break,
            },
        }
        end = at + c.len_utf8();
    }
    let number = total + digit.unwrap_or(0);
    (number > 0).then_some((number, true, &text[end..]))
}

/// The blocks of a text whose headings are numbered: `lines` of a page.
pub(super) fn blocks(page: &Page<'_>, lines: &[Line]) -> Vec<Block> {
    let mut outline = Outline::default();
    let mut blocks = Vec::with_capacity(lines.len());
    let mut next = lines.first().and_then(|line| mark(page.slice(line.range)));
    for (at, line) in lines.iter().enumerate() {
        let text = page.slice(line.range);
        let own = next;
        let below = lines.get(at + 1);
        next = below.and_then(|line| mark(page.slice(line.range)));
        let level = own.and_then(|mark| outline.level(mark, text, below.is_some(), next));
        let kind = match level {
            Some(level) => BlockKind::Heading { level },
            None if is_figure_caption(text) => BlockKind::Caption,
            None => BlockKind::Paragraph,
        };
        blocks.push(Block {
            kind,
            range: line.range,
        });
    }
    raise(&mut blocks);
    rows::mark(page, lines, &mut blocks);
    blocks
}

/// Makes the outermost headings level 1 where there are several of them.
fn raise(blocks: &mut [Block]) {
    let levels = || {
        blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Heading { level } | BlockKind::Lead { level, .. } => Some(level),
            _ => None,
        })
    };
    let Some(least) = levels().min() else { return };
    if least == 1 || levels().filter(|&level| level == least).count() < 2 {
        return;
    }
    for block in blocks {
        if let BlockKind::Heading { level } | BlockKind::Lead { level, .. } = &mut block.kind {
            *level -= least - 1;
        }
    }
}

/// The blocks of lines whose headings the format marks, below a heading of level
/// `above`.
pub(super) fn marked_blocks(page: &Page<'_>, lines: &[Line], above: u8) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    for line in lines {
        let kind = match line.format.role {
            Role::Heading(level) => BlockKind::Heading {
                level: level.saturating_sub(above).clamp(1, 4),
            },
            _ if is_figure_caption(page.slice(line.range)) => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
        let goes_on = kind != BlockKind::Paragraph && line.format.start != Start::New;
        match blocks.last_mut() {
            Some(last) if goes_on && last.kind == kind => last.range.end = line.range.end,
            _ => blocks.push(Block {
                kind,
                range: line.range,
            }),
        }
    }
    rows::mark(page, lines, &mut blocks);
    blocks
}

/// How the headings of a text that is no case are marked.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    /// Whether it has chapters, which are its outline.
    chapters: bool,
    /// Whether it has articles, from the first on.
    articles: bool,
}

/// The blocks of a text that is no case: laws have chapters and articles for an
/// outline, letters headings that run into their paragraphs.
pub(super) fn document_blocks(page: &Page<'_>, lines: &[Line]) -> Vec<Block> {
    let levels = lines.iter().filter_map(|line| match line.format.role {
        Role::Heading(level) => Some(level),
        _ => None,
    });
    if let Some(least) = levels.min() {
        return marked_blocks(page, lines, least.saturating_sub(1));
    }
    let marks: Vec<Option<Mark>> = lines
        .iter()
        .map(|line| mark(page.slice(line.range)))
        .collect();
    let has = |wanted: Numbering, least: usize| {
        let found = marks.iter().flatten();
        found
            .filter(|mark| mark.numbering == wanted)
            .take(least)
            .count()
            == least
    };
    let style = Style {
        chapters: has(Numbering::Chapter, 1),
        articles: has(Numbering::Article, 3),
    };
    // A table of contents has the chapters first.
    let is_chapter = |mark: &Mark| mark.numbering < Numbering::Article;
    let last: HashMap<&str, usize> = (0..lines.len())
        .filter(|&at| marks[at].as_ref().is_some_and(is_chapter))
        .map(|at| (page.slice(lines[at].range), at))
        .collect();
    let mut outline = Outline::default();
    let mut blocks = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let text = page.slice(line.range);
        let next = marks.get(at + 1).copied().flatten();
        let kind = match marks[at] {
            Some(mark) if is_chapter(&mark) && last.get(text) != Some(&at) => BlockKind::Paragraph,
            Some(mark) if mark.numbering < Numbering::Chinese => outline
                .law(mark, text, style)
                .unwrap_or(BlockKind::Paragraph),
            // Below an article numbers count its items.
            Some(_) if style.articles => BlockKind::Paragraph,
            Some(mark) => match outline.level(mark, text, at + 1 < lines.len(), next) {
                Some(level) => BlockKind::Heading { level },
                None => outline.lead(mark, text).unwrap_or(BlockKind::Paragraph),
            },
            None if is_figure_caption(text) => BlockKind::Caption,
            None => BlockKind::Paragraph,
        };
        blocks.push(Block {
            kind,
            range: line.range,
        });
    }
    raise(&mut blocks);
    rows::mark(page, lines, &mut blocks);
    blocks
}

/// The outline of a text as far as it was read. The level of a heading is its
/// depth: `1、` is level 2 below `一、`, and level 3 below `（一）`.
#[derive(Default)]
struct Outline {
    /// The numberings of the headings that are open, outermost first.
    open: Vec<Numbering>,
    /// The level of the outermost of them.
    base: u8,
    /// The number of the last heading of level 1.
    top: u32,
    /// The last number of the kind `1、` that was not a heading of level 1.
    item: u32,
    /// Numbering and number of the last numbered sentence that was found to be
    /// an item of a list. What continues the list is one as well.
    listed: Option<(Numbering, u32)>,
}

impl Outline {
    /// The level of the numbered line `text`, if it is a heading; `below` says
    /// whether the case goes on, `next` how the next line is numbered.
    fn level(&mut self, mark: Mark, text: &str, below: bool, next: Option<Mark>) -> Option<u8> {
        let numbering = self.numbering(mark);
        let place = self.place(numbering);
        let level = if place == 0 {
            numbering.usual_level()
        } else {
            (self.base + place as u8).min(4)
        };
        let standing = Standing::of(&text[mark.bytes..], level);
        let sibling = next.is_some_and(|next| next.numbering == mark.numbering);
        let is_outer = |next: Mark| {
            next.numbering <= Numbering::Chinese || self.open[..place].contains(&next.numbering)
        };
        let has_text = below && !sibling && !next.is_some_and(is_outer);
        let is_heading = match (standing, level) {
            (Standing::No, _) => false,
            (Standing::Phrase, 1) => true,
            (Standing::Phrase, _) => has_text,
            (Standing::Sentence, 1 | 2) => {
                let listed = self.listed == Some((mark.numbering, mark.number.wrapping_sub(1)));
                if sibling || listed {
                    self.listed = Some((mark.numbering, mark.number));
                }
                has_text && !listed
            }
            (Standing::Sentence, _) => false,
        };
        if is_heading {
            if place == 0 {
                self.base = level;
            }
            self.open_at(place, numbering, mark.number);
        }
        is_heading.then_some(level)
    }

    /// A part, chapter or article of a law. Articles that run into their text are
    /// the outline where nothing above them is.
    fn law(&mut self, mark: Mark, text: &str, style: Style) -> Option<BlockKind> {
        let place = self.place(mark.numbering);
        let level = (place + 1).min(4) as u8;
        let rest = &text[mark.bytes..];
        let stands_alone = is_short(rest, 40) && !rest.contains(['。', '；', '，', ',']);
        let kind = match mark.numbering {
            Numbering::Article if !style.articles => return None,
            Numbering::Article if rest.is_empty() => BlockKind::Heading { level },
            Numbering::Article if style.chapters => return None,
            Numbering::Article => BlockKind::Lead {
                level,
                bytes: text[..mark.bytes].trim_end().len() as u32,
            },
            _ if stands_alone => BlockKind::Heading { level },
            _ => return None,
        };
        self.open_at(place, mark.numbering, mark.number);
        Some(kind)
    }

    /// A heading of level 1 that ends at the first full stop of its line.
    fn lead(&mut self, mark: Mark, text: &str) -> Option<BlockKind> {
        if mark.numbering != Numbering::Chinese || self.place(mark.numbering) > 0 {
            return None;
        }
        let end = text.find('。')?;
        let heading = &text[mark.bytes..end];
        let is_lead = end + '。'.len_utf8() < text.len()
            && !heading.is_empty()
            && is_short(heading, 40)
            && !heading.contains(['，', ',', '；', ';', '：', ':', '！', '？']);
        if !is_lead {
            return None;
        }
        self.open_at(0, Numbering::Chinese, mark.number);
        Some(BlockKind::Lead {
            level: 1,
            bytes: end as u32,
        })
    }

    /// The numbering of a mark. `1、` is a slip for `一、` where it goes on from
    /// the heading of level 1 before; below a heading it numbers what is there.
    fn numbering(&mut self, mark: Mark) -> Numbering {
        if mark.numbering != Numbering::Digits {
            return mark.numbering;
        }
        let continues =
            mark.number == self.top + 1 && (self.item == 0 || self.item + 1 != mark.number);
        if continues {
            return Numbering::Chinese;
        }
        self.item = mark.number;
        Numbering::Digits
    }

    /// How many open headings a heading with this numbering is below.
    fn place(&self, numbering: Numbering) -> usize {
        let outer = |open: &&Numbering| **open < numbering;
        if numbering <= Numbering::Chinese {
            return self.open.iter().take_while(outer).count();
        }
        let open = self.open.iter().position(|open| *open == numbering);
        open.unwrap_or(self.open.len())
    }

    fn open_at(&mut self, place: usize, numbering: Numbering, number: u32) {
        if place == 0 {
            self.top = number;
            self.item = 0;
        }
        self.open.truncate(place);
        self.open.push(numbering);
    }
}

/// What follows the number of a numbered line.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// Too long for a heading, or with a sentence inside it, or open at its end.
    No,
    /// A phrase without an end, or with a colon.
    Phrase,
    /// One short sentence.
    Sentence,
}

impl Standing {
    fn of(text: &str, level: u8) -> Self {
        // The longest heading of the documents has 41 characters and is of level 2; the limits
        // of the other levels leave room for similar ones.
        let longest = if level <= 2 { 60 } else { 40 };
        if text.is_empty() || !is_short(text, longest) {
            return Self::No;
        }
        let (body, standing) = match text.chars().next_back() {
            Some('。' | '！' | '？') => (&text[..text.len() - '。'.len_utf8()], Self::Sentence),
            Some('：') => (&text[..text.len() - '：'.len_utf8()], Self::Phrase),
            Some(':') => (&text[..text.len() - 1], Self::Phrase),
            _ => (text, Self::Phrase),
        };
        let breaks: &[char] = match level {
            1 | 2 => &['。', '！', '？', '；', ';'],
            _ => &['。', '！', '？', '；', ';', '：', ':'],
        };
        if body.contains(breaks) || body.ends_with(['，', ',', '、', '—', '…']) {
            return Self::No;
        }
        standing
    }
}

/// The line under a figure or over a table: `图1  试点区农作物…对比图`.
pub(super) fn is_figure_caption(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['图', '圖', '表']) else {
        return false;
    };
    rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
        && is_short(text, 60)
        && !text.ends_with(['。', '；', '，'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The levels of the lines of a text, `-` for what is no heading.
    #[track_caller]
    fn check(text: &str, levels: &str) {
        let page = Page::new(text);
        let blocks = blocks(&page, &page.lines);
        let found = blocks.iter().map(|block| match block.kind {
            BlockKind::Heading { level } => char::from(b'0' + level),
            BlockKind::Lead { .. } => 'l',
            BlockKind::Caption => 'c',
            _ => '-',
        });
        assert_eq!(found.collect::<String>(), levels);
    }

    #[test]
    fn a_numbered_line_that_stands_alone_is_a_heading() {
        check(
            "一、案例背景：\n（一）区域管理网格化\n将全区划分为135个责任网格。",
            "12-",
        );
        check("(一) 狠抓资源整合匹配。\n一是数据资源逐步整合。", "2-");
    }

    #[test]
    fn a_run_in_lead_is_none() {
        check(
            "（一）完善制度基础，建立政策保障。2016年，农业部发布了意见。",
            "-",
        );
        check(
            "1.统一规划发展。三家牵头单位对医疗统一规划。\n一、案例背景",
            "-1",
        );
    }

    #[test]
    fn an_item_of_a_list_is_none() {
        check(
            "1.颁布BIM实施规划和推进方案；\n2.编写BIM技术应用各项标准；",
            "--",
        );
        check("（一）增加了收入\n（二）提高了能力\n二、基本情况", "--1");
        check(
            "（一）增加了收入。\n（二）提高了能力。\n下一步，将继续推进。",
            "---",
        );
    }

    #[test]
    fn digits_slip_in_for_the_first_level_where_they_go_on_from_it() {
        check(
            "1、 案例背景\n文字。\n2、 基本情况\n文字。\n三、案例特点\n文字。",
            "1-1-1-",
        );
        check(
            "一、案例背景\n文字。\n二、基本情况\n文字。\n3、 创新性思路\n文字。",
            "1-1-1-",
        );
        check(
            "一、主要做法\n1、加强领导；\n2、加强宣传；\n二、成效",
            "1--1",
        );
    }

    #[test]
    fn digits_with_a_dot_head_what_is_below_them() {
        check(
            "（二）实践探索\n1.采用统一用水定额\n（1）灌溉用水现状\n通过计算。\n2.制定水价\n试点。",
            "234-3-",
        );
    }

    #[test]
    fn lead_ins_and_short_paragraphs_are_none() {
        check(
            "在集团应用方面：\n1.颁布规划；\n这一难题得到彻底解决。",
            "---",
        );
    }

    #[test]
    fn a_figure_has_a_caption() {
        check(
            "  图1  试点区灌溉水量对比图 单位：m3/亩\n图书馆建设\n表 2 水价",
            "c-c",
        );
    }

    #[test]
    fn a_decimal_and_a_year_are_no_numbers_of_headings() {
        assert!(mark("1.2万户").is_none());
        assert!(mark("2017.新年贺词").is_none());
        assert!(mark("一是问题导向").is_none());
        assert_eq!(mark("二十一、结语").map(|mark| mark.number), Some(21));
        assert_eq!(mark("十、结语").map(|mark| mark.number), Some(10));
    }
}
