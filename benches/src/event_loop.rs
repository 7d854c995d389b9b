//! An event loop of four arms beside the peers' ways to write it: `select!` in a loop, and `join_me_maybe`.
//!
//! `steady`: every arm has its next item at once, as when there is more to do than time. `sparse`: in each poll one arm has
//! an item and three are pending, as when the loop waits for the next packet. The handlers add the item to the state.

use core::cell::Cell;
use core::future::poll_fn;
use core::hint::black_box;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};

use futures::stream::{FusedStream, Stream, StreamExt as _};
use join_me_maybe::join;
use onpar_scope::events;

use crate::Case;
use crate::drive;

pub(crate) const CASES: &[Case] = &[
    Case::new("event_loop_steady", |n| with_onpar(steady, n), |n| with_tokio(steady, n)).units(ARMS).beside("tokio"),
    Case::new("event_loop_sparse", |n| with_onpar(sparse, n), |n| with_tokio(sparse, n)).units(ARMS).beside("tokio"),
    Case::new("event_loop_futures_steady", |n| with_onpar(steady, n), |n| with_futures(steady, n))
        .units(ARMS)
        .beside("futures"),
    Case::new("event_loop_futures_sparse", |n| with_onpar(sparse, n), |n| with_futures(sparse, n))
        .units(ARMS)
        .beside("futures"),
    Case::new("event_loop_joined_steady", |n| with_onpar(steady, n), |n| with_join_me_maybe(steady, n))
        .units(ARMS)
        .beside("join_me_maybe"),
    Case::new("event_loop_joined_sparse", |n| with_onpar(sparse, n), |n| with_join_me_maybe(sparse, n))
        .units(ARMS)
        .beside("join_me_maybe"),
];

const ARMS: u32 = 4;

/// So many items. Each is there from some poll of the loop on.
struct Ticks<'a> {
    /// Which poll this is.
    now: &'a Cell<u64>,
    next: u64,
    gap: u64,
    left: u64,
}

/// Four streams, of so many items each.
type Streams = fn(&Cell<u64>, u64) -> [Ticks<'_>; 4];

/// Every stream has an item at once.
fn steady(now: &Cell<u64>, left: u64) -> [Ticks<'_>; 4] {
    [0; 4].map(|next| Ticks { now, next, gap: 0, left })
}

/// In each poll, one of the streams has one: they take turns.
fn sparse(now: &Cell<u64>, left: u64) -> [Ticks<'_>; 4] {
    [0, 1, 2, 3].map(|next| Ticks { now, next, gap: 4, left })
}

impl Stream for Ticks<'_> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if self.now.get() < self.next {
            return Poll::Pending;
        }
        self.next += self.gap;
        self.left -= 1;
        Poll::Ready(Some(black_box(self.left)))
    }
}

/// Polls until the future has ended, and counts the polls.
fn drive(now: &Cell<u64>, work: impl Future<Output = ()>) {
    let mut work = pin!(work);
    drive::drive(poll_fn(|cx| {
        let polled = work.as_mut().poll(cx);
        now.set(now.get() + 1);
        polled
    }));
}

impl FusedStream for Ticks<'_> {
    fn is_terminated(&self) -> bool {
        self.left == 0
    }
}

fn with_onpar(streams: Streams, iterations: u64) {
    let (now, mut sum) = (Cell::new(0), 0_u64);
    let [one, two, three, four] = streams(&now, iterations);
    let work = events(&mut sum)
        .on(one, async |sum, n| *sum += n)
        .on(two, async |sum, n| *sum += n + 1)
        .on(three, async |sum, n| *sum += n + 2)
        .on(four, async |sum, n| *sum += n + 3);
    drive(&now, work.run());
    black_box(sum);
}

fn with_tokio(streams: Streams, iterations: u64) {
    let (now, mut sum) = (Cell::new(0), 0_u64);
    let work = async {
        let [mut one, mut two, mut three, mut four] = streams(&now, iterations);
        loop {
            tokio::select! {
                Some(n) = one.next() => sum += n,
                Some(n) = two.next() => sum += n + 1,
                Some(n) = three.next() => sum += n + 2,
                Some(n) = four.next() => sum += n + 3,
                else => break,
            }
        }
    };
    drive(&now, work);
    black_box(sum);
}

fn with_futures(streams: Streams, iterations: u64) {
    let (now, mut sum) = (Cell::new(0), 0_u64);
    let work = async {
        let [mut one, mut two, mut three, mut four] = streams(&now, iterations);
        loop {
            futures::select! {
                n = one.select_next_some() => sum += n,
                n = two.select_next_some() => sum += n + 1,
                n = three.select_next_some() => sum += n + 2,
                n = four.select_next_some() => sum += n + 3,
                complete => break,
            }
        }
    };
    drive(&now, work);
    black_box(sum);
}

#[expect(clippy::drop_non_drop, reason = "so the macro expands")]
fn with_join_me_maybe(streams: Streams, iterations: u64) {
    let (now, mut sum) = (Cell::new(0), 0_u64);
    let work = async {
        let [one, two, three, four] = streams(&now, iterations);
        join!(
            n in one => sum += n,
            n in two => sum += n + 1,
            n in three => sum += n + 2,
            n in four => sum += n + 3,
        );
    };
    drive(&now, work);
    black_box(sum);
}
