//! [`run`]: carries a program out, and looks at what it can see by itself.

use core::convert::Infallible;
use core::num::NonZero;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;
use std::sync::Arc;

use futures::stream::FuturesUnordered;
use futures::{FutureExt as _, StreamExt as _};
use onpar_core::{AsyncDrop, Clock as _, ExitReason};
use onpar_scope::{
    Guard, bounded_scope, checkpoint, guard, join_all, race_all, race_ok_all, race_ok_scope, scope, shield, timeout,
    try_join_all, try_scope,
};
use onpar_test::{InjectedPanic, Rt, Trigger};

use crate::nursery::{Error, Nursery};
use crate::program::{Combinator, Kind, Op, Program};

pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
pub(crate) type Outcome = Result<(), Error>;

/// Whatever is alive in a scope holds its region, and with it those around it.
#[derive(Debug, Default)]
pub(crate) struct Region {
    _outer: Option<Arc<Self>>,
}

/// How many guards there have been, and cleanups.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) opened: AtomicUsize,
    pub(crate) started: AtomicUsize,
    pub(crate) ended: AtomicUsize,
}

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) rt: Rt,
    pub(crate) counts: Arc<Counts>,
    pub(crate) region: Arc<Region>,
}

impl World {
    /// The world of a scope in this one.
    fn nested(&self) -> Self {
        Self { region: Arc::new(Region { _outer: Some(Arc::clone(&self.region)) }), ..self.clone() }
    }

    /// The scope of this world has returned.
    fn is_over(&self) {
        assert_eq!(Arc::strong_count(&self.region), 1, "nobody is alive after the scope has returned");
    }
}

/// What a guard guards.
struct Open {
    world: World,
    millis: u64,
}

impl AsyncDrop for Open {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        self.world.counts.started.fetch_add(1, Ordering::Relaxed);
        self.world.rt.sleep(Duration::from_millis(self.millis)).await;
        self.world.counts.ended.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

pub(crate) fn run<'s>(program: Program, world: World, scope: Option<&'s dyn Nursery<'s>>) -> Boxed<'s, Outcome> {
    Box::pin(async move {
        let mut open = Vec::<Guard<Open>>::new();
        let mut children = Vec::new();
        for op in program.iter() {
            match op {
                Op::Sleep(millis) => world.rt.sleep(Duration::from_millis(*millis)).await,
                Op::Yield => Trigger::never().pending_once().await,
                Op::Checkpoint => checkpoint().await,
                Op::Open(millis) => {
                    world.counts.opened.fetch_add(1, Ordering::Relaxed);
                    open.push(guard(Open { world: world.clone(), millis: *millis }));
                }
                Op::Close => {
                    if let Some(guard) = open.pop() {
                        guard.close().await.unwrap_or_else(|never| match never {});
                    }
                }
                Op::DropFirst => drop((!open.is_empty()).then(|| open.remove(0))),
                Op::Panic => InjectedPanic::throw(),
                Op::Return(result) => return result.map_err(Error),
                Op::Spawn(program) => {
                    children.extend(scope.and_then(|s| s.spawn(run(Arc::clone(program), world.clone(), scope))));
                }
                Op::SpawnOn(program) => {
                    let work = run(Arc::clone(program), world.clone(), None);
                    children.extend(scope.and_then(|s| s.spawn_on(&world.rt, work)));
                }
                Op::Await => {
                    if let Some(child) = children.pop() {
                        child.wait().await
                    }
                }
                Op::Cancel => {
                    if let Some(child) = children.pop() {
                        child.cancel().await
                    }
                }
                Op::Forsake => drop(children.pop()),
                Op::Try => {
                    if let Some(child) = children.pop() {
                        let _ = futures::poll!(child.wait());
                    }
                }
                Op::Fail(error) => {
                    if let Some(scope) = scope {
                        scope.fail(Error(*error))
                    }
                }
                Op::CancelScope => {
                    if let Some(scope) = scope {
                        scope.cancel()
                    }
                }
                Op::Settled => {
                    if let Some(scope) = scope {
                        scope.settled().await
                    }
                }
                Op::Cancelled(millis) => {
                    if let Some(scope) = scope {
                        let waits = timeout(&world.rt, Duration::from_millis(*millis), scope.cancelled());
                        let _ = waits.await;
                    }
                }
                Op::Scope(kind, program) => {
                    let nested = world.nested();
                    in_scope(*kind, program, &nested).await?;
                    nested.is_over();
                }
                Op::Timeout(millis, program) => {
                    let nested = world.nested();
                    let work = run(Arc::clone(program), nested.clone(), None);
                    let result = timeout(&world.rt, Duration::from_millis(*millis), work).await;
                    nested.is_over();
                    result.unwrap_or(Ok(()))?;
                }
                Op::Shield(program) => {
                    let work = run(Arc::clone(program), world.clone(), None);
                    shield(world.rt.clone(), Duration::from_hours(1), work).await?;
                }
                Op::Together(combinator, programs) => {
                    let nested = world.nested();
                    let result = together(*combinator, programs, &nested).await;
                    // The others leave their cleanups to the scope around them.
                    if matches!(combinator, Combinator::TryJoin | Combinator::Race | Combinator::RaceOk) {
                        nested.is_over();
                    }
                    result?;
                }
                Op::Catch(program) => {
                    let work = run(Arc::clone(program), world.clone(), scope);
                    drop(AssertUnwindSafe(work).catch_unwind().await);
                }
            }
        }
        Ok(())
    })
}

/// Runs the program as the body of a scope.
async fn in_scope(kind: Kind, program: &Program, world: &World) -> Outcome {
    let body = || (Arc::clone(program), world.clone());
    match kind {
        Kind::Plain => {
            let (program, world) = body();
            scope(async move |s| run(program, world, Some(s)).await).await
        }
        Kind::FailFast | Kind::CollectAll => {
            let (program, world) = body();
            let work = try_scope(async move |s| run(program, world, Some(s)).await);
            let work = if matches!(kind, Kind::CollectAll) { work.collect_all() } else { work };
            work.await.map_err(|failure| failure.primary)
        }
        Kind::RaceOk => {
            let (program, world) = body();
            race_ok_scope(async move |s| run(program, world, Some(s)).await).await.map_err(|failure| failure.primary)
        }
        Kind::Bounded => {
            let (program, world) = body();
            let room = const { NonZero::new(2).expect("it is not zero") };
            bounded_scope(room, async move |s| {
                let twice = [program.clone(), program.clone(), program.clone()];
                for program in twice {
                    let for_children = s.for_children();
                    drop(s.spawn_when_free(run(program, world.clone(), Some(for_children))).await);
                }
                run(program, world, Some(s.for_children())).await
            })
            .await
        }
    }
}

/// Runs the programs as members of one future.
async fn together(combinator: Combinator, programs: &[Program], world: &World) -> Outcome {
    let members: Vec<_> = programs.iter().map(|program| run(Arc::clone(program), world.clone(), None)).collect();
    match combinator {
        Combinator::Join => join_all(members).await.into_iter().collect(),
        Combinator::TryJoin => try_join_all(members).await.map(drop).map_err(|failure| failure.primary),
        Combinator::Race => race_all(members).await.unwrap_or(Ok(())),
        Combinator::RaceOk => race_ok_all(members).await.unwrap_or(Ok(())).map_err(|failure| failure.primary),
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
