//! Two resources that are closed behind the body, and by a spawned task where the body did not end.

use std::panic::panic_any;

use onpar_test::every_poll::CancelAt;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::silence::silently;
use crate::stories::s1::a1_3_exit_paths::{ERROR, IN_ORDER, PANIC, WAYS, WRONG, Way, close, seen};
use crate::stories::s1::log::Log;

/// Closed by hand, or else by a task that nobody waits for.
struct Resource(Option<(&'static str, Rt, Log)>);

impl Resource {
    fn open(name: &'static str, rt: &Rt, log: &Log) -> Self {
        Self(Some((name, rt.clone(), log.clone())))
    }

    async fn close(mut self) {
        if let Some((name, rt, log)) = self.0.take() {
            close(name, &rt, &log).await;
        }
    }
}

impl Drop for Resource {
    fn drop(&mut self) {
        if let Some((name, rt, log)) = self.0.take() {
            let spawner = rt.clone();
            spawner.spawn(async move { close(name, &rt, &log).await });
        }
    }
}

/// The body stands in a block of its own, so that no way out but a panic leads past the closes.
async fn leave(way: Way, rt: Rt, log: Log) -> Result<Way, &'static str> {
    let a = Resource::open("a", &rt, &log);
    let b = Resource::open("b", &rt, &log);
    let result = async {
        rt.millis(1).await;
        for _ in 0..2 {
            match way {
                Way::End => {}
                Way::Question => Err(ERROR)?,
                Way::Return => return Ok(way),
                Way::Break => break,
                Way::Panic => panic_any(PANIC),
            }
        }
        Ok(way)
    }
    .await;
    b.close().await;
    a.close().await;
    result
}

pub(super) fn every_way_out(executor: Executor) -> Measured {
    silently(|| {
        executor.run(async |rt| {
            let mut measured = Measured::new(WRONG);
            for way in WAYS {
                let log = Log::default();
                let seen = seen(leave(way, rt.clone(), log.clone())).await;
                measured.count(seen != way.expected() || !log.is_exactly(&IN_ORDER));
            }
            for polls in 0.. {
                let log = Log::default();
                let ended = CancelAt::new(leave(Way::End, rt.clone(), log.clone()), polls).await;
                measured.count(!log.is_exactly(if polls == 0 { &[] } else { &IN_ORDER }));
                if ended.is_some() {
                    break;
                }
            }
            measured
        })
    })
}
