//! As [`programs`](super::programs), for what is not `Send`.

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::convert::Infallible;
use core::mem::forget;
use core::time::Duration;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use onpar_core::{AsyncDrop as _, ExitReason, LocalAsyncDrop};
use onpar_scope::{LocalGuard, LocalReaper, local_guard, local_scope};

use super::forget_at::ForgetAt;
use super::held::{Held, Tally};
use super::programs::Program;
use crate::executor::Rt;

pub(super) const ALL: &[Program<LocalBoxFuture<'static, bool>>] = &[
    |polls, rt, tally| async move { a_scope(polls, &rt, &tally).await }.boxed_local(),
    |polls, rt, tally| async move { scopes_within_scopes(polls, &rt, &tally).await }.boxed_local(),
    |polls, rt, tally| async move { a_guard(polls, &rt, &tally) }.boxed_local(),
    |polls, rt, tally| async move { a_close(polls, &rt, &tally).await }.boxed_local(),
    |polls, rt, tally| async move { a_reapers_work(polls, &rt, &tally).await }.boxed_local(),
];

/// Several times what the cleanups take.
const BUDGET: Duration = Duration::from_millis(50);

/// As [`Held`], and not `Send`.
struct LocalHeld(Rc<Held>);

impl LocalHeld {
    fn guarded(rt: &Rt, tally: &Arc<Tally>) -> LocalGuard<Self> {
        local_guard(Self(Rc::new(Held::new(rt, tally))))
    }
}

impl LocalAsyncDrop for LocalHeld {
    type Error = Infallible;

    async fn async_drop(self, reason: ExitReason) -> Result<(), Infallible> {
        match Rc::into_inner(self.0) {
            Some(held) => held.async_drop(reason).await,
            None => Ok(()),
        }
    }
}

/// One value is dropped on the way, two are held to the end.
async fn body(rt: &Rt, tally: &Arc<Tally>) {
    let _a = LocalHeld::guarded(rt, tally);
    drop(LocalHeld::guarded(rt, tally));
    rt.millis(1).await;
    let _b = LocalHeld::guarded(rt, tally);
    rt.millis(1).await;
}

async fn a_scope(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let scope = local_scope(async |_| body(rt, tally).await).cleanup_budget(rt.clone(), BUDGET).outcome();
    ForgetAt::new(scope, polls).await.is_some()
}

async fn scopes_within_scopes(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let inner = local_scope(async |_| {
        let _a = LocalHeld::guarded(rt, tally);
        local_scope(async |_| body(rt, tally).await).await;
    });
    local_scope(async |s| {
        drop(LocalHeld::guarded(rt, tally));
        let ended = ForgetAt::new(inner, polls).await.is_some();
        s.settled().await;
        ended
    })
    .await
}

fn a_guard(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    if polls == 0 {
        forget(LocalHeld::guarded(rt, tally));
    }
    polls > 0
}

async fn a_close(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    local_scope(async |_| {
        let _a = LocalHeld::guarded(rt, tally);
        let b = LocalHeld::guarded(rt, tally);
        ForgetAt::new(b.close(), polls).await.is_some()
    })
    .await
}

async fn a_reapers_work(polls: usize, rt: &Rt, tally: &Arc<Tally>) -> bool {
    let (reaper, work) = LocalReaper::new();
    reaper.register();
    drop(LocalHeld::guarded(rt, tally)); // no local scope is near
    reaper.shut_down();
    ForgetAt::new(work, polls).await.is_some()
}
