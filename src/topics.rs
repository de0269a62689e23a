//! 主题: of what a case treats, by rules that are data.
//!
//! A topic has terms with weights. A case gets the topics whose terms weigh
//! enough in its title, bodies, headings and text, at most three, each with the
//! places that speak for it, so that a reader can judge the assignment.
//! `docs/topics.md` tells how well the rules do on the seeds.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::case::{BlockKind, CaseRef};
use crate::corpus::Corpus;
use crate::search::Field;
use crate::text::CharSpan;
use crate::text::script::to_simplified;

/// One place that speaks for a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub field: Field,
    /// Index of the block for [`Field::Heading`] and [`Field::Text`], of the org
    /// for [`Field::Org`], 0 for the title.
    pub part: u32,
    /// The characters of the part, in the document's script.
    pub span: CharSpan,
    /// The term of the rules, in Simplified.
    pub term: String,
}

/// A topic of a case, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Index of the topic among [`Rules::topics`].
    pub topic: usize,
    /// Best field first, then in reading order.
    pub evidence: Vec<Evidence>,
    /// What the evidence weighs.
    pub score: f32,
}

/// A topic: its name and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub name: String,
    /// One line that tells a reader what the topic covers.
    pub about: String,
}

/// The rules, ready for use.
#[derive(Clone, Debug)]
pub struct Rules {
    topics: Vec<Topic>,
    weights: Weights,
    terms: Vec<Term>,
    /// The terms that begin with a character.
    by_first: HashMap<char, Vec<u32>>,
    /// One bit for every character of the first plane with which a term begins:
    /// most characters begin none, and this says so without a look-up.
    begins: Vec<u64>,
}

/// A term of one topic.
#[derive(Clone, Debug)]
struct Term {
    topic: usize,
    characters: Vec<char>,
    /// `None` for an exception: a phrase in which no term of the topic counts.
    weight: Option<f32>,
}

/// How the parts of a case weigh, and what is enough.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    title: f32,
    org: f32,
    heading: f32,
    text: f32,
    /// Characters of text up to which its terms weigh fully; in a longer text
    /// they weigh less in proportion, since it mentions more in passing.
    full_text: f32,
    /// How often one term counts in one kind of part.
    often: usize,
    /// What a topic must weigh.
    enough: f32,
    /// What it must weigh beside the heaviest of the case.
    share: f32,
    /// How many topics a case has at most.
    most: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    weights: Weights,
    topic: Vec<TopicRules>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicRules {
    name: String,
    about: String,
    /// Terms by weight: the key is the weight.
    terms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    except: Vec<String>,
}

impl Rules {
    /// The rules that the binary carries.
    pub fn embedded() -> Self {
        Self::parse(include_str!("../seeds/topics.toml")).expect("a test reads the embedded rules")
    }

    /// Reads rules from TOML.
    ///
    /// # Errors
    ///
    /// One sentence with the line, from the parser, or naming a term without a
    /// weight or without text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: RulesFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut rules = Self {
            topics: Vec::new(),
            weights: file.weights,
            terms: Vec::new(),
            by_first: HashMap::new(),
            begins: vec![0; 0x1_0000 / 64],
        };
        for (topic, entry) in file.topic.into_iter().enumerate() {
            for (weight, terms) in &entry.terms {
                let weight: f32 = weight.parse().map_err(|_| {
                    format!("topic {}: the weight {weight} is no number", entry.name)
                })?;
                for term in terms {
                    rules.add(topic, term, Some(weight))?;
                }
            }
            for phrase in &entry.except {
                rules.add(topic, phrase, None)?;
            }
            rules.topics.push(Topic {
                name: entry.name,
                about: entry.about,
            });
        }
        Ok(rules)
    }

    fn add(&mut self, topic: usize, term: &str, weight: Option<f32>) -> Result<(), String> {
        let characters: Vec<char> = term.chars().map(plain).collect();
        let Some(&first) = characters.first() else {
            return Err(format!("topic {topic}: a term is empty"));
        };
        let index = self.terms.len() as u32;
        self.by_first.entry(first).or_default().push(index);
        if let Some(word) = self.begins.get_mut(first as usize / 64) {
            *word |= 1 << (first as usize % 64);
        }
        self.terms.push(Term {
            topic,
            characters,
            weight,
        });
        Ok(())
    }

    /// The topics, in the order of the rules.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic with a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.topics.iter().position(|topic| topic.name == name)
    }

    /// Whether any term may begin with a character.
    fn may_begin(&self, c: char) -> bool {
        let word = self.begins.get(c as usize / 64);
        word.is_none_or(|word| word & (1 << (c as usize % 64)) != 0)
    }
}

