//! [`Guard`]: a value whose cleanup always happens.
#![expect(unsafe_code, reason = "the type of the error that a node's job fails with")]

use core::fmt;
use core::ops::{Deref, DerefMut};
use core::panic::Location;

use crate::cleanup::{ByAsyncDrop, ByClosure, Cleanup};
use crate::close::Close;
use crate::engine::handover::hand_over;
use crate::engine::node::Kind;
use crate::held::Held;

/// Guards a value: its [`AsyncDrop`](onpar_core::AsyncDrop) is run, and awaited, however the guard ends.
///
/// The guard derefs to the value. End it by [`close`](Guard::close) where the result matters; or just let it go out of
/// scope: on return, `?`, a panic or cancellation, the nearest [`scope`](crate::scope()) runs the cleanup before it ends.
///
/// It owns its value (`T: 'static`), since the cleanup may outlive the function that made it. Nothing is allocated until the
/// guard ends.
///
/// # Examples
///
/// ```
/// # use onpar_core::{AsyncDrop, ExitReason};
/// # struct Connection;
/// # impl Connection { async fn query(&self) -> Result<u32, std::io::Error> { Ok(1) } }
/// impl AsyncDrop for Connection {
///     type Error = std::io::Error;
///
///     async fn async_drop(self, _reason: ExitReason) -> Result<(), Self::Error> {
///         Ok(()) // say goodbye to the server
///     }
/// }
///
/// async fn count(connection: Connection) -> Result<u32, std::io::Error> {
///     let connection = onpar_scope::guard(connection);
///     let count = connection.query().await?; // an error here still says goodbye
///     connection.close().await?;
///     Ok(count)
/// }
/// ```
#[track_caller]
pub fn guard<T>(value: T) -> Guard<T>
where
    T: Send + 'static,
    ByAsyncDrop: Cleanup<T>,
{
    Guard { held: Some(Held::new(Kind::Send, value, ByAsyncDrop, Location::caller())) }
}

/// Guards a value with a cleanup closure, which is run, and awaited, however the guard ends.
///
/// As [`guard`], for values that do not implement [`AsyncDrop`](onpar_core::AsyncDrop). The closure takes the value and returns
/// nothing or a `Result<(), E>`. It must own what it uses, since the cleanup may outlive the function: pass it in as the value
/// (a tuple if there is more than one thing), or write `async move`.
///
/// # Examples
///
/// ```
/// use onpar_scope::defer;
/// # struct Lock(u32);
/// # impl Lock { async fn release(self) -> Result<(), std::io::Error> { Ok(()) } }
///
/// async fn exclusive(lock: Lock) -> u32 {
///     let lock = defer(lock, async |lock| lock.release().await);
///     lock.0 + 1
/// }
/// ```
#[track_caller]
pub fn defer<T, F, Fut>(value: T, cleanup: F) -> Guard<T, ByClosure<F>>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    T: Send + 'static, // it is not `Send`: `local_defer`; it borrows: guard something that is owned
    F: FnOnce(T) -> Fut,
    ByClosure<F>: Cleanup<T>, // write `async move |value| ..`; where that is not `Send`: `local_defer`
{
    Guard { held: Some(Held::new(Kind::Send, value, ByClosure(cleanup), Location::caller())) }
}

/// A value whose cleanup always happens. Made by [`guard`] and [`defer`].
///
/// # Dropping it
///
/// A guard that is dropped un-closed hands its cleanup to the nearest scope on this thread's stack, else to the open scope
/// in which it was made, else to the registered [`Reaper`](crate::Reaper); with none of them, the [hook](crate::set_cleanup_hook)
/// is told of the leak and the value is dropped as any other. That takes at most one allocation, and none where the thread
/// has memory of an earlier cleanup to use again.
///
/// The cleanup begins at once, beside the work that goes on, except that it waits for those of guards that were made later
/// in the same body or child and are still being cleaned. Guards dropped together are cleaned one after another, in the
/// order in which they were dropped: the last made first, for locals.
///
/// A forgotten guard ([`mem::forget`](core::mem::forget)) leaks its value, and nothing else.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Guard, defer, scope};
///
/// # pollster::block_on(async {
/// scope(async |_| {
///     let file = defer(String::from("a.tmp"), async |name| println!("removing {name}")).named("temporary file");
///     assert_eq!(file.len(), 5); // derefs to the value
///     let name: String = Guard::into_inner(file); // keep the value, without the cleanup
/// })
/// .await;
/// # });
/// ```
#[must_use = "a guard that is not held is cleaned up at once: hold it, `let _guard = ..` (`let _ = ..` does not), or \
              `.close().await` it"]
