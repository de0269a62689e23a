//! What is exported reads back equal.

use crate::schema;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::handmade::{Handmade, Parts};
use anli::case::{About, CaseRef, Category, Completeness, Kind};
use anli::cite::{self, Style};
use anli::corpus::Corpus;
use anli::export::{self, Error, Format, Overwrite, Progress};
use anli::language::Language;
use anli::record::CaseRecord;
use anli::store::{Change, State};
use anli::text::CharSpan;
use anli::text::script::Display;
use serde_json::{Value, json};

/// Two documents: a digest with a list and headings, and one that tries what a
/// spreadsheet, a Markdown reader and TeX take for markup.
fn corpus() -> Corpus {
    Handmade::new()
        .document(
            "003_e708e3f89c99b752.txt",
            "推行“代办制”\n创新服务机制\n项目审批实现大提速\n莱西市政府\n一、案例背景\n\
             党的十九大报告提出，要“深化机构和行政体制改革”。\n（一）推行“代办制”\n\
             项目从签订土地出让合同,到发放\"施工许可证\"。\n图1 流程图\n",
            About {
                title: Some("创新工作案例汇编".to_owned()),
                kind: Some(Kind::Compilation),
                ..About::default()
            },
        )
        .case(Parts {
            id: "003-10",
            year: Some(2017),
            category: Some(Category::District),
            area: Some("莱西市"),
            completeness: Completeness::Full,
            list: Some("推行“代办制”"),
            title: &["创新服务机制", "项目审批实现大提速"],
            orgs: &["莱西市政府", "市机场指挥部办公室"],
            blocks: &[
                "§一、案例背景",
                "党的十九大报告提出，要“深化机构和行政体制改革”。",
                "§§（一）推行“代办制”",
                "项目从签订土地出让合同,到发放\"施工许可证\"。",
                "!图1 流程图",
            ],
            ..Parts::default()
        })
        .document(
            "hostile.txt",
            "=cmd|' /C calc'!A0, \"x\"\n+1\n-2\n@SUM(A1)\n＝3\n'4\n\
             1. 第一\n2) 第二\n# 井号 *星* _下_ `撇` <b> [x](y) [a]: b & ~~c~~ \\ |\n---\n===\n",
            About::default(),
        )
        .case(Parts {
            id: "hostile-1",
            completeness: Completeness::Report,
            title: &["=cmd|' /C calc'!A0, \"x\""],
            orgs: &["+1", "-2"],
            blocks: &[
                "@SUM(A1)",
                "＝3",
                "'4",
                "1. 第一",
                "2) 第二",
                "# 井号 *星* _下_ `撇` <b> [x](y) [a]: b & ~~c~~ \\ |",
                "---",
                "===",
            ],
            ..Parts::default()
        })
        .case(Parts {
            id: "hostile-2",
            editor: "编者的题名",
            blocks: &["-2"],
            ..Parts::default()
        })
        .corpus()
}

fn cases(corpus: &Corpus) -> Vec<CaseRef<'_>> {
    corpus.iter().map(|(_, case)| case).collect()
}

fn exported(corpus: &Corpus, format: Format) -> String {
    let mut out = Vec::new();
    let mut go_on = |_| ControlFlow::Continue(());
    export::write(&cases(corpus), format, &mut out, &mut go_on).expect("memory takes everything");
    String::from_utf8(out).expect("everything written is UTF-8")
}

const CSV: Format = Format::Csv {
    byte_order_mark: false,
};

/// Reads CSV by the grammar of RFC 4180, section 2; panics on anything else.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let mut field = String::new();
            if let Some(mut quoted) = rest.strip_prefix('"') {
                loop {
                    let end = quoted.find('"').expect("a quoted field is closed");
                    field.push_str(&quoted[..end]);
                    quoted = &quoted[end + 1..];
                    match quoted.strip_prefix('"') {
                        Some(after) => {
                            field.push('"');
                            quoted = after;
                        }
                        None => break,
                    }
                }
                rest = quoted;
            } else {
                let end = rest.find([',', '\r']).expect("a record ends with CRLF");
                field.push_str(&rest[..end]);
                assert!(
                    !field.contains(['"', '\n']),
                    "{field:?} needs quotation marks"
                );
                rest = &rest[end..];
            }
            record.push(field);
            if let Some(after) = rest.strip_prefix(',') {
                rest = after;
            } else {
                rest = rest.strip_prefix("\r\n").expect("a record ends with CRLF");
                break;
            }
        }
        records.push(record);
    }
    records
}

