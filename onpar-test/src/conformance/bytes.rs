//! Reading and writing, by the traits of futures-io and with words for what went wrong.

use core::future::poll_fn;
use core::pin::Pin;
use core::task::Poll;
use std::io;

use futures_io::{AsyncRead, AsyncWrite};

pub(super) async fn read<Io: AsyncRead + Unpin>(io: &mut Io, buffer: &mut [u8]) -> io::Result<usize> {
    poll_fn(|cx| Pin::new(&mut *io).poll_read(cx, buffer)).await
}

/// Reads until the buffer is full or the stream has ended.
pub(super) async fn fill<Io: AsyncRead + Unpin>(io: &mut Io, buffer: &mut [u8]) -> Result<usize, String> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read(io, &mut buffer[filled..]).await {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) => return Err(format!("a read failed: {error}")),
        }
    }
    Ok(filled)
}

pub(super) async fn write<Io: AsyncWrite + Unpin>(io: &mut Io, mut bytes: &[u8]) -> Result<(), String> {
    while !bytes.is_empty() {
        match poll_fn(|cx| Pin::new(&mut *io).poll_write(cx, bytes)).await {
            Ok(0) => return Err("a write of some bytes wrote none".into()),
            Ok(count) => bytes = &bytes[count..],
            Err(error) => return Err(format!("a write failed: {error}")),
        }
    }
    poll_fn(|cx| Pin::new(&mut *io).poll_flush(cx)).await.map_err(|error| format!("a flush failed: {error}"))
}

pub(super) async fn close<Io: AsyncWrite + Unpin>(io: &mut Io) -> Result<(), String> {
    poll_fn(|cx| Pin::new(&mut *io).poll_close(cx)).await.map_err(|error| format!("a close failed: {error}"))
}

/// Writes until the other side takes no more, and says how much it took.
pub(super) async fn write_until_full<Io: AsyncWrite + Unpin>(
    io: &mut Io,
    bytes: &[u8],
    most: usize,
) -> Result<usize, String> {
    let mut written = 0;
    while written < most {
        let polled = poll_fn(|cx| Poll::Ready(Pin::new(&mut *io).poll_write(cx, bytes))).await;
        match polled {
            Poll::Ready(Ok(count)) => written += count,
            Poll::Ready(Err(error)) => return Err(format!("a write failed: {error}")),
            Poll::Pending => break,
        }
    }
    Ok(written)
}
