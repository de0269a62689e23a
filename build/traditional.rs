//! The words by which text is shown in Traditional characters, as tables for the
//! best path over a line (`src/text/script/traditional.rs` walks it).
//!
//! A word has a cost, the higher the rarer, and may be converted otherwise than
//! its characters are when each stands alone. Three sources, in this order:
//!
//! 1. `words.txt`, jieba's words with how often they were counted;
//! 2. the phrases of OpenCC that its single characters do not give;
//! 3. `own.txt`, what OpenCC lacks or has wrong, and names.
//!
//! Then the set is closed: a phrase of OpenCC that alone would still be cut and
//! converted otherwise becomes a word that wins over its own parts, and over
//! nothing that reaches beyond it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use hanconv::RawDictionary;

use crate::{code_of, is_han, lines_of, little_endian, only, write};

const WORDS: &str = "src/text/script/words.txt";
const OWN: &str = "src/text/script/own.txt";
pub const LISTS: [&str; 2] = [WORDS, OWN];

/// How many words were counted for `words.txt`.
const COUNTED: f64 = 60_101_967.0;
/// Steps of cost for a frequency e times as high.
const STEPS: f64 = 14.0;
/// The cost of a word that is rarer than any that was counted once: a byte has no more.
const HIGHEST: u32 = 255;
/// By how much a word of a closed set is cheaper than its parts.
const LESS_THAN_PARTS: u32 = 7;
/// The frequency of a phrase that was not counted.
const OF_PHRASE: f64 = 3.0;
/// The most characters of a word.
const LONGEST: usize = 12;

/// Phrases of OpenCC that do harm in the middle of a sentence: 各个|中 is not 箇中.
const LEFT_OUT: [&str; 3] = ["个中", "并为", "所系"];
/// The usual form where OpenCC's first is the rarer one.
const FIRST_FORMS: [(char, char); 1] = [('签', '簽')];

type Word = Vec<char>;

struct Words {
    /// At most [`HIGHEST`], as every cost of a word.
    costs: HashMap<Word, u32>,
    single_costs: HashMap<char, u32>,
    first_forms: HashMap<char, char>,
    /// How a word is converted, where a source says so.
    said: HashMap<Word, Word>,
    made: HashMap<Word, Word>,
}

/// Writes the tables of words and of the forms of Taiwan and of Hong Kong.
pub fn write_tables(out: &Path, fold: &[u16]) {
    let mut words = Words::read(fold);
    words.close();
    words.write(out);
    let regions = [
        ("TAIWAN", RawDictionary::TWVariants),
        ("HONG_KONG", RawDictionary::HKVariants),
    ];
    let tables = regions.map(|(name, dictionary)| {
        let forms: BTreeMap<char, char> = characters(dictionary)
            .filter(|&(from, to)| from != to && fold_alike(fold, from, to))
            .collect();
        let forms = Vec::from_iter(forms);
        format!("const {name}: &[(char, char)] = &{forms:?};\n")
    });
    write(&out.join("regions.rs"), tables.concat().as_bytes());
}

impl Words {
    fn read(fold: &[u16]) -> Self {
        let mut words = Self {
            costs: HashMap::new(),
            single_costs: HashMap::new(),
            first_forms: characters(RawDictionary::STCharacters)
                .chain(FIRST_FORMS)
                .filter(|&(from, to)| fold_alike(fold, from, to))
                .collect(),
            said: HashMap::new(),
            made: HashMap::new(),
        };
        for line in lines_of(WORDS) {
            let (frequency, listed) = line.split_once(' ').expect("a frequency and words");
            let cost = cost(frequency.parse().expect("a number"));
            for word in listed.split(' ') {
                match only(word.chars()) {
                    Some(c) => words.single_costs.insert(c, cost),
                    None => words.costs.insert(word.chars().collect(), cost),
                };
            }
        }
        let own = own_words();
        for (from, to) in phrases() {
            let alike = from.len() == to.len()
                && from
                    .iter()
                    .zip(&to)
                    .all(|(&from, &to)| fold_alike(fold, from, to));
            if alike && !own.iter().any(|own| own.contradicts(&from, &to)) {
                if words.by_character(&from) != to {
                    words.costs.entry(from.clone()).or_insert(cost(OF_PHRASE));
                }
                words.said.insert(from, to);
            }
        }
        for word in own {
            let own = word
                .cost
                .unwrap_or_else(|| words.less_than_parts(&word.from));
            let cost = words.costs.entry(word.from.clone()).or_insert(own);
            *cost = own.min(*cost);
            words.said.insert(word.from, word.to);
        }
        words
    }

