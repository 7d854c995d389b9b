//! What the streams allocate that wait for several at a time: so much as their docs say.

use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use onpar_iter::share::Wait;
use onpar_iter::{AsyncStreamExt as _, Group, IntoAsyncIterator as _, Stream, limit, merge, race_streams};
use onpar_test::{CountingAllocator, allocations};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Is pending, and wakes itself, before each item.
#[derive(Clone)]
struct Slow {
    items: usize,
    /// Even before it waits. No `bool`: an `Option` of it is larger, so that memory of the one is none for the other.
    polls: usize,
}

impl Slow {
    const fn new(items: usize) -> Self {
        Self { items, polls: 0 }
    }
}

impl Stream for Slow {
    type Item = usize;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<usize>> {
        self.polls += 1;
        if self.polls % 2 == 1 {
            // Cloned, as whatever waits for something does.
            let waker = cx.waker().clone();
            waker.wake();
            return Poll::Pending;
        }
        if self.items == 0 {
            return Poll::Ready(None);
        }
        self.items -= 1;
        Poll::Ready(Some(self.items))
    }
}

/// Polls a stream to its end, and counts its items.
fn drain<S: Stream>(stream: Pin<&mut S>) -> usize {
    let (mut stream, mut items) = (stream, 0);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match stream.as_mut().poll_next(&mut context) {
            Poll::Ready(Some(_)) => items += 1,
            Poll::Ready(None) => return items,
            Poll::Pending => {}
        }
    }
}

/// How many allocations it takes to make a stream and to poll it to its end.
fn count<S: Stream>(make: impl FnOnce() -> S) -> u64 {
    allocations(|| drain(pin!(make()))).1.count
}

#[test]
fn a_tuple_takes_nothing() {
    let slow = || Slow::new(50);
    assert_eq!(count(|| merge((slow(), slow()))), 0);
    assert_eq!(count(|| slow().merge(slow()).merge(slow())), 0);
    let twelve = || (slow(), slow(), slow(), slow(), slow(), slow(), slow(), slow(), slow(), slow(), slow(), slow());
    assert_eq!(count(|| merge(twelve())), 0);
    assert_eq!(count(|| race_streams(twelve())), 0);
}

#[test]
fn an_array_of_few_takes_nothing_and_one_of_many_seven_pieces() {
    assert_eq!(count(|| merge([const { Slow::new(50) }; 6])), 0);
    for items in [1, 50] {
        assert_eq!(count(|| merge([const { Slow::new(1) }; 7].map(|_| Slow::new(items)))), 7);
        assert_eq!(count(|| merge([const { Slow::new(1) }; 900].map(|_| Slow::new(items)))), 7);
    }
    assert_eq!(count(|| race_streams([const { Slow::new(50) }; 6])), 0);
    assert_eq!(count(|| race_streams([const { Slow::new(50) }; 900])), 7);
}

#[test]
fn a_vec_takes_one_more_for_its_members() {
    for members in [6, 7, 1000, 5000] {
        let streams = vec![Slow::new(3); members];
        let expected = if members > 6 { 8 } else { 1 };
        assert_eq!(count(|| merge(streams)), expected, "{members}");
    }
}

#[test]
fn a_group_takes_nothing_for_who_comes_where_another_one_was() {
    let mut group = Group::new();
    let fill = |group: &mut Group<Slow>| {
        for _ in 0..500 {
            group.insert(Slow::new(3));
        }
    };
    let (items, first) = allocations(|| {
        fill(&mut group);
        drain(Pin::new(&mut group))
    });
    assert_eq!(items, 1500);
    // Seven pieces for the members, and for who was woken four; and the lists of both, which grow.
    assert!(first.count <= 40, "{}", first.count);
    let (items, again) = allocations(|| {
        fill(&mut group);
        drain(Pin::new(&mut group))
    });
    assert_eq!((items, again.count), (1500, 0));
}

#[test]
fn what_is_latest_takes_nothing() {
    let slow = || Slow::new(50);
    assert_eq!(count(|| slow().combine_latest(slow())), 0);
    assert_eq!(count(|| slow().with_latest_from(slow())), 0);
    assert_eq!(count(|| slow().switch_map(async |n| Slow::new(n))), 0);
    assert_eq!(count(|| slow().take_until(core::future::pending::<()>())), 0);
}

#[test]
fn a_shared_stream_takes_nothing_for_an_item_nor_for_reading_it() {
    let shared = |items: usize, readers: usize| {
        let run = || {
            let shared = Slow::new(items).share(limit!(4), Wait);
            let readers: [_; 9] = core::array::from_fn(|n| (n < readers).then(|| shared.subscribe()));
            let mut left = readers.map(|reader| reader.map(|reader| (reader, 0)));
            let mut context = Context::from_waker(Waker::noop());
            while left.iter().any(|reader| reader.as_ref().is_some_and(|(_, read)| *read < items)) {
                for (reader, read) in left.iter_mut().flatten() {
                    if let Poll::Ready(Some(_)) = Pin::new(reader).poll_next(&mut context) {
                        *read += 1;
                    }
                }
            }
        };
        allocations(run).1.count
    };
    for readers in [1, 2, 9] {
        assert_eq!(shared(100, readers), shared(10_000, readers), "{readers}");
    }
    assert!(shared(100, 9) <= 12, "{}", shared(100, 9));
}

#[test]
fn concurrent_flattening_takes_nothing_for_each_stream() {
    let flat =
        |streams: usize| count(|| (0..streams).map(|_| Slow::new(3)).into_async_iter().flatten_concurrent(limit!(20)));
    assert_eq!(flat(100), flat(10_000));
    assert!(flat(100) <= 16, "{}", flat(100));
}
