//! Marks follow their documents.
//!
//! A mark is kept under the key of its case: what the document says, where it is, and the
//! number of the case in it. When a key with marks is no longer in the library, its marks
//! go to
//!
//! 1. the same case of a document that says the same, wherever it is: the file was renamed
//!    or moved. Of several it is the one of the same name, else one in the same folder,
//!    else the first. A file of another library that is still there was copied, and keeps
//!    its marks;
//! 2. the case that is most like it in the document at its place: the file was edited.
//!    What counts as like says [`Seen::likeness`];
//! 3. the same case of what is known to be a copy: the file was deleted;
//! 4. nobody. They stay under their key, the reader is told once, and should the text come
//!    back, so do they.
//!
//! The place where reading stopped is found the same way, by [`find`].

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use crate::case::CaseRef;
use crate::corpus::{CaseIndex, Corpus};
use crate::seeds::parts_of_key;
use crate::store::{Change, Marks, Seen, State};

/// What became of the marks in a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// What the state has to take in.
    pub changes: Vec<Change>,
    /// How many cases with marks are in an edited document and were found again.
    pub moved: usize,
    /// Cases with marks that are not in the library any more.
    pub lost: Vec<Lost>,
}

/// A case with marks that is not in the library any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub title: String,
    /// The absolute path of its document.
    pub place: String,
    /// Whether the reader has not been notified yet.
    pub is_new: bool,
}

/// A case of the reader's own documents that has marks.
struct Kept<'a> {
    key: &'a str,
    seen: Option<&'a Seen>,
}

/// Finds the cases with marks in a library that was read completely. `exists` returns whether
/// there is a file at a path.
pub fn follow(corpus: &Corpus, state: &State, exists: impl Fn(&str) -> bool) -> Followed {
    let mut followed = Followed::default();
    let mut pairs = former(corpus, state);
    if corpus.roots.is_empty() {
        followed.changes = state.moves(&pairs);
        return followed;
    }
    let marked = state
        .marked()
        .filter(|(key, _)| parts_of_key(key).is_some());
    let kept: Vec<Kept> = marked
        .map(|(key, marks)| Kept {
            key,
            seen: marks.seen(),
        })
        .collect();
    let mut search = Search::new(corpus, &kept);
    let (here, gone): (Vec<&Kept>, Vec<&Kept>) = kept.iter().partition(|kept| search.is_here(kept));
    let here = here.iter().filter_map(|kept| search.seen_now(kept));
    followed.changes.extend(here);
    let others: Vec<Option<CaseIndex>> = gone
        .iter()
        .map(|kept| search.here.remove(kept.key))
        .collect();
    for (kept, other) in gone.into_iter().zip(others) {
        let is_elsewhere = kept
            .seen
            .is_some_and(|seen| !search.places.contains_key(&*seen.place) && exists(&seen.place));
        let found = if is_elsewhere {
            None
        } else {
            search.find(kept)
        };
        // What has its number is the best that there is.
        let other = other.filter(|&case| search.is_free(case));
        let Some((case, is_edited)) = found.or(other.map(|case| (case, false))) else {
            let lost = kept.lost(corpus);
            let is_new = lost.as_ref().is_some_and(|lost| lost.is_new);
            followed.changes.extend(kept.told().filter(|_| is_new));
            followed.lost.extend(lost);
            continue;
        };
        let key = corpus.get(case).case.key().to_owned();
        followed.moved += usize::from(is_edited);
        pairs.push((kept.key.to_owned(), key.clone()));
        let seen = search.seen(case);
        let seen = seen.map(|seen| Change::Seen { case: key, seen });
        followed.changes.extend(seen);
    }
    let mut changes = state.moves(&pairs);
    changes.append(&mut followed.changes);
    Followed {
        changes,
        ..followed
    }
}

/// The case under a key, or where its document went; by what it is found again may not be
/// known.
pub fn find(corpus: &Corpus, key: &str, seen: Option<&Seen>) -> Option<CaseIndex> {
    corpus.find_key(key).or_else(|| {
        parts_of_key(key)?;
        let kept = [Kept { key, seen }];
        let found = Search::new(corpus, &kept).find(&kept[0]);
        found.map(|(case, _)| case)
    })
}

/// Adds to changes where the cases are that they mark, where that is not known yet.
pub fn with_places(mut changes: Vec<Change>, corpus: &Corpus, state: &State) -> Vec<Change> {
    let marked: BTreeSet<&str> = changes.iter().filter_map(Change::marked).collect();
    let kept: Vec<Kept> = marked
        .into_iter()
        .filter(|key| parts_of_key(key).is_some())
        .map(|key| Kept {
            key,
            seen: state.marks(key).and_then(Marks::seen),
        })
        .filter(|kept| kept.seen.is_none())
        .collect();
    let search = Search::new(corpus, &kept);
    let seen: Vec<Change> = kept
        .iter()
        .filter_map(|kept| search.seen_now(kept))
        .collect();
    changes.extend(seen);
    changes
}

