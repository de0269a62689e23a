//! Runs the real binary, without a terminal and with nothing of this machine's
//! environment.

use std::ffi::OsStr;
use std::process::{Command, Output, Stdio};

/// What a run left behind.
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// The binary with an environment of its own: Chinese, no settings.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anli"));
    command
        .env_clear()
        .env("LANG", "zh_CN.UTF-8")
        .env("TERM", "xterm-256color")
        // Nobody's settings are read.
        .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::null());
    command
}

/// Runs the binary with arguments.
#[track_caller]
pub fn anli<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    let output = command().args(arguments).output();
    ran(output.expect("the binary was built for this test"))
}

/// Runs the binary with the words of `call`.
#[track_caller]
#[allow(dead_code, reason = "not every test file asks in words")]
pub fn call(call: &str) -> Ran {
    anli(call.split_whitespace())
}

/// What a finished run left behind.
#[track_caller]
pub fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("everything written is UTF-8");
    Ran {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        code: output.status.code().expect("no signal ended the program"),
    }
}
