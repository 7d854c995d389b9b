//! [`Ready`]: who is to be polled, and who of them is next.
//!
//! A bit for each member, in words; a bit for each word that is not empty, in words again; and once more. To find the next of
//! a hundred thousand members takes a look at five words. Most of the time one member is ready and no other, which takes a
//! look at none: it is known by its number. It all is its owner's alone, and no other thread sees it.

use alloc::vec::Vec;

/// How many bits a word has.
pub(crate) const BITS: usize = usize::BITS as usize;

/// Enough for a quarter of a million members without a search on 64 bits, and for more with one.
const LEVELS: usize = 3;

/// No member.
const NONE: usize = usize::MAX;

/// A set of members.
pub(crate) struct Ready {
    /// The only member, if there is but one, and it was the first to come: it then has no bit.
    only: usize,
    /// The words of the members, then those of the words, and of these.
    levels: [Vec<usize>; LEVELS],
    /// How many words of the members are not empty.
    busy: usize,
}

impl Ready {
    /// Nobody, and room for nobody.
    pub(super) const fn new() -> Self {
        Self { only: NONE, levels: [const { Vec::new() }; LEVELS], busy: 0 }
    }

    /// Makes room for so many members.
    pub(super) fn grow(&mut self, members: usize) {
        let mut bits = members;
        for level in &mut self.levels {
            bits = bits.div_ceil(BITS).max(level.len());
            level.resize(bits, 0);
        }
    }

    /// Adds the first so many members.
    pub(super) fn add_first(&mut self, members: usize) {
        for word in 0..members.div_ceil(BITS) {
            self.add_word(word, usize::MAX >> (BITS - (members - word * BITS).min(BITS)));
        }
    }

    pub(super) fn add(&mut self, member: usize) {
        self.add_word(member / BITS, 1 << (member % BITS));
    }

    /// Adds all members whose bits are set in `bits`, which stand for those of this word.
    #[inline]
    pub(super) fn add_word(&mut self, word: usize, bits: usize) {
        if self.busy == 0 {
            let member = word * BITS + bits.trailing_zeros() as usize;
            if bits.is_power_of_two() && (self.only == NONE || self.only == member) {
                self.only = member;
                return;
            }
            if self.only != NONE {
                let only = core::mem::replace(&mut self.only, NONE);
                self.set(only / BITS, 1 << (only % BITS));
            }
        }
        self.set(word, bits);
    }

    fn set(&mut self, word: usize, bits: usize) {
        let (mut word, mut bits) = (word, bits);
        self.busy += usize::from(self.levels[0][word] == 0);
        for level in &mut self.levels {
            let before = level[word];
            level[word] |= bits;
            if before != 0 {
                return;
            }
            (word, bits) = (word / BITS, 1 << (word % BITS));
        }
    }

    #[inline]
    pub(super) fn remove(&mut self, member: usize) {
        if self.busy == 0 {
            if self.only == member {
                self.only = NONE;
            }
            return;
        }
        let mut bit = member;
        for (number, level) in self.levels.iter_mut().enumerate() {
            let word = bit / BITS;
            let left = level[word] & !(1 << (bit % BITS));
            self.busy -= usize::from(number == 0 && left == 0 && level[word] != 0);
            level[word] = left;
            if left != 0 {
                return;
            }
            bit = word;
        }
    }

    /// The first member from this one on; if there is none, the first of all.
    #[inline]
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        if self.busy == 0 {
            return (self.only != NONE).then_some(self.only);
        }
        self.first(from).or_else(|| self.first(0))
    }

    /// The first member from this one on.
    fn first(&self, from: usize) -> Option<usize> {
        let mut bit = from;
        for (number, level) in self.levels.iter().enumerate() {
            let word = bit / BITS;
            if let Some(found) = lowest(level, word, bit % BITS) {
                return Some(self.descend(number, found));
            }
            // Of the words behind this one, which of them is not empty the next level knows.
            bit = word + 1;
        }
        let top = &self.levels[LEVELS - 1];
        (bit..top.len()).find_map(|word| lowest(top, word, 0)).map(|found| self.descend(LEVELS - 1, found))
    }

    /// The first member under a bit of a level.
    fn descend(&self, level: usize, bit: usize) -> usize {
        let levels = self.levels[..level].iter().rev();
        levels.fold(bit, |word, level| word * BITS + level[word].trailing_zeros() as usize)
    }
}

/// The lowest bit that is set in this word of a level, of those from `bit` on: its number among the bits of the level.
#[inline]
fn lowest(level: &[usize], word: usize, bit: usize) -> Option<usize> {
    let bits = level.get(word)? & (usize::MAX << bit);
    (bits != 0).then(|| word * BITS + bits.trailing_zeros() as usize)
}

#[cfg(all(test, not(loom)))]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;

    /// Small numbers of a fixed sequence.
    fn numbers() -> impl Iterator<Item = usize> {
        let mut state = 1_u64;
        core::iter::from_fn(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(state >> 33).ok()
        })
    }

    #[test]
    fn the_next_one_is_that_of_an_ordered_set_gone_round() {
        for members in [1, 2, 63, 64, 65, 5000, 300_000] {
            let (mut ready, mut expected) = (Ready::new(), BTreeSet::new());
            ready.grow(members);
            let mut numbers = numbers();
            let mut number = move |below: usize| numbers.next().map_or(0, |number| number % below);
            for round in 0..4000 {
                // Sometimes few, sometimes many.
                let dense = round / 1000 % 2 == 0;
                let member = number(members);
                if (number(8) < 5) == dense {
                    ready.add(member);
                    expected.insert(member);
                } else {
                    let member = ready.next(member).unwrap_or(member);
                    ready.remove(member);
                    expected.remove(&member);
                }
                // One past the last is where the rotation stands after that one.
                let from = number(members + 1);
                let next = expected.range(from..).next().or_else(|| expected.first());
                assert_eq!(ready.next(from), next.copied(), "from {from} of {members}");
            }
        }
    }

    #[test]
    fn room_for_more_keeps_who_is_there() {
        let mut ready = Ready::new();
        assert_eq!(ready.next(0), None);
        ready.grow(70);
        ready.add_first(70);
        ready.grow(9000);
        ready.add(8999);
        assert_eq!([0, 69, 70, 9000].map(|from| ready.next(from)), [Some(0), Some(69), Some(8999), Some(0)]);
    }
}
