//! All methods, by their names, as one type of streams.

use alloc::collections::BTreeSet;
use core::num::NonZero;
use core::pin::Pin;
use core::time::Duration;

use onpar_core::{Clock, Elapsed};
use onpar_iter::{AsyncIterator as _, AsyncTimed as _, Stream, sync};
use onpar_test::Rt;

use crate::arrivals::Arrivals;

/// What a method gives: an item or an error, or several items at a time.
pub(crate) type Thing = Vec<Result<u32, Elapsed>>;

pub(crate) type Things<'a> = Pin<Box<dyn Stream<Item = Thing> + 'a>>;

/// A method, with the stream, the clock, the duration and the size of chunks that it is given.
pub(crate) struct Row<'a, S, C> {
    pub(crate) name: &'static str,
    /// How many items it may have taken and not given yet; nothing for those that leave some out.
    pub(crate) holds: Option<usize>,
    pub(crate) make: fn(S, C, Duration, NonZero<usize>) -> Things<'a>,
}

pub(crate) fn rows<'a, S: Stream<Item = u32> + 'a, C: Clock + 'a>() -> [Row<'a, S, C>; 13] {
    macro_rules! row {
        ($name:ident, $holds:expr, $make:expr) => {
            Row { name: stringify!($name), holds: $holds, make: $make }
        };
    }
    [
        row!(timeout, Some(0), |items, clock, d, _| each(items.timeout(clock, d))),
        row!(timeout_repeating, Some(0), |items, clock, d, _| each(items.timeout_repeating(clock, d))),
        row!(timeout_whole, Some(0), |items, clock, d, _| each(items.timeout_whole(clock, d))),
        row!(take_for, Some(0), |items, clock, d, _| fine(items.take_for(clock, d))),
        row!(take_until_deadline, Some(0), |items, clock, d, _| {
            let deadline = clock.now() + d;
            fine(items.take_until_deadline(clock, deadline))
        }),
        row!(delay_each, Some(2), |items, clock, d, _| fine(items.delay_each(clock, d))),
        row!(throttle, Some(1), |items, clock, d, _| fine(items.throttle(clock, d))),
        row!(throttle_first, None, |items, clock, d, _| fine(items.throttle_first(clock, d))),
        row!(throttle_latest, None, |items, clock, d, _| fine(items.throttle_latest(clock, d))),
        row!(audit, None, |items, clock, d, _| fine(items.audit(clock, d))),
        row!(debounce, None, |items, clock, d, _| fine(items.debounce(clock, d))),
        row!(sample, None, |items, clock, d, _| fine(items.sample(clock, d))),
        row!(chunks_timeout, Some(2), |items, clock, d, size| {
            let chunks = items.chunks_timeout(clock, size, d);
            Box::pin(chunks.map(sync(|chunk: Vec<u32>| chunk.into_iter().map(Ok).collect())))
        }),
    ]
}

fn each<'a>(items: impl Stream<Item = Result<u32, Elapsed>> + 'a) -> Things<'a> {
    Box::pin(items.map(sync(|item| vec![item])))
}

fn fine<'a>(items: impl Stream<Item = u32> + 'a) -> Things<'a> {
    Box::pin(items.map(sync(|item| vec![Ok(item)])))
}

#[test]
fn every_method_has_its_row() {
    let source = include_str!("../../../onpar-iter/src/async_timed.rs");
    let methods = source.split("\n    fn ").skip(1).filter_map(|method| method.split(['<', '(']).next());
    let rows = rows::<Arrivals, Rt>().map(|row| row.name);
    assert_eq!(methods.collect::<BTreeSet<_>>(), BTreeSet::from(rows));
}
