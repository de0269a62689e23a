//! Searching on a thread of its own.

use std::sync::{Arc, mpsc};
use std::thread;

use super::Found;
use super::facts::Facts;
use super::index::Index;
use crate::corpus::Corpus;
use crate::text::pinyin::Options;

/// A thread that answers the newest of the questions put to it.
#[derive(Debug)]
pub struct Worker {
    messages: mpsc::Sender<Message>,
}

#[derive(Debug)]
enum Message {
    Ask(String),
    Know(Facts),
}

impl Worker {
    /// Starts the thread, which builds the index first. It ends when the worker
    /// is dropped, or when `answer` says that nobody listens.
    pub fn start(
        corpus: Arc<Corpus>,
        options: Options,
        answer: impl Fn(Found) -> bool + Send + 'static,
    ) -> Self {
        let (messages, waiting) = mpsc::channel();
        let search = move || {
            let index = Index::with_options(corpus, options);
            let mut facts = Facts::default();
            while let Ok(first) = waiting.recv() {
                let mut question = None;
                for message in std::iter::once(first).chain(waiting.try_iter()) {
                    match message {
                        Message::Ask(query) => question = Some(query),
                        Message::Know(newer) => facts = newer,
                    }
                }
                if let Some(query) = question
                    && !answer(index.search_with(&query, &facts))
                {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("search".to_owned());
        // Without a thread there is no search, and the list stays as it is.
        drop(thread.spawn(search));
        Self { messages }
    }

    /// Asks a question; the answer comes to the closure.
    pub fn ask(&mut self, query: String) {
        let _ = self.messages.send(Message::Ask(query));
    }

    /// Tells what the corpus does not know: topics, tags, stars.
    pub fn know(&mut self, facts: Facts) {
        let _ = self.messages.send(Message::Know(facts));
    }
}
