//! Decoding bytes from the terminal into keys, pastes, the mouse, and answers.
//!
//! This is not done by crossterm 0.29, whose reader never returns when the terminal dies
//! (crossterm-rs/crossterm#793) and turns every unknown answer into typed letters.
//!
//! Everything that begins like a sequence and is unknown is dropped, so that a late answer is never
//! read as keys. What may be the beginning of a longer sequence waits for [`Decoder::patience`],
//! then is read as it is: this distinguishes a lone Esc from an arrow.

use std::time::Duration;

use crate::background::Background;
use crate::key::{Input, Key, Mouse, MouseKind};

/// A decoded item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// Something the user did.
    Input(Input),
    /// Something the terminal answered.
    Answer(Answer),
}

/// An answer of a terminal to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The cursor's column, from 0 (CPR, to `CSI 6 n`).
    Column(u16),
    /// Everything sent so far has been read (DSR, to `CSI 5 n`).
    Ready,
    /// Kind and version of the terminal: the first two numbers of its answer to `CSI > c` (DA 2).
    Kind { kind: u16, version: u16 },
    /// The attributes of the terminal, to `CSI c` (DA 1). Every terminal answers this.
    Attributes,
    /// Whether a DEC private mode is known (DECRPM, to `CSI ? mode $ p`).
    Mode { mode: u16, known: bool },
    /// The background (to `OSC 11 ; ? ST`), or that it has changed (mode 2031).
    Background(Background),
}

/// Decodes a stream of bytes, wherever it is split.
#[derive(Debug, Default)]
pub struct Decoder {
    /// The beginning of an item that has not ended yet.
    pending: Vec<u8>,
    within: Within,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Keys,
    /// Between the marks of a bracketed paste.
    Paste(Vec<u8>),
    /// Inside a string (OSC, DCS, APC …) opened by this letter. `start` is what has followed, up to
    /// one byte more than [`TEXT_LIMIT`].
    Text { opener: u8, start: Vec<u8> },
}

/// How long a lone Esc waits for more bytes. A terminal sends the bytes of a key at once; 25 ms
/// bridge a packet border and are less than a user notices.
const ESC_PATIENCE: Duration = Duration::from_millis(25);

/// How long the rest of a sequence may take. Nobody types one by hand.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(150);

/// How long a paste may stall before it counts as ended without its mark.
const PASTE_PATIENCE: Duration = Duration::from_secs(2);

/// Maximum length of a paste, in bytes; the rest is dropped. It is more than the longest note has
/// (4 bytes for each of its characters). So a note that would be cut here is refused for its
/// length, and the reader learns of it.
const PASTE_LIMIT: usize = 1 << 23;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Maximum length of an answer string, in bytes.
const TEXT_LIMIT: usize = 64;

impl Decoder {
    /// Decodes some bytes and appends the items.
    pub fn feed(&mut self, bytes: &[u8], decoded: &mut Vec<Decoded>) {
        self.pending.extend_from_slice(bytes);
        let mut pending = std::mem::take(&mut self.pending);
        let mut rest = pending.as_slice();
        while !rest.is_empty() {
            let Some(used) = self.step(rest, decoded) else {
                break;
            };
            rest = &rest[used..];
        }
        let used = pending.len() - rest.len();
        pending.drain(..used);
        self.pending = pending;
    }

