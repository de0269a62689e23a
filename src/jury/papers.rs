//! The papers of a round: 个人评分表, 评分汇总表, 评审纪要. As files they are in Chinese,
//! whatever the interface speaks; what a command prints of them is in its language.

use super::agenda::AgendaItem;
use super::blind;
use super::exact::{Exact, Points};
use super::office::{Act, Log};
use super::panel::{Names, Panel};
use super::settings::{Blind, Change, Entry, Mean, Quota, Round, names};
use super::standing::{Held, Standing};
use super::tally::{Case, Sheets, Tally};
use super::time;
use super::words::{self, OF_THIS_ROUND};
use crate::language::{Language, Sentence};
use crate::paper::{Block, Form, Paper, Table};

/// What a value is that is not there.
const NONE: &str = "—";

/// What the name of a juror's sheet begins with.
pub const PERSONAL: &str = "个人评分表-";
/// The name of the sum sheet for those who sign.
pub const SUMMARY: &str = "评分汇总表";
/// The name of the sum sheet that is published.
pub const PUBLISHED: &str = "评分汇总表-公布";
/// The name of the minutes.
pub const MINUTES: &str = "评审纪要";

/// Whether a file with this name is a paper of a round.
pub fn is_paper(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return false;
    };
    let forms = [Form::Markdown, Form::Html, Form::Docx];
    let is_form = forms.iter().any(|form| form.name() == ending);
    is_form && (stem.starts_with(PERSONAL) || [SUMMARY, PUBLISHED, MINUTES].contains(&stem))
}

/// The head above cases of no category of the round.
const UNPLACED: &str = "未分类";

/// The score sheet of one juror, by the position in the settings, with the
/// fingerprint of the juror's files.
pub fn personal(sheets: &Sheets<'_>, juror: usize, fingerprint: &str) -> Paper {
    let round = sheets.round;
    let name = &round.jurors[juror].name;
    let title = format!("{}个人评分表", round.name);
    let mut blocks = vec![
        Block::Title(vec![title.clone()]),
        Block::Below(format!("评委：{name}")),
    ];
    let category = |at: usize| sheets.docket.cases[at].category;
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    let all = 0..sheets.docket.cases.len();
    for rule in &round.categories {
        let is_of = |at: &usize| category(*at).is_some_and(|own| own.name() == rule.name);
        groups.push((&rule.name, all.clone().filter(is_of).collect()));
    }
    let unplaced: Vec<usize> = all
        .filter(|&at| !round.has_category(category(at)))
        .collect();
    if !unplaced.is_empty() {
        groups.push((UNPLACED, unplaced));
    }
    for (name, cases) in groups {
        blocks.push(Block::Heading(1, name.to_owned()));
        let rows = cases.iter().map(|&at| personal_row(sheets, juror, at));
        let head = personal_head(round);
        // What names the case, the points with their totals, state and comment.
        let groups = vec![2, head.len() - 4, 2];
        blocks.push(Block::Table(Table {
            rows: rows.collect(),
            head,
            groups,
        }));
    }
    blocks.extend([
        Block::Paragraph(OF_THIS_ROUND.to_owned()),
        Block::Paragraph("不同意见及理由：".to_owned()),
        Block::Line(String::new()),
        Block::Small(format!("评分文件校验值（SHA-256）：{fingerprint}")),
        Block::Sign(vec!["评委签名".to_owned(), "日期".to_owned()]),
    ]);
    Paper {
        name: title,
        blocks,
        wide: true,
    }
}

fn personal_head(round: &Round) -> Vec<String> {
    let mut head = vec!["编号".to_owned(), "案例".to_owned()];
    if round.blind == Blind::None {
        head.push("申报单位".to_owned());
    }
    head.extend(round.criteria.iter().map(|criterion| match round.entry {
        Entry::Points => format!("{}（{}分）", criterion.name, criterion.points),
        Entry::Percent => format!("{}（权重{}）", criterion.name, criterion.points),
    }));
    head.extend(["总分", "初评总分", "状态", "评语"].map(str::to_owned));
    head
}

