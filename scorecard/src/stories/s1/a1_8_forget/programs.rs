//! Programs that forget one of onpar's futures after so many polls, and say whether it has ended before.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::mem::forget;
use core::time::Duration;

use futures::FutureExt as _;
use futures::channel::oneshot;
use futures::future::BoxFuture;
use onpar_core::AsyncDrop as _;
use onpar_scope::{Reaper, scope, timeout, using};

use super::forget_at::ForgetAt;
use super::held::{Held, Tally};
use crate::executor::Rt;

pub(super) type Program<Fut> = fn(usize, Rt, Arc<Tally>) -> Fut;

pub(super) const ALL: &[Program<BoxFuture<'static, bool>>] = &[
    |polls, rt, tally| async move { a_scope(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { a_scope_with_a_budget(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { a_timeout(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { scopes_within_scopes(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { a_guard(polls, &rt, &tally) }.boxed(),
    |polls, rt, tally| async move { a_close(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { settled(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { a_bracket(polls, &rt, &tally).await }.boxed(),
    |polls, rt, tally| async move { a_reapers_work(polls, &rt, &tally).await }.boxed(),
];

/// Comes after the body's 2 ms, in the wait behind it.
const DEADLINE: Duration = Duration::from_millis(3);
/// Several times what the cleanups take.
const BUDGET: Duration = Duration::from_millis(50);

/// One value is dropped on the way, two are held to the end.
async fn body(rt: &Rt, tally: &Arc<Tally>) {
    let _a = Held::guarded(rt, tally);
    drop(Held::guarded(rt, tally));
    rt.millis(1).await;
    let _b = Held::guarded(rt, tally);
    rt.millis(1).await;
}

async fn a_scope(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    ForgetAt::new(scope(async |_| body(rt, tally).await), polls).await.is_some()
}

async fn a_scope_with_a_budget(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let scope = scope(async |_| body(rt, tally).await).cleanup_budget(rt.clone(), BUDGET).outcome();
    ForgetAt::new(scope, polls).await.is_some()
}

async fn a_timeout(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let work = async {
        body(rt, tally).await;
        let _c = Held::guarded(rt, tally);
        rt.millis(50).await;
    };
    ForgetAt::new(timeout(rt, DEADLINE, work), polls).await.is_some()
}

/// What is forgotten hangs on what goes on, and the other way round.
async fn scopes_within_scopes(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let inner = scope(async |_| {
        let _a = Held::guarded(rt, tally);
        let _elapsed = timeout(rt, DEADLINE, scope(async |_| body(rt, tally).await)).await;
    });
    scope(async |_| {
        let _b = Held::guarded(rt, tally);
        ForgetAt::new(inner, polls).await.is_some()
    })
    .await
}

fn a_guard(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let _a = Held::guarded(rt, tally);
    let b = Held::guarded(rt, tally);
    let _c = Held::guarded(rt, tally);
    if polls > 0 {
        return true;
    }
    forget(b);
    false
}

async fn a_close(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let _a = Held::guarded(rt, tally);
    let b = Held::guarded(rt, tally);
    ForgetAt::new(b.close(), polls).await.is_some()
}

async fn settled(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    scope(async |s| {
        drop(Held::guarded(rt, tally));
        ForgetAt::new(s.settled(), polls).await.is_some()
    })
    .await
}

async fn a_bracket(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let acquire = async {
        rt.millis(1).await;
        Ok::<_, Infallible>(Held::new(rt, tally))
    };
    let bracket = using(acquire, async |_| rt.millis(1).await, async |held, reason| held.async_drop(reason).await);
    ForgetAt::new(bracket, polls).await.is_some()
}

async fn a_reapers_work(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let (reaper, work) = Reaper::new();
    reaper.register();
    let (done, dropped) = oneshot::channel();
    let (rt_of_task, tally_of_task) = (rt.clone(), Arc::clone(tally));
    // In a task, no scope is near.
    rt.spawn(async move {
        drop(Held::guarded(&rt_of_task, &tally_of_task));
        let _gone = done.send(());
    });
    let _gone = dropped.await;
    reaper.shut_down();
    ForgetAt::new(work, polls).await.is_some()
}
