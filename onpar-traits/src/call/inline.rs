//! [`InlineCall`]: the future of a call through a trait object, without a heap.

#![expect(unsafe_code, reason = "it polls a future whose type was forgotten")]

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::MaybeUninit;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::auto::{Allows, Anything};
use crate::SendFuture;

/// The future of a call through a trait object, which stands in the call itself, in `ROOM` bytes.
///
/// A method whose future needs more is refused when the program is built, with an error that states the size that it needs.
///
/// # Cancel safety
///
/// That of the method. Dropping it drops the method's future at once.
///
/// # Examples
///
/// ```
/// use onpar_traits::InlineCall;
///
/// fn sum<'a>(numbers: &'a [u32]) -> InlineCall<'a, u32, 32> {
///     InlineCall::new(async move { numbers.iter().sum() })
/// }
///
/// assert_eq!(pollster::block_on(sum(&[1, 2, 3])), 6);
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct InlineCall<'f, O, const ROOM: usize, A: ?Sized = Anything> {
    poll: unsafe fn(*mut (), &mut Context<'_>) -> Poll<O>,
    end: unsafe fn(*mut ()),
    room: Room<ROOM>,
    future: PhantomData<&'f ()>,
    auto: PhantomData<A>,
    _stays: PhantomPinned,
}

/// Aligned to what most types are content with.
///
/// In a cell, because what waits for an event may be written to from elsewhere, by a pointer to itself, while somebody has a
/// shared reference to the call.
#[repr(align(16))]
struct Room<const BYTES: usize>(UnsafeCell<MaybeUninit<[u8; BYTES]>>);

// SAFETY: the future is `Send`, since `A` allows only what is.
unsafe impl<O, const ROOM: usize, A: ?Sized + Send> Send for InlineCall<'_, O, ROOM, A> {}

// SAFETY: through a shared reference to this, nothing can be done with the future.
unsafe impl<O, const ROOM: usize, A: ?Sized> Sync for InlineCall<'_, O, ROOM, A> {}

impl<'f, O, const ROOM: usize, A: ?Sized> InlineCall<'f, O, ROOM, A> {
    /// Forgets the type of a future.
    #[inline]
    pub fn new<F>(future: F) -> Self
    where
        F: Future<Output = O> + 'f,
        A: Allows<F>,
    {
        const { Fits::<F, ROOM>::ASSERT };
        let mut room = Room(UnsafeCell::new(MaybeUninit::uninit()));
        // SAFETY: there is room for it, and it is aligned: see the assertion.
        unsafe { (&raw mut room).cast::<F>().write(future) };
        Self { poll: poll::<F>, end: end::<F>, room, future: PhantomData, auto: PhantomData, _stays: PhantomPinned }
    }

    /// Forgets the type of a future that was proved to be `Send`.
    #[doc(hidden)]
    #[inline]
    pub fn of_send<F>(future: SendFuture<F>) -> Self
    where
        F: Future<Output = O> + 'f,
        A: Allows<SendFuture<F>>,
    {
        Self::new(future)
    }
}

/// # Safety
///
/// It points to a pinned `F`, and nobody else uses it now.
unsafe fn poll<F: Future>(future: *mut (), cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: as the caller promises.
    let future = unsafe { &mut *future.cast::<F>() };
    // SAFETY: as the caller promises.
    unsafe { Pin::new_unchecked(future) }.poll(cx)
}

/// # Safety
///
/// It points to an `F`, and nobody uses it afterwards.
unsafe fn end<F>(future: *mut ()) {
    // SAFETY: as the caller promises.
    unsafe { future.cast::<F>().drop_in_place() };
}

impl<O, const ROOM: usize, A: ?Sized> Future for InlineCall<'_, O, ROOM, A> {
    type Output = O;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O> {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: the function is that of the type in the room, which is pinned with the call and borrowed exclusively.
        unsafe { (this.poll)((&raw mut this.room).cast(), cx) }
    }
}

impl<O, const ROOM: usize, A: ?Sized> Drop for InlineCall<'_, O, ROOM, A> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the function is that of the type in the room, which `new` has filled.
        unsafe { (self.end)((&raw mut self.room).cast()) };
    }
}

impl<O, const ROOM: usize, A: ?Sized> fmt::Debug for InlineCall<'_, O, ROOM, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InlineCall").finish_non_exhaustive()
    }
}

/// The check that a type has room, and the words for one that has not.
struct Fits<F, const ROOM: usize>(PhantomData<F>);

impl<F, const ROOM: usize> Fits<F, ROOM> {
    const ASSERT: () = {
        assert!(align_of::<F>() <= align_of::<Room<ROOM>>(), "the future is aligned to more than 16 bytes: box it");
        assert!(size_of::<F>() <= ROOM, "{}", Self::TOO_LARGE);
    };
    const TOO_LARGE: &str = match str::from_utf8(&Self::WORDS) {
        Ok(words) => words,
        Err(_) => "the future is too large",
    };
    const WORDS: [u8; 96] = {
        let words = written([b' '; 96], 0, b"the future of this method needs ");
        let words = number(words.0, words.1, size_of::<F>());
        let words = written(words.0, words.1, b" bytes, and the call has room for ");
        number(words.0, words.1, ROOM).0
    };
}

const fn written(mut into: [u8; 96], at: usize, text: &[u8]) -> ([u8; 96], usize) {
    let mut next = 0;
    while next < text.len() {
        into[at + next] = text[next];
        next += 1;
    }
    (into, at + next)
}

const fn number(mut into: [u8; 96], at: usize, number: usize) -> ([u8; 96], usize) {
    let digits = if number == 0 { 1 } else { number.ilog10() as usize + 1 };
    let mut rest = number;
    let mut next = digits;
    while next > 0 {
        next -= 1;
        into[at + next] = b"0123456789"[rest % 10];
        rest /= 10;
    }
    (into, at + digits)
}
