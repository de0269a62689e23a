//! The end of a round: its manifest, and what has changed since.

use std::path::Path;

use super::super::{Call, Failure, Outcome};
use super::{Desk, failure, office, refuse, say, text};
use crate::jury::docket::Docket;
use crate::jury::manifest::{Change, Manifest, added};
use crate::jury::merge::File;
use crate::jury::office::{Act, Log};
use crate::jury::papers;
use crate::jury::settings::Blind;
use crate::jury::words;
use crate::language::Sentence;
use crate::language::en::count_of;
use crate::round::archive::PAPERS;
use crate::round::{JURORS, OFFICE};

/// Ends the round and writes the manifest of its files, papers and applications. A round
/// that was ended before needs a reason; the manifest of that end stays.
pub(super) fn run(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.office(call)?;
    desk.settled(call)?;
    if let Some(time) = desk.opened.log.closed()
        && text(call, "reason").unwrap_or_default().is_empty()
    {
        return Err(refuse(
            call,
            &Sentence::new(
                format!("本轮已于 {time} 结束；再次结束，请用 --reason 写明理由"),
                format!("the round was closed on {time}; to close it again, give a --reason"),
            ),
        ));
    }
    // A tie across the line that nobody decided is a gap as well.
    let mut missing = office::missing(&desk);
    let undecided = words::undecided(&desk.sheets(), &desk.tally()).into_iter();
    missing.extend(undecided);
    let reason = office::gaps(call, &missing)?;
    desk.number(call)?;
    let missing = papers::recorded(&missing);
    office::record(call, &mut desk, Act::Close { missing, reason })?;
    let desk = Desk::open(call, folder)?;
    let has_titles = desk.round.blind != Blind::Text;
    let counted = Docket::accepted(&desk.round, &desk.opened.log, &desk.corpus);
    let manifest = Manifest::of(&kept(&desk), &counted, has_titles);
    let path = desk
        .opened
        .add_manifest(&manifest.text())
        .map_err(|error| failure(call, &error))?;
    let (path, files, cases) = (path.display(), manifest.files.len(), manifest.cases.len());
    say(
        call,
        &Sentence::new(
            format!("已写出 {path}，列 {files} 个文件、{cases} 个案例"),
            format!("wrote {path}: {}", of_files_and_cases(files, cases)),
        ),
    )
}

fn of_files_and_cases(files: usize, cases: usize) -> String {
    format!(
        "{} and {}",
        count_of(files, "file"),
        count_of(cases, "case")
    )
}

/// Every file that a manifest lists.
fn kept(desk: &Desk) -> Vec<File> {
    let mut kept = desk.opened.files.clone();
    kept.extend(desk.opened.papers());
    kept.extend(desk.opened.manifests());
    kept
}

/// Names the files and applications that changed, came or went since the round was
/// closed. What the office has recorded since as it should is named and is no change.
pub(super) fn verify(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let desk = Desk::open(call, folder)?;
    desk.office(call)?;
    let manifest = newest(call, &desk)?;
    let (round, log) = (&desk.round, &desk.opened.log);
    let all = Docket::all(round, log, &desk.corpus);
    let counted = Docket::accepted(round, log, &desk.corpus);
    let files = kept(&desk);
    let manifest = with_later_papers(manifest, &files, log);
    let newest = desk.opened.manifests().pop().map(|file| file.name);
    let is_named = |change: &Change| match change {
        Change::FileNew(name) => Some(name) != newest.as_ref() && !name.ends_with(PAPERS),
        _ => true,
    };
    let mut manifest = manifest;
    for case in &mut manifest.cases {
        if let Some(name) = desk.opened.other_ids.get(&case.id) {
            case.id.clone_from(name);
        }
    }
    let changes: Vec<Change> = manifest
        .changes(&files, &all, &counted)
        .into_iter()
        .filter(is_named)
        .collect();
    let mut is_same = true;
    for change in &changes {
        let line = change.sentence();
        call.output.line(line.in_language(call.options.language))?;
        let is_of_office = matches!(change, Change::Grown(name, _) if name == OFFICE);
        is_same &= is_of_office && later(call, &desk, &manifest)?;
    }
    if !is_same {
        return Ok(Outcome::Nothing);
    }
    let is_listed = |(name, _): &(String, String)| {
        let name = name.rsplit('/').next().unwrap_or(name);
        papers::is_paper(name) || name == PAPERS
    };
    if !manifest.files.iter().any(is_listed) {
        // An earlier version recorded no papers that were written after the end.
        say(
            call,
            &Sentence::new(
                "清单和办公室的记录都没有列出评分表、汇总表和纪要，如有遗失无从得知；可用 anli jury sheets 重新写出",
                "neither the manifest nor the office's records list any papers: missing ones cannot be told; `anli jury sheets` writes them again",
            ),
        )?;
    }
    let (files, cases) = (manifest.files.len(), manifest.cases.len());
    say(
        call,
        &Sentence::new(
            format!("结束时的 {files} 个文件、{cases} 个案例均未改动"),
            format!(
                "as they were at the end: {}",
                of_files_and_cases(files, cases)
            ),
        ),
    )
}

