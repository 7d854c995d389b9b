//! [`Blocking`]: calls that block, as a value.

use crate::JoinError;

/// Runs calls that block a thread (a file, a database driver, a long computation) beside the executor.
///
/// An executor polls many futures on one thread, so a call that takes 200 ms inside of a future keeps all of them waiting.
/// Given to a `Blocking`, it runs elsewhere: `runtime.spawn_blocking(|| ..).await` gives its value.
///
/// The call cannot be stopped. Dropping the handle detaches it; `s.blocking(..)` of a scope of `onpar-scope` waits for it.
///
/// # For implementers
///
/// * The call starts without the handle being polled, and `spawn_blocking` itself does not block, however many calls there
///   are: those that find no thread free wait in a queue.
/// * A call that panics takes nothing down but itself: its handle gives [`JoinError::panicked`].
/// * A value that nobody takes is dropped. A panic of its destructor goes nowhere, as with [`Spawn`](crate::Spawn).
/// * A call that is dropped before it has begun, or that comes after the runtime's end, gives [`JoinError::dropped`].
///
/// # Examples
///
/// ```
/// use onpar_core::{Blocking, JoinError};
///
/// async fn lines<B: Blocking>(runtime: &B, path: &'static str) -> Result<std::io::Result<usize>, JoinError> {
///     runtime.spawn_blocking(move || Ok(std::fs::read_to_string(path)?.lines().count())).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no threads for calls that block",
    label = "this runs a call that blocks, and takes a value that implements `Blocking`",
    note = "the runtimes that have it: `local` (feature `local-blocking`), `tokio_1`, `smol_2`, `compio_0_19` and `main_loop` of \
            `onpar::rt`, and the simulation of `onpar::test`"
)]
pub trait Blocking: Clone {
    /// The handle of a call.
    ///
    /// # Cancel safety
    ///
    /// Dropping it detaches the call, which goes on, and loses its value.
    type Call<T: Send + 'static>: Future<Output = Result<T, JoinError>> + Send + Unpin;

    /// Runs `call` where it may block.
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle detaches the call, which goes on, and loses its value.
    fn spawn_blocking<F, T>(&self, call: F) -> Self::Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static;
}

impl<B: Blocking> Blocking for &B {
    type Call<T: Send + 'static> = B::Call<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Self::Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        B::spawn_blocking(self, call)
    }
}
