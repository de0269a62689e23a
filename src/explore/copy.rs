//! Copying: programs on a thread of their own, which may hang, then the
//! terminal.

use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::{Message, Shell};
use crate::app::App;
use crate::app::action::Action;
use crate::text::gate;
use crate::tui::clipboard;
use crate::tui::clipboard::ways::{Copied, Ways};

/// How long the first answer is waited for, so that a message does not come a
/// frame after the key.
const AT_ONCE: Duration = Duration::from_millis(100);

/// How long a reader who leaves waits for a copy that is under way. Programs that
/// work need a hundredth of it.
const LAST: Duration = Duration::from_secs(3);

/// A copy that programs have not answered for yet.
pub(super) struct Copying {
    text: String,
    ways: Ways,
    answer: Receiver<Copied>,
}

impl Shell {
    /// Sends a text to the reader's clipboard in every way that can work. Reports the outcome at
    /// once, or when a slow program has answered.
    pub(super) fn copy(&mut self, app: &App, text: &str) -> Option<Action> {
        let text = clipboard::tidy(&gate::clean(text));
        let environment = self.environment.told(self.tui.answers().kind);
        let ways = Ways::new(&self.config, &environment);
        if !ways.has_programs() {
            return Some(self.copy_by_terminal(app, text, &ways, &Copied::default()));
        }
        // The newer text is the one that has to stay on the clipboard.
        let earlier = self.copying.take();
        let (answer, answered) = mpsc::channel();
        let work = {
            let (text, ways, sender) = (text.clone(), ways.clone(), self.sender.clone());
            move || {
                if let Some(earlier) = earlier {
                    let _ = earlier.answer.recv();
                }
                let _ = answer.send(ways.copy(&text));
                sender.send(Message::Copied);
            }
        };
        let started = thread::Builder::new()
            .name("clipboard".to_owned())
            .spawn(work);
        if started.is_err() {
            return Some(self.copy_by_terminal(app, text, &ways, &Copied::default()));
        }
        self.copying = Some(Copying {
            text,
            ways,
            answer: answered,
        });
        let told = self.take_copied(app, AT_ONCE);
        let waits = || Action::Tell(app.words().copying.to_owned());
        Some(told.unwrap_or_else(waits))
    }

    /// Returns the outcome of the copy under way; `None` if there is none, or no answer within
    /// `patience`.
    pub(super) fn take_copied(&mut self, app: &App, patience: Duration) -> Option<Action> {
        let copying = self.copying.take()?;
        match copying.answer.recv_timeout(patience) {
            Err(mpsc::RecvTimeoutError::Timeout) => {
                self.copying = Some(copying);
                None
            }
            answer => {
                let copied = answer.unwrap_or_default();
                let Copying { text, ways, .. } = copying;
                Some(match copied.message(app.settings.language) {
                    Some(said) => Action::Tell(said),
                    None => self.copy_by_terminal(app, text, &ways, &copied),
                })
            }
        }
    }

    /// Waits for a copy that is under way, before the program ends.
    pub(super) fn finish_copying(&mut self, app: &App) {
        let deadline = Instant::now() + LAST;
        let left = deadline.saturating_duration_since(Instant::now());
        let _ = self.take_copied(app, left);
    }

    fn copy_by_terminal(
        &mut self,
        app: &App,
        text: String,
        ways: &Ways,
        copied: &Copied,
    ) -> Action {
        let sent = ways
            .terminal(copied)
            .and_then(|clipboard| self.tui.copy(&text, clipboard));
        match sent {
            Ok(()) => Action::Tell(app.words().sent.to_owned()),
            Err(not_sent) => Action::OfferText {
                why: not_sent.message(app.settings.language),
                text,
            },
        }
    }
}
