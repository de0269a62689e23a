//! READMEs and guide follow the program: keys, options, fields, settings, JSON,
//! examples. Links go somewhere, and both languages have the same parts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use crate::program::anli;
use anli::app::commands::{self, Mode, Row, VIEWS};
use anli::app::keymap;
use anli::app::words::Label;
use anli::cli::SUBCOMMANDS;
use anli::cli::arguments;
use anli::guide::PAGES;
use anli::key::Key;
use anli::language::Language;
use anli::search::index::Index;
use anli::search::query::FIELDS;
use anli::seeds::{self, catalog::Catalog};
use serde_json::Value;

/// Pages in one language, and their text.
struct Readme {
    name: &'static str,
    language: Language,
    text: String,
}

/// The name of the README, the folder of the guide, and their language.
const BOOKS: [(&str, &str, Language); 2] = [
    ("README.md", "docs/en", Language::English),
    ("README.zh-CN.md", "docs/zh", Language::Chinese),
];

/// README and guide of each language, run together.
fn readmes() -> [Readme; 2] {
    BOOKS.map(|(name, _, language)| {
        let guide = PAGES.iter().map(|page| page.markdown(language).to_owned());
        let pages: Vec<String> = [read(name)].into_iter().chain(guide).collect();
        Readme {
            name,
            language,
            text: pages.join("\n"),
        }
    })
}

/// The text of a file below the root of the sources.
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Readme {
    #[track_caller]
    fn names(&self, what: &str) {
        assert!(self.text.contains(what), "{} lacks {what}", self.name);
    }

    /// The blocks of code in a language, in their order.
    fn blocks(&self, language: &str) -> Vec<&str> {
        let fence = format!("\n```{language}\n");
        let after = self.text.split(&fence).skip(1);
        let inside = after.map(|rest| rest.split("\n```").next().unwrap_or(rest));
        inside.collect()
    }

    /// Everything that is set as code: lines of blocks, and what stands between
    /// backticks.
    fn code(&self) -> Vec<&str> {
        let mut code = Vec::new();
        for (number, part) in self.text.split("```").enumerate() {
            match number % 2 {
                0 => code.extend(part.split('`').skip(1).step_by(2)),
                _ => code.extend(part.lines()),
            }
        }
        code
    }

    /// The cells of every row of every table, without the rules under heads.
    fn rows(&self) -> Vec<Vec<String>> {
        let lines = self.text.lines().filter(|line| line.starts_with('|'));
        let rows = lines.map(|line| {
            // A bar inside a cell is written \|.
            let line = line.replace("\\|", "\u{1}");
            let cells = line.trim_matches('|').split('|');
            let cell = |cell: &str| cell.trim().replace('\u{1}', "|");
            cells.map(cell).collect::<Vec<_>>()
        });
        rows.filter(|cells| !cells[0].starts_with("--")).collect()
    }
}

/// Where keys work, from the widest down, as the tables say it.
const PLACES: [(&[Mode], Label); 15] = [
    (commands::ALL, Label("任何地方", "anywhere")),
    (commands::BROWSE, Label("", "")),
    (commands::LIST, Label("列表", "list")),
    (commands::PAGE, Label("正文", "page")),
    (commands::EDIT, Label("输入时", "typing")),
    (commands::LINES, Label("查找时", "searching")),
    (commands::FILTER, Label("查找栏", "search line")),
    (commands::BOXES, Label("菜单、笔记", "menu, note")),
    (commands::PICKER, Label("表格", "table")),
    (commands::OVERVIEW, Label("总览", "overview")),
    (commands::COMPARE, Label("对照时", "comparing")),
    (commands::SHEET, Label("评分表", "score sheet")),
    (commands::TALLY, Label("汇总", "tally")),
    (commands::NOTE, Label("写笔记时", "writing a note")),
    (commands::PASSAGE, Label("摘录时", "marking")),
];

