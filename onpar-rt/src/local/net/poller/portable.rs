//! [`Poller`], by the crate `polling`.
//!
//! It gives news as soon as a socket *becomes* readable or writable. Where the system cannot do that, a socket is armed anew each
//! time that somebody waits for it.
#![expect(unsafe_code, reason = "only who owns a socket can promise to remove it")]

use core::time::Duration;
use std::io;
use std::sync::{Mutex, PoisonError};

use polling::{AsRawSource, AsSource, Event, Events, PollMode};

use super::News;

pub(in super::super) struct Poller {
    poller: polling::Poller,
    events: Mutex<Events>,
}

impl Poller {
    pub(in super::super) fn new() -> io::Result<Self> {
        Ok(Self { poller: polling::Poller::new()?, events: Mutex::new(Events::new()) })
    }

    /// Ends a wait, or the next one.
    pub(in super::super) fn notify(&self) {
        // It fails if the system has no memory, and then nothing can be done.
        let _failed = self.poller.notify();
    }

    /// Tells news of a socket from now on. It has to be [removed](Self::remove) before it is closed.
    pub(in super::super) fn add<T>(&self, socket: &T, key: usize) -> io::Result<()>
    where
        for<'a> &'a T: AsRawSource,
    {
        let (interest, mode) = if self.poller.supports_edge() {
            (Event::all(key), PollMode::Edge)
        } else {
            (Event::none(key), PollMode::Oneshot)
        };
        // SAFETY: the one caller, through `Reactor::add`, is `Registered::new`, whose value owns the socket, lends it out by `&`
        // only, and removes it in its destructor before the socket is closed.
        unsafe { self.poller.add_with_mode(socket, interest, mode) }
    }

    pub(in super::super) fn remove<T: AsSource>(&self, socket: &T) {
        // The system has forgotten the socket already if this fails.
        let _failed = self.poller.delete(socket);
    }

    /// Asks for news again, where that is needed.
    pub(in super::super) fn arm<T: AsSource>(
        &self,
        socket: &T,
        key: usize,
        readable: bool,
        writable: bool,
    ) -> io::Result<()> {
        if self.poller.supports_edge() {
            return Ok(());
        }
        self.poller.modify(socket, Event::new(key, readable, writable))
    }

    /// Waits for news or a notification, and until the end of `timeout` at most: it may end sooner, without any.
    pub(in super::super) fn wait(&self, timeout: Option<Duration>, mut hears: impl FnMut(News)) -> io::Result<()> {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.clear();
        self.poller.wait(&mut events, timeout)?;
        for event in events.iter() {
            let Event { key, readable, writable, .. } = event;
            // It does not tell, so that each read goes on until there is nothing left.
            hears(News { key, readable, writable, ends_or_parts: true });
        }
        Ok(())
    }
}
