//! Words that speak for a criterion, and what keeps them from counting.

use std::ops::Range;

use super::{Criterion, Scope};

/// Words of a sentence that speak for a criterion, in characters of the paragraph.
pub(super) struct Found {
    pub criterion: Criterion,
    pub range: Range<usize>,
    pub scope: Option<Scope>,
}

/// A cue: words that speak for a criterion wherever they occur, but for those
/// of `no`, which hold the same characters and mean something else.
struct Row {
    words: &'static [&'static str],
    criterion: Criterion,
}

const ROWS: &[Row] = &[
    Row {
        words: &[
            "首创",
            "率先",
            "首个",
            "首家",
            "首例",
            "首次",
            "第一家",
            "填补",
        ],
        criterion: Criterion::Innovation,
    },
    Row {
        words: &["领先", "首位", "前列", "名列前茅", "荣获", "获评", "入选"],
        criterion: Criterion::Leadership,
    },
    Row {
        words: &[
            "提高了",
            "降低了",
            "减少了",
            "缩短",
            "节约",
            "惠及",
            "受益",
            "同比",
        ],
        criterion: Criterion::Effect,
    },
    Row {
        words: &["复制推广", "批示", "充分肯定", "现场会", "媒体"],
        criterion: Criterion::Spread,
    },
];

/// The cues of a sentence, in reading order.
pub(super) fn find(text: &[char], sentence: Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    for at in sentence.clone() {
        let rest = &text[at..sentence.end];
        for row in ROWS {
            let word = row.words.iter().find(|word| begins(rest, word));
            if let Some(word) = word {
                found.push(Found {
                    criterion: row.criterion,
                    range: at..at + word.chars().count(),
                    scope: scope(text, sentence.start..at),
                });
            }
        }
    }
    found
}

fn begins(text: &[char], word: &str) -> bool {
    let mut text = text.iter();
    word.chars().all(|c| text.next() == Some(&c))
}

/// The scope that the words before a cue name in its clause.
fn scope(text: &[char], before: Range<usize>) -> Option<Scope> {
    const NAMES: &[(&str, Scope)] = &[
        ("全球", Scope::World),
        ("全国", Scope::Nation),
        ("全省", Scope::Province),
        ("全市", Scope::City),
        ("全区", Scope::District),
        ("行业", Scope::Industry),
    ];
    let clause = before
        .clone()
        .rev()
        .take_while(|&at| !matches!(text[at], ',' | '，' | '；' | ';'));
    clause
        .filter_map(|at| {
            let name = NAMES.iter().find(|(name, _)| begins(&text[at..], name));
            name.map(|&(_, scope)| scope)
        })
        .min()
}
