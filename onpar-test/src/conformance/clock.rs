//! What a clock has to keep.
//!
//! A machine may take the processor away for any time between any two lines, and a timer may fire on another thread. So no check
//! supposes that a deadline has not passed yet: where it matters, it looks, and starts again with longer [`steps`] if it has. And
//! none supposes that a timer that is due has fired yet: it waits for that.

use core::future::poll_fn;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::{Clock, Instant};

use super::wakes::Wakes;
use super::{Verdict, ensure, yield_now};

/// Longer than the resolution of the coarsest timer that people use (tokio's: 1 ms), twice.
const STEP: Duration = Duration::from_millis(4);

/// A deadline that comes in no check, except where somebody waits in vain and time is virtual.
const FAR: Duration = Duration::from_hours(1);

/// Longer and longer steps, to 16 seconds, for checks that come too late with short ones.
fn steps() -> impl Iterator<Item = Duration> {
    (0..=12).map(|doublings| STEP * (1 << doublings))
}

/// What is wrong when none of the [`steps`] was long enough.
fn over_at_once() -> Verdict {
    Err(format!("a sleep of {:?} was over at once", STEP * (1 << 12)))
}

pub(super) async fn is_monotonic<C: Clock>(clock: &C) -> Verdict {
    let mut last = clock.now();
    for round in 0..1000 {
        if round % 250 == 0 {
            clock.sleep(STEP).await;
        }
        yield_now().await;
        let now = clock.now();
        ensure(now >= last, || format!("it went from {last:?} back to {now:?}"))?;
        last = now;
    }
    ensure(last >= Instant::ORIGIN + 4 * STEP, || format!("four sleeps of {STEP:?} took it to {last:?} only"))
}

pub(super) async fn never_early<C: Clock>(clock: &C) -> Verdict {
    for length in [STEP / 4, STEP / 2 + STEP / 400, STEP, 2 * STEP] {
        let deadline = clock.now() + length;
        clock.sleep_until(deadline).await;
        let now = clock.now();
        ensure(now >= deadline, || format!("a sleep of {length:?} ended {:?} early", deadline - now))?;
    }
    Ok(())
}

pub(super) async fn counts_from_making<C: Clock>(clock: &C) -> Verdict {
    let mut early = pin!(clock.sleep(STEP));
    clock.sleep(2 * STEP).await;
    ensure(poll_once(early.as_mut()).await.is_ready(), || {
        format!("a sleep of {STEP:?} was not over {:?} after it was made", 2 * STEP)
    })
}

pub(super) async fn ready_at_first_poll<C: Clock>(clock: &C) -> Verdict {
    let now = clock.now();
    for (name, deadline) in [("now", now), ("the origin", Instant::ORIGIN)] {
        let sleep = pin!(clock.sleep_until(deadline));
        ensure(poll_once(sleep).await.is_ready(), || format!("a sleep until {name} was pending"))?;
    }
    let sleep = pin!(clock.sleep(Duration::ZERO));
    ensure(poll_once(sleep).await.is_ready(), || "a sleep of zero was pending".into())
}

pub(super) async fn order<C: Clock>(clock: &C) -> Verdict {
    const NUMBERS: [u8; 5] = [3, 1, 4, 2, 0];
    for step in steps() {
        let (log, start) = (Wakes::default(), clock.now());
        let mut sleeps = NUMBERS.map(|number| Box::pin(clock.sleep_until(start + (u32::from(number) + 1) * step)));
        let mut in_time = true;
        for (sleep, number) in sleeps.iter_mut().zip(NUMBERS) {
            in_time &= poll_as(number.into(), sleep.as_mut(), &log).await.is_pending();
        }
        if in_time && clock.now() < start + step {
            woken(clock, || log.seen().len() >= NUMBERS.len()).await;
            let seen = log.seen();
            return ensure(seen == [0, 1, 2, 3, 4], || format!("they fired in this order: {seen:?}"));
        }
    }
    over_at_once()
}

pub(super) async fn wakes_the_last<C: Clock>(clock: &C) -> Verdict {
    for step in steps() {
        let log = Wakes::default();
        let mut sleep = pin!(clock.sleep(step));
        let mut in_time = true;
        for number in 0..3 {
            in_time &= poll_as(number, sleep.as_mut(), &log).await.is_pending();
        }
        if in_time {
            woken(clock, || log.seen().contains(&2)).await;
            let seen = log.seen();
            return ensure(seen.contains(&2), || format!("polled by 0, 1 and 2, it woke {seen:?}"));
        }
    }
    over_at_once()
}

pub(super) async fn reset_earlier<C: Clock>(clock: &C) -> Verdict {
    let mut sleep = pin!(clock.sleep(FAR));
    ensure(poll_once(sleep.as_mut()).await.is_pending(), || format!("a sleep of {FAR:?} was ready"))?;
    let deadline = clock.now() + STEP;
    // A clone of a clock is the same clock.
    clock.clone().reset(sleep.as_mut(), deadline);
    sleep.await;
    let now = clock.now();
    ensure(now >= deadline, || format!("it ended {:?} early", deadline - now))?;
    ensure(now - deadline < FAR / 2, || format!("it ended {:?} late", now - deadline))
}

