//! A thread that searches, so that typing and drawing never wait.
//!
//! It builds the index itself, titles first, and answers from as much of it as
//! there is. Of questions that pile up only the newest is answered; a search
//! gives up as soon as a newer question comes. Of a large library the best hits
//! in titles, names and headings are answered first, and the whole after that.

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
/// question: some twenty milliseconds of work.
const READ_AT_ONCE: usize = 2;

/// From how many cases on titles are answered before the text has been read or
/// searched: the whole may take longer than a frame then.
const LARGE: usize = 4_000;

/// A thread that answers the newest of the questions put to it; it ends when
/// this is dropped.
#[derive(Debug)]
pub struct Worker {
    /// `None` only while this is being dropped.
    messages: Option<Sender<Message>>,
    /// The number of the newest question.
    newest: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
enum Message {
    Ask(Question),
    Know(Facts),
}

#[derive(Debug)]
struct Question {
    query: String,
    number: u64,
    /// Whether its first hits have been told.
    begun: bool,
}

impl Worker {
    /// Starts the thread; `answer` is called in it. An answer that is not
    /// complete is followed by a fuller one to the same query, unless a newer
    /// question comes before. The thread ends as well when `answer` says that
    /// nobody listens.
    pub fn start(
        corpus: Arc<Corpus>,
        options: Options,
        answer: impl FnMut(Found) -> bool + Send + 'static,
    ) -> Self {
        let (messages, waiting) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let mut desk = Desk {
            waiting,
            newest: Arc::clone(&newest),
            facts: Facts::default(),
            question: None,
            answer,
        };
        let search = move || {
            // It ends one way only: nobody is left.
            let _ = desk.run(corpus, options);
        };
        let thread = thread::Builder::new().name("search".to_owned());
        Self {
            messages: Some(messages),
            newest,
            // Without a thread there is no search, and the list stays as it is.
            thread: thread.spawn(search).ok(),
        }
    }

    /// Asks a question; an answer to an earlier one need no longer be expected.
    pub fn ask(&self, query: String) {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        self.send(Message::Ask(Question {
            query,
            number,
            begun: false,
        }));
    }

    /// Tells what the corpus does not know: topics, tags, stars. It holds for
    /// the questions that follow.
    pub fn know(&self, facts: Facts) {
        self.send(Message::Know(facts));
    }

    fn send(&self, message: Message) {
        if let Some(messages) = &self.messages {
            // A thread that has ended answers nothing; why, it has told already.
            let _ = messages.send(message);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.newest.store(u64::MAX, Ordering::Relaxed);
        self.messages = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Nobody asks or listens any more.
struct Gone;

/// The thread's side of the channel.
struct Desk<Answer> {
    waiting: Receiver<Message>,
    newest: Arc<AtomicU64>,
    facts: Facts,
    /// The newest question, as long as it has not been answered completely.
    question: Option<Question>,
    answer: Answer,
}

impl<Answer: FnMut(Found) -> bool> Desk<Answer> {
    fn run(&mut self, corpus: Arc<Corpus>, options: Options) -> Result<(), Gone> {
        let mut index = Index::without_text(corpus, options);
        // A small library is read before anybody has seen half an answer.
        if index.cases() < LARGE {
            index.read_more(usize::MAX);
        }
        let mut more = !index.is_complete();
        loop {
            self.look()?;
            self.answer(&index)?;
            if more {
                more = index.read_more(READ_AT_ONCE);
            } else if self.question.is_none() {
                let message = self.waiting.recv().map_err(|_| Gone)?;
                self.take(message);
            }
        }
    }

    /// Takes all that waits.
    fn look(&mut self) -> Result<(), Gone> {
        loop {
            match self.waiting.try_recv() {
                Ok(message) => self.take(message),
                Err(TryRecvError::Empty) => return Ok(()),
                Err(TryRecvError::Disconnected) => return Err(Gone),
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Ask(question) => self.question = Some(question),
            Message::Know(facts) => self.facts = facts,
        }
    }

    /// Answers the question, as far as the index allows; what is not answered
    /// completely stays asked.
    fn answer(&mut self, index: &Index) -> Result<(), Gone> {
        let Some(mut question) = self.question.take() else {
            return Ok(());
        };
        let (newest, number) = (Arc::clone(&self.newest), question.number);
        let stop = move || newest.load(Ordering::Relaxed) != number;
        let complete = index.is_complete();
        if !question.begun && (!complete || index.cases() >= LARGE) {
            let found = index.first_hits(&question.query, &self.facts, &stop);
            let Some(found) = found else { return Ok(()) };
            question.begun = true;
            // With nothing in the titles the list may as well stay for the tenth
            // of a second that the text takes.
            if !complete || found.total > 0 {
                self.tell(found)?;
            }
        }
        if !complete {
            self.question = Some(question);
            return Ok(());
        }
        match index.search_until(&question.query, &self.facts, &stop) {
            Some(found) => self.tell(found),
            None => Ok(()),
        }
    }

    fn tell(&mut self, found: Found) -> Result<(), Gone> {
        if (self.answer)(found) {
            Ok(())
        } else {
            Err(Gone)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Field;
    use crate::seeds;
    use crate::seeds::catalog::Catalog;

    fn seeds() -> Arc<Corpus> {
        Arc::new(seeds::read(seeds::embedded(), &Catalog::embedded()).corpus)
    }

    fn worker() -> (Worker, Receiver<Found>) {
        let (send, answers) = mpsc::channel();
        let answer = move |found| send.send(found).is_ok();
        (Worker::start(seeds(), Options::default(), answer), answers)
    }

    /// The complete answer to `query`, whatever comes before it.
    fn complete(answers: &Receiver<Found>, query: &str) -> Found {
        let mut answers = answers.iter();
        let found = answers.find(|found| found.query == query && found.complete);
        found.expect("an answer")
    }

    #[test]
    fn a_question_is_answered_as_the_index_would() {
        let (worker, answers) = worker();
        worker.ask("街长治".to_owned());
        let found = complete(&answers, "街长治");
        assert_eq!(found.hits, Index::build(seeds()).search("街长治").hits);
    }

    #[test]
    fn of_a_burst_the_last_question_is_answered() {
        let (worker, answers) = worker();
        for typed in ["g", "go", "gon", "gong", "gongj", "gongji", "gongjijin"] {
            worker.ask(typed.to_owned());
        }
        let found = complete(&answers, "gongjijin");
        assert_eq!(seeds().get(found.hits[0].case).case.id.0, "003-16");
    }

    #[test]
    fn what_is_told_holds_for_the_questions_that_follow() {
        let (worker, answers) = worker();
        let case = seeds().find("003-3").unwrap();
        let mut facts = Facts::default();
        facts.add(Field::Tag, ["待读"], [case]);
        worker.know(facts);
        worker.ask("标签:待读".to_owned());
        assert_eq!(complete(&answers, "标签:待读").hits[0].case, case);
    }

    #[test]
    fn the_thread_ends_when_its_owner_goes() {
        let (worker, answers) = worker();
        worker.ask("创新".to_owned());
        drop(worker);
        // Ends because the thread, which holds the sender, has ended.
        assert!(answers.iter().count() <= 2);
    }

    #[test]
    fn the_thread_ends_when_nobody_listens() {
        let (worker, answers) = worker();
        drop(answers);
        worker.ask("创新".to_owned());
        drop(worker);
    }
}
