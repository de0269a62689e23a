//! Cases that belong together: cases related to the one on the page, and chains of one reform over
//! the years.

use std::sync::Arc;

use super::App;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use super::work::{Job, Kinship};
use crate::corpus::CaseIndex;
use crate::lineage::Chain;
use crate::related::{Related, Relations, because};

impl App {
    /// Lists the cases related to the one on the page, with reasons.
    pub(super) fn open_related(&mut self) {
        let Some(case) = self.page_case() else { return };
        let title = Label(
            "相关案例（按 Enter 前往）",
            "related cases (Enter goes there)",
        );
        let picker = Picker::new(title, Vec::new()).naming(self.id(case));
        self.wait_in(picker, |relations| Job::Related(case, relations));
    }

    /// Lists the chains of the library. Selects the case on the page.
    pub(super) fn open_lineage(&mut self) {
        let title = Label("历年脉络（按 Enter 前往）", "lineage (Enter goes there)");
        let mut picker = Picker::new(title, Vec::new()).counted();
        picker.wide = true;
        self.wait_in(picker, Job::Lineage);
    }

    /// Opens a picker that a job will fill. Relations depend on topics, which must be known.
    fn wait_in(&mut self, mut picker: Picker, job: impl FnOnce(Kinship) -> Job) {
        let Some(topics) = self.topic_indices() else {
            self.notice = Some(self.words().no_topics_yet.to_owned());
            return;
        };
        picker.waits = true;
        self.overlay.picker = Some(picker);
        let relations = self.analysis.relations.clone();
        self.analysis
            .jobs
            .push_back(job(Kinship { relations, topics }));
    }

    /// Takes the cases related to a case, if the list that waits for them is still open.
    pub(super) fn take_related(
        &mut self,
        case: CaseIndex,
        relations: Arc<Relations>,
        related: &[Related],
    ) {
        self.analysis.relations = Some(relations);
        let items: Vec<Item> = related
            .iter()
            .map(|other| {
                let reasons = because(&other.reasons, self.settings.language);
                self.kin(other.case, reasons)
            })
            .collect();
        let nothing = self.words().no_related;
        let is_for = self.page_case() == Some(case);
        self.fill(items, nothing, is_for);
    }

    /// Takes the chains, if the list that waits for them is still open.
    pub(super) fn take_lineage(&mut self, relations: Arc<Relations>, chains: &[Chain]) {
        self.analysis.relations = Some(relations);
        let language = self.settings.language;
        let mut items: Vec<Item> = Vec::new();
        for (number, chain) in (1..).zip(chains) {
            let heading = format!("{number}  {}", self.settings.script.show(&chain.name));
            for &case in &chain.cases {
                let evidence = match chain.links.iter().find(|link| link.to == case) {
                    Some(link) => because(&link.evidence, language),
                    None => Label("起点", "the first").in_language(language).to_owned(),
                };
                items.push(self.kin(case, evidence).under(heading.clone()));
            }
        }
        let page_case = self.page_case();
        let own = items
            .iter()
            .position(|item| page_case.is_some_and(|case| item.choice == Choice::GoToCase(case)));
        self.fill(items, self.words().no_lineage, true);
        if let (Some(picker), Some(own)) = (&mut self.overlay.picker, own) {
            picker.select(own);
        }
    }

    /// Fills the waiting list. If there is nothing to list, closes it and reports that.
    fn fill(&mut self, items: Vec<Item>, nothing: &str, is_for: bool) {
        let Some(picker) = self.overlay.picker.as_mut().filter(|picker| picker.waits) else {
            return;
        };
        if items.is_empty() || !is_for {
            self.overlay.close();
            self.notice = Some(nothing.to_owned());
            return;
        }
        picker.waits = false;
        picker.renew(items, &self.settings.spellings);
    }

    /// Creates the item of a case in such a list: year, title, id, reasons.
    fn kin(&self, case: CaseIndex, reasons: String) -> Item {
        let found = self.corpus.get(case);
        let year = found.case.year.map(|year| year.to_string());
        let script = self.settings.script;
        let title = script.show(&found.title()).into_owned();
        Item::new(year.unwrap_or_default(), title, Choice::GoToCase(case))
            .with(vec![self.id(case)])
            .showing(script.show(&reasons).into_owned())
    }
}
