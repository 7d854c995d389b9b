//! What a read allocates through the adapters between the IO traits of tokio and of futures-io: nothing.

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use onpar::rt::tokio_1::{FromTokio, IntoTokio};
use onpar_test::allocations;

/// The same parser, written once against the traits of futures-io and once against tokio's: the sum of all numbers, of two
/// bytes each, that are read `N` bytes at a time.
mod parser {
    use std::io;

    pub(super) async fn by_futures<const N: usize>(reader: impl futures::AsyncRead) -> io::Result<(u64, u32)> {
        use futures::AsyncReadExt as _;
        let mut reader = core::pin::pin!(reader);
        let (mut sum, mut reads, mut buffer) = (0, 0, [0; N]);
        loop {
            let count = reader.read(&mut buffer).await?;
            if count == 0 {
                return Ok((sum, reads));
            }
            (sum, reads) = (sum + add(&buffer[..count]), reads + 1);
        }
    }

    pub(super) async fn by_tokio<const N: usize>(reader: impl tokio::io::AsyncRead) -> io::Result<(u64, u32)> {
        use tokio::io::AsyncReadExt as _;
        let mut reader = core::pin::pin!(reader);
        let (mut sum, mut reads, mut buffer) = (0, 0, [0; N]);
        loop {
            let count = reader.read(&mut buffer).await?;
            if count == 0 {
                return Ok((sum, reads));
            }
            (sum, reads) = (sum + add(&buffer[..count]), reads + 1);
        }
    }

    fn add(bytes: &[u8]) -> u64 {
        bytes.chunks_exact(2).map(|pair| u64::from(u16::from_be_bytes([pair[0], pair[1]]))).sum()
    }
}

#[test]
fn a_parser_reads_by_the_io_traits_of_either_side_without_an_allocation() {
    let bytes: Vec<u8> = (0..2000_u16).flat_map(u16::to_be_bytes).collect();
    let right = (2000 * 1999 / 2, 1000);
    let counted = |found: &mut dyn FnMut() -> Option<(u64, u32)>| {
        let (found, counted) = allocations(found);
        assert_eq!(found, Some(right));
        counted.count
    };
    // A slice has the traits of both.
    let to_futures = || ready_result(parser::by_futures::<4>(FromTokio::new(&bytes[..])));
    let to_tokio = || ready_result(parser::by_tokio::<4>(IntoTokio::new(&bytes[..])));
    let there_and_back = || ready_result(parser::by_futures::<4>(FromTokio::new(IntoTokio::new(&bytes[..]))));
    assert_eq!([counted(&mut { to_futures }), counted(&mut { to_tokio }), counted(&mut { there_and_back })], [0, 0, 0]);
}

/// What a future gives that never waits.
fn ready_result<T, E>(future: impl Future<Output = Result<T, E>>) -> Option<T> {
    let polled = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
    if let Poll::Ready(Ok(value)) = polled { Some(value) } else { None }
}
