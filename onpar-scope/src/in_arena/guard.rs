//! [`ArenaGuard`]: a value in an arena, whose cleanup always happens.
#![expect(unsafe_code, reason = "the value in the node")]

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::mem;
use core::ops::{Deref, DerefMut};

use super::cleanup_node::Typed;
use super::close::ArenaClose;
use crate::label::Label;

/// A value whose cleanup always happens. Made by [`ArenaScope::guard`](crate::ArenaScope::guard) and
/// [`defer`](crate::ArenaScope::defer).
///
/// It derefs to the value. Dropped un-closed, it hands its cleanup to the scope that made it: that takes no memory, and cannot
/// fail. The cleanup begins at once, beside the work that goes on, except that it waits for those of guards that were made later
/// in the same body or child and are still being cleaned. Guards dropped together are cleaned one after another, in the order in
/// which they were dropped.
///
/// A forgotten guard ([`mem::forget`]) leaks its value, and its room until the outermost scope ends. A [`close`](Self::close) that
/// is forgotten half-way keeps its room [for good](crate::Arena#it-stays-where-it-is).
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, ArenaGuard, scope_in};
///
/// let arena = pin!(Arena::<512>::new());
/// pollster::block_on(scope_in(arena, async |s| {
///     let pin = s.defer(7_u8, async |pin| println!("pin {pin} off")).unwrap().named("led");
///     assert_eq!(*pin, 7); // derefs to the value
///     let pin: u8 = ArenaGuard::into_inner(pin); // keep the value, without the cleanup
/// }));
/// ```
#[must_use = "a guard that is not held is cleaned up at once: hold it, `let _guard = ..` (`let _ = ..` does not), or \
              `.close().await` it"]
pub struct ArenaGuard<'scope, T: 'static, E> {
    cleanup: Typed<T, E>,
    /// Invariant in `T`: what is written through the guard is what the cleanup gets, whatever the guard is taken for.
    scope: PhantomData<(&'scope (), Cell<T>)>,
}

impl<'scope, T: 'static, E> ArenaGuard<'scope, T, E> {
    /// The guard of a new cleanup, whose scope outlives `'scope`.
    pub(super) fn new(cleanup: Typed<T, E>) -> Self {
        Self { cleanup, scope: PhantomData }
    }

    /// Names the guard in reports, instead of by the type of its value.
    pub fn named(self, name: &'static str) -> Self {
        let label = &self.cleanup.node.label;
        label.set(Label { name, ..label.get() });
        self
    }

    /// Cleans the value up, here and now, and gives the result. The cleanup is told `ExitReason::Closed`.
    ///
    /// # Cancel safety
    ///
    /// The cleanup is never lost: if the future is dropped before it is done, the scope carries on from there. Only the result is
    /// lost to the caller, and an error told to the hook instead. Dropped before its first poll, it counts as dropping the guard.
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
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, scope_in};
    ///
    /// let arena = pin!(Arena::<512>::new());
    /// let closed = scope_in(arena, async |s| {
    ///     let guard = s.defer((), async |()| Err("refused")).expect("there is room for one");
    ///     guard.close().await
    /// });
    /// assert_eq!(pollster::block_on(closed), Err("refused"));
    /// ```
    pub fn close(self) -> ArenaClose<'scope, E> {
        let (node, step) = (self.cleanup.node, self.cleanup.step);
        mem::forget(self);
        ArenaClose::new(node, step)
    }

    /// Takes the value out, without any cleanup.
    ///
    /// # Panics
    ///
    /// Never.
    pub fn into_inner(guard: Self) -> T {
        let (node, take_out) = (guard.cleanup.node, guard.cleanup.take_out);
        mem::forget(guard);
        // SAFETY: the cleanup is held by its guard alone, which is gone, and so is what it lent.
        let value = unsafe { take_out(node) };
        // SAFETY: as above.
        unsafe { node.clear() };
        // SAFETY: as above, and it is empty, and in no queue and no order.
        unsafe { node.free() };
        match value {
            Some(value) => value,
            None => unreachable!("a guard is taken apart by what consumes it"),
        }
    }
}

impl<T: 'static, E> Deref for ArenaGuard<'_, T, E> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the value stays in its node until the guard is taken apart, and the guard lends it.
        unsafe { self.cleanup.value.as_ref() }
    }
}

impl<T: 'static, E> DerefMut for ArenaGuard<'_, T, E> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and the guard is lent mutably.
        unsafe { self.cleanup.value.as_mut() }
    }
}

impl<T: 'static, E> Drop for ArenaGuard<'_, T, E> {
    fn drop(&mut self) {
        let node = self.cleanup.node;
        node.driver.hand_over(node);
    }
}

impl<T: fmt::Debug + 'static, E> fmt::Debug for ArenaGuard<'_, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ArenaGuard").field(&**self).finish()
    }
}
