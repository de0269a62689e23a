//! What is said of a juror's entries, on the command line and in the explorer alike.

use super::entry::LONGEST_TEXT;
use super::exact::{Exact, Points};
use super::office::Screening;
use super::panel::Panel;
use super::scores::LEAST_TO_TRIM;
use super::settings::{Mean, Quota, Round};
use super::standing::{Doubt, Held, Standing};
use super::tally::{Category, Flag, LeftOut, Parted, Sheets, Tally};
use super::vote::{Majority, Outcome, Vote};
use crate::language::en::count_of;
use crate::language::{Language, Sentence};

/// What every paper says of its scores.
pub const OF_THIS_ROUND: &str = "本轮评分由本轮评委依据本轮指标作出，与案例原获奖时的评审无关。";

/// The ground of a listed recusal where a blind round hides it.
pub const LISTED: &str = "设置中列明";

/// Only a juror writes entries.
pub fn name_the_juror() -> Sentence {
    Sentence::new("请用 --juror 写明评委姓名", "name the juror with --juror")
}

/// A juror records nothing for the panel.
pub fn for_the_office() -> Sentence {
    Sentence::new(
        "这一步由办公室进行，不加 --juror",
        "this is for the office; leave --juror out",
    )
}

/// The settings were changed and nobody recorded why.
pub fn unsettled() -> Sentence {
    Sentence::new(
        "开始评分后评审设置有改动；请运行 anli jury amend，并用 --reason 写明理由",
        "the settings were changed after the first score; record it with `anli jury amend` and a --reason",
    )
}

/// What became of the entries when the settings were changed: how many have other names
/// for their cases, how many scores count, how many wait.
pub fn amended(
    renamed: usize,
    counted: usize,
    waiting: usize,
    void: usize,
    gone: &[String],
) -> Sentence {
    let (mut chinese, mut english) = (String::new(), String::new());
    if renamed > 0 {
        chinese = format!("{renamed} 条记录用的是匿名设置改动前的案例编号，已对应到原来的案例。");
        english = format!(
            "{} with ids from before the round was made blind or ceased to be: kept with the cases meant. ",
            count_of(renamed, "entry")
        );
    }
    let (to_do, to_do_english) = match waiting {
        0 => ("", ""),
        _ => (
            "（评委在评分表中按 y，或用 anli jury score 写“确认”）",
            " (`y` in the score sheet, or `confirm`)",
        ),
    };
    chinese += &format!("{counted} 个评分照旧计入，{waiting} 个待评委确认后计入{to_do}");
    english += &format!(
        "scores that count as before: {counted}; that wait for their juror: {waiting}{to_do_english}"
    );
    if void > 0 {
        chinese += &format!("；{void} 个因打分方式已改（分值与百分制），须重新打分");
        english += &format!("; to be given anew, points and percents being changed: {void}");
    }
    if !gone.is_empty() {
        chinese += &format!("；{} 已不在评委名单，其评分不再计入", gone.join("、"));
        english += &format!(
            "; no longer on the panel, their scores do not count: {}",
            gone.join(", ")
        );
    }
    Sentence::new(chinese, english)
}

/// A text is too long.
pub fn too_long() -> Sentence {
    Sentence::new(
        format!("文字至多 {LONGEST_TEXT} 字"),
        format!("a text has at most {LONGEST_TEXT} characters"),
    )
}

/// The settings list a conflict of interest.
pub fn listed(ground: &str) -> Sentence {
    Sentence::new(
        format!("本案例应回避（{ground}），不能评分"),
        format!(
            "this juror is recused from the case ({})",
            ground_in_english(ground)
        ),
    )
}

/// A ground that follows from the settings, in English; others are in the words of whoever
/// wrote them.
fn ground_in_english(ground: &str) -> String {
    let known = [
        ("本单位（", "own organisation: "),
        ("本地区（", "own district: "),
    ];
    let within = |(chinese, english): (&str, &str)| {
        let name = ground.strip_prefix(chinese)?.strip_suffix('）')?;
        Some(format!("{english}{name}"))
    };
    let known = known.into_iter().find_map(within);
    let listed = (ground == LISTED).then(|| "listed in the settings".to_owned());
    known.or(listed).unwrap_or_else(|| ground.to_owned())
}

