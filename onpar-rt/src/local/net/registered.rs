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
        Self::with(shared, socket, true)
    }

    /// Takes a stream of TCP in, which must not block. Its bytes are not parted, except by urgent ones.
    pub(super) fn tcp(shared: Arc<Shared>, socket: T) -> io::Result<Self>
    where
        for<'a> &'a T: AsRawSource,
    {
        Self::with(shared, socket, false)
    }

    fn with(shared: Arc<Shared>, socket: T, parts: bool) -> io::Result<Self>
    where
        for<'a> &'a T: AsRawSource,
    {
        let source = shared.reactor()?.add(&socket, parts)?;
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
        self.poll(self.source.read(), cx, act, |_| false)
    }

    /// Reads bytes into so much room, now or when there are any.
    pub(super) fn poll_read_bytes(
        &self,
        cx: &mut Context<'_>,
        room: usize,
        read: impl FnMut(&T) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        // No bytes are the end, and behind the end there is only the end again.
        self.poll(self.source.read(), cx, read, |&count| (1..room).contains(&count))
    }

    /// Does what writes, now or when there is room.
    pub(super) fn poll_write<R>(
        &self,
        cx: &mut Context<'_>,
        act: impl FnMut(&T) -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        self.poll(self.source.write(), cx, act, |_| false)
    }

    fn poll<R>(
        &self,
        direction: &Direction,
        cx: &mut Context<'_>,
        mut act: impl FnMut(&T) -> io::Result<R>,
        leaves_room: impl Fn(&R) -> bool,
    ) -> Poll<io::Result<R>> {
        if direction.is_greedy() {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            // Before anything is done: what comes from now on is news.
            let seen = direction.count();
            if !direction.is_drained(seen) {
                match act(&self.socket) {
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                    Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                    Err(error) => return Poll::Ready(Err(error)),
                    Ok(done) => {
                        if leaves_room(&done) {
                            direction.has_left_room(seen);
                        }
                        return Poll::Ready(Ok(done));
                    }
                }
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

#[cfg(test)]
mod tests {
    use core::future::poll_fn;
    use core::net::SocketAddr;
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use onpar_core::{Listen as _, Listener as _};

    use crate::local;

    #[test]
    fn each_request_is_read_once() {
        const REQUESTS: usize = 10;
        local::run(async |rt| {
            let mut listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
            let mut near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (far, _) = listener.accept().await.unwrap();
            let mut reads = 0;
            for _ in 0..REQUESTS {
                let mut has_asked = false;
                let read = poll_fn(|cx| {
                    let polled = far.registered().poll_read_bytes(cx, 64, |mut stream| {
                        reads += 1;
                        stream.read(&mut [0; 64])
                    });
                    if !core::mem::replace(&mut has_asked, true) {
                        assert!(polled.is_pending(), "nobody has asked yet");
                        near.write_all(b"request").unwrap();
                    }
                    polled
                });
                assert_eq!(read.await.unwrap(), 7);
            }
            assert_eq!(reads, REQUESTS + 1, "one more at first, when nobody knows whether there is something");
        });
    }
}