/// A row of the table of commands as the README has it.
fn table_row(row: &Row, language: Language) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    // In a view a command has keys that it has in list or page as well.
    for &(modes, key) in row.keys.iter().filter(|(modes, _)| *modes != VIEWS) {
        let key = match keymap::name(key) {
            bar if bar == "|" => "`\\|`".to_owned(),
            name => format!("`{name}`"),
        };
        let place = place(modes, language);
        match groups.iter_mut().find(|(known, _)| *known == place) {
            Some((_, keys)) => keys.push(key),
            None => groups.push((place, vec![key])),
        }
    }
    let (colon, semicolon) = match language {
        Language::Chinese => ("：", "；"),
        Language::English => (": ", "; "),
    };
    let groups = groups.iter().map(|(place, keys)| match place.as_str() {
        "" => keys.join(" "),
        place => format!("{place}{colon}{}", keys.join(" ")),
    });
    let keys = groups.collect::<Vec<_>>().join(semicolon);
    let label = row.label.in_language(language);
    format!("| {keys} | {label} | `{}` |", row.name)
}

fn place(modes: &[Mode], language: Language) -> String {
    let (_, name) = PLACES
        .iter()
        .find(|(known, _)| *known == modes)
        .expect("these modes have a name in the README");
    name.in_language(language).to_owned()
}

#[test]
fn a_key_that_all_views_share_runs_the_same_command_in_list_or_page() {
    for row in commands::all() {
        let in_panes = |key: Key| {
            row.keys.iter().any(|&(modes, known)| {
                known == key && modes.iter().any(|mode| commands::BROWSE.contains(mode))
            })
        };
        for &(modes, key) in row.keys {
            assert!(modes != VIEWS || in_panes(key), "{} {key:?}", row.name);
        }
    }
}

#[test]
fn every_command_has_its_row_with_its_keys() {
    for readme in readmes() {
        let rows = commands::all().map(|row| table_row(row, readme.language));
        let missing: Vec<String> = rows
            .filter(|row| !readme.text.lines().any(|line| line == row))
            .collect();
        assert!(
            missing.is_empty(),
            "{} lacks these rows:\n{}",
            readme.name,
            missing.join("\n")
        );
    }
}

#[test]
fn no_row_tells_of_a_command_that_is_none() {
    for readme in readmes() {
        let rows: BTreeSet<String> = commands::all()
            .map(|row| table_row(row, readme.language))
            .collect();
        let lines = readme.text.lines();
        // Rows of keys have three cells, of which the last is a name alone.
        let name = |line: &str| {
            let name = line.strip_suffix("` |")?.rsplit_once("| `")?.1;
            let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let is_of_three = line.matches(" | ").count() == 2;
            (plain && is_of_three && line.starts_with("| ")).then(|| name.to_owned())
        };
        for line in lines.filter(|line| name(line).is_some()) {
            assert!(rows.contains(line), "{}: {line}", readme.name);
        }
    }
}

#[test]
fn every_subcommand_is_there_and_no_option_that_does_not_exist() {
    let command = arguments::command(Language::English.labels());
    let mut options: Vec<String> = command.get_opts().map(long).collect();
    for subcommand in command.get_subcommands() {
        options.extend(subcommand.get_opts().map(long));
    }
    options.extend(["--help", "--version"].map(str::to_owned));
    for readme in readmes() {
        for subcommand in SUBCOMMANDS {
            readme.names(&format!("`anli {}", subcommand.name));
        }
        for option in &options {
            readme.names(option);
        }
        for code in readme.code() {
            if !code.starts_with("anli ") && !code.starts_with("--") {
                continue;
            }
            let words = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
                let known = options.iter().any(|known| known == option);
                assert!(known, "{} names {option} in: {code}", readme.name);
            }
        }
    }
}

fn long(option: &clap::Arg) -> String {
    format!("--{}", option.get_long().unwrap_or_default())
}

#[test]
fn every_key_of_the_json_is_there() {
    let calls = [
        &["show", "003-5", "--json"][..],
        &["search", "公厕", "--json"],
        &["check", "--json"],
        &["cite", "003-5", "--json"],
        &["doctor", "--json"],
    ];
    for call in calls {
        let printed = anli(call).stdout;
        let first = printed.lines().next().expect("it prints an object");
        let object: Value = serde_json::from_str(first).expect("it is JSON");
        let mut keys = BTreeSet::new();
        collect_keys(&object, &mut keys);
        for readme in readmes() {
            for key in &keys {
                readme.names(&format!("`{key}`"));
            }
        }
    }
}

fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                collect_keys(value, keys);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

#[test]
fn every_field_of_a_query_is_there_in_both_languages() {
    for readme in readmes() {
        for field in &FIELDS {
            readme.names(&format!("`{}:", field.chinese[0]));
            readme.names(&format!("`{}:", field.english[0]));
        }
    }
}

