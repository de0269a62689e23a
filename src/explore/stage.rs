//! Who else has a hand on the explorer: a tour that guides the reader, a demo that
//! plays by itself. The clock that a demo needs is here; without one the program
//! sleeps until something happens.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::keeper::Keeper;
use super::{Message, Shell};
use crate::app::action::Action;
use crate::app::tour::Tour;
use crate::app::work::Done;
use crate::app::{App, Settings};
use crate::cli::arguments::{Options, Part};
use crate::config::Start;
use crate::key::{Input, Key};
use crate::language::Label;
use crate::show::{Deed, Script};
use crate::store::Store;
use crate::ui::{Shown, bar};

/// What goes on beside the reader.
pub(super) struct Stage {
    /// The settings of every new start.
    settings: Settings,
    tour: Option<Tour>,
    /// The reader's own explorer and what it keeps, while a tour has the screen.
    aside: Option<Box<(App, Keeper)>>,
    demo: Option<Demo>,
    /// What a page at the start says, and whether it is shown.
    title: Option<String>,
    shows_title: bool,
    /// Rows of the bar.
    rows: u16,
    /// How long nobody has to touch anything before the screen is as at the start.
    patience: Duration,
    /// When somebody last touched something since the start.
    touched: Option<Instant>,
}

/// A script that is being played.
struct Demo {
    script: Script,
    /// The next cue, and when it is due.
    at: usize,
    due: Instant,
    caption: String,
    /// Whether a visitor has taken over.
    is_taken: bool,
}

/// How long a demo shows its title.
const TITLE_TIME: Duration = Duration::from_secs(4);

/// How long a demo waits for a visitor who took over.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a public terminal waits for a visitor who may be reading.
const KIOSK_PATIENCE: Duration = Duration::from_secs(180);

const TAKEN: Label = Label(
    "现在由您操作；{s} 秒无操作即继续演示。Ctrl-C 退出",
    "It is yours; the demo goes on after {s} s without a key. Ctrl-C quits",
);

impl Stage {
    pub fn new(options: &Options, app: &App) -> Self {
        let script = match &options.part {
            Part::Demo(script) => Some(script.clone()),
            Part::Reader | Part::Tour => None,
        };
        Self {
            settings: app.settings.clone(),
            tour: (options.part == Part::Tour).then(|| Tour::new(app)),
            aside: None,
            demo: script.map(|script| Demo::new(script, options.title.is_some())),
            title: options.title.clone(),
            shows_title: options.title.is_some(),
            rows: 0,
            patience: options.idle.unwrap_or(match options.part {
                Part::Demo(_) => PATIENCE,
                Part::Reader | Part::Tour => KIOSK_PATIENCE,
            }),
            touched: None,
        }
    }

    /// Fits bar and explorer to a screen.
    pub fn fit(&mut self, app: &mut App, (columns, rows): (u16, u16)) {
        self.rows = self.height(app, (columns, rows));
        let rows = rows - self.rows;
        app.update(Action::Fit { columns, rows });
    }

    fn height(&self, app: &App, size: (u16, u16)) -> u16 {
        let ambiguous = app.settings.ambiguous;
        if self.tour.is_some() {
            let texts = Tour::texts(app);
            return bar::height(texts.iter().map(String::as_str), size, ambiguous);
        }
        let Some(demo) = &self.demo else { return 0 };
        let language = app.settings.language;
        let taken = self.taken(app);
        let captions = demo.script.captions(language).chain([taken.as_str()]);
        bar::height(captions, size, ambiguous)
    }

    /// What is on the screen beside the explorer.
    pub fn shown(&self, app: &App) -> Shown {
        match self.title() {
            Some(title) => Shown::Title(title.to_owned()),
            None => {
                let text = self.text(app);
                // On the least screen, which leaves it none, it takes the row of hints.
                let rows = self.rows.max(u16::from(!text.is_empty()));
                Shown::Bar(text, rows)
            }
        }
    }

