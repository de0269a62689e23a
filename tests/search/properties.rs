//! What holds for every query, tried on phrases sampled from the seeds.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use anli::case::{BlockKind, CaseRef};
use anli::corpus::{CaseIndex, Corpus};
use anli::search::index::Index;
use anli::search::{Field, Found, Hit, Match, Tier};
use anli::text::CharSpan;
use anli::text::fold::{self, fold};
use anli::text::near::Kind;
use anli::text::pinyin;
use anli::text::script::Script;

use super::gold::seeds;

/// Phrases of two to six Han, the same ones each time, from all over the seeds.
fn phrases(corpus: &Corpus, count: usize) -> Vec<String> {
    let mut runs: Vec<Vec<char>> = Vec::new();
    for (_, case) in corpus.iter() {
        let blocks = case.case.blocks.iter().map(|block| case.block_text(block));
        for text in std::iter::once(case.title()).chain(blocks) {
            let runs_of_han = text.split(|c: char| !matches!(c, '\u{4E00}'..='\u{9FFF}'));
            runs.extend(runs_of_han.map(|run| run.chars().collect::<Vec<char>>()));
        }
    }
    runs.retain(|run| run.len() >= 2);
    let mut seed = 7_usize;
    let mut random = |bound: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let mut phrase = || {
        let run = &runs[random(runs.len())];
        let length = 2 + random(run.len().min(6) - 1);
        let start = random(run.len() - length + 1);
        run[start..start + length].iter().collect()
    };
    (0..count).map(|_| phrase()).collect()
}

pub fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn slice(text: &str, span: CharSpan) -> String {
    let skipped = text.chars().skip(span.start as usize);
    skipped.take((span.end - span.start) as usize).collect()
}

/// The text of the part in which a match is.
fn part<'a>(case: CaseRef<'a>, found: &Match) -> std::borrow::Cow<'a, str> {
    match found.field {
        Field::Title => case.title(),
        Field::Org => case.case.orgs[found.part as usize].printed.as_str().into(),
        Field::Heading | Field::Text => case.block_text(&case.case.blocks[found.part as usize]),
    }
}

/// Everything by which a case can be found, folded: title, text, names.
fn findable(corpus: &Corpus) -> Vec<Vec<String>> {
    let texts = |case: CaseRef<'_>| {
        let names = case.case.orgs.iter().flat_map(|org| {
            let others = org.others.iter().chain([&org.printed, &org.canonical]);
            others.map(|name| folded(name)).collect::<Vec<_>>()
        });
        let texts = [folded(&case.title()), folded(&case.text())];
        let area = case.case.area.as_deref().map(folded);
        texts.into_iter().chain(names).chain(area).collect()
    };
    corpus.iter().map(|(_, case)| texts(case)).collect()
}

/// The cases in which a phrase stands, whatever the field and the script.
fn holders(findable: &[Vec<String>], phrase: &str) -> HashSet<CaseIndex> {
    let wanted = folded(phrase);
    let holds = |texts: &[String]| texts.iter().any(|text| text.contains(&wanted));
    let cases = findable.iter().zip(0..).filter(|(texts, _)| holds(texts));
    cases.map(|(_, index)| CaseIndex(index)).collect()
}

#[test]
fn no_guess_stands_above_a_contiguous_match_and_no_such_match_is_missed() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let findable = findable(&corpus);
    for phrase in phrases(&corpus, 300) {
        let found = index.search(&phrase);
        let holders = holders(&findable, &phrase);
        assert!(!holders.is_empty(), "{phrase}");
        let exact: HashSet<CaseIndex> = found
            .hits
            .iter()
            .take_while(|hit| hit.tier == Tier::Exact)
            .map(|hit| hit.case)
            .collect();
        assert!(holders.is_subset(&exact), "{phrase}");
        let guesses = found.hits[exact.len()..].iter();
        assert!(
            guesses.clone().all(|hit| hit.tier != Tier::Exact),
            "{phrase}"
        );
        assert!(
            guesses.clone().all(|hit| !holders.contains(&hit.case)),
            "{phrase}"
        );
    }
}

#[test]
fn hits_come_in_the_order_of_group_and_field() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    for phrase in phrases(&corpus, 300) {
        let found = index.search(&phrase);
        // What is not printed ranks by itself.
        let is_printed = |hit: &&Hit| {
            let title = |found: &Match| found.field == Field::Title;
            let has_title = corpus.get(hit.case).title_printed();
            hit.best()
                .is_none_or(|found| found.name.is_none() && (has_title || !title(found)))
        };
        let rank = |hit: &&Hit| (hit.tier, hit.best().map(|found| found.field));
        let printed = found.hits.iter().filter(is_printed);
        assert!(printed.is_sorted_by_key(|hit| rank(&hit)), "{phrase}");
    }
}

