//! The guided tour: a few steps inside the explorer. Each asks for a key or a word, and ends when
//! that was done.

use super::App;
use super::action::{Command, Editing, Motion};
use super::commands::Mode;
use super::keymap;
use super::words::Label;
use crate::corpus::CaseIndex;
use crate::key::Key;
use crate::typeset::Anchor;

/// Progress of the tour.
#[derive(Clone, Debug)]
pub struct Tour {
    /// Index of the current step; the number of steps at the end.
    at: usize,
    before: Seen,
    /// Whether a key was pressed since the last look.
    is_pressed: bool,
    /// Whether the last key was not the one that the step asks for.
    has_strayed: bool,
}

/// State at the start of a step, to compare with.
#[derive(Clone, Debug, Default)]
struct Seen {
    case: Option<CaseIndex>,
    place: Option<Anchor>,
    counter: Option<(usize, usize)>,
}

/// A step of the tour.
struct Step {
    /// The instruction, with `{}` for the key.
    ask: Label,
    command: Command,
    /// Modes in which the command does what the step asks for.
    places: &'static [Mode],
    is_done: fn(&App, &Seen) -> bool,
}

/// The query of the first step. Several built-in cases contain it. The second of them contains it
/// often, and has an outline.
const WORD: &str = "shenpi";

const STEPS: [Step; 10] = [
    Step {
        ask: Label(
            "输入 shenpi（“审批”的拼音），列表随着输入逐渐缩短",
            "Type shenpi, the pinyin of 审批 (approval): the list shrinks while you type",
        ),
        command: Command::Search,
        places: &[Mode::Filter],
        is_done: |app, _| app.filter.text().trim() == WORD && app.filter.is_answered(),
    },
    Step {
        ask: Label("按 {}，选下一个案例", "Press {} for the next case"),
        command: Command::Move(Motion::Down),
        places: &[Mode::Filter, Mode::List],
        // One more letter in the line may also change the case.
        is_done: |app, seen| {
            let has_stepped = app.filter.has_stepped || app.mode() != Mode::Filter;
            has_stepped && app.page.case() != seen.case
        },
    },
    Step {
        ask: Label(
            "按 {} 阅读，正文停在最相符的地方",
            "Press {} to read it, at its best match",
        ),
        command: Command::Open,
        places: &[Mode::List, Mode::Filter],
        is_done: |app, _| app.mode() == Mode::Page,
    },
    Step {
        ask: Label("按 {}，到下一处匹配", "Press {} for the next match"),
        command: Command::NextMatch,
        places: &[Mode::Page, Mode::List],
        // A reader who cleared the search has no match to go to.
        is_done: |app, seen| {
            app.page.counter().is_none()
                || app.page.counter() != seen.counter
                || Some(app.page.anchor()) != seen.place
        },
    },
    Step {
        ask: Label(
            "按 {}，列出本案例的各节",
            "Press {} for the outline of this case",
        ),
        command: Command::Outline,
        places: &[Mode::Page, Mode::List],
        // A reader who went to another case may be in one without headings.
        is_done: |app, _| shows(app, OUTLINE) || !has_sections(app),
    },
    Step {
        ask: Label(
            "用上下键选一节，按 {} 跳到那里",
            "Press {} to jump to the section chosen; Up and Down choose",
        ),
        command: Command::Choose,
        places: &[Mode::Picker],
        is_done: |app, _| !shows(app, OUTLINE),
    },
    Step {
        ask: Label(
            "按 {} 给这个案例加星标（导览中的标记不保存）",
            "Press {} to star the case; what you mark in the tour is not kept",
        ),
        command: Command::Star,
        places: &[Mode::Page, Mode::List],
        is_done: |app, _| app.page.case().is_some_and(|case| app.starred(case)),
    },
    Step {
        ask: Label(
            "按 {} 看引文：GB/T 7714、BibTeX 等",
            "Press {} to cite: GB/T 7714, BibTeX and others",
        ),
        command: Command::Cite,
        places: &[Mode::Page, Mode::List],
        is_done: |app, _| shows(app, "citation (Enter copies)"),
    },
    Step {
        ask: Label(
            "按 {} 关闭；{} 总是退回一步",
            "Press {} to close it: {} always goes one step back",
        ),
        command: Command::Back,
        places: &[Mode::Picker],
        is_done: |app, _| app.mode() != Mode::Picker,
    },
    Step {
        ask: Label(
            "按 {} 列出全部按键与命令",
            "Press {} for every key and command",
        ),
        command: Command::Help,
        places: &[Mode::Page, Mode::List],
        is_done: |app, _| shows(app, HELP),
    },
];

/// Title of the outline.
const OUTLINE: &str = "outline";

/// Title of the help.
const HELP: &str = "keys and commands";

const OVER: Label = Label(
    "导览到此结束。全部按键都在这里，输入几个字就能找到",
    "That was the tour. Every key is listed here; type a word to find one",
);

const STILL: Label = Label("还没完成：", "Not yet. ");

/// Whether a picker with this English title is open.
fn shows(app: &App, title: &str) -> bool {
    let picker = app.overlay.picker.as_ref();
    picker.is_some_and(|picker| picker.title.1 == title)
}

fn nothing_to_choose(app: &App) -> bool {
    let picker = app.overlay.picker.as_ref();
    picker.is_some_and(|picker| picker.choice().is_none())
}

fn has_sections(app: &App) -> bool {
    let case = app.page.case();
    case.is_none_or(|case| !app.corpus.get(case).sections().is_empty())
}

