//! `async-dropper-simple` where it works: it blocks a worker thread for as long as the close takes.

use core::time::Duration;

use async_dropper_simple::{AsyncDrop, AsyncDropper};
use onpar_scope::{defer, timeout};

use super::polls::Polls;
use crate::executor::lanes::lanes;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;

const RUNS: u64 = 1000;
/// In milliseconds: comes in the middle of the work, which takes 50.
const DEADLINE: u64 = 10;
/// In milliseconds: long enough for the task to be polled meanwhile, if it is not blocked.
const CLOSE: u64 = 5;
const WRONG: &str = "blocked a worker";

#[derive(Default)]
struct Goodbye(Option<(Polls, Rt)>);

#[async_trait::async_trait]
impl AsyncDrop for Goodbye {
    async fn async_drop(&mut self) {
        if let Some((polls, rt)) = &self.0 {
            polls.cleanup(rt.millis(CLOSE)).await;
        }
    }
}

fn measured(polls: &Polls) -> Measured {
    Measured { runs: polls.cleanups(), failures: polls.blocked(), ..Measured::new(WRONG) }
}

pub(super) fn with_async_dropper(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let polls = Polls::default();
            let work = async {
                for _ in 0..runs {
                    let work = async {
                        let _connection = AsyncDropper::new(Goodbye(Some((polls.clone(), rt.clone()))));
                        rt.millis(50).await;
                    };
                    rt.stock_timeout(DEADLINE, work).await;
                }
            };
            polls.of(work).await;
            measured(&polls)
        })
        .await
    })
}

pub(super) fn with_onpar(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let polls = Polls::default();
            let work = async {
                for _ in 0..runs {
                    let work = async {
                        let close = async |(polls, rt): (Polls, Rt)| polls.cleanup(rt.millis(CLOSE)).await;
                        let _connection = defer((polls.clone(), rt.clone()), close);
                        rt.millis(50).await;
                    };
                    let _elapsed = timeout(&rt, Duration::from_millis(DEADLINE), work).await;
                }
            };
            polls.of(work).await;
            measured(&polls)
        })
        .await
    })
}