/// Every text of a case that is searched, with its field, and its number there.
fn parts(case: CaseRef<'_>) -> Vec<(Field, u32, String)> {
    let orgs = (0..)
        .zip(&case.case.orgs)
        .map(|(part, org)| (Field::Org, part, org.printed.clone()));
    let blocks = (0..).zip(&case.case.blocks).map(|(part, block)| {
        let field = match block.kind {
            BlockKind::Heading { .. } => Field::Heading,
            _ => Field::Text,
        };
        (field, part, case.block_text(block).into_owned())
    });
    let title = [(Field::Title, 0, case.title().into_owned())];
    title.into_iter().chain(orgs).chain(blocks).collect()
}

/// What of a text is marked, as a reader sees it: pieces that only marks part
/// are one, in running text those that may stand inside a phrase.
fn marked(field: Field, text: &str, spans: &[CharSpan]) -> Vec<String> {
    let text: Vec<char> = text.chars().collect();
    let between = |from: u32, to: u32| &text[from as usize..to as usize];
    let mut marked: Vec<String> = Vec::new();
    let mut end = u32::MAX;
    for span in spans {
        let piece: String = between(span.start, span.end)
            .iter()
            .map(|&c| fold(c))
            .collect();
        let goes_on = end <= span.start
            && match field {
                Field::Text => is_passed_over(between(end, span.start)),
                _ => between(end, span.start)
                    .iter()
                    .all(|&c| fold::is_mark(fold::code(c))),
            };
        match marked.last_mut().filter(|_| goes_on) {
            Some(last) => last.push_str(&piece),
            None => marked.push(piece),
        }
        end = span.end;
    }
    marked
}

/// Whether all of some characters may stand inside a phrase of running text.
fn is_passed_over(characters: &[char]) -> bool {
    let mut folded = characters.iter().map(|&c| fold(c));
    folded.all(|c| matches!(c, '"' | '《' | '》' | ' '))
}

/// How often a phrase stands in a text, read from left to right, across marks that
/// may stand inside it.
fn occurrences(field: Field, text: &str, phrase: &str) -> usize {
    let mut text = folded(text);
    match field {
        Field::Text => text.retain(|c| !is_passed_over(&[c])),
        _ => text.retain(|c| !fold::is_mark(fold::code(c))),
    }
    text.matches(&folded(phrase)).count()
}

fn names(c: char) -> Vec<String> {
    let readings = pinyin::readings(fold::code(c));
    readings
        .map(|reading| reading.name().replace('v', "u"))
        .collect()
}

/// Whether characters are what was typed: themselves, in letters, in initials
/// where these count, or by their sound.
pub fn reads_as(characters: &[char], typed: &[char], initials: bool) -> bool {
    let (Some((&c, rest)), Some((&t, _))) = (characters.split_first(), typed.split_first()) else {
        return characters.is_empty() && typed.is_empty();
    };
    let goes_on = |taken: usize| reads_as(rest, &typed[taken..], initials);
    let sounds_alike = || names(t).iter().any(|name| names(c).contains(name));
    if (fold(c) == fold(t) || sounds_alike()) && goes_on(1) {
        return true;
    }
    let letters: String = typed.iter().collect::<String>().replace('v', "u");
    names(c).iter().any(|name| {
        let unfinished = rest.is_empty() && name.starts_with(&letters);
        let whole = letters.starts_with(name.as_str()) && goes_on(name.len());
        let mut begins = (1..=2).filter(|&n| name.get(..n).is_some_and(|b| letters.starts_with(b)));
        let is_initial = |n: usize| n == 1 || name[1..].starts_with('h');
        unfinished || whole || initials && begins.any(|n| is_initial(n) && goes_on(n))
    })
}

/// Whether a marked piece is what was typed, once or several times.
fn is_what_was_typed(piece: &[char], typed: &[char], initials: bool) -> bool {
    let once = |end: &usize| reads_as(&piece[..*end], typed, initials);
    let mut ends = (1..=piece.len().min(2 * typed.len())).filter(once);
    piece.is_empty() || ends.any(|end| is_what_was_typed(&piece[end..], typed, initials))
}