/// Where a case is and what it says; `None` where its document has no place.
pub fn seen(case: CaseRef<'_>) -> Option<Seen> {
    let place = &case.document.place;
    let blocks = case.case.blocks.iter().filter(|block| block.is_text());
    let parts = blocks.map(|block| case.block_text(block));
    (!place.is_empty()).then(|| Seen::new(place, &case.title(), parts))
}

/// What the first versions kept under other names, and the names in use.
fn former(corpus: &Corpus, state: &State) -> Vec<(String, String)> {
    let is_marked = |name: &str| state.marks(name).is_some_and(|marks| marks.is_marked());
    let former = corpus.former.iter().filter(|(name, _)| is_marked(name));
    let pairs = former.map(|(name, case)| (name.clone(), corpus.get(*case).case.key().to_owned()));
    pairs.filter(|(_, key)| !is_marked(key)).collect()
}

impl Kept<'_> {
    /// Whether a case is the one that was marked, as far as is known.
    fn is(&self, case: CaseRef<'_>) -> bool {
        self.seen.is_none_or(|before| {
            before.is_titled(&case.title())
                || seen(case).is_none_or(|now| before.likeness(&now, true).is_some())
        })
    }

    /// That the case is lost, if it was in this library.
    fn lost(&self, corpus: &Corpus) -> Option<Lost> {
        let seen = self.seen?;
        let place = Path::new(&seen.place);
        let is_here = |root: &String| place.starts_with(root);
        corpus.roots.iter().any(is_here).then(|| Lost {
            title: seen.title.clone(),
            place: seen.place.clone(),
            is_new: !seen.lost,
        })
    }

    /// Returns the change that records that the reader was notified of the loss.
    fn told(&self) -> Option<Change> {
        let mut seen = self.seen?.clone();
        seen.lost = true;
        Some(Change::Seen {
            case: self.key.to_owned(),
            seen,
        })
    }
}

/// A search for the cases that have marks.
struct Search<'a> {
    corpus: &'a Corpus,
    /// The cases that are there under their keys.
    here: HashMap<&'a str, CaseIndex>,
    /// Documents that say what one of theirs said, and all by where they are.
    saying: HashMap<&'a str, Vec<u32>>,
    places: HashMap<&'a str, u32>,
    /// Cases that got marks.
    taken: HashSet<CaseIndex>,
    /// What the cases of a document say.
    said: HashMap<u32, Vec<(CaseIndex, Seen)>>,
}

