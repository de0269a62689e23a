//! The tags and characters of an XML part, one after the other. Entities other than
//! the five of XML and character references read as nothing, so none can expand.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Refusal, decode};

/// Elements nested deeper than this make a document damaged.
const DEEPEST: usize = 400;

/// One tag, or characters between tags. Names are without their prefix.
#[derive(Debug)]
pub enum Node<'a> {
    Open(&'a str, Attributes<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// The attributes of a tag.
#[derive(Debug)]
pub struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute, by its name without prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let own = |attribute: &quick_xml::events::attributes::Attribute| {
            attribute.key.local_name().as_ref() == name
        };
        let value = attributes.into_iter().find(own)?.value;
        let unescaped = quick_xml::escape::unescape(&value).map(Cow::into_owned);
        Some(unescaped.unwrap_or_else(|_| value.into_owned()))
    }

    /// The value of an attribute that is a switch: absent, `0`, `false` and `off`
    /// switch it off when it is `val` of an element that is there.
    pub fn is_on(&self) -> bool {
        !matches!(
            self.get("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

/// Calls `each` with every tag and every run of characters of a part.
///
/// # Errors
///
/// If the part is no well-formed XML, or nested too deep; what came before was
/// passed on.
pub fn walk(bytes: Vec<u8>, part: &'static str, mut each: impl FnMut(Node)) -> Result<(), Refusal> {
    let text = decode(bytes, None).text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader
            .read_event()
            .map_err(|_| Refusal::Damaged(part.into()))?
        {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Refusal::TooDeep);
                }
                let name = tag.local_name();
                each(Node::Open(name.as_ref(), Attributes(&tag)));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                each(Node::Close(tag.local_name().as_ref()));
            }
            Event::Text(text) => each(Node::Text(text.as_ref())),
            Event::CData(text) => each(Node::Text(text.as_ref())),
            Event::GeneralRef(reference) => {
                let mut buffer = [0; 4];
                let character =
                    reference
                        .resolve_char_ref()
                        .ok()
                        .flatten()
                        .or(match reference.as_ref() {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        });
                if let Some(c) = character {
                    each(Node::Text(c.encode_utf8(&mut buffer)));
                }
            }
            Event::Eof => return Ok(()),
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}
