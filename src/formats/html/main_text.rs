//! Which part of a page is its main text.
//!
//! The main text is in the deepest element that holds most of the page's text that is
//! no link. Inside it, what is made of links, or is named as navigation, is left out.

use super::tree::{Kind, Tree};

/// The element of the main text holds at least so much of the text, in hundredths.
const SHARE: usize = 60;

/// A page with less text that is no link, in characters, is a list of links, and they
/// are its text.
const LEAST: usize = 40;

/// The part of a page that is shown.
#[derive(Debug)]
pub struct Chosen {
    pub root: usize,
    /// Nodes in it that are not shown.
    pub left_out: Vec<usize>,
}

/// How many characters of a node are text, and how many of them are in links; white
/// space and ASCII signs aside.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    text: usize,
    links: usize,
    buttons: usize,
}

impl Weight {
    fn own(self) -> usize {
        self.text - self.links
    }
}

/// Chooses the main text.
pub fn choose(tree: &Tree) -> Chosen {
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    weigh(tree, Tree::ROOT, &mut weights);
    let all = weights[Tree::ROOT];
    let is_list = all.own() < LEAST && all.links >= all.own();
    let article = article(tree, &weights);
    if is_list {
        let root = article.unwrap_or(Tree::ROOT);
        return chosen(tree, root, &weights, Links::AreText);
    }
    if let Some(root) = article {
        return chosen(tree, root, &weights, Links::AreText);
    }
    let mut root = Tree::ROOT;
    'deeper: loop {
        for &child in &tree.nodes[root].children {
            let enough = weights[child].own() * 100 >= all.own() * SHARE;
            // A table, a list or a heading with most of the text is part of a page, not one.
            let part = [
                "table",
                "tbody",
                "tr",
                "ul",
                "ol",
                "p",
                "blockquote",
                "pre",
                "h1",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
            ];
            let whole = matches!(&tree.nodes[child].kind,
                Kind::Element(tag) if !part.contains(&tag.as_str()) || is_layout(tree, child));
            if enough && whole {
                root = child;
                continue 'deeper;
            }
        }
        break;
    }
    // The title may be beside the element that holds the text, in one that holds both.
    let root = with_title(tree, root);
    chosen(tree, root, &weights, Links::Surround)
}

/// What a block of links is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Links {
    /// Navigation, as anywhere on a page.
    Surround,
    /// A part of the text: in an article, or on a page of links.
    AreText,
}

fn chosen(tree: &Tree, root: usize, weights: &[Weight], links: Links) -> Chosen {
    let mut left_out = Vec::new();
    let most = weights[root].own() / 2;
    for &child in &tree.nodes[root].children {
        prune(tree, child, weights, links, most, &mut left_out);
    }
    Chosen { root, left_out }
}

/// The only `article` of a page, if it has half of the page's text and its heading.
fn article(tree: &Tree, weights: &[Weight]) -> Option<usize> {
    let mut articles = Vec::new();
    let (mut headings, mut inside) = (0, 0);
    tree.all_in(Tree::ROOT, &mut |at| {
        if tree.is_element(at, "article") {
            articles.push(at);
        }
        headings += usize::from(tree.is_element(at, "h1"));
    });
    let [article] = articles[..] else { return None };
    tree.all_in(article, &mut |at| {
        inside += usize::from(tree.is_element(at, "h1"));
    });
    let enough = weights[article].own() * 2 >= weights[Tree::ROOT].own();
    (enough && inside == headings).then_some(article)
}

/// Whether a page prints its title nowhere but in its head: it has no heading, and no
/// line begins with the title or is the beginning of it.
pub fn is_only_title(tree: &Tree, title: &str) -> bool {
    let title = letters(title);
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let names_nothing = title.starts_with("无标题")
        || title.starts_with("新建")
        || ["网", "网站", "首页", "门户", "平台"]
            .iter()
            .any(|end| title.ends_with(end));
    if title.chars().filter(|c| is_han(*c)).count() < 3 || names_nothing {
        return false;
    }
    let (mut headings, mut text) = (false, String::new());
    tree.all_in(Tree::ROOT, &mut |at| match &tree.nodes[at].kind {
        Kind::Element(tag) => headings |= matches!(tag.as_bytes(), [b'h', b'1'..=b'6']),
        Kind::Text(own) => text += &letters(own),
    });
    !headings && !text.contains(&title)
}