    /// What the page says that is shown in the place of everything else.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref().filter(|_| self.shows_title)
    }

    fn text(&self, app: &App) -> String {
        match (&self.tour, &self.demo) {
            (Some(tour), _) => tour.text(app),
            (None, Some(demo)) if demo.is_taken => self.taken(app),
            (None, Some(demo)) => demo.caption.clone(),
            (None, None) => String::new(),
        }
    }

    /// What the bar says while a visitor has the keys.
    fn taken(&self, app: &App) -> String {
        let text = TAKEN.in_language(app.settings.language);
        text.replace("{s}", &self.patience.as_secs().to_string())
    }

    /// Lets the tour see what became of a key.
    pub fn look(&mut self, app: &App) {
        if let Some(tour) = &mut self.tour {
            tour.look(app);
        }
    }

    /// When something is due that nobody has to do.
    pub fn wake(&self) -> Option<Instant> {
        let returns = self.touched.map(|touched| touched + self.patience);
        let plays = |demo: &&Demo| !demo.is_taken && !demo.is_at_end();
        let cue = self.demo.as_ref().filter(plays).map(|demo| demo.due);
        returns.or(cue)
    }
}

impl Demo {
    fn new(script: Script, has_title: bool) -> Self {
        let mut demo = Self {
            script,
            at: 0,
            due: Instant::now(),
            caption: String::new(),
            is_taken: false,
        };
        demo.begin(has_title);
        demo
    }

    /// Goes back to the first cue, or to the title page before it.
    fn begin(&mut self, has_title: bool) {
        self.at = 0;
        self.is_taken = false;
        self.caption.clear();
        let title = if has_title {
            TITLE_TIME
        } else {
            Duration::ZERO
        };
        self.due = Instant::now() + self.pause() + title;
    }

    /// How long the next cue waits.
    fn pause(&self) -> Duration {
        let after = self.script.cues.get(self.at).map_or(0, |cue| cue.after);
        Duration::from_millis(after.into())
    }

    fn is_at_end(&self) -> bool {
        self.at == self.script.cues.len() && !self.script.loops
    }
}

impl Shell {
    /// Takes what somebody did, who may take over from the demo.
    pub(super) fn take_on_stage(&mut self, app: &mut App, input: Input) -> Option<ExitCode> {
        if let Input::Resize { columns, rows } = input {
            self.stage.fit(app, (columns, rows));
            return None;
        }
        if app.settings.kiosk || self.stage.demo.is_some() {
            self.stage.touched = Some(Instant::now());
        }
        if let Some(tour) = &mut self.stage.tour
            && matches!(input, Input::Key(_) | Input::Typed(_))
        {
            tour.press();
        }
        let is_at_title = self.stage.title().is_some();
        self.stage.shows_title = false;
        let Some(demo) = &mut self.stage.demo else {
            // The key that turns the title page does nothing else, unless it quits.
            if is_at_title && input != Input::Key(Key::Ctrl('c')) {
                return None;
            }
            return self.take(app, input);
        };
        if demo.is_taken {
            return self.take(app, input);
        }
        // Every other key takes over, so that no visitor ends the demo by accident.
        if input == Input::Key(Key::Ctrl('c')) {
            return Some(ExitCode::SUCCESS);
        }
        // The key that takes over does nothing else: whoever pressed it did not know
        // what it would be for.
        demo.is_taken = true;
        None
    }

