//! Generators: an emit inside of a sub-executor, items that are not lost, ends, panics, and that they are `Send`.

extern crate alloc;

mod fates;

use alloc::sync::Arc;
use alloc::task::Wake;
use core::future::{poll_fn, ready};
use core::mem::{ManuallyDrop, forget};
use core::panic::AssertUnwindSafe;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;
use std::thread;

use futures::FutureExt as _;
use futures::stream::{FuturesOrdered, FuturesUnordered};
use onpar_iter::generator::Emitter;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, Stream, for_await, limit, merge, stream, try_stream};
use onpar_scope::{join, join_all, scope};
use onpar_test::ByHand;
use tokio::sync::Mutex;

#[test]
fn an_emit_within_a_sub_executor_neither_stalls_nor_loses_an_item() {
    let items = stream(async |mut y| {
        let mut unordered = FuturesUnordered::new();
        unordered.push(async {
            for n in 0..3 {
                y.emit(n).await;
            }
        });
        while unordered.next().await.is_some() {}
        drop(unordered);
        futures::join!(y.emit(3), async {});
    });
    assert_eq!(ByHand::new(items.collect::<Vec<_>>()).finish(), [0, 1, 2, 3]);
}

/// Each of them polls what it holds by a waker, or in a context, of its own, or leaves it unpolled until that wakes.
#[test]
fn an_emit_within_whatever_else_polls_by_its_own_waker_comes_through_in_turn() {
    let items = stream(async |y| {
        let y = Mutex::new(y);
        let emit = async |n: u32| y.lock().await.emit(n).await;
        scope(async |s| {
            let child = s.spawn(emit(0));
            let other = s.spawn(emit(1));
            child.await;
            other.await;
        })
        .await;
        (2..6).into_async_iter().concurrent(limit!(3)).for_each(async |n| emit(n).await).await;
        join((emit(6), emit(7))).await;
        join_all([emit(8), emit(9)]).await;
        let mut ordered = [emit(10), emit(11)].into_iter().collect::<FuturesOrdered<_>>();
        while ordered.next().await.is_some() {}
        drop(ordered);
        tokio::join!(emit(12), emit(13));
        futures::future::join_all((14..50).map(emit)).await; // so many that it makes a `FuturesOrdered` of them
        let within = stream(async |mut z| {
            emit(50).await;
            z.emit(1).await;
        });
        let sent = merge((within, [2].into_async_iter()));
        assert_eq!(sent.count().await, 2);
    });
    let mut found = ByHand::new(items.collect::<Vec<_>>()).finish();
    assert!(found[..6].is_sorted() && found[6..].is_sorted(), "{found:?}");
    found.sort_unstable();
    assert_eq!(found, (0..=50).collect::<Vec<_>>());
}

/// Its item had been emitted, and so it is read, however its future has been given up.
#[test]
fn an_emit_that_a_sub_executor_drops_when_something_else_is_ready_has_lost_nothing() {
    let items = stream(async |y| {
        let y = Mutex::new(y);
        let emit = async |n: u32| y.lock().await.emit(n).await;
        tokio::select! {
            biased;
            () = emit(0) => {}
            () = ready(()) => {}
        }
        futures::select_biased! {
            () = pin!(emit(1).fuse()) => {}
            () = ready(()).fuse() => {}
        }
        // One that has emitted gives an error; the others wait for the lock.
        let work = (5..9).into_async_iter().concurrent(limit!(4)).try_for_each(async |n| {
            emit(n).await;
            if n == 5 { Err(()) } else { Ok(()) }
        });
        assert_eq!(work.await, Err(()));
        let mut unordered = [emit(20), emit(21)].into_iter().collect::<FuturesUnordered<_>>();
        assert!(unordered.next().now_or_never().is_none());
        drop(unordered);
        emit(30).await;
    });
    let found = ByHand::new(items.collect::<Vec<_>>()).finish();
    assert_eq!(found, [0, 1, 5, 20, 30]);
}

#[test]
fn an_emit_that_is_dropped_after_its_first_poll_has_emitted_and_before_has_not() {
    let items = stream(async |mut y| {
        drop(y.emit(0));
        let _ = futures::poll!(pin!(y.emit(1)));
        // The slot is full: this one waits until the reader has taken what is in it.
        y.emit(2).await;
        let _ = futures::poll!(pin!(y.emit(3)));
    });
    assert_eq!(ByHand::new(items.collect::<Vec<_>>()).finish(), [1, 2, 3]);
}

#[test]
fn the_last_item_comes_before_the_error() {
    let items = try_stream(async |mut y| {
        let _ = futures::poll!(pin!(y.emit(1)));
        Err("no more")
    });
    assert_eq!(ByHand::new(items.collect::<Vec<_>>()).finish(), [Ok(1), Err("no more")]);
}

