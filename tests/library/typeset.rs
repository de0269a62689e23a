//! Rows and pages, judged from outside.
//!
//! The judge of rows is a second reading of the rules (GB/T 15834—2011 section
//! 5, CLREQ 行首行尾禁则): it knows nothing of the line breaker's own tables.

mod evenness;
mod long;

use std::ops::Range;

use anli::case::role::Role;
use anli::case::{
    Block, BlockKind, Case, CaseId, CaseRef, Completeness, Document, Lines, TextRange, Title,
};
use anli::text::CharSpan;
use anli::text::cuts::{Cut, Cuts, Noise};
use anli::text::gate;
use anli::text::script::{Display, Script};
use anli::text::width::{self, Ambiguous};
use anli::text::wrap::{Room, wrap};
use anli::typeset::{Anchor, Front, Page, Part, RawAnchor, RawPage, RowRole, Setting};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

const SEEDS: [&str; 5] = [
    include_str!("../../seeds/000_c8df632cfb2d134d.txt"),
    include_str!("../../seeds/001_6ec06563744fe9af.txt"),
    include_str!("../../seeds/002_480a3b4aff1897ca.txt"),
    include_str!("../../seeds/003_e708e3f89c99b752.txt"),
    include_str!("../../seeds/004_860cbca26c24b5e4.txt"),
];

fn seed_paragraphs() -> Vec<&'static str> {
    let lines = SEEDS.into_iter().flat_map(str::lines).map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

// The judge.

const BEGINS_NO_ROW: &str = "，。、；：？！）》〉」』】〕”’·•…—％%℃‰々,.;:?!)]}-~～/／–";
const ENDS_NO_ROW: &str = "（《〈「『【〔“‘([{￥$№";

const HAN_NUMERALS: &str = "一二三四五六七八九十百千万萬亿億两兩几幾多";
const COUNTERS: &str = "年月日元个個家名位条條项項件倍次户戶人种種批届屆";

/// What a break breaks, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    None,
    /// A figure from its unit, or a range.
    Figure,
    /// A word or figure, or the row would be blank.
    Word,
    /// A mark where it must not stand.
    Mark,
}

/// A paragraph as a judge sees it.
struct Judged<'a> {
    text: &'a str,
    ambiguous: Ambiguous,
    clusters: Vec<Seen>,
    /// Columns before every cluster and before the end.
    before: Vec<u32>,
    /// The same, less those of the white space that stands there.
    visible: Vec<u32>,
}

struct Seen {
    start: usize,
    base: char,
    columns: u32,
    /// What a break before it breaks; `None` where there is no place for one.
    fault: Option<Fault>,
}

impl<'a> Judged<'a> {
    fn new(text: &'a str, ambiguous: Ambiguous) -> Self {
        let mut clusters: Vec<Seen> = text
            .grapheme_indices(true)
            .map(|(start, cluster)| Seen {
                start,
                base: cluster.chars().next().expect("a cluster is not empty"),
                columns: width::of_grapheme(cluster, ambiguous).into(),
                fault: None,
            })
            .collect();
        let (mut before, mut visible) = (vec![0], vec![0]);
        for seen in &clusters {
            let end = before[before.len() - 1] + seen.columns;
            let space = seen.base.is_whitespace();
            visible.push(if space {
                visible[visible.len() - 1]
            } else {
                end
            });
            before.push(end);
        }
        for index in 1..clusters.len() {
            clusters[index].fault = fault(&clusters, index);
        }
        Self {
            text,
            ambiguous,
            clusters,
            before,
            visible,
        }
    }

    /// Columns from one cluster to another, white space at the end aside.
    fn columns(&self, row: Range<usize>) -> u32 {
        self.visible[row.end].saturating_sub(self.before[row.start])
    }

    fn may_stand(&self, row: Range<usize>, columns: u32) -> bool {
        let used = self.columns(row.clone());
        used <= columns || used == self.clusters[row.start].columns
    }

    /// Marks and words that have to be broken at least, marks first: found by
    /// trying every way to break the paragraph.
    fn least(&self, columns: u32) -> (u32, u32) {
        let count = self.clusters.len();
        let mut best = vec![(u32::MAX, u32::MAX); count + 1];
        best[count] = (0, 0);
        for start in (0..count).rev() {
            for end in start + 1..=count {
                if !self.may_stand(start..end, columns) {
                    break;
                }
                let cost = match self.clusters.get(end).map(|seen| seen.fault) {
                    Some(None) => continue,
                    Some(Some(Fault::Mark)) => (1, 0),
                    Some(Some(Fault::Word)) => (0, 1),
                    Some(Some(Fault::Figure | Fault::None)) | None => (0, 0),
                };
                let rest = best[end];
                let total = (rest.0.saturating_add(cost.0), rest.1.saturating_add(cost.1));
                best[start] = best[start].min(total);
            }
        }
        best[0]
    }
}

