//! Documents of every format, made here: what is read of sound ones, and that no broken
//! or hostile one stops the program or hides another.

use crate::files;
use std::fs;
use std::io::Write;

use crate::files::{docx_document, docx_of, docx_paragraph, epub, pdf, rtf};
use crate::program::anli;
use anli::formats::{self, Encoding, Refusal, Role, Text};
use serde_json::Value;

/// What every sound document here says.
const TITLE: &str = "示例市改革案例汇编";
const HEADING: &str = "湖心区推行错时共享停车";
const FIRST: &str = "湖心区政府把机关车位向居民开放，全年腾出车位3200个。";
const SECOND: &str = "车位按小时计费，收入用于老旧小区修路。";

#[track_caller]
fn read(name: &str, bytes: Vec<u8>) -> Text {
    formats::read(name, bytes, None).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

/// The lines of a text, each with what its format knows of it.
fn lines(text: &Text) -> Vec<(&str, Role)> {
    let lines = text.text.lines().zip(&text.structure.lines);
    lines.map(|(line, known)| (line, known.role)).collect()
}

/// A DOCX with two levels of headings, a paragraph in two runs, and a table.
fn sound_docx() -> Vec<u8> {
    let (start, end) = FIRST.split_at("湖心区政府".len());
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", docx_paragraph("", text));
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(text)).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let body = [
        docx_paragraph("1", TITLE),
        docx_paragraph("2", HEADING),
        format!(
            "<w:p><w:r><w:t>{start}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{end}</w:t></w:r></w:p>"
        ),
        docx_paragraph("", SECOND),
        format!(
            "<w:tbl>{}{}</w:tbl>",
            row(&["姓名", "单位", "车位"]),
            row(&["张三", "市教育局", "100"])
        ),
    ];
    docx_of(docx_document(&body.concat()).as_bytes())
}

#[test]
fn a_docx_keeps_headings_runs_and_the_columns_of_its_table() {
    let text = read("a.docx", sound_docx());
    let found = lines(&text);
    assert_eq!(
        found[..4],
        [
            (TITLE, Role::Heading(1)),
            (HEADING, Role::Heading(2)),
            (FIRST, Role::Paragraph),
            (SECOND, Role::Paragraph),
        ]
    );
    assert_eq!(found[4].0, "姓名\t单位\t车位");
    assert_eq!(found[5].0, "张三\t市教育局\t100");
    assert!(matches!(found[5].1, Role::Row { .. }), "{:?}", found[5]);
}

#[test]
fn a_docx_that_is_deflated_reads_as_one_that_is_stored() {
    let document = docx_document(&docx_paragraph("1", TITLE));
    let deflated = deflate(document.as_bytes());
    let size = document.len() as u32;
    let packed = files::archive(&[("word/document.xml", &deflated, 8, size)]);
    assert_eq!(read("a.docx", packed).text, format!("{TITLE}\n"));
}

#[test]
fn the_title_of_a_page_may_stand_before_the_element_of_its_text() {
    let text = format!("<p>{FIRST}</p><p>{SECOND}</p>").repeat(3);
    let menu = "<div class=\"top\"><a href=\"/\">网站首页</a> <a href=\"/b\">办事</a></div>";
    let said = "<div class=\"info\">2024-02-20 来源：市委改革办</div>";
    for (head, body) in [
        // An element that is named so; the head names the column.
        (
            "公告详情",
            format!("<div class=\"title\">{TITLE}</div>{said}<div class=\"txt\">{text}</div>"),
        ),
        (
            "公告详情",
            format!("<div class=\"xl-bt\">{TITLE}</div>{said}<div id=\"zoom\">{text}</div>"),
        ),
        // What the head says, printed without a name.
        (
            TITLE,
            format!("<div><span>{TITLE}</span></div>{said}<div id=\"zoom\">{text}</div>"),
        ),
        // Tables that place things on the page, as of twenty years ago.
        (
            "政务公开",
            format!(
                "<table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>\
                 <tr><td align=center>发布时间：2024-2-20 <a href=\"#\">打印本页</a></td></tr>\
                 <tr><td class=content>{text}</td></tr></table>"
            ),
        ),
    ] {
        let page = format!(
            "<html><head><meta charset=\"utf-8\"><title>{head}</title></head>\
             <body>{menu}<div class=\"main\">{body}</div></body></html>"
        );
        let read = read("a.html", page.clone().into_bytes());
        assert_eq!(lines(&read)[0], (TITLE, Role::Title), "{page}");
        assert_eq!(read.text.matches(TITLE).count(), 1, "{page}");
        assert_eq!(read.structure.properties.title.as_deref(), Some(TITLE));
        let left_out = read.structure.left_out.concat();
        assert!(left_out.contains("网站首页") && !left_out.contains(TITLE));
    }
    // A heading of a column beside the text is none of the text's.
    let page = format!(
        "<html><body>{menu}<div class=\"box-title\"><a href=\"/c\">通知公告更多</a></div>\
         <div class=\"txt\">{text}</div></body></html>"
    );
    assert_eq!(lines(&read("a.html", page.into_bytes()))[0].0, FIRST);
}

