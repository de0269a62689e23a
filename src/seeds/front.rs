//! The beginning of a document: its title, and what is recognised as a page's.
//!
//! The title of an official document goes on over several lines, `…人民政府办公厅` /
//! `关于对…` / `…的通知`; what its last line ends in shows that it is whole. Other
//! titles are one line.

use std::ops::Range;

use super::dates;
use super::headings;
use super::lines::{Line, Page, ends_a_sentence, is_short};
use crate::formats::{Role, Start};
use crate::text::script::to_simplified;

/// The longest title has four lines.
const MOST_LINES: usize = 4;

/// The longest line of a title, in characters.
const LONGEST: usize = 60;

/// What the titles of documents end in (Regulations on official documents of party
/// and government organs, 2012, article 8, and what offices issue beside them).
const KINDS: [&str; 61] = [
    "答复",
    "复文",
    "判决书",
    "裁定书",
    "决定书",
    "建议书",
    "倡议书",
    "意见书",
    "告知书",
    "责任书",
    "公开信",
    "说明",
    "讲话",
    "建议",
    "通知",
    "通报",
    "决定",
    "决议",
    "意见",
    "办法",
    "函",
    "批复",
    "公告",
    "通告",
    "公示",
    "公报",
    "条例",
    "规定",
    "规则",
    "细则",
    "章程",
    "方案",
    "规划",
    "计划",
    "纲要",
    "措施",
    "名单",
    "清单",
    "目录",
    "汇编",
    "选编",
    "结果",
    "报告",
    "请示",
    "令",
    "议案",
    "指南",
    "指引",
    "标准",
    "法",
    "命令",
    "纪要",
    "一览",
    "一览表",
    "要点",
    "总结",
    "规范",
    "协定",
    "宣言",
    "准则",
    "解释",
];

/// What a collection of cases calls itself at the end of its title.
const COLLECTIONS: [&str; 27] = [
    "汇编",
    "选编",
    "选集",
    "案例集",
    "集锦",
    "文集",
    "案例",
    "专刊",
    "专辑",
    "简报",
    "名单",
    "清单",
    "目录",
    "名录",
    "一览",
    "一览表",
    "做法",
    "经验",
    "项目",
    "成果",
    "结果",
    "举措",
    "事例",
    "榜",
    "榜单",
    "样本",
    "范例",
];

/// Whether a title, brackets at its end aside, names a collection of cases.
pub(super) fn names_a_collection(title: &str) -> bool {
    let title = to_simplified(without_brackets(title));
    COLLECTIONS.iter().any(|end| title.ends_with(end))
}

/// Whether a line speaks of what somebody did well, as the title of a list of cases does, a
/// line above it or the head of a column: 优秀案例名单, 复制推广的改革举措. Of works,
/// goods, grants and services there are lists of the same form.
pub(super) fn speaks_of_cases(text: &str) -> bool {
    const WORDS: [&str; 36] = [
        "案例",
        "创新",
        "改革",
        "经验",
        "做法",
        "举措",
        "成果",
        "典型",
        "优秀",
        "先进",
        "奖",
        "十佳",
        "十大",
        "最佳",
        "实践",
        "示范",
        "攻坚",
        "揭榜",
        "评选",
        "表彰",
        "表扬",
        "推广",
        "试点",
        "入选",
        "入围",
        "亮点",
        "品牌",
        "样本",
        "事例",
        "工作法",
        "便民",
        "为民",
        "利民",
        "惠民",
        "探索",
        "优化",
    ];
    let text = to_simplified(text);
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether a title calls for cases, which are still to come: 关于征集典型案例的通知.
pub(super) fn calls_for_cases(title: &str) -> bool {
    let title = to_simplified(title);
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    has(&["征集", "申报", "报送", "组织推荐", "开展评选"])
        && !has(&[
            "公布", "公示", "名单", "结果", "表彰", "通报", "汇编", "选编",
        ])
}

/// A title without the brackets at its end: `典型做法清单（共24项）`.
pub(super) fn without_brackets(title: &str) -> &str {
    let mut title = title.trim();
    while title.ends_with(['）', ')']) {
        let Some(open) = title.rfind(['（', '(']) else {
            break;
        };
        title = title[..open].trim_end();
    }
    title
}

/// Whether a line may be one of a title.
pub(super) fn may_be_title(text: &str) -> bool {
    is_short(text, LONGEST)
        && !ends_a_sentence(text)
        && !text.contains('。')
        && !text.ends_with(['：', ':', '，', ',', '、'])
        && !text.starts_with(['（', '(', '■', '—', '>', '①', '－'])
        && text.chars().any(char::is_alphanumeric)
        && headings::mark(text).is_none()
        && !text.contains('\t')
        && !is_contents_head(text)
        && !is_furniture(text)
        && dates::whole(text).is_none()
        && dates::number_line(text).is_none()
}

/// `目　录`
pub(super) fn is_contents_head(text: &str) -> bool {
    if !is_short(text, 8) {
        return false;
    }
    let name: String = text.split_whitespace().collect();
    matches!(&*name, "目录" | "目錄" | "目次")
}

/// Whether a line heads a part of a book around its cases: a note before or an appendix after
/// them.
pub(super) fn heads_a_part(text: &str) -> bool {
    matches!(
        text,
        "前言" | "序" | "序言" | "编者按" | "编写说明" | "后记"
    ) || begins_appendix(text)
}

/// `附录`, `附录一　名单`, `附录：评审办法`
pub(super) fn begins_appendix(text: &str) -> bool {
    let rest = ["附录", "附錄"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark));
    rest.is_some_and(|rest| {
        let mut rest = rest.chars();
        let follows =
            |c: char| c.is_whitespace() || c.is_ascii_digit() || "：:一二三四五六".contains(c);
        rest.next().is_none_or(follows) && is_short(text, 30) && !ends_a_sentence(text)
    })
}

