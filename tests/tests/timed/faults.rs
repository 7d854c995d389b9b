//! A clock, a stream or an item that panics, at any of its calls; a clock that jumps; and sleeps of which none is left, is
//! polled after its end, or is used again after a panic.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::mem::replace;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll};
use core::time::Duration;
use std::panic::{catch_unwind, resume_unwind};

use onpar_core::{Clock, Elapsed, Instant};
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, IntoAsyncIterator as _, Stream, limit};
use onpar_test::{Rt, Sim};

use crate::arrivals::{Arrivals, Script, ms, since_start};
use crate::table::{self, Row, Thing};

fn script() -> Script {
    Script::new([0, 0, 3, 8, 20, 21, 22, 23, 60], 75)
}

/// What a panic says that is meant.
const MEANT: &str = "as it should";

/// Panics at one call of many.
#[derive(Clone, Debug, Default)]
struct Mine(Arc<(AtomicUsize, AtomicUsize)>);

impl Mine {
    /// Begins to count.
    fn arm(&self, panics_at: usize) {
        self.0.0.store(0, Ordering::Relaxed);
        self.0.1.store(panics_at + 1, Ordering::Relaxed);
    }

    fn step_on(&self) {
        let calls = self.0.0.fetch_add(1, Ordering::Relaxed) + 1;
        if calls == self.0.1.load(Ordering::Relaxed) {
            resume_unwind(Box::new(MEANT)); // without a message: there are many
        }
    }

    fn calls(&self) -> usize {
        self.0.0.load(Ordering::Relaxed)
    }
}

/// A clock that panics at one call, be it of its own or of one of its sleeps, and may go back.
#[derive(Clone, Debug)]
struct Fragile {
    rt: Rt,
    mine: Mine,
    sleeps: Arc<AtomicUsize>,
    goes_back: bool,
}

impl Fragile {
    fn new(rt: &Rt) -> Self {
        Self { rt: rt.clone(), mine: Mine::default(), sleeps: Arc::default(), goes_back: false }
    }

    /// By how many nanoseconds it has gone back.
    fn behind(&self) -> u64 {
        if self.goes_back && since_start(&self.rt) >= 15 { 12_000_000 } else { 0 }
    }

    /// When it is that time by the clock which does not go back, as things stand.
    fn true_time(&self, told: Instant) -> Instant {
        told + Duration::from_nanos(self.behind())
    }
}

#[derive(Debug)]
struct FragileSleep {
    sleep: Pin<Box<<Rt as Clock>::Sleep>>,
    clock: Fragile,
    has_ended: bool,
    has_panicked: bool,
}

impl Clock for Fragile {
    type Sleep = FragileSleep;

    fn now(&self) -> Instant {
        self.mine.step_on();
        Instant::from_nanos(self.rt.now().as_nanos() - self.behind())
    }

    fn sleep_until(&self, deadline: Instant) -> FragileSleep {
        self.mine.step_on();
        assert!(self.sleeps.fetch_add(1, Ordering::Relaxed) < 2, "more sleeps than one, and that which replaces it");
        let sleep = Box::pin(self.rt.sleep_until(self.true_time(deadline)));
        FragileSleep { sleep, clock: self.clone(), has_ended: false, has_panicked: false }
    }

    fn reset(&self, sleep: Pin<&mut FragileSleep>, deadline: Instant) {
        let sleep = sleep.get_mut();
        assert!(!replace(&mut sleep.has_panicked, true), "used after a panic");
        self.mine.step_on();
        sleep.has_panicked = false;
        sleep.has_ended = false;
        self.rt.reset(sleep.sleep.as_mut(), self.true_time(deadline));
    }
}

impl Future for FragileSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        assert!(!self.has_ended, "polled after its end");
        assert!(!replace(&mut self.has_panicked, true), "used after a panic");
        self.clock.mine.step_on();
        self.has_panicked = false;
        let polled = self.sleep.as_mut().poll(cx);
        self.has_ended = polled.is_ready();
        polled
    }
}

impl Drop for FragileSleep {
    fn drop(&mut self) {
        self.clock.sleeps.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The items of a script, of a stream that panics at one of its polls.
#[derive(Debug)]
struct Mined(Arrivals, Mine);

impl Stream for Mined {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        self.1.step_on();
        Pin::new(&mut self.0).poll_next(cx)
    }
}

/// What was given, with the end, and how many panics there were.
type Found<T> = (Vec<(u64, Option<T>)>, usize);

/// Reads to the end, and on after each panic.
async fn read_through<T>(rt: &Rt, stream: impl Stream<Item = T>) -> Found<T> {
    let mut stream = pin!(stream);
    let (mut given, mut panics) = (Vec::new(), 0);
    poll_fn(|cx| {
        loop {
            match catch_unwind(AssertUnwindSafe(|| stream.as_mut().poll_next(cx))) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(thing)) => {
                    let ended = thing.is_none();
                    given.push((since_start(rt), thing));
                    if ended {
                        return Poll::Ready(());
                    }
                }
                Err(panic) if panic.downcast_ref() == Some(&MEANT) => panics += 1,
                Err(panic) => resume_unwind(panic),
            }
        }
    })
    .await;
    assert_eq!(rt.timers(), 0, "timers are left after the end");
    (given, panics)
}

