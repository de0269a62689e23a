//! Text that means harm goes in by every door; nothing of it comes out by any.
//!
//! What must not come out is listed here again, byte for byte, so that a gap in
//! the program's own list shows.

#[cfg(target_os = "linux")]
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::program::{Ran, anli, command, ran};
use tempfile::TempDir;

/// One attack: what it would do, and its text.
const ATTACKS: [(&str, &str); 84] = [
    // Controls of one byte.
    ("bell", "改\u{7}革"),
    (
        "backspace over the text before",
        "改革\u{8}\u{8}\u{8}\u{8}创新",
    ),
    ("carriage return over the line", "改革\r创新"),
    ("vertical tab", "改\u{b}革"),
    ("form feed clears some terminals", "改\u{c}革"),
    ("shift out to another character set", "改\u{e}革"),
    ("shift in", "改\u{f}革"),
    ("XOFF stops the output", "改\u{13}革"),
    ("XON", "改\u{11}革"),
    ("cancel", "改\u{18}革"),
    ("substitute", "改\u{1a}革"),
    ("enquiry is answered on standard input", "改\u{5}革"),
    ("end of transmission", "改\u{4}革"),
    ("unit separator", "改\u{1f}革"),
    ("delete", "改\u{7f}革"),
    ("a lone escape", "改\u{1b}革"),
    ("an escape at the very end", "改革\u{1b}"),
    // Sequences of an escape and a letter.
    ("full reset", "\u{1b}c改革"),
    ("soft reset", "\u{1b}[!p改革"),
    ("save and restore the cursor", "\u{1b}7改\u{1b}8革"),
    ("line drawing set", "\u{1b}(0qqqq改革"),
    ("reverse index", "\u{1b}M改革"),
    ("application keypad", "\u{1b}=改革"),
    ("screen alignment fills the screen with E", "\u{1b}#8改革"),
    // Control sequences.
    ("colour", "\u{1b}[31m改\u{1b}[0m革"),
    ("hidden text", "\u{1b}[8m改革\u{1b}[28m"),
    ("clear the screen", "\u{1b}[2J\u{1b}[H改革"),
    ("clear what was scrolled", "\u{1b}[3J改革"),
    ("move up and overwrite", "\u{1b}[1A\u{1b}[2K改革"),
    (
        "ask for the cursor, answered on standard input",
        "改\u{1b}[6n革",
    ),
    ("ask for the terminal's name", "改\u{1b}[c革"),
    ("ask for the window's title", "改\u{1b}[21t革"),
    ("resize the window", "改\u{1b}[8;1;1t革"),
    ("alternate screen", "\u{1b}[?1049h改革"),
    ("mouse reports", "\u{1b}[?1003h改革"),
    ("focus reports", "\u{1b}[?1004h改革"),
    ("hide the cursor", "\u{1b}[?25l改革"),
    ("synchronized output left open", "\u{1b}[?2026h改革"),
    ("bracketed paste ends early", "改\u{1b}[201~革"),
    ("bracketed paste switched off", "\u{1b}[?2004l改革"),
    ("keyboard flags", "\u{1b}[>31u改革"),
    ("repeat the last character", "改\u{1b}[99999b革"),
    ("scroll region of one line", "\u{1b}[1;1r改革"),
    ("insert mode", "\u{1b}[4h改革"),
    ("unfinished control sequence", "改革\u{1b}["),
    ("unfinished parameters", "改革\u{1b}[38;5;"),
    // Strings.
    ("window title", "\u{1b}]0;已入侵\u{7}改革"),
    ("window title, ended by ST", "\u{1b}]2;已入侵\u{1b}\\改革"),
    ("write the clipboard", "\u{1b}]52;c;cm0gLXJmIH4K\u{7}改革"),
    ("read the clipboard", "\u{1b}]52;c;?\u{7}改革"),
    (
        "hyperlink elsewhere",
        "\u{1b}]8;;http://example.invalid\u{1b}\\改革\u{1b}]8;;\u{1b}\\",
    ),
    ("palette", "\u{1b}]4;0;#ffffff\u{7}改革"),
    ("notification", "\u{1b}]9;已入侵\u{7}改革"),
    (
        "working folder",
        "\u{1b}]7;file://example.invalid/\u{7}改革",
    ),
    (
        "image or file transfer",
        "\u{1b}]1337;File=inline=1:AAAA\u{7}改革",
    ),
    ("shell integration marks", "\u{1b}]133;A\u{7}改革"),
    (
        "device control string",
        "\u{1b}Pq#0;2;0;0;0#0~~\u{1b}\\改革",
    ),
    (
        "tmux pass-through",
        "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;AAAA\u{7}\u{1b}\\改革",
    ),
    ("screen pass-through", "\u{1b}P\u{1b}]0;x\u{7}\u{1b}\\改革"),
    ("application command", "\u{1b}_Ga=T;AAAA\u{1b}\\改革"),
    ("privacy message", "\u{1b}^x\u{1b}\\改革"),
    ("start of string", "\u{1b}Xx\u{1b}\\改革"),
    ("unfinished title swallows what follows", "改革\u{1b}]0;"),
    ("unfinished device control string", "改革\u{1b}P"),
    ("keys of a terminal redefined", "\u{1b}[0;59;\"rm\"p改革"),
    // The same in eight bits, as UTF-8 has them.
    ("CSI in eight bits", "\u{9b}2J改革"),
    ("OSC in eight bits", "\u{9d}0;已入侵\u{9c}改革"),
    ("DCS in eight bits", "\u{90}q~\u{9c}改革"),
    ("APC in eight bits", "\u{9f}G\u{9c}改革"),
    ("next line", "改\u{85}革"),
    ("padding and high octet", "改\u{80}\u{81}革"),
    // Directions.
    ("right to left override", "改\u{202e}革txt.exe"),
    ("embedding and pop", "改\u{202b}革\u{202c}"),
    ("isolates left open", "改\u{2066}\u{2067}\u{2068}革"),
    ("marks of direction", "改\u{200e}\u{200f}\u{61c}革"),
    // What shows nothing.
    ("zero width space splits a word", "改\u{200b}革"),
    ("joiners", "改\u{200c}\u{200d}革"),
    (
        "word joiner and invisible operators",
        "改\u{2060}\u{2062}\u{2064}革",
    ),
    ("byte order mark inside", "改\u{feff}革"),
    ("soft hyphen and vowel separator", "改\u{ad}\u{180e}革"),
    ("line and paragraph separators", "改\u{2028}\u{2029}革"),
    (
        "tag characters carry a hidden text",
        "改\u{e0001}\u{e0072}\u{e006d}\u{e007f}革",
    ),
    ("interlinear annotation", "改\u{fff9}革\u{fffa}新\u{fffb}"),
    (
        "deprecated format and fillers",
        "改\u{206a}\u{206f}\u{3164}\u{115f}革",
    ),
];

