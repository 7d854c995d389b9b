//! `blocking`: calls that block, which their scope waits for.
//!
//! A call cannot be cancelled once it has begun, so its scope can do no more than wait for it: as the child that gives its value,
//! and, where that child is cancelled, as a cleanup. One that has not begun by then never does.

use alloc::sync::Arc;
use core::panic::Location;

use onpar_core::{Blocking, JoinError};

use super::joining::Joining;
use super::link::{End, Link};
use crate::label::Label;
use crate::panics::caught;
use crate::{Child, LocalChild, LocalScope, Scope};

impl<'scope> Scope<'scope, '_> {
    /// Runs `call` on a thread of `runtime` where it may block, and gives a child that waits for its value.
    ///
    /// The call belongs to the scope like any child: when the scope has ended, it is over. It cannot be stopped, though. Who
    /// waits for it may leave at any time: dropping the handle, say by a timeout around it, returns at once, and the *scope*
    /// waits. When the child is cancelled, by its handle, a sibling or the end of the scope, a call that has not begun never
    /// does, and one that has begun is waited for as for a cleanup: within the scope's
    /// [budget](crate::ScopeFuture::cleanup_budget). When that is spent, the call is reported as a "blocking call", by the place
    /// of this line, and goes on unattended.
    ///
    /// The call may outlive everything in that last case, so it borrows nothing: it takes what it needs, or a clone. Guards that
    /// are dropped *in* the call have no scope there, and go to the registered [`Reaper`](crate::Reaper); return them instead,
    /// and the scope cleans up.
    ///
    /// It allocates the child and what it shares with the call; and what the runtime needs.
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle loses the call's value, and the scope waits for the call. When the scope is dropped, whoever takes over
    /// its cleanups waits.
    ///
    /// # Errors
    ///
    /// The child's output is [`JoinError::panicked`] if the call panics: a panic of foreign code ends that call and nothing else.
    /// It is [`JoinError::dropped`] if the runtime drops the call before it has begun, say because it has shut down. A call that
    /// panics after its child was cancelled is reported beside the scope's [outcome](crate::ScopeFuture::outcome).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::{Blocking, JoinError};
    /// use onpar_scope::scope;
    ///
    /// /// Reads both files at once.
    /// async fn longer(runtime: &impl Blocking, one: &'static str, other: &'static str) -> Result<usize, JoinError> {
    ///     let length = |path| move || std::fs::read_to_string(path).map_or(0, |text| text.len());
    ///     scope(async |s| {
    ///         let (one, other) = (s.blocking(runtime, length(one)), s.blocking(runtime, length(other)));
    ///         Ok(one.await?.max(other.await?))
    ///     })
    ///     .await
    /// }
    /// ```
    #[track_caller]
    pub fn blocking<B, F, T>(&'scope self, runtime: &B, call: F) -> Child<'scope, Result<T, JoinError>>
    where
        B: Blocking,
        F: FnOnce() -> T + Send + 'static, // it borrows? move clones in: nobody can stop a call that blocks
        T: Send + 'static,
    {
        self.spawn(start(runtime, call, Location::caller()))
    }
}

impl<'scope> LocalScope<'scope, '_> {
    /// Runs `call` on a thread of `runtime` where it may block, and gives a child that waits for its value. As
    /// [`Scope::blocking`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the handle loses the call's value, and the scope waits for the call. When the scope is dropped, whoever takes over
    /// its cleanups waits.
    ///
    /// # Errors
    ///
    /// The child's output is an error if the call panics, or the runtime drops it before it has begun.
    #[track_caller]
    pub fn blocking<B, F, T>(&'scope self, runtime: &B, call: F) -> LocalChild<'scope, Result<T, JoinError>>
    where
        B: Blocking,
        F: FnOnce() -> T + Send + 'static, // it borrows? move clones in: nobody can stop a call that blocks
        T: Send + 'static,
    {
        self.spawn(start(runtime, call, Location::caller()))
    }
}

/// Starts a call, and gives the child that waits for it.
fn start<B, F, T>(runtime: &B, call: F, location: &'static Location<'static>) -> Joining<T>
where
    B: Blocking,
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let link = Arc::new(Link::new());
    let side = Side(Arc::clone(&link));
    // The runtime's handle is dropped, which detaches the call: all goes through the link.
    drop(runtime.spawn_blocking(move || side.run(call)));
    Joining::new(link, Label { name: "blocking call", location }, JoinError::panicked, None)
}

/// The call's side of the link. Dropped, it says that there will be no more.
struct Side<T>(Arc<Link<T>>);

impl<T> Side<T> {
    fn run(self, call: impl FnOnce() -> T) {
        if !self.0.is_wanted() {
            return;
        }
        // The call is not used again, and what it shares with others is theirs to mind, as with threads.
        let end = match caught(call) {
            Ok(value) => End::Value(value),
            Err(payload) => End::Panic(payload),
        };
        self.0.end(end);
        self.0.finish(Vec::new());
    }
}

impl<T> Drop for Side<T> {
    fn drop(&mut self) {
        self.0.dropped();
    }
}