fn fault(clusters: &[Seen], index: usize) -> Option<Fault> {
    let right = &clusters[index];
    if right.base.is_whitespace() {
        return None;
    }
    let visible = clusters[..index]
        .iter()
        .rev()
        .find(|seen| !seen.base.is_whitespace());
    let spaced = clusters[index - 1].base.is_whitespace();
    let r = right.base;
    if BEGINS_NO_ROW.contains(r) {
        return Some(Fault::Mark);
    }
    let Some(l) = visible.map(|seen| seen.base) else {
        return Some(Fault::Word);
    };
    if ENDS_NO_ROW.contains(l) {
        return Some(Fault::Mark);
    }
    if spaced {
        return Some(Fault::None);
    }
    let before = index.checked_sub(2).map(|index| clusters[index].base);
    let word = |c: char| c.is_alphanumeric() && c < '\u{2E80}';
    let digit_before = before.is_some_and(|c| c.is_ascii_digit());
    let word_before = before.is_some_and(word);
    let inside_word = word(l) && (word(r) || r == '+')
        || word(r) && word_before && ".’".contains(l)
        || r.is_ascii_digit() && digit_before && ",:".contains(l)
        || word(l) && !l.is_ascii_digit() && "$￥№".contains(r);
    let counts = COUNTERS.contains(r);
    let unit = l.is_ascii_digit() && (counts || "万萬亿億".contains(r))
        || digit_before && "万萬亿億".contains(l) && counts
        || counts
            && HAN_NUMERALS.contains(l)
            && !before.is_some_and(|c| "统統唯单單逐".contains(c));
    let range = "—-".contains(l)
        && r.is_ascii_digit()
        && (digit_before || before.is_some_and(|c| "年岁歲万".contains(c)));
    Some(match () {
        () if inside_word => Fault::Word,
        () if unit || range => Fault::Figure,
        () => Fault::None,
    })
}

/// Asserts what holds for every paragraph and room, and says what its rows
/// break.
#[track_caller]
fn judge(judged: &Judged, room: Room) -> Vec<Fault> {
    let text = judged.text;
    let rows = wrap(text, room, judged.ambiguous);
    let joined: String = rows.iter().map(|row| &text[row.clone()]).collect();
    assert_eq!(joined, text, "rows joined are the paragraph");
    let index = |byte: usize| judged.clusters.partition_point(|seen| seen.start < byte);
    let mut faults = Vec::new();
    for row in rows {
        let (start, end) = (index(row.start), index(row.end));
        let columns = if start == 0 { room.first } else { room.rest };
        assert!(
            judged
                .clusters
                .get(end)
                .is_none_or(|seen| seen.start == row.end),
            "{text:?} is broken inside a cluster in {room:?}"
        );
        assert!(
            text.is_empty() || judged.may_stand(start..end, columns.into()),
            "{text:?} has a row that is too wide for {room:?}: {:?}",
            &text[row]
        );
        if let Some(next) = judged.clusters.get(end) {
            faults.push(
                next.fault
                    .expect("no row begins with a space that would hang"),
            );
        }
    }
    faults
}

// Rows of the seeds.

/// How many rows of the seeds break a rule, of how many.
fn broken_rows(widths: impl Iterator<Item = u16> + Clone, ambiguous: Ambiguous) -> (usize, usize) {
    let (mut broken, mut rows) = (0, 0);
    for text in seed_paragraphs() {
        let judged = Judged::new(text, ambiguous);
        for columns in widths.clone() {
            let indented = Room {
                first: columns - 4,
                rest: columns,
            };
            let faults = judge(&judged, indented);
            rows += faults.len() + 1;
            broken += faults.iter().filter(|&&fault| fault != Fault::None).count();
        }
    }
    (broken, rows)
}

#[test]
fn no_row_of_the_seeds_breaks_a_rule() {
    let (broken, rows) = broken_rows(20..=120, Ambiguous::Narrow);
    assert_eq!(broken, 0, "of {rows} rows");
    assert!(rows > 400_000, "the seeds have many rows, not {rows}");
}

#[test]
fn no_row_of_the_seeds_breaks_a_rule_where_quotation_marks_are_wide() {
    let (broken, rows) = broken_rows((20..=120).step_by(7), Ambiguous::Wide);
    assert_eq!(broken, 0, "of {rows} rows");
}

// Rows of any text.

