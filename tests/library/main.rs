//! What the library does with documents, files and settings, without a terminal
//! and without a process of its own.

#[path = "../support/files.rs"]
mod files;
#[path = "../handmade/mod.rs"]
mod handmade;
#[path = "../support/anli.rs"]
mod program;
#[path = "../support/schema.rs"]
mod schema;

mod catalog;
mod cite;
mod config;
mod documents;
mod export;
mod facets;
mod figures;
mod follow;
#[cfg(feature = "formats")]
mod formats;
mod jury;
mod layouts;
mod say;
mod seeds;
mod store;
mod topics;
mod typeset;
