//! What happens in a scope, of whichever kind: `outer!` and `inner!` make one, [`Scope`] is its handle.

use core::convert::Infallible;
use core::pin::Pin;

use onpar_test::every_poll::CancelAt;
use onpar_test::{Boundary, ByHand, Trigger};
use onpar_tests::Log;

use super::super::resource::Resource;
use super::super::{How, Step};
use super::{Methods as _, Scope};

/// Runs a scenario with a fault, and gives its log.
pub(crate) fn run(how: How, scenario: &str, at: &Boundary) -> Vec<String> {
    let log = Log::default();
    match how {
        How::Whole => {
            let trigger = Trigger::never();
            let given = ByHand::new(at.cancel(outer!(async |s| one(scenario, s, &log, &trigger).await))).finish();
            log.add(format!("given {given:?}"));
        }
        How::Nested => {
            let trigger = Trigger::never();
            ByHand::new(outer!(async |s| {
                let _outer = s.hold(resource("outer", &log, &trigger));
                let given = at.cancel(inner!(s, async |s| one(scenario, s, &log, &trigger).await)).await;
                log.add(format!("given {given:?}"));
                trigger.pending_once().await;
            }))
            .finish();
        }
        How::Panicking => {
            let trigger = at.panic_trigger();
            let given = at.catch(|| ByHand::new(outer!(async |s| one(scenario, s, &log, &trigger).await)).finish());
            log.add(format!("given {given:?}"));
        }
    }
    log.take()
}

/// Runs any program, cancelled as a whole at some poll of the outermost scope's body, if it takes so many.
pub(crate) fn any(steps: &[Step], polls: usize) -> Vec<String> {
    let (log, trigger) = (Log::default(), Trigger::never());
    ByHand::new(outer!(async |s| {
        log.add("open outer");
        let _outer = s.hold(resource("outer", &log, &trigger));
        let given = CancelAt::new(inner!(s, async |s| program(s, steps, &log, &trigger).await), polls).await;
        log.add(format!("given {given:?}"));
    }))
    .finish();
    log.take()
}

fn program<'s>(
    s: &'s Scope<'s, '_>,
    steps: &'s [Step],
    log: &'s Log,
    trigger: &'s Trigger,
) -> Pin<Box<dyn Future<Output = ()> + 's>> {
    Box::pin(async move {
        let (mut guards, mut children) = (vec![], vec![]);
        for step in steps {
            match step {
                Step::Hold(name) => {
                    log.add(format!("open {name}"));
                    guards.push(s.hold(resource(name, log, trigger)));
                }
                Step::Drop(index) if !guards.is_empty() => drop(guards.swap_remove(index.index(guards.len()))),
                Step::Close(index) if !guards.is_empty() => {
                    let Ok(()) = guards.swap_remove(index.index(guards.len())).close().await;
                }
                Step::Wait => trigger.pending_once().await,
                Step::Child(steps) => children.push(s.child(program(s, steps, log, trigger))),
                Step::Scope(steps) => inner!(s, async |s| program(s, steps, log, trigger).await).await,
                Step::Join(index) if !children.is_empty() => children.swap_remove(index.index(children.len())).await,
                Step::Cancel(index) if !children.is_empty() => {
                    let ended = children.swap_remove(index.index(children.len())).cancel().await;
                    log.add(format!("cancelled: {ended:?}"));
                }
                Step::Forsake(index) if !children.is_empty() => {
                    drop(children.swap_remove(index.index(children.len())));
                }
                _ => {}
            }
        }
    })
}

async fn one<'s>(scenario: &str, s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    match scenario {
        "guards_in_a_row" => guards_in_a_row(s, log, trigger).await,
        "guards_dropped_one_by_one_and_together" => one_by_one_and_together(s, log, trigger).await,
        "guards_that_are_closed" => closed(s, log, trigger).await,
        "children_with_guards" => children_with_guards(s, log, trigger).await,
        "children_that_spawn_and_are_not_awaited" => children_that_spawn(s, log, trigger).await,
        "a_child_that_is_cancelled" => cancelled_child(s, log, trigger).await,
        "scopes_within_scopes" => scopes_within_scopes(s, log, trigger).await,
        "an_error_that_leaves_early" => leaves_early(s, log, trigger).await,
        "a_drop_that_makes_guards_and_children" => drop_that_makes(s, log, trigger).await,
        _ => panic!("there is no `{scenario}`"),
    }
}

fn resource(name: &'static str, log: &Log, trigger: &Trigger) -> Resource {
    Resource { name, log: log.clone(), trigger: trigger.clone() }
}

async fn guards_in_a_row<'s>(s: &'s Scope<'s, '_>, log: &Log, trigger: &Trigger) -> Result<u32, u32> {
    let _a = s.hold(resource("a", log, trigger));
    trigger.pending_once().await;
    let _b = s.hold(resource("b", log, trigger));
    let _c = s.hold(resource("c", log, trigger));
    trigger.pending_once().await;
    Ok(1)
}

