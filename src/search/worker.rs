//! Searching on a thread of its own.

use std::sync::{Arc, mpsc};
use std::thread;

use super::Found;
use super::index::Index;
use crate::corpus::Corpus;

/// A thread that answers the newest of the questions put to it.
#[derive(Debug)]
pub struct Worker {
    questions: mpsc::Sender<String>,
}

impl Worker {
    /// Starts the thread, which builds the index first.
    pub fn start(corpus: Arc<Corpus>, answer: impl Fn(Found) -> bool + Send + 'static) -> Self {
        let (questions, waiting) = mpsc::channel::<String>();
        let search = move || {
            let index = Index::build(corpus);
            while let Ok(mut question) = waiting.recv() {
                question = waiting.try_iter().last().unwrap_or(question);
                if !answer(index.search(&question)) {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("search".to_owned());
        // Without a thread there is no search, and the list stays as it is.
        drop(thread.spawn(search));
        Self { questions }
    }

    /// Asks a question; the answer comes to the closure.
    pub fn ask(&mut self, query: String) {
        let _ = self.questions.send(query);
    }
}
