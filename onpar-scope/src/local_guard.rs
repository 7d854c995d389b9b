//! [`LocalGuard`]: a guard whose value and cleanup stay on their thread.
#![expect(unsafe_code, reason = "the type of the error that a node's job fails with")]

use core::fmt;
use core::ops::{Deref, DerefMut};
use core::panic::Location;

use crate::cleanup::{ByAsyncDrop, ByClosure, LocalCleanup};
use crate::close::LocalClose;
use crate::engine::handover::hand_over;
use crate::engine::node::Kind;
use crate::held::Held;
use crate::of_this_thread::OfThisThread;

/// [`guard`](crate::guard) for values that implement [`LocalAsyncDrop`](onpar_core::LocalAsyncDrop).
///
/// # Examples
///
/// ```
/// # use std::{convert::Infallible, rc::Rc};
/// # use onpar_core::{ExitReason, LocalAsyncDrop};
/// # struct Window(Rc<str>);
/// # impl LocalAsyncDrop for Window {
/// #     type Error = Infallible;
/// #     async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> { Ok(()) }
/// # }
/// async fn show(window: Window) {
///     let window = onpar_scope::local_guard(window);
///     println!("{}", window.0);
/// }
/// ```
#[track_caller]
pub fn local_guard<T>(value: T) -> LocalGuard<T>
where
    T: 'static,
    ByAsyncDrop: LocalCleanup<T>,
{
    LocalGuard {
        held: Some(Held::new(Kind::Local, value, ByAsyncDrop, Location::caller())),
        _thread: OfThisThread::HERE,
    }
}

/// [`defer`](crate::defer) for values and closures that are not `Send`.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_scope::local_defer;
///
/// async fn show(title: Rc<str>) {
///     let _window = local_defer(title, async |title| println!("closing {title}"));
/// }
/// ```
#[track_caller]
pub fn local_defer<T, F, Fut>(value: T, cleanup: F) -> LocalGuard<T, ByClosure<F>>
where
    // The compiler quotes the lines that a call breaks; so they say what to write instead.
    T: 'static, // it borrows: guard something that is owned
    F: FnOnce(T) -> Fut,
    ByClosure<F>: LocalCleanup<T>, // write `async move |value| ..`
{
    LocalGuard {
        held: Some(Held::new(Kind::Local, value, ByClosure(cleanup), Location::caller())),
        _thread: OfThisThread::HERE,
    }
}

/// A value whose cleanup always happens, on its own thread. Made by [`local_guard`] and [`local_defer`].
///
/// As [`Guard`](crate::Guard), except that its cleanup goes to the nearest [`local_scope`](crate::local_scope), else to the
/// open local scope in which it was made, else to this thread's [`LocalReaper`](crate::LocalReaper), else the
/// [hook](crate::set_cleanup_hook) is told. A scope that is not local never gets it.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use onpar_scope::{LocalGuard, local_defer};
///
/// let guard = local_defer(Rc::new(7), async |_| ());
/// assert_eq!(*LocalGuard::into_inner(guard), 7);
/// ```
#[must_use = "a guard that is not held is cleaned up at once: hold it, `let _guard = ..` (`let _ = ..` does not), or \
              `.close().await` it"]
pub struct LocalGuard<T, C = ByAsyncDrop>
where
    T: 'static,
    C: LocalCleanup<T>,
{
    /// There until the guard is taken apart.
    held: Option<Held<T, C>>,
    _thread: OfThisThread,
}

impl<T, C> LocalGuard<T, C>
where
    T: 'static,
    C: LocalCleanup<T>,
{
    /// Names the guard in reports, instead of by the type of its value.
    pub fn named(mut self, name: &'static str) -> Self {
        if let Some(held) = &mut self.held {
            held.origin.label.name = name;
        }
        self
    }

    /// Cleans the value up, here and now, and gives the result. As [`Guard::close`](crate::Guard::close).
    ///
    /// # Cancel safety
    ///
    /// The cleanup is never lost: if the future is dropped before it is done, the nearest local scope carries on.
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
    /// use std::rc::Rc;
    /// use onpar_scope::local_defer;
    ///
    /// # pollster::block_on(async {
    /// let window = local_defer(Rc::new("window"), async |_| Err("is busy"));
    /// assert_eq!(window.close().await, Err("is busy"));
    /// # });
    /// ```
    pub fn close(mut self) -> LocalClose<C::Error> {
        let (node, origin) = self.held.take().map(Held::into_local_node).unzip();
        // SAFETY: `into_local_node` makes a node of the cleanup `C`, which fails with `C::Error`.
        unsafe { LocalClose::new(node, origin.flatten()) }
    }

    /// Takes the value out, without any cleanup.
    pub fn into_inner(mut guard: Self) -> T {
        match guard.held.take() {
            Some(held) => held.value,
            None => unreachable!("a guard is taken apart once, by what consumes it"),
        }
    }
}

impl<T, C> Deref for LocalGuard<T, C>
where
    T: 'static,
    C: LocalCleanup<T>,
{
    type Target = T;

    fn deref(&self) -> &T {
        match &self.held {
            Some(held) => &held.value,
            None => unreachable!("a guard is taken apart by what consumes it"),
        }
    }
}

impl<T, C> DerefMut for LocalGuard<T, C>
where
    T: 'static,
    C: LocalCleanup<T>,
{
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.held {
            Some(held) => &mut held.value,
            None => unreachable!("a guard is taken apart by what consumes it"),
        }
    }
}

impl<T, C> Drop for LocalGuard<T, C>
where
    T: 'static,
    C: LocalCleanup<T>,
{
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            let (node, origin) = held.into_local_node();
            hand_over(node, origin.as_ref());
        }
    }
}

impl<T, C> fmt::Debug for LocalGuard<T, C>
where
    T: fmt::Debug + 'static,
    C: LocalCleanup<T>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LocalGuard").field(&**self).finish()
    }
}
