//! What a round prints: the progress of the jurors, the tally, the agenda, the papers, and a
//! table for other programs.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::super::{Call, Failure, Outcome};
use super::{Desk, close, failure, now, refuse, say};
use crate::export::csv;
use crate::export::{self, Overwrite};
use crate::jury::agenda;
use crate::jury::asked;
use crate::jury::blind;
use crate::jury::exact::Exact;
use crate::jury::office::Act;
use crate::jury::panel::{Names, Panel};
use crate::jury::papers;
use crate::jury::settings::digest;
use crate::jury::tally::Tally;
use crate::jury::visible::Reader;
use crate::jury::words;
use crate::language::{Language, Sentence};
use crate::paper::{Block, Form, Paper};
use crate::round::archive;

/// Who has done what; of a juror alone, what is next.
pub(super) fn status(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let desk = Desk::open(call, folder)?;
    desk.name_foreign(call);
    let round = &desk.opened.round;
    let total = desk.docket.cases.len();
    let done = |held: &[crate::jury::standing::Held]| {
        held.iter().filter(|held| held.standing.is_done()).count()
    };
    if let Reader::Juror(own) = desk.reader {
        let held = &desk.held[own];
        let mut rows = Vec::new();
        for &at in &desk.order {
            let case = &desk.docket.cases[at];
            let title = blind::title(round, case);
            let state = words::state(&held[at].standing);
            let state = state.in_language(call.options.language);
            let sum = papers::counted(round, &held[at]);
            let row: [&str; 4] = [&case.id, state, &sum, &title];
            rows.push(row.map(str::to_owned).to_vec());
        }
        call.output.table(&rows)?;
        for content in &desk.contents {
            let (name, said) = asked::content(content);
            let said = said.in_language(call.options.language);
            let key = if super::is_chinese(call) {
                "保留"
            } else {
                "keep"
            };
            call.output.line(&format!("{key}={name}  {said}"))?;
        }
        let done = done(held);
        return say(
            call,
            &Sentence::new(
                format!("已完成 {done}/{total}。{}", words::OF_THIS_ROUND),
                format!(
                    "{done} of {total} done. {}",
                    words::of_this_round(Language::English)
                ),
            ),
        );
    }
    let jurors = round.jurors.iter().zip(&desk.held);
    let rows: Vec<Vec<String>> = jurors
        .map(|(juror, held)| vec![juror.name.clone(), format!("{}/{total}", done(held))])
        .collect();
    call.output.table(&rows)?;
    Ok(Outcome::Done)
}

/// A case of the tally in JSON. Numbers are decimals in quotation marks.
#[derive(Serialize)]
struct CaseObject<'a> {
    /// The scores are its own, never those of an award that the case had before.
    round: &'a str,
    case: &'a str,
    title: &'a str,
    category: Option<&'static str>,
    rank: Option<usize>,
    chosen: Option<bool>,
    scores: usize,
    jurors: usize,
    plain: Option<String>,
    trimmed: Option<String>,
    median: Option<String>,
    adjusted: Option<String>,
    deviation: Option<String>,
    range: Option<String>,
    /// Kendall's W of the category.
    w: Option<String>,
    flags: Vec<FlagObject<'a>>,
}

#[derive(Serialize)]
struct FlagObject<'a> {
    juror: &'a str,
    distance: String,
    answered: bool,
}

/// Prints the result as far as it goes.
pub(super) fn tally(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let desk = Desk::open(call, folder)?;
    desk.settled(call)?;
    if desk.reader != Reader::Office && !desk.is_shared {
        return Err(refuse(call, &words::not_open()));
    }
    let tally = desk.tally();
    if call.matches.get_flag("json") {
        json(call, &desk, &tally)?;
        return Ok(Outcome::Done);
    }
    let missing = missing(&desk, Names::Signed);
    let language = call.options.language;
    let paper = papers::sums(&desk.sheets(), &tally, Names::Signed, &missing, language);
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => call.output.line(&lines.join(" "))?,
            Block::Heading(_, text) => {
                call.output.line("")?;
                call.output.line(text)?;
            }
            Block::Below(text) | Block::Paragraph(text) => call.output.line(text)?,
            Block::Table(table) => {
                let rows: Vec<Vec<String>> = table.lines().cloned().collect();
                call.output.table(&rows)?;
            }
            _ => {}
        }
    }
    jurors(call, &desk, &tally)?;
    Ok(Outcome::Done)
}

/// What is missing of the round, for the office: a juror does not see all of it.
fn missing(desk: &Desk, how: Names<'_>) -> Vec<Sentence> {
    let mut missing = Vec::new();
    if desk.reader == Reader::Office {
        missing = words::missing(&desk.sheets(), &Panel::of(&desk.round, how));
    }
    missing.extend(desk.notes.iter().cloned());
    missing
}

