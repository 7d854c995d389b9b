//! [`Compat`]: libraries that want tokio, on a runtime that is not tokio.
//!
//! Such a library asks for the tokio runtime that its thread is in, and panics where there is none. A [`Compat`] has one, with a
//! thread that waits for timers and sockets; the futures of the library run on whatever executor polls them, and find that
//! runtime as long as they are polled or dropped.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;
use std::sync::Arc;

use pin_project_lite::pin_project;
use tokio::runtime::{Builder, Handle, Runtime};

use super::{NoRuntime, Tokio};

/// A tokio runtime for libraries that want one, beside the runtime of the program.
///
/// It has one thread. Make one for the program, and pass clones on. When the last clone is dropped, the runtime ends: its tasks
/// are dropped where they stand. [`end`](Self::end) waits for that.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_rt::tokio_1::Compat;
///
/// /// A library that knows nothing but tokio.
/// async fn of_a_library() -> u32 {
///     tokio::time::sleep(Duration::from_millis(1)).await;
///     tokio::spawn(async { 42 }).await.unwrap()
/// }
///
/// let compat = Compat::new().unwrap();
/// let answer = onpar_rt::local::run(async |_rt| compat.run(of_a_library()).await);
/// assert_eq!(answer, 42);
/// ```
#[derive(Clone)]
pub struct Compat {
    reactor: Arc<Reactor>,
}

/// The runtime; ends without waiting, for it may be dropped within a task, where waiting is forbidden.
struct Reactor(Option<Runtime>);

impl Compat {
    /// Starts the runtime.
    ///
    /// # Errors
    ///
    /// If the operating system grants no thread or no sockets.
    pub fn new() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("onpar-tokio").enable_all().build()?;
        Ok(Self { reactor: Arc::new(Reactor(Some(runtime))) })
    }

    /// Runs `future` where it is polled, within the runtime.
    ///
    /// # Cancel safety
    ///
    /// As `future`, which is dropped within the runtime too.
    pub fn run<F: Future>(&self, future: F) -> InTokio<F> {
        InTokio { future: Some(future), compat: self.clone() }
    }

    /// Calls `call` within the runtime: for functions that are not async and want one all the same.
    pub fn enter<T>(&self, call: impl FnOnce() -> T) -> T {
        let _entered = self.handle().map(Handle::enter);
        call()
    }

    /// The runtime, as a value like that of a program on tokio.
    ///
    /// # Errors
    ///
    /// Never, as long as there is a clone of this value.
    pub fn tokio(&self) -> Result<Tokio, NoRuntime> {
        self.handle().map_or(Err(NoRuntime::NoTimer), |handle| Tokio::new(handle.clone()))
    }

    /// Ends the runtime, and waits for its tasks to be dropped and for calls that block to end, but no longer than `limit`.
    /// False if there are other clones, which keep it alive.
    ///
    /// It blocks: call it at the end of a program, outside of async code.
    pub fn end(self, limit: Duration) -> bool {
        let runtime = Arc::into_inner(self.reactor).and_then(|mut reactor| reactor.0.take());
        let last = runtime.is_some();
        if let Some(runtime) = runtime {
            runtime.shutdown_timeout(limit);
        }
        last
    }

    fn handle(&self) -> Option<&Handle> {
        self.reactor.0.as_ref().map(Runtime::handle)
    }
}

impl Drop for Reactor {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Compat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compat").field("handle", &self.handle()).finish()
    }
}

pin_project! {
    /// Runs a future within a tokio runtime that is not the executor. Made by [`Compat::run`].
    ///
    /// # Cancel safety
    ///
    /// As the future, which is dropped within the runtime too.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct InTokio<F> {
        // None when it has been dropped.
        #[pin]
        future: Option<F>,
        compat: Compat,
    }

    impl<F> PinnedDrop for InTokio<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let compat = this.compat.clone();
            compat.enter(|| this.future.set(None));
        }
    }
}

impl<F: Future> Future for InTokio<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = this.compat.handle().map(Handle::enter);
        match this.future.as_pin_mut() {
            Some(future) => future.poll(cx),
            // Only its destructor takes the future.
            None => Poll::Pending,
        }
    }
}

impl<F> fmt::Debug for InTokio<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InTokio").field("compat", &self.compat).finish_non_exhaustive()
    }
}
