//! Makes the character tables that the binary carries, so that starting costs
//! nothing: the fold under which a search compares, the exceptions to it that
//! hold for display, and the readings of characters.
//!
//! Sources: hanconv (MIT; its dictionaries are OpenCC's, Apache-2.0) for
//! Traditional to Simplified, the normalization forms of Unicode for
//! compatibility characters, the lists under `src/text` (from Unihan, Unicode
//! License v3) for rare forms, radicals and readings, pinyin (MIT; its readings
//! are those of pinyin-data, MIT) for the readings of all other characters.
//! NOTICE names them all.

#[path = "build/traditional.rs"]
mod traditional;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs, iter};

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const POLYPHONES: &str = "src/text/pinyin/polyphones.txt";
const READINGS: &str = "src/text/pinyin/readings.txt";
const RADICALS: &str = "src/text/fold/radicals.txt";
const RARE_FORMS: &str = "src/text/fold/forms.txt";

/// The block that readings are kept for: 〇 and all Han of the first plane.
const READINGS_FROM: u32 = 0x3000;
const READINGS_TO: u32 = 0x9FFF;

/// The characters beyond the first plane that may fold into it: letters,
/// enclosed forms and Han.
const BEYOND_FROM: u32 = 0x1_0000;
const BEYOND_TO: u32 = 0x3_23AF;

/// Flags of a reading, as `text::pinyin` reads them.
const RARE: u16 = 0x8000;
const INSIDE: u16 = 0x4000;
const OF_VARIANT: u16 = 0x2000;

/// Forms of one character that OpenCC's table does not join: the first of each
/// pair is shown in Simplified text, and compared, as the second.
const FORMS: &str = "瑯琅 擡抬 倣仿 劄札 廻回 徧遍 暱昵 痺痹 隄堤 讃赞 凖准 崐昆 彊强 \
    戸户 烱炯 硏研 緖绪 賸剩 輭软 迺乃 逕径 遶绕 郞郎 酧酬 頼赖 鬪斗 鬭斗 衞卫 粧妆 \
    敍叙 簷檐 糭粽 衹只 鼃蛙 秌秋 枱台";

/// Characters that are compared as one and shown as they are: a text may mean
/// either. 著 stands for 着 in mechanically converted documents (著力, 跟著).
const LOOSE: &str = "著着 瞭了 覆复 妳你 祂他 牠它 碁棋 叡睿 喆哲 堃坤 嵒岩 祐佑 \
    耑端 龢和 裡里 閤合 幺么 藉借 揹背 彷仿 牴抵 伕夫 薰熏";

