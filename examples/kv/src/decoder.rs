//! [`Decoder`]: finds the requests in what a peer has sent.
//!
//! A request is an array of bulk strings (`*2\r\n$3\r\nGET\r\n$1\r\nk\r\n`), or a line of words for people who type. The decoder
//! remembers how far it has come, so that a request that comes in a thousand pieces is looked at once and not a thousand times.
//! What it keeps is bounded by the limits below, whatever a peer sends. What the server wrote itself has words that peers once sent,
//! and as many of them as there are.

use core::fmt;
use core::ops::Range;

/// How many words a request may have.
pub const WORDS: u64 = 64 * 1024;
/// How long one word may be, in bytes.
pub const WORD: usize = 16 << 20;
/// How long a request may be, in bytes.
pub const REQUEST: usize = 32 << 20;
/// How long a line may be: a number, or words that somebody types.
pub const LINE: usize = 64 * 1024;

/// So many places of words are kept for the next request, and no more.
const KEPT: usize = 64;

/// Where a decoder is in the request that it is reading.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Where the words stand that have been found, from the request's first byte on, or in `typed`.
    words: Vec<Range<usize>>,
    /// The words of a line, without its quotes.
    typed: Vec<u8>,
    /// So many bytes have been read.
    at: usize,
    /// So many bytes behind them hold no end of a line.
    looked: usize,
    /// So many words are still to come, if the array has begun.
    missing: Option<u64>,
    /// A word of this length is under way.
    word: Option<usize>,
    /// No peer sent it: a request has any number of words, and any length.
    is_own: bool,
}

/// What no request looks like. The connection has lost its place, and must end. The words are Redis's, where it has any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// The number of words is none, or too large.
    Count,
    /// The length of a word is none, or too large.
    Length,
    /// There is this byte where a word's length should be.
    NoDollar(u8),
    /// A word is longer than it said, or shorter.
    NoEnd,
    /// A line has a quote that does not end, or does not end a word.
    Quotes,
    /// A line of words is too long.
    Line,
    /// The line that says how many words follow is too long.
    CountLine,
    /// The line that says how long a word is is too long.
    LengthLine,
    /// All words together are too long.
    Request,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Count => "invalid multibulk length",
            Self::Length => "invalid bulk length",
            Self::NoDollar(byte) => return write!(f, "expected '$', got '{}'", char::from(*byte)),
            Self::NoEnd => "a bulk string does not end where it should",
            Self::Quotes => "unbalanced quotes in request",
            Self::Line => "too big inline request",
            Self::CountLine => "too big mbulk count string",
            Self::LengthLine => "too big bulk count string",
            Self::Request => "too big request",
        })
    }
}

impl core::error::Error for Malformed {}

/// A whole request.
#[derive(Clone, Copy, Debug)]
pub struct Request<'b> {
    bytes: &'b [u8],
    words: &'b [Range<usize>],
}

#[expect(clippy::len_without_is_empty, reason = "what has no words is skipped before anybody sees it")]
impl<'b> Request<'b> {
    /// How many words there are.
    pub fn len(self) -> usize {
        self.words.len()
    }

    /// The word at this place, none beyond the last.
    pub fn word(self, index: usize) -> Option<&'b [u8]> {
        self.words.get(index).map(|range| &self.bytes[range.clone()])
    }

    /// The words from this place on.
    pub fn words_from(self, index: usize) -> impl ExactSizeIterator<Item = &'b [u8]> + Clone {
        self.words[index.min(self.words.len())..].iter().map(move |range| &self.bytes[range.clone()])
    }
}

impl Decoder {
    /// For what the server wrote itself: one request may take a thousand keys out that came with a thousand, or name a long key beside
    /// a long value that came before.
    pub(crate) fn of_own() -> Self {
        Self { is_own: true, ..Self::default() }
    }