fn personal_row(sheets: &Sheets<'_>, juror: usize, at: usize) -> Vec<String> {
    let round = sheets.round;
    let (case, held) = (&sheets.docket.cases[at], &sheets.held[juror][at]);
    let mut row = vec![case.id.clone(), blind::title(round, case)];
    if round.blind == Blind::None {
        row.push(case.orgs.clone());
    }
    let points = held.points();
    row.extend((0..round.criteria.len()).map(|criterion| {
        let given = points.and_then(|points| points[criterion]);
        given.map_or(NONE.to_owned(), |given| given.to_string())
    }));
    row.push(counted(round, held));
    let revised = held.revised.is_some();
    let first = if revised { held.first.as_deref() } else { None };
    row.push(total(round, first));
    let state = match &held.standing {
        // The ground of a listed recusal names the applicant.
        Standing::Recused { listed: true, .. } if round.blind != Blind::None => {
            format!("回避（{}）", words::LISTED)
        }
        standing => words::state(standing).chinese().to_owned(),
    };
    row.push(state);
    let mut said = vec![held.comment.clone()];
    said.extend(held.statements.iter().map(|said| format!("说明：{said}")));
    said.retain(|said| !said.is_empty());
    row.push(said.join("；"));
    row
}

/// The total of a score that counts or may once it is confirmed, printed: one that was
/// withdrawn or that a recusal took out is none.
pub fn counted(round: &Round, held: &Held) -> String {
    let has_total = matches!(
        held.standing,
        Standing::Scored(_) | Standing::Incomplete(_) | Standing::Unconfirmed(_)
    );
    total(round, held.points().filter(|_| has_total))
}

/// The total of a complete set of points, printed.
pub fn total(round: &Round, points: Option<&[Option<Points>]>) -> String {
    let sum = points.and_then(|points| complete(round, points));
    sum.unwrap_or_else(|| NONE.to_owned())
}

/// The total of a set of points with two decimals, if it is complete; none of more points
/// than there are, which earlier rules may have had.
pub fn complete(round: &Round, points: &[Option<Points>]) -> Option<String> {
    let parts = points.iter().enumerate().map(|(at, given)| {
        let given = (*given)?;
        let is_within = given <= round.most(&round.criteria[at]);
        is_within.then(|| round.part(at, given))
    });
    let sum = parts.sum::<Option<i128>>()?;
    Some(round.total(sum).half_up(2))
}

/// The sum sheet of the round: a table a category, a column a juror; with what is
/// missing of it.
pub fn summary(
    sheets: &Sheets<'_>,
    tally: &Tally,
    how: Names<'_>,
    missing: &[Sentence],
    fingerprint: &str,
) -> Paper {
    let mut paper = sums(sheets, tally, how, missing, Language::Chinese);
    let blocks = &mut paper.blocks;
    blocks.push(Block::Small(format!(
        "全部文件校验值（SHA-256）：{fingerprint}"
    )));
    if how == Names::Signed {
        blocks.push(Block::Paragraph("不同意见及理由：".to_owned()));
        blocks.push(Block::Line(String::new()));
        let panel = Panel::of(sheets.round, how);
        let mut places: Vec<String> = panel.listed().map(|name| format!("评委 {name}")).collect();
        places.extend(["监督人员", "日期"].map(str::to_owned));
        blocks.push(Block::Sign(places));
    }
    paper
}

/// One of two texts: in Chinese, in English.
const fn either(language: Language, texts: (&'static str, &'static str)) -> &'static str {
    match language {
        Language::Chinese => texts.0,
        Language::English => texts.1,
    }
}

