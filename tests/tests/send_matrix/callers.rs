//! What does not fit into the table: generic callers, parameters by reference, bodies of traits' methods.

use core::fmt::Debug;
use core::future::pending;
use core::pin::Pin;
use std::sync::{Arc, Mutex};

use onpar::prelude::*;
use tokio::task::yield_now;

use super::{Connection, LATER, Refused, ask, clock, spawned};

/// Proves that a future is `Send`, whatever it borrows and whatever its type parameters are.
fn sends<F: Future + Send>(work: F) -> F {
    work
}

async fn show<T: Debug>(value: &T) -> usize {
    yield_now().await;
    format!("{value:?}").len()
}

#[test]
fn a_generic_caller_that_borrows() {
    async fn shown<T: Debug + Send + Sync>(value: &T) -> usize {
        sends(scope(async |_| {
            let _guard = guard(Connection);
            show(value).await
        }))
        .await
    }
    fn for_every_type<T: Debug + Send + Sync>(value: &T) -> impl Future<Output = usize> + Send {
        shown(value)
    }
    assert_eq!(spawned(async { shown(&[1, 2]).await + for_every_type(&"one").await }), 11);
}

#[test]
fn a_generic_caller_that_owns() {
    fn shown<T: Debug + Send + Sync + 'static>(value: T) -> impl Future<Output = usize> + Send + 'static {
        sends(async move {
            scope(async |_| {
                let guard = defer(value, async |value| {
                    show(&value).await;
                });
                show(&*guard).await
            })
            .await
        })
    }
    assert_eq!(spawned(shown([1, 2])), 6);
}

#[test]
fn a_caller_that_borrows_while_its_errors_borrow_as_well() {
    async fn ask_all(answers: &[Result<(), Refused>]) -> Result<(), &'static str> {
        let asked = try_scope(async |s| {
            for answer in answers {
                drop(s.spawn(async { answer.as_ref().copied().map_err(|Refused| "refused") }));
            }
            yield_now().await;
            Ok(())
        });
        asked.await.map_err(onpar::Failure::into_primary)
    }
    assert_eq!(spawned(async { ask_all(&[Ok(()), Err(Refused)]).await }), Err("refused"));
}

#[test]
fn a_caller_that_borrows_while_the_values_and_errors_of_a_race_borrow_as_well() {
    async fn ask_all(answers: &[Result<(), Refused>]) -> Result<&'static str, &'static str> {
        let asked = race_ok_scope(async |s| {
            for answer in answers {
                drop(s.spawn(async { answer.as_ref().map(|()| "granted").map_err(|Refused| "refused") }));
            }
            yield_now().await;
            Err("nobody answers")
        });
        asked.await.map_err(onpar::Failure::into_primary)
    }
    assert_eq!(spawned(async { ask_all(&[Err(Refused), Ok(())]).await }), Ok("granted"));
}

#[test]
fn a_generic_caller_with_a_guard_of_any_type() {
    fn guarded<T>(value: T) -> impl Future<Output = bool> + Send
    where
        T: AsyncDrop<Error: Into<onpar::BoxError> + 'static> + 'static,
    {
        sends(scope(async |_| {
            let guard = guard(value);
            yield_now().await;
            guard.close().await.is_ok()
        }))
    }
    assert!(spawned(guarded(Connection)));
}

#[test]
fn a_generic_caller_with_a_clock_of_any_type() {
    fn bounded<C>(clock: C) -> impl Future<Output = Result<u32, onpar::Elapsed>> + Send
    where
        C: Clock<Sleep: Send> + Send + Sync + 'static,
    {
        sends(async move {
            scope(async |_| {
                let _guard = guard(Connection);
                timeout(&clock, LATER, async { 7 }).await
            })
            .cleanup_budget(clock.clone(), LATER)
            .await
        })
    }
    assert_eq!(spawned(async { bounded(clock()).await }), Ok(7));
}

// Rustc 1.95 loses `Send` when an `async fn` calls an `impl AsyncFn(..)` or `impl AsyncFnMut(..)` whose closure captures by
// reference, with or without a scope: "implementation of `Send` is not general enough" (rust#110338). What works: a closure
// that owns what it captures, `impl AsyncFnOnce(..)`, and a bound that names the future, `impl Fn(u32) -> Fut`.

#[test]
fn a_caller_that_takes_an_async_closure_which_owns_what_it_captures() {
    async fn twice(work: impl AsyncFn(u32) -> u32) -> u32 {
        scope(async |_| {
            let _guard = guard(Connection);
            work(1).await + work(2).await
        })
        .await
    }
    let factor = 10;
    let tens = spawned(twice(async move |n| {
        yield_now().await;
        n * factor
    }));
    assert_eq!(tens, 30);
}

#[test]
fn a_caller_that_takes_an_async_closure_which_borrows() {
    async fn twice<F, Fut>(work: F) -> u32
    where
        F: AsyncFn(u32) -> u32 + Fn(u32) -> Fut,
        Fut: Future<Output = u32>,
    {
        scope(async |_| {
            let _guard = guard(Connection);
            work(1).await + work(2).await
        })
        .await
    }
    let tens = spawned(async {
        let factor = 10;
        twice(async |n| {
            yield_now().await;
            n * factor
        })
        .await
    });
    assert_eq!(tens, 30);
}

#[test]
fn a_caller_that_takes_an_async_closure_which_changes_what_it_owns() {
    async fn twice(mut work: impl AsyncFnMut(u32)) {
        scope(async |_| {
            work(1).await;
            work(2).await;
        })
        .await;
    }
    let list = Arc::new(Mutex::new(Vec::new()));
    let mut calls = 0;
    let seen = Arc::clone(&list);
    spawned(twice(async move |n| {
        calls += 1;
        yield_now().await;
        seen.lock().expect("no panic").push((calls, n));
    }));
    assert_eq!(*list.lock().expect("no panic"), [(1, 1), (2, 2)]);
}

