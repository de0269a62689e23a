//! Analysis of cases beside the search: topics, and the results that views and lenses request.

use std::collections::VecDeque;
use std::sync::Arc;

use super::App;
use super::action::Effect;
use super::view::View;
use super::work::{Done, Job, Measures, TopicNames};
use crate::jury::seat::Seat;
use crate::related::Relations;
use crate::topics::{Assignment, Rules};

/// Results of the analysis, and jobs not yet started.
#[derive(Clone, Debug, Default)]
pub(super) struct Analysis {
    /// Topics of every case, in the order of the corpus; empty until they are assigned.
    pub topics: Vec<Vec<Assignment>>,
    /// The rules that assign topics; `None` until topics are assigned.
    pub rules: Option<Arc<Rules>>,
    /// Jobs that have not started.
    pub jobs: VecDeque<Job>,
    /// Claims and length of every case, once requested.
    pub measures: Option<Arc<Measures>>,
    pub is_measuring: bool,
    /// Relations between cases, once requested.
    pub relations: Option<Arc<Relations>>,
    /// What the reader may see of the open round.
    pub seat: Option<Arc<Seat>>,
}

impl App {
    /// Returns the topics of every case; `None` until they are assigned.
    pub(super) fn topic_indices(&self) -> Option<TopicNames> {
        let assigned = self.analysis.topics.iter();
        let indices = assigned.map(|of_case| of_case.iter().map(|topic| topic.topic).collect());
        Some(TopicNames {
            rules: Arc::clone(self.analysis.rules.as_ref()?),
            assigned: indices.collect(),
        })
    }

    /// Requests the measures of every case, unless that has been done.
    pub(super) fn measure_cases(&mut self) {
        if self.analysis.measures.is_none() && !self.analysis.is_measuring {
            self.analysis.is_measuring = true;
            self.analysis.jobs.push_back(Job::Measures);
        }
    }

    /// Requests a job.
    pub(super) fn ask_for(&mut self, job: Job) {
        self.analysis.jobs.push_back(job);
    }

    /// Removes and returns the next job.
    pub fn next_job(&mut self) -> Option<Job> {
        self.analysis.jobs.pop_front()
    }

    /// Takes the result of a job.
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
