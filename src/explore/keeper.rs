//! The state, saved on a thread of its own: no lock and no slow disk holds up a
//! key.
//!
//! What the reader did counts at once in [`Keeper::state`]. The thread saves it
//! and answers; an answer carries the number of the order that it answers, since
//! the state in it lacks what was ordered later.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::{self, Change, Report, State, Store};

/// The way to the thread that saves, and what it answered.
pub struct Keeper {
    state: State,
    orders: Sender<Order>,
    answers: Receiver<Answer>,
    /// Numbers of the newest order and of the newest that was answered.
    ordered: u64,
    answered: u64,
    saved: VecDeque<Saved>,
    /// Marks in orders that nothing has answered.
    marks: usize,
}

/// Changes to be saved.
struct Order {
    number: u64,
    changes: Vec<Change>,
}

/// What the thread says.
enum Answer {
    /// Another process holds the lock: saving takes longer.
    Waiting,
    Saved(Box<Saved>),
}

/// The outcome of an attempt to save.
pub struct Saved {
    number: u64,
    /// The state, joined with what other explorers saved.
    pub state: State,
    /// Whether it has all that the reader did, so that it can be shown.
    pub is_newest: bool,
    /// Changes of marks that wait to be saved.
    pub unsaved: usize,
    /// Why saving failed.
    pub failed: Option<Report>,
    /// What was found amiss and mended.
    pub mended: Vec<Report>,
}

impl Keeper {
    /// Starts the thread. `wake` is called after each of its answers.
    pub fn start(mut store: Store, wake: impl Fn() + Send + 'static) -> Self {
        let (orders, received) = mpsc::channel::<Order>();
        let (sender, answers) = mpsc::channel();
        let state = store.state().clone();
        let work = move || {
            while let Ok(order) = received.recv() {
                let mut number = order.number;
                store.apply_all(order.changes);
                for later in received.try_iter() {
                    number = later.number;
                    store.apply_all(later.changes);
                }
                let mut waiting = || drop(sender.send(Answer::Waiting));
                let outcome = store.save_after(&mut waiting);
                let (failed, mended) = match outcome {
                    Ok(mended) => (None, mended),
                    Err(report) => (Some(report), Vec::new()),
                };
                let saved = Saved {
                    number,
                    state: store.state().clone(),
                    is_newest: true,
                    unsaved: store.unsaved_marks(),
                    failed,
                    mended,
                };
                if sender.send(Answer::Saved(Box::new(saved))).is_err() {
                    return;
                }
                wake();
            }
        };
        let thread = thread::Builder::new().name("state".to_owned());
        // Without a thread every order fails, and the reader learns of it.
        drop(thread.spawn(work));
        Self {
            state,
            orders,
            answers,
            ordered: 0,
            answered: 0,
            saved: VecDeque::new(),
            marks: 0,
        }
    }

    /// The state with all that the reader did, saved or not.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Takes changes in and has them saved. Waits for the answer at most `bound`,
    /// and no longer than until it is known that another process holds the lock;
    /// not at all where an earlier order still waits.
    pub fn keep(&mut self, changes: Vec<Change>, bound: Duration) {
        self.state.apply_all(changes.iter().cloned(), store::now());
        let is_idle = self.ordered == self.answered;
        self.ordered += 1;
        self.marks += changes.iter().filter(|change| change.is_mark()).count();
        let order = Order {
            number: self.ordered,
            changes,
        };
        if self.orders.send(order).is_err() {
            return self.fail();
        }
        if is_idle {
            self.wait(bound, true);
        }
    }

    /// Waits until everything is answered, at most `bound`; with `unless_contended`, no longer
    /// than until it is known that another process holds the lock.
    pub fn wait(&mut self, bound: Duration, unless_contended: bool) {
        let until = Instant::now() + bound;
        while self.answered < self.ordered {
            let left = until.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok(Answer::Waiting) if unless_contended => return,
                Ok(answer) => self.receive(answer),
                Err(mpsc::RecvTimeoutError::Timeout) => return,
                Err(mpsc::RecvTimeoutError::Disconnected) => return self.fail(),
            }
        }
    }

    /// The next answer that was not taken yet.
    pub fn take(&mut self) -> Option<Saved> {
        while let Ok(answer) = self.answers.try_recv() {
            self.receive(answer);
        }
        let saved = self.saved.pop_front()?;
        let is_newest = saved.number == self.ordered;
        Some(Saved { is_newest, ..saved })
    }

    fn receive(&mut self, answer: Answer) {
        let Answer::Saved(saved) = answer else { return };
        self.answered = saved.number;
        if saved.number == self.ordered {
            self.state = saved.state.clone();
            self.marks = 0;
        }
        self.saved.push_back(*saved);
    }

    /// Answers what the thread cannot answer any more.
    fn fail(&mut self) {
        self.answered = self.ordered;
        self.saved.push_back(Saved {
            number: self.ordered,
            state: self.state.clone(),
            is_newest: true,
            unsaved: self.marks,
            failed: Some(Report::Stopped),
            mended: Vec::new(),
        });
    }

    /// How many marks are in orders that have no answer yet.
    pub fn unanswered(&self) -> usize {
        if self.answered == self.ordered {
            0
        } else {
            self.marks
        }
    }
}
