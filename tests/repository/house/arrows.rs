//! Which file takes names from which, read from the sources: `use` declarations and
//! paths in the code, `crate::`, `super::` and `self::` ones, followed through
//! re-exports to the file that defines the name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A module by its names from the root on: `["app", "picker"]`.
pub type Module = Vec<String>;

/// The files of the library, and the names that each takes from others.
pub struct Arrows {
    files: BTreeMap<Module, File>,
}

#[derive(Default)]
struct File {
    /// Every path in it, resolved against the root.
    paths: BTreeSet<Vec<String>>,
    /// Names that it imports or re-exports, and where they come from.
    imports: BTreeMap<String, Vec<String>>,
    /// The modules that it declares.
    children: BTreeSet<String>,
}

/// One arrow: the file that takes, the file that gives, and a name taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: Module,
    pub to: Module,
    pub name: String,
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from.join("::"), self.to.join("::"));
        match self.name.as_str() {
            "" => write!(f, "{from} takes {to}"),
            name => write!(f, "{from} takes {name} from {to}"),
        }
    }
}

impl Arrows {
    /// Reads files, each a path below `src` and its text. Code under `#[cfg(test)]` does
    /// not count.
    pub fn read<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut files = BTreeMap::new();
        for (path, text) in sources {
            let module = module_of(path);
            let stream: TokenStream = text
                .parse()
                .unwrap_or_else(|error| panic!("{path} cannot be read: {error}"));
            let mut file = File::default();
            collect(stream, &module, &mut file);
            files.insert(module, file);
        }
        Self { files }
    }

    /// Every module that has a file.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.files.keys()
    }

    /// All arrows between different files.
    pub fn all(&self) -> BTreeSet<Arrow> {
        let mut arrows = BTreeSet::new();
        for (from, file) in &self.files {
            for path in &file.paths {
                let Some((to, name)) = self.definition(path) else {
                    continue;
                };
                if to != *from {
                    arrows.insert(Arrow {
                        from: from.clone(),
                        to,
                        name,
                    });
                }
            }
        }
        arrows
    }

    /// The file that defines what a path names, and the name; `None` for a path out of
    /// the library.
    fn definition(&self, path: &[String]) -> Option<(Module, String)> {
        let mut path = path.to_vec();
        // A name may be re-exported several times; more would be a circle.
        for _ in 0..8 {
            let length = (0..=path.len())
                .rev()
                .find(|&n| self.files.contains_key(&path[..n]))?;
            let (module, rest) = path.split_at(length);
            let Some(name) = rest.first() else {
                return Some((module.to_vec(), String::new()));
            };
            match self.files[module].imports.get(name) {
                Some(source) if source[..] != path[..=length] => {
                    let followed = source.iter().chain(&rest[1..]).cloned();
                    path = followed.collect();
                }
                _ => return Some((module.to_vec(), name.clone())),
            }
        }
        None
    }

    /// The circles among the modules directly below `parent`, each counted with all
    /// that is below it.
    pub fn circles_below(&self, parent: &[String]) -> Vec<BTreeSet<Arrow>> {
        let level = parent.len();
        let is_below = |module: &Module| module.len() > level && module.starts_with(parent);
        let mut arrows: Vec<Arrow> = self.all().into_iter().collect();
        arrows.retain(|arrow| {
            is_below(&arrow.from) && is_below(&arrow.to) && arrow.from[level] != arrow.to[level]
        });
        // An arrow is in a circle if the module that it comes from can be reached from
        // the one that it leads to.
        let mut reach: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for arrow in &arrows {
            let to = arrow.to[level].as_str();
            reach.entry(&arrow.from[level]).or_default().insert(to);
        }
        loop {
            let mut has_grown = false;
            for from in reach.keys().copied().collect::<Vec<_>>() {
                let further: BTreeSet<&str> = reach[from]
                    .iter()
                    .filter_map(|to| reach.get(to))
                    .flatten()
                    .copied()
                    .collect();
                let known = reach.get_mut(from).expect("it is a key");
                let before = known.len();
                known.extend(further);
                has_grown |= known.len() > before;
            }
            if !has_grown {
                break;
            }
        }
        let reaches =
            |from: &str, to: &str| reach.get(from).is_some_and(|known| known.contains(to));
        let mut circles: BTreeMap<BTreeSet<&str>, BTreeSet<Arrow>> = BTreeMap::new();
        for arrow in &arrows {
            let (from, to) = (arrow.from[level].as_str(), arrow.to[level].as_str());
            if reaches(to, from) {
                let members = reach[from]
                    .iter()
                    .copied()
                    .filter(|other| reaches(other, from));
                circles
                    .entry(members.collect())
                    .or_default()
                    .insert(arrow.clone());
            }
        }
        circles.into_values().collect()
    }

    /// Every module that has modules below it, and the root.
    pub fn parents(&self) -> BTreeSet<Module> {
        let parents = self.files.keys().filter_map(|module| {
            let (_, above) = module.split_last()?;
            Some(above.to_vec())
        });
        parents.collect()
    }
}