#[test]
fn every_setting_is_there() {
    let default: toml::Table = toml::from_str(anli::config::DEFAULT).expect("it is TOML");
    for readme in readmes() {
        for (key, value) in &default {
            match value {
                toml::Value::Table(table) if table.is_empty() => readme.names(&format!("[{key}]")),
                toml::Value::Table(table) => {
                    for below in table.keys() {
                        readme.names(&format!("`{key}.{below}`"));
                    }
                }
                _ => readme.names(&format!("`{key}`")),
            }
        }
    }
}

/// The tables of queries: what is typed, what it does, and the case that comes
/// first.
#[test]
fn the_queries_shown_find_what_is_said() {
    let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    let index = Index::build(Arc::new(corpus.clone()));
    for readme in readmes() {
        let mut tried = 0;
        for cells in readme.rows() {
            let [query, _, id] = &cells[..] else { continue };
            let Some(case) = corpus.find(id.trim_matches('`')) else {
                continue;
            };
            let found = index.search(query.trim_matches('`'));
            let first = found.hits.first().map(|hit| hit.case);
            assert_eq!(first, Some(case), "{}: {query}", readme.name);
            tried += 1;
        }
        assert!(tried >= 12, "{} has a table of queries", readme.name);
    }
}

/// Lines that begin with a subcommand run as they stand, one after the other.
#[test]
fn the_calls_shown_run() {
    let binary = Path::new(env!("CARGO_BIN_EXE_anli"));
    let path = binary.parent().expect("it is in a folder").to_owned();
    let system = std::env::var_os("PATH").unwrap_or_default();
    let path: Vec<PathBuf> = [path]
        .into_iter()
        .chain(std::env::split_paths(&system))
        .collect();
    let path = std::env::join_paths(path).expect("the folders have plain names");
    for readme in readmes() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut tried = 0;
        for line in readme.blocks("sh").iter().flat_map(|block| block.lines()) {
            let second = line.split_whitespace().nth(1).unwrap_or_default();
            let known = SUBCOMMANDS.iter().any(|known| known.name == second);
            if !line.starts_with("anli ") || !known {
                continue;
            }
            let ran = Command::new("bash")
                .args(["-o", "pipefail", "-ec", line])
                .env_clear()
                .env("PATH", &path)
                .env("LANG", "C.UTF-8")
                .env("HOME", folder.path())
                .current_dir(folder.path())
                .output()
                .expect("there is a shell");
            let said = String::from_utf8_lossy(&ran.stderr);
            assert!(ran.status.success(), "{}: {line}: {said}", readme.name);
            tried += 1;
        }
        assert!(tried >= 10, "{} shows calls", readme.name);
    }
}

/// The folder of documents that is shown: a text and its catalog.
#[test]
fn the_folder_shown_is_read_as_said() {
    for readme in readmes() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let blocks = readme.blocks("text");
        let document = blocks
            .iter()
            .find(|block| block.starts_with("2019年度"))
            .expect("a document is shown");
        let catalogs = readme.blocks("toml");
        let catalog = catalogs
            .iter()
            .find(|block| block.contains("[[document]]"))
            .expect("a catalog is shown");
        fs::write(folder.path().join("2019_report.txt"), document).expect("it can be written");
        fs::write(folder.path().join("catalog.toml"), catalog).expect("it can be written");
        let folder = folder.path().to_str().expect("a plain name");

        let list = anli(["--seeds", folder, "list"]);
        assert_eq!(list.stderr, "", "{}", readme.name);
        let printed = blocks
            .iter()
            .find(|block| block.starts_with("2019."))
            .expect("what is printed is shown");
        let columns = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(columns(&list.stdout), columns(printed), "{}", readme.name);
        assert_eq!(anli(["--seeds", folder, "check"]).code, 0);
    }
}

#[test]
fn the_settings_shown_are_right() {
    for readme in readmes() {
        let blocks = readme.blocks("toml");
        let settings = blocks
            .iter()
            .find(|block| block.contains("[keys]"))
            .expect("settings are shown");
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = folder.path().join("config.toml");
        fs::write(&file, settings).expect("it can be written");
        let file = file.to_str().expect("a plain name");
        let checked = anli(["config", "--check", "--config", file]);
        assert_eq!(checked.code, 0, "{}: {}", readme.name, checked.stdout);
    }
}

