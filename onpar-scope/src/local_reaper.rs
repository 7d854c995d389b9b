//! [`LocalReaper`]: a reaper for what stays on its thread.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};

use pin_project_lite::pin_project;

use crate::engine::driver_ref::DriverRef;
use crate::engine::handover::{register_local, unregister_local};
use crate::engine::node::Kind;
use crate::engine::supervised::{Supervised, driver_here};
use crate::of_this_thread::OfThisThread;
use crate::settled::Settled;

/// A [`Reaper`](crate::Reaper) for the local guards and local scopes of one thread.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_scope::{LocalReaper, local_defer};
///
/// let (reaper, work) = LocalReaper::new();
/// reaper.register();
/// drop(local_defer(Rc::new("window"), async |name| println!("closing {name}")));
/// reaper.shut_down();
/// pollster::block_on(work); // it has been closed
/// ```
#[derive(Clone)]
pub struct LocalReaper {
    driver: DriverRef,
    stop: Rc<Stop>,
}

#[derive(Default)]
struct Stop {
    asked: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl LocalReaper {
    /// A local reaper, and its work.
    #[track_caller]
    pub fn new() -> (Self, LocalReaping) {
        let driver = driver_here(Kind::Local, "local reaper", Location::caller());
        let stop = Rc::<Stop>::default();
        let work = Supervised::new(driver.clone(), Stopped { stop: Rc::clone(&stop) });
        (Self { driver, stop }, LocalReaping { work, _thread: OfThisThread::HERE })
    }

    /// Makes this the local reaper of this thread, in place of any other. As [`Reaper::register`](crate::Reaper::register).
    pub fn register(&self) {
        register_local(self.driver.clone());
    }

    /// Waits until this reaper has nothing left to clean up. It ends only if somebody polls the reaper's work.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing: the cleanups go on.
    ///
    /// # Examples
    ///
    /// ```
    /// # pollster::block_on(async {
    /// let (reaper, _work) = onpar_scope::LocalReaper::new();
    /// reaper.idle().await; // nothing came
    /// # });
    /// ```
    pub fn idle(&self) -> Settled<'_> {
        Settled::new(&self.driver)
    }

    /// Asks the reaper to end: no longer the reaper of its thread, its [work](LocalReaping) ends when it has nothing left.
    pub fn shut_down(&self) {
        unregister_local(&self.driver);
        self.stop.asked.set(true);
        if let Some(waker) = self.stop.waker.take() {
            waker.wake();
        }
    }
}

impl fmt::Debug for LocalReaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalReaper").field("stopping", &self.stop.asked.get()).finish_non_exhaustive()
    }
}

pin_project! {
    /// The work of a [`LocalReaper`]: a future that ends after [`LocalReaper::shut_down`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it hands what is left to the local scope around it, else to another registered local reaper, else to the
    /// [hook](crate::set_cleanup_hook) as leaks.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{LocalReaper, LocalReaping};
    ///
    /// let (reaper, work): (LocalReaper, LocalReaping) = LocalReaper::new();
    /// reaper.shut_down();
    /// pollster::block_on(work);
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct LocalReaping {
        #[pin]
        work: Supervised<Stopped>,
        _thread: OfThisThread,
    }

    impl PinnedDrop for LocalReaping {
        fn drop(this: Pin<&mut Self>) {
            // Nobody polls the reaper any more: what comes from now on must not go to it.
            unregister_local(this.work.driver());
        }
    }
}

impl Future for LocalReaping {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let _ended = ready!(self.project().work.poll(cx));
        Poll::Ready(())
    }
}

impl fmt::Debug for LocalReaping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalReaping").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}

/// Ends when the reaper is asked to.
struct Stopped {
    stop: Rc<Stop>,
}

impl Future for Stopped {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.stop.asked.get() {
            return Poll::Ready(());
        }
        self.stop.waker.replace(Some(cx.waker().clone()));
        Poll::Pending
    }
}
