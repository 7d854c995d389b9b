//! [`Ready`]: who is to be polled, and who of them is next.
//!
//! A bit for each member, and a summary with a bit for each word of them that is not empty: to find the next of a hundred
//! thousand members takes a look at a few words. It is its owner's alone, and no other thread sees it.

use alloc::vec::Vec;

/// How many bits a word has.
pub(super) const BITS: usize = usize::BITS as usize;

/// A set of members.
#[derive(Default)]
pub(super) struct Ready {
    words: Vec<usize>,
    summary: Vec<usize>,
}

impl Ready {
    /// Makes room for so many members.
    pub(super) fn grow(&mut self, members: usize) {
        let words = members.div_ceil(BITS).max(self.words.len());
        self.words.resize(words, 0);
        self.summary.resize(words.div_ceil(BITS), 0);
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
        self.words[word] |= bits;
        self.summary[word / BITS] |= 1 << (word % BITS);
    }

    #[inline]
    pub(super) fn remove(&mut self, member: usize) {
        let word = member / BITS;
        self.words[word] &= !(1 << (member % BITS));
        if self.words[word] == 0 {
            self.summary[word / BITS] &= !(1 << (word % BITS));
        }
    }

    /// The first member from this one on; if there is none, the first of all.
    #[inline]
    pub(super) fn next(&self, from: usize) -> Option<usize> {
        let word = from / BITS;
        match lowest(&self.words, word, from % BITS) {
            Some(bit) => Some(word * BITS + bit),
            None => self.first_after(word + 1).or_else(|| self.first_after(0)),
        }
    }

    /// The first member in the words from this one on.
    fn first_after(&self, word: usize) -> Option<usize> {
        let place = word / BITS;
        let here = lowest(&self.summary, place, word % BITS).map(|bit| place * BITS + bit);
        let word = here.or_else(|| {
            let mut later = (place + 1)..self.summary.len();
            later.find_map(|place| lowest(&self.summary, place, 0).map(|bit| place * BITS + bit))
        })?;
        lowest(&self.words, word, 0).map(|bit| word * BITS + bit)
    }
}

/// The lowest bit that is set in this word, of those from `bit` on.
#[inline]
fn lowest(words: &[usize], word: usize, bit: usize) -> Option<usize> {
    let bits = words.get(word)? & (usize::MAX << bit);
    (bits != 0).then(|| bits.trailing_zeros() as usize)
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
        for members in [1, 2, 63, 64, 65, 5000] {
            let (mut ready, mut expected) = (Ready::default(), BTreeSet::new());
            ready.grow(members);
            let mut numbers = numbers();
            let mut number = move |below: usize| numbers.next().map_or(0, |number| number % below);
            for _ in 0..2000 {
                let member = number(members);
                if number(3) == 0 {
                    ready.add(member);
                    expected.insert(member);
                } else {
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
        let mut ready = Ready::default();
        assert_eq!(ready.next(0), None);
        ready.grow(70);
        ready.add_first(70);
        ready.grow(9000);
        ready.add(8999);
        assert_eq!([0, 69, 70, 9000].map(|from| ready.next(from)), [Some(0), Some(69), Some(8999), Some(0)]);
    }
}
