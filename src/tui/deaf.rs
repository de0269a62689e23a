//! Terminals that are known not to accept a copy from a program.
//!
//! Sources: the list of terminals in the README of ojroques/vim-oscyank (June 2022), which links
//! the requests of VTE (GNOME bug 795774), Konsole (KDE bug 372116) and QTerminal
//! (lxqt/qterminal#839); for GNU screen, which accepts no more than 768 bytes and passes nothing on
//! by itself, anomalyco/opencode#28590; for the others their manuals: mlterm(1) (`allow_osc52`,
//! off), xterm(1) (`allowWindowOps`, off), st (`allowwindowops` of config.def.h, off), urxvt (a
//! script of its own), PuTTY and the Linux console (no such sequence). Over SSH little more than
//! `TERM` is known about a terminal.

use crate::language::{Label, Language};

/// A terminal that accepts no copy, or none unless it is configured for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deaf {
    Screen,
    Console,
    /// GNOME Terminal and other VTE terminals.
    Vte,
    AppleTerminal,
    Konsole,
    Qterminal,
    /// By default: it can be configured to accept copies.
    Mlterm,
    /// By default: it can be configured to accept copies.
    Xterm,
    /// By default: it can be built to accept copies.
    St,
    Rxvt,
    Putty,
    /// A VT100 or similar.
    Old,
}

/// Variables of terminals that accept copies. Such a terminal may have been started from one that
/// does not, and inherit its variables.
const TAKERS: [&str; 6] = [
    "KITTY_WINDOW_ID",
    "ALACRITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "GHOSTTY_RESOURCES_DIR",
    "ITERM_SESSION_ID",
    "WT_SESSION",
];

/// First version of Konsole that accepts copies (24.12.0, as in `KONSOLE_VERSION`).
const KONSOLE_SINCE: u32 = 241_200;

impl Deaf {
    /// Returns the terminal by the variables of the environment; `None` if it is not known to be
    /// deaf. tmux is not considered.
    pub fn of(set: impl Fn(&str) -> Option<String>) -> Option<Self> {
        if set("STY").is_some() {
            return Some(Self::Screen);
        }
        let term = set("TERM").unwrap_or_default();
        let by_term = [
            ("linux", Self::Console),
            ("st-", Self::St),
            ("mlterm", Self::Mlterm),
            ("rxvt", Self::Rxvt),
            ("putty", Self::Putty),
            ("konsole", Self::Konsole),
            ("vte", Self::Vte),
            ("gnome", Self::Vte),
            ("nsterm", Self::AppleTerminal),
            ("vt100", Self::Old),
            ("vt102", Self::Old),
            ("vt52", Self::Old),
        ];
        let named = by_term.into_iter().find(|(name, _)| term.starts_with(name));
        if let Some((_, deaf)) = named {
            return Some(deaf);
        }
        // The others have names of their own: xterm-kitty, foot, alacritty.
        if !term.starts_with("xterm") || term.starts_with("xterm-kitty") || term.contains("ghostty")
        {
            return None;
        }
        match set("TERM_PROGRAM").as_deref() {
            Some("Apple_Terminal") => return Some(Self::AppleTerminal),
            Some("qterminal") => return Some(Self::Qterminal),
            Some(_) => return None,
            None => {}
        }
        if TAKERS.iter().any(|name| set(name).is_some()) {
            return None;
        }
        if let Some(version) = set("KONSOLE_VERSION") {
            let old = version
                .parse()
                .is_ok_and(|version: u32| version < KONSOLE_SINCE);
            return old.then_some(Self::Konsole);
        }
        let by_variable = [
            ("MLTERM", Self::Mlterm),
            ("XTERM_VERSION", Self::Xterm),
            ("VTE_VERSION", Self::Vte),
        ];
        let found = by_variable
            .into_iter()
            .find(|(name, _)| set(name).is_some());
        found.map(|(_, deaf)| deaf)
    }

    /// Returns the terminal by what it reports about itself (the first two numbers of DA 2), which
    /// works over SSH too; `None` if it is not known to be deaf.
    pub const fn of_kind(kind: u16, version: u16) -> Option<Self> {
        match (kind, version) {
            (0, 115) => Some(Self::Qterminal),
            (0, 136) => Some(Self::Putty),
            (1, 95) => Some(Self::AppleTerminal),
            (24, _) => Some(Self::Mlterm),
            // iTerm2 reports version 2500 of this kind and accepts copies.
            (41, 0..1000) => Some(Self::Xterm),
            // Contour has the number too, and reports version 4000 at most.
            (65, 5000..) => Some(Self::Vte),
            (83, _) => Some(Self::Screen),
            _ => None,
        }
    }

