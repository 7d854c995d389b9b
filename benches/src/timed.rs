//! Streams that wait for a clock, beside those of tokio-stream, on the same clock: tokio's.
//!
//! Items are ready, or pending once each, so that a timer is set; none is late. Those that `throttle` lets wait do so in many
//! streams at a time, so that what is measured is not the waiting.

use core::future::poll_fn;
use core::hint::black_box;
use core::num::NonZero;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, ready};
use core::time::Duration;

use onpar_iter::{AsyncTimed, IntoAsyncIterator as _, Stream};
use onpar_rt::tokio_1::Tokio;
use tokio::runtime::Runtime;
use tokio_stream::StreamExt;

use crate::Case;
use crate::drive::runtime_with_time;

pub(crate) const CASES: &[Case] = &[
    case("iter_timeout_ready", |n| timeout(n, ready_items), |n| timeout_of_tokio(n, ready_items)),
    case("iter_timeout_pending", |n| timeout(n, Sparse::new), |n| timeout_of_tokio(n, Sparse::new)),
    Case::new("iter_throttle", throttle, throttle_of_tokio).beside("tokio-stream").units(STREAMS * THROTTLED),
    case("iter_chunks_timeout_ready", |n| chunks(n, ready_items), |n| chunks_of_tokio(n, ready_items)),
    case("iter_chunks_timeout_pending", |n| chunks(n, Sparse::new), |n| chunks_of_tokio(n, Sparse::new)),
];

const fn case(name: &'static str, onpar: fn(u64), tokio: fn(u64)) -> Case {
    Case::new(name, onpar, tokio).beside("tokio-stream").units(ITEMS)
}

const ITEMS: u32 = 1000;
const CHUNK: usize = 100;
/// So many streams, each with so many items, which come one a millisecond.
const STREAMS: u32 = 100;
const THROTTLED: u32 = 100;
/// Far away, so that it does not come.
const FAR: Duration = Duration::from_mins(1);
const SOON: Duration = Duration::from_millis(1);

fn ready_items() -> impl Stream<Item = u32> {
    (0..ITEMS).into_async_iter()
}

/// Items that are pending once each.
struct Sparse {
    next: u32,
    polled: bool,
}

impl Sparse {
    const fn new() -> Self {
        Self { next: 0, polled: false }
    }
}

impl Stream for Sparse {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        self.polled = !self.polled;
        if self.polled {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let item = self.next;
        self.next += 1;
        Poll::Ready((item < ITEMS).then_some(item))
    }
}

/// Reads each of so many streams to its end.
fn drain<S: Stream>(runtime: &Runtime, iterations: u64, stream: impl Fn(Tokio) -> S) {
    runtime.block_on(async {
        let Ok(clock) = Tokio::current() else { unreachable!("this runtime has a timer") };
        for _ in 0..iterations {
            let mut stream = pin!(stream(clock.clone()));
            poll_fn(|cx| {
                while let Some(item) = ready!(stream.as_mut().poll_next(cx)) {
                    black_box(item);
                }
                Poll::Ready(())
            })
            .await;
        }
    });
}

fn timeout<S: Stream>(iterations: u64, items: impl Fn() -> S) {
    drain(&runtime_with_time(), iterations, |clock| AsyncTimed::timeout(items(), clock, FAR));
}

fn timeout_of_tokio<S: Stream>(iterations: u64, items: impl Fn() -> S) {
    drain(&runtime_with_time(), iterations, |_| StreamExt::timeout(items(), FAR));
}

fn throttle(iterations: u64) {
    drain_many(iterations, |clock| AsyncTimed::throttle((0..THROTTLED).into_async_iter(), clock, SOON));
}

fn throttle_of_tokio(iterations: u64) {
    drain_many(iterations, |_| StreamExt::throttle((0..THROTTLED).into_async_iter(), SOON));
}

/// Reads so many times many streams to their ends, all of them side by side. Their timers end together.
fn drain_many<S: Stream>(iterations: u64, stream: impl Fn(Tokio) -> S) {
    runtime_with_time().block_on(async {
        let Ok(clock) = Tokio::current() else { unreachable!("this runtime has a timer") };
        for _ in 0..iterations {
            let mut streams: Vec<_> = (0..STREAMS).map(|_| Box::pin(stream(clock.clone()))).collect();
            poll_fn(|cx| {
                streams.retain_mut(|stream| {
                    loop {
                        match stream.as_mut().poll_next(cx) {
                            Poll::Ready(Some(item)) => black_box(item),
                            polled => break polled.is_pending(),
                        };
                    }
                });
                if streams.is_empty() { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
    });
}

fn chunks<S: Stream>(iterations: u64, items: impl Fn() -> S) {
    let Some(size) = NonZero::new(CHUNK) else { unreachable!("it is not zero") };
    drain(&runtime_with_time(), iterations, |clock| AsyncTimed::chunks_timeout(items(), clock, size, FAR));
}

fn chunks_of_tokio<S: Stream>(iterations: u64, items: impl Fn() -> S) {
    drain(&runtime_with_time(), iterations, |_| StreamExt::chunks_timeout(items(), CHUNK, FAR));
}