#[test]
fn a_caller_that_takes_an_async_closure_over_references() {
    async fn within<R>(words: &str, work: impl AsyncFnOnce(&str) -> R) -> R {
        scope(async |_| {
            let _guard = guard(Connection);
            work(words).await
        })
        .await
    }
    let length = spawned(async {
        let more = String::from("more");
        within("some", async |words| {
            yield_now().await;
            words.len() + more.len()
        })
        .await
    });
    assert_eq!(length, 8);
}

#[test]
fn a_function_with_parameters_by_reference() {
    async fn join(words: &[&str], into: &mut String) -> Result<usize, Refused> {
        scope(async |_| {
            for word in words {
                let _guard = guard(Connection);
                ask(Ok(())).await?;
                into.push_str(word);
            }
            Ok(into.len())
        })
        .await
    }
    fn for_every_lifetime<'a>(
        words: &'a [&'a str],
        into: &'a mut String,
    ) -> impl Future<Output = Result<usize, Refused>> + Send + 'a {
        join(words, into)
    }
    let joined = spawned(async {
        let mut into = String::new();
        for_every_lifetime(&["a", "b"], &mut into).await.map(|length| (length, into))
    });
    assert_eq!(joined, Ok((2, "ab".to_owned())));
}

#[test]
fn the_body_of_a_trait_s_method() {
    trait Service {
        fn call(&mut self, request: &str) -> impl Future<Output = Result<usize, Refused>> + Send;
    }
    struct Counting<S> {
        inner: S,
        calls: usize,
    }
    struct Echo;
    impl Service for Echo {
        async fn call(&mut self, request: &str) -> Result<usize, Refused> {
            Ok(request.len())
        }
    }
    impl<S: Service + Send> Service for Counting<S> {
        async fn call(&mut self, request: &str) -> Result<usize, Refused> {
            scope(async |_| {
                let _guard = guard(Connection);
                let length = self.inner.call(request).await?;
                self.calls += 1;
                Ok(length + self.calls)
            })
            .await
        }
    }
    let called = spawned(async {
        let mut service = Counting { inner: Counting { inner: Echo, calls: 0 }, calls: 1 };
        service.call("one").await
    });
    assert_eq!(called, Ok(6));
}

#[test]
fn a_boxed_future_which_calls_itself() {
    fn nested(depth: u32, path: &str) -> Pin<Box<dyn Future<Output = usize> + Send + '_>> {
        Box::pin(scope(async move |_| {
            let _guard = guard(Connection);
            if depth == 0 { path.len() } else { nested(depth - 1, path).await + 1 }
        }))
    }
    assert_eq!(spawned(async { nested(10, "root").await }), 14);
}

#[test]
fn a_scope_whose_handle_is_lent_to_a_function() {
    async fn accept(s: &onpar::Scope<'_, '_>, list: &mut Vec<u32>) {
        drop(guard(Connection));
        list.push(1);
        s.settled().await;
    }
    let list = spawned(async {
        let mut list = Vec::new();
        scope(async |s| accept(s, &mut list).await).await;
        list
    });
    assert_eq!(list, [1]);
}

#[test]
fn a_loop_over_borrowed_things_with_scopes_in_it() {
    let sum = spawned(async {
        let lists = [vec![1, 2], vec![3]];
        let mut sum = 0;
        scope(async |_| {
            for list in &lists {
                scope(async |_| {
                    for number in list {
                        let number = defer(*number, async |_| yield_now().await);
                        sum += *number;
                        number.close().await.expect("it cannot fail");
                    }
                })
                .await;
            }
        })
        .await;
        sum
    });
    assert_eq!(sum, 6);
}

#[test]
fn futures_that_are_joined_and_selected_in_a_scope() {
    let both = spawned(async {
        let words = String::from("one");
        scope(async |_| {
            let left = scope(async |_| words.len());
            let right = timeout(clock(), LATER, scope(async |_| ask(Ok(())).await));
            let (left, right) = tokio::join!(left, right);
            tokio::select! {
                biased;
                _ = scope(async |_| show(&words).await) => {}
                () = pending() => {}
            }
            (left, right.is_ok())
        })
        .await
    });
    assert_eq!(both, (3, true));
}

#[test]
fn guards_and_their_closes_move_between_tasks() {
    let closed = spawned(async {
        scope(async |_| {
            let guard = defer(1, async |_| yield_now().await);
            let guard = tokio::spawn(async move { guard }).await.expect("the task ends");
            let close = guard.close();
            tokio::spawn(close).await.expect("the task ends")
        })
        .await
    });
    assert!(closed.is_ok());
}

#[test]
fn a_bracket_in_a_generic_function() {
    async fn with<T: Send + 'static, R>(value: T, work: impl AsyncFnOnce(&mut T) -> R) -> R {
        scope(async |_| work(&mut *defer(value, async |_| ())).await).await
    }
    fn doubled<T>(value: T) -> impl Future<Output = usize> + Send
    where
        T: Debug + Send + Sync + 'static,
    {
        sends(async move {
            let acquire = async { Ok::<T, Refused>(value) };
            let used = using(acquire, async |value| show(value).await * 2, async |value, _| drop(value)).await;
            used.expect("acquired").0
        })
    }
    assert_eq!(spawned(doubled("one")), 10);
    assert_eq!(spawned(async { with(vec![1], async |list| list.len()).await }), 1);
}
