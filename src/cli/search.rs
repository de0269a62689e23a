//! `anli search`: the cases that a query finds, best first, in the explorer's
//! order.

use std::sync::Arc;

use clap::{Arg, ArgAction, Command};

use super::facts::Beside;
use super::json::{FoundObject, MatchObject};
use super::output::Output;
use super::{Call, Failure, Outcome, Subcommand, arguments, complain};
use crate::app::offered;
use crate::case::CaseRef;
use crate::corpus::{CaseIndex, Corpus};
use crate::export::analysis::title;
use crate::language::{Answer, Labels, Language, quoted, quoted_words};
use crate::record::CaseRecord;
use crate::search::field_values::FieldValues;
use crate::search::index::Index;
use crate::search::query::FIELDS;
use crate::search::{Field, Found, Hit, Match, Problem, Tier};
use crate::text::CharSpan;
use crate::text::script::Display;
use crate::text::width::{self, Ambiguous};
use crate::text::wrap::{self, Room};

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "search",
    synopsis: "QUERY...",
    about: |labels| labels.help.search,
    heeds: &["seeds", "round", "juror", "state", "no-state"],
    define,
    run,
};

/// Characters of a text that are shown before and after a match.
const BEFORE: usize = 12;
const AFTER: usize = 36;

fn define(command: Command, labels: &Labels) -> Command {
    let query = Arg::new("query")
        .value_name("QUERY")
        .num_args(1..)
        .required(true)
        .value_parser(arguments::word())
        .help(labels.help.search_query);
    let exact = Arg::new("exact")
        .long("exact")
        .action(ArgAction::SetTrue)
        .display_order(0)
        .help(labels.help.search_exact);
    command
        .arg(query)
        .arg(exact)
        .arg(arguments::script(labels))
        .arg(arguments::json(labels))
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let corpus = Arc::new(call.library()?.corpus);
    let query = arguments::query(call.matches);
    let (index, facts) = (index(&corpus, call), facts(&query, &corpus, call));
    let mut found = if call.matches.get_flag("exact") {
        index.search_exactly(&query, &facts)
    } else {
        index.search_with(&query, &facts)
    };
    let is_bad = |problem: &Problem| match problem {
        // A time of day, not a field.
        Problem::UnknownField { name, .. } => !name.chars().all(|c| c.is_ascii_digit()),
        Problem::BadValue { .. } => true,
        _ => false,
    };
    refuse_mistakes(&found, &call.labels.answer, is_bad)?;
    let answer = &call.labels.answer;
    // What was asked instead is no answer to what was asked.
    let outcome = match found.instead() {
        Some(_) => Outcome::Nothing,
        None => Outcome::Done,
    };
    let (query, mut hits, mut explained) = match found.take_instead() {
        Some(instead) => {
            let sentences = [
                (answer.nothing_found)(&quoted(&query)),
                (answer.asked_instead)(&instead.query),
            ];
            complain(&sentences.join(answer.separator));
            (instead.query, instead.hits, instead.explained)
        }
        None if found.hits.is_empty() => {
            complain(&nothing(&query, &found, answer, call.labels.language));
            return Ok(Outcome::Nothing);
        }
        None => (query, found.hits, found.explained),
    };
    if are_guesses(&hits) {
        complain(answer.all_guesses);
    }
    let mut rank = 0;
    loop {
        let rest = hits.split_off(explained);
        for hit in hits {
            rank += 1;
            tell(call, rank, corpus.get(hit.case), &hit, &query)?;
        }
        if rest.is_empty() {
            return Ok(outcome);
        }
        hits = rest;
        // As many again as have been printed: explaining few takes as long as many.
        explained = hits.len().min(rank.max(1));
        let cases: Vec<CaseIndex> = hits[..explained].iter().map(|hit| hit.case).collect();
        let matches = index.explain(&query, &facts, &cases, &|| false);
        for (hit, matches) in hits.iter_mut().zip(matches.into_iter().flatten()) {
            hit.matches = matches;
        }
    }
}

