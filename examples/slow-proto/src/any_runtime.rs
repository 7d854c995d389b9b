//! [`AnyRuntime`]: a runtime without its type.

use core::fmt;
use core::net::SocketAddr;
use core::pin::Pin;
use std::io;
use std::sync::Arc;

use futures_io::{AsyncRead, AsyncWrite};
use onpar_core::{
    BoxListener, Clock, Connect, ErasedClock, ErasedConnect, ErasedListen, ErasedSleep, ErasedSpawn, ErasedTask,
    Instant, Listen, Listener, MapIo, Spawn,
};

/// Reads, writes, and moves between threads.
pub trait Duplex: AsyncRead + AsyncWrite + Send {}
impl<Io: AsyncRead + AsyncWrite + Send> Duplex for Io {}

/// A stream of an [`AnyRuntime`].
pub type Stream = Pin<Box<dyn Duplex>>;

/// A runtime without its type, for programs whose own types are to have no parameter for it.
///
/// It is a value like every other runtime: [`Server::serve`](crate::Server::serve) and
/// [`Client::connect`](crate::Client::connect) take it. A stream costs one allocation more, and so does each sleep.
///
/// # Examples
///
/// ```
/// use slow_proto::{AnyRuntime, Client, Stream};
///
/// /// No type parameter, whatever it runs on.
/// struct Pool {
///     runtime: AnyRuntime,
///     idle: Vec<Client<Stream, AnyRuntime>>,
/// }
///
/// let pool = onpar::rt::tokio_1::run(async |rt| Pool { runtime: AnyRuntime::new(rt), idle: Vec::new() });
/// assert!(pool.idle.is_empty());
/// # drop(pool.runtime);
/// ```
#[derive(Clone)]
pub struct AnyRuntime {
    clock: Arc<dyn ErasedClock>,
    spawner: Arc<dyn ErasedSpawn>,
    connect: Arc<dyn ErasedConnect<Stream, io::Error>>,
    listen: Arc<dyn ErasedListen<Stream, io::Error>>,
}

impl AnyRuntime {
    /// The same runtime, without its type.
    pub fn new<R>(runtime: R) -> Self
    where
        R: Clock<Sleep: Send> + Spawn + Send + Sync + 'static,
        R: Connect<Io: AsyncRead + AsyncWrite + Send + 'static, Error = io::Error, Connecting: Send + 'static>,
        R: Listen<Error = io::Error, Listening: Send + 'static>,
        R::Listener: Listener<Io: AsyncRead + AsyncWrite + Send + 'static, Address = SocketAddr, Error = io::Error>
            + Send
            + 'static,
    {
        Self {
            clock: Arc::new(runtime.clone()),
            spawner: Arc::new(runtime.clone()),
            connect: Arc::new(MapIo::new(runtime.clone(), |io| Box::pin(io) as Stream)),
            listen: Arc::new(MapIo::new(runtime, |io| Box::pin(io) as Stream)),
        }
    }
}

impl Clock for AnyRuntime {
    type Sleep = ErasedSleep;

    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn sleep_until(&self, deadline: Instant) -> ErasedSleep {
        self.clock.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut ErasedSleep>, deadline: Instant) {
        self.clock.reset(sleep, deadline);
    }
}

impl Spawn for AnyRuntime {
    type Task<T: Send + 'static> = ErasedTask<T>;

    fn spawn<F>(&self, future: F) -> ErasedTask<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.spawner.spawn(future)
    }
}

impl Connect for AnyRuntime {
    type Io = Stream;
    type Error = io::Error;
    type Connecting = <Arc<dyn ErasedConnect<Stream, io::Error>> as Connect>::Connecting;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        self.connect.connect(address)
    }
}

impl Listen for AnyRuntime {
    type Listener = BoxListener<Stream, io::Error>;
    type Error = io::Error;
    type Listening = <Arc<dyn ErasedListen<Stream, io::Error>> as Listen>::Listening;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        self.listen.listen(address)
    }
}

impl fmt::Debug for AnyRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyRuntime").finish_non_exhaustive()
    }
}
