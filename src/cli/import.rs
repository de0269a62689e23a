//! `anli import`: stars, tags, notes and passages out of an export, into what is
//! kept.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint};
use serde::Serialize;

use super::arguments::{State, adopt};
use super::{Call, Failure, Outcome, Subcommand, arguments, complain, ids, load};
use crate::corpus::Corpus;
use crate::follow;
use crate::import::{self, Amiss, Cleaned, Conflict, Count, Kind, Mark, Position, Remark};
use crate::language::{Label, Labels, Language, quoted};
use crate::store::{NOTE_LIMIT, Report, TAG_LIMIT};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "import",
    synopsis: "FILE",
    about: |labels| labels.help.import,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let help = &labels.help;
    command
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(arguments::path())
                .value_hint(ValueHint::FilePath)
                .help(help.import_file),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .display_order(0)
                .help(help.dry_run),
        )
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let language = call.options.language;
    let dry = call.matches.get_flag("dry-run");
    if !dry && call.options.state == State::Off {
        return Err(Failure::Said(vec![
            NOWHERE.in_language(language).to_owned(),
        ]));
    }
    let path = call
        .matches
        .get_one::<PathBuf>("file")
        .expect("the parser asks for it")
        .as_path();
    let refuse = |why: &str| {
        let name = path.to_string_lossy();
        let sentence = match language {
            Language::Chinese => format!("无法导入 {name}：{why}"),
            Language::English => format!("cannot import {name}: {why}"),
        };
        Failure::Said(vec![sentence])
    };
    let text = load::import(path, call.labels).map_err(|why| refuse(&why))?;
    let given = import::read(&text).map_err(|error| refuse(error.message(language)))?;
    let corpus = call.library()?.corpus;
    let (mut store, reports) = call.options.state.open();
    let moved = adopt(&mut store, &corpus, language);
    let told = reports.iter().map(|report| report.message(language));
    if !dry && reports.iter().any(Report::prevents_saving) {
        return Err(Failure::Said(told.collect()));
    }
    told.chain(moved).for_each(|sentence| complain(&sentence));
    // The first of an id counts, as where a case is looked for by it.
    let cases = corpus.cases.iter().chain(&corpus.rest).rev();
    let known: HashMap<&str, &str> = cases.map(|case| (case.id.0.as_str(), case.key())).collect();
    let find = |id: &str| {
        let key = known
            .get(id)
            .or_else(|| known.get(ids::folded(id).as_str()));
        key.map(|key| (*key).to_owned())
    };
    let text = |key: &str| {
        let mut cases = corpus.iter();
        let found = cases.find(|(_, found)| found.case.key() == key);
        found.map(|(_, found)| found.text())
    };
    let mut joined = import::join(given, store.state(), find, text);
    for sentence in remarks(&joined, &corpus, call.labels) {
        complain(&sentence);
    }
    if !dry {
        let changes = std::mem::take(&mut joined.changes);
        store.apply_all(follow::with_places(changes, &corpus, store.state()));
        let mended = store
            .save()
            .map_err(|report| Failure::Said(vec![report.message(language)]))?;
        for report in mended {
            complain(&report.message(language));
        }
    }
    if call.matches.get_flag("json") {
        call.output.json(&Object::of(&joined, dry, &corpus))?
    } else {
        for line in summary(&joined, dry, language) {
            call.output.line(&line)?;
        }
    }
    Ok(if joined.is_whole() {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

const NOWHERE: Label = Label(
    "--no-state 时不保存标记，无法导入；只想看看会导入什么，请加 --dry-run",
    "with --no-state nothing is kept, so that nothing can be imported; --dry-run shows what would be",
);

/// The kinds of marks with their counts.
fn kinds(joined: &import::Outcome) -> [(Label, Count); 4] {
    [
        (Label("星标", "stars"), joined.stars),
        (Label("标签", "tags"), joined.tags),
        (Label("笔记", "notes"), joined.notes),
        (Label("摘录", "passages"), joined.passages),
    ]
}

fn summary(joined: &import::Outcome, dry: bool, language: Language) -> Vec<String> {
    let head = match (language, dry) {
        (Language::Chinese, true) => format!("{} 个案例（试运行，未保存）", joined.cases),
        (Language::Chinese, false) => format!("{} 个案例", joined.cases),
        (Language::English, true) => format!("cases: {} (dry run, nothing saved)", joined.cases),
        (Language::English, false) => format!("cases: {}", joined.cases),
    };
    let line = |(kind, count): (Label, Count)| {
        let Count {
            added,
            same,
            conflicts,
        } = count;
        let kind = kind.in_language(language);
        match language {
            Language::Chinese => {
                format!("{kind}：新增 {added}，已有 {same}，不一致 {conflicts}")
            }
            Language::English => {
                format!("{kind}: {added} added, {same} there already, {conflicts} different")
            }
        }
    };
    let lines = kinds(joined).into_iter().map(line);
    std::iter::once(head).chain(lines).collect()
}

/// What has to be known of single rows, one sentence each.
fn remarks(joined: &import::Outcome, corpus: &Corpus, labels: &Labels) -> Vec<String> {
    let language = labels.language;
    let unknown = joined.unknown.iter().map(|(place, id)| {
        let what = match dated(id, corpus) {
            Some(ids) => was_date(id, &ids, language),
            None => {
                let near = ids::find(corpus, id).err().unwrap_or_default();
                (labels.answer.unknown_id)(&quoted(id), &near)
            }
        };
        at(*place, &what, language)
    });
    let refused = joined
        .refused
        .iter()
        .map(|(place, case, amiss)| at(*place, &left_out(case, amiss, language), language));
    let conflicts = joined
        .conflicts
        .iter()
        .map(|conflict| at(conflict.place, &differs(conflict, language), language));
    let others = joined.remarks.iter().map(|(place, case, remark)| {
        at(*place, &taken_otherwise(case, remark, language), language)
    });
    unknown
        .chain(refused)
        .chain(conflicts)
        .chain(others)
        .collect()
}

fn at(place: Position, what: &str, language: Language) -> String {
    match (place, language) {
        (Position::Line(line), Language::Chinese) => format!("第 {line} 行：{what}"),
        (Position::Line(line), Language::English) => format!("line {line}: {what}"),
        (Position::Item(item), Language::Chinese) => format!("第 {item} 项：{what}"),
        (Position::Item(item), Language::English) => format!("item {item}: {what}"),
    }
}

/// The ids that a date was, see [`import::of_date`].
fn dated<'a>(id: &str, corpus: &'a Corpus) -> Option<Vec<&'a str>> {
    let ids = corpus.cases.iter().map(|case| case.id.0.as_str());
    import::of_date(id, ids)
}

