//! RTF (Rich Text Format Specification 1.9.1): characters as bytes of a code page or
//! as `\u`, paragraphs, cells, outline levels.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

use super::builder::Builder;
use super::{Format, Properties, Refusal, Role, Structure, Text, Undecoded};

/// Groups nested deeper than this make a document damaged.
const DEEPEST: usize = 1000;

/// A paragraph that is longer, in characters, is no heading, however it is printed.
const LONGEST_HEADING: usize = 60;

/// What a group may change, and what is restored at its end.
#[derive(Clone, Debug)]
struct Group {
    coder: &'static Encoding,
    /// Bytes that a reader of `\u` skips after it.
    skip: usize,
    /// Whether the text is no part of the document.
    left_out: bool,
    /// What the text is instead.
    destination: Destination,
    bold: bool,
    hidden: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Document,
    Fonts,
    Title,
}

/// Groups whose text is no part of the document (apart from those marked `\*`).
const LEFT_OUT: [&str; 20] = [
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "listtable",
    "listoverridetable",
    "revtbl",
    "themedata",
    "object",
    "xe",
    "tc",
];

/// Reads the bytes of a document.
pub fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    let mut reader = Reader::new(bytes);
    reader.run()?;
    reader.end_paragraph();
    let title = reader.title.trim();
    let properties = Properties {
        title: (!title.is_empty()).then(|| title.to_owned()),
        ..Properties::default()
    };
    let undecoded = Undecoded {
        count: reader.undecoded,
        line: reader.undecoded.min(1),
    };
    let (text, lines) = reader.builder.finish()?;
    Ok(Text {
        text,
        structure: Structure {
            format: Format::Rtf,
            lines,
            properties,
            undecoded,
            ..Structure::default()
        },
    })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    group: Group,
    /// The code page of each font.
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    default: &'static Encoding,
    /// Bytes of characters that are not decoded yet.
    pending: Vec<u8>,
    /// The first half of a character beyond U+FFFF.
    high: Option<u16>,
    to_skip: usize,
    title: String,
    paragraph: String,
    bold: usize,
    all: usize,
    centred: bool,
    outline: Option<u8>,
    in_table: bool,
    cells: Vec<String>,
    rows: usize,
    undecoded: u32,
    builder: Builder,
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        1252 => WINDOWS_1252,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

