//! The call without a heap does to its future what a pinned box would do.
//!
//! Some of what its proofs say only an interpreter sees broken: `cargo +nightly miri test -p onpar-traits --test inline_call`.

use core::cell::Cell;
use core::marker::PhantomPinned;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::ptr;
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;

use onpar_traits::InlineCall;

const NOWHERE: *const Cell<bool> = ptr::null();

/// Waits until its own flag is set by whoever finds it in a list, as what waits for an event does.
struct Waits<'a> {
    flag: Cell<bool>,
    list: &'a Cell<*const Cell<bool>>,
    drops: &'a Cell<u32>,
    _stays: PhantomPinned,
}

impl<'a> Waits<'a> {
    fn new(list: &'a Cell<*const Cell<bool>>, drops: &'a Cell<u32>) -> Self {
        Self { flag: Cell::new(false), list, drops, _stays: PhantomPinned }
    }
}

impl Future for Waits<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.list.set(&raw const self.flag);
        if self.flag.get() { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.list.set(NOWHERE);
        self.drops.set(self.drops.get() + 1);
    }
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_future_that_waits_is_written_to_while_somebody_looks_at_the_call() {
    let (list, drops) = (Cell::new(NOWHERE), Cell::new(0));
    let mut call = pin!(InlineCall::<_, 64>::new(Waits::new(&list, &drops)));
    assert!(poll(call.as_mut()).is_pending());
    let shared = &*call;
    // SAFETY: the future has put itself into the list, and stays there until it is dropped.
    unsafe { &*list.get() }.set(true);
    assert!(format!("{shared:?}").contains("InlineCall"));
    assert!(poll(call.as_mut()).is_ready());
}

#[test]
fn a_future_is_dropped_once_and_with_its_call() {
    let (list, drops) = (Cell::new(NOWHERE), Cell::new(0));
    drop(InlineCall::<_, 64>::new(Waits::new(&list, &drops)));
    assert_eq!(drops.get(), 1);
    {
        let mut call = pin!(InlineCall::<_, 64>::new(Waits::new(&list, &drops)));
        assert!(poll(call.as_mut()).is_pending());
        assert_ne!(list.get(), NOWHERE);
    }
    assert_eq!((drops.get(), list.get()), (2, NOWHERE));
}

#[test]
fn a_future_that_panics_is_dropped() {
    let drops = Cell::new(0);
    let list = Cell::new(NOWHERE);
    let polled = catch_unwind(AssertUnwindSafe(|| {
        let waits = Waits::new(&list, &drops);
        let call = pin!(InlineCall::<(), 128>::new(async move {
            let _held = waits;
            panic!("the future")
        }));
        let _ready = poll(call);
    }));
    assert!(polled.is_err());
    assert_eq!(drops.get(), 1);
}

#[test]
fn a_future_stands_at_an_address_that_it_may_stand_at() {
    #[repr(align(16))]
    struct Aligned(u8);

    for _ in 0..3 {
        let call = pin!(InlineCall::<usize, 64>::new(async {
            let held = Aligned(1);
            core::future::ready(()).await;
            assert_eq!(held.0, 1);
            (&raw const held).addr()
        }));
        assert!(matches!(poll(call), Poll::Ready(address) if address % 16 == 0));
    }
}