#[test]
fn an_html_page_gives_its_main_text_without_what_is_around_it() {
    let menu: String = (0..12)
        .map(|at| format!("<li><a href=\"/{at}\">栏目{at}</a></li>"))
        .collect();
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{TITLE}</title>\
         <script>var x = '不是正文';</script><style>p {{ color: red }}</style></head>\
         <body><nav><ul>{menu}</ul></nav><div class=\"article\"><h1>{TITLE}</h1><h2>{HEADING}</h2>\
         <p>{FIRST}</p><p>{SECOND}<br>另起一行。</p>\
         <table><tr><th>姓名</th><th>单位</th></tr><tr><td>张三</td><td>市教育局</td></tr></table></div>\
         <footer><a href=\"/about\">关于我们</a> <a href=\"/map\">网站地图</a></footer></body></html>"
    );
    for (name, bytes) in [
        ("a.html", page.clone().into_bytes()),
        // As an office of twenty years ago saved it.
        (
            "b.html",
            encoding_rs::GB18030
                .encode(&page.replace("utf-8", "gb2312"))
                .0
                .into_owned(),
        ),
    ] {
        let text = read(name, bytes);
        for part in [
            TITLE,
            HEADING,
            FIRST,
            SECOND,
            "另起一行。",
            "姓名\t单位",
            "张三\t市教育局",
        ] {
            let line = text.text.lines().any(|line| line == part);
            assert!(line, "{name}: {part} in {}", text.text);
        }
        for part in ["不是正文", "color", "栏目3", "网站地图"] {
            assert!(!text.text.contains(part), "{name}: {part} in {}", text.text);
        }
        let left_out = text.structure.left_out.concat();
        assert!(left_out.contains("栏目3"), "{name}: {left_out}");
        let heading = lines(&text).into_iter().find(|(line, _)| *line == HEADING);
        assert_eq!(heading, Some((HEADING, Role::Heading(2))), "{name}");
    }
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine() {
    let chapters = [
        format!("<h1>{HEADING}</h1><p>{FIRST}</p>"),
        format!("<h1>书香快递</h1><p>{SECOND}</p>"),
    ];
    let text = read("a.epub", epub(&[&chapters[0], &chapters[1]]));
    assert_eq!(
        lines(&text),
        [
            (HEADING, Role::Heading(1)),
            (FIRST, Role::Paragraph),
            ("书香快递", Role::Heading(1)),
            (SECOND, Role::Paragraph),
        ]
    );
    let properties = &text.structure.properties;
    assert_eq!(
        properties.title.as_deref(),
        Some(TITLE.trim_end_matches("汇编"))
    );
    assert_eq!(properties.publisher.as_deref(), Some("示例出版社"));
    assert_eq!(properties.date.as_deref(), Some("2021-06"));
}

#[test]
fn a_pdf_whose_codes_mean_nothing_is_read_by_its_own_table() {
    let first: &[(&str, u32)] = &[(TITLE, 22), (HEADING, 16), (FIRST, 12), (SECOND, 12)];
    let text = read("a.pdf", pdf(&[first, &[("第二页的一句话。", 12)]]));
    for part in [TITLE, HEADING, FIRST, SECOND, "第二页的一句话。"] {
        assert!(text.text.contains(part), "{part} in {}", text.text);
    }
    let at = |part: &str| text.text.find(part);
    assert!(at(TITLE) < at(HEADING) && at(HEADING) < at(FIRST) && at(FIRST) < at(SECOND));
    assert_eq!(text.structure.undecoded.count, 0);
}

#[test]
fn a_pdf_without_text_says_how_many_pages_it_has() {
    let pages = formats::read("a.pdf", pdf(&[&[], &[], &[]]), None);
    assert_eq!(pages, Err(Refusal::NoText { pages: 3 }));
}