/// The juror declared a conflict of interest.
pub fn recused() -> Sentence {
    Sentence::new(
        "已声明回避；先撤回，再评分",
        "the case is recused; withdraw that before a score",
    )
}

/// Nothing to choose is so named.
pub fn no_choice(open: &str) -> Sentence {
    if open.is_empty() {
        return Sentence::new("没有待选定的记录", "there is nothing to choose between");
    }
    Sentence::new(
        format!("没有这样的待选定记录；有：{open}"),
        format!("nothing to choose is so named; there are {open}"),
    )
}

/// No points wait for the juror.
pub fn nothing_to_confirm() -> Sentence {
    Sentence::new("没有可确认的分数", "there are no points to confirm")
}

/// A recusal without its ground.
pub fn no_ground() -> Sentence {
    Sentence::new("回避须写明理由", "a recusal needs its ground")
}

/// A text that is no number of points.
pub fn no_points(criterion: &str, text: &str, most: Points) -> Sentence {
    Sentence::new(
        format!("{criterion} 的分数“{text}”应为 0 到 {most} 的数"),
        format!("{criterion} is {text:?}; expected a number from 0 to {most}"),
    )
}

/// More points than there are.
pub fn above(criterion: &str, most: Points, points: Points) -> Sentence {
    Sentence::new(
        format!("{criterion} 至多 {most} 分，不能是 {points}"),
        format!("{criterion} has at most {most} points, not {points}"),
    )
}

/// Points between two steps.
pub fn off_step(criterion: &str, step: Points, points: Points) -> Sentence {
    Sentence::new(
        format!("{criterion} 的分数须为 {step} 的倍数，不能是 {points}"),
        format!("{criterion} goes by steps of {step}; {points} is none"),
    )
}

/// Points for a criterion that the round does not have.
pub fn no_criterion(name: &str, round: &Round) -> Sentence {
    let all: Vec<&str> = round
        .criteria
        .iter()
        .map(|criterion| criterion.name.as_str())
        .collect();
    Sentence::new(
        format!("本轮没有“{name}”这项指标；有：{}", all.join("、")),
        format!(
            "the round has no criterion {name:?}; there are {}",
            all.join(", ")
        ),
    )
}

/// A score of a case that does not count, and why.
pub fn left_out(case: &str, why: &Sentence) -> Sentence {
    let (chinese, english) = (why.chinese(), why.english());
    Sentence::new(
        format!("{case} 的评分未计入：{chinese}"),
        format!("the score of {case} is left out: {english}"),
    )
}

/// What a vote comes to.
pub fn voted(vote: Vote) -> Sentence {
    let Vote {
        present,
        recused,
        yes,
        ..
    } = vote;
    let needed = vote.needed();
    let (needs, of) = match vote.majority {
        Majority::Half => ("过半数", "more than half"),
        Majority::TwoThirds => ("三分之二", "two thirds"),
    };
    let (chinese, english) = match vote.outcome() {
        Outcome::Passed => ("通过", "passed"),
        Outcome::Failed => ("未通过", "failed"),
        Outcome::NoQuorum => (
            "到会且不回避的不足三分之二，无效",
            "void: fewer than two thirds are present and not recused",
        ),
        Outcome::Impossible => ("票数有误，无效", "void: these numbers do not fit"),
    };
    Sentence::new(
        format!(
            "到会 {present} 人，回避 {recused} 人，同意 {yes} 票，须{needs}（{needed} 票），{chinese}"
        ),
        format!(
            "{present} present, {recused} recused, {yes} in favour of {needed} needed ({of}): {english}"
        ),
    )
}

/// That scores stay hidden until the office opens the round.
pub fn sealed() -> Sentence {
    Sentence::new(
        "本轮设复评，开放之前这里不显示评分，只列各评委的进度；要看汇总请用 anli jury tally",
        "this round has a revision: until it is opened only what each juror has done is shown here; `anli jury tally` prints the sums",
    )
}