/// Whether a character must not reach a terminal.
fn harms(c: char) -> bool {
    let code = c as u32;
    let ranges = [
        (0x00, 0x08),
        (0x0B, 0x1F),
        (0x7F, 0x9F),
        (0xAD, 0xAD),
        (0x61C, 0x61C),
        (0x115F, 0x1160),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x2028, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
        (0xE0000, 0xE007F),
    ];
    ranges
        .iter()
        .any(|&(first, last)| (first..=last).contains(&code))
}

/// Nothing harmful is in what a run wrote; one sentence stays one line.
#[track_caller]
fn is_harmless(ran: &Ran, what: &str) {
    for (name, text) in [("output", &ran.stdout), ("errors", &ran.stderr)] {
        let found = text.chars().find(|&c| harms(c));
        assert_eq!(found, None, "{what}: on standard {name}: {text:?}");
    }
    assert!(!ran.stderr.contains('\t'), "{what}");
    for line in ran.stderr.lines() {
        assert!(line.starts_with("anli: "), "{what}: {line}");
    }
}

/// Every call that reads documents, on the documents of a folder.
fn reading_calls() -> Vec<Vec<&'static str>> {
    vec![
        vec!["list"],
        vec!["list", "--json"],
        vec!["search", "改"],
        vec!["search", "--json", "革"],
        vec!["search", "--lang", "en", "没有这个"],
        vec!["check"],
        vec!["check", "--json"],
        vec!["check", "--lang", "en"],
    ]
}