fn with_mined_clock(row: &Row<'_, Arrivals, Fragile>, panics_at: usize) -> (Found<Thing>, usize) {
    Sim::new(1).run(async |rt| {
        let clock = Fragile::new(&rt);
        let (mine, sleeps) = (clock.mine.clone(), Arc::clone(&clock.sleeps));
        let stream = (row.make)(script().stream(&rt), clock, ms(10), limit!(3));
        mine.arm(panics_at);
        let found = read_through(&rt, stream).await;
        assert_eq!(sleeps.load(Ordering::Relaxed), 0, "{}: sleeps are left", row.name);
        (found, mine.calls())
    })
}

#[test]
fn a_clock_that_panics_at_any_call_passes_it_on_and_nothing_is_lost_or_late() {
    for row in table::rows() {
        let ((expected, _), calls) = with_mined_clock(&row, usize::MAX - 1);
        assert!(calls > 5, "{}: {calls}", row.name);
        for call in 0..calls {
            let ((given, panics), _) = with_mined_clock(&row, call);
            assert_eq!((&given, panics), (&expected, 1), "{} with a panic at call {call}", row.name);
        }
    }
}

fn with_mined_stream(row: &Row<'_, Mined, Rt>, panics_at: usize) -> (Found<Thing>, usize) {
    Sim::new(1).run(async |rt| {
        let mine = Mine::default();
        mine.arm(panics_at);
        let source = Mined(script().stream(&rt), mine.clone());
        let stream = (row.make)(source, rt.clone(), ms(10), limit!(3));
        (read_through(&rt, stream).await, mine.calls())
    })
}

#[test]
fn a_stream_that_panics_at_any_poll_passes_it_on_and_nothing_is_lost_or_late() {
    for row in table::rows() {
        let ((expected, _), polls) = with_mined_stream(&row, usize::MAX - 1);
        assert!(polls > 5, "{}: {polls}", row.name);
        for poll in 0..polls {
            let ((given, panics), _) = with_mined_stream(&row, poll);
            assert_eq!((&given, panics), (&expected, 1), "{} with a panic at poll {poll}", row.name);
        }
    }
}

/// Panics as it is dropped, if it is odd.
#[derive(Debug)]
struct Odd(u32);

impl Drop for Odd {
    fn drop(&mut self) {
        if self.0 % 2 == 1 && !std::thread::panicking() {
            resume_unwind(Box::new(MEANT));
        }
    }
}

#[test]
fn an_item_that_panics_as_it_is_left_out_does_not_take_the_next_one_along() {
    Sim::new(1).run(async |rt| {
        let items = || [1, 2, 3, 4].into_async_iter().map(async |number| Odd(number));
        let numbers = |(given, panics): Found<Odd>| {
            let items = given.into_iter().map(|(_, item)| item.map_or(0, |item| core::mem::ManuallyDrop::new(item).0));
            (items.collect::<Vec<_>>(), panics)
        };
        let latest = numbers(read_through(&rt, items().debounce(&rt, ms(10))).await);
        assert_eq!(latest, (vec![4, 0], 2));
        let first = numbers(read_through(&rt, items().throttle_first(&rt, ms(10))).await);
        assert_eq!(first, (vec![1, 0], 1));
    });
}

#[test]
fn a_clock_that_jumps_makes_up_for_nothing() {
    const HOUR: u64 = 3_600_000;
    Sim::new(1).run(async |rt| {
        let mut late = pin!(Script::new([2 * HOUR], 2 * HOUR).stream(&rt).timeout_repeating(&rt, ms(10)));
        assert!(futures::poll!(late.as_mut().next()).is_pending());
        rt.work(ms(HOUR));
        assert_eq!((late.as_mut().next().await, since_start(&rt)), (Some(Err(Elapsed)), HOUR));
        assert_eq!((late.as_mut().next().await, since_start(&rt)), (Some(Err(Elapsed)), HOUR + 10));
    });
    Sim::new(1).run(async |rt| {
        let mut paced = pin!(Script::new([0, 0, 0, 0], 0).stream(&rt).throttle(&rt, ms(10)));
        assert_eq!(paced.as_mut().next().await, Some(0));
        rt.work(ms(HOUR));
        assert_eq!((paced.as_mut().next().await, since_start(&rt)), (Some(1), HOUR));
        assert_eq!((paced.as_mut().next().await, since_start(&rt)), (Some(2), HOUR + 10));
    });
    Sim::new(1).run(async |rt| {
        let mut sampled = pin!(Script::new([0, HOUR, HOUR], 2 * HOUR).stream(&rt).sample(&rt, ms(10)));
        assert!(futures::poll!(sampled.as_mut().next()).is_pending());
        rt.work(ms(HOUR + 3));
        assert_eq!((sampled.as_mut().next().await, since_start(&rt)), (Some(0), HOUR + 3));
        assert_eq!((sampled.as_mut().next().await, since_start(&rt)), (Some(2), HOUR + 10));
    });
}

/// A clock must not, but some do.
#[test]
fn under_a_clock_that_goes_back_each_still_comes_to_its_end() {
    for row in table::rows() {
        let given = Sim::new(1).run(async |rt| {
            let clock = Fragile { goes_back: true, ..Fragile::new(&rt) };
            let (given, _) = read_through(&rt, (row.make)(script().stream(&rt), clock, ms(10), limit!(3))).await;
            given.into_iter().filter_map(|(_, thing)| thing).flatten().filter_map(Result::ok).collect::<Vec<_>>()
        });
        assert!(given.is_sorted(), "{}: {given:?}", row.name);
        if ["timeout", "timeout_repeating", "delay_each", "throttle", "chunks_timeout"].contains(&row.name) {
            assert_eq!(given, (0..9).collect::<Vec<_>>(), "{}", row.name);
        }
    }
}
