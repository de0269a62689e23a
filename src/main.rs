//! `anli`: arguments in, exit code out.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    anli::cli::run(std::env::args_os(), anli::explore::explore)
}
