//! [`Memory`]: a runtime that neither the library nor onpar has heard of. Tasks and time are a simulation's; its network is in
//! memory, with streams that take and give as few bytes at a time as the schedule likes.

use core::future::{Ready, ready};
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::io::{AsyncRead, AsyncWrite};
use onpar::Instant;
use onpar::prelude::*;
use onpar::test::{Rt, Sim};

/// How many bytes a stream holds, so that whoever writes more waits.
const ROOM: usize = 64;

#[derive(Clone)]
pub(crate) struct Memory {
    rt: Rt,
    network: Arc<Mutex<Network>>,
}

#[derive(Default)]
struct Network {
    doors: BTreeMap<u16, Arc<Mutex<Door>>>,
}

/// Who has knocked, and who waits for that.
#[derive(Default)]
struct Door {
    knocked: VecDeque<(Stream, SocketAddr)>,
    waker: Option<Waker>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    /// Runs `body` with some schedules.
    pub(crate) fn check(body: impl AsyncFn(Self)) {
        for seed in 0..20 {
            // What a server abandons is still there for a moment.
            Sim::new(seed).allow_leftovers().run(async |rt| {
                let network = Arc::<Mutex<Network>>::default();
                body(Self { rt, network }).await;
            });
        }
    }
}

impl Spawn for Memory {
    type Task<T: Send + 'static> = <Rt as Spawn>::Task<T>;

    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.rt.spawn(future)
    }
}

impl Clock for Memory {
    type Sleep = <Rt as Clock>::Sleep;

    fn now(&self) -> Instant {
        self.rt.now()
    }

    fn sleep_until(&self, deadline: Instant) -> Self::Sleep {
        self.rt.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut Self::Sleep>, deadline: Instant) {
        self.rt.reset(sleep, deadline);
    }
}

impl Listen for Memory {
    type Listener = Doorkeeper;
    type Error = io::Error;
    type Listening = Ready<io::Result<Doorkeeper>>;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        let mut network = lock(&self.network);
        let port =
            if address.port() == 0 { 1024 + u16::try_from(network.doors.len()).unwrap_or(0) } else { address.port() };
        let door = Arc::clone(network.doors.entry(port).or_default());
        ready(Ok(Doorkeeper { door, address: SocketAddr::new(address.ip(), port) }))
    }
}

impl Connect for Memory {
    type Io = Stream;
    type Error = io::Error;
    type Connecting = Ready<io::Result<Stream>>;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        let network = lock(&self.network);
        let Some(door) = network.doors.get(&address.port()) else {
            return ready(Err(io::ErrorKind::ConnectionRefused.into()));
        };
        let (one, other) = (Arc::<Mutex<Pipe>>::default(), Arc::<Mutex<Pipe>>::default());
        let mine = Stream { rt: self.rt.clone(), reads: Arc::clone(&one), writes: Arc::clone(&other) };
        let theirs = Stream { rt: self.rt.clone(), reads: other, writes: one };
        let mut door = lock(door);
        door.knocked.push_back((theirs, *address));
        let waker = door.waker.take();
        drop(door);
        waker.into_iter().for_each(Waker::wake);
        ready(Ok(mine))
    }
}

pub(crate) struct Doorkeeper {
    door: Arc<Mutex<Door>>,
    address: SocketAddr,
}

impl Listener for Doorkeeper {
    type Io = Stream;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Stream, SocketAddr)>> {
        let mut door = lock(&self.door);
        if let Some(knocked) = door.knocked.pop_front() {
            return Poll::Ready(Ok(knocked));
        }
        door.waker = Some(cx.waker().clone());
        Poll::Pending
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// One direction of a stream.
#[derive(Default)]
struct Pipe {
    bytes: VecDeque<u8>,
    /// Whether there will be no more of them.
    closed: bool,
    /// Whether nobody reads any more.
    gone: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

pub(crate) struct Stream {
    rt: Rt,
    reads: Arc<Mutex<Pipe>>,
    writes: Arc<Mutex<Pipe>>,
}

impl Stream {
    /// How many of so many bytes go at once.
    fn some(&self, count: usize) -> usize {
        1 + usize::try_from(self.rt.random(count.max(1) as u64)).unwrap_or(0)
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let mut pipe = lock(&self.reads);
        let count = pipe.bytes.len().min(buffer.len());
        if count == 0 && !pipe.closed && !buffer.is_empty() {
            pipe.reader = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let count = count.min(self.some(count));
        for (place, byte) in buffer.iter_mut().zip(pipe.bytes.drain(..count)) {
            *place = byte;
        }
        let waker = pipe.writer.take();
        drop(pipe);
        waker.into_iter().for_each(Waker::wake);
        Poll::Ready(Ok(count))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut pipe = lock(&self.writes);
        if pipe.gone || pipe.closed {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let count = bytes.len().min(ROOM - pipe.bytes.len());
        if count == 0 {
            pipe.writer = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let count = count.min(self.some(count));
        pipe.bytes.extend(&bytes[..count]);
        let waker = pipe.reader.take();
        drop(pipe);
        waker.into_iter().for_each(Waker::wake);
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut pipe = lock(&self.writes);
        pipe.closed = true;
        let waker = pipe.reader.take();
        drop(pipe);
        waker.into_iter().for_each(Waker::wake);
        Poll::Ready(Ok(()))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        lock(&self.writes).closed = true;
        lock(&self.reads).gone = true;
        let wakers = [lock(&self.writes).reader.take(), lock(&self.reads).writer.take()];
        wakers.into_iter().flatten().for_each(Waker::wake);
    }
}
