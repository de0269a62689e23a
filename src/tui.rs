//! The terminal: claimed and given back, events in, frames out.

pub mod backend;
mod grid;
mod pen;
mod scroll;
