//! [`Both`]: the tasks of one runtime and the network of another. Capabilities are values, so they can be put together.

use core::net::SocketAddr;
use core::pin::Pin;

use onpar::Instant;
use onpar::prelude::*;

#[derive(Clone)]
pub(crate) struct Both<T, N> {
    pub(crate) tasks: T,
    pub(crate) network: N,
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

impl<T: Clock, N: Clone> Clock for Both<T, N> {
    type Sleep = T::Sleep;

    fn now(&self) -> Instant {
        self.tasks.now()
    }

    fn sleep_until(&self, deadline: Instant) -> T::Sleep {
        self.tasks.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut T::Sleep>, deadline: Instant) {
        self.tasks.reset(sleep, deadline);
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