pub struct Guard<T, C = ByAsyncDrop>
where
    T: Send + 'static,
    C: Cleanup<T>,
{
    /// There until the guard is taken apart.
    held: Option<Held<T, C>>,
}

impl<T, C> Guard<T, C>
where
    T: Send + 'static,
    C: Cleanup<T>,
{
    /// Names the guard in reports, instead of by the type of its value.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{defer, scope};
    ///
    /// # pollster::block_on(async {
    /// let outcome = scope(async |_| drop(defer(7, async |_| Err("refused")).named("connection"))).outcome().await;
    /// assert_eq!(outcome.cleanup[0].name(), "connection");
    /// # });
    /// ```
    pub fn named(mut self, name: &'static str) -> Self {
        if let Some(held) = &mut self.held {
            held.origin.label.name = name;
        }
        self
    }

    /// Cleans the value up, here and now, and gives the result. The cleanup is told `ExitReason::Closed`.
    ///
    /// Allocates once, or not at all where the thread has memory of an earlier cleanup to use again.
    ///
    /// # Cancel safety
    ///
    /// The cleanup is never lost: if the future is dropped before it is done, the nearest scope carries on from there. Only
    /// the result is lost to the caller, and reported by that scope instead. Dropped before its first poll, it counts as
    /// dropping the guard.
    ///
    /// # Errors
    ///
    /// The cleanup's own error.
    ///
    /// # Panics
    ///
    /// A panic of the cleanup passes on to the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::{AsyncDrop, ExitReason};
    /// use onpar_scope::guard;
    ///
    /// struct Transaction;
    ///
    /// impl AsyncDrop for Transaction {
    ///     type Error = &'static str;
    ///
    ///     async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
    ///         if reason == ExitReason::Closed { Ok(()) } else { Err("rolled back") }
    ///     }
    /// }
    ///
    /// # pollster::block_on(async {
    /// let transaction = guard(Transaction);
    /// assert_eq!(transaction.close().await, Ok(())); // this, and nothing else, commits
    /// # });
    /// ```
    pub fn close(mut self) -> Close<C::Error> {
        let (node, origin) = self.held.take().map(Held::into_node).unzip();
        // SAFETY: `into_node` makes a node that any scope may run, of the cleanup `C`, which fails with `C::Error`.
        unsafe { Close::new(node, origin.flatten()) }
    }

    /// Takes the value out, without any cleanup.
    ///
    /// # Panics
    ///
    /// Never.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{Guard, defer};
    ///
    /// let file = defer("a.tmp", async |name| println!("removing {name}"));
    /// assert_eq!(Guard::into_inner(file), "a.tmp"); // it stays
    /// ```
    pub fn into_inner(mut guard: Self) -> T {
        match guard.held.take() {
            Some(held) => held.value,
            None => unreachable!("a guard is taken apart once, by what consumes it"),
        }
    }
}

impl<T, C> Deref for Guard<T, C>
where
    T: Send + 'static,
    C: Cleanup<T>,
{
    type Target = T;

    fn deref(&self) -> &T {
        match &self.held {
            Some(held) => &held.value,
            None => unreachable!("a guard is taken apart by what consumes it"),
        }
    }
}

impl<T, C> DerefMut for Guard<T, C>
where
    T: Send + 'static,
    C: Cleanup<T>,
{
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.held {
            Some(held) => &mut held.value,
            None => unreachable!("a guard is taken apart by what consumes it"),
        }
    }
}

impl<T, C> Drop for Guard<T, C>
where
    T: Send + 'static,
    C: Cleanup<T>,
{
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            let (node, origin) = held.into_node();
            hand_over(node, origin.as_ref());
        }
    }
}

impl<T, C> fmt::Debug for Guard<T, C>
where
    T: fmt::Debug + Send + 'static,
    C: Cleanup<T>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guard").field(&**self).finish()
    }
}
