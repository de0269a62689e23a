//! The terminal: claimed and released, events in, frames out.
//!
//! ```text
//! let mut tui = Tui::claim(Settings::from(&Environment::read()))?;
//! let events = tui.listen()?;
//! let worker = start(events.sender());          // reports by Event::App
//! loop {
//!     tui.draw(|buffer, area| ui::draw(&app, buffer, area));
//!     for event in tui.wait(&events) { … }
//! }
//! ```
//!
//! [`Tui::wait`] sleeps until there is something to do and returns all events at once, so that a
//! burst of keys is one frame. [`Tui::draw`] paints the newest state, or nothing if the last frame
//! is still on its way. In that case [`Tui::wait`] returns, perhaps without an event, when it is
//! time to draw.

pub mod clipboard;
pub mod deaf;
pub mod dialect;
pub mod doctor;
pub mod environment;
mod event;
mod flow;
mod frame;
mod grid;
pub mod input;
mod listen;
pub mod pause;
pub mod pen;
pub mod probe;
pub mod screen;
mod scroll;
mod terminal;
mod waiting;

use std::collections::VecDeque;
use std::os::fd::AsFd;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::background::Background;
use crate::key::Input;
use crate::text::width::Ambiguous;
use clipboard::{Clipboard, NotSent};
use dialect::{Dialect, Scrolling};
use environment::Environment;
use event::Incoming;
pub use event::{Event, Events, Leave, Sender};
use flow::Flow;
use input::Answer;
use listen::{Control, Signals};
use pen::Colours;
use probe::{Answers, Probe};
use screen::Screen;
pub use terminal::Refusal;
use terminal::Wire;

/// How to use the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Width of characters of ambiguous width; `None` asks the terminal.
    pub ambiguous: Option<Ambiguous>,
    /// The background that the user set; `None` asks the terminal.
    pub background: Option<Background>,
    /// The background until the terminal has answered, if anything suggests one.
    pub likely_background: Option<Background>,
    pub colours: Colours,
    /// Whether frames are wrapped in synchronized output.
    pub synchronized: bool,
    pub scrolling: Scrolling,
    /// Whether sequences newer than the VT100 may be used.
    pub modern: bool,
    /// Whether the mouse is reported from the start.
    pub mouse: bool,
    /// Whether the terminal is asked anything at all.
    pub questions: bool,
    /// Whether text is UTF-8 by the locale.
    pub utf8: bool,
    /// Whether Ctrl-C ends the program, even a busy one.
    pub ends_on_ctrl_c: bool,
}

impl From<&Environment> for Settings {
    /// Returns what the environment suggests. Over SSH the mouse is not reported, since selecting
    /// text with it is how one copies.
    fn from(environment: &Environment) -> Self {
        Self {
            ambiguous: None,
            background: None,
            likely_background: environment.background,
            colours: environment.colours(),
            synchronized: !environment.no_sync,
            scrolling: environment.scrolling(),
            modern: !environment.is_old(),
            mouse: !environment.ssh,
            questions: true,
            utf8: environment.locale_is_utf8(),
            ends_on_ctrl_c: true,
        }
    }
}

impl Settings {
    /// Whether the background matters and is unknown.
    fn asks_background(&self) -> bool {
        self.background.is_none() && self.colours != Colours::None && self.questions
    }
}

/// What layout needs to know about a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    pub ambiguous: Ambiguous,
    /// Whether frames must be drawn in ASCII.
    pub ascii: bool,
    /// Whether joined emoji are drawn as one glyph.
    pub joins: bool,
}

/// A claim on the terminal, released on drop.
///
/// A panic releases it earlier, from the panic hook. The message printed after that would otherwise
/// vanish with the alternate screen.
#[derive(Debug)]
pub struct Tui {
    screen: Screen<Wire>,
    settings: Settings,
    size: (u16, u16),
    mouse: bool,
    probe: Option<Probe>,
    answers: Answers,
    background: Option<Background>,
    flow: Flow,
    /// Number of times that the terminal was asked to report that it has read everything.
    asked: usize,
    /// Number of times that Ctrl-C was pressed.
    interrupts: usize,
    /// Whether a frame was requested that could not be sent yet.
    owed: bool,
    /// Time at which the program wants to be woken, whatever happens until then.
    alarm: Option<Instant>,
    /// Whether the terminal is released for a while.
    away: bool,
    signals: Option<Signals>,
    control: Option<Control>,
}

/// Initial modes of cursor keys and keypad (DECCKM, DECKPNM), which a killed pager may have
/// changed. Everything else that it may have changed is set by the first frame.
const PLAIN_KEYS: &str = "\x1b[?1l\x1b>";

