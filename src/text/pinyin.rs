//! Readings of characters, and the ways in which a syllable may be typed.
//!
//! The table is made by `build.rs` from three lists: `pinyin/readings.txt` and
//! `pinyin/polyphones.txt` have the readings of the 8,105 characters of the
//! national table of 2013, usual ones first; all others have the first reading of
//! the crate `pinyin` (MIT, readings from pinyin-data). A table with all readings
//! of dictionaries would drown what is meant: 721 of the 2,419 characters of the
//! seeds have more than one, mostly curiosities.
//!
//! A search compares folded characters, and 著 folds to 着, 乾 to 干. Readings belong
//! to the character as it is printed ([`readings_of`]); a folded one has those of
//! every form that folds to it ([`readings`]), marked where they are not its own.

mod code_sets;
pub mod shuangpin;
pub mod slips;

use super::fold;
pub use code_sets::ReadableCodes;
use shuangpin::Scheme;

include!(concat!(env!("OUT_DIR"), "/syllables.rs"));

/// The first code that the table of readings knows.
const FIRST: u16 = 0x3000;
/// How many codes it knows from there on.
const IN_FIRST_PLANE: u16 = 0x7000;

/// The number of the set of readings, for every code from [`FIRST`], then for the
/// codes of characters beyond the first plane.
static SET_OF: [u16; IN_FIRST_PLANE as usize + BEYOND] =
    fold::decode(include_bytes!(concat!(env!("OUT_DIR"), "/readings.bin")));

/// The number of a syllable in [`SYLLABLES`].
pub type Syllable = u16;

/// One way to read a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading(u16);

impl Reading {
    const RARE: u16 = 0x8000;
    const INSIDE: u16 = 0x4000;
    const OF_VARIANT: u16 = 0x2000;

    pub const fn syllable(self) -> Syllable {
        self.0 & !(Self::RARE | Self::INSIDE | Self::OF_VARIANT)
    }

    /// Whether this is a usual reading: at least three in a hundred uses of the printed
    /// character. Rare readings come after usual ones.
    pub const fn is_usual(self) -> bool {
        self.0 & (Self::RARE | Self::OF_VARIANT) == 0
    }

    /// Whether the reading is not a usual one: that of a place, of a surname or of
    /// another form of the character. It is good for a whole syllable, not for an
    /// initial.
    pub const fn is_rare(self) -> bool {
        !self.is_usual()
    }

    /// Whether only another form that folds to the character is read so: zhu of 着,
    /// for 著. A place with this reading is meant only if that form is printed
    /// there, which [`reads`] says.
    pub const fn is_of_variant(self) -> bool {
        self.0 & Self::OF_VARIANT != 0
    }

    /// Whether the character is read so inside a word only, not at its
    /// beginning: 的 in 目的.
    pub const fn is_inside(self) -> bool {
        self.0 & Self::INSIDE != 0
    }

    /// Without tone, ü as `v`.
    pub fn name(self) -> &'static str {
        SYLLABLES[usize::from(self.syllable())]
    }
}

/// A set of readings that at least one character has; 0 is the empty one.
pub type SetOfReadings = u16;

/// The number of the set of readings of a folded character; 0 where it has none.
pub fn set_of(code: u16) -> SetOfReadings {
    let in_first_plane = code.wrapping_sub(FIRST);
    let at = match code.checked_sub(fold::BEYOND_FROM) {
        Some(beyond) => usize::from(IN_FIRST_PLANE + beyond),
        None if in_first_plane < IN_FIRST_PLANE => usize::from(in_first_plane),
        None => return 0,
    };
    SET_OF.get(at).copied().unwrap_or(0)
}

/// The readings in a set: the usual ones, the commonest first, then the others.
pub fn readings_in(set: SetOfReadings) -> impl Iterator<Item = Reading> + Clone {
    SETS[usize::from(set)]
        .iter()
        .map(|&reading| Reading(reading))
}

/// The readings of a folded character and of all forms that fold to it: the usual
/// ones, the commonest first, then the others.
pub fn readings(code: u16) -> impl Iterator<Item = Reading> + Clone {
    readings_in(set_of(code))
}

/// The readings of a character as it is printed: the usual ones, the commonest
/// first, then the rare ones. A Traditional character is also read as its
/// Simplified form is.
pub fn readings_of(c: char) -> impl Iterator<Item = Reading> + Clone {
    let set = match AS_PRINTED.binary_search_by_key(&c, |&(c, _)| c) {
        Ok(at) => AS_PRINTED[at].1,
        Err(_) => set_of(fold::code(c)),
    };
    readings_in(set).filter(|reading| !reading.is_of_variant())
}