    /// Returns how long to wait for more bytes before [`Decoder::settle`]; `None` if nothing is
    /// pending.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.within, self.pending.as_slice()) {
            (Within::Keys, []) => None,
            (Within::Keys, [0x1b]) => Some(ESC_PATIENCE),
            (Within::Paste(_), _) => Some(PASTE_PATIENCE),
            _ => Some(SEQUENCE_PATIENCE),
        }
    }

    /// Decodes what is pending as it is, since nothing more came in time.
    pub fn settle(&mut self, decoded: &mut Vec<Decoded>) {
        let pending = std::mem::take(&mut self.pending);
        match std::mem::take(&mut self.within) {
            Within::Paste(mut text) => {
                text.extend_from_slice(&pending);
                decoded.push(paste(&text));
            }
            Within::Text { opener, start } if start.is_empty() && pending.is_empty() => {
                decoded.push(key(Key::Alt(char::from(opener))));
            }
            Within::Text { .. } => {}
            Within::Keys => match pending.as_slice() {
                [0x1b] => decoded.push(key(Key::Esc)),
                [0x1b, letter @ (b'[' | b'O')] => {
                    decoded.push(key(Key::Alt(char::from(*letter))));
                }
                _ => {}
            },
        }
    }

    /// Decodes one item from the front. Returns the number of bytes used; `None` if the item has
    /// not ended yet.
    fn step(&mut self, bytes: &[u8], decoded: &mut Vec<Decoded>) -> Option<usize> {
        match &mut self.within {
            Within::Paste(text) => {
                let (used, ended) = take_until(bytes, PASTE_END);
                let room = PASTE_LIMIT.saturating_sub(text.len());
                text.extend_from_slice(&bytes[..used.min(room)]);
                if ended {
                    decoded.push(paste(text));
                    self.within = Within::Keys;
                    return Some(used + PASTE_END.len());
                }
                (used > 0).then_some(used)
            }
            Within::Text { opener, start } => {
                let is_command = *opener == b']';
                let end = |byte: &u8| *byte == 0x1b || (is_command && *byte == 0x07);
                let Some(end) = bytes.iter().position(end) else {
                    keep(start, bytes);
                    return Some(bytes.len());
                };
                // Another sequence ends the string.
                let (ended, mark) = match bytes[end] {
                    0x07 => (true, 1),
                    _ if *bytes.get(end + 1)? == b'\\' => (true, 2),
                    _ => (false, 0),
                };
                keep(start, &bytes[..end]);
                if is_command && ended {
                    decoded.extend(command(start).map(Decoded::Answer));
                }
                self.within = Within::Keys;
                Some(end + mark)
            }
            Within::Keys if bytes[0] == 0x1b => self.escape(bytes, decoded),
            // Introducers as one character (C1), equal to ESC and a letter. No key sends them, but
            // text that is pasted without marks may contain them.
            Within::Keys
                if matches!(bytes, [0xc2, 0x8f | 0x90 | 0x98 | 0x9b | 0x9d..=0x9f, ..]) =>
            {
                // Alone it is not a key with Alt, as ESC and a letter are.
                bytes.get(2)?;
                let seven_bits = [&[0x1b, bytes[1] - 0x40], &bytes[2..]].concat();
                self.escape(&seven_bits, decoded)
            }
            Within::Keys => character(bytes, decoded),
        }
    }

    fn escape(&mut self, bytes: &[u8], decoded: &mut Vec<Decoded>) -> Option<usize> {
        match *bytes.get(1)? {
            b'[' => return self.control_sequence(bytes, decoded),
            b'O' => {
                let last = *bytes.get(2)?;
                decoded.extend(keypad(last).map(key));
                return Some(3);
            }
            opener @ (b']' | b'P' | b'X' | b'^' | b'_') => {
                self.within = Within::Text {
                    opener,
                    start: Vec::new(),
                };
                return Some(2);
            }
            0x1b => {
                decoded.push(key(Key::Esc));
                return Some(1);
            }
            _ => {}
        }
        // A character with Alt. A key without a meaning with Alt keeps its own.
        let mut following = Vec::new();
        let used = character(&bytes[1..], &mut following)?;
        decoded.extend(following.into_iter().map(|decoded| match decoded {
            Decoded::Input(Input::Key(Key::Char(c))) => key(Key::Alt(c)),
            Decoded::Input(Input::Key(Key::Enter)) => key(Key::AltEnter),
            other => other,
        }));
        Some(1 + used)
    }

    /// Decodes `CSI`, parameters and intermediates, and a final byte.
    fn control_sequence(&mut self, bytes: &[u8], decoded: &mut Vec<Decoded>) -> Option<usize> {
        // The Linux console sends F1 to F5 as `CSI [ A` to `CSI [ E`.
        if bytes.get(2) == Some(&b'[') {
            if let number @ b'A'..=b'E' = *bytes.get(3)? {
                decoded.push(key(Key::F(number - b'A' + 1)));
            }
            return Some(4);
        }
        // The mouse of a terminal that does not know mode 1006.
        if bytes.get(2) == Some(&b'M') {
            let &[button, column, row] = bytes.get(3..6)? else {
                return None;
            };
            let place = |byte: u8| u16::from(byte.saturating_sub(33));
            let button = u16::from(button.saturating_sub(32));
            decoded.extend(mouse(button, true, place(column), place(row)));
            return Some(6);
        }
        let body = &bytes[2..];
        let Some(last) = body.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
            // No sequence is that long.
            return (body.len() > 256).then_some(bytes.len());
        };
        if !(0x40..0x7f).contains(&body[last]) {
            // Broken off: what broke it off is decoded on its own.
            return Some(2 + last);
        }
        let parameters = std::str::from_utf8(&body[..last]).unwrap_or_default();
        if (parameters, body[last]) == ("200", b'~') {
            self.within = Within::Paste(Vec::new());
        }
        decoded.extend(sequence(parameters, body[last]));
        Some(2 + last + 1)
    }
}

