//! Books (EPUB 3.3 and 2.0.1): the chapters in the order of the spine.

use super::builder::Builder;
use super::xml::{Node, walk};
use super::zip::Archive;
use super::{Format, Properties, Refusal, Structure, Text, html, iso_date};

/// No book has more chapters than this.
const MOST_CHAPTERS: usize = 5_000;

/// A file of the book.
#[derive(Debug)]
struct ManifestItem {
    id: String,
    path: String,
    is_navigation: bool,
}

/// The package document.
#[derive(Debug, Default)]
struct Package {
    items: Vec<ManifestItem>,
    /// Ids of the chapters.
    spine: Vec<String>,
    properties: Properties,
}

/// Reads the bytes of a book.
pub fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if archive.has("META-INF/rights.xml") {
        return Err(Refusal::Encrypted);
    }
    let container = archive
        .read("META-INF/container.xml")?
        .ok_or(Refusal::Damaged("META-INF/container.xml".into()))?;
    let mut path = None;
    walk(container, "META-INF/container.xml", |node| {
        if let Node::Open("rootfile", attributes) = node {
            path = path.take().or_else(|| attributes.get("full-path"));
        }
    })?;
    let path = path.ok_or(Refusal::Damaged("META-INF/container.xml".into()))?;
    let package = archive.read(&path)?.ok_or(Refusal::Damaged("OPF".into()))?;
    let package = Package::read(package, &path)?;
    let mut builder = Builder::default();
    let mut in_front = true;
    for id in package.spine.iter().take(MOST_CHAPTERS) {
        let item = package.items.iter().find(|item| item.id == *id);
        let Some(item) = item.filter(|item| !item.is_navigation) else {
            continue;
        };
        let Some(chapter) = archive.read(&item.path)? else {
            continue;
        };
        if html::is_contents(chapter.clone()) {
            continue;
        }
        let start = builder.mark();
        let is_title_page = html::is_title_page(&chapter);
        html::append(chapter, &mut builder);
        // Cover and title page come before all else, and head no part of the book.
        in_front &= is_title_page || builder.is_title_page(start);
        if in_front {
            builder.without_headings(start);
        }
    }
    let (text, lines) = builder.finish()?;
    Ok(Text {
        text,
        structure: Structure {
            format: Format::Epub,
            lines,
            properties: package.properties,
            ..Structure::default()
        },
    })
}

impl Package {
    fn read(bytes: Vec<u8>, path: &str) -> Result<Self, Refusal> {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        let mut package = Self::default();
        let mut field = String::new();
        let mut modified = None;
        walk(bytes, "OPF", |node| match node {
            Node::Open("item", attributes) => {
                let get = |name| attributes.get(name).unwrap_or_default();
                let properties = get("properties");
                package.items.push(ManifestItem {
                    id: get("id"),
                    path: resolved(folder, &get("href")),
                    is_navigation: properties.split(' ').any(|word| word == "nav"),
                });
            }
            Node::Open("itemref", attributes) => {
                if attributes.get("linear").as_deref() != Some("no") {
                    package.spine.extend(attributes.get("idref"));
                }
            }
            Node::Open("meta", attributes) => {
                let property = attributes.get("property").unwrap_or_default();
                field = property.replace("dcterms:", "");
            }
            Node::Open(name, _) => field = name.to_owned(),
            Node::Close(_) => field.clear(),
            Node::Text(text) => {
                let own = &mut package.properties;
                if field == "modified" {
                    modified.get_or_insert_with(|| text.trim().to_owned());
                    return;
                }
                let value = match field.as_str() {
                    "title" => &mut own.title,
                    "date" => &mut own.date,
                    "publisher" => &mut own.publisher,
                    _ => return,
                };
                if value.is_none() && !text.trim().is_empty() {
                    *value = Some(text.trim().to_owned());
                }
            }
        })?;
        let date = package.properties.date.take();
        // Programs without a date of publication put in when they made the file.
        let date = date.filter(|date| modified.as_deref() != Some(date));
        package.properties.date = date.and_then(|date| iso_date(&date));
        Ok(package)
    }
}

/// The path in the archive of a reference beside the package document.
fn resolved(folder: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let joined = format!("{folder}{}", percent_decoded(reference));
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let decoded = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (byte, decoded) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            (byte, _) => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
