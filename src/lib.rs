//! `anli` (案例): a full-screen explorer for a library of Chinese government
//! innovation cases.
pub mod app;
pub mod case;
pub mod corpus;
pub mod search;
pub mod seeds;
pub mod text;
pub mod typeset;