#[test]
fn a_generator_that_has_ended_stays_ended_and_so_does_one_that_panicked() {
    let mut items = ByHand::new(stream(async |mut y| {
        y.emit(1).await;
        assert!(!core::hint::black_box(true), "no");
    }));
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert!(catch_unwind(AssertUnwindSafe(|| items.poll_with(Stream::poll_next))).is_err());
    for _ in 0..3 {
        assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(None));
    }
    let mut empty = ByHand::new(stream::<u8, _, _>(async |_| ()));
    for _ in 0..3 {
        assert_eq!(empty.poll_with(Stream::poll_next), Poll::Ready(None));
    }
}

#[test]
fn a_body_runs_no_further_than_it_is_asked() {
    let steps = core::cell::Cell::new(0);
    let mut items = ByHand::new(stream(async |mut y| {
        for n in 0..3 {
            steps.set(n);
            y.emit(n).await;
        }
    }));
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(0)));
    assert_eq!(steps.get(), 0);
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert_eq!(steps.get(), 1);
}

#[test]
fn generators_are_send_with_every_kind_of_capture_and_with_borrowed_items() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    async fn one() -> Result<u32, String> {
        ready(()).await;
        Ok(1)
    }
    let body = is_send(async {
        let (numbers, mut calls, text) = (vec![1, 2], 0, String::from("text"));
        let shared = stream(async |mut y| {
            for n in &numbers {
                y.emit(n + 1).await;
            }
        });
        let mut found = shared.collect::<Vec<u32>>().await;
        let changed = stream(async |mut y| {
            for n in &numbers {
                calls += 1;
                y.emit(n + calls).await;
            }
        });
        found.extend(changed.collect::<Vec<u32>>().await);
        let moved = stream(async move |mut y| y.emit(text).await);
        found.extend(moved.map(async |text| u32::from(!text.is_empty())).collect::<Vec<_>>().await);
        let borrowed = stream(async |mut y| {
            for n in &numbers {
                y.emit(n).await;
            }
        });
        found.extend(borrowed.copied().collect::<Vec<u32>>().await);
        let fallible = try_stream(async |mut y| {
            for n in &numbers {
                y.emit(n + one().await?).await;
            }
            Ok::<_, String>(())
        });
        found.extend(fallible.collect::<Result<Vec<u32>, _>>().await.unwrap_or_default());
        found
    });
    assert_eq!(ByHand::new(body).finish(), [2, 3, 2, 4, 1, 1, 2, 2, 3]);
}

fn opaque<T: Sync>(items: &[T]) -> impl Stream<Item = &T> + Send + use<'_, T> {
    stream(async move |mut y| {
        for item in items {
            y.emit(item).await;
        }
    })
}

#[test]
fn a_generic_function_returns_one_that_borrows_and_is_send() {
    assert_eq!(ByHand::new(opaque(&[1, 2]).copied().sum::<i32>()).finish(), 3);
}

#[test]
fn the_loop_breaks_continues_returns_and_fails_as_any_loop() {
    async fn found(texts: &[&str]) -> Result<Vec<u32>, core::num::ParseIntError> {
        let mut found = Vec::new();
        for_await!('texts: text in texts.iter().into_async_iter() {
            for letter in text.chars() {
                match letter {
                    '#' => continue 'texts,
                    '!' => break 'texts,
                    '?' => return Ok(vec![]),
                    _ => {}
                }
            }
            found.push(text.parse()?);
        });
        Ok(found)
    }
    let run = |texts: &[&str]| ByHand::new(found(texts)).finish();
    assert_eq!(run(&["1", "#", "2", "!", "3"]), Ok(vec![1, 2]));
    assert_eq!(run(&["1", "?"]), Ok(vec![]));
    assert!(run(&["x"]).is_err());
}

#[test]
fn what_is_left_of_a_stream_that_was_lent_to_a_loop_comes_afterwards() {
    let body = async {
        let mut numbers = pin!(stream(async |mut y| {
            for n in 0..5 {
                poll_fn(|_| Poll::Ready(())).await;
                y.emit(n).await;
            }
        }));
        for_await!(n in numbers.as_mut() {
            if n == 1 {
                break;
            }
        });
        numbers.collect::<Vec<_>>().await
    };
    assert_eq!(ByHand::new(body).finish(), [2, 3, 4]);
}

#[test]
fn an_item_behind_one_that_was_dropped_half_way_comes_after_it() {
    let items = stream(async |mut y| {
        let _ = futures::poll!(pin!(y.emit(0)));
        {
            let mut second = pin!(y.emit(1));
            // It waits for room, here and in a sub-executor.
            assert!(futures::poll!(second.as_mut()).is_pending());
            futures::join!(second, async {});
        }
        for n in 2..5 {
            // All but the first one are dropped while they wait for room.
            let _ = futures::poll!(pin!(y.emit(n)));
        }
        // In line for it, and not emitted; forgotten, and emitted; and forgotten without that.
        drop(y.emit(5));
        let mut forgotten = ManuallyDrop::new(y.emit(6));
        assert!(futures::poll!(&mut *forgotten).is_pending());
        forget(y.emit(7));
        y.emit(8).await;
        for n in 9..11 {
            let _ = futures::poll!(pin!(y.emit(n)));
        }
    });
    assert_eq!(ByHand::new(items.collect::<Vec<_>>()).finish(), [0, 1, 2, 3, 4, 6, 8, 9, 10]);
}