impl Tui {
    /// Claims the terminal and asks it what it is like. Nothing is written unless it is claimed.
    pub fn claim(settings: Settings) -> Result<Self, Refusal> {
        // Before signals are caught: if there is no terminal to claim, Ctrl-C must work as before.
        terminal::check(&Environment::read())?;
        let signals = Signals::catch()?;
        let dialect = Dialect {
            ambiguous: settings.ambiguous.unwrap_or_default(),
            measured: false,
            colours: settings.colours,
            synchronized: settings.synchronized,
            scrolling: settings.scrolling,
            columns: settings.modern,
            // Not before the terminal has reported a kind that can.
            erases_columns: false,
            joins: false,
        };
        let widths = settings.ambiguous.is_none();
        let questions = if settings.questions {
            probe::questions(widths, settings.asks_background())
        } else {
            String::new()
        };
        terminal::enter(settings.mouse, settings.asks_background(), &questions)?;
        let size = terminal::size();
        Ok(Self {
            screen: Screen::new(Wire::new()?, size.0, size.1, dialect),
            settings,
            size,
            mouse: settings.mouse,
            probe: settings
                .questions
                .then(|| Probe::new(widths, Instant::now())),
            answers: Answers::default(),
            background: settings.background.or(settings.likely_background),
            flow: Flow::default(),
            asked: settings.questions.into(),
            interrupts: 0,
            owed: false,
            alarm: None,
            away: false,
            signals: Some(signals),
            control: None,
        })
    }