#[test]
fn both_languages_have_the_same_parts() {
    let page = |name: &'static str, language, text: String| Readme {
        name,
        language,
        text,
    };
    let [readme, pages @ ..] = [
        vec![("README.md", read("README.md"), read("README.zh-CN.md"))],
        PAGES
            .iter()
            .map(|page| {
                let text = |language| page.markdown(language).to_owned();
                (page.topic, text(Language::English), text(Language::Chinese))
            })
            .collect(),
    ];
    for (name, english, chinese) in readme.into_iter().chain(pages.into_iter().flatten()) {
        let english = page(name, Language::English, english);
        let chinese = page(name, Language::Chinese, chinese);
        let levels = |readme: &Readme| {
            let heads = headings(&readme.text).into_iter();
            heads.map(|(level, _)| level).collect::<Vec<_>>()
        };
        assert_eq!(levels(&english), levels(&chinese), "{name}");
        assert_eq!(english.rows().len(), chinese.rows().len(), "{name}");
        for code in ["sh", "toml", "text"] {
            let count = |readme: &Readme| readme.blocks(code).len();
            assert_eq!(count(&english), count(&chinese), "{name}: {code}");
        }
    }
}

/// The headings of a page: their levels and texts.
fn headings(text: &str) -> Vec<(usize, &str)> {
    let outside = text.split("```").step_by(2);
    let lines = outside.flat_map(str::lines);
    let heads = lines.filter(|line| line.starts_with('#'));
    heads
        .map(|line| {
            let level = line.len() - line.trim_start_matches('#').len();
            (level, line[level..].trim())
        })
        .collect()
}

/// The name of a heading in a link, as mdBook and code hosts make it.
fn anchor(heading: &str) -> String {
    let plain = heading.to_lowercase();
    let kept = plain
        .chars()
        .filter(|&c| c.is_alphanumeric() || " -_".contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The goals of the links of a page.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let rest = text.split("](").skip(1);
    rest.map(|rest| rest.split(')').next().unwrap_or_default())
}

/// The files of the pictures of a page.
fn pictures(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('"');
    quoted.filter(|part| part.ends_with(".svg"))
}

#[test]
fn what_a_page_links_to_is_there() {
    let mut pages: Vec<String> = [
        "README.md",
        "README.zh-CN.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ]
    .map(str::to_owned)
    .into();
    for (_, book, _) in BOOKS {
        pages.push(format!("{book}/src/SUMMARY.md"));
        pages.extend(
            PAGES
                .iter()
                .map(|page| format!("{book}/src/{}.md", page.topic)),
        );
    }
    for page in &pages {
        let text = read(page);
        let folder = Path::new(page).parent().expect("a page is in a folder");
        for picture in pictures(&text) {
            assert!(
                root().join(folder).join(picture).exists(),
                "{page} shows {picture}"
            );
        }
        for goal in links(&text).filter(|goal| !goal.contains("://")) {
            let (file, part) = goal.split_once('#').unwrap_or((goal, ""));
            let path = match file {
                "" => PathBuf::from(page),
                file => folder.join(file),
            };
            assert!(root().join(&path).exists(), "{page} links to {goal}");
            if !part.is_empty() {
                let there = read(&path.to_string_lossy());
                let known = headings(&there).into_iter().any(|(_, h)| anchor(h) == part);
                assert!(known, "{page} links to {goal}, which is no heading");
            }
            // A book is built of its own folder.
            if page.contains("/src/") {
                assert!(!file.contains('/'), "{page} links out of its book: {goal}");
            }
        }
    }
}

#[test]
fn every_page_of_the_guide_is_in_its_book_and_in_the_program() {
    for (_, book, language) in BOOKS {
        let folder = format!("{book}/src");
        let mut files: Vec<String> = fs::read_dir(root().join(&folder))
            .expect("the guide is there")
            .map(|entry| entry.expect("it can be listed").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".md") && name != "SUMMARY.md")
            .collect();
        files.sort();
        let mut pages: Vec<String> = PAGES
            .iter()
            .map(|page| format!("{}.md", page.topic))
            .collect();
        let summary = read(&format!("{folder}/SUMMARY.md"));
        // The order is the book's, and so is the title.
        assert_eq!(links(&summary).collect::<Vec<_>>(), pages);
        for page in &PAGES {
            let entry = format!("[{}]({}.md)", page.title(language), page.topic);
            assert!(
                summary.contains(&entry),
                "{folder}/SUMMARY.md lacks {entry}"
            );
        }
        pages.sort();
        assert_eq!(files, pages);
        assert!(read(&format!("{book}/book.toml")).contains("[book]"));
    }
}

#[test]
fn every_page_is_shown_by_help_and_in_the_man_page() {
    for (_, _, language) in BOOKS {
        let lang = match language {
            Language::Chinese => "zh",
            Language::English => "en",
        };
        let man = anli(["man", "--lang", lang]).stdout;
        for page in &PAGES {
            let shown = anli(["help", page.topic, "--lang", lang]);
            assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
            let title = page.title(language);
            assert_eq!(shown.stdout.lines().next(), Some(title), "{}", page.topic);
            let heading = format!(".SH {:?}", title.to_uppercase()).replace('"', "");
            let headings = man.lines().map(|line| line.replace('"', ""));
            assert!(
                headings.into_iter().any(|line| line == heading),
                "{heading}"
            );
        }
    }
}

#[test]
fn the_front_page_is_short() {
    for (name, _, _) in BOOKS {
        let lines = read(name).lines().count();
        assert!(lines <= 160, "{name} has {lines} lines");
    }
}

/// What the guide shows, and what can be read in each picture.
const PICTURES: [(&str, &str); 10] = [
    ("citation", "GB/T7714—2025"),
    ("compare", "003-7003-10"),
    ("demo", "ditie"),
    ("documents", "law1.txt"),
    ("explorer", "地铁"),
    ("facets", "[x]"),
    ("figures", "700万元"),
    ("overview", "94"),
    ("page", "即墨模式"),
    ("scoring", "84.20"),
];

/// The letters of a picture, without its style and without blanks.
fn letters(picture: &str) -> String {
    let drawn = picture.rsplit_once("</style>").map_or(picture, |p| p.1);
    let shown = drawn
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |p| p.1))
        .collect::<String>()
        .replace("&amp;", "&");
    shown.split_whitespace().collect()
}

