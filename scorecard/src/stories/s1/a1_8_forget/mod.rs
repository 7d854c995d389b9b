//! A1.8: whatever is forgotten leaks, and nothing else happens.
//!
//! Each of onpar's futures is forgotten after its k-th poll, for every k, inside a scope that goes on. That no memory is
//! used wrongly is for valgrind to say, where it is installed, and for AddressSanitizer in CI.

mod local_programs;
mod programs;
mod valgrind;

mod forget_at;
mod held;

use alloc::sync::Arc;

use onpar_scope::scope;

use self::held::{Held, Tally};
use self::programs::Program;
use crate::executor::foreign::Foreign;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::story::{Case, Child, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A1.8",
    what: "`mem::forget` of any future or guard, at any poll, leaks it and does no other harm",
    cases: &[Case {
        what: "forgotten at every poll",
        executors: Executor::ALL,
        stock: Stock::Nothing("nothing to compare: it leaks there too"),
        onpar: with_onpar,
    }],
};

pub(super) const CURRENT_THREAD: Child =
    Child { name: "s1-forget-current_thread", run: || child(Executor::CurrentThread) };
pub(super) const MULTI_THREAD: Child = Child { name: "s1-forget-multi_thread", run: || child(Executor::MultiThread) };
pub(super) const FOREIGN: Child = Child { name: "s1-forget-foreign", run: || child(Executor::Foreign) };

const fn child_of(executor: Executor) -> &'static str {
    match executor {
        Executor::CurrentThread => CURRENT_THREAD.name,
        Executor::MultiThread => MULTI_THREAD.name,
        _ => FOREIGN.name,
    }
}

fn child(executor: Executor) {
    let measured = every_boundary(executor);
    assert!(!measured.has_failed(), "{measured}");
}

fn with_onpar(executor: Executor) -> Measured {
    let mut measured = every_boundary(executor);
    let says = valgrind::says(child_of(executor));
    measured.failures += u64::from(says.is_bad());
    measured.note(says.to_string())
}

/// A forgotten future must not keep its neighbours waiting. In real time, under valgrind, a machine takes its time.
const PATIENCE: u64 = 20_000;

/// Every program with every boundary. What is not `Send` runs on the foreign executor, which asks for nothing.
fn every_boundary(executor: Executor) -> Measured {
    let tally = Arc::<Tally>::default();
    let of_task = Arc::clone(&tally);
    let mut measured = executor.run(|rt| async move { every_boundary_of(&rt, &of_task, programs::ALL).await });
    if executor == Executor::Foreign {
        let foreign = Arc::<Foreign>::default();
        measured += &foreign.run(every_boundary_of(&Rt::Foreign(Arc::clone(&foreign)), &tally, local_programs::ALL));
    }
    let leaked = tally.opened() - tally.closed();
    measured.with(leaked, "leaked")
}

/// Each run is inside a scope that goes on, and that holds guards of its own.
async fn every_boundary_of<Fut>(rt: &Rt, tally: &Arc<Tally>, programs: &[Program<Fut>]) -> Measured
where
    Fut: Future<Output = bool>,
{
    let mut measured = Measured::new("harmful");
    for program in programs {
        for polls in 0.. {
            let neighbours = Arc::<Tally>::default();
            let outer = scope(async |_| {
                let _before = Held::guarded(rt, &neighbours);
                let ended = program(polls, rt.clone(), Arc::clone(tally)).await;
                let _after = Held::guarded(rt, &neighbours);
                ended
            });
            let ended = rt.stock_timeout(PATIENCE, outer).await;
            measured.count(ended.is_none() || neighbours.closed() != 2);
            if ended != Some(false) {
                break;
            }
        }
    }
    measured
}
