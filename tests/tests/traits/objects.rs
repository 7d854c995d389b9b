//! Calls through a trait object: cancelled and made to panic at every poll, begun on one thread and ended on another, and
//! through every kind of receiver.

use alloc::rc::Rc;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::thread;

use futures::Stream;
use futures::executor::block_on;
use onpar::trait_variant;
use onpar_test::{Trigger, every_poll};
use onpar_tests::Log;

#[trait_variant(send = SendWork, dyn = DynWork, dyn_send = DynSendWork)]
pub(crate) trait Work {
    async fn small(&self, trigger: &Trigger) -> usize;
    async fn large(&mut self, trigger: &Trigger) -> [u64; 64];
    async fn end(self, trigger: &Trigger) -> usize;
    fn numbers(&self) -> impl Iterator<Item = usize> + '_;
    fn stream(&self) -> impl Stream<Item = usize> + '_;
}

/// Writes when its calls end, in whichever way.
struct Worker(Log);

struct Ends(Log);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.add("ended");
    }
}

struct Countdown(usize);

impl Stream for Countdown {
    type Item = usize;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<usize>> {
        self.0 -= 1;
        Poll::Ready(if self.0 == 0 { None } else { Some(self.0) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0 - 1, Some(self.0 - 1))
    }
}

#[trait_variant(send = SendWork)]
impl Work for Worker {
    async fn small(&self, trigger: &Trigger) -> usize {
        let _ends = Ends(self.0.clone());
        trigger.pending_once().await;
        trigger.pending_once().await;
        1
    }

    async fn large(&mut self, trigger: &Trigger) -> [u64; 64] {
        let _ends = Ends(self.0.clone());
        let held = [7; 64];
        trigger.pending_once().await;
        held
    }

    async fn end(self, trigger: &Trigger) -> usize {
        let _ends = Ends(self.0.clone());
        trigger.pending_once().await;
        3
    }

    fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        0..3
    }

    fn stream(&self) -> impl Stream<Item = usize> + '_ {
        Countdown(3)
    }
}

fn worker(log: &Log) -> Box<DynSendWork<'static>> {
    Box::new(Worker(log.clone()))
}

/// All calls, one after another.
async fn all(mut work: Box<DynSendWork<'static>>, trigger: &Trigger) -> u64 {
    let mut sum = SendWork::small(&work, trigger).await as u64;
    sum += SendWork::large(&mut work, trigger).await[63];
    sum + SendWork::end(work, trigger).await as u64
}

#[test]
fn a_call_that_is_cancelled_at_any_poll_drops_its_future_at_once() {
    let log = Log::default();
    let boundaries = every_poll(|at| {
        let trigger = Trigger::never();
        let outcome = at.drive(at.cancel(all(worker(&log), &trigger)));
        let ended = log.take().len();
        // Which of the three calls it was in, each of which has ended by now, depends on the poll.
        assert!(if at.has_fired() {
            outcome == Some(None) && ended <= 3
        } else {
            outcome == Some(Some(11)) && ended == 3
        });
    });
    assert_eq!(boundaries, 5);
}

#[test]
fn a_call_that_panics_at_any_point_leaves_the_memory_sound() {
    let log = Log::default();
    let boundaries = every_poll(|at| {
        let trigger = at.panic_trigger();
        let outcome = at.catch(|| block_on(all(worker(&log), &trigger)));
        assert_eq!(outcome.is_none(), at.has_fired());
        log.take();
        // The same memory again.
        assert_eq!(block_on(all(worker(&log), &Trigger::never())), 11);
        assert_eq!(log.take().len(), 3);
    });
    assert_eq!(boundaries, 4);
}

#[test]
fn a_call_that_is_never_polled_drops_what_it_was_given() {
    let log = Log::default();
    let trigger = Trigger::never();
    drop(SendWork::end(worker(&log), &trigger));
    let mut work = worker(&log);
    drop(SendWork::large(&mut work, &trigger));
    assert_eq!(log.take(), Vec::<String>::new());
}

