//! The papers of a round: 个人评分表, 评分汇总表, 评审纪要. They are in Chinese,
//! whatever the interface speaks.

use super::agenda::AgendaItem;
use super::exact::Exact;
use super::office::{Act, Log};
use super::panel::{Names, Panel};
use super::settings::{Blind, Entry, Mean, Quota, Round};
use super::standing::{Held, Standing};
use super::tally::{Case, Sheets, Tally};
use super::words::{self, OF_THIS_ROUND};
use crate::paper::{Block, Form, Paper};

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
        blocks.push(Block::Table(personal_head(round), rows.collect()));
    }
    blocks.extend([
        Block::Paragraph(OF_THIS_ROUND.to_owned()),
        Block::Paragraph("不同意见及理由：".to_owned()),
        Block::Line(String::new()),
        Block::Line(format!("评分文件校验值（SHA-256）：{fingerprint}")),
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
    let title = match round.blind {
        Blind::None | Blind::Labels => case.title.clone(),
        Blind::Text => NONE.to_owned(),
    };
    let mut row = vec![case.id.clone(), title];
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
pub fn total(round: &Round, points: Option<&[Option<super::exact::Points>]>) -> String {
    let parts = points.and_then(|points| {
        let parts = points.iter().enumerate();
        parts
            .map(|(criterion, given)| given.map(|given| round.part(criterion, given)))
            .sum::<Option<i128>>()
    });
    parts.map_or(NONE.to_owned(), |sum| round.total(sum).half_up(2))
}

/// The sum sheet of the round: a table a category, a column a juror; with what is
/// missing of it.
pub fn summary(
    sheets: &Sheets<'_>,
    tally: &Tally,
    how: Names,
    missing: &[String],
    fingerprint: &str,
) -> Paper {
    let round = sheets.round;
    let panel = Panel::of(round, how);
    let title = format!("{}评分汇总表", round.name);
    let mut blocks = vec![
        Block::Title(vec![title.clone()]),
        Block::Below(format!("按{}排名", mean_name(round.mean))),
    ];
    for category in &tally.categories {
        let places = category.line.places;
        let head = format!("{}（名额 {places}）", category.name);
        blocks.push(Block::Heading(1, head));
        let rows = category
            .cases
            .iter()
            .map(|&at| summary_row(sheets, tally, &panel, at));
        blocks.push(Block::Table(summary_head(&panel), rows.collect()));
        let remarks = words::remarks(sheets, tally, category, &panel).into_iter();
        blocks.extend(remarks.map(|remark| Block::Paragraph(remark.chinese().to_owned())));
    }
    if !tally.unplaced.is_empty() {
        blocks.push(Block::Heading(1, UNPLACED.to_owned()));
        let rows = tally.unplaced.iter();
        let rows = rows.map(|&at| summary_row(sheets, tally, &panel, at));
        blocks.push(Block::Table(summary_head(&panel), rows.collect()));
        let said = words::unplaced().chinese().to_owned();
        blocks.push(Block::Paragraph(said));
    }
    if !missing.is_empty() {
        let missing = missing.join("；");
        blocks.push(Block::Paragraph(format!("尚缺：{missing}。")));
    }
    blocks.push(Block::Paragraph(OF_THIS_ROUND.to_owned()));
    blocks.push(Block::Line(format!(
        "全部文件校验值（SHA-256）：{fingerprint}"
    )));
    if how == Names::Signed {
        blocks.push(Block::Paragraph("不同意见及理由：".to_owned()));
        blocks.push(Block::Line(String::new()));
        let mut places: Vec<String> = panel.listed().map(|name| format!("评委 {name}")).collect();
        places.extend(["监督人员", "日期"].map(str::to_owned));
        blocks.push(Block::Sign(places));
    }
    Paper {
        name: title,
        blocks,
        wide: true,
    }
}

fn summary_head(panel: &Panel) -> Vec<String> {
    let mut head: Vec<String> = ["名次", "编号", "案例", "申报单位"]
        .map(str::to_owned)
        .to_vec();
    head.extend(panel.listed().cloned());
    head.extend(
        [
            "得分数",
            "平均分",
            "去极值平均",
            "中位数",
            "均衡后",
            "标准差",
            "结果",
        ]
        .map(str::to_owned),
    );
    head
}

fn summary_row(sheets: &Sheets<'_>, tally: &Tally, panel: &Panel, at: usize) -> Vec<String> {
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
            None => short(&sheets.held[juror][at]).to_owned(),
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
    row.push(outcome(result).to_owned());
    row
}

/// A standing in a cell.
fn short(held: &Held) -> &'static str {
    match held.standing {
        Standing::Recused { .. } => "回避",
        Standing::Abstained => "弃评",
        Standing::Deferred => "暂缓",
        Standing::Incomplete(_) => "未评完",
        Standing::Unconfirmed(_) => "待确认",
        Standing::Unscored | Standing::Scored(_) => NONE,
    }
}

/// On which side of the line a case is.
pub fn outcome(result: &Case) -> &'static str {
    match result.chosen {
        Some(true) => "入选",
        Some(false) if result.voted_down => "表决未通过",
        Some(false) => "",
        None if result.rank.is_none() => NONE,
        None => "待决",
    }
}

