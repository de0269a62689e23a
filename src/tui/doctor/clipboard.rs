//! The ways of a copy, and a test copy.

use super::{Finding, NOTHING_TO_DO, Subject, finding};
use crate::config::{self, Config};
use crate::language::{Label, Language, Sentence};
use crate::tui::clipboard::ways::{Copied, Ways};
use crate::tui::clipboard::{self, NotSent};
use crate::tui::deaf::Deaf;
use crate::tui::environment::Environment;
use crate::tui::probe;
use crate::tui::terminal;

const WAYS: Subject = ("clipboard", Label("剪贴板", "clipboard"));
const TEST: Subject = ("clipboard_test", Label("试复制", "test copy"));

/// Text of the test copy.
const TEXT: &str = "anli 试复制 test";

const NO_DISPLAY: Label = Label(
    "没有图形界面（未设 WAYLAND_DISPLAY 和 DISPLAY），不试 wl-copy、xclip、xsel",
    "no display (neither WAYLAND_DISPLAY nor DISPLAY is set), so wl-copy, xclip and xsel are not tried",
);

/// The result of the test copy.
enum Tried {
    /// A program reported that it took the text.
    Copied(Copied),
    /// The text was sent to the terminal.
    Sent,
    NotSent(NotSent),
    NoTerminal,
}

/// Reports the ways that are tried, in order, and tries them with a short text.
pub(super) fn examine(environment: &Environment, settings: &Config) -> [Finding; 2] {
    let ways = Ways::new(settings, environment);
    let copied = ways.copy(TEXT);
    let tried = match ways.terminal(&copied) {
        _ if !copied.by.is_empty() => Tried::Copied(copied.clone()),
        Err(not_sent) => Tried::NotSent(not_sent),
        Ok(clipboard) => {
            let bytes = clipboard::osc52(TEXT, clipboard).expect("it is short");
            let sent = if environment.has_cursor() {
                terminal::Quiet::enter().and_then(|quiet| quiet.write(&bytes, probe::PATIENCE))
            } else {
                Err(std::io::ErrorKind::Unsupported.into())
            };
            sent.map_or(Tried::NoTerminal, |()| Tried::Sent)
        }
    };
    [
        chain(&ways, environment, settings),
        test(&tried, settings, environment.deaf),
    ]
}

fn chain(ways: &Ways, environment: &Environment, settings: &Config) -> Finding {
    let programs = ways.names();
    let terminal = match ways.terminal(&Copied::default()) {
        Ok(_) => Some(Label("终端", "terminal")),
        Err(_) => None,
    };
    let said = |language: Language| {
        let last = terminal.map(|label| label.in_language(language));
        let names: Vec<&str> = programs.iter().copied().chain(last).collect();
        if names.is_empty() {
            Label("没有", "none").in_language(language).to_owned()
        } else {
            names.join(" > ")
        }
    };
    let value = Sentence::new(said(Language::Chinese), said(Language::English));
    let is_off = settings.clipboard == config::Clipboard::Off;
    let good = is_off || terminal.is_some() || !programs.is_empty();
    let advice = match environment.deaf {
        _ if is_off => Label("设置里已关闭", "switched off in the settings"),
        Some(deaf) if !good => deaf.help(),
        _ if !good => Label(
            "clipboard = \"command\" 需要 clipboard_command",
            "clipboard = \"command\" needs clipboard_command",
        ),
        _ if Ways::lacks_display(settings, environment) => NO_DISPLAY,
        _ => NOTHING_TO_DO,
    };
    finding(WAYS, value, good, advice)
}

fn test(tried: &Tried, settings: &Config, deaf: Option<Deaf>) -> Finding {
    let paste = Label(
        "现在粘贴，应得到“anli 试复制 test”",
        "paste now: it should be \"anli 试复制 test\"",
    );
    let both = |message: &dyn Fn(Language) -> String| {
        Sentence::new(message(Language::Chinese), message(Language::English))
    };
    match tried {
        Tried::Copied(copied) => {
            let said = both(&|language| copied.message(language).unwrap_or_default());
            finding(TEST, said, true, paste)
        }
        Tried::Sent => {
            let said = Label("已发给终端", "sent to the terminal");
            finding(TEST, said, true, paste)
        }
        Tried::NotSent(why) => {
            let is_off = settings.clipboard == config::Clipboard::Off;
            let advice = match deaf {
                Some(deaf) if !is_off => deaf.help(),
                _ => Label(
                    "文字可用“纯文本显示”或“保存到文件”取得",
                    "a text can be had as plain text, or in a file",
                ),
            };
            finding(
                TEST,
                both(&|language| why.message(language)),
                is_off,
                advice,
            )
        }
        Tried::NoTerminal => finding(
            TEST,
            Label("没有终端可试", "no terminal to try it on"),
            true,
            Label("请在终端里运行", "run this in a terminal"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(clipboard: config::Clipboard, variables: &[(&str, &str)], value: &str, good: bool) {
        let settings = Config {
            clipboard,
            ..Config::default()
        };
        let environment = Environment::of(variables);
        let ways = Ways::new(&settings, &environment);
        let found = chain(&ways, &environment, &settings);
        assert_eq!((found.value.english(), found.good), (value, good));
    }

    #[test]
    fn the_chain_is_told_and_what_leads_nowhere() {
        let far = ("SSH_TTY", "/dev/pts/1");
        check(
            config::Clipboard::Auto,
            &[("TERM", "xterm"), far],
            "terminal",
            true,
        );
        check(config::Clipboard::Off, &[far], "none", true);
        check(config::Clipboard::Command, &[far], "none", false);
        let screen = [("TERM", "screen"), ("STY", "1.pts-0"), far];
        check(config::Clipboard::Auto, &screen, "none", false);
        check(config::Clipboard::Raw, &screen, "terminal", true);
    }
}
