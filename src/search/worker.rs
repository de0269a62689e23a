//! A thread that searches, so that typing and drawing never wait.
//!
//! It builds the index itself, titles first, and answers from as much of it as there is. Of queued
//! questions only the newest is answered, and a search gives up as soon as a newer one comes. In a
//! large library the best hits in titles, names and headings are sent first, and the full answer
//! after that. Matches of hits far down are sent on request while no question waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use super::field_values::FieldValues;
use super::index::Index;
use super::{Explained, Found};
use crate::corpus::{CaseIndex, Corpus};
use crate::text::pinyin::Options;

/// Number of cases from which titles are answered first: the full answer may take longer than a
/// frame.
const LARGE: usize = 4_000;

/// A thread that answers the newest question. It ends when this is dropped.
#[derive(Debug)]
pub struct Worker {
    /// `None` only while this is being dropped.
    messages: Option<Sender<Message>>,
    /// Number of the newest question.
    newest: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread sends.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The answer to a question.
    Found(Found),
    /// Matches of hits that came without them.
    Explained(Explained),
}

#[derive(Debug)]
enum Message {
    Ask(Question),
    Explain(Unexplained),
    Know(FieldValues),
}

/// Hits of a query whose matches are requested.
#[derive(Debug)]
struct Unexplained {
    query: String,
    cases: Vec<CaseIndex>,
}

#[derive(Debug)]
struct Question {
    query: String,
    number: u64,
    /// Whether the first hits have been sent.
    begun: bool,
}

impl Worker {
    /// Starts the thread, which calls `reply`. An answer that is not complete is followed by a
    /// fuller one to the same query, unless a newer question comes. The thread also ends when
    /// `reply` reports that nobody listens.
    pub fn start(
        corpus: Arc<Corpus>,
        options: Options,
        reply: impl FnMut(Reply) -> bool + Send + 'static,
    ) -> Self {
        let (messages, waiting) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let mut desk = Desk {
            waiting,
            newest: Arc::clone(&newest),
            values: FieldValues::default(),
            asked: 0,
            question: None,
            unexplained: None,
            reply,
        };
        let search = move || {
            // It ends only when nobody is left.
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

    /// Asks a question. Earlier questions may stay unanswered.
    pub fn ask(&self, query: String) {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        self.send(Message::Ask(Question {
            query,
            number,
            begun: false,
        }));
    }

    /// Requests the matches of a query in some of its hits. A question that comes before the reply
    /// drops the request: its answer may have other hits.
    pub fn explain(&self, query: String, cases: Vec<CaseIndex>) {
        self.send(Message::Explain(Unexplained { query, cases }));
    }

    /// Sets field values from outside the corpus: topics, tags, stars. Later questions use them.
    pub fn know(&self, values: FieldValues) {
        self.send(Message::Know(values));
    }

    fn send(&self, message: Message) {
        if let Some(messages) = &self.messages {
            // A thread that has ended answers nothing.
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
struct Desk<Tell> {
    waiting: Receiver<Message>,
    newest: Arc<AtomicU64>,
    values: FieldValues,
    /// Number of the last question taken.
    asked: u64,
    /// That question, until it is answered completely.
    question: Option<Question>,
    /// Hits whose matches were requested since.
    unexplained: Option<Unexplained>,
    reply: Tell,
}

impl<Tell: FnMut(Reply) -> bool> Desk<Tell> {
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
                // Takes some twenty milliseconds.
                more = index.read_more(1);
            } else if self.question.is_none() && self.unexplained.is_some() {
                self.explain(&index)?;
            } else if self.question.is_none() {
                let message = self.waiting.recv().map_err(|_| Gone)?;
                self.take(message);
            }
        }
    }

    /// Takes all waiting messages.
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
            Message::Ask(question) => {
                self.asked = question.number;
                self.question = Some(question);
                self.unexplained = None;
            }
            Message::Explain(more) => match &mut self.unexplained {
                Some(known) if known.query == more.query => known.cases.extend(more.cases),
                unexplained => *unexplained = Some(more),
            },
            Message::Know(values) => self.values = values,
        }
    }

    /// Answers the question as far as the index allows, and keeps it until it is answered
    /// completely.
    fn answer(&mut self, index: &Index) -> Result<(), Gone> {
        let Some(mut question) = self.question.take() else {
            return Ok(());
        };
        let (newest, number) = (Arc::clone(&self.newest), question.number);
        let stop = move || newest.load(Ordering::Relaxed) != number;
        let complete = index.is_complete();
        if !question.begun && (!complete || index.cases() >= LARGE) {
            let found = index.first_hits(&question.query, &self.values, &stop);
            let Some(found) = found else { return Ok(()) };
            question.begun = true;
            // Without hits in titles the list may stay for the tenth of a second that the text
            // takes.
            if !complete || found.total > 0 {
                self.tell(Reply::Found(found))?;
            }
        }
        if !complete {
            self.question = Some(question);
            return Ok(());
        }
        match index.search_until(&question.query, &self.values, &stop) {
            Some(found) => self.tell(Reply::Found(found)),
            None => Ok(()),
        }
    }

