//! Libraries of more than one segment of text, searched by several threads and
//! read in parts, compared with a plain look at every case.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, mpsc};

use anli::case::{BlockKind, CaseRef};
use anli::corpus::Corpus;
use anli::search::field_values::FieldValues;
use anli::search::index::Index;
use anli::search::worker::{Reply, Worker};
use anli::search::{Field, Found, Tier};
use anli::text::fold;
use anli::text::pinyin::{self, Options};

use super::gold::seeds;
use super::library;
use super::properties::{folded, reads_as};

/// How many cases of a library are read and searched in one piece.
const SEGMENT: usize = 1024;

/// Several segments, and some of another one.
const CASES: usize = 5_000;

/// So many that hits are ranked by two threads, and a run has several segments.
const TITLES: usize = 60_000;

/// Words that stand in no seed, each in one field of some cases, and how they
/// are spelled.
const IN_TITLES: (&str, &str) = ("珊瑚礁盘", "shanhujiaopan");
const IN_ORGS: &str = "气象卫星站";
const IN_HEADINGS: (&str, &str) = ("玄武岩柱", "xuanwuyanzhu");
const IN_TEXT: (&str, &str) = ("蓝鲸驼铃", "lanjingtuoling");

/// The cases that have them: on both sides of every border between segments,
/// the first, the last, and some between.
fn is_marked(case: usize, cases: usize) -> bool {
    let in_segment = case % SEGMENT;
    let last = case + 1 == cases;
    in_segment == 0 || in_segment == SEGMENT - 1 || last || case % 777 == 500
}

/// Numbers that look random, the same ones each time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<'a>(&mut self, list: &'a [String]) -> &'a str {
        &list[self.below(list.len())]
    }
}

/// What cases are made of: parts of the seeds.
#[derive(Default)]
struct Pieces {
    phrases: Vec<String>,
    headings: Vec<String>,
    sentences: Vec<String>,
}

impl Pieces {
    fn of(corpus: &Corpus) -> Self {
        let mut pieces = Self::default();
        for (_, case) in corpus.iter() {
            let title = case.title();
            let phrases = title.split(|c: char| !c.is_alphanumeric());
            pieces.phrases.extend(phrases.map(str::to_owned));
            for block in &case.case.blocks {
                let text = case.block_text(block);
                match block.kind {
                    BlockKind::Heading { .. } => pieces.headings.push(text.into_owned()),
                    _ => pieces.sentences.extend(text.split('。').map(str::to_owned)),
                }
            }
        }
        pieces.phrases.retain(|phrase| phrase.chars().count() >= 3);
        pieces.sentences.retain(|sentence| {
            let characters = sentence.trim().chars().count();
            (8..50).contains(&characters)
        });
        pieces
    }

    /// A library of short cases, or of titles alone.
    fn library(&self, cases: usize, with_text: bool) -> Corpus {
        let mut random = Random(42);
        let mut text = String::new();
        let bodies = ["市地铁办", "市民政局", "市审计局", "市科技局"];
        for case in 0..cases {
            let marked = is_marked(case, cases);
            let year = 2010 + random.below(12);
            let org = if marked {
                IN_ORGS
            } else {
                bodies[random.below(bodies.len())]
            };
            let title = [random.pick(&self.phrases), random.pick(&self.phrases)];
            let more = if marked { IN_TITLES.0 } else { "" };
            text += &format!(
                "== {year} 部门 - | {org} | {}，{more}{}\n",
                title[0], title[1]
            );
            if !with_text {
                continue;
            }
            let more = if marked { IN_HEADINGS.0 } else { "" };
            text += &format!("# {}{more}\n", random.pick(&self.headings));
            let more = if marked { IN_TEXT.0 } else { "" };
            let sentences = [random.pick(&self.sentences), random.pick(&self.sentences)];
            text += &format!("{}。\n{}{more}。\n", sentences[0], sentences[1]);
        }
        library::corpus(&text)
    }
}

/// Cases with text, and their index.
static LARGE: LazyLock<Index> = LazyLock::new(|| Index::build(Arc::clone(&CORPUS)));
static CORPUS: LazyLock<Arc<Corpus>> =
    LazyLock::new(|| Arc::new(Pieces::of(&seeds()).library(CASES, true)));
