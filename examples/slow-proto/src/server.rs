//! [`Server`]: takes connections, and starts a task for each.

use core::fmt;
use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use std::io;

use futures_io::{AsyncRead, AsyncWrite};
use onpar_core::{Clock, Listener, Spawn, SpawnLocal};

use crate::connections::{Closing, Connections, Open, Phase};
use crate::conversation::{Broken, End, converse};
use crate::limits::Limits;
use crate::within::within;

/// How long a server waits after it could not take a connection: the reason, say too few file descriptors, stays for a while.
const PAUSE: Duration = Duration::from_millis(20);

/// A server that answers each request by an async function.
///
/// # Examples
///
/// See the [crate](crate).
pub struct Server<H> {
    answer: H,
    limits: Limits,
    connections: Connections,
}

/// What a server has done.
///
/// # Examples
///
/// ```
/// let served = slow_proto::Served::default();
/// assert_eq!((served.answered, served.abandoned), (0, 0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Served {
    /// How many connections it has taken.
    pub connections: u64,
    /// How many requests it has answered.
    pub answered: u64,
    /// How many connections broke: the client was too slow, spoke another protocol, or was gone.
    pub broken: u64,
    /// How many times no connection could be taken.
    pub refused: u64,
    /// How many connections were still at work when the grace was over.
    pub abandoned: usize,
}

impl<H, Fut> Server<H>
where
    H: Fn(Vec<u8>) -> Fut + Clone + 'static,
    Fut: Future<Output = Vec<u8>> + 'static,
{
    /// Calls `answer` for each request.
    pub fn new(answer: H, limits: Limits) -> Self {
        Self { answer, limits, connections: Connections::new() }
    }

    /// What tells this server to close.
    pub fn closing(&self) -> Closing {
        Closing(self.connections.clone())
    }

    /// Takes connections and answers their requests until it is told to close, each connection in a task of `runtime`.
    ///
    /// # Cancel safety
    ///
    /// Dropping it abandons all connections, as if the grace were over.
    pub async fn serve<R, L>(self, runtime: &R, listener: &mut L) -> Served
    where
        R: Spawn + Clock<Sleep: Send> + Send + Sync + 'static,
        L: Listener<Io: AsyncRead + AsyncWrite + Unpin + Send + 'static, Error = io::Error>,
        H: Send + Sync,
        Fut: Send,
    {
        let (answer, limits) = (self.answer.clone(), self.limits);
        self.take_all(runtime, listener, |open, io| {
            let (clock, answer) = (runtime.clone(), answer.clone());
            drop(runtime.spawn(async move { drop(converse(open, clock, io, answer, limits).await) }));
        })
        .await
    }

    /// The same on a runtime whose tasks stay on their thread. Nothing has to be `Send`.
    ///
    /// # Cancel safety
    ///
    /// Dropping it abandons all connections, as if the grace were over.
    pub async fn serve_local<R, L>(self, runtime: &R, listener: &mut L) -> Served
    where
        R: SpawnLocal + Clock + 'static,
        L: Listener<Io: AsyncRead + AsyncWrite + Unpin + 'static, Error = io::Error>,
    {
        let (answer, limits) = (self.answer.clone(), self.limits);
        self.take_all(runtime, listener, |open, io| {
            let (clock, answer) = (runtime.clone(), answer.clone());
            drop(runtime.spawn_local(async move { drop(converse(open, clock, io, answer, limits).await) }));
        })
        .await
    }

    /// Answers the requests of one connection, for those who take connections in their own way.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the connection: the client sees that it is gone, and what had not been answered may have been done.
    ///
    /// # Errors
    ///
    /// Why the connection broke.
    pub async fn converse<C, Io>(&self, clock: C, io: Io) -> Result<End, Broken>
    where
        C: Clock,
        Io: AsyncRead + AsyncWrite + Unpin,
    {
        converse(self.connections.open(), clock, io, self.answer.clone(), self.limits).await
    }

    async fn take_all<C, L>(&self, clock: &C, listener: &mut L, start: impl Fn(Open, L::Io)) -> Served
    where
        C: Clock,
        L: Listener<Error = io::Error>,
    {
        let connections = &self.connections;
        let abandon = AbandonOnDrop(connections);
        let mut served = Served::default();
        loop {
            connections.fewer_than(self.limits.connections.get(), Phase::Closing).await;
            let closing = connections.waiter();
            let taken = poll_fn(|cx| match closing.poll(cx, |_, phase| phase >= Phase::Closing) {
                Poll::Ready(()) => Poll::Ready(None),
                Poll::Pending => listener.poll_accept(cx).map(Some),
            });
            match taken.await {
                None => break,
                Some(Ok((io, _peer))) => {
                    served.connections += 1;
                    start(connections.open(), io);
                }
                Some(Err(_)) => {
                    served.refused += 1;
                    clock.sleep(PAUSE).await;
                }
            }
        }
        let ended = pin!(connections.fewer_than(1, Phase::Over));
        if within(clock, self.limits.grace, ended).await.is_err() {
            served.abandoned = connections.count();
        }
        (served.answered, served.broken) = connections.totals();
        drop(abandon);
        served
    }
}

/// Nobody is left to wait for the connections.
struct AbandonOnDrop<'a>(&'a Connections);

impl Drop for AbandonOnDrop<'_> {
    fn drop(&mut self) {
        self.0.enter(Phase::Over);
    }
}

impl<H> fmt::Debug for Server<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("limits", &self.limits).finish_non_exhaustive()
    }
}
