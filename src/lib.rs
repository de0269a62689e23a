//! `anli` (案例): a full-screen explorer for a library of Chinese government
//! innovation cases.
//!
//! # The screen, with names
//!
//! ```text
//! ┌─────────────────────────────────────────────────────────────────────────┐
//! │ 案例 anli  94 个案例  5 篇             2015 37  2016 7  2017 33  2021 17 │ ui::title_bar
//! │ / ditie 年:2016-2017▏                                            3 / 94 │ ui::filter_bar  app::line_edit
//! ├━ 列表 ━━━━━━━━━━━━━━━━━━━━┬─ 001-1 ─────────────────────────────────────┤ ui::rules       app::panes
//! │▌ [探索轨道交通投融资改革  │  [探索轨道交通投融资改革 实现地铁融资…]     │
//! │▌ 实现地铁融资新突破] 2016 │  市地铁工程建设指挥部  2016  功能区  报道   │
//! │─ 正文读音相符             │ ┌─ 大纲 ─────────────────────────────────┐  │ ui::picker      app::picker
//! │  高点站位　借势发力       │ │ /                                      │  │
//! │  全市道路交通秩序大整治…  │ │▌ 背景  一、创新背景                    │  │
//! │  2017 正文 地铁建设单位…  │ └────────────────────────────────────────┘  │
//! │                           │                                             │
//! │  ui::case_list            │  ui::page       app::page, typeset::Page    │
//! │  app::list                │                                             │
//! ├───────────────────────────┴─────────────────────────────────────────────┤
//! │ / 查找  Enter 阅读  o 大纲  ? 帮助  q 退出          匹配 1/4  14%       │ ui::status_bar  app::commands
//! └─────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! # The house
//!
//! Each floor uses the ones below it, never one above. `tests/repository/house.rs` holds
//! that, and what is absent on purpose.
//!
//! | floor | what it does | absent |
//! |---|---|---|
//! | [`cli`], [`explore`], [`plain`] | what was asked; the exit code; the explorer on a terminal, or by lines | |
//! | [`tui`] | the terminal: claim it, give it back, events in, frames out | the application |
//! | [`ui`] | state and area in, cells out | any change of state |
//! | [`app`] | [`App`](app::App), [`Action`](app::action::Action), `update`, [`Effect`](app::action::Effect); the [table of commands](app::commands::all) | ratatui, crossterm |
//! | [`typeset`] | a case set in rows; sections and their roles; the document as it was given | the screen |
//! | [`search`] | query, index, order, marks | threads but its worker |
//! | [`corpus`] | all cases in reading order | |
//! | [`seeds`] | readers: a document in, cases and warnings out | names of documents |
//! | [`case`] | what a case is | |
//! | [`formats`] | the bytes of a file in, text with structure out | files |
//! | [`key`] | keys and the mouse as values | the application |
//! | [`text`] | cleaning, folding, readings, width, line breaking, script | everything above |
//!
//! Beside them stand [`cite`], [`export`], [`figures`], [`evidence`], [`related`], [`lineage`],
//! [`compare`], [`stats`], [`record`], [`topics`] and [`facets`] (cases in, text or counts out), [`jury`] (settings,
//! entries and scores of a round in, results out), [`round`] (its folder), [`compile`] (cases in, a compilation out), [`first_catalog`] (a library in, a catalog to edit out), [`paper`]
//! (blocks in, documents out), [`import`] (marks back out of an export), [`follow`] (the marks of edited, renamed and copied documents), [`store`] (what is remembered), [`draft`]
//! (files that go again), [`file_lock`] (files that several programs write), [`config`] (what the reader set), [`language`] (which
//! of the two is spoken, the words of the command line), [`guide`] (its pages as
//! plain text), [`show`] (a demo script in, what happens and when out), [`library`] (which files a library
//! has, and reading them), [`threads`] (work that several share), [`background`] (dark or
//! light) and
//! [`nearest`] (what a slip of the pen may have meant).
//!
//! Absent from what `tests/repository/house.rs` lists as the core: files, clocks, the environment,
//! processes and output. Absent altogether: `unsafe`, and circles of files or folders but
//! for those that the test names. An idle program sleeps and writes nothing.
//!
//! # One key press
//!
//! ```text
//! input, signals ─▶ drain ─▶ Keymap::resolve ─▶ Action ─▶ App::update ─▶ Effect ─▶ search · copy · keep · quit
//!                     ▲                                        │            │
//!                     └────────── ShowFound(answer) ◀──────────┼────────────┘
//!                                                 one draw ◀───┘
//! ```
//!
//! Update decides, the shell ([`explore`]) acts, drawing reads.
#![forbid(unsafe_code)]

pub mod app;
pub mod background;
pub mod case;
pub mod cite;
pub mod cli;
pub mod compare;
pub mod compile;
pub mod config;
pub mod corpus;
pub mod draft;
pub mod evidence;
pub mod explore;
pub mod export;
pub mod facets;
pub mod figures;
pub mod file_lock;
pub mod first_catalog;
pub mod follow;
pub mod formats;
pub mod guide;
pub mod import;
pub mod jury;
pub mod key;
pub mod language;
pub mod library;
pub mod lineage;
pub mod nearest;
pub mod paper;
pub mod plain;
pub mod record;
pub mod related;
pub mod round;
pub mod search;
pub mod seeds;
pub mod show;
pub mod stats;
pub mod store;
pub mod text;
pub mod threads;
pub mod topics;
pub mod tui;
pub mod typeset;
pub mod ui;
