//! [`run`]: carries a program out.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::num::NonZero;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::time::Duration;
use std::panic::resume_unwind;
use std::thread;

use futures::FutureExt as _;
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use onpar_core::{AsyncDrop, Clock as _, ExitReason};
use onpar_scope::{
    Guard, bounded_scope, checkpoint, events, guard, join_all, race_all, race_ok_all, race_ok_scope, scope, shield,
    timeout, try_join_all, try_scope,
};
use onpar_test::{InjectedPanic, Trigger};

use crate::EVER;
use crate::nursery::Nursery;
use crate::oracle::{Error, Watch, World};
use crate::program::{Combinator, Kind, Op, Program};

pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
pub(crate) type Outcome = Result<(), Error>;

/// What a guard guards.
struct Open {
    world: World,
    millis: u64,
    program: Option<Program>,
}

impl Open {
    fn new(world: &World, millis: u64, program: Option<&Program>) -> Guard<Self> {
        world.counts.open();
        guard(Self { world: world.clone(), millis, program: program.cloned() })
    }
}

impl AsyncDrop for Open {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        let Self { world, millis, program } = self;
        let cleaning = world.counts.start();
        world.rt.sleep(millis_of(millis)).await;
        if let Some(program) = program {
            drop(run(program, world, None).await);
        }
        cleaning.has_ended();
        Ok(())
    }
}