    /// The request that `bytes` begin with, and its length; `None` as long as it is not whole. An empty line, and an array of
    /// nothing, is a request without words.
    ///
    /// Until it is whole, `bytes` must begin with those of the last call.
    ///
    /// # Errors
    ///
    /// If no request begins like that.
    pub fn decode<'b>(&'b mut self, bytes: &'b [u8]) -> Result<Option<(Request<'b>, usize)>, Malformed> {
        if self.missing.is_none() {
            self.words.clear();
            self.words.shrink_to(KEPT);
            self.at = 0;
        }
        if !self.advance(bytes)? {
            return Ok(None);
        }
        let bytes = if self.missing.take().is_some() { bytes } else { &self.typed };
        Ok(Some((Request { bytes, words: &self.words }, self.at)))
    }

    /// Whether the request is whole.
    fn advance(&mut self, bytes: &[u8]) -> Result<bool, Malformed> {
        if self.missing.is_none() {
            let is_array = bytes.first() == Some(&b'*');
            let too_long = if is_array { Malformed::CountLine } else { Malformed::Line };
            let Some(line) = self.line(bytes, too_long)? else { return Ok(false) };
            if !is_array {
                self.typed.clear();
                split(line, &mut self.typed, &mut self.words)?;
                return Ok(true);
            }
            // What is below zero is nothing, too.
            let count = number(&line[1..])
                .filter(|&count| self.is_own || count <= WORDS.cast_signed())
                .ok_or(Malformed::Count)?;
            self.missing = Some(u64::try_from(count).unwrap_or(0));
        }
        while self.missing.is_some_and(|missing| missing > 0) {
            if self.word.is_none() {
                let Some(line) = self.line(bytes, Malformed::LengthLine)? else { return Ok(false) };
                let Some((b'$', digits)) = line.split_first() else {
                    return Err(Malformed::NoDollar(line.first().copied().unwrap_or(b'\r')));
                };
                let length = number(digits).and_then(|length| usize::try_from(length).ok());
                self.word = Some(length.filter(|&length| length <= WORD).ok_or(Malformed::Length)?);
            }
            let end = self.at + self.word.unwrap_or(0);
            if end > REQUEST && !self.is_own {
                return Err(Malformed::Request);
            }
            let Some(tail) = bytes.get(end..end + 2) else { return Ok(false) };
            if tail != b"\r\n" {
                return Err(Malformed::NoEnd);
            }
            self.words.push(self.at..end);
            self.at = end + 2;
            self.word = None;
            self.missing = self.missing.map(|missing| missing - 1);
        }
        Ok(true)
    }

    /// The line that comes next, without its end, if that has come.
    fn line<'b>(&mut self, bytes: &'b [u8], too_long: Malformed) -> Result<Option<&'b [u8]>, Malformed> {
        let rest = bytes.get(self.at..).unwrap_or_default();
        let Some(length) = rest.iter().skip(self.looked).position(|&byte| byte == b'\n') else {
            self.looked = rest.len();
            return if rest.len() > LINE { Err(too_long) } else { Ok(None) };
        };
        let line = &rest[..self.looked + length];
        self.at += line.len() + 1;
        self.looked = 0;
        if line.len() > LINE { Err(too_long) } else { Ok(Some(line.strip_suffix(b"\r").unwrap_or(line))) }
    }
}

/// Writes the words of a line behind each other, and where each stands. As in a shell, quotes keep blanks together.
fn split(line: &[u8], typed: &mut Vec<u8>, words: &mut Vec<Range<usize>>) -> Result<(), Malformed> {
    let mut rest = line.trim_ascii_start();
    while !rest.is_empty() {
        let start = typed.len();
        rest = word(rest, typed)?.trim_ascii_start();
        words.push(start..typed.len());
    }
    Ok(())
}

/// Writes the word that comes first. What is behind it.
fn word<'l>(mut rest: &'l [u8], typed: &mut Vec<u8>) -> Result<&'l [u8], Malformed> {
    while let [byte, after @ ..] = rest {
        match byte {
            blank if blank.is_ascii_whitespace() => break,
            b'"' | b'\'' => {
                let after = quoted(*byte, after, typed)?;
                let is_word = after.first().is_none_or(u8::is_ascii_whitespace);
                return if is_word { Ok(after) } else { Err(Malformed::Quotes) };
            }
            byte => typed.push(*byte),
        }
        rest = after;
    }
    Ok(rest)
}

/// Writes what stands before the next quote of this kind. What is behind that.
fn quoted<'l>(quote: u8, mut rest: &'l [u8], typed: &mut Vec<u8>) -> Result<&'l [u8], Malformed> {
    loop {
        let (byte, after) = match rest {
            [] => return Err(Malformed::Quotes),
            [byte, after @ ..] if *byte == quote => return Ok(after),
            [b'\\', b'x', high, low, after @ ..]
                if quote == b'"' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                (digit(*high) << 4 | digit(*low), after)
            }
            [b'\\', escaped, after @ ..] if quote == b'"' => (unescaped(*escaped), after),
            [b'\\', b'\'', after @ ..] if quote == b'\'' => (b'\'', after),
            [byte, after @ ..] => (*byte, after),
        };
        typed.push(byte);
        rest = after;
    }
}

const fn unescaped(byte: u8) -> u8 {
    match byte {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'a' => 7,
        byte => byte,
    }
}

const fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        _ => (byte | 0x20) - b'a' + 10,
    }
}

/// Digits, with a minus or without, and nothing else. No number here is so low that only below zero there is one like it.
fn number(digits: &[u8]) -> Option<i64> {
    let (sign, digits) = digits.strip_prefix(b"-").map_or((1, digits), |digits| (-1, digits));
    let add = |number: i64, digit: &u8| {
        let digit = char::from(*digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit.into())
    };
    if digits.is_empty() { None } else { digits.iter().try_fold(0, add).map(|number| sign * number) }
}

#[cfg(test)]
mod tests {
    use onpar_tests::cases;
    use proptest::prelude::*;

    use super::*;

