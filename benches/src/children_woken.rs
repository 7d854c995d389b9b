//! Many children that wait, and are woken from outside: one at a time, or all together.
//!
//! What is idle must cost nothing: a wake-up of one among many costs what a wake-up of the only one does.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::pin;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use futures::task::AtomicWaker;
use futures_concurrency::prelude::*;
use onpar_scope::scope;
use tokio::task::JoinSet;

use crate::case::{Case, Side};
use crate::drive::runtime;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("children_one_woken_10k", with_onpar::<10_000, 1>, with_futures::<10_000, 1>)
        .beside("FuturesUnordered")
        .and(&others::<10_000, 1>())
        .units(10_000),
    Case::new("children_all_woken_160k", with_onpar::<160_000, 160_000>, with_futures::<160_000, 160_000>)
        .beside("FuturesUnordered")
        .and(&others::<160_000, 160_000>())
        .units(160_000),
];

const fn others<const COUNT: usize, const TOGETHER: usize>() -> [Side; 3] {
    [
        Side::new("tokio", with_tokio::<COUNT, TOGETHER>),
        Side::new("futures-concurrency", with_futures_concurrency::<COUNT, TOGETHER>),
        Side::new("moro", with_moro::<COUNT, TOGETHER>),
    ]
}

/// What the children wait for, one each.
struct Signals {
    each: Vec<Signal>,
    /// How many children wait or have waited.
    waiting: AtomicUsize,
}

#[derive(Default)]
struct Signal {
    given: AtomicBool,
    waker: AtomicWaker,
}

impl Signals {
    fn new(count: usize) -> Self {
        Self { each: (0..count).map(|_| Signal::default()).collect(), waiting: AtomicUsize::new(0) }
    }

    fn are_all_waited_for(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) == self.each.len()
    }

    /// The same child on all sides.
    async fn wait(&self, number: usize) {
        let signal = &self.each[number];
        poll_fn(|cx| {
            if signal.given.load(Ordering::Acquire) {
                return Poll::Ready(());
            }
            signal.waker.register(cx.waker());
            self.waiting.fetch_add(1, Ordering::Relaxed);
            Poll::Pending
        })
        .await;
    }
}

impl Signal {
    fn give(&self) {
        self.given.store(true, Ordering::Release);
        self.waker.wake();
    }
}

/// Polls `work` until all wait, then gives so many signals before each poll, and then polls it to its end.
fn drive<T>(signals: &Signals, together: usize, work: impl Future<Output = T>) {
    let mut work = pin!(work);
    let mut cx = Context::from_waker(Waker::noop());
    while !signals.are_all_waited_for() {
        assert!(work.as_mut().poll(&mut cx).is_pending(), "nobody ends without a signal");
    }
    let mut ended = false;
    for some in signals.each.chunks(together) {
        some.iter().for_each(Signal::give);
        ended = work.as_mut().poll(&mut cx).is_ready();
    }
    while !ended {
        ended = work.as_mut().poll(&mut cx).is_ready();
    }
}

fn with_onpar<const COUNT: usize, const TOGETHER: usize>(iterations: u64) {
    for _ in 0..iterations {
        let signals = &Signals::new(COUNT);
        let work = scope(async |s| {
            for number in 0..COUNT {
                drop(s.spawn(signals.wait(number)));
            }
        });
        drive(signals, TOGETHER, work);
    }
}

fn with_futures<const COUNT: usize, const TOGETHER: usize>(iterations: u64) {
    for _ in 0..iterations {
        let signals = &Signals::new(COUNT);
        let work = async {
            let mut set: FuturesUnordered<_> = (0..COUNT).map(|number| signals.wait(number)).collect();
            while set.next().await.is_some() {}
        };
        drive(signals, TOGETHER, work);
    }
}

fn with_futures_concurrency<const COUNT: usize, const TOGETHER: usize>(iterations: u64) {
    for _ in 0..iterations {
        let signals = &Signals::new(COUNT);
        let children: Vec<_> = (0..COUNT).map(|number| signals.wait(number)).collect();
        drive(signals, TOGETHER, children.join());
    }
}

fn with_moro<const COUNT: usize, const TOGETHER: usize>(iterations: u64) {
    for _ in 0..iterations {
        let signals = &Signals::new(COUNT);
        let work = moro::async_scope!(|s| {
            for number in 0..COUNT {
                drop(s.spawn(signals.wait(number)));
            }
        });
        drive(signals, TOGETHER, work);
    }
}

fn with_tokio<const COUNT: usize, const TOGETHER: usize>(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let signals = Arc::new(Signals::new(COUNT));
            let child = |number| {
                let signals = Arc::clone(&signals);
                async move { signals.wait(number).await }
            };
            let mut set: JoinSet<_> = (0..COUNT).map(child).collect();
            while !signals.are_all_waited_for() {
                YieldOnce::default().await;
            }
            for some in signals.each.chunks(TOGETHER) {
                some.iter().for_each(Signal::give);
                YieldOnce::default().await;
            }
            while set.join_next().await.is_some() {}
        }
    });
}