/// Returns the number of bytes before `mark`, and whether it occurs. If it does not, bytes that may
/// begin it are not counted.
fn take_until(bytes: &[u8], mark: &[u8]) -> (usize, bool) {
    if let Some(at) = bytes.windows(mark.len()).position(|window| window == mark) {
        return (at, true);
    }
    let kept = (1..mark.len().min(bytes.len() + 1))
        .rev()
        .find(|&length| bytes.ends_with(&mark[..length]));
    (bytes.len() - kept.unwrap_or(0), false)
}

/// Appends bytes of a string as far as it may be an answer. One byte more shows that it is not.
fn keep(start: &mut Vec<u8>, bytes: &[u8]) {
    let room = (TEXT_LIMIT + 1).saturating_sub(start.len());
    start.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

/// Decodes an operating system command: `11;rgb:ffff/ffff/ffff`.
fn command(text: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(text).ok()?;
    let colour = text
        .strip_prefix("11;")
        .filter(|_| text.len() <= TEXT_LIMIT)?;
    Background::of_x11(colour).map(Answer::Background)
}

fn key(key: Key) -> Decoded {
    Decoded::Input(Input::Key(key))
}

/// Decodes a paste. A single byte that is not UTF-8, and is a C1 control where text has one byte
/// per character, becomes that control, so that the sequence which it begins is recognized.
fn paste(text: &[u8]) -> Decoded {
    let mut pasted = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        pasted.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            &[c1 @ 0x80..=0x9f] => pasted.push(char::from(c1)),
            _ => pasted.push(char::REPLACEMENT_CHARACTER),
        }
    }
    Decoded::Input(Input::Paste(pasted))
}

/// Decodes one character that begins no sequence.
fn character(bytes: &[u8], decoded: &mut Vec<Decoded>) -> Option<usize> {
    let found = match bytes[0] {
        b'\r' => Key::Enter,
        b'\t' => Key::Tab,
        // Which of the two the Backspace key sends differs by terminal.
        0x08 | 0x7f => Key::Backspace,
        0x00 => Key::Ctrl(' '),
        control @ 0x01..=0x1a => Key::Ctrl(char::from(control + b'a' - 1)),
        control @ 0x1c..=0x1f => Key::Ctrl(char::from(control + b'@')),
        ascii @ b' '..=b'~' => Key::Char(char::from(ascii)),
        _ => return beyond_ascii(bytes, decoded),
    };
    decoded.push(key(found));
    Some(1)
}

fn beyond_ascii(bytes: &[u8], decoded: &mut Vec<Decoded>) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        // Not UTF-8: dropped. Cut off: the rest is on its way.
        Err(error) => return error.error_len(),
    };
    let c = valid.chars().next()?;
    if !c.is_control() {
        decoded.push(key(Key::Char(c)));
    }
    Some(c.len_utf8())
}

