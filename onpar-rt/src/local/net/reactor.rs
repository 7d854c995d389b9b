//! `Reactor`: who waits for which socket, and the wait for all of them at once.
//!
//! A socket is registered once, with the news that it can be read or written as soon as that *becomes* so (edge-triggered). So
//! whoever is told "not yet" by the system has to be sure that no news came in between: each direction of a source counts them.
//! Where the system cannot do that, a source is armed anew each time that somebody waits.

use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Waker};
use core::time::Duration;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polling::{AsRawSource, AsSource, Event, Events, PollMode, Poller};

pub(crate) struct Reactor {
    poller: Poller,
    events: Mutex<Events>,
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
#[derive(Debug, Default)]
pub(super) struct Direction {
    /// How often there have been news. Changed with the waker's lock held.
    news: AtomicUsize,
    /// How often in a row it was ready at once.
    in_a_row: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

/// How often in a row something may be ready at once before other tasks get their turn: one that is faster than its reader
/// must not keep all others waiting. Tokio's figure.
const IN_A_ROW: usize = 128;

impl Reactor {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { poller: Poller::new()?, events: Mutex::new(Events::new()), sources: Mutex::default() })
    }

    /// Ends a wait, or the next one.
    pub(crate) fn notify(&self) {
        // It fails if the system has no memory, and then nothing can be done.
        let _failed = self.poller.notify();
    }

    /// Waits for news, a notification or the end of `timeout`. Moves the wakers of who waited to `due`.
    pub(crate) fn wait(&self, timeout: Option<Duration>, due: &mut Vec<Waker>) {
        let mut events = lock(&self.events);
        events.clear();
        if self.poller.wait(&mut events, timeout).is_err() {
            return;
        }
        for event in events.iter() {
            let source = lock(&self.sources).all.get(event.key).and_then(Clone::clone);
            let Some(source) = source else { continue };
            if event.readable {
                due.extend(source.read.news());
            }
            if event.writable {
                due.extend(source.write.news());
            }
        }
    }

    /// Takes a socket in. It has to be [removed](Self::remove) before it is closed.
    #[expect(unsafe_code, reason = "only who owns the socket can promise to remove it")]
    pub(super) fn add<T>(&self, socket: &T) -> io::Result<Arc<Source>>
    where
        for<'a> &'a T: AsRawSource,
    {
        let mut sources = lock(&self.sources);
        let key = sources.free.pop().unwrap_or(sources.all.len());
        let source = Arc::new(Source { key, read: Direction::default(), write: Direction::default() });
        let (interest, mode) = if self.poller.supports_edge() {
            (Event::all(key), PollMode::Edge)
        } else {
            (Event::none(key), PollMode::Oneshot)
        };
        // SAFETY: the one caller is `Registered::new`, whose value owns the socket, lends it out by `&` only, and removes it in
        // its destructor before the socket is closed.
        let added = unsafe { self.poller.add_with_mode(socket, interest, mode) };
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
        // The system has forgotten the socket already if this fails.
        let _failed = self.poller.delete(socket);
        let mut sources = lock(&self.sources);
        sources.all[source.key] = None;
        sources.free.push(source.key);
    }

    /// Asks for news of a source, where the system does not give them by itself.
    pub(super) fn arm<T: AsSource>(&self, socket: &T, source: &Source) -> io::Result<()> {
        if self.poller.supports_edge() {
            return Ok(());
        }
        let readable = lock(&source.read.waker).is_some();
        let writable = lock(&source.write.waker).is_some();
        self.poller.modify(socket, Event::new(source.key, readable, writable))
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
    /// How often there have been news.
    pub(super) fn count(&self) -> usize {
        self.news.load(Ordering::Acquire)
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
