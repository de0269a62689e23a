//! The settings file: everything right counts, everything wrong is named with
//! its line and the nearest name that is right.

use std::fs;
use std::path::Path;

use anli::config::{
    self, Clipboard, Config, DEFAULT, Mistake, Mouse, Origin, Problem, Theme, setting_names,
};
use anli::key::Key;
use anli::language::Language;
use anli::text::pinyin::shuangpin::Scheme;
use anli::text::script::{Forms, Script};
use anli::text::width::Ambiguous;
use proptest::prelude::*;

const FILE: &str = "config.toml";

fn parse(text: &str) -> (Config, Vec<Mistake>) {
    Config::parse(text, Path::new(FILE))
}

/// A file without mistakes.
#[track_caller]
fn right(text: &str) -> Config {
    let (config, mistakes) = parse(text);
    assert_eq!(mistakes, []);
    config
}

/// The mistakes of a file as lines of English, without the file's name.
fn wrong(text: &str) -> Vec<String> {
    let (_, mistakes) = parse(text);
    let messages = mistakes.iter().map(Mistake::to_string);
    messages
        .map(|message| message.replace("config.toml, ", ""))
        .collect()
}

#[test]
fn the_default_file_means_the_defaults() {
    assert_eq!(right(DEFAULT), Config::default());
    assert_eq!(right(""), Config::default());
}

#[test]
fn the_default_file_gives_every_setting_a_value_and_a_comment_in_both_languages() {
    let mut table = String::new();
    let mut comment = Vec::new();
    let mut found = Vec::new();
    for line in DEFAULT.lines() {
        if let Some(text) = line.strip_prefix("# ") {
            comment.push(text);
        } else if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut table);
            if table == "keys" {
                found.push(table.clone());
            }
        } else if let Some((key, _)) = line.split_once(" = ") {
            let name = [table.as_str(), key].join(".");
            found.push(name.trim_start_matches('.').to_owned());
            let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            let is_chinese = |line: &&str| line.contains(chinese);
            assert!(
                comment.iter().any(is_chinese),
                "{key} has no Chinese comment"
            );
            assert!(
                comment.iter().any(|line| !line.contains('。')),
                "{key} has no English comment"
            );
        } else if line.is_empty() {
            comment.clear();
        }
    }
    // Libraries have names of the reader's own, so there is no default to write.
    let with_default = setting_names().filter(|&name| name != "library");
    assert_eq!(found, with_default.collect::<Vec<_>>());
    // The comment on the keys follows their table, where rows are added.
    assert!(comment[0].starts_with("按键"));
}

#[test]
fn every_setting_can_be_set() {
    let config = right(
        "language = \"en\"\ntheme = \"truecolor\"\nmeasure = 72\nscript = \"繁\"\n\
         traditional = \"香港\"\npunctuation = \"full\"\n\
         ambiguous = 2\njustify = true\nmouse = \"off\"\nclipboard = \"tmux\"\n\
         sync = false\nstate = false\npager = \"less -R\"\neditor = [\"/opt/my editor\", \"-n\"]\n\
         [pinyin]\nfuzzy = true\nshuangpin = \"小鹤\"\n\
         [keys]\nnext = [\"j\", \"ctrl-n\"]\nquit = \"q\"\nstar = []\n",
    );
    assert_eq!(config.language, Some(Language::English));
    assert_eq!(config.theme, Theme::Truecolor);
    assert_eq!(config.measure, 72);
    assert_eq!(config.script, Script::Traditional);
    assert_eq!(config.forms, Forms::HongKong);
    assert!(config.full_width);
    assert_eq!(config.ambiguous, Some(Ambiguous::Wide));
    assert!(config.justify);
    assert_eq!(config.mouse, Mouse::Off);
    assert_eq!(config.clipboard, Clipboard::Tmux);
    assert!(!config.sync);
    assert!(!config.state);
    assert_eq!(config.pager, Some(vec!["less".to_owned(), "-R".to_owned()]));
    let editor = vec!["/opt/my editor".to_owned(), "-n".to_owned()];
    assert_eq!(config.editor, Some(editor));
    assert!(config.pinyin.fuzzy);
    assert_eq!(config.pinyin.shuangpin, Some(Scheme::Xiaohe));
    let keys: Vec<(&str, &[Key], u32)> = config
        .keys
        .iter()
        .map(|binding| {
            (
                binding.action.as_str(),
                binding.keys.as_slice(),
                binding.line,
            )
        })
        .collect();
    let next: &[Key] = &[Key::Char('j'), Key::Ctrl('n')];
    assert_eq!(
        keys,
        [
            ("next", next, 19),
            ("quit", &[Key::Char('q')], 20),
            ("star", &[], 21)
        ]
    );
}

