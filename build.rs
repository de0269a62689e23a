//! Makes the character tables that the binary carries, so that starting costs
//! nothing: the fold under which a search compares, the exceptions to it that
//! hold for display, and the readings of characters.
//!
//! Sources: hanconv (MIT; its dictionaries are OpenCC's, Apache-2.0) for
//! Traditional to Simplified, the normalization forms of Unicode for
//! compatibility characters, pinyin (MIT; its readings are those of
//! pinyin-data, MIT) for readings. NOTICE names them all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, iter};

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const POLYPHONES: &str = "src/text/pinyin/polyphones.txt";

/// The block that readings are kept for: 〇 and all Han of the first plane.
const READINGS_FROM: u32 = 0x3000;
const READINGS_TO: u32 = 0x9FFF;

/// Forms of one character that OpenCC's table does not join: the first of each
/// pair is shown in Simplified text, and compared, as the second.
const FORMS: &str = "瑯琅 擡抬 倣仿 劄札 廻回 徧遍 暱昵 痺痹 隄堤 讃赞 凖准 崐昆 彊强 \
    戸户 烱炯 硏研 緖绪 賸剩 輭软 迺乃 逕径 遶绕 郞郎 酧酬 頼赖 鬪斗 鬭斗 衞卫 粧妆 \
    敍叙 簷檐 糭粽 衹只 鼃蛙 秌秋 枱台 幺么";

/// Characters that are compared as one and shown as they are: a text may mean
/// either. 著 stands for 着 in mechanically converted documents (著力, 跟著).
const LOOSE: &str = "著着 瞭了 覆复 妳你 祂他 牠它 碁棋 叡睿 喆哲 堃坤 嵒岩 祐佑 \
    耑端 龢和 裡里 閤合";

/// Families of marks that a reader does not tell apart when searching; all of a
/// family fold to its first.
const FAMILIES: [&str; 12] = [
    "\"'“”‘’„‟‚‛「」『』﹁﹂﹃﹄〝〞〟＂＇′″`´",
    "([{（［｛〔【〖〘〚﹙﹛﹝⟨",
    ")]}）］｝〕】〗〙〛﹚﹜﹞⟩",
    "-‐‑‒–—―－−﹣﹘─━⸺⸻",
    "·•・‧∙●⋅･᛫",
    "~～〜∼˜",
    "《〈«‹︽︿",
    "》〉»›︾﹀",
    // Official texts print either circle for the figure in 二〇二三年.
    "〇○◯",
    "…⋯",
    ":：∶",
    " \u{3000}\u{a0}\u{2002}\u{2003}\u{2007}\u{2009}\u{202f}\t",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={POLYPHONES}");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let fold = fold_table();
    write(&out.join("fold.bin"), &little_endian(&fold));
    let kept = kept_for_display(&fold);
    let source = format!("static KEPT: [u16; {}] = {kept:?};\n", kept.len());
    write(&out.join("kept.rs"), source.as_bytes());
    write_readings(&out, &fold);
}

/// What every code point of the first plane folds to.
fn fold_table() -> Vec<u16> {
    let mut table: Vec<u16> = (0..=u16::MAX).collect();
    for code in 0..=u16::MAX {
        if let Some(c) = char::from_u32(code.into()) {
            table[usize::from(code)] = code_of(fold(c)).unwrap_or(code);
        }
    }
    for (from, to) in pairs(FORMS).chain(pairs(LOOSE)) {
        table[from as usize] = to as u16;
    }
    for family in FAMILIES {
        let first = code_of(first_char(family)).expect("marks stand in the first plane");
        for c in family.chars() {
            table[c as usize] = first;
        }
    }
    // What a character folds to may itself be folded by a later rule.
    for code in 0..table.len() {
        for _ in 0..3 {
            table[code] = table[usize::from(table[code])];
        }
    }
    table
}

/// Compatibility forms to plain ones, accents off, small letters, Simplified;
/// one character to one, or left as it is.
fn fold(c: char) -> char {
    if c.is_control() || is_private_use(c) {
        return c;
    }
    let plain = only(iter::once(c).nfkc()).unwrap_or(c);
    let bare = without_accents(plain);
    let small = only(bare.to_lowercase()).unwrap_or(bare);
    if is_han(small) {
        simplified(small)
    } else {
        small
    }
}

fn simplified(c: char) -> char {
    // Rare characters have their Simplified form outside the first plane; a
    // search compares them as they are.
    let converted = only(hanconv::t2s(c.to_string()).chars()).unwrap_or(c);
    code_of(converted).map_or(c, |_| converted)
}

