//! Which characters may stand where in a word, one by one: for those who look for
//! places of characters instead of running along a text.

use super::edges::Edges;
use super::{Matcher, is_letter};
use crate::search::bits::ones;

/// One character that may stand at a place in a word.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub code: u16,
    /// Its place and the one behind it, as short as they are: a long word has some
    /// thousand steps.
    place: u8,
    next: u8,
    /// Whether it stands there by a syllable, or as itself.
    pub whole: bool,
    /// At the end of the word, whether the syllable is finished there.
    pub finished: bool,
}

impl Step {
    /// The place in the word at which the character stands.
    #[inline]
    pub fn place(self) -> usize {
        self.place.into()
    }

    /// The place behind it.
    #[inline]
    pub fn next(self) -> usize {
        self.next.into()
    }
}

impl Matcher {
    /// The steps that lie on the letter which the fewest characters can be behind in
    /// lines, initials among them, and those that are all of the word; made at the
    /// first call.
    pub fn pivots(&self) -> &[Step] {
        self.pivots.get_or_init(|| {
            let rarest = self.rarest_letter();
            self.steps(true, |place, next| {
                (place..next).contains(&rarest) || next - place == self.letters()
            })
        })
    }

    fn rarest_letter(&self) -> usize {
        let mut counts = vec![0; self.letters()];
        for (edges, count) in self.classes.iter().zip(&self.counts) {
            for step in self.steps_of(edges, true) {
                if step.next() - step.place() < self.letters() {
                    let behind = &mut counts[step.place()..step.next()];
                    behind.iter_mut().for_each(|behind| *behind += count);
                }
            }
        }
        let letters = 0..self.letters();
        letters.min_by_key(|&letter| counts[letter]).unwrap_or(0)
    }

    /// The steps without initials, in the order of their places, and where those of
    /// each place begin among them; at last their end.
    pub fn whole_steps(&self) -> (Vec<Step>, Vec<usize>) {
        let steps = self.steps(false, |_, _| true);
        // A counting sort.
        let mut firsts = vec![0; self.letters() + 1];
        steps.iter().for_each(|step| firsts[step.place() + 1] += 1);
        for place in 0..self.letters() {
            firsts[place + 1] += firsts[place];
        }
        let mut next = firsts.clone();
        let mut sorted = steps.clone();
        for step in steps {
            sorted[next[step.place()]] = step;
            next[step.place()] += 1;
        }
        (sorted, firsts)
    }

    /// Which characters may stand from a place of the word to the next that are
    /// `wanted`; with `initials` also those that are not read whole. Steps from which
    /// the end cannot be reached are left out: behind an initial few letters can begin
    /// a character. So are letters as themselves, which are no syllables: behind any
    /// initial there may be one.
    pub fn steps(&self, initials: bool, wanted: impl Fn(usize, usize) -> bool) -> Vec<Step> {
        let mut of_classes = Vec::new();
        let mut end_of_class = Vec::new();
        for edges in self.classes.iter() {
            let of_class = self.steps_of(edges, initials);
            of_classes.extend(of_class.filter(|step| wanted(step.place(), step.next())));
            end_of_class.push(of_classes.len());
        }
        let mut steps = Vec::new();
        for (class, codes) in self.characters.by_class() {
            // Class 0 has none.
            let class = usize::from(class);
            let of_class = &of_classes[end_of_class[class - 1]..end_of_class[class]];
            if of_class.is_empty() {
                continue;
            }
            for code in codes.filter(|&code| !is_letter(code)) {
                steps.extend(of_class.iter().map(|step| Step { code, ..*step }));
            }
        }
        steps
    }

    /// The letters of the word that may stand for themselves, at each of their places.
    pub fn letters_as_themselves(&self) -> impl Iterator<Item = Step> {
        let own = self.characters.own.iter().copied();
        let letters = own.filter(|&code| is_letter(code));
        letters.flat_map(|code| {
            ones(self.edges(code).any[0]).map(move |place| Step {
                code,
                place: place as u8,
                next: place as u8 + 1,
                whole: false,
                finished: false,
            })
        })
    }

    /// The steps of a class, as those of no character in particular.
    fn steps_of(&self, edges: &Edges, initials: bool) -> impl Iterator<Item = Step> {
        let table = if initials { edges.any } else { edges.whole };
        let whole = edges.whole;
        // In a long word most do nothing but by initials.
        let longest = match initials || edges.is_whole() {
            true => edges.longest.into(),
            false => 0,
        };
        let lengths = 1..=longest;
        let steps = lengths.flat_map(move |letters| {
            ones(table[letters - 1]).map(move |place| Step {
                code: 0,
                place: place as u8,
                next: (place + letters) as u8,
                whole: whole[letters - 1] >> place & 1 == 1,
                finished: edges.finishing,
            })
        });
        steps.filter(move |step| self.paths.reaches_end(step.next(), initials))
    }

    /// Whether all of the word around a step may be read without initials.
    pub fn may_be_whole(&self, step: Step) -> bool {
        step.whole && self.paths.are_whole_around(step.place(), step.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::vocabulary::ReadAlike;
    use crate::text::fold;
    use crate::text::pinyin::Spellings;

    #[test]
    fn pivots_lie_on_the_rarest_letter() {
        // In these lines 水 stands seldom, 海 and 稻 often.
        let library = ReadAlike::of(fold::codes("海水稻"), |code| {
            usize::from(code != fold::code('水')) * 9 + 1
        });
        let word = fold::codes("haishuidao");
        let matcher = Matcher::new(&word, &Spellings::default(), &library).expect("a word");
        let pivots = matcher.pivots().iter();
        let pivots: Vec<(u16, usize, usize)> = pivots
            .map(|step| (step.code, step.place(), step.next()))
            .collect();
        assert_eq!(pivots, [(fold::code('水'), 3, 7)]);
    }

    #[test]
    fn what_may_be_read_without_initials_is_known_for_each_step() {
        let word = fold::codes("zheng");
        let matcher = Matcher::new(&word, &Spellings::default(), ReadAlike::all());
        let matcher = matcher.expect("a word");
        let may_be_whole = |character: char, place: usize, next: usize| {
            let steps = matcher.steps(true, |_, _| true).into_iter();
            let code = fold::code(character);
            let mut steps = steps.filter(|step| step.code == code && step.place() == place);
            let step = steps.find(|step| step.next() == next).expect("a step");
            matcher.may_be_whole(step)
        };
        assert!(may_be_whole('政', 0, 5));
        // Behind 这 stands an initial n, before 恩 an initial zh.
        assert!(!may_be_whole('这', 0, 3));
        assert!(!may_be_whole('恩', 2, 4));
        assert!(!may_be_whole('政', 0, 2));
    }
}