/// Tells `look` every text of the first hits with what is marked in it, the same
/// in every script, and sees to it that what the hit was found by is marked.
fn each_marked(
    corpus: &Corpus,
    found: &Found,
    mut look: impl FnMut(&Hit, Field, &str, &[CharSpan]),
) {
    for hit in found.hits.iter().take(6) {
        let case = corpus.get(hit.case);
        let orgs = case.orgs();
        let in_orgs = found.marker.marks_in_orgs(case, &orgs, &hit.matches);
        for (field, part, text) in parts(case) {
            let marks = found.marker.marks(field, &text);
            for script in [Script::Simplified, Script::Traditional] {
                let shown = script.show(&text);
                assert_eq!(shown.chars().count(), text.chars().count());
                let same = found.marker.marks(field, &shown);
                assert_eq!(same, marks, "{} in {shown}", found.query);
            }
            look(hit, field, &text, &marks);
            let here = hit
                .matches
                .iter()
                .filter(|m| (m.field, m.part) == (field, part));
            for span in here.flat_map(|m| &m.spans) {
                let covers = |m: &CharSpan| m.start <= span.start && span.end <= m.end;
                let covered = match field {
                    Field::Org => !in_orgs.is_empty(),
                    _ => marks.iter().any(covers),
                };
                assert!(covered, "{} in {text}: {marks:?}", found.query);
            }
        }
    }
}

#[test]
fn a_phrase_is_marked_wherever_it_is_searched_and_nothing_else_is() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    for phrase in phrases(&corpus, 300) {
        // Other words for the same thing are marked as well.
        if corpus.near.of(&fold::codes(&phrase), Kind::Same).count() > 0 {
            continue;
        }
        let found = index.search(&phrase);
        each_marked(&corpus, &found, |hit, field, text, marks| {
            let count = occurrences(field, text, &phrase);
            let marked = marked(field, text, marks).concat();
            match (count, hit.tier) {
                // Scattered, if it is listed as such.
                (0, Tier::Scattered) if matches!(field, Field::Title | Field::Org) => {
                    let scattered = marked.is_empty() || marked == folded(&phrase);
                    assert!(scattered, "{phrase} in {text}: {marked}");
                }
                _ if marked == folded(&phrase) && count == 0 => {
                    let titles = matches!(field, Field::Title | Field::Org);
                    assert!(titles, "{phrase} in {text}: {marked}");
                }
                _ => assert_eq!(marked, folded(&phrase).repeat(count), "{phrase} in {text}"),
            }
        });
        check_matches(&corpus, &found, &phrase);
    }
}

/// What an exact hit says it was found by is the phrase, or a whole body that has
/// another name.
fn check_matches(corpus: &Corpus, found: &Found, phrase: &str) {
    let exact = found.hits.iter().filter(|hit| hit.tier == Tier::Exact);
    for hit in exact.take(10) {
        for told in &hit.matches {
            let text = part(corpus.get(hit.case), told);
            let marked: String = told
                .spans
                .iter()
                .map(|&span| folded(&slice(&text, span)))
                .collect();
            let is_alias = told.field == Field::Org && !folded(&text).contains(&folded(phrase));
            let wanted = if is_alias { &*text } else { phrase };
            assert_eq!(marked, folded(wanted), "{phrase} in {text}");
        }
    }
}

#[test]
fn what_is_marked_reads_as_what_was_typed() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    for typed in spelled(&corpus) {
        let found = index.search(&typed);
        let letters: Vec<char> = typed.chars().collect();
        each_marked(&corpus, &found, |hit, field, text, marks| {
            let initials = field != Field::Text;
            let pieces = marked(field, text, marks);
            // Or scattered, if it is listed as such.
            let may_scatter = matches!(field, Field::Title | Field::Org);
            if hit.tier == Tier::Scattered && may_scatter && pieces.concat() == typed {
                return;
            }
            for piece in pieces {
                let characters: Vec<char> = piece.chars().collect();
                let reads = is_what_was_typed(&characters, &letters, initials);
                assert!(reads, "{typed} in {text}: {piece}");
            }
        });
    }
}

/// Phrases of the seeds in letters, in initials, and with a character that only
/// sounds like theirs.
fn spelled(corpus: &Corpus) -> Vec<String> {
    let mut typed = Vec::new();
    let seen: BTreeSet<char> = corpus
        .iter()
        .flat_map(|(_, case)| case.title().chars().map(fold).collect::<Vec<_>>())
        .collect();
    for phrase in phrases(corpus, 60) {
        let read = |c: char| {
            let mut readings = pinyin::readings(fold::code(c));
            readings.next().expect("every Han is read").name()
        };
        typed.push(phrase.chars().map(read).collect());
        typed.push(phrase.chars().map(|c| &read(c)[..1]).collect());
        let last = phrase.chars().next_back().expect("it is not empty");
        let alike = seen.iter().find(|&&c| {
            let mut readings = pinyin::readings(fold::code(c));
            c != fold(last) && readings.next().is_some_and(|r| r.name() == read(last))
        });
        typed.extend(alike.map(|&c| phrase.replace(last, &c.to_string())));
    }
    typed
}

