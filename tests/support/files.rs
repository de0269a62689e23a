//! Files of the formats that are read beside plain text, put together byte by byte.

#![allow(dead_code, reason = "each program that makes files uses its own part")]

/// A ZIP archive of parts, each with its contents as they stand in the file, the method
/// by which they are packed (0 or 8), and the size that it claims for them.
pub fn archive(parts: &[(&str, &[u8], u16, u32)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, data, method, size) in parts {
        let header = bytes.len() as u32;
        let mut common = Vec::new();
        common.extend([20, 0, 0, 8]);
        common.extend(method.to_le_bytes());
        // Nobody's date, and no check sum: readers of documents look at neither.
        common.extend([0; 8]);
        common.extend((data.len() as u32).to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(*data);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(header.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = bytes.len() as u32;
    let count = (parts.len() as u16).to_le_bytes();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// An archive of parts that are stored as they are.
pub fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let parts = parts
        .iter()
        .map(|&(name, data)| (name, data, 0, data.len() as u32));
    archive(&parts.collect::<Vec<_>>())
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>
</w:styles>"#;

/// A DOCX whose document part is this.
pub fn docx_of(document: &[u8]) -> Vec<u8> {
    stored(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/document.xml", document),
    ])
}

/// The document part of a DOCX with this body.
pub fn docx_document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    )
}

/// A paragraph of a DOCX, in a style; the empty style is none.
pub fn docx_paragraph(style: &str, text: &str) -> String {
    let style = match style {
        "" => String::new(),
        style => format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#),
    };
    format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

const CONTAINER: &str = r#"<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// An EPUB with these chapters, each the contents of a page's body, read in the order
/// given and stored in the opposite one.
pub fn epub(chapters: &[&str]) -> Vec<u8> {
    let mut items = String::new();
    let mut spine = String::new();
    let mut pages = Vec::new();
    for (number, chapter) in chapters.iter().enumerate() {
        items += &format!(
            r#"<item id="c{number}" href="c{number}.xhtml" media-type="application/xhtml+xml"/>"#
        );
        spine += &format!(r#"<itemref idref="c{number}"/>"#);
        let page = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{chapter}</body></html>"#
        );
        pages.push((format!("OEBPS/c{number}.xhtml"), page));
    }
    let package = format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>示例市改革案例</dc:title><dc:publisher>示例出版社</dc:publisher><dc:date>2021-06</dc:date></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
    ];
    let pages = pages.iter().rev();
    parts.extend(pages.map(|(name, page)| (name.as_str(), page.as_bytes())));
    stored(&parts)
}

/// A PDF of one page a list of lines, each with its size in points, set in one font
/// whose codes mean nothing without its own table.
pub fn pdf(pages: &[&[(&str, u32)]]) -> Vec<u8> {
    let mut characters: Vec<char> = Vec::new();
    let mut contents = Vec::new();
    for lines in pages {
        let mut content = String::from("BT\n");
        let mut top = 780;
        for (text, size) in *lines {
            let codes: String = text
                .chars()
                .map(|c| {
                    let known = characters.iter().position(|&known| known == c);
                    let code = known.unwrap_or_else(|| {
                        characters.push(c);
                        characters.len() - 1
                    });
                    format!("{:04X}", code + 1)
                })
                .collect();
            content += &format!("/F1 {size} Tf 1 0 0 1 72 {top} Tm <{codes}> Tj\n");
            top -= size + size / 2;
        }
        content += "ET";
        contents.push(content);
    }
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    for (at, run) in characters.chunks(100).enumerate() {
        map += &format!("{} beginbfchar\n", run.len());
        for (offset, c) in run.iter().enumerate() {
            let code = at * 100 + offset + 1;
            let units: String = c
                .encode_utf16(&mut [0; 2])
                .iter()
                .map(|unit| format!("{unit:04X}"))
                .collect();
            map += &format!("<{code:04X}> <{units}>\n");
        }
        map += "endbfchar\n";
    }
    map += "endcmap end";
    let first = 7;
    let kids: String = (0..pages.len())
        .map(|page| format!("{} 0 R ", first + 2 * page))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 6 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 >>".to_owned(),
    ];
    for (page, content) in contents.iter().enumerate() {
        let content_at = first + 2 * page + 1;
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {content_at} 0 R >>"));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let table = bytes.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        end += &format!("{place:010} 00000 n \n");
    }
    end += &format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend(end.bytes());
    bytes
}

/// An RTF whose paragraphs are these; Chinese is written as numbers.
pub fn rtf(paragraphs: &[&str]) -> Vec<u8> {
    let mut text =
        String::from(r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0 SimSun;}}{\info{\title x}}");
    for paragraph in paragraphs {
        text += r"\pard ";
        for c in paragraph.chars() {
            if c.is_ascii() {
                text.push(c);
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    text += &format!("\\u{}?", *unit as i16);
                }
            }
        }
        text += "\\par\n";
    }
    text.push('}');
    text.into_bytes()
}
