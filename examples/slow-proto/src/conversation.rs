//! [`converse`]: one connection, from its first request to its end.

use core::error::Error;
use core::fmt;
use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;
use std::io;

use futures_io::{AsyncRead, AsyncWrite};
use onpar_core::Clock;

use crate::connections::{Open, Phase};
use crate::frame::{self, FrameError, Head, Kind, ReadError};
use crate::limits::Limits;
use crate::within::within;

/// How a connection ended, where nothing was wrong.
///
/// # Examples
///
/// ```
/// assert_ne!(slow_proto::End::ByClient, slow_proto::End::Idle);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// The client closed it.
    ByClient,
    /// The server closes, and has answered what had come in.
    ByServer,
    /// Nothing had come for too long.
    Idle,
}

/// Why a connection broke.
///
/// # Examples
///
/// ```
/// use slow_proto::{Broken, FrameError};
///
/// let broken = Broken::Protocol(FrameError::UnknownKind(7));
/// assert!(broken.to_string().starts_with("no frame is of kind 7"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Broken {
    /// What came is not a request.
    Protocol(FrameError),
    /// A frame took too long, to come in or to be taken: the client is too slow.
    TooSlow,
    /// The server's grace was over before the answer was there.
    Abandoned,
    /// The stream broke.
    Io(io::Error),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol(error) => error.fmt(f),
            Self::TooSlow => f.write_str("a frame took longer than `Limits::transfer`: the client is too slow"),
            Self::Abandoned => f.write_str("the server's `Limits::grace` was over before there was an answer"),
            Self::Io(error) => write!(f, "the stream broke: {error}"),
        }
    }
}

impl Error for Broken {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            // What is displayed as this error's own words is no source of it.
            Self::Protocol(_) | Self::TooSlow | Self::Abandoned => None,
        }
    }
}

impl From<ReadError> for Broken {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Frame(error) => Self::Protocol(error),
            ReadError::Io(error) => Self::Io(error),
        }
    }
}

/// What an idle connection waits for.
enum Next {
    Request,
    End(End),
}

/// Answers the requests of one connection, one after the other, until it ends.
///
/// # Cancel safety
///
/// Dropping it drops the connection: the client sees that it is gone, and what had not been answered may have been done.
pub(crate) async fn converse<C, Io, H, Fut>(
    open: Open,
    clock: C,
    mut io: Io,
    answer: H,
    limits: Limits,
) -> Result<End, Broken>
where
    C: Clock,
    Io: AsyncRead + AsyncWrite + Unpin,
    H: Fn(Vec<u8>) -> Fut,
    Fut: Future<Output = Vec<u8>>,
{
    let over = open.of().waiter();
    let mut work = pin!(answer_all(&open, &clock, &mut io, &answer, limits));
    let ended = poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(end) => Poll::Ready(end),
        Poll::Pending => over.poll(cx, |_, phase| phase == Phase::Over).map(|()| Err(Broken::Abandoned)),
    })
    .await;
    if ended.is_err() {
        open.of().count_broken();
    }
    ended
}

async fn answer_all<C, Io, H, Fut>(
    open: &Open,
    clock: &C,
    io: &mut Io,
    answer: &H,
    limits: Limits,
) -> Result<End, Broken>
where
    C: Clock,
    Io: AsyncRead + AsyncWrite + Unpin,
    H: Fn(Vec<u8>) -> Fut,
    Fut: Future<Output = Vec<u8>>,
{
    loop {
        let mut head = Head::default();
        match next(open, clock, io, &mut head, limits).await.map_err(Broken::Io)? {
            Next::Request => {}
            Next::End(End::ByServer) => {
                last_words(clock, io, Kind::Goodbye, &[], limits).await;
                return Ok(End::ByServer);
            }
            Next::End(end) => return Ok(end),
        }
        let read = within(clock, limits.transfer, head.finish(io, limits.frame)).await;
        let request = match read.map_err(|_| Broken::TooSlow)?.map_err(Broken::from) {
            Ok((Kind::Request, body)) => body,
            Ok((kind, _)) => return Err(refuse(clock, io, FrameError::OutOfPlace(kind as u8), limits).await),
            Err(Broken::Protocol(error)) => return Err(refuse(clock, io, error, limits).await),
            Err(broken) => return Err(broken),
        };
        let (kind, body) = match within(clock, limits.answer, answer(request)).await {
            Ok(body) => (Kind::Answer, body),
            Err(_elapsed) => (Kind::TooLate, Vec::new()),
        };
        within(clock, limits.transfer, frame::write(io, kind, &body))
            .await
            .map_err(|_| Broken::TooSlow)?
            .map_err(Broken::Io)?;
        open.of().count_answer();
    }
}

/// Tells the client what is wrong, closes, and gives the reason.
async fn refuse<C, Io>(clock: &C, io: &mut Io, error: FrameError, limits: Limits) -> Broken
where
    C: Clock,
    Io: AsyncRead + AsyncWrite + Unpin,
{
    last_words(clock, io, Kind::Malformed, error.to_string().as_bytes(), limits).await;
    Broken::Protocol(error)
}

/// Ends the connection with a frame of this kind. A client that has gone, or never reads, misses it.
async fn last_words<C, Io>(clock: &C, io: &mut Io, kind: Kind, body: &[u8], limits: Limits)
where
    C: Clock,
    Io: AsyncRead + AsyncWrite + Unpin,
{
    let _gone = within(clock, limits.linger, frame::write_last(io, kind, body)).await;
}

/// Waits for the first byte of a request, the end of the connection, or that it is time to end it.
async fn next<C, Io>(open: &Open, clock: &C, io: &mut Io, head: &mut Head, limits: Limits) -> io::Result<Next>
where
    C: Clock,
    Io: AsyncRead + Unpin,
{
    let closing = open.of().waiter();
    let mut idle = pin!(clock.sleep(limits.idle));
    poll_fn(|cx| {
        // First, so that a client that never stops asking does not hold the server open. What it has asked has not been read.
        if closing.poll(cx, |_, phase| phase >= Phase::Closing).is_ready() {
            return Poll::Ready(Ok(Next::End(End::ByServer)));
        }
        if let Poll::Ready(begun) = head.poll_begin(io, cx)? {
            return Poll::Ready(Ok(if begun { Next::Request } else { Next::End(End::ByClient) }));
        }
        idle.as_mut().poll(cx).map(|()| Ok(Next::End(End::Idle)))
    })
    .await
}
