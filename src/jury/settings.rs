//! The settings of a round, from its TOML file.

mod mistakes;
pub mod names;
mod read;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::exact::{Exact, Points};
use crate::case;

pub use mistakes::Mistake;
pub use template::template;

/// The name of the file.
pub const FILE: &str = "round.toml";

/// A round of a jury: what is chosen from, by which rules, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Names the round in every file of it, so that files of another round are
    /// recognised as foreign.
    pub id: String,
    /// As the papers print it.
    pub name: String,
    /// Folder of the applications, from the folder of the round; empty for the
    /// built-in library.
    pub library: String,
    /// Folder of the cases of earlier rounds, for the formal check; empty for none.
    pub earlier: String,
    /// Fewest and most characters that an application may have.
    pub length: (Option<u32>, Option<u32>),
    pub entry: Entry,
    /// The smallest difference between two scores of a criterion.
    pub step: Points,
    pub discussion: Discussion,
    pub blind: Blind,
    /// The mean that ranks.
    pub mean: Mean,
    /// From which distance from the median of the other jurors on, of 100 points, a
    /// score is flagged.
    pub flag: Points,
    /// How papers that are published name the jurors.
    pub published: Published,
    /// Criteria whose means decide between equal totals, in this order; indices into
    /// `criteria`.
    pub ties: Vec<usize>,
    pub categories: Vec<Category>,
    pub criteria: Vec<Criterion>,
    pub jurors: Vec<Juror>,
    /// Fingerprint of all settings, whatever their layout and comments.
    pub settings: String,
    /// Every setting as it is written, by its name: `criterion 创新性 points`.
    pub values: Values,
}

/// Settings by their names.
pub type Values = BTreeMap<String, String>;

/// Value of the name of a table in a list, such as `juror 甲`: the table is there, whatever
/// keys it has.
pub const LISTED: &str = "listed";

/// A setting that was changed; what was not there is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub key: String,
    pub old: String,
    pub new: String,
}

/// Returns the settings that differ between `old` and `new`, by name.
pub fn changes(old: &Values, new: &Values) -> Vec<Change> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let value = |values: &Values, key: &str| values.get(key).cloned().unwrap_or_default();
    // Rounds begun before tables were listed recorded none of them.
    let lists_tables = old.values().any(|value| value == LISTED);
    keys.into_iter()
        .map(|key| Change {
            key: key.clone(),
            old: value(old, key),
            new: value(new, key),
        })
        .filter(|change| change.old != change.new)
        .filter(|change| lists_tables || change.new != LISTED)
        .collect()
}

/// What a juror enters for a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// Points, up to those of the criterion.
    Points,
    /// 0 to 100, weighted by the points of the criterion.
    Percent,
}

/// When the panel discusses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discussion {
    /// After a first score, which every juror may then revise.
    Between,
    /// Before anybody scores.
    Before,
    /// Not at all.
    None,
}

/// What of an applicant is hidden from the jurors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blind {
    None,
    /// Orgs, districts, file names and what is known of documents.
    Labels,
    /// Labels, and the names of orgs and districts in titles and running text.
    Text,
}

/// Which mean of the scores ranks the cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mean {
    Plain,
    /// Without the highest and the lowest total, from five scores on.
    Trimmed,
    Median,
    /// Least squares over cases and jurors (均衡后), for panels in which not
    /// everybody scores everything.
    Adjusted,
}

/// How published papers name jurors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// By numbers in a shuffled order.
    Numbers,
    Names,
}

/// A category and how many of its cases are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// 区市, 功能区 or 部门, as the library has it.
    pub name: String,
    pub quota: Quota,
}

/// How many cases of a category are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    Number(u32),
    /// Percent of the category's accepted cases, rounded down.
    Share(Points),
}

impl Quota {
    /// The number of places for so many accepted cases, which it never exceeds.
    pub fn places(self, cases: usize) -> usize {
        match self {
            Self::Number(number) => cases.min(number as usize),
            Self::Share(percent) => {
                let units = i128::from(percent.units()) * cases as i128;
                (units / (100 * i128::from(super::exact::UNIT))) as usize
            }
        }
    }
}

/// What is scored, and how much it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    pub name: String,
    pub points: Points,
    /// From the best down.
    pub bands: Vec<Band>,
}

/// A range of scores in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub name: String,
    /// The lowest score of the band, in the unit in which jurors enter scores.
    pub from: Points,
}

/// A member of the panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Juror {
    pub name: String,
    /// The juror's own org; empty if it is not given.
    pub org: String,
    /// Districts whose cases the juror does not score.
    pub areas: Vec<Area>,
    pub conflicts: Vec<Conflict>,
}