pub(super) async fn reset_later<C: Clock>(clock: &C) -> Verdict {
    let mut sleep = pin!(clock.sleep(STEP));
    let _pending = poll_once(sleep.as_mut()).await;
    let deadline = clock.now() + 4 * STEP;
    clock.reset(sleep.as_mut(), deadline);
    sleep.await;
    let now = clock.now();
    ensure(now >= deadline, || format!("it ended {:?} early", deadline - now))
}

pub(super) async fn reset_keeps_the_waker<C: Clock>(clock: &C) -> Verdict {
    let log = Wakes::default();
    let mut sleep = pin!(clock.sleep(FAR));
    let _pending = poll_as(7, sleep.as_mut(), &log).await;
    clock.reset(sleep.as_mut(), clock.now() + STEP);
    woken(clock, || log.seen().contains(&7)).await;
    let seen = log.seen();
    ensure(seen.contains(&7), || "it was polled, and then moved; nobody was woken at the new deadline".into())
}

pub(super) async fn reset_revives<C: Clock>(clock: &C) -> Verdict {
    for step in steps() {
        let mut sleep = pin!(clock.sleep(STEP));
        sleep.as_mut().await;
        let deadline = clock.now() + step;
        clock.reset(sleep.as_mut(), deadline);
        if poll_once(sleep.as_mut()).await.is_pending() {
            sleep.await;
            let now = clock.now();
            return ensure(now >= deadline, || format!("it ended {:?} early", deadline - now));
        }
        ensure(clock.now() >= deadline, || "a sleep that had ended stayed ready".into())?;
    }
    over_at_once()
}

pub(super) async fn dropped<C: Clock>(clock: &C) -> Verdict {
    for step in steps() {
        let log = Wakes::default();
        let deadline = clock.now() + step;
        let mut sleep = Box::pin(clock.sleep_until(deadline));
        let _pending = poll_as(0, sleep.as_mut(), &log).await;
        drop(sleep);
        if clock.now() < deadline {
            sleep_for_certain(clock, 3 * step).await;
            let seen = log.seen();
            ensure(seen.is_empty(), || "a sleep that had been dropped woke somebody".into())?;
            return ensure(log.wakers() == 0, || "the waker of a sleep that was dropped is still kept".into());
        }
    }
    over_at_once()
}

pub(super) async fn for_ever<C: Clock>(clock: &C) -> Verdict {
    let mut sleeps = [
        Box::pin(clock.sleep_until(Instant::FAR_FUTURE)),
        Box::pin(clock.sleep(Duration::MAX)),
        Box::pin(clock.sleep(FAR)),
    ];
    for _ in 0..2 {
        for sleep in &mut sleeps {
            ensure(poll_once(sleep.as_mut()).await.is_pending(), || "it was ready".into())?;
        }
        clock.sleep(STEP).await;
    }
    Ok(())
}

pub(super) async fn ten_thousand<C: Clock>(clock: &C) -> Verdict {
    let start = clock.now();
    // In an order that is neither that of the deadlines nor its reverse: 7919 is a prime.
    let deadline = |number: usize| start + Duration::from_micros(number as u64 * 7919 % 10_000 * 5);
    let mut sleeps: Vec<_> = (0..10_000).map(|number| Some(Box::pin(clock.sleep_until(deadline(number))))).collect();
    let log = Wakes::default();
    let mut woken: Vec<_> = (0..sleeps.len()).collect();
    let mut left = sleeps.len();
    poll_fn(|cx| {
        // Only those that have been woken: a timer that fires and wakes nobody is found too.
        for number in woken.drain(..).chain(log.take()) {
            let Some(sleep) = &mut sleeps[number] else { continue };
            if sleep.as_mut().poll(&mut Context::from_waker(&log.waker(number, cx.waker()))).is_ready() {
                sleeps[number] = None;
                left -= 1;
                if clock.now() < deadline(number) {
                    return Poll::Ready(Err(format!("sleep {number} ended early")));
                }
            }
        }
        if left == 0 { Poll::Ready(Ok(())) } else { Poll::Pending }
    })
    .await
}

/// Sleeps until `holds`, which is asked when somebody has been woken. Gives up when nobody is.
async fn woken<C: Clock>(clock: &C, holds: impl Fn() -> bool) {
    let mut in_vain = pin!(clock.sleep(FAR));
    poll_fn(|cx| if holds() { Poll::Ready(()) } else { in_vain.as_mut().poll(cx) }).await;
}

/// Sleeps for so long, or longer, so that timers have fired: a sleep that is over at its first poll shows nothing of them.
async fn sleep_for_certain<C: Clock>(clock: &C, least: Duration) {
    for step in steps() {
        let mut sleep = pin!(clock.sleep(least.max(step)));
        if poll_once(sleep.as_mut()).await.is_pending() {
            return sleep.await;
        }
    }
}

/// Polls a sleep once, with a waker that notes this number.
async fn poll_as<S: Future<Output = ()>>(number: usize, mut sleep: Pin<&mut S>, log: &Wakes) -> Poll<()> {
    poll_fn(|cx| {
        let waker = log.waker(number, cx.waker());
        Poll::Ready(sleep.as_mut().poll(&mut Context::from_waker(&waker)))
    })
    .await
}

async fn poll_once<S: Future<Output = ()>>(mut sleep: Pin<&mut S>) -> Poll<()> {
    poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await
}
