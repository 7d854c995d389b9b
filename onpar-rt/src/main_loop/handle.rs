//! [`MainLoop`]: the executor, as an event loop that is not ours drives it.

use core::fmt;
use std::io;
use std::sync::Arc;

use super::watch::Watch;
use crate::local::Local;

/// How many turns tasks take in one call of [`MainLoop::run_ready`], so that a loop stays responsive beside tasks that are never
/// done. About a tenth of a frame, if a turn takes ten microseconds.
const TURNS: u32 = 256;

/// Local tasks inside of an event loop that is not ours. See the [module](super) for how it is used.
///
/// It belongs to the thread of the loop. Dropping it drops the tasks that are left; what has to end first, end it with
/// [`finish`](Self::finish).
///
/// # Examples
///
/// ```
/// use std::cell::Cell;
/// use std::rc::Rc;
/// use onpar_core::SpawnLocal;
/// use onpar_rt::main_loop::MainLoop;
///
/// let main_loop = MainLoop::new(|| {}).unwrap();
/// let task = main_loop.runtime().spawn_local(async { "saved" });
/// // The window is being closed: wait for what has to end.
/// assert_eq!(main_loop.finish(task).unwrap(), "saved");
/// ```
pub struct MainLoop {
    local: Local,
    watch: Watch,
}

impl MainLoop {
    /// A main loop that calls `wake`, from any thread, when [`run_ready`](Self::run_ready) should be called.
    ///
    /// # Errors
    ///
    /// If the operating system grants no thread for waiting.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        let local = Local::new();
        let wake = Arc::new(wake);
        local.when_spawned_outside({
            let wake = Arc::clone(&wake);
            move || wake()
        });
        let watch = Watch::start(Arc::clone(local.shared()), move || wake())?;
        Ok(Self { local, watch })
    }

    /// The runtime of the tasks: a clock, a spawner, and what else the built-in executor has.
    pub fn runtime(&self) -> Local {
        self.local.clone()
    }

    /// Polls the tasks that have something to do, and comes back: at the latest after some hundred polls, and then `wake` has
    /// been called again.
    ///
    /// It may be called at any time, also when `wake` has not been called.
    pub fn run_ready(&self) {
        self.watch.pause();
        let more = self.local.run_ready(TURNS);
        if more {
            self.local.call_when_spawned_outside();
        }
        self.watch.resume();
    }

    /// Runs `future` and the tasks beside it until it has ended, on this thread and without the loop: for its end, when a window
    /// closes and something still has to be saved. Tasks that are left are dropped.
    ///
    /// # Panics
    ///
    /// As [`Local::block_on`].
    pub fn finish<F: Future>(self, future: F) -> F::Output {
        self.watch.pause();
        self.local.block_on(future)
    }
}

impl Drop for MainLoop {
    fn drop(&mut self) {
        self.watch.pause();
        // Its end drops the tasks that are left.
        self.local.block_on(core::future::ready(()));
    }
}

impl fmt::Debug for MainLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MainLoop").field("tasks", &self.local).finish_non_exhaustive()
    }
}