#[test]
fn a_body_that_panics_is_dropped_and_never_polled_again() {
    let token = Arc::new(());
    let mut items = ByHand::new(stream({
        let token = Arc::clone(&token);
        async move |mut y| {
            y.emit(Arc::strong_count(&token)).await;
            std::panic::resume_unwind(Box::new("no"));
        }
    }));
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(2)));
    assert!(catch_unwind(AssertUnwindSafe(|| items.poll_with(Stream::poll_next))).is_err());
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(None));
    assert_eq!(Arc::strong_count(&token), 1);
}

/// What is emitted is dropped once, wherever it stands when the generator is dropped, and whatever has been forgotten.
#[test]
fn items_are_dropped_once_wherever_they_stand() {
    let item = Arc::new(());
    for polls in 0..9 {
        let mut items = ByHand::new(stream(async |mut y| {
            drop(y.emit(Arc::clone(&item)));
            y.emit(Arc::clone(&item)).await;
            for _ in 0..3 {
                let _ = futures::poll!(pin!(y.emit(Arc::clone(&item))));
            }
            {
                let kept = y.emit(Arc::clone(&item));
                futures::pending!();
                drop(kept);
            }
            let offered = y.emit(Arc::clone(&item));
            futures::pending!();
            offered.await;
        }));
        for _ in 0..polls {
            let _ = items.poll_with(Stream::poll_next);
        }
        drop(items);
        assert_eq!(Arc::strong_count(&item), 1, "after {polls} polls");
    }
}

#[test]
fn an_emit_that_was_forgotten_makes_room_for_the_next_one() {
    let items = stream(async |mut y| {
        forget(y.emit(0));
        y.emit(1).await;
        let _ = futures::poll!(pin!(y.emit(2)));
        forget(y.emit(3));
        y.emit(4).await;
        forget(y.emit(5));
    });
    assert_eq!(ByHand::new(items.collect::<Vec<_>>()).finish(), [1, 2, 4]);
}

/// A destructor of the body's, which polls an emit when there is no generator to read it.
#[test]
fn an_emit_that_is_polled_while_the_body_is_dropped_is_harmless() {
    struct EmitsAtTheEnd<'g>(Emitter<'g, Arc<()>>);
    impl Drop for EmitsAtTheEnd<'_> {
        fn drop(&mut self) {
            let mut cx = Context::from_waker(Waker::noop());
            let mut last = pin!(self.0.emit(Arc::new(())));
            assert!(last.as_mut().poll(&mut cx).is_pending());
            assert!(last.poll(&mut cx).is_pending());
        }
    }
    let mut items = ByHand::new(stream(async |mut y| {
        y.emit(Arc::new(())).await;
        let _last = EmitsAtTheEnd(y);
        futures::pending!();
    }));
    assert!(items.poll_with(Stream::poll_next).is_ready());
    assert!(items.poll_with(Stream::poll_next).is_pending());
}

#[test]
fn a_waker_of_a_sub_executor_that_panics_loses_no_item() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            std::panic::resume_unwind(Box::new("no"));
        }
    }
    let mut items = ByHand::new(stream(async |mut y| {
        let waker = Waker::from(Arc::new(Panics));
        let _ = pin!(y.emit(1)).poll(&mut Context::from_waker(&waker));
        y.emit(2).await;
    }));
    assert!(catch_unwind(AssertUnwindSafe(|| items.poll_with(Stream::poll_next))).is_err());
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(2)));
}

/// A body runs on whatever thread polls it, and leaves nothing behind on the one before.
#[test]
fn a_generator_goes_from_thread_to_thread_between_its_items() {
    let numbers = Arc::new((0..100_u64).collect::<Vec<_>>());
    let mut items = Box::pin(stream({
        let numbers = Arc::clone(&numbers);
        async move |mut y| {
            for n in numbers.iter() {
                y.emit((*n, thread::current().id())).await;
            }
        }
    }));
    for n in 0..100 {
        let item;
        (item, items) = thread::spawn(move || {
            let here = thread::current().id();
            let item = ByHand::new(items.next()).finish();
            assert_eq!(item.map(|(_, id)| id), Some(here));
            (item, items)
        })
        .join()
        .expect("no panic");
        assert_eq!(item.map(|(n, _)| n), Some(n));
    }
    assert_eq!(ByHand::new(items.next()).finish(), None);
}

#[test]
fn a_generator_that_is_forgotten_at_every_poll_does_no_harm() {
    for polls in 0..5 {
        let mut items = Box::pin(stream(async |mut y| {
            let _ = futures::poll!(pin!(y.emit(String::from("dropped"))));
            let (mut unordered, waits) = (FuturesUnordered::new(), String::from("waits"));
            unordered.push(async { y.emit(waits).await });
            while unordered.next().await.is_some() {}
            futures::pending!();
            drop(unordered);
            y.emit(String::from("last")).await;
        }));
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            let _ = items.as_mut().poll_next(&mut cx);
        }
        forget(items);
    }
}
