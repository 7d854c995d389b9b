//! `merge`, `Group` and `flatten_concurrent` beside those of futures, tokio-stream and futures-concurrency: one of many members
//! is woken, gives an item, and has no other; or members have items all the time.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::hint::black_box;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use futures::stream::{SelectAll, select, select_all};
use futures::{Stream, StreamExt};
use futures_concurrency::stream::{Merge as _, StreamGroup};
use onpar_iter::{AsyncIterator, AsyncStreamExt as _, Group, IntoAsyncIterator as _, limit, merge, merge_all, sync};
use tokio_stream::StreamMap;

use crate::Case;
use crate::case::Side;
use crate::drive::drive;

pub(crate) const CASES: &[Case] = &[
    Case::new("merge_6_woken", woken::<6>, woken_with_futures::<6>).beside("futures").and(&[
        Side::new("tokio-stream", woken_with_tokio::<6>),
        Side::new("futures-concurrency", woken_with_concurrency::<6>),
    ]),
    Case::new("merge_10_woken", woken::<10>, woken_with_futures::<10>).beside("futures").and(&[
        Side::new("tokio-stream", woken_with_tokio::<10>),
        Side::new("futures-concurrency", woken_with_concurrency::<10>),
    ]),
    Case::new("merge_1000_woken", woken::<1_000>, woken_with_futures::<1_000>).beside("futures").and(&[
        Side::new("tokio-stream", woken_with_tokio::<1_000>),
        Side::new("futures-concurrency", woken_with_concurrency::<1_000>),
    ]),
    Case::new("merge_100k_woken", woken::<100_000>, woken_with_futures::<100_000>).beside("futures"),
    Case::new("group_1000_woken", woken_of_a_group, woken_of_a_group_with_futures)
        .beside("futures")
        .and(&[Side::new("futures-concurrency", woken_of_a_group_with_concurrency)]),
    Case::new("merge_2_ready", ready, ready_with_futures)
        .beside("futures")
        .units(2 * ITEMS)
        .and(&[Side::new("tokio-stream", ready_with_tokio), Side::new("futures-concurrency", ready_with_concurrency)]),
    Case::new("merge_1000_ready", many_ready, many_ready_with_futures)
        .beside("futures")
        .units(MEMBERS * 10)
        .and(&[Side::new("futures-concurrency", many_ready_with_concurrency)]),
    Case::new("group_come_and_go", come_and_go, come_and_go_with_futures)
        .beside("futures")
        .and(&[Side::new("futures-concurrency", come_and_go_with_concurrency)]),
    Case::new("flatten_concurrent", flatten, flatten_with_futures).beside("futures").units(MEMBERS * 10),
];

const ITEMS: u32 = 10_000;
const MEMBERS: u32 = 1_000;

/// What members wait for.
#[derive(Default)]
struct Mail {
    waker: RefCell<Option<Waker>>,
    has: Cell<bool>,
}

/// A member that gives an item when there is one.
struct Reader(Rc<Mail>);