/// Returns which jurors' files changed since the round was last closed, in Chinese: the juror
/// and the number of entries added.
pub(super) fn changed_since(desk: &Desk) -> Vec<String> {
    let Some(file) = desk.opened.manifests().pop() else {
        return Vec::new();
    };
    let manifest = Manifest::parse(&String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
    let files: Vec<File> = desk
        .opened
        .files
        .iter()
        .filter(|file| file.name.starts_with(JURORS))
        .cloned()
        .collect();
    let none = Docket::default();
    let changes = manifest.changes(&files, &none, &none);
    let juror = |name: &str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.trim_end_matches(".jsonl").to_owned()
    };
    let said = changes.iter().filter_map(|change| match change {
        Change::Grown(name, count) => Some(format!("{}（新增 {count} 条）", juror(name))),
        Change::FileChanged(name) if name.starts_with(JURORS) => {
            Some(format!("{}（原有记录被改）", juror(name)))
        }
        Change::FileNew(name) => Some(format!("{}（新文件）", juror(name))),
        Change::FileGone(name) if name.starts_with(JURORS) => {
            Some(format!("{}（文件缺失）", juror(name)))
        }
        _ => None,
    });
    said.collect()
}

/// The manifest of the last end.
fn newest(call: &Call, desk: &Desk) -> Result<Manifest, Failure> {
    let Some(file) = desk.opened.manifests().pop() else {
        return Err(refuse(
            call,
            &Sentence::new(
                "本轮尚未结束，没有可核对的校验值；请先运行 anli jury close",
                "the round is not closed: there is nothing to compare with; run `anli jury close` first",
            ),
        ));
    };
    let text = String::from_utf8_lossy(&file.bytes);
    Manifest::parse(&text).map_err(|line| {
        let name = &file.name;
        refuse(
            call,
            &Sentence::new(
                format!("{name} 第 {line} 行不是“校验值  文件名”，清单已被改动"),
                format!("{name}, line {line}, is no fingerprint and name: it was changed"),
            ),
        )
    })
}

/// The manifest, extended by the papers that were written after it: the lists of papers
/// that the office's log records, and the papers that those lists name.
fn with_later_papers(mut manifest: Manifest, files: &[File], log: &Log) -> Manifest {
    for (list, hash) in log.papers() {
        if !manifest.files.iter().any(|(listed, _)| listed == list) {
            manifest.files.push((list.to_owned(), hash.to_owned()));
        }
    }
    for file in files {
        let Some(folder) = file.name.strip_suffix(PAPERS) else {
            continue;
        };
        let list = Manifest::parse(&String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
        for (name, hash) in list.files {
            let name = format!("{folder}{name}");
            if !manifest.files.iter().any(|(listed, _)| *listed == name) {
                manifest.files.push((name, hash));
            }
        }
    }
    manifest
}

/// Prints what the office has recorded since the end; whether none of it touches the
/// result.
fn later(call: &mut Call, desk: &Desk, manifest: &Manifest) -> Result<bool, Failure> {
    let file = desk.opened.files.iter().find(|file| file.name == OFFICE);
    let listed = manifest.files.iter().find(|(name, _)| name == OFFICE);
    let from = file
        .zip(listed)
        .and_then(|(file, (_, hash))| added(&file.bytes, hash));
    let before = from.unwrap_or(0);
    let log = &desk.opened.log;
    let lines = file.map_or(0, |file| {
        let before = &file.bytes[..before];
        before.split_inclusive(|&b| b == b'\n').count()
    });
    let is_amiss = |line: u32| line as usize > lines && !log.torn.contains(&line);
    let mut troubles = log.troubles.iter();
    let mut is_same = !troubles.any(|trouble| trouble.line.is_none_or(is_amiss));
    for record in log
        .records
        .iter()
        .filter(|record| record.line as usize > lines)
    {
        let act = papers::act(&desk.sheets(), &record.act);
        let said = act.in_language(call.options.language);
        let changes = record.act.changes_result();
        is_same &= !changes;
        let note = Sentence::new("（影响评审结果）", " (touches the result)");
        let note = if changes {
            note.in_language(call.options.language)
        } else {
            ""
        };
        call.output
            .line(&format!("  {}  {said}{note}", record.time))?;
    }
    Ok(is_same)
}
