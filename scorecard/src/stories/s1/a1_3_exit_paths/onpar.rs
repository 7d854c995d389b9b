//! Two guards, and a scope around the body.

use core::convert::Infallible;
use std::panic::panic_any;

use onpar_core::{AsyncDrop, ExitReason};
use onpar_scope::{Guard, guard, scope};
use onpar_test::every_poll::CancelAt;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::silence::silently;
use crate::stories::s1::a1_3_exit_paths::{ERROR, IN_ORDER, PANIC, WAYS, WRONG, Way, close, seen};
use crate::stories::s1::log::Log;

struct Resource {
    name: &'static str,
    rt: Rt,
    log: Log,
}

impl Resource {
    fn open(name: &'static str, rt: &Rt, log: &Log) -> Guard<Self> {
        guard(Self { name, rt: rt.clone(), log: log.clone() })
    }
}

impl AsyncDrop for Resource {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        close(self.name, &self.rt, &self.log).await;
        Ok(())
    }
}

async fn leave(way: Way, rt: &Rt, log: &Log) -> Result<Way, &'static str> {
    let _a = Resource::open("a", rt, log);
    let _b = Resource::open("b", rt, log);
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

/// Closes by hand, and waits for it.
async fn close_both(rt: &Rt, log: &Log) {
    let a = Resource::open("a", rt, log);
    let b = Resource::open("b", rt, log);
    rt.millis(1).await;
    for guard in [b, a] {
        let Ok(()) = guard.close().await;
    }
}

/// A body in a scope: one that leaves in this way, or one that closes by hand.
async fn program(way: Option<Way>, rt: &Rt, log: &Log) {
    match way {
        Some(way) => drop(seen(scope(async |_| leave(way, rt, log).await)).await),
        None => scope(async |_| close_both(rt, log).await).await,
    }
}

pub(super) fn every_way_out(executor: Executor) -> Measured {
    silently(|| {
        executor.run(async |rt| {
            let mut measured = Measured::new(WRONG);
            for way in WAYS {
                let log = Log::default();
                let seen = seen(scope(async |_| leave(way, &rt, &log).await)).await;
                measured.count(seen != way.expected() || !log.is_exactly(&IN_ORDER));
            }
            for way in WAYS.map(Some).into_iter().chain([None]) {
                // Also within the cleanups: the scope that is cancelled is not the outermost.
                for polls in 0.. {
                    let log = Log::default();
                    let ended = scope(async |_| CancelAt::new(program(way, &rt, &log), polls).await).await;
                    measured.count(!log.is_exactly(if polls == 0 { &[] } else { &IN_ORDER }));
                    if ended.is_some() {
                        break;
                    }
                }
            }
            measured
        })
    })
}