    /// Does what is due: the next cue of the demo, a new start after a visitor has gone,
    /// the end of the tour.
    pub(super) fn go_on(&mut self, app: &mut App) -> Option<ExitCode> {
        self.stage.look(app);
        if self
            .stage
            .tour
            .as_ref()
            .is_some_and(|tour| tour.is_over(app))
            && !self.leave_tour(app)
        {
            self.end_tour(app);
        }
        let now = Instant::now();
        let patience = self.stage.patience;
        match self.stage.touched {
            Some(touched) if now >= touched + patience => self.start_anew(app),
            Some(_) => return None,
            None => {}
        }
        while let Some(demo) = self.stage.demo.as_mut().filter(|demo| now >= demo.due) {
            let Some(cue) = demo.script.cues.get(demo.at) else {
                if demo.script.loops {
                    self.start_anew(app);
                }
                return None;
            };
            let deed = cue.deed.clone();
            demo.at += 1;
            self.stage.shows_title = false;
            demo.due = now + demo.pause();
            match deed {
                Deed::Rest => {}
                Deed::Say(caption) => {
                    demo.caption = caption.in_language(app.settings.language).to_owned();
                }
                Deed::Press(key) => {
                    if let Some(code) = self.take(app, Input::Key(key)) {
                        return Some(code);
                    }
                }
            }
        }
        None
    }

    /// Has everything as at the start, and the demo begin anew.
    fn start_anew(&mut self, app: &mut App) {
        // A tour that was begun from the help ends as well.
        (self.stage.aside, self.stage.tour, self.copying) = (None, None, None);
        drop(self.set_aside(app, self.stage.settings.clone()));
        self.stage.touched = None;
        self.stage.shows_title = self.stage.title.is_some();
        self.stage.fit(app, self.tui.size());
        if let Some(demo) = &mut self.stage.demo {
            demo.begin(self.stage.title.is_some());
        }
    }

    /// Passes finished work on to the explorer that was set aside for the tour.
    pub(super) fn tell_aside(&mut self, done: &Done) {
        if let Some(aside) = &mut self.stage.aside {
            aside.0.update(Action::TakeDone(done.clone()));
        }
    }

    /// Whether another explorer was set aside for the tour.
    pub(super) fn is_on_tour(&self) -> bool {
        self.stage.aside.is_some()
    }

    /// Begins the tour; the reader's own explorer waits until it ends.
    pub(super) fn begin_tour(&mut self, app: &mut App) -> Option<Action> {
        if self.stage.tour.is_some() {
            return None;
        }
        if !app.settings.library.is_empty() {
            return Some(Action::Tell(app.words().other_library.to_owned()));
        }
        let settings = Settings {
            start: Start::Search,
            ..app.settings.clone()
        };
        let before = self.set_aside(app, settings);
        self.stage.aside = Some(Box::new(before));
        self.stage.tour = Some(Tour::new(app));
        self.stage.fit(app, self.tui.size());
        None
    }

    /// Gives the reader's own explorer back, if a tour was begun from it.
    pub(super) fn leave_tour(&mut self, app: &mut App) -> bool {
        let Some(before) = self.stage.aside.take() else {
            return false;
        };
        // What was typed ahead was for the tour.
        self.held.clear();
        let keeper;
        (*app, keeper) = *before;
        self.keeper = keeper;
        self.end_tour(app);
        let known = app.know();
        self.carry_out(app, known);
        // They may have come meanwhile.
        super::assign_topics(Arc::clone(&app.corpus), self.sender.clone());
        true
    }

    fn end_tour(&mut self, app: &mut App) {
        self.stage.tour = None;
        self.stage.fit(app, self.tui.size());
    }

    /// A fresh explorer that keeps nothing in the place of the one that is there, which is
    /// returned with what it keeps.
    fn set_aside(&mut self, app: &mut App, settings: Settings) -> (App, Keeper) {
        self.held.clear();
        let settings = Settings {
            ambiguous: app.settings.ambiguous,
            ascii: app.settings.ascii,
            ..settings
        };
        let (fresh, effects) = app.anew(settings);
        let saved = self.sender.clone();
        let forgetful = Keeper::start(Store::memory(), move || {
            saved.send(Message::Kept);
        });
        let keeper = std::mem::replace(&mut self.keeper, forgetful);
        let before = std::mem::replace(app, fresh);
        for effect in effects {
            self.carry_out(app, effect);
        }
        (before, keeper)
    }
}
