//! What a user may type.
//!
//! Words separated by spaces, ASCII or ideographic, must all match; `"a b"` in quotation marks of
//! any family is one phrase; `a|b` is either; `-a` is not; `年:2017` and the like is a field, with
//! a colon of either width. Unfinished or wrong input is noted and skipped: every input is a query.

mod fields;
mod other_syntax;
mod quoting;
mod spaced;
mod typed;

pub use fields::{FIELDS, Field, FieldNames, same};
pub use quoting::{as_typed, quote_where_needed};

pub(super) use self::spaced::spaced;
use self::typed::Typed;
use super::{Note, Problem};
use crate::language::Language;
use crate::text::CharSpan;
use crate::text::fold::fold;
use crate::text::numerals;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// In the order typed.
    pub terms: Vec<Term>,
    pub notes: Vec<Note>,
}

/// A part of a query that a case must match, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its place in the query.
    pub span: CharSpan,
    /// As typed, without invisible characters.
    pub text: String,
    /// Whether cases that match are excluded: `-a`.
    pub excluded: bool,
    pub kind: TermKind,
}

/// What a term asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// Any of these, anywhere in a case.
    Words(Vec<Phrase>),
    /// Any of these in a field. Copied text may have a colon after the name of a field
    /// (单位：m3/亩): `typed` is the term as one word.
    Field {
        field: Field,
        values: Vec<Phrase>,
        typed: Phrase,
    },
    /// Any of these. The first has a colon after something that is not a field: it is a word if it
    /// occurs somewhere (市南:打造), else a mistake.
    Doubtful { words: Vec<Phrase>, note: Note },
}

/// Characters that must be adjacent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    pub text: String,
    /// Whether it is in quotation marks: then marks and spaces count, and sound does not.
    pub quoted: bool,
}

impl Query {
    /// Creates a query of some terms.
    pub fn of(terms: Vec<Term>) -> Self {
        Self {
            terms,
            notes: Vec::new(),
        }
    }
}

impl Term {
    /// Creates a term for a value of a field, with the Chinese name of the field.
    pub fn of_field(field: Field, value: &str) -> Self {
        let name = field.name(Language::Chinese);
        let text = format!("{name}:{}", quote_where_needed(value));
        Self {
            span: CharSpan::new(0, 0),
            excluded: false,
            kind: TermKind::Field {
                field,
                values: vec![Phrase::quoted(value)],
                typed: Phrase::quoted(&text),
            },
            text,
        }
    }

    /// Whether the term asks for values of a field.
    pub fn is_of(&self, field: Field) -> bool {
        matches!(self.kind, TermKind::Field { field: of, .. } if of == field)
    }

    /// Returns the word, if it is a single one and not a field's.
    pub fn word(&self) -> Option<&Phrase> {
        match &self.kind {
            TermKind::Words(phrases) if phrases.len() == 1 => phrases.first(),
            _ => None,
        }
    }

    /// Returns the word, if it is a single one, neither a field's nor excluded nor quoted.
    pub fn plain_word(&self) -> Option<&Phrase> {
        self.word()
            .filter(|phrase| !phrase.quoted && !self.excluded)
    }

    /// Returns the term with its only word replaced.
    pub fn with_word(&self, word: &str) -> Self {
        let mut term = self.clone();
        if let TermKind::Words(phrases)
        | TermKind::Field {
            values: phrases, ..
        } = &mut term.kind
            && let [phrase] = &mut **phrases
        {
            term.text = term.text.replacen(&*phrase.text, word, 1);
            word.clone_into(&mut phrase.text);
        }
        term
    }
}

impl Phrase {
    /// Creates a phrase without quotation marks.
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            quoted: false,
        }
    }

    /// Creates a phrase in quotation marks.
    pub fn quoted(text: &str) -> Self {
        Self {
            quoted: true,
            ..Self::plain(text)
        }
    }

    /// Yields the words with their figures in other forms; nothing if they are quoted.
    pub fn other_figures(&self) -> impl Iterator<Item = Self> + use<> {
        let forms = if self.quoted {
            Vec::new()
        } else {
            numerals::other_forms(&self.text)
        };
        forms.into_iter().map(|form| Self::plain(&form))
    }

    /// Whether an alternative was meant as a field or an exclusion: 甲|题:乙, 甲|-乙.
    fn is_no_word(&self) -> bool {
        let name = self.text.split(is_colon).next();
        let is_field = self.text.contains(is_colon) && name.and_then(Field::named).is_some();
        let mut chars = self.text.chars();
        let excludes =
            chars.next().is_some_and(is_dash) && chars.next().is_some_and(|c| !is_dash(c));
        !self.quoted && (is_field || excludes)
    }
}