async fn one_by_one_and_together<'s>(s: &'s Scope<'s, '_>, log: &Log, trigger: &Trigger) -> Result<u32, u32> {
    let first = s.hold(resource("a", log, trigger));
    let second = s.hold(resource("b", log, trigger));
    let third = s.hold(resource("c", log, trigger));
    let fourth = s.hold(resource("d", log, trigger));
    drop(third);
    trigger.pending_once().await;
    drop(second);
    drop(fourth);
    trigger.pending_once().await;
    let fifth = s.hold(resource("e", log, trigger));
    drop((first, fifth));
    trigger.pending_once().await;
    trigger.pending_once().await;
    Ok(2)
}

async fn closed<'s>(s: &'s Scope<'s, '_>, log: &Log, trigger: &Trigger) -> Result<u32, u32> {
    let a = s.hold(resource("a", log, trigger));
    let b = s.hold(resource("b", log, trigger));
    let c = s.hold(resource("c", log, trigger));
    let Ok::<_, Infallible>(()) = a.close().await;
    drop(c.close());
    let Ok(()) = b.close().await;
    Ok(3)
}

async fn children_with_guards<'s>(s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    let _a = s.hold(resource("a", log, trigger));
    let first = s.child(async {
        let _b = s.hold(resource("b", log, trigger));
        trigger.pending_once().await;
        let _c = s.hold(resource("c", log, trigger));
        trigger.pending_once().await;
        1
    });
    let second = s.child(async {
        drop(s.hold(resource("d", log, trigger)));
        let _e = s.hold(resource("e", log, trigger));
        trigger.pending_once().await;
        2
    });
    trigger.pending_once().await;
    let sum = second.await + first.await;
    log.add("both have ended");
    Ok(sum)
}

async fn children_that_spawn<'s>(s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    drop(s.child(async {
        let _a = s.hold(resource("a", log, trigger));
        drop(s.child(async {
            let _b = s.hold(resource("b", log, trigger));
            trigger.pending_once().await;
            log.add("the second child ends");
        }));
        trigger.pending_once().await;
        log.add("the first child ends");
    }));
    // Its output is a guard, which nobody takes.
    drop(s.child(async { s.hold(resource("output", log, trigger)) }));
    log.add("the body ends");
    trigger.point().await;
    Ok(4)
}

async fn cancelled_child<'s>(s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    let child = s.child(async {
        let _a = s.hold(resource("a", log, trigger));
        core::future::pending::<()>().await;
    });
    trigger.pending_once().await;
    let _b = s.hold(resource("b", log, trigger));
    let output = child.cancel().await;
    log.add(format!("cancelled: {output:?}"));
    let quick = s.child(async { 7 });
    trigger.pending_once().await;
    Ok(quick.cancel().await.unwrap_or_default())
}

async fn scopes_within_scopes<'s>(s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    let _a = s.hold(resource("a", log, trigger));
    let local = String::from("of the body");
    let given = inner!(s, async |t| {
        let _b = t.hold(resource("b", log, trigger));
        let child = t.child(async {
            let _c = t.hold(resource("c", log, trigger));
            trigger.pending_once().await;
            local.len()
        });
        let length = child.await;
        inner!(t, async |u| {
            let _d = u.hold(resource("d", log, trigger));
            trigger.pending_once().await;
        })
        .await;
        length
    })
    .await;
    Ok(u32::try_from(given).unwrap_or_default())
}

async fn leaves_early<'s>(s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    let _a = s.hold(resource("a", log, trigger));
    drop(s.child(async {
        let _b = s.hold(resource("b", log, trigger));
        trigger.pending_once().await;
        trigger.pending_once().await;
        trigger.pending_once().await;
    }));
    trigger.pending_once().await;
    let _c = s.hold(resource("c", log, trigger));
    Err(5_u32)?;
    Ok(6)
}

/// Makes a guard and a child as it is dropped.
struct Maker<'s, 'env> {
    s: &'s Scope<'s, 'env>,
    names: [&'static str; 2],
    log: &'s Log,
    trigger: &'s Trigger,
}

impl Drop for Maker<'_, '_> {
    fn drop(&mut self) {
        let Self { s, names: [guarded, spawned], log, trigger } = *self;
        drop(s.hold(resource(guarded, log, trigger)));
        drop(s.child(async move {
            let _guard = s.hold(resource(spawned, log, trigger));
            trigger.pending_once().await;
        }));
    }
}

async fn drop_that_makes<'s>(s: &'s Scope<'s, '_>, log: &'s Log, trigger: &'s Trigger) -> Result<u32, u32> {
    let _a = s.hold(resource("a", log, trigger));
    let _maker = Maker { s, names: ["made by the body", "spawned by the body"], log, trigger };
    drop(s.child(async {
        let _b = s.hold(resource("b", log, trigger));
        let _maker = Maker { s, names: ["made by a child", "spawned by a child"], log, trigger };
        trigger.pending_once().await;
        trigger.pending_once().await;
    }));
    trigger.pending_once().await;
    let _c = s.hold(resource("c", log, trigger));
    Ok(7)
}