/// Takes the apostrophe off that guards a field against being a formula.
fn unguarded(field: &str) -> &str {
    field.strip_prefix('\'').unwrap_or(field)
}

#[test]
fn csv_reads_back_equal() {
    let corpus = corpus();
    let records = read_csv(&exported(&corpus, CSV));
    let head: Vec<&str> = records[0].iter().map(String::as_str).collect();
    assert_eq!(
        head.join(" "),
        "id source n year category area completeness title title_printed title_simplified \
         orgs first last list sections text star tags note passages"
    );
    assert_eq!(records.len(), 4);
    for (row, case) in records[1..].iter().zip(cases(&corpus)) {
        let record = CaseRecord::with_text(case);
        let optional = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let sections: Vec<String> = record
            .sections
            .iter()
            .map(|s| s.heading.to_string())
            .collect();
        let expected = [
            record.id.to_owned(),
            record.source.to_owned(),
            record.n.to_string(),
            optional(record.year.map(u32::from)),
            record.category.unwrap_or_default().to_owned(),
            record.area.unwrap_or_default().into_owned(),
            record.completeness.to_owned(),
            record.title.to_string(),
            record.title_printed.to_string(),
            record.title_simplified.clone(),
            record.orgs.join("、"),
            record.lines.first.to_string(),
            record.lines.last.to_string(),
            optional(record.lines.list),
            sections.join("\n"),
            record.text.clone().unwrap_or_default(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ];
        let row: Vec<&str> = row.iter().map(|field| unguarded(field)).collect();
        assert_eq!(row, expected);
    }
}

#[test]
fn no_cell_of_csv_begins_like_a_formula() {
    for row in read_csv(&exported(&corpus(), CSV)) {
        for cell in row {
            let formula = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
            assert!(!cell.starts_with(formula), "{cell:?}");
        }
    }
    let text = exported(&corpus(), CSV);
    assert!(
        text.contains("\"'=cmd|' /C calc'!A0, \"\"x\"\"\""),
        "{text}"
    );
}

#[test]
fn csv_begins_with_a_byte_order_mark_only_when_asked() {
    let marked = Format::Csv {
        byte_order_mark: true,
    };
    let corpus = corpus();
    assert_eq!(
        exported(&corpus, marked),
        format!("\u{feff}{}", exported(&corpus, CSV))
    );
}

#[test]
fn json_reads_back_equal_by_the_documented_schema() {
    let corpus = corpus();
    let text = exported(&corpus, Format::Json);
    let records: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
    assert_same(&corpus, &records);
    let lines = exported(&corpus, Format::JsonLines);
    let records: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is an object"))
        .collect();
    assert_same(&corpus, &records);
}

#[track_caller]
fn assert_same(corpus: &Corpus, records: &[Value]) {
    assert_eq!(records.len(), corpus.len());
    for (record, case) in records.iter().zip(cases(corpus)) {
        let written = serde_json::to_value(CaseRecord::with_text(case)).expect("serializes");
        for (key, value) in written.as_object().expect("a record is an object") {
            assert_eq!(record[key], *value, "{key}");
        }
        assert_eq!(record["title"], case.title().as_ref());
        assert_eq!(record["text"], case.text());
    }
}

/// All 94 cases of the seeds, by the schema that the repository documents.
#[test]
fn the_seeds_are_exported_by_the_schema_and_read_back_equal() {
    let sources = anli::seeds::embedded();
    let corpus = anli::seeds::read(sources, &anli::seeds::catalog::Catalog::embedded()).corpus;
    let text = exported(&corpus, Format::Json);
    let records: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
    assert_eq!(records.len(), 94);
    let schema = schema::of("schema/case.schema.json");
    for record in &records {
        schema::check(&schema, record);
    }
    assert_same(&corpus, &records);

    let rows = read_csv(&exported(&corpus, CSV));
    assert_eq!(rows.len(), 95);
    for (row, record) in rows[1..].iter().zip(&records) {
        assert_eq!(record["title"], unguarded(&row[7]));
        assert_eq!(record["text"], unguarded(&row[15]));
    }
}

#[test]
fn the_keys_of_a_record_are_the_documented_ones_in_their_order() {
    let corpus = corpus();
    let line = exported(&corpus, Format::JsonLines);
    assert_eq!(
        line.lines().next().expect("three lines"),
        "{\"id\":\"003-10\",\"source\":\"003_e708e3f89c99b752.txt\",\"n\":1,\"year\":2017,\
         \"category\":\"区市\",\"category_printed\":null,\"area\":\"莱西市\",\"completeness\":\"全文\",\
         \"reader\":\"whole\",\"confidence\":\"low\",\"basis\":\"\",\
         \"title\":\"创新服务机制\u{3000}项目审批实现大提速\",\"title_printed\":true,\
         \"title_simplified\":\"创新服务机制\u{3000}项目审批实现大提速\",\
         \"orgs\":[\"莱西市政府\",\"市机场指挥部办公室\"],\
         \"lines\":{\"first\":2,\"last\":9,\"list\":1},\
         \"sections\":[{\"level\":1,\"heading\":\"一、案例背景\",\"line\":5},\
         {\"level\":2,\"heading\":\"（一）推行“代办制”\",\"line\":7}],\
         \"text\":\"一、案例背景\\n党的十九大报告提出，要“深化机构和行政体制改革”。\\n\
         （一）推行“代办制”\\n项目从签订土地出让合同,到发放\\\"施工许可证\\\"。\\n图1 流程图\",\
         \"star\":false,\"tags\":[],\"note\":\"\",\"passages\":[]}"
    );
}

/// Takes the backslashes off that keep Markdown from reading markup.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => plain.extend(characters.next()),
            '*' | '_' | '`' | '<' | '>' | '#' | '|' | '~' | '&' => {
                panic!("{c:?} is markup in {text:?}")
            }
            c => plain.push(c),
        }
    }
    plain
}