/// Whether a word, typed without quotation marks, is read as that word.
pub fn is_plain(word: &str) -> bool {
    let parts = |c: char| c.is_whitespace() || is_bar(c) || is_colon(c);
    let opens = |c: char| is_dash(c) || closer(c).is_some();
    !word.is_empty() && !word.contains(parts) && !word.starts_with(opens)
}

/// Maximum length of a query in characters: some sentences. What is pasted by mistake may be a
/// book, and every word of it would be searched for.
pub const LONGEST: usize = 500;

/// Parses a query, whatever is typed. Text after [`LONGEST`] is dropped and noted.
pub fn parse(text: &str) -> Query {
    let end = text.char_indices().nth(LONGEST);
    let typed = Typed::of(end.map_or(text, |(end, _)| &text[..end]));
    let mut parser = Parser {
        chars: &typed.chars,
        typed: &typed,
        at: 0,
        query: Query::default(),
    };
    parser.run();
    let mut query = parser.query;
    query.notes.extend(other_syntax::notes(&query.terms));
    if end.is_some() {
        let characters = text.chars().count() as u32;
        query.notes.push(Note {
            span: CharSpan::new(LONGEST as u32, characters),
            problem: Problem::TooLong,
        });
    }
    query
}

/// Returns the part of a query in a span.
pub fn slice(query: &str, span: CharSpan) -> &str {
    &query[byte_at(query, span.start)..byte_at(query, span.end)]
}

/// Returns the byte offset of a character in a text.
pub fn byte_at(text: &str, char_index: u32) -> usize {
    let mut indices = text.char_indices().map(|(at, _)| at);
    indices.nth(char_index as usize).unwrap_or(text.len())
}

struct Parser<'a> {
    chars: &'a [char],
    typed: &'a Typed,
    at: usize,
    query: Query,
}

