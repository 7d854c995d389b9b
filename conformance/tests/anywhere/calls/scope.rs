//! Scopes and what is run in them.

use core::future::{Ready, ready};
use core::pin::pin;
use core::time::Duration;
use std::collections::HashMap;

use futures::FutureExt as _;
use onpar_core::limit;
use onpar_rt::smol_2::Smol;
use onpar_scope::{
    Arena, bounded_scope, events, local_scope, local_timeout, local_try_scope, race, race_ok, race_ok_scope, scope,
    scope_in, timeout, try_join, try_scope,
};

use super::calls;
use crate::executor::block_on as on;

const LONG: Duration = Duration::from_mins(1);

fn good() -> Ready<Result<u8, &'static str>> {
    ready(Ok(1))
}

calls! {
    "NoRoom::without_value" => {
        let room = on(scope_in(pin!(Arena::<512>::new()), async |s| s.spawn(ready([0_u8; 1000])).map(drop)));
        assert!(room.unwrap_err().without_value().needed() >= 1000);
    }
    "BoundedScope::settled", "BoundedScope::cancelled", "BoundedScope::tree", "SpawnWhenFree::named" => {
        on(bounded_scope(limit!(1), async |s| {
            drop(s.spawn_when_free(async {}).named("child").await);
            let s = s.for_children();
            s.settled().await;
            assert!(s.cancelled().now_or_never().is_none());
            assert_eq!(s.tree().cleanups(), 0);
        }));
    }
    "Events::seeded" => {
        let mut seen = HashMap::new();
        on(events(&mut seen).once(async { 1 }, async |seen, n| _ = seen.insert(n, n)).seeded(7).into_future());
        assert_eq!(seen.len(), 1);
    }
    "LocalScope::spawn", "LocalScope::spawn_named", "LocalScope::spawn_then", "LocalScopeFuture::observed" => {
        let work = local_scope(async |s| {
            let (a, b) = (s.spawn(async { 1 }), s.spawn_named("b", async { 2 }));
            let c = s.spawn_then(async { 3 }, |n| n + 1);
            a.await + b.await + c.await
        });
        assert_eq!(on(work.observed(Smol::global())), 7);
    }
    "LocalTimeout::named", "LocalTimeout::cleanup_budget", "LocalTimeout::outcome" => {
        let work = local_timeout(Smol::global(), LONG, async { 1 }).named("work").cleanup_budget(LONG);
        assert_eq!(on(work.outcome()).value, Ok(1));
    }
    "LocalTryScope::spawn", "LocalTryScope::spawn_named", "LocalTryScopeFuture::cleanup_budget",
    "LocalTryScopeFuture::observed", "LocalTryScopeFuture::collect_all", "LocalTryScopeFuture::outcome" => {
        let work = local_try_scope(async |s| {
            let (a, b) = (s.spawn(good()), s.spawn_named("b", good()));
            Ok::<_, &str>(a.await + b.await)
        });
        let work = work.cleanup_budget(Smol::global(), LONG).observed(Smol::global()).collect_all();
        assert_eq!(on(work.outcome()).value.unwrap(), 2);
    }
    "Race::cleanup_budget", "Race::outcome" => {
        let first = race((async { 1 }, core::future::pending())).cleanup_budget(Smol::global(), LONG);
        assert_eq!(on(first.outcome()).value, 1);
    }
    "RaceOk::named", "RaceOk::cleanup_budget", "RaceOk::outcome" => {
        let first = race_ok((good(), good())).named("first").cleanup_budget(Smol::global(), LONG);
        assert_eq!(on(first.outcome()).value.unwrap(), 1);
    }
    "RaceOkScope::spawn_named", "RaceOkScope::spawn_with", "RaceOkScopeFuture::cleanup_budget",
    "RaceOkScopeFuture::observed", "RaceOkScopeFuture::outcome" => {
        let first = race_ok_scope(async |s| {
            drop(s.spawn_named("a", async { Err::<u8, _>("refused") }));
            drop(s.spawn_with(1, async |n| Ok(n)));
            core::future::pending().await
        });
        let first = first.cleanup_budget(Smol::global(), LONG).observed(Smol::global());
        assert_eq!(on(first.outcome()).value.unwrap(), 1);
    }
    "Timeout::named", "Timeout::cleanup_budget", "Timeout::outcome" => {
        let work = timeout(Smol::global(), LONG, async { 1 }).named("work").cleanup_budget(LONG);
        assert_eq!(on(work.outcome()).value, Ok(1));
    }
    "TreeNode::depth", "TreeNode::location", "TreeNode::age" => {
        let work = scope(async |s| {
            let tree = s.tree();
            let node = &tree.nodes()[0];
            assert_eq!(node.depth(), 0);
            assert!(node.age().is_some() && node.location().file().ends_with("scope.rs"));
        });
        on(work.observed(Smol::global()));
    }
    "TryJoin::cleanup_budget", "TryJoin::outcome" => {
        let both = try_join((good(), good())).cleanup_budget(Smol::global(), LONG);
        assert_eq!(on(both.outcome()).value.unwrap(), (1, 1));
    }
    "TryScope::spawn_named", "TryScopeFuture::cleanup_budget", "TryScopeFuture::observed", "TryScopeFuture::outcome" => {
        let work = try_scope(async |s| Ok::<_, &str>(s.spawn_named("a", good()).await));
        let work = work.cleanup_budget(Smol::global(), LONG).observed(Smol::global());
        assert_eq!(on(work.outcome()).value.unwrap(), 1);
    }
}
