//! [`shield`]: work that is carried on when it is cancelled, for a while.
#![expect(unsafe_code, reason = "the owner of a `Send` node, and the type of its output")]

use core::fmt;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::{Clock, ExitReason};

use crate::Elapsed;
use crate::engine::driver_ref::DriverRef;
use crate::engine::handover::{Origin, hand_over};
use crate::engine::node::{Flags, Kind};
use crate::engine::owned::Owned;
use crate::engine::shield_job::ShieldJob;
use crate::label::Label;

/// Runs `future`, which has to end: if it is cancelled half-way, it goes on as a cleanup does, for up to `budget` from then.
///
/// For the few steps that must not be torn apart, such as an exchange of two messages of which the second confirms the first.
/// The nearest scope carries it on, beside its other cleanups, and waits for it; with none around, it goes where cleanups go:
/// to the registered [`Reaper`](crate::Reaper), else the [hook](crate::set_cleanup_hook) is told. What has not ended within the
/// budget is dropped, and told to whoever is told of cleanup errors.
///
/// It may outlive the function that runs it, so it must own what it uses. It can hear that it has been cancelled by
/// [`Scope::cancelled`](crate::Scope::cancelled). Allocates once, or not at all where the thread has memory to use again.
///
/// # Cancel safety
///
/// Once it has been polled it is carried on; only the output is lost. Dropped before its first poll, it never runs.
///
/// # Panics
///
/// A panic of the future passes on. Where it is carried on, a panic is a cleanup error.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_scope::shield;
/// # #[derive(Clone)] struct Account;
/// # impl Account { async fn withdraw(&self, sum: u32) {} async fn deposit(&self, sum: u32) {} }
///
/// async fn transfer<C>(clock: C, from: Account, to: Account)
/// where
///     C: Clock<Sleep: Send> + Send + 'static,
/// {
///     let both = async move {
///         from.withdraw(10).await;
///         to.deposit(10).await;
///     };
///     shield(clock, Duration::from_secs(5), both).await
/// }
/// ```
#[track_caller]
pub fn shield<C, Fut>(clock: C, budget: Duration, future: Fut) -> Shield<Fut::Output>
where
    C: Clock<Sleep: Send> + Send + 'static, // of the local executor, `rt.clock()` is `Send`
    Fut: Future<Output: Send> + Send + 'static, // it is not `Send`? `local_shield`; it borrows? `async move`
{
    let Origin { driver, key, label } = Origin::here(Kind::Send, "shield", Location::caller());
    let node = Owned::new_with_output(ShieldJob::new(clock, budget, future), label, key);
    Shield { work: Shielded { node: Some(node), origin: driver, output: PhantomData } }
}

/// [`shield`] for work that stays on its thread. A local scope carries it on.
///
/// # Cancel safety
///
/// As [`shield`].
///
/// # Panics
///
/// As [`shield`].
///
/// # Examples
///
/// ```
/// use std::{rc::Rc, time::Duration};
/// use onpar_core::Clock;
/// use onpar_scope::local_shield;
///
/// async fn confirm<C: Clock + 'static>(clock: C, window: Rc<str>) -> usize {
///     local_shield(clock, Duration::from_secs(5), async move { window.len() }).await
/// }
/// ```
#[track_caller]
pub fn local_shield<C, Fut>(clock: C, budget: Duration, future: Fut) -> LocalShield<Fut::Output>
where
    C: Clock + 'static,
    Fut: Future + 'static,
{
    let Origin { driver, key, label } = Origin::here(Kind::Local, "local shield", Location::caller());
    let node = Owned::new_local_with_output(ShieldJob::new(clock, budget, future), label, key);
    LocalShield { work: Shielded { node: Some(node), origin: driver, output: PhantomData } }
}

/// The future of [`shield`].
///
/// # Cancel safety
///
/// As [`shield`] says: once polled, it is carried on.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_scope::{Shield, shield};
///
/// fn answer<C: Clock<Sleep: Send> + Send + 'static>(clock: C) -> Shield<u32> {
///     shield(clock, Duration::from_secs(1), async { 42 }).named("answer")
/// }
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Shield<T> {
    work: Shielded<T>,
}

/// The future of [`local_shield`].
///
/// # Cancel safety
///
/// As [`shield`] says: once polled, it is carried on.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_scope::{LocalShield, local_shield};
///
/// fn answer(clock: impl Clock + 'static) -> LocalShield<u32> {
///     local_shield(clock, Duration::from_secs(1), async { 42 })
/// }
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct LocalShield<T> {
    work: Shielded<T>,
}

// SAFETY: the node's job and its output are `Send`, as `shield` asks, and the future is its only owner.
unsafe impl<T> Send for Shield<T> {}
// SAFETY: nothing can be done with a shared reference to it.
unsafe impl<T> Sync for Shield<T> {}

/// Work that runs in place.
struct Shielded<T> {
    /// There until it has ended.
    node: Option<Owned>,
    origin: Option<DriverRef>,
    output: PhantomData<fn() -> T>,
}

impl<T> Shielded<T> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<T> {
        // Taken out for the poll: should it panic, the job is dropped and not handed over.
        let Some(mut node) = self.node.take() else {
            panic!("`shield()` was polled after it had given its result: poll it by `.await`, or `fuse()` it")
        };
        node.header().set(Flags::STARTED);
        // SAFETY: the job of a shield fails with `Elapsed`; one that was ready is not put back.
        let polled = unsafe { node.poll::<Elapsed>(ExitReason::Closed, cx) };
        if polled.is_pending() {
            self.node = Some(node);
            return Poll::Pending;
        }
        // SAFETY: the job has been ready, and its output is a `T`.
        let output = unsafe { node.take_output() };
        node.end();
        match output {
            Some(output) => Poll::Ready(output),
            None => unreachable!("as long as somebody waits, it ends with an output"),
        }
    }

    fn rename(&self, name: &'static str) {
        if let Some(node) = &self.node {
            let label = &node.header().label;
            label.set(Label { name, ..label.get() });
        }
    }
}

impl<T> Drop for Shielded<T> {
    fn drop(&mut self) {
        match self.node.take() {
            Some(node) if node.header().is(Flags::STARTED) => hand_over(node, self.origin.as_ref()),
            _never_polled => {}
        }
    }
}

impl<T> Shield<T> {
    /// Names the work in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }
}

impl<T> LocalShield<T> {
    /// Names the work in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.work.rename(name);
        self
    }
}

impl<T> Future for Shield<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.work.poll(cx)
    }
}

impl<T> Future for LocalShield<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.work.poll(cx)
    }
}

impl<T> fmt::Debug for Shield<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shield").field("done", &self.work.node.is_none()).finish()
    }
}

impl<T> fmt::Debug for LocalShield<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalShield").field("done", &self.work.node.is_none()).finish()
    }
}