/// `二、功能区创新工作案例`: the head of a group of cases, numbered.
pub(super) fn heads_a_group(text: &str) -> bool {
    let mark = headings::mark(text);
    let is_chinese = mark.is_some_and(|mark| mark.numbering == headings::Numbering::Chinese);
    is_chinese && is_short(text, 30) && names_a_collection(text)
}

/// `附件2`, in front of a title of its own.
fn is_annex_mark(text: &str) -> bool {
    let rest = text
        .strip_prefix("附件")
        .or_else(|| text.strip_prefix("附："));
    rest.is_some_and(|rest| {
        is_short(rest, 4)
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || "：:一二三四五六 ".contains(c))
    })
}

/// The places of the lines of a document's title; empty where none is recognised.
pub(super) fn title(page: &Page<'_>) -> Range<usize> {
    let lines = &page.lines;
    if let Some(title) = marked_title(page) {
        return title;
    }
    let is_before = |at: &usize| is_around(page.line(*at)) || is_letterhead(page, *at);
    let Some(first) = (0..lines.len().min(8)).find(|at| !is_before(at)) else {
        return 0..0;
    };
    // An official title may be broken after a comma.
    let may_go_on = |at: usize| {
        let text = page.line(at);
        let open = text.trim_end_matches(['、', '，']);
        let is_whole = open.len() == text.len();
        may_be_title(open) && (is_whole || (first..=at).any(|at| is_official(page.line(at))))
    };
    if !may_go_on(first) {
        return first..first;
    }
    let most = (first + MOST_LINES).min(lines.len());
    let goes_on = |at: &usize| may_go_on(*at) && lines[*at].number == lines[*at - 1].number + 1;
    let end = (first + 1..most)
        .take_while(goes_on)
        .last()
        .map_or(first + 1, |at| at + 1);
    let joined: String = (first..end).map(|at| page.line(at)).collect();
    if is_official(&joined) {
        // As long as no kind of document ends it.
        let mut so_far = String::new();
        for at in first..end {
            so_far.push_str(page.line(at));
            if is_official(&so_far) && ends_in_a_kind(&so_far) {
                return first..at + 1;
            }
        }
    }
    // Two offices, and in the next line what they hand on.
    if let Some(at) = (first + 1..end).find(|at| hands_on(page.line(*at))) {
        return first..at + 1;
    }
    let below = page.lines.get(end).map(|line| page.slice(line.range));
    // A salutation, a number or a first chapter shows that the title is whole.
    let is_addressed = |text: &str| text.ends_with(['：', ':']) && is_short(text, 60);
    if end > first + 1 && below.is_some_and(|text| follows_a_law(text) || is_addressed(text)) {
        let joined: String = (first..end).map(|at| page.line(at)).collect();
        if ends_in_a_kind(&joined) && !ends_in_a_kind(page.line(first)) {
            return first..end;
        }
    }
    let mut end = first + 1;
    while end < most && is_open(page.line(end - 1), page.line(end)) {
        end += 1;
    }
    first..end
}

/// The lines of the title of an official document, which names its body first; empty where
/// the title is no such or one line.
pub(super) fn official_title(page: &Page<'_>) -> Range<usize> {
    let title = title(page);
    let joined: String = title.clone().map(|at| page.line(at)).collect();
    if title.len() > 1 && is_official(&joined) {
        title
    } else {
        0..0
    }
}

