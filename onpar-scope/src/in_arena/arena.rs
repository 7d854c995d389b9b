//! [`Arena`]: the memory of a scope without a heap.
#![expect(unsafe_code, reason = "what is behind a borrowed arena")]

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomPinned;
use core::mem::MaybeUninit;
use core::pin::Pin;
use core::ptr::NonNull;

use super::cleanup_node::CleanupNode;
use super::driver::{Driver, DriverRef};
use super::heap::{GRAIN, rounded};
use super::shared::Shared;
use crate::label::Label;

/// Memory for the guards, the children and the nested scopes of one [`scope_in`](crate::scope_in): `BYTES` bytes, wherever you
/// put it: by [`pin!`](core::pin::pin) in a local, by [`pinned`](Self::pinned) in a static, by `Box::pin` on the heap.
///
/// What a guard needs for all of its life it takes when it is made, with the future of its cleanup; so nothing can be missing
/// when it is dropped. That is the larger of value with closure and of future, and its bookkeeping; [`NoRoom`](crate::NoRoom) says
/// how much exactly where there is not enough. What has ended gives its room back, and pieces of one size never crumble it: a
/// loop that makes guards and ends them goes on for ever.
///
/// To find a size that fits, run the program with a large one, and ask [`most_used`](Self::most_used).
///
/// # It stays where it is
///
/// Children and cleanups are pinned in it. They are all dropped before their scope ends, but for those of a future that is
/// forgotten half-way ([`mem::forget`](core::mem::forget)): others may know such a child by its address, as a lock knows those who
/// wait for it, and what it borrows may be gone. So it keeps its room, which later scopes in the arena do without.
///
/// # Panics
///
/// An arena that is *dropped* after a child or cleanup that had begun was forgotten in it aborts the program: its memory may not
/// be used again.
///
/// # Examples
///
/// ```
/// use core::pin::pin;
/// use onpar_scope::{Arena, scope_in};
///
/// # pollster::block_on(async {
/// let mut arena = pin!(Arena::<1024>::new());
/// scope_in(arena.as_mut(), async |s| {
///     for _ in 0..1_000 {
///         s.defer([0_u8; 100], async |_| ())?.close().await;
///     }
///     Ok::<_, onpar_scope::NoRoom<[u8; 100]>>(())
/// })
/// .await?;
/// assert!(arena.most_used() < 512);
/// # Ok::<_, onpar_scope::NoRoom<[u8; 100]>>(()) }).unwrap();
/// ```
#[repr(C)]
pub struct Arena<const BYTES: usize> {
    shared: Shared,
    /// The driver of the outermost scope, while there is one.
    root: UnsafeCell<MaybeUninit<Driver>>,
    bytes: Bytes<BYTES>,
    _pinned: PhantomPinned,
}

#[repr(align(16))]
struct Bytes<const BYTES: usize>(UnsafeCell<MaybeUninit<[u8; BYTES]>>);

const _: () = assert!(align_of::<Bytes<0>>() >= GRAIN, "the heap begins at a multiple of its grain");

/// That so many bytes have room for the smallest guard. It is tracked, so that the compiler names the caller.
#[track_caller]
const fn has_room(bytes: usize) {
    assert!(
        bytes >= rounded(size_of::<CleanupNode>() + size_of::<usize>()),
        "an arena of so few bytes has no room for a guard: begin with `Arena::<1024>`, and see what `most_used` says"
    );
}

// SAFETY: an arena that is not borrowed by a scope holds nothing that we would ever touch or drop again.
unsafe impl<const BYTES: usize> Send for Arena<BYTES> {}
// SAFETY: by a shared reference, a number can be read that is written while the arena is borrowed mutably.
unsafe impl<const BYTES: usize> Sync for Arena<BYTES> {}

impl<const BYTES: usize> Arena<BYTES> {
    /// An arena for one scope after the other.
    ///
    /// It does not compile with fewer `BYTES` than the smallest guard takes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::Arena;
    ///
    /// const ARENA: Arena<512> = Arena::new();
    /// assert!(size_of_val(&ARENA) < 1024);
    /// ```
    pub const fn new() -> Self {
        const { has_room(BYTES) };
        Self {
            shared: Shared::new(),
            root: UnsafeCell::new(MaybeUninit::uninit()),
            bytes: Bytes(UnsafeCell::new(MaybeUninit::uninit())),
            _pinned: PhantomPinned,
        }
    }

    /// An arena that is never dropped is pinned where it is: in a static, or leaked.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::{Arena, scope_in};
    ///
    /// let mut arena = Box::leak(Box::new(Arena::<256>::new())).pinned();
    /// for _ in 0..2 {
    ///     assert_eq!(pollster::block_on(scope_in(arena.as_mut(), async |_| 42)), 42);
    /// }
    /// ```
    pub fn pinned(&'static mut self) -> Pin<&'static mut Self> {
        // SAFETY: it is borrowed for ever, so nobody can move or drop it.
        unsafe { Pin::new_unchecked(self) }
    }

    /// How many of the bytes were in use at the same time, at most, by any scope so far.
    ///
    /// Memory that lies between two pieces because the one that left it was larger is not counted; so give it somewhat more.
    pub fn most_used(&self) -> usize {
        self.shared.heap.most()
    }

    /// Begins anew, with a driver for the outermost scope. The arena is the scope's alone, as long as it is borrowed.
    pub(super) fn begin(self: Pin<&mut Self>, label: Label) -> DriverRef {
        let Self { shared, root, bytes, .. } = &*self;
        // What is pinned there was forgotten, and keeps its piece.
        if !shared.has_pinned() {
            // SAFETY: the bytes are in a cell, and used through this pointer alone, by the heap.
            unsafe { shared.heap.begin(NonNull::from(&bytes.0).cast(), BYTES) };
        }
        let at = NonNull::from(root).cast::<Driver>();
        // SAFETY: the driver is written there next.
        let root = unsafe { DriverRef::new(at) };
        // SAFETY: there is room for a driver, in a cell.
        unsafe { at.write(Driver::new(root, NonNull::from(shared), None, label, 0)) };
        root
    }
}

impl<const BYTES: usize> Drop for Arena<BYTES> {
    fn drop(&mut self) {
        if self.shared.has_pinned() {
            abort();
        }
        // What is free is hidden from the sanitizer, and the memory goes to somebody else now.
        super::sanitizer::show(NonNull::from(&self.bytes.0).cast(), BYTES);
    }
}

/// A panic cannot leave it, with std or without.
extern "C" fn abort() -> ! {
    panic!(
        "an arena was dropped in which a future had been forgotten half-way, and others may still know that by its address: drop \
         the futures of scopes, or have the arena in a static, by `Arena::pinned`"
    )
}

impl<const BYTES: usize> Default for Arena<BYTES> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const BYTES: usize> fmt::Debug for Arena<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena").field("size", &BYTES).field("most_used", &self.most_used()).finish()
    }
}
