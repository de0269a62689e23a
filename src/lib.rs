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
//! # Layers
//!
//! A layer uses the ones below it, never one above. `tests/repository/house.rs` checks this
//! and what is absent on purpose.
//!
//! | layer | what it does | absent |
//! |---|---|---|
//! | [`cli`], [`explore`], [`plain`] | the command line; the explorer on a terminal, or line by line | |
//! | [`tui`] | the terminal: set up and restore, read events, write frames | the application |
//! | [`ui`] | takes state and an area, draws cells | any change of state |
//! | [`app`] | [`App`](app::App), [`Action`](app::action::Action), `update`, [`Effect`](app::action::Effect); the [table of commands](app::commands::all) | ratatui, crossterm |
//! | [`typeset`] | breaks a case into rows; sections and their roles; the raw view | the screen |
//! | [`search`] | parses queries, searches the index, ranks, highlights | threads except its worker |
//! | [`corpus`] | all cases in reading order | |
//! | [`seeds`] | readers: turn a document into cases and warnings | names of documents |
//! | [`case`] | what a case is | |
//! | [`formats`] | turns the bytes of a file into structured text | files |
//! | [`key`] | keys and mouse events as values | the application |
//! | [`text`] | cleaning, folding, readings, width, line breaking, scripts | everything above |
//!
//! Beside the layers:
//!
//! | modules | what they do |
//! |---|---|
//! | [`cite`], [`export`], [`figures`], [`evidence`], [`related`], [`lineage`], [`compare`], [`stats`], [`record`], [`topics`], [`facets`] | take cases, return text or counts |
//! | [`import`] | reads marks back from an export |
//! | [`follow`] | finds the marks of edited, renamed and copied documents again |
//! | [`jury`], [`round`] | settings, entries and scores of a round in, results out; its folder |
//! | [`compile`], [`paper`] | cases in, a compilation out; blocks in, documents out |
//! | [`first_catalog`] | a library in, a catalog to edit out |
//! | [`store`], [`config`] | what is remembered; the reader's settings |
//! | [`draft`], [`file_lock`] | temporary files; files that several programs write |
//! | [`library`] | which files belong to a library, and reading them |
//! | [`language`], [`guide`] | the interface language; the pages of the guide as plain text |
//! | [`show`] | parses a demo script and times its steps |
//! | [`nearest`], [`threads`], [`background`] | suggestions for typing errors; shared work; dark or light |
//!
//! The modules that `tests/repository/house.rs` lists as the core use no files, clocks,
//! environment, processes or output. The whole crate has no `unsafe`, and no files or folders
//! that depend on each other in a circle. An idle program sleeps and writes nothing.
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
