//! Line breaking for mixed Chinese and Latin text.
//!
//! What may stand where in a row follows GB/T 15834—2011 section 5 and W3C
//! Requirements for Chinese Text Layout (CLREQ), 行首行尾禁则:
//!
//! 1. No row begins with a closing or pausing mark, a middle dot, a sign that
//!    belongs to the figure before it, `—`, `…`, `-`, `~` or `/`; so `——` and
//!    `……` stay whole. No row ends with an opening mark or a currency sign.
//! 2. Latin words and figures stay whole, with the signs inside them.
//! 3. Figures and numbers in Han stay with their counters and units, ranges and
//!    compounds stay whole, where room allows. A long run of figure and measure,
//!    `395.8平方公里` or `〔2017〕28号`, may break at a joint where the row would lack
//!    more than a fifth of its columns without it.
//! 4. A heading does not end in a row of one character.
//!
//! `choice` picks the rows for the whole paragraph: such that as little as
//! possible is broken (one breach of an earlier rule counts more than any number
//! of a later one), then such that the fewest lack more than a fifth, then such that
//! the fewest lack two Han or more, then such that they are as even as possible (least
//! sum of squared empty columns). Where nothing fits, a row ends inside a word, but
//! never inside a cluster, a character with the marks that belong to it.

mod boundary;
mod choice;
mod class;
mod figure;
mod justify;
mod parts;

use std::ops::Range;

use super::width::Ambiguous;
use boundary::{Quotes, Units};
use choice::{Lone, row_ends};

pub use justify::{Gap, Justify};
pub use parts::wrap_parts;

/// The columns a paragraph has: its first row may be shorter (an indent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Room {
    pub first: u16,
    pub rest: u16,
}

impl Room {
    /// As many columns for the first row as for all others.
    pub const fn even(columns: u16) -> Self {
        Self {
            first: columns,
            rest: columns,
        }
    }
}

/// Breaks one paragraph into rows, each a byte range of `text`.
///
/// An empty paragraph is one empty row; rows joined are the paragraph. A row is
/// at most as wide as its room, except for one character that is wider than
/// the room. Spaces at the end of a row are part of it, but hang: they are
/// invisible, and not counted. A paragraph has no line breaks; one that is there
/// nevertheless counts as a space.
pub fn wrap(text: &str, room: Room, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    rows(text, room, ambiguous, Lone::Uneven)
}

/// Breaks a heading into rows as [`wrap`] breaks a paragraph. The last row has
/// more than one character wherever the room allows.
pub fn wrap_heading(text: &str, room: Room, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    rows(text, room, ambiguous, Lone::Wrong)
}

fn rows(text: &str, room: Room, ambiguous: Ambiguous, lone: Lone) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut units = Units::default();
    let mut limit = STRETCH;
    let (mut start, mut quotes, mut first) = (0, Quotes::default(), room.first);
    loop {
        units.read(text, start, limit, quotes, ambiguous);
        let mut ends = row_ends(&units, Room { first, ..room }, lone);
        if !units.complete {
            let kept = ends.len().saturating_sub(SEAM);
            if kept == 0 && limit < LONGEST_STRETCH {
                limit *= 2;
                continue;
            }
            ends.truncate(kept.max(1));
        }
        for &end in &ends {
            let end = units.get(end).start;
            rows.push(start..end);
            start = end;
        }
        if units.complete {
            return rows;
        }
        let last = ends.last().copied().unwrap_or(0);
        quotes = units.quotes_at(last, quotes);
        first = room.rest;
    }
}

/// A very long paragraph is set in stretches of so many clusters, to bound what
/// is held in memory; each may take a row more than it would as part of a whole.
const STRETCH: usize = 4096;

/// So many where no row ends within fewer: only spaces and what takes no room can
/// be more than a row's worth of them, and such a run may break anywhere.
const LONGEST_STRETCH: usize = 1 << 18;

/// Rows at the end of a stretch that are set again with the next one, because
/// they were chosen without knowing what follows.
const SEAM: usize = 4;

