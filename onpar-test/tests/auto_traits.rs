//! Send, Sync and Unpin of every public type: they are part of the API.

use core::cell::Cell;
use core::marker::PhantomPinned;

use onpar_test::every_poll::{Boundary, CallAt, CancelAt, Cancellable, InjectedPanic, PanicAt, Point, Trigger};
use onpar_test::probe::{Gap, Owner, Probe, ProbeLog};
use onpar_test::sim::{
    Event, Idle, Order, PanicReport, Report, Rt, Sim, SimError, Sleep, Task, TaskReport, TimerReport, Trace, YieldNow,
};
use onpar_test::{Allocations, ByHand, CountingAllocator};

/// `Send` and not `Sync`.
type SendOnly = Cell<u8>;
/// Neither.
type Local = *const u8;

macro_rules! assert_all {
    ($($Type:ty),+ $(,)?) => {$(
        const _: fn() = || {
            fn all<T: Send + Sync + Unpin>() {}
            all::<$Type>();
        };
    )+};
}

macro_rules! assert_not {
    ($Auto:ident: $($Type:ty),+ $(,)?) => {$(
        const _: fn() = || {
            trait Ambiguous<A> { fn item() {} }
            struct Second;
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $Auto> Ambiguous<Second> for T {}
            let _ = <$Type as Ambiguous<_>>::item;
        };
    )+};
}

assert_all!(Boundary, InjectedPanic, Point, Trigger);
assert_all!(CallAt<u8, u8>, CancelAt<u8>, Cancellable<u8>, PanicAt<u8>);
assert_all!(Gap, ProbeLog, Owner<u8>, Probe<u8>);
assert_all!(Event, Idle, Order, PanicReport, Report, Rt, Sim, SimError, Sleep, Task<u8>, TaskReport);
assert_all!(TimerReport, Trace, YieldNow, Allocations, ByHand<u8>, ByHand<PhantomPinned>, CountingAllocator);
assert_all!(Task<SendOnly>, Task<PhantomPinned>);

assert_not!(Send: Task<Local>, CancelAt<Local>, PanicAt<Local>, CallAt<u8, Local>, Cancellable<Local>, Probe<Local>);
assert_not!(Unpin: CancelAt<PhantomPinned>, PanicAt<PhantomPinned>, CallAt<PhantomPinned, u8>);
assert_not!(Unpin: Cancellable<PhantomPinned>, Probe<PhantomPinned>, Owner<PhantomPinned>);