impl Juror {
    /// Returns the juror without line numbers, to compare it with one elsewhere in the file.
    pub fn without_lines(&self) -> Self {
        let mut juror = self.clone();
        juror.areas.iter_mut().for_each(|area| area.line = 0);
        let conflicts = juror.conflicts.iter_mut();
        conflicts.for_each(|conflict| conflict.line = 0);
        juror
    }
}

/// A district of a juror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub name: String,
    /// Line of the settings, from 1.
    pub line: u32,
}

/// A conflict of interest that is listed beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub with: With,
    /// Why, in words.
    pub ground: String,
    /// Line of the settings, from 1.
    pub line: u32,
}

/// What a juror has a conflict with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum With {
    /// An org, under any of its names.
    Org(String),
    /// One case, by its id in the library.
    Case(String),
}

impl Round {
    /// Reads the settings file of a round.
    ///
    /// # Errors
    ///
    /// Every mistake with its line and what would be right, in the order of lines.
    pub fn parse(toml: &str) -> Result<Self, Vec<Mistake>> {
        read::read(toml)
    }

    /// The most that a juror may enter for a criterion.
    pub fn most(&self, criterion: &Criterion) -> Points {
        match self.entry {
            Entry::Points => criterion.points,
            Entry::Percent => Points::whole(100),
        }
    }

    /// The largest total.
    pub fn full(&self) -> Points {
        let units = self
            .criteria
            .iter()
            .map(|criterion| criterion.points.units());
        Points::of_units(units.sum())
    }

    /// What a total is divided by to give points: totals are whole numbers of units.
    pub fn total_unit(&self) -> i128 {
        let unit = i128::from(super::exact::UNIT);
        match self.entry {
            Entry::Points => unit,
            Entry::Percent => unit * unit * 100,
        }
    }

    /// What one entered value adds to the total, in units of [`Round::total_unit`].
    pub fn part(&self, criterion: usize, entered: Points) -> i128 {
        let entered = i128::from(entered.units());
        match self.entry {
            Entry::Points => entered,
            Entry::Percent => i128::from(self.criteria[criterion].points.units()) * entered,
        }
    }

    /// A total in points.
    pub fn total(&self, units: i128) -> Exact {
        Exact::new(units, self.total_unit())
    }

    /// The distance that flags a score, for totals of this round.
    pub fn flag_distance(&self) -> Exact {
        let unit = i128::from(super::exact::UNIT);
        let (flag, full) = (self.flag.units(), self.full().units());
        Exact::new(i128::from(flag) * i128::from(full), 100 * unit * unit)
    }

    /// The band of a value that was entered for a criterion.
    pub fn band(&self, criterion: usize, entered: Points) -> Option<&Band> {
        let bands = &self.criteria[criterion].bands;
        bands.iter().find(|band| entered >= band.from)
    }

    /// Whether cases of a category are chosen in this round.
    pub fn has_category(&self, category: Option<case::Category>) -> bool {
        let name = category.map(case::Category::name);
        let mut rules = self.categories.iter();
        rules.any(|rule| name == Some(&rule.name))
    }

    /// The juror with a name.
    pub fn juror(&self, name: &str) -> Option<&Juror> {
        self.jurors.iter().find(|juror| juror.name == name)
    }

    /// What is wrong with a value that a juror enters, or `None`.
    pub fn refuses(&self, criterion: usize, entered: Points) -> Option<Refusal> {
        let most = self.most(&self.criteria[criterion]);
        if entered > most {
            Some(Refusal::Above(most))
        } else if !entered.fits(self.step) {
            Some(Refusal::Step(self.step))
        } else {
            None
        }
    }

    /// Fingerprint of the rules by which scores are given: criteria with points,
    /// bands, step and the way of entry. Twelve hexadecimal digits of SHA-256.
    pub fn rules(&self) -> String {
        let entry = match self.entry {
            Entry::Points => "points",
            Entry::Percent => "percent",
        };
        let mut rules = format!("{entry}\n{}\n", self.step);
        for criterion in &self.criteria {
            rules.push_str(&format!("{}\t{}\n", criterion.name, criterion.points));
            for band in &criterion.bands {
                rules.push_str(&format!("\t{}\t{}\n", band.name, band.from));
            }
        }
        fingerprint(rules.as_bytes())
    }
}

/// Why a value is not a valid score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is above this, the most of the criterion.
    Above(Points),
    /// It is no multiple of this.
    Step(Points),
}

/// Twelve hexadecimal digits of the SHA-256 of some bytes.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut digits = digest(bytes);
    digits.truncate(12);
    digits
}

/// The SHA-256 of some bytes in 64 hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