/// That a juror does not see the scores of others yet.
pub fn not_open() -> Sentence {
    Sentence::new(
        "本轮尚未开放（不设复评的，尚未结束），只能查看本人的评分",
        "the round is not open, or without a revision not closed: a juror sees the own scores alone",
    )
}

/// An application is not in the library any more; so many jurors scored it.
pub fn gone(case: &str, scores: usize) -> Sentence {
    let (chinese, english) = uncounted(scores);
    Sentence::new(
        format!("案例 {case} 已不在案例库中（被移走、改名或无法读取）{chinese}"),
        format!(
            "case {case} is not in the library any more (moved, renamed or unreadable){english}"
        ),
    )
}

/// An application was scored by so many jurors and is not accepted now.
pub fn not_accepted(case: &str, result: Option<Screening>, scores: usize) -> Sentence {
    let (chinese, english) = uncounted(scores);
    let now = result.map_or("未受理", Screening::name);
    let english_now = result.map_or("not accepted", Screening::english);
    Sentence::new(
        format!("案例 {case} 现为{now}{chinese}"),
        format!("case {case} is {english_now} now{english}"),
    )
}

fn uncounted(scores: usize) -> (String, String) {
    if scores == 0 {
        return (String::new(), String::new());
    }
    (
        format!("，{scores} 名评委的评分未计入"),
        format!("; the scores of {} are left out", count_of(scores, "juror")),
    )
}

/// What is to be done about cases of no category of the round.
pub fn unplaced() -> Sentence {
    Sentence::new(
        "未分类的案例不参加排名：请办公室用 anli jury check 以 --case 编号 受理 类别=… 定类别。",
        "Cases of no category of the round have no rank: the office sets one with `anli jury check`, --case ID accepted category=….",
    )
}

/// Where the categories of applications come from.
pub fn of_categories() -> Sentence {
    Sentence::new(
        "类别取自材料所在类目的标题，没有的按单位名称推定（不是区市、功能区的归入部门）；带 * 的由办公室所定，改定用 --case 编号 受理 类别=…",
        "a category is that of the head above the case, else it follows from the organisation's name (部门 where that is of no district and no zone); * marks what the office set, with --case ID accepted category=…",
    )
}

/// A list of ids or names as a sentence in English has it.
fn in_english(list: &str) -> String {
    list.replace('、', ", ")
}

/// That these cases are of no category of the round.
pub fn without_category(cases: &[&str]) -> Sentence {
    let (count, cases) = (cases.len(), cases.join("、"));
    Sentence::new(
        format!("{count} 个案例未分类，不参加排名：{cases}"),
        format!(
            "{} of no category of the round, without a rank: {}",
            count_of(count, "case"),
            in_english(&cases)
        ),
    )
}

/// These applications cannot be read.
pub fn unread(names: &[&str]) -> Sentence {
    let (count, names) = (names.len(), names.join("、"));
    Sentence::new(
        format!("{count} 份申报材料无法读取，不在评审之列：{names}"),
        format!(
            "{} that cannot be read, not in the round: {}",
            count_of(count, "application"),
            in_english(&names)
        ),
    )
}

/// The office recorded what touches the result after the round was closed.
pub fn since_close(time: &str, records: usize) -> Sentence {
    Sentence::new(
        format!("本轮已于 {time} 结束，此后又有 {records} 条影响结果的记录"),
        format!(
            "the round was closed on {time}; since then the result was touched by {}",
            count_of(records, "record")
        ),
    )
}

/// That what is being recorded comes after the end and touches the result.
pub fn after_close(time: &str) -> Sentence {
    Sentence::new(
        format!("注意：本轮已于 {time} 结束，这条记录影响评审结果，核对时会指明"),
        format!(
            "note: the round was closed on {time}; this touches the result, and `verify` will name it"
        ),
    )
}