/// Characters and clusters that meet in Chinese text, and some that seldom do.
fn some_text() -> impl Strategy<Value = String> {
    let cluster = prop_oneof![
        6 => prop::sample::select(vec!["青", "岛", "创", "新", "里", "程", "万", "年"]),
        3 => prop::sample::select(vec!["a", "B", "z", "0", "1", "9"]),
        2 => prop::sample::select(vec!["，", "。", "、", "）", "》", "”", "’", ",", ".", "%", "…", "—", "-", "/", "·"]),
        2 => prop::sample::select(vec!["（", "《", "“", "‘", "(", "$", "￥", "№"]),
        1 => prop::sample::select(vec![" ", "\u{3000}", "+"]),
        1 => prop::sample::select(vec!["e\u{301}", "葛\u{E0100}", "👩\u{200D}👧", "❤\u{FE0F}", "🇨🇳", "か\u{3099}"]),
    ];
    prop::collection::vec(cluster, 0..60).prop_map(|clusters| clusters.concat())
}

fn any_ambiguous() -> impl Strategy<Value = Ambiguous> {
    prop::sample::select(vec![Ambiguous::Narrow, Ambiguous::Wide])
}

/// A choice exists where some way to break the paragraph within the room breaks
/// fewer words, or fewer marks, which count first.
#[track_caller]
fn no_rule_is_broken_where_a_choice_exists(judged: &Judged, columns: u16) {
    let faults = judge(judged, Room::even(columns));
    let count = |fault| faults.iter().filter(|&&found| found == fault).count() as u32;
    let least = judged.least(columns.into());
    assert_eq!(
        (count(Fault::Mark), count(Fault::Word)),
        least,
        "{:?} at {columns}",
        judged.text
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_of_any_text_keep_the_rules_at_every_width(text in some_text(), ambiguous in any_ambiguous()) {
        let judged = Judged::new(&text, ambiguous);
        for columns in 2..=200 {
            no_rule_is_broken_where_a_choice_exists(&judged, columns);
        }
    }

    #[test]
    fn rows_of_the_seeds_keep_the_rules_at_every_width(
        text in prop::sample::select(seed_paragraphs()),
        ambiguous in any_ambiguous(),
    ) {
        let judged = Judged::new(text, ambiguous);
        for columns in 2..=200 {
            no_rule_is_broken_where_a_choice_exists(&judged, columns);
        }
    }

    #[test]
    fn rows_of_hostile_text_are_the_text_and_fit(text in any::<String>(), columns in 0u16..50, first in 0u16..50) {
        let rows = wrap(&text, Room { first, rest: columns }, Ambiguous::Narrow);
        let joined: String = rows.iter().map(|row| &text[row.clone()]).collect();
        prop_assert_eq!(&joined, &text);
        for row in rows {
            let room = if row.start == 0 { first } else { columns };
            let row = text[row].trim_end();
            let visible = row.graphemes(true).filter(|c| width::of_grapheme(c, Ambiguous::Narrow) > 0);
            prop_assert!(width::of_str(row, Ambiguous::Narrow) <= room || visible.count() == 1, "{:?}", row);
        }
    }

    #[test]
    fn a_cut_text_is_as_wide_as_it_says(text in some_text(), columns in 0u16..80, ambiguous in any_ambiguous()) {
        let cut = width::truncate(&text, columns, ambiguous);
        prop_assert!(cut.columns <= columns);
        prop_assert_eq!(width::of_str(&cut.to_string(), ambiguous), cut.columns);
        prop_assert!(text.starts_with(cut.text));
        prop_assert!(text.grapheme_indices(true).any(|(at, _)| at == cut.text.len()) || cut.text == text);
        prop_assert_eq!(width::of_str(&width::pad(&text, columns, ambiguous), ambiguous), columns);
    }
}

// Columns as the buffer counts them.

#[test]
fn the_buffer_counts_the_same_columns() {
    use ratatui::buffer::CellWidth;
    let printable = (' '..=char::MAX).filter(|c| !c.is_control());
    for c in printable {
        let text = c.to_string();
        let columns = width::of_grapheme(&text, Ambiguous::Narrow);
        assert_eq!(columns, text.cell_width(), "{c:?} U+{:04X}", c as u32);
    }
    for text in [
        "e\u{301}",
        "葛\u{E0100}",
        "👩\u{200D}👧",
        "❤\u{FE0F}",
        "🇨🇳",
        "ｶﾞ",
        "“\u{FE01}",
        "か\u{3099}",
    ] {
        assert_eq!(
            width::of_grapheme(text, Ambiguous::Narrow),
            text.cell_width(),
            "{text}"
        );
    }
}

#[test]
fn the_buffer_draws_text_as_wide_as_it_is() {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    for text in seed_paragraphs() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4000, 1));
        let (end, _) = buffer.set_stringn(0, 0, text, 4000, Style::new());
        assert_eq!(end, width::of_str(text, Ambiguous::Narrow), "{text}");
    }
}

// Pages.

/// A document that holds one case, and the case.
struct Sample {
    document: Document,
    case: Case,
}

#[derive(Clone, Copy)]
enum Line {
    Title,
    /// Belongs to no block.
    Other,
    Heading(u8),
    Paragraph,
    Caption,
    /// A heading over this line and the next.
    Double(u8),
}

