//! `Reactor`: who waits for which socket, and the wait for all of them at once.
//!
//! A socket is registered once, with the news that it can be read or written as soon as that *becomes* so (edge-triggered). So
//! whoever is told "not yet" by the system has to be sure that no news came in between: each direction of a source counts them.
//!
//! A read that leaves room has taken all that there was, and what comes later is news. So the next read waits for these at once,
//! without asking the system: a server is spared one read in two. Three things are behind the bytes and may have come with the
//! same news as they have: the end of the stream, an error, and bytes behind urgent ones. Where the system does not say whether
//! any of these is there, or has said so, and on sockets that part their bytes for more reasons, reads go on until the system
//! says "not yet".

use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::{Context, Waker};
use core::time::Duration;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polling::{AsRawSource, AsSource};

use super::poller::Poller;

pub(crate) struct Reactor {
    poller: Poller,
    sources: Mutex<Sources>,
}

#[derive(Default)]
struct Sources {
    /// At the places that are their keys.
    all: Vec<Option<Arc<Source>>>,
    free: Vec<usize>,
}

/// A socket, as the reactor knows it.
#[derive(Debug)]
pub(super) struct Source {
    key: usize,
    read: Direction,
    write: Direction,
}

/// Whether somebody wants to read or to write.
#[derive(Debug)]
pub(super) struct Direction {
    /// How often there have been news. Changed with the waker's lock held.
    news: AtomicUsize,
    /// Whether a read that leaves room may leave something else too. Once set it stays so: such streams are few, or ending.
    ends_or_parts: AtomicBool,
    /// After how many news a read has taken all that there was.
    drained_after: AtomicUsize,
    /// How often in a row it was ready at once.
    in_a_row: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

/// So many news there never are.
const NEVER: usize = usize::MAX;

/// How often in a row something may be ready at once before other tasks get their turn: one that is faster than its reader
/// must not keep all others waiting. Tokio's figure.
const IN_A_ROW: usize = 128;

impl Reactor {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { poller: Poller::new()?, sources: Mutex::default() })
    }

    /// Ends a wait, or the next one.
    pub(crate) fn notify(&self) {
        self.poller.notify();
    }

    /// Waits for news, a notification or the end of `timeout`. Moves the wakers of who waited to `due`.
    pub(crate) fn wait(&self, timeout: Option<Duration>, due: &mut Vec<Waker>) {
        // It ends by a signal too, and then whoever waits looks around and waits again.
        let _interrupted = self.poller.wait(timeout, |news| {
            let source = lock(&self.sources).all.get(news.key).and_then(Clone::clone);
            let Some(source) = source else { return };
            if news.ends_or_parts {
                source.read.ends_or_parts.store(true, Ordering::Relaxed);
            }
            if news.readable {
                due.extend(source.read.news());
            }
            if news.writable {
                due.extend(source.write.news());
            }
        });
    }

    /// Takes a socket in. It has to be [removed](Self::remove) before it is closed. `parts`: whether its bytes may be parted, so
    /// that a read leaves room and other bytes.
    pub(super) fn add<T: AsSource>(&self, socket: &T, parts: bool) -> io::Result<Arc<Source>>
    where
        for<'a> &'a T: AsRawSource,
    {
        let mut sources = lock(&self.sources);
        let key = sources.free.pop().unwrap_or(sources.all.len());
        let source = Arc::new(Source { key, read: Direction::new(parts), write: Direction::new(true) });
        let added = self.poller.add(socket, key);
        match sources.all.get_mut(key) {
            Some(place) => *place = Some(Arc::clone(&source)),
            None => sources.all.push(Some(Arc::clone(&source))),
        }
        if let Err(error) = added {
            sources.all[key] = None;
            sources.free.push(key);
            return Err(error);
        }
        Ok(source)
    }

    pub(super) fn remove<T: AsSource>(&self, socket: &T, source: &Source) {
        self.poller.remove(socket);
        let mut sources = lock(&self.sources);
        sources.all[source.key] = None;
        sources.free.push(source.key);
    }

    /// Asks for news of a source, where the system does not give them by itself.
    pub(super) fn arm<T: AsSource>(&self, socket: &T, source: &Source) -> io::Result<()> {
        let readable = lock(&source.read.waker).is_some();
        let writable = lock(&source.write.waker).is_some();
        self.poller.arm(socket, source.key, readable, writable)
    }
}

impl Source {
    pub(super) const fn read(&self) -> &Direction {
        &self.read
    }

    pub(super) const fn write(&self) -> &Direction {
        &self.write
    }
}

impl Direction {
    const fn new(ends_or_parts: bool) -> Self {
        Self {
            news: AtomicUsize::new(0),
            ends_or_parts: AtomicBool::new(ends_or_parts),
            drained_after: AtomicUsize::new(NEVER),
            in_a_row: AtomicUsize::new(0),
            waker: Mutex::new(None),
        }
    }

    /// How often there have been news.
    pub(super) fn count(&self) -> usize {
        self.news.load(Ordering::Acquire)
    }

    /// Whether all had been taken after the `seen` first news, which are all that there have been.
    pub(super) fn is_drained(&self, seen: usize) -> bool {
        self.drained_after.load(Ordering::Relaxed) == seen
    }

    /// A read that was begun after the `seen` first news has left room.
    pub(super) fn has_left_room(&self, seen: usize) {
        // What the news say is stored before they are counted, and so it is seen with their count.
        if !self.ends_or_parts.load(Ordering::Relaxed) {
            self.drained_after.store(seen, Ordering::Relaxed);
        }
    }

    fn news(&self) -> Option<Waker> {
        let mut waker = lock(&self.waker);
        self.news.fetch_add(1, Ordering::Release);
        waker.take()
    }

    /// Waits for news that come after the `seen` first ones. False if they have come already.
    pub(super) fn waits(&self, seen: usize, cx: &Context<'_>) -> bool {
        self.in_a_row.store(0, Ordering::Relaxed);
        let new = cx.waker().clone();
        let mut waker = lock(&self.waker);
        if self.news.load(Ordering::Relaxed) != seen {
            drop(waker);
            drop(new);
            return false;
        }
        let old = waker.replace(new);
        drop(waker);
        drop(old);
        true
    }

    /// Whether it has been ready at once so often that others should get their turn.
    pub(super) fn is_greedy(&self) -> bool {
        let greedy = self.in_a_row.fetch_add(1, Ordering::Relaxed) >= IN_A_ROW;
        if greedy {
            self.in_a_row.store(0, Ordering::Relaxed);
        }
        greedy
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
