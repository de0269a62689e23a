//! `anli compile`: a compilation of cases as a document.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Arg, ArgAction, Command, ValueHint};

use super::jury::{Ranked, ranked};
use super::{Call, Failure, Outcome, Subcommand, arguments, complain, export, ids};
use crate::case::{CaseId, CaseRef};
use crate::compile::{Layout, Order, Pick, Plan, compile};
use crate::export::create;
use crate::language::{Labels, Language, Sentence};
use crate::paper::Form;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "compile",
    synopsis: "[ID]...",
    about: |labels| labels.help.compile,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let help = &labels.help;
    let option = |name: &'static str, value: &'static str, text: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .display_order(0)
            .hide_possible_values(true)
            .help(text)
    };
    let flag = |name: &'static str, text: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .display_order(0)
            .help(text)
    };
    command
        .arg(ids::argument(labels).required(false).num_args(0..))
        .arg(export::query_option(help))
        .arg(option("layout", "LAYOUT", help.compile_layout).value_parser(["digest", "full"]))
        .arg(
            option("format", "FORMAT", help.compile_format).value_parser(Form::ALL.map(Form::name)),
        )
        .arg(
            option("output", "FILE", help.output)
                .value_parser(arguments::path())
                .value_hint(ValueHint::FilePath),
        )
        .arg(option("order", "ORDER", help.compile_order).value_parser(["rank", "fixed"]))
        .arg(option("title", "TEXT", help.compile_title).value_parser(arguments::word()))
        .arg(
            option("preface", "FILE", help.compile_preface)
                .value_parser(arguments::path())
                .value_hint(ValueHint::FilePath),
        )
        .arg(
            option("appendix", "FILE", help.compile_appendix)
                .value_parser(arguments::path())
                .value_hint(ValueHint::FilePath),
        )
        .arg(option("abstract", "ID=PART", help.compile_abstract).action(ArgAction::Append))
        .arg(flag("cover", help.compile_cover))
        .arg(flag("contents", help.compile_contents))
        .arg(flag("force", help.force))
        .arg(flag("guesses", help.export_guesses).requires("query"))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let named = call.matches.contains_id("id") || call.matches.contains_id("query");
    let mut unsettled = (Vec::new(), Vec::new(), true);
    let form = form(call)?;
    let (corpus, ranked) = match &call.options.round {
        Some(folder) if call.options.juror.is_none() => {
            let Ranked {
                corpus,
                cases,
                chosen,
                undecided,
                missing,
                is_closed,
            } = ranked(call, folder)?;
            unsettled = (undecided, missing, is_closed);
            (Arc::new(corpus), Some((cases, chosen)))
        }
        _ => (Arc::new(call.library()?.corpus), None),
    };
    let by_rank = match call.matches.get_one::<String>("order").map(String::as_str) {
        Some("rank") if ranked.is_none() => {
            let why = if call.options.round.is_some() {
                Sentence::new(
                    "按名次编印由办公室进行，不加 --juror",
                    "an order by rank is for the office; leave --juror out",
                )
            } else {
                Sentence::new(
                    "按名次编印须用 --round 指明评审",
                    "an order by rank needs the round: name it with --round",
                )
            };
            let why = why.in_language(call.options.language).to_owned();
            return Err(Failure::Said(vec![why]));
        }
        Some(order) => order == "rank",
        None => ranked.is_some() && !named,
    };
    let (mut cases, outcome) = match &ranked {
        Some((_, chosen)) if !named => {
            let mut chosen = chosen.clone();
            chosen.sort_unstable();
            let cases = chosen.into_iter().map(|index| corpus.get(index)).collect();
            (cases, Outcome::Done)
        }
        _ => export::selected(&corpus, call)?,
    };
    let order = if by_rank {
        let ranks = ranked.iter().flat_map(|(ranks, _)| ranks);
        let ids: Vec<&CaseId> = ranks.map(|&index| &corpus.get(index).case.id).collect();
        let place = |case: &CaseRef<'_>| ids.iter().position(|&id| *id == case.case.id);
        cases.sort_by_key(|case| place(case).unwrap_or(ids.len()));
        Order::Rank
    } else {
        Order::Fixed
    };
    let (undecided, missing, is_closed) = &unsettled;
    if ranked.is_some() && !named {
        warn_of_ties(call, undecided, cases.is_empty());
    }
    if cases.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let is_of_result = ranked.is_some() && (by_rank || !named);
    let is_unfinished = is_of_result && !is_closed;
    if is_unfinished {
        let language = call.options.language;
        let mut said = Sentence::new(
            "评审尚未结束，名次和入选结果可能变动，汇编中已注明",
            "the round is not closed, its ranks and choices may change, and the compilation says so",
        )
        .in_language(language)
        .to_owned();
        if !missing.is_empty() {
            let missing: Vec<&str> = missing
                .iter()
                .map(|said| said.in_language(language))
                .collect();
            said += &match language {
                Language::Chinese => format!("；尚缺：{}", missing.join("；")),
                Language::English => format!("; missing: {}", missing.join("; ")),
            };
        }
        complain(&said);
    }
    let text = |name: &str| call.matches.get_one::<String>(name).map(String::as_str);
    let path = call.matches.get_one::<PathBuf>("output").cloned();
    let mut note = told(call, "preface")?;
    if is_unfinished {
        let missing = if missing.is_empty() {
            ""
        } else {
            "评分未齐，"
        };
        let ties: String = undecided
            .iter()
            .map(|tie| format!("{}。", tie.chinese()))
            .collect();
        note = format!("编印时评审尚未结束，{missing}名次和入选结果可能变动。{ties}\n{note}");
    }
    let plan = Plan {
        layout: match text("layout") {
            Some("digest") => Layout::Digest,
            _ => Layout::Full,
        },
        order,
        title: text("title").unwrap_or("创新工作案例").to_owned(),
        cover: call.matches.get_flag("cover"),
        note,
        contents: call.matches.get_flag("contents"),
        appendix: told(call, "appendix")?,
        picked: picked(call, &cases)?,
    };
    let bytes = compile(&cases, &plan).write(form.unwrap_or(Form::Text));
    let count = cases.len();
    match path {
        Some(path) => {
            let overwrite = export::overwrite(&path, call);
            let written =
                create(&path, overwrite, |file| Ok(file.write_all(&bytes)?)).map_err(|error| {
                    Failure::Said(vec![export::sentence(&error, &path, call.labels)])
                })?;
            let name = written.to_string_lossy();
            call.output
                .line(&(call.labels.answer.exported)(count, &name))?;
        }
        None if form == Some(Form::Docx) => {
            let why = Sentence::new(
                "DOCX 须用 --output 写入文件",
                "DOCX goes to a file: name it with --output",
            );
            return Err(Failure::Said(vec![
                why.in_language(call.options.language).to_owned(),
            ]));
        }
        None => call.output.text(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(outcome)
}

/// Says which cases are tied across the line and not decided, and how to decide.
fn warn_of_ties(call: &Call, undecided: &[Sentence], is_nothing: bool) {
    let nothing = Sentence::new("没有入选的案例", "nothing is chosen");
    let mut said: Vec<Sentence> = undecided
        .iter()
        .map(|tied| {
            Sentence::new(
                format!("{}；请用 anli jury order 记录评审组的决定", tied.chinese()),
                format!(
                    "{}: record what the panel decides with `anli jury order`",
                    tied.english()
                ),
            )
        })
        .collect();
    if is_nothing {
        said.insert(0, nothing);
    }
    for sentence in said {
        complain(sentence.in_language(call.options.language));
    }
}

/// The format that `--format` or the ending of the file names; `None` without either.
fn form(call: &Call) -> Result<Option<Form>, Failure> {
    if let Some(name) = call.matches.get_one::<String>("format") {
        return Ok(Form::named(name));
    }
    let Some(path) = call.matches.get_one::<PathBuf>("output") else {
        return Ok(None);
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    let form = ending.and_then(|ending| Form::named(&ending.to_lowercase()));
    if form.is_some() {
        return Ok(form);
    }
    let (path, all) = (path.display(), Form::ALL.map(Form::name).join(" | "));
    let why = Sentence::new(
        format!("{path} 的扩展名不是汇编的格式；有：{all}，或用 --format 指明"),
        format!("{path}: its ending names no format; there are {all}, or name one with --format"),
    );
    Err(Failure::Said(vec![
        why.in_language(call.options.language).to_owned(),
    ]))
}

/// What is picked as the abstract of cases: `003-5=2` a paragraph, `003-5=成效` a section.
fn picked(call: &Call, cases: &[CaseRef<'_>]) -> Result<Vec<(String, Pick)>, Failure> {
    let refuse = |chinese: String, english: String| {
        let why = Sentence::new(chinese, english)
            .in_language(call.options.language)
            .to_owned();
        Failure::Said(vec![why])
    };
    let mut picked = Vec::new();
    let given = call.matches.get_many::<String>("abstract");
    for text in given.into_iter().flatten() {
        let Some((id, part)) = text.split_once(['=', '＝']) else {
            return Err(refuse(
                format!("--abstract {text} 应为 编号=段落序号 或 编号=章节标题中的文字"),
                format!("--abstract {text} must be ID=PARAGRAPH or ID=WORDS OF A HEADING"),
            ));
        };
        let (id, part) = (id.trim(), part.trim());
        let Some(case) = cases.iter().find(|case| case.case.id.0 == id) else {
            return Err(refuse(
                format!("--abstract：汇编中没有案例 {id}"),
                format!("--abstract: the compilation has no case {id}"),
            ));
        };
        let pick = Pick::of(part);
        if pick.text(*case).is_none() {
            return Err(refuse(
                format!("--abstract：{id} 没有第“{part}”段，也没有标题含“{part}”的一节"),
                format!("--abstract: {id} has no such paragraph or section: {part:?}"),
            ));
        }
        picked.push((id.to_owned(), pick));
    }
    Ok(picked)
}

/// The text of the file that an option names: the editor's note, the appendix.
fn told(call: &Call, option: &str) -> Result<String, Failure> {
    let Some(path) = call.matches.get_one::<PathBuf>(option) else {
        return Ok(String::new());
    };
    fs::read_to_string(path).map_err(|cause| {
        let why = call.labels.reason(&cause);
        Failure::Said(vec![(call.labels.reading.document)(
            &path.to_string_lossy(),
            &why,
        )])
    })
}
