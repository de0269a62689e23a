//! `anli jury`: a round from its settings to the papers.

mod check;
mod close;
mod desk;
mod office;
mod print;
mod score;

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, Command, ValueHint};

use super::{Call, Failure, Outcome, Subcommand, arguments};
use crate::corpus::{CaseIndex, Corpus};
use crate::jury::{said, words};
use crate::language::{Labels, Language, Sentence};
use crate::round::{self, Opened};
use desk::Desk;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "jury",
    synopsis: "ACTION DIR [ITEM]...",
    about: |labels| labels.help.jury,
    heeds: &["juror"],
    define,
    run,
};

/// One action of the subcommand.
struct Action {
    name: &'static str,
    /// The options that it heeds, `json` but for that of those that print it; `item` for
    /// items.
    heeds: &'static [&'static str],
    run: fn(&mut Call, &Path) -> Result<Outcome, Failure>,
}

/// Every action, in the order of a round.
const ACTIONS: [Action; 17] = [
    action("new", &["item"], new),
    action("check", &["item", "case", "reason", "accept"], check::run),
    action("score", &["item", "case"], score::run),
    action("status", &[], print::status),
    action("tally", &[], print::tally),
    action("amend", &["reason"], office::amend),
    action("open", &["reason"], office::open),
    action("agenda", &[], print::agenda),
    action("note", &["item", "case"], office::note),
    action("order", &["item", "reason"], office::order),
    action("vote", &["item", "case"], office::vote),
    action("sheets", &["output"], print::sheets),
    action("csv", &["output"], print::csv),
    action("close", &["reason"], close::run),
    action("verify", &[], close::verify),
    action("publicity", &["item"], office::publicity),
    action("objection", &["item", "case"], office::objection),
];

/// The actions that print JSON where they are asked for it.
const WITH_JSON: [&str; 2] = ["check", "tally"];

const fn action(
    name: &'static str,
    heeds: &'static [&'static str],
    run: fn(&mut Call, &Path) -> Result<Outcome, Failure>,
) -> Action {
    Action { name, heeds, run }
}

fn define(command: Command, labels: &Labels) -> Command {
    let help = &labels.help;
    let option = |name: &'static str, value: &'static str, text: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .display_order(0)
            .value_parser(arguments::word())
            .help(text)
    };
    let names = ACTIONS.iter().map(|action| PossibleValue::new(action.name));
    command
        .arg(
            Arg::new("action")
                .value_name("ACTION")
                .required(true)
                .value_parser(names.collect::<Vec<_>>())
                .hide_possible_values(true)
                .help(help.jury_action),
        )
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .value_parser(arguments::path())
                .value_hint(ValueHint::DirPath)
                .help(help.jury_dir),
        )
        .arg(
            Arg::new("item")
                .value_name("ITEM")
                .num_args(0..)
                .value_parser(arguments::word())
                .help(help.jury_item),
        )
        .arg(option("case", "ID", help.jury_case))
        .arg(option("reason", "TEXT", help.jury_reason))
        .arg(
            option("output", "PATH", help.jury_output)
                .value_parser(arguments::path())
                .value_hint(ValueHint::AnyPath),
        )
        .arg(
            Arg::new("accept")
                .long("accept")
                .action(ArgAction::SetTrue)
                .display_order(0)
                .help(help.jury_accept),
        )
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let name = call
        .matches
        .get_one::<String>("action")
        .expect("the parser asks for it");
    let folder = call
        .matches
        .get_one::<PathBuf>("dir")
        .expect("the parser asks for it")
        .clone();
    let action = ACTIONS
        .iter()
        .find(|action| action.name == name)
        .expect("the parser knows the actions from the same table");
    if call.matches.get_flag("json") && !WITH_JSON.contains(&action.name) {
        let [check, tally] = WITH_JSON;
        let sentence = Sentence::new(
            format!("{name} 没有 --json；{check} 和 {tally} 有"),
            format!("{name} has no --json; {check} and {tally} have"),
        );
        return Err(refuse(call, &sentence));
    }
    heeded(call, action)?;
    (action.run)(call, &folder)
}

/// Refuses words and options that the action would pass over.
fn heeded(call: &Call, action: &Action) -> Result<(), Failure> {
    let name = action.name;
    let is_given = |id: &&&str| {
        let source = call.matches.value_source(id);
        source == Some(ValueSource::CommandLine) && !action.heeds.contains(id)
    };
    let options = ["case", "reason", "output", "accept"];
    if let Some(option) = options.iter().find(is_given) {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("{name} 没有选项 --{option}"),
                format!("{name} has no option --{option}"),
            ),
        ));
    }
    let takes_items = action.heeds.contains(&"item");
    let takes_items = takes_items && (name != "check" || text(call, "case").is_some());
    let mut items = call
        .matches
        .get_many::<String>("item")
        .into_iter()
        .flatten();
    match items.next().filter(|_| !takes_items) {
        None => Ok(()),
        Some(item) if name == "check" => Err(refuse(
            call,
            &Sentence::new(
                format!("check 的“{item}”须与 --case 同用"),
                format!("check takes {item:?} with --case alone"),
            ),
        )),
        Some(item) => Err(refuse(
            call,
            &Sentence::new(
                format!("{name} 之后不能写“{item}”"),
                format!("{name} takes no {item:?}"),
            ),
        )),
    }
}

