//! What a character is to a line breaker.
//!
//! Sources: GB/T 15834—2011 section 5 (where marks may stand in a row), W3C
//! Requirements for Chinese Text Layout (CLREQ) 3.1 and its table of marks that
//! may not begin or end a row.

use crate::text::width;

/// What a cluster is to a line breaker, judged by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Han, kana, Hangul, emoji: a row may break on either side.
    Free,
    /// A letter of a script that is written in words.
    Letter,
    Digit,
    /// White space; invisible where a row ends.
    Space,
    /// A space or joiner that holds its neighbours together.
    Glue,
    /// Opening brackets and quotation marks: end no row.
    Open,
    /// Currency and number signs before a figure: end no row.
    Prefix,
    /// Closing and pausing marks, middle dots, signs after a figure: begin no
    /// row.
    Close,
    /// — and its kin: begin no row, a run of them stays whole.
    Dash,
    /// … and its kin: begin no row, a run of them stays whole.
    Ellipsis,
    /// Connecting marks - ~ ～ –: begin no row.
    Hyphen,
    /// / and its kin: neither begin nor end a row.
    Slash,
    /// + & = @ and other signs that words and figures are made with.
    Symbol,
    /// ① ■ and other marks before an item.
    Item,
    /// ", which opens and closes by turns.
    Quote,
    /// ', which is an apostrophe inside a word and else opens and closes.
    Apostrophe,
}

impl Class {
    /// Whether a character is a sign that belongs to the figure before it: 30%, 5℃.
    pub(super) fn is_sign_behind_figure(c: char) -> bool {
        matches!(c, '%' | '％' | '‰' | '‱' | '℃' | '℉' | '°')
    }

    /// Whether a row must not begin with it.
    pub(super) fn begins_no_row(self) -> bool {
        matches!(
            self,
            Self::Close | Self::Dash | Self::Ellipsis | Self::Hyphen | Self::Slash
        )
    }

    /// Whether a row must not end with it.
    pub(super) fn ends_no_row(self) -> bool {
        matches!(self, Self::Open | Self::Prefix)
    }

    /// Whether words and figures are made of it.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }

    /// The class of a character.
    pub(super) fn of(c: char) -> Self {
        match c {
            '\u{4E00}'..='\u{9FFF}' => Self::Free,
            '\0'..='\u{7F}' => Self::of_ascii(c as u8),
            '０'..='９' => Self::Digit,
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Self::Letter,

            c if width::is_opening(c) => Self::Open,

            '”' | '’' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛'
            | '］' | '｝' | '｠' | '｣' | '»' | '›' | '〞' | '〟' | '﹚' | '﹜' | '﹞' => {
                Self::Close
            }
            '，' | '。' | '、' | '；' | '：' | '？' | '！' | '．' | '｡' | '､' | '‼' | '⁇' | '⁈'
            | '⁉' => Self::Close,
            '\u{FE10}'..='\u{FE16}' | '\u{FE50}'..='\u{FE52}' | '\u{FE54}'..='\u{FE57}' => {
                Self::Close
            }
            '·' | '•' | '‧' | '・' | '･' => Self::Close,
            '％' | '‰' | '‱' | '℃' | '℉' | '°' | '′' | '″' | '‴' | '¢' | '￠' => {
                Self::Close
            }
            // Marks that repeat or lengthen what stands before them.
            '々' | '〻' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | 'ー' | 'ｰ' | 'ﾞ' | 'ﾟ' => {
                Self::Close
            }
            'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ゕ'
            | 'ゖ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | '\u{31F0}'..='\u{31FF}'
            | '\u{FF67}'..='\u{FF6F}' => Self::Close,

            // ─ is what some typesetters put for a dash.
            '—' | '―' | '⸺' | '⸻' | '─' => Self::Dash,
            '…' | '‥' | '⋯' => Self::Ellipsis,
            '\u{2010}'..='\u{2013}' | '～' | '〜' | '〰' | '－' | '﹣' => Self::Hyphen,
            '／' => Self::Slash,
            '￥' | '¥' | '£' | '￡' | '＄' | '￦' | '№' | '\u{20A0}'..='\u{20CF}' => {
                Self::Prefix
            }
            '＋' | '＆' | '＝' | '＠' | '＃' | '＊' | '＿' => Self::Symbol,
            '\u{2460}'..='\u{24FF}' | '\u{25A0}'..='\u{25FF}' | '★' | '☆' => Self::Item,
            '\u{2776}'..='\u{2793}' => Self::Item,

            '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{2060}' | '\u{FEFF}' => Self::Glue,
            '\u{200B}' => Self::Space,
            c if c.is_whitespace() => Self::Space,

            '\u{1100}'..='\u{11FF}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{1F000}'..='\u{3FFFF}' => Self::Free,
            c if c.is_alphanumeric() => Self::Letter,
            '\u{2190}'..='\u{22FF}' | '\u{A1}'..='\u{BF}' | '×' | '÷' => Self::Symbol,
            _ => Self::Free,
        }
    }

    fn of_ascii(c: u8) -> Self {
        match c {
            b'0'..=b'9' => Self::Digit,
            b'A'..=b'Z' | b'a'..=b'z' => Self::Letter,
            b' ' | b'\t' | b'\n' | b'\r' => Self::Space,
            opening if width::is_opening(char::from(opening)) => Self::Open,
            b')' | b']' | b'}' | b',' | b'.' | b';' | b':' | b'?' | b'!' | b'%' => Self::Close,
            b'-' | b'~' => Self::Hyphen,
            b'/' => Self::Slash,
            b'$' => Self::Prefix,
            b'"' => Self::Quote,
            b'\'' => Self::Apostrophe,
            b'#' | b'&' | b'*' | b'+' | b'<' | b'=' | b'>' | b'@' | b'\\' | b'^' | b'_' | b'`'
            | b'|' => Self::Symbol,
            _ => Self::Free,
        }
    }
}
