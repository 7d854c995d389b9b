//! [`SlowReaders`]: what happens when a reader is so slow that the limit is reached.

use core::error::Error;
use core::fmt;

/// What happens when a reader of a [shared stream](super) is so slow that as many items wait for it as may: [`Wait`] or
/// [`DropOldest`].
///
/// # Examples
///
/// ```
/// use onpar_iter::share::{DropOldest, Missed, SlowReaders, Wait};
///
/// fn items_of_readers<P: SlowReaders<Item<u8> = T>, T>(_: P) {}
///
/// items_of_readers::<_, u8>(Wait);
/// items_of_readers::<_, Result<u8, Missed>>(DropOldest);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what happens to slow readers",
    label = "this is neither `Wait` nor `DropOldest`",
    note = "`share(limit!(16), Wait)`: the others wait for the slowest reader; `share(limit!(16), DropOldest)`: a reader that is \
            too slow misses items, and is told how many"
)]
pub trait SlowReaders: sealed::Sealed + Copy {
    /// What a reader gives, of a stream of `T`.
    type Item<T>;
    #[doc(hidden)]
    const WAIT: bool;
    #[doc(hidden)]
    fn item<T>(item: T) -> Self::Item<T>;
    #[doc(hidden)]
    fn missed<T>(missed: Missed) -> Self::Item<T>;
}

/// The stream is asked for no further item until the slowest reader has read one: nobody misses anything. A reader that is
/// kept and not polled makes all others wait for ever; drop it.
///
/// # Examples
///
/// ```
/// use onpar_iter::share::Wait;
/// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, limit};
///
/// # pollster::block_on(async {
/// let shared = (1..=3).into_async_iter().share(limit!(1), Wait);
/// let (mut a, mut b) = (shared.subscribe(), shared.subscribe());
/// assert_eq!((a.next().await, b.next().await, b.next().await, a.next().await), (Some(1), Some(1), Some(2), Some(2)));
/// # });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a name")]
pub struct Wait;

/// The oldest item is dropped; readers that have not read it are told how many they have [missed](Missed), and go on with the
/// oldest that is left. Nobody waits for anybody else.
///
/// # Examples
///
/// ```
/// use onpar_iter::share::{DropOldest, Missed};
/// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, limit};
///
/// # pollster::block_on(async {
/// let shared = (1..=5).into_async_iter().share(limit!(2), DropOldest);
/// let (fast, slow) = (shared.subscribe(), shared.subscribe());
/// assert_eq!(fast.filter_map(async |item| item.ok()).sum::<i32>().await, 15);
/// assert_eq!(slow.collect::<Vec<_>>().await, [Err(Missed::new(3)), Ok(4), Ok(5)]);
/// # });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a name")]
pub struct DropOldest;

/// A reader was too slow, and missed so many items.
///
/// # Examples
///
/// ```
/// use onpar_iter::share::Missed;
///
/// assert_eq!(Missed::new(3).count(), 3);
/// assert_eq!(Missed::new(3).to_string(), "the reader was too slow, and missed 3 items");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Missed {
    count: u64,
}

impl Missed {
    /// So many.
    pub const fn new(count: u64) -> Self {
        Self { count }
    }

    /// How many.
    pub const fn count(self) -> u64 {
        self.count
    }
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = if self.count == 1 { "item" } else { "items" };
        write!(f, "the reader was too slow, and missed {} {items}", self.count)
    }
}

impl Error for Missed {}

impl SlowReaders for Wait {
    type Item<T> = T;

    const WAIT: bool = true;

    fn item<T>(item: T) -> T {
        item
    }

    fn missed<T>(_: Missed) -> T {
        unreachable!("an item is kept until all have read it")
    }
}

impl SlowReaders for DropOldest {
    type Item<T> = Result<T, Missed>;

    const WAIT: bool = false;

    fn item<T>(item: T) -> Result<T, Missed> {
        Ok(item)
    }

    fn missed<T>(missed: Missed) -> Result<T, Missed> {
        Err(missed)
    }
}

mod sealed {
    //! Nobody else says what happens to slow readers.

    #[expect(unnameable_types, reason = "that is what seals")]
    pub trait Sealed {}

    impl Sealed for super::Wait {}
    impl Sealed for super::DropOldest {}
}