/// Whether a character as it is printed may be read as a syllable.
pub fn reads(c: char, syllable: Syllable) -> bool {
    readings_of(c).any(|reading| reading.syllable() == syllable)
}

/// Whether letters are the whole reading of a text, each syllable in full.
pub fn spells(letters: &str, text: &str) -> bool {
    let mut rest = text.chars();
    let Some(c) = rest.next() else {
        return letters.is_empty();
    };
    readings_of(c).any(|reading| {
        let behind = letters.strip_prefix(reading.name());
        behind.is_some_and(|behind| spells(behind, rest.as_str()))
    })
}

/// Every folded character that has a reading.
pub fn readable() -> impl Iterator<Item = u16> {
    let in_first_plane = FIRST..FIRST + IN_FIRST_PLANE;
    let beyond = (fold::BEYOND_FROM..).take(BEYOND);
    in_first_plane
        .chain(beyond)
        .filter(|&code| set_of(code) != 0)
}

/// Whether a byte is a key with which syllables are typed; some layouts have
/// `;` among them.
pub const fn is_key(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte == b';'
}

/// How readers like to type pinyin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// 模糊音: zh = z, ch = c, sh = s, n = l, ang = an, eng = en, ing = in.
    pub fuzzy: bool,
    /// 双拼: two keys a syllable, instead of its letters.
    pub shuangpin: Option<Scheme>,
}

/// The most letters of a syllable: `zhuang`.
pub const LONGEST: usize = 6;

/// One way to type a syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling {
    letters: [u8; LONGEST],
    length: u8,
    pub syllable: Syllable,
}

impl Spelling {
    fn new(letters: &str, syllable: Syllable) -> Self {
        let mut spelling = Self {
            letters: [0; LONGEST],
            length: letters.len() as u8,
            syllable,
        };
        spelling.letters[..letters.len()].copy_from_slice(letters.as_bytes());
        spelling
    }

    /// The keys to type, in ASCII.
    pub fn letters(&self) -> &[u8] {
        &self.letters[..usize::from(self.length)]
    }

    /// Returns how many leading keys of a zero-padded array it shares.
    pub fn shared(&self, keys: &[u8; LONGEST]) -> usize {
        let padded = |&[a, b, c, d, e, f]: &[u8; LONGEST]| [a, b, c, d, e, f, 0, 0];
        let differ = u64::from_le_bytes(padded(&self.letters)) ^ u64::from_le_bytes(padded(keys));
        let same = differ.trailing_zeros() as usize / 8;
        same.min(usize::from(self.length))
    }
}

/// Every way to type every syllable, under some options.
#[derive(Clone, Debug)]
pub struct Spellings {
    /// In the order of the alphabet.
    rows: Vec<Spelling>,
    options: Options,
}

impl Default for Spellings {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

impl Spellings {
    pub fn new(options: Options) -> Self {
        let mut rows = Vec::with_capacity(512);
        for (number, name) in SYLLABLES.iter().enumerate() {
            let syllable = number as Syllable;
            let mut add = |letters: &str| rows.push(Spelling::new(letters, syllable));
            let mut spell = |name: &str| match options.shuangpin {
                Some(scheme) => scheme.keys(name).for_each(|keys| add(&keys)),
                None => letters_of(name).for_each(|letters| add(&letters)),
            };
            spell(name);
            if options.fuzzy {
                for name in confused_with(name) {
                    spell(&name);
                }
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Self { rows, options }
    }

    /// All spellings whose first key is `letter`.
    pub fn starting_with(&self, letter: u8) -> &[Spelling] {
        let start = self.rows.partition_point(|row| row.letters[0] < letter);
        let end = self.rows.partition_point(|row| row.letters[0] <= letter);
        &self.rows[start..end]
    }

    /// Whether any syllable is typed with `key`.
    pub fn have_key(&self, key: u8) -> bool {
        self.rows.iter().any(|row| row.letters().contains(&key))
    }

    /// The syllables that a reader hears as `syllable`, itself first.
    pub fn sounding_like(&self, syllable: Syllable) -> impl Iterator<Item = Syllable> {
        let name = SYLLABLES[usize::from(syllable)];
        let others = if self.options.fuzzy {
            confused_with(name)
        } else {
            Vec::new()
        };
        let others = others
            .into_iter()
            .filter_map(|name| SYLLABLES.binary_search(&&*name).ok());
        std::iter::once(syllable).chain(others.map(|number| number as Syllable))
    }

    /// How many keys the initials of a spelling may take: its first letter, and
    /// `zh`, `ch`, `sh` as well.
    pub fn initials(&self, spelling: &Spelling) -> &'static [usize] {
        match spelling.letters() {
            [b'z' | b'c' | b's', b'h', ..] if self.options.shuangpin.is_none() => &[1, 2],
            _ => &[1],
        }
    }
}

/// The spellings of a syllable in whole letters: ü as `v`, as `u`, and as `yu`, which
/// passports print.
fn letters_of(name: &str) -> impl Iterator<Item = String> {
    let in_passports = name.contains('v').then(|| name.replace('v', "yu"));
    let after_j = name.starts_with(['j', 'q', 'x', 'y']) && name[1..].starts_with('u');
    let other = match name {
        _ if name.contains('v') => Some(name.replace('v', "u")),
        _ if after_j => Some(name.replacen('u', "v", 1)),
        _ => None,
    };
    let others = other.into_iter().chain(in_passports);
    [name.to_owned()].into_iter().chain(others)
}

/// The names under which many speakers know a syllable: 是 as `si`.
fn confused_with(name: &str) -> Vec<String> {
    const INITIALS: [(&str, &str); 4] = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")];
    const FINALS: [(&str, &str); 3] = [("ang", "an"), ("eng", "en"), ("ing", "in")];
    let mut names = vec![name.to_owned()];
    for (long, short) in INITIALS {
        let rest = name.strip_prefix(long).map(|rest| format!("{short}{rest}"));
        let other = || Some(format!("{long}{}", name.strip_prefix(short)?));
        names.extend(rest.or_else(other));
    }
    for at in 0..names.len() {
        for (long, short) in FINALS {
            let rest = names[at]
                .strip_suffix(long)
                .map(|rest| format!("{rest}{short}"));
            let other = || Some(format!("{}{long}", names[at].strip_suffix(short)?));
            let name = rest.or_else(other);
            names.extend(name);
        }
    }
    // A longer name than any syllable has arises from shh and the like.
    names.retain(|name| name.len() <= LONGEST);
    names.split_off(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(c: char) -> Vec<&'static str> {
        readings(fold::code(c)).map(Reading::name).collect()
    }

    fn names_of(c: char) -> Vec<&'static str> {
        readings_of(c).map(Reading::name).collect()
    }

