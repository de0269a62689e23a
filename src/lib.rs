//! `anli` (案例): a full-screen explorer for a library of Chinese government
//! innovation cases.
#![forbid(unsafe_code)]

pub mod app;
pub mod case;
pub mod cite;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod explore;
pub mod export;
pub mod facets;
pub mod language;
pub mod nearest;
pub mod plain;
pub mod record;
pub mod search;
pub mod seeds;
pub mod store;
pub mod text;
pub mod topics;
pub mod tui;
pub mod typeset;
pub mod ui;