fn without_accents(c: char) -> char {
    let mut parts = iter::once(c).nfd();
    match parts.next() {
        Some(base) if base.is_alphabetic() && !is_han(c) && parts.all(is_combining_mark) => base,
        _ => c,
    }
}

/// Han that are compared as another character and shown as themselves.
fn kept_for_display(fold: &[u16]) -> Vec<u16> {
    let loose = pairs(LOOSE).map(|(from, _)| from as u16);
    let mut kept: Vec<u16> = loose
        .filter(|&code| fold[usize::from(code)] != code)
        .filter(|&code| simplified(char::from_u32(code.into()).expect("Han")) as u16 == code)
        .collect();
    kept.sort_unstable();
    kept
}

/// Writes the syllables, the sets of readings that occur, and for every
/// character of the block the number of its set; 0 is the empty set.
fn write_readings(out: &Path, fold: &[u16]) {
    let polyphones = polyphones();
    let mut syllables: BTreeMap<String, u16> = BTreeMap::new();
    let mut readings_of: Vec<Vec<(String, u16)>> = Vec::new();
    for code in READINGS_FROM..=READINGS_TO {
        let c = char::from_u32(u32::from(fold[code as usize])).expect("folds to a character");
        let readings = match polyphones.get(&c) {
            Some(readings) => readings.clone(),
            None => first_reading(c).into_iter().map(|r| (r, 0)).collect(),
        };
        for (syllable, _) in &readings {
            syllables.insert(syllable.clone(), 0);
        }
        readings_of.push(readings);
    }
    for (number, id) in syllables.values_mut().enumerate() {
        *id = number as u16;
    }
    let mut sets: BTreeMap<Vec<u16>, u16> = BTreeMap::from([(Vec::new(), 0)]);
    let mut in_order: Vec<Vec<u16>> = vec![Vec::new()];
    let mut numbers = Vec::new();
    for readings in readings_of {
        let set: Vec<u16> = readings
            .iter()
            .map(|(syllable, flag)| syllables[syllable] | flag)
            .collect();
        let number = *sets.entry(set.clone()).or_insert_with(|| {
            in_order.push(set);
            (in_order.len() - 1) as u16
        });
        numbers.push(number);
    }
    write(&out.join("readings.bin"), &little_endian(&numbers));
    let names: Vec<&String> = syllables.keys().collect();
    let source = format!(
        "/// Every syllable that a reading has, in the order of the alphabet; ü is v.\n\
         pub const SYLLABLES: [&str; {}] = {names:?};\n\
         /// Every set of readings that a character has.\n\
         const SETS: [&[u16]; {}] = {};\n",
        names.len(),
        in_order.len(),
        format!("{in_order:?}")
            .replace('[', "&[")
            .replacen("&[", "[", 1),
    );
    write(&out.join("syllables.rs"), source.as_bytes());
}

fn first_reading(c: char) -> Option<String> {
    let readings = c.to_pinyin_multi()?;
    readings
        .into_iter()
        .map(|reading| reading.plain().replace('ü', "v").replace('ê', "e"))
        .find(|reading| reading.contains(['a', 'e', 'i', 'o', 'u', 'v']))
}

fn polyphones() -> BTreeMap<char, Vec<(String, u16)>> {
    let text = fs::read_to_string(POLYPHONES).expect("the list of polyphones stands in the tree");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let c = first_char(words.next().expect("a line names its character"));
            let flag = |word: &str| match word.chars().next_back() {
                Some('*') => 0x8000,
                Some('+') => 0x4000,
                _ => 0,
            };
            let readings = words.map(|w| (w.trim_end_matches(['*', '+']).to_owned(), flag(w)));
            (c, readings.collect())
        })
        .collect()
}

/// Whether a character is Han of the first plane, compatibility forms excepted.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

fn pairs(list: &str) -> impl Iterator<Item = (char, char)> {
    list.split_whitespace().map(|pair| {
        let mut chars = pair.chars();
        let from = chars.next().expect("a pair has a first character");
        (from, chars.next().expect("a pair has a second character"))
    })
}

fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn first_char(text: &str) -> char {
    text.chars().next().expect("a text that is not empty")
}

fn code_of(c: char) -> Option<u16> {
    u16::try_from(c as u32).ok()
}

fn little_endian(table: &[u16]) -> Vec<u8> {
    table.iter().flat_map(|entry| entry.to_le_bytes()).collect()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|error| panic!("cannot write {path:?}: {error}"));
}
