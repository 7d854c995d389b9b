//! [`Reaper`]: cleans up what was dropped outside of every scope.

use alloc::sync::Arc;
use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, ready};

use atomic_waker::AtomicWaker;
use pin_project_lite::pin_project;

use crate::engine::driver_ref::DriverRef;
use crate::engine::handover::{register, unregister};
use crate::engine::node::Kind;
use crate::engine::supervised::{Supervised, driver_here};
use crate::settled::Settled;

/// Cleans up what is dropped where no scope is left to do it: a root task that is aborted, a runtime that is dropped, a
/// guard in a static.
///
/// [`Reaper::new`] gives the handle, and the work as a future, which has to be polled somewhere: spawn it on the runtime
/// that lives longest, or block a thread of its own on it. [`register`](Reaper::register) makes it the reaper of the
/// process.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Reaper, defer};
///
/// let (reaper, work) = Reaper::new();
/// let reaping = std::thread::spawn(|| pollster::block_on(work));
/// reaper.register();
///
/// drop(defer("a connection", async |name| println!("closing {name}"))); // no scope here
/// pollster::block_on(reaper.idle()); // it has been closed
///
/// reaper.shut_down();
/// reaping.join().unwrap();
/// ```
#[derive(Clone)]
pub struct Reaper {
    driver: DriverRef,
    stop: Arc<Stop>,
}

#[derive(Default)]
struct Stop {
    asked: AtomicBool,
    waker: AtomicWaker,
}

impl Reaper {
    /// A reaper, and its work.
    #[track_caller]
    pub fn new() -> (Self, Reaping) {
        let driver = driver_here(Kind::Send, "reaper", Location::caller());
        let stop = Arc::<Stop>::default();
        let work = Supervised::new(driver.clone(), Stopped { stop: Arc::clone(&stop) });
        (Self { driver, stop }, Reaping { work })
    }

    /// Makes this the reaper of the process, in place of any other.
    ///
    /// From then on somebody has to poll its [work](Reaping): a reaper that nobody polls keeps what it gets, and cleans up
    /// nothing. When the work is dropped, the reaper is the reaper of the process no longer.
    pub fn register(&self) {
        register(self.driver.clone());
    }

    /// Waits until this reaper has nothing left to clean up.
    ///
    /// It ends only if somebody polls the reaper's work.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing: the cleanups go on.
    ///
    /// # Examples
    ///
    /// ```
    /// # pollster::block_on(async {
    /// let (reaper, _work) = onpar_scope::Reaper::new();
    /// reaper.idle().await; // nothing came
    /// # });
    /// ```
    pub fn idle(&self) -> Settled<'_> {
        Settled::new(&self.driver)
    }

    /// Asks the reaper to end: no longer the reaper of the process, its [work](Reaping) ends when it has nothing left.
    pub fn shut_down(&self) {
        unregister(&self.driver);
        self.stop.asked.store(true, Ordering::Release);
        self.stop.waker.wake();
    }
}

impl fmt::Debug for Reaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reaper").field("stopping", &self.stop.asked.load(Ordering::Relaxed)).finish_non_exhaustive()
    }
}

pin_project! {
    /// The work of a [`Reaper`]: a future that ends after [`Reaper::shut_down`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it hands what is left to the scope around it, else to another registered reaper, else to the
    /// [hook](crate::set_cleanup_hook) as leaks.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{Reaper, Reaping};
    ///
    /// let (reaper, work): (Reaper, Reaping) = Reaper::new();
    /// reaper.shut_down();
    /// pollster::block_on(work);
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Reaping {
        #[pin]
        work: Supervised<Stopped>,
    }

    impl PinnedDrop for Reaping {
        fn drop(this: Pin<&mut Self>) {
            // Nobody polls the reaper any more: what comes from now on must not go to it.
            unregister(this.work.driver());
        }
    }
}

impl Future for Reaping {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let _ended = ready!(self.project().work.poll(cx));
        Poll::Ready(())
    }
}

impl fmt::Debug for Reaping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reaping").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}

/// Ends when the reaper is asked to.
struct Stopped {
    stop: Arc<Stop>,
}

impl Future for Stopped {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.stop.waker.register(cx.waker());
        if self.stop.asked.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
    }
}
