//! `Registered`: a socket that the reactor knows, and what can be done with it without blocking.

use core::fmt;
use core::task::{Context, Poll};
use std::io::{self, ErrorKind};
use std::sync::Arc;

use polling::{AsRawSource, AsSource};

use super::reactor::{Direction, Source};
use crate::local::shared::Shared;

pub(super) struct Registered<T: AsSource> {
    shared: Arc<Shared>,
    source: Arc<Source>,
    /// Removed from the reactor before it is dropped. Nobody gets it out, or a `&mut` to it.
    socket: T,
}

impl<T: AsSource> Registered<T> {
    /// Takes a socket in, which must not block.
    pub(super) fn new(shared: Arc<Shared>, socket: T) -> io::Result<Self>
    where
        for<'a> &'a T: AsRawSource,
    {
        let source = shared.reactor()?.add(&socket)?;
        Ok(Self { shared, source, socket })
    }

    pub(super) const fn socket(&self) -> &T {
        &self.socket
    }

    pub(super) const fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Does what reads, now or when there is something to read.
    pub(super) fn poll_read<R>(
        &self,
        cx: &mut Context<'_>,
        act: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        self.poll(self.source.read(), cx, act)
    }

    /// Does what writes, now or when there is room.
    pub(super) fn poll_write<R>(
        &self,
        cx: &mut Context<'_>,
        act: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        self.poll(self.source.write(), cx, act)
    }

    fn poll<R>(
        &self,
        direction: &Direction,
        cx: &mut Context<'_>,
        mut act: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        if direction.is_greedy() {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            let seen = direction.count();
            match act(&self.socket) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                result => return Poll::Ready(result),
            }
            if direction.waits(seen, cx) {
                self.shared.reactor()?.arm(&self.socket, &self.source)?;
                return Poll::Pending;
            }
        }
    }
}

impl<T: AsSource> Drop for Registered<T> {
    fn drop(&mut self) {
        // It is there: the socket is registered with it.
        if let Ok(reactor) = self.shared.reactor() {
            reactor.remove(&self.socket, &self.source);
        }
    }
}

impl<T: AsSource + fmt::Debug> fmt::Debug for Registered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.socket.fmt(f)
    }
}