fn was_date(id: &str, ids: &[&str], language: Language) -> String {
    let id = quoted(id);
    let right = if ids.is_empty() {
        "'2019-1".to_owned()
    } else {
        let ids: Vec<String> = ids.iter().map(|id| format!("'{id}")).collect();
        let or = Label(" 或 ", " or ").in_language(language);
        ids.join(or)
    };
    match (language, ids.is_empty()) {
        (Language::Chinese, true) => {
            format!(
                "“{id}”不是编号，像是表格软件由编号改成的日期或数字；请在编号前加撇号，如 {right}"
            )
        }
        (Language::Chinese, false) => {
            format!(
                "“{id}”不是编号，像是表格软件由编号改成的日期或数字；可能是 {right}，请改回并在前面加撇号"
            )
        }
        (Language::English, true) => format!(
            "“{id}” is no id but a date or number that a spreadsheet made of one; write the id with an apostrophe, as in {right}"
        ),
        (Language::English, false) => format!(
            "“{id}” is no id but a date or number that a spreadsheet made of one, perhaps of {right}; write the id with an apostrophe"
        ),
    }
}

fn left_out(case: &str, amiss: &Amiss, language: Language) -> String {
    match (amiss, language) {
        (Amiss::Star(cell), Language::Chinese) => {
            format!(
                "{case} 的 star 列应为 ★ 或留空，不能是“{}”；未导入",
                quoted(cell)
            )
        }
        (Amiss::Star(cell), Language::English) => format!(
            "{case}: the column star takes ★ or nothing, not “{}”: left out",
            quoted(cell)
        ),
        (Amiss::Passage(line), Language::Chinese) => format!(
            "{case} 的摘录应写作“[起-止] 引文”，如 [120-164] 引文，不能是“{}”；未导入",
            quoted(line)
        ),
        (Amiss::Passage(line), Language::English) => format!(
            "{case}: a passage is written “[start-end] quote”, as in [120-164] 引文, not “{}”: left out",
            quoted(line)
        ),
        (Amiss::TagLength(tag, chars), Language::Chinese) => format!(
            "{case} 的标签“{}”有 {chars} 字，最多 {TAG_LIMIT} 字；未导入",
            quoted(tag)
        ),
        (Amiss::TagLength(tag, chars), Language::English) => format!(
            "{case}: the tag “{}” has {chars} characters, {TAG_LIMIT} at most: left out",
            quoted(tag)
        ),
        (Amiss::NoteLength(chars), Language::Chinese) => {
            format!("{case} 的笔记将有 {chars} 字，最多 {NOTE_LIMIT} 字；未导入")
        }
        (Amiss::NoteLength(chars), Language::English) => format!(
            "{case}: the note would have {chars} characters, {NOTE_LIMIT} at most: left out"
        ),
    }
}

