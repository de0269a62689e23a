//! A light tree of a page's elements.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements nested deeper are put into the deepest that is allowed.
const DEEPEST: usize = 200;
/// More elements are not read; a page of a million characters has a tenth.
const MOST_NODES: usize = 2_000_000;

/// What a node is.
#[derive(Debug)]
pub enum Kind {
    /// Its name in small letters.
    Element(String),
    Text(String),
}

/// An element or a run of characters.
#[derive(Debug)]
pub struct Node {
    pub kind: Kind,
    pub children: Vec<usize>,
    /// `class` and `id`, in small letters.
    pub names: String,
    pub centred: bool,
    pub hidden: bool,
    /// Whether a link leads nowhere: a button.
    pub is_button: bool,
    /// Whether a link leads to a file to be taken along, such as an annex.
    pub is_file: bool,
    /// How many columns and rows a cell takes.
    pub span: usize,
    pub rows: usize,
    /// The first number of a list.
    pub start: Option<usize>,
}

/// A page.
#[derive(Debug)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub title: String,
    /// Names and contents of `meta` elements.
    pub metas: Vec<(String, String)>,
}

/// Elements without content.
fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that begin a line of their own.
pub fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Elements whose content is never shown.
fn is_silent(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "select"
            | "button"
            | "textarea"
            | "iframe"
            | "object"
            | "svg"
            | "math"
            | "head"
            | "rt"
            | "rp"
            | "audio"
            | "video"
            | "canvas"
    )
}

impl Tree {
    /// The node that all others are in.
    pub const ROOT: usize = 0;

    /// Makes the tree of a page.
    pub fn parse(page: &str) -> Self {
        let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(page));
        // The sink never asks to pause, apart from scripts, after which it goes on.
        while !matches!(
            tokenizer.feed(&queue),
            html5ever::interface::TokenizerResult::Done
        ) {}
        tokenizer.end();
        let building = tokenizer.sink.0.into_inner();
        Self {
            nodes: building.nodes,
            title: building.title,
            metas: building.metas,
        }
    }

    /// Whether a node is an element with this name.
    pub fn is_element(&self, at: usize, tag: &str) -> bool {
        matches!(&self.nodes[at].kind, Kind::Element(own) if own == tag)
    }

    /// The rows of a table, those of tables inside it left out.
    pub fn rows(&self, table: usize) -> Vec<usize> {
        let mut rows = Vec::new();
        for &child in &self.nodes[table].children {
            if self.is_element(child, "tr") {
                rows.push(child);
            } else if ["tbody", "thead", "tfoot"]
                .iter()
                .any(|part| self.is_element(child, part))
            {
                let inside = self.nodes[child].children.iter();
                rows.extend(inside.filter(|&&row| self.is_element(row, "tr")));
            }
        }
        rows
    }

    /// Whether a table holds data: at least two columns, no table inside, and no cell
    /// with the text of a page.
    pub fn is_data(&self, table: usize) -> bool {
        /// Characters of the longest cell.
        const LONGEST: usize = 1500;
        let rows = self.rows(table);
        let cells = |row: &usize| {
            let cells = self.nodes[*row].children.iter();
            cells.filter(|&&cell| self.is_element(cell, "td") || self.is_element(cell, "th"))
        };
        let wide = rows.iter().any(|row| cells(row).count() > 1);
        wide && rows.iter().flat_map(cells).all(|&cell| {
            let mut characters = 0;
            self.all_in(cell, &mut |at| match &self.nodes[at].kind {
                Kind::Element(tag) if tag == "table" => characters += LONGEST + 1,
                Kind::Element(_) => {}
                Kind::Text(text) => characters += text.trim().chars().count(),
            });
            characters <= LONGEST
        })
    }

    /// Calls `each` with a node and all nodes in it, in the order of the page.
    pub fn all_in(&self, at: usize, each: &mut impl FnMut(usize)) {
        each(at);
        for &child in &self.nodes[at].children {
            self.all_in(child, each);
        }
    }
}

/// The tree under way.
#[derive(Debug)]
struct Building {
    nodes: Vec<Node>,
    /// Open elements, the outermost first.
    open: Vec<usize>,
    /// Open elements beyond the deepest.
    beyond: usize,
    /// The element whose content is passed over, and how often it was opened.
    silent: Option<(String, usize)>,
    title: String,
    in_title: bool,
    metas: Vec<(String, String)>,
}

impl Default for Building {
    fn default() -> Self {
        let root = node(Kind::Element("html".to_owned()));
        Self {
            nodes: vec![root],
            open: vec![Tree::ROOT],
            beyond: 0,
            silent: None,
            title: String::new(),
            in_title: false,
            metas: Vec::new(),
        }
    }
}

fn node(kind: Kind) -> Node {
    Node {
        kind,
        children: Vec::new(),
        names: String::new(),
        centred: false,
        hidden: false,
        is_button: false,
        is_file: false,
        span: 1,
        rows: 1,
        start: None,
    }
}

/// Whether a reference names a document or a table, and not a page.
fn is_file(reference: &str) -> bool {
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    matches!(
        end.to_ascii_lowercase().as_str(),
        "pdf"
            | "doc"
            | "docx"
            | "wps"
            | "xls"
            | "xlsx"
            | "et"
            | "ofd"
            | "ppt"
            | "pptx"
            | "zip"
            | "rar"
            | "7z"
    )
}

