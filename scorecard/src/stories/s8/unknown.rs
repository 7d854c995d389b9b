//! [`Unknown`]: a runtime that neither onpar nor the library has heard of.

use alloc::sync::Arc;
use core::net::SocketAddr;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;

use futures::FutureExt as _;
use futures::channel::oneshot;
use futures::future::BoxFuture;
use onpar_core::{Clock, Connect, Instant, JoinError, Spawn};
use onpar_rt::smol_2::Smol;

use crate::executor::foreign::Foreign;

/// Tasks of the executor of twenty lines; time and sockets are somebody else's.
#[derive(Clone)]
pub(super) struct Unknown {
    tasks: Arc<Foreign>,
    beside: Smol,
}

impl Unknown {
    pub(super) fn run<T>(body: impl AsyncFnOnce(Self) -> T) -> T {
        let tasks = Arc::<Foreign>::default();
        tasks.run(body(Self { tasks: Arc::clone(&tasks), beside: Smol::global() }))
    }
}

impl Spawn for Unknown {
    type Task<T: Send + 'static> = BoxFuture<'static, Result<T, JoinError>>;

    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let (sender, output) = oneshot::channel();
        let task = AssertUnwindSafe(future).catch_unwind();
        self.tasks.spawn(task.map(|output| drop(sender.send(output.map_err(JoinError::panicked)))));
        output.map(|output| output.unwrap_or_else(|_| Err(JoinError::dropped()))).boxed()
    }
}

impl Clock for Unknown {
    type Sleep = <Smol as Clock>::Sleep;

    fn now(&self) -> Instant {
        self.beside.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Self::Sleep {
        self.beside.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Self::Sleep>, deadline: Instant) {
        self.beside.reset(sleep, deadline);
    }
}

impl Connect<SocketAddr> for Unknown {
    type Io = <Smol as Connect<SocketAddr>>::Io;
    type Error = <Smol as Connect<SocketAddr>>::Error;
    type Connecting = <Smol as Connect<SocketAddr>>::Connecting;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        self.beside.connect(address)
    }
}

impl onpar_core::Listen<SocketAddr> for Unknown {
    type Listener = <Smol as onpar_core::Listen<SocketAddr>>::Listener;
    type Error = <Smol as onpar_core::Listen<SocketAddr>>::Error;
    type Listening = <Smol as onpar_core::Listen<SocketAddr>>::Listening;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        self.beside.listen(address)
    }
}
