//! Joins and races of futures that borrow, in futures that must be `Send`.

use core::future::pending;

use onpar::prelude::*;
use tokio::task::yield_now;

use super::{Connection, LATER, clock, spawned};

/// Proves that a future is `Send`, whatever it borrows and whatever its type parameters are.
fn sends<F: Future + Send>(work: F) -> F {
    work
}

async fn ask(host: &str) -> Result<usize, String> {
    let connection = guard(Connection);
    yield_now().await;
    connection.close().await.map_err(|error| error.to_string())?;
    if host.is_empty() { Err("nobody".to_owned()) } else { Ok(host.len()) }
}

#[test]
fn of_async_closures_that_borrow() {
    let work = async {
        let hosts = [String::from("a"), String::from("bb"), String::from("ccc")];
        let factor = 10;
        let times = async |host: &str| ask(host).await.map(|length| length * factor);
        let [a, b, c] = &hosts;
        let all = join((times(a), times(b), times(c))).await;
        let tried = try_join([times(a), times(b), times(c)]).await;
        let raced = race((times(a), async { pending().await }, times(c))).await;
        let many = race_ok_all(hosts.iter().map(|host| times(host))).await;
        let owned = join_all(hosts.iter().map(async |host| ask(host).await)).await;
        (all.0, tried.map_or(0, |lengths| lengths.iter().sum()), raced, many.is_some(), owned.len())
    };
    assert_eq!(spawned(sends(work)), (Ok(10), 60, Ok(10), true, 3));
}

/// Their closures are lent what they work on, of which the compiler loses sight in the types around them.
#[test]
fn of_pipelines_and_brackets() {
    let work = async {
        let (least, clock) = (vec![3_u32], clock());
        let above = || (0..9).into_async_iter().filter(async |n: &u32| *n > least[0]);
        let checked = || above().map(async |n| if n < 9 { Ok(n) } else { Err("too large") }).try_collect::<Vec<u32>>();
        let bracket = || {
            let acquire = async { Ok::<_, &str>(vec![1_u32]) };
            let body = async |list: &mut Vec<u32>| {
                yield_now().await;
                list.extend(&least);
                list.len()
            };
            using(acquire, body, async |list, _| drop(list))
        };
        let limited = timeout(&clock, LATER, above().count()).outcome().await.value;
        let joined = join((above().count(), bracket())).await;
        let joined = (joined, join([above().count(), above().count()]).await, join(vec![bracket()]).await);
        let tried = (try_join((checked(), bracket())).await, try_join([checked(), checked()]).await);
        let raced = (race((above().count(), above().count())).await, race(vec![above().count()]).await);
        let won = (race_ok((checked(), checked())).await, race_ok_all([checked()]).await);
        (limited, joined, tried.0.is_ok() && tried.1.is_ok(), raced, won.0.is_ok() && won.1.is_some())
    };
    let (five, two) = (5, Ok((2, ())));
    let joined = ((five, two), [five; 2], vec![two]);
    assert_eq!(spawned(sends(work)), (Ok(five), joined, true, (five, Some(five)), true));
}

#[test]
fn of_pipelines_as_children_in_shields_and_in_event_loops() {
    let work = async {
        let (least, clock) = (vec![3_u32], clock());
        let above = || (0..9).into_async_iter().filter(async |n: &u32| *n > least[0]);
        let children = scope(async |s| {
            let (one, other) = (s.spawn(above().count()), s.spawn_then(above().count(), |n| n + 1));
            let in_time = timeout(&clock, LATER, s.spawn(above().count())).await;
            (one.await, other.await, in_time)
        });
        let children = children.await;
        let bounded = bounded_scope(limit!(1), async |s| s.spawn_when_free(above().count()).await.await).await;
        let even = || (0..9).into_async_iter().filter(async |n: &u32| n.is_multiple_of(2));
        let shielded = shield(clock.clone(), LATER, even().count()).await;
        let mut total = 0;
        events(&mut total)
            .once(above().count(), async |total, n| *total += n)
            .on(above(), async |total, _| *total += 1)
            .await;
        (children, bounded, shielded, total)
    };
    assert_eq!(spawned(sends(work)), ((5, 6, Ok(5)), 5, 5, 10));
}

#[test]
fn in_generic_callers() {
    async fn both<A, B>(a: A, b: B) -> (A::Output, B::Output)
    where
        A: Future<Output: Send> + Send,
        B: Future<Output: Send> + Send,
    {
        sends(join((a, b))).await
    }
    async fn first<T: Send>(members: Vec<impl Future<Output = T> + Send>) -> Option<T> {
        sends(race(members)).await
    }
    fn for_every_lifetime<'a>(hosts: &'a [&'a str]) -> impl Future<Output = Option<Result<usize, String>>> + Send + 'a {
        first(hosts.iter().map(|host| ask(host)).collect())
    }
    let work = async {
        let hosts = ["a", "bb"];
        let (one, two) = both(ask(hosts[0]), for_every_lifetime(&hosts)).await;
        (one, two)
    };
    assert_eq!(spawned(sends(work)), (Ok(1), Some(Ok(1))));
}

#[test]
fn within_scopes_children_and_timeouts() {
    let work = async {
        let hosts = [String::from("a"), String::from("bb")];
        let clock = clock();
        scope(async |s| {
            let child = s.spawn(try_join(hosts.each_ref().map(|host| ask(host))));
            let raced = timeout(&clock, LATER, race((ask(&hosts[0]), ask(&hosts[1])))).outcome().await;
            (child.await.map_err(|failure| failure.to_string()), raced.value)
        })
        .await
    };
    assert_eq!(spawned(sends(work)), (Ok([1, 2]), Ok(Ok(1))));
}