/// Returns the state of a juror's entry in words.
pub fn state(standing: &Standing) -> Sentence {
    let both = |chinese: &'static str, english: &'static str| Sentence::new(chinese, english);
    match standing {
        Standing::Unscored => both("未评", "not scored"),
        Standing::Incomplete(_) => both("未评完", "incomplete"),
        Standing::Scored(_) => both("已评", "scored"),
        Standing::Recused { ground, listed } => {
            let english = if *listed {
                ground_in_english(ground)
            } else {
                ground.clone()
            };
            Sentence::new(format!("回避（{ground}）"), format!("recused ({english})"))
        }
        Standing::Abstained => both("弃评", "abstained"),
        Standing::Deferred => both("暂缓", "put off"),
        Standing::Unconfirmed(doubt) => {
            let (chinese, english) = doubted(*doubt);
            if *doubt == Doubt::Unit {
                return Sentence::new(
                    format!("须重新打分（{chinese}）"),
                    format!("to be scored anew ({english})"),
                );
            }
            Sentence::new(
                format!("待确认（{chinese}）"),
                format!("to be confirmed ({english})"),
            )
        }
    }
}

/// Why an entry waits for its juror.
const fn doubted(doubt: Doubt) -> (&'static str, &'static str) {
    match doubt {
        Doubt::Rules => ("按旧规则所评", "scored by earlier rules"),
        Doubt::Unit => ("打分方式已改，原来的分数不能沿用", "given in another unit"),
        Doubt::Text => ("所评文本已更换", "scored on a text that was replaced"),
        Doubt::Points => ("分数不合规则", "points that the rules do not have"),
        Doubt::Disputed => (
            "同一序号两种内容，或写入后被改动",
            "two contents of one entry, or changed after it was written",
        ),
    }
}

/// That scores are the round's own.
pub const fn of_this_round(language: Language) -> &'static str {
    match language {
        Language::Chinese => OF_THIS_ROUND,
        Language::English => {
            "These scores are this round's alone, never those of an award that the cases had before."
        }
    }
}

/// What is to be said of a category below its table, a sentence each.
pub fn remarks(
    sheets: &Sheets<'_>,
    tally: &Tally,
    category: &Category,
    panel: &Panel,
) -> Vec<Sentence> {
    if category.is_partial {
        return vec![partial()];
    }
    let mut said = of_the_line(sheets, tally, category);
    let id = |at: &usize| sheets.docket.cases[*at].id.as_str();
    said.extend(without_one(sheets, tally, category, panel));
    for &at in &category.cases {
        let mut flags: Vec<&Flag> = tally.cases[at].flags.iter().collect();
        flags.sort_by_key(|flag| panel.place(flag.juror));
        for flag in flags {
            let (name, distance) = (&panel.names[flag.juror], flag.distance.signed(2));
            let id = id(&at);
            let (chinese, english) = if flag.answered {
                ("已", "a sentence is there")
            } else {
                ("未", "no sentence yet")
            };
            said.push(Sentence::new(
                format!(
                    "※ {name}对 {id} 的评分与其他评委中位数相差 {distance} 分，{chinese}作说明。"
                ),
                format!("※ {name} on {id}: {distance} from the median of the others, {english}."),
            ));
        }
    }
    said.extend(untrimmed(sheets, tally, category));
    said.extend(unconnected(sheets, tally));
    said.push(agreement(category));
    said
}

/// Why cases have no trimmed mean; where the round ranks by it, which have no rank.
fn untrimmed(sheets: &Sheets<'_>, tally: &Tally, category: &Category) -> Option<Sentence> {
    let is_untrimmed = |at: &&usize| {
        let case = &tally.cases[**at];
        case.count > 0 && case.trimmed.is_none()
    };
    let cases = category.cases.iter().filter(is_untrimmed);
    let cases: Vec<&str> = cases
        .map(|&at| sheets.docket.cases[at].id.as_str())
        .collect();
    if cases.is_empty() {
        return None;
    }
    let mut chinese = format!("得分不足 {LEAST_TO_TRIM} 个的案例，不计算去极值平均分");
    let mut english = format!("Cases with fewer than {LEAST_TO_TRIM} scores have no trimmed mean");
    if sheets.round.mean == Mean::Trimmed {
        chinese += &format!("；本轮以它排名，因此不列名次：{}", cases.join("、"));
        english += &format!(
            "; this round ranks by it, so that these have no rank: {}",
            cases.join(", ")
        );
    }
    Some(Sentence::new(chinese + "。", english + "."))
}