impl Tour {
    /// Creates the tour before its first step.
    pub fn new(app: &App) -> Self {
        Self {
            at: 0,
            before: Seen::of(app),
            is_pressed: false,
            has_strayed: false,
        }
    }

    /// Records that the reader pressed a key.
    pub const fn press(&mut self) {
        self.is_pressed = true;
    }

    /// Checks whether the current step was done.
    pub fn look(&mut self, app: &App) {
        let from = self.at;
        // If nothing is listed, the step cannot be done. A command that the settings leave without
        // a key is skipped.
        while let Some(step) = STEPS.get(self.at)
            && (app.page.case().is_some() && (step.is_done)(app, &self.before)
                || !step.has_key(app))
        {
            self.at += 1;
            self.before = Seen::of(app);
        }
        let step = STEPS.get(self.at);
        if self.at > from {
            self.has_strayed = false;
        } else if self.is_pressed {
            self.has_strayed = step.is_some_and(Step::may_stray);
        }
        self.is_pressed = false;
    }

    /// Whether every step was done and the reader has closed the help.
    pub fn is_over(&self, app: &App) -> bool {
        self.at == STEPS.len() && !shows(app, HELP)
    }

    /// Returns the current instruction.
    pub fn text(&self, app: &App) -> String {
        let ask = match STEPS.get(self.at) {
            Some(step) => step.text(app, self.has_strayed),
            None => OVER.in_language(app.settings.language).to_owned(),
        };
        line(app, self.at + 1, &ask)
    }

    /// Returns every instruction, to find the room that they need.
    pub fn texts(app: &App) -> Vec<String> {
        let asks = STEPS
            .iter()
            .map(|step| step.in_place(app, step.may_stray()));
        asks.map(|ask| line(app, STEPS.len(), &ask)).collect()
    }
}

impl Step {
    /// Whether the step can be done: with a key, or by typing a word.
    fn has_key(&self, app: &App) -> bool {
        let key = |place: &Mode| app.settings.keymap.keys(*place, self.command).next();
        self.command == Command::Search || self.places.iter().any(|place| key(place).is_some())
    }

    /// Returns the instruction, or the key that leads there from the current mode.
    fn text(&self, app: &App, has_strayed: bool) -> String {
        let here = app.mode();
        let is_search = self.command == Command::Search;
        let typed = app.filter.text().trim();
        let is_at_end = app.filter.line.caret() == app.filter.text().len();
        let by = match here {
            // Deleting works to the left of the caret, so the caret has to be at the end first.
            Mode::Filter if is_search && !WORD.starts_with(typed) && !is_at_end => {
                Command::Edit(Editing::End)
            }
            Mode::Filter if is_search && !WORD.starts_with(typed) => {
                Command::Edit(Editing::DeleteToStart)
            }
            // Letters after the word.
            Mode::Filter if typed.len() > WORD.len() && typed.starts_with(WORD) => {
                Command::Edit(Editing::DeleteBefore)
            }
            Mode::List | Mode::Filter if !is_search && app.page.case().is_none() => Command::Back,
            // No item matches the line.
            Mode::Picker if self.command == Command::Choose && nothing_to_choose(app) => {
                Command::Back
            }
            _ if self.places.contains(&here) => return self.in_place(app, has_strayed),
            Mode::List if is_search => Command::Search,
            _ => Command::Back,
        };
        let key = key_name(app, here, by);
        Label("先按 {}", "First press {}")
            .in_language(app.settings.language)
            .replace("{}", &key)
    }

    /// Whether other keys can be wrong in this step. They cannot while typing a word, or moving to
    /// a section.
    const fn may_stray(&self) -> bool {
        !matches!(self.command, Command::Search | Command::Choose)
    }

    /// Returns the instruction in a mode where the key works. If the reader pressed another key, it
    /// begins with a reminder.
    fn in_place(&self, app: &App, has_strayed: bool) -> String {
        let here = app.mode();
        let place = self.places.iter().find(|place| **place == here);
        let key = key_name(app, *place.unwrap_or(&self.places[0]), self.command);
        let ask = self.ask.in_language(app.settings.language);
        let still = if has_strayed { STILL } else { Label("", "") };
        still.in_language(app.settings.language).to_owned() + &ask.replace("{}", &key)
    }
}

impl Seen {
    fn of(app: &App) -> Self {
        Self {
            case: app.page.case(),
            place: Some(app.page.anchor()),
            counter: app.page.counter(),
        }
    }
}

/// Returns the name of the first key of a command. An arrow is named as printed on the key.
fn key_name(app: &App, mode: Mode, command: Command) -> String {
    match app.settings.keymap.keys(mode, command).next() {
        Some(Key::Down) => "↓".to_owned(),
        Some(key) => keymap::name(key),
        None => String::new(),
    }
}

/// Returns an instruction with the number of its step and the key that ends the tour.
fn line(app: &App, number: usize, ask: &str) -> String {
    let quit = key_name(app, Mode::Filter, Command::Quit);
    let last = STEPS.len();
    let number = number.min(last);
    let parts = Label(
        "导览 {n}/{last}　{ask}。{quit} 结束",
        "Tour {n}/{last}: {ask}. {quit} ends it",
    );
    let text = parts.in_language(app.settings.language);
    text.replace("{n}", &number.to_string())
        .replace("{last}", &last.to_string())
        .replace("{quit}", &quit)
        .replace("{ask}", ask)
}