    /// Returns the name of the terminal.
    pub const fn name(self) -> Label {
        match self {
            Self::Screen => Label("GNU screen", "GNU screen"),
            Self::Console => Label("Linux 控制台", "the Linux console"),
            Self::Vte => Label(
                "GNOME 终端等 VTE 终端",
                "GNOME Terminal and other VTE terminals",
            ),
            Self::AppleTerminal => Label("macOS 自带终端", "Terminal.app"),
            Self::Konsole => Label("24.12 以前的 Konsole", "Konsole before 24.12"),
            Self::Qterminal => Label("QTerminal", "QTerminal"),
            Self::Mlterm => Label("mlterm", "mlterm"),
            Self::Xterm => Label("xterm", "xterm"),
            Self::St => Label("st", "st"),
            Self::Rxvt => Label("rxvt", "rxvt"),
            Self::Putty => Label("PuTTY", "PuTTY"),
            Self::Old => Label("这种终端", "this kind of terminal"),
        }
    }

    /// Returns what would help.
    pub const fn help(self) -> Label {
        match self {
            Self::Screen => Label("请改用 tmux", "use tmux instead"),
            Self::Console | Self::Old => Label(
                "请改用图形界面里的终端",
                "use a terminal of a graphical desktop",
            ),
            Self::Vte | Self::Konsole | Self::Qterminal => Label(
                "请安装 wl-clipboard、xclip 或 xsel",
                "install wl-clipboard, xclip or xsel",
            ),
            Self::AppleTerminal => Label("请改用 iTerm2", "use iTerm2 instead"),
            Self::Mlterm => Label(
                "请在 mlterm 设置里写 allow_osc52=true，并设 clipboard = \"raw\"",
                "set allow_osc52=true in mlterm, and clipboard = \"raw\" here",
            ),
            Self::Xterm => Label(
                "请安装 xclip 或 xsel，或让 xterm 允许（allowWindowOps）并设 clipboard = \"raw\"",
                "install xclip or xsel, or allow it in xterm (allowWindowOps) and set clipboard = \"raw\"",
            ),
            Self::St | Self::Rxvt => Label("请安装 xclip 或 xsel", "install xclip or xsel"),
            Self::Putty => Label("请改用 Windows Terminal", "use Windows Terminal instead"),
        }
    }

    /// Returns one sentence in a language: that it accepts no copy, and what would help.
    pub fn message(self, language: Language) -> String {
        let (name, help) = (
            self.name().in_language(language),
            self.help().in_language(language),
        );
        match language {
            Language::Chinese => {
                let gap = if name.ends_with(|c: char| c.is_ascii()) {
                    " "
                } else {
                    ""
                };
                format!("没有复制：{name}{gap}不接受程序的复制；{help}")
            }
            Language::English => format!("cannot copy: {name} takes no copy from programs; {help}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], deaf: Option<Deaf>) {
        let value = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Deaf::of(value), deaf, "{variables:?}");
    }

    #[test]
    fn terminals_are_told_by_what_they_set() {
        let xterm = ("TERM", "xterm-256color");
        check(&[xterm], None);
        check(&[xterm, ("VTE_VERSION", "7600")], Some(Deaf::Vte));
        check(&[xterm, ("KONSOLE_VERSION", "230805")], Some(Deaf::Konsole));
        check(&[xterm, ("KONSOLE_VERSION", "250401")], None);
        check(
            &[xterm, ("TERM_PROGRAM", "Apple_Terminal")],
            Some(Deaf::AppleTerminal),
        );
        check(&[xterm, ("TERM_PROGRAM", "vscode")], None);
        check(&[xterm, ("XTERM_VERSION", "XTerm(390)")], Some(Deaf::Xterm));
        check(&[("TERM", "st-256color")], Some(Deaf::St));
        check(&[("TERM", "linux")], Some(Deaf::Console));
        check(&[("TERM", "mlterm")], Some(Deaf::Mlterm));
        check(&[("TERM", "rxvt-unicode-256color")], Some(Deaf::Rxvt));
        check(
            &[("TERM", "screen"), ("STY", "1.pts-0")],
            Some(Deaf::Screen),
        );
    }

    #[test]
    fn terminals_are_told_by_what_they_answer() {
        for (kind, version, deaf) in [
            (65, 7006, Some(Deaf::Vte)),
            (41, 379, Some(Deaf::Xterm)),
            (24, 279, Some(Deaf::Mlterm)),
            (83, 40900, Some(Deaf::Screen)),
            (0, 115, Some(Deaf::Qterminal)),
            (0, 136, Some(Deaf::Putty)),
            (1, 95, Some(Deaf::AppleTerminal)),
            // iTerm2, kitty, Alacritty, tmux.
            (41, 2500, None),
            (1, 4000, None),
            (0, 2401, None),
            (84, 0, None),
        ] {
            assert_eq!(Deaf::of_kind(kind, version), deaf, "{kind};{version}");
        }
    }

    #[test]
    fn a_terminal_that_was_started_out_of_a_deaf_one_is_not() {
        let vte = ("VTE_VERSION", "7600");
        check(&[("TERM", "xterm-kitty"), vte], None);
        check(&[("TERM", "alacritty"), vte], None);
        check(
            &[("TERM", "xterm-256color"), vte, ("WEZTERM_PANE", "0")],
            None,
        );
        check(&[("TERM", "foot"), vte], None);
    }
}
