//! Demo scripts: a small text file in, what happens on the screen out, and when.
//!
//! One line says one thing:
//!
//! ```text
//! # a remark
//! size 100x30
//! caption-zh 输入拼音首字母即可
//! caption-en Initials of the pinyin will do
//! type gjj
//! wait 2s
//! key Down Enter
//! loop
//! ```
//!
//! Time is in milliseconds. Whoever plays a script has the clock.

use std::borrow::Cow;
use std::str::FromStr;

use crate::key::Key;
use crate::language::{Language, Sentence, quoted};
use crate::nearest::{is_slip, nearest};
use crate::text::gate;

/// What a demo plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Columns and rows of a picture of it. On a terminal it plays at that one's size.
    pub size: Option<(u16, u16)>,
    pub cues: Vec<Cue>,
    /// Whether it begins anew after the last cue.
    pub loops: bool,
}

/// Something that happens so many milliseconds after what was before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    pub after: u32,
    pub deed: Deed,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Press(Key),
    /// What the bar says from now on; nothing where that is empty.
    Say(Sentence),
    /// Time passes.
    Rest,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    pub why: Sentence,
}

/// The script that plays where none is named.
pub const BUILT_IN: &str = include_str!("show/demo.txt");

/// More characters are no script.
const LONGEST: usize = 100_000;

/// The longest time that a line waits.
const LONGEST_WAIT: f64 = 3600.0;

/// The pause before a key, and between the characters of a word on average.
const BEFORE_KEY: u32 = 500;
const BEFORE_CHARACTER: u32 = 90;

/// How much longer some characters take than others.
const HESITATION: [u32; 7] = [40, 0, 110, 20, 70, 10, 90];

/// What lines begin with.
const WORDS: [&str; 8] = [
    "caption",
    "caption-zh",
    "caption-en",
    "type",
    "key",
    "wait",
    "size",
    "loop",
];

impl Script {
    /// The script that plays where none is named.
    ///
    /// # Panics
    ///
    /// Never: a test reads it.
    pub fn built_in() -> Self {
        Self::parse(BUILT_IN).expect("the built-in script is right")
    }

    /// Reads a script.
    ///
    /// # Errors
    ///
    /// Every line that is wrong, in order.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader::default();
        if text.chars().nth(LONGEST).is_some() {
            let zh = format!("脚本超过 {LONGEST} 个字符");
            reader.complain(1, zh, format!("more than {LONGEST} characters"));
            return Err(reader.mistakes);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, number) in text.lines().zip(1..) {
            reader.line(line.trim(), number);
        }
        reader.speak();
        let does_something = |cue: &Cue| cue.deed != Deed::Rest;
        if reader.mistakes.is_empty() && !reader.cues.iter().any(does_something) {
            reader.complain(
                text.lines().count().max(1),
                "脚本是空的：至少要有一行 type、key 或 caption",
                "the script is empty: it needs a line with type, key or caption",
            );
        }
        if !reader.mistakes.is_empty() {
            return Err(reader.mistakes);
        }
        reader.rest();
        Ok(Self {
            size: reader.size,
            cues: reader.cues,
            loops: reader.loops,
        })
    }

    /// All that the bar says, in a language.
    pub fn captions(&self, language: Language) -> impl Iterator<Item = &str> {
        self.cues.iter().filter_map(move |cue| match &cue.deed {
            Deed::Say(caption) => Some(caption.in_language(language)),
            Deed::Press(_) | Deed::Rest => None,
        })
    }
}

