//! The explorer: the application on a terminal. Events come in, effects are
//! carried out, frames go out.

mod copy;
mod effects;
mod keeper;
mod lent;
mod loading;
mod round;
mod stage;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::mem;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use copy::Copying;

use crate::app::action::{Action, Command, Saving, Unsavable};
use crate::app::commands::Mode;
use crate::app::keymap::Keymap;
use crate::app::work::Done;
use crate::app::{App, Measure, Settings, Turn, line_end};
use crate::case::CaseRef;
use crate::cite::{self, Style};
use crate::cli::arguments::{Options, Part, adopt, tell_of_state};
use crate::cli::facts::Beside;
use crate::cli::load::{self, Opening};
use crate::cli::settings::key_mistakes;
use crate::cli::{Failure, complain};
use crate::config::{Config, Theme as ThemeName};
use crate::corpus::{CaseIndex, Corpus};
use crate::draft;
use crate::export::{self, Format, Overwrite};
use crate::key::{Input, Key};
use crate::language::{Language, Sentence};
use crate::library::Step;
use crate::plain;
use crate::round::sitting::Sitting;
use crate::search::index::Index;
use crate::search::worker::{Reply, Worker};
use crate::seeds::Library;
use crate::store::{self, Change, State};
use crate::text::pinyin::Spellings;
use crate::text::script::Display;
use crate::topics::{self, Assignment, Rules};
use crate::tui::environment::Environment;
use crate::tui::pen::Colours;
use crate::tui::{Event, Events, Refusal, Sender, Tui, Widths, pause};
use crate::ui;
use crate::ui::theme::{Ground, Theme};
use keeper::Keeper;
use loading::{Loader, Why};
use round::Desk;
use stage::Stage;

/// What the program's own threads report.
pub enum Message {
    /// Of the search in a corpus: the first is 0, and every one that takes its place has
    /// the next number.
    Search(u64, Reply),
    /// Of a reading of the library, which has a number, too.
    Library(u64, Box<Step>),
    Topics(Arc<Rules>, Vec<Vec<Assignment>>),
    /// What a view asked for in a corpus is worked out.
    Done(u64, Done),
    /// The thread that saves has answered.
    Kept,
    /// The thread that has the files of the round has answered.
    Round,
    /// A copy that took its time has come to its end.
    Copied,
}

