//! Findings about the terminal, and advice.
//!
//! Every question has a time limit: 1.5 s for the terminal, a second for tmux.

mod clipboard;

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::environment::Environment;
use super::pen::Colours;
use super::probe::{self, Answers};
use super::waiting;
use crate::background::Background;
use crate::config::Config;
use crate::language::{Label, Sentence};
use crate::text::width::Ambiguous;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Name for programs, never renamed.
    pub name: &'static str,
    /// Name for readers.
    pub label: Label,
    /// What was found.
    pub value: Sentence,
    /// Whether nothing needs to be done.
    pub good: bool,
    pub advice: Label,
}

/// Maximum time for an answer of tmux.
const TMUX_PATIENCE: Duration = Duration::from_secs(1);

/// Examines the terminal, the locale, and tmux if there is one. Without a terminal, what only it
/// can answer stays unknown.
pub fn examine(environment: &Environment, settings: &Config) -> Vec<Finding> {
    let answers = if environment.has_cursor() {
        probe::ask().ok()
    } else {
        None
    };
    let mut findings = findings(environment, answers, |name| tmux_option(name, environment));
    let told = environment.told(answers.and_then(|answers| answers.kind));
    findings.extend(clipboard::examine(&told, settings));
    findings
}

/// Returns the findings from the terminal's answers, the locale and tmux. `tmux` returns the value
/// of one of its options.
fn findings(
    environment: &Environment,
    answers: Option<Answers>,
    tmux: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let mut findings = vec![
        term(environment),
        answering(answers),
        locale(environment),
        utf8(answers.unwrap_or_default()),
        ambiguous(answers.unwrap_or_default()),
        colours(environment),
        background(environment, answers.unwrap_or_default()),
        synchronized(environment, answers.unwrap_or_default()),
        mouse(environment),
    ];
    if environment.tmux {
        findings.push(escape_time(tmux("escape-time")));
    }
    findings
}