#[test]
fn markdown_reads_back_equal() {
    let corpus = corpus();
    let text = exported(&corpus, Format::Markdown);
    let documents: Vec<&str> = text.split("\n---\n\n").collect();
    assert_eq!(documents.len(), corpus.len());
    for (document, case) in documents.into_iter().zip(cases(&corpus)) {
        let mut lines = document.lines().filter(|line| !line.is_empty());
        let title = lines.next().and_then(|line| line.strip_prefix("# "));
        let title = unescaped(title.expect("a title comes first"));
        let expected = case.title().replace('\u{3000}', " ");
        if case.title_printed() {
            assert_eq!(title, expected);
        } else {
            assert_eq!(title, format!("[{expected}]"));
        }
        let lines: Vec<&str> = lines.skip_while(|line| line.starts_with("- ")).collect();
        let blocks: Vec<String> = lines
            .into_iter()
            .map(|line| {
                let heading = line.trim_start_matches('#');
                let plain = heading.strip_prefix(' ').filter(|_| heading != line);
                let caption = line.strip_prefix('*').and_then(|l| l.strip_suffix('*'));
                unescaped(plain.or(caption).unwrap_or(line))
            })
            .collect();
        assert_eq!(blocks.join("\n"), case.text());
    }
}

#[test]
fn a_case_in_markdown_looks_like_this() {
    let corpus = corpus();
    let text = exported(&corpus, Format::Markdown);
    let expected = "# 创新服务机制 项目审批实现大提速

- 编号：003-10
- 机构：莱西市政府、市机场指挥部办公室
- 年度：2017
- 类别：区市
- 地区：莱西市
- 文本类型：全文
- 来源：003\\_e708e3f89c99b752.txt 第2—9行
- 引用：莱西市政府，市机场指挥部办公室. 创新服务机制 项目审批实现大提速[G]//[创新工作案例汇编].

## 一、案例背景

党的十九大报告提出，要“深化机构和行政体制改革”。

### （一）推行“代办制”

项目从签订土地出让合同,到发放\"施工许可证\"。

*图1 流程图*

---
";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn lists_and_rules_are_not_read_into_markdown() {
    let text = exported(&corpus(), Format::Markdown);
    for line in ["1\\. 第一", "2\\) 第二", "\\---", "\\===", "\\# 井号"] {
        assert!(text.contains(&format!("\n{line}")), "{line} in {text}");
    }
}

