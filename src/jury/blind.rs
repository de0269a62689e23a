//! Hides the applicants from the jurors: the library is rebuilt without whatever names them,
//! so no view, search or export can show it.

use crate::case::{About, Case, CaseId, Document, Lines, Org, Part, TextRange, Title};
use crate::corpus::{CaseIndex, Corpus};
use crate::jury::docket::{self, Docket};
use crate::jury::settings::{Blind, Round};
use crate::text::clean;
use crate::text::cuts::Cuts;
use crate::text::script::to_simplified;

/// Printed in place of a name.
const MASK: &str = "■■";

/// A library without the names of the applicants.
#[derive(Clone, Debug, Default)]
pub struct Masked {
    pub corpus: Corpus,
    /// Number of names replaced in titles and running text.
    pub masks: usize,
    /// Number of cases in which a name was replaced.
    pub cases: usize,
}

/// Returns the cases of the docket in this order, as a juror may read them: unchanged unless the
/// round is blind.
pub fn masked(round: &Round, corpus: &Corpus, docket: &Docket, order: &[usize]) -> Masked {
    let mut masked = Masked::default();
    if round.blind == Blind::None {
        masked.corpus.documents.clone_from(&corpus.documents);
    }
    for &at in order {
        let index = docket.cases[at].index;
        if round.blind == Blind::None {
            masked
                .corpus
                .cases
                .push(corpus.cases[index.0 as usize].clone());
        } else {
            mask_case(round, corpus, index, &mut masked);
        }
    }
    masked
}

/// The title of a case as jurors may read it.
pub fn title(round: &Round, case: &docket::Case) -> String {
    match round.blind {
        Blind::None | Blind::Labels => case.title.clone(),
        Blind::Text => replaced(&case.title, &names(&case.case)).0,
    }
}

fn mask_case(round: &Round, corpus: &Corpus, index: CaseIndex, masked: &mut Masked) {
    let case = corpus.get(index);
    let names = match round.blind {
        Blind::Text => names(case.case),
        Blind::None | Blind::Labels => Vec::new(),
    };
    let before = masked.masks;
    let mut hide = |text: &str| {
        let (text, masks) = replaced(text, &names);
        masked.masks += masks;
        text
    };
    let mut text = String::new();
    let mut add = |piece: &str| {
        let start = text.len();
        text.push_str(piece);
        let range = TextRange::new(start, text.len());
        text.push('\n');
        range
    };
    let title = match &case.case.title {
        Title::Editor(title) => Title::Editor(hide(title)),
        Title::Printed(lines) => {
            let lines = lines
                .iter()
                .map(|&line| add(&hide(case.document.slice(line))));
            Title::Printed(lines.collect())
        }
    };
    let blocks: Vec<_> = case
        .case
        .blocks
        .iter()
        .map(|block| crate::case::Block {
            kind: block.kind,
            range: add(&hide(&case.block_text(block))),
        })
        .collect();
    let id = docket::id(round, &case.case.id.0);
    let line_starts = clean::line_starts(&text);
    let lines = line_starts.len().saturating_sub(1).max(1) as u32;
    let whole = TextRange::new(0, text.len());
    masked.cases += usize::from(masked.masks > before);
    masked.corpus.cases.push(Case {
        id: CaseId(id.clone()),
        key: None,
        document: masked.corpus.documents.len() as u32,
        number: 1,
        lines: Lines {
            first: 1,
            last: lines,
            list: None,
        },
        year: case.case.year,
        category: case.case.category,
        group: None,
        area: None,
        completeness: case.case.completeness,
        title,
        orgs: Vec::<Org>::new(),
        blocks,
    });
    masked.corpus.documents.push(Document {
        name: format!("{id}.txt"),
        place: String::new(),
        line_starts,
        clean: text.into(),
        noise: String::new(),
        cuts: Cuts::default(),
        about: About {
            year: case.case.year,
            ..About::default()
        },
        claims: vec![(whole, Part::Case)],
        structure: Default::default(),
        in_catalog: false,
        basis: Default::default(),
    });
}

/// Endings of bodies whose texts may name the place alone: 中德生态园.
const BODIES: [&str; 5] = ["管理委员会", "管委会", "管委", "人民政府", "政府"];

/// Returns the shorter names that a text may use for a body: without 市 before it, or without
/// its ending.
fn shorter(name: &str) -> impl Iterator<Item = String> {
    let without_city = name.strip_prefix('市');
    let place = BODIES.iter().find_map(|body| name.strip_suffix(body));
    let shorter = without_city.into_iter().chain(place);
    let is_name = |name: &&str| name.chars().count() > 2;
    shorter
        .filter(is_name)
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Returns every name of the case's orgs and district, the longest first.
fn names(case: &Case) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for org in &case.orgs {
        names.push(to_simplified(&org.printed).into_owned());
        names.push(org.canonical.clone());
        names.extend(org.others.iter().cloned());
    }
    let short: Vec<String> = names.iter().flat_map(|name| shorter(name)).collect();
    names.extend(short);
    if let Some(area) = &case.area {
        names.push(area.clone());
        let stem = area.trim_end_matches(['区', '市', '县']);
        names.push(stem.to_owned());
    }
    names.retain(|name| name.chars().count() > 1);
    names.sort_by_key(|name| (std::cmp::Reverse(name.chars().count()), name.clone()));
    names.dedup();
    names
}

/// Masks every name in a text, in either script. Returns the text and the number of masks.
fn replaced(text: &str, names: &[String]) -> (String, usize) {
    let original: Vec<char> = text.chars().collect();
    let folded: Vec<char> = to_simplified(text).chars().collect();
    // Scripts change one character for one.
    if folded.len() != original.len() {
        return (text.to_owned(), 0);
    }
    let names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
    let (mut out, mut masks, mut at) = (String::new(), 0, 0);
    while at < original.len() {
        let name = names.iter().find(|name| folded[at..].starts_with(name));
        match name {
            Some(name) => {
                out.push_str(MASK);
                masks += 1;
                at += name.len();
            }
            None => {
                out.push(original[at]);
                at += 1;
            }
        }
    }
    (out, masks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jury::settings::template;
    use crate::seeds::{self, catalog::Catalog};

    #[test]
    fn seventy_one_of_the_seeds_print_their_own_body_or_area() {
        let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
        let toml = template("试评", "", &[], 0).replace("blind = \"none\"", "blind = \"text\"");
        let round = Round::parse(&toml).expect("the settings are right");
        let docket = Docket::all(&round, &Default::default(), &corpus);
        let order: Vec<usize> = (0..docket.cases.len()).collect();
        let masked = masked(&round, &corpus, &docket, &order);
        assert_eq!((order.len(), masked.cases), (94, 71));
    }

    #[test]
    fn a_body_is_hidden_by_its_shorter_names() {
        let short = |name| shorter(name).collect::<Vec<_>>();
        assert_eq!(short("市地税局"), ["地税局"]);
        assert_eq!(short("中德生态园管委"), ["中德生态园"]);
        assert!(short("市政府").is_empty());
    }
}