#[test]
fn every_picture_is_small_fetches_nothing_and_is_shown_dark_and_light() {
    for (readme, (name, book, _)) in readmes().into_iter().zip(BOOKS) {
        let folder = format!("{book}/src/pictures");
        let mut files = BTreeSet::new();
        for (picture, word) in PICTURES {
            let [dark, light] = ["svg", "light.svg"].map(|end| format!("{picture}.{end}"));
            readme.names(&format!("srcset=\"pictures/{light}\""));
            readme.names(&format!("src=\"pictures/{dark}\""));
            let [dark_text, light_text] =
                [&dark, &light].map(|file| read(&format!("{folder}/{file}")));
            for text in [&dark_text, &light_text] {
                assert!(text.len() < 200_000, "{name}: {picture}: {}", text.len());
                assert!(letters(text).contains(word), "{name}: {picture}: {word}");
                // A code host shows it as an image, which may not fetch anything.
                let elsewhere = text.matches("://").count();
                assert_eq!(elsewhere, 1, "{picture} names its format and nothing else");
            }
            assert_ne!(dark_text, light_text, "{picture}");
            assert_eq!(letters(&dark_text), letters(&light_text), "{picture}");
            files.extend([dark, light]);
        }
        let there: BTreeSet<String> = fs::read_dir(root().join(&folder))
            .expect("the pictures are there")
            .map(|entry| entry.expect("it can be listed").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        assert_eq!(there, files, "{folder}");
        // What somebody who does not see it is told.
        for image in readme.text.split("<img ").skip(1) {
            assert!(image.starts_with("alt=\"") && !image.starts_with("alt=\"\""));
        }
    }
}

#[test]
fn the_moving_pictures_show_the_built_in_demo() {
    let script = anli::show::Script::built_in();
    for (name, book, language) in BOOKS {
        for end in ["svg", "light.svg"] {
            let path = format!("{book}/src/pictures/demo.{end}");
            assert!(
                read(name).contains(&format!("\"{path}\"")),
                "{name}: {path}"
            );
            let picture = read(&path);
            assert!(picture.contains("@keyframes") && picture.contains("reduced-motion"));
            let shown = letters(&picture);
            for caption in script.captions(language) {
                assert!(shown.contains(&letters(caption)), "{path} lacks {caption}");
            }
        }
    }
}