#[cfg(test)]
mod tests {
    use super::Ambiguous::{Narrow, Wide};
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: u16, rows: &[&str]) {
        check_with(text, Room::even(columns), Narrow, rows);
    }

    #[track_caller]
    fn check_with(text: &str, room: Room, ambiguous: Ambiguous, rows: &[&str]) {
        let found: Vec<&str> = wrap(text, room, ambiguous)
            .into_iter()
            .map(|row| &text[row])
            .collect();
        assert_eq!(found, rows);
    }

    #[test]
    fn an_empty_paragraph_is_one_empty_row() {
        check("", 10, &[""]);
    }

    #[test]
    fn han_breaks_anywhere() {
        check("改革创新案例推动发展", 12, &["改革创新案例", "推动发展"]);
        check("改革创新案例推动发展", 13, &["改革创新案例", "推动发展"]);
    }

    #[test]
    fn the_first_row_may_be_shorter() {
        let room = Room { first: 8, rest: 12 };
        check_with(
            "改革创新案例推动发展",
            room,
            Narrow,
            &["改革创新", "案例推动发展"],
        );
    }

    #[test]
    fn closing_punctuation_never_starts_a_row() {
        check(
            "改革创新案例，推动发展",
            12,
            &["改革创新案", "例，推动发展"],
        );
        check("示范效应,值得推广", 8, &["示范效", "应,值得", "推广"]);
        check("评审组（专家）审阅", 12, &["评审组（专", "家）审阅"]);
        check(
            "率先试行“一地多用”模式",
            17,
            &["率先试行“一地多", "用”模式"],
        );
        check("降水频率达到百分之50%", 18, &["降水频率达到百分之", "50%"]);
        check("人人々々", 6, &["人", "人々々"]);
    }

    #[test]
    fn opening_punctuation_never_ends_a_row() {
        check("制定下发了《方案》", 12, &["制定下发了", "《方案》"]);
        check("青岛“三创”", 5, &["青岛", "“三", "创”"]);
        check("投入￥500和$30", 6, &["投入", "￥500", "和$30"]);
    }

    #[test]
    fn dashes_and_ellipses_stay_whole() {
        check("创新形象——青岛", 9, &["创新形", "象——青岛"]);
        check("创新形象……青岛", 9, &["创新形", "象……青岛"]);
        check_with("创新形——青岛", Room::even(10), Wide, &["创新形——", "青岛"]);
        check_with("创新形象——青", Room::even(10), Wide, &["创新形", "象——青"]);
    }

    #[test]
    fn latin_words_stay_whole() {
        check("海尔COSMOPlat入选", 10, &["海尔", "COSMOPlat", "入选"]);
        check("跨入G2B时代", 6, &["跨入", "G2B", "时代"]);
        check("建设5G+工厂", 7, &["建设5G+", "工厂"]);
        check("集聚5G+工厂", 6, &["集聚", "5G+", "工厂"]);
        check("采用B-T模式", 6, &["采用", "B-T", "模式"]);
        check("引入R&D中心", 6, &["引入", "R&D", "中心"]);
        check("see don’t", 7, &["see ", "don’t"]);
        check("新版v1.2.3上线", 9, &["新版", "v1.2.3", "上线"]);
    }

    #[test]
    fn latin_text_breaks_at_its_spaces_which_hang() {
        check("City Moves", 5, &["City ", "Moves"]);
        check("集聚City Moves音樂", 8, &["集聚City ", "Moves", "音樂"]);
        check("改革　创新", 4, &["改革　", "创新"]);
    }

    #[test]
    fn figures_stay_with_their_units_and_signs() {
        check("贷款达1.2万户", 12, &["贷款达", "1.2万户"]);
        check("贷款达42.32亿元", 14, &["贷款达", "42.32亿元"]);
        check("增长了89.5%", 10, &["增长了", "89.5%"]);
        check("截至到2016年", 10, &["截至到", "2016年"]);
        check("推进項目20余個，", 12, &["推进項目", "20余個，"]);
        check("灌溉用110 m3/亩", 12, &["灌溉用", "110 m3/亩"]);
        check("召开了第89次", 10, &["召开了", "第89次"]);
        check("於06:36发", 6, &["於", "06:36", "发"]);
        check("共1,662项", 8, &["共", "1,662项"]);
    }

    #[test]
    fn whatever_han_follows_a_figure_counts_and_stays() {
        check("覆盖全部12大领域", 10, &["覆盖全部", "12大领域"]);
        check("合計分為6大類別", 10, &["合計分為", "6大類別"]);
        check("建成厂房3.5万余平米", 14, &["建成厂房", "3.5万余平米"]);
        check("动员群众近9千多名", 13, &["动员群众近", "9千多名"]);
        check("拥有知识产权 264 件", 16, &["拥有知识产权 ", "264 件"]);
        check("名单G20成员", 8, &["名单G20", "成员"]);
    }

    #[test]
    fn a_number_in_han_stays_with_what_it_counts() {
        check("先后出台了三个办法", 12, &["先后出台了", "三个办法"]);
        check("一共召开了多次会议", 12, &["一共召开了", "多次会议"]);
        check("培训人员近千人次。", 14, &["培训人员近", "千人次。"]);
        check(
            "累计走访了数十余家企业",
            16,
            &["累计走访了", "数十余家企业"],
        );
        check("建立起第三方评估", 10, &["建立起", "第三方评估"]);
        check("覆盖全市四大领域", 11, &["覆盖全市", "四大领域"]);
        check("共投资三千二百萬元", 14, &["共投资", "三千二百萬元"]);
        check("用时不到半小时就好", 12, &["用时不到", "半小时就好"]);
    }

    #[test]
    fn a_numeral_in_a_word_counts_nothing() {
        check("推进全市的统一部署", 14, &["推进全市的统一", "部署"]);
        check("积极地服务于三农工作", 14, &["积极地服务于三", "农工作"]);
        check("他们建设好数字青岛", 12, &["他们建设好数", "字青岛"]);
        check("看来情况就是一般情况", 14, &["看来情况就是一", "般情况"]);
    }

    #[test]
    fn a_figure_in_tens_of_thousands_stays_with_what_it_counts() {
        check(
            "统计，在校学生共有38.33万人",
            24,
            &["统计，在校学生共有", "38.33万人"],
        );
    }

    #[test]
    fn a_long_figure_breaks_at_a_joint_rather_than_leave_a_hole() {
        check("面积为4.2平方公里", 14, &["面积为4.2平方", "公里"]);
        check("鲁办发〔2017〕32号", 16, &["鲁办发〔2017〕", "32号"]);
        check(
            "该区全部陆域面积总共达到395.8平方公里左右",
            36,
            &["该区全部陆域面积总共达到395.8平方", "公里左右"],
        );
        check(
            "调整后居民用水价格按每人每月3.65元/吨执行",
            36,
            &["调整后居民用水价格按每人每月3.65元/", "吨执行"],
        );
    }

    #[test]
    fn a_long_figure_stays_whole_where_it_leaves_a_fifth_of_the_row_at_most() {
        // Without 395.8平方公里 the first row lacks 4 of 24 columns, then 6.
        check(
            "全区面积总共约达到了395.8平方公里左右",
            24,
            &["全区面积总共约达到了", "395.8平方公里左右"],
        );
        check(
            "全区面积总共约达到395.8平方公里左右",
            24,
            &["全区面积总共约达到395.8", "平方公里左右"],
        );
    }

    #[test]
    fn a_heading_does_not_end_in_one_character() {
        let text = "（一）项目的创新性、领先性。";
        let rows = |columns| {
            let rows = wrap_heading(text, Room::even(columns), Narrow).into_iter();
            rows.map(|row| &text[row]).collect::<Vec<_>>()
        };
        assert_eq!(rows(27), ["（一）项目的创新性、领", "先性。"]);
        assert_eq!(rows(2).concat(), text);
    }

    #[test]
    fn ranges_stay_whole_where_room_allows() {
        check("用时需3—5年", 10, &["用时需", "3—5年"]);
        check("评审员80-100人", 12, &["评审员", "80-100人"]);
        check("收入为1.2万—1.5万", 12, &["收入为", "1.2万—1.5万"]);
        check("1.2万—1.5万", 8, &["1.2万—", "1.5万"]);
        check("年龄在40岁-65岁", 12, &["年龄在", "40岁-65岁"]);
    }

    #[test]
    fn ascii_quotation_marks_open_and_close_by_turns() {
        check("他说\"改革\"了", 5, &["他说", "\"改", "革\"了"]);
        check("他说'改革'了", 5, &["他说", "'改", "革'了"]);
        check("a \"b\" c", 4, &["a ", "\"b\" ", "c"]);
    }

    #[test]
    fn nested_quotation_marks_follow_their_own_direction() {
        check("“‘保险’项目”", 6, &["“‘保", "险’", "项目”"]);
    }

    #[test]
    fn marks_stay_with_their_base() {
        check("e\u{301}e\u{301}中", 1, &["e\u{301}", "e\u{301}", "中"]);
        check("葛\u{E0100}葛\u{E0100}", 2, &["葛\u{E0100}", "葛\u{E0100}"]);
        check(
            "👩\u{200D}👧👩\u{200D}👧",
            2,
            &["👩\u{200D}👧", "👩\u{200D}👧"],
        );
    }

    #[test]
    fn progress_is_made_where_nothing_fits() {
        check("改革", 1, &["改", "革"]);
        check("COSMOPlat", 4, &["COSM", "OPla", "t"]);
        check("，，，，", 2, &["，", "，", "，", "，"]);
        check("（（（（", 3, &["（", "（", "（", "（"]);
        check_with("改革", Room { first: 0, rest: 4 }, Narrow, &["改", "革"]);
    }

    #[test]
    fn the_lesser_rule_is_given_up_first() {
        // Unit before word, word before mark.
        check("（2016年）", 6, &["（2016", "年）"]);
        check("（20165", 6, &["（2016", "5"]);
    }

    #[test]
    fn a_word_longer_than_a_row_begins_where_it_stands() {
        check(
            "见www.qingdao.gov.cn网",
            8,
            &["见www.qi", "ngdao.go", "v.cn网"],
        );
    }

    #[test]
    fn a_single_character_makes_no_last_row() {
        check(
            "改革创新案例推动发展。",
            20,
            &["改革创新案例推动", "发展。"],
        );
        check(
            "改革创新案例推动发展方案改革创新案例推动发展方案完。",
            24,
            &[
                "改革创新案例推动发展方案",
                "改革创新案例推动发展方",
                "案完。",
            ],
        );
    }

    #[test]
    fn room_is_taken_from_the_row_before_to_make_rows_even() {
        // Filling the first row would leave six columns of the second empty.
        check(
            "改革创新案例推动COSMOPlat平台",
            12,
            &["改革创新", "案例推动", "COSMOPlat", "平台"],
        );
    }

    #[test]
    fn a_very_long_paragraph_is_set_as_a_whole() {
        let text = "改革创新，“推动”发展1.2万户".repeat(3000);
        let rows = wrap(&text, Room::even(40), Narrow);
        assert_eq!(rows.first().map(|row| row.start), Some(0));
        assert_eq!(rows.last().map(|row| row.end), Some(text.len()));
        assert!(rows.windows(2).all(|pair| pair[0].end == pair[1].start));
        let short =
            |row: &Range<usize>| super::super::width::of_str(&text[row.clone()], Narrow) < 30;
        assert!(!rows[..rows.len() - 1].iter().any(short));
    }

    #[test]
    fn an_endless_run_of_spaces_is_set_in_bounded_memory() {
        let text = " ".repeat(LONGEST_STRETCH + 5);
        let rows = wrap(&text, Room::even(40), Narrow);
        assert_eq!(rows.last().map(|row| row.end), Some(text.len()));
    }

    #[test]
    fn a_very_long_word_is_set_as_a_whole() {
        let text = "a".repeat(20_000);
        let rows = wrap(&text, Room::even(60_000), Narrow);
        assert_eq!((rows.len(), rows[0].end), (1, 20_000));
    }

    #[track_caller]
    fn check_spread(row: &str, columns: u16, expected: &str) {
        let mut shown = row.to_owned();
        let gaps = Justify::new(row, Narrow).row(0..row.len(), columns);
        for gap in gaps.iter().rev() {
            shown.insert_str(gap.byte, &"_".repeat(gap.columns.into()));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_spread_row_opens_behind_marks_and_around_latin_words_first() {
        check_spread("推动了BIM技术应用于工程", 25, "推动了_BIM_技术应用于工程");
        check_spread("改革创新，推动发展", 19, "改革创新，_推动发展");
        check_spread("打造 城市名片", 14, "打造 _城市名片");
    }

    #[test]
    fn a_spread_row_opens_on_both_sides_of_latin_or_on_none() {
        // One side is the edge of the row, or a mark, or the unit of a figure.
        check_spread("City Moves音乐现场", 19, "City Moves音乐_现场");
        check_spread("采用BIM，推动发展", 18, "采用BIM，_推动发展");
        check_spread("在2017年实现改革", 18, "在2017年_实现_改革");
        check_spread("达到了80%左右", 15, "达到了_80%_左右");
        check_spread("達到80％的村莊", 16, "達到_80％_的村莊");
        check_spread("了BIM", 6, "了BIM");
        // A place for two columns takes no single one.
        check_spread("了BIM了", 8, "了BIM了");
        check_spread("了BIM了", 9, "了_BIM_了");
    }

    #[test]
    fn a_spread_row_opens_between_han_evenly() {
        check_spread("改革创新案例推动发展", 21, "改革创新案例_推动发展");
        check_spread("改革创新案例推动发展", 22, "改革创新_案例推动_发展");
    }

    #[test]
    fn a_spread_row_never_opens_inside_words_figures_and_marks() {
        check_spread("“42.32亿元”", 13, "“42.32亿元”");
        check_spread("——COSMOPlat", 12, "——_COSMOPlat");
        check_spread("平方公里", 9, "平方公里");
    }

    #[test]
    fn a_spread_row_never_opens_inside_words_that_no_list_has() {
        for row in [
            "街长公示牌",
            "孵化器",
            "精细化管理",
            "孵化器孵化率",
            "街长制",
            "里长制",
        ] {
            let columns = super::super::width::of_str(row, Narrow) + 1;
            check_spread(row, columns, row);
        }
        check_spread("设置街长公示牌的道路", 21, "设置街长公示牌的_道路");
        check_spread("推进城市精细化管理和建设", 25, "推进城市精细化管理_和建设");
    }

    #[test]
    fn a_quotation_mark_is_known_for_what_it_is_in_every_row() {
        let text = "他说\"改革创新\"和\"开放\"了";
        let mut justify = Justify::new(text, Narrow);
        let first = text.find("创").expect("it is there");
        let gaps = |justify: &mut Justify, row: Range<usize>, columns| -> Vec<usize> {
            let gaps = justify.row(row, columns);
            gaps.iter().map(|gap| gap.byte).collect()
        };
        // 创新"和"开放"了: the first mark closes, the second opens.
        let behind = ["和", "了"].map(|c| text.find(c).expect("it is there"));
        assert_eq!(
            gaps(&mut justify, 0..first, 10),
            [text.find("\"改").expect("it is there")]
        );
        assert_eq!(gaps(&mut justify, first..text.len(), 17), behind);
        // In any order, and from the middle.
        assert_eq!(
            gaps(&mut Justify::new(text, Narrow), first..text.len(), 17),
            behind
        );
        assert_eq!(gaps(&mut justify, 0..first, 10).len(), 1);
    }

    #[test]
    fn a_row_that_is_full_or_far_too_short_is_not_spread() {
        check_spread("改革创新", 8, "改革创新");
        check_spread("改革创新", 40, "改革创新");
    }
}