/// Opens the explorer and returns when the reader leaves it, with the exit code.
/// On a terminal that cannot move its cursor it goes by lines.
///
/// # Errors
///
/// One sentence, if the terminal cannot be claimed.
///
/// Without an `opening` the library that the options name is read while the explorer is
/// open. A round is never opened that way: it is masked before anything of it is shown.
pub fn explore(opening: Option<Opening>, options: &Options) -> Result<ExitCode, String> {
    let is_read = opening.is_some();
    let Opening { library, sitting } = opening.unwrap_or_default();
    let mistakes = mistakes(&library, options);
    let corpus = Arc::new(library.corpus);
    if options.plain {
        return explore_by_lines(&corpus, sitting, &mistakes, options);
    }
    let environment = Environment::read();
    let mut tui = match Tui::claim(terminal_settings(&environment, options)) {
        Ok(tui) => tui,
        // Line by line there are commands that write files, and no tour.
        Err(refusal) if options.kiosk || options.part != Part::Reader => {
            return Err(refusal.message(options.language));
        }
        Err(Refusal::NoCursor(_)) if is_read => {
            return explore_by_lines(&corpus, sitting, &mistakes, options);
        }
        Err(Refusal::NoCursor(_)) => {
            let opening = load::opening(options, options.language.labels());
            let said = |failure| match failure {
                Failure::Said(sentences) => sentences.join("\n"),
                Failure::Output(error) => options.language.labels().reason(&error),
            };
            return explore(Some(opening.map_err(said)?), options);
        }
        Err(refusal) => return Err(refusal.message(options.language)),
    };
    let (shelf, at) = loading::shelf(options);
    let mut settings = settings(&tui, options);
    settings.libraries = shelf.iter().map(|(library, _)| library.clone()).collect();
    settings.library.clone_from(&shelf[at].0.paths);
    let mut app = App::new(Arc::clone(&corpus), settings);
    let (mut store, reports) = options.state.open();
    let moved = adopt(&mut store, &corpus, options.language);
    let ask = app.begin(&options.query, store.state().clone());
    let prevented = reports.iter().find(|report| report.prevents_saving());
    if let Some(report) = prevented {
        let failed = Some(unsavable(report, options.language));
        app.update(Action::TakeSaving(Saving { marks: 0, failed }));
    }
    let reports = reports.iter().map(|r| r.message(options.language));
    let ways = (!options.is_language_named).then(|| WAYS_TO_LANGUAGES.to_owned());
    let problems = mistakes.into_iter().chain(reports).chain(ways).chain(moved);
    let warning = sitting.as_ref().and_then(Sitting::warning);
    let warning = warning.map(|warning| warning.in_language(options.language).to_owned());
    let seat = sitting.as_ref().map(|sitting| Arc::new(sitting.seat()));
    let troubles = seat
        .iter()
        .flat_map(|seat| &seat.troubles)
        .map(|trouble| trouble.message(options.language));
    let problems: Vec<String> = problems.chain(warning).chain(troubles).collect();
    if !problems.is_empty() {
        app.update(Action::Tell(problems.join("\n")));
    }
    let mut stage = Stage::new(options, &app);
    stage.fit(&mut app, tui.size());
    if let Some(seat) = seat {
        app.update(Action::TakeSeat(seat));
    }

    let theme = theme(&options.settings, &tui);
    // The first frame comes before the first search, and before anything that a
    // search needs.
    tui.draw(|buffer, _| ui::draw_staged(&app, &theme, buffer, &stage.shown(&app)));
    let events = tui
        .listen()
        .map_err(|refusal| refusal.message(options.language))?;
    let worker = worker(&corpus, &options.settings, events.sender(), 0);
    assign_topics(corpus, events.sender());
    let saved = events.sender();
    let written = events.sender();
    let desk = sitting.map(|sitting| {
        Desk::start(sitting, options.language, move || {
            written.send(Message::Round);
        })
    });
    let mut shell = Shell {
        tui,
        worker,
        keeper: Keeper::start(store, move || {
            saved.send(Message::Kept);
        }),
        desk,
        keeps: 0,
        asked_to_leave: false,
        sender: events.sender(),
        environment,
        copying: None,
        config: options.settings.clone(),
        theme,
        held: VecDeque::new(),
        last_input: None,
        loader: Loader::new(shelf, at, options.language.labels()),
        corpora: 0,
        stage,
    };
    if !is_read {
        shell.load(&mut app, Why::Opened);
        shell.draw(&app);
    }
    for effect in ask {
        shell.carry_out(&mut app, effect);
    }
    let code = shell.run(&mut app, &events);
    shell.tui.tell_obeyed();
    shell.leave_tour(&mut app);
    shell.finish_copying(&app);
    shell.keep_place(&app);
    shell.keeper.wait(LAST_WAIT, false);
    shell.take_saved(&mut app);
    let unwritten = shell.settle_round();
    let unanswered = shell.keeper.unanswered();
    let refusal = std::mem::take(&mut shell.loader.refusal);
    shell.end();
    for sentence in refusal.iter().chain(&unwritten) {
        complain(sentence);
    }
    let code = if unwritten.is_empty() {
        code
    } else {
        ExitCode::from(2)
    };
    Ok(report_unsaved(&app, unanswered, code))
}

/// Says what is lost now that the screen is gone on which it was said, and with
/// which code to end: a reader who leaves marks unsaved does not leave with
/// success.
fn report_unsaved(app: &App, unanswered: usize, code: ExitCode) -> ExitCode {
    let words = app.words();
    let unsaved = app.collection.unsaved.as_ref();
    let marks = unanswered.max(unsaved.map_or(0, |unsaved| unsaved.marks));
    let lost = (words.marks_unsaved)(marks);
    match unsaved.map(|unsaved| &unsaved.why) {
        None if marks == 0 => return code,
        None => complain(&lost),
        Some(why) if marks == 0 => {
            complain(&why.sentence);
            return code;
        }
        Some(why) => complain(&format!("{lost}{}{}", words.colon, why.cause)),
    }
    if code == ExitCode::SUCCESS {
        ExitCode::from(2)
    } else {
        code
    }
}