#[test]
fn rtf_and_markdown_keep_their_paragraphs() {
    let text = read("a.rtf", rtf(&[TITLE, FIRST, SECOND]));
    assert_eq!(
        text.text.lines().collect::<Vec<_>>(),
        [TITLE, FIRST, SECOND]
    );
    let markdown = format!("# {TITLE}\n\n## {HEADING}\n\n{FIRST}\n\n- {SECOND}\n");
    let text = read("a.md", markdown.into_bytes());
    let found = lines(&text);
    assert!(found.contains(&(TITLE, Role::Heading(1))), "{found:?}");
    assert!(found.contains(&(HEADING, Role::Heading(2))), "{found:?}");
    assert!(found.contains(&(FIRST, Role::Paragraph)), "{found:?}");
}

#[test]
fn every_encoding_reads_as_the_same_text() {
    let simplified = format!("{TITLE}\n{FIRST}\n{SECOND}\n");
    let traditional =
        "示例市改革案例彙編\n湖心區政府把機關車位向居民開放，全年騰出車位三千個。\n".repeat(4);
    let utf16 = |big: bool| {
        let mark: &[u8] = if big { &[0xFE, 0xFF] } else { &[0xFF, 0xFE] };
        let units = simplified.encode_utf16().flat_map(move |unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        });
        [mark.to_vec(), units.collect()].concat()
    };
    let simplified_bytes = simplified.clone().into_bytes();
    for (bytes, encoding, expected) in [
        (simplified_bytes.clone(), Encoding::Utf8, &simplified),
        (
            [b"\xEF\xBB\xBF".to_vec(), simplified_bytes].concat(),
            Encoding::Utf8,
            &simplified,
        ),
        (utf16(true), Encoding::Utf16Be, &simplified),
        (utf16(false), Encoding::Utf16Le, &simplified),
        (
            encoding_rs::GB18030.encode(&simplified).0.into_owned(),
            Encoding::Gb18030,
            &simplified,
        ),
        (
            encoding_rs::BIG5.encode(&traditional).0.into_owned(),
            Encoding::Big5,
            &traditional,
        ),
    ] {
        let text = read("a.txt", bytes);
        assert_eq!(text.text, *expected, "{encoding:?}");
        assert_eq!(text.structure.encoding, Some(encoding));
        assert_eq!(text.structure.undecoded.count, 0, "{encoding:?}");
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflated.write_all(bytes).expect("memory takes everything");
    deflated.finish().expect("memory takes everything")
}

/// A PDF whose first page's contents are these bytes.
fn pdf_of(content: &str) -> Vec<u8> {
    let sound = String::from_utf8(pdf(&[&[("字", 12)]])).expect("it is ASCII");
    let start = sound.find("BT\n").expect("it has a text");
    let end = start + sound[start..].find("\nendstream").expect("and its end");
    // The table of places is wrong then, and readers look for the objects themselves.
    format!("{}{content}{}", &sound[..start], &sound[end..]).into_bytes()
}

/// Files that were made to do harm, by name.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let spaces = deflate(&vec![b' '; 80 << 20]);
    let bomb = |size| files::archive(&[("word/document.xml", &spaces, 8, size)]);
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}x{}", open.repeat(times), close.repeat(times))
    };
    let tables = deep(
        "<w:tbl><w:tr><w:tc><w:p/>",
        "</w:tc></w:tr></w:tbl>",
        50_000,
    );
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\
                    <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><x>&c;</x>";
    let itself = "<< /Type /Pages /Count 1 /Kids [2 0 R] >>";
    let cycle = String::from_utf8(pdf(&[&[("字", 12)]])).expect("it is ASCII");
    let kids = cycle.find("<< /Type /Pages").expect("it has pages");
    let end = kids + cycle[kids..].find("\nendobj").expect("and their end");
    let cycle = format!("{}{itself}{}", &cycle[..kids], &cycle[end..]);
    let html = |body: String| format!("<html><body>{body}</body></html>").into_bytes();
    vec![
        ("bomb.docx", bomb(80 << 20)),
        ("bomb that lies.docx", bomb(10)),
        ("deep.docx", docx_of(docx_document(&tables).as_bytes())),
        ("entities.docx", docx_of(entities.as_bytes())),
        (
            "no document.docx",
            files::stored(&[("word/styles.xml", b"<x/>")]),
        ),
        ("deep.html", html(deep("<div>", "</div>", 200_000))),
        ("open.html", html("<b><i><a><table>".repeat(50_000))),
        (
            "attribute.html",
            html(format!("<p title=\"{}\">x", "a".repeat(4 << 20))),
        ),
        (
            "deep.epub",
            epub(&[&deep("<section>", "</section>", 100_000)]),
        ),
        ("no spine.epub", epub(&[])),
        ("deep.rtf", deep("{", "}", 1_000_000).into_bytes()),
        (
            "deeper.rtf",
            format!("{{\\rtf1 {}", "{\\b ".repeat(500_000)).into_bytes(),
        ),
        ("binary.rtf", b"{\\rtf1 \\bin2147483647 x}".to_vec()),
        (
            "deep.md",
            format!("{}x\n", "> ".repeat(100_000)).into_bytes(),
        ),
        ("links.md", "[".repeat(200_000).into_bytes()),
        ("deep.pdf", pdf_of(&format!("{} Tj", "[".repeat(200_000)))),
        ("cycle.pdf", cycle.into_bytes()),
        (
            "numbers.pdf",
            pdf_of("BT /F1 1e308 Tf 1e308 0 0 1e308 1e308 -1e308 Tm <0001> Tj ET"),
        ),
        ("empty.pdf", b"%PDF-1.7\n".to_vec()),
        ("zeros.docx", vec![0; 1 << 20]),
    ]
}

