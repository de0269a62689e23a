//! The table of key figures, of the case on the page or of every listed case.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::App;
use super::figures::{FigureOrder, FigureTable, Place, Scope};
use super::lens::LensKind;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use super::work::{Gathered, Job};
use crate::corpus::CaseIndex;
use crate::export::Format;
use crate::export::figures::{self as rows, Row};
use crate::figures::Found;
use crate::language::Language;
use crate::text::CharSpan;

impl App {
    /// Opens the table of figures of the case on the page or of every listed case. A table of the
    /// same cases that the reader left is restored.
    pub(super) fn open_figures(&mut self, scope: Scope) {
        let cases: Arc<[CaseIndex]> = match scope {
            Scope::Case => self.page_case().into_iter().collect(),
            Scope::Listed => self.list.hits().iter().map(|hit| hit.case).collect(),
        };
        if cases.is_empty() {
            self.notice = Some(self.words().no_cases_listed.to_owned());
            return;
        }
        if let Some(picker) = self.overlay.left_table.take()
            && let Some(table) = &picker.table
            && table.cases == cases
            && table.scope == scope
        {
            self.overlay.picker = Some(picker);
            return;
        }
        let title = Label("关键数字", "key figures");
        let mut picker = Picker::new(title, Vec::new()).counted();
        (picker.wide, picker.waits) = (true, true);
        if scope == Scope::Listed {
            picker = picker.for_cases(cases.len());
        }
        picker.table = Some(Box::new(FigureTable {
            cases: Arc::clone(&cases),
            scope,
            order: FigureOrder::default(),
            figures: BTreeMap::new(),
            left_out: 0,
        }));
        self.overlay.picker = Some(picker);
        self.analysis.jobs.push_back(Job::Figures(cases));
    }

    /// Fills the table with its figures, unless it was closed meanwhile.
    pub(super) fn take_figures(&mut self, cases: &Arc<[CaseIndex]>, gathered: Gathered) {
        let (language, words) = (self.settings.language, self.words());
        let Some(picker) = &mut self.overlay.picker else {
            return;
        };
        let Some(table) = &mut picker.table else {
            return;
        };
        if !Arc::ptr_eq(&table.cases, cases) {
            return;
        }
        let is_empty = gathered.of_cases.iter().all(|(_, found)| found.is_empty());
        if is_empty {
            self.notice = Some(match table.scope {
                Scope::Case => words.no_figures.to_owned(),
                Scope::Listed => words.no_figures_listed.to_owned(),
            });
            self.overlay.close();
            return;
        }
        let with_id = table.scope == Scope::Listed;
        let script = self.settings.script;
        let mut items = Vec::new();
        for (case, found) in &gathered.of_cases {
            let rows = rows::rows(self.corpus.get(*case), found);
            let of_case = rows.into_iter().zip(found);
            items.extend(of_case.map(|(mut row, found)| {
                for text in [&mut row.quote, &mut row.counts, &mut row.sentence] {
                    *text = script.show(text).into_owned();
                }
                item(*case, row, found, with_id, language)
            }));
        }
        let of_cases = gathered.of_cases.into_iter().enumerate();
        table.figures = of_cases
            .map(|(rank, (case, found))| (case, (rank, found)))
            .collect();
        table.left_out = gathered.left_out;
        picker.waits = false;
        let is_sorted = table.order != FigureOrder::Reading;
        picker.renew(items, &self.settings.spellings);
        if is_sorted {
            // The reader chose an order while the figures were gathered.
            self.arrange_figures();
        }
        self.name_order();
    }

    /// Lists the figures in the next order.
    pub(super) fn turn_figure_order(&mut self) {
        let picker = self.overlay.picker.as_mut();
        if let Some(table) = picker.and_then(|picker| picker.table.as_mut()) {
            table.order = table.order.next();
            self.arrange_figures();
            self.name_order();
        }
    }

    fn arrange_figures(&mut self) {
        let language = self.settings.language;
        let Some(picker) = &mut self.overlay.picker else {
            return;
        };
        let Some(table) = picker.table.take() else {
            return;
        };
        picker.arrange(
            |a, b| match (place(a), place(b)) {
                (Some(a), Some(b)) => table.compare(a, b),
                _ => Ordering::Equal,
            },
            |item| place(item).map_or(Cow::Borrowed(""), |at| table.heading(at, language)),
            &self.settings.spellings,
        );
        picker.table = Some(table);
    }

    /// Updates the border of the table, which shows its order and the number of cases left out.
    fn name_order(&mut self) {
        let language = self.settings.language;
        let words = self.words();
        let Some(picker) = &mut self.overlay.picker else {
            return;
        };
        if let Some(table) = &picker.table {
            picker.names = table.order.label().in_language(language).to_owned();
            if table.left_out > 0 {
                picker.names += &(words.cases_left_out)(table.left_out);
            }
        }
    }

    /// Opens the choice of formats to export the figures shown.
    pub(super) fn export_figures(&mut self) {
        let Some(picker) = self.overlay.picker.take() else {
            return;
        };
        let Some(table) = &picker.table else {
            self.overlay.picker = Some(picker);
            return;
        };
        let mut shown: Vec<Row> = Vec::with_capacity(picker.position().1);
        let mut of_cases: BTreeMap<CaseIndex, Vec<Row>> = BTreeMap::new();
        for (item, _) in picker.shown() {
            let Some((case, span)) = place(item) else {
                continue;
            };
            let rows = of_cases.entry(case).or_insert_with(|| {
                let found = table.figures.get(&case);
                let found = found.map_or(&[][..], |(_, found)| found);
                rows::rows(self.corpus.get(case), found)
            });
            shown.extend(rows.iter().find(|row| row.start == span.start).cloned());
        }
        let language = self.settings.language;
        if shown.is_empty() {
            self.notice = Some(self.words().nothing_in_table.to_owned());
            self.overlay.picker = Some(picker);
            return;
        }
        let formats = [
            (
                Format::Csv {
                    byte_order_mark: true,
                },
                "anli-figures.csv",
            ),
            (Format::Markdown, "anli-figures.md"),
            (Format::JsonLines, "anli-figures.jsonl"),
        ];
        let items = formats.map(|(format, name)| {
            let text = rows::file(shown.iter(), format, language);
            Item::new(format.label(), name, Choice::Save(name, text))
        });
        let title = Label("导出表中所列数字", "export the figures shown");
        self.overlay.aside = Some(picker);
        self.overlay.picker = Some(Picker::new(title, items.into()));
    }

    /// Goes to a figure on its page, where all figures of the case are marked.
    pub(super) fn go_to_figure(&mut self, case: CaseIndex, span: CharSpan) {
        self.look_at(LensKind::Figures, case, span.start);
    }
}

/// Returns the place of the figure of an item; `None` for other items.
fn place(item: &Item) -> Option<Place> {
    match item.choice {
        Choice::GoToFigure(case, span) => Some((case, span)),
        _ => None,
    }
}

fn item(case: CaseIndex, row: Row, found: &Found, with_id: bool, language: Language) -> Item {
    let mut more = vec![found.figure.kind.in_language(language).to_owned()];
    if with_id {
        more.push(row.case);
    }
    let again = if row.again {
        Label("重复", "again").in_language(language)
    } else {
        ""
    };
    let precision = found.figure.precision.label().in_language(language);
    let remarks: Vec<&str> = [precision, again]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    more.push(remarks.join(" "));
    let span = CharSpan::new(row.start, row.end);
    Item::new(row.quote, row.counts, Choice::GoToFigure(case, span))
        .with(more)
        .showing(row.sentence)
        .found_by(row.unit)
}
