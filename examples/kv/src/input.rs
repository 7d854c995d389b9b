//! [`Input`]: what has been read and not been understood yet.
//!
//! It grows while a request is longer than it, up to what [`decoder`](crate::decoder) allows, and is small again when that has
//! been carried out: it is as large as what a peer *has* sent, and not as what it says that it will.

/// How much room there is at first, and how much is kept: a peer that has nothing to say costs no more.
const SMALL: usize = 4 * 1024;
/// Room that was grown to this is kept too: who sends many requests at once does so again.
const KEPT: usize = 64 * 1024;

/// What has been read and not been understood yet.
#[derive(Debug, Default)]
pub struct Input {
    /// All of it has been initialized, so that it can be read into.
    bytes: Vec<u8>,
    start: usize,
    end: usize,
}

impl Input {
    /// What there is.
    pub fn unread(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// So many bytes have been understood.
    pub fn consume(&mut self, bytes: usize) {
        self.start = self.end.min(self.start + bytes);
    }

    /// So many bytes have been read into the room.
    pub fn has_come(&mut self, bytes: usize) {
        self.end = self.bytes.len().min(self.end + bytes);
    }

    /// Room for more, at least one byte.
    pub fn room(&mut self) -> &mut [u8] {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            if self.bytes.len() > KEPT {
                self.bytes = Vec::new();
            }
        }
        if self.end == self.bytes.len() {
            if self.start > self.bytes.len() / 2 {
                self.bytes.copy_within(self.start..self.end, 0);
                (self.start, self.end) = (0, self.end - self.start);
            } else {
                self.bytes.resize(SMALL.max(self.bytes.len() * 2), 0);
            }
        }
        &mut self.bytes[self.end..]
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// Reads once.
    fn fill(input: &mut Input, mut from: impl io::Read) -> usize {
        let read = from.read(input.room()).unwrap();
        input.has_come(read);
        read
    }

    #[test]
    fn it_grows_with_what_comes_and_is_small_again_afterwards() {
        let (mut input, mut peer) = (Input::default(), io::repeat(7));
        while input.unread().len() < 1 << 20 {
            assert!(fill(&mut input, &mut peer) > 0);
        }
        assert!(input.bytes.len() <= 2 << 20);
        input.consume(usize::MAX);
        assert_eq!((fill(&mut input, &mut peer), input.bytes.len()), (SMALL, SMALL));
    }

    #[test]
    fn what_is_not_understood_yet_stays_while_more_comes() {
        let (mut input, text) = (Input::default(), (0..=u8::MAX).cycle().take(100_000).collect::<Vec<_>>());
        let (mut peer, mut seen) = (text.as_slice(), Vec::new());
        while fill(&mut input, &mut peer) > 0 {
            let some = input.unread().len() * 2 / 3;
            seen.extend_from_slice(&input.unread()[..some]);
            input.consume(some);
        }
        seen.extend_from_slice(input.unread());
        assert_eq!(seen, text);
    }
}