/// A script in the making.
#[derive(Default)]
struct Reader {
    size: Option<(u16, u16)>,
    cues: Vec<Cue>,
    loops: bool,
    mistakes: Vec<Mistake>,
    /// How long the lines since the last cue wait.
    waited: u32,
    /// Captions in Chinese and English that are not said yet.
    caption: [Option<String>; 2],
    /// Characters typed so far.
    typed: usize,
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        if self.loops {
            self.complain(
                number,
                "loop 之后不能再有内容：从头再来",
                "nothing can follow loop, which begins anew",
            );
            return;
        }
        let (word, rest) = line
            .split_once(char::is_whitespace)
            .map_or((line, ""), |(word, rest)| (word, rest.trim()));
        if !word.starts_with("caption-") {
            self.speak();
        }
        match word {
            "caption" => {
                self.caption = [0, 1].map(|_| Some(gate::line(rest).into_owned()));
                self.speak();
            }
            "caption-zh" => self.caption_in(0, rest),
            "caption-en" => self.caption_in(1, rest),
            "type" if rest.is_empty() => self.complain(
                number,
                "type 之后要写输入的文字，如 type gjj",
                "type needs what is typed, such as: type gjj",
            ),
            "type" => self.characters(&gate::line(rest)),
            "key" => self.keys(rest, number),
            "wait" => match milliseconds(rest) {
                Some(time) => self.waited = self.waited.saturating_add(time),
                None => self.complain(
                    number,
                    format!("时间“{}”应写成 1.5s 或 800ms，至多一小时", quoted(rest)),
                    format!(
                        "write a time such as 1.5s or 800ms, an hour at most, instead of “{}”",
                        quoted(rest)
                    ),
                ),
            },
            "size" => match size(rest) {
                Some(size) => self.size = Some(size),
                None => self.complain(
                    number,
                    format!(
                        "大小“{}”应写成 列数x行数，如 100x30，24x6 到 300x100",
                        quoted(rest)
                    ),
                    format!(
                        "write a size such as 100x30, from 24x6 to 300x100, instead of “{}”",
                        quoted(rest)
                    ),
                ),
            },
            "loop" if rest.is_empty() => self.loops = true,
            "loop" => self.complain(
                number,
                format!("loop 之后不写别的，删去“{}”", quoted(rest)),
                format!("loop stands alone: take out “{}”", quoted(rest)),
            ),
            word => self.unknown(word, number),
        }
    }

    fn unknown(&mut self, word: &str, number: usize) {
        let mut near = nearest(word, WORDS, 1).into_iter();
        let near = near.find(|near| is_slip(word, near));
        let known = WORDS.join("、");
        let (word, listed) = (quoted(word), WORDS.join(", "));
        match near {
            Some(near) => self.complain(
                number,
                format!("不认识“{word}”，是否要写 {near}"),
                format!("unknown “{word}”, did you mean {near}"),
            ),
            None => self.complain(
                number,
                format!("不认识“{word}”；每行以 {known} 开头"),
                format!("unknown “{word}”; a line begins with {listed}"),
            ),
        }
    }

    /// A caption in one language; a second one in the same language is the next
    /// caption.
    fn caption_in(&mut self, language: usize, text: &str) {
        if self.caption[language].is_some() {
            self.speak();
        }
        self.caption[language] = Some(gate::line(text).into_owned());
    }

    /// Says the captions that wait. Where one language has none, it has the other's.
    fn speak(&mut self) {
        let [chinese, english] = std::mem::take(&mut self.caption);
        let Some(either) = chinese.clone().or_else(|| english.clone()) else {
            return;
        };
        let caption = Sentence::new(
            chinese.unwrap_or_else(|| either.clone()),
            english.unwrap_or(either),
        );
        self.cue(0, Deed::Say(caption));
    }

    fn keys(&mut self, names: &str, number: usize) {
        let mut names = names.split_whitespace().peekable();
        if names.peek().is_none() {
            self.complain(
                number,
                "key 之后要写键名，如 key Enter",
                "key needs the name of a key, such as: key Enter",
            );
        }
        for name in names {
            match Key::from_str(name) {
                Ok(key) => self.cue(BEFORE_KEY, Deed::Press(key)),
                Err(unknown) => {
                    // The parser takes names in any case.
                    let typed = name.to_lowercase();
                    let near = unknown.nearest.filter(|near| is_slip(&typed, near));
                    let name = quoted(name);
                    let (chinese, english) = match near {
                        Some(near) => (
                            format!("，是否要写 {near}"),
                            format!(", did you mean {near}"),
                        ),
                        None => (
                            "，键名如 Enter、Esc、PgDn、Ctrl-d、F2".to_owned(),
                            "; keys are called Enter, Esc, PgDn, Ctrl-d, F2 and the like"
                                .to_owned(),
                        ),
                    };
                    self.complain(
                        number,
                        format!("没有叫“{name}”的键{chinese}"),
                        format!("no key is called “{name}”{english}"),
                    );
                }
            }
        }
    }

    fn characters(&mut self, text: &str) {
        for c in text.chars() {
            let hesitates = HESITATION[self.typed % HESITATION.len()];
            self.typed += 1;
            self.cue(BEFORE_CHARACTER + hesitates, Deed::Press(Key::Char(c)));
        }
    }

    /// Adds a cue, which comes after what the lines before it waited.
    fn cue(&mut self, after: u32, deed: Deed) {
        let after = after.saturating_add(std::mem::take(&mut self.waited));
        self.cues.push(Cue { after, deed });
    }

    /// What is shown at the end stays for as long as the last lines wait.
    fn rest(&mut self) {
        self.waited = self.waited.max(LEAST_REST);
        self.cue(0, Deed::Rest);
    }

    fn complain(
        &mut self,
        line: usize,
        chinese: impl Into<Cow<'static, str>>,
        english: impl Into<Cow<'static, str>>,
    ) {
        let why = Sentence::new(chinese, english);
        self.mistakes.push(Mistake { line, why });
    }
}

/// A script that loops shows its last screen at least so long.
const LEAST_REST: u32 = 1000;

fn milliseconds(text: &str) -> Option<u32> {
    let (number, factor) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s')?, 1.0),
    };
    let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let seconds = number.parse::<f64>().ok().filter(|_| plain)? * factor;
    (seconds <= LONGEST_WAIT).then_some((seconds * 1000.0).round() as u32)
}

