//! Longer programs, in which one thing stands on another.

use core::pin::pin;
use core::time::Duration;

use onpar_core::Clock;
use onpar_iter::{
    AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, AsyncTimed as _, IntoAsyncIterator as _, Stream,
    limit, sync, sync_ref,
};
use onpar_tests::Ticking;

use crate::{pause, spawn};

#[test]
fn owned_items() {
    let sum = spawn(async {
        let (offset, text) = (1, String::from("abc"));
        let kept = (0..9_u64).into_async_iter().filter(async |n| {
            pause().await;
            *n >= offset
        });
        let mapped = kept.map_with(text, async |text, n| {
            pause().await;
            n + text.len() as u64
        });
        let stated = mapped.map_with(0, async |calls, n| {
            *calls += 1;
            pause().await;
            n + *calls
        });
        let zipped = stated.peekable().zip((0..5_u64).into_async_iter().map(sync(|n| n * 2))).enumerate();
        let mut zipped = pin!(zipped);
        let first = zipped.next().await;
        pause().await;
        let rest = zipped.fold(0, async |sum, (number, (a, b))| {
            pause().await;
            sum + number as u64 + a + b + offset
        });
        (first, rest.await)
    });
    assert_eq!(sum, (Some((0, (5, 0))), 74));
}

#[test]
fn borrowed_items() {
    let found = spawn(async {
        let names = [String::from("a"), String::from("bb"), String::from("ccc")];
        let longest = names.len();
        let wanted = names.iter().into_async_iter().filter(async |name| {
            pause().await;
            name.len() <= longest
        });
        let first: Vec<&String> = wanted.inspect(async |_| pause().await).collect().await;
        let keyed = names.iter().into_async_iter().max_by_key(async |name| {
            pause().await;
            name.len().min(longest)
        });
        let keyed = keyed.await;
        let compared = names.iter().into_async_iter().min_by(async |a, b| {
            pause().await;
            a.len().cmp(&b.len())
        });
        let compared = compared.await;
        let (short, long): (Vec<&String>, Vec<&String>) =
            names.iter().into_async_iter().partition(async |name| name.len() < longest).await;
        let all = names.iter().into_async_iter().chain(names.iter().into_async_iter()).peekable();
        let equal = all.zip(names.iter().into_async_iter()).all(async |(a, b)| a == b || longest == 0).await;
        let same = names.iter().into_async_iter().eq(names.iter().into_async_iter()).await;
        let lengths = names.iter().into_async_iter().concurrent(limit!(2)).filter(async |name| {
            pause().await;
            name.len() < longest
        });
        let lengths = lengths.map(async |name| (name, name.len() + longest)).collect::<Vec<(&String, usize)>>().await;
        let counted = names.iter().into_async_iter().filter_with(0, async |calls, name| {
            *calls += 1;
            pause().await;
            name.len() > *calls
        });
        let counted = counted.count().await;
        let sizes = (first.len(), short.len(), long.len(), lengths.len(), counted);
        (sizes, keyed.cloned(), compared.cloned(), equal, same)
    });
    assert_eq!(found, ((3, 2, 1, 2, 0), Some("ccc".into()), Some("a".into()), true, true));
}

#[test]
fn made_outside_of_the_task() {
    let offset = 3;
    let stream = (0..4_u64).into_async_iter().filter(async |n| *n > 0).map_with(offset, async |offset, n| n + *offset);
    assert_eq!(spawn(async { stream.sum::<u64>().await }), 15);
}

/// What changes its captures, or owns them, and is `Send` where it is made; in a task it takes a state, as above.
#[test]
fn changed_and_owned_captures_outside_of_the_task() {
    let (mut calls, text) = (0, String::from("abc"));
    let counted = (0..4_u64).into_async_iter().map_mut(async move |n| {
        calls += 1;
        pause().await;
        n + calls + text.len() as u64
    });
    assert_eq!(spawn(counted.sum::<u64>()), 28);
}

fn long<'x, T, S>(names: S, least: usize) -> impl Stream<Item = T> + Send + use<'x, T, S>
where
    T: AsRef<str> + Send + Sync + 'x,
    S: Stream<Item = T> + Send,
{
    names.filter_with(least, async |least, name| {
        pause().await;
        name.as_ref().len() >= *least
    })
}