impl Parser<'_> {
    fn run(&mut self) {
        loop {
            self.skip(|c| c.is_whitespace() || is_bar(c));
            let start = self.at;
            let Some(c) = self.peek(0) else { return };
            if is_dash(c) && self.peek(1).is_none_or(char::is_whitespace) {
                self.at += 1;
                continue;
            }
            let excluded = self.minus();
            let term = self.term(start, excluded);
            self.query.terms.extend(term);
        }
    }

    /// Skips a dash that excludes what follows it. Copied text may begin with a 破折号 (——创新) or
    /// be between two dashes (—甲—).
    fn minus(&mut self) -> bool {
        let rest = self.chars[self.at..].iter().copied();
        let word: Vec<char> = rest.take_while(|c| !c.is_whitespace()).collect();
        let excludes = match word[..] {
            [dash, .., last] if is_long_dash(dash) && is_long_dash(last) => false,
            [dash, next, ..] => is_dash(dash) && !is_dash(next),
            _ => false,
        };
        self.at += usize::from(excludes);
        excludes
    }

    fn term(&mut self, start: usize, mut excluded: bool) -> Option<Term> {
        let from = self.at;
        let kind = match self.colon() {
            None => TermKind::Words(self.alternatives()),
            Some(colon) => {
                let name: String = self.chars[from..colon].iter().collect();
                match Field::named(&name) {
                    None => self.doubtful(start, colon, name),
                    Some(field) => {
                        self.at = colon + 1;
                        // 题:-甲 is -题:甲; for years it is a range up to one.
                        excluded |= field != Field::Year && self.minus();
                        let after_colon = self.at;
                        let values = self.alternatives();
                        if values.is_empty() {
                            self.note(start, after_colon, Problem::EmptyField { name });
                        }
                        let typed: String = self.chars[from..self.at].iter().collect();
                        TermKind::Field {
                            field,
                            values,
                            typed: Phrase::quoted(&typed),
                        }
                    }
                }
            }
        };
        let (all, are_words) = match &kind {
            TermKind::Words(words) => (&**words, true),
            TermKind::Field { field, values, .. } => (&**values, field.is_of_text()),
            TermKind::Doubtful { words, .. } => (&**words, false),
        };
        if all.is_empty() {
            return None;
        }
        if are_words && all[1..].iter().any(Phrase::is_no_word) {
            self.note(start, self.at, Problem::NoWord);
        }
        Some(Term {
            span: self.typed.span(start, self.at),
            text: self.chars[start..self.at].iter().collect(),
            excluded,
            kind,
        })
    }

    /// Returns where the colon after a name is, if the term begins like a field.
    fn colon(&self) -> Option<usize> {
        let rest = &self.chars[self.at..];
        let ends = |&c: &char| c.is_whitespace() || is_bar(c) || is_colon(c) || closer(c).is_some();
        let length = rest.iter().position(ends)?;
        (length > 0 && is_colon(rest[length])).then_some(self.at + length)
    }

    fn doubtful(&mut self, start: usize, colon: usize, name: String) -> TermKind {
        let from = self.at;
        self.at = colon + 1;
        // Quoted text belongs to the word, including its spaces.
        self.phrase();
        let text: String = self.chars[from..self.at].iter().collect();
        let nearest = Field::nearest_name(&name);
        let note = Note {
            span: self.typed.span(start, self.at),
            problem: Problem::UnknownField { name, nearest },
        };
        let words = self.or_others(vec![Phrase::plain(&text)]);
        TermKind::Doubtful { words, note }
    }

    /// Parses phrases separated by `|`, which may have spaces around it.
    fn alternatives(&mut self) -> Vec<Phrase> {
        self.skip(is_bar);
        let first = self.phrase();
        self.or_others(first.into_iter().collect())
    }

    /// Parses further phrases after `|`.
    fn or_others(&mut self, mut phrases: Vec<Phrase>) -> Vec<Phrase> {
        loop {
            let end = self.at;
            self.skip(char::is_whitespace);
            if !self.peek(0).is_some_and(is_bar) {
                self.at = end;
                return phrases;
            }
            self.skip(|c| is_bar(c) || c.is_whitespace());
            phrases.extend(self.phrase());
        }
    }

    fn phrase(&mut self) -> Option<Phrase> {
        let open = self.peek(0)?;
        if let Some(closes) = closer(open) {
            let content = &self.chars[self.at + 1..];
            match content.iter().position(|c| closes.contains(*c)) {
                Some(length) if self.ends_term(self.at + length + 2) => {
                    let text: String = content[..length].iter().collect();
                    self.at += length + 2;
                    return (!text.trim().is_empty()).then(|| Phrase::quoted(&text));
                }
                None if open != '\'' => {
                    self.note(self.at, self.chars.len(), Problem::OpenQuote);
                    self.at += 1;
                }
                // “互联网+”行动: the marks are part of a longer word.
                _ => {}
            }
        }
        let start = self.at;
        self.skip(|c| !c.is_whitespace() && !is_bar(c));
        let text: String = self.chars[start..self.at].iter().collect();
        (!text.is_empty()).then(|| Phrase::plain(&text))
    }

    fn note(&mut self, start: usize, end: usize, problem: Problem) {
        let span = self.typed.span(start, end);
        self.query.notes.push(Note { span, problem });
    }

    fn ends_term(&self, at: usize) -> bool {
        let next = self.chars.get(at);
        next.is_none_or(|&c| c.is_whitespace() || is_bar(c))
    }

    fn skip(&mut self, passes: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&passes) {
            self.at += 1;
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }
}

fn is_colon(c: char) -> bool {
    fold(c) == ':'
}

fn is_dash(c: char) -> bool {
    fold(c) == '-'
}

/// Whether a character is a dash, as used in texts, and not a hyphen.
fn is_long_dash(c: char) -> bool {
    is_dash(c) && !matches!(c, '-' | '－')
}

/// Whether a character separates alternatives.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

