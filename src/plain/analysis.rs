//! What the cases say, line by line: figures and evidence.

use std::io::{self, Write};

use super::Session;
use crate::app::words::Label;
use crate::corpus::CaseIndex;
use crate::evidence::{self, Claim, Criterion};
use crate::export::figures;
use crate::language::Language;

impl<W: Write> Session<'_, W> {
    /// Lists the figures of a case, as the command does.
    pub(super) fn figures(&mut self, case: CaseIndex) -> io::Result<()> {
        let lines = self.figure_lines(case, false);
        if lines.is_empty() {
            return self.say(NO_FIGURES);
        }
        self.begin_lines(lines)
    }

    /// Lists the figures of everything that was found.
    pub(super) fn all_figures(&mut self) -> io::Result<()> {
        let hits = self.hits.clone();
        let lines = hits.iter().flat_map(|&case| self.figure_lines(case, true));
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() {
            return self.say(NO_FIGURES_FOUND);
        }
        self.begin_lines(lines)
    }

    fn figure_lines(&self, case: CaseIndex, with_id: bool) -> Vec<String> {
        let rows = figures::of_case(self.corpus.get(case)).into_iter();
        let line = |row: figures::Row| {
            let [id, cells @ ..] = row.cells(self.language);
            let cells = cells.into_iter().filter(|cell| !cell.is_empty());
            let id = with_id.then_some(id);
            id.into_iter().chain(cells).collect::<Vec<_>>().join("  ")
        };
        rows.map(line).collect()
    }

    /// Lists the sentences of a case that claim something, with criterion, cue and scope.
    pub(super) fn evidence(&mut self, case: CaseIndex) -> io::Result<()> {
        let found = self.corpus.get(case);
        let claims = evidence::of_case(found);
        if claims.is_empty() {
            return self.say(NO_CLAIMS);
        }
        let text: Vec<char> = found.text().chars().collect();
        let language = self.language;
        let line = |claim: &Claim| {
            let cut = |span: &std::ops::Range<u32>| -> String {
                text[span.start as usize..span.end as usize]
                    .iter()
                    .collect()
            };
            let cues = claim.cues.iter().map(|cue| {
                let criterion = criterion(cue.criterion, language);
                let scope = cue.scope.map(|scope| {
                    let scope = Label(scope.chinese(), scope.name());
                    format!("({})", scope.in_language(language))
                });
                format!(
                    "{criterion} {}{}",
                    cut(&cue.span),
                    scope.unwrap_or_default()
                )
            });
            let cues: Vec<String> = cues.collect();
            format!("{}  {}", cues.join("  "), cut(&claim.sentence).trim())
        };
        let lines = claims.iter().map(line).collect();
        self.begin_lines(lines)
    }

    /// Lists lines, a few at once.
    fn begin_lines(&mut self, lines: Vec<String>) -> io::Result<()> {
        self.lines = lines.into();
        self.next_lines()
    }
}

const NO_FIGURES: Label = Label("本案例没有数字。", "No figures in this case.");
const NO_FIGURES_FOUND: Label = Label(
    "查到的案例没有数字，请另行查找。",
    "No figures in what was found; search for something else.",
);
const NO_CLAIMS: Label = Label("本案例没有自述的评审依据。", "This case makes no claims.");

fn criterion(criterion: Criterion, language: Language) -> &'static str {
    Label(criterion.chinese(), criterion.name()).in_language(language)
}