/// How severe every juror was, against the others on the same cases.
fn jurors(call: &mut Call, desk: &Desk, tally: &Tally) -> Result<(), Failure> {
    let chinese = super::is_chinese(call);
    let head = if chinese {
        ["评委", "得分数", "本人平均", "较他人", "最小二乘"]
    } else {
        [
            "juror",
            "scores",
            "own mean",
            "against others",
            "least squares",
        ]
    };
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let signed = |value: &Option<Exact>| value.as_ref().map_or("—".to_owned(), |v| v.signed(2));
    for (juror, result) in desk.opened.round.jurors.iter().zip(&tally.jurors) {
        let own = papers::printed(result.own.as_ref());
        let scored = result.scored.to_string();
        let (severity, effect) = (signed(&result.severity), signed(&result.effect));
        rows.push(vec![juror.name.clone(), scored, own, severity, effect]);
    }
    call.output.line("")?;
    call.output.table(&rows)?;
    Ok(())
}

fn json(call: &mut Call, desk: &Desk, tally: &Tally) -> Result<(), Failure> {
    let shown = |value: &Option<Exact>| value.as_ref().map(|value| value.half_up(2));
    for (at, (case, result)) in desk.docket.cases.iter().zip(&tally.cases).enumerate() {
        let flags = result.flags.iter().map(|flag| FlagObject {
            juror: &desk.opened.round.jurors[flag.juror].name,
            distance: flag.distance.signed(2),
            answered: flag.answered,
        });
        let deviation = result.variance.as_ref();
        call.output.json(&CaseObject {
            round: &desk.round.name,
            case: &case.id,
            title: &case.title,
            category: case.category.map(crate::case::Category::name),
            rank: result.rank,
            chosen: result.chosen,
            scores: result.count,
            jurors: result.totals.len(),
            plain: shown(&result.plain),
            trimmed: shown(&result.trimmed),
            median: shown(&result.median),
            adjusted: shown(&result.adjusted),
            deviation: deviation.map(|variance| variance.root_half_up(2)),
            range: shown(&result.range),
            w: tally
                .categories
                .iter()
                .find(|category| category.cases.contains(&at))
                .and_then(|category| Some(category.agreement.w.as_ref()?.half_up(3))),
            flags: flags.collect(),
        })?;
    }
    Ok(())
}

/// Prints what to discuss first.
pub(super) fn agenda(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let desk = Desk::open(call, folder)?;
    desk.office(call)?;
    desk.settled(call)?;
    let tally = desk.tally();
    let near = Exact::new(agenda::NEAR, 1);
    let items = agenda::agenda(&tally, desk.opened.round.mean, &near);
    let paper = papers::agenda(
        &desk.sheets(),
        &tally,
        &items,
        &desk.acts,
        call.options.language,
    );
    for block in &paper.blocks {
        match block {
            Block::Table(table) => {
                let rows: Vec<Vec<String>> = table.lines().cloned().collect();
                call.output.table(&rows)?;
            }
            Block::Paragraph(text) => call.output.line(text)?,
            _ => {}
        }
    }
    Ok(Outcome::Done)
}

/// Writes the papers: every juror's sheet, the sum sheet for those who sign and for
/// publication, the minutes; in Markdown, HTML and DOCX.
pub(super) fn sheets(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let mut desk = Desk::open(call, folder)?;
    desk.settled(call)?;
    if desk.reader == Reader::Office {
        desk.number(call)?;
    }
    let target = call
        .matches
        .get_one::<PathBuf>("output")
        .cloned()
        .unwrap_or_else(|| folder.join("papers"));
    let round = &desk.opened.round;
    let mut papers: Vec<(String, Paper)> = Vec::new();
    let all = 0..round.jurors.len();
    for juror in all.filter(|&at| desk.reader == Reader::Office || desk.reader == Reader::Juror(at))
    {
        let name = &round.jurors[juror].name;
        let own = format!("{}/{name}", crate::round::JURORS);
        let files = desk
            .opened
            .files
            .iter()
            .filter(|file| file.name.starts_with(&own));
        let bytes: Vec<u8> = files.flat_map(|file| file.bytes.clone()).collect();
        let paper = papers::personal(&desk.sheets(), juror, &digest(&bytes));
        papers.push((format!("{}{name}", papers::PERSONAL), paper));
    }
    if desk.reader == Reader::Office {
        let (tally, fingerprint) = (desk.tally(), desk.fingerprint());
        let published = Names::Published(desk.opened.secret());
        let signed = papers::summary(
            &desk.sheets(),
            &tally,
            Names::Signed,
            &missing(&desk, Names::Signed),
            &fingerprint,
        );
        papers.push((papers::SUMMARY.to_owned(), signed));
        let public = papers::summary(
            &desk.sheets(),
            &tally,
            published,
            &missing(&desk, published),
            &fingerprint,
        );
        papers.push((papers::PUBLISHED.to_owned(), public));
        let later = close::changed_since(&desk);
        let minutes = papers::minutes(
            &desk.sheets(),
            &tally,
            &desk.opened.log,
            &later,
            &fingerprint,
        );
        papers.push((papers::MINUTES.to_owned(), minutes));
    }
    let system =
        |path: &Path, cause| failure(call, &crate::round::Error::System(path.to_owned(), cause));
    fs::create_dir_all(&target).map_err(|cause| system(&target, cause))?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, paper) in &papers {
        for form in [Form::Markdown, Form::Html, Form::Docx] {
            files.push((format!("{name}.{}", form.name()), paper.write(form)));
        }
    }
    let written = files.len();
    let list = archive::list(&files).into_bytes();
    let hash = digest(&list);
    if desk.reader == Reader::Office {
        files.push((archive::PAPERS.to_owned(), list));
    }
    for (name, bytes) in &files {
        let put = export::create(&target.join(name), Overwrite::Yes, |file| {
            Ok(file.write_all(bytes)?)
        });
        put.map_err(|error| {
            let why = error.message(call.options.language);
            refuse(call, &Sentence::new(why.clone(), why))
        })?;
    }
    if desk.reader == Reader::Office && desk.opened.log.closed().is_some() {
        record(call, &mut desk, &target, hash)?;
    }
    let target = target.display();
    say(
        call,
        &Sentence::new(
            format!("已写出 {written} 个文件：{target}"),
            format!("wrote {written} files to {target}"),
        ),
    )
}