fn differs(conflict: &Conflict, language: Language) -> String {
    let case = &conflict.case;
    match (&conflict.kind, language) {
        (Kind::Note, Language::Chinese) => {
            format!("{case} 已有不同的笔记；导入的笔记附在其后，以“———”一行隔开")
        }
        (Kind::Note, Language::English) => {
            format!("{case} has another note; this one goes below it, behind a line ———")
        }
        (Kind::Passage(passage), Language::Chinese) => format!(
            "{case} 的 {}-{} 处已有文字不同的摘录，予以保留；未导入“{}”",
            passage.span.start,
            passage.span.end,
            quoted(&passage.quote)
        ),
        (Kind::Passage(passage), Language::English) => format!(
            "{case} has a passage with other words at {}-{}, which stays; “{}” is left out",
            passage.span.start,
            passage.span.end,
            quoted(&passage.quote)
        ),
    }
}

/// What became of a mark that was taken.
fn taken_otherwise(case: &str, remark: &Remark, language: Language) -> String {
    let chinese = language == Language::Chinese;
    match remark {
        Remark::Cleaned(mark, cleaned) => {
            let mark = match (mark, chinese) {
                (Mark::Note, true) => "笔记".to_owned(),
                (Mark::Note, false) => "note".to_owned(),
                (Mark::Tag(tag), true) => format!("标签“{}”", quoted(tag)),
                (Mark::Tag(tag), false) => format!("tag “{}”", quoted(tag)),
                (Mark::Passage(quote), true) => format!("摘录“{}”", quoted(quote)),
                (Mark::Passage(quote), false) => format!("passage “{}”", quoted(quote)),
            };
            let what = what_was_cleaned(*cleaned, chinese);
            if chinese {
                format!("{case} 的{mark}{what}")
            } else {
                format!("{case}: of the {mark}, {what}")
            }
        }
        Remark::Moved(passage, to) => {
            let (quote, from) = (quoted(&passage.quote), passage.span);
            if chinese {
                format!(
                    "{case} 的摘录“{quote}”不在 {}-{} 处，已按文字改为 {}-{}",
                    from.start, from.end, to.start, to.end
                )
            } else {
                format!(
                    "{case}: the passage “{quote}” is not at {}-{}; kept at {}-{}, where its words are",
                    from.start, from.end, to.start, to.end
                )
            }
        }
        Remark::Repeated(passage, count) => {
            let (quote, from) = (quoted(&passage.quote), passage.span);
            if chinese {
                format!(
                    "{case} 的摘录“{quote}”不在 {}-{} 处，正文另有 {count} 处相同文字；按原位置保存",
                    from.start, from.end
                )
            } else {
                format!(
                    "{case}: the passage “{quote}” is not at {}-{}, but {count} times elsewhere; kept with that place",
                    from.start, from.end
                )
            }
        }
        Remark::Absent(passage) => {
            let (quote, from) = (quoted(&passage.quote), passage.span);
            if chinese {
                format!(
                    "{case} 的正文中没有 {}-{} 处的摘录“{quote}”；仍予保存",
                    from.start, from.end
                )
            } else {
                format!(
                    "{case}: the text does not have the passage “{quote}” of {}-{}; kept all the same",
                    from.start, from.end
                )
            }
        }
    }
}

fn what_was_cleaned(cleaned: Cleaned, chinese: bool) -> String {
    let Cleaned { blanks, replaced } = cleaned;
    let parts = if chinese {
        [
            (blanks, format!("去掉了 {blanks} 个多余的空白")),
            (
                replaced,
                format!("有 {replaced} 个不可显示的字符换成了代替符号"),
            ),
        ]
    } else {
        [
            (
                blanks,
                match blanks {
                    1 => "a needless blank was left out".to_owned(),
                    _ => format!("{blanks} needless blanks were left out"),
                },
            ),
            (
                replaced,
                match replaced {
                    1 => "a character that cannot be shown was replaced".to_owned(),
                    _ => format!("{replaced} characters that cannot be shown were replaced"),
                },
            ),
        ]
    };
    let said: Vec<String> = parts
        .into_iter()
        .filter(|part| part.0 > 0)
        .map(|part| part.1)
        .collect();
    said.join(if chinese { "，" } else { " and " })
}