#[test]
fn bibtex_holds_the_entries_that_cite_writes_and_says_what_is_missing() {
    let corpus = corpus();
    let text = exported(&corpus, Format::BibTex);
    let entries: Vec<String> = text
        .split_inclusive("\n}\n")
        .map(|entry| {
            let lines = entry.lines().filter(|line| !line.starts_with('%'));
            lines.collect::<Vec<_>>().join("\n").trim().to_owned()
        })
        .collect();
    let expected: Vec<String> = cases(&corpus)
        .into_iter()
        .map(|case| cite::cite(case, Style::BibTex).text)
        .collect();
    assert_eq!(entries, expected);
    assert!(text.starts_with(
        "% 未载：出版地、出版者、出版日期、版次或页码\n% 编者所加或推断：所在文献题名\n@"
    ));
}

#[test]
fn what_a_terminal_must_not_see_is_in_no_export() {
    let corpus = Handmade::new()
        .document(
            "\u{1b}]52;c;aGk=\u{7}\u{202e}.txt",
            "题名\n正文。\n",
            About {
                publisher: Some("胶东\u{1b}[2J日报\nER  - \u{9b}".to_owned()),
                kind: Some(Kind::News),
                ..About::default()
            },
        )
        .case(Parts {
            id: "x-1",
            title: &["题名"],
            orgs: &["市\u{200b}政府\u{7f}"],
            blocks: &["正文。"],
            ..Parts::default()
        })
        .corpus();
    for format in Format::ALL {
        let text = exported(&corpus, format)
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n");
        let denied = text.chars().find(|&c| anli::text::gate::denied(c));
        assert_eq!(denied, None, "{format:?}: {text:?}");
    }
    let case = cases(&corpus)[0];
    for style in Style::ALL {
        let text = cite::cite(case, style).text;
        let denied = text.chars().find(|&c| anli::text::gate::denied(c));
        assert_eq!(denied, None, "{style:?}: {text:?}");
        assert!(!text.contains("\nER  - \u{fffd}"), "{text:?}");
    }
}

#[test]
fn nothing_exported_is_still_a_valid_file() {
    let empty = Corpus::default();
    assert_eq!(exported(&empty, Format::Json), "[]\n");
    assert_eq!(exported(&empty, Format::JsonLines), "");
    assert_eq!(read_csv(&exported(&empty, CSV)).len(), 1);
    assert_eq!(exported(&empty, Format::Markdown), "");
    assert_eq!(exported(&empty, Format::BibTex), "");
}

/// The same corpus with marks on its second case.
fn marked(corpus: &Corpus, format: Format) -> String {
    let id = cases(corpus)[1].case.id.0.clone();
    let changes = [
        Change::Star {
            case: id.clone(),
            on: true,
        },
        Change::Tag {
            case: id.clone(),
            tag: "待读".to_owned(),
            on: true,
        },
        Change::Tag {
            case: id.clone(),
            tag: "会议".to_owned(),
            on: true,
        },
        Change::Note {
            case: id.clone(),
            note: "可借鉴\n50%_再看".to_owned(),
        },
        Change::Passage {
            case: id,
            span: CharSpan::new(3, 6),
            quote: "一句话".to_owned(),
        },
    ];
    changed(corpus, format, changes)
}

/// The same corpus with these changes.
fn changed(corpus: &Corpus, format: Format, changes: impl IntoIterator<Item = Change>) -> String {
    let mut kept = State::default();
    for (at, change) in (1..).zip(changes) {
        kept.apply(change, at);
    }
    let mut out = Vec::new();
    let display = Display::default();
    let mut go_on = |_| ControlFlow::Continue(());
    export::write_in(display, &kept, &cases(corpus), format, &mut out, &mut go_on)
        .expect("memory takes everything");
    String::from_utf8(out).expect("everything written is UTF-8")
}