    /// Feeds the bytes in pieces of these sizes, in turn. All requests that are found, or what is wrong after them.
    fn decode(bytes: &[u8], pieces: &[usize]) -> (Vec<Vec<Vec<u8>>>, Option<Malformed>) {
        let (mut decoder, mut buffer, mut found) = (Decoder::default(), Vec::new(), Vec::new());
        let mut sizes = pieces.iter().copied().cycle();
        let mut rest = bytes;
        loop {
            let used = match decoder.decode(&buffer) {
                Ok(Some((request, used))) => {
                    found.push(request.words_from(0).map(<[u8]>::to_vec).collect());
                    used
                }
                Ok(None) if rest.is_empty() => return (found, None),
                Ok(None) => {
                    let (piece, later) = rest.split_at(sizes.next().unwrap_or(1).clamp(1, rest.len()));
                    buffer.extend_from_slice(piece);
                    rest = later;
                    0
                }
                Err(malformed) => return (found, Some(malformed)),
            };
            buffer.drain(..used);
        }
    }

    fn encoded(words: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = format!("*{}\r\n", words.len()).into_bytes();
        for word in words {
            bytes.extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
            bytes.extend_from_slice(word);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }

    fn words(words: &[&str]) -> Vec<Vec<u8>> {
        words.iter().map(|word| word.as_bytes().to_vec()).collect()
    }

    #[test]
    fn what_is_malformed_says_how() {
        let line = |start: &str| [start.as_bytes(), &vec![b'1'; LINE + 1]].concat();
        let cases: [(&[u8], Malformed); 12] = [
            (b"*x\r\n", Malformed::Count),
            (b"*65537\r\n", Malformed::Count),
            (b"*99999999999999999999\r\n", Malformed::Count),
            (b"*1\r\n:3\r\n", Malformed::NoDollar(b':')),
            (b"*1\r\n\r\n", Malformed::NoDollar(b'\r')),
            (b"*1\r\n$-1\r\n", Malformed::Length),
            (b"*1\r\n$17000000\r\n", Malformed::Length),
            (b"*1\r\n$1\r\nab\r\n", Malformed::NoEnd),
            (b"SET key \"value\r\n", Malformed::Quotes),
            (b"SET key \"val\"ue\r\n", Malformed::Quotes),
            (&line("*"), Malformed::CountLine),
            (&line("*1\r\n$"), Malformed::LengthLine),
        ];
        for (bytes, malformed) in cases {
            assert_eq!(
                decode(bytes, &[usize::MAX]).1,
                Some(malformed),
                "{}",
                bytes[..20.min(bytes.len())].escape_ascii()
            );
        }
        assert_eq!(decode(&line(""), &[usize::MAX]).1, Some(Malformed::Line));
    }

    #[test]
    fn a_request_whose_words_are_long_together_is_refused() {
        let word = vec![b'x'; 16 << 20];
        let (found, malformed) = decode(&encoded(&[word.clone(), word, vec![b'x']]), &[1 << 20]);
        assert_eq!((found.len(), malformed), (0, Some(Malformed::Request)));
    }

    #[test]
    fn a_line_that_is_typed_is_a_request() {
        let (found, malformed) = decode(b"SET  key value\r\n\r\nPING\n", &[3]);
        assert_eq!((found, malformed), (vec![words(&["SET", "key", "value"]), vec![], words(&["PING"])], None));
    }

    #[test]
    fn quotes_keep_a_word_together() {
        let (found, _) = decode(b"a\"b c\" '\\'' \"\\x41\\n\\\"\" '\\n'\r\n", &[usize::MAX]);
        assert_eq!(found, [words(&["ab c", "'", "A\n\"", "\\n"])]);
    }

    #[test]
    fn an_array_of_nothing_is_no_request_and_no_error() {
        assert_eq!(decode(b"*0\r\n*-1\r\nPING\r\n", &[usize::MAX]), (vec![vec![], vec![], words(&["PING"])], None));
    }

    proptest! {
        #![proptest_config(cases(10_000))]

        #[test]
        fn requests_come_out_as_they_went_in_however_they_are_cut(
            requests in prop::collection::vec(prop::collection::vec(prop::collection::vec(any::<u8>(), 0..9), 0..5), 0..5),
            pieces in prop::collection::vec(1..20_usize, 1..5),
        ) {
            let bytes: Vec<u8> = requests.iter().flat_map(|words| encoded(words)).collect();
            prop_assert_eq!(decode(&bytes, &pieces), (requests, None));
        }

        #[test]
        fn garbage_is_refused_or_waited_for_and_is_the_same_however_it_is_cut(
            bytes in prop::collection::vec(prop_oneof![prop::sample::select(b"*$0123456789\r\n -ax'\"\\".to_vec()), any::<u8>()], 0..64),
            pieces in prop::collection::vec(1..20_usize, 1..5),
        ) {
            prop_assert_eq!(decode(&bytes, &pieces), decode(&bytes, &[usize::MAX]));
        }
    }
}
