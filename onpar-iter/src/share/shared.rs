//! [`Shared`]: a stream that is shared by many readers.

use alloc::sync::Arc;
use core::fmt;
use core::marker::PhantomData;
use core::num::NonZero;

use futures_core::Stream;

use super::hub::Hub;
use super::{Reader, SlowReaders};

/// A stream that is shared by many readers, of [`share`](crate::AsyncStreamExt::share). It makes readers, and reads nothing
/// itself; its clones are handles of the same stream.
///
/// The [module](super) says who polls the stream, and what is allocated.
///
/// # Examples
///
/// ```
/// use onpar_iter::share::{Shared, Wait};
/// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, limit, merge};
///
/// # pollster::block_on(async {
/// let shared = [1, 2].into_async_iter().share(limit!(16), Wait);
/// let doubled = shared.subscribe().map(async |n| n * 2);
/// let tripled = shared.subscribe().map(async |n| n * 3);
/// assert_eq!(merge((doubled, tripled)).collect::<Vec<_>>().await, [2, 3, 4, 6]);
/// # });
/// ```
pub struct Shared<S, T, P> {
    hub: Arc<Hub<S, T>>,
    slow_readers: PhantomData<P>,
}

impl<S: Stream<Item = T>, T, P: SlowReaders> Shared<S, T, P> {
    pub(crate) fn new(stream: S, capacity: NonZero<usize>, _: P) -> Self {
        Self { hub: Arc::new(Hub::new(stream, capacity, P::WAIT)), slow_readers: PhantomData }
    }

    /// A new reader, which reads the items that come from now on.
    pub fn subscribe(&self) -> Reader<S, T, P> {
        Reader::new(Arc::clone(&self.hub))
    }
}

impl<S, T, P> Clone for Shared<S, T, P> {
    fn clone(&self) -> Self {
        Self { hub: Arc::clone(&self.hub), slow_readers: PhantomData }
    }
}

impl<S, T, P> fmt::Debug for Shared<S, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}