/// The sum sheet without what makes a paper of it, as a command prints it.
pub fn sums(
    sheets: &Sheets<'_>,
    tally: &Tally,
    how: Names<'_>,
    missing: &[Sentence],
    language: Language,
) -> Paper {
    let round = sheets.round;
    let panel = Panel::of(round, how);
    let is_chinese = language == Language::Chinese;
    let mean = either(language, mean_name(round.mean));
    let (title, ranked) = if is_chinese {
        (format!("{}评分汇总表", round.name), format!("按{mean}排名"))
    } else {
        (
            format!("{}: tally", round.name),
            format!("ranked by the {mean}"),
        )
    };
    let mut blocks = vec![Block::Title(vec![title.clone()]), Block::Below(ranked)];
    for category in &tally.categories {
        let places = category.line.places;
        let head = if is_chinese {
            format!("{}（名额 {places}）", category.name)
        } else {
            format!("{} (places: {places})", category.name)
        };
        blocks.push(Block::Heading(1, head));
        let table = summary_table(sheets, tally, &panel, &category.cases, language);
        blocks.push(Block::Table(table));
        let remarks = words::remarks(sheets, tally, category, &panel).into_iter();
        blocks.extend(remarks.map(|said| Block::Paragraph(said.in_language(language).to_owned())));
    }
    if !tally.unplaced.is_empty() {
        let head = either(language, (UNPLACED, "of no category"));
        blocks.push(Block::Heading(1, head.to_owned()));
        let table = summary_table(sheets, tally, &panel, &tally.unplaced, language);
        blocks.push(Block::Table(table));
        let said = words::unplaced().in_language(language).to_owned();
        blocks.push(Block::Paragraph(said));
    }
    if !missing.is_empty() {
        let missing: Vec<&str> = missing
            .iter()
            .map(|missing| missing.in_language(language))
            .collect();
        blocks.push(Block::Paragraph(if is_chinese {
            format!("尚缺：{}。", missing.join("；"))
        } else {
            format!("Missing: {}.", missing.join("; "))
        }));
    }
    let of_this_round = words::of_this_round(language).to_owned();
    blocks.push(Block::Paragraph(of_this_round));
    Paper {
        name: title,
        blocks,
        wide: true,
    }
}

/// A table of the sum sheet: what names a case, what each juror gave, what it comes to.
fn summary_table(
    sheets: &Sheets<'_>,
    tally: &Tally,
    panel: &Panel,
    cases: &[usize],
    language: Language,
) -> Table {
    let row = |&at: &usize| summary_row(sheets, tally, panel, at, language);
    let jurors = panel.listed().count();
    let head = summary_head(panel, language);
    let groups = vec![3, 1 + jurors, head.len() - 4 - jurors];
    Table {
        rows: cases.iter().map(row).collect(),
        head,
        groups,
    }
}

fn summary_head(panel: &Panel, language: Language) -> Vec<String> {
    const BEFORE: [(&str, &str); 4] = [
        ("名次", "rank"),
        ("编号", "id"),
        ("案例", "case"),
        ("申报单位", "organisation"),
    ];
    const BEHIND: [(&str, &str); 7] = [
        ("得分数", "scores"),
        ("平均分", "mean"),
        ("去极值平均", "trimmed"),
        ("中位数", "median"),
        ("均衡后", "adjusted"),
        ("标准差", "spread"),
        ("结果", "result"),
    ];
    let say = |name: (&'static str, &'static str)| either(language, name).to_owned();
    let mut head = BEFORE.map(say).to_vec();
    head.extend(panel.listed().cloned());
    head.extend(BEHIND.map(say));
    head
}

fn summary_row(
    sheets: &Sheets<'_>,
    tally: &Tally,
    panel: &Panel,
    at: usize,
    language: Language,
) -> Vec<String> {
    let (case, result) = (&sheets.docket.cases[at], &tally.cases[at]);
    let mut row = vec![
        result.rank.map_or(NONE.to_owned(), |rank| rank.to_string()),
        case.id.clone(),
        case.title.clone(),
        case.orgs.clone(),
    ];
    row.extend(panel.order.iter().map(|&juror| {
        let flagged = result.flags.iter().any(|flag| flag.juror == juror);
        let mark = if flagged { "※" } else { "" };
        match &result.totals[juror] {
            Some(total) => format!("{}{mark}", total.half_up(2)),
            None => either(language, short(&sheets.held[juror][at])).to_owned(),
        }
    }));
    row.push(format!("{}/{}", result.count, result.totals.len()));
    for mean in [
        &result.plain,
        &result.trimmed,
        &result.median,
        &result.adjusted,
    ] {
        row.push(printed(mean.as_ref()));
    }
    let deviation = result
        .variance
        .as_ref()
        .map(|variance| variance.root_half_up(2));
    row.push(deviation.unwrap_or_else(|| NONE.to_owned()));
    row.push(either(language, outcome(result)).to_owned());
    row
}

