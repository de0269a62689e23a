//! Which characters the codes of a font mean, and how wide they are.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_16BE, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// The fonts of a document, each read once.
#[derive(Debug, Default)]
pub struct Fonts {
    by_id: HashMap<(u32, i32), Rc<Font>>,
}

/// How bytes of a string become characters where there is no `ToUnicode`.
#[derive(Clone, Copy, Debug)]
enum Coder {
    /// One byte each, in an encoding.
    Single(&'static Encoding),
    /// Two bytes each, which are a number of the font and mean nothing without it.
    Glyphs,
    /// Predefined CMaps: bytes of an encoding, one or two or four each.
    Multi(&'static Encoding),
    /// Predefined CMaps of Unicode: UTF-16 with the high byte first.
    Wide,
}

/// What is needed of a font.
#[derive(Debug)]
pub struct Font {
    coder: Coder,
    /// Characters of codes, from the font's `ToUnicode` or its differences.
    unicode: HashMap<u32, String>,
    /// Bytes of a code.
    length: usize,
    /// Widths of codes, in thousandths of the size.
    widths: HashMap<u32, f32>,
    width: f32,
    /// Whether widths are by a number of the font that the code is not.
    guesses_widths: bool,
    pub is_bold: bool,
    is_type3: bool,
}

/// One code of a string.
pub struct Code {
    /// Empty where it is not known.
    pub text: String,
    /// In thousandths of the size.
    pub width: f32,
    /// Whether it is the single byte 32, to which word spacing applies.
    pub is_space: bool,
}

impl Fonts {
    /// The font of a resource dictionary's entry.
    pub fn get(&mut self, dict: &Dict) -> Rc<Font> {
        let id = dict.obj_id().map(|id| (id.obj_number, id.gen_number));
        if let Some(font) = id.and_then(|id| self.by_id.get(&id)) {
            return Rc::clone(font);
        }
        let font = Rc::new(Font::read(dict));
        if let Some(id) = id {
            self.by_id.insert(id, Rc::clone(&font));
        }
        font
    }
}

fn name(dict: &Dict, key: &str) -> Option<String> {
    let name = dict.get::<Name>(key)?;
    Some(String::from_utf8_lossy(&name).into_owned())
}

fn number(object: &Object) -> Option<f32> {
    match object {
        Object::Number(number) => Some(number.as_f32()),
        _ => None,
    }
}

impl Font {
    fn read(dict: &Dict) -> Self {
        let subtype = name(dict, "Subtype").unwrap_or_default();
        let base = name(dict, "BaseFont").unwrap_or_default();
        let lower = base.to_lowercase();
        let mut font = Self {
            coder: Coder::Single(WINDOWS_1252),
            unicode: HashMap::new(),
            length: 1,
            widths: HashMap::new(),
            width: 500.0,
            guesses_widths: false,
            is_bold: ["bold", "heavy", "black", "hei", ",b", "xbs", "小标宋"]
                .iter()
                .any(|word| lower.contains(word)),
            is_type3: subtype == "Type3",
        };
        if subtype == "Type0" {
            font.read_composite(dict);
        } else {
            font.read_simple(dict);
        }
        if let Some(stream) = dict.get::<Stream>("ToUnicode")
            && let Ok(data) = stream.decoded_data()
        {
            font.read_to_unicode(&data);
        }
        font
    }

    fn read_composite(&mut self, dict: &Dict) {
        self.length = 2;
        self.width = 1000.0;
        let encoding = name(dict, "Encoding").unwrap_or_default();
        self.coder = predefined(&encoding);
        let descendants = dict.get::<Array>("DescendantFonts");
        let descendant = descendants.and_then(|fonts| fonts.iter::<Dict>().next());
        let Some(descendant) = descendant else {
            return;
        };
        self.guesses_widths = !matches!(self.coder, Coder::Glyphs);
        let default = descendant.get::<Object>("DW");
        self.width = default.as_ref().and_then(number).unwrap_or(1000.0);
        let Some(widths) = descendant.get::<Array>("W") else {
            return;
        };
        let mut objects = widths.iter::<Object>();
        while let Some(first) = objects.next() {
            let (Some(first), Some(next)) = (number(&first), objects.next()) else {
                break;
            };
            let first = first as u32;
            if let Object::Array(list) = next {
                for (code, width) in (first..).zip(list.iter::<Object>()) {
                    self.widths
                        .extend(number(&width).map(|width| (code, width)));
                }
            } else if let (Some(last), Some(width)) =
                (number(&next), objects.next().as_ref().and_then(number))
            {
                // A code has two bytes at most.
                let last = (last as u32).min(0xFFFF);
                self.widths.extend((first..=last).map(|code| (code, width)));
            }
        }
    }

    fn read_simple(&mut self, dict: &Dict) {
        let first = dict
            .get::<Object>("FirstChar")
            .as_ref()
            .and_then(number)
            .unwrap_or(0.0) as u32;
        if let Some(widths) = dict.get::<Array>("Widths") {
            for (code, width) in (first..).zip(widths.iter::<Object>()).take(256) {
                self.widths
                    .extend(number(&width).map(|width| (code, width)));
            }
        }
        let Some(encoding) = dict.get::<Dict>("Encoding") else {
            return;
        };
        let Some(differences) = encoding.get::<Array>("Differences") else {
            return;
        };
        let mut code = 0;
        for object in differences.iter::<Object>() {
            match &object {
                Object::Number(number) => code = number.as_f32() as u32,
                Object::Name(name) => {
                    let name = String::from_utf8_lossy(name);
                    if let Some(c) = glyph(&name) {
                        self.unicode.insert(code, c.to_string());
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }

    /// Reads a CMap that maps codes to characters (9.10.3).
    fn read_to_unicode(&mut self, data: &[u8]) {
        let mut section = Section::None;
        let mut pending: Vec<Token> = Vec::new();
        for token in (Tokens { data, at: 0 }) {
            if let Token::Word(word) = token {
                section = match word {
                    b"begincodespacerange" => Section::Space,
                    b"beginbfchar" => Section::Chars,
                    b"beginbfrange" => Section::Ranges,
                    _ => Section::None,
                };
                pending.clear();
                continue;
            }
            pending.push(token);
            match (section, pending.as_slice()) {
                (Section::Space, [Token::Bytes(low), Token::Bytes(_)]) => {
                    // Codes of one and of two bytes in one font: the shorter are rare.
                    self.length = self.length.max(low.len().clamp(1, 2));
                    pending.clear();
                }
                (Section::Chars, [Token::Bytes(code), Token::Bytes(text)]) => {
                    self.unicode.insert(value(code), wide(text));
                    pending.clear();
                }
                (Section::Ranges, [Token::Bytes(low), Token::Bytes(high), Token::Bytes(text)]) => {
                    let (low, high) = (value(low), value(high).min(0xFFFF));
                    let mut units: Vec<u16> = units(text);
                    for code in low..=high {
                        self.unicode.insert(code, String::from_utf16_lossy(&units));
                        if let Some(last) = units.last_mut() {
                            *last = last.wrapping_add(1);
                        }
                    }
                    pending.clear();
                }
                (
                    Section::Ranges,
                    [
                        Token::Bytes(low),
                        Token::Bytes(_),
                        Token::Open,
                        texts @ ..,
                        Token::Close,
                    ],
                ) => {
                    let low = value(low);
                    for (code, text) in (low..).zip(texts) {
                        if let Token::Bytes(text) = text {
                            self.unicode.insert(code, wide(text));
                        }
                    }
                    pending.clear();
                }
                _ => {}
            }
        }
    }

    /// The codes of a string.
    pub fn codes(&self, string: &[u8]) -> Vec<Code> {
        let mut codes = Vec::with_capacity(string.len() / self.length);
        let mut rest = string;
        while !rest.is_empty() {
            let length = self.length_of(rest).min(rest.len());
            let (bytes, after) = rest.split_at(length);
            rest = after;
            let code = value(bytes);
            let text = match self.unicode.get(&code) {
                Some(text) => text.clone(),
                None => self.decoded(bytes),
            };
            codes.push(Code {
                width: self.width_of(code, &text),
                is_space: bytes == b" ",
                text,
            });
        }
        codes
    }

    fn length_of(&self, rest: &[u8]) -> usize {
        match self.coder {
            Coder::Single(_) => self.length,
            Coder::Glyphs => 2,
            Coder::Wide => match rest {
                [0xD8..=0xDB, ..] => 4,
                _ => 2,
            },
            Coder::Multi(_) => match rest {
                [0..=0x80, ..] => 1,
                [_, 0x30..=0x39, ..] => 4,
                _ => 2,
            },
        }
    }

    fn decoded(&self, bytes: &[u8]) -> String {
        let coder = match self.coder {
            Coder::Glyphs => return String::new(),
            Coder::Single(_) if self.is_type3 => return String::new(),
            Coder::Single(coder) | Coder::Multi(coder) => coder,
            Coder::Wide => UTF_16BE,
        };
        let (text, has_errors) = coder.decode_without_bom_handling(bytes);
        if has_errors {
            return String::new();
        }
        text.into_owned()
    }

    fn width_of(&self, code: u32, text: &str) -> f32 {
        if self.guesses_widths {
            // Half as wide as Han characters are Latin letters and figures.
            let narrow = text.is_ascii();
            return if narrow { 500.0 } else { self.width };
        }
        self.widths.get(&code).copied().unwrap_or(self.width)
    }
}

/// What a predefined CMap (9.7.5.2) encodes.
fn predefined(name: &str) -> Coder {
    let has = |part: &str| name.contains(part);
    if has("UCS2") || has("UTF16") {
        Coder::Wide
    } else if has("GB-EUC") || has("GBpc") || has("GBK") {
        Coder::Multi(GB18030)
    } else if has("B5") || has("HKscs") || has("ETenms") {
        Coder::Multi(BIG5)
    } else if has("RKSJ") {
        Coder::Multi(SHIFT_JIS)
    } else if has("KSC") {
        Coder::Multi(EUC_KR)
    } else {
        Coder::Glyphs
    }
}

/// The character of a glyph's name (Adobe Glyph List), as far as documents in Chinese
/// use names at all.
fn glyph(name: &str) -> Option<char> {
    let mut characters = name.chars();
    if let (Some(c), None) = (characters.next(), characters.next()) {
        return Some(c);
    }
    let hex = |digits: &str| {
        u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
    };
    if let Some(c) = name.strip_prefix("uni").and_then(hex) {
        return Some(c);
    }
    if let Some(c) = name.strip_prefix('u').and_then(hex) {
        return Some(c);
    }
    const NAMES: [(&str, char); 46] = [
        ("space", ' '),
        ("exclam", '!'),
        ("quotedbl", '"'),
        ("numbersign", '#'),
        ("percent", '%'),
        ("ampersand", '&'),
        ("quotesingle", '\''),
        ("parenleft", '('),
        ("parenright", ')'),
        ("asterisk", '*'),
        ("plus", '+'),
        ("comma", ','),
        ("hyphen", '-'),
        ("minus", '-'),
        ("period", '.'),
        ("slash", '/'),
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("colon", ':'),
        ("semicolon", ';'),
        ("less", '<'),
        ("equal", '='),
        ("greater", '>'),
        ("question", '?'),
        ("at", '@'),
        ("bracketleft", '['),
        ("bracketright", ']'),
        ("underscore", '_'),
        ("bar", '|'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("endash", '–'),
        ("emdash", '—'),
        ("ellipsis", '…'),
        ("periodcentered", '·'),
        ("bullet", '•'),
    ];
    let known = NAMES.iter().find(|(own, _)| *own == name)?;
    Some(known.1)
}

fn value(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |value, &byte| value << 8 | u32::from(byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    let pairs = bytes.chunks_exact(2);
    let units = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    match bytes {
        [byte] => vec![u16::from(*byte)],
        _ => units.collect(),
    }
}

fn wide(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes))
}

#[derive(Clone, Copy)]
enum Section {
    None,
    Space,
    Chars,
    Ranges,
}

/// A token of a CMap; those that matter.
enum Token<'a> {
    Bytes(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

struct Tokens<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.data.get(self.at)?;
            self.at += 1;
            match byte {
                b'[' => return Some(Token::Open),
                b']' => return Some(Token::Close),
                b'%' => {
                    let rest = &self.data[self.at..];
                    let end = rest.iter().position(|b| b"\r\n".contains(b));
                    self.at += end.unwrap_or(rest.len());
                }
                b'<' if self.data.get(self.at) != Some(&b'<') => {
                    let rest = &self.data[self.at..];
                    let end = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
                    let digits: Vec<u8> = rest[..end]
                        .iter()
                        .filter_map(|&b| char::from(b).to_digit(16))
                        .map(|digit| digit as u8)
                        .collect();
                    self.at += end + 1;
                    let bytes = digits.chunks(2);
                    let byte = |pair: &[u8]| pair[0] << 4 | pair.get(1).copied().unwrap_or(0);
                    return Some(Token::Bytes(bytes.map(byte).collect()));
                }
                byte if byte.is_ascii_alphabetic() => {
                    let start = self.at - 1;
                    let rest = &self.data[self.at..];
                    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric());
                    self.at += end.unwrap_or(rest.len());
                    return Some(Token::Word(&self.data[start..self.at]));
                }
                _ => {}
            }
        }
    }
}