impl Sample {
    fn new(lines: &[(Line, &str)]) -> Self {
        let texts: Vec<&str> = lines.iter().map(|&(_, text)| text).collect();
        Self::with_noise(lines, texts.join("\n"), Cuts::default())
    }

    /// `lines` are those of the clean text.
    fn with_noise(lines: &[(Line, &str)], raw: String, cuts: Cuts) -> Self {
        let mut at = 0;
        let mut ranges = Vec::new();
        for (_, text) in lines {
            ranges.push(TextRange::new(at, at + text.len()));
            at += text.len() + 1;
        }
        let kind = |line: Line| match line {
            Line::Heading(level) | Line::Double(level) => Some(BlockKind::Heading { level }),
            Line::Paragraph => Some(BlockKind::Paragraph),
            Line::Caption => Some(BlockKind::Caption),
            Line::Title | Line::Other => None,
        };
        let blocks = (0..lines.len()).filter_map(|index| {
            let range = match lines[index].0 {
                Line::Double(_) => TextRange {
                    end: ranges[index + 1].end,
                    ..ranges[index]
                },
                _ => ranges[index],
            };
            Some(Block {
                kind: kind(lines[index].0)?,
                range,
            })
        });
        let titles: Vec<TextRange> = (0..lines.len())
            .filter(|&index| matches!(lines[index].0, Line::Title))
            .map(|index| ranges[index])
            .collect();
        let title = if titles.is_empty() {
            Title::Editor("探索轨道交通投融资改革".into())
        } else {
            Title::Printed(titles)
        };
        let starts = raw.match_indices('\n').map(|(byte, _)| byte as u32 + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        let (clean, noise) = cuts.apply(raw.into());
        let texts: Vec<&str> = lines.iter().map(|&(_, text)| text).collect();
        assert_eq!(clean, texts.join("\n"));
        Self {
            case: Case {
                id: CaseId("000-1".into()),
                key: None,
                document: 0,
                number: 1,
                lines: Lines {
                    first: 1,
                    last: lines.len() as u32,
                    list: None,
                },
                year: Some(2017),
                category: None,
                group: None,
                area: None,
                completeness: Completeness::Full,
                title,
                orgs: Vec::new(),
                blocks: blocks.collect(),
            },
            document: Document {
                name: "000.txt".into(),
                line_starts,
                clean,
                noise,
                cuts,
                about: Default::default(),
                claims: Vec::new(),
                ..Document::default()
            },
        }
    }

    fn case(&self) -> CaseRef<'_> {
        CaseRef {
            case: &self.case,
            document: &self.document,
        }
    }

    fn page(&self, setting: Setting) -> Page {
        let front = Front {
            byline: "平度市政府 · 2017 · 区市 · 全文".into(),
            source: "000.txt 1–9 行".into(),
        };
        Page::set(self.case(), &front, &setting)
    }
}

const SETTING: Setting = Setting {
    columns: 40,
    ambiguous: Ambiguous::Narrow,
    script: Display::of(Script::Original),
    justify: false,
    roomy: false,
};

fn at(columns: u16) -> Setting {
    Setting { columns, ..SETTING }
}

/// A page as a painter without colour would draw it.
fn shown(page: &Page) -> String {
    let mut lines = Vec::new();
    for (index, row) in page.rows().iter().enumerate() {
        let mark = page.row_mark(index);
        let columns = usize::from(width::of_str(&mark, SETTING.ambiguous));
        let before = usize::from(row.indent) - columns;
        let mut text = page.row_text(index).to_owned();
        for gap in page.row_gaps(index).iter().rev() {
            text.insert_str(gap.byte, &"_".repeat(gap.columns.into()));
        }
        lines.push(format!("{:before$}{mark}{text}", "").trim_end().to_owned());
    }
    lines.join("\n")
}

fn futures() -> Sample {
    Sample::new(&[
        (Line::Title, "填补国内农业“保险+期货”空白"),
        (Line::Title, "引导农业供给侧改革"),
        (Line::Other, "平度市政府"),
        (Line::Heading(1), "一、案例背景"),
        (
            Line::Paragraph,
            "2016年，中央一号文件首次提出探索农产品“保险+期货”试点，深入推进服务“三农”模式改革。",
        ),
        (Line::Paragraph, "平度市作为农业大市，农产品种类多。"),
        (Line::Heading(1), "二、主要做法"),
        (Line::Heading(2), "（一）完善制度基础"),
        (Line::Paragraph, "出台办法。"),
        (Line::Heading(2), "（二）科学调研测算"),
        (Line::Heading(3), "1.确定试点产品品种"),
        (Line::Paragraph, "确定试点。"),
        (
            Line::Caption,
            "平度市南村镇的蛋鸡养殖户正在了解保险条款和理赔流程。",
        ),
        (Line::Heading(1), "三、领先性与主要成效"),
        (Line::Paragraph, "填补空白。"),
    ])
}