/// What a query finds, as the explorer would.
pub(super) fn found(query: &str, corpus: &Arc<Corpus>, call: &Call) -> Found {
    index(corpus, call).search_with(query, &facts(query, corpus, call))
}

fn index(corpus: &Arc<Corpus>, call: &Call) -> Index {
    Index::with_options(Arc::clone(corpus), call.options.settings.pinyin)
}

fn facts(query: &str, corpus: &Corpus, call: &Call) -> FieldValues {
    Beside::new(corpus, call.options).asked_for(query)
}

/// Refuses a query with a problem that misleads: a search leaves a bad field out, and all
/// the other cases would pass for those asked for. Says what else is wrong.
pub(super) fn refuse_mistakes(
    found: &Found,
    answer: &Answer,
    misleads: impl Fn(&Problem) -> bool,
) -> Result<(), Failure> {
    let sentences = found
        .notes
        .iter()
        .map(|note| problem(&note.problem, answer));
    if found.notes.iter().any(|note| misleads(&note.problem)) {
        return Err(Failure::Said(sentences.collect()));
    }
    sentences.for_each(|sentence| complain(&sentence));
    Ok(())
}

/// Whether hits are guesses, all of them.
pub(super) fn are_guesses(hits: &[Hit]) -> bool {
    let is_guess = |hit: &Hit| matches!(hit.tier, Tier::Homophone | Tier::Scattered);
    !hits.is_empty() && hits.iter().all(is_guess)
}

fn tell(
    call: &mut Call,
    rank: usize,
    case: CaseRef,
    hit: &Hit,
    query: &str,
) -> Result<(), Failure> {
    if !call.matches.get_flag("json") {
        return print(call, rank, case, hit.tier, hit.best());
    }
    let matches = hit.matches.iter().flat_map(pieces);
    let display = arguments::display(call.matches, call.options);
    let matches = matches.map(|found| match_object(case, &found, display));
    Ok(call.output.json(&FoundObject {
        case: CaseRecord::of(case).shown(display),
        rank,
        group: group_name(hit.tier),
        query: (hit.tier == Tier::Suggested).then(|| query.to_owned()),
        matches: matches.collect(),
    })?)
}

/// Prints a hit. On a terminal: rank, id and title, and below them the place of the match
/// unless it is in the title. For programs: rank, id, title, place and snippet, separated by
/// tabs.
fn print(
    call: &mut Call,
    rank: usize,
    case: CaseRef,
    tier: Tier,
    best: Option<&Match>,
) -> Result<(), Failure> {
    let display = arguments::display(call.matches, call.options);
    let (rank, id, title) = (
        rank.to_string(),
        case.case.id.to_string(),
        display.show(&title(case)).into_owned(),
    );
    let place = best.map_or(String::new(), |best| {
        place(best.field, tier, &call.labels.answer)
    });
    let snippet = best.map(|best| Snippet::of(case, best, display));
    let Some(columns) = call.output.columns() else {
        let snippet = snippet.map_or(String::new(), |snippet| snippet.to_string());
        return Ok(call.output.cells(&[&rank, &id, &title, &place, &snippet])?);
    };
    title_rows(call.output, &format!("{rank:>3}  {id}  "), &title, columns)?;
    if let Some(mut snippet) = snippet {
        let lead = format!("     {place}  ");
        let ambiguous = call.output.ambiguous();
        snippet.fit(
            columns.saturating_sub(width::of_str(&lead, ambiguous)),
            ambiguous,
        );
        call.output.part(&lead, false)?;
        for (text, matches) in snippet.parts() {
            call.output.part(&text, matches)?;
        }
        call.output.end_line()?;
    }
    Ok(())
}