/// The title that the format marks: a title, or the only heading of the highest level.
fn marked_title(page: &Page<'_>) -> Option<Range<usize>> {
    let level = |line: &Line| match line.format.role {
        Role::Title => Some(0),
        Role::Heading(level) => Some(level),
        _ => None,
    };
    let highest = page.lines.iter().filter_map(level).min()?;
    let is_highest = |at: &usize| level(&page.lines[*at]) == Some(highest);
    let first = (0..page.lines.len()).find(is_highest)?;
    let goes_on =
        |at: &usize| is_highest(at) && (highest == 0 || page.lines[*at].format.start != Start::New);
    let end = (first + 1..page.lines.len())
        .take_while(goes_on)
        .last()
        .map_or(first + 1, |at| at + 1);
    let only = (end..page.lines.len()).all(|at| !is_highest(&at));
    (only && first < 12).then_some(first..end)
}

/// The line that repeats the title, where one does within the next lines.
pub(super) fn repeated<'a>(page: &'a Page<'_>, title: &Range<usize>) -> Option<&'a Line> {
    let whole: String = title.clone().map(|at| page.line(at)).collect();
    let below = page.lines.iter().skip(title.end).take(4);
    let mut same = below.filter(|line| !whole.is_empty() && page.slice(line.range) == whole);
    same.next()
}

fn is_official(title: &str) -> bool {
    title.contains("关于") || title.contains("關於")
}

/// Whether a title ends in a kind of official document.
pub(super) fn ends_in_a_kind(title: &str) -> bool {
    let title = to_simplified(without_brackets(title));
    let title = title.trim_end_matches(['》', '”']);
    KINDS.iter().any(|end| title.ends_with(end))
}

/// Whether a title is that of a document that hands on another one: `印发《…意见》`.
fn hands_on(text: &str) -> bool {
    let words = ["印发", "转发", "批转", "发布", "公布"];
    words.iter().any(|word| text.starts_with(word)) && text.contains('《')
}

/// What follows the title of a law or order: when it was passed, its number, its
/// first chapter.
fn follows_a_law(text: &str) -> bool {
    text.starts_with(['（', '(', '第']) || dates::number_line(text).is_some()
}

/// Whether a title goes on in the next line: a quotation mark or bracket is open, or
/// the next line begins with a dash.
fn is_open(line: &str, next: &str) -> bool {
    let count = |marks: &[char]| line.matches(marks).count();
    let open = count(&['《', '“', '「', '（']) > count(&['》', '”', '」', '）']);
    open && may_be_title(next) || next.starts_with("——") && is_short(next, LONGEST)
}

/// Whether a line precedes the title on a page: navigation, or date and source.
fn is_around(text: &str) -> bool {
    const ARCHIVE: [&str; 3] = ["档号", "保存年限", "密级"];
    is_furniture(text)
        || is_annex_mark(text)
        || dates::key(text).is_some_and(|key| ARCHIVE.contains(&&*key))
        || is_short(text, 60) && dates::has_source(text)
}

/// Whether a line is of the head that official paper has printed (GB/T 9704—2012, 7.2):
/// copy number, secrecy, urgency, whose paper it is, the document's number, who signs.
/// More than that has to follow.
fn is_letterhead(page: &Page<'_>, at: usize) -> bool {
    const MARKS: [&str; 8] = [
        "特急",
        "加急",
        "急件",
        "特提",
        "签发人",
        "簽發人",
        "机密",
        "秘密",
    ];
    let text = page.line(at);
    let is_number = |text: &str| dates::number_line(text).is_some();
    let is_mark = |text: &str| {
        let is_copy = is_short(text, 6) && text.bytes().all(|b| b.is_ascii_digit());
        is_short(text, 30) && (is_copy || MARKS.iter().any(|mark| text.starts_with(mark)))
    };
    let follow = at + 1..(at + 4).min(page.lines.len());
    let is_paper =
        is_short(text, 40) && text.ends_with("文件") && !is_official(text) && !text.contains('《');
    let begins = at < 4 && (is_mark(text) || is_paper);
    is_number(text) && at + 1 < page.lines.len()
        || begins && follow.map(|at| page.line(at)).any(is_number)
}