/// Returns the key for `SS3` and a letter: keys of a keypad in application mode.
fn keypad(last: u8) -> Option<Key> {
    Some(match last {
        b'P'..=b'S' => Key::F(last - b'P' + 1),
        b'M' => Key::Enter,
        b'j'..=b'y' => Key::Char(char::from(last - 0x40)),
        b'X' => Key::Char('='),
        b' ' => Key::Char(' '),
        b'I' => Key::Tab,
        _ => return arrow(last, 1),
    })
}

/// Returns the key for a final letter. `modifiers` is 1 plus a bit each for Shift, Alt and Ctrl.
fn arrow(last: u8, modifiers: u16) -> Option<Key> {
    let shift = modifiers.saturating_sub(1) & 1 != 0;
    Some(match last {
        b'A' if shift => Key::ShiftUp,
        b'B' if shift => Key::ShiftDown,
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'Z' => Key::BackTab,
        _ => return None,
    })
}

/// Decodes a control sequence; `None` if it means nothing here.
fn sequence(parameters: &str, last: u8) -> Option<Decoded> {
    let (kind, parameters) = match parameters.as_bytes().first() {
        Some(&kind @ (b'?' | b'<' | b'>' | b'=')) => (kind, &parameters[1..]),
        _ => (0, parameters),
    };
    let numbers: Vec<u16> = parameters
        .trim_end_matches('$')
        .split(';')
        // `code:shifted` and `modifiers:event` of newer keyboards.
        .map(|number| number.split(':').next().unwrap_or_default())
        .map(|number| number.parse().unwrap_or(0))
        .collect();
    let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
    match (kind, last) {
        (b'<', b'M' | b'm') => {
            let (column, row) = (number(1).saturating_sub(1), number(2).saturating_sub(1));
            mouse(number(0), last == b'M', column, row)
        }
        (b'?', b'y') => Some(Decoded::Answer(Answer::Mode {
            mode: number(0),
            // 0 is unknown, 4 permanently off.
            known: matches!(number(1), 1..=3),
        })),
        (b'?', b'n') if number(0) == 997 => {
            let background = match number(1) {
                1 => Background::Dark,
                2 => Background::Light,
                _ => return None,
            };
            Some(Decoded::Answer(Answer::Background(background)))
        }
        (b'?', b'c') => Some(Decoded::Answer(Answer::Attributes)),
        (b'>', b'c') => Some(Decoded::Answer(Answer::Kind {
            kind: number(0),
            version: number(1),
        })),
        (0, b'R') => Some(Decoded::Answer(Answer::Column(number(1).saturating_sub(1)))),
        (0, b'n') if number(0) == 0 => Some(Decoded::Answer(Answer::Ready)),
        (0, b'~') if number(0) == 27 => modified(number(2), number(1)).map(key),
        (0, b'~') => numbered(number(0)).map(key),
        (0, b'u') => modified(number(0), number(1)).map(key),
        (0, b'P' | b'Q' | b'S') => Some(key(Key::F(last - b'P' + 1))),
        (0, _) => arrow(last, number(1)).map(key),
        _ => None,
    }
}

/// Returns the key for a number and a tilde.
fn numbered(number: u16) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        2 => Key::Insert,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::F(number as u8 - 10),
        17..=21 => Key::F(number as u8 - 11),
        23 | 24 => Key::F(number as u8 - 12),
        _ => return None,
    })
}

/// Returns the key for a code and modifiers (`CSI u`). Nothing here asks for these, but tmux can be
/// set to send them always.
fn modified(code: u16, modifiers: u16) -> Option<Key> {
    let modifiers = modifiers.saturating_sub(1);
    let (shift, alt, ctrl) = (modifiers & 1 != 0, modifiers & 2 != 0, modifiers & 4 != 0);
    Some(match char::from_u32(code.into())? {
        '\r' => Key::Enter,
        '\t' if shift => Key::BackTab,
        '\t' => Key::Tab,
        '\x1b' => Key::Esc,
        '\x08' | '\x7f' => Key::Backspace,
        c if c.is_control() => return None,
        c if ctrl => Key::Ctrl(c.to_ascii_lowercase()),
        c if alt => Key::Alt(c),
        c if shift => Key::Char(c.to_uppercase().next().unwrap_or(c)),
        c => Key::Char(c),
    })
}

