//! [`Replies`]: what is to be written to a peer, in the protocol's second version.
//!
//! A single reply may not grow beyond [`LONGEST`]: one request of a few bytes could ask for a large value a thousand times. It is
//! then taken back, and an error stands in its place.

use core::fmt::Display;
use std::io::Write as _;

/// How long one reply may be, in bytes.
pub const LONGEST: usize = 64 << 20;

/// What stands in the place of a reply that would be too long.
pub(crate) const TOO_LONG: &str = "the reply would be too long: ask for less at once";

/// So much room is kept for the next replies.
const KEPT: usize = 64 * 1024;

/// What is to be written to a peer.
#[derive(Debug, Default)]
pub struct Replies {
    bytes: Vec<u8>,
    /// Where the reply begins that is being written.
    start: usize,
    is_too_long: bool,
}

impl Replies {
    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is nothing to be written.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Takes what is to be written.
    pub fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.bytes)
    }

    /// Gives back what has been written, so that its room can be used again.
    pub fn give_back(&mut self, mut bytes: Vec<u8>) {
        if self.bytes.is_empty() && bytes.capacity() <= KEPT {
            bytes.clear();
            self.bytes = bytes;
        }
    }

    /// A reply begins.
    pub(crate) fn begin(&mut self) {
        self.start = self.bytes.len();
        self.is_too_long = false;
    }

    /// The reply has ended.
    pub(crate) fn end(&mut self) {
        if core::mem::take(&mut self.is_too_long) {
            self.bytes.truncate(self.start);
            self.bytes.shrink_to(KEPT);
            self.error("ERR", TOO_LONG);
        }
    }

    /// `OK`, `PONG` and the like.
    pub(crate) fn simple(&mut self, text: &str) {
        self.line(b'+', text);
    }

    /// An error, whose first word is its kind.
    pub(crate) fn error(&mut self, kind: &str, text: &str) {
        // What a peer has sent may be in the text, and a line has no ends in it.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.line(b'-', format_args!("{kind} {text}"));
    }

    pub(crate) fn integer(&mut self, n: i64) {
        self.line(b':', n);
    }

    /// How many there are of something.
    pub(crate) fn count(&mut self, n: usize) {
        self.line(b':', n);
    }

    pub(crate) fn bulk(&mut self, bytes: &[u8]) {
        if self.has_room(bytes.len()) {
            self.line(b'$', bytes.len());
            self.bytes.extend_from_slice(bytes);
            self.bytes.extend_from_slice(b"\r\n");
        }
    }

    /// A value, or that there is none.
    pub(crate) fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            Some(bytes) => self.bulk(bytes),
            None => self.bytes.extend_from_slice(b"$-1\r\n"),
        }
    }

    /// So many replies follow, which belong together.
    pub(crate) fn array(&mut self, length: usize) {
        self.line(b'*', length);
    }

    pub(crate) fn no_array(&mut self) {
        self.bytes.extend_from_slice(b"*-1\r\n");
    }

    pub(crate) fn bulks(&mut self, all: impl ExactSizeIterator<Item: AsRef<[u8]>>) {
        self.array(all.len());
        all.for_each(|bytes| self.bulk(bytes.as_ref()));
    }

    /// Something that has been written elsewhere.
    pub(crate) fn message(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn has_room(&mut self, more: usize) -> bool {
        self.is_too_long |= self.bytes.len() - self.start + more > LONGEST;
        !self.is_too_long
    }

    fn line(&mut self, kind: u8, what: impl Display) {
        if self.has_room(0) {
            write_line(&mut self.bytes, kind, what);
        }
    }
}

/// Whether there is room for all of these in one reply. What takes something out asks before.
pub(crate) fn have_room(all: &[impl AsRef<[u8]>]) -> bool {
    // Beside each stand its length and the ends of two lines.
    const BESIDE: usize = 32;
    all.iter().map(|bytes| bytes.as_ref().len() + BESIDE).sum::<usize>() + BESIDE <= LONGEST
}

/// A request, as a peer would write it.
pub(crate) fn write_request(out: &mut Vec<u8>, words: impl ExactSizeIterator<Item: AsRef<[u8]>>) {
    write_line(out, b'*', words.len());
    for word in words {
        let word = word.as_ref();
        write_line(out, b'$', word.len());
        out.extend_from_slice(word);
        out.extend_from_slice(b"\r\n");
    }
}

/// An array of three, as a subscriber is told things.
pub(crate) fn write_message(out: &mut Vec<u8>, channel: &[u8], payload: &[u8]) {
    write_request(out, [b"message", channel, payload].into_iter());
}

fn write_line(out: &mut Vec<u8>, kind: u8, what: impl Display) {
    out.push(kind);
    write!(out, "{what}\r\n").expect("a Vec takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_written_as_the_protocol_says() {
        let mut replies = Replies::default();
        replies.simple("OK");
        replies.error("ERR", "two\r\nlines");
        replies.integer(-1);
        replies.optional(None);
        replies.bulks([&b"GET"[..], b"k"].into_iter());
        assert_eq!(replies.take(), b"+OK\r\n-ERR two  lines\r\n:-1\r\n$-1\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n");
    }

    #[test]
    fn a_reply_that_grows_too_long_is_an_error_and_the_others_stay() {
        let (mut replies, value) = (Replies::default(), vec![b'x'; 1 << 20]);
        replies.begin();
        replies.simple("OK");
        replies.end();
        replies.begin();
        replies.array(100);
        (0..100).for_each(|_| replies.bulk(&value));
        assert!(replies.len() <= LONGEST + 100);
        replies.end();
        assert_eq!(replies.take(), b"+OK\r\n-ERR the reply would be too long: ask for less at once\r\n");
    }
}
