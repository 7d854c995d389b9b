//! [`Program`]: what selects all rows, and processes what comes of them, until it fails; with stock tools, with peers, with
//! onpar. [`Seen`] is what was seen of a run.

use alloc::sync::Arc;
use core::time::Duration;

use futures::FutureExt as _;
use futures::future::{BoxFuture, Either, LocalBoxFuture};
use onpar_core::Clock as _;
use onpar_test::every_poll::Boundary;

use crate::executor::stuck::unless_stuck;
use crate::executor::{Executor, Rt};
use crate::stories::s4::work::{Refused, Work};
use crate::stories::s4::{onpar, peers, stock};

/// What a program gives.
pub(super) type Answer = Result<(), Refused>;

#[derive(Clone, Copy)]
pub(super) enum Program {
    Task(for<'a> fn(&'a Work) -> BoxFuture<'a, Answer>),
    /// It is not `Send`, and so no task.
    Here(for<'a> fn(&'a Work) -> LocalBoxFuture<'a, Answer>),
}

/// `buffered` of futures-rs, as the story first has it.
pub(super) const BUFFERED: Program = Program::Task(|work| stock::buffered(work).boxed());
/// `FuturesUnordered` of futures-rs, and a loop.
pub(super) const UNORDERED: Program = Program::Task(|work| stock::unordered(work).boxed());
pub(super) const JOIN_ME_MAYBE: Program = Program::Task(|work| peers::join_me_maybe(work).boxed());
pub(super) const MORO: Program = Program::Task(|work| peers::moro(work).boxed());
pub(super) const CONCURRENCY: Program = Program::Here(|work| peers::concurrency(work).boxed_local());
pub(super) const ROUGHAGE: Program = Program::Here(|work| peers::roughage(work).boxed_local());
pub(super) const ONPAR: Program = Program::Task(|work| onpar::ordered(work).boxed());
/// The same, where order does not matter.
pub(super) const ONPAR_UNORDERED: Program = Program::Task(|work| onpar::unordered(work).boxed());
/// The same, with a last stage that cannot fail.
pub(super) const ONPAR_FOR_EACH: Program = Program::Task(|work| onpar::for_each(work).boxed());

impl Program {
    /// Runs it on the work that `make` makes; it is cancelled where `at` says.
    pub(super) fn run(self, executor: Executor, make: impl FnOnce(Rt) -> Work, at: Option<&Boundary>) -> Seen {
        match self {
            Self::Task(program) => executor.run(|rt| {
                let (work, lent) = share(make(rt));
                watch(work, async move { program(&lent).await }, at)
            }),
            Self::Here(program) => executor.run_here(|rt| {
                let (work, lent) = share(make(rt));
                watch(work, async move { program(&lent).await }, at)
            }),
        }
    }
}

fn share(work: Work) -> (Arc<Work>, Arc<Work>) {
    let work = Arc::new(work);
    (Arc::clone(&work), work)
}

fn watch<F: Future<Output = Answer>>(
    work: Arc<Work>,
    program: F,
    at: Option<&Boundary>,
) -> impl Future<Output = Seen> + use<F> {
    let program = match at {
        Some(at) => Either::Left(at.cancel(program)),
        None => Either::Right(program.map(Some)),
    };
    async move {
        let start = work.rt().now();
        let ended = match unless_stuck(work.rt(), work.log().owner(program)).await {
            Some(Some(answer)) => Ended::With(answer),
            Some(None) => Ended::Cancelled,
            None => Ended::Stuck,
        };
        Seen { ended, took: work.rt().now() - start, work }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    With(Answer),
    Cancelled,
    /// Nothing will ever wake it.
    Stuck,
}

/// What was seen of a run.
pub(super) struct Seen {
    pub(super) ended: Ended,
    pub(super) took: Duration,
    pub(super) work: Arc<Work>,
}