    /// Sends the requested matches, unless a question comes.
    fn explain(&mut self, index: &Index) -> Result<(), Gone> {
        let Some(Unexplained { query, cases }) = self.unexplained.take() else {
            return Ok(());
        };
        let (newest, number) = (Arc::clone(&self.newest), self.asked);
        let stop = move || newest.load(Ordering::Relaxed) != number;
        let Some(matches) = index.explain(&query, &self.values, &cases, &stop) else {
            return Ok(());
        };
        let cases = cases.into_iter().zip(matches).collect();
        self.tell(Reply::Explained(Explained { query, cases }))
    }

    fn tell(&mut self, reply: Reply) -> Result<(), Gone> {
        if (self.reply)(reply) {
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

    fn worker() -> (Worker, Receiver<Reply>) {
        let (send, replies) = mpsc::channel();
        let reply = move |reply| send.send(reply).is_ok();
        (Worker::start(seeds(), Options::default(), reply), replies)
    }

    /// The complete answer to `query`, whatever comes before it.
    fn complete(replies: &Receiver<Reply>, query: &str) -> Found {
        let mut answers = replies.iter().filter_map(|reply| match reply {
            Reply::Found(found) => Some(found),
            Reply::Explained(_) => None,
        });
        let found = answers.find(|found| found.query == query && found.complete);
        found.expect("an answer")
    }

    #[test]
    fn a_question_is_answered_as_the_index_would() {
        let (worker, replies) = worker();
        worker.ask("街长治".to_owned());
        let found = complete(&replies, "街长治");
        assert_eq!(found.hits, Index::build(seeds()).search("街长治").hits);
    }

    #[test]
    fn of_a_burst_the_last_question_is_answered() {
        let (worker, replies) = worker();
        for typed in ["g", "go", "gon", "gong", "gongj", "gongji", "gongjijin"] {
            worker.ask(typed.to_owned());
        }
        let found = complete(&replies, "gongjijin");
        assert_eq!(seeds().get(found.hits[0].case).case.id.0, "003-16");
    }

    #[test]
    fn what_is_told_holds_for_the_questions_that_follow() {
        let (worker, replies) = worker();
        let case = seeds().find("003-3").unwrap();
        let mut facts = FieldValues::default();
        facts.add(Field::Tag, ["待读"], [case]);
        worker.know(facts);
        worker.ask("标签:待读".to_owned());
        assert_eq!(complete(&replies, "标签:待读").hits[0].case, case);
    }

    #[test]
    fn hits_are_explained_when_it_is_asked_for() {
        let (worker, replies) = worker();
        worker.ask("地铁".to_owned());
        let found = complete(&replies, "地铁");
        let (first, last) = (&found.hits[0], &found.hits[found.hits.len() - 1]);
        worker.explain("地铁".to_owned(), vec![last.case, first.case]);
        let Ok(Reply::Explained(explained)) = replies.recv() else {
            panic!("nothing else was asked for");
        };
        assert_eq!(explained.query, "地铁");
        let expected = [last, first].map(|hit| (hit.case, hit.matches.clone()));
        assert_eq!(explained.cases, expected);
    }

    /// A desk without a thread, and its channels.
    fn desk() -> (
        Sender<Message>,
        Desk<impl FnMut(Reply) -> bool>,
        Receiver<Reply>,
    ) {
        let (messages, waiting) = mpsc::channel();
        let (send, replies) = mpsc::channel();
        let desk = Desk {
            waiting,
            newest: Arc::new(AtomicU64::new(0)),
            values: FieldValues::default(),
            asked: 0,
            question: None,
            unexplained: None,
            reply: move |reply| send.send(reply).is_ok(),
        };
        (messages, desk, replies)
    }

    fn unexplained(query: &str, case: u32) -> Message {
        Message::Explain(Unexplained {
            query: query.to_owned(),
            cases: vec![CaseIndex(case)],
        })
    }

    #[test]
    fn what_waits_of_one_query_is_explained_in_one_go() {
        let (_, mut desk, replies) = desk();
        desk.take(unexplained("水价", 1));
        desk.take(unexplained("地铁", 2));
        desk.take(unexplained("地铁", 3));
        assert!(desk.explain(&Index::build(seeds())).is_ok());
        assert!(desk.unexplained.is_none());
        let Ok(Reply::Explained(told)) = replies.try_recv() else {
            panic!("it was asked for");
        };
        let cases: Vec<u32> = told.cases.iter().map(|(case, _)| case.0).collect();
        assert_eq!((told.query.as_str(), &cases[..]), ("地铁", &[2, 3][..]));
    }

    #[test]
    fn a_newer_question_drops_what_was_to_be_explained() {
        let (_messages, mut desk, replies) = desk();
        desk.take(unexplained("地铁", 2));
        desk.take(question("创新", 0));
        assert!(desk.unexplained.is_none());
        // A question that was asked but not taken also stops the work.
        desk.take(unexplained("地铁", 2));
        desk.newest.store(1, Ordering::Relaxed);
        assert!(desk.explain(&Index::build(seeds())).is_ok());
        assert!(replies.try_recv().is_err());
    }

    fn question(query: &str, number: u64) -> Message {
        Message::Ask(Question {
            query: query.to_owned(),
            number,
            begun: false,
        })
    }

    /// The queries of the answers sent.
    fn answered(replies: &Receiver<Reply>) -> Vec<String> {
        let query = |reply| match reply {
            Reply::Found(found) => found.query,
            Reply::Explained(told) => panic!("nobody asked for matches of {}", told.query),
        };
        replies.try_iter().map(query).collect()
    }

    #[test]
    fn of_questions_that_wait_the_newest_alone_is_answered_and_once() {
        let (messages, waiting) = mpsc::channel();
        let (send, replies) = mpsc::channel();
        let typed = ["g", "go", "gon", "gong", "gongj", "gongji", "gongjijin"];
        for (query, number) in typed.iter().zip(1..) {
            messages.send(question(query, number)).unwrap();
        }
        // The asker is dropped when the newest question has been answered, and the desk ends when
        // it next looks for one.
        let mut asker = Some(messages);
        let mut desk = Desk {
            waiting,
            newest: Arc::new(AtomicU64::new(typed.len() as u64)),
            values: FieldValues::default(),
            asked: 0,
            question: None,
            unexplained: None,
            reply: move |reply: Reply| {
                if matches!(&reply, Reply::Found(found) if found.query == "gongjijin") {
                    drop(asker.take());
                }
                send.send(reply).is_ok()
            },
        };
        assert!(desk.run(seeds(), Options::default()).is_err());
        assert_eq!(answered(&replies), ["gongjijin"]);
    }

    #[test]
    fn a_question_that_is_no_longer_the_newest_is_not_answered() {
        let (_messages, mut desk, replies) = desk();
        let index = Index::build(seeds());
        desk.take(question("创新", 1));
        // A newer one has been asked, but not taken.
        desk.newest.store(2, Ordering::Relaxed);
        assert!(desk.answer(&index).is_ok());
        assert_eq!(answered(&replies), [] as [&str; 0]);
        desk.take(question("地铁", 2));
        assert!(desk.answer(&index).is_ok());
        assert_eq!(answered(&replies), ["地铁"]);
        // It has been answered: nothing remains to be sent.
        assert!(desk.answer(&index).is_ok());
        assert_eq!(answered(&replies), [] as [&str; 0]);
    }

    #[test]
    fn a_question_to_an_unfinished_index_is_answered_again_when_it_is_complete() {
        let (_messages, mut desk, replies) = desk();
        let mut index = Index::without_text(seeds(), Options::default());
        desk.newest.store(1, Ordering::Relaxed);
        desk.take(question("地铁", 1));
        while !index.is_complete() {
            // However often it answers, first hits are sent once.
            assert!(desk.answer(&index).is_ok());
            assert!(desk.answer(&index).is_ok());
            index.read_more(1);
        }
        assert!(desk.answer(&index).is_ok());
        let told = |reply| match reply {
            Reply::Found(found) => (found.complete, found.hits.len()),
            Reply::Explained(_) => panic!("nobody asked for matches"),
        };
        let answers: Vec<(bool, usize)> = replies.try_iter().map(told).collect();
        // Three titles; four more texts.
        assert_eq!(answers, [(false, 3), (true, 7)]);
    }

    #[test]
    fn the_thread_ends_when_its_owner_goes() {
        let (worker, replies) = worker();
        worker.ask("创新".to_owned());
        drop(worker);
        // Ends because the thread, which owns the sender, has ended.
        assert!(replies.iter().count() <= 2);
    }

    #[test]
    fn the_thread_ends_when_nobody_listens() {
        let (worker, replies) = worker();
        drop(replies);
        worker.ask("创新".to_owned());
        drop(worker);
    }
}