/// Returns the state of an entry as a table cell prints it.
const fn short(held: &Held) -> (&'static str, &'static str) {
    match held.standing {
        Standing::Recused { .. } => ("回避", "recused"),
        Standing::Abstained => ("弃评", "abstained"),
        Standing::Deferred => ("暂缓", "put off"),
        Standing::Incomplete(_) => ("未评完", "incomplete"),
        Standing::Unconfirmed(_) => ("待确认", "to be confirmed"),
        Standing::Unscored | Standing::Scored(_) => (NONE, NONE),
    }
}

/// On which side of the line a case is, in Chinese and English.
pub const fn outcome(result: &Case) -> (&'static str, &'static str) {
    match result.chosen {
        Some(true) => ("入选", "chosen"),
        Some(false) if result.voted_down => ("表决未通过", "voted down"),
        Some(false) => ("", ""),
        None if result.rank.is_none() => (NONE, NONE),
        None => ("待决", "open"),
    }
}

/// A value with two decimals, or a dash.
pub fn printed(value: Option<&Exact>) -> String {
    value.map_or(NONE.to_owned(), |value| value.half_up(2))
}

/// The name of a mean.
const fn mean_name(mean: Mean) -> (&'static str, &'static str) {
    match mean {
        Mean::Plain => ("平均分", "mean"),
        Mean::Trimmed => (
            "去掉一个最高分和一个最低分后的平均分",
            "mean without the highest and the lowest score",
        ),
        Mean::Median => ("中位数", "median"),
        Mean::Adjusted => ("均衡后的平均分", "adjusted mean"),
    }
}

/// What is missing, as records have it.
pub fn recorded(missing: &[Sentence]) -> Vec<String> {
    let missing = missing.iter();
    missing
        .map(|missing| missing.chinese().to_owned())
        .collect()
}

/// The minutes: settings, what was recorded, the result, places to sign.
pub fn minutes(
    sheets: &Sheets<'_>,
    tally: &Tally,
    log: &Log,
    later: &[String],
    fingerprint: &str,
) -> Paper {
    let round = sheets.round;
    let panel = Panel::of(round, Names::Signed);
    let of = round.name.strip_suffix("评审").unwrap_or(&round.name);
    let title = format!("{of}评审纪要");
    let mut blocks = vec![Block::Title(vec![title.clone()])];
    blocks.push(Block::Heading(1, "一、评审办法".to_owned()));
    blocks.extend(method(round).into_iter().map(Block::Paragraph));
    blocks.push(Block::Heading(1, "二、评审经过".to_owned()));
    if !log.records.is_empty() {
        blocks.push(Block::Paragraph("时间均为北京时间。".to_owned()));
    }
    for record in &log.records {
        let said = act(sheets, &record.act);
        let (time, said) = (time::in_beijing(&record.time), said.chinese());
        blocks.push(Block::Paragraph(format!("{time}　{said}")));
    }
    if !later.is_empty() {
        blocks.push(Block::Paragraph(format!(
            "最近一次结束之后，评分文件又有改动：{}。下列结果按改动后的评分计算，与结束时的清单不符。",
            later.join("、")
        )));
    }
    blocks.push(Block::Heading(1, "三、评审结果".to_owned()));
    for category in &tally.categories {
        blocks.push(Block::Heading(2, category.name.clone()));
        let chosen: Vec<usize> = category
            .cases
            .iter()
            .filter(|&&at| tally.cases[at].chosen != Some(false) || tally.cases[at].voted_down)
            .copied()
            .collect();
        if chosen.is_empty() {
            blocks.push(Block::Paragraph("无".to_owned()));
        }
        for at in chosen {
            let (case, result) = (&sheets.docket.cases[at], &tally.cases[at]);
            let rank = result.rank.map_or(NONE.to_owned(), |rank| rank.to_string());
            blocks.push(Block::Paragraph(format!(
                "{rank}. {}（{}）　{}　{}",
                case.title,
                case.orgs,
                printed(result.ranking(round.mean)),
                outcome(result).0
            )));
        }
        let said = words::of_the_result(sheets, tally, category, &panel).into_iter();
        blocks.extend(said.map(|said| Block::Paragraph(said.chinese().to_owned())));
    }
    blocks.push(Block::Heading(1, "四、不同意见".to_owned()));
    blocks.extend([
        Block::Line(String::new()),
        Block::Line(String::new()),
        Block::Paragraph("未签名又未书面说明理由的，视为同意评审结果。".to_owned()),
        Block::Paragraph(OF_THIS_ROUND.to_owned()),
        Block::Small(format!("全部文件校验值（SHA-256）：{fingerprint}")),
    ]);
    let mut places: Vec<String> = panel.names;
    places.extend(["主持人", "记录人", "日期"].map(str::to_owned));
    blocks.push(Block::Sign(places));
    Paper {
        name: title,
        blocks,
        wide: false,
    }
}