static READER: LazyLock<Reader> = LazyLock::new(|| Reader::of(&CORPUS));

/// What a reader finds there for everything that is asked.
static ASKED: LazyLock<Vec<(&str, Holders)>> = LazyLock::new(|| {
    let asked = PHRASES.iter().chain(&SPELLED);
    asked.map(|&query| (query, READER.find(query))).collect()
});

/// Cases, each with the best field in which it has what is asked.
type Holders = Vec<(usize, Field)>;

/// Han phrases that stand in the library, of all its fields, some of them often.
const PHRASES: [&str; 16] = [
    IN_TITLES.0,
    IN_ORGS,
    IN_HEADINGS.0,
    IN_TEXT.0,
    "创新",
    "轨道交通",
    "审计",
    "地铁",
    "民政",
    "公积金",
    "海水稻",
    "大数据",
    "行政审批",
    "的",
    "城市管理",
    "随手拍",
];

/// What is spelled in letters.
const SPELLED: [&str; 8] = [
    IN_TITLES.1,
    IN_HEADINGS.1,
    IN_TEXT.1,
    "gongjijin",
    "haishuidao",
    "guidaojiaotong",
    "ditie",
    "suishoupai",
];

/// Every case as somebody sees it who looks at one after the other.
struct Reader {
    /// Title, bodies, headings and blocks of text, folded, marks left out where
    /// they may be left out.
    cases: Vec<Vec<(Field, String)>>,
}

impl Reader {
    fn of(corpus: &Corpus) -> Self {
        let bare = |text: &str| -> String {
            let folded = folded(text);
            let kept = folded.chars().filter(|&c| !fold::is_mark(fold::code(c)));
            kept.collect()
        };
        let look = |case: CaseRef<'_>| {
            let orgs = case
                .case
                .orgs
                .iter()
                .map(|org| (Field::Org, bare(&org.printed)));
            let blocks = case.case.blocks.iter().map(|block| {
                let text = case.block_text(block);
                match block.kind {
                    BlockKind::Heading { .. } => (Field::Heading, bare(&text)),
                    _ => (Field::Text, folded(&text)),
                }
            });
            let title = (Field::Title, bare(&case.title()));
            std::iter::once(title).chain(orgs).chain(blocks).collect()
        };
        Self {
            cases: corpus.iter().map(|(_, case)| look(case)).collect(),
        }
    }

    /// The best field of a case that passes.
    fn best(&self, case: usize, mut passes: impl FnMut(Field, &str) -> bool) -> Option<Field> {
        let texts = self.cases[case].iter();
        let passing = texts.filter(|(field, text)| passes(*field, text));
        passing.map(|&(field, _)| field).min()
    }

    /// The cases that have a phrase, or something that reads like letters.
    fn find(&self, query: &str) -> Holders {
        if query.is_ascii() {
            self.sounding(query)
        } else {
            self.having(query)
        }
    }

    fn having(&self, phrase: &str) -> Holders {
        let phrase = folded(phrase);
        let cases = 0..self.cases.len();
        let best = |case| self.best(case, |_, text| text.contains(&phrase));
        cases.filter_map(|case| Some((case, best(case)?))).collect()
    }

    fn sounding(&self, letters: &str) -> Holders {
        let typed: Vec<char> = letters.chars().collect();
        let begins = |c: &char| {
            let mut readings = pinyin::readings(fold::code(*c));
            readings.any(|reading| reading.name().starts_with(typed[0]))
        };
        let reads = |field: Field, text: &str| {
            let text: Vec<char> = text.chars().collect();
            let initials = field != Field::Text;
            let mut starts = (0..text.len()).filter(|&start| begins(&text[start]));
            starts.any(|start| {
                let longest = typed.len().min(text.len() - start);
                let mut ends = start + 1..=start + longest;
                ends.any(|end| reads_as(&text[start..end], &typed, initials))
            })
        };
        let cases = 0..self.cases.len();
        let best = |case| self.best(case, reads);
        cases.filter_map(|case| Some((case, best(case)?))).collect()
    }
}