fn charset(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        134 => GB18030,
        136 => BIG5,
        128 => SHIFT_JIS,
        129 => EUC_KR,
        _ => return None,
    })
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            groups: Vec::new(),
            group: Group {
                coder: WINDOWS_1252,
                skip: 1,
                left_out: false,
                destination: Destination::Document,
                bold: false,
                hidden: false,
            },
            fonts: HashMap::new(),
            font: 0,
            default: WINDOWS_1252,
            pending: Vec::new(),
            high: None,
            to_skip: 0,
            title: String::new(),
            paragraph: String::new(),
            bold: 0,
            all: 0,
            centred: false,
            outline: None,
            in_table: false,
            cells: Vec::new(),
            rows: 0,
            undecoded: 0,
            builder: Builder::default(),
        }
    }

    fn run(&mut self) -> Result<(), Refusal> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() == DEEPEST {
                        return Err(Refusal::TooDeep);
                    }
                    self.groups.push(self.group.clone());
                    self.to_skip = 0;
                }
                b'}' => {
                    self.flush();
                    self.to_skip = 0;
                    if let Some(group) = self.groups.pop() {
                        self.group = group;
                    }
                    // What follows the document's own group is no text.
                    if self.groups.is_empty() {
                        return Ok(());
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    /// A control word or sign; the backslash is read.
    fn control(&mut self) {
        let Some(&sign) = self.bytes.get(self.at) else {
            return;
        };
        self.at += 1;
        if !sign.is_ascii_alphabetic() {
            match sign {
                b'\'' => {
                    let hex = self.bytes.get(self.at..self.at + 2);
                    let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
                    self.at = (self.at + 2).min(self.bytes.len());
                    if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                        self.byte(byte);
                    }
                }
                b'*' => self.group.left_out = true,
                b'~' => self.put("\u{a0}"),
                b'_' => self.put("-"),
                b'-' | b':' | b'|' => {}
                b'\n' | b'\r' => self.end_paragraph(),
                sign => self.byte(sign),
            }
            return;
        }
        let start = self.at - 1;
        let letters = self.bytes[start..]
            .iter()
            .take_while(|b| b.is_ascii_alphabetic());
        let end = start + letters.count();
        let word = std::str::from_utf8(&self.bytes[start..end]).unwrap_or_default();
        let number = self.bytes[end..]
            .iter()
            .enumerate()
            .take_while(|&(at, b)| b.is_ascii_digit() || at == 0 && *b == b'-');
        let digits = end + number.count();
        let parameter = std::str::from_utf8(&self.bytes[end..digits])
            .unwrap_or_default()
            .parse()
            .ok();
        self.at = digits + usize::from(self.bytes.get(digits) == Some(&b' '));
        self.word(word, parameter);
    }

    fn word(&mut self, word: &str, parameter: Option<i32>) {
        let number = parameter.unwrap_or(0);
        let on = parameter != Some(0);
        match word {
            "bin" => {
                self.at = self
                    .at
                    .saturating_add(number.max(0) as usize)
                    .min(self.bytes.len())
            }
            "u" => self.unicode(number),
            "ansicpg" => {
                self.default = code_page(number).unwrap_or(self.default);
                self.group.coder = self.default;
            }
            "fonttbl" => self.group.destination = Destination::Fonts,
            "title" if self.group.left_out => {
                self.group.left_out = false;
                self.group.destination = Destination::Title;
            }
            "author" | "operator" | "company" | "creatim" | "subject" | "keywords" | "comment"
            | "doccomm" | "manager" | "category" => self.group.left_out = true,
            "fcharset" if self.group.destination == Destination::Fonts => {
                if let Some(coder) = charset(number) {
                    self.fonts.insert(self.font, coder);
                }
            }
            "f" => {
                self.flush();
                self.font = number;
                if self.group.destination == Destination::Document {
                    self.group.coder = self.fonts.get(&number).copied().unwrap_or(self.default);
                }
            }
            "plain" => {
                self.flush();
                self.group.bold = false;
                self.group.hidden = false;
            }
            "b" => {
                self.flush();
                self.group.bold = on;
            }
            "v" => {
                self.flush();
                self.group.hidden = on;
            }
            "deleted" => {
                self.flush();
                self.group.hidden = on;
            }
            "uc" => self.group.skip = number.max(0) as usize,
            "par" | "sect" => self.end_paragraph(),
            "pard" => {
                self.flush();
                self.centred = false;
                self.outline = None;
                self.in_table = false;
            }
            "qc" => self.centred = true,
            "ql" | "qr" | "qj" => self.centred = false,
            "outlinelevel" => self.outline = u8::try_from(number).ok().filter(|&l| l < 9),
            "intbl" => self.in_table = true,
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "line" => self.put("\n"),
            "tab" => self.put("\t"),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            word if LEFT_OUT.contains(&word) => self.group.left_out = true,
            _ => {}
        }
    }

    /// A character by its number; what follows it for older readers is skipped.
    fn unicode(&mut self, number: i32) {
        self.flush();
        // Numbers over 32,767 are written as negative ones.
        let unit = number as u16;
        let units = self.high.take().into_iter().chain([unit]);
        let mut text = String::new();
        for decoded in char::decode_utf16(units) {
            match decoded {
                Ok(c) => text.push(c),
                Err(half) if (0xD800..0xDC00).contains(&half.unpaired_surrogate()) => {
                    self.high = Some(half.unpaired_surrogate());
                }
                Err(_) => text.push('\u{FFFD}'),
            }
        }
        self.put(&text);
        self.to_skip = self.group.skip;
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    /// Decodes the bytes that were gathered.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, has_errors) = self.group.coder.decode_without_bom_handling(&bytes);
        if has_errors && !self.group.left_out {
            self.undecoded += text.matches('\u{FFFD}').count() as u32;
        }
        self.put_decoded(&text);
    }

    fn put(&mut self, text: &str) {
        self.flush();
        self.put_decoded(text);
    }

    fn put_decoded(&mut self, text: &str) {
        if self.group.left_out || self.group.hidden {
            return;
        }
        match self.group.destination {
            Destination::Fonts => {}
            Destination::Title => self.title.push_str(text),
            Destination::Document => {
                let count = text.chars().filter(|c| !c.is_whitespace()).count();
                self.all += count;
                if self.group.bold {
                    self.bold += count;
                }
                self.paragraph.push_str(text);
            }
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.group.left_out || self.group.destination != Destination::Document {
            return;
        }
        if self.in_table {
            self.paragraph.push('\n');
            return;
        }
        let emphasised = self.centred || self.bold == self.all;
        let role = match self.outline {
            Some(level) => Role::Heading(level + 1),
            None if emphasised && self.all <= LONGEST_HEADING => Role::Emphasised,
            None => Role::Paragraph,
        };
        let text = std::mem::take(&mut self.paragraph);
        self.builder.paragraph(&text, role);
        self.rows = 0;
        (self.bold, self.all) = (0, 0);
    }

    fn end_cell(&mut self) {
        self.flush();
        let text = std::mem::take(&mut self.paragraph);
        self.cells.push(text);
        (self.bold, self.all) = (0, 0);
    }

    fn end_row(&mut self) {
        self.flush();
        let cells = std::mem::take(&mut self.cells);
        if let [cell] = cells.as_slice() {
            self.builder.paragraph(cell, Role::Paragraph);
        } else {
            self.builder.row(&cells, self.rows == 0);
        }
        self.rows += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rtf: &str, expected: &str) -> Text {
        let text = read(rtf.as_bytes()).expect("it is a document");
        assert_eq!(text.text, expected);
        text
    }

    #[test]
    fn characters_are_bytes_of_a_code_page_or_numbers() {
        // 改革 in GBK and by number, with a replacement to skip.
        check(
            r"{\rtf1\ansi\ansicpg936\uc1 \'b8\'c4\'b8\'ef \u25913?\u-26775?\par}",
            "改革 改革\n",
        );
        check(r"{\rtf1\uc0\u55360\u57088\par}", "𠌀\n");
    }

    #[test]
    fn a_font_says_its_code_page() {
        check(
            r"{\rtf1\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset136 MingLiU;}}\f1 \'a7\'ef\f0 caf\'e9\par}",
            "改café\n",
        );
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        check(
            r"{\rtf1{\info{\title 题}{\author 人}}{\header page}{\*\generator x;}{\pict ff00}a{\v hidden}b\par}",
            "ab\n",
        );
    }

    #[test]
    fn rows_keep_their_cells() {
        let text = check(
            r"{\rtf1\pard\intbl a\cell b\cell\row\pard\intbl c\cell\cell\row\pard\outlinelevel1 d\line e\par}",
            "a\tb\nc\t\nd\ne\n",
        );
        let roles: Vec<Role> = text.structure.lines.iter().map(|line| line.role).collect();
        let head = |head| Role::Row { head };
        assert_eq!(
            roles,
            [head(true), head(false), Role::Heading(2), Role::Heading(2)]
        );
    }

    #[test]
    fn groups_without_end_do_no_harm() {
        assert_eq!(read("{".repeat(5000).as_bytes()), Err(Refusal::TooDeep));
        check(r"{\rtf1 a{b", "ab\n");
        check(r"{\rtf1 a\'", "a\n");
        check(r"{\rtf1\bin999999999 a", "");
    }
}