fn lengths<S: Stream<Item = String> + Send>(names: S) -> impl Stream<Item = usize> + Send {
    names.filter(sync_ref(|name: &String| !name.is_empty())).map(async |name: String| {
        pause().await;
        name.len()
    })
}

#[test]
fn returned_by_generic_functions() {
    let found = spawn(async {
        let names = vec![String::from("a"), String::from("bb")];
        let borrowed = long(names.iter().into_async_iter(), 2).count().await;
        let owned = long(names.clone().into_async_iter(), 1).count().await;
        (borrowed, owned, lengths(names.into_async_iter()).sum::<usize>().await)
    });
    assert_eq!(found, (1, 2, 3));
}

/// Every method that takes a clock, over owned and over borrowed items, with a clock that is owned and one that is lent, between
/// closures that borrow.
#[test]
fn by_a_clock() {
    const D: Duration = Duration::from_millis(3);
    let found = spawn(async {
        let (clock, names) = (Ticking::default(), ["a", "bb", "ccc"].map(String::from));
        let least = names.len() - 2;
        let all = || {
            names.iter().into_async_iter().filter(async |name| {
                pause().await;
                name.len() >= least
            })
        };
        let in_time = all().timeout(&clock, D).filter_map(async |name| name.ok()).timeout_repeating(&clock, D);
        let in_time = in_time.filter_map(async |name| name.ok()).timeout_whole(&clock, Duration::MAX);
        let in_time = in_time.map(async |name| {
            pause().await;
            name.map_or(0, |name| name.len().min(least))
        });
        let in_time = in_time.sum::<usize>().await;
        let paced = all().delay_each(&clock, D).throttle(&clock, D).throttle_first(clock.clone(), Duration::ZERO);
        let paced =
            paced.take_for(clock.clone(), Duration::MAX).chunks_timeout(&clock, limit!(2), D).map(async |chunk| {
                pause().await;
                chunk.len() * least
            });
        let paced = paced.sum::<usize>().await;
        let latest = all().throttle_latest(&clock, D).audit(&clock, D).debounce(&clock, D).sample(&clock, D);
        let latest = latest.take_until_deadline(&clock, clock.now() + Duration::MAX).last().await;
        let owned =
            names.clone().into_async_iter().debounce(clock.clone(), D).chunks_timeout(clock.clone(), limit!(9), D);
        let mut owned = pin!(owned.delay_each(&clock, D).timeout(clock.clone(), D));
        let mut count = 0;
        while let Some(chunk) = owned.next().await {
            pause().await;
            count += chunk.map_or(0, |chunk| chunk.len());
        }
        (in_time, paced, latest.cloned(), count)
    });
    assert_eq!(found, (3, 3, Some("ccc".into()), 1));
}

fn slowly<'x, T, S, C>(names: S, clock: C, least: usize) -> impl Stream<Item = Vec<T>> + Send + use<'x, T, S, C>
where
    T: AsRef<str> + Send + Sync + 'x,
    S: Stream<Item = T> + Send,
    C: Clock<Sleep: Send> + Send,
{
    let paced = names.throttle(clock.clone(), Duration::from_millis(2)).filter_with(least, async |least, name: &T| {
        pause().await;
        name.as_ref().len() >= *least
    });
    paced.chunks_timeout(clock.clone(), limit!(2), Duration::from_millis(5)).throttle_first(clock, Duration::ZERO)
}

#[test]
fn by_a_clock_and_returned_by_generic_functions_or_made_outside() {
    let clock = Ticking::default();
    let outside = (0..4).into_async_iter().delay_each(clock.clone(), Duration::from_millis(1)).map(async |n| n + 1);
    let found = spawn(async move {
        let names = ["a", "bb", "ccc"].map(String::from);
        let borrowed =
            slowly(names.iter().into_async_iter(), &clock, 2).flat_map(async |chunk| chunk.into_async_iter());
        let borrowed = borrowed.count().await;
        let owned = slowly(names.into_async_iter(), clock, 1).map(async |chunk| chunk.len()).sum::<usize>().await;
        (borrowed, owned, outside.sum::<i32>().await)
    });
    assert_eq!(found, (2, 3, 10));
}
