//! A stream that always has an item: timers are heard all the same, and other tasks get their turn.

use core::task::Poll;
use core::time::Duration;

use onpar_iter::{AsyncIterator as _, AsyncIteratorWith as _, AsyncTimed as _, IntoAsyncIterator as _, Stream, limit};
use onpar_test::{ByHand, Rt, Sim};

use crate::arrivals::ms;

/// Polls once. What came, and whether it has woken itself.
fn poll_once<S: Stream>(make: impl FnOnce(&Rt, core::ops::RangeFrom<u32>) -> S) -> (Option<S::Item>, bool) {
    Sim::new(1).run(async |rt| {
        let mut stream = ByHand::new(make(&rt, 0..));
        match stream.poll_with(Stream::poll_next) {
            Poll::Ready(item) => (item, false),
            Poll::Pending => (None, stream.is_woken()),
        }
    })
}

#[test]
fn those_that_leave_items_out_give_their_thread_back() {
    let latest = poll_once(|rt, items| items.into_async_iter().debounce(rt.clone(), ms(10)));
    assert_eq!(latest, (None, true));
    let chunk = poll_once(|rt, items| items.into_async_iter().chunks_timeout(rt.clone(), limit!(10_000), ms(10)));
    assert_eq!(chunk, (None, true));
    Sim::new(1).run(async |rt| {
        let mut first = ByHand::new((0..).into_async_iter().throttle_first(&rt, ms(10)));
        assert_eq!(first.poll_with(Stream::poll_next), Poll::Ready(Some(0)));
        assert!(first.poll_with(Stream::poll_next).is_pending() && first.is_woken());
    });
}

/// Each item takes a microsecond of work, and none is ever pending.
#[test]
fn timers_are_heard_while_there_is_always_an_item() {
    let busy = |rt: &Rt| {
        let rt = rt.clone();
        (0..100_000_u32).into_async_iter().map_with(rt, async |rt, item| {
            rt.work(Duration::from_micros(1));
            item
        })
    };
    Sim::new(1).run(async |rt| {
        let sampled = busy(&rt).sample(&rt, ms(10)).count().await;
        assert_eq!(sampled, 10, "one for each 10 ms of 100");
    });
    Sim::new(1).run(async |rt| {
        let audited = busy(&rt).audit(&rt, ms(10)).count().await;
        assert_eq!(audited, 10);
    });
    Sim::new(1).run(async |rt| {
        let chunks = busy(&rt).chunks_timeout(&rt, limit!(1_000_000), ms(10)).count().await;
        assert_eq!(chunks, 10);
    });
    Sim::new(1).run(async |rt| {
        let settled = busy(&rt).debounce(&rt, ms(10)).collect::<Vec<_>>().await;
        assert_eq!(settled, [99_999]);
    });
    Sim::new(1).run(async |rt| {
        assert_eq!(busy(&rt).throttle_first(&rt, ms(10)).count().await, 10);
    });
    Sim::new(1).run(async |rt| {
        assert_eq!(busy(&rt).throttle_latest(&rt, ms(10)).count().await, 11);
    });
}
