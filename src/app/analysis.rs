//! What is worked out of the cases beside the search: the topics, and what a view or a
//! lens asks for.

use std::collections::VecDeque;
use std::sync::Arc;

use super::App;
use super::action::Effect;
use super::view::View;
use super::work::{Done, Job, Measures, TopicNames};
use crate::jury::seat::Seat;
use crate::related::Relations;
use crate::topics::{Assignment, Rules};

/// The topics of the cases, and work that is not begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Analysis {
    /// The topics of every case, in the order of the corpus; none until they are worked
    /// out.
    pub topics: Vec<Vec<Assignment>>,
    /// The rules by which topics are assigned; `None` until they are worked out.
    pub rules: Option<Arc<Rules>>,
    /// The work that was asked for and is not begun.
    pub jobs: VecDeque<Job>,
    /// What every case claims, and how long it is, once something asked for it.
    pub measures: Option<Arc<Measures>>,
    pub is_measuring: bool,
    /// What relates the cases, once something asked for it.
    pub relations: Option<Arc<Relations>>,
    /// What the reader may see of the round that is open.
    pub seat: Option<Arc<Seat>>,
}

impl App {
    /// The topics of every case; `None` until they are worked out.
    pub(super) fn topic_indices(&self) -> Option<TopicNames> {
        let assigned = self.analysis.topics.iter();
        let indices = assigned.map(|of_case| of_case.iter().map(|topic| topic.topic).collect());
        Some(TopicNames {
            rules: Arc::clone(self.analysis.rules.as_ref()?),
            assigned: indices.collect(),
        })
    }

    /// Has every case measured, if that was not done yet and a query or an order asks for
    /// it.
    pub(super) fn measure_cases(&mut self) {
        if self.analysis.measures.is_none() && !self.analysis.is_measuring {
            self.analysis.is_measuring = true;
            self.analysis.jobs.push_back(Job::Measures);
        }
    }

    /// Asks for something to be worked out.
    pub(super) fn ask_for(&mut self, job: Job) {
        self.analysis.jobs.push_back(job);
    }

    /// The next thing to be worked out, once.
    pub fn next_job(&mut self) -> Option<Job> {
        self.analysis.jobs.pop_front()
    }

    /// Takes what was worked out.
    pub(super) fn take_done(&mut self, done: Done) -> Option<Effect> {
        match done {
            Done::Measures(measures) => {
                self.analysis.measures = Some(measures);
                return Some(self.know());
            }
            Done::Figures(cases, gathered) => self.take_figures(&cases, gathered),
            Done::Stats(cases, stats, has_topics) => self.take_stats(&cases, stats, has_topics),
            Done::Related(case, relations, related) => {
                self.take_related(case, relations, &related);
            }
            Done::Lineage(relations, chains) => self.take_lineage(relations, &chains),
            Done::Figured(..) | Done::Claimed(..) => {
                let mut view = self.overlay.view.take();
                if let Some(View::ScoreSheet(sheet)) = &mut view {
                    sheet.take_done(&done, self);
                }
                self.overlay.view = view;
                self.take_seen(done);
            }
        }
        None
    }
}
