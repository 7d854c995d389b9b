//! The order in which things are dropped is that of a plain `async fn`, on every side and at every cancellation.

use onpar::trait_variant;
use onpar_test::{Boundary, Trigger, every_poll};
use onpar_tests::Log;

/// Says when it is dropped.
pub(crate) struct Named(&'static str, Log);

impl Drop for Named {
    fn drop(&mut self) {
        self.1.add(self.0);
    }
}

/// A pair, of which a pattern may take a part.
pub(crate) struct Pair {
    first: Named,
    _second: Named,
}

#[trait_variant(send = SendDrops, dyn_send = DynSendDrops)]
pub(crate) trait Drops {
    async fn by_value(self, unused: Named, pair: Pair, _: Named, bound: Named, trigger: &Trigger);
}

struct Owner {
    used: Named,
    _unused: Named,
}

/// The body of all of them.
macro_rules! body {
    ($this:ident, $trigger:ident, $first:ident, $bound:ident) => {{
        let log = $bound.1.clone();
        let _local = Named("local", log);
        $trigger.pending_once().await;
        let _part = &$this.used;
        let _last = Named("last local", $first.1.clone());
        $trigger.pending_once().await;
    }};
}

#[trait_variant(send = SendDrops)]
impl Drops for Owner {
    async fn by_value(self, _unused: Named, Pair { first, .. }: Pair, _: Named, mut bound: Named, trigger: &Trigger) {
        bound.0 = "bound argument";
        body!(self, trigger, first, bound);
    }
}

impl Owner {
    async fn plain(self, _unused: Named, Pair { first, .. }: Pair, _: Named, mut bound: Named, trigger: &Trigger) {
        bound.0 = "bound argument";
        body!(self, trigger, first, bound);
    }
}

/// What is dropped by the end, if the future is dropped at a point of its own.
fn dropped<F: Future>(at: &Boundary, call: impl FnOnce(Owner, [Named; 5], Trigger) -> F, log: &Log) -> Vec<String> {
    let named = |name| Named(name, log.clone());
    let owner = Owner { used: named("used"), _unused: named("unused") };
    let arguments = ["unused argument", "first", "second", "wildcard", "bound"].map(named);
    let trigger = Trigger::never();
    at.drive(at.cancel(call(owner, arguments, trigger)));
    log.take()
}

/// One of the ways to call it.
macro_rules! by {
    ($at:expr, $log:expr, |$owner:ident| $made:expr, $call:path) => {
        dropped(
            $at,
            |$owner, [unused, first, second, wildcard, bound], trigger| {
                let owner = $made;
                async move {
                    $call(owner, unused, Pair { first, _second: second }, wildcard, bound, &trigger).await;
                }
            },
            $log,
        )
    };
}

#[test]
fn arguments_are_dropped_as_those_of_an_async_fn_at_every_poll() {
    let log = Log::default();
    let boundaries = every_poll(|at| {
        let plain = by!(at, &log, |owner| owner, Owner::plain);
        assert_eq!(by!(at, &log, |owner| owner, Drops::by_value), plain);
        assert_eq!(by!(at, &log, |owner| owner, SendDrops::by_value), plain);
        assert_eq!(by!(at, &log, |owner| Drops!(owner), SendDrops::by_value), plain);
        let object = |owner| -> Box<DynSendDrops<'static>> { Box::new(owner) };
        assert_eq!(by!(at, &log, |owner| object(owner), SendDrops::by_value), plain);
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn the_order_is_what_it_is_for_an_async_fn() {
    let log = Log::default();
    let mut seen = Vec::new();
    let boundaries = every_poll(|at| seen = by!(at, &log, |owner| owner, SendDrops::by_value));
    assert_eq!(boundaries, 3);
    let order =
        ["last local", "local", "bound argument", "wildcard", "first", "second", "unused argument", "used", "unused"];
    assert_eq!(seen, order);
}