/// Makes a round. `名称=…` and `案例=…` set its name and its library, `评委=甲,乙` its
/// jurors.
fn new(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let items = Items::of(call);
    items.only(call, &[NAME, LIBRARY, JURORS])?;
    let name = items.get(NAME).unwrap_or("创新案例评审");
    let library = items.get(LIBRARY).unwrap_or("");
    let jurors: Vec<&str> = items
        .get(JURORS)
        .unwrap_or("")
        .split([',', '，', '、'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let made = round::make(folder, name, library, &jurors, crate::store::now());
    let path = made.map_err(|error| failure(call, &error))?;
    let path = path.display();
    say(
        call,
        &Sentence::new(
            format!("已新建评审：{path}。请填写评委、名额和指标，然后运行 anli jury check"),
            format!(
                "a new round: {path}. Add jurors, quotas and criteria, then run `anli jury check`"
            ),
        ),
    )
}

/// A key of an item, in Chinese and English.
type Key = (&'static str, &'static str);

const NAME: Key = ("名称", "name");
const LIBRARY: Key = ("案例", "library");
const JURORS: Key = ("评委", "jurors");

/// Whether an item has this key.
fn is(name: &str, key: Key) -> bool {
    name == key.0 || name == key.1
}

/// Items of a call: `key=value`, or a key alone.
struct Items(Vec<(String, String)>);

impl Items {
    fn of(call: &Call) -> Self {
        let items = call
            .matches
            .get_many::<String>("item")
            .into_iter()
            .flatten();
        let parted = |item: &String| match item.split_once(['=', '＝']) {
            Some((key, value)) => (key.trim().to_owned(), value.trim().to_owned()),
            None => (item.trim().to_owned(), String::new()),
        };
        Self(items.map(parted).collect())
    }

    fn get(&self, key: Key) -> Option<&str> {
        let named = self.0.iter().rev().find(|(name, _)| is(name, key));
        named.map(|(_, value)| value.as_str())
    }

    /// Refuses items with any other key.
    fn only(&self, call: &Call, keys: &[Key]) -> Result<(), Failure> {
        said::once(&self.0).map_err(|why| refuse(call, &why))?;
        let known = |name: &str| keys.iter().any(|key| is(name, *key));
        let Some((name, _)) = self.0.iter().find(|(name, _)| !known(name)) else {
            return Ok(());
        };
        let chinese: Vec<String> = keys.iter().map(|key| format!("{}=…", key.0)).collect();
        let english: Vec<String> = keys.iter().map(|key| format!("{}=…", key.1)).collect();
        Err(refuse(
            call,
            &Sentence::new(
                format!("不认识“{name}”；可写：{}", chinese.join(" ")),
                format!("unknown item {name:?}; there are {}", english.join(" ")),
            ),
        ))
    }

    /// The value of a key that must be there.
    fn must(&self, call: &Call, key: Key) -> Result<String, Failure> {
        let value = self.get(key).filter(|value| !value.is_empty());
        value.map(str::to_owned).ok_or_else(|| {
            refuse(
                call,
                &Sentence::new(
                    format!("缺少 {}=…", key.0),
                    format!("{}=… is missing", key.1),
                ),
            )
        })
    }
}

/// The text of an option.
fn text<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    call.matches.get_one::<String>(name).map(|text| text.trim())
}

/// The text of an option that the action needs.
fn must(call: &Call, name: &str) -> Result<String, Failure> {
    let value = text(call, name).filter(|value| !value.is_empty());
    value.map(str::to_owned).ok_or_else(|| {
        refuse(
            call,
            &Sentence::new(
                format!("缺少选项 --{name}"),
                format!("the option --{name} is missing"),
            ),
        )
    })
}

fn refuse(call: &Call, sentence: &Sentence) -> Failure {
    Failure::Said(vec![sentence.in_language(call.options.language).to_owned()])
}

fn failure(call: &Call, error: &round::Error) -> Failure {
    Failure::Said(error.messages(call.options.language))
}

fn say(call: &mut Call, sentence: &Sentence) -> Result<Outcome, Failure> {
    let line = sentence.in_language(call.options.language);
    call.output.line(line)?;
    Ok(Outcome::Done)
}

/// The moment of an entry.
fn now() -> String {
    crate::jury::time::written(crate::store::now())
}

/// Whether the interface speaks Chinese.
fn is_chinese(call: &Call) -> bool {
    call.options.language == Language::Chinese
}

/// Reads the round in a folder.
fn opened(call: &Call, folder: &Path) -> Result<Opened, Failure> {
    Opened::read(folder).map_err(|error| failure(call, &error))
}

/// The cases of a round for the office, best first in each category.
pub(super) struct Ranked {
    pub corpus: Corpus,
    pub cases: Vec<CaseIndex>,
    /// Those of them that are chosen.
    pub chosen: Vec<CaseIndex>,
    /// Ties across the line that nobody has decided.
    pub undecided: Vec<Sentence>,
    /// What is missing of a round that is not closed.
    pub missing: Vec<Sentence>,
    pub is_closed: bool,
}

/// The library of a round, and its cases by category and rank, for the office.
pub(super) fn ranked(call: &Call, folder: &Path) -> Result<Ranked, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.settled(call)?;
    let docket = desk.docket.clone();
    for case in &docket.cases {
        desk.corpus.cases[case.index.0 as usize].category = case.category;
    }
    let tally = desk.tally();
    let ranked = || tally.categories.iter().flat_map(|category| &category.cases);
    let chosen = ranked().filter(|&&at| tally.cases[at].chosen == Some(true));
    let index = |&at: &usize| desk.docket.cases[at].index;
    let is_closed = desk.opened.log.closed().is_some();
    let missing = if is_closed {
        Vec::new()
    } else {
        office::missing(&desk)
    };
    Ok(Ranked {
        undecided: words::undecided(&desk.sheets(), &tally),
        missing,
        is_closed,
        cases: ranked().map(index).collect(),
        chosen: chosen.map(index).collect(),
        corpus: desk.corpus,
    })
}