/// What a search passes over as it does the zero-width space: the selectors of a
/// variant, which only change how the character before them looks.
const SELECTORS: [std::ops::RangeInclusive<u32>; 2] = [0xFE00..=0xFE0F, 0xE0100..=0xE01EF];
const ZERO_WIDTH: u16 = 0x200B;

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
    " \u{3000}\u{a0}\u{2002}\u{2003}\u{2007}\u{2009}\u{202f}",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    for list in [POLYPHONES, READINGS, RADICALS, RARE_FORMS]
        .iter()
        .chain(&traditional::LISTS)
    {
        println!("cargo::rerun-if-changed={list}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let rare_forms = listed_pairs(RARE_FORMS);
    let fold = fold_table(&rare_forms);
    write(&out.join("fold.bin"), &little_endian(&fold));
    let kept = kept_for_display(&fold, &rare_forms);
    let mut variants: Vec<u16> = pairs(FORMS).map(|(from, _)| from as u16).collect();
    variants.sort_unstable();
    let source = format!(
        "/// Characters that are compared as another and shown as themselves, sorted.\n\
         static KEPT: [u16; {}] = {kept:?};\n\
         /// Variants of a character that OpenCC does not know for what they are, sorted.\n\
         static VARIANTS: [u16; {}] = {variants:?};\n",
        kept.len(),
        variants.len(),
    );
    write(&out.join("kept.rs"), source.as_bytes());
    let standardized = standardized_variants();
    let source = format!(
        "/// Ideographs and the selectors that have a form of them, two bits, sorted.\n\
         static STANDARDIZED: [u32; {}] = {standardized:?};\n",
        standardized.len(),
    );
    write(&out.join("standardized.rs"), source.as_bytes());
    traditional::write_tables(&out, &fold);
    let readings = Readings::read();
    let codes = Codes::new(fold, &readings);
    codes.write(&out);
    let spelled_out = spelled_out(&codes.fold);
    let source = format!(
        "static SPELLED_OUT: [(char, &str); {}] = {spelled_out:?};\n",
        spelled_out.len()
    );
    write(&out.join("spelled_out.rs"), source.as_bytes());
    write_readings(&out, &codes, &readings);
}

/// The ideographs that have standardized variants, each with its selector less U+FE00:
/// every CJK compatibility ideograph is one (StandardizedVariants of Unicode).
fn standardized_variants() -> Vec<u32> {
    let compatible = ('\u{F900}'..='\u{FAFF}').chain('\u{2F800}'..='\u{2FA1F}');
    let variants = compatible.filter_map(|c| {
        let mut sequence = iter::once(c).cjk_compat_variants();
        let (base, selector) = (sequence.next()?, sequence.next()?);
        Some((base as u32) << 2 | (selector as u32 - 0xFE00))
    });
    BTreeSet::from_iter(variants).into_iter().collect()
}

/// What every code point of the first plane folds to.
fn fold_table(rare_forms: &[(char, char)]) -> Vec<u16> {
    let mut table: Vec<u16> = (0..=u16::MAX).collect();
    for code in 0..=u16::MAX {
        if let Some(c) = char::from_u32(code.into()) {
            table[usize::from(code)] = code_of(fold(c)).unwrap_or(code);
        }
    }
    let radicals = listed_pairs(RADICALS);
    let listed = radicals.iter().chain(rare_forms).copied();
    for (from, to) in listed.chain(pairs(FORMS)).chain(pairs(LOOSE)) {
        table[from as usize] = to as u16;
    }
    for family in FAMILIES {
        let first = code_of(first_char(family)).expect("marks stand in the first plane");
        for c in family.chars() {
            table[c as usize] = first;
        }
    }
    for code in SELECTORS[0].clone() {
        table[code as usize] = ZERO_WIDTH;
    }
    // What a character folds to may itself be folded by a later rule.
    for code in 0..table.len() {
        for _ in 0..3 {
            table[code] = table[usize::from(table[code])];
        }
    }
    table
}

/// The code of every character, those beyond the first plane included.
struct Codes {
    fold: Vec<u16>,
    /// Characters beyond the first plane that fold into it, sorted.
    beyond: BTreeMap<u32, u16>,
    /// Those that do not, and have a reading: they have a code of their own.
    own: Vec<char>,
}

impl Codes {
    fn new(fold: Vec<u16>, readings: &Readings) -> Self {
        let mut beyond = BTreeMap::new();
        let mut own = Vec::new();
        for c in (BEYOND_FROM..=BEYOND_TO).filter_map(char::from_u32) {
            match folded_into_first_plane(c) {
                Some(plain) => {
                    beyond.insert(c as u32, fold[usize::from(plain)]);
                }
                None if !readings.listed(c).is_empty() => own.push(c),
                None => {}
            }
        }
        Self { fold, beyond, own }
    }

    /// `None` beyond the first plane, where the character is neither folded nor read.
    fn of(&self, c: char) -> Option<u16> {
        let in_plane = code_of(c).map(|code| self.fold[usize::from(code)]);
        in_plane
            .or_else(|| self.beyond.get(&(c as u32)).copied())
            .or_else(|| Some(OWN_FROM + self.own.binary_search(&c).ok()? as u16))
    }

    fn write(&self, out: &Path) {
        let beyond: Vec<_> = self.beyond.iter().collect();
        let source = format!(
            "/// Characters beyond the first plane that fold into it, sorted.\n\
             static BEYOND: [(u32, u16); {}] = {beyond:?};\n\
             /// Those that do not, and have a reading, sorted.\n\
             static OWN: [char; {}] = {:?};\n",
            beyond.len(),
            self.own.len(),
            self.own,
        );
        write(&out.join("beyond.rs"), source.as_bytes());
    }
}

/// Characters that stand for several: ㎡ for m2, Ⅲ for iii. Only those that fold to
/// themselves; what they stand for is folded.
fn spelled_out(fold: &[u16]) -> Vec<(char, String)> {
    let folded = |c| match c {
        // ⅓ is 1/3.
        '\u{2044}' => Some('/'),
        _ => char::from_u32(fold[usize::from(code_of(c)?)].into()),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "./()°μ".contains(c) || is_han(c);
    let symbols = (0x2100..=0x24FF).chain(0x3200..=0x33FF);
    symbols
        .filter(|&code| u32::from(fold[code as usize]) == code)
        .filter_map(char::from_u32)
        .filter_map(|c| {
            let parts: String = iter::once(c).nfkc().filter_map(folded).collect();
            let stands_for_several = parts.chars().nth(1).is_some();
            (stands_for_several && parts.chars().all(is_plain)).then_some((c, parts))
        })
        .collect()
}

/// The first code of those that no character has: 2,048, for what stands beyond
/// the first plane.
const OWN_FROM: u16 = 0xD800;

/// A character beyond the first plane as one in it: its plain form, its
/// Simplified form, or else its Traditional form (𬭚 as 錞).
fn folded_into_first_plane(c: char) -> Option<u16> {
    let plain = fold(c);
    let simple = || only(hanconv::t2s(plain.to_string()).chars());
    let traditional = || only(hanconv::s2t(plain.to_string()).chars());
    code_of(plain)
        .or_else(|| code_of(simple()?))
        .or_else(|| code_of(traditional()?))
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
fn kept_for_display(fold: &[u16], rare_forms: &[(char, char)]) -> Vec<u16> {
    let loose = pairs(LOOSE).chain(rare_forms.iter().copied());
    let mut kept: Vec<u16> = loose
        .map(|(from, _)| from as u16)
        .filter(|&code| fold[usize::from(code)] != code)
        .filter(|&code| simplified(char::from_u32(code.into()).expect("Han")) as u16 == code)
        .collect();
    kept.sort_unstable();
    kept
}

/// A syllable and its flags.
type Reading = (String, u16);

/// The readings of characters as they are printed.
struct Readings {
    listed: BTreeMap<char, Vec<Reading>>,
}

impl Readings {
    fn read() -> Self {
        let mut listed = BTreeMap::new();
        for line in lines_of(READINGS) {
            let (syllable, characters) = line.split_once(' ').expect("a syllable and characters");
            listed.extend(
                characters
                    .chars()
                    .map(|c| (c, vec![(syllable.to_owned(), 0)])),
            );
        }
        for line in lines_of(POLYPHONES) {
            let mut words = line.split_whitespace();
            let c = first_char(words.next().expect("a line names its character"));
            let flag = |word: &str| match word.chars().next_back() {
                Some('*') => RARE,
                Some('+') => INSIDE,
                _ => 0,
            };
            let readings = words.map(|w| (w.trim_end_matches(['*', '+']).to_owned(), flag(w)));
            let twice = listed.insert(c, readings.collect());
            assert!(
                twice.is_none(),
                "{c} stands in {READINGS} and in {POLYPHONES}"
            );
        }
        Self { listed }
    }

    fn listed(&self, c: char) -> &[Reading] {
        self.listed.get(&c).map_or(&[], Vec::as_slice)
    }

    /// The readings that the lists or, where they have none, the crate give a
    /// character.
    fn of(&self, c: char) -> Vec<Reading> {
        match self.listed(c) {
            [] => first_reading(c).into_iter().map(|r| (r, 0)).collect(),
            listed => listed.to_vec(),
        }
    }

    /// The readings of a form that folds to another character: those that the
    /// lists give it, then those of that character. 乾 is qian, and gan as 干 is.
    /// The crate is not asked: it would read 鉄 zhi and 軽 zhi.
    fn of_form(&self, c: char, folded: &[Reading]) -> Vec<Reading> {
        joined(self.listed(c), folded)
    }
}

/// The first list, then what the second has more; the rare ones last.
fn joined(first: &[Reading], second: &[Reading]) -> Vec<Reading> {
    let has = |syllable: &String| first.iter().any(|(other, _)| other == syllable);
    let more = second.iter().filter(|(syllable, _)| !has(syllable));
    let mut all: Vec<Reading> = first.iter().chain(more).cloned().collect();
    all.sort_by_key(|(_, flags)| flags & (RARE | OF_VARIANT));
    all
}

/// Writes the syllables, the sets of readings that occur, and the number of its
/// set for every code and for every printed character that is not read as its
/// code; 0 is the empty set.
fn write_readings(out: &Path, codes: &Codes, readings: &Readings) {
    let han = (READINGS_FROM..=READINGS_TO).chain(0xF900..=0xFAFF);
    let beyond = codes
        .beyond
        .keys()
        .copied()
        .chain(codes.own.iter().map(|&c| c as u32));
    let mut of_code: BTreeMap<u16, Vec<Reading>> = BTreeMap::new();
    let mut as_printed: BTreeMap<char, Vec<Reading>> = BTreeMap::new();
    for c in han.chain(beyond).filter_map(char::from_u32) {
        let code = codes.of(c).expect("a character with a code");
        let named = char::from_u32(code.into()).unwrap_or(c);
        let of_named = readings.of(named);
        let all = of_code.entry(code).or_insert_with(|| of_named.clone());
        if c != named {
            let own = readings.of_form(c, &of_named);
            let own_syllables = own
                .iter()
                .map(|(syllable, _)| (syllable.clone(), OF_VARIANT));
            *all = joined(all, &own_syllables.collect::<Vec<_>>());
            if own != of_named {
                as_printed.insert(c, own);
            }
        }
    }
    let every = || of_code.values().chain(as_printed.values()).flatten();
    let names: BTreeSet<&String> = every().map(|(syllable, _)| syllable).collect();
    let number_of: BTreeMap<&String, u16> = names.iter().copied().zip(0..).collect();
    let mut sets: BTreeMap<Vec<u16>, u16> = BTreeMap::from([(Vec::new(), 0)]);
    let mut in_order: Vec<Vec<u16>> = vec![Vec::new()];
    let mut set_of = |readings: &[Reading]| {
        let set: Vec<u16> = readings
            .iter()
            .map(|(syllable, flags)| number_of[syllable] | flags)
            .collect();
        *sets.entry(set.clone()).or_insert_with(|| {
            in_order.push(set);
            (in_order.len() - 1) as u16
        })
    };
    let first_plane = (READINGS_FROM..=READINGS_TO).map(|code| code as u16);
    let own = (OWN_FROM..).take(codes.own.len());
    let numbers: Vec<u16> = first_plane
        .chain(own)
        .map(|code| of_code.get(&code).map_or(0, |readings| set_of(readings)))
        .collect();
    let as_printed: Vec<(char, u16)> = as_printed
        .iter()
        .map(|(&c, readings)| (c, set_of(readings)))
        .collect();
    write(&out.join("readings.bin"), &little_endian(&numbers));
    let names = Vec::from_iter(names);
    let source = format!(
        "/// Every syllable that a reading has, in the order of the alphabet; ü is v.\n\
         pub const SYLLABLES: [&str; {}] = {names:?};\n\
         /// Every set of readings that a character has.\n\
         const SETS: [&[u16]; {}] = {};\n\
         /// The sets of characters that are not read as the character they fold to, sorted.\n\
         static AS_PRINTED: [(char, u16); {}] = {as_printed:?};\n\
         /// How many characters beyond the first plane have readings of their own.\n\
         const BEYOND: usize = {};\n",
        names.len(),
        in_order.len(),
        format!("{in_order:?}")
            .replace('[', "&[")
            .replacen("&[", "[", 1),
        as_printed.len(),
        codes.own.len(),
    );
    write(&out.join("syllables.rs"), source.as_bytes());
}

fn first_reading(c: char) -> Option<String> {
    let readings = c.to_pinyin_multi()?;
    readings
        .into_iter()
        .map(|reading| spelled(reading.plain()))
        .find(|reading| reading.contains(['a', 'e', 'i', 'o', 'u', 'v']))
}

/// A syllable as the lists spell it: nüe and lüe keep their ü, which the crate
/// leaves out of some.
fn spelled(syllable: &str) -> String {
    match syllable {
        "nue" => "nve".to_owned(),
        "lue" => "lve".to_owned(),
        _ => syllable.replace('ü', "v").replace('ê', "e"),
    }
}

fn lines_of(path: &str) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The pairs of a list in the tree.
fn listed_pairs(path: &str) -> Vec<(char, char)> {
    lines_of(path).iter().flat_map(|line| pairs(line)).collect()
}

/// Whether a character is Han of the first plane, compatibility forms excepted.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

fn pairs(list: &str) -> impl Iterator<Item = (char, char)> + '_ {
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
