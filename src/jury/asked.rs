//! Questions to a juror: a choice between two contents of one entry, a sentence on a score
//! that is far off.

use super::entry::{Entry, Mark};
use super::seat::{Content, Seat};
use super::standing::Standing;
use crate::language::Sentence;
use crate::language::en::count_of;

/// One of several contents of an entry: how it is chosen, and what it says.
pub fn content(content: &Content) -> (String, Sentence) {
    let Entry {
        sequence,
        time,
        case,
        mark,
        comment,
        ..
    } = &content.entry;
    let (chinese, english) = match mark {
        Mark::Score(points) => {
            let given = points
                .iter()
                .map(|(name, points)| format!("{name}={points}"))
                .collect::<Vec<_>>()
                .join(" ");
            (given.clone(), given)
        }
        Mark::Recusal(ground) => (format!("回避={ground}"), format!("recusal={ground}")),
        Mark::Abstention => ("弃评".to_owned(), "abstention".to_owned()),
        Mark::Deferral => ("暂缓".to_owned(), "deferral".to_owned()),
        Mark::Withdrawal => ("撤回".to_owned(), "withdrawal".to_owned()),
        Mark::Choice { sequence, .. } => (
            format!("选定第 {sequence} 条"),
            format!("a choice of entry {sequence}"),
        ),
        Mark::Statement => ("说明".to_owned(), "statement".to_owned()),
        Mark::Comment => ("评语".to_owned(), "comment".to_owned()),
    };
    let said = |what: String| {
        let mut parts = vec![case.as_str(), &what, comment, time];
        parts.retain(|part| !part.is_empty());
        parts.join("  ")
    };
    let name = format!("{sequence}:{}", content.hash);
    (name, Sentence::new(said(chinese), said(english)))
}

/// The message that the juror meanwhile wrote about a case elsewhere, with the content, and that
/// the juror decides whether to overwrite it.
pub fn elsewhere(newer: &Content) -> Sentence {
    let (_, said) = content(newer);
    let (chinese, english) = (said.chinese(), said.english());
    Sentence::new(
        format!("本人在别处另有较新的记录（{chinese}），现已显示；刚才的未写入，仍要改请再写一次"),
        format!(
            "a newer entry was made elsewhere ({english}) and is shown now; this one is not written: write it again to go over that"
        ),
    )
}

/// The message that entries of the juror wait for a choice; `None` if none does.
pub fn waiting(seat: &Seat) -> Option<Sentence> {
    let mut sequences: Vec<u32> = seat.contents.iter().map(|c| c.entry.sequence).collect();
    sequences.dedup();
    let (first, count) = (sequences.first()?, sequences.len());
    Some(Sentence::new(
        format!("有 {count} 条记录内容不一（自第 {first} 条起），暂不计入，待选定（按 v）"),
        format!(
            "several contents, to be chosen between: {} (from number {first} on; `v`)",
            count_of(count, "entry")
        ),
    ))
}

/// The message that earlier points of a case that was since scored in part do not count until
/// the juror confirms them.
pub fn unconfirmed(seat: &Seat, case: usize) -> Option<Sentence> {
    let own = seat.own(case)?;
    if !matches!(own.standing, Standing::Incomplete(_)) {
        return None;
    }
    let criteria = seat.round.criteria.iter().enumerate();
    let waiting = criteria.filter(|(at, _)| own.waiting(*at).is_some());
    let names: Vec<&str> = waiting.map(|(_, rule)| rule.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        Sentence::new(
            format!("旧分待确认（按 y，或写“确认”）后计入：{}", names.join("、")),
            format!(
                "earlier points wait for `y` in the sheet, or `confirm`: {}",
                names.join(", ")
            ),
        )
    })
}

/// The request to the reading juror for a sentence on a score far from those of the others, if
/// the juror may see these.
pub fn own_flag(seat: &Seat, case: usize) -> Option<Sentence> {
    let own = seat.juror()?;
    let flags = &seat.tally.as_ref()?.cases.get(case)?.flags;
    let flag = flags
        .iter()
        .find(|flag| flag.juror == own && !flag.answered)?;
    let distance = flag.distance.signed(2);
    Some(Sentence::new(
        format!("※ 与其他评委中位数相差 {distance} 分，请作说明"),
        format!("※ {distance} from the median of the others: please add a sentence"),
    ))
}
