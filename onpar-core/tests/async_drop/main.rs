//! Containers pass the end of their values on: in the order of `Drop`, to the last one, and with every error.
//!
//! Every test is written once, for [`AsyncDrop`] and for [`LocalAsyncDrop`]: `both!` makes two modules of it.

extern crate alloc;

#[cfg(feature = "alloc")]
mod heap;
mod in_place;

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::error::Error;
use core::fmt;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use onpar_core::ExitReason;

/// What `Drop` and the asynchronous drop of the resources say, in order. It is of one thread.
#[derive(Default)]
struct Log(RefCell<Vec<String>>);

impl Log {
    fn add(&self, line: String) {
        self.0.borrow_mut().push(line);
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

thread_local! {
    static LOG: Log = Log::default();
}

fn log(line: String) {
    LOG.with(|log| log.add(line));
}

/// What has been said since the last call.
fn said() -> Vec<String> {
    LOG.with(Log::take)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Refused(u32);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} refused", self.0)
    }
}

impl Error for Refused {}

/// A resource whose end takes two polls, is logged, and may fail.
struct Resource {
    id: u32,
    fails: bool,
}

fn good(id: u32) -> Resource {
    Resource { id, fails: false }
}

fn bad(id: u32) -> Resource {
    Resource { id, fails: true }
}

impl Resource {
    async fn end(self, reason: ExitReason) -> Result<(), Refused> {
        log(format!("{} begins", self.id));
        PendingOnce(false).await;
        log(format!("{} ends: {reason:?}", self.id));
        if self.fails { Err(Refused(self.id)) } else { Ok(()) }
    }
}

impl onpar_core::AsyncDrop for Resource {
    type Error = Refused;

    async fn async_drop(self, reason: ExitReason) -> Result<(), Refused> {
        self.end(reason).await
    }
}

impl onpar_core::LocalAsyncDrop for Resource {
    type Error = Refused;

    async fn async_drop(self, reason: ExitReason) -> Result<(), Refused> {
        self.end(reason).await
    }
}

/// Pending at the first poll.
struct PendingOnce(bool);

impl Future for PendingOnce {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if core::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Polls to the end, and counts the polls.
fn polled<F: Future>(future: F) -> (F::Output, u32) {
    let mut future = pin!(future);
    let mut polls = 1;
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return (output, polls);
        }
        polls += 1;
    }
}

fn finish<F: Future>(future: F) -> F::Output {
    polled(future).0
}

/// What the log says when these have been dropped, one after another, for the reason `Ended`.
fn in_order(ids: impl IntoIterator<Item = u32>) -> Vec<String> {
    ids.into_iter().flat_map(|id| [format!("{id} begins"), format!("{id} ends: Ended")]).collect()
}

/// The tests, once for each of the two traits.
macro_rules! both {
    ($($tests:tt)*) => {
        mod send {
            use onpar_core::AsyncDrop;

            use super::*;

            $($tests)*
        }

        mod local {
            use onpar_core::LocalAsyncDrop as AsyncDrop;

            use super::*;

            $($tests)*
        }
    };
}
use both;

both! {
    /// With a plain `async fn`; what it captures decides whether its future is `Send`.
    #[test]
    fn a_value_is_told_every_reason() {
        use onpar_core::CancelReason;

        let reasons = [
            ExitReason::Closed,
            ExitReason::Panicking,
            ExitReason::Cancelled(CancelReason::Deadline),
            ExitReason::Cancelled(CancelReason::Requested("enough")),
            ExitReason::Ended,
            ExitReason::Dropped,
        ];
        for reason in reasons {
            assert_eq!(polled(AsyncDrop::async_drop(good(1), reason)), (Ok(()), 2));
            assert_eq!(said(), ["1 begins".to_owned(), format!("1 ends: {reason:?}")]);
        }
    }

    #[test]
    fn nothing_happens_before_the_first_poll() {
        drop(AsyncDrop::async_drop((good(1), good(2)), ExitReason::Ended));
        assert_eq!(said(), [""; 0]);
    }
}

/// Shared by what is not `Send`.
struct Shared(Rc<Cell<u32>>);

impl onpar_core::LocalAsyncDrop for Shared {
    type Error = core::convert::Infallible;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Self::Error> {
        PendingOnce(false).await;
        self.0.set(self.0.get() + 1);
        Ok(())
    }
}

#[test]
fn values_that_are_not_send_end_in_containers_too() {
    use onpar_core::LocalAsyncDrop as _;

    let count = Rc::new(Cell::new(0));
    let shared = || Shared(Rc::clone(&count));
    assert!(finish((shared(), [shared(), shared()], Some(shared())).async_drop(ExitReason::Ended)).is_ok());
    assert_eq!(count.get(), 4);
}
