//! What crosses threads, model-checked with loom: the interleavings of a driver with wakers, pushes and handles.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-scope --release --lib loom`.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::future::{pending, poll_fn};
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use loom::future::block_on;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;
use onpar_core::{CancelReason, ExitReason};

use super::child_job::Runs;
use super::driver::Driver;
use super::driver_ref::DriverRef;
use super::family::spawn;
use super::handover::hand_over;
use super::node::Job;
use super::owned::Owned;
use super::supervised::Supervised;
use crate::label::Label;
use crate::progress::End;
use crate::{Child, CleanupErrorKind};

/// What a job and the thread that wakes it share.
#[derive(Default)]
struct Signal {
    given: AtomicBool,
    waker: Mutex<Option<Waker>>,
    polls: AtomicUsize,
    drops: AtomicUsize,
}

impl Signal {
    fn give(&self) {
        self.given.store(true, Ordering::Release);
        let waker = self.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Ends when its signal is given.
struct Waits(Arc<Signal>);

impl Job for Waits {
    type Error = Infallible;

    fn poll(self: Pin<&mut Self>, _: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.polls.fetch_add(1, Ordering::Relaxed);
        *self.0.waker.lock().unwrap() = Some(cx.waker().clone());
        if self.0.given.load(Ordering::Acquire) { Poll::Ready(Ok(())) } else { Poll::Pending }
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.drops.fetch_add(1, Ordering::Relaxed);
    }
}

/// All interleavings of so many steps take minutes; those with at most two preemptions take seconds, and are where such
/// errors show (Musuvathi and Qadeer, "Iterative context bounding", 2007).
fn check_few_preemptions(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(model);
}

fn label() -> Label {
    Label { name: "model", location: Location::caller() }
}

fn driver() -> DriverRef {
    DriverRef::new(false, label(), 0, None, ())
}

/// The whole driver, on the thread of the model that polls it.
fn owned(driver: &DriverRef) -> &Driver {
    // SAFETY: only the model's first thread calls this.
    unsafe { driver.owned() }
}

/// Gives a job to a driver, as a guard that its thread dropped.
fn adopt(driver: &DriverRef, signal: &Arc<Signal>) {
    let (me, node) = (driver.node(), Owned::new(Waits(Arc::clone(signal)), label(), 1));
    let owned = owned(driver);
    owned.within(None, || hand_over(node, None)).expect("no panic");
    owned.adopt(me, ExitReason::Dropped);
}

fn drive(driver: &DriverRef) {
    block_on(poll_fn(|cx| owned(driver).drive_to_end(cx)));
}

#[test]
fn a_wake_during_the_poll_or_while_the_driver_falls_asleep_is_not_lost() {
    loom::model(|| {
        let (driver, signal) = (driver(), Arc::<Signal>::default());
        adopt(&driver, &signal);
        let giver = thread::spawn({
            let signal = Arc::clone(&signal);
            move || signal.give()
        });
        drive(&driver);
        giver.join().unwrap();
        assert_eq!(signal.drops.load(Ordering::Relaxed), 1);
        assert!(signal.polls.load(Ordering::Relaxed) <= 2);
        signal.waker.lock().unwrap().take();
    });
}

#[test]
fn two_jobs_are_woken_one_after_the_other_and_the_driver_hears_both() {
    check_few_preemptions(|| {
        let (driver, signals) = (driver(), [(); 2].map(|()| Arc::<Signal>::default()));
        signals.iter().for_each(|signal| adopt(&driver, signal));
        let giver = thread::spawn({
            let signals = signals.clone();
            move || signals.iter().for_each(|signal| signal.give())
        });
        drive(&driver);
        giver.join().unwrap();
        for signal in signals {
            assert_eq!(signal.drops.load(Ordering::Relaxed), 1);
            signal.waker.lock().unwrap().take();
        }
    });
}

#[test]
fn a_wake_after_the_end_or_beside_it_touches_nothing_that_is_gone() {
    loom::model(|| {
        let (driver, signal) = (driver(), Arc::<Signal>::default());
        adopt(&driver, &signal);
        signal.given.store(true, Ordering::Release);
        let late = thread::spawn({
            let signal = Arc::clone(&signal);
            move || {
                let waker = signal.waker.lock().unwrap().take();
                if let Some(waker) = waker {
                    waker.wake_by_ref();
                    waker.wake();
                }
            }
        });
        drive(&driver);
        drop(driver);
        late.join().unwrap();
        assert_eq!(signal.drops.load(Ordering::Relaxed), 1);
        signal.waker.lock().unwrap().take();
    });
}

#[test]
fn a_scope_abandoned_while_a_job_is_woken_drops_the_job_once() {
    loom::model(|| {
        crate::set_cleanup_hook(|_| ());
        let (driver, signal) = (driver(), Arc::<Signal>::default());
        adopt(&driver, &signal);
        assert!(owned(&driver).drive_to_end(&mut Context::from_waker(Waker::noop())).is_pending());
        let giver = thread::spawn({
            let signal = Arc::clone(&signal);
            move || signal.give()
        });
        owned(&driver).abandon_all(driver.node(), || CleanupErrorKind::Leaked);
        drop(driver);
        giver.join().unwrap();
        assert_eq!(signal.drops.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_push_from_another_thread_is_taken_or_refused_and_never_lost() {
    loom::model(|| {
        let (driver, signal) = (driver(), Arc::<Signal>::default());
        signal.given.store(true, Ordering::Release);
        let pusher = thread::spawn({
            let (driver, signal) = (driver.clone(), Arc::clone(&signal));
            move || {
                let node = Owned::new(Waits(signal), label(), 1);
                driver.pending().one_more();
                node.header().settle_in(Some(driver.clone()));
                assert!(node.header().state.queue());
                let node = node.erase().node();
                // SAFETY: the node has been claimed, and its reference passes to the queue, or stays ours.
                let refused = unsafe { driver.ready().push(node) }.is_err();
                if refused {
                    driver.pending().one_less();
                    // SAFETY: nobody else knows the node.
                    unsafe { super::node::drop_job(node) };
                    // SAFETY: the reference is ours.
                    unsafe { super::node::release(node) };
                }
            }
        });
        drive(&driver);
        pusher.join().unwrap();
        assert_eq!(signal.drops.load(Ordering::Relaxed), 1);
        signal.waker.lock().unwrap().take();
    });
}

/// Counts its drops.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Ready at once with an output that counts its drops.
async fn output(drops: Arc<AtomicUsize>) -> Counted {
    Counted(drops)
}

/// Spawns a child of a driver, from outside of its polls, and gives its handle.
fn child(driver: &DriverRef, drops: &Arc<AtomicUsize>) -> Child<'static, Counted> {
    // SAFETY: the job borrows nothing, and it and its output are `Send`.
    let node = unsafe { spawn(driver, Runs::new(output(Arc::clone(drops))), label()) };
    // SAFETY: the node is a new child's, with this output.
    unsafe { Child::new(node) }
}

#[test]
fn a_childs_output_reaches_a_handle_on_another_thread_that_waits_for_it() {
    check_few_preemptions(|| {
        let (driver, drops) = (driver(), Arc::<AtomicUsize>::default());
        let child = child(&driver, &drops);
        let waiting = thread::spawn(|| drop(block_on(child)));
        drive(&driver);
        waiting.join().unwrap();
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_handle_dropped_beside_the_childs_end_leaves_its_output_dropped_once() {
    check_few_preemptions(|| {
        let (driver, drops) = (driver(), Arc::<AtomicUsize>::default());
        let child = child(&driver, &drops);
        let dropping = thread::spawn(|| drop(child));
        drive(&driver);
        dropping.join().unwrap();
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_child_cancelled_beside_its_end_gives_its_output_or_none_and_drops_it_once() {
    check_few_preemptions(|| {
        let (driver, drops) = (driver(), Arc::<AtomicUsize>::default());
        let child = child(&driver, &drops);
        let cancelling = thread::spawn(|| drop(block_on(child.cancel())));
        drive(&driver);
        cancelling.join().unwrap();
        assert!(drops.load(Ordering::Relaxed) <= 1);
    });
}

#[test]
fn a_cancel_on_another_thread_is_not_slept_through() {
    check_few_preemptions(|| {
        let driver = driver();
        let canceller = thread::spawn({
            let driver = driver.clone();
            move || driver.cancel(CancelReason::LostRace)
        });
        let mut work = Box::pin(Supervised::new(driver, pending::<()>()));
        let end = block_on(poll_fn(|cx| work.as_mut().poll(cx)));
        assert!(matches!(end, End::Cancelled));
        canceller.join().unwrap();
    });
}

#[test]
fn a_wait_for_a_cancel_that_comes_beside_it_hears_of_it() {
    check_few_preemptions(|| {
        let driver = driver();
        let canceller = thread::spawn({
            let driver = driver.clone();
            move || driver.ending().begin(CancelReason::LostRace)
        });
        let mut ticket = None;
        let reason = block_on(poll_fn(|cx| driver.ending().poll_begun(&mut ticket, cx)));
        assert_eq!(reason, CancelReason::LostRace);
        assert!(canceller.join().unwrap());
    });
}

/// A child whose waker is used on another thread, beside its end and later; its handle is kept there until then, or not at all.
fn use_waker_late(keeps_handle: bool) {
    check_few_preemptions(move || {
        let (driver, signal) = (driver(), Arc::<Signal>::default());
        let wait = {
            let signal = Arc::clone(&signal);
            poll_fn(move |cx| {
                *signal.waker.lock().unwrap() = Some(cx.waker().clone());
                if signal.given.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
            })
        };
        // SAFETY: the job borrows nothing, and it and its output are `Send`.
        let node = unsafe { spawn(&driver, Runs::new(wait), label()) };
        // SAFETY: the node is a new child's, with this output.
        let handle = Some(unsafe { Child::<()>::new(node) }).filter(|_| keeps_handle);
        let giver = thread::spawn({
            let signal = Arc::clone(&signal);
            move || {
                signal.give();
                let late = signal.waker.lock().unwrap().take();
                if let Some(waker) = late {
                    waker.wake_by_ref();
                    waker.wake();
                }
                drop(handle);
            }
        });
        drive(&driver);
        drop(driver);
        giver.join().unwrap();
        signal.waker.lock().unwrap().take();
    });
}

#[test]
fn a_childs_waker_used_beside_its_end_and_later_finds_its_scope_or_nothing() {
    use_waker_late(false);
}

#[test]
fn a_childs_waker_and_its_handle_may_both_outlast_its_end_on_another_thread() {
    use_waker_late(true);
}