/// Sound documents with the end of their names.
fn sound() -> Vec<(&'static str, Vec<u8>)> {
    let chapter = format!("<h1>{HEADING}</h1><p>{FIRST}</p>");
    vec![
        ("docx", sound_docx()),
        (
            "html",
            format!("<h1>{TITLE}</h1><p>{FIRST}</p>").into_bytes(),
        ),
        ("epub", epub(&[&chapter])),
        ("pdf", pdf(&[&[(TITLE, 22), (FIRST, 12)]])),
        ("rtf", rtf(&[TITLE, FIRST])),
        ("md", format!("# {TITLE}\n\n{FIRST}\n").into_bytes()),
    ]
}

/// Writes files to a folder with a sound document beside them, and checks the folder.
/// Returns the names of the documents that were read and of those that were not.
fn checked(files: &[(String, Vec<u8>)]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    };
    write(
        "sound.txt",
        format!("{TITLE}\n{FIRST}\n{SECOND}\n").as_bytes(),
    );
    files.iter().for_each(|(name, bytes)| write(name, bytes));
    let ran = anli([
        "--seeds",
        &folder.path().to_string_lossy(),
        "check",
        "--json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for line in ran.stdout.lines() {
        let object: Value = serde_json::from_str(line).expect("a line is JSON");
        let name = |key: &str| object[key].as_str().map(str::to_owned);
        read.extend(name("document"));
        if let Some(path) = name("unread") {
            let why = object["why"].as_str().unwrap_or_default();
            assert!(!why.is_empty(), "{line}");
            let name = path.rsplit('/').next().unwrap_or_default();
            unread.push(name.to_owned());
        }
    }
    assert!(read.contains(&"sound.txt".to_owned()), "{read:?}");
    (read, unread)
}

#[test]
fn no_hostile_file_stops_the_program_or_hides_another() {
    let files: Vec<_> = hostile()
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .collect();
    let (read, unread) = checked(&files);
    for (name, _) in &files {
        let is_told = read.contains(name) != unread.contains(name);
        assert!(is_told, "{name}: {read:?} {unread:?}");
    }
    // What grows out of all proportion, or holds no document, gives no text.
    for name in [
        "bomb.docx",
        "bomb that lies.docx",
        "no document.docx",
        "empty.pdf",
    ] {
        assert!(unread.contains(&name.to_owned()), "{name}: {unread:?}");
    }
}

#[test]
fn a_document_that_is_cut_short_is_read_as_far_as_it_goes_or_named() {
    let mut files = Vec::new();
    for (end, bytes) in sound() {
        let parts = 12;
        for part in 1..parts {
            let cut = bytes.len() * part / parts;
            files.push((format!("{part:02}.{end}"), bytes[..cut].to_vec()));
        }
        // A byte that a disk has lost.
        let mut damaged = bytes.clone();
        damaged[bytes.len() / 2] ^= 0x55;
        files.push((format!("damaged.{end}"), damaged));
        files.push((format!("whole.{end}"), bytes));
    }
    let (read, unread) = checked(&files);
    for (name, _) in &files {
        let is_told = read.contains(name) != unread.contains(name);
        assert!(is_told, "{name}: {read:?} {unread:?}");
    }
    for (end, _) in sound() {
        assert!(read.contains(&format!("whole.{end}")), "{end}: {unread:?}");
    }
}