/// The cases that were found for sure, in order.
fn sure(found: &Found) -> Vec<usize> {
    let sure = |group| matches!(group, Tier::Exact | Tier::PinyinInText);
    let hits = found.hits.iter().filter(|hit| sure(hit.tier));
    hits.map(|hit| hit.case.0 as usize).collect()
}

/// Compares an answer with what a reader found: the same cases, those with the
/// better field first.
#[track_caller]
fn check(found: &Found, holders: &[(usize, Field)]) {
    let query = &found.query;
    let hits = sure(found);
    let mut cases = hits.clone();
    cases.sort_unstable();
    let expected: Vec<usize> = holders.iter().map(|&(case, _)| case).collect();
    assert_eq!(cases, expected, "{query}");
    let field = |case: &usize| {
        let at = holders.binary_search_by_key(case, |&(case, _)| case);
        holders[at.expect("it is one of them")].1
    };
    assert!(hits.is_sorted_by_key(field), "{query}: {hits:?}");
    assert_eq!(found.total as usize, found.hits.len(), "{query}");
}

#[test]
fn what_is_asked_is_found_wherever_a_reader_finds_it() {
    for (query, holders) in ASKED.iter() {
        let found = LARGE.search(query);
        check(&found, holders);
        assert!(found.complete && !holders.is_empty(), "{query}");
    }
    for (word, field) in [
        (IN_TITLES.0, Field::Title),
        (IN_ORGS, Field::Org),
        (IN_HEADINGS.0, Field::Heading),
        (IN_TEXT.0, Field::Text),
    ] {
        let marked: Holders = (0..CASES)
            .filter(|&case| is_marked(case, CASES))
            .map(|case| (case, field))
            .collect();
        check(&LARGE.search(word), &marked);
    }
}

#[test]
fn several_words_are_found_where_each_of_them_is() {
    for (first, second) in [
        (IN_TITLES.0, IN_TEXT.0),
        (IN_TEXT.0, "创新"),
        (IN_HEADINGS.0, "的"),
        ("审计", "大数据"),
        (IN_ORGS, "城市"),
    ] {
        let second_too = READER.having(second);
        let has_second = |case: usize| second_too.iter().any(|&(other, _)| other == case);
        let both: Vec<usize> = READER
            .having(first)
            .into_iter()
            .map(|(case, _)| case)
            .filter(|&c| has_second(c))
            .collect();
        assert!(!both.is_empty(), "{first} {second}");
        let mut hits = sure(&LARGE.search(&format!("{first} {second}")));
        hits.sort_unstable();
        assert_eq!(hits, both, "{first} {second}");

        let without: Vec<usize> = READER
            .having(first)
            .into_iter()
            .map(|(case, _)| case)
            .filter(|&case| !has_second(case))
            .collect();
        let mut hits = sure(&LARGE.search(&format!("{first} -{second}")));
        hits.sort_unstable();
        assert_eq!(hits, without, "{first} -{second}");
    }
}

#[test]
fn first_hits_are_those_of_the_whole_answer_that_are_not_in_text_alone() {
    let never = || false;
    let facts = FieldValues::default();
    for (query, holders) in ASKED.iter() {
        let outside = |case: &usize| {
            let at = holders.binary_search_by_key(case, |&(case, _)| case);
            holders[at.expect("a reader finds it too")].1 != Field::Text
        };
        let whole = sure(&LARGE.search(query)).into_iter();
        let expected: Vec<usize> = whole.filter(outside).collect();
        let first = LARGE
            .first_hits(query, &facts, &never)
            .expect("nothing told it to stop");
        assert!(!first.complete, "{query}");
        assert_eq!(first.total as usize, expected.len(), "{query}");
        let shown = expected.len().min(1_000);
        let first = sure(&first);
        assert_eq!(first.len(), shown, "{query}");
        // What a case is about is not known before its text is read.
        assert!(first.iter().all(|case| expected.contains(case)), "{query}");
    }
}

