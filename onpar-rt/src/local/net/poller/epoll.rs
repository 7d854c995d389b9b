//! [`Poller`], by Linux's `epoll`.

use core::mem::MaybeUninit;
use core::time::Duration;
use std::io;

use polling::AsSource;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fd::OwnedFd;

use super::News;

/// The number of what ends a wait. No socket has it.
const NOTIFIED: u64 = u64::MAX;
/// So many news are taken at once. Those that are left are taken by the next wait.
const AT_ONCE: usize = 256;
/// What `epoll` counts its timeouts in.
const MILLISECOND: Duration = Duration::from_millis(1);
/// No wait is longer: who waits looks at the clock again. It is what `epoll` can count.
const LONGEST: Duration = Duration::from_hours(24);

pub(in super::super) struct Poller {
    epoll: OwnedFd,
    notifier: OwnedFd,
}

impl Poller {
    pub(in super::super) fn new() -> io::Result<Self> {
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        let notifier = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        // Each write is news, so that nobody has to read what was written.
        epoll::add(&epoll, &notifier, EventData::new_u64(NOTIFIED), EventFlags::IN | EventFlags::ET)?;
        Ok(Self { epoll, notifier })
    }

    /// Ends a wait, or the next one.
    pub(in super::super) fn notify(&self) {
        // It can fail only if the count of all notifications is full, and then the wait ends too.
        let _full = rustix::io::write(&self.notifier, &1_u64.to_ne_bytes());
    }

    /// Tells news of a socket from now on, and whether it can be read or written already.
    pub(in super::super) fn add<T: AsSource>(&self, socket: &T, key: usize) -> io::Result<()> {
        let all = EventFlags::IN | EventFlags::OUT | EventFlags::RDHUP | EventFlags::PRI | EventFlags::ET;
        Ok(epoll::add(&self.epoll, socket.source(), EventData::new_u64(key as u64), all)?)
    }

    pub(in super::super) fn remove<T: AsSource>(&self, socket: &T) {
        // The system has forgotten the socket already if this fails.
        let _failed = epoll::delete(&self.epoll, socket.source());
    }

    /// Asks for news again, where that is needed.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "other systems need it")]
    pub(in super::super) const fn arm<T: AsSource>(
        &self,
        _socket: &T,
        _key: usize,
        _readable: bool,
        _writable: bool,
    ) -> io::Result<()> {
        Ok(())
    }

    /// Waits for news or a notification, and until the end of `timeout` at most: it may end sooner, without any.
    pub(in super::super) fn wait(&self, timeout: Option<Duration>, mut hears: impl FnMut(News)) -> io::Result<()> {
        let timeout = match timeout {
            Some(timeout) if timeout.is_zero() || timeout >= MILLISECOND => {
                // Rounded down: who is too early waits for the rest.
                let rest = timeout.subsec_nanos() % MILLISECOND.subsec_nanos();
                Some(timespec(timeout.saturating_sub(Duration::from_nanos(rest.into()))))
            }
            Some(timeout) => {
                poll(&mut [PollFd::new(&self.epoll, PollFlags::IN)], Some(&timespec(timeout)))?;
                Some(Timespec::default())
            }
            None => None,
        };
        let mut room = [const { MaybeUninit::uninit() }; AT_ONCE];
        let (events, _) = epoll::wait(&self.epoll, &mut room, timeout.as_ref())?;
        for event in events {
            let (flags, key) = (event.flags, event.data.u64());
            if key != NOTIFIED
                && let Ok(key) = usize::try_from(key)
            {
                hears(News::new(key, flags));
            }
        }
        Ok(())
    }
}

impl News {
    fn new(key: usize, flags: EventFlags) -> Self {
        let ends = EventFlags::HUP | EventFlags::ERR;
        let ends_or_parts = ends | EventFlags::RDHUP | EventFlags::PRI;
        Self {
            key,
            readable: flags.intersects(ends_or_parts | EventFlags::IN),
            writable: flags.intersects(ends | EventFlags::OUT),
            ends_or_parts: flags.intersects(ends_or_parts),
        }
    }
}

fn timespec(time: Duration) -> Timespec {
    time.min(LONGEST).try_into().unwrap_or_default()
}
