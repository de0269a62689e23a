//! Marks follow documents that are edited, renamed, moved, copied and put back, and are
//! shown at no other.

use std::fs;
use std::path::{Path, PathBuf};

use anli::corpus::Corpus;
use anli::follow::{Followed, follow, with_places};
use anli::language::Language;
use anli::library::{self, Location};
use anli::store::{Change, Store};
use anli::text::CharSpan;
use tempfile::TempDir;

const APPROVAL: &str = "市政务服务局推行并联审批改革\n十二项审批由一个窗口受理，企业开办时间由五天压缩到一天，\
                        群众不用再跑第二趟。\n窗口人员由各部门派驻，材料只收一次，结果统一发放。\n";
const PARKING: &str = "湖心区推行错时共享停车\n区政府把机关车位向居民开放，全年腾出车位3200个，\
                       收入用于老旧小区修路，居民满意度明显提高。\n";

/// A folder with documents, and what is kept of them.
struct Shelf {
    folder: TempDir,
    store: Store,
}

impl Shelf {
    fn new(documents: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let shelf = Self {
            folder,
            store: Store::memory(),
        };
        for (name, text) in documents {
            shelf.write(name, text);
        }
        shelf
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        let folder = path.parent().expect("it is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn rename(&self, before: &str, after: &str) {
        let folder = self.at(after);
        let folder = folder.parent().expect("it is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::rename(self.at(before), self.at(after)).expect("it can be renamed");
    }

    /// Reads a folder below, and lets marks follow.
    fn open_below(&mut self, folder: &str) -> (Corpus, Followed) {
        let place = Location {
            paths: vec![self.at(folder)],
            ..Location::default()
        };
        let read = library::read(&place, Language::Chinese.labels());
        let corpus = read.expect("it can be read").corpus;
        let exists = |place: &str| Path::new(place).exists();
        let followed = follow(&corpus, self.store.state(), exists);
        self.store.adopt(followed.changes.clone());
        (corpus, followed)
    }

    fn open(&mut self) -> (Corpus, Followed) {
        self.open_below("")
    }

    fn keep(&mut self, corpus: &Corpus, change: Change) {
        let changes = with_places(vec![change], corpus, self.store.state());
        self.store.apply_all(changes);
    }

    /// Stars a case and returns its key.
    fn star(&mut self, corpus: &Corpus, name: &str, number: u32) -> String {
        let case = key(corpus, name, number);
        let star = Change::Star {
            case: case.clone(),
            on: true,
        };
        self.keep(corpus, star);
        case
    }

    /// The starred cases: their documents and titles.
    fn starred(&self, corpus: &Corpus) -> Vec<(String, String)> {
        let cases = corpus.iter().map(|(_, case)| case);
        let starred = cases.filter(|case| self.store.state().starred(case.case.key()));
        let named = starred.map(|case| (case.document.name.clone(), case.title().into_owned()));
        named.collect()
    }

    #[track_caller]
    fn shows(&mut self, expected: &[(&str, &str)]) -> Followed {
        let (corpus, followed) = self.open();
        let starred = self.starred(&corpus);
        let starred: Vec<(&str, &str)> = starred.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(starred, expected);
        followed
    }
}

fn key(corpus: &Corpus, name: &str, number: u32) -> String {
    let mut cases = corpus.iter().map(|(_, case)| case);
    let case = cases.find(|case| case.document.name == name && case.case.number == number);
    case.expect("it is there").case.key().to_owned()
}

/// A shelf with these documents, of which `a.txt` is starred.
fn starred(documents: &[(&str, &str)]) -> Shelf {
    let mut shelf = Shelf::new(documents);
    let (corpus, _) = shelf.open();
    shelf.star(&corpus, "a.txt", 1);
    shelf
}

const STARRED: (&str, &str) = ("a.txt", "市政务服务局推行并联审批改革");

#[test]
fn an_edited_document_keeps_its_marks() {
    let mut shelf = Shelf::new(&[("a.txt", APPROVAL), ("b.txt", PARKING)]);
    let (corpus, _) = shelf.open();
    let case = shelf.star(&corpus, "a.txt", 1);
    for (tag, on) in [("审批", true), ("旧", true), ("旧", false)] {
        let (case, tag) = (case.clone(), tag.to_owned());
        shelf.keep(&corpus, Change::Tag { case, tag, on });
    }
    let note = "重读".to_owned();
    shelf.keep(
        &corpus,
        Change::Note {
            case: case.clone(),
            note,
        },
    );
    let quotes = [
        (0, "十二项审批由一个窗口受理"),
        (20, "企业开办时间由五天压缩到一天"),
    ];
    for (start, quote) in quotes {
        let span = CharSpan::new(start, start + quote.chars().count() as u32);
        let (case, quote) = (case.clone(), quote.to_owned());
        shelf.keep(&corpus, Change::Passage { case, span, quote });
    }
    let read = corpus.get(corpus.find_key(&case).expect("it is there"));
    let seen = anli::follow::seen(read);

    shelf.write(
        "a.txt",
        &format!("{}新增一段。\n", APPROVAL.replace("五天", "七天")),
    );
    let (corpus, followed) = shelf.open();
    assert_eq!((followed.moved, followed.lost.len()), (1, 0));
    let after = key(&corpus, "a.txt", 1);
    assert_ne!(after, case);
    let state = shelf.store.state();
    assert!(state.starred(&after) && !state.starred(&case));
    assert_eq!(state.tags(&after).collect::<Vec<_>>(), ["审批"]);
    assert_eq!(state.note(&after), "重读");
    let resumed = anli::follow::find(&corpus, &case, seen.as_ref());
    assert_eq!(resumed, corpus.find_key(&after));
    // A passage whose text no longer stands there is kept with its words.
    let text = corpus
        .get(corpus.find_key(&after).expect("it is there"))
        .text();
    let passages = state.passages(&after);
    let found = passages
        .iter()
        .map(|passage| (&*passage.quote, passage.find(&text).is_some()));
    assert_eq!(
        found.collect::<Vec<_>>(),
        [(quotes[0].1, true), (quotes[1].1, false)]
    );
    // Once is enough.
    let (_, again) = shelf.open();
    assert_eq!(again, Followed::default());
}

#[test]
fn a_renamed_document_keeps_its_marks_and_nobody_is_told() {
    let mut shelf = starred(&[("a.txt", APPROVAL), ("b.txt", PARKING)]);
    shelf.rename("a.txt", "新/c.txt");
    let followed = shelf.shows(&[("新/c.txt", STARRED.1)]);
    assert_eq!((followed.moved, followed.lost.len()), (0, 0));
}

#[test]
fn edited_and_renamed_marks_are_kept_and_the_reader_is_told_once() {
    let mut shelf = starred(&[("a.txt", APPROVAL), ("b.txt", PARKING)]);
    shelf.rename("a.txt", "c.txt");
    shelf.write("c.txt", &APPROVAL.replace("五天", "七天"));
    let followed = shelf.shows(&[]);
    let [lost] = followed.lost.as_slice() else {
        panic!("{followed:?}");
    };
    assert_eq!((lost.title.as_str(), lost.is_new), (STARRED.1, true));
    assert!(lost.place.ends_with("/a.txt"));
    let followed = shelf.shows(&[]);
    assert!(!followed.lost[0].is_new);
    // The text comes back.
    shelf.write("c.txt", APPROVAL);
    let followed = shelf.shows(&[("c.txt", STARRED.1)]);
    assert!(followed.lost.is_empty());
}

#[test]
fn content_wins_where_two_files_swap_their_names() {
    let other = APPROVAL.replace("市政务服务局", "县政务服务局");
    for second in [PARKING, &other] {
        let mut shelf = starred(&[("a.txt", APPROVAL), ("b.txt", second)]);
        shelf.rename("a.txt", "c.txt");
        shelf.rename("b.txt", "a.txt");
        shelf.rename("c.txt", "b.txt");
        let followed = shelf.shows(&[("b.txt", STARRED.1)]);
        assert_eq!((followed.moved, followed.lost.len()), (0, 0));
    }
}

#[test]
fn another_document_in_its_place_gets_no_marks() {
    let mut shelf = starred(&[("a.txt", APPROVAL)]);
    shelf.write("a.txt", PARKING);
    let followed = shelf.shows(&[]);
    assert_eq!((followed.moved, followed.lost.len()), (0, 1));
}

#[test]
fn a_document_that_is_put_back_has_its_marks_again() {
    let mut shelf = starred(&[("a.txt", APPROVAL), ("b.txt", PARKING)]);
    fs::remove_file(shelf.at("a.txt")).expect("it can be removed");
    assert_eq!(shelf.shows(&[]).lost.len(), 1);
    shelf.write("a.txt", APPROVAL);
    shelf.shows(&[STARRED]);
    // With a change, too.
    fs::remove_file(shelf.at("a.txt")).expect("it can be removed");
    assert_eq!(shelf.shows(&[]).lost.len(), 1);
    shelf.write("a.txt", &APPROVAL.replace("五天", "七天"));
    assert_eq!(shelf.shows(&[STARRED]).moved, 1);
}

#[test]
fn a_copy_has_marks_of_its_own() {
    let mut shelf = starred(&[
        ("a.txt", APPROVAL),
        ("0.txt", APPROVAL),
        ("lb/a.txt", APPROVAL),
    ]);
    shelf.shows(&[STARRED]);
    let (other, _) = shelf.open_below("lb");
    assert!(shelf.starred(&other).is_empty());
    // The one that is marked is edited; what it said is still in its copies.
    shelf.write("a.txt", &format!("{APPROVAL}新增一段。\n"));
    assert_eq!(shelf.shows(&[STARRED]).moved, 1);
    // A copy that came later.
    let mut shelf = starred(&[("a.txt", APPROVAL)]);
    shelf.write("0.txt", APPROVAL);
    shelf.shows(&[STARRED]);
    shelf.write("a.txt", &format!("{APPROVAL}新增一段。\n"));
    shelf.shows(&[STARRED]);
}

#[test]
fn marks_of_a_deleted_document_go_to_its_copy() {
    let mut shelf = starred(&[("a.txt", APPROVAL), ("b.txt", APPROVAL)]);
    shelf.shows(&[STARRED]);
    fs::remove_file(shelf.at("a.txt")).expect("it can be removed");
    shelf.shows(&[("b.txt", STARRED.1)]);
}

#[test]
fn of_two_copies_that_are_both_moved_the_one_of_the_same_name_has_the_marks() {
    let mut shelf = starred(&[("a.txt", APPROVAL), ("b.txt", APPROVAL)]);
    shelf.rename("b.txt", "x/b.txt");
    shelf.rename("a.txt", "x/y/a.txt");
    shelf.shows(&[("x/y/a.txt", STARRED.1)]);
    shelf.rename("x/b.txt", "x/1.txt");
    shelf.rename("x/y/a.txt", "x/2.txt");
    shelf.shows(&[("x/1.txt", STARRED.1)]);
}

#[test]
fn a_library_that_is_moved_takes_its_marks_along() {
    let mut shelf = Shelf::new(&[("la/a.txt", APPROVAL), ("la/b.txt", PARKING)]);
    let (corpus, _) = shelf.open_below("la");
    shelf.star(&corpus, "a.txt", 1);
    shelf.rename("la", "lc/la");
    let (corpus, followed) = shelf.open_below("lc/la");
    assert_eq!(shelf.starred(&corpus).len(), 1);
    assert_eq!((followed.moved, followed.lost.len()), (0, 0));
    // The same file, opened alone.
    let (corpus, _) = shelf.open_below("lc/la/a.txt");
    assert_eq!(shelf.starred(&corpus).len(), 1);
}

/// Three cases of a compilation.
fn compilation(second: &str) -> String {
    let case = |title: &str, body: &str| {
        format!(
            "{title}\n西岭市公安局\n一、背景与起因\n{body}\n二、做法与经过\n为每一栋建筑赋予唯一编码。\n"
        )
    };
    [
        case(
            "以数字门牌串起城市治理末梢",
            "全市门牌长期重号、错号，送件难、救援慢。",
        ),
        case("共享药箱走进山区各村农户", second),
        case(
            "创新职业伤害保障守护外卖骑手",
            "骑手没有劳动合同，出了事故往往无处可找。",
        ),
    ]
    .concat()
}

#[test]
fn an_edited_case_and_its_neighbours_keep_their_marks_each() {
    let before = compilation("山区老人买药要走十里路，药店又不愿意进村。");
    let mut shelf = Shelf::new(&[("c.txt", &before)]);
    let (corpus, _) = shelf.open();
    let titles: Vec<String> = corpus.iter().map(|(_, case)| case.title().into()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    shelf.star(&corpus, "c.txt", 2);
    shelf.star(&corpus, "c.txt", 3);
    let after = compilation("山区老人买药要走二十里路，村里没有药店。");
    shelf.write("c.txt", &after);
    let expected = [("c.txt", &*titles[1]), ("c.txt", &*titles[2])];
    assert_eq!(shelf.shows(&expected).moved, 2);
    // The first one goes: the numbers of the others change.
    let start = after.find("共享药箱").expect("it is there");
    shelf.write("c.txt", &after[start..]);
    assert_eq!(shelf.shows(&expected).moved, 2);
    // A case that is taken out leaves its marks to no neighbour.
    let start = after.find("创新职业").expect("it is there");
    shelf.write(
        "c.txt",
        &format!(
            "{}{}",
            &after[..after.find("共享").unwrap_or(0)],
            &after[start..]
        ),
    );
    let followed = shelf.shows(&expected[1..]);
    assert_eq!((followed.moved, followed.lost.len()), (1, 1));
}

#[test]
fn marks_of_earlier_versions_are_carried_over() {
    let mut shelf = Shelf::new(&[("a.txt", APPROVAL), ("b.txt", PARKING)]);
    let (corpus, _) = shelf.open();
    // They knew no places.
    let key = key(&corpus, "a.txt", 1);
    let (said, _) = key.split_once('.').expect("it has a place");
    let former = format!("{said}-1");
    shelf.store.apply(Change::Star {
        case: former.clone(),
        on: true,
    });
    shelf.shows(&[STARRED]);
    assert!(!shelf.store.state().starred(&former));
    shelf.write("a.txt", &format!("{APPROVAL}新增一段。\n"));
    shelf.shows(&[STARRED]);
}

#[test]
fn marks_that_meet_are_joined() {
    let mut shelf = starred(&[("a.txt", APPROVAL)]);
    let (corpus, _) = shelf.open();
    let before = key(&corpus, "a.txt", 1);
    let note = |case: &str, note: &str| Change::Note {
        case: case.to_owned(),
        note: note.to_owned(),
    };
    shelf.write("a.txt", &format!("{APPROVAL}新增一段。\n"));
    let (edited, _) = shelf.open();
    let after = key(&edited, "a.txt", 1);
    shelf.keep(&edited, note(&after, "后记"));
    // Another explorer has the former text open still.
    shelf.keep(&corpus, note(&before, "前记"));
    shelf.open();
    assert_eq!(shelf.store.state().note(&after), "后记\n前记");
    assert!(shelf.store.state().starred(&after));
}