const fn millis_of(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Does what a program says, in a scope, if there is one around that the program may use.
pub(crate) fn run<'s>(program: Program, world: World, scope: Option<&'s dyn Nursery<'s>>) -> Boxed<'s, Outcome> {
    Box::pin(async move {
        let mut open = Vec::<Guard<Open>>::new();
        let mut children = Vec::new();
        for op in program.iter() {
            match op {
                Op::Sleep(millis) => world.rt.sleep(millis_of(*millis)).await,
                Op::Yield => Trigger::never().pending_once().await,
                Op::Checkpoint => checkpoint().await,
                Op::Open(millis) => open.push(Open::new(&world, *millis, None)),
                Op::OpenWith(program) => open.push(Open::new(&world, 0, Some(program))),
                Op::Close => {
                    if let Some(guard) = open.pop() {
                        guard.close().await.unwrap_or_else(|never| match never {});
                    }
                }
                Op::DropFirst => drop((!open.is_empty()).then(|| open.remove(0))),
                Op::DropElsewhere => {
                    if !open.is_empty() {
                        let mut first = open.remove(0);
                        first.world.leave_frame();
                        thread::spawn(|| drop(first)).join().expect("a drop does not panic");
                    }
                }
                Op::Panic => InjectedPanic::throw(),
                Op::Return(result) => return result.map_err(|()| Error),
                Op::Spawn(program) => {
                    let (child, watch) = world.of_child();
                    let work = world.probes.probe(run(Arc::clone(program), child, scope));
                    children.extend(scope.and_then(|s| s.spawn(Box::pin(work))).map(|child| (child, watch)));
                }
                Op::SpawnOn(program) => {
                    let (task, watch) = world.of_task();
                    let work = run(Arc::clone(program), task, None);
                    children.extend(scope.and_then(|s| s.spawn_on(&world.rt, work)).map(|task| (task, watch)));
                }
                Op::Await => {
                    if let Some((child, watch)) = children.pop() {
                        child.wait().await;
                        watch.assert_over();
                    }
                }
                Op::Cancel => {
                    if let Some((child, watch)) = children.pop() {
                        child.cancel().await;
                        watch.assert_over();
                    }
                }
                Op::Forsake => drop(children.pop()),
                Op::Try => {
                    if let Some((child, _)) = children.pop() {
                        let _ = futures::poll!(child.wait());
                    }
                }
                Op::Fail => scope.into_iter().for_each(Nursery::fail),
                Op::CancelScope => scope.into_iter().for_each(Nursery::cancel),
                Op::Settled => {
                    if let Some(scope) = scope {
                        scope.settled().await;
                    }
                }
                Op::Cancelled(millis) => {
                    if let Some(scope) = scope {
                        let _ = timeout(&world.rt, millis_of(*millis), scope.cancelled()).await;
                    }
                }
                Op::Scope(kind, program) => {
                    let (nested, watch) = world.of_scope();
                    let probes = nested.probes.clone();
                    let ended = ended(probes.owner(in_scope(*kind, Arc::clone(program), nested)), &watch).await;
                    let snoozed = probes.longest();
                    assert_eq!(snoozed.owner_polls, 0, "a child was woken, and not polled by its scope: {snoozed:?}");
                    ended.unwrap_or_else(|payload| resume_unwind(payload))?;
                }
                Op::Timeout(millis, program) => {
                    let (part, watch) = world.of_part();
                    let work = timeout(&world.rt, millis_of(*millis), run(Arc::clone(program), part, None));
                    let ended = ended(work, &watch).await.unwrap_or_else(|payload| resume_unwind(payload));
                    ended.unwrap_or(Ok(()))?;
                }
                Op::Shield(program) => {
                    let work = run(Arc::clone(program), world.clone(), None);
                    shield(world.rt.clone(), 2 * EVER, work).await?;
                }
                Op::Together(combinator, programs) => together(*combinator, programs, &world).await?,
                Op::Events(programs) => in_loop(programs, &world).await?,
                Op::Catch(program) => {
                    let work = run(Arc::clone(program), world.clone(), scope);
                    drop(AssertUnwindSafe(work).catch_unwind().await);
                }
            }
        }
        Ok(())
    })
}

/// Looks when something has ended whether all of it has, also when it panics.
async fn ended<T>(work: impl Future<Output = T>, watch: &Watch) -> thread::Result<T> {
    let ended = AssertUnwindSafe(work).catch_unwind().await;
    watch.assert_over();
    ended
}

/// Runs the program as the body of a scope.
async fn in_scope(kind: Kind, program: Program, world: World) -> Outcome {
    match kind {
        Kind::Plain => scope(async move |s| run(program, world, Some(s)).await).await,
        Kind::FailFast => {
            try_scope(async move |s| run(program, world, Some(s)).await).await.map_err(|failure| failure.primary)
        }
        Kind::CollectAll => {
            let work = try_scope(async move |s| run(program, world, Some(s)).await).collect_all();
            work.await.map_err(|failure| failure.primary)
        }
        Kind::RaceOk => {
            race_ok_scope(async move |s| run(program, world, Some(s)).await).await.map_err(|failure| failure.primary)
        }
        Kind::Bounded => {
            let room = const { NonZero::new(2).expect("it is not zero") };
            bounded_scope(room, async move |s| {
                for _ in 0..3 {
                    let (child, _) = world.of_child();
                    let work = world.probes.probe(run(Arc::clone(&program), child, Some(s.for_children())));
                    drop(s.spawn_when_free(work).await);
                }
                run(program, world, Some(s.for_children())).await
            })
            .await
        }
    }
}

/// Runs the programs as members of one future.
async fn together(combinator: Combinator, programs: &[Program], world: &World) -> Outcome {
    let (part, watch) = world.of_part();
    let members: Vec<_> = programs.iter().map(|program| run(Arc::clone(program), part.clone(), None)).collect();
    drop(part);
    let and_over = |ended: thread::Result<Outcome>| ended.unwrap_or_else(|payload| resume_unwind(payload));
    match combinator {
        Combinator::TryJoin => {
            let work = try_join_all(members);
            and_over(ended(async { work.await.map(drop).map_err(|failure| failure.primary) }, &watch).await)
        }
        Combinator::Race => {
            let work = race_all(members);
            and_over(ended(async { work.await.unwrap_or(Ok(())) }, &watch).await)
        }
        Combinator::RaceOk => {
            let work = race_ok_all(members);
            and_over(ended(async { work.await.unwrap_or(Ok(())).map_err(|failure| failure.primary) }, &watch).await)
        }
        // These leave what they drop to whatever is around them.
        Combinator::Join => join_all(members).await.into_iter().collect(),
        Combinator::Select => futures::future::select_all(members).await.0,
        Combinator::Unordered => {
            let mut members = members.into_iter().collect::<FuturesUnordered<_>>();
            // The last one is dropped where it stands.
            for _ in 1..programs.len() {
                members.next().await.unwrap_or(Ok(()))?;
            }
            Ok(())
        }
    }
}

/// Runs the programs as arms and handler of an event loop.
async fn in_loop([once, repeated, handling]: &[Program; 3], world: &World) -> Outcome {
    let mut left = 3_u32;
    let next = |program: &Program| run(Arc::clone(program), world.clone(), None);
    events(&mut left)
        .once(next(once), async |left, outcome: Outcome| {
            *left += 1;
            outcome
        })
        .repeat(
            |left| {
                *left = left.checked_sub(1)?;
                Some(next(repeated))
            },
            async |_, outcome: Outcome| {
                next(handling).await?;
                outcome
            },
        )
        .await
}