#[test]
fn a_switch_and_a_number_may_be_words_too() {
    let config =
        right("justify = \"on\"\nmouse = true\nambiguous = \"1\"\nmeasure = \"60\"\ntheme = 16\n");
    assert!(config.justify);
    assert_eq!(config.mouse, Mouse::On);
    assert_eq!(config.ambiguous, Some(Ambiguous::Narrow));
    assert_eq!(config.measure, 60);
    assert_eq!(config.theme, Theme::Sixteen);
}

#[test]
fn every_mistake_is_named_with_line_and_nearest_name() {
    let text = "langage = \"zh\"\n\
                theme = \"contrst\"\n\
                measure = 5\n\
                \n\
                justify = \"maybe\"\n\
                mouse = [1]\n\
                pager = 'less \"-R'\n\
                keys = 3\n\
                [pinyin]\n\
                fuzy = true\n\
                shuangpin = \"xiaohei\"\n\
                [pinyn]\n\
                fuzzy = true\n";
    assert_eq!(
        wrong(text),
        [
            "line 1: there is no setting langage; the nearest is language",
            "line 2: theme cannot be \"contrst\", expected 16 | mono | contrast | truecolor; the nearest is contrast",
            "line 3: measure cannot be \"5\", expected 20–200; the nearest is 20",
            "line 5: justify cannot be \"maybe\", expected true | false; the nearest is false",
            "line 6: mouse cannot be \"[…]\", expected auto | on | off",
            "line 7: pager cannot be \"less \"-R\", expected \"less -R\" | [\"less\", \"-R\"]",
            "line 8: keys cannot be \"3\", expected [keys]",
            "line 10: there is no setting pinyin.fuzy; the nearest is pinyin.fuzzy",
            "line 11: pinyin.shuangpin cannot be \"xiaohei\", expected off | ziranma | xiaohe | microsoft | sogou | abc; the nearest is xiaohe",
            "line 12: there is no setting pinyn; the nearest is pinyin",
        ]
    );
}

#[test]
fn what_is_right_counts_beside_what_is_wrong() {
    let (config, mistakes) = parse("theme = \"mono\"\nmeasure = oops\nnonsense\njustify = true\n");
    assert_eq!(config.theme, Theme::Mono);
    assert!(config.justify);
    assert_eq!(config.measure, Config::default().measure);
    let found: Vec<(Option<u32>, bool)> = mistakes
        .iter()
        .map(|m| (m.place.line(), matches!(m.problem, Problem::Syntax(_))))
        .collect();
    assert_eq!(found, [(Some(2), true), (Some(2), false), (Some(3), true)]);
}

#[test]
fn a_wrong_key_name_is_named_and_the_right_ones_of_the_action_count() {
    let (config, mistakes) =
        parse("[keys]\nnext = [\n  \"j\",\n  \"pgdwn\",\n]\nquit = \"hyper-q\"\nlast = [1.5]\n");
    assert_eq!(config.keys.len(), 1);
    assert_eq!(config.keys[0].keys, [Key::Char('j')]);
    let messages: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
    assert_eq!(
        messages,
        [
            "config.toml, line 4: keys.next: no key is named \"pgdwn\"; the nearest is pgdn",
            "config.toml, line 6: keys.quit: no key is named \"hyper-q\"; the nearest is ctrl-q",
            "config.toml, line 7: keys.last: no key is named \"1.5\"; the nearest is f5",
        ]
    );
}

