//! What each method has to give, and when: a few lines for each, that know of items, instants and a reader, and of no polls,
//! wakers or timers; and that the methods do just this, for random items, readers and durations, under three schedules.
//!
//! Times are whole milliseconds, and few, so that many of them coincide.

use core::iter::Cycle;
use core::num::NonZero;

use onpar_core::Elapsed;
use onpar_test::{Rt, Sim};
use proptest::prelude::*;

use crate::arrivals::{Arrivals, Script, ms, read};
use crate::table::{self, Thing};

/// A case: what comes, how long the reader pauses after each item, and the duration that the method is given.
#[derive(Clone, Debug)]
struct Case {
    script: Script,
    pauses: Vec<u64>,
    duration: u64,
    size: NonZero<usize>,
}

fn cases() -> impl Strategy<Value = Case> {
    let gap = prop_oneof![Just(0), 0..4_u64, 0..25_u64];
    let pauses = prop_oneof![Just(vec![]), proptest::collection::vec(prop_oneof![Just(0), 0..30_u64], 1..4)];
    (proptest::collection::vec(gap.clone(), 0..9), gap, pauses, 0..16_u64, 1..4_usize).prop_map(
        |(gaps, rest, pauses, duration, size)| {
            let mut now = 0;
            let size = NonZero::new(size).expect("at least one");
            let times: Vec<u64> = gaps
                .into_iter()
                .map(|gap| {
                    now += gap;
                    now
                })
                .collect();
            Case { script: Script::new(times, now + rest), pauses, duration, size }
        },
    )
}

type Given = (Vec<(u64, Thing)>, u64);

/// Whoever reads: when it asks, and what it has been given.
struct Reader<'a> {
    asks: u64,
    pauses: Cycle<core::slice::Iter<'a, u64>>,
    given: Vec<(u64, Thing)>,
}

impl<'a> Reader<'a> {
    fn new(case: &'a Case) -> Self {
        Self { asks: 0, pauses: case.pauses.iter().cycle(), given: Vec::new() }
    }

    fn give(&mut self, at: u64, items: impl IntoIterator<Item = Result<u32, Elapsed>>) {
        assert!(at >= self.asks);
        self.given.push((at, items.into_iter().collect()));
        self.asks = at + self.pauses.next().unwrap_or(&0);
    }

    fn end(self, at: u64) -> Given {
        (self.given, at.max(self.asks))
    }
}

fn timeout(case: &Case, repeats: bool) -> Given {
    let mut reader = Reader::new(case);
    let ends = [(case.script.end, None)];
    for (at, item) in case.script.items.iter().map(|(at, item)| (*at, Some(*item))).chain(ends) {
        let mut told = false;
        while reader.asks.saturating_add(case.duration) < at && (repeats && case.duration > 0 || !told) {
            let late = reader.asks + case.duration;
            reader.give(late, [Err(Elapsed)]);
            told = true;
        }
        match item {
            Some(item) => reader.give(at.max(reader.asks), [Ok(item)]),
            None => return reader.end(at),
        }
    }
    unreachable!("the end is the last")
}

fn take_for(case: &Case, is_error: bool) -> Given {
    let mut reader = Reader::new(case);
    for (at, item) in &case.script.items {
        let at = *at.max(&reader.asks);
        if at >= case.duration {
            break;
        }
        reader.give(at, [Ok(*item)]);
    }
    let all = reader.given.len() == case.script.items.len();
    let end = case.script.end.max(reader.asks);
    if all && end < case.duration {
        return reader.end(end);
    }
    let cut = case.duration.max(reader.asks);
    if is_error {
        reader.give(cut, [Err(Elapsed)]);
    }
    reader.end(cut)
}

fn delay_each(case: &Case) -> Given {
    let mut reader = Reader::new(case);
    // When the last one was given: the next one waits from then, if it has come by then, else from when it is seen.
    let mut last = 0;
    for (number, (at, item)) in case.script.items.iter().enumerate() {
        let begins = if number > 0 && *at <= last { last } else { *at.max(&reader.asks) };
        last = (begins + case.duration).max(reader.asks);
        reader.give(last, [Ok(*item)]);
    }
    reader.end(case.script.end)
}

fn throttle(case: &Case) -> Given {
    let mut reader = Reader::new(case);
    let mut free = 0;
    for (at, item) in &case.script.items {
        let at = free.max(*at).max(reader.asks);
        free = at + case.duration;
        reader.give(at, [Ok(*item)]);
    }
    reader.end(case.script.end)
}