#[test]
fn iterators_and_streams_are_what_they_were() {
    let work = worker(&Log::default());
    assert_eq!(SendWork::numbers(&work).size_hint(), (3, Some(3)));
    assert!(SendWork::numbers(&work).eq([0, 1, 2]));
    let mut stream = pin!(SendWork::stream(&work));
    assert_eq!(stream.size_hint(), (2, Some(2)));
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(stream.as_mut().poll_next(&mut cx), Poll::Ready(Some(2)));
    assert_eq!(stream.as_mut().poll_next(&mut cx), Poll::Ready(Some(1)));
    assert_eq!(stream.as_mut().poll_next(&mut cx), Poll::Ready(None));
}

#[test]
fn a_call_begun_on_one_thread_ends_on_another() {
    let log = Log::default();
    let work: Box<DynSendWork<'static>> = worker(&log);
    let trigger = Trigger::never();
    for _ in 0..100 {
        thread::scope(|threads| {
            let calls: Vec<_> = (0..8).map(|_| SendWork::small(&work, &trigger)).collect();
            threads.spawn(move || {
                for call in calls {
                    assert_eq!(block_on(call), 1);
                }
            });
        });
    }
    assert_eq!(log.take().len(), 800);
}

#[test]
fn calls_are_send_only_where_the_trait_says_so() {
    fn assert_send<T: Send>(_: &T) {}
    let trigger = Trigger::never();
    let work = worker(&Log::default());
    assert_send(&work);
    assert_send(&SendWork::small(&work, &trigger));
    assert_send(&SendWork::numbers(&work));
    assert_send(&SendWork::stream(&work));
}

/// Every kind of `self` that an object may have.
#[trait_variant(dyn = DynReceivers)]
pub(crate) trait Receivers {
    async fn boxed(self: Box<Self>) -> u8;
    async fn shared(self: Rc<Self>) -> u8;
    async fn pinned(self: Pin<&mut Self>) -> u8;
    async fn default(&self) -> u8 {
        4
    }
}

impl Receivers for u8 {
    async fn boxed(self: Box<Self>) -> u8 {
        *self
    }

    async fn shared(self: Rc<Self>) -> u8 {
        *self + 1
    }

    async fn pinned(self: Pin<&mut Self>) -> u8 {
        *self + 2
    }
}

#[test]
fn every_kind_of_self_goes_through_an_object() {
    let boxed: Box<DynReceivers<'_>> = Box::new(1);
    assert_eq!(block_on(boxed.default()), 4);
    assert_eq!(block_on(boxed.boxed()), 1);
    let shared: Rc<DynReceivers<'_>> = Rc::new(1);
    assert_eq!(block_on(shared.shared()), 2);
    let mut one = 1_u8;
    let pinned: Pin<&mut DynReceivers<'_>> = Pin::new(&mut one) as Pin<&mut u8>;
    assert_eq!(block_on(pinned.pinned()), 3);
}

/// What forwards where it can leaves no object that nobody can call.
#[trait_variant(dyn = DynEnd, forward(Box))]
pub(crate) trait End {
    async fn look(&self) -> u8;
    async fn end(self) -> u8;
}

/// As does what forwards in other places.
#[trait_variant(dyn = DynLook, forward(&))]
pub(crate) trait Look {
    async fn look(&self) -> u8;
}

impl End for u8 {
    async fn look(&self) -> u8 {
        *self
    }

    async fn end(self) -> u8 {
        self
    }
}

impl Look for u8 {
    async fn look(&self) -> u8 {
        *self
    }
}

#[test]
fn a_box_of_an_object_is_one_beside_the_pointers_that_forward() {
    async fn of_end(it: impl End) -> u8 {
        it.look().await + it.end().await
    }
    async fn of_look(it: impl Look) -> u8 {
        it.look().await
    }
    let object: Box<DynEnd<'_>> = Box::new(1);
    assert_eq!(block_on(of_end(object)) + block_on(of_end(Box::new(2_u8))), 6);
    let object: Box<DynLook<'_>> = Box::new(1);
    assert_eq!(block_on(of_look(&object)) + block_on(of_look(object)), 2);
}