#[track_caller]
fn run_on(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Ran {
    let mut all: Vec<OsString> = arguments.iter().map(|a| a.as_ref().to_owned()).collect();
    all.extend(["--seeds".into(), folder.as_os_str().to_owned()]);
    anli(all)
}

/// Runs everything that prints what stands in the documents of a folder.
#[track_caller]
fn print_all(folder: &Path, what: &str) -> usize {
    for arguments in reading_calls() {
        is_harmless(&run_on(folder, &arguments), what);
    }
    let list = run_on(folder, &["list", "--json"]);
    let ids: Vec<String> = list
        .stdout
        .lines()
        .map(|line| {
            let case: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
            case["id"].as_str().expect("a case has an id").to_owned()
        })
        .collect();
    if ids.is_empty() {
        return 0;
    }
    for call in [
        "show",
        "show --json",
        "cite",
        "cite --json",
        "cite --style bibtex",
        "cite --style ris",
        "cite --style csl",
        "cite --style markdown",
        "export --format md",
        "export --format csv",
        "export --format json",
        "export --format jsonl",
        "export --format bib",
    ] {
        let words = call.split(' ').chain(ids.iter().map(String::as_str));
        let mut ran = run_on(folder, &words.collect::<Vec<&str>>());
        if call.ends_with("csv") {
            // RFC 4180 ends its lines with both.
            ran.stdout = ran.stdout.replace("\r\n", "\n");
        }
        is_harmless(&ran, &format!("{what}, {call}"));
        assert_eq!(ran.code, 0, "{what}, {call}: {}", ran.stderr);
    }
    ids.len()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// A document like a compilation, harm in title, org line, heading and text.
fn compilation(attack: &str) -> String {
    format!(
        "{attack}深入推进服务改革\n{attack}市南区政府\n一、案例背景{attack}\n\
         近年来，市南区{attack}推进改革，取得成效。\n\
         二、主要做法\n（一）创新机制{attack}。建立制度。{attack}\n\
         {attack}\n改革{attack}创新\n{attack}市教育局\n一、案例背景\n成效显著{attack}。\n"
    )
}

#[test]
fn the_list_of_harm_is_not_empty() {
    for (what, attack) in ATTACKS {
        assert!(attack.chars().any(harms), "{what}");
    }
}

#[test]
fn documents_do_no_harm() {
    let folder = folder();
    for (index, (_, attack)) in ATTACKS.iter().enumerate() {
        let path = folder.path().join(format!("{index:03}.txt"));
        fs::write(path, compilation(attack)).expect("it can be written");
    }
    let cases = print_all(folder.path(), "documents");
    assert!(cases >= ATTACKS.len(), "only {cases} cases were printed");
}

#[test]
fn documents_of_every_known_layout_do_no_harm() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let folder = folder();
    for entry in fs::read_dir(seeds).expect("the documents are there") {
        let path = entry.expect("they can be listed").path();
        if path.extension().is_some_and(|end| end == "txt") {
            let text = fs::read_to_string(&path).expect("a document is UTF-8");
            let name = path.file_name().expect("a file has a name");
            fs::write(folder.path().join(name), infested(&text)).expect("it can be written");
        }
    }
    let cases = print_all(folder.path(), "documents of known layouts");
    assert!(cases > 20, "only {cases} cases were printed");
}

/// A text with attacks strewn in, one behind every seventh 的, 、 or 。.
fn infested(text: &str) -> String {
    let mut attacks = ATTACKS.iter().cycle();
    let mut met = 0;
    let mut infested = String::new();
    for c in text.chars() {
        infested.push(c);
        if ['的', '、', '。'].contains(&c) {
            met += 1;
            if met % 7 == 0 {
                infested.extend(attacks.next().map(|(_, attack)| *attack));
            }
        }
    }
    infested
}

#[test]
fn names_of_documents_do_no_harm() {
    let folder = folder();
    for (index, (_, attack)) in ATTACKS.iter().enumerate() {
        let name = format!("{index:03}{}.txt", attack.replace('/', ""));
        fs::write(folder.path().join(name), compilation("")).expect("it can be written");
    }
    let raw = OsStr::from_bytes(b"\x9b2J\xff.txt");
    fs::write(folder.path().join(raw), compilation("")).expect("it can be written");
    print_all(folder.path(), "names of documents");
}

#[test]
fn names_in_error_messages_do_no_harm() {
    // The first bytes of a document of an old Word, which is refused by its name; five
    // documents are named, and further ones counted.
    let refused = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    for attacks in ATTACKS.chunks(5) {
        let folder = folder();
        for (index, (_, attack)) in attacks.iter().enumerate() {
            let name = format!("{index:03}{}.txt", attack.replace('/', ""));
            fs::write(folder.path().join(name), refused).expect("it can be written");
        }
        let ran = run_on(folder.path(), &["list"]);
        is_harmless(&ran, "names in errors");
        assert_eq!((ran.code, ran.stderr.lines().count()), (2, attacks.len()));
    }
}

#[test]
fn arguments_do_no_harm() {
    let folder = folder();
    fs::write(folder.path().join("001.txt"), compilation("")).expect("it can be written");
    for (what, attack) in ATTACKS {
        let option = format!("--{attack}");
        let value = format!("--lang={attack}");
        let calls: [&[&str]; 12] = [
            &["search", attack],
            &["search", "--json", attack],
            &["search", "--lang", "en", "题:", attack],
            &["search", "--", "年:", attack],
            &["show", attack],
            &["show", "--lang", "en", "--json", attack],
            &["list", attack],
            &["list", &option],
            &["list", &value],
            &["help", attack],
            &["completions", attack],
            &[attack],
        ];
        for arguments in calls {
            is_harmless(&run_on(folder.path(), arguments), what);
        }
        is_harmless(&anli(["list", "--seeds", attack]), what);
        is_harmless(&anli(["check", "--lang", "en", "--config", attack]), what);
    }
}

#[test]
fn sections_asked_for_do_no_harm() {
    for (what, attack) in ATTACKS {
        is_harmless(&anli(["show", "003-5", "--section", attack]), what);
    }
}

#[test]
fn catalogs_do_no_harm() {
    let folder = folder();
    fs::write(folder.path().join("001.txt"), compilation("")).expect("it can be written");
    for (what, attack) in ATTACKS {
        let escaped = escaped(attack);
        let catalogs = [
            format!("{attack} = 1\n"),
            format!("[[document]]\nquote = \"{attack}\"\n"),
            format!(
                "[[document]]\nquote = \"{}\"\n",
                escaped.replace("\\'", "'")
            ),
            format!("[[document]]\nquote = \"近年来\"\ntitle = \"{escaped}\"\n"),
            format!("[[document]]\n\"{escaped}\" = 1\n"),
        ];
        for catalog in catalogs {
            fs::write(folder.path().join("catalog.toml"), catalog).expect("it can be written");
            for arguments in [&["list"][..], &["check", "--lang", "en"]] {
                is_harmless(&run_on(folder.path(), arguments), what);
            }
        }
    }
}

#[test]
fn settings_do_no_harm() {
    let folder = folder();
    let path = folder.path().join("settings.toml");
    for (what, attack) in ATTACKS {
        for settings in [
            format!("{attack} = 1\n"),
            format!("theme = \"{attack}\"\n"),
            format!("\"{0}\" = \"{0}\"\n", escaped(attack)),
            format!(
                "theme = \"{0}\"\n[keys]\n\"{0}\" = \"{0}\"\n",
                escaped(attack)
            ),
        ] {
            fs::write(&path, settings).expect("it can be written");
            for language in ["zh", "en"] {
                let arguments = ["config", "--check", "--lang", language, "--config"];
                let ran = anli(
                    arguments
                        .map(OsStr::new)
                        .into_iter()
                        .chain([path.as_os_str()]),
                );
                is_harmless(&ran, what);
                assert_eq!(ran.code, 1, "{what}: {}", ran.stdout);
            }
        }
    }
}

/// A text as it stands in a quotation of TOML.
fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if harms(c) => format!("\\U{:08x}", c as u32),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

#[test]
fn the_environment_does_no_harm() {
    for (what, attack) in ATTACKS {
        for name in [
            "LANG",
            "LC_ALL",
            "TERM",
            "NO_COLOR",
            "COLUMNS",
            "HOME",
            "XDG_STATE_HOME",
            "XDG_CONFIG_HOME",
            "ANLI_THEME",
        ] {
            for arguments in [
                &["show", "003-99"][..],
                &["doctor"],
                &["config", "--check"],
                &[],
            ] {
                let output = command().env(name, attack).args(arguments).output();
                let ran = ran(output.expect("the binary was built for this test"));
                is_harmless(&ran, &format!("{what} in {name}"));
            }
        }
    }
}

#[test]
fn json_gives_the_harmful_text_back_escaped() {
    let folder = folder();
    let name = "改\u{1b}[2J\u{9b}2J\u{202e}\u{200b}\u{e0041}革.txt";
    fs::write(folder.path().join(name), compilation("")).expect("it can be written");
    let ran = run_on(folder.path(), &["list", "--json"]);
    is_harmless(&ran, "JSON");
    let line = ran.stdout.lines().next().expect("the document has a case");
    let case: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
    assert_eq!(case["source"], name);
}

#[cfg(target_os = "linux")]
mod on_a_screen {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::support::pty::{Pty, Setup, code_of};

    /// Everything that came from outside, looked at from all sides.
    const TOUR: [&str; 14] = [
        "\r", "R", "R", "z", "z", "o", "\x1b", "f", "\x1b", "c", "\x1b", "y\r", "\x1b", "\x1b[B",
    ];

    #[test]
    fn what_comes_from_outside_does_no_harm_on_the_screen() {
        let folder = folder();
        for (index, (_, attack)) in ATTACKS.iter().enumerate() {
            let name = format!("{index:03}{}.txt", attack.replace('/', ""));
            fs::write(folder.path().join(name), compilation(attack)).expect("it can be written");
        }
        let state = super::folder();
        let setup = Setup::new(env!("CARGO_BIN_EXE_anli"))
            .size(100, 30)
            .arg("--seeds")
            .arg(folder.path())
            .arg("--state")
            .arg(state.path());
        let pager = state.path().join("pager");
        let lines = "#!/bin/sh\ncat; echo end of the text; read line < /dev/tty\n";
        fs::write(&pager, lines).expect("it can be written");
        fs::set_permissions(&pager, Permissions::from_mode(0o755)).expect("it is ours");
        let mut pty = setup.env("PAGER", pager).start();
        pty.wait_for("the list", |screen| {
            screen.row(1).split(" / ").count() == 3 && screen.text().contains("改")
        });
        for (_, attack) in ATTACKS {
            for keys in TOUR {
                press(&mut pty, keys);
            }
            // A query, a note and a file's name; the shell's own end of a paste
            // would end this one as well.
            let text = attack.replace("\u{1b}[201~", "");
            for (open, close) in [
                ("/", "\x1b\x1b"),
                ("a", "\r"),
                ("e\r\x15/nowhere/", "\r\x1b"),
            ] {
                press(&mut pty, open);
                press(&mut pty, &format!("\x1b[200~{text}\x1b[201~"));
                press(&mut pty, close);
            }
        }
        press(&mut pty, "v");
        pty.wait_for_text("end of the text");
        pty.type_in("\n");
        pty.wait_for("the list", |screen| screen.is_alternate());
        pty.type_in("\x03");
        assert_eq!(code_of(pty.wait_for_exit()), 0);
        assert!(pty.screen().is_untouched(), "{:?}", pty.screen());
        assert_eq!(pty.screen().mishaps(), [] as [String; 0]);
        check(pty.output());
    }

    /// Keys one after the other: each has its own frame or none.
    fn press(pty: &mut Pty, keys: &str) {
        pty.type_in(keys);
        pty.listen(std::time::Duration::from_millis(2));
    }

    /// Nothing but the program's own sequences went out.
    #[track_caller]
    fn check(output: &[u8]) {
        let text = std::str::from_utf8(output).expect("everything written is UTF-8");
        let mut rest = text;
        while let Some((before, sequence)) = rest.split_once('\u{1b}') {
            is_text(before);
            let length = own(sequence);
            let head: String = sequence.chars().take(20).collect();
            rest = &sequence[length.unwrap_or_else(|| panic!("ESC {head:?}"))..];
        }
        is_text(rest);
    }

    #[track_caller]
    fn is_text(text: &str) {
        // The question how wide joined emoji are.
        let text = text.replace("👩\u{200d}👧", "");
        let harm = text.chars().find(|&c| harms(c) && c != '\r');
        assert_eq!(harm, None, "{text:?}");
    }

    /// How long a sequence is, behind its ESC, that the program writes itself.
    fn own(sequence: &str) -> Option<usize> {
        if sequence.starts_with("]11;?\u{1b}\\") {
            return Some(7);
        }
        // The questions for the terminal's kind.
        if let Some(kind) = ["[>c", "[c"]
            .iter()
            .find(|kind| sequence.starts_with(**kind))
        {
            return Some(kind.len());
        }
        if let Some(text) = sequence.strip_prefix("]52;c;") {
            let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c))?;
            return text[end..].starts_with("\u{1b}\\").then_some(6 + end + 2);
        }
        // Reverse index, and a keypad of figures behind a pager.
        if sequence.starts_with(['M', '>']) {
            return Some(1);
        }
        let body = sequence.strip_prefix('[')?;
        let end = body.find(|c: char| !c.is_ascii_digit() && !";?$".contains(c))?;
        let (parameters, last) = (&body[..end], &body[end..=end]);
        let known = match last {
            "h" | "l" | "p" => {
                let modes = "?1 ?7 ?25 ?1000 ?1002 ?1006 ?1049 ?2004 ?2026 ?2026$ ?2031";
                modes.split(' ').any(|mode| mode == parameters)
            }
            "n" => ["5", "6"].contains(&parameters),
            // Neither hidden nor blinking, and the 16 colours.
            "m" => parameters
                .split(';')
                .all(|number| !["5", "6", "8", "28"].contains(&number)),
            _ => "HGCABrSTJKX".contains(last) && !parameters.contains('?'),
        };
        known.then_some(1 + end + 1)
    }
}
