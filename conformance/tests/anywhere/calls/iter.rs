//! Streams.

use core::future::poll_fn;
use core::ops::ControlFlow;
use core::pin::pin;
use core::time::Duration;

use futures::FutureExt as _;
use onpar_core::{Clock as _, limit};
use onpar_iter::adapt::{EitherOrBoth, WindowTuple};
use onpar_iter::consume::Consumer;
use onpar_iter::{
    AsyncIterator, AsyncItertools as _, AsyncStreamExt, AsyncTimed as _, AsyncTryIterator as _, Group,
    IntoAsyncIterator as _, StreamProduct, StreamSum, channel, interval, pending,
};
use onpar_rt::smol_2::Smol;

use super::calls;
use crate::executor::block_on as on;

const SHORT: Duration = Duration::from_millis(1);

fn numbers() -> impl AsyncIterator<Item = u8> + Clone + Unpin {
    [1, 2, 3].into_async_iter()
}

calls! {
    "EitherOrBoth::of", "EitherOrBoth::into_options" => {
        assert_eq!(EitherOrBoth::of(Some(1), None::<u8>).unwrap().into_options(), (Some(1), None));
    }
    "Peekable::poll_peek" => {
        let mut peekable = pin!(numbers().peekable());
        assert!(on(poll_fn(|cx| peekable.as_mut().poll_peek(cx).map(|item| item == Some(&mut 1)))));
    }
    "WindowTuple::filled" => { assert_eq!(<(u8, u8) as WindowTuple>::filled(1), (1, 1)); }
    "AsyncIterator::le" => { assert!(on(numbers().le(numbers()))); }
    "AsyncIterator::gt" => { assert!(!on(numbers().gt(numbers()))); }
    "AsyncItertools::kmerge_by" => {
        let merged = [numbers(), numbers()].into_async_iter().kmerge_by(async |a, b| a <= b);
        assert_eq!(on(merged.collect::<Vec<_>>()), [1, 1, 2, 2, 3, 3]);
    }
    "AsyncItertools::collect_vec" => { assert_eq!(on(numbers().collect_vec()), [1, 2, 3]); }
    "AsyncItertools::counts_by" => { assert_eq!(on(numbers().counts_by(async |n| n % 2))[&1], 2); }
    "AsyncStreamExt::race" => { assert_eq!(on(AsyncStreamExt::race(numbers(), numbers()).count()), 3); }
    "AsyncStreamExt::flat_map_concurrent_mut" => {
        assert_eq!(on(numbers().flat_map_concurrent_mut(limit!(2), async |_| numbers()).count()), 9);
    }
    "AsyncStreamExt::flat_map_concurrent_with" => {
        assert_eq!(on(numbers().flat_map_concurrent_with(limit!(2), 0, async |_, _| numbers()).count()), 9);
    }
    "AsyncStreamExt::switch_map_mut" => { assert!(on(numbers().switch_map_mut(async |_| numbers()).count()) > 2); }
    "AsyncStreamExt::switch_map_with" => {
        assert!(on(numbers().switch_map_with(0, async |_, _| numbers()).count()) > 2);
    }
    "AsyncStreamExt::combine_latest" => { assert!(on(numbers().combine_latest(numbers()).count()) > 0); }
    "AsyncTimed::timeout_repeating" => {
        let mut slow = pin!(pending::<u8>().timeout_repeating(Smol::global(), SHORT));
        assert!(on(slow.next()).unwrap().is_err());
    }
    "AsyncTimed::take_until_deadline" => {
        let clock = Smol::global();
        let deadline = clock.now() + SHORT;
        assert_eq!(on(pending::<u8>().take_until_deadline(clock, deadline).count()), 0);
    }
    "AsyncTryIterator::try_next" => {
        assert_eq!(on([Ok(1), Err(2)].into_async_iter().try_next()), Ok(Some(1)));
    }
    "StreamProduct::one", "StreamProduct::multiply" => {
        let mut product: u8 = StreamProduct::<u8>::one();
        assert_eq!(StreamProduct::multiply(&mut product, 3_u8), ControlFlow::Continue(()));
        assert_eq!(product, 3);
    }
    "StreamSum::zero", "StreamSum::add" => {
        let mut sum: u8 = StreamSum::<u8>::zero();
        assert_eq!(StreamSum::add(&mut sum, 3_u8), ControlFlow::Continue(()));
        assert_eq!(sum, 3);
    }
    "Lending::progress", "Lending::filter_map" => {
        let lent = numbers().concurrent(limit!(2)).on_unfinished_lent(drop);
        let odd = lent.progress(Smol::global(), SHORT, drop).filter_map(async |n: &u8| (n % 2 == 1).then_some(1));
        assert_eq!(on(odd.collect::<Vec<_>>()).len(), 2);
    }
    "Lending::for_each" => { on(numbers().concurrent(limit!(2)).on_unfinished_lent(drop).for_each(async |_: &u8| {})); }
    "Lending::try_for_each" => {
        let lent = numbers().concurrent(limit!(2)).on_unfinished_lent(drop);
        assert_eq!(on(lent.try_for_each(async |n: &u8| if *n == 3 { Err(*n) } else { Ok(()) })), Err(3));
    }
    "Concurrent::unordered", "Concurrent::filter", "Concurrent::filter_map" => {
        let numbers = numbers().concurrent(limit!(2)).unordered().filter(async |n: &u8| *n > 1);
        assert_eq!(on(numbers.filter_map(async |n| (n > 2).then_some(n)).collect::<Vec<_>>()).len(), 1);
    }
    "Concurrent::ordered" => {
        let numbers = numbers().concurrent(limit!(2)).unordered().ordered().map(async |n| n);
        assert_eq!(on(numbers.collect::<Vec<_>>()), [1, 2, 3]);
    }
    "Concurrent::run" => {
        struct Sum(u8);
        impl Consumer<u8> for Sum {
            type Output = u8;
            fn take(&mut self, item: u8) -> ControlFlow<()> {
                self.0 += item;
                ControlFlow::Continue(())
            }
            fn finish(self) -> u8 {
                self.0
            }
        }
        assert_eq!(on(numbers().concurrent(limit!(2)).map(async |n| n).run(Sum(0))), 6);
    }
    "Receiver::is_closed", "Receiver::len", "Receiver::is_empty", "Sender::try_reserve", "Sender::is_closed" => {
        let (sender, receiver) = channel(limit!(2));
        sender.try_reserve().unwrap().send(1).unwrap();
        assert_eq!((receiver.len(), receiver.is_empty(), receiver.is_closed(), sender.is_closed()), (1, false, false, false));
    }
    "Interval::period", "Interval::reset_at" => {
        let clock = Smol::global();
        let mut ticks = pin!(interval(clock.clone(), Duration::from_mins(1)));
        assert_eq!(ticks.period(), Duration::from_mins(1));
        let soon = clock.now() + SHORT;
        ticks.as_mut().reset_at(soon);
        assert_eq!(on(ticks.next()), Some(soon));
    }
    "ChunksTimeout::remainder" => {
        let items = numbers().chain(pending());
        let mut chunks = pin!(items.chunks_timeout(Smol::global(), limit!(9), Duration::from_mins(1)));
        assert_eq!(on(async { chunks.next().now_or_never() }), None);
        assert_eq!(chunks.as_mut().remainder(), [1, 2, 3]);
    }
    "Group::is_empty", "Group::contains_key", "Group::member_mut", "Keyed::into_group" => {
        let mut group = Group::new();
        let key = group.insert(numbers());
        assert!(!group.is_empty() && Group::contains_key(&group, key));
        let mut group = group.keyed().into_group();
        assert_eq!(on(group.member_mut(key).unwrap().get_mut().next()), Some(1));
    }
}