    /// Makes every phrase of OpenCC come out as OpenCC has it when it stands alone.
    fn close(&mut self) {
        for (phrase, said) in phrases() {
            if self.said.get(&phrase) != Some(&said) {
                continue;
            }
            let path = self.path(&phrase, LONGEST);
            let converted: Word = path.iter().flat_map(|word| self.converted(word)).collect();
            if converted != said {
                let cheaper = self.less_than_parts(&phrase);
                let cost = self.costs.entry(phrase).or_insert(cheaper);
                *cost = cheaper.min(*cost);
            }
        }
        self.made.clear();
    }

    fn less_than_parts(&self, word: &[char]) -> u32 {
        let parts = self.path(word, word.len() - 1);
        let cost: u32 = parts.iter().map(|part| self.cost(part)).sum();
        cost.saturating_sub(LESS_THAN_PARTS).min(HIGHEST)
    }

    fn cost(&self, word: &[char]) -> u32 {
        match word {
            [c] => self.single_costs.get(c).copied().unwrap_or(cost(1.0)),
            _ => self.costs[word],
        }
    }

    fn by_character(&self, word: &[char]) -> Word {
        word.iter()
            .map(|c| self.first_forms.get(c).copied().unwrap_or(*c))
            .collect()
    }

    /// The cheapest way to cut a text into words of at most `longest` characters.
    fn path<'a>(&self, text: &'a [char], longest: usize) -> Vec<&'a [char]> {
        let mut best = vec![(u32::MAX, 0); text.len() + 1];
        best[0] = (0, 0);
        for start in 0..text.len() {
            for end in start + 1..=text.len().min(start + longest.min(LONGEST)) {
                let word = &text[start..end];
                if word.len() == 1 || self.costs.contains_key(word) {
                    let cost = best[start].0 + self.cost(word);
                    if cost < best[end].0 {
                        best[end] = (cost, start);
                    }
                }
            }
        }
        let mut words = Vec::new();
        let mut end = text.len();
        while end > 0 {
            let start = best[end].1;
            words.push(&text[start..end]);
            end = start;
        }
        words.reverse();
        words
    }

    /// A word in Traditional characters: as a source says, or else by its own best
    /// path over shorter words.
    fn converted(&mut self, word: &[char]) -> Word {
        if let [_] = word {
            return self.by_character(word);
        }
        if let Some(known) = self.said.get(word).or_else(|| self.made.get(word)) {
            return known.clone();
        }
        let parts = self.path(word, word.len() - 1);
        let made: Word = parts.iter().flat_map(|part| self.converted(part)).collect();
        self.made.insert(word.to_vec(), made.clone());
        made
    }

    /// The tables, words sorted by first character, length and the rest:
    /// `words.bin` has for every first character the groups of a length (length,
    /// count, the rest of each word), ended by 0; `costs.bin` a byte a word.
    fn write(mut self, out: &Path) {
        let mut groups: BTreeMap<u16, BTreeMap<usize, Vec<Word>>> = BTreeMap::new();
        let common = self
            .single_costs
            .iter()
            .filter(|(_, cost)| **cost <= cost_of_rare());
        let singles = common.map(|(c, _)| c).chain(self.first_forms.keys());
        for code in singles.filter_map(|&c| code_of(c)) {
            groups.entry(code).or_default();
        }
        for word in self
            .costs
            .keys()
            .filter(|word| word.iter().all(|&c| is_han(c)))
        {
            let by_length = groups.entry(word[0] as u16).or_default();
            by_length.entry(word.len()).or_default().push(word.clone());
        }
        let mut table: Vec<u16> = Vec::new();
        let mut costs: Vec<u8> = Vec::new();
        let mut firsts = Vec::new();
        let mut exceptions = Vec::new();
        for (&first, by_length) in &mut groups {
            let c = char::from_u32(first.into()).expect("Han");
            let form = self.by_character(&[c])[0];
            let form = code_of(form).unwrap_or(first);
            firsts.push((first, form, self.cost(&[c]) as u8, table.len(), costs.len()));
            for (length, words) in by_length {
                words.sort_unstable();
                table.extend([*length as u16, words.len() as u16]);
                for word in words {
                    table.extend(word[1..].iter().map(|&c| c as u16));
                    let by_character = self.by_character(word);
                    let converted = self.converted(word).into_iter().zip(by_character);
                    for (at, (new, usual)) in converted.enumerate() {
                        if new != usual {
                            exceptions.push(((costs.len() << 4) | at, new as u16));
                        }
                    }
                    costs.push(self.cost(word) as u8);
                }
            }
            table.push(0);
        }
        write(&out.join("words.bin"), &little_endian(&table));
        write(&out.join("costs.bin"), &costs);
        let column = |name: &str, of: &str, values: Vec<usize>| {
            format!("static {name}: [{of}; {}] = {values:?};\n", values.len())
        };
        let source = [
            "/// The characters that begin a word or are converted, sorted.\n".to_owned(),
            column("FIRSTS", "u16", firsts.iter().map(|f| f.0.into()).collect()),
            "/// Their Traditional form where they stand alone.\n".to_owned(),
            column("FORMS", "u16", firsts.iter().map(|f| f.1.into()).collect()),
            "/// What they cost alone.\n".to_owned(),
            column(
                "SINGLE_COSTS",
                "u8",
                firsts.iter().map(|f| f.2.into()).collect(),
            ),
            "/// Where the words that begin with them stand in the table.\n".to_owned(),
            column("STARTS", "u32", firsts.iter().map(|f| f.3).collect()),
            "/// The number of the first of them.\n".to_owned(),
            column("NUMBERS", "u32", firsts.iter().map(|f| f.4).collect()),
            "/// Word and character in it, four bits, where a word is converted otherwise \
             than its characters alone; sorted.\n"
                .to_owned(),
            column(
                "EXCEPTIONS",
                "u32",
                exceptions.iter().map(|e| e.0).collect(),
            ),
            "/// The character that stands there.\n".to_owned(),
            column(
                "EXCEPTIONAL",
                "u16",
                exceptions.iter().map(|e| e.1.into()).collect(),
            ),
            format!(
                "static TABLE: [u16; {}] = decode(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/words.bin\")));\n",
                table.len()
            ),
            format!(
                "static COSTS: [u8; {}] = *include_bytes!(concat!(env!(\"OUT_DIR\"), \"/costs.bin\"));\n",
                costs.len()
            ),
            format!("const UNKNOWN: u8 = {};\n", cost(1.0)),
        ];
        write(&out.join("words.rs"), source.concat().as_bytes());
    }
}

