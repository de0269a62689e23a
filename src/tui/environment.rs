//! What the environment variables say about the terminal.

use std::env;

use super::deaf::Deaf;
use super::dialect::Scrolling;
use super::pen::Colours;
use crate::background::Background;

/// The variables that matter, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`, if set to anything.
    pub term: Option<String>,
    /// The variable that sets the character type, and its value.
    pub locale: Option<(&'static str, String)>,
    /// Whether `NO_COLOR` is set to anything (no-color.org).
    pub no_color: bool,
    /// `COLORTERM`, if set to anything.
    pub colorterm: Option<String>,
    /// The background by `COLORFGBG`, which some terminals set. They do not update it when their
    /// colours change.
    pub background: Option<Background>,
    /// Whether the program was started over SSH.
    pub ssh: bool,
    /// Whether the program runs inside tmux.
    pub tmux: bool,
    /// Whether there is a Wayland display.
    pub wayland: bool,
    /// Whether there is an X11 display.
    pub x11: bool,
    /// The terminal, if it accepts no copy from a program and no tmux is in between.
    pub deaf: Option<Deaf>,
    /// Whether `ANLI_NO_SYNC` is set to anything: no synchronized output.
    pub no_sync: bool,
}

impl Environment {
    /// Reads the environment of the process.
    pub fn read() -> Self {
        Self::from(|name| env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    /// Reads any other environment; an empty variable counts as not set.
    pub fn from(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        Self {
            term: set("TERM"),
            // In the order of POSIX.
            locale: ["LC_ALL", "LC_CTYPE", "LANG"]
                .into_iter()
                .find_map(|name| Some((name, set(name)?))),
            no_color: set("NO_COLOR").is_some(),
            colorterm: set("COLORTERM"),
            background: set("COLORFGBG").and_then(|value| Background::of_colorfgbg(&value)),
            ssh: ["SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"]
                .into_iter()
                .any(|name| set(name).is_some()),
            tmux: set("TMUX").is_some(),
            wayland: ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
                .into_iter()
                .any(|name| set(name).is_some()),
            x11: set("DISPLAY").is_some(),
            deaf: Deaf::of(set).filter(|_| set("TMUX").is_none()),
            no_sync: set("ANLI_NO_SYNC").is_some(),
        }
    }

    /// Returns an environment of these variables only.
    #[cfg(test)]
    pub(super) fn of(variables: &[(&str, &str)]) -> Self {
        Self::from(|name| {
            let found = variables.iter().find(|(key, _)| *key == name)?;
            Some(found.1.to_owned())
        })
    }

    /// Whether the locale says that text is UTF-8.
    pub fn locale_is_utf8(&self) -> bool {
        self.locale.as_ref().is_some_and(|(_, value)| {
            let value = value.to_ascii_lowercase();
            value.contains("utf-8") || value.contains("utf8")
        })
    }

    /// Returns the environment with the kind and version that the terminal reports. They show
    /// whether it accepts copies if the variables, which SSH does not pass on, do not.
    pub fn told(&self, kind: Option<(u16, u16)>) -> Self {
        let answered = kind.filter(|_| !self.tmux);
        let deaf = answered.and_then(|(kind, version)| Deaf::of_kind(kind, version));
        Self {
            deaf: self.deaf.or(deaf),
            ..self.clone()
        }
    }

    /// Whether `TERM` names a terminal that can move its cursor.
    pub fn has_cursor(&self) -> bool {
        !matches!(self.term.as_deref(), None | Some("dumb" | "unknown"))
    }

    /// Returns how many colours the terminal claims to have. SSH does not pass on `COLORTERM`, so
    /// that this is a lower bound.
    pub fn colours(&self) -> Colours {
        let term = self.term.as_deref().unwrap_or_default();
        if self.no_color || !self.has_cursor() || self.is_old() || term.ends_with("-m") {
            Colours::None
        } else if matches!(self.colorterm.as_deref(), Some("truecolor" | "24bit")) {
            Colours::True
        } else if term.contains("256color") || term.contains("direct") {
            Colours::Palette
        } else {
            Colours::Sixteen
        }
    }

    /// Returns how the terminal moves rows: the Linux console and similar terminals know neither SU
    /// nor SD.
    pub fn scrolling(&self) -> Scrolling {
        let term = self.term.as_deref().unwrap_or_default();
        if self.is_old() || term.starts_with("linux") {
            Scrolling::Index
        } else {
            Scrolling::Lines
        }
    }

    /// Whether the terminal is a VT100 or similar, real or emulated: no colours, and no later
    /// sequences.
    pub fn is_old(&self) -> bool {
        let term = self.term.as_deref().unwrap_or_default();
        ["vt100", "vt102", "vt52", "ansi-mono"]
            .into_iter()
            .any(|old| term.starts_with(old))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_the_first_variable_that_is_set() {
        let all = [("LANG", "zh_CN.UTF-8"), ("LC_CTYPE", ""), ("LC_ALL", "C")];
        assert!(!Environment::of(&all).locale_is_utf8());
        assert!(Environment::of(&all[..2]).locale_is_utf8());
        assert!(Environment::of(&[("LC_CTYPE", "en_US.utf8"), ("LANG", "C")]).locale_is_utf8());
        assert!(!Environment::of(&[]).locale_is_utf8());
    }

    #[test]
    fn no_color_wins_over_everything() {
        let some = [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("NO_COLOR", "1"),
        ];
        assert_eq!(Environment::of(&some[..1]).colours(), Colours::Palette);
        assert_eq!(Environment::of(&some[..2]).colours(), Colours::True);
        assert_eq!(Environment::of(&some).colours(), Colours::None);
        assert_eq!(
            Environment::of(&[("TERM", "xterm"), ("NO_COLOR", "")]).colours(),
            Colours::Sixteen
        );
        assert_eq!(
            Environment::of(&[("TERM", "vt100")]).colours(),
            Colours::None
        );
        assert_eq!(
            Environment::of(&[("TERM", "linux")]).colours(),
            Colours::Sixteen
        );
    }

    #[test]
    fn a_dumb_or_unnamed_terminal_has_no_cursor() {
        assert!(!Environment::of(&[]).has_cursor());
        assert!(!Environment::of(&[("TERM", "")]).has_cursor());
        assert!(!Environment::of(&[("TERM", "dumb")]).has_cursor());
        assert!(Environment::of(&[("TERM", "screen")]).has_cursor());
    }

    #[test]
    fn only_terminals_that_know_su_and_sd_are_sent_them() {
        let scrolling = |term| Environment::of(&[("TERM", term)]).scrolling();
        for term in ["xterm-256color", "tmux-256color", "screen", "alacritty"] {
            assert_eq!(scrolling(term), Scrolling::Lines);
        }
        for term in ["linux", "vt100", "vt102"] {
            assert_eq!(scrolling(term), Scrolling::Index);
        }
    }

    #[test]
    fn any_of_three_variables_means_ssh() {
        for name in ["SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"] {
            assert!(Environment::of(&[(name, "x")]).ssh);
        }
        assert!(!Environment::of(&[]).ssh);
    }
}