#[test]
fn a_tag_with_a_comma_is_one_and_the_lines_of_a_note_stay_lines() {
    let corpus = corpus();
    let case = cases(&corpus)[1].case.id.0.clone();
    let text = |format| {
        let tag = Change::Tag {
            case: case.clone(),
            tag: "a,b".to_owned(),
            on: true,
        };
        let note = Change::Note {
            case: case.clone(),
            note: "一\n\n- 二\n三".to_owned(),
        };
        changed(&corpus, format, [tag, note])
    };
    for (format, part) in [
        (Format::BibTex, "  keywords = {a，b},\n"),
        (
            Format::Ris,
            "KW  - a,b\nN1  - 笔记：一\nN1  - - 二\nN1  - 三\n",
        ),
        (Format::Markdown, "- 笔记：一\n\n  \\- 二\\\n  三\n"),
    ] {
        let text = text(format);
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn marks_are_in_every_format() {
    let corpus = corpus();
    let text = marked(&corpus, Format::Json);
    let records: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
    let record = &records[1];
    assert_eq!(record["star"], true);
    assert_eq!(records[0]["star"], false);
    assert_eq!(record["tags"], json!(["会议", "待读"]));
    assert_eq!(record["note"], "可借鉴\n50%_再看");
    let passage = json!({ "start": 3, "end": 6, "quote": "一句话" });
    assert_eq!(record["passages"], json!([passage]));

    let rows = read_csv(&marked(&corpus, CSV));
    assert_eq!(
        rows[2][16..],
        ["★", "会议、待读", "可借鉴\n50%_再看", "[3-6] 一句话"]
    );
    assert_eq!(rows[1][16..], ["", "", "", ""]);

    let expected = [
        (
            Format::Markdown,
            "- 星标：★\n- 标签：会议、待读\n- 笔记：可借鉴\\\n  50%\\_再看\n- 摘录：“一句话”\n",
        ),
        (Format::BibTex, "  keywords = {★, 会议, 待读},\n"),
        (
            Format::BibTex,
            "  annote = {笔记：可借鉴\n50\\%\\_再看\n\n摘录：“一句话”},\n",
        ),
        (Format::Ris, "KW  - ★\nKW  - 会议\nKW  - 待读\n"),
        (
            Format::Ris,
            "N1  - 笔记：可借鉴\nN1  - 50%_再看\nN1  - 摘录：“一句话”\n",
        ),
        (
            Format::CslJson,
            "标签：★、会议、待读\\n笔记：可借鉴\\n50%_再看\\n摘录：“一句话”",
        ),
    ];
    for (format, part) in expected {
        let text = marked(&corpus, format);
        assert!(text.contains(part), "{part} in {text}");
    }
    let items: Vec<serde_json::Value> =
        serde_json::from_str(&marked(&corpus, Format::CslJson)).expect("one array");
    assert_eq!(items.len(), corpus.len());
    let records = marked(&corpus, Format::Ris);
    assert_eq!(records.matches("\nER  - \n").count(), corpus.len());
}

#[test]
fn a_spreadsheet_takes_no_id_for_a_date_and_no_blank_for_a_way_around() {
    let corpus = Handmade::new()
        .document("2019_report.txt", "　=1+1\n -2\n", About::default())
        .case(Parts {
            id: "2019-1",
            title: &["　=1+1"],
            blocks: &[" -2"],
            ..Parts::default()
        })
        .corpus();
    let rows = read_csv(&exported(&corpus, CSV));
    assert_eq!(rows[1][0], "'2019-1");
    assert_eq!(rows[1][15], "' -2");
    assert!(rows[1][7].starts_with('\''), "{:?}", rows[1][7]);
}

#[test]
fn progress_counts_every_case_and_can_stop_the_export() {
    let corpus = corpus();
    let mut seen = Vec::new();
    let mut count = |progress: Progress| {
        seen.push((progress.done, progress.total));
        ControlFlow::Continue(())
    };
    export::write(&cases(&corpus), Format::Json, &mut io::sink(), &mut count).expect("written");
    assert_eq!(seen, [(1, 3), (2, 3), (3, 3)]);

    let mut stop = |progress: Progress| match progress.done {
        2 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    let stopped = export::write(&cases(&corpus), Format::Json, &mut io::sink(), &mut stop);
    assert!(matches!(stopped, Err(Error::Cancelled)));
}

#[test]
fn a_file_in_the_way_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cases.md");
    fs::write(&path, "mine").expect("written");
    let result = export::create(&path, Overwrite::No, |out| Ok(out.write_all(b"theirs")?));
    assert!(matches!(&result, Err(Error::Exists(at)) if *at == path));
    assert_eq!(fs::read_to_string(&path).expect("readable"), "mine");
    let message = result.expect_err("it exists").to_string();
    assert_eq!(
        message,
        format!("cannot write the file {}: it exists", path.display())
    );
}

#[test]
fn a_file_is_replaced_when_that_was_agreed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cases.md");
    fs::write(&path, "mine").expect("written");
    export::create(&path, Overwrite::Yes, |out| Ok(out.write_all(b"theirs")?)).expect("replaced");
    assert_eq!(fs::read_to_string(&path).expect("readable"), "theirs");
    assert_eq!(names(folder.path()), ["cases.md"]);
}

#[test]
fn a_failed_export_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cases.md");
    let half = |out: &mut dyn Write| -> Result<(), Error> {
        out.write_all(b"half")?;
        Err(Error::Cancelled)
    };
    assert!(export::create(&path, Overwrite::No, half).is_err());
    assert_eq!(names(folder.path()), Vec::<String>::new());
    fs::write(&path, "mine").expect("written");
    assert!(export::create(&path, Overwrite::Yes, half).is_err());
    assert_eq!(fs::read_to_string(&path).expect("readable"), "mine");
    assert_eq!(names(folder.path()), ["cases.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_its_target_is_replaced_with_its_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("target.md");
    let link = folder.path().join("link.md");
    fs::write(&target, "mine").expect("written");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&target, &link).expect("linked");
    let linked = export::create(&link, Overwrite::No, |_| Ok(()));
    assert!(matches!(linked, Err(Error::Exists(_))));
    export::create(&link, Overwrite::Yes, |out| Ok(out.write_all(b"theirs")?)).expect("replaced");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(fs::read_to_string(&target).expect("readable"), "theirs");
    let mode = fs::metadata(&target).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn errors_speak_both_languages() {
    let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
    let file = Error::File {
        path: "/f".into(),
        cause: denied(),
    };
    for (error, chinese, english) in [
        (
            Error::Exists("/f".into()),
            "无法写入文件 /f：文件已存在",
            "cannot write the file /f: it exists",
        ),
        (
            file,
            "无法写入文件 /f：没有权限",
            "cannot write the file /f: permission denied",
        ),
        (
            Error::Write(denied()),
            "无法写出结果：没有权限",
            "cannot write the output: permission denied",
        ),
        (Error::Cancelled, "导出已取消", "the export was cancelled"),
    ] {
        assert_eq!(error.message(Language::Chinese), chinese);
        assert_eq!(error.message(Language::English), english);
        assert_eq!(error.to_string(), english);
    }
}

#[test]
fn a_pipe_is_written_to_and_stays_one() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let pipe = folder.path().join("cases.json");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("a system has mkfifo").success());
    let fill = |out: &mut dyn Write| Ok(out.write_all("改革".as_bytes())?);
    // Nobody reads: an error, and no wait without an end.
    export::create(&pipe, Overwrite::Yes, fill).expect_err("it goes nowhere");
    assert!(matches!(
        export::create(&pipe, Overwrite::No, fill),
        Err(Error::Exists(_))
    ));
    let read = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).expect("it can be read")
    });
    while export::create(&pipe, Overwrite::Yes, fill).is_err() {
        std::thread::yield_now();
    }
    assert_eq!(read.join().expect("it ends"), "改革");
    assert_eq!(names(folder.path()), ["cases.json"]);
    let kind = fs::metadata(&pipe).expect("it is there").file_type();
    assert!(!kind.is_file());
}

