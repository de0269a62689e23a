//! A thread that searches, so that typing and drawing never wait.
//!
//! It builds the index itself, titles first, and answers from as much of it as
//! there is. Of questions that pile up only the newest is answered; a search
//! gives up as soon as a newer question comes. Of a large library the best hits
//! in titles, names and headings are answered first, and the whole after that.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use super::Found;
use super::facts::Facts;
use super::index::Index;
use crate::corpus::Corpus;
use crate::text::pinyin::Options;

/// How many segments of about a thousand cases are read between two looks for a
/// question: some ten milliseconds of work.
const READ_AT_ONCE: usize = 2;

/// From how many cases on titles are answered before the text has been searched:
/// the whole takes longer than a frame then.
const LARGE: usize = 4_000;

/// Something to be searched for.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// As typed.
    pub query: String,
    /// What the corpus does not know about its cases.
    pub facts: Arc<Facts>,
}

/// An answer on its way to the screen.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was found; `found.query` is the question. `found.complete` tells
    /// whether a fuller answer to the same question will follow.
    pub found: Found,
    /// How many cases have been read so far, of how many.
    pub read: (usize, usize),
}

/// A search thread; it ends when this is dropped.
#[derive(Debug)]
pub struct Worker {
    questions: Option<Sender<Asked>>,
    /// The number of the newest question.
    newest: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

/// A question and its number.
#[derive(Debug)]
struct Asked {
    number: u64,
    question: Question,
    /// Whether the hits in titles have been told.
    begun: bool,
}

impl Worker {
    /// Starts the thread; `send` is called in it with every answer.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn start(
        corpus: Arc<Corpus>,
        options: Options,
        send: impl FnMut(Answer) + Send + 'static,
    ) -> io::Result<Self> {
        let (questions, waiting) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let mut desk = Desk {
            waiting,
            newest: Arc::clone(&newest),
            current: None,
            send,
        };
        let search = move || {
            // No index, no answer: the thread ends when its owner goes.
            let _ = desk.run(corpus, options);
        };
        let thread = thread::Builder::new()
            .name("search".to_owned())
            .spawn(search)?;
        Ok(Self {
            questions: Some(questions),
            newest,
            thread: Some(thread),
        })
    }

    /// Asks; an answer to an earlier question need no longer be expected.
    pub fn ask(&self, question: Question) {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(questions) = &self.questions {
            // The thread lives as long as the sender; if it has died of a panic
            // the panic has been told already.
            let _ = questions.send(Asked {
                number,
                question,
                begun: false,
            });
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.newest.store(u64::MAX, Ordering::Relaxed);
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The owner of the worker has gone.
struct Gone;

/// The worker's side of the channel.
struct Desk<Send> {
    waiting: Receiver<Asked>,
    newest: Arc<AtomicU64>,
    /// The newest question, if it has not been answered completely.
    current: Option<Asked>,
    send: Send,
}

impl<Send: FnMut(Answer)> Desk<Send> {
    fn run(&mut self, corpus: Arc<Corpus>, options: Options) -> Result<(), Gone> {
        let mut index = Index::without_text(corpus, options);
        let mut more = !index.is_complete();
        loop {
            if more {
                more = index.read_more(READ_AT_ONCE);
                self.look()?;
            } else if self.current.is_none() {
                self.wait()?;
            }
            self.answer(&index);
        }
    }

    /// Takes the newest question that waits, if any does.
    fn look(&mut self) -> Result<(), Gone> {
        loop {
            match self.waiting.try_recv() {
                Ok(asked) => self.current = Some(asked),
                Err(TryRecvError::Empty) => return Ok(()),
                Err(TryRecvError::Disconnected) => return Err(Gone),
            }
        }
    }

    /// Waits for a question, and takes the newest.
    fn wait(&mut self) -> Result<(), Gone> {
        self.current = Some(self.waiting.recv().map_err(|_| Gone)?);
        self.look()
    }

    /// Answers the current question, as far as the index allows.
    fn answer(&mut self, index: &Index) {
        let Some(mut asked) = self.current.take() else {
            return;
        };
        let newest = Arc::clone(&self.newest);
        let number = asked.number;
        let stop = || newest.load(Ordering::Relaxed) != number;
        let Question { query, facts } = asked.question.clone();
        let (query, facts) = (&*query, &*facts);
        if !asked.begun && (!index.is_complete() || index.cases() >= LARGE) {
            match index.first_hits(query, facts, &stop) {
                Some(found) => self.tell(index, found),
                None => return,
            }
            asked.begun = true;
        }
        if index.is_complete() {
            if let Some(found) = index.search_until(query, facts, &stop) {
                self.tell(index, found);
            }
        } else {
            // To be answered again when all has been read.
            self.current = Some(asked);
        }
    }

    fn tell(&mut self, index: &Index, found: Found) {
        let read = index.progress();
        (self.send)(Answer { found, read });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Sender;

    use crate::seeds;
    use crate::seeds::catalog::Catalog;

    fn seeds() -> Arc<Corpus> {
        Arc::new(seeds::read(seeds::embedded(), &Catalog::embedded()).corpus)
    }

    fn worker(answers: Sender<Answer>) -> Worker {
        let send = move |answer| {
            let _ = answers.send(answer);
        };
        Worker::start(seeds(), Options::default(), send).unwrap()
    }

    fn question(query: &str) -> Question {
        Question {
            query: query.to_owned(),
            ..Question::default()
        }
    }

    /// The complete answer to `query`, however many come before it.
    fn complete(answers: &Receiver<Answer>, query: &str) -> Found {
        answers
            .iter()
            .map(|answer| answer.found)
            .find(|found| found.query == query && found.complete)
            .expect("an answer")
    }

    #[test]
    fn a_question_is_answered_as_the_index_would() {
        let (send, answers) = mpsc::channel();
        let worker = worker(send);
        worker.ask(question("街长治"));
        let found = complete(&answers, "街长治");
        assert_eq!(found.hits, Index::build(seeds()).search("街长治").hits);
    }

    #[test]
    fn of_a_burst_the_last_question_is_answered() {
        let (send, answers) = mpsc::channel();
        let worker = worker(send);
        for typed in ["g", "go", "gon", "gong", "gongj", "gongji", "gongjijin"] {
            worker.ask(question(typed));
        }
        let found = complete(&answers, "gongjijin");
        assert_eq!(seeds().get(found.hits[0].case).case.id.0, "003-16");
    }

    #[test]
    fn no_answer_comes_after_the_worker_has_gone() {
        let (send, answers) = mpsc::channel();
        let worker = worker(send);
        worker.ask(question("创新"));
        drop(worker);
        assert!(answers.iter().count() <= 2);
    }
}
