//! Copying: by programs that report whether they took the text ([`ways`]), otherwise through the
//! terminal (OSC 52), which works over SSH, where no program reaches the user's clipboard.
//!
//! The clipboard is only written, never read: reading would expose a user's clipboard to whoever
//! can answer. No terminal reports whether it obeyed, so that a message can only say that the text
//! was *sent*. Terminals known not to accept it are not sent it ([`deaf`](super::deaf)).

pub mod ways;

use std::fmt;

use super::deaf::Deaf;
use crate::language::Language;
use ways::Failure;

/// How the text is sent to the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    /// As it is. tmux accepts it and passes it on (`set-clipboard on`).
    #[default]
    Raw,
    /// Wrapped, so that tmux passes it on unread (`allow-passthrough on`), for
    /// one tmux inside another.
    Tmux,
}

/// Maximum number of bytes of text. Terminals drop more without a message.
pub const LIMIT: usize = 256 * 1024;

/// Why a text was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// Copying is turned off.
    Off,
    /// The text has more than [`LIMIT`] bytes: this many.
    TooLong(usize),
    /// The terminal is known not to accept it.
    Deaf(Deaf),
    /// The program in the settings failed: its name, and why; `None` if the settings name none.
    Failed(Option<(String, Failure)>),
}

impl NotSent {
    /// Returns one sentence in a language.
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (Self::Off, Language::Chinese) => "未复制：剪贴板已在设置中关闭".to_owned(),
            (Self::Off, Language::English) => {
                "cannot copy: the clipboard is turned off in the settings".to_owned()
            }
            (Self::TooLong(bytes), Language::Chinese) => {
                format!("未复制：有 {bytes} 字节，超过上限 {LIMIT}")
            }
            (Self::TooLong(bytes), Language::English) => {
                format!("cannot copy: {bytes} bytes are more than {LIMIT}")
            }
            (Self::Deaf(deaf), language) => deaf.message(language),
            (Self::Failed(None), Language::Chinese) => {
                "没有复制：设置里缺少 clipboard_command".to_owned()
            }
            (Self::Failed(None), Language::English) => {
                "cannot copy: the setting clipboard_command is missing".to_owned()
            }
            (Self::Failed(Some((program, why))), Language::Chinese) => {
                format!("没有复制：{program} {}", why.message(language))
            }
            (Self::Failed(Some((program, why))), Language::English) => {
                format!("cannot copy: {program}: {}", why.message(language))
            }
        }
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for NotSent {}

/// Returns a text as it is copied: without control characters other than line feed and tab, and
/// without line feeds at its end. Pasted into a shell, those would run what precedes them.
pub fn tidy(text: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let mut text: String = text.chars().filter(kept).collect();
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// Returns the bytes that put `text` on the clipboard, after [`tidy`].
///
/// # Errors
///
/// [`NotSent::TooLong`].
pub fn osc52(text: &str, clipboard: Clipboard) -> Result<Vec<u8>, NotSent> {
    let text = tidy(text);
    if text.len() > LIMIT {
        return Err(NotSent::TooLong(text.len()));
    }
    let payload = base64(text.as_bytes());
    let bytes = match clipboard {
        Clipboard::Raw => format!("\x1b]52;c;{payload}\x1b\\"),
        // Inside the passthrough every ESC is doubled.
        Clipboard::Tmux => format!("\x1bPtmux;\x1b\x1b]52;c;{payload}\x07\x1b\\"),
    };
    Ok(bytes.into_bytes())
}

/// Encodes Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            text.push(if digit <= group.len() {
                char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str, clipboard: Clipboard) -> String {
        let bytes = osc52(text, clipboard).expect("short enough");
        String::from_utf8(bytes).expect("base 64 is ASCII")
    }

    #[test]
    fn base_64_is_that_of_the_rfc() {
        // RFC 4648, section 10.
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64("创新".as_bytes()), "5Yib5paw");
    }

    #[test]
    fn what_is_not_sent_is_told_in_both_languages() {
        for (why, chinese, english) in [
            (
                NotSent::Off,
                "未复制：剪贴板已在设置中关闭",
                "cannot copy: the clipboard is turned off in the settings",
            ),
            (
                NotSent::TooLong(300_000),
                "未复制：有 300000 字节，超过上限 262144",
                "cannot copy: 300000 bytes are more than 262144",
            ),
            (
                NotSent::Deaf(Deaf::Screen),
                "没有复制：GNU screen 不接受程序的复制；请改用 tmux",
                "cannot copy: GNU screen takes no copy from programs; use tmux instead",
            ),
            (
                NotSent::Failed(None),
                "没有复制：设置里缺少 clipboard_command",
                "cannot copy: the setting clipboard_command is missing",
            ),
            (
                NotSent::Failed(Some(("mycopy".to_owned(), Failure::Code(3)))),
                "没有复制：mycopy 退出码 3",
                "cannot copy: mycopy: exit code 3",
            ),
        ] {
            assert_eq!(why.message(Language::Chinese), chinese);
            assert_eq!(why.message(Language::English), english);
        }
    }

    #[test]
    fn a_text_is_sent_raw_unless_told_otherwise() {
        assert_eq!(
            sent("创新", Clipboard::default()),
            "\x1b]52;c;5Yib5paw\x1b\\"
        );
    }

    #[test]
    fn tmux_is_asked_to_pass_it_on() {
        assert_eq!(
            sent("创新", Clipboard::Tmux),
            "\x1bPtmux;\x1b\x1b]52;c;5Yib5paw\x07\x1b\\"
        );
    }

    #[test]
    fn what_would_act_on_a_shell_is_left_out() {
        let hostile = "创\x1b新\r\u{9b}\u{7f}\x03\n\n";
        assert_eq!(sent(hostile, Clipboard::Raw), sent("创新", Clipboard::Raw));
        assert_eq!(sent("a\tb\nc", Clipboard::Raw), "\x1b]52;c;YQliCmM=\x1b\\");
    }

    #[test]
    fn more_than_256_kb_is_an_error() {
        let text = "创".repeat(LIMIT / 3);
        assert!(osc52(&text, Clipboard::Raw).is_ok());
        let text = text + "新";
        assert_eq!(
            osc52(&text, Clipboard::Raw),
            Err(NotSent::TooLong(text.len()))
        );
    }
}