/// `app/picker.rs` is `["app", "picker"]`; `lib.rs` is the root.
fn module_of(path: &str) -> Module {
    let path = path.strip_suffix(".rs").expect("a source ends in .rs");
    match path {
        "lib" => Vec::new(),
        path => path.split('/').map(str::to_owned).collect(),
    }
}

/// Collects the paths of some code in a module.
fn collect(stream: TokenStream, module: &Module, file: &mut File) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_punct(&tokens[at], '#') {
            let (next, is_test) = attribute(&tokens, at);
            at = if is_test {
                after_item(&tokens, next)
            } else {
                next
            };
            continue;
        }
        match &tokens[at] {
            TokenTree::Ident(word) if word == "use" => {
                at = use_tree(&tokens, at + 1, module, &[], file);
            }
            TokenTree::Ident(word) if word == "mod" && declares(&tokens, at) => {
                let name = tokens[at + 1].to_string();
                file.children.insert(name.clone());
                at += 3;
            }
            TokenTree::Ident(_) => {
                let (path, next) = path(&tokens, at);
                if let Some(path) = resolved(&path, module, file) {
                    file.paths.insert(path);
                }
                at = next;
            }
            TokenTree::Group(group) => {
                collect(group.stream(), module, file);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Whether `mod` at a place declares a module in a file of its own.
fn declares(tokens: &[TokenTree], at: usize) -> bool {
    tokens.get(at + 2).is_some_and(|token| is_punct(token, ';'))
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// The place after an attribute, and whether it is `#[cfg(test)]`.
fn attribute(tokens: &[TokenTree], at: usize) -> (usize, bool) {
    let at = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|token| is_punct(token, '!')));
    let TokenTree::Group(group) = &tokens[at] else {
        return (at, false);
    };
    let text: String = group.stream().to_string().split_whitespace().collect();
    (at + 1, text == "cfg(test)")
}

/// The place after the item that begins at one.
fn after_item(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |token: &TokenTree| {
        let is_body =
            matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        is_body || is_punct(token, ';')
    };
    let end = tokens[at..].iter().position(ends);
    end.map_or(tokens.len(), |end| at + end + 1)
}

/// The names of a path that begins at a place, and the place after it.
fn path(tokens: &[TokenTree], at: usize) -> (Vec<String>, usize) {
    let mut names = vec![tokens[at].to_string()];
    let mut at = at + 1;
    while is_separator(tokens, at) {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(name)) => names.push(name.to_string()),
            _ => break,
        }
        at += 3;
    }
    (names, at)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| tokens.get(at).is_some_and(|token| is_punct(token, ':'));
    colon(at) && colon(at + 1)
}

/// Reads the tree of a `use` declaration; `prefix` is what it begins with. Returns the
/// place after it.
fn use_tree(
    tokens: &[TokenTree],
    at: usize,
    module: &Module,
    prefix: &[String],
    file: &mut File,
) -> usize {
    let mut names = prefix.to_vec();
    let mut at = at;
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) if name == "as" => {
                import(&names, &tokens[at + 1].to_string(), module, file);
                return at + 2;
            }
            Some(TokenTree::Ident(name)) => {
                names.push(name.to_string());
                at += 1;
            }
            Some(TokenTree::Group(group)) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut inside = 0;
                while inside < inner.len() {
                    inside = use_tree(&inner, inside, module, &names, file);
                    // The comma.
                    inside += 1;
                }
                return at + 1;
            }
            Some(token) if is_punct(token, ':') => at += 1,
            Some(token) if is_punct(token, '*') => {
                import(&names, "*", module, file);
                return at + 1;
            }
            _ => {
                let last = names.last().cloned().unwrap_or_default();
                let is_module_itself = last == "self" && names.len() > 1;
                if is_module_itself {
                    names.pop();
                }
                let name = names.last().cloned().unwrap_or_default();
                import(&names, &name, module, file);
                return at;
            }
        }
    }
}

fn import(names: &[String], name: &str, module: &Module, file: &mut File) {
    if let Some(path) = resolved(names, module, file) {
        file.imports.insert(name.to_owned(), path.clone());
        file.paths.insert(path);
    }
}

/// A path from the root on; `None` for one that does not begin in the library.
fn resolved(names: &[String], module: &Module, file: &File) -> Option<Vec<String>> {
    let first = names.first()?;
    let supers = names.iter().take_while(|name| *name == "super").count();
    let (base, rest) = match first.as_str() {
        "crate" => (Vec::new(), &names[1..]),
        "self" => (module.clone(), &names[1..]),
        "super" => {
            let depth = module.len().checked_sub(supers)?;
            (module[..depth].to_vec(), &names[supers..])
        }
        child if file.children.contains(child) => (module.clone(), names),
        _ => return None,
    };
    Some(base.into_iter().chain(rest.iter().cloned()).collect())
}