/// A value with two decimals, or a dash.
pub fn printed(value: Option<&Exact>) -> String {
    value.map_or(NONE.to_owned(), |value| value.half_up(2))
}

/// The name of a mean.
pub const fn mean_name(mean: Mean) -> &'static str {
    match mean {
        Mean::Plain => "平均分",
        Mean::Trimmed => "去掉一个最高分和一个最低分后的平均分",
        Mean::Median => "中位数",
        Mean::Adjusted => "均衡后的平均分",
    }
}

/// What is missing of the round, a phrase a juror; nothing for those who are done.
pub fn missing(sheets: &Sheets<'_>, panel: &Panel) -> Vec<String> {
    let missing = words::missing(sheets, panel).into_iter();
    missing
        .map(|missing| missing.chinese().to_owned())
        .collect()
}

/// The minutes: settings, what was recorded, the result, places to sign.
pub fn minutes(sheets: &Sheets<'_>, tally: &Tally, log: &Log, fingerprint: &str) -> Paper {
    let round = sheets.round;
    let title = format!("{}评审纪要", round.name);
    let mut blocks = vec![Block::Title(vec![title.clone()])];
    blocks.push(Block::Heading(1, "一、评审办法".to_owned()));
    blocks.extend(method(round).into_iter().map(Block::Paragraph));
    blocks.push(Block::Heading(1, "二、评审经过".to_owned()));
    for record in &log.records {
        let said = act(sheets, &record.act);
        blocks.push(Block::Paragraph(format!("{}　{said}", record.time)));
    }
    blocks.push(Block::Heading(1, "三、评审结果".to_owned()));
    for category in &tally.categories {
        blocks.push(Block::Heading(2, category.name.clone()));
        let chosen = category
            .cases
            .iter()
            .filter(|&&at| tally.cases[at].chosen != Some(false) || tally.cases[at].voted_down);
        for &at in chosen {
            let (case, result) = (&sheets.docket.cases[at], &tally.cases[at]);
            let rank = result.rank.map_or(NONE.to_owned(), |rank| rank.to_string());
            blocks.push(Block::Paragraph(format!(
                "{rank}. {}（{}）　{}　{}",
                case.title,
                case.orgs,
                printed(result.ranking(round.mean)),
                outcome(result)
            )));
        }
    }
    blocks.push(Block::Heading(1, "四、不同意见".to_owned()));
    blocks.extend([
        Block::Line(String::new()),
        Block::Line(String::new()),
        Block::Paragraph("未签名又未书面说明理由的，视为同意评审结果。".to_owned()),
        Block::Paragraph(OF_THIS_ROUND.to_owned()),
        Block::Line(format!("全部文件校验值（SHA-256）：{fingerprint}")),
    ]);
    let mut places: Vec<String> = Panel::of(round, Names::Signed).names;
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
            mean_name(round.mean),
            quotas.join("，")
        ),
    ]
}