/// A subject: its name for programs, and the one for readers.
type Subject = (&'static str, Label);

const TERM: Subject = ("term", Label("终端类型", "terminal type"));
const ANSWERS: Subject = ("answers", Label("终端应答", "answers"));
const LOCALE: Subject = ("locale", Label("语言环境", "locale"));
const UTF8: Subject = ("utf8", Label("UTF-8", "UTF-8"));
const AMBIGUOUS: Subject = ("ambiguous_width", Label("引号宽度", "ambiguous width"));
const COLOURS: Subject = ("colours", Label("颜色", "colours"));
const BACKGROUND: Subject = ("background", Label("背景", "background"));
const SYNCHRONIZED: Subject = (
    "synchronized_output",
    Label("同步输出", "synchronized output"),
);
const MOUSE: Subject = ("mouse", Label("鼠标", "mouse"));
const ESCAPE_TIME: Subject = (
    "tmux_escape_time",
    Label("tmux 的 Esc 等待", "tmux escape-time"),
);

const NOTHING_TO_DO: Label = Label("无需设置", "nothing to do");
const NO_ANSWER: Label = Label("终端没有应答", "the terminal did not answer");
const NOT_SET: Label = Label("未设置", "not set");
const YES: Label = Label("是", "yes");
const NO: Label = Label("否", "no");
const UNKNOWN: Label = Label("未知", "unknown");
const ON: Label = Label("开", "on");
const OFF: Label = Label("关", "off");

fn finding(
    (name, label): Subject,
    value: impl Into<Sentence>,
    good: bool,
    advice: Label,
) -> Finding {
    Finding {
        name,
        label,
        value: value.into(),
        good,
        advice,
    }
}

fn term(environment: &Environment) -> Finding {
    let value = match &environment.term {
        Some(term) => Sentence::from(term.as_str()),
        None => NOT_SET.into(),
    };
    let (good, advice) = match environment.term.as_deref() {
        _ if !environment.has_cursor() => (
            false,
            Label(
                "请将 TERM 设为终端的类型，或使用 --plain",
                "set TERM to the type of your terminal, or use --plain",
            ),
        ),
        Some(term) if term.starts_with("linux") => (
            false,
            Label(
                "Linux 控制台没有汉字字形，请改用图形终端或 SSH",
                "the Linux console has no glyphs for Chinese; use a graphical terminal or SSH",
            ),
        ),
        _ => (true, NOTHING_TO_DO),
    };
    finding(TERM, value, good, advice)
}

fn answering(answers: Option<Answers>) -> Finding {
    let Some(answers) = answers else {
        return finding(
            ANSWERS,
            Label("不是终端", "no terminal"),
            false,
            Label("请在终端里运行", "run this in a terminal"),
        );
    };
    match answers.round_trip {
        Some(time) => finding(
            ANSWERS,
            format!("{:.1} ms", time.as_secs_f64() * 1000.0).as_str(),
            true,
            Label("终端有应答", "the terminal answers"),
        ),
        None => finding(
            ANSWERS,
            Label("1.5 秒内无应答", "none within 1.5 s"),
            false,
            Label(
                "终端不应答：宽度按 1 处理，慢速线路上画面可能滞后",
                "the terminal does not answer: widths are assumed to be 1, and a slow link may lag",
            ),
        ),
    }
}

fn locale(environment: &Environment) -> Finding {
    let value = match &environment.locale {
        Some((name, value)) => Sentence::from(format!("{name}={value}").as_str()),
        None => NOT_SET.into(),
    };
    if environment.locale_is_utf8() {
        finding(LOCALE, value, true, NOTHING_TO_DO)
    } else {
        finding(
            LOCALE,
            value,
            false,
            Label(
                "不是 UTF-8：边框改用 ASCII 字符。可设 LANG=C.UTF-8",
                "not UTF-8: frames are drawn in ASCII; LANG=C.UTF-8 would change that",
            ),
        )
    }
}

fn utf8(answers: Answers) -> Finding {
    let (value, good, advice) = match answers.utf8() {
        Some(true) => (YES, true, NOTHING_TO_DO),
        Some(false) => (
            NO,
            false,
            // English comes first: nothing else can be read there.
            Label(
                "the terminal does not read text as UTF-8; change that in its settings（终端没有按 UTF-8 解释文字，请在终端设置里改为 UTF-8）",
                "the terminal does not read text as UTF-8; change that in its settings",
            ),
        ),
        None => (UNKNOWN, true, NO_ANSWER),
    };
    finding(UTF8, value, good, advice)
}

fn ambiguous(answers: Answers) -> Finding {
    let (value, good, advice) = match answers.ambiguous() {
        Some(Ambiguous::Narrow) => (Label("1", "1"), true, NOTHING_TO_DO),
        Some(Ambiguous::Wide) => (
            Label("2", "2"),
            true,
            Label(
                "引号等字符占两列，边框改用 ASCII 字符",
                "quotation marks take two columns; frames are drawn in ASCII",
            ),
        ),
        None => (
            UNKNOWN,
            false,
            Label(
                "无法测得，按 1 处理；若画面错位，请用 --ambiguous 2",
                "not known, taken as 1; if columns are off, try --ambiguous 2",
            ),
        ),
    };
    finding(AMBIGUOUS, value, good, advice)
}

fn colours(environment: &Environment) -> Finding {
    let value = match environment.colours() {
        Colours::None => Label("没有", "none"),
        Colours::Sixteen => Label("16", "16"),
        Colours::Palette => Label("256", "256"),
        Colours::True => Label("真彩色", "true colour"),
    };
    let advice = if environment.no_color {
        Label(
            "已设置 NO_COLOR：只用粗体、下划线和反显",
            "NO_COLOR is set: bold, underline and reverse only",
        )
    } else {
        Label(
            "默认主题只用 16 色，无需设置",
            "the default theme uses 16; nothing to do",
        )
    };
    finding(COLOURS, value, true, advice)
}

fn background(environment: &Environment, answers: Answers) -> Finding {
    let value = match answers.background.or(environment.background) {
        Some(Background::Dark) => Label("深色", "dark"),
        Some(Background::Light) => Label("浅色", "light"),
        None => UNKNOWN,
    };
    let (good, advice) = match (answers.background, environment.background) {
        (Some(_), _) => (true, NOTHING_TO_DO),
        (None, Some(_)) => (
            true,
            Label(
                "终端没有应答，按 COLORFGBG 处理；若颜色看不清，请设 background",
                "not answered, taken from COLORFGBG; if colours are hard to read, set background",
            ),
        ),
        (None, None) if environment.colours() == Colours::None => (true, NOTHING_TO_DO),
        (None, None) => (
            false,
            Label(
                "终端没有应答：不用颜色。可设 background = \"dark\" 或 \"light\"",
                "not answered: no colours are used; set background to dark or light for some",
            ),
        ),
    };
    finding(BACKGROUND, value, good, advice)
}

fn synchronized(environment: &Environment, answers: Answers) -> Finding {
    let (value, good, advice) = match answers.synchronized {
        _ if environment.no_sync => (
            OFF,
            true,
            Label("已设置 ANLI_NO_SYNC", "ANLI_NO_SYNC is set"),
        ),
        Some(true) => (YES, true, NOTHING_TO_DO),
        Some(false) => (
            NO,
            true,
            Label(
                "终端不支持，慢速线路上可能看到画面逐行更新",
                "not supported: over a slow link a frame may be seen half drawn",
            ),
        ),
        None => (
            UNKNOWN,
            true,
            Label(
                "终端没有应答；若画面闪烁，请设 ANLI_NO_SYNC=1",
                "the terminal did not answer; if it flickers, set ANLI_NO_SYNC=1",
            ),
        ),
    };
    finding(SYNCHRONIZED, value, good, advice)
}

fn mouse(environment: &Environment) -> Finding {
    if environment.ssh {
        finding(
            MOUSE,
            OFF,
            true,
            Label(
                "SSH 下默认关闭，以便用鼠标选取文字",
                "off over SSH, so that text can be selected with it",
            ),
        )
    } else {
        finding(
            MOUSE,
            ON,
            true,
            Label(
                "选取文字时按住 Shift（macOS 为 Option）",
                "hold Shift (Option on macOS) to select text",
            ),
        )
    }
}

fn escape_time(milliseconds: Option<String>) -> Finding {
    let number = milliseconds.as_deref().and_then(|ms| ms.parse().ok());
    let good = number.is_some_and(|ms: u32| ms <= 50);
    let value = match milliseconds {
        Some(value) => Sentence::from(value.as_str()),
        None => UNKNOWN.into(),
    };
    let advice = if good {
        NOTHING_TO_DO
    } else {
        Label(
            "Esc 响应会延迟：请在 tmux.conf 中写 set -s escape-time 20",
            "Esc arrives late: put set -s escape-time 20 into tmux.conf",
        )
    };
    finding(ESCAPE_TIME, value, good, advice)
}

/// Returns the value of one of tmux's options.
fn tmux_option(name: &str, environment: &Environment) -> Option<String> {
    if !environment.tmux {
        return None;
    }
    let mut tmux = Command::new("tmux");
    tmux.args(["show", "-sv", name]);
    let said = output_of(tmux, TMUX_PATIENCE).ok()?;
    Some(said.trim().to_owned()).filter(|said| !said.is_empty())
}

/// Returns what a program prints. It is killed if it does not end in time.
fn output_of(mut command: Command, patience: Duration) -> io::Result<String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let said = read_to_end_of(&mut child, Instant::now() + patience);
    // Also if it has closed its output and goes on.
    let _ = child.kill();
    child.wait()?;
    Ok(String::from_utf8_lossy(&said?).into_owned())
}