    fn typed(name: &str, options: Options) -> Vec<String> {
        let spellings = Spellings::new(options);
        let rows = spellings.rows.iter();
        rows.filter(|row| SYLLABLES[usize::from(row.syllable)] == name)
            .map(|row| String::from_utf8_lossy(row.letters()).into_owned())
            .collect()
    }

    #[test]
    fn a_character_has_its_readings_in_real_use() {
        assert_eq!(names('长'), ["chang", "zhang"]);
        assert_eq!(names('長'), ["chang", "zhang"]);
        assert_eq!(names('重'), ["zhong", "chong"]);
        assert_eq!(names('单'), ["dan", "chan", "shan"]);
        assert_eq!(names('〇'), ["ling"]);
    }

    #[test]
    fn curiosities_of_dictionaries_are_left_out() {
        assert_eq!(names('市'), ["shi"]);
        assert_eq!(names('育'), ["yu"]);
        assert_eq!(names('审'), ["shen"]);
        assert_eq!(names('青'), ["qing"]);
    }

    #[test]
    fn common_characters_with_odd_first_entries_read_as_people_read_them() {
        let expected = [
            ('厂', "chang"),
            ('不', "bu"),
            ('了', "le"),
            ('期', "qi"),
            ('切', "qie"),
        ];
        for (c, name) in expected {
            assert_eq!(names(c)[0], name, "{c}");
        }
    }

    #[test]
    fn rare_readings_stand_behind_usual_ones() {
        for (c, usual, rare) in [
            ('提', "ti", "di"),
            ('约', "yue", "yao"),
            ('员', "yuan", "yun"),
            ('参', "can", "cen"),
            ('数', "shu", "shuo"),
            ('系', "xi", "ji"),
            ('大', "da", "dai"),
            ('度', "du", "duo"),
        ] {
            let all: Vec<Reading> = readings_of(c).collect();
            assert_eq!(all[0].name(), usual, "{c}");
            assert!(all[0].is_usual(), "{c}");
            let last = all.last().unwrap();
            assert_eq!((last.name(), last.is_usual()), (rare, false), "{c}");
        }
    }

    #[test]
    fn usual_readings_come_first_in_every_set() {
        for set in SETS {
            assert!(
                set.iter()
                    .map(|&r| Reading(r))
                    .is_sorted_by_key(Reading::is_rare)
            );
        }
    }

    #[test]
    fn characters_of_the_national_table_are_read_as_it_says() {
        let expected = [
            ("辗", "zhan"),
            ("肋", "lei"),
            ("擘", "bo"),
            ("潦", "liao"),
            ("龈", "yin"),
            ("苎", "zhu"),
            ("疟", "nve"),
            ("缪", "mou"),
            ("繁", "fan"),
            ("钿", "dian"),
        ];
        for (c, name) in expected {
            let c = c.chars().next().unwrap();
            assert_eq!(names_of(c)[0], name, "{c}");
        }
    }