#[test]
fn a_folder_and_a_missing_folder_are_clear_errors() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inside = export::create(folder.path(), Overwrite::Yes, |_| Ok(()));
    let message = inside.expect_err("a folder is no file").to_string();
    assert!(message.ends_with(": it is a folder"), "{message}");
    let asked = export::create(folder.path(), Overwrite::No, |_| Ok(()))
        .expect_err("a folder is no file")
        .to_string();
    assert_eq!(asked, message, "nobody is asked to replace a folder");
    let missing = folder.path().join("no/such/cases.md");
    let message = export::create(&missing, Overwrite::No, |_| Ok(()))
        .expect_err("the folder is missing")
        .to_string();
    assert!(
        message.ends_with(": its folder does not exist"),
        "{message}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_clear_error() {
    let corpus = corpus();
    let mut full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has /dev/full");
    let mut go_on = |_| ControlFlow::Continue(());
    let error = export::write(&cases(&corpus), Format::Json, &mut full, &mut go_on)
        .expect_err("the device is full");
    let message = error.to_string();
    assert_eq!(message, "cannot write the output: the disk is full");
}

#[test]
fn format_names_lead_back_to_their_formats() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(format));
    }
    assert_eq!(Format::from_name("CSV"), Format::from_name("csv"));
    assert_eq!(Format::from_name("docx"), None);
}