/// An act of the office as a sentence.
pub fn act(sheets: &Sheets<'_>, act: &Act) -> String {
    let title = |id: &str| {
        let found = sheets.docket.find(id);
        found.map_or(id.to_owned(), |at| {
            format!("{id}《{}》", sheets.docket.cases[at].title)
        })
    };
    let with = |reason: &str| {
        if reason.is_empty() {
            String::new()
        } else {
            format!("：{reason}")
        }
    };
    match act {
        Act::Check {
            case,
            result,
            reason,
            category,
        } => {
            let category = match category.as_str() {
                "" => String::new(),
                category => format!("，归入{category}"),
            };
            format!(
                "形式审查：{} {}{category}{}",
                title(case),
                result.name(),
                with(reason)
            )
        }
        Act::Settings {
            settings, reason, ..
        } => format!("评审设置 {settings}{}", with(reason)),
        Act::Open { missing, reason } if missing.is_empty() => format!("开放评分{}", with(reason)),
        Act::Open { missing, reason } => {
            format!("开放评分（尚缺：{}）{}", missing.join("；"), with(reason))
        }
        Act::Note { case, text } if case.is_empty() => format!("讨论：{text}"),
        Act::Note { case, text } => format!("讨论 {}：{text}", title(case)),
        Act::Order { cases, reason } => {
            format!("并列案例的次序：{}{}", cases.join("、"), with(reason))
        }
        Act::Vote { case, .. } => {
            let vote = act.vote(sheets.round.jurors.len() as u32).map(words::voted);
            let vote = vote.as_ref().map_or("", |vote| vote.chinese());
            format!("表决 {}：{vote}", title(case))
        }
        Act::Close { missing, reason } if missing.is_empty() => format!("结束评审{}", with(reason)),
        Act::Close { missing, reason } => {
            format!("结束评审（尚缺：{}）{}", missing.join("；"), with(reason))
        }
        Act::Publicity { from, to, contact } => {
            format!("公示：{from} 至 {to}，联系方式：{contact}")
        }
        Act::Objection {
            case,
            matter,
            finding,
            effect,
        } => {
            format!(
                "异议 {}：{matter}；核查：{finding}；处理：{effect}",
                title(case)
            )
        }
    }
}

/// The agenda of the discussion.
pub fn agenda(sheets: &Sheets<'_>, tally: &Tally, items: &[AgendaItem]) -> Paper {
    let title = format!("{}讨论议程", sheets.round.name);
    let head = [
        "次序",
        "编号",
        "案例",
        "名次",
        "得分",
        "距名额线",
        "极差",
        "提示",
    ]
    .map(str::to_owned);
    let rows = items
        .iter()
        .zip(1..)
        .map(|(item, number): (&AgendaItem, usize)| {
            let (case, result) = (&sheets.docket.cases[item.case], &tally.cases[item.case]);
            let mut notes = Vec::new();
            if item.tied {
                notes.push("跨线并列".to_owned());
            }
            if item.flags > 0 {
                notes.push(format!("{} 个分数偏离", item.flags));
            }
            vec![
                number.to_string(),
                case.id.clone(),
                case.title.clone(),
                result.rank.map_or(NONE.to_owned(), |rank| rank.to_string()),
                printed(result.ranking(sheets.round.mean)),
                printed(item.from_line.as_ref()),
                printed(item.range.as_ref()),
                notes.join("、"),
            ]
        });
    Paper {
        name: title.clone(),
        blocks: vec![
            Block::Title(vec![title]),
            Block::Table(head.to_vec(), rows.collect()),
            Block::Paragraph(OF_THIS_ROUND.to_owned()),
        ],
        wide: true,
    }
}