fn throttle_first(case: &Case) -> Given {
    let mut reader = Reader::new(case);
    let mut free = 0;
    for (at, item) in &case.script.items {
        let at = *at.max(&reader.asks);
        if at >= free {
            free = at + case.duration;
            reader.give(at, [Ok(*item)]);
        }
    }
    reader.end(case.script.end)
}

/// When the latest item is given that has come at a time, while the last one was given at another.
enum Pace {
    Silence,
    From(fn(u64, Option<u64>, u64) -> u64),
}

fn latest(case: &Case, pace: &Pace) -> Given {
    let mut reader = Reader::new(case);
    let mut coming = case.script.items.iter().copied().peekable();
    let (mut held, mut last): (Option<(u32, u64)>, _) = (None, None);
    let mut now = 0;
    loop {
        // It sees nothing before it is asked, and then first what is due.
        now = now.max(reader.asks);
        if let Some((item, due)) = held
            && due <= now
        {
            held = None;
            last = Some(now);
            reader.give(now, [Ok(item)]);
            continue;
        }
        let before = held;
        while let Some((_, item)) = coming.next_if(|(at, _)| *at <= now) {
            let due = match (pace, before) {
                (Pace::Silence, _) => now + case.duration,
                (Pace::From(_), Some((_, due))) => due,
                (Pace::From(due), None) => due(now, last, case.duration),
            };
            held = Some((item, due));
        }
        let ended = coming.peek().is_none() && case.script.end <= now;
        match held {
            None if ended => return reader.end(now),
            Some((item, _)) if ended && matches!(pace, Pace::Silence) => {
                held = None;
                reader.give(now, [Ok(item)]);
            }
            // There at once: it has waited for nothing.
            Some((_, due)) if due <= now => {}
            _ => {
                let next = coming.peek().map_or(if ended { u64::MAX } else { case.script.end }, |(at, _)| *at);
                now = held.map_or(next, |(_, due)| due.min(next));
            }
        }
    }
}

fn chunks_timeout(case: &Case) -> Given {
    let mut reader = Reader::new(case);
    let mut coming = case.script.items.iter().copied().peekable();
    let mut now = 0;
    loop {
        now = now.max(reader.asks);
        let Some((first, _)) = coming.peek() else { return reader.end(case.script.end.max(now)) };
        now = now.max(*first);
        let due = now + case.duration;
        let mut chunk = Vec::new();
        loop {
            while chunk.len() < case.size.get()
                && let Some((_, item)) = coming.next_if(|(at, _)| *at <= now)
            {
                chunk.push(Ok(item));
            }
            let ended = coming.peek().is_none() && case.script.end <= now;
            if chunk.len() == case.size.get() || ended || now >= due {
                break;
            }
            now = due.min(coming.peek().map_or(case.script.end, |(at, _)| *at));
        }
        reader.give(now, chunk);
    }
}

/// What each method has to give. The names are those of the [`table`].
const MODELS: [(&str, fn(&Case) -> Given); 13] = [
    ("timeout", |case| timeout(case, false)),
    ("timeout_repeating", |case| timeout(case, true)),
    ("timeout_whole", |case| take_for(case, true)),
    ("take_for", |case| take_for(case, false)),
    ("take_until_deadline", |case| take_for(case, false)),
    ("delay_each", delay_each),
    ("throttle", throttle),
    ("throttle_first", throttle_first),
    ("throttle_latest", |case| {
        latest(case, &Pace::From(|now, last, interval| last.map_or(now, |last| now.max(last + interval))))
    }),
    ("audit", |case| latest(case, &Pace::From(|now, _, delay| now + delay))),
    ("debounce", |case| latest(case, &Pace::Silence)),
    ("sample", |case| {
        latest(case, &Pace::From(|now, _, period| now.checked_div(period).map_or(now, |past| (past + 1) * period)))
    }),
    ("chunks_timeout", chunks_timeout),
];

#[test]
fn each_method_has_its_model() {
    let models = MODELS.map(|(name, _)| name);
    assert_eq!(table::rows::<Arrivals, Rt>().map(|row| row.name), models);
}

proptest! {
    #![proptest_config(onpar_tests::cases(1500))]

    #[test]
    fn each_item_is_given_at_the_instant_that_the_model_says(case in cases()) {
        for (row, (name, model)) in table::rows().into_iter().zip(MODELS) {
            let expected = model(&case);
            for seed in 0..3 {
                let found = Sim::new(seed).run(async |rt| {
                    let items = if seed == 0 { case.script.vague(&rt) } else { case.script.stream(&rt) };
                    let stream = (row.make)(items, rt.clone(), ms(case.duration), case.size);
                    read(&rt, stream, &case.pauses).await
                });
                prop_assert_eq!(&found, &expected, "{} of {:?}", name, case);
            }
        }
    }
}
