//! The files of a round, read and written on a thread of their own: no lock and no
//! memory stick holds up a key for long.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::{LAST_WAIT, Shell, USUAL_WAIT};
use crate::app::App;
use crate::app::action::Action;
use crate::jury::office::Act;
use crate::jury::seat::{Draft, Seat, Writing};
use crate::jury::time;
use crate::language::Language;
use crate::round::Error;
use crate::round::sitting::Sitting;
use crate::store;

/// The way to the thread that has the files of the round.
pub(super) struct Desk {
    orders: Sender<Order>,
    answers: Receiver<Answer>,
    /// How many orders have no answer yet.
    waiting: usize,
    language: Language,
}

enum Order {
    Enter(Writing),
    Record(Act),
    Draft(Option<Draft>),
    Reread,
}

struct Answer {
    /// What the reader may see by now; `None` where that is what it was.
    seat: Option<Arc<Seat>>,
    said: Vec<String>,
}

impl Desk {
    /// Starts the thread. `wake` is called after each of its answers.
    pub fn start(
        mut sitting: Sitting,
        language: Language,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (orders, received) = mpsc::channel::<Order>();
        let (sender, answers) = mpsc::channel();
        let work = move || {
            while let Ok(order) = received.recv() {
                let shows = !matches!(order, Order::Draft(_));
                let done = carry_out(&mut sitting, order);
                let answer = Answer {
                    seat: shows.then(|| Arc::new(sitting.seat())),
                    said: done.map_or_else(|error| error.messages(language), |()| Vec::new()),
                };
                if sender.send(answer).is_err() {
                    return;
                }
                wake();
            }
        };
        // Without a thread every order fails, and the juror learns of it.
        drop(thread::Builder::new().name("round".to_owned()).spawn(work));
        Self {
            orders,
            answers,
            waiting: 0,
            language,
        }
    }

    /// Gives an order, and waits for the answers for a moment, so that what is shown is
    /// written.
    fn order(&mut self, order: Order) -> Vec<Answer> {
        if self.orders.send(order).is_err() {
            return vec![self.stopped()];
        }
        self.waiting += 1;
        self.wait(USUAL_WAIT)
    }

    /// The answers so far; waits for the others at most `bound`.
    fn wait(&mut self, bound: Duration) -> Vec<Answer> {
        let until = Instant::now() + bound;
        let mut answers = Vec::new();
        while self.waiting > 0 {
            let left = until.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok(answer) => {
                    self.waiting -= 1;
                    answers.push(answer);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => break,
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    self.waiting = 0;
                    answers.push(self.stopped());
                }
            }
        }
        answers
    }

    fn stopped(&self) -> Answer {
        let said = match self.language {
            Language::Chinese => "评分未能写入：写文件的线程已停止",
            Language::English => "not written: the thread that writes has stopped",
        };
        Answer {
            seat: None,
            said: vec![said.to_owned()],
        }
    }
}

fn carry_out(sitting: &mut Sitting, order: Order) -> Result<(), Error> {
    match order {
        Order::Enter(writing) => sitting.enter(writing, time::written(store::now())),
        Order::Record(act) => sitting.record(act, &time::written(store::now())),
        Order::Draft(draft) => sitting.keep_draft(draft.as_ref()),
        Order::Reread => sitting.reread(),
    }
}

impl Shell {
    /// Writes an entry of the juror.
    pub(super) fn enter(&mut self, app: &mut App, writing: Writing) {
        self.ask_desk(app, Order::Enter(writing));
    }

    /// Writes what the office records.
    pub(super) fn record(&mut self, app: &mut App, act: Act) {
        self.ask_desk(app, Order::Record(act));
    }

    /// Keeps the line that the juror is writing.
    pub(super) fn keep_draft(&mut self, app: &mut App, draft: Option<Draft>) {
        self.ask_desk(app, Order::Draft(draft));
    }

    /// Reads the files of the round again; returns whether there is a round.
    pub(super) fn reread_round(&mut self, app: &mut App) -> bool {
        let is_there = self.desk.is_some();
        self.ask_desk(app, Order::Reread);
        is_there
    }

    /// Takes what the thread has answered meanwhile.
    pub(super) fn take_round(&mut self, app: &mut App) {
        if let Some(desk) = &mut self.desk {
            let answers = desk.wait(Duration::ZERO);
            self.show_round(app, answers);
        }
    }

    /// Waits for what is still being written, before the program ends; what cannot be
    /// written is said.
    pub(super) fn settle_round(&mut self) -> Vec<String> {
        let Some(desk) = &mut self.desk else {
            return Vec::new();
        };
        let answers = desk.wait(LAST_WAIT);
        let mut said: Vec<String> = answers.into_iter().flat_map(|answer| answer.said).collect();
        if desk.waiting > 0 {
            said.push(match desk.language {
                Language::Chinese => "评分文件尚未写完".to_owned(),
                Language::English => "the juror's file is still being written".to_owned(),
            });
        }
        said
    }

    /// Gives an order and shows what is answered so far; whether nothing went wrong.
    fn ask_desk(&mut self, app: &mut App, order: Order) -> bool {
        let Some(desk) = &mut self.desk else {
            return true;
        };
        let answers = desk.order(order);
        let is_well = answers.iter().all(|answer| answer.said.is_empty());
        self.show_round(app, answers);
        is_well
    }

    /// Shows the newest answer, once nothing is under way: an older one lacks what was
    /// entered since.
    fn show_round(&mut self, app: &mut App, answers: Vec<Answer>) {
        let is_newest = self.desk.as_ref().is_some_and(|desk| desk.waiting == 0);
        for answer in answers {
            if let Some(seat) = answer.seat.filter(|_| is_newest) {
                app.update(Action::TakeSeat(seat));
            }
            if !answer.said.is_empty() {
                app.update(Action::Tell(answer.said.join("\n")));
            }
        }
    }

    /// Writes the last entry and leaves; stays where it is not written, which is said.
    pub(super) fn enter_and_leave(&mut self, app: &mut App, writing: Writing) -> Option<ExitCode> {
        if self.ask_desk(app, Order::Enter(writing)) {
            self.leave(app)
        } else {
            None
        }
    }
}