#[test]
fn the_full_path_comes_back_and_a_new_file_is_as_open_as_any() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let full = fs::canonicalize(folder.path()).expect("there");
    let roundabout = folder
        .path()
        .join("../")
        .join(full.file_name().expect("named"));
    let fill = |out: &mut dyn Write| Ok(out.write_all(b"text")?);
    let path = export::create(&roundabout.join("cases.md"), Overwrite::No, fill);
    assert_eq!(path.expect("written"), full.join("cases.md"));
    fs::write(full.join("other"), "").expect("written");
    let mode = |name: &str| {
        let found = fs::metadata(full.join(name)).expect("there");
        found.permissions().mode()
    };
    assert_eq!(mode("cases.md"), mode("other"));
}

#[test]
fn a_draft_is_its_owners_alone_and_has_a_short_name() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    // The longest name that Linux allows, in bytes, and of three bytes a character.
    let name = format!("{}.md", "案".repeat(84));
    assert_eq!(name.len(), 255);
    for overwrite in [Overwrite::No, Overwrite::Yes] {
        let fill = |out: &mut dyn Write| {
            out.write_all(b"text")?;
            let draft = names(folder.path())
                .into_iter()
                .find(|n| *n != name)
                .expect("it is written to a draft");
            assert!(draft.len() < 32, "{draft}");
            let found = fs::metadata(folder.path().join(draft)).expect("there");
            assert_eq!(found.permissions().mode() & 0o777, 0o600);
            Ok(())
        };
        export::create(&folder.path().join(&name), overwrite, fill).expect("written");
        assert_eq!(names(folder.path()), [name.as_str()]);
    }
    let longer = folder.path().join(format!("{name}x"));
    let error = export::create(&longer, Overwrite::No, |_| Ok(())).expect_err("too long");
    assert!(
        error.to_string().ends_with(": its name is too long"),
        "{error}"
    );
    assert_eq!(names(folder.path()), [name.as_str()]);
}

#[test]
fn a_file_that_came_in_between_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cases.md");
    let result = export::create(&path, Overwrite::No, |out| {
        fs::write(&path, "theirs").expect("written");
        Ok(out.write_all(b"mine")?)
    });
    assert!(matches!(&result, Err(Error::Exists(at)) if *at == path));
    assert_eq!(fs::read_to_string(&path).expect("readable"), "theirs");
    assert_eq!(names(folder.path()), ["cases.md"]);
}

#[test]
fn a_link_that_leads_nowhere_is_in_the_way() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cases.md");
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &path).expect("linked");
    let result = export::create(&path, Overwrite::No, |out| Ok(out.write_all(b"mine")?));
    assert!(matches!(result, Err(Error::Exists(_))));
    assert_eq!(names(folder.path()), ["cases.md"]);
}

/// The folder of a child, in its environment.
const FOLDER: &str = "ANLI_TEST_EXPORT";

/// Writes half a file over an old one, says so, and is ended in the middle.
#[test]
#[ignore = "the body of a child process"]
fn child_that_exports_without_end() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    anli::draft::remove_on_signals().expect("signals can be caught");
    let path = std::path::Path::new(&folder).join("cases.md");
    let endless = export::create(&path, Overwrite::Yes, |out| {
        out.write_all(b"half")?;
        out.flush()?;
        println!("half");
        loop {
            std::thread::park();
        }
    });
    endless.expect("it does not end");
}

#[test]
fn a_draft_goes_on_every_signal_that_ends_a_program() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    use rustix::process::{Pid, Signal};
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("cases.md");
        fs::write(&path, "mine").expect("written");
        let mut child = Command::new(std::env::current_exe().expect("it runs"))
            .args([
                "--ignored",
                "--exact",
                "export::child_that_exports_without_end",
                "--nocapture",
            ])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it can be started again");
        let said = BufReader::new(child.stdout.take().expect("piped"));
        let half = said.lines().map_while(Result::ok);
        assert!(half.into_iter().any(|line| line.ends_with("half")));
        assert_eq!(names(folder.path()).len(), 2, "a draft beside the file");
        rustix::process::kill_process(Pid::from_child(&child), signal).expect("it runs");
        let status = child.wait().expect("it ends");
        let ended_by = std::os::unix::process::ExitStatusExt::signal(&status);
        assert_eq!(ended_by, Some(signal.as_raw()));
        assert_eq!(names(folder.path()), ["cases.md"]);
        assert_eq!(fs::read_to_string(&path).expect("readable"), "mine");
    }
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