/// Prints a title after its rank and id; further rows are aligned with the first.
fn title_rows(output: &mut Output, lead: &str, title: &str, columns: u16) -> Result<(), Failure> {
    let indent = width::of_str(lead, output.ambiguous());
    let room = Room::even(columns.saturating_sub(indent).max(2));
    let rows = wrap::wrap(title, room, output.ambiguous());
    for (index, row) in rows.into_iter().enumerate() {
        let blank = " ".repeat(indent.into());
        output.part(if index == 0 { lead } else { &blank }, false)?;
        output.line(title[row].trim_end())?;
    }
    Ok(())
}

/// The field that matches, and how where it is not as typed.
fn place(field: Field, tier: Tier, answer: &Answer) -> String {
    let field = match field {
        Field::Title => answer.title,
        Field::Org => answer.org,
        Field::Heading => answer.heading,
        Field::Text => answer.text,
    };
    match tier {
        Tier::Exact | Tier::PinyinInText | Tier::Suggested => field.to_owned(),
        Tier::Near => format!("{field}·{}", answer.near),
        Tier::Homophone => format!("{field}·{}", answer.homophone),
        Tier::Scattered => format!("{field}·{}", answer.scattered),
    }
}

fn group_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "exact",
        Tier::PinyinInText => "pinyin",
        Tier::Homophone => "homophone",
        Tier::Scattered => "scattered",
        Tier::Near => "near",
        Tier::Suggested => "suggested",
    }
}

/// Splits a match in running text whose words are too far apart for one snippet.
fn pieces(found: &Match) -> Vec<Match> {
    if found.field != Field::Text {
        return vec![found.clone()];
    }
    let mut pieces: Vec<Match> = Vec::new();
    for &span in &found.spans {
        let last = pieces.last_mut();
        let near = last.filter(|last| span.end <= last.spans[0].end + AFTER as u32);
        match near {
            Some(last) => last.spans.push(span),
            None => pieces.push(Match {
                spans: vec![span],
                name: found.name.clone(),
                ..*found
            }),
        }
    }
    pieces
}

fn match_object(case: CaseRef, found: &Match, display: Display) -> MatchObject {
    let field = match found.field {
        Field::Title => "title",
        Field::Org => "org",
        Field::Heading => "heading",
        Field::Text => "text",
    };
    let snippet = Snippet::of(case, found, display);
    MatchObject {
        field,
        text: snippet.text.into_iter().collect(),
    }
}

/// The text around a match.
struct Snippet {
    text: Vec<char>,
    /// The characters of `text` that match.
    spans: Vec<CharSpan>,
    cut_before: bool,
    cut_after: bool,
}

impl Snippet {
    /// A title, org or heading whole, of the text what is near the first span.
    fn of(case: CaseRef, found: &Match, display: Display) -> Self {
        let part = found.part as usize;
        let text = match found.field {
            Field::Title => case.title(),
            Field::Org => case.case.orgs[part].printed.as_str().into(),
            Field::Heading | Field::Text => case.block_text(&case.case.blocks[part]),
        };
        let text: Vec<char> = display.show(&text).chars().collect();
        let first = found.spans.first().copied().unwrap_or(CharSpan::new(0, 0));
        let (start, end) = if found.field == Field::Text {
            let end = first.end as usize + AFTER;
            (
                (first.start as usize).saturating_sub(BEFORE),
                end.min(text.len()),
            )
        } else {
            (0, text.len())
        };
        let moved = |at: u32| (at as usize).clamp(start, end) as u32 - start as u32;
        let spans = found
            .spans
            .iter()
            .map(|span| CharSpan::new(moved(span.start), moved(span.end)));
        Self {
            spans: spans.filter(|span| span.start < span.end).collect(),
            cut_before: start > 0,
            cut_after: end < text.len(),
            text: text[start..end].to_vec(),
        }
    }

