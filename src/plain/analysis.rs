//! What the cases say, line by line: figures, evidence, related cases, lineages,
//! comparisons and counts, as the commands print them.

use std::io::{self, Write};

use super::Session;
use crate::app::view::compare::MOST;
use crate::app::words::Label;
use crate::compare;
use crate::corpus::CaseIndex;
use crate::evidence;
use crate::export::analysis::{self, Line};
use crate::export::figures;
use crate::lineage;
use crate::related::Relations;
use crate::stats;
use crate::topics::{self, Rules};

impl<W: Write> Session<'_, W> {
    /// Lists the figures of a case, as the command does.
    pub(super) fn figures(&mut self, case: CaseIndex) -> io::Result<()> {
        let lines = self.figure_lines(case, false);
        self.begin_or_say(lines, NO_FIGURES)
    }

    /// Lists the figures of everything that was found; where nothing was asked, of the
    /// whole library.
    pub(super) fn all_figures(&mut self) -> io::Result<()> {
        let cases = self.found_or_all();
        let lines: Vec<String> = cases
            .iter()
            .flat_map(|&case| self.figure_lines(case, true))
            .collect();
        self.begin_or_say(lines, NO_FIGURES_FOUND)
    }

    fn figure_lines(&self, case: CaseIndex, with_id: bool) -> Vec<String> {
        let rows = figures::of_case(self.corpus.get(case)).into_iter();
        let line = |row: figures::Row| {
            let cells = row.cells(self.language);
            join(cells.iter().skip(usize::from(!with_id)))
        };
        rows.map(line).collect()
    }

    /// Lists the sentences of a case that claim something, with criterion, cue and scope.
    pub(super) fn evidence(&mut self, case: CaseIndex) -> io::Result<()> {
        let found = self.corpus.get(case);
        let claims = analysis::claims(found, &evidence::of_case(found), self.language);
        let lines = claims.iter().map(|cells| join(cells.iter())).collect();
        self.begin_or_say(lines, NO_CLAIMS)
    }

    /// Lists the cases that are related to one, with their reasons; they have numbers, as
    /// hits do.
    pub(super) fn related(&mut self, case: CaseIndex) -> io::Result<()> {
        let related = self.relations().of(case);
        if related.is_empty() {
            return self.say(NO_RELATED);
        }
        self.hits = related.iter().map(|related| related.case).collect();
        self.listed = self.hits.len();
        self.lines.clear();
        for (number, related) in (1..).zip(&related) {
            let cells = analysis::related(self.corpus, related, self.language);
            writeln!(self.out, "{number}. {}", join(cells.iter()))?;
        }
        Ok(())
    }

    /// Lists the chains of a reform through the years: those with a case, or all.
    pub(super) fn lineage(&mut self, case: Option<CaseIndex>) -> io::Result<()> {
        let mut chains = lineage::chains(self.corpus, self.relations());
        chains.retain(|chain| case.is_none_or(|case| chain.cases.contains(&case)));
        let lines = chains
            .iter()
            .flat_map(|chain| analysis::chain(self.corpus, chain, self.language))
            .map(text)
            .collect();
        self.begin_or_say(lines, NO_LINEAGE)
    }

    /// Sets what is collected side by side, part by part.
    pub(super) fn compare(&mut self) -> io::Result<()> {
        if !(2..=MOST).contains(&self.collected.len()) {
            return self.say(COLLECT_TO_COMPARE);
        }
        let cases: Vec<_> = self
            .collected
            .iter()
            .map(|&case| self.corpus.get(case))
            .collect();
        let lines = analysis::comparison(&cases, &compare::of(&cases), self.language);
        self.begin_lines(lines.into_iter().map(text).collect())
    }

    /// Counts what was found; where nothing was asked, the whole library.
    pub(super) fn overview(&mut self) -> io::Result<()> {
        let cases = self.found_or_all();
        let (rules, assigned) = self.topics();
        let counted = stats::of(self.corpus, &cases, &topics::names(&rules, &assigned));
        let lines = analysis::stats(&counted, self.language);
        self.begin_lines(lines.into_iter().map(text).collect())
    }

    /// What was found, or the whole library where nothing was asked.
    fn found_or_all(&self) -> Vec<CaseIndex> {
        if self.hits.is_empty() {
            return self.corpus.iter().map(|(index, _)| index).collect();
        }
        self.hits.clone()
    }

    fn topics(&self) -> (Rules, Vec<Vec<topics::Assignment>>) {
        let rules = Rules::embedded();
        let assigned = topics::assign_all(self.corpus, &rules);
        (rules, assigned)
    }

    /// What relates the cases, worked out when it is first asked for.
    fn relations(&self) -> &Relations {
        self.relations.get_or_init(|| {
            let (rules, assigned) = self.topics();
            Relations::build(self.corpus, &topics::names(&rules, &assigned))
        })
    }

    /// Lists lines, a few at once, or says what is missing where there are none.
    fn begin_or_say(&mut self, lines: Vec<String>, nothing: Label) -> io::Result<()> {
        if lines.is_empty() {
            return self.say(nothing);
        }
        self.begin_lines(lines)
    }

    /// Lists lines, a few at once.
    fn begin_lines(&mut self, lines: Vec<String>) -> io::Result<()> {
        self.lines = lines.into();
        self.next_lines()
    }
}

/// A line of an analysis as it is read aloud.
fn text(line: Line) -> String {
    match line {
        Line::Head(head) => head,
        Line::Cells(cells) => join(cells.iter()),
        Line::Blank => String::new(),
    }
}

/// The cells that hold something, two blanks apart.
fn join<'c>(cells: impl Iterator<Item = &'c String>) -> String {
    let cells: Vec<&str> = cells
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.join("  ")
}

const NO_FIGURES: Label = Label("本案例没有数字。", "No figures in this case.");
const NO_FIGURES_FOUND: Label = Label(
    "查到的案例没有数字，请另行查找。",
    "No figures in what was found; search for something else.",
);
const NO_CLAIMS: Label = Label("本案例没有自述的评审依据。", "This case makes no claims.");
const NO_RELATED: Label = Label("没有相关案例。", "No related cases.");
const NO_LINEAGE: Label = Label("没有跨年度的案例脉络。", "No chain through the years.");
const COLLECT_TO_COMPARE: Label = Label(
    "请先用 k 收集两三个案例，再输入 C 对照。",
    "Collect two or three cases with k, then type C to compare them.",
);