/// Why there is no adjusted mean, where the panel is not connected.
fn unconnected(sheets: &Sheets<'_>, tally: &Tally) -> Option<Sentence> {
    let (mut chinese, mut english) = (
        "评委和案例分成互不相连的几部分，没有评委同时评过两部分的案例，分数无法相互比较，因此没有均衡后平均分".to_owned(),
        "Jurors and cases fall into parts that no juror joins: their scores cannot be compared, and there is no adjusted mean".to_owned(),
    );
    if sheets.round.mean == Mean::Adjusted {
        chinese += "；本轮以它排名，因此不列名次";
        english += "; this round ranks by it, so that there are no ranks";
    }
    (!tally.connected).then(|| Sentence::new(chinese + "。", english + "."))
}

/// Returns a sentence for every juror whose absence would change the choice, or the reason
/// why that cannot be computed.
fn without_one(
    sheets: &Sheets<'_>,
    tally: &Tally,
    category: &Category,
    panel: &Panel,
) -> Vec<Sentence> {
    let id = |at: &usize| sheets.docket.cases[*at].id.as_str();
    let list = |cases: &[usize]| cases.iter().map(id).collect::<Vec<_>>().join("、");
    let mut left_out: Vec<&LeftOut> = category.left_out.iter().collect();
    left_out.sort_by_key(|left| panel.place(left.juror));
    let (untold, told): (Vec<&LeftOut>, Vec<&LeftOut>) = left_out
        .into_iter()
        .partition(|left| !left.unranked.is_empty());
    let mut said = Vec::new();
    for left in told {
        let name = &panel.names[left.juror];
        let (mut chinese, mut english) = (Vec::new(), Vec::new());
        for (cases, in_chinese, in_english_words) in [
            (&left.gains, "入选", "would be chosen"),
            (&left.losses, "落选", "would not"),
            (&left.tied, "跨名额线并列", "would be tied across the line"),
        ] {
            if !cases.is_empty() {
                let cases = list(cases);
                chinese.push(format!("{cases} {in_chinese}"));
                english.push(format!("{} {in_english_words}", in_english(&cases)));
            }
        }
        let (chinese, english) = (chinese.join("，"), english.join(", "));
        said.push(Sentence::new(
            format!("若不计{name}的评分，{chinese}。"),
            format!("Without the scores of {name}, {english}."),
        ));
    }
    // Jurors without whom the same cases have no mean share a sentence.
    let mut groups: Vec<(&[usize], Vec<&str>)> = Vec::new();
    for left in untold {
        let name = panel.names[left.juror].as_str();
        match groups.iter_mut().find(|(cases, _)| *cases == left.unranked) {
            Some((_, names)) => names.push(name),
            None => groups.push((&left.unranked, vec![name])),
        }
    }
    for (cases, names) in groups {
        let (why, why_in_english) = no_mean(sheets.round.mean, tally, cases);
        let ranked = category
            .cases
            .iter()
            .filter(|&&at| tally.cases[at].rank.is_some())
            .count();
        let (mut which, mut which_in_english) = (list(cases) + " ", in_english(&list(cases)));
        if cases.len() == ranked && ranked > 1 {
            which = "各案例".to_owned();
            which_in_english = "the cases".to_owned();
        }
        let (any, any_in_english) = match names.len() {
            1 => ("", ""),
            _ => ("中任何一人", "any one of "),
        };
        let names = names.join("、");
        said.push(Sentence::new(
            format!("若不计{names}{any}的评分，{which}{why}，无从比较名次的变化。"),
            format!(
                "Without the scores of {any_in_english}{}: {which_in_english} would have {why_in_english}, and whether places would change cannot be told.",
                in_english(&names)
            ),
        ));
    }
    said
}

