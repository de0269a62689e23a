//! `anli` (案例): a full-screen explorer for a library of Chinese government
//! innovation cases.
#![forbid(unsafe_code)]

pub mod app;
pub mod case;
pub mod cli;
pub mod corpus;
pub mod language;
pub mod plain;
pub mod search;
pub mod seeds;
pub mod text;
pub mod tui;
pub mod typeset;
pub mod ui;