#[test]
fn what_is_marked_is_what_was_found_by_every_kind_of_pattern() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    for (query, tier) in [
        ("海水稻", Tier::Exact),
        ("互联网+统计", Tier::Exact),
        ("\"财富管理\"", Tier::Exact),
        ("ditie", Tier::Exact),
        ("di4tie3", Tier::Exact),
        ("gxq", Tier::Exact),
        ("di铁", Tier::Exact),
        ("百分之三十", Tier::Exact),
        ("zhongzhi", Tier::PinyinInText),
        ("社会保险", Tier::Exact),
        ("街长治", Tier::Homophone),
        ("五王大赛", Tier::Scattered),
    ] {
        let found = index.search(query);
        assert!(found.hits.iter().any(|hit| hit.tier == tier), "{query}");
        for hit in &found.hits {
            let case = corpus.get(hit.case);
            for of_hit in hit.matches.iter().filter(|of_hit| of_hit.name.is_none()) {
                let marks = found.marker.marks(of_hit.field, &part(case, of_hit));
                let is_marked = |span: &CharSpan| {
                    let mut marks = marks.iter();
                    marks.any(|mark| mark.start <= span.start && span.end <= mark.end)
                };
                assert!(
                    of_hit.spans.iter().all(is_marked),
                    "{query} in {}",
                    case.case.id
                );
            }
        }
        let others = corpus
            .iter()
            .filter(|(index, _)| found.hits.iter().all(|hit| hit.case != *index));
        for (_, case) in others.filter(|_| !query.contains(' ')) {
            for (field, _, text) in parts(case).into_iter().filter(|part| part.0 != Field::Org) {
                assert_eq!(found.marker.marks(field, &text), [], "{query} in {text}");
            }
        }
    }
}

#[test]
fn scattered_characters_are_marked_one_by_one() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let mut seen = 0;
    for (_, case) in corpus.iter() {
        let title = folded(&case.title());
        let mut runs = title.split(|c: char| !matches!(c, '\u{4E00}'..='\u{9FFF}'));
        let Some(run) = runs.find(|run| run.chars().count() >= 6) else {
            continue;
        };
        let run: Vec<char> = run.chars().collect();
        let typed: String = [&run[..2], &run[4..6]].concat().into_iter().collect();
        let found = index.search(&typed);
        each_marked(&corpus, &found, |hit, field, text, marks| {
            let marked = marked(field, text, marks).concat();
            let count = occurrences(field, text, &typed);
            let wanted = typed.repeat(count.max(1));
            let may_scatter = matches!(field, Field::Title | Field::Org);
            let nothing = marked.is_empty() && count == 0;
            assert!(
                nothing || (count > 0 || may_scatter) && marked == wanted,
                "{typed} in {text}: {marked}"
            );
            seen += usize::from(hit.tier == Tier::Scattered && !nothing);
        });
    }
    assert!(seen > 0, "some are found scattered");
}

#[test]
fn one_more_character_never_shows_a_case_that_did_not_match_before() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let mut typed: Vec<String> = Vec::new();
    for phrase in phrases(&corpus, 40) {
        let readings: Vec<&str> = phrase
            .chars()
            .map(|c| {
                let mut readings = pinyin::readings(fold::code(c));
                readings.next().expect("every Han is read").name()
            })
            .collect();
        typed.push(readings.concat());
        typed.push(readings.join("'"));
        typed.push(readings.iter().map(|reading| &reading[..1]).collect());
        typed.push(format!("{}{}", &phrase[..3], readings[1..].concat()));
        typed.push(format!("{phrase} {}", readings[0]));
        typed.push(phrase);
    }
    typed.extend(
        [
            "2016 地铁",
            "2015年 ditie",
            "BIM jishu",
            "G2B",
            "琴岛e保",
            "zhuang",
            "003-20",
            "000-13 轨道",
        ]
        .map(str::to_owned),
    );
    for text in typed {
        let mut before: Option<HashSet<CaseIndex>> = None;
        for (end, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
            let query = &text[..end];
            let found = index.search(query);
            let shown: HashSet<CaseIndex> = found.hits.iter().map(|hit| hit.case).collect();
            if let Some(before) = before {
                let exact = found.hits.iter().filter(|hit| hit.tier == Tier::Exact);
                for hit in exact {
                    let title = corpus.get(hit.case).title();
                    assert!(before.contains(&hit.case), "{query} shows {title}");
                }
            }
            before = Some(shown);
        }
    }
}