#[test]
fn a_page_is_easy_to_scan_without_colour() {
    insta::assert_snapshot!(shown(&futures().page(SETTING)), @"
    填补国内农业“保险+期货”空白
    引导农业供给侧改革
    平度市政府 · 2017 · 区市 · 全文
    000.txt 1–9 行

    一、案例背景
        2016年，中央一号文件首次提出探索农产
    品“保险+期货”试点，深入推进服务“三农”模
    式改革。
        平度市作为农业大市，农产品种类多。

    二、主要做法
      （一）完善制度基础
        出台办法。

      （二）科学调研测算
        1.确定试点产品品种
        确定试点。
      | 平度市南村镇的蛋鸡养殖户正在了解保险
      | 条款和理赔流程。

    三、领先性与主要成效
        填补空白。
    ");
}

#[test]
fn a_narrow_page_has_no_indents() {
    insta::assert_snapshot!(shown(&Sample::new(&[
        (Line::Title, "农业“保险+期货”"),
        (Line::Paragraph, "平度市作为农业大市，农产品种类多。"),
        (Line::Caption, "养殖户在了解保险条款和流程。"),
    ]).page(at(20))), @"
    农业“保险+期货”
    平度市政府 · 2017 ·
    区市 · 全文
    000.txt 1–9 行

    平度市作为农业大市，
    农产品种类多。
    养殖户在了解保险条款
    和流程。
    ");
}

#[test]
fn on_the_least_screen_a_paragraph_begins_one_han_in() {
    let lines = [
        (Line::Title, "农业“保险+期货”"),
        (Line::Paragraph, "平度市作为农业大市，农产品种类多。"),
        (Line::Paragraph, "养殖户在了解保险条款和流程。"),
    ];
    for columns in [22, 23] {
        let page = Sample::new(&lines).page(at(columns));
        let indents: Vec<u16> = page.rows()[4..].iter().map(|row| row.indent).collect();
        assert_eq!(indents, [0, 2, 0, 2, 0], "{}", shown(&page));
    }
}

#[test]
fn an_editors_title_stands_in_square_brackets() {
    let page = Sample::new(&[(Line::Paragraph, "正文。")]).page(SETTING);
    assert_eq!(page.row_text(0), "[探索轨道交通投融资改革]");
}

#[test]
fn a_justified_page_fills_its_measure_but_for_last_rows() {
    let sample = Sample::new(&[
        (Line::Title, "题"),
        (
            Line::Paragraph,
            "首先，利用BIM技术，推动平度市农产品“保险+期货”试点深入推进服务三农模式的改革。",
        ),
    ]);
    let setting = Setting {
        justify: true,
        columns: 31,
        ..SETTING
    };
    let page = sample.page(setting);
    let last = page.rows().len() - 1;
    for row in 0..last {
        if page.rows()[row].role == RowRole::Paragraph {
            let gaps: u16 = page.row_gaps(row).iter().map(|gap| gap.columns).sum();
            let text = width::of_str(page.row_text(row), Ambiguous::Narrow);
            assert_eq!(
                page.rows()[row].indent + text + gaps,
                31,
                "{}",
                shown(&page)
            );
        }
    }
    assert!(page.row_gaps(last).is_empty());
}

#[test]
fn every_place_has_its_row_at_every_measure() {
    let sample = futures();
    for columns in 0..=120 {
        let page = sample.page(at(columns));
        for (index, row) in page.rows().iter().enumerate() {
            let anchor = page.anchor_at(index);
            let expected = if row.role == RowRole::Blank {
                index + 1
            } else {
                index
            };
            assert_eq!(
                page.row_of(anchor),
                expected,
                "{columns} columns, row {index}"
            );
        }
    }
}

#[test]
fn the_sentence_at_the_top_stays_there_when_the_page_is_set_anew() {
    let sample = futures();
    let wide = sample.page(at(80));
    for columns in 1..=120 {
        let narrow = sample.page(Setting {
            script: Script::Traditional.into(),
            ..at(columns)
        });
        for row in 0..wide.rows().len() {
            let anchor = wide.anchor_at(row);
            let shown = &narrow.rows()[narrow.row_of(anchor)];
            let next = narrow.anchor_at(narrow.row_of(anchor) + 1);
            assert!((shown.block, shown.char) <= (anchor.block, anchor.char));
            assert!(next >= anchor || narrow.row_of(anchor) + 1 == narrow.rows().len());
        }
    }
}

#[test]
fn a_place_the_page_does_not_have_is_at_its_end() {
    let page = futures().page(SETTING);
    let last = page.rows().len() - 1;
    assert_eq!(page.row_of(Anchor { block: 99, char: 0 }), last);
    assert_eq!(page.anchor_at(1000), page.anchor_at(last));
    assert_eq!(page.row_text(1000), "");
}

#[test]
fn blocks_are_numbered_alike_with_and_without_a_byline() {
    let sample = futures();
    let bare = Page::set(sample.case(), &Front::default(), &SETTING);
    let full = sample.page(SETTING);
    assert_eq!(bare.blocks().len(), full.blocks().len());
    assert_eq!(
        bare.anchor_of(Part::Text(1), 3),
        Some(Anchor { block: 5, char: 3 })
    );
    assert_eq!(
        full.anchor_of(Part::Text(1), 3),
        Some(Anchor { block: 5, char: 3 })
    );
    assert_eq!(full.anchor_of(Part::Text(99), 0), None);
}

#[test]
fn sections_know_row_level_and_roles() {
    let page = futures().page(SETTING);
    let found: Vec<_> = page
        .sections()
        .iter()
        .map(|section| {
            let roles: Vec<Role> = section.roles.iter().collect();
            (section.level, section.row, page.heading(section), roles)
        })
        .collect();
    assert_eq!(
        found,
        [
            (1, 5, "一、案例背景", vec![Role::Background]),
            (1, 11, "二、主要做法", vec![Role::Practice]),
            (2, 12, "（一）完善制度基础", vec![]),
            (2, 15, "（二）科学调研测算", vec![]),
            (3, 16, "1.确定试点产品品种", vec![]),
            (
                1,
                21,
                "三、领先性与主要成效",
                vec![Role::Result, Role::Lead]
            ),
        ]
    );
    assert_eq!(page.section_at(4), None);
    assert_eq!(page.section_at(9), Some(0));
    assert_eq!(page.section_at(13), Some(2));
    assert_eq!(page.section_at(99), Some(5));
}

#[test]
fn marks_are_cut_to_the_row_they_are_in() {
    let page = futures().page(SETTING);
    // 保险+期货 lies in the second row of the paragraph, 农产品 over both.
    let spans = [CharSpan::new(18, 21), CharSpan::new(22, 27)];
    let marked = |row: usize| -> Vec<&str> {
        let text = page.row_text(row);
        page.row_spans(row, &spans)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    };
    assert_eq!(marked(6), ["农产"]);
    assert_eq!(marked(7), ["品", "保险+期货"]);
    assert_eq!(marked(8), Vec::<&str>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn marks_of_all_rows_are_the_marks(
        text in some_text(),
        columns in 1u16..60,
        spans in prop::collection::btree_set(0u32..60, 0..12),
    ) {
        let text = format!("字{text}字");
        let sample = Sample::new(&[(Line::Title, "题"), (Line::Paragraph, &text)]);
        let page = sample.page(at(columns));
        let chars: Vec<char> = text.chars().collect();
        let ends: Vec<u32> = spans.into_iter().filter(|&at| at <= chars.len() as u32).collect();
        let spans: Vec<CharSpan> = ends.chunks_exact(2).map(|pair| CharSpan::new(pair[0], pair[1])).collect();
        let mut found = String::new();
        for row in 0..page.rows().len() {
            if page.rows()[row].role == RowRole::Paragraph {
                let shown = page.row_text(row);
                found.extend(page.row_spans(row, &spans).into_iter().map(|range| &shown[range]));
            }
        }
        let visible = |text: String| text.replace(char::is_whitespace, "");
        let expected: String = spans
            .iter()
            .flat_map(|span| &chars[span.start as usize..span.end as usize])
            .collect();
        prop_assert_eq!(visible(found), visible(expected));
    }
}

#[test]
fn the_script_changes_characters_and_nothing_else() {
    let sample = Sample::new(&[
        (Line::Title, "以后的发展"),
        (Line::Heading(1), "一、干部头发"),
        (Line::Paragraph, "公里。"),
    ]);
    let page = sample.page(Setting {
        script: Script::Traditional.into(),
        ..SETTING
    });
    let texts: Vec<&str> = page
        .blocks()
        .iter()
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(texts[0], "以後的發展");
    assert_eq!(texts[3..], ["一、幹部頭髮", "公里。"]);
    let original = sample.page(SETTING);
    assert_eq!(original.blocks()[0].text, "以后的发展");
}

// The document's own lines.

/// 評選 with its gloss, a control, and a heading over two lines.
fn glossed() -> Sample {
    let raw = "評(píng)選創新案例\n\n發展需求\n  改革攻堅\n\u{1b}今年以來,改革(gǎi)創新。\n頁腳";
    let lines = [
        (Line::Title, "評選創新案例"),
        (Line::Other, ""),
        (Line::Double(1), "發展需求"),
        (Line::Other, "  改革攻堅"),
        (Line::Paragraph, "今年以來,改革創新。"),
        (Line::Other, "頁腳"),
    ];
    let mut cuts = Cuts::default();
    let mut removed = 0;
    for (noise, text) in [
        (Noise::Gloss, "(píng)"),
        (Noise::Control, "\u{1b}"),
        (Noise::Gloss, "(gǎi)"),
    ] {
        let start = raw.find(text).expect("the noise is in the text");
        cuts.cuts.push(Cut {
            raw: start..start + text.len(),
            clean: start - removed,
            noise,
        });
        removed += text.len();
    }
    Sample::with_noise(&lines, raw.into(), cuts)
}

#[test]
fn the_raw_page_shows_noise_and_numbers_lines() {
    let raw = RawPage::set(&glossed().document, 1..7, &at(30));
    let rows: Vec<(u32, &str)> = (0..raw.rows().len())
        .map(|row| (raw.rows()[row].line, raw.row_text(row)))
        .collect();
    assert_eq!(
        rows,
        [
            (1, "評(píng)選創新案例"),
            (2, ""),
            (3, "發展需求"),
            (4, "  改革攻堅"),
            (5, "␛今年以來,改革(gǎi)創新。"),
            (6, "頁腳"),
        ]
    );
    assert_eq!(raw.gutter(), 2);
}

#[test]
fn of_a_long_line_what_is_near_the_rows_in_view_is_given() {
    let line = "改革创新".repeat(5000);
    let page = Sample::new(&[(Line::Paragraph, &line), (Line::Paragraph, "开放")]);
    let raw = RawPage::set(&page.document, 1..3, &at(30));
    // Of 30 columns the line number takes two: 14 characters a row.
    let row = |at: usize| (at * 14) as u32;
    assert_eq!(raw.rows()[700].char, row(700));
    let near: Vec<(u32, u32, usize)> = raw
        .around(700..710)
        .iter()
        .map(|&(line, first, text)| (line, first, text.chars().count()))
        .collect();
    assert_eq!(near, [(1, row(700 - 64), (64 + 10 + 64) * 14)]);
    // At its end there is no more of it, and another line is another part.
    let last = raw.rows().len() - 1;
    let near = raw.around(last - 1..last + 9);
    assert_eq!(near.len(), 2);
    assert_eq!(near[0].1, row(last - 1 - 64));
    assert!(line.ends_with(near[0].2));
    assert_eq!(near[1], (2, 0, "开放"));
    assert!(raw.around(last + 1..last + 9).is_empty());
}

#[test]
fn a_raw_page_shows_nothing_that_the_gate_denies() {
    let harm: String = ('\u{b}'..=char::MAX).filter(|&c| gate::denied(c)).collect();
    let page = Sample::new(&[(Line::Paragraph, &format!("改\t革{harm}"))]);
    let raw = RawPage::set(&page.document, 1..2, &at(30));
    assert!(raw.row_text(0).starts_with("改␉革"));
    let shown = (0..raw.rows().len()).flat_map(|row| raw.row_text(row).chars());
    assert_eq!(shown.filter(|&c| c == '\t' || gate::denied(c)).count(), 0);
}

#[test]
fn a_raw_page_of_lines_that_the_document_does_not_have_is_empty() {
    let raw = RawPage::set(&glossed().document, 7..99, &at(30));
    assert!(raw.rows().is_empty());
    assert_eq!(raw.row_of(RawAnchor { line: 1, char: 0 }), 0);
    assert_eq!(
        RawPage::set(&glossed().document, 0..99, &at(30))
            .rows()
            .len(),
        6
    );
}

#[test]
fn a_place_is_the_same_in_the_raw_page() {
    let sample = glossed();
    let page = sample.page(SETTING);
    let raw_char = |part: Part, char: u32| {
        let anchor = page.anchor_of(part, char).expect("the case has the part");
        let raw = page.raw_anchor(sample.case(), anchor);
        let back = page.anchor_of_raw(sample.case(), raw);
        let line = sample.document.raw_line(raw.line);
        (
            raw.line,
            line.chars().nth(raw.char as usize),
            back == anchor,
        )
    };
    assert_eq!(raw_char(Part::Title(0), 1), (1, Some('選'), true));
    assert_eq!(raw_char(Part::Text(0), 3), (3, Some('求'), true));
    assert_eq!(raw_char(Part::Text(0), 5), (4, Some('改'), true));
    assert_eq!(raw_char(Part::Text(1), 0), (5, Some('今'), true));
    assert_eq!(raw_char(Part::Text(1), 7), (5, Some('創'), true));
}

#[test]
fn noise_and_blank_lines_lead_to_what_follows() {
    let sample = glossed();
    let page = sample.page(SETTING);
    let place = |line: u32, char: u32| {
        let anchor = page.anchor_of_raw(sample.case(), RawAnchor { line, char });
        let block = &page.blocks()[anchor.block as usize];
        (block.part, block.text.chars().nth(anchor.char as usize))
    };
    assert_eq!(place(1, 2), (Part::Title(0), Some('選')));
    assert_eq!(place(2, 0), (Part::Text(0), Some('發')));
    assert_eq!(place(5, 0), (Part::Text(1), Some('今')));
    assert_eq!(place(6, 1), (Part::Text(1), Some('。')));
    assert_eq!(place(99, 0), (Part::Text(1), Some('。')));
}

#[test]
fn byline_and_source_stand_at_the_cases_first_line() {
    let sample = glossed();
    let page = sample.page(SETTING);
    let byline = page
        .anchor_of(Part::Byline, 4)
        .expect("every page has a byline");
    assert_eq!(
        page.raw_anchor(sample.case(), byline),
        RawAnchor { line: 1, char: 0 }
    );
}

#[test]
fn a_heading_that_leads_a_paragraph_is_a_section_of_the_page() {
    use anli::seeds::{Source, catalog::Catalog, read};
    let text = "湖区公园办法\n第一条　为了便民，制定本办法。\n第二条　公园免费开放。\n第三条　本办法自公布之日起施行。";
    let library = read(vec![Source::plain("law.txt", text)], &Catalog::default());
    let case = library.corpus.get(anli::corpus::CaseIndex(0));
    let page = Page::set(case, &Front::default(), &at(24));
    let headings: Vec<&str> = page.sections().iter().map(|s| page.heading(s)).collect();
    assert_eq!(headings, ["第一条", "第二条", "第三条"]);
    let second = &page.sections()[1];
    assert!(page.row_text(second.row).starts_with("第二条"));
}

// Tables.

/// A document that is a table below a title.
fn table_page(rows: &str, setting: Setting) -> (Page, String) {
    use anli::seeds::{Source, catalog::Catalog, read};
    let text = format!("各单位经费安排\n{rows}\n以上为初步安排。");
    let library = read(vec![Source::plain("table.txt", text)], &Catalog::default());
    let case = library.corpus.get(anli::corpus::CaseIndex(0));
    let page = Page::set(case, &Front::default(), &setting);
    (page, case.text())
}

const TABLE: &str = "姓名\t单位\t金额\n张三\t市教育局\t100\n欧阳小明\t市民政局\t20";

#[test]
fn a_table_that_fits_has_columns() {
    let (page, _) = table_page(TABLE, at(40));
    let text = shown(&page).replace('\t', "  ");
    assert_eq!(
        text,
        "各单位经费安排\n\
         \n\
         姓名  ____单位  ____金额\n\
         张三  ____市教育局  100\n\
         欧阳小明  市民政局  20\n    \
         以上为初步安排。"
    );
    let head = page
        .rows()
        .iter()
        .filter(|row| row.role == RowRole::TableHead);
    assert_eq!(head.count(), 1);
}

#[test]
fn a_table_that_does_not_fit_has_a_row_for_each_cell_after_its_columns_name() {
    let (page, _) = table_page(TABLE, at(20));
    let text = shown(&page).replace('\t', "  ");
    assert_eq!(
        text,
        "各单位经费安排\n\
         \n\
         姓名  单位  金额\n\
         \n\
         姓名：张三\n\
         单位：市教育局\n\
         金额：100\n\
         \n\
         姓名：欧阳小明\n\
         单位：市民政局\n\
         金额：20\n  \
         以上为初步安排。"
            .replace("\n  以上", "\n以上")
    );
}

proptest! {
    #[test]
    fn no_cell_of_a_table_is_lost_and_none_runs_over(
        rows in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![2 => "[甲乙丙0-9a-c ]{0,12}", 1 => "\u{3000}?"], 2..5), 2..6),
        columns in 6..60_u16,
    ) {
        let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
        let (page, text) = table_page(&lines.join("\n"), at(columns));
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let of_blocks = |index: usize| {
            let rows = page.rows().iter().enumerate().filter(|(_, row)| row.block as usize == index && row.role != RowRole::Blank);
            rows.map(|(at, _)| letters(page.row_text(at))).collect::<String>()
        };
        let all: String = (0..page.blocks().len())
            .filter(|&index| matches!(page.blocks()[index].part, Part::Text(_)))
            .map(of_blocks)
            .collect();
        prop_assert_eq!(all, letters(&text));
        for (at, row) in page.rows().iter().enumerate() {
            let gaps: u16 = page.row_gaps(at).iter().map(|gap| gap.columns).sum();
            for gap in page.row_gaps(at) {
                prop_assert!(page.row_text(at).is_char_boundary(gap.byte), "{gap:?}");
            }
            let used = row.indent + gaps + width::of_str(page.row_text(at), Ambiguous::Narrow);
            prop_assert!(used <= columns, "{used} in {columns}: {:?}", page.row_text(at));
            prop_assert!(width::of_str(&page.row_mark(at), Ambiguous::Narrow) <= row.indent);
            if row.role != RowRole::Blank {
                prop_assert_eq!(page.row_of(page.anchor_at(at)), at);
            }
        }
    }
}
