//! [`Client`]: asks, and waits for the answer, but no longer than it is told to.

use core::error::Error;
use core::fmt;
use core::future::poll_fn;
use core::net::SocketAddr;
use core::time::Duration;
use std::io;

use futures_io::{AsyncRead, AsyncWrite};
use onpar_core::{Clock, Connect};

use crate::frame::{self, FrameError, Head, Kind, ReadError};
use crate::limits::Limits;
use crate::within::within;

/// One connection to a server.
///
/// # Examples
///
/// See the [crate](crate).
pub struct Client<Io, C> {
    io: Io,
    clock: C,
    limits: Limits,
    /// Whether a call has left the stream in the middle of something.
    out_of_step: bool,
}

/// Why a call has no answer.
///
/// # Examples
///
/// ```
/// use slow_proto::CallError;
///
/// assert!(!CallError::Closing.may_have_been_done());
/// assert!(CallError::NoAnswer.may_have_been_done());
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError {
    /// The server did not answer within the time of the call. The connection is of no more use.
    NoAnswer,
    /// The server itself gave up. The connection is of use.
    TooLate,
    /// The server closes. It has not read the request: another server may be asked.
    Closing,
    /// The server does not accept what it was sent as a request, and says why.
    Malformed(String),
    /// What the server sent is not an answer.
    Protocol(FrameError),
    /// An earlier call was dropped, or ended, in the middle of something: connect anew.
    OutOfStep,
    /// The stream broke.
    Io(io::Error),
}

impl CallError {
    /// Whether the server may have done what it was asked for. If not, asking again does no harm.
    pub const fn may_have_been_done(&self) -> bool {
        !matches!(self, Self::Closing | Self::Malformed(_) | Self::OutOfStep)
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswer => f.write_str("no answer in time: connect anew, and ask again if that does no harm"),
            Self::TooLate => f.write_str("the server gave up: ask for less, or raise its `Limits::answer`"),
            Self::Closing => f.write_str("the server closes, and has not read the request: ask another one"),
            Self::Malformed(words) => write!(f, "the server does not accept the request: {words}"),
            Self::Protocol(error) => write!(f, "what the server sent is not an answer: {error}"),
            Self::OutOfStep => f.write_str("an earlier call ended half-way on this connection: connect anew"),
            Self::Io(error) => write!(f, "the stream broke: {error}"),
        }
    }
}

impl Error for CallError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Protocol(error) => Some(error),
            _ => None,
        }
    }
}

impl<R> Client<R::Io, R>
where
    R: Connect<Io: AsyncRead + AsyncWrite + Unpin, Error = io::Error> + Clock,
{
    /// Connects to a server, within [`Limits::transfer`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up.
    ///
    /// # Errors
    ///
    /// What the runtime says, or that it took too long.
    pub async fn connect(runtime: &R, server: SocketAddr, limits: Limits) -> io::Result<Self> {
        match within(runtime, limits.transfer, runtime.connect(&server)).await {
            Ok(io) => Ok(Self::new(io?, runtime.clone(), limits)),
            Err(_elapsed) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

impl<Io, C> Client<Io, C>
where
    Io: AsyncRead + AsyncWrite + Unpin,
    C: Clock,
{
    /// Speaks with a server on a stream that is open.
    pub const fn new(io: Io, clock: C, limits: Limits) -> Self {
        Self { io, clock, limits, out_of_step: false }
    }

    /// Sends a request, and gives the answer if it comes within `time`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the connection in the middle of something: the next call says [`CallError::OutOfStep`].
    /// Whether the server does what it was asked for, nobody knows.
    ///
    /// # Errors
    ///
    /// If there is no answer. [`CallError::may_have_been_done`] tells whether asking again can do harm.
    pub async fn call(&mut self, request: &[u8], time: Duration) -> Result<Vec<u8>, CallError> {
        if self.out_of_step {
            return Err(CallError::OutOfStep);
        }
        self.out_of_step = true;
        let asked = ask(&mut self.io, request, self.limits.frame);
        let (kind, body) = within(&self.clock, time, asked).await.map_err(|_| CallError::NoAnswer)??;
        match kind {
            Kind::Answer => {
                self.out_of_step = false;
                Ok(body)
            }
            Kind::TooLate => {
                self.out_of_step = false;
                Err(CallError::TooLate)
            }
            Kind::Goodbye => Err(CallError::Closing),
            Kind::Malformed => Err(CallError::Malformed(String::from_utf8_lossy(&body).into_owned())),
            Kind::Request => Err(CallError::Protocol(FrameError::OutOfPlace(kind as u8))),
        }
    }

    /// Says goodbye.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future closes the connection without a word.
    ///
    /// # Errors
    ///
    /// If the stream is broken by then.
    pub async fn close(mut self) -> io::Result<()> {
        frame::close(&mut self.io).await
    }
}

async fn ask<Io>(io: &mut Io, request: &[u8], limit: usize) -> Result<(Kind, Vec<u8>), CallError>
where
    Io: AsyncRead + AsyncWrite + Unpin,
{
    // A server that closes, or refuses what comes, may do so before all has been sent: its reason is worth more than the error.
    let sent = frame::write(io, Kind::Request, request).await;
    let mut head = Head::default();
    let begun = poll_fn(|cx| head.poll_begin(io, cx)).await;
    match begun {
        Ok(true) => {}
        Ok(false) => return Err(sent.err().map_or(CallError::Protocol(FrameError::Truncated), CallError::Io)),
        Err(error) => return Err(CallError::Io(sent.err().unwrap_or(error))),
    }
    head.finish(io, limit).await.map_err(|error| match error {
        ReadError::Frame(error) => CallError::Protocol(error),
        ReadError::Io(error) => CallError::Io(error),
    })
}

impl<Io, C> fmt::Debug for Client<Io, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("out_of_step", &self.out_of_step).finish_non_exhaustive()
    }
}