/// Decodes what the mouse did. Modifiers, releases and other buttons are ignored.
fn mouse(button: u16, pressed: bool, column: u16, row: u16) -> Option<Decoded> {
    const MODIFIERS: u16 = 4 | 8 | 16;
    let kind = match (button & !MODIFIERS, pressed) {
        (0, true) => MouseKind::Press,
        (32, true) => MouseKind::Drag,
        (64, true) => MouseKind::ScrollUp,
        (65, true) => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Decoded::Input(Input::Mouse(Mouse { kind, column, row })))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(bytes: &[u8]) -> Vec<Decoded> {
        let mut decoded = Vec::new();
        let mut decoder = Decoder::default();
        decoder.feed(bytes, &mut decoded);
        decoder.settle(&mut decoded);
        decoded
    }

    #[track_caller]
    fn check(bytes: &str, keys: &[Key]) {
        let keys: Vec<Decoded> = keys.iter().copied().map(key).collect();
        assert_eq!(decode(bytes.as_bytes()), keys, "{bytes:?}");
    }

    #[test]
    fn the_background_is_answered_in_many_writings_and_in_pieces() {
        let answer = |background| vec![Decoded::Answer(Answer::Background(background))];
        for (bytes, background) in [
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", Background::Light),
            ("\x1b]11;rgb:1e1e/1e1e/1e1e\x07", Background::Dark),
            ("\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x07", Background::Light),
            ("\x1b]11;rgb:0/2/3\x1b\\", Background::Dark),
            ("\x1b[?997;1n", Background::Dark),
            ("\x1b[?997;2n", Background::Light),
        ] {
            assert_eq!(decode(bytes.as_bytes()), answer(background), "{bytes:?}");
            let mut decoder = Decoder::default();
            let mut decoded = Vec::new();
            for byte in bytes.bytes() {
                decoder.feed(&[byte], &mut decoded);
            }
            assert_eq!(decoded, answer(background), "{bytes:?} byte by byte");
        }
    }

    #[test]
    fn what_is_no_answer_about_the_background_is_swallowed() {
        let long = format!("\x1b]11;rgb:f/f/f{}\x07", " ".repeat(100));
        for bytes in [
            "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
            "\x1b]11;?\x07",
            "\x1b]11;rgb:ffff/ffff\x07",
            "\x1bP11;rgb:f/f/f\x1b\\",
            "\x1b]11;rgb:ffff/ffff/ffff",
            "\x1b[?997;0n",
            long.as_str(),
        ] {
            assert_eq!(decode(bytes.as_bytes()), [], "{bytes:?}");
        }
        // Broken off by another sequence, it is no answer either.
        check("\x1b]11;rgb:f/f/f\x1b[Bj", &[Key::Down, Key::Char('j')]);
    }

    #[test]
    fn characters_are_typed() {
        check("jG/", &[Key::Char('j'), Key::Char('G'), Key::Char('/')]);
        check("创新", &[Key::Char('创'), Key::Char('新')]);
        check("？", &[Key::Char('？')]);
    }

    #[test]
    fn a_line_feed_is_a_key_of_its_own() {
        check("\r\n", &[Key::Enter, Key::Ctrl('j')]);
    }

    #[test]
    fn control_characters_are_letters_with_ctrl() {
        check("\x03\x1a", &[Key::Ctrl('c'), Key::Ctrl('z')]);
        check(
            "\x00\x1d\x1f",
            &[Key::Ctrl(' '), Key::Ctrl(']'), Key::Ctrl('_')],
        );
        check(
            "\r\t\x7f\x08",
            &[Key::Enter, Key::Tab, Key::Backspace, Key::Backspace],
        );
    }

    #[test]
    fn keys_of_several_terminals_mean_the_same() {
        for up in ["\x1b[A", "\x1bOA", "\x1b[1;5A"] {
            check(up, &[Key::Up]);
        }
        for home in ["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"] {
            check(home, &[Key::Home]);
        }
        for end in ["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"] {
            check(end, &[Key::End]);
        }
        for f1 in ["\x1bOP", "\x1b[11~", "\x1b[[A", "\x1b[P", "\x1b[1;2P"] {
            check(f1, &[Key::F(1)]);
        }
        check("\x1b[5~\x1b[6~", &[Key::PageUp, Key::PageDown]);
        check(
            "\x1b[15~\x1b[17~\x1b[24~",
            &[Key::F(5), Key::F(6), Key::F(12)],
        );
        check("\x1b[2~\x1b[3~", &[Key::Insert, Key::Delete]);
        check("\x1b[Z", &[Key::BackTab]);
        check("\x1b[1;2A\x1b[1;2B", &[Key::ShiftUp, Key::ShiftDown]);
        check("\x1b[97;5u\x1b[27;5;97~", &[Key::Ctrl('a'), Key::Ctrl('a')]);
    }

    #[test]
    fn a_lone_escape_is_the_key_and_waits_a_moment_only() {
        let mut decoder = Decoder::default();
        let mut decoded = Vec::new();
        decoder.feed(b"\x1b", &mut decoded);
        assert_eq!(decoded, []);
        assert!(decoder.patience().expect("a sequence may follow") <= ESC_PATIENCE);
        decoder.settle(&mut decoded);
        assert_eq!(decoded, [key(Key::Esc)]);
        assert_eq!(decoder.patience(), None);
    }

    #[test]
    fn escape_twice_is_two_keys() {
        check("\x1b\x1b", &[Key::Esc, Key::Esc]);
        check("\x1b\x1b[A", &[Key::Esc, Key::Up]);
    }

    #[test]
    fn alt_is_kept_with_characters_and_enter_and_dropped_with_the_rest() {
        check("\x1bx\x1b中", &[Key::Alt('x'), Key::Alt('中')]);
        check("\x1b\x7f\x1b\r", &[Key::Backspace, Key::AltEnter]);
        check("\x1b[", &[Key::Alt('[')]);
        check("\x1b]", &[Key::Alt(']')]);
        check("\x1bO", &[Key::Alt('O')]);
    }

    #[test]
    fn a_paste_is_one_text_whatever_it_contains() {
        let pasted = |text: &str| vec![Decoded::Input(Input::Paste(text.into()))];
        assert_eq!(
            decode("\x1b[200~q\r创新\x1b[A\x1b[201~".as_bytes()),
            pasted("q\r创新\x1b[A")
        );
        assert_eq!(decode(b"\x1b[200~\x1b[201~"), pasted(""));
    }

    #[test]
    fn a_paste_without_its_end_is_taken_after_a_while() {
        assert_eq!(
            decode("\x1b[200~创新".as_bytes()),
            [Decoded::Input(Input::Paste("创新".into()))]
        );
    }

    #[test]
    fn a_huge_paste_is_cut_and_its_end_still_found() {
        let mut decoder = Decoder::default();
        let mut decoded = Vec::new();
        decoder.feed(b"\x1b[200~", &mut decoded);
        for _ in 0..40 {
            decoder.feed(&vec![b'a'; PASTE_LIMIT / 32], &mut decoded);
        }
        decoder.feed(b"\x1b[201~j", &mut decoded);
        let Some(Decoded::Input(Input::Paste(text))) = decoded.first() else {
            panic!("a paste comes first");
        };
        assert_eq!(text.len(), PASTE_LIMIT);
        assert_eq!(decoded[1..], [key(Key::Char('j'))]);
    }

    #[test]
    fn the_mouse_is_read_in_both_its_forms() {
        let at = |kind, column, row| Decoded::Input(Input::Mouse(Mouse { kind, column, row }));
        assert_eq!(
            decode(b"\x1b[<0;3;5M\x1b[<0;3;5m"),
            [at(MouseKind::Press, 2, 4)]
        );
        assert_eq!(decode(b"\x1b[<32;300;5M"), [at(MouseKind::Drag, 299, 4)]);
        assert_eq!(
            decode(b"\x1b[<64;1;1M\x1b[<65;1;1M"),
            [
                at(MouseKind::ScrollUp, 0, 0),
                at(MouseKind::ScrollDown, 0, 0)
            ]
        );
        assert_eq!(
            decode(b"\x1b[M !!j"),
            [at(MouseKind::Press, 0, 0), key(Key::Char('j'))]
        );
    }

    #[test]
    fn answers_are_told_from_keys() {
        let answers = b"\x1b[12;3R\x1b[0n\x1b[?2026;2$y\x1b[?2026;0$y";
        let mode = |known| Answer::Mode { mode: 2026, known };
        assert_eq!(
            decode(answers),
            [Answer::Column(2), Answer::Ready, mode(true), mode(false)].map(Decoded::Answer)
        );
        let mlterm = Answer::Kind {
            kind: 24,
            version: 279,
        };
        assert_eq!(
            decode(b"\x1b[?62;22c\x1b[>24;279;0c"),
            [Answer::Attributes, mlterm].map(Decoded::Answer)
        );
    }

    #[test]
    fn answers_that_nobody_asked_for_are_swallowed() {
        for answer in [
            "\x1bP!|00000000\x1b\\",
            "\x1b]10;rgb:1818/1818/1818\x1b\\",
            "\x1b]12;rgb:1818/1818/1818\x07",
            "\x1bP>|xterm(390)\x1b\\",
            "\x1b_Gi=1;OK\x1b\\",
            "\x1b[8;40;120t",
            "\x1b[I",
            "\x1b[?1u",
        ] {
            check(&format!("{answer}j"), &[Key::Char('j')]);
        }
    }

    #[test]
    fn a_sequence_that_begins_with_one_character_is_a_sequence() {
        check("\u{9b}31mj\u{9b}A", &[Key::Char('j'), Key::Up]);
        check("\u{8f}P\u{9d}0;title\x07j", &[Key::F(1), Key::Char('j')]);
        check("\u{9b}31", &[]);
        check("\u{9d}", &[]);
    }

    #[test]
    fn a_pasted_control_of_one_byte_is_kept_to_be_known() {
        let pasted = |text: &str| vec![Decoded::Input(Input::Paste(text.into()))];
        assert_eq!(
            decode(b"\x1b[200~a\x9b31m\xff\xe6\xa1\x1b[201~"),
            pasted("a\u{9b}31m\u{fffd}\u{fffd}")
        );
    }

    #[test]
    fn a_string_that_never_ends_is_given_up() {
        let mut decoder = Decoder::default();
        let mut decoded = Vec::new();
        decoder.feed(b"\x1b]52;c;never ending", &mut decoded);
        decoder.settle(&mut decoded);
        decoder.feed(b"j", &mut decoded);
        assert_eq!(decoded, [key(Key::Char('j'))]);
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_dropped() {
        assert_eq!(decode(b"\xff\xfej\xe6\xa1"), [key(Key::Char('j'))]);
    }

    const PIECES: [&str; 18] = [
        "j",
        "创",
        "\r",
        "\x1b[A",
        "\x1b[<0;3;5M",
        "\x1b[200~",
        "\x1b[201~",
        "\x1b[12;3R",
        "\x1b",
        "\x1b[0n",
        "\x1b]11;x\x07",
        "\x1bP1$r\x1b\\",
        "\x1bOP",
        "\x1b[M !!",
        "\x1b[[A",
        "\x1b[1;",
        "\x7f",
        "\u{9b}",
    ];

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_stream_is_cut(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let stream = pieces.concat().into_bytes();
            let mut cuts: Vec<usize> = cuts.iter().map(|at| at.index(stream.len() + 1)).collect();
            cuts.extend([0, stream.len()]);
            cuts.sort_unstable();
            let mut decoder = Decoder::default();
            let mut decoded = Vec::new();
            for pair in cuts.windows(2) {
                decoder.feed(&stream[pair[0]..pair[1]], &mut decoded);
            }
            decoder.settle(&mut decoded);
            prop_assert_eq!(decoded, decode(&stream));
        }

        #[test]
        fn any_bytes_are_read_and_leave_nothing_open(bytes: Vec<u8>) {
            let mut decoder = Decoder::default();
            let mut decoded = Vec::new();
            decoder.feed(&bytes, &mut decoded);
            decoder.settle(&mut decoded);
            prop_assert_eq!(decoder.patience(), None);
        }
    }
}
