//! Frames: four bytes of length, big-endian; one byte that says what it is; and that many bytes.
//!
//! The length counts the body alone. It is looked at before anything is allocated, so that four bytes from anybody do not
//! cost gigabytes.

use core::error::Error;
use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;

use futures_io::{AsyncRead, AsyncWrite};

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// From the client: asks for something.
    Request = 1,
    /// From the server: the answer to the last request.
    Answer = 2,
    /// From the server: there was no answer in time.
    TooLate = 3,
    /// From the server: it closes, and has not begun to read another request.
    Goodbye = 4,
    /// From the server: what it has read is no frame. It closes.
    Malformed = 5,
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        [Self::Request, Self::Answer, Self::TooLate, Self::Goodbye, Self::Malformed]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
    }
}

/// How many bytes come before the body.
pub(crate) const HEAD: usize = 5;

/// Why what was read is not a frame that belongs there.
///
/// # Examples
///
/// ```
/// use slow_proto::FrameError;
///
/// let error = FrameError::TooLarge { length: 70_000, limit: 65_536 };
/// assert_eq!(error.to_string(), "a frame of 70000 bytes, where at most 65536 are taken: raise `Limits::frame`, or send less");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// Its length is above the limit.
    TooLarge {
        /// The length that it announces, in bytes.
        length: u32,
        /// The most bytes that are accepted.
        limit: usize,
    },
    /// No frame begins like this.
    UnknownKind(u8),
    /// It is a frame, but nobody may send it here and now.
    OutOfPlace(u8),
    /// The stream ended within it.
    Truncated,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { length, limit } => write!(
                f,
                "a frame of {length} bytes, where at most {limit} are taken: raise `Limits::frame`, or send less"
            ),
            Self::UnknownKind(kind) => {
                write!(f, "no frame is of kind {kind}: the other side speaks another protocol, or another version")
            }
            Self::OutOfPlace(kind) => {
                write!(f, "a frame of kind {kind} out of its place: the other side has lost its way")
            }
            Self::Truncated => f.write_str("the stream ended within a frame: the other side has gone"),
        }
    }
}

impl Error for FrameError {}

/// Why no frame was read.
#[derive(Debug)]
pub(crate) enum ReadError {
    Frame(FrameError),
    Io(io::Error),
}

/// The first bytes of a frame, as far as they have come.
#[derive(Default)]
pub(crate) struct Head {
    bytes: [u8; HEAD],
    filled: usize,
}

impl Head {
    /// Waits for the first bytes, at least one: what has come is kept here, so dropping the wait loses nothing. False if the stream
    /// has ended.
    pub(crate) fn poll_begin<Io>(&mut self, io: &mut Io, cx: &mut Context<'_>) -> Poll<io::Result<bool>>
    where
        Io: AsyncRead + Unpin,
    {
        if self.filled == 0 {
            self.filled = ready!(Pin::new(io).poll_read(cx, &mut self.bytes))?;
        }
        Poll::Ready(Ok(self.filled > 0))
    }

    /// The rest of the frame.
    ///
    /// # Cancel safety
    ///
    /// What has been read is lost, and with it the place in the stream.
    pub(crate) async fn finish<Io>(mut self, io: &mut Io, limit: usize) -> Result<(Kind, Vec<u8>), ReadError>
    where
        Io: AsyncRead + Unpin,
    {
        read_exact(io, &mut self.bytes[self.filled..]).await?;
        let [a, b, c, d, kind] = self.bytes;
        let length = u32::from_be_bytes([a, b, c, d]);
        let kind = Kind::of(kind).ok_or(ReadError::Frame(FrameError::UnknownKind(kind)))?;
        let fits = usize::try_from(length).ok().filter(|length| *length <= limit);
        let fits = fits.ok_or(ReadError::Frame(FrameError::TooLarge { length, limit }))?;
        let mut body = vec![0; fits];
        read_exact(io, &mut body).await?;
        Ok((kind, body))
    }
}

async fn read_exact<Io>(io: &mut Io, mut rest: &mut [u8]) -> Result<(), ReadError>
where
    Io: AsyncRead + Unpin,
{
    while !rest.is_empty() {
        let count = poll_fn(|cx| Pin::new(&mut *io).poll_read(cx, rest)).await.map_err(ReadError::Io)?;
        if count == 0 {
            return Err(ReadError::Frame(FrameError::Truncated));
        }
        rest = &mut rest[count..];
    }
    Ok(())
}

/// Writes a frame, and has it sent.
///
/// # Cancel safety
///
/// Part of the frame may have been sent: nothing else can be sent after it.
pub(crate) async fn write<Io>(io: &mut Io, kind: Kind, body: &[u8]) -> io::Result<()>
where
    Io: AsyncWrite + Unpin,
{
    let frame = frame(kind, body)?;
    let mut rest = &*frame;
    poll_fn(|cx| poll_write_all(io, cx, &mut rest)).await?;
    poll_fn(|cx| Pin::new(&mut *io).poll_flush(cx)).await
}

/// Writes a last frame and closes the stream, and reads and forgets until the other side has closed it too.
///
/// It reads from the beginning: a side that is still sending may listen only when it has sent all. And it reads to the end: where
/// bytes lie unread when a TCP stream is dropped, the other side may lose what was sent to it.
///
/// # Cancel safety
///
/// Part of the frame may have been sent.
pub(crate) async fn write_last<Io>(io: &mut Io, kind: Kind, body: &[u8]) -> io::Result<()>
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let frame = frame(kind, body)?;
    let (mut rest, mut closed, mut ended) = (&*frame, false, false);
    let mut forgotten = [0; 512];
    poll_fn(|cx| {
        // So many reads a poll, then it is another task's turn.
        for left in (0..16).rev() {
            if ended {
                break;
            }
            match Pin::new(&mut *io).poll_read(cx, &mut forgotten)? {
                Poll::Ready(count) => ended = count == 0,
                Poll::Pending => break,
            }
            if left == 0 {
                cx.waker().wake_by_ref();
            }
        }
        ready!(poll_write_all(io, cx, &mut rest))?;
        if !closed {
            ready!(Pin::new(&mut *io).poll_close(cx))?;
            closed = true;
        }
        if ended { Poll::Ready(Ok(())) } else { Poll::Pending }
    })
    .await
}

/// Closes the stream for writing.
pub(crate) async fn close<Io>(io: &mut Io) -> io::Result<()>
where
    Io: AsyncWrite + Unpin,
{
    poll_fn(|cx| Pin::new(&mut *io).poll_close(cx)).await
}

fn frame(kind: Kind, body: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(body.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    Ok([&length.to_be_bytes()[..], &[kind as u8], body].concat())
}

fn poll_write_all<Io>(io: &mut Io, cx: &mut Context<'_>, rest: &mut &[u8]) -> Poll<io::Result<()>>
where
    Io: AsyncWrite + Unpin,
{
    while !rest.is_empty() {
        let count = ready!(Pin::new(&mut *io).poll_write(cx, rest))?;
        if count == 0 {
            return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
        }
        *rest = &rest[count..];
    }
    Poll::Ready(Ok(()))
}