/// A line of `own.txt`.
struct OwnWord {
    from: Word,
    to: Word,
    /// Its cost, where it is not to be that of its parts less a little.
    cost: Option<u32>,
}

impl OwnWord {
    /// Whether a phrase holds the word and converts it otherwise.
    fn contradicts(&self, from: &[char], to: &[char]) -> bool {
        let at = from
            .windows(self.from.len())
            .position(|part| part == self.from);
        at.is_some_and(|at| to[at..at + self.to.len()] != self.to)
    }
}

fn own_words() -> Vec<OwnWord> {
    let lines = lines_of(OWN);
    let words = lines.iter().map(|line| {
        let mut words = line.split(' ');
        let mut next = || Word::from_iter(words.next().unwrap_or_default().chars());
        let (from, to) = (next(), next());
        assert!(from.len() > 1 && from.len() == to.len(), "{OWN}: {line}");
        OwnWord {
            from,
            to,
            cost: words.next().map(|frequency| match frequency {
                "!" => 0,
                frequency => cost(frequency.parse().expect("a number")),
            }),
        }
    });
    words.collect()
}

/// The phrases of OpenCC in its own order, those left out excepted.
fn phrases() -> impl Iterator<Item = (Word, Word)> {
    let left_out = HashSet::from(LEFT_OUT);
    RawDictionary::STPhrases
        .iter()
        .filter(move |(from, _)| !left_out.contains(from))
        .map(|(from, to)| (from.chars().collect(), to.chars().collect()))
        .filter(|(from, _): &(Word, Word)| (2..=LONGEST).contains(&from.len()))
}

fn characters(dictionary: RawDictionary) -> impl Iterator<Item = (char, char)> {
    dictionary
        .iter()
        .filter_map(|(from, to)| Some((only(from.chars())?, only(to.chars())?)))
}

/// Whether a search takes the two for one: what is shown must be found.
fn fold_alike(fold: &[u16], a: char, b: char) -> bool {
    let folded = |c| code_of(c).map(|code| fold[usize::from(code)]);
    folded(a).is_some() && folded(a) == folded(b)
}

/// A character that begins no word and is rarer counts as one that was never seen.
fn cost_of_rare() -> u32 {
    cost(20.0)
}

fn cost(frequency: f64) -> u32 {
    ((COUNTED / frequency).ln() * STEPS).round() as u32
}