fn method(round: &Round) -> Vec<String> {
    let criteria: Vec<String> = round
        .criteria
        .iter()
        .map(|criterion| format!("{} {} 分", criterion.name, criterion.points))
        .collect();
    let quotas: Vec<String> = round
        .categories
        .iter()
        .map(|category| match category.quota {
            Quota::Number(number) => format!("{} {number} 个", category.name),
            Quota::Share(percent) => format!("{} {percent}%（向下取整）", category.name),
        })
        .collect();
    vec![
        format!(
            "评委 {} 名，各自独立评分。指标：{}。",
            round.jurors.len(),
            criteria.join("，")
        ),
        format!(
            "按{}排名。名额：{}。",
            mean_name(round.mean).0,
            quotas.join("，")
        ),
    ]
}

/// An act of the office as a sentence.
pub fn act(sheets: &Sheets<'_>, act: &Act) -> Sentence {
    let titles = |id: &str| {
        let found = sheets.docket.find(id);
        let title = found.map(|at| sheets.docket.cases[at].title.as_str());
        title.map_or_else(
            || (id.to_owned(), id.to_owned()),
            |title| (format!("{id}《{title}》"), format!("{id} ({title})")),
        )
    };
    let with = |mark: &str, text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("{mark}{text}")
        }
    };
    // Both languages of the beginning of a sentence, followed by the reason.
    let reasoned = |chinese: String, english: String, reason: &str| {
        Sentence::new(chinese + &with("：", reason), english + &with(": ", reason))
    };
    // What was missing is on record in Chinese.
    let gaps = |missing: &[String]| match missing.len() {
        0 => (String::new(), String::new()),
        count => (
            format!("（尚缺：{}）", missing.join("；")),
            format!(" (gaps on record: {count})"),
        ),
    };
    match act {
        Act::Check {
            case,
            result,
            reason,
            category,
        } => {
            let (chinese, english) = titles(case);
            reasoned(
                format!(
                    "形式审查：{chinese} {}{}",
                    result.name(),
                    with("，归入", category)
                ),
                format!(
                    "formal check: {english} {}{}",
                    result.english(),
                    with(", category ", category)
                ),
                reason,
            )
        }
        Act::Settings {
            settings,
            reason,
            changes,
            ..
        } => {
            let listed = |language: Language| {
                let change = |change: &Change| {
                    let key = names::key(&change.key, language);
                    let [old, new] =
                        [&change.old, &change.new].map(|value| names::value(value, language));
                    format!("{key} {old} → {new}")
                };
                let between = match language {
                    Language::Chinese => "；",
                    Language::English => "; ",
                };
                changes.iter().map(change).collect::<Vec<_>>().join(between)
            };
            let (chinese, english) = (listed(Language::Chinese), listed(Language::English));
            let (chinese, english) = (with("，", &chinese), with(", ", &english));
            reasoned(
                format!("评审设置改动（校验值 {settings}）{chinese}"),
                format!("settings changed ({settings}){english}"),
                reason,
            )
        }
        Act::Open { missing, reason } => {
            let (chinese, english) = gaps(missing);
            reasoned(
                format!("开放评分{chinese}"),
                format!("scores opened{english}"),
                reason,
            )
        }
        Act::Note { case, text } if case.is_empty() => {
            Sentence::new(format!("讨论：{text}"), format!("note: {text}"))
        }
        Act::Note { case, text } => {
            let (chinese, english) = titles(case);
            Sentence::new(
                format!("讨论 {chinese}：{text}"),
                format!("note on {english}: {text}"),
            )
        }
        Act::Order { cases, reason } => reasoned(
            format!("并列案例的次序：{}", cases.join("、")),
            format!("order of equal cases: {}", cases.join(", ")),
            reason,
        ),
        Act::Vote { case, .. } => {
            let vote = act.vote(sheets.round.jurors.len() as u32).map(words::voted);
            let (zh, en) = vote
                .as_ref()
                .map_or(("", ""), |vote| (vote.chinese(), vote.english()));
            let (chinese, english) = titles(case);
            Sentence::new(
                format!("表决 {chinese}：{zh}"),
                format!("vote on {english}: {en}"),
            )
        }
        Act::Close { missing, reason } => {
            let (chinese, english) = gaps(missing);
            reasoned(
                format!("结束评审{chinese}"),
                format!("round closed{english}"),
                reason,
            )
        }
        Act::Numbers { .. } => Sentence::new(
            "随机排定公布材料中评委的编号",
            "the numbers of the jurors in published papers drawn at random",
        ),
        Act::Papers { list, hash } => Sentence::new(
            format!("结束后写出各种表，清单 {list}，校验值 {hash}"),
            format!("papers written after the end: {list}, SHA-256 {hash}"),
        ),
        Act::Publicity { from, to, contact } => Sentence::new(
            format!(
                "公示：{} 至 {}，联系方式：{contact}",
                time::day_in_chinese(from),
                time::day_in_chinese(to)
            ),
            format!("published from {from} to {to}, contact: {contact}"),
        ),
        Act::Objection {
            case,
            matter,
            finding,
            effect,
        } => {
            let (chinese, english) = titles(case);
            let (found, follows) = (with("；核查：", finding), with("；处理：", effect));
            let found_english = with("; finding: ", finding);
            let follows_english = with("; effect: ", effect);
            Sentence::new(
                format!("异议 {chinese}：{matter}{found}{follows}"),
                format!("objection to {english}: {matter}{found_english}{follows_english}"),
            )
        }
    }
}