/// The outcome as JSON; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct Object<'a> {
    dry_run: bool,
    cases: usize,
    stars: Counts,
    tags: Counts,
    notes: Counts,
    passages: Counts,
    unknown: Vec<Unknown<'a>>,
    conflicts: Vec<Row<'a>>,
    refused: Vec<Row<'a>>,
    remarks: Vec<Remarked<'a>>,
}

#[derive(Serialize)]
struct Counts {
    added: usize,
    same: usize,
    conflicts: usize,
}

#[derive(Serialize)]
struct Unknown<'a> {
    line: Option<u64>,
    item: Option<u64>,
    id: &'a str,
    /// Whether it is a date or a number.
    dated: bool,
    near: Vec<&'a str>,
}

/// Something of one row: `value` is what was left out or differs.
#[derive(Serialize)]
struct Row<'a> {
    line: Option<u64>,
    item: Option<u64>,
    id: &'a str,
    mark: &'static str,
    value: Option<&'a str>,
}

/// A mark that was taken otherwise than the file has it.
#[derive(Serialize)]
struct Remarked<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    /// `cleaned`, `moved`, `repeated` or `absent`.
    what: &'static str,
}

impl<'a> Object<'a> {
    fn of(joined: &'a import::Outcome, dry_run: bool, corpus: &'a Corpus) -> Self {
        let [stars, tags, notes, passages] = kinds(joined).map(|(_, count)| Counts {
            added: count.added,
            same: count.same,
            conflicts: count.conflicts,
        });
        let unknown = joined.unknown.iter().map(|(place, id)| {
            let (line, item) = numbers(*place);
            let dates = dated(id, corpus);
            Unknown {
                line,
                item,
                id,
                dated: dates.is_some(),
                near: dates.unwrap_or_else(|| ids::find(corpus, id).err().unwrap_or_default()),
            }
        });
        let row = |place: Position, id: &'a str, mark, value| {
            let (line, item) = numbers(place);
            Row {
                line,
                item,
                id,
                mark,
                value,
            }
        };
        let conflicts = joined.conflicts.iter().map(|conflict| {
            let (mark, value) = match &conflict.kind {
                Kind::Note => ("note", None),
                Kind::Passage(passage) => ("passage", Some(&*passage.quote)),
            };
            row(conflict.place, &conflict.case, mark, value)
        });
        let refused = joined.refused.iter().map(|(place, case, amiss)| {
            let (mark, value) = match amiss {
                Amiss::Star(cell) => ("star", Some(&**cell)),
                Amiss::Passage(line) => ("passage", Some(&**line)),
                Amiss::TagLength(tag, _) => ("tag", Some(&**tag)),
                Amiss::NoteLength(_) => ("note", None),
            };
            row(*place, case, mark, value)
        });
        let remarks = joined.remarks.iter().map(|(place, case, remark)| {
            let (mark, value, what) = match remark {
                Remark::Cleaned(Mark::Note, _) => ("note", None, "cleaned"),
                Remark::Cleaned(Mark::Tag(tag), _) => ("tag", Some(tag), "cleaned"),
                Remark::Cleaned(Mark::Passage(quote), _) => ("passage", Some(quote), "cleaned"),
                Remark::Moved(passage, _) => ("passage", Some(&passage.quote), "moved"),
                Remark::Repeated(passage, _) => ("passage", Some(&passage.quote), "repeated"),
                Remark::Absent(passage) => ("passage", Some(&passage.quote), "absent"),
            };
            let row = row(*place, case, mark, value.map(String::as_str));
            Remarked { row, what }
        });
        Self {
            dry_run,
            cases: joined.cases,
            stars,
            tags,
            notes,
            passages,
            unknown: unknown.collect(),
            conflicts: conflicts.collect(),
            refused: refused.collect(),
            remarks: remarks.collect(),
        }
    }
}

fn numbers(place: Position) -> (Option<u64>, Option<u64>) {
    match place {
        Position::Line(line) => (Some(line), None),
        Position::Item(item) => (None, Some(item)),
    }
}
