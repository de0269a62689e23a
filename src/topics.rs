//! 主题: the topics of a case, by rules that are data.
//!
//! A topic has terms with weights. A case gets the topics whose terms weigh
//! enough in its title, bodies, headings and text, at most three, each with the
//! places that speak for it, so that a reader can judge the assignment.
//! The page `topics` of the guide tells how well the rules do on the seeds.

use std::collections::BTreeMap;

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
    /// One line about what the topic covers.
    pub about: String,
}

/// The rules, ready for use.
#[derive(Clone, Debug)]
pub struct Rules {
    topics: Vec<Topic>,
    weights: Weights,
    terms: Vec<Term>,
    /// Characters of the longest term.
    longest: u32,
    /// For every character of the first plane the group of the terms that begin
    /// with it; 0, a group without terms, for most.
    group_of: Vec<u16>,
    groups: Vec<Vec<u32>>,
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
            longest: 0,
            group_of: vec![0; 0x1_0000],
            groups: vec![Vec::new()],
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
        let first = characters.first().map(|&first| first as usize);
        let Some(group) = first.and_then(|first| self.group_of.get_mut(first)) else {
            return Err(format!(
                "topic {topic}: a term is empty or begins with a rare character: {term}"
            ));
        };
        if *group == 0 {
            *group = self.groups.len() as u16;
            self.groups.push(Vec::new());
        }
        self.longest = self.longest.max(characters.len() as u32);
        self.groups[usize::from(*group)].push(self.terms.len() as u32);
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

    /// The terms that begin with a character.
    fn beginning_with(&self, c: char) -> &[u32] {
        let group = self.group_of.get(c as usize).copied().unwrap_or_default();
        &self.groups[usize::from(group)]
    }
}

/// The topics of every case, in reading order.
pub fn assign_all(corpus: &Corpus, rules: &Rules) -> Vec<Vec<Assignment>> {
    corpus.iter().map(|(_, case)| assign(case, rules)).collect()
}

/// The names of every case's topics, the heaviest first.
pub fn names<'a>(rules: &'a Rules, assigned: &[Vec<Assignment>]) -> Vec<Vec<&'a str>> {
    let name = |assignment: &Assignment| rules.topics()[assignment.topic].name.as_str();
    let names = assigned
        .iter()
        .map(|of_case| of_case.iter().map(name).collect());
    names.collect()
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
            _ => Field::Text,
        };
        length += rules.look_into(&text, field, part, &mut found);
    }
    rules.weigh(&found, length)
}

/// A term in a part.
struct Occurrence {
    field: Field,
    part: u32,
    span: CharSpan,
    term: u32,
}

impl Rules {
    /// Finds the terms of a part; returns its length in characters.
    fn look_into(&self, text: &str, field: Field, part: u32, found: &mut Vec<Occurrence>) -> usize {
        let characters: Vec<char> = to_simplified(text).chars().map(plain).collect();
        let from = found.len();
        for (start, &c) in characters.iter().enumerate() {
            for &term in self.beginning_with(c) {
                let wanted = &self.terms[term as usize].characters;
                if characters[start..].starts_with(wanted) {
                    let span = CharSpan::new(start as u32, (start + wanted.len()) as u32);
                    found.push(Occurrence {
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
    fn drop_covered(&self, found: &mut Vec<Occurrence>, from: usize) {
        let places = found.split_off(from);
        let term = |place: &Occurrence| &self.terms[place.term as usize];
        let counts = |index: usize| {
            let place = &places[index];
            // Places come in the order of their starts, and no term is longer.
            let near = |other: &&Occurrence| other.span.start + self.longest > place.span.start;
            let before = places[..index].iter().rev().take_while(near);
            let overlaps = |other: &&Occurrence| other.span.start < place.span.end;
            let after = places[index + 1..].iter().take_while(overlaps);
            before.chain(after).all(|other| {
                let same_topic = term(other).topic == term(place).topic;
                let inside = other.span.start <= place.span.start
                    && place.span.end <= other.span.end
                    && other.span != place.span;
                let excepted = term(other).weight.is_none() && other.span.end > place.span.start;
                !same_topic || !(inside || excepted)
            })
        };
        let kept: Vec<bool> = (0..places.len())
            .map(|index| term(&places[index]).weight.is_some() && counts(index))
            .collect();
        let kept = places.into_iter().zip(kept);
        found.extend(kept.filter_map(|(place, kept)| kept.then_some(place)));
    }

    fn weigh(&self, found: &[Occurrence], length: usize) -> Vec<Assignment> {
        let scores = self.scores(found, length);
        let mut topics: Vec<usize> = (0..scores.len()).collect();
        topics.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let heaviest = topics.first().map_or(0.0, |&topic| scores[topic]);
        let enough = self.weights.enough.max(self.weights.share * heaviest);
        topics.retain(|&topic| scores[topic] >= enough);
        topics.truncate(self.weights.most);
        let assigned = topics.into_iter().map(|topic| Assignment {
            topic,
            evidence: self.evidence(found, topic),
            score: scores[topic],
        });
        assigned.collect()
    }

    /// What the places weigh for every topic.
    fn scores(&self, found: &[Occurrence], length: usize) -> Vec<f32> {
        let weights = &self.weights;
        let dilution = (weights.full_text / length as f32).min(1.0);
        let mut scores = vec![0.0; self.topics.len()];
        let mut counts = vec![[0; 4]; self.terms.len()];
        for place in found {
            let count: &mut usize = &mut counts[place.term as usize][place.field as usize];
            *count += 1;
            if *count <= weights.often {
                let part = match place.field {
                    Field::Title => weights.title,
                    Field::Org => weights.org,
                    Field::Heading => weights.heading,
                    Field::Text => weights.text * dilution,
                };
                let term = &self.terms[place.term as usize];
                scores[term.topic] += part * term.weight.unwrap_or_default();
            }
        }
        scores
    }

    fn evidence(&self, found: &[Occurrence], topic: usize) -> Vec<Evidence> {
        let of_topic = found
            .iter()
            .filter(|place| self.terms[place.term as usize].topic == topic);
        let mut evidence: Vec<Evidence> = of_topic
            .map(|place| Evidence {
                field: place.field,
                part: place.part,
                span: place.span,
                term: self.terms[place.term as usize].characters.iter().collect(),
            })
            .collect();
        evidence.sort_by_key(|place| (place.field, place.part, place.span));
        evidence
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