    #[test]
    fn places_and_surnames_are_read_as_their_people_do() {
        let expected = [
            ("宝坻", "baodi"),
            ("枞阳", "zongyang"),
            ("犍为", "qianwei"),
            ("繁峙", "fanshi"),
            ("解州", "xiezhou"),
            ("费县", "bixian"),
            ("蔚县", "yuxian"),
            ("番禺", "panyu"),
            ("六安", "luan"),
            ("东莞", "dongguan"),
            ("浚县", "xunxian"),
            ("栎阳", "yueyang"),
            ("柞水", "zhashui"),
            ("荥阳", "xingyang"),
            ("宕昌", "tanchang"),
            ("珲春", "hunchun"),
            ("郇", "huan"),
            ("缪", "miao"),
        ];
        for (place, typed) in expected {
            let mut spelled = vec![String::new()];
            for c in place.chars() {
                spelled = spelled
                    .iter()
                    .flat_map(|head| {
                        names_of(c)
                            .into_iter()
                            .map(move |name| format!("{head}{name}"))
                    })
                    .collect();
            }
            assert!(
                spelled.iter().any(|name| name == typed),
                "{place} {spelled:?}"
            );
        }
    }

    #[test]
    fn readings_come_from_the_printed_character() {
        assert_eq!(names_of('著')[0], "zhu");
        assert_eq!(names_of('乾'), ["qian", "gan"]);
        assert_eq!(names_of('幺')[0], "yao");
        assert_eq!(names_of('徵'), ["zheng", "zhi"]);
        assert_eq!(names_of('瞭')[0], "liao");
        assert_eq!(names_of('着'), ["zhe", "zhuo", "zhao"]);
        assert_eq!(names_of('干'), ["gan"]);
    }

    #[test]
    fn a_folded_character_has_the_readings_of_every_form_marked() {
        let all: Vec<Reading> = readings(fold::code('着')).collect();
        let zhu = all.iter().find(|reading| reading.name() == "zhu").unwrap();
        assert!(zhu.is_of_variant() && zhu.is_rare());
        assert!(reads('著', zhu.syllable()) && !reads('着', zhu.syllable()));
    }

    #[test]
    fn rare_and_japanese_forms_are_read_as_the_standard_character() {
        for (form, standard) in [('吿', '告'), ('鉄', '铁'), ('図', '图'), ('⻔', '门')] {
            assert_eq!(names_of(form), names_of(standard), "{form}");
        }
    }

    #[test]
    fn characters_beyond_the_first_plane_have_readings() {
        assert_eq!(names_of('𬭚'), ["chun"]);
        assert_eq!(names_of('𬇙'), ["bei", "pei"]);
        assert_eq!(names_of('𤧛'), ["di"]);
        assert_eq!(names_of('𨙸'), ["qi"]);
    }

    #[test]
    fn what_is_no_han_has_no_reading() {
        for c in ['a', '7', '，', '𠮷', '😀', '\u{FFFF}'] {
            assert!(names(c).is_empty(), "{c}");
            assert!(names_of(c).is_empty(), "{c}");
        }
    }

    #[test]
    fn every_character_of_the_lists_is_read_as_listed() {
        let list = include_str!("pinyin/polyphones.txt");
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let c = words.next().unwrap().chars().next().unwrap();
            let listed: Vec<&str> = words.map(|w| w.trim_end_matches(['*', '+'])).collect();
            assert!(names_of(c).starts_with(&listed), "{c}");
        }
        let list = include_str!("pinyin/readings.txt");
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let (syllable, characters) = line.split_once(' ').unwrap();
            for c in characters.chars() {
                assert_eq!(names_of(c)[0], syllable, "{c}");
            }
        }
    }

    #[test]
    fn u_umlaut_is_typed_as_v_u_or_yu() {
        assert_eq!(typed("lv", Options::default()), ["lu", "lv", "lyu"]);
        assert_eq!(typed("lve", Options::default()), ["lue", "lve", "lyue"]);
        assert_eq!(typed("qu", Options::default()), ["qu", "qv"]);
        assert_eq!(typed("lu", Options::default()), ["lu"]);
    }

    #[test]
    fn fuzzy_sounds_are_typed_either_way() {
        let fuzzy = Options {
            fuzzy: true,
            ..Options::default()
        };
        assert_eq!(typed("zhang", fuzzy), ["zan", "zang", "zhan", "zhang"]);
        assert_eq!(typed("si", fuzzy), ["shi", "si"]);
        assert_eq!(typed("lin", fuzzy), ["lin", "ling", "nin", "ning"]);
    }
}
