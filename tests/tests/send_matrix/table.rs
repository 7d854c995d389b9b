//! A table of what people write: what stands around the work, what the work takes from outside, how it is left.
//!
//! Each combination is a test of its own, named `shape::capture::end`.

use onpar::prelude::*;
use tokio::task::yield_now;

use super::{Connection, LATER, Refused, ask, clock, spawned};

/// What stands around the work.
macro_rules! shape {
    (scope $work:block) => {
        scope(async |_| $work).await
    };
    (scope_of_async_move_closure $work:block) => {
        scope(async move |_| $work).await
    };
    (scope_named_with_outcome_and_budget $work:block) => {
        scope(async |_| $work).named("matrix").cleanup_budget(clock(), LATER).outcome().await.value
    };
    (scope_that_settles $work:block) => {
        scope(async |s| {
            drop(defer((), async |()| yield_now().await));
            let worked = async { $work }.await;
            s.settled().await;
            worked
        })
        .await
    };
    (scope_in_scope $work:block) => {
        scope(async |_| {
            let worked = scope(async |_| $work).await?;
            yield_now().await;
            Ok(worked)
        })
        .await
    };
    (scope_in_scope_in_scope $work:block) => {
        scope(async |outer| {
            scope(async |_| {
                outer.settled().await;
                scope(async |_| $work).await
            })
            .await
        })
        .await
    };
    (guard_across_an_await $work:block) => {
        scope(async |_| {
            let _guard = guard(Connection);
            yield_now().await;
            $work
        })
        .await
    };
    (guard_that_is_used_and_closed $work:block) => {
        scope(async |_| {
            let mut guard = defer(vec![1], async |_: Vec<u32>| yield_now().await);
            let worked = async { $work }.await;
            guard.push(2);
            yield_now().await;
            assert!(guard.close().await.is_ok());
            worked
        })
        .await
    };
    (guard_without_a_scope $work:block) => {{
        let guard = guard(Connection);
        let worked = async { $work }.await;
        assert!(guard.close().await.is_ok());
        worked
    }};
    (timeout $work:block) => {
        timeout(clock(), LATER, async { $work }).await.expect("in time")
    };
    (timeout_by_reference_with_outcome_and_budget $work:block) => {{
        let clock = &clock();
        timeout(clock.clone(), LATER, async { timeout(clock, LATER, async { $work }).await.expect("in time") })
            .cleanup_budget(LATER)
            .outcome()
            .await
            .value
            .expect("in time")
    }};
    (timeout_in_scope_in_timeout $work:block) => {
        timeout(
            clock(),
            LATER,
            scope(async |_| {
                let _guard = guard(Connection);
                timeout(clock(), LATER, async { $work }).await.expect("in time")
            }),
        )
        .await
        .expect("in time")
    };
    (using $work:block) => {{
        let (worked, ()) = using(ask(Ok(())), async |()| $work, async |(), _| yield_now().await).await?;
        worked
    }};
    (timeout_around_using $work:block) => {{
        let bracket = using(ask(Ok(())), async |()| $work, async |(), _| yield_now().await);
        let (worked, ()) = timeout(clock(), LATER, bracket).await.expect("in time")?;
        worked
    }};
    (using_in_scope $work:block) => {
        scope(async |_| {
            let acquire = async { Ok::<_, Refused>(vec![1]) };
            let body = async |list: &mut Vec<u32>| {
                list.push(2);
                yield_now().await;
                $work
            };
            using(acquire, body, async |list, _| drop(list)).await?.0
        })
        .await
    };
}

/// For each shape, each capture and each end: a test.
macro_rules! matrix {
    (shapes $shapes:tt captures $captures:tt ends $ends:tt) => {
        matrix!(@shapes $shapes $captures $ends);
    };
    (@shapes { $($shape:ident)+ } $captures:tt $ends:tt) => {$(
        mod $shape {
            use super::*;

            matrix!(@captures $shape $captures $ends);
        }
    )+};
    (@captures $shape:ident { $($capture:ident: $before:tt $work:tt)+ } $ends:tt) => {$(
        mod $capture {
            use super::*;

            matrix!(@ends $shape $before $work $ends);
        }
    )+};
    (@ends $shape:ident $before:tt $work:tt { $($end:ident: $leave:tt $expected:tt)+ }) => {$(
        matrix!(@cell $shape $before $work $end $leave $expected);
    )+};
    (@cell $shape:ident { $($before:tt)* } { $($work:tt)* } $end:ident { $($leave:tt)* } $expected:tt) => {
        #[test]
        fn $end() {
            let ended = spawned(async move {
                $($before)*
                let worked: Result<usize, Refused> = shape!($shape {
                    yield_now().await;
                    $($leave)*
                    $($work)*
                });
                worked
            });
            assert_eq!(ended, $expected);
        }
    };
}

matrix! {
    shapes {
        scope
        scope_of_async_move_closure
        scope_named_with_outcome_and_budget
        scope_that_settles
        scope_in_scope
        scope_in_scope_in_scope
        guard_across_an_await
        guard_that_is_used_and_closed
        guard_without_a_scope
        timeout
        timeout_by_reference_with_outcome_and_budget
        timeout_in_scope_in_timeout
        using
        timeout_around_using
        using_in_scope
    }
    captures {
        nothing: {} {
            Ok(3)
        }
        borrowed: { let words = String::from("one"); let words = &words; } {
            ask(Ok(())).await?;
            Ok(words.len())
        }
        mutated: { let mut list = vec![1, 2]; let list = &mut list; } {
            list.push(3);
            yield_now().await;
            Ok(list.len())
        }
        owned: { let words = String::from("one"); } {
            let words = words;
            yield_now().await;
            Ok(words.into_bytes().len())
        }
        all_of_them: {
            let (words, mut list, owned) = (String::from("one"), Vec::new(), Box::new(1));
            let (words, list) = (&*words, &mut list);
        } {
            list.push(words);
            yield_now().await;
            Ok(list.len() + 1 + *{ owned })
        }
    }
    ends {
        value: {} (Ok(3))
        question_mark_that_passes: { ask(Ok(())).await?; } (Ok(3))
        question_mark_that_leaves: { ask(Err(Refused)).await?; } (Err(Refused))
        early_return: { if ask(Err(Refused)).await.is_err() { return Err(Refused); } } (Err(Refused))
    }
}