/// Returns the marks that close what `open` opens; `None` if it opens nothing.
fn closer(open: char) -> Option<&'static str> {
    match open {
        '"' | '“' | '”' | '„' | '‟' | '＂' | '〝' | '〞' => Some("\"“”„‟＂〝〞"),
        '\'' | '‘' | '’' | '‚' | '＇' => Some("'‘’‚＇"),
        '「' => Some("」"),
        '『' => Some("』"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Prints a query as understood: one term after the other.
    fn understood(text: &str) -> String {
        let phrase = |p: &Phrase| {
            if p.quoted {
                format!("“{}”", p.text)
            } else {
                p.text.clone()
            }
        };
        let phrases = |list: &[Phrase]| list.iter().map(phrase).collect::<Vec<_>>().join("|");
        let parsed = parse(text);
        let terms = parsed.terms.iter().map(|term| {
            let sign = if term.excluded { "-" } else { "" };
            let kind = match &term.kind {
                TermKind::Words(words) => phrases(words),
                TermKind::Field { field, values, .. } => format!("{field:?}:{}", phrases(values)),
                TermKind::Doubtful { words, .. } => format!("?{}", phrases(words)),
            };
            format!("{sign}{kind}")
        });
        terms.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(understood(text), expected, "{text}");
    }

    #[track_caller]
    fn check_notes(text: &str, problems: &[Problem]) {
        let notes = parse(text).notes;
        let found: Vec<&Problem> = notes.iter().map(|note| &note.problem).collect();
        assert_eq!(found, problems.iter().collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn a_book_is_cut_to_its_beginning_and_that_is_noted() {
        let page: String = "水价 "
            .repeat(LONGEST / 3 + 1)
            .chars()
            .take(LONGEST)
            .collect();
        check_notes(&page, &[]);
        check_notes(&format!("{page}改"), &[Problem::TooLong]);
        let book = format!("{page}改革 -排除 “引");
        assert_eq!(parse(&book).terms, parse(&page).terms);
        let end = book.chars().count() as u32;
        assert_eq!(parse(&book).notes[0].span, CharSpan::new(500, end));
    }

    #[test]
    fn words_are_parted_at_spaces_of_either_kind() {
        check("混合用地 土地", "混合用地 土地");
        check("混合用地\u{3000}土地", "混合用地 土地");
        check("  \u{3000} ", "");
    }

    #[test]
    fn fields_have_chinese_and_english_names_and_either_colon() {
        check("年:2017", "Year:2017");
        check("year:2015-2017", "Year:2015-2017");
        check("年∶2017", "Year:2017");
        check("地：市南 area:市南", "Area:市南 Area:市南");
        check("类:部门 CAT:部门", "Category:部门 Category:部门");
        check("机构:市民政局 org:gxq", "Org:市民政局 Org:gxq");
        check(
            "题:创新 标题：创新 title:x",
            "Title:创新 Title:创新 Title:x",
        );
        check("文:试点 text:试点", "Text:试点 Text:试点");
        check("源:003 ｓｒｃ:003", "Source:003 Source:003");
        check("主题:金融 标签:a 星:是", "Topic:金融 Tag:a Star:是");
        check("笔记:试点 note：a", "Note:试点 Note:a");
    }

    #[test]
    fn quotation_marks_of_any_family_make_a_phrase() {
        check("\"经济 社会\"", "“经济 社会”");
        check(
            "“经济 社会” 「a b」 『c』 '互 联'",
            "“经济 社会” “a b” “c” “互 联”",
        );
        check("题:“经济 社会”", "Title:“经济 社会”");
    }

    #[test]
    fn marks_inside_a_word_are_part_of_it() {
        check("打造“中央创新区”", "打造“中央创新区”");
        check("“互联网+”行动", "“互联网+”行动");
        check("xi'an", "xi'an");
    }

    #[test]
    fn alternatives_and_exclusions() {
        check("地铁|公交", "地铁|公交");
        check("地铁 | 公交 审批", "地铁|公交 审批");
        check("年:2015|2017 -市南 －青岛", "Year:2015|2017 -市南 -青岛");
        check("-年:2017", "-Year:2017");
        check("3-5年", "3-5年");
        check("-a", "-a");
    }

    #[test]
    fn every_dash_excludes_but_those_that_texts_have() {
        check("地铁 –公交 —公交 −公交", "地铁 -公交 -公交 -公交");
        check("地铁 — 公交 —— –", "地铁 公交 ——");
        check("——创新公共文化活动", "——创新公共文化活动");
        check("—一带一路— –甲–", "—一带一路— –甲–");
        check("-年:2015- -高新-", "-Year:2015- -高新-");
    }

    #[test]
    fn a_dash_behind_the_colon_of_a_field_excludes_too() {
        check("题:-大数据 -题:大数据", "-Title:大数据 -Title:大数据");
        check("地:－市南|市北 -地:-市南", "-Area:市南|市北 -Area:市南");
        check("年:-2016 题:“-大数据”", "Year:-2016 Title:“-大数据”");
        check("题:- 文:——创新", "Title:- Text:——创新");
    }

    #[test]
    fn unfinished_input_is_passed_over_and_noted() {
        check("审批 年:", "审批");
        check_notes("审批 年:", &[Problem::EmptyField { name: "年".into() }]);
        check("“经济 社", "经济 社");
        check_notes("“经济 社", &[Problem::OpenQuote]);
        check("审批 -", "审批");
        check("审批|", "审批");
        check("| 审批", "审批");
        check("\"\"", "");
    }

    #[test]
    fn an_alternative_that_is_no_word_is_noted() {
        for text in [
            "公厕|题:医共体",
            "公厕|year:2021",
            "公厕|-创新",
            "题:公厕|甲|题:医共体",
        ] {
            check_notes(text, &[Problem::NoWord]);
        }
        for text in [
            "公厕|医共体",
            "公厕|“题:医共体”",
            "年:2015|-2017",
            "公厕|甲:乙",
        ] {
            check_notes(text, &[]);
        }
    }

    #[test]
    fn a_note_names_the_characters_it_speaks_of() {
        let notes = parse("审批 年:").notes;
        assert_eq!(slice("审批 年:", notes[0].span), "年:");
    }

    #[test]
    fn a_field_is_suggested_for_a_name_that_means_it_or_is_like_it() {
        for (name, nearest) in [
            ("内容", Some("文")),
            ("标提", Some("标题")),
            ("titel", Some("title")),
            ("district", Some("area")),
            ("Date", Some("year")),
            ("agency", Some("org")),
            ("日期", Some("年")),
            ("记者", None),
            ("http", None),
            ("xyzq", None),
            ("foo", None),
            ("x", None),
        ] {
            let problem = Problem::UnknownField {
                name: name.into(),
                nearest,
            };
            let terms = parse(&format!("{name}:审计")).terms;
            let TermKind::Doubtful { note, .. } = &terms[0].kind else {
                panic!("{name} is no field");
            };
            assert_eq!(note.problem, problem);
        }
    }

    #[test]
    fn an_unknown_field_is_doubtful_and_named_with_its_nearest() {
        check("yaer:2017 市南:打造", "?yaer:2017 ?市南:打造");
        let query = parse("yaer:2017");
        let TermKind::Doubtful { note, .. } = &query.terms[0].kind else {
            panic!("a doubtful term");
        };
        let name = "yaer".to_owned();
        let nearest = Some("year");
        assert_eq!(note.problem, Problem::UnknownField { name, nearest });
    }

    #[test]
    fn a_word_with_a_colon_has_alternatives_as_any_word() {
        check("即墨:用改革|海水稻 地铁", "?即墨:用改革|海水稻 地铁");
        check("海水稻|即墨:用改革", "海水稻|即墨:用改革");
        check("12:30 | 地铁", "?12:30|地铁");
        check("yaer:|地铁", "?yaer:|地铁");
        check("yaer:“a b” 地铁", "?yaer:“a b” 地铁");
        let query = parse("-yaer:2017|地铁");
        let TermKind::Doubtful { note, .. } = &query.terms[0].kind else {
            panic!("a doubtful term");
        };
        assert_eq!(slice("-yaer:2017|地铁", note.span), "-yaer:2017");
    }

    #[test]
    fn a_span_covers_its_term() {
        let text = "审批 -年:2015|2017 “a b”";
        let spans = parse(text)
            .terms
            .into_iter()
            .map(|term| slice(text, term.span));
        assert_eq!(
            spans.collect::<Vec<_>>(),
            ["审批", "-年:2015|2017", "“a b”"]
        );
    }

    #[test]
    fn every_field_has_names_of_its_own() {
        for row in &FIELDS {
            for name in row.all() {
                assert_eq!(Field::named(name), Some(row.field), "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "[ 　a年:：\"“”'|｜\\-－—创新「」2017\u{feff}\u{301}()ē]{0,16}") {
            let query = parse(&text);
            let length = text.chars().count() as u32;
            for span in query.terms.iter().map(|t| t.span).chain(query.notes.iter().map(|n| n.span)) {
                prop_assert!(span.start < span.end && span.end <= length);
            }
        }
    }
}