#[test]
fn two_mistakes_of_one_line_are_told_once_each() {
    let told = wrong("[keys]\ncopy = [\"entr\", \"y\", \"tba\"]\n");
    let expected = [
        "line 2: keys.copy: no key is named \"entr\"; the nearest is enter",
        "line 2: keys.copy: no key is named \"tba\"; the nearest is tab",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_action_that_does_not_exist_is_named_by_who_knows_the_actions() {
    let config = right("[keys]\nnxt = \"j\"\nquit = \"q\"\n");
    let mistakes = config.unknown_actions(Path::new(FILE), &["next", "previous", "quit"]);
    let messages: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
    assert_eq!(
        messages,
        ["config.toml, line 2: keys.nxt: there is no such command; the nearest is next"]
    );
}

#[test]
fn mistakes_speak_chinese_as_well() {
    let (_, mistakes) = parse("langage = 1\ntheme = \"x\"\n");
    assert_eq!(
        mistakes[0].message(Language::Chinese),
        "config.toml 第 1 行：没有 langage 这项设置；最接近的是 language"
    );
    assert!(mistakes[1].message(Language::Chinese).starts_with(
        "config.toml 第 2 行：theme 不能是“x”，应为 16 | mono | contrast | truecolor"
    ));
}

#[test]
fn a_message_holds_no_escape_sequence_of_the_file() {
    let (_, mistakes) = parse("theme = \"\\u001b]52;c;aGk=\\u0007\"\n\"a\\u202eb\" = 1\n");
    for mistake in &mistakes {
        for language in [Language::Chinese, Language::English] {
            let message = mistake.message(language);
            assert!(
                !message.chars().any(anli::text::gate::denied),
                "{message:?}"
            );
        }
    }
    assert_eq!(mistakes.len(), 2);
}

#[test]
fn variables_override_the_file_and_options_override_variables() {
    let mut config = right("theme = \"mono\"\nmeasure = 60\njustify = true\n");
    let variables = |name: &str| match name {
        "ANLI_THEME" => Some("contrast".to_owned()),
        "ANLI_MEASURE" => Some(String::new()),
        "ANLI_PINYIN_FUZZY" => Some("on".to_owned()),
        "ANLI_SCRIPT" => Some("traditonal".to_owned()),
        "ANLI_NO_SYNC" => Some("1".to_owned()),
        _ => None,
    };
    let mistakes = config.override_by(variables);
    assert_eq!(config.theme, Theme::Contrast);
    assert_eq!(config.measure, 60);
    assert!(config.justify);
    assert!(config.pinyin.fuzzy);
    assert!(!config.sync);
    assert_eq!(mistakes.len(), 1);
    assert_eq!(
        mistakes[0].place,
        Origin::Variable("ANLI_SCRIPT".to_owned())
    );
    assert_eq!(config.script, Script::Original);

    assert_eq!(config.set("theme", "16", "--theme"), None);
    assert_eq!(config.theme, Theme::Sixteen);
    let mistake = config
        .set("theme", "pink", "--theme")
        .expect("no such theme");
    assert!(
        mistake
            .to_string()
            .starts_with("--theme: theme cannot be \"pink\", expected ")
    );
    assert_eq!(config.theme, Theme::Sixteen);
    let mistake = config.set("thme", "16", "--thme").expect("no such setting");
    assert_eq!(mistake.nearest(), Some("theme"));
}

#[test]
fn programs_come_from_the_setting_then_the_environment_then_every_system() {
    let none = |_: &str| None;
    let some = |name: &str| match name {
        "PAGER" => Some("most -w".to_owned()),
        "EDITOR" => Some("nano".to_owned()),
        "VISUAL" => Some("'/opt/my editor' --wait".to_owned()),
        _ => None,
    };
    let config = Config::default();
    assert_eq!(config.pager_command(none), ["less"]);
    assert_eq!(config.pager_command(some), ["most", "-w"]);
    assert_eq!(config.editor_command(none), ["vi"]);
    assert_eq!(config.editor_command(some), ["/opt/my editor", "--wait"]);
    let config = right("pager = \"less -R\"\n");
    assert_eq!(config.pager_command(some), ["less", "-R"]);
    let broken = |name: &str| (name == "EDITOR").then(|| "\"nano".to_owned());
    assert_eq!(config.editor_command(broken), ["vi"]);
}

#[test]
fn a_file_that_is_not_there_is_no_mistake_and_others_are() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(FILE);
    assert_eq!(Config::read(&path), (Config::default(), Vec::new()));

    fs::write(&path, "theme = \"mono\"\n").expect("written");
    assert_eq!(Config::read(&path).0.theme, Theme::Mono);

    // Nor is one below a file.
    assert!(Config::read(&path.join(FILE)).1.is_empty());

    let check = |path: &Path, english: &str, chinese: &str| {
        let (config, mistakes) = Config::read(path);
        assert_eq!(config, Config::default());
        let [mistake] = &mistakes[..] else {
            panic!("{mistakes:?}");
        };
        let name = path.display();
        assert_eq!(
            mistake.message(Language::English),
            format!("{name}: cannot read the settings: {english}")
        );
        assert_eq!(
            mistake.message(Language::Chinese),
            format!("{name}：无法读取设置文件：{chinese}")
        );
    };
    check(folder.path(), "it is not a regular file", "不是普通文件");
    fs::write(&path, b"# mine\ntheme = \"\xff\"").expect("written");
    check(
        &path,
        "not UTF-8 at byte 16 (line 2)",
        "第 16 字节起不是 UTF-8（第 2 行）",
    );
    let huge = fs::File::create(&path).expect("created");
    huge.set_len(200 << 20)
        .expect("a sparse file costs nothing");
    check(&path, "it has more than 1024 KB", "它超过 1024 KB");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistake() {
    let config = right("\u{feff}theme = \"mono\"\r\njustify = true\r\n");
    assert_eq!(config.theme, Theme::Mono);
    assert!(config.justify);
}

#[test]
fn the_default_file_can_list_the_live_keys() {
    let rows = [
        (
            "next",
            vec![Key::Char('j'), Key::Down],
            "下一个案例 next case",
        ),
        (
            "odd",
            vec![Key::Char('"'), Key::Char('\\')],
            "怪键 odd keys",
        ),
    ];
    let text = config::default_with_keys(rows);
    assert!(text.ends_with(
        "\n\n# 下一个案例 next case\n# next = [\"j\", \"down\"]\n\
         \n# 怪键 odd keys\n# odd = [\"\\\"\", \"\\\\\"]\n"
    ));
    assert_eq!(right(&text), Config::default());
    // A row counts as soon as its sign is taken off.
    let config = right(
        &text
            .replace("# next =", "next =")
            .replace("# odd =", "odd ="),
    );
    assert_eq!(config.keys.len(), 2);
    assert_eq!(config.keys[1].keys, [Key::Char('"'), Key::Char('\\')]);
}

fn every_key() -> Vec<Key> {
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Insert,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::ShiftUp,
        Key::ShiftDown,
    ];
    let characters = (' '..='~').chain("，。案é".chars());
    // What a terminal sends for Ctrl with i, m and [ are other keys.
    let controls = ('a'..='z')
        .chain("]\\^_@ ".chars())
        .filter(|c| !matches!(c, 'i' | 'm'));
    named
        .into_iter()
        .chain((1..=12).map(Key::F))
        .chain(controls.map(Key::Ctrl))
        .chain(characters.clone().map(Key::Alt))
        // A full-width character is read as the ASCII one it stands for.
        .chain(characters.filter(|c| *c != '，').map(Key::Char))
        .filter(|key| *key != Key::Alt('，'))
        .collect()
}

#[test]
fn the_name_of_every_key_leads_back_to_it() {
    for key in every_key() {
        assert_eq!(key.to_string().parse(), Ok(key), "{key}");
    }
}

#[test]
fn keys_are_known_under_their_usual_names() {
    let check = |name: &str, key: Key| assert_eq!(name.parse(), Ok(key), "{name}");
    check("j", Key::Char('j'));
    check("G", Key::Char('G'));
    check("／", Key::Char('/'));
    check("？", Key::Char('?'));
    check("ｊ", Key::Char('j'));
    check("-", Key::Char('-'));
    check("+", Key::Char('+'));
    check(" ", Key::Char(' '));
    check("space", Key::Char(' '));
    check("Space", Key::Char(' '));
    check("ctrl-d", Key::Ctrl('d'));
    check("Ctrl+D", Key::Ctrl('d'));
    check("C-d", Key::Ctrl('d'));
    check("^D", Key::Ctrl('d'));
    check("^", Key::Char('^'));
    check("ctrl-space", Key::Ctrl(' '));
    check("ctrl-i", Key::Tab);
    check("ctrl-m", Key::Enter);
    check("ctrl-[", Key::Esc);
    check("alt-x", Key::Alt('x'));
    check("alt-X", Key::Alt('X'));
    check("M-x", Key::Alt('x'));
    check("alt--", Key::Alt('-'));
    check("shift-g", Key::Char('G'));
    check("shift-tab", Key::BackTab);
    check("shift-up", Key::ShiftUp);
    check("PgDn", Key::PageDown);
    check("page-up", Key::PageUp);
    check("Return", Key::Enter);
    check("Escape", Key::Esc);
    check("F1", Key::F(1));
    check("f12", Key::F(12));
}

#[test]
fn what_is_no_key_has_a_nearest_one() {
    let check = |name: &str, nearest: &str| {
        let unknown = name.parse::<Key>().expect_err(name);
        assert_eq!(unknown.nearest.as_deref(), Some(nearest), "{name}");
    };
    check("entr", "enter");
    check("f13", "f1");
    check("f0", "f1");
    check("crtl-d", "ctrl-d");
    check("hyper-x", "ctrl-x");
    check("shift-1", "shift-up");
    check("bakcspace", "backspace");
    check("ctrl-yy", "ctrl-y");
    check("ctrl-enter", "enter");
    check("alt-pgdown", "pgdn");
}

proptest! {
    #[test]
    fn no_text_stops_the_start(text in any::<String>()) {
        let (_, mistakes) = parse(&text);
        let lines = text.lines().count() as u32 + 1;
        for mistake in mistakes {
            prop_assert!(mistake.place.line().is_none_or(|line| line <= lines));
            prop_assert!(!mistake.to_string().contains('\n'));
        }
    }

    #[test]
    fn no_toml_stops_the_start(
        key in "(language|theme|measure|pinyin|keys|pinyin\\.fuzzy|keys\\.next|x)",
        value in "(1|true|\"[a-z -]{0,9}\"|\\[\\]|\\[1, \"j\"\\]|\\{a = 1\\}|1\\.5|2020-01-01|'ctrl-')",
    ) {
        parse(&format!("{key} = {value}\n"));
    }

    #[test]
    fn no_name_of_a_key_is_too_odd(name in any::<String>()) {
        if let Ok(key) = name.parse::<Key>() {
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
}

#[test]
fn a_line_that_is_no_toml_shifts_no_other_mistake() {
    let text = "them = \"mono\"\ntheme = \"neon\"\nscript = 简\nmeasure = 500\n\
                [pinyin]\nfuzy = true\npager = less\n[keys]\nquit = \"hyper-x\"\nopen = [\"o\"]\n";
    let (config, mistakes) = Config::parse(text, Path::new("anli.toml"));
    let lines: Vec<Option<u32>> = mistakes.iter().map(|m| m.place.line()).collect();
    assert_eq!(lines, [1, 2, 3, 4, 6, 7, 7, 9].map(Some), "{mistakes:?}");
    let syntax = mistakes[2].message(Language::Chinese);
    assert_eq!(
        syntax,
        "anli.toml 第 3 行：不符合 TOML 语法（文字要加引号）"
    );
    // What is right counts.
    assert_eq!(config.keys[0].action, "open");
}

#[test]
fn a_file_full_of_what_is_no_toml_is_read_to_its_end() {
    let text = "简\n".repeat(20_000) + "theme = \"mono\"\n";
    let (_, mistakes) = Config::parse(&text, Path::new("anli.toml"));
    assert!(mistakes.len() >= 100);
    let unclosed = Config::parse("theme = \"mono\"\npager = [", Path::new("anli.toml"));
    assert_eq!(unclosed.0.theme, Theme::Mono);
    assert_eq!(unclosed.1.len(), 1, "{:?}", unclosed.1);
}