/// Records the list of papers that were written after the end, if they lie where the round
/// is looked through: nothing else holds that list.
fn record(call: &Call, desk: &mut Desk, target: &Path, hash: String) -> Result<(), Failure> {
    let (Ok(target), Ok(round)) = (target.canonicalize(), desk.opened.folder.canonicalize()) else {
        return Ok(());
    };
    let Ok(below) = target.strip_prefix(round) else {
        return Ok(());
    };
    let parts: Vec<_> = below
        .iter()
        .map(|part| part.to_string_lossy())
        .chain([archive::PAPERS.into()])
        .collect();
    let list = parts.join("/");
    if !desk.opened.papers().iter().any(|file| file.name == list) {
        return Ok(());
    }
    let recorded = desk.opened.record(Act::Papers { list, hash }, &now());
    recorded.map_err(|error| failure(call, &error))
}

/// The same in every language: heads, stages and states are data. What the round says itself
/// is in its own words, and so is the note.
const COLUMNS: [&str; 15] = [
    "round",
    "juror",
    "case",
    "title",
    "category",
    "stage",
    "state",
    "why",
    "criterion",
    "points",
    "most",
    "total",
    "comment",
    "time",
    "note",
];

/// Writes a row for every juror, case and criterion; to a file with a byte order mark, by
/// which a spreadsheet knows UTF-8.
pub(super) fn csv(call: &mut Call, folder: &Path) -> Result<Outcome, Failure> {
    let desk = Desk::open(call, folder)?;
    let Some(path) = call.matches.get_one::<PathBuf>("output").cloned() else {
        rows(&desk, call.output.for_gated_text())?;
        return Ok(Outcome::Done);
    };
    let put = export::create(&path, Overwrite::No, |file| {
        file.write_all("\u{feff}".as_bytes())?;
        Ok(rows(&desk, file)?)
    });
    put.map_err(|error| {
        let why = error.message(call.options.language);
        refuse(call, &Sentence::new(why.clone(), why))
    })?;
    let path = path.display();
    say(
        call,
        &Sentence::new(format!("已写出 {path}"), format!("wrote {path}")),
    )
}

fn rows(desk: &Desk, sink: &mut dyn Write) -> io::Result<()> {
    let round = &desk.opened.round;
    csv::write_record(&COLUMNS.map(Cow::Borrowed), sink)?;
    for (at, (juror, held)) in round.jurors.iter().zip(&desk.held).enumerate() {
        let visible = match desk.reader {
            Reader::Office => true,
            Reader::Juror(own) => own == at,
        };
        if !visible {
            continue;
        }
        for (case, held) in desk.docket.cases.iter().zip(held) {
            let (state, why) = held.standing.data();
            let title = blind::title(round, case);
            let stages = [("first", &held.first), ("revised", &held.revised)];
            let category = case.category.map_or("", crate::case::Category::name);
            let any = stages.iter().any(|(_, points)| points.is_some());
            for (stage, points) in stages {
                if points.is_none() && (any || stage == "revised") {
                    continue;
                }
                let total = points
                    .as_ref()
                    .and_then(|points| papers::complete(round, points))
                    .unwrap_or_default();
                for (place, criterion) in round.criteria.iter().enumerate() {
                    let given = points.as_ref().and_then(|points| points[place]);
                    let given = given.map(|given| given.to_string()).unwrap_or_default();
                    let most = round.most(criterion).to_string();
                    // What is no number is not to be read as one, nor as a date.
                    let row = [
                        csv::kept_as_text(&round.name),
                        csv::kept_as_text(&juror.name),
                        csv::kept_as_text(&case.id),
                        csv::kept_as_text(&title),
                        category.into(),
                        stage.into(),
                        state.into(),
                        csv::kept_as_text(why),
                        csv::kept_as_text(&criterion.name),
                        given.into(),
                        most.into(),
                        total.clone().into(),
                        csv::kept_as_text(&held.comment),
                        held.time.as_str().into(),
                        words::OF_THIS_ROUND.into(),
                    ];
                    csv::write_record(&row, sink)?;
                }
            }
        }
    }
    Ok(())
}