/// Why these cases do not have the mean that ranks without the scores of a juror.
fn no_mean(mean: Mean, tally: &Tally, cases: &[usize]) -> (String, String) {
    let has_others = cases.iter().any(|&at| tally.cases[at].count > 1);
    match mean {
        Mean::Trimmed => (
            format!("得分不足 {LEAST_TO_TRIM} 个，没有去极值平均分"),
            format!("fewer than {LEAST_TO_TRIM} scores and no trimmed mean"),
        ),
        Mean::Adjusted if has_others => (
            "不再由共同的评委相连，没有均衡后平均分".to_owned(),
            "no adjusted mean, as no juror would join all cases".to_owned(),
        ),
        _ => ("没有得分".to_owned(), "no score".to_owned()),
    }
}

/// What the minutes say of the line of a category, and of who would change without one
/// juror.
pub fn of_the_result(
    sheets: &Sheets<'_>,
    tally: &Tally,
    category: &Category,
    panel: &Panel,
) -> Vec<Sentence> {
    let mut said = of_the_line(sheets, tally, category);
    said.extend(without_one(sheets, tally, category, panel));
    let ranks_by_it = sheets.round.mean == Mean::Trimmed;
    said.extend(untrimmed(sheets, tally, category).filter(|_| ranks_by_it));
    said.extend(unconnected(sheets, tally));
    said
}

/// The gap at the line of the quota, and what parts equal cases.
fn of_the_line(sheets: &Sheets<'_>, tally: &Tally, category: &Category) -> Vec<Sentence> {
    let id = |at: &usize| sheets.docket.cases[*at].id.as_str();
    let mut said = Vec::new();
    if let Some(gap) = &category.line.gap {
        let printed = gap.half_up(2);
        said.push(if printed == "0.00" && *gap != Exact::new(0, 1) {
            Sentence::new(
                "名额线上下相差不足 0.01 分，按未舍入的分数排名。",
                "The gap at the line is less than 0.01 points; ranks go by unrounded scores.",
            )
        } else {
            Sentence::new(
                format!("名额线上下相差 {printed} 分。"),
                format!("The gap at the line is {printed} points."),
            )
        });
    }
    said.extend(of_the_quota(sheets, category));
    if !category.line.tied.is_empty() {
        let tied: Vec<&str> = category.line.tied.iter().map(id).collect();
        let tied = tied.join("、");
        said.push(Sentence::new(
            format!("{tied} 跨名额线并列，须由评审组决定。"),
            format!(
                "{} are tied across the line: the panel has to decide.",
                in_english(&tied)
            ),
        ));
    }
    let down: Vec<&str> = category
        .cases
        .iter()
        .filter(|&&at| tally.cases[at].voted_down)
        .map(id)
        .collect();
    if !down.is_empty() {
        let down = down.join("、");
        said.push(Sentence::new(
            format!("{down} 表决未通过，不入选；空出的名额不自动递补。"),
            format!(
                "{}: voted down and not chosen; the place stays empty.",
                in_english(&down)
            ),
        ));
    }
    for at in &category.cases {
        let (chinese, english) = match tally.cases[*at].parted {
            Some(Parted::Criterion(criterion)) => {
                let name = &sheets.round.criteria[criterion].name;
                (format!("“{name}”平均分"), format!("the mean of {name}"))
            }
            Some(Parted::Decision) => (
                "评审组决定".to_owned(),
                "a decision of the panel".to_owned(),
            ),
            None => continue,
        };
        let id = id(at);
        said.push(Sentence::new(
            format!("{id} 的得分与其他案例相同，按{chinese}排序。"),
            format!("{id} has the mean of another case and is parted from it by {english}."),
        ));
    }
    said
}

/// That a quota chooses all cases there are, or a share none of them.
fn of_the_quota(sheets: &Sheets<'_>, category: &Category) -> Option<Sentence> {
    let mut rules = sheets.round.categories.iter();
    let rule = rules.find(|rule| rule.name == category.name)?;
    let cases = category.cases.len();
    match rule.quota {
        Quota::Number(number) if number as usize > cases && cases > 0 => Some(Sentence::new(
            format!("设置的名额 {number} 个，多于受理的 {cases} 个案例：有名次的全部入选。"),
            format!(
                "The quota is {number}, more than there are cases ({cases}): all that have a rank are chosen."
            ),
        )),
        Quota::Share(percent) if category.line.places == 0 && cases > 0 => Some(Sentence::new(
            format!("名额为受理案例的 {percent}%，{cases} 个案例向下取整不足 1 个：无人入选。"),
            format!(
                "The quota is {percent}% of {}, rounded down to none: nothing is chosen.",
                count_of(cases, "case")
            ),
        )),
        _ => None,
    }
}

