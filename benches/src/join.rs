//! `join` and `race` beside those of futures and of futures-concurrency. Each member is pending once, and wakes itself; or
//! waits, and is woken while all others wait.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::{Pending, pending};
use core::hint::black_box;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use futures::future::{join_all as futures_join_all, select};
use futures_concurrency::future::{Join as _, Race as _};
use onpar_scope::{join, join_all, race};

use crate::Case;
use crate::drive::drive;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("join_2", two, two_with_futures).beside("futures"),
    Case::new("join_2_fc", two, two_with_concurrency).beside("futures-concurrency"),
    Case::new("join_10", ten, ten_with_futures).beside("futures"),
    Case::new("join_10_fc", ten, ten_with_concurrency).beside("futures-concurrency"),
    Case::new("join_10_array", array, array_with_futures).beside("futures"),
    Case::new("join_10_array_fc", array, array_with_concurrency).beside("futures-concurrency"),
    Case::new("join_10_vec", vec, vec_with_futures).beside("futures"),
    Case::new("join_1000", many, many_with_futures).beside("futures").units(MANY),
    Case::new("join_1000_fc", many, many_with_concurrency).beside("futures-concurrency").units(MANY),
    Case::new("join_1000_woken", woken, woken_with_futures).beside("futures").units(MANY),
    Case::new("join_1000_woken_fc", woken, woken_with_concurrency).beside("futures-concurrency").units(MANY),
    Case::new("race_2", race_two, race_two_with_futures).beside("futures"),
    Case::new("race_2_fc", race_two, race_two_with_concurrency).beside("futures-concurrency"),
];

const MANY: u32 = 1000;

/// Pending at its first poll, ready at its second, with a value.
async fn number(number: u64) -> u64 {
    YieldOnce::default().await;
    black_box(number)
}

fn each<F: Future>(iterations: u64, work: impl Fn(u64) -> F) {
    for i in 0..iterations {
        black_box(drive(work(i)));
    }
}

fn two(iterations: u64) {
    each(iterations, |i| join((number(i), number(i + 1))));
}

fn two_with_futures(iterations: u64) {
    each(iterations, async |i| futures::join!(number(i), number(i + 1)));
}

fn two_with_concurrency(iterations: u64) {
    each(iterations, |i| (number(i), number(i + 1)).join());
}

fn ten(n: u64) {
    each(n, |i| {
        join((
            number(i),
            number(1),
            number(2),
            number(3),
            number(4),
            number(5),
            number(6),
            number(7),
            number(8),
            number(9),
        ))
    });
}

fn ten_with_futures(n: u64) {
    each(n, async |i| {
        futures::join!(
            number(i),
            number(1),
            number(2),
            number(3),
            number(4),
            number(5),
            number(6),
            number(7),
            number(8),
            number(9),
        )
    });
}

fn ten_with_concurrency(n: u64) {
    each(n, |i| {
        (number(i), number(1), number(2), number(3), number(4), number(5), number(6), number(7), number(8), number(9))
            .join()
    });
}

const TEN: [u64; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

fn array(iterations: u64) {
    each(iterations, |_| join(TEN.map(number)));
}

fn array_with_futures(iterations: u64) {
    each(iterations, |_| futures_join_all(TEN.map(number)));
}

fn array_with_concurrency(iterations: u64) {
    each(iterations, |_| TEN.map(number).join());
}

fn vec(iterations: u64) {
    each(iterations, |_| join_all((0..10).map(number)));
}

fn vec_with_futures(iterations: u64) {
    each(iterations, |_| futures_join_all((0..10).map(number)));
}

fn many(iterations: u64) {
    each(iterations, |_| join_all((0..MANY).map(|i| number(i.into()))));
}

fn many_with_futures(iterations: u64) {
    each(iterations, |_| futures_join_all((0..MANY).map(|i| number(i.into()))));
}

fn many_with_concurrency(iterations: u64) {
    each(iterations, |_| (0..MANY).map(|i| number(i.into())).collect::<Vec<_>>().join());
}

/// Members that wait, each for its own wake.
#[derive(Default)]
struct Waiting {
    wakers: RefCell<Vec<Waker>>,
    given: Cell<u32>,
}

impl Waiting {
    /// Ends when so many have been given.
    fn until(self: Rc<Self>, given: u32) -> Until {
        Until { waiting: self, given, left_waker: false }
    }
}

struct Until {
    waiting: Rc<Waiting>,
    given: u32,
    left_waker: bool,
}

impl Future for Until {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        if self.waiting.given.get() > self.given {
            return Poll::Ready(self.given);
        }
        if !core::mem::replace(&mut self.left_waker, true) {
            self.waiting.wakers.borrow_mut().push(cx.waker().clone());
        }
        Poll::Pending
    }
}

/// Wakes one member after another, and polls after each.
fn one_after_another<F: Future>(iterations: u64, join: impl Fn(Vec<Until>) -> F) {
    for _ in 0..iterations {
        let waiting = Rc::new(Waiting::default());
        let mut work = pin!(join((0..MANY).map(|n| Rc::clone(&waiting).until(n)).collect()));
        let cx = &mut Context::from_waker(Waker::noop());
        let _ = black_box(work.as_mut().poll(cx).is_pending());
        let wakers = waiting.wakers.take();
        for waker in wakers {
            waiting.given.set(waiting.given.get() + 1);
            waker.wake();
            let _ = black_box(work.as_mut().poll(cx).is_pending());
        }
    }
}

fn woken(iterations: u64) {
    one_after_another(iterations, join);
}

fn woken_with_futures(iterations: u64) {
    one_after_another(iterations, futures_join_all);
}

fn woken_with_concurrency(iterations: u64) {
    one_after_another(iterations, Vec::join);
}

fn never() -> Pending<u64> {
    pending()
}

fn race_two(iterations: u64) {
    each(iterations, |i| race((never(), number(i))));
}

fn race_two_with_futures(iterations: u64) {
    each(iterations, async |i| select(never(), pin!(number(i))).await.factor_first().0);
}

fn race_two_with_concurrency(iterations: u64) {
    each(iterations, |i| (never(), number(i)).race());
}
