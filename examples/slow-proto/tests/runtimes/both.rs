//! [`Both`]: the tasks of one runtime, the network of another, and the time of a test. Capabilities are values, so they can be put
//! together.

use core::net::SocketAddr;
use core::pin::Pin;

use onpar::Instant;
use onpar::prelude::*;

use crate::hand::Hand;

#[derive(Clone)]
pub(crate) struct Both<T, N> {
    pub(crate) tasks: T,
    pub(crate) network: N,
    pub(crate) clock: Hand,
}

impl<R: Clone> Both<R, R> {
    pub(crate) fn of(rt: R, clock: &Hand) -> Self {
        Self { tasks: rt.clone(), network: rt, clock: clock.clone() }
    }
}

impl<T: Spawn, N: Clone> Spawn for Both<T, N> {
    type Task<O: Send + 'static> = T::Task<O>;

    fn spawn<F>(&self, future: F) -> T::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.tasks.spawn(future)
    }
}

impl<T: SpawnLocal, N: Clone> SpawnLocal for Both<T, N> {
    type LocalTask<O: 'static> = T::LocalTask<O>;

    fn spawn_local<F>(&self, future: F) -> T::LocalTask<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.tasks.spawn_local(future)
    }
}

impl<T: Clone, N: Clone> Clock for Both<T, N> {
    type Sleep = <Hand as Clock>::Sleep;

    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Self::Sleep {
        self.clock.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Self::Sleep>, deadline: Instant) {
        self.clock.reset(sleep, deadline);
    }
}

impl<T: Clone, N: Connect> Connect for Both<T, N> {
    type Io = N::Io;
    type Error = N::Error;
    type Connecting = N::Connecting;

    fn connect(&self, address: &SocketAddr) -> N::Connecting {
        self.network.connect(address)
    }
}

impl<T: Clone, N: Listen> Listen for Both<T, N> {
    type Listener = N::Listener;
    type Error = N::Error;
    type Listening = N::Listening;

    fn listen(&self, address: &SocketAddr) -> N::Listening {
        self.network.listen(address)
    }
}