/// A title is no longer, in characters.
const LONGEST_TITLE: usize = 80;

/// Number of ancestors of the main text that are searched for a title before it.
const NEAR: usize = 4;

/// Names that sites give the element of a title.
const TITLES: [&str; 6] = ["title", "tit", "bt", "biaoti", "headline", "subject"];

/// The title that a page prints near the main text, before the element that holds it;
/// `head` is what its head says.
pub fn title_before(tree: &Tree, root: usize, head: Option<&str>) -> Option<String> {
    if has_heading(tree, root) {
        return None;
    }
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    weigh(tree, Tree::ROOT, &mut weights);
    let head = head.map(letters).unwrap_or_default();
    let text = letters(&text_of(tree, root));
    let is_title = |at: usize| {
        let (node, weight) = (&tree.nodes[at], weights[at]);
        let Kind::Element(_) = &node.kind else {
            return None;
        };
        if weight.links > 0 || !(4..=LONGEST_TITLE).contains(&weight.text) {
            return None;
        }
        let title = text_of(tree, at);
        let own = letters(&title);
        let is_named = node
            .names
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|name| TITLES.iter().any(|title| name.ends_with(title)));
        let is_in_head = !own.is_empty() && own == head;
        let is_large = node.centred && {
            let mut found = false;
            tree.all_in(at, &mut |inside| {
                let large = ["b", "strong", "font", "h2", "h3"];
                found |= large.iter().any(|tag| tree.is_element(inside, tag))
                    && weights[inside].text == weight.text;
            });
            found
        };
        let is_one = is_named || is_in_head || is_large;
        (is_one && !text.starts_with(&own)).then_some(title)
    };
    let mut path = Vec::new();
    path_to(tree, Tree::ROOT, root, &mut path);
    path.push(root);
    for around in path.windows(2).rev().take(NEAR) {
        let [parent, child] = *around else { continue };
        let children = &tree.nodes[parent].children;
        let place = children.iter().position(|&at| at == child).unwrap_or(0);
        for &at in children[..place].iter().rev() {
            let mut found = None;
            tree.all_in(at, &mut |inside| {
                found = found.take().or_else(|| is_title(inside));
            });
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// The text of a node on one line.
fn text_of(tree: &Tree, at: usize) -> String {
    let mut words = Vec::new();
    tree.all_in(at, &mut |node| {
        if let Kind::Text(text) = &tree.nodes[node].kind {
            words.extend(text.split_whitespace());
        }
    });
    words.join(" ")
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether most of a page's text is links.
pub fn is_links(tree: &Tree) -> bool {
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    weigh(tree, Tree::ROOT, &mut weights);
    let all = weights[Tree::ROOT];
    all.text > 0 && all.links * 10 >= all.text * 7
}

/// Whether a table, or a part of one, only places things on the page.
fn is_layout(tree: &Tree, at: usize) -> bool {
    let table = tree.is_element(at, "table");
    let part = tree.is_element(at, "tbody") || tree.is_element(at, "tr");
    table && !tree.is_data(at) || part
}

/// The parent of `root` that holds the page's first heading as well, where it is near.
fn with_title(tree: &Tree, root: usize) -> usize {
    if has_heading(tree, root) || !has_heading(tree, Tree::ROOT) {
        return root;
    }
    let mut path = Vec::new();
    path_to(tree, Tree::ROOT, root, &mut path);
    path.into_iter()
        .rev()
        .take(3)
        .find(|&at| has_heading(tree, at))
        .filter(|&at| !tree.is_element(at, "body") && at != Tree::ROOT)
        .unwrap_or(root)
}

fn has_heading(tree: &Tree, at: usize) -> bool {
    let mut found = false;
    tree.all_in(at, &mut |node| found |= tree.is_element(node, "h1"));
    found
}

/// The nodes from `at` down to, not including, `goal`.
fn path_to(tree: &Tree, at: usize, goal: usize, path: &mut Vec<usize>) -> bool {
    if at == goal {
        return true;
    }
    path.push(at);
    let found = tree.nodes[at]
        .children
        .iter()
        .any(|&child| path_to(tree, child, goal, path));
    if !found {
        path.pop();
    }
    found
}

fn weigh(tree: &Tree, at: usize, weights: &mut [Weight]) -> Weight {
    let node = &tree.nodes[at];
    let mut weight = Weight::default();
    if node.hidden {
        return weight;
    }
    if let Kind::Text(text) = &node.kind {
        weight.text = text.chars().filter(|c| c.is_alphanumeric()).count();
    }
    for &child in &node.children {
        let inside = weigh(tree, child, weights);
        weight.text += inside.text;
        weight.links += inside.links;
        weight.buttons += inside.buttons;
    }
    // The name of a file beside the text is a part of it: its annex.
    if tree.is_element(at, "a") && !node.is_file {
        weight.links = weight.text;
        weight.buttons = if node.is_button { weight.text } else { 0 };
    }
    weights[at] = weight;
    weight
}

/// Names under which sites put what surrounds a text.
const AROUND: [&str; 16] = [
    "nav",
    "breadcrumb",
    "crumb",
    "footer",
    "share",
    "sidebar",
    "pagination",
    "pager",
    "toolbar",
    "qrcode",
    "copyright",
    "related",
    "recommend",
    "comment",
    "bdsharebuttonbox",
    "weizhi",
];

/// Leaves out what surrounds the text; what has more than `most` of it never does.
fn prune(
    tree: &Tree,
    at: usize,
    weights: &[Weight],
    links: Links,
    most: usize,
    left_out: &mut Vec<usize>,
) {
    let node = &tree.nodes[at];
    let Kind::Element(tag) = &node.kind else {
        return;
    };
    let weight = weights[at];
    let named = node
        .names
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|name| AROUND.contains(&name));
    // A name alone may mislead: a text with few links is a text.
    let surrounds = named && (weight.links * 3 > weight.text || weight.text < LEAST);
    let linked = links == Links::Surround && weight.links * 2 > weight.text && weight.text > 0;
    // What is said beside a text is said in it.
    let aside = tag == "aside" && weight.links * 3 > weight.text;
    // Links inside sentences and in tables are part of them.
    let whole = super::tree::is_block(tag) && !matches!(tag.as_str(), "td" | "th" | "tr" | "tbody");
    let heading = matches!(tag.as_bytes(), [b'h', b'1'..=b'6']);
    let buttons = weight.buttons > 0 && weight.buttons == weight.links && weight.own() < 10;
    let around = matches!(tag.as_str(), "nav" | "footer" | "form")
        || aside
        || surrounds
        || linked && whole && !heading
        || buttons && !heading;
    if node.hidden || around && weight.own() <= most {
        left_out.push(at);
        return;
    }
    for &child in &node.children {
        prune(tree, child, weights, links, most, left_out);
    }
}

/// The texts outside of `root` and of the nodes in it that are left out.
pub fn around(tree: &Tree, root: usize, left_out: &[usize], texts: &mut Vec<String>) {
    let mut path = Vec::new();
    path_to(tree, Tree::ROOT, root, &mut path);
    for &at in &path {
        for &child in &tree.nodes[at].children {
            if child != root && !path.contains(&child) {
                push_text(tree, child, texts);
            }
        }
    }
    for &at in left_out {
        push_text(tree, at, texts);
    }
}

/// The text of a node on one line, unless it is white space.
fn push_text(tree: &Tree, at: usize, texts: &mut Vec<String>) {
    let text = text_of(tree, at);
    if !text.is_empty() {
        texts.push(text);
    }
}