impl Building {
    fn top(&self) -> usize {
        *self.open.last().expect("the root is never closed")
    }

    fn tag(&self, at: usize) -> &str {
        match &self.nodes[at].kind {
            Kind::Element(tag) => tag,
            Kind::Text(_) => "",
        }
    }

    fn add(&mut self, node: Node) -> Option<usize> {
        if self.nodes.len() >= MOST_NODES {
            return None;
        }
        let at = self.nodes.len();
        self.nodes.push(node);
        let top = self.top();
        self.nodes[top].children.push(at);
        Some(at)
    }

    fn characters(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        } else if self.silent.is_none() {
            let last = self.nodes[self.top()].children.last().copied();
            match last.map(|last| &mut self.nodes[last].kind) {
                Some(Kind::Text(own)) => own.push_str(text),
                _ => drop(self.add(node(Kind::Text(text.to_owned())))),
            }
        }
    }

    fn open(&mut self, tag: &Tag) {
        let name = &*tag.name;
        match &mut self.silent {
            Some((silent, depth)) => {
                *depth += usize::from(silent == name && !tag.self_closing);
                // A head without an end is ended by the body.
                if silent != "head" || !matches!(name, "title" | "meta" | "body") {
                    return;
                }
            }
            None if is_silent(name) && !tag.self_closing => {
                self.silent = Some((name.to_owned(), 1));
                return;
            }
            None => {}
        }
        let attribute = |name: &str| {
            let own = tag.attrs.iter().find(|own| &*own.name.local == name);
            own.map(|own| own.value.to_string())
        };
        match name {
            "title" if self.title.is_empty() => return self.in_title = true,
            "meta" => {
                let names = attribute("name").or_else(|| attribute("property"));
                if let (Some(name), Some(content)) = (names, attribute("content")) {
                    self.metas.push((name, content));
                }
                return;
            }
            "body" => self.silent = None,
            _ => {}
        }
        if self.silent.is_some() {
            return;
        }
        self.close_implied(name);
        let style = attribute("style")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace(' ', "");
        let mut element = node(Kind::Element(name.to_owned()));
        element.names = [attribute("class"), attribute("id")]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
            .to_ascii_lowercase();
        element.centred = name == "center"
            || style.contains("text-align:center")
            || attribute("align").is_some_and(|align| align.eq_ignore_ascii_case("center"));
        element.hidden = style.contains("display:none") || attribute("hidden").is_some();
        element.is_button = name == "a"
            && attribute("href").is_none_or(|href| {
                href.starts_with('#') || href.to_ascii_lowercase().starts_with("javascript:")
            });
        let number = |name: &str| attribute(name).and_then(|value| value.parse().ok());
        element.is_file = name == "a" && attribute("href").is_some_and(|href| is_file(&href));
        element.span = number("colspan").unwrap_or(1);
        element.rows = number("rowspan").unwrap_or(1);
        element.start = number("start");
        let Some(at) = self.add(element) else { return };
        // In HTML a slash at the end of a tag closes nothing; XHTML says what it means.
        let closed =
            is_void(name) || tag.self_closing && matches!(name, "a" | "p" | "span" | "div");
        if closed {
            return;
        }
        if self.open.len() < DEEPEST {
            self.open.push(at);
        } else {
            self.beyond += 1;
        }
    }

    /// Closes what an element that begins ends without saying so.
    fn close_implied(&mut self, name: &str) {
        let (closed, stop): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            name if is_block(name) && name != "html" && name != "body" => {
                // A block ends a paragraph, but not one outside of a cell.
                (&["p"], &["td", "th", "table", "div", "li", "body"])
            }
            _ => return,
        };
        let mut cut = None;
        for (depth, &at) in self.open.iter().enumerate().skip(1).rev() {
            let tag = self.tag(at);
            if closed.contains(&tag) {
                cut = Some(depth);
            }
            if stop.contains(&tag) {
                break;
            }
        }
        if let Some(depth) = cut {
            self.open.truncate(depth);
            self.beyond = 0;
        }
    }

    fn close(&mut self, name: &str) {
        if name == "title" && self.in_title {
            self.in_title = false;
            return;
        }
        if let Some((silent, depth)) = &mut self.silent {
            if silent == name {
                *depth -= 1;
                if *depth == 0 {
                    self.silent = None;
                }
            }
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let barrier = matches!(name, "td" | "th" | "tr" | "table" | "tbody");
        for depth in (1..self.open.len()).rev() {
            let tag = self.tag(self.open[depth]);
            if tag == name {
                self.open.truncate(depth);
                return;
            }
            // An end tag in a cell closes nothing outside of it.
            if !barrier && matches!(tag, "td" | "th" | "table") {
                return;
            }
        }
    }
}

/// What the tokenizer gives its tokens to.
#[derive(Default)]
struct Sink(RefCell<Building>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut building = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => building.characters(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                building.open(&tag);
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(ScriptData),
                    "style" | "iframe" | "noframes" | "xmp" => TokenSinkResult::RawData(Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::TagToken(tag) => building.close(&tag.name),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}