/// The agenda of the discussion: the cases, and what was said and decided so far.
pub fn agenda(
    sheets: &Sheets<'_>,
    tally: &Tally,
    items: &[AgendaItem],
    acts: &[Act],
    language: Language,
) -> Paper {
    let is_chinese = language == Language::Chinese;
    let name = &sheets.round.name;
    let title = if is_chinese {
        format!("{name}讨论议程")
    } else {
        format!("{name}: agenda")
    };
    const HEAD: [(&str, &str); 8] = [
        ("次序", "no."),
        ("编号", "id"),
        ("案例", "case"),
        ("名次", "rank"),
        ("得分", "mean"),
        ("距名额线", "to line"),
        ("极差", "range"),
        ("提示", "remark"),
    ];
    let head = HEAD.map(|name| either(language, name).to_owned());
    let rows = items
        .iter()
        .zip(1..)
        .map(|(item, number): (&AgendaItem, usize)| {
            let (case, result) = (&sheets.docket.cases[item.case], &tally.cases[item.case]);
            let mut notes = Vec::new();
            if item.tied {
                notes.push(either(language, ("跨线并列", "tied across the line")).to_owned());
            }
            if item.flags > 0 {
                notes.push(if is_chinese {
                    format!("{} 个分数偏离", item.flags)
                } else {
                    format!("scores far off: {}", item.flags)
                });
            }
            vec![
                number.to_string(),
                case.id.clone(),
                case.title.clone(),
                result.rank.map_or(NONE.to_owned(), |rank| rank.to_string()),
                printed(result.ranking(sheets.round.mean)),
                printed(item.from_line.as_ref()),
                printed(item.range.as_ref()),
                notes.join(either(language, ("、", ", "))),
            ]
        });
    let mut blocks = vec![
        Block::Title(vec![title.clone()]),
        Block::Table(Table {
            groups: vec![head.len()],
            head: head.to_vec(),
            rows: rows.collect(),
        }),
    ];
    let is_discussion =
        |act: &&Act| matches!(act, Act::Note { .. } | Act::Vote { .. } | Act::Order { .. });
    let said = acts
        .iter()
        .filter(is_discussion)
        .map(|said| act(sheets, said));
    blocks.extend(said.map(|said| Block::Paragraph(said.in_language(language).to_owned())));
    blocks.push(Block::Paragraph(words::of_this_round(language).to_owned()));
    Paper {
        name: title,
        blocks,
        wide: true,
    }
}
