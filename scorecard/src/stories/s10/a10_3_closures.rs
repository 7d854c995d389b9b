//! A10.3: the ways to say what is to be done when a delay is over.
//!
//! Barbara tries `then` with a closure, which has to return a future; what just prints has none to return. What `then` gives
//! is boxed at once here: held across an `.await`, it would cost the program its `Send`, since the closure borrows.

use core::marker::PhantomData;

use futures::FutureExt as _;
use futures::future::{join_all, ready};
use onpar_scope::scope;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s10::screen::{Program, SHORT, Screen, show};
use crate::stories::s10::sequential;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A10.3",
    what: "a child is made of an async closure, or of one that returns a future; a hook is one that returns a value",
    cases: &[Case {
        what: "3 kinds of closures",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| {
            let mut measured = each(
                executor,
                &[
                    |delays, rt, screen| then_an_async_closure(delays, rt, screen).boxed(),
                    |delays, rt, screen| then_a_closure_that_returns_a_future(delays, rt, screen).boxed(),
                ],
            );
            measured.count(!then_takes_a_closure_that_returns_a_value());
            measured
        }),
        onpar: |executor| {
            each(
                executor,
                &[
                    |delays, rt, screen| spawn_an_async_closure(delays, rt, screen).boxed(),
                    |delays, rt, screen| spawn_a_closure_that_returns_a_future(delays, rt, screen).boxed(),
                    |delays, rt, screen| spawn_then_a_closure_that_returns_a_value(delays, rt, screen).boxed(),
                ],
            )
        },
    }],
};

/// Runs the programs, each of which has to print in time.
fn each(executor: Executor, programs: &[Program]) -> Measured {
    let mut measured = Measured::new("refused");
    for &program in programs {
        measured.count(show(executor, "late", SHORT, program).has_failed());
    }
    measured
}

async fn then_an_async_closure(delays: &[u64], rt: &Rt, screen: &Screen) {
    let mut timers = Vec::new();
    for &delay in delays {
        timers.push(rt.millis(delay).then(async move |()| screen.print(delay)).boxed());
    }
    join_all(timers).await;
}

async fn then_a_closure_that_returns_a_future(delays: &[u64], rt: &Rt, screen: &Screen) {
    let mut timers = Vec::new();
    for &delay in delays {
        timers.push(ready(()).then(move |()| sequential::show(delay, rt, screen)).boxed());
    }
    join_all(timers).await;
}

/// What a closure returns: a future, as `then` asks for, or something else, which the compiler refuses.
struct Returned<T>(PhantomData<T>);

fn returned<T>(_: impl FnOnce(()) -> T) -> Returned<T> {
    Returned(PhantomData)
}

impl<T: Future> Returned<T> {
    #[expect(clippy::unused_self, reason = "found before that of the trait, where `T` is a future")]
    const fn is_future(&self) -> bool {
        true
    }
}

trait SomethingElse {
    fn is_future(&self) -> bool {
        false
    }
}

impl<T> SomethingElse for Returned<T> {}

fn then_takes_a_closure_that_returns_a_value() -> bool {
    assert!(returned(async |()| 7).is_future(), "this it takes");
    returned(|()| 7).is_future()
}

async fn spawn_an_async_closure(delays: &[u64], rt: &Rt, screen: &Screen) {
    scope(async |s| {
        for &delay in delays {
            drop(s.spawn_with(delay, async |delay| {
                rt.millis(delay).await;
                screen.print(delay);
            }));
        }
    })
    .await;
}

async fn spawn_a_closure_that_returns_a_future(delays: &[u64], rt: &Rt, screen: &Screen) {
    scope(async |s| {
        for &delay in delays {
            drop(s.spawn_with(delay, |delay| sequential::show(delay, rt, screen)));
        }
    })
    .await;
}

async fn spawn_then_a_closure_that_returns_a_value(delays: &[u64], rt: &Rt, screen: &Screen) {
    let hook = |delay| {
        screen.print(delay);
        delay
    };
    scope(async |s| {
        let mut children = Vec::new();
        for delay in delays {
            children.push(s.spawn_then(rt.millis(*delay), |()| hook(*delay)));
        }
        for (child, &delay) in children.into_iter().zip(delays) {
            assert_eq!(child.await, delay);
        }
    })
    .await;
}
