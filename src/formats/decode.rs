//! From bytes to characters.
//!
//! A byte order mark decides, then strict UTF-8, then UTF-16 by its zero bytes and
//! frequent rows, then the better of GB18030 and Big5 by how common the characters
//! are that each would give.

use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;
use serde::{Deserialize, Serialize};

/// An encoding of text files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// Big5 with the Hong Kong supplement.
    Big5,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 5] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Gb18030,
        Self::Big5,
    ];

    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Gb18030 => "GB18030",
            Self::Big5 => "Big5",
        }
    }

    /// The encoding with a label of the WHATWG Encoding Standard, such as `gb2312`
    /// or `utf-16`; `None` for labels of other encodings.
    pub fn named(label: &str) -> Option<Self> {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
        // GBK and GB2312 are parts of GB18030.
        let encoding = if encoding == encoding_rs::GBK {
            GB18030
        } else {
            encoding
        };
        Self::ALL.into_iter().find(|own| own.coder() == encoding)
    }

    fn coder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
        }
    }
}

/// The bytes that are no characters in the encoding that was used. Each run of
/// them reads as U+FFFD.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undecoded {
    /// How many U+FFFD were put in.
    pub count: u32,
    /// The line of the first one, from 1; 0 where there is none.
    pub line: u32,
}

/// A text and how it was decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    pub undecoded: Undecoded,
}

/// Decodes a text file. Line ends other than LF and CR LF (CR, NEL, U+2028, U+2029,
/// VT, FF) become LF. A byte order mark is no text.
///
/// `forced` is the encoding that was asked for; without it the bytes decide. A byte
/// order mark overrules both.
pub fn decode(bytes: Vec<u8>, forced: Option<Encoding>) -> Decoded {
    let (marked, mark) = by_mark(&bytes);
    let encoding = marked.or(forced).unwrap_or_else(|| detect(&bytes));
    let mut decoded = match encoding {
        // Most files are valid UTF-8 and need no copy.
        Encoding::Utf8 => match String::from_utf8(bytes) {
            Ok(mut text) => {
                text.drain(..mark);
                Decoded {
                    text,
                    ..Decoded::default()
                }
            }
            Err(error) => {
                let bytes = &error.as_bytes()[mark..];
                // The sample may have been valid and the rest of another encoding.
                let encoding = match marked.or(forced) {
                    Some(encoding) => encoding,
                    None => best_of(&telling(bytes)),
                };
                decode_as(bytes, encoding)
            }
        },
        encoding => decode_as(&bytes[mark..], encoding),
    };
    decoded.text = with_line_feeds(decoded.text);
    if decoded.undecoded.count > 0 {
        decoded.undecoded.line = line_of_replacement(&decoded.text);
    }
    decoded
}

/// The encoding that a byte order mark names, and the length of the mark in bytes.
fn by_mark(bytes: &[u8]) -> (Option<Encoding>, usize) {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::Utf8), 3),
        [0xFF, 0xFE, ..] => (Some(Encoding::Utf16Le), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::Utf16Be), 2),
        // GB18030 has a mark as well, though hardly a program writes it.
        [0x84, 0x31, 0x95, 0x33, ..] => (Some(Encoding::Gb18030), 4),
        _ => (None, 0),
    }
}

/// As many bytes are looked at in order to find out the encoding.
const SAMPLE: usize = 64 << 10;

/// The encoding of bytes without a mark.
fn detect(bytes: &[u8]) -> Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(wide) = wide(sample) {
        return wide;
    }
    match std::str::from_utf8(sample) {
        Ok(_) => Encoding::Utf8,
        // A sample may end inside a character.
        Err(error) if error.error_len().is_none() => Encoding::Utf8,
        Err(_) => best_of(&telling(bytes)),
    }
}

/// Lines with more than ASCII in them, from all over a text, as many as are looked at:
/// there may be thousands of lines of figures and names before the first.
fn telling(bytes: &[u8]) -> Vec<u8> {
    /// So much of one line is looked at.
    const LINE: usize = 4 << 10;
    let lines = || {
        let lines = bytes.split(|&byte| byte == b'\n');
        lines
            .filter(|line| !line.is_ascii())
            .map(|line| &line[..line.len().min(LINE)])
    };
    let all: usize = lines().map(<[u8]>::len).sum();
    let mut sample = Vec::with_capacity(all.min(SAMPLE));
    for line in lines().step_by(all / SAMPLE + 1) {
        sample.extend_from_slice(line);
        sample.push(b'\n');
    }
    sample
}

