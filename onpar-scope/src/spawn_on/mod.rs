//! `spawn_on`: tasks on a runtime, which their scope cancels and awaits. [`blocking`] does the same for calls that block.
//!
//! A task owns what it works with and moves between threads; its scope stays where it is. So each has a side of its own:
//!
//! * [`Remote`] is what the runtime runs: the work, under a driver of its own, so that its guards are cleaned up in the task.
//! * [`Joining`] is a child of the scope, and waits until the work has ended. When it is dropped before, for whatever reason,
//!   it tells the task to cancel the work. Either way it leaves an [`Ending`](joining::Ending) behind, a cleanup like those of
//!   any child, which waits for the cleanups of the task.
//! * [`Link`] is what the two sides share.
//!
//! The handle that the runtime gives is dropped, which detaches the task: what the scope needs goes through the link, and a
//! task that its runtime drops says so there, after it has handed over what it had left.
//!
//! What must never be broken: the task says that it is over when its work is gone, and its cleanups have ended or have been
//! handed over, and not before; for the scope may end as soon as it hears of that.

mod blocking;

mod joining;

mod remote;

mod link;

use alloc::sync::Arc;
use core::panic::Location;
use std::panic::resume_unwind;

use onpar_core::{JoinError, Spawn};

use self::joining::Joining;
use self::link::Link;
use self::remote::Remote;
use crate::engine::shared::Shared;
use crate::engine::supervised::driver_of;
use crate::label::Label;
use crate::{Child, LocalChild, LocalScope, Scope};

impl<'scope> Scope<'scope, '_> {
    /// Starts `future` as a task of `runtime`, for work that is to run in parallel and owns what it works with.
    ///
    /// The task belongs to the scope like any child: the scope waits for it, and cancels it when the handle, a sibling or the
    /// end of the scope cancels its children. It is cancelled where it waits, its guards are cleaned up in the task and
    /// told the reason, and the scope ends after them. A task that is being polled, or that blocks its thread, is cancelled
    /// when that poll has returned.
    ///
    /// A panic in the task passes on in the scope, like that of a child. Cleanup errors in the task stand beside the scope's
    /// [outcome](crate::ScopeFuture::outcome), like those of a child.
    ///
    /// When its cleanup [budget](crate::ScopeFuture::cleanup_budget) is spent, the scope waits no longer, and reports the task
    /// by the place of this call. The task is told, and drops and reports those of its cleanups that have not ended either.
    ///
    /// The task may move to another thread and outlive everything there, so it borrows nothing: it takes what it needs, or a
    /// clone. That a value "is borrowed for `'static`", with this call in the error, means that the task borrows it. What is to
    /// borrow is a child ([`spawn`](Self::spawn)), which runs in the scope's own task.
    ///
    /// It allocates the child, the task's own scope, and what they share; and what the runtime needs.
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, the task is cancelled, and whoever takes over the scope's cleanups waits for it.
    ///
    /// # Errors
    ///
    /// The child's output is [`JoinError::dropped`] if the runtime drops the task, say because it shuts down. What the task
    /// had left to clean up is then cleaned up in the scope, which goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::{JoinError, Spawn};
    /// use onpar_scope::scope;
    ///
    /// /// Adds each half on a thread of its own, if the runtime has them.
    /// async fn sum(runtime: &impl Spawn, mut numbers: Vec<u32>) -> Result<u32, JoinError> {
    ///     let half = numbers.split_off(numbers.len() / 2);
    ///     scope(async |s| {
    ///         let left = s.spawn_on(runtime, async move { numbers.iter().sum::<u32>() });
    ///         let right = s.spawn_on(runtime, async move { half.iter().sum::<u32>() });
    ///         Ok(left.await? + right.await?)
    ///     })
    ///     .await
    /// }
    /// ```
    #[track_caller]
    pub fn spawn_on<S, Fut>(&'scope self, runtime: &S, future: Fut) -> Child<'scope, Result<Fut::Output, JoinError>>
    where
        S: Spawn,
        // The compiler quotes the line that a call breaks; so it says what to write instead.
        Fut: Future<Output: Send + 'static> + Send + 'static, // it borrows? `spawn`, or move clones in; not `Send`? `spawn`
    {
        self.spawn(start(self.shared(), runtime, future, Location::caller()))
    }
}

impl<'scope> LocalScope<'scope, '_> {
    /// Starts `future`, which is `Send`, as a task of `runtime`. As [`Scope::spawn_on`].
    ///
    /// # Cancel safety
    ///
    /// When the scope is dropped, the task is cancelled, and whoever takes over the scope's cleanups waits for it.
    ///
    /// # Errors
    ///
    /// The child's output is [`JoinError::dropped`] if the runtime drops the task.
    #[track_caller]
    pub fn spawn_on<S, Fut>(
        &'scope self,
        runtime: &S,
        future: Fut,
    ) -> LocalChild<'scope, Result<Fut::Output, JoinError>>
    where
        S: Spawn,
        Fut: Future<Output: Send + 'static> + Send + 'static, // it borrows, or is not `Send`? `spawn`
    {
        self.spawn(start(self.shared(), runtime, future, Location::caller()))
    }
}

/// Starts a task, and gives the child that waits for it.
fn start<S, Fut>(scope: &Shared, runtime: &S, future: Fut, location: &'static Location<'static>) -> Joining<Fut::Output>
where
    S: Spawn,
    Fut: Future<Output: Send + 'static> + Send + 'static,
{
    let label = Label { name: "task", location };
    let link = Arc::new(Link::new());
    let (driver, ticket) = driver_of(scope, label);
    let joining = Joining::new(Arc::clone(&link), label, |payload| resume_unwind(payload), ticket);
    drop(runtime.spawn(Remote::new(driver, future, link)));
    joining
}
