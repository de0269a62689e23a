//! The program as it is called from a shell or a script.

#[path = "../handmade/mod.rs"]
mod handmade;
#[path = "../support/anli.rs"]
mod program;
#[path = "../support/schema.rs"]
mod schema;

mod cli;
mod compile;
mod import;
mod plain;
mod round;