impl<'a> Search<'a> {
    fn new(corpus: &'a Corpus, kept: &[Kept<'_>]) -> Self {
        let mut search = Self {
            corpus,
            here: HashMap::new(),
            saying: HashMap::new(),
            places: HashMap::new(),
            taken: HashSet::new(),
            said: HashMap::new(),
        };
        if kept.is_empty() {
            return search;
        }
        let keys: HashSet<&str> = kept.iter().map(|kept| kept.key).collect();
        let wanted: HashSet<&str> = keys.iter().filter_map(|key| said(key)).collect();
        let mut before = None;
        for (at, case) in corpus.iter() {
            let (document, case) = (case.document, case.case);
            let Some(said) = said(case.key()) else {
                continue;
            };
            if before.replace(case.document) != Some(case.document) {
                search.places.insert(&document.place, case.document);
                if wanted.contains(said) {
                    search.saying.entry(said).or_default().push(case.document);
                }
            }
            if wanted.contains(said) && keys.contains(case.key()) {
                search.here.insert(case.key(), at);
            }
        }
        search
    }

    /// Whether the case is there under its key, and is the one that was marked: borders
    /// that are drawn otherwise give the same numbers to other cases.
    fn is_here(&self, kept: &Kept<'_>) -> bool {
        let case = self.here.get(kept.key);
        case.is_some_and(|&case| kept.is(self.corpus.get(case)))
    }

    /// Where a case is, what it says, and where its copies are.
    fn seen(&self, case: CaseIndex) -> Option<Seen> {
        let mut seen = seen(self.corpus.get(case))?;
        seen.copies = self.copies(case, &[]);
        Some(seen)
    }

    /// The places of the copies of a case's document, those that are known among them.
    fn copies(&self, case: CaseIndex, known: &[String]) -> Vec<String> {
        /// Most copies that are compared.
        const COPIES: usize = 8;
        let case = self.corpus.get(case);
        let saying = said(case.case.key()).and_then(|said| self.saying.get(said));
        let documents = saying.into_iter().flatten();
        let places = documents
            .map(|&at| &self.corpus.documents[at as usize].place)
            .filter(|place| **place != case.document.place);
        let mut copies = known.to_vec();
        for place in places {
            if copies.len() < COPIES && !copies.contains(place) {
                copies.push(place.clone());
            }
        }
        copies
    }

    /// What to remember of a case that is there under its key, if that is new.
    fn seen_now(&self, kept: &Kept<'_>) -> Option<Change> {
        let &case = self.here.get(kept.key)?;
        let title = self.corpus.get(case).title();
        let known = kept
            .seen
            .filter(|seen| !seen.lost && seen.is_titled(&title));
        let seen = match known {
            None => self.seen(case)?,
            Some(known) => {
                let mut now = known.clone();
                now.copies = self.copies(case, &known.copies);
                Some(now).filter(|now| now.copies != known.copies)?
            }
        };
        Some(Change::Seen {
            case: kept.key.to_owned(),
            seen,
        })
    }

    /// The case that a key means now, and whether its document was edited.
    fn find(&mut self, kept: &Kept<'_>) -> Option<(CaseIndex, bool)> {
        let found = self
            .same(kept, false)
            .map(|case| (case, false))
            .or_else(|| Some((self.alike(kept)?, true)))
            .or_else(|| Some((self.same(kept, true)?, false)));
        self.taken.extend(found.map(|(case, _)| case));
        found
    }

    /// Whether a case may get the marks of another.
    fn is_free(&self, case: CaseIndex) -> bool {
        let key = self.corpus.get(case).case.key();
        !self.taken.contains(&case) && !self.here.contains_key(key)
    }

    /// The case with the same number in a document that says the same, which may be known
    /// as a copy or not.
    fn same(&self, kept: &Kept<'_>, in_copy: bool) -> Option<CaseIndex> {
        let (said, _, number) = parts_of_key(kept.key)?;
        let place = kept.seen.map(|seen| Path::new(&seen.place));
        let is_copy = |place: &String| kept.seen.is_some_and(|seen| seen.copies.contains(place));
        let nearness = |&case: &CaseIndex| {
            let other = Path::new(&self.corpus.get(case).document.place);
            place.map(|place| {
                let is_named_so = place.file_name() == other.file_name();
                (is_named_so, place.parent() == other.parent())
            })
        };
        let documents = self.saying.get(said)?.iter();
        let documents = documents.filter(|&&document| {
            in_copy == is_copy(&self.corpus.documents[document as usize].place)
        });
        let cases = documents
            .filter_map(|&document| {
                let mut cases = self.cases(document);
                cases.find(|&case| self.corpus.get(case).case.number == number)
            })
            .filter(|&case| self.is_free(case) && kept.is(self.corpus.get(case)));
        // Of equals the first.
        let mut cases: Vec<CaseIndex> = cases.collect();
        cases.sort_by_key(|case| std::cmp::Reverse(nearness(case)));
        cases.first().copied()
    }

    /// The case of the document at its place that is most like what it was.
    fn alike(&mut self, kept: &Kept<'_>) -> Option<CaseIndex> {
        let before = kept.seen?;
        let document = *self.places.get(&*before.place)?;
        if !self.said.contains_key(&document) {
            let cases = self.cases(document);
            let said = cases.filter_map(|case| Some((case, seen(self.corpus.get(case))?)));
            self.said.insert(document, said.collect());
        }
        let cases = &self.said[&document];
        let is_one_of_many = cases.len() > 1;
        // One with marks of its own may be the same: another explorer was here first.
        let free = cases.iter().filter(|(case, _)| !self.taken.contains(case));
        let alike =
            free.filter_map(|(case, now)| Some((before.likeness(now, is_one_of_many)?, case)));
        let best = alike.max_by_key(|&(likeness, case)| (likeness, std::cmp::Reverse(case)));
        best.map(|(_, &case)| case)
    }

    /// The cases of a document.
    fn cases(&self, document: u32) -> impl Iterator<Item = CaseIndex> + use<> {
        let cases = &self.corpus.cases;
        let start = cases.partition_point(|case| case.document < document);
        let end = cases.partition_point(|case| case.document <= document);
        (start as u32..end as u32).map(CaseIndex)
    }
}

/// What the document says of a key, without asking whether it is one.
fn said(key: &str) -> Option<&str> {
    key.get(..16)
}