#[test]
fn answers_grow_with_what_has_been_read_until_they_are_complete() {
    let mut index = Index::without_text(Arc::clone(&CORPUS), Options::default());
    let segments = CASES.div_ceil(SEGMENT);
    for read in 0..=segments {
        let there = (read * SEGMENT).min(CASES);
        for (query, holders) in ASKED.iter() {
            let holders = holders.iter().copied();
            let readable = holders.filter(|&(case, field)| field != Field::Text || case < there);
            let found = index.search(query);
            check(&found, &readable.collect::<Holders>());
            assert_eq!(found.complete, read == segments, "{query}");
        }
        assert_eq!(index.is_complete(), read == segments);
        // It tells whether there is more behind the segment that is read now.
        assert_eq!(index.read_more(1), read + 1 < segments, "{read}");
    }
    for query in PHRASES.iter().chain(&SPELLED) {
        assert_eq!(
            index.search(query).hits,
            LARGE.search(query).hits,
            "{query}"
        );
    }
}

#[test]
fn of_a_large_library_titles_are_answered_before_the_text() {
    let (send, replies) = mpsc::channel();
    let reply = move |reply| send.send(reply).is_ok();
    let worker = Worker::start(Arc::clone(&CORPUS), Options::default(), reply);
    let answers = |query: &str| {
        worker.ask(query.to_owned());
        let mut answers: Vec<Found> = Vec::new();
        while answers.last().is_none_or(|found| !found.complete) {
            match replies.recv().expect("the thread listens") {
                Reply::Found(found) => answers.push(found),
                Reply::Explained(told) => panic!("nobody asked for {}", told.query),
            }
        }
        assert!(answers.iter().all(|found| found.query == query));
        answers
    };
    // While the text is being read, and when it has been.
    for query in ["创新", "审计", IN_TITLES.1] {
        let [first, whole] = &answers(query)[..] else {
            panic!("first hits and the whole answer to {query}");
        };
        let whole_hits = sure(whole);
        let is_there = |case: &usize| whole_hits.contains(case);
        assert!(sure(first).iter().all(is_there), "{query}");
        assert_eq!(whole.hits, LARGE.search(query).hits, "{query}");
    }
    // Of what stands in no title, body or heading there is nothing to be told first.
    assert_eq!(answers(IN_TEXT.0).len(), 1);
}

#[test]
fn a_search_that_is_told_to_stop_gives_nothing_and_leaves_nothing_behind() {
    let facts = FieldValues::default();
    for query in ["创新 的", IN_TEXT.1, "蓝精驼铃", "创新 -的"] {
        let whole = LARGE.search(query);
        let mut asked_in_all = 0;
        for patience in 0.. {
            let asked = AtomicUsize::new(0);
            let stop = || asked.fetch_add(1, Ordering::Relaxed) >= patience;
            let found = LARGE.search_until(query, &facts, &stop);
            let stopped = asked.into_inner() > patience;
            assert_eq!(found.is_none(), stopped, "{query} after {patience}");
            // What the search before it left in memory is in no answer.
            if patience % 7 == 0 {
                assert_eq!(LARGE.search(query).hits, whole.hits, "{query}");
            }
            if let Some(found) = found {
                assert_eq!(found.hits, whole.hits, "{query}");
                asked_in_all = patience;
                break;
            }
        }
        assert!(asked_in_all > 5, "{query} asks {asked_in_all} times");
    }
}

#[test]
fn hits_of_very_many_titles_are_ranked_as_those_of_few() {
    let corpus = Arc::new(Pieces::of(&seeds()).library(TITLES, false));
    let reader = Reader::of(&corpus);
    let index = Index::build(Arc::clone(&corpus));
    for query in [IN_TITLES.0, IN_ORGS, "创新", "审计", IN_TITLES.1, "ditie"] {
        let found = index.search(query);
        check(&found, &reader.find(query));
        let first = index
            .first_hits(query, &FieldValues::default(), &|| false)
            .expect("nothing told it to stop");
        let hits = sure(&found);
        assert_eq!(sure(&first), hits[..hits.len().min(1_000)], "{query}");
        assert_eq!(first.total as usize, hits.len(), "{query}");
    }
    // Where nothing else tells bodies of one name apart, the newer comes first,
    // then the one that stands before it.
    let year = |case: usize| corpus.cases[case].year;
    let order = |&case: &usize| (std::cmp::Reverse(year(case)), case);
    let hits = sure(&index.search(IN_ORGS));
    assert!(hits.is_sorted_by_key(order), "{hits:?}");
    let everything: Vec<usize> = (0..TITLES).collect();
    assert_eq!(sure(&index.search("")), everything);
}