/// Why a juror who is recused sees no ranks.
fn partial() -> Sentence {
    Sentence::new(
        "本人有应回避的案例，看不到其他评委对它的评分，因此这里不列名次、入选结果、均衡后平均分和评委宽严。",
        "This juror is recused from a case and sees no scores of it: there are no ranks, no line, no adjusted means and no severity here.",
    )
}

/// Ties across the line that nobody has decided, a phrase a category.
pub fn undecided(sheets: &Sheets<'_>, tally: &Tally) -> Vec<Sentence> {
    let tied = tally
        .categories
        .iter()
        .filter(|category| !category.line.tied.is_empty());
    let said = tied.map(|category| {
        let id = |&at: &usize| sheets.docket.cases[at].id.as_str();
        let ids: Vec<&str> = category.line.tied.iter().map(id).collect();
        let (name, ids) = (&category.name, ids.join("、"));
        Sentence::new(
            format!("{name} {ids} 跨名额线并列，未定次序"),
            format!(
                "{name}: {} are tied across the line and not decided",
                in_english(&ids)
            ),
        )
    });
    said.collect()
}

/// How far the jurors agree on the order of a category.
fn agreement(category: &Category) -> Sentence {
    let agreement = &category.agreement;
    let (jurors, cases) = (agreement.jurors, agreement.cases);
    let counts = [count_of(jurors, "juror"), count_of(cases, "case")].join(", ");
    match (&agreement.w, agreement.enough) {
        (Some(w), _) => {
            let w = w.half_up(3);
            Sentence::new(
                format!("评委意见一致程度（肯德尔 W，{jurors} 名评委、{cases} 个案例）：{w}。"),
                format!("Agreement (Kendall's W, {counts}): {w}."),
            )
        }
        (None, true) => Sentence::new(
            "各评委所评全部同分，无法计算一致程度。",
            "All jurors scored all cases alike: there is no measure of agreement.",
        ),
        (None, false) => Sentence::new(
            format!("评委或案例过少（{jurors} 名评委、{cases} 个案例），不计算一致程度。"),
            format!("Too few for a measure of agreement: {counts}."),
        ),
    }
}

/// What is missing of the round, a phrase a juror; nothing for those who are done.
pub fn missing(sheets: &Sheets<'_>, panel: &Panel) -> Vec<Sentence> {
    let count = |held: &[Held], is: fn(&Standing) -> bool| {
        held.iter().filter(|held| is(&held.standing)).count()
    };
    let of_juror = |(held, name): (&Vec<Held>, &String)| {
        let unscored = count(held, |s| {
            matches!(s, Standing::Unscored | Standing::Deferred)
        });
        let incomplete = count(held, |s| matches!(s, Standing::Incomplete(_)));
        let unconfirmed = count(held, |s| matches!(s, Standing::Unconfirmed(_)));
        let (mut chinese, mut english) = (Vec::new(), Vec::new());
        for (number, what, in_english) in [
            (unscored, "未评", "not scored"),
            (incomplete, "未评完", "incomplete"),
            (unconfirmed, "待确认", "to be confirmed"),
        ] {
            if number > 0 {
                chinese.push(format!("{what} {number} 个"));
                english.push(format!("{number} {in_english}"));
            }
        }
        (!chinese.is_empty()).then(|| {
            Sentence::new(
                format!("{name} {}", chinese.join("、")),
                format!("{name}: {}", english.join(", ")),
            )
        })
    };
    let jurors = panel
        .order
        .iter()
        .map(|&at| (&sheets.held[at], &panel.names[at]));
    jurors.filter_map(of_juror).collect()
}
