//! The guided tour: a few steps inside the explorer, each asking for one key or one
//! word, and noticing when that was done.

use super::App;
use super::action::{Command, Editing, Motion};
use super::commands::Mode;
use super::keymap;
use super::words::Label;
use crate::corpus::CaseIndex;
use crate::key::Key;
use crate::typeset::Anchor;

/// How far a reader is in the tour.
#[derive(Clone, Debug)]
pub struct Tour {
    /// Index of the current step; past the last one the tour is over.
    at: usize,
    before: Seen,
    /// Whether a key was pressed that nobody has looked at yet.
    is_pressed: bool,
    /// Whether the last key was another than the step asks for.
    has_strayed: bool,
}

/// What a step compares with: how things stood when it was asked for.
#[derive(Clone, Debug, Default)]
struct Seen {
    case: Option<CaseIndex>,
    place: Option<Anchor>,
    counter: Option<(usize, usize)>,
}

/// One step.
struct Step {
    /// What is asked for; `{}` is the key.
    ask: Label,
    command: Command,
    /// Where the command does what is asked for.
    places: &'static [Mode],
    is_done: fn(&App, &Seen) -> bool,
}

/// The word of the first step: several of the built-in cases have it, and the second of
/// them has it often, and an outline.
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
        // A letter more in the line may bring up another case as well.
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
        // Who has cleared the search has no match to go to.
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
        // Who has gone to another case may be at one without headings.
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

/// The title of the outline.
const OUTLINE: &str = "outline";

/// The title of the help.
const HELP: &str = "keys and commands";

const OVER: Label = Label(
    "导览到此结束。全部按键都在这里，输入几个字就能找到",
    "That was the tour. Every key is listed here; type a word to find one",
);

const STILL: Label = Label("还没完成：", "Not yet. ");

/// Whether a list with this title, in English, is open.
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
    /// The tour before its first step.
    pub fn new(app: &App) -> Self {
        Self {
            at: 0,
            before: Seen::of(app),
            is_pressed: false,
            has_strayed: false,
        }
    }

    /// Notices that the reader has pressed a key.
    pub const fn press(&mut self) {
        self.is_pressed = true;
    }

    /// Looks whether the step that is asked for was done.
    pub fn look(&mut self, app: &App) {
        let from = self.at;
        // Where nothing is listed there is nothing to do it with, and a command that the
        // reader has taken all keys from is passed over.
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

    /// Whether every step was done and the reader has left the help as well.
    pub fn is_over(&self, app: &App) -> bool {
        self.at == STEPS.len() && !shows(app, HELP)
    }

    /// What to do now, as the reader sees it.
    pub fn text(&self, app: &App) -> String {
        let ask = match STEPS.get(self.at) {
            Some(step) => step.text(app, self.has_strayed),
            None => OVER.in_language(app.settings.language).to_owned(),
        };
        line(app, self.at + 1, &ask)
    }

    /// Everything that the tour may say, for the room that it needs.
    pub fn texts(app: &App) -> Vec<String> {
        let asks = STEPS
            .iter()
            .map(|step| step.in_place(app, step.may_stray()));
        asks.map(|ask| line(app, STEPS.len(), &ask)).collect()
    }
}

impl Step {
    /// Whether there is something to press for it: a key, or the letters of a word.
    fn has_key(&self, app: &App) -> bool {
        let key = |place: &Mode| app.settings.keymap.keys(*place, self.command).next();
        self.command == Command::Search || self.places.iter().any(|place| key(place).is_some())
    }

    /// What is asked for, or the key that leads there from where the reader is now.
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
            // Letters more than the word.
            Mode::Filter if typed.len() > WORD.len() && typed.starts_with(WORD) => {
                Command::Edit(Editing::DeleteBefore)
            }
            Mode::List | Mode::Filter if !is_search && app.page.case().is_none() => Command::Back,
            // Narrowed until nothing is left to choose.
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

    /// Whether another key can be a wrong one where the step's own key works: a word is
    /// typed letter by letter, and a section is looked for by other keys.
    const fn may_stray(&self) -> bool {
        !matches!(self.command, Command::Search | Command::Choose)
    }

    /// What is asked for where its key works; of a reader who pressed another, that it
    /// is still asked for.
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

/// The name of the first key of a command; arrows as they are printed on the keys.
fn key_name(app: &App, mode: Mode, command: Command) -> String {
    match app.settings.keymap.keys(mode, command).next() {
        Some(Key::Down) => "↓".to_owned(),
        Some(key) => keymap::name(key),
        None => String::new(),
    }
}

/// A step with its number, and how to leave.
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