#[test]
fn a_word_that_is_typed_twice_is_asked_for_once() {
    let index = Index::build(seeds());
    for query in [
        "创新",
        "ditie",
        "街长治",
        "五王大赛",
        "2016",
        "\"创新\"",
        "000-1",
        "放管服|审批",
    ] {
        let once = index.search(query);
        let twice = index.search(&format!("{query} {query}"));
        assert!(!once.hits.is_empty(), "{query}");
        assert_eq!(once.hits, twice.hits, "{query}");
    }
    assert!(index.search("创新 -创新").hits.is_empty());
}

#[test]
fn folding_keeps_the_length_of_every_text() {
    let corpus = seeds();
    for document in &corpus.documents {
        for line in document.text().lines() {
            assert_eq!(folded(line).chars().count(), line.chars().count());
            assert_eq!(fold::codes(line).len(), line.chars().count());
        }
    }
}

#[test]
fn whatever_is_typed_is_answered() {
    let index = Index::build(seeds());
    let pieces = [
        "创新",
        "\"",
        "“",
        "年:",
        "-",
        "|",
        "ditie",
        "'",
        "２０１６",
        "𠮷",
        "地：",
        " ",
        "　",
        "题:",
        "\u{200b}",
        "e\u{301}",
        "%",
        "+",
        "qqqq",
        "x:y",
    ];
    for first in pieces {
        for second in pieces {
            for third in ["", "d", "创"] {
                let query = format!("{first}{second}{third}");
                let found = index.search(&query);
                assert_eq!(found.total as usize, found.hits.len());
                let empty = found.hits.is_empty();
                assert_eq!(!empty, found.suggestions.is_empty(), "{query}");
                for offer in &found.suggestions {
                    assert!(offer.count > 0, "{query}");
                    assert_eq!(index.search(&offer.query).total, offer.count);
                }
            }
        }
    }
}

/// Words that mean nothing, the same ones each time: characters of the seeds that
/// chance has put side by side, syllables, letters, and mixtures.
fn nonsense(corpus: &Corpus, count: usize) -> Vec<String> {
    let mut seed = 11_usize;
    let mut random = |bound: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let han: Vec<char> = phrases(corpus, 400).concat().chars().collect();
    let syllables = ["zhuang", "nve", "qiong", "er", "shi", "xi", "gei", "mo"];
    let others: Vec<char> = "qwxvz9%+𠮷ㄅñ０-:|\"'".chars().collect();
    let mut word = || -> String {
        let parts = 1 + random(5);
        let kind = random(5);
        let part = |_| match if kind == 4 { random(4) } else { kind } {
            0 | 1 => han[random(han.len())].to_string(),
            2 => syllables[random(syllables.len())].to_owned(),
            _ => others[random(others.len())].to_string(),
        };
        (0..parts).map(part).collect()
    };
    let fields = [
        "",
        "",
        "",
        "年:2016 ",
        "题:",
        "机构:",
        "地铁 ",
        "-创新 ",
        "标签:",
    ];
    let query = |at: usize| format!("{}{}", fields[at % fields.len()], word());
    (0..count).map(query).collect()
}

#[test]
fn a_query_that_finds_nothing_is_answered_with_at_least_two_others() {
    let corpus = seeds();
    let index = Index::build(Arc::clone(&corpus));
    let mut nothing = 0;
    for query in nonsense(&corpus, 1_000) {
        let found = index.search(&query);
        if found.total > 0 {
            assert!(found.suggestions.is_empty(), "{query}");
            continue;
        }
        nothing += 1;
        let offers: BTreeSet<&str> = found.suggestions.iter().map(|o| &*o.query).collect();
        let distinct = offers.len() == found.suggestions.len();
        assert!(offers.len() >= 2 && distinct, "{query}: {offers:?}");
        for offer in &found.suggestions {
            let count = index.search(&offer.query).total;
            assert!(count > 0, "{query}: {offer:?}");
            assert_eq!(offer.count, count, "{query}: {offer:?}");
        }
    }
    assert!(nothing > 300, "{nothing} find nothing");
}