    /// Cuts it so that it takes one row of so many columns: before the match as
    /// far as that is out of the first third, then at the end.
    fn fit(&mut self, columns: u16, ambiguous: Ambiguous) {
        let wide = |text: &str| width::of_str(text, ambiguous);
        if wide(&self.to_string()) <= columns {
            return;
        }
        let mut before = self.spans.first().map_or(0, |span| span.start) as usize;
        let text = |chars: &[char]| chars.iter().collect::<String>();
        // A character that is seen takes a column, so that no more of them are
        // looked at, however long the text is.
        let most = usize::from(columns);
        let mut start = before.saturating_sub(most);
        if self.text.len() > before + most {
            self.cut_after = true;
            self.cut_to(before + most);
        }
        while start < before && wide(&text(&self.text[start..before])) > columns / 3 {
            start += 1;
        }
        self.text.drain(..start);
        self.cut_before |= start > 0;
        before -= start;
        for span in &mut self.spans {
            *span = CharSpan::new(span.start - start as u32, span.end - start as u32);
        }
        while self.text.len() > before + 1 && wide(&self.to_string()) > columns {
            self.cut_after = true;
            self.cut_to(self.text.len() - 1);
        }
    }

    /// Keeps so many characters.
    fn cut_to(&mut self, chars: usize) {
        self.text.truncate(chars);
        let end = chars as u32;
        self.spans.retain(|span| span.start < end);
        if let Some(last) = self.spans.last_mut() {
            last.end = last.end.min(end);
        }
    }

    /// The pieces of the snippet, each with whether it matches.
    fn parts(&self) -> Vec<(String, bool)> {
        let piece = |start: usize, end: usize| self.text[start..end].iter().collect::<String>();
        let mut parts = vec![(if self.cut_before { "..." } else { "" }.to_owned(), false)];
        let mut at = 0;
        for span in &self.spans {
            let (start, end) = (span.start as usize, span.end as usize);
            if start >= at {
                parts.push((piece(at, start), false));
                parts.push((piece(start, end), true));
                at = end;
            }
        }
        parts.push((piece(at, self.text.len()), false));
        parts.push((if self.cut_after { "..." } else { "" }.to_owned(), false));
        parts
    }
}

impl std::fmt::Display for Snippet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.parts()
            .iter()
            .try_for_each(|(text, _)| f.write_str(text))
    }
}

/// What is wrong with a part of the query.
pub(super) fn problem(problem: &Problem, answer: &Answer) -> String {
    match problem {
        Problem::UnknownField { name, nearest } => match nearest {
            Some(nearest) => (answer.unknown_field)(&quoted(name), nearest),
            None => {
                let all = [Language::Chinese, Language::English].map(|language| {
                    let names = FIELDS.iter().map(|names| names.field.name(language));
                    names.collect::<Vec<_>>()
                });
                (answer.unlike_field)(&quoted(name), [&all[0], &all[1]])
            }
        },
        Problem::EmptyField { name } => (answer.empty_field)(name),
        Problem::BadValue {
            field,
            value,
            example,
        } => {
            let names = [Language::Chinese, Language::English].map(|language| field.name(language));
            (answer.bad_value)(
                names,
                &quoted(value),
                example.each_ref().map(String::as_str),
            )
        }
        Problem::NoValueYet { chinese, english } => (answer.no_value_yet)(chinese, english),
        Problem::NoWord => answer.no_word.to_owned(),
        Problem::OtherSyntax { typed, right } => {
            (answer.other_syntax)(&quoted(typed), &quoted_words(right))
        }
        Problem::NotChinese { word } => (answer.not_chinese)(&quoted(word)),
        Problem::OpenQuote => answer.open_quote.to_owned(),
        Problem::TooLong => answer.too_long.to_owned(),
    }
}

/// That nothing was found, and what would be.
fn nothing(query: &str, found: &Found, answer: &Answer, language: Language) -> String {
    let mut sentences = vec![(answer.nothing_found)(&quoted(query))];
    let similar = found.suggestions.iter().filter(|offer| offer.is_similar);
    sentences.extend(similar.map(|offer| {
        let query = offered::in_language(&offer.query, language);
        (answer.try_instead)(&query, offer.count)
    }));
    if sentences.len() == 1 {
        sentences.push(answer.nothing_similar.to_owned());
    }
    sentences.join(answer.separator)
}