/// The byte order of UTF-16 without a mark. Line ends, digits and Latin letters have
/// a zero byte in UTF-16, which no other encoding of text has.
fn wide(sample: &[u8]) -> Option<Encoding> {
    if sample.len() < 4 || memchr(0, sample).is_none() {
        return None;
    }
    let orders = [Encoding::Utf16Le, Encoding::Utf16Be];
    let share = |order: Encoding| {
        let units = sample.as_chunks::<2>().0;
        let plausible = units.iter().filter(|&&unit| {
            let unit = match order {
                Encoding::Utf16Le => u16::from_le_bytes(unit),
                _ => u16::from_be_bytes(unit),
            };
            matches!(unit,
                0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xB7 | 0xD7 | 0x2010..=0x2030
                | 0x3000..=0x3020 | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E)
        });
        plausible.count() as f64 / units.len() as f64
    };
    let best = orders
        .into_iter()
        .max_by(|&a, &b| share(a).total_cmp(&share(b)))?;
    (share(best) > 0.9).then_some(best)
}

/// The encoding in which bytes read most like Chinese; the first of those that are
/// equally good.
fn best_of(sample: &[u8]) -> Encoding {
    let mut best = (Encoding::Utf8, i64::MIN);
    for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Big5] {
        let score = score(sample, encoding);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

/// The characters and signs that make up a third of any Chinese text, in both
/// scripts (Modern Chinese frequency lists, the first hundred, and punctuation).
const FREQUENT: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取完举色權這為個國時來們對會發動過說產種經進點從應開還現實體機兩無業東車長門問間關學與義變條頭數總當設題黨員區農運統線級組見計論資邊圖帶灣縣，。、；：？！“”「」《》（）—…";

/// How much a sample reads like Chinese in an encoding.
fn score(sample: &[u8], encoding: Encoding) -> i64 {
    let (text, _) = encoding.coder().decode_without_bom_handling(sample);
    // A sample may end inside a character.
    let text = text.trim_end_matches('\u{FFFD}');
    text.chars()
        .map(|c| match c {
            '\u{FFFD}' => -20,
            '\0'..='\x7f' => 0,
            // Private use, kana, bopomofo, Greek, Cyrillic, boxes, half-width kana.
            '\u{E000}'..='\u{F8FF}'
            | '\u{3040}'..='\u{312F}'
            | '\u{370}'..='\u{52F}'
            | '\u{2500}'..='\u{257F}'
            | '\u{FF61}'..='\u{FFDF}'
            | '\u{80}'..='\u{9F}' => -4,
            c if is_frequent(c) => 4,
            '\u{4E00}'..='\u{9FFF}' => 1,
            _ => -1,
        })
        .sum()
}

fn is_frequent(c: char) -> bool {
    FREQUENT.contains(c)
}

/// Decodes bytes without a mark; what is no character reads as U+FFFD.
fn decode_as(bytes: &[u8], encoding: Encoding) -> Decoded {
    let (text, has_errors) = encoding.coder().decode_without_bom_handling(bytes);
    let count = |text: &str| text.matches('\u{FFFD}').count() as u32;
    // The character U+FFFD may have been in the file already.
    let given = if encoding == Encoding::Utf8 {
        memchr::memmem::find_iter(bytes, "\u{FFFD}".as_bytes()).count() as u32
    } else {
        0
    };
    let count = if has_errors {
        count(&text).saturating_sub(given)
    } else {
        0
    };
    Decoded {
        undecoded: Undecoded { count, line: 0 },
        text: text.into_owned(),
        encoding,
    }
}

/// The line of the first U+FFFD, from 1.
fn line_of_replacement(text: &str) -> u32 {
    let at = text.find('\u{FFFD}').unwrap_or(0);
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() as u32
}

/// Whether a line end other than LF begins with the byte `a` in front of `b` and `c`.
/// Without branches, so that many bytes are looked at in one instruction.
#[inline(always)]
const fn is_line_end(a: u8, b: u8, c: u8) -> bool {
    let ascii = (a == 0x0b) | (a == 0x0c) | ((a == b'\r') & (b != b'\n'));
    let next_line = (a == 0xc2) & (b == 0x85);
    let separator = (a == 0xe2) & (b == 0x80) & ((c == 0xa8) | (c == 0xa9));
    ascii | next_line | separator
}

/// The first place from `from` on where a line end other than LF and CR LF is.
fn next_line_end(bytes: &[u8], from: usize) -> Option<usize> {
    const CHUNK: usize = 64;
    let mut at = from;
    while let Some(window) = bytes.get(at..at + CHUNK + 2) {
        let mut found = false;
        for i in 0..CHUNK {
            found |= is_line_end(window[i], window[i + 1], window[i + 2]);
        }
        if found {
            break;
        }
        at += CHUNK;
    }
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    (at..bytes.len()).find(|&at| is_line_end(byte(at), byte(at + 1), byte(at + 2)))
}

/// The text with LF for every other line end but CR LF.
pub fn with_line_feeds(text: String) -> String {
    let Some(mut end) = next_line_end(text.as_bytes(), 0) else {
        return text;
    };
    let mut lines = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        lines.push_str(&text[from..end]);
        lines.push('\n');
        let length = text[end..].chars().next().map_or(1, char::len_utf8);
        from = end + length;
        match next_line_end(text.as_bytes(), from) {
            Some(next) => end = next,
            None => break,
        }
    }
    lines.push_str(&text[from..]);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "全区推行“一窗受理”，群众办事由平均跑三次减为一次。\n镇街设立议事会，\
        每月公布清单；问题由谁办、何时办，一目了然。\n";
    const TRADITIONAL: &str = "全區推行「一窗受理」，民眾辦事由平均跑三次減為一次。\n鄉鎮設立議事會，\
        每月公布清單；問題由誰辦、何時辦，一目了然。\n";

    fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            encoding => encoding.coder().encode(text).0.into_owned(),
        }
    }

    #[test]
    fn every_encoding_is_recognised_without_a_mark() {
        for (text, encodings) in [
            (SIMPLIFIED, &Encoding::ALL[..4]),
            (TRADITIONAL, &Encoding::ALL[..]),
        ] {
            for &encoding in encodings {
                let decoded = decode(encoded(text, encoding), None);
                assert_eq!(decoded.encoding, encoding);
                assert_eq!(decoded.text, text, "{}", encoding.name());
                assert_eq!(decoded.undecoded, Undecoded::default());
            }
        }
    }

    #[test]
    fn a_single_line_is_enough() {
        for (line, encoding) in [
            ("关于印发工作方案的通知", Encoding::Gb18030),
            ("關於印發工作方案的通知", Encoding::Big5),
        ] {
            let decoded = decode(encoded(line, encoding), None);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (line, encoding));
        }
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_no_text() {
        for (mark, encoding) in [
            (&b"\xEF\xBB\xBF"[..], Encoding::Utf8),
            (b"\xFF\xFE", Encoding::Utf16Le),
            (b"\xFE\xFF", Encoding::Utf16Be),
        ] {
            let bytes = [mark, &encoded(SIMPLIFIED, encoding)].concat();
            let decoded = decode(bytes, Some(Encoding::Big5));
            assert_eq!(
                (decoded.text.as_str(), decoded.encoding),
                (SIMPLIFIED, encoding)
            );
        }
    }

    #[test]
    fn an_encoding_can_be_forced() {
        let bytes = encoded("改革", Encoding::Gb18030);
        assert_eq!(decode(bytes.clone(), Some(Encoding::Gb18030)).text, "改革");
        let wrong = decode(bytes, Some(Encoding::Utf8));
        assert!(wrong.undecoded.count > 0, "{wrong:?}");
        assert_eq!(Encoding::named("gb2312"), Some(Encoding::Gb18030));
        assert_eq!(Encoding::named("UTF-16"), Some(Encoding::Utf16Le));
        assert_eq!(Encoding::named("latin1"), None);
    }

    #[test]
    fn bytes_that_are_no_characters_are_shown_and_counted() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes.extend(b"\xB9\xFF");
        bytes.extend(" 原有的\u{FFFD}不算\n".as_bytes());
        let decoded = decode(bytes, None);
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert_eq!(decoded.undecoded, Undecoded { count: 2, line: 3 });
        assert!(decoded.text.contains("\u{FFFD}\u{FFFD} 原有"));
    }

    #[test]
    fn every_line_end_ends_a_line() {
        let text = "一\r二\r\n三\u{85}四\u{2028}五\u{2029}六\u{b}七\u{c}八\n";
        let lines = decode(text.as_bytes().to_vec(), None).text;
        assert_eq!(lines, "一\n二\r\n三\n四\n五\n六\n七\n八\n");
        let far = format!("{}\r", "改".repeat(100));
        let expected = format!("{}\n", "改".repeat(100));
        assert_eq!(with_line_feeds(far), expected);
    }

    #[test]
    fn a_file_of_zero_bytes_is_no_wide_text() {
        let decoded = decode(vec![0; 64], None);
        assert_eq!(decoded.encoding, Encoding::Utf8);
    }
}