/// Whether a line is what a web page has around its text.
pub(super) fn is_furniture(text: &str) -> bool {
    if !is_short(text, 80) {
        return false;
    }
    if !text.chars().any(char::is_alphanumeric) {
        return text
            .chars()
            .all(|c| matches!(c, '…' | '.' | '·' | '-' | '*' | '_' | '=' | ' '));
    }
    const SHARED: [&str; 12] = [
        "分享到",
        "分享至",
        "分享：",
        "收藏本页",
        "打印本页",
        "字号：",
        "【字体",
        "扫一扫",
        "上一篇",
        "下一篇",
        "返回顶部",
        "我要爆料",
    ];
    const FOOTER: [&str; 9] = [
        "版权所有",
        "Copyright",
        "copyright",
        "ICP备",
        "公网安备",
        "网站标识码",
        "网站地图",
        "技术支持：",
        "免责声明",
    ];
    const TRAIL: [&str; 6] = ["首页", "正文", "新闻", "当前位置", "频道", "首頁"];
    const LINKS: [&str; 5] = ["关于我们", "联系我们", "联系方式", "版权声明", "网站声明"];
    let words = |marks: &[char], words: &[&str]| {
        let mut parts = text.split(marks).map(str::trim);
        text.contains(marks)
            && parts.clone().all(|part| is_short(part, 16))
            && parts.any(|part| words.iter().any(|word| part.contains(word)))
    };
    let is_trail = words(&['>', '＞', '»'], &TRAIL) || words(&['|', '｜'], &LINKS);
    let inner = text.trim_start_matches(['[', '【', '(', '（']);
    let is_stamp = inner.len() < text.len()
        && ["更新时间", "更新于"]
            .iter()
            .any(|word| inner.starts_with(word));
    let text = inner;
    is_trail
        || is_stamp
        || SHARED.iter().any(|word| text.starts_with(word))
        || FOOTER.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let page = Page::new(text);
        let lines = title(&page);
        let found: String = lines.map(|at| page.line(at)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_official_title_goes_on_until_its_kind_is_named() {
        check(
            "甲省人民政府办公厅\n关于对若干地方\n予以表扬的通报\n甲政办发〔2019〕3号\n各市：",
            "甲省人民政府办公厅关于对若干地方予以表扬的通报",
        );
        check(
            "乙市人民政府关于\n印发办法的通知\n各区人民政府",
            "乙市人民政府关于印发办法的通知",
        );
        check(
            "甲省政府关于甲市、\n乙市两起事故\n处理情况的通报\n各市：",
            "甲省政府关于甲市、乙市两起事故处理情况的通报",
        );
        check(
            "甲国\n城市道路法\n（2001年2月3日通过）\n第一条　为了",
            "甲国城市道路法",
        );
    }

    #[test]
    fn what_official_paper_has_printed_at_its_head_is_no_title() {
        let title = "甲市人民政府关于修建两条道路的批复";
        for head in [
            "甲政字〔2021〕8号",
            "檔　號：\n保存年限：",
            "甲市人民政府文件\n甲政字〔2021〕8号",
            "000017\n特急\n中共甲市委员会文件\n甲政字〔2021〕8号　　签发人：王某",
            "机密★一年\n甲市人民政府文件\n\n甲政字〔2021〕8号",
        ] {
            let body = "乙县人民政府：\n来文收悉。";
            check(
                &format!("{head}\n\n甲市人民政府\n关于修建两条道路的批复\n\n{body}"),
                title,
            );
        }
        check(
            "关于清理文件的通知\n甲政字〔2021〕8号\n各县：",
            "关于清理文件的通知",
        );
        check("改革文件\n一批文件出台了。", "改革文件");
    }

    #[test]
    fn a_title_over_two_lines_is_whole_where_what_follows_shows_it() {
        check(
            "乙县民政局关于\n县政协第8号提案的答复\n李委员：",
            "乙县民政局关于县政协第8号提案的答复",
        );
        check(
            "丙县人民法院\n行政裁定书\n（2020）丙01行初7号",
            "丙县人民法院行政裁定书",
        );
        check(
            "甲省委办公厅\n甲省政府办公厅\n印发《养老服务意见》\n近日，",
            "甲省委办公厅甲省政府办公厅印发《养老服务意见》",
        );
        check(
            "对县人大第3号\n建议的办理意见\n王代表：",
            "对县人大第3号建议的办理意见",
        );
    }

    #[test]
    fn another_title_is_one_line() {
        check(
            "湖区公园办法\n（2021年1月1日通过）\n第一章　总则",
            "湖区公园办法",
        );
        check("小事不小\n小事不小\n评论员\n文字。", "小事不小");
        check(
            "首页 > 新闻 > 正文\n改革一年\n2022-01-01 来源：日报",
            "改革一年",
        );
        check("大题目\n——记一次改革\n文字。", "大题目——记一次改革");
    }

    #[test]
    fn a_sentence_and_a_numbered_line_are_no_titles() {
        check("近年来，改革深入推进。\n文字。", "");
        check("一、背景\n文字。", "");
    }

    #[test]
    fn navigation_and_footers_are_a_pages() {
        for line in [
            "首页 > 市情 > 正文",
            "分享到:",
            "关于我们 | 联系方式 | 版权声明",
            "Copyright © 某网 版权所有",
            "……",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in ["送：市司法局", "改革再出发", "A > B", "单位 | 案例"] {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