fn read_to_end_of(child: &mut Child, deadline: Instant) -> io::Result<Vec<u8>> {
    let mut said = Vec::new();
    let Some(mut output) = child.stdout.take() else {
        return Ok(said);
    };
    while waiting::is_readable_before(output.as_fd(), deadline)? {
        let mut bytes = [0; 256];
        match output.read(&mut bytes)? {
            0 => return Ok(said),
            read => said.extend_from_slice(&bytes[..read]),
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn find<'a>(findings: &'a [Finding], name: &str) -> &'a Finding {
        let found = findings.iter().find(|finding| finding.name == name);
        found.expect("it was looked at")
    }

    #[test]
    fn a_good_terminal_needs_nothing() {
        let modern = Environment::of(&[("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8")]);
        let answers = Answers {
            quote: Some(1),
            han: Some(4),
            joined: Some(2),
            background: Some(Background::Light),
            synchronized: Some(true),
            kind: Some((41, 379)),
            round_trip: Some(Duration::from_micros(1500)),
        };
        let findings = findings(&modern, Some(answers), |_| None);
        assert!(findings.iter().all(|finding| finding.good), "{findings:?}");
        assert_eq!(find(&findings, "ambiguous_width").value.english(), "1");
        assert_eq!(find(&findings, "answers").value.english(), "1.5 ms");
        assert_eq!(find(&findings, "background").value.english(), "light");
        assert_eq!(
            find(&findings, "synchronized_output").value.english(),
            "yes"
        );
    }

    #[test]
    fn without_a_terminal_what_it_would_say_is_left_open() {
        let findings = findings(&Environment::of(&[("LANG", "C")]), None, |_| None);
        assert_eq!(find(&findings, "answers").value.english(), "no terminal");
        assert_eq!(find(&findings, "utf8").value.english(), "unknown");
        assert!(!find(&findings, "term").good);
        assert!(!find(&findings, "locale").good);
    }

    #[test]
    fn the_background_is_the_terminals_word_before_that_of_a_variable() {
        let background = |variables: &[(&str, &str)], answered| {
            let answers = Answers {
                background: answered,
                ..Answers::default()
            };
            let found = findings(&Environment::of(variables), Some(answers), |_| None);
            let finding = find(&found, "background");
            (finding.value.english().to_owned(), finding.good)
        };
        let light = ("COLORFGBG", "0;15");
        let xterm = ("TERM", "xterm");
        let dark = Some(Background::Dark);
        assert_eq!(background(&[xterm, light], dark), ("dark".into(), true));
        assert_eq!(background(&[xterm, light], None), ("light".into(), true));
        assert_eq!(background(&[xterm], None), ("unknown".into(), false));
        assert!(background(&[("TERM", "vt100")], None).1);
    }

    #[test]
    fn tmux_is_asked_for_what_it_does_to_keys() {
        let inside =
            Environment::of(&[("TERM", "tmux-256color"), ("TMUX", "/run/tmux/default,1,0")]);
        let of_default = findings(&inside, None, |_| Some("500".into()));
        assert!(!find(&of_default, "tmux_escape_time").good);
        let of_tuned = findings(&inside, None, |_| Some("20".into()));
        assert!(find(&of_tuned, "tmux_escape_time").good);
    }

    #[test]
    fn a_program_that_hangs_is_not_waited_for() {
        let mut hanging = Command::new("sh");
        hanging.args(["-c", "echo on; exec tail -f /dev/null"]);
        let error = output_of(hanging, Duration::from_millis(20)).expect_err("it hangs");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn what_a_program_prints_is_read() {
        let mut echo = Command::new("echo");
        echo.arg("external");
        let said = output_of(echo, Duration::from_secs(10)).expect("echo is installed");
        assert_eq!(said, "external\n");
    }
}
