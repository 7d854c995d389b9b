//! [`Ready`]: the nodes of one scope that want to be polled, pushed by any thread and taken by the scope's driver.
//!
//! A Treiber stack of which the driver always takes everything (so there is no ABA problem), linked through the nodes'
//! own `next`. The head also says what the driver does, so that nobody wakes a task that is awake:
//!
//! * null: the driver sleeps. The first push wakes it.
//! * `AWAKE`: the driver is at work and will look again before it sleeps. A push wakes nobody.
//! * `CLOSED`: the scope has ended. A push fails.
//! * anything else: the latest node. Its chain of `next` ends with null or `AWAKE`.
//!
//! The driver wants the nodes in the order in which they came, and turns the chain round ([`Chain::in_order`]). Of many that
//! were woken together hardly any is in a cache by then, and nothing but the chain tells where the next one stands, so that each
//! would be waited for: a quarter of the time of `children_all_woken_160k`. But who has many children has spawned them in a
//! row, and they stand in a row. So the processor is asked for the memory that is as far ahead as some steps like the last
//! one. Most often it is a node's, and else no harm is done. (A queue that is first in, first out without that, Vyukov's, makes the
//! driver wait for whoever is interrupted in the middle of a push.)
//!
//! Never to be broken: the driver registers its waker *before* it turns `AWAKE` into null ([`Ready::sleep`]). A push that
//! sees null thus finds that waker, and a push that came before makes the exchange fail, so no wake-up is lost.

use core::ptr::{self, without_provenance_mut};
use core::task::Waker;

use super::node::{Header, NodePtr};
use crate::sync::{AtomicPtr, AtomicWaker, Ordering};

const AWAKE: *mut Header = without_provenance_mut(1);
const CLOSED: *mut Header = without_provenance_mut(2);

/// How many steps ahead memory is asked for: a node that is in no cache takes as long as turning so many round.
const AHEAD: isize = 16;
/// A longer step than this, in bytes, is not one to the next node in a row.
const STEP: isize = 1024;

pub(crate) struct Ready {
    head: AtomicPtr<Header>,
    driver: AtomicWaker,
}

/// A push came after the scope had ended.
#[derive(Debug)]
pub(crate) struct Closed;

impl Ready {
    /// An empty stack, whose driver is awake: whoever makes it is about to poll.
    pub(crate) fn new() -> Self {
        Self { head: AtomicPtr::new(AWAKE), driver: AtomicWaker::new() }
    }

    /// Pushes a node, together with the right that [`State::queue`](super::state::State::queue) gave, and wakes the
    /// driver if it sleeps.
    ///
    /// # Safety
    ///
    /// The node is alive, and stays so until it has been taken; the caller has claimed it by `State::queue`.
    pub(crate) unsafe fn push(&self, node: NodePtr) -> Result<(), Closed> {
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            if head == CLOSED {
                return Err(Closed);
            }
            node.next.store(head, Ordering::Relaxed);
            // Release: the node's contents are seen by the driver that takes it. Acquire: the waker that the driver
            // registered before it went to sleep is seen below.
            match self.head.compare_exchange_weak(head, node.as_ptr(), Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
        if head.is_null() {
            self.driver.wake();
        }
        Ok(())
    }

    /// The driver is at work from now on; gives it all that was pushed.
    pub(crate) fn wake(&self) -> Chain {
        Chain(self.head.swap(AWAKE, Ordering::AcqRel))
    }

    /// The driver goes to sleep, to be woken by `waker`; false if something has come meanwhile.
    #[must_use]
    pub(crate) fn sleep(&self, waker: &Waker) -> bool {
        #[cfg(not(loom))]
        self.driver.register(waker);
        #[cfg(loom)]
        self.driver.register_by_ref(waker);
        self.head.compare_exchange(AWAKE, ptr::null_mut(), Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Wakes the driver, if it sleeps, though nothing has been pushed.
    pub(crate) fn wake_driver(&self) {
        self.driver.wake();
    }

    /// Whether the driver is at work, and nothing has come meanwhile. Looking first spares the exchange of
    /// [`wake`](Self::wake).
    #[inline]
    pub(crate) fn is_empty_awake(&self) -> bool {
        self.head.load(Ordering::Relaxed) == AWAKE
    }

    /// Whether nothing is in it, for a driver with which nobody else shares it.
    pub(crate) fn is_empty(&self) -> bool {
        let head = self.head.load(Ordering::Relaxed);
        head.is_null() || head == AWAKE
    }

    /// Closes the stack if it is empty and the driver awake; false if something has come meanwhile.
    #[must_use]
    pub(crate) fn close(&self) -> bool {
        self.head.compare_exchange(AWAKE, CLOSED, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// As [`close`](Self::close), while the driver sleeps.
    #[must_use]
    pub(crate) fn close_asleep(&self) -> bool {
        self.head.compare_exchange(ptr::null_mut(), CLOSED, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Closes the stack, whatever is in it, and gives out the rest.
    pub(crate) fn close_now(&self) -> Chain {
        Chain(self.head.swap(CLOSED, Ordering::AcqRel))
    }

    /// Lets the driver's waker go, once closed. That of a scope which was handed over is its own node's, which would keep
    /// itself alive.
    pub(crate) fn forget_waker(&self) {
        #[cfg(not(loom))]
        drop(self.driver.take());
        #[cfg(loom)]
        drop(self.driver.take_waker());
    }
}

/// Nodes taken from the stack, the latest first.
pub(crate) struct Chain(*mut Header);

impl Chain {
    /// Links the nodes the other way round: gives the one that came first, from which `next` leads to the one that came last, whose
    /// own is null.
    pub(crate) fn in_order(mut self) -> Option<(NodePtr, NodePtr)> {
        let last = self.next()?;
        last.next.store(ptr::null_mut(), Ordering::Relaxed);
        let mut first = last;
        for node in self {
            let step = node.as_ptr().addr().wrapping_sub(first.as_ptr().addr()).cast_signed();
            prefetch(node.as_ptr().wrapping_byte_offset(step.clamp(-STEP, STEP) * AHEAD));
            node.next.store(first.as_ptr(), Ordering::Relaxed);
            first = node;
        }
        Some((first, last))
    }
}

/// Asks for memory that may soon be looked at.
#[inline]
fn prefetch(node: *const Header) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: the processor has the instruction; it reads nothing that could be seen, and does nothing where there is no memory.
    unsafe {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(node.cast());
    }
    // Elsewhere there is no such function on stable Rust.
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = node;
}

impl Iterator for Chain {
    type Item = NodePtr;

    fn next(&mut self) -> Option<NodePtr> {
        if self.0 == AWAKE || self.0 == CLOSED {
            return None;
        }
        // SAFETY: the node was pushed, so it is alive until it has been taken out of its queue, which is now; the exchange
        // that gave us the chain acquired what the push released.
        let node = unsafe { NodePtr::from_raw(self.0) }?;
        self.0 = node.next.load(Ordering::Relaxed);
        Some(node)
    }
}