    /// Starts listening to the terminal. Must be called once.
    pub fn listen<T: Send + 'static>(&mut self) -> Result<Events<T>, Refusal> {
        let signals = match self.signals.take() {
            Some(signals) => signals,
            None => Signals::catch()?,
        };
        let ends = self.settings.ends_on_ctrl_c;
        let (events, control) =
            listen::listen(terminal::input()?, terminal::output()?, signals, ends)?;
        self.control = Some(control);
        Ok(events)
    }

    /// Returns the columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Returns the assumed width of characters of ambiguous width.
    pub fn ambiguous(&self) -> Ambiguous {
        self.screen.dialect().ambiguous
    }

    /// Returns what layout needs to know about the terminal.
    pub fn widths(&self) -> Widths {
        Widths {
            ambiguous: self.ambiguous(),
            ascii: self.needs_ascii_frames(),
            joins: self.screen.dialect().joins,
        }
    }

    /// Returns whether the background is assumed to be dark or light; `None` if it is unknown.
    pub fn background(&self) -> Option<Background> {
        self.background
    }

    /// Returns how many colours the terminal is sent.
    pub fn colours(&self) -> Colours {
        self.screen.dialect().colours
    }

    /// Whether frames must be drawn in ASCII: if text is not UTF-8, if box drawing may be two
    /// columns wide, or if the terminal puts it into other columns.
    pub fn needs_ascii_frames(&self) -> bool {
        !self.settings.utf8 || self.ambiguous() == Ambiguous::Wide || self.answers.misplaces_rules()
    }

    /// Returns what the terminal has reported about itself so far.
    pub fn answers(&self) -> Answers {
        self.answers
    }

    /// Paints the newest state, unless the last frame is still on its way. In that case
    /// [`Tui::wait`] returns when this should be called again. `paint` gets an empty buffer and
    /// returns the caret's column and row, if there is one.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer, Rect) -> Option<(u16, u16)>) {
        if self.away {
            return;
        }
        self.screen.writer_mut().push();
        self.owed = !self.screen.writer_mut().is_clear() || !self.flow.is_open();
        if !self.owed {
            self.screen.ask_receipt_from(self.flow.receipt_from());
            let sent = self.screen.paint(paint).expect("the wire takes everything");
            self.flow.sent(sent, Instant::now());
            self.asked += usize::from(sent.receipt);
        }
        self.watch_output();
    }

    /// Makes the next frame a full one, whatever the terminal shows.
    pub fn repaint(&mut self) {
        self.screen.forget();
    }

    /// Waits until there is something to do. Returns the events in the order in which they
    /// happened, or none if only a frame must be drawn.
    pub fn wait<T>(&mut self, events: &Events<T>) -> Vec<Event<T>> {
        self.tell_obeyed();
        loop {
            if self.screen.writer_mut().is_broken() {
                return vec![Event::Leave(Leave::TerminalGone)];
            }
            let first = match self.deadline() {
                None => events.reports.recv().map_err(RecvTimeoutError::from),
                Some(deadline) => events
                    .reports
                    .recv_timeout(deadline.saturating_duration_since(Instant::now())),
            };
            let mut reports = match first {
                Ok(first) => VecDeque::from([first]),
                Err(RecvTimeoutError::Timeout) => {
                    if self.answer_due().is_some_and(|due| due <= Instant::now()) {
                        self.flow.give_up();
                    }
                    return Vec::new();
                }
                // The listening thread is gone, and no key arrives any more.
                Err(RecvTimeoutError::Disconnected) => {
                    return vec![Event::Leave(Leave::TerminalGone)];
                }
            };
            reports.extend(events.reports.try_iter().take(1024));
            if reports
                .iter()
                .any(|report| matches!(report, Incoming::Continued))
            {
                prefer_leaving(&mut reports, events);
            }
            event::coalesce(&mut reports);
            let mut draw = false;
            let events: Vec<Event<T>> = reports
                .into_iter()
                .filter_map(|report| self.take(report, &mut draw))
                .collect();
            if draw || !events.is_empty() {
                return events;
            }
        }
    }

    /// Reports to the watchdog that every event returned so far has been handled.
    pub fn tell_obeyed(&self) {
        if let Some(control) = &self.control {
            control.obeyed(self.interrupts);
        }
    }

    /// Handles what the program need not know. Sets `draw` if a frame is due.
    fn take<T>(&mut self, report: Incoming<T>, draw: &mut bool) -> Option<Event<T>> {
        match report {
            // An earlier program may have left it on.
            Incoming::Input(Input::Mouse(_)) if !self.mouse => return None,
            Incoming::Input(input) => {
                if let Input::Resize { columns, rows } = input {
                    // Even if the size is the same: rows may have been cut off in between.
                    self.size = (columns, rows);
                    self.screen.resize(columns, rows);
                }
                self.interrupts += usize::from(input == Input::Key(listen::CTRL_C));
                return Some(Event::Input(input));
            }
            Incoming::App(message) => return Some(Event::App(message)),
            Incoming::Leave(leave) => return Some(Event::Leave(leave)),
            Incoming::Answer(answer) => return self.take_answer(answer, draw),
            Incoming::Writable => {
                self.screen.writer_mut().push();
                *draw |= self.owed && self.screen.writer_mut().is_clear();
                self.watch_output();
            }
            Incoming::Stop => self.suspend(),
            Incoming::Continued => {
                let (columns, rows) = self.size;
                self.enter();
                *draw = true;
                if self.size != (columns, rows) {
                    let (columns, rows) = self.size;
                    return Some(Event::Input(Input::Resize { columns, rows }));
                }
            }
        }
        None
    }

    /// Takes an answer of the terminal. Returns an event if it is not as assumed.
    fn take_answer<T>(&mut self, answer: Answer, draw: &mut bool) -> Option<Event<T>> {
        let now = Instant::now();
        if let Answer::Background(background) = answer {
            return self.take_background(background);
        }
        let before = self.widths();
        let Some(probe) = &mut self.probe else {
            if answer == Answer::Ready {
                self.flow.received(now);
                *draw |= self.owed && self.flow.is_open();
            }
            return None;
        };
        self.answers = probe.take(answer, now)?;
        if answer == Answer::Ready {
            self.probe = None;
            self.flow.trust(self.answers.round_trip.unwrap_or_default());
        }
        let erases = self.settings.modern && self.answers.erases_columns();
        self.screen.erase_columns(erases);
        if self.answers.synchronized == Some(false) {
            self.screen.stop_synchronizing();
        }
        self.screen.join_emoji(self.answers.joins());
        let measured = self.answers.ambiguous();
        if let Some(measured) = measured
            && self.settings.ambiguous.is_none_or(|set| set == measured)
        {
            if measured != before.ambiguous {
                self.set_ambiguous(measured);
            }
            self.screen.confirm_width();
        }
        let widths = self.widths();
        (widths != before).then_some(Event::Widths)
    }

    /// Takes the background that the terminal reports, once when asked and again when it changes.
    /// Returns an event if it is not as assumed.
    fn take_background<T>(&mut self, background: Background) -> Option<Event<T>> {
        if !self.settings.asks_background() || self.background == Some(background) {
            return None;
        }
        self.background = Some(background);
        Some(Event::Background(background))
    }

    /// Sets the assumed width of characters of ambiguous width.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) {
        let dialect = self.screen.dialect();
        self.screen.set_dialect(Dialect {
            ambiguous,
            ..dialect
        });
    }

    /// Turns reports of the mouse on or off. Returns whether it is reported now.
    pub fn set_mouse(&mut self, on: bool) -> bool {
        self.mouse = on;
        terminal::set_mouse(on, self.screen.writer_mut())
    }

    /// Whether the mouse is reported.
    pub fn mouse(&self) -> bool {
        self.mouse
    }

    /// Sends a text to the user's clipboard. No terminal reports whether it got there.
    pub fn copy(&mut self, text: &str, clipboard: Clipboard) -> Result<(), NotSent> {
        let bytes = clipboard::osc52(text, clipboard)?;
        self.screen.writer_mut().send(&bytes);
        self.watch_output();
        Ok(())
    }

    /// Stops the program, as Ctrl-Z does with any other; a shell's `fg` continues it. Does nothing
    /// if no shell could.
    pub fn suspend(&mut self) {
        if self.away || !terminal::can_be_stopped() {
            return;
        }
        self.leave();
        if terminal::stop().is_err() {
            self.enter();
        }
        // Once continued, SIGCONT is reported, and the terminal is claimed again.
    }

    /// Lends the terminal to another program, such as an editor, which `run` starts and waits for.
    pub fn lend<R>(&mut self, run: impl FnOnce() -> R) -> R {
        self.leave();
        let result = run();
        self.enter();
        result
    }

    /// Releases the terminal, for a while or for good. The screen is restored first, so that nobody
    /// looks at a dead one while answers are awaited.
    fn leave(&mut self) {
        if let Some(control) = &self.control {
            control.pause();
        }
        self.screen.writer_mut().clear();
        self.away = true;
        terminal::give_back_screen();
        self.swallow_answers();
        terminal::give_back();
    }

    /// Claims the terminal again, even from a shell that used it while the program was stopped.
    fn enter(&mut self) {
        self.flow.clear();
        self.screen.writer_mut().clear();
        let entered = terminal::enter(self.mouse, self.settings.asks_background(), PLAIN_KEYS);
        if let Some(control) = &self.control {
            control.unpause();
        }
        if entered.is_err() {
            // Gone in the meantime, as the next read will report.
            return;
        }
        self.away = false;
        self.size = terminal::size();
        self.screen.resize(self.size.0, self.size.1);
    }

    /// Waits for answers that are still on their way, or they would end up in the shell: no longer
    /// than answers may take, and not for those that are overdue. What is typed after the last
    /// answer is kept for the shell.
    fn swallow_answers(&mut self) {
        let answered = self.control.as_ref().map_or(0, Control::answered);
        let mut open = self.asked.saturating_sub(answered);
        self.asked = answered;
        // A program that reads from the background is stopped.
        if open == 0 || !terminal::is_in_front() {
            return;
        }
        let first = self.probe.take().map(|probe| probe.deadline());
        let shortest = Duration::from_millis(100);
        let under_way = self
            .flow
            .outstanding()
            .map(|time| Instant::now() + time.clamp(shortest, probe::PATIENCE));
        let deadline = first.max(under_way).unwrap_or_else(Instant::now);
        if let Ok(input) = terminal::input() {
            // A terminal that is gone sends nothing more.
            let _ = probe::read_answers(input.as_fd(), deadline, |answer| {
                open -= usize::from(answer == Answer::Ready);
                open == 0
            });
        }
    }

    /// Returns when to stop waiting: for the terminal's answer to a frame, or for the alarm.
    fn deadline(&self) -> Option<Instant> {
        self.answer_due().into_iter().chain(self.alarm).min()
    }

    /// Returns when to stop waiting for the terminal's answer to a frame.
    fn answer_due(&self) -> Option<Instant> {
        self.flow.deadline().filter(|_| self.owed)
    }

    /// Sets the time at which [`Tui::wait`] returns at the latest; with `None` it sleeps until
    /// something happens.
    pub fn wake_at(&mut self, time: Option<Instant>) {
        self.alarm = time;
    }

    /// Makes the listening thread report when there is room for unsent bytes.
    fn watch_output(&mut self) {
        if !self.screen.writer_mut().is_clear()
            && let Some(control) = &self.control
        {
            control.watch_output();
        }
    }
}

/// Drops the report that the program was continued if it was continued only to end.
///
/// A shell that ends a stopped job sends SIGTERM and SIGCONT together, and either may arrive first.
/// A program that reaches for the terminal from the background is stopped again, and never ends.
fn prefer_leaving<T>(reports: &mut VecDeque<Incoming<T>>, events: &Events<T>) {
    let deadline = Instant::now() + listen::SAME_CAUSE;
    while !reports
        .iter()
        .any(|report| matches!(report, Incoming::Leave(_)))
    {
        if terminal::is_in_front() {
            return;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        match events.reports.recv_timeout(left) {
            Ok(report) => reports.push_back(report),
            Err(_) => return,
        }
    }
    reports.retain(|report| !matches!(report, Incoming::Continued));
}

impl Drop for Tui {
    fn drop(&mut self) {
        self.leave();
    }
}