/// Why marks cannot be saved, for a screen in a language.
fn unsavable(why: &store::Report, language: Language) -> Unsavable {
    Unsavable {
        sentence: why.message(language),
        cause: why.cause(language),
    }
}

/// How to have the interface in either language, for a reader whose locale names
/// neither: containers have `C.UTF-8`.
const WAYS_TO_LANGUAGES: &str = "English: --lang en　中文: --lang zh";

/// What is wrong with the settings and with the catalog, in the reader's
/// language.
fn mistakes(library: &Library, options: &Options) -> Vec<String> {
    let file = options.settings_file.clone().unwrap_or_default();
    let of_keys = key_mistakes(&options.settings, &file);
    let of_settings = options
        .mistakes
        .iter()
        .chain(&of_keys)
        .map(|mistake| mistake.message(options.language));
    let in_language = |error: &Sentence| error.in_language(options.language).to_owned();
    let of_catalog = library.errors.iter().map(in_language);
    let unread = crate::library::sentences(&library.unread, options.language.labels());
    of_settings.chain(of_catalog).chain(unread).collect()
}

fn explore_by_lines(
    corpus: &Arc<Corpus>,
    sitting: Option<Sitting>,
    mistakes: &[String],
    options: &Options,
) -> Result<ExitCode, String> {
    let warning = sitting.as_ref().and_then(Sitting::warning);
    if let Some(warning) = warning {
        complain(warning.in_language(options.language));
    }
    let sitting = sitting.map(RefCell::new);
    for mistake in mistakes {
        complain(mistake);
    }
    if !options.is_language_named {
        complain(WAYS_TO_LANGUAGES);
    }
    let index = Index::with_options(Arc::clone(corpus), options.settings.pinyin);
    let (mut store, reports) = options.state.open();
    let moved = adopt(&mut store, corpus, options.language);
    tell_of_state(&reports, options.language);
    moved.iter().for_each(|sentence| complain(sentence));
    let store = RefCell::new(store);
    // What is kept changes between queries, so each reads it anew.
    let search =
        |query: &str| index.search_with(query, &Beside::new(corpus, options).asked_for(query));
    let means = plain::Means {
        search: &search,
        cite: &|case| cite::cite(corpus.get(case), Style::default()),
        export: &|cases, path, overwrite| {
            export_by_lines(corpus, store.borrow().state(), cases, path, overwrite)
        },
        store: &store,
        round: sitting.as_ref(),
    };
    let out = plain::Gated::new(io::stdout().lock());
    let mut session = plain::Session::new(corpus, means, options.language, out);
    let labels = options.language.labels();
    let ended = session.run(&options.query, &mut io::stdin().lock());
    let unsaved = plain::unsaved_marks(&mut store.borrow_mut(), options.language);
    let code = match &unsaved {
        Some(unsaved) => {
            complain(unsaved);
            ExitCode::from(2)
        }
        None => ExitCode::SUCCESS,
    };
    match ended {
        Ok(()) => Ok(code),
        Err(plain::Error::Read(error)) => Err((labels.reading.input)(&labels.reason(&error))),
        Err(plain::Error::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(code),
        Err(plain::Error::Write(error)) => Err((labels.reading.output)(&labels.reason(&error))),
    }
}

/// Exports cases in the format that the file's extension names, else as
/// Markdown.
fn export_by_lines(
    corpus: &Corpus,
    kept: &State,
    cases: &[CaseIndex],
    path: &Path,
    overwrite: Overwrite,
) -> Result<PathBuf, export::Error> {
    // If this fails, a draft may remain, and nothing worse.
    let _ = draft::remove_on_signals();
    let extension = path.extension().and_then(|end| end.to_str());
    let format = match extension.and_then(Format::from_name) {
        Some(Format::Csv { .. }) => Format::Csv {
            byte_order_mark: true,
        },
        Some(format) => format,
        None => Format::Markdown,
    };
    let cases: Vec<CaseRef> = cases.iter().map(|&case| corpus.get(case)).collect();
    export::create(path, overwrite, |file| {
        export::write_in(Display::default(), kept, &cases, format, file, &mut |_| {
            ControlFlow::Continue(())
        })
    })
}

fn terminal_settings(environment: &Environment, options: &Options) -> crate::tui::Settings {
    let mut terminal = crate::tui::Settings::from(environment);
    terminal.ambiguous = options.ambiguous;
    terminal.background = options.settings.background;
    terminal.synchronized &= options.sync;
    let keymap = Keymap::with(&options.settings.keys);
    terminal.ends_on_ctrl_c = keymap.resolve(Mode::List, Key::Ctrl('c')) == Some(Command::Quit);
    terminal.mouse = options.mouse.unwrap_or(terminal.mouse);
    match options.settings.theme {
        ThemeName::Truecolor if terminal.colours != Colours::None => {
            terminal.colours = Colours::True;
        }
        ThemeName::Mono => terminal.colours = Colours::None,
        _ => {}
    }
    terminal
}

fn settings(tui: &Tui, options: &Options) -> Settings {
    let config = &options.settings;
    let Widths {
        ambiguous,
        ascii,
        joins,
    } = tui.widths();
    Settings {
        language: options.language,
        ambiguous,
        ascii,
        measure: Measure::new(config.measure),
        script: Display {
            parts_emoji: !joins,
            ..config.display_in(config.script)
        },
        start: config.start,
        libraries: Vec::new(),
        library: String::new(),
        justify: config.justify,
        roomy: config.roomy,
        zen_hints: config.zen_hints,
        spellings: Spellings::new(config.pinyin),
        keymap: Keymap::with(&config.keys)
            .without(|command| options.kiosk && command.reaches_out()),
        kiosk: options.kiosk,
    }
}

fn theme(config: &Config, tui: &Tui) -> Theme {
    let ground = Ground {
        background: tui.background(),
        palette: tui.colours() >= Colours::Palette,
    };
    match config.theme {
        _ if tui.colours() == Colours::None => Theme::mono(),
        ThemeName::Sixteen => Theme::sixteen(ground),
        ThemeName::Mono => Theme::mono(),
        ThemeName::Contrast => Theme::contrast(ground),
        ThemeName::Truecolor => Theme::truecolor(ground),
    }
}

/// A thread that searches a corpus with a number.
fn worker(corpus: &Arc<Corpus>, config: &Config, sender: Sender<Message>, number: u64) -> Worker {
    Worker::start(Arc::clone(corpus), config.pinyin, move |reply| {
        sender.send(Message::Search(number, reply))
    })
}

/// Works out the topics on a thread of their own: only the facets need them.
fn assign_topics(corpus: Arc<Corpus>, sender: Sender<Message>) {
    let work = move || {
        let rules = Arc::new(Rules::embedded());
        let topics = topics::assign_all(&corpus, &rules);
        sender.send(Message::Topics(rules, topics));
    };
    // Without a thread there are no topics, and the other facets do.
    drop(thread::Builder::new().name("topics".to_owned()).spawn(work));
}

/// How long a key waits for the thread that saves, so that what is shown is saved.
/// It waits no longer than until it is known that another process holds the lock.
const USUAL_WAIT: Duration = Duration::from_millis(300);

/// How long leaving waits for the thread that saves: longer than that one waits
/// for a lock, and shorter than the watchdog waits for this program.
const LAST_WAIT: Duration = Duration::from_millis(1500);

/// Nobody who types a word waits so long between two of its letters.
const PAUSE: Duration = Duration::from_secs(1);

/// What effects act upon.
struct Shell {
    tui: Tui,
    worker: Worker,
    keeper: Keeper,
    /// The files of the round that is open.
    desk: Option<Desk>,
    /// How often changes were kept since the last frame.
    keeps: usize,
    /// Whether the reader was asked to leave with marks unsaved.
    asked_to_leave: bool,
    sender: Sender<Message>,
    environment: Environment,
    copying: Option<Copying>,
    config: Config,
    theme: Theme,
    /// What the reader did and what has to wait for an answer.
    held: VecDeque<Input>,
    /// When the last input came.
    last_input: Option<Instant>,
    loader: Loader,
    /// How often the corpus was replaced.
    corpora: u64,
    stage: Stage,
}

impl Shell {
    fn run(&mut self, app: &mut App, events: &Events<Message>) -> ExitCode {
        loop {
            self.tui.wake_at(self.stage.wake());
            let waiting = typed_together(self.tui.wait(events));
            app.hurry(true);
            for event in waiting {
                let effect = match event {
                    Event::Input(input) => match self.take_on_stage(app, input) {
                        Some(code) => return code,
                        None => continue,
                    },
                    // What a search in a former corpus found is not in this one.
                    Event::App(Message::Search(number, _)) if number != self.corpora => None,
                    Event::App(Message::Library(generation, step)) => {
                        match self.take_step(app, generation, *step) {
                            Some(code) => return code,
                            None => continue,
                        }
                    }
                    Event::App(Message::Search(_, Reply::Found(found))) => {
                        app.update(Action::ShowFound(found))
                    }
                    Event::App(Message::Search(_, Reply::Explained(explained))) => {
                        app.update(Action::ShowExplained(explained))
                    }
                    Event::App(Message::Kept) => {
                        self.take_saved(app);
                        None
                    }
                    Event::App(Message::Round) => {
                        self.take_round(app);
                        None
                    }
                    Event::App(Message::Topics(rules, topics)) => {
                        app.update(Action::TakeTopics(rules, topics))
                    }
                    Event::App(Message::Done(number, _)) if number != self.corpora => None,
                    Event::App(Message::Done(_, done)) => {
                        self.tell_aside(&done);
                        app.update(Action::TakeDone(done))
                    }
                    Event::App(Message::Copied) => {
                        let told = self.take_copied(app, Duration::ZERO);
                        told.and_then(|told| app.update(told))
                    }
                    Event::Widths => {
                        let Widths {
                            ambiguous,
                            ascii,
                            joins,
                        } = self.tui.widths();
                        app.update(Action::TakeWidths {
                            ambiguous,
                            ascii,
                            joins,
                        });
                        self.stage.fit(app, self.tui.size());
                        None
                    }
                    Event::Background(_) => {
                        self.theme = theme(&self.config, &self.tui);
                        continue;
                    }
                    Event::Leave(leave) => {
                        app.hurry(false);
                        return ExitCode::from(leave.exit_code());
                    }
                };
                let left = effect.and_then(|effect| self.carry_out(app, effect));
                if let Some(code) = left.or_else(|| self.catch_up(app)) {
                    return code;
                }
            }
            app.hurry(false);
            if mem::take(&mut self.keeps) > 1 {
                self.keeper.wait(USUAL_WAIT, true);
                self.take_saved(app);
            }
            if let Some(code) = self.show_library(app).or_else(|| self.go_on(app)) {
                return code;
            }
            self.begin_jobs(app);
            if let Some(effect) = app.update(Action::PrepareFrame) {
                self.carry_out(app, effect);
            }
            self.draw(app);
        }
    }

    /// Does what views ask for: at once where that is quick, else on a thread of its own.
    fn begin_jobs(&mut self, app: &mut App) {
        while let Some(job) = app.next_job() {
            if job.is_quick(&app.corpus) {
                let effect = app.update(Action::TakeDone(job.run(&app.corpus)));
                if let Some(effect) = effect {
                    self.carry_out(app, effect);
                }
                continue;
            }
            let (sender, corpus) = (self.sender.clone(), Arc::clone(&app.corpus));
            let number = self.corpora;
            let work = move || {
                sender.send(Message::Done(number, job.run(&corpus)));
            };
            let started = thread::Builder::new().name("views".to_owned()).spawn(work);
            if started.is_err() {
                app.update(Action::Tell(app.words().no_thread.to_owned()));
            }
        }
    }

    /// Takes what a user did, in its turn: keys typed ahead of an answer are for
    /// what it will show.
    fn take(&mut self, app: &mut App, input: Input) -> Option<ExitCode> {
        let before = self.last_input.replace(Instant::now());
        let is_pause = before.is_none_or(|before| before.elapsed() > PAUSE);
        if is_pause && self.held.is_empty() {
            app.update(Action::Pause);
        }
        for input in app.inputs(input) {
            if app.turn(&input) != Turn::Now {
                self.held.push_back(input);
            } else if let Some(code) = self.apply(app, input) {
                return Some(code);
            }
        }
        self.catch_up(app)
    }

    /// Applies what was held as far as nothing has to be waited for.
    fn catch_up(&mut self, app: &mut App) -> Option<ExitCode> {
        while let Some(input) = self.held.pop_front() {
            let (input, behind) = app.parted(input);
            if let Some(behind) = behind {
                self.held.push_front(behind);
            }
            if app.turn(&input) == Turn::Answered {
                self.held.push_front(input);
                return None;
            }
            if let Some(code) = self.apply(app, input) {
                return Some(code);
            }
        }
        None
    }

    /// Applies what a user did, and does what follows from it.
    fn apply(&mut self, app: &mut App, input: Input) -> Option<ExitCode> {
        let effect = match ui::hint_at(app, &input) {
            Some(command) => app.press_hint(command),
            None => app.input(input),
        };
        let left = effect.and_then(|effect| self.carry_out(app, effect));
        self.stage.look(app);
        left
    }

    /// Remembers where the reader is.
    ///
    /// Nothing is kept while the library has no case yet.
    fn keep_place(&mut self, app: &App) {
        if app.corpus.is_empty() && app.window.loading.is_some() {
            return;
        }
        let place = vec![Change::Resume(app.resume())];
        self.keeper.keep(place, USUAL_WAIT);
    }

    /// Gives the terminal back. The thread that searches ends with the program:
    /// whoever waited for it would wait for the search that is under way.
    fn end(self) {
        drop(self.tui);
        mem::forget(self.worker);
    }

    fn draw(&mut self, app: &App) {
        let (theme, shown) = (&self.theme, self.stage.shown(app));
        self.tui
            .draw(|buffer, _| ui::draw_staged(app, theme, buffer, &shown));
    }
}

/// Characters that came in one go, as one: a text that is pasted without marks is
/// searched for once, and not anew with each of its characters. A line end that
/// more characters follow at once is one of them: nobody types on so fast.
fn typed_together(events: Vec<Event<Message>>) -> Vec<Event<Message>> {
    let mut together = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let goes_on = match events.peek() {
            Some(Event::Input(Input::Key(Key::Char(_)))) => true,
            Some(Event::Input(Input::Key(key))) => line_end(*key).is_some(),
            _ => false,
        };
        match (together.last_mut(), event) {
            (Some(Event::Input(Input::Typed(text))), Event::Input(Input::Key(key)))
                if goes_on && let Some(end) = line_end(key) =>
            {
                text.push(end);
            }
            (Some(Event::Input(Input::Typed(text))), Event::Input(Input::Key(Key::Char(c)))) => {
                text.push(c)
            }
            (_, Event::Input(Input::Key(Key::Char(c)))) => {
                together.push(Event::Input(Input::Typed(c.to_string())));
            }
            (_, event) => together.push(event),
        }
    }
    together
}

/// Waits for Enter or Esc on the bare terminal.
fn wait_to_leave(prompt: &str) {
    let mut out = io::stdout();
    let _ = write!(out, "\n[{prompt}] ");
    let _ = out.flush();
    if pause::wait_to_leave().is_err() {
        let _ = io::stdin().read_line(&mut String::new());
    }
    let _ = writeln!(out);
}