/// The topics of every case, in reading order.
pub fn assign_all(corpus: &Corpus, rules: &Rules) -> Vec<Vec<Assignment>> {
    corpus.iter().map(|(_, case)| assign(case, rules)).collect()
}

/// The topics of one case, the heaviest first.
pub fn assign(case: CaseRef<'_>, rules: &Rules) -> Vec<Assignment> {
    let mut found = Vec::new();
    rules.look_into(&case.title(), Field::Title, 0, &mut found);
    for (part, org) in (0..).zip(&case.case.orgs) {
        rules.look_into(&org.printed, Field::Org, part, &mut found);
    }
    let mut length = 0;
    for (part, block) in (0..).zip(&case.case.blocks) {
        let text = case.block_text(block);
        let field = match block.kind {
            BlockKind::Heading { .. } => Field::Heading,
            BlockKind::Paragraph | BlockKind::Caption => Field::Text,
        };
        length += rules.look_into(&text, field, part, &mut found);
    }
    rules.weigh(&found, length)
}

/// A term in a part.
struct Place {
    field: Field,
    part: u32,
    span: CharSpan,
    term: u32,
}

impl Rules {
    /// Finds the terms of a part; returns its length in characters.
    fn look_into(&self, text: &str, field: Field, part: u32, found: &mut Vec<Place>) -> usize {
        let characters: Vec<char> = to_simplified(text).chars().map(plain).collect();
        let from = found.len();
        for (start, &c) in characters.iter().enumerate() {
            if !self.may_begin(c) {
                continue;
            }
            let Some(terms) = self.by_first.get(&c) else {
                continue;
            };
            for &term in terms {
                let wanted = &self.terms[term as usize].characters;
                if characters[start..].starts_with(wanted) {
                    let span = CharSpan::new(start as u32, (start + wanted.len()) as u32);
                    found.push(Place {
                        field,
                        part,
                        span,
                        term,
                    });
                }
            }
        }
        self.drop_covered(found, from);
        characters.len()
    }

    /// Of one topic's places in a part, those inside a longer one do not count
    /// besides it (社区 in 社区治理), and those that an exception touches do not
    /// count at all.
    fn drop_covered(&self, found: &mut Vec<Place>, from: usize) {
        let places = found.split_off(from);
        let term = |place: &Place| &self.terms[place.term as usize];
        let counts = |place: &Place| {
            places.iter().all(|other| {
                let same_topic = term(other).topic == term(place).topic;
                let inside = other.span.start <= place.span.start
                    && place.span.end <= other.span.end
                    && other.span != place.span;
                let touches =
                    other.span.start < place.span.end && place.span.start < other.span.end;
                let excepted = term(other).weight.is_none() && touches;
                !same_topic || !(inside || excepted)
            })
        };
        let kept: Vec<bool> = places
            .iter()
            .map(|place| term(place).weight.is_some() && counts(place))
            .collect();
        let kept = places.into_iter().zip(kept);
        found.extend(kept.filter_map(|(place, kept)| kept.then_some(place)));
    }

    fn weigh(&self, found: &[Place], length: usize) -> Vec<Assignment> {
        let weights = &self.weights;
        let dilution = (weights.full_text / length as f32).min(1.0);
        let mut assignments: Vec<Assignment> = (0..self.topics.len())
            .map(|topic| Assignment {
                topic,
                evidence: Vec::new(),
                score: 0.0,
            })
            .collect();
        let mut counted: HashMap<(Field, u32), usize> = HashMap::new();
        for place in found {
            let term = &self.terms[place.term as usize];
            let assignment = &mut assignments[term.topic];
            assignment.evidence.push(Evidence {
                field: place.field,
                part: place.part,
                span: place.span,
                term: term.characters.iter().collect(),
            });
            let count = counted.entry((place.field, place.term)).or_default();
            *count += 1;
            if *count <= weights.often {
                let part = match place.field {
                    Field::Title => weights.title,
                    Field::Org => weights.org,
                    Field::Heading => weights.heading,
                    Field::Text => weights.text * dilution,
                };
                assignment.score += part * term.weight.unwrap_or_default();
            }
        }
        assignments.sort_by(|a, b| b.score.total_cmp(&a.score));
        let heaviest = assignments.first().map_or(0.0, |best| best.score);
        let enough = weights.enough.max(weights.share * heaviest);
        assignments.retain(|assignment| assignment.score >= enough);
        assignments.truncate(weights.most);
        for assignment in &mut assignments {
            assignment
                .evidence
                .sort_by_key(|place| (place.field, place.part, place.span));
        }
        assignments
    }
}

/// A character as terms and texts are compared: half-width, lower case.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            let half = char::from_u32(c as u32 - 0xfee0).expect("the block mirrors ASCII");
            half.to_ascii_lowercase()
        }
        c => c.to_ascii_lowercase(),
    }
}