/// Columns and rows of a picture.
fn size(text: &str) -> Option<(u16, u16)> {
    let (columns, rows) = text.split_once(['x', '×'])?;
    let (columns, rows) = (columns.trim().parse().ok()?, rows.trim().parse().ok()?);
    let fits = (24..=300).contains(&columns) && (6..=100).contains(&rows);
    fits.then_some((columns, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Script {
        Script::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
    }

    /// Line and sentence of every mistake, in English.
    fn mistakes(text: &str) -> Vec<(usize, String)> {
        let mistakes = Script::parse(text).expect_err("it is wrong");
        let told = mistakes
            .iter()
            .map(|mistake| (mistake.line, mistake.why.english().to_owned()));
        told.collect()
    }

    #[test]
    fn lines_become_cues_in_their_order_with_their_pauses() {
        let script = parsed(
            "# 说明\nsize 100x30\n\ntype gj\nwait 1.5s\nwait 500ms\nkey Down ctrl-d\nwait 3s\nloop\n",
        );
        assert_eq!((script.size, script.loops), (Some((100, 30)), true));
        let pressed = |key, after| Cue {
            after,
            deed: Deed::Press(key),
        };
        assert_eq!(
            script.cues,
            [
                pressed(Key::Char('g'), BEFORE_CHARACTER + 40),
                pressed(Key::Char('j'), BEFORE_CHARACTER),
                pressed(Key::Down, 2000 + BEFORE_KEY),
                pressed(Key::Ctrl('d'), BEFORE_KEY),
                Cue {
                    after: 3000,
                    deed: Deed::Rest
                },
            ]
        );
    }

    #[test]
    fn captions_are_for_both_languages_or_for_each() {
        let script = parsed("caption-zh 一\ncaption-en one\ncaption-en two\ncaption 三\ncaption\n");
        let said = |language| script.captions(language).collect::<Vec<_>>();
        assert_eq!(said(Language::Chinese), ["一", "two", "三", ""]);
        assert_eq!(said(Language::English), ["one", "two", "三", ""]);
    }

    #[test]
    fn a_caption_that_is_followed_by_the_same_in_the_other_language_is_one() {
        let script = parsed("caption-en one\ncaption-zh 一\nkey Enter\n");
        assert_eq!(script.cues.len(), 3);
        assert_eq!(
            script.captions(Language::Chinese).collect::<Vec<_>>(),
            ["一"]
        );
    }

    #[test]
    fn every_line_that_is_wrong_is_named_with_what_would_be_right() {
        let wrong = "typee gjj\nkey Entre\nwait 3\nwait -1s\nsize 9x9\ntype\nkey\nloop now\nxyzzyxyzzy\nkey Foo\nloop\ntype a\n";
        let told = mistakes(wrong);
        let lines: Vec<usize> = told.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
        for (line, part) in [
            (1, "did you mean type"),
            (2, "did you mean enter"),
            (3, "1.5s or 800ms"),
            (4, "1.5s or 800ms"),
            (5, "from 24x6 to 300x100"),
            (6, "such as: type gjj"),
            (7, "such as: key Enter"),
            (8, "take out “now”"),
            (9, "a line begins with caption"),
            (10, "keys are called Enter"),
            (12, "nothing can follow loop"),
        ] {
            let (_, said) = told.iter().find(|(at, _)| *at == line).expect("it is told");
            assert!(said.contains(part), "{line}: {said}");
        }
    }

    #[test]
    fn a_script_without_a_deed_is_refused() {
        for text in ["", "# nothing\n", "wait 1s\nloop\n", "size 80x24\n"] {
            assert!(mistakes(text)[0].1.contains("is empty"), "{text:?}");
        }
        assert!(
            mistakes(&"#".repeat(LONGEST + 1))[0]
                .1
                .contains("more than")
        );
    }

    #[test]
    fn what_no_terminal_should_get_is_not_typed() {
        let script = parsed("type a\u{1b}[2Jb\ncaption x\u{202e}y\n");
        for cue in &script.cues {
            match &cue.deed {
                Deed::Press(Key::Char(c)) => assert!(!gate::denied(*c), "{c:?}"),
                Deed::Say(said) => assert!(!said.contains(gate::denied), "{said}"),
                _ => {}
            }
        }
    }

    #[test]
    fn the_built_in_script_is_right_loops_and_speaks_both_languages() {
        let script = Script::built_in();
        assert!(script.loops);
        let zh: Vec<&str> = script.captions(Language::Chinese).collect();
        let en: Vec<&str> = script.captions(Language::English).collect();
        assert!(zh.len() > 5 && zh.len() == en.len());
        for (zh, en) in zh.iter().zip(en) {
            assert!(zh.is_empty() || *zh != en, "{en}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_much_for_the_parser(text in ".{0,200}") {
            let _ = Script::parse(&text);
        }
    }
}
