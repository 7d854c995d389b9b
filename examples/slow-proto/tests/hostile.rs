//! Bytes from anybody, in pieces of any size: one connection ends, with a reason, and nothing else happens.
//!
//! Ten thousand cases, or as many as `PROPTEST_CASES` says.

extern crate alloc;

use alloc::collections::VecDeque;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use futures::io::{AsyncRead, AsyncWrite};
use onpar::Instant;
use onpar::prelude::*;
use onpar::test::ByHand;
use proptest::prelude::*;
use slow_proto::{Broken, End, FrameError, Limits, Server};

/// A client that sends pieces, and takes what it is sent.
struct Pieces {
    pieces: VecDeque<Vec<u8>>,
    taken: Vec<u8>,
}

impl AsyncRead for Pieces {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let Some(piece) = self.pieces.front_mut() else { return Poll::Ready(Ok(0)) };
        let count = piece.len().min(buffer.len());
        buffer[..count].copy_from_slice(&piece[..count]);
        piece.drain(..count);
        if piece.is_empty() {
            self.pieces.pop_front();
        }
        Poll::Ready(Ok(count))
    }
}

impl AsyncWrite for Pieces {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let count = bytes.len().min(3);
        self.taken.extend_from_slice(&bytes[..count]);
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A clock that stands still: nothing here takes time.
#[derive(Clone)]
struct Still;

impl Clock for Still {
    type Sleep = core::future::Pending<()>;

    fn now(&self) -> Instant {
        Instant::ORIGIN
    }

    fn sleep_until(&self, _: Instant) -> Self::Sleep {
        core::future::pending()
    }

    fn reset(&self, _: Pin<&mut Self::Sleep>, _: Instant) {}
}

/// What a server says to a client that sends `bytes` in such pieces, and how the connection ends.
fn answers(bytes: &[u8], cuts: &[usize]) -> (Result<End, Broken>, Vec<(u8, Vec<u8>)>) {
    let mut pieces = VecDeque::new();
    let mut rest = bytes;
    for cut in cuts.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, others) = rest.split_at((*cut).clamp(1, rest.len()));
        pieces.push_back(piece.to_vec());
        rest = others;
    }
    let server = Server::new(async |request: Vec<u8>| request, Limits { frame: 40, ..Limits::default() });
    let mut client = Pieces { pieces, taken: Vec::new() };
    // Polled as long as somebody has woken it: nothing here comes from elsewhere.
    let end = ByHand::new(server.converse(Still, &mut client)).finish();
    let mut frames = Vec::new();
    let mut taken = &*client.taken;
    while let [a, b, c, d, kind, others @ ..] = taken {
        let (body, others) = others.split_at(u32::from_be_bytes([*a, *b, *c, *d]) as usize);
        frames.push((*kind, body.to_vec()));
        taken = others;
    }
    assert!(taken.is_empty(), "the server sends whole frames");
    (end, frames)
}

/// What the bytes mean, read by the simplest reader that there could be.
fn meaning(mut bytes: &[u8]) -> (Option<FrameError>, Vec<Vec<u8>>) {
    let mut requests = Vec::new();
    loop {
        let [a, b, c, d, kind, others @ ..] = bytes else {
            let cut = (!bytes.is_empty()).then_some(FrameError::Truncated);
            return (cut, requests);
        };
        let length = u32::from_be_bytes([*a, *b, *c, *d]);
        let error = match kind {
            0 | 6.. => Some(FrameError::UnknownKind(*kind)),
            _ if length > 40 => Some(FrameError::TooLarge { length, limit: 40 }),
            _ if others.len() < length as usize => Some(FrameError::Truncated),
            1 => None,
            _ => Some(FrameError::OutOfPlace(*kind)),
        };
        if error.is_some() {
            return (error, requests);
        }
        let (body, others) = others.split_at(length as usize);
        requests.push(body.to_vec());
        bytes = others;
    }
}

/// Frames, most of them sound, and noise.
fn frames() -> impl Strategy<Value = Vec<u8>> {
    let body = prop::collection::vec(any::<u8>(), 0..44);
    let sound = body.clone().prop_map(|body| frame(body.len(), 1, &body));
    let odd = (body.clone(), 0_u8..8, 0_usize..60).prop_map(|(body, kind, length)| frame(length, kind, &body));
    let piece = prop_oneof![8 => sound, 1 => odd, 1 => body];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn frame(length: usize, kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &[kind], body].concat()
}

proptest! {
    #![proptest_config(onpar_tests::cases(10_000))]

    #[test]
    fn bytes_from_anybody_end_their_connection_for_the_right_reason(
        bytes in frames(),
        cuts in prop::collection::vec(1_usize..50, 1..5),
    ) {
        let (error, requests) = meaning(&bytes);
        let (end, mut said) = answers(&bytes, &cuts);
        match (&error, end) {
            (None, Ok(End::ByClient)) => {}
            (Some(error), Err(Broken::Protocol(found))) => {
                prop_assert_eq!(error, &found);
                prop_assert_eq!(said.pop(), Some((5, error.to_string().into_bytes())));
            }
            (error, end) => prop_assert!(false, "{error:?}, and the connection ended by {end:?}"),
        }
        prop_assert_eq!(said, requests.into_iter().map(|body| (2, body)).collect::<Vec<_>>());
    }
}