impl Stream for Reader {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        if self.0.has.replace(false) {
            return Poll::Ready(Some(7));
        }
        match &mut *self.0.waker.borrow_mut() {
            Some(waker) => waker.clone_from(cx.waker()),
            empty @ None => *empty = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

/// Wakes one member after another, takes its item and asks for another.
fn one_of_many<S: Stream>(members: usize, iterations: u64, merge: impl Fn(Vec<Reader>) -> S) {
    let mails: Vec<Rc<Mail>> = (0..members).map(|_| Rc::default()).collect();
    let mut merged = pin!(merge(mails.iter().map(|mail| Reader(Rc::clone(mail))).collect()));
    let cx = &mut Context::from_waker(Waker::noop());
    for _ in 0..members {
        let _ = black_box(merged.as_mut().poll_next(cx).is_pending());
    }
    let mut member = 0;
    for _ in 0..iterations {
        member = (member + 617) % members;
        mails[member].has.set(true);
        if let Some(waker) = mails[member].waker.take() {
            waker.wake();
        }
        let _ = black_box(merged.as_mut().poll_next(cx).is_ready());
        let _ = black_box(merged.as_mut().poll_next(cx).is_pending());
    }
}

fn woken<const MEMBERS: usize>(iterations: u64) {
    one_of_many(MEMBERS, iterations, merge);
}

fn woken_with_futures<const MEMBERS: usize>(iterations: u64) {
    one_of_many(MEMBERS, iterations, select_all);
}

fn woken_with_tokio<const MEMBERS: usize>(iterations: u64) {
    one_of_many(MEMBERS, iterations, |readers| readers.into_iter().enumerate().collect::<StreamMap<_, _>>());
}

fn woken_with_concurrency<const MEMBERS: usize>(iterations: u64) {
    one_of_many(MEMBERS, iterations, Vec::merge);
}

fn woken_of_a_group(iterations: u64) {
    one_of_many(1_000, iterations, |readers| readers.into_iter().collect::<Group<_>>());
}

fn woken_of_a_group_with_futures(iterations: u64) {
    one_of_many(1_000, iterations, |readers| readers.into_iter().collect::<SelectAll<_>>());
}

fn woken_of_a_group_with_concurrency(iterations: u64) {
    one_of_many(1_000, iterations, |readers| readers.into_iter().collect::<StreamGroup<_>>());
}

fn numbers(count: u32) -> impl Iterator<Item = u32> {
    (0..count).map(black_box)
}

/// Counts the items.
fn drain(iterations: u64, stream: impl Fn() -> u64) {
    for _ in 0..iterations {
        black_box(stream());
    }
}

fn sum(stream: impl Stream<Item = u32>) -> u64 {
    let mut stream = pin!(stream);
    let cx = &mut Context::from_waker(Waker::noop());
    let mut sum = 0;
    loop {
        match stream.as_mut().poll_next(cx) {
            Poll::Ready(Some(item)) => sum += u64::from(item),
            Poll::Ready(None) => return sum,
            Poll::Pending => {}
        }
    }
}

fn ready(iterations: u64) {
    drain(iterations, || sum(merge((numbers(ITEMS).into_async_iter(), numbers(ITEMS).into_async_iter()))));
}

fn ready_with_futures(iterations: u64) {
    drain(iterations, || sum(select(numbers(ITEMS).into_async_iter(), numbers(ITEMS).into_async_iter())));
}

fn ready_with_tokio(iterations: u64) {
    drain(iterations, || {
        let other = numbers(ITEMS).into_async_iter();
        sum(tokio_stream::StreamExt::merge(numbers(ITEMS).into_async_iter(), other))
    });
}

fn ready_with_concurrency(iterations: u64) {
    drain(iterations, || sum((numbers(ITEMS).into_async_iter(), numbers(ITEMS).into_async_iter()).merge()));
}

fn many_ready(iterations: u64) {
    drain(iterations, || sum(merge_all((0..MEMBERS).map(|_| numbers(10).into_async_iter()))));
}

fn many_ready_with_futures(iterations: u64) {
    drain(iterations, || sum(select_all((0..MEMBERS).map(|_| numbers(10).into_async_iter()))));
}

fn many_ready_with_concurrency(iterations: u64) {
    drain(iterations, || sum((0..MEMBERS).map(|_| numbers(10).into_async_iter()).collect::<Vec<_>>().merge()));
}

/// A member comes, gives its item, and ends.
fn come_and_go(iterations: u64) {
    let mut group = Group::new();
    for _ in 0..iterations {
        group.insert(numbers(1).into_async_iter());
        black_box(drive(AsyncIterator::count(&mut group)));
    }
}

fn come_and_go_with_futures(iterations: u64) {
    let mut group = SelectAll::new();
    for _ in 0..iterations {
        group.push(numbers(1).into_async_iter());
        black_box(drive(StreamExt::count(&mut group)));
    }
}

fn come_and_go_with_concurrency(iterations: u64) {
    let mut group = StreamGroup::new();
    for _ in 0..iterations {
        group.insert(numbers(1).into_async_iter());
        black_box(drive(StreamExt::count(&mut group)));
    }
}

fn flatten(iterations: u64) {
    drain(iterations, || {
        let streams = AsyncIterator::map((0..MEMBERS).into_async_iter(), sync(|_| numbers(10).into_async_iter()));
        sum(streams.flatten_concurrent(limit!(64)))
    });
}

fn flatten_with_futures(iterations: u64) {
    drain(iterations, || {
        let streams = StreamExt::map((0..MEMBERS).into_async_iter(), |_| numbers(10).into_async_iter());
        sum(streams.flatten_unordered(64))
    });
}
