//! [`Arrivals`]: items that come when they are said to; and [`record`]: who reads them, and when each was given.

use core::pin::{Pin, pin};
use core::task::{Context, Poll, ready};
use core::time::Duration;

use onpar_core::{Clock, Instant};
use onpar_iter::{AsyncIterator as _, Stream};
use onpar_test::{Rt, Sim};

pub(crate) const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A stream whose items come at these times, whether it is polled or not, and which ends at the last one.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) items: Vec<(u64, u32)>,
    pub(crate) end: u64,
}

impl Script {
    /// Items 0, 1, 2 .. at these times, and the end.
    pub(crate) fn new(times: impl IntoIterator<Item = u64>, end: u64) -> Self {
        Self { items: times.into_iter().zip(0..).collect(), end }
    }

    pub(crate) fn stream(&self, rt: &Rt) -> Arrivals {
        Arrivals { rt: rt.clone(), script: self.clone(), given: 0, sleep: None, ended: false, is_exact: true }
    }

    /// The same, which knows nothing of how many there will be.
    pub(crate) fn vague(&self, rt: &Rt) -> Arrivals {
        Arrivals { is_exact: false, ..self.stream(rt) }
    }
}

/// The stream of a [`Script`]. It must not be polled after its end.
#[derive(Debug)]
pub(crate) struct Arrivals {
    rt: Rt,
    script: Script,
    given: usize,
    sleep: Option<Pin<Box<<Rt as Clock>::Sleep>>>,
    ended: bool,
    is_exact: bool,
}

impl Arrivals {
    pub(crate) const fn has_ended(&self) -> bool {
        self.ended
    }
}

impl Stream for Arrivals {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        let this = self.get_mut();
        assert!(!this.ended, "it was polled after its end");
        let next = this.script.items.get(this.given).copied();
        let at = Instant::ORIGIN + ms(next.map_or(this.script.end, |(at, _)| at));
        if this.rt.now() < at {
            let sleep = this.sleep.get_or_insert_with(|| Box::pin(this.rt.sleep_until(at)));
            this.rt.reset(sleep.as_mut(), at);
            ready!(sleep.as_mut().poll(cx));
        }
        this.given += 1;
        this.ended = next.is_none();
        Poll::Ready(next.map(|(_, item)| item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.script.items.len().saturating_sub(self.given);
        if self.is_exact { (left, Some(left)) } else { (0, None) }
    }
}

/// Reads a stream to its end, and pauses so long after each item, again and again from the first. Gives what was given and
/// when, the end included, and sees that no `size_hint` lied.
pub(crate) async fn read<S: Stream>(rt: &Rt, stream: S, pauses: &[u64]) -> (Vec<(u64, S::Item)>, u64) {
    let mut stream = pin!(stream);
    let mut pauses = pauses.iter().cycle();
    let (mut given, mut hints) = (Vec::new(), vec![stream.size_hint()]);
    while let Some(item) = stream.as_mut().next().await {
        given.push((since_start(rt), item));
        hints.push(stream.size_hint());
        match pauses.next() {
            None | Some(0) => {}
            Some(pause) => rt.sleep(ms(*pause)).await,
        }
    }
    let end = since_start(rt);
    for (before, (lower, upper)) in hints.into_iter().enumerate() {
        let left = given.len() - before;
        assert!(lower <= left, "at least {lower} items, and {left} came");
        assert!(upper.is_none_or(|upper| left <= upper), "at most {upper:?} items, and {left} came");
    }
    assert_eq!(stream.size_hint(), (0, Some(0)), "after the end");
    for _ in 0..3 {
        assert!(stream.as_mut().next().await.is_none(), "it has ended");
    }
    assert_eq!(rt.timers(), 0, "timers are left after the end");
    (given, end)
}

pub(crate) fn since_start(rt: &Rt) -> u64 {
    u64::try_from((rt.now() - Instant::ORIGIN).as_millis()).expect("a short test")
}

/// What is given, and when, and the end, to who reads on at once.
pub(crate) fn record<S: Stream>(make: impl FnOnce(&Rt) -> S) -> (Vec<(u64, S::Item)>, u64) {
    record_pausing(&[], make)
}

/// The same, to who pauses after each item.
pub(crate) fn record_pausing<S: Stream>(pauses: &[u64], make: impl FnOnce(&Rt) -> S) -> (Vec<(u64, S::Item)>, u64) {
    Sim::new(1).run(async |rt| read(&rt, make(&rt), pauses).await)
}
