//! [`NoRoom`]: what does not fit into an arena, given back.

use core::error::Error;
use core::fmt;

/// There is no room in the [`Arena`](crate::Arena) for a further guard, child or scope. Gives back what was to be guarded, or to
/// be run.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, NoRoom, scope_in};
///
/// let arena = pin!(Arena::<256>::new());
/// let error: NoRoom<[u8; 300]> = pollster::block_on(scope_in(arena, async |s| {
///     s.defer([7; 300], async |_| ()).expect_err("300 bytes in 256")
/// }));
/// assert_eq!((error.needed() > 300, error.free(), error.size()), (true, 256, 256));
/// assert!(error.to_string().contains("`Arena::<"));
/// assert_eq!(error.into_inner()[0], 7);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NoRoom<T> {
    value: T,
    needed: usize,
    free: usize,
    size: usize,
}

impl<T> NoRoom<T> {
    pub(super) fn new(value: T, needed: usize, free: usize, size: usize) -> Self {
        Self { value, needed, free, size }
    }

    /// How many bytes it needs, in one piece.
    pub fn needed(&self) -> usize {
        self.needed
    }

    /// How many bytes are free, in the largest piece.
    pub fn free(&self) -> usize {
        self.free
    }

    /// How many bytes the arena has, free or not.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The value, or the future, as it was. A closure that came with it has been dropped.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The error alone, for instance to pass it on by `?` where the value may be dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::pin::pin;
    /// use onpar_scope::{Arena, NoRoom, scope_in};
    ///
    /// async fn blink() {}
    ///
    /// let arena = pin!(Arena::<512>::new());
    /// let work = scope_in(arena, async |s| {
    ///     let blinking = s.spawn(blink()).map_err(NoRoom::without_value)?;
    ///     Ok::<_, NoRoom<()>>(blinking.await)
    /// });
    /// assert!(pollster::block_on(work).is_ok());
    /// ```
    pub fn without_value(self) -> NoRoom<()> {
        let Self { needed, free, size, .. } = self;
        NoRoom { value: (), needed, free, size }
    }
}

impl<T> fmt::Debug for NoRoom<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { needed, free, size, .. } = self;
        f.debug_struct("NoRoom").field("needed", needed).field("free", free).field("size", size).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for NoRoom<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { needed, free, size, .. } = self;
        let enough = size + needed.saturating_sub(*free);
        write!(
            f,
            "{needed} bytes are needed in one piece, and the largest free piece of the arena has {free} of {size}: write \
             `Arena::<{enough}>`, or more"
        )
    }
}

impl<T> Error for NoRoom<T> {}
