//! The command line in English.

use super::{Answer, Help, Labels, Language, ReadErrors, Stats, Usage};

/// How many of something there are: `1 case`, `2 cases`.
pub fn count_of(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "entry") => format!("{count} entries"),
        _ => format!("{count} {what}s"),
    }
}

pub const LABELS: Labels = Labels {
    language: Language::English,
    help: Help {
        about: "anli (案例): find and read Chinese government innovation cases in a terminal",
        purpose: "find and read Chinese government innovation cases in a terminal",
        synopsis: "anli [OPTIONS] [QUERY]...\n       anli [OPTIONS] <COMMAND> ...",
        options: "[OPTIONS]",
        usage_heading: "Usage: ",
        commands_heading: "Commands:",
        arguments_heading: "Arguments:",
        options_heading: "Options:",
        examples_heading: "Examples:",
        examples: "  anli                   open the explorer
  anli ditie 融资        open it with a query typed (pinyin or 汉字)
  anli -- list           put -- before a query word that is a command's name
  anli search 公厕       print what is found, without the explorer
  anli show 003-5        print the text of a case
  anli cite 003-5        print a reference to a case
  anli export --query ditie --output metro.csv
                         write the cases found to a file",
        query_heading: "Query syntax:",
        query_examples: "  地铁 审批              both words
  ditie                  pinyin
  地铁|公积金            either word
  审批 -市南             without a word
  \"财富管理\"             exactly this, not what sounds like it
  year:2017 医共体       in a field: its name before the colon
  year:2015-2017         a range of years

  Fields: year 年, area 地, cat 类, org 机构, title 题, text 文, src 源, done 全,
  topic 主题, tag 标签, note 笔记, star 星, evidence 据, length 字数",
        exit_heading: "Exit codes:",
        exit_codes: "  0 success\n  1 nothing found, not all imported, or check failed\n  2 wrong usage, or a document could not be read",

        list: "List all cases",
        show: "Print the text of cases",
        search: "Find cases, best first",
        cite: "Print references, by GB/T 7714—2025 unless asked otherwise",
        export: "Export cases for other programs",
        import: "Take stars, tags, notes and passages from an export",
        figures: "List the key figures of cases",
        evidence: "List the sentences that support a criterion of the award",
        related: "List related cases, each with its reasons",
        lineage: "Follow one reform or theme through the years",
        compare: "Show two or three cases side by side: matching sections and figures",
        stats: "Count cases by year, category, area, topic and length",
        compile: "Compile cases into one document: a digest, or the full texts",
        compile_layout: "Layout: digest (lists and abstracts) or full (texts, the default)",
        compile_format: "Format: txt, md, html or docx (default: by the file's extension)",
        compile_title: "Title of the compilation",
        compile_order: "rank (in the round, the default unless cases are named) or fixed, which ranks nothing",
        compile_preface: "Text file with the editor's note, one paragraph per line",
        compile_appendix: "Text file with the appendix behind the cases, one paragraph per line",
        compile_abstract: "Print this of a case as its abstract (digest): a paragraph's number, or words of a heading",
        compile_cover: "Begin with the title",
        compile_contents: "Add a table of contents",
        jury: "Run a jury's round, from its settings to its papers",
        jury_action: "new, check, score, status, tally, amend, open, agenda, note, order, vote, sheets, csv, close, verify, publicity or objection",
        jury_dir: "Folder of the round, with its round.toml",
        jury_item: "What to record, such as 创新性=36, recusal=GROUND or present=11",
        jury_juror: "Name of a juror; shows only what this juror may see",
        jury_case: "Id of a case",
        jury_reason: "Reason to record",
        jury_output: "Folder for the papers (papers in the round's folder by default), or file for csv",
        jury_accept: "Accept every application that has no problems",
        check: "Account for every character of every document",
        check_catalog: "Print a catalog.toml of what was read, to be edited",
        config_command: "Show where the settings are, or check them",
        config_print: "Print every setting with its default and what it means",
        config_check: "List every mistake in the settings",
        doctor: "Examine the terminal and give advice, line by line",
        completions: "Print a script that completes command lines",
        man: "Print the man page",
        help: "Explain a command, or show a page of the guide",

        query: "Words to search for at the start; all must match",
        search_query: "Words to look for; all must match",
        search_exact: "Match only as typed or by pinyin: no guesses, no alternative searches",
        export_guesses: "Export even if the query finds only guesses",
        id: "Id of a case, such as 000-13 (see anli list)",
        section: "Print one section only: 背景, 做法, 创新, 成效, 领先性, or words of a heading",
        script: "Script of the text: 原 (as printed, the default; or original), 简 (simplified), 繁 (traditional)",
        style: "Style: gbt2025, gbt2015, bibtex, ris, csl, markdown",
        export_query: "Take what a query finds, not everything",
        figures_format: "Format of the table: csv, md",
        compare_format: "Format: text (default), md",
        format: "Format: md, csv, json, jsonl, bib, ris, csl-json (default: by the file's extension)",
        output: "Write to FILE instead of printing",
        force: "Overwrite an existing file without asking",
        import_file: "A JSON, JSONL or CSV file that export wrote",
        dry_run: "Say what would be imported, and save nothing",
        shell: "Shell: bash, zsh, fish (with --install by default your own)",
        install: "Put it where it is looked for, and say where",
        install_dir: "Put it into this folder instead",
        topic: "A command to explain, or a page of the guide (anli help guide lists them)",
        topics_heading: "Guide, by anli help TOPIC:",

        seeds: "Read documents of your own: a file, a folder or -; may be repeated",
        library: "Read the library that the settings call NAME",
        encoding: "Encoding of text files: utf-8, gb18030, big5, utf-16le, utf-16be",
        open: "Open documents of your own: files, folders, or - for standard input",
        open_path: "A file or a folder; - is standard input",
        tour: "Learn the usual keys in ten steps inside the explorer; nothing is kept",
        demo: "Play by itself for an audience, again and again; any key takes over",
        demo_script: "A demo script (default: the built-in one)",
        demo_print: "Print the built-in script, to begin your own with",
        idle_users: "anli demo and --kiosk",
        idle: "Demo, kiosk: back to the start after so many seconds without a key (60, 180)",
        roomy: "Blank rows between paragraphs and list entries (for a projector)",
        title_page: "Open with a page that says this, until a key is pressed",
        kiosk: "For a public terminal: write no file, run no program, read no settings",
        round: "Folder of a round: read its accepted cases, in the juror's own order",
        lang: "Language: zh or en (default: by LC_ALL, LC_MESSAGES, LANG)",
        json: "Print one JSON object per line",
        list_all: "Also list the text outside of cases",
        sort: "Order: reading, newest, oldest, name, title, length, evidence, innovation, leadership, effect or spread",
        ambiguous: "Columns of “ ” — … and the like: auto (ask the terminal), 1 or 2",
        mouse: "Mouse: on, off or auto (on locally, off over SSH)",
        no_sync: "Turn off synchronized output",
        plain: "Ask and answer line by line (screen readers, serial lines, logs)",
        no_state: "Neither read nor save marks and places",
        state: "Folder for marks and places",
        config: "Settings file (default: the one anli config shows)",
        theme: "Colours: 16, mono, contrast, truecolor",
        background: "Background of the terminal: auto (ask it), dark or light",
        help_flag: "Show help",
        version_flag: "Show the version",
    },
    usage: Usage {
        unknown_option: |option, near| match near {
            Some(near) => format!("unknown option {option}, did you mean {near}"),
            None => format!("unknown option {option}; put -- before words that begin with -"),
        },
        unexpected_word: |word| format!("unexpected argument {word}"),
        invalid_value: |option, value, values| {
            if values.is_empty() {
                format!("invalid value {value} for {option}")
            } else {
                let values = values.join(", ");
                format!("invalid value {value} for {option}, expected {values}")
            }
        },
        missing_value: |option| format!("missing value for {option}"),
        needless_value: |option| format!("{option} takes no value"),
        missing_argument: |argument| format!("missing argument {argument}"),
        conflict: |option, other| format!("{option} cannot be used with {other}"),
        unknown_topic: |topic, near| match near {
            Some(near) => {
                format!("no command or guide page is called {topic}, did you mean {near}")
            }
            None => format!("no command or guide page is called {topic}"),
        },
        only_with: |option, others| format!("{option} is only for {others}"),
        not_utf8: "an argument is not UTF-8",
        other: "cannot understand the arguments",
        with_hint: |sentence, call| format!("{sentence}; see {call}"),
        unknown_library: |name, names| match names {
            [] => format!(
                "there is no library {name}; the settings may have [library.{name}] with paths = [\"…\"]"
            ),
            names => format!(
                "there is no library {name}; the settings have {}",
                names.join(", ")
            ),
        },
        is_a_document: |path| {
            format!(
                "{path} is a file; anli open {path} opens it, anli search {path} searches for the word"
            )
        },
        needs_terminal: "the explorer needs a terminal; use anli list, anli search, anli show or --plain",
        needs_terminal_alone: "the explorer needs a terminal",
    },
    reading: ReadErrors {
        folder: |folder, why| format!("cannot read the folder {folder}: {why}"),
        document: |document, why| format!("cannot read the document {document}: {why}"),
        demo_script: |script, why| format!("cannot read the demo script {script}: {why}"),
        catalog: |catalog, why| format!("cannot read the catalog {catalog}: {why}"),
        settings: |file, why| format!("cannot read the settings {file}: {why}"),
        input: |why| format!("cannot read the input: {why}"),
        output: |why| format!("cannot write the output: {why}"),
        temporary: |why| format!("cannot create a temporary file: {why}"),
        file: |file, why| format!("cannot write the file {file}: {why}"),

        missing: "it does not exist",
        no_such_folder: "its folder does not exist",
        forbidden: "permission denied",
        is_a_folder: "it is a folder",
        not_a_folder: "it is not a folder",
        not_a_file: "it is not a regular file",
        link_loop: "its symbolic links form a loop",
        disk_full: "the disk is full",
        file_too_large: "the file is larger than the system allows",
        name_too_long: "its name is too long",
        read_only: "the disk is read-only",
        no_reader: "no program reads this pipe; start the reader first, or name a regular file",
        in_the_way: "it exists",
        exists: "it exists; use --force to overwrite it",
        no_documents: "it contains no readable documents",
        more_unread: |count| {
            let documents = count_of(count, "further document");
            format!("{documents} cannot be read; anli check lists them all")
        },
        too_large: |bytes, limit| {
            format!("it is {} MB, the limit is {} MB", bytes >> 20, limit >> 20)
        },
        not_utf8: |byte, line| format!("not UTF-8 at byte {byte} (line {line})"),
        convert: "; if it is GBK, iconv -f GB18030 -t UTF-8 converts it",
    },
    answer: Answer {
        installed: |file| format!("installed {file}"),
        installed_already: |file| format!("{file} is already installed"),
        replaced: |file| format!("replaced {file}"),
        dir_needed: "there is no home folder; name a folder with --dir",
        which_shell: "name the shell: bash, zsh or fish",
        loads_completions: |shell, folder| match shell {
            "bash" => format!(
                "New bash sessions complete with it if bash-completion is installed; otherwise add to ~/.bashrc: source \"{folder}/anli\""
            ),
            "zsh" => format!("Add to ~/.zshrc, above compinit: fpath=(\"{folder}\" $fpath)"),
            _ => "New fish sessions complete with it.".to_owned(),
        },
        finds_man: |folder| {
            format!(
                "man anli shows it where man looks in {folder}, as it does for ~/.local/share/man while ~/.local/bin is on the path; elsewhere: man -M {folder} anli"
            )
        },

        unknown_id: |id, near| {
            if near.is_empty() {
                format!("no case {id}")
            } else {
                format!("no case {id}, the nearest are {}", near.join(", "))
            }
        },
        no_section: |section, id, headings| {
            if headings.is_empty() {
                format!("case {id} has no sections, so no {section}")
            } else {
                let headings = headings.join("; ");
                format!("case {id} has no section {section}, its headings are: {headings}")
            }
        },
        no_figures: "these cases give no figures",
        no_evidence: "no sentence of these cases supports a criterion",
        no_related: "no case is related",
        no_lineage: "no reform can be followed through the years",
        compare_two: "name two or three different cases",
        no_such_part: "(no such part)",
        figures_heading: "figures",
        scoped: |cue, scope| format!("{cue} ({scope})"),
        figure_columns: ["id", "figure", "counts", "kind", "sentence"],
        no_case: "the documents contain no cases; anli check says why",
        nothing_found: |query| format!("nothing found for {query}"),
        nothing_similar: "nothing is similar to it either: try a shorter word, pinyin or a topic (topic:)",
        asked_instead: |query| format!("searched instead: {query}"),
        all_guesses: "these are all guesses; nothing matches as typed",
        guesses_needed: "the query finds only guesses; add --guesses to export them",
        try_instead: |query, count| match query {
            "" => format!("{} in all", count_of(count as usize, "case")),
            query => format!("try {query} ({})", count_of(count as usize, "case")),
        },
        unknown_field: |name, near| format!("no field {name}, did you mean {near}"),
        unlike_field: |name, [_, all]| format!("no field {name}, there are {}", all.join(", ")),
        empty_field: |name| format!("field {name} needs a value"),
        bad_value: |[_, field], value, [_, example]| {
            format!("invalid value {value} for field {field}, expected {example}")
        },
        no_value_yet: |_, name| format!("there is no {name} yet"),
        no_word: "only words can follow |; put a space before a field or an exclusion",
        other_syntax: |typed, right| format!("{typed} is searched for as text; write {right}"),
        not_chinese: |word| format!("the texts are Chinese, and {word} is not pinyin"),
        open_quote: "a quotation mark is not closed",
        too_long: "query too long: only its first 500 characters are used",
        separator: "; ",
        comma: ", ",

        missing: |id, elements| format!("the document of {id} does not give: {elements}"),
        inferred: |id, elements| format!("an editor supplied or inferred for {id}: {elements}"),
        exported: |count, file| format!("{} exported to {file}", count_of(count, "case")),
        as_markdown: |file| {
            format!(
                "the extension of {file} names no format, so Markdown was written; --format names one"
            )
        },
        progress: |done, total| format!("{done} of {total} cases exported"),
        cancelled: "the export was cancelled",
        replace: |file| format!("{file} exists, overwrite it? [y/N]"),

        no_home: "there is no home folder, so no settings file; name one with --config",
        settings_right: "the settings are valid",

        line: |line| format!("line {line}"),
        lines: |first, last| format!("lines {first}-{last}"),

        title: "title",
        org: "org",
        heading: "heading",
        text: "text",
        homophone: "same sound",
        scattered: "similar",
        near: "near word",

        document: "document",
        total: "total",
        case_text: "case",
        list_entry: "list",
        own_text: "own text",
        furniture: "furniture",
        noise: "noise",
        white_space: "space",
        unaccounted: "unaccounted",
        warnings: "warnings",
        sum: "sum",
        warning: |document, line, message| format!("{document} line {line}: {message}"),
        read_as: |document, [reader, confidence, why], cases| {
            let cases = count_of(cases, "case");
            let why = match why {
                "" => String::new(),
                why => format!(" ({why})"),
            };
            format!("{document}: {reader}, {cases}, confidence {confidence}{why}")
        },
        furniture_line: |document, line, text| format!("{document} line {line}: furniture: {text}"),
        left_out: |document, text| format!("{document}, around the text, left out: {text}"),
        passed_over: |kind, count| match kind {
            "" => format!("passed over: {} without an ending", count_of(count, "file")),
            kind => format!("passed over: {}", count_of(count, &format!(".{kind} file"))),
        },
        folders_passed_over: |count, why| format!("passed over: {count} ({why})"),
        marks_moved: |count| {
            let cases = count_of(count, "case");
            format!("the marks of {cases} went along with edited documents")
        },
        marks_lost: |count| {
            let cases = count_of(count, "case");
            format!(
                "{cases} with marks not found in the library any more; the marks are kept, anli check lists them"
            )
        },
        lost_marks: |title, place| {
            format!("a case with marks is not found any more: {title} ({place})")
        },
        check_failed: |count| {
            format!("check failed: {count} characters belong to nothing, or to more than one thing")
        },
    },
    stats: Stats {
        cases: "cases",
        documents: "documents",
        characters: "characters",
        lengths: "shortest, median, longest",
        years: "year",
        categories: "category",
        areas: "area",
        kinds: "text type",
        topics: "topic (a case may have several)",
        folders: "folder",
        sources: "document",
        by_category: "year by category",
        by_area: "year by area",
        sizes: "length (characters)",
        total: "total",
        none: "not given",
    },
};
