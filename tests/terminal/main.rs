//! The program in a pseudo-terminal, and the bytes that it writes to one.

#[path = "../support/anli.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod cli_screen;
#[cfg(target_os = "linux")]
mod explorer;
mod hostile;
#[cfg(target_os = "linux")]
mod kiosk;
#[cfg(target_os = "linux")]
mod limits;
#[cfg(target_os = "linux")]
mod shells;
#[cfg(target_os = "linux")]
mod stage;
#[cfg(target_os = "linux")]
mod terminal;
mod wire;
