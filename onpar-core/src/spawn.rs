//! [`Spawn`] and [`SpawnLocal`]: tasks, as a value.

use crate::JoinError;

/// Starts tasks that may move between threads.
///
/// A spawner is a cheap value to clone, of one runtime. Awaiting the [`Task`](Self::Task) gives the task's output;
/// *dropping it detaches the task*, which goes on.
///
/// # For implementers
///
/// * `spawn` does not poll the future before it returns, and does not block.
/// * A task that panics takes nothing down but itself: its handle gives [`JoinError::panicked`]. So it does if the panic is of
///   a destructor of what the task held when it ended.
/// * An output that nobody takes is dropped with the handle, or at the task's end if the handle has gone. A panic of its destructor
///   goes nowhere: the panic hook has told of it, and neither other tasks nor whoever dropped the handle get it.
/// * A task that the runtime drops, or that comes after the runtime's end, gives [`JoinError::dropped`]. No call panics.
///
/// # Examples
///
/// ```
/// use onpar_core::{JoinError, Spawn};
///
/// async fn in_the_background<S: Spawn>(runtime: &S) -> Result<u32, JoinError> {
///     let answer = runtime.spawn(async { 42 });
///     answer.await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot start tasks that move between threads",
    label = "this starts a task, and takes a value that implements `Spawn`",
    note = "pass your runtime, e.g. `onpar::rt::tokio_1::Tokio::current()?`; the local executor has `SpawnLocal` only",
    note = "the runtimes that have it: `tokio_1`, `smol_2` and `embassy_0_10` (with `alloc`) of `onpar::rt`, and the \
            simulation of `onpar::test`",
    note = "work that stays on this thread needs no task: `s.spawn(future)` in a `local_scope` starts a child, which may borrow"
)]
pub trait Spawn: Clone {
    /// The handle of a task.
    ///
    /// # Cancel safety
    ///
    /// Dropping it detaches the task, and loses its output.
    type Task<T: Send + 'static>: Future<Output = Result<T, JoinError>> + Send + Unpin;

    /// Starts `future` as a task.
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle detaches the task, and loses its output.
    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        // The compiler quotes the line that a call breaks; so it says what to write instead.
        F: Future<Output: Send + 'static> + Send + 'static; // else: `spawn_local`, or what it holds without `local_`
}

/// Starts tasks that stay on the thread they were started on.
///
/// All that is said of [`Spawn`] holds, except that neither the future nor its output has to be `Send`.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_core::{JoinError, SpawnLocal};
///
/// async fn on_this_thread<S: SpawnLocal>(runtime: &S) -> Result<Rc<str>, JoinError> {
///     let words: Rc<str> = "not Send".into();
///     runtime.spawn_local(async move { words }).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot start tasks on this thread",
    label = "this starts a local task, and takes a value that implements `SpawnLocal`",
    note = "pass the argument that `onpar::rt::local::run` gives its body, or the local task set of your runtime: \
            `TokioLocal`, `SmolLocal`, `EmbassyLocal`, `Compio`, `Wasm`"
)]
pub trait SpawnLocal: Clone {
    /// The handle of a task.
    ///
    /// # Cancel safety
    ///
    /// Dropping it detaches the task, and loses its output.
    type LocalTask<T: 'static>: Future<Output = Result<T, JoinError>> + Unpin;

    /// Starts `future` as a task on this thread.
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle detaches the task, and loses its output.
    fn spawn_local<F>(&self, future: F) -> Self::LocalTask<F::Output>
    where
        F: Future<Output: 'static> + 'static;
}

impl<S: Spawn> Spawn for &S {
    type Task<T: Send + 'static> = S::Task<T>;

    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        S::spawn(self, future)
    }
}

impl<S: SpawnLocal> SpawnLocal for &S {
    type LocalTask<T: 'static> = S::LocalTask<T>;

    fn spawn_local<F>(&self, future: F) -> Self::LocalTask<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        S::spawn_local(self, future)
    }
}
