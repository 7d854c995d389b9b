//! A body that spawns a child as it is called, and gives a future that borrows nothing. The scope's future borrows what the
//! child does all the same: await it where that is alive.

use core::future::{Ready, ready};

use onpar::prelude::*;
use onpar::{Bounded, LocalScope, Scope};

fn of_scope<'env, F: for<'s> FnOnce(&'s Scope<'s, 'env>) -> Ready<()>>(body: F) -> F {
    body
}

fn of_local_scope<'env, F: for<'s> FnOnce(&'s LocalScope<'s, 'env>) -> Ready<()>>(body: F) -> F {
    body
}

fn of_bounded_scope<'env, F: for<'b, 's> FnOnce(&'b mut Bounded<'s, 'env>) -> Ready<()>>(body: F) -> F {
    body
}

fn main() {
    let (awaited, dropped, local, bounded);
    let [first, second, third, fourth] = ["of", "the", "callers", "own"].map(String::from);
    awaited = scope(of_scope(|s| {
        drop(s.spawn(async { first.len() }));
        ready(())
    }));
    drop(first);
    let _awaited = async { awaited.await };
    dropped = scope(of_scope(|s| {
        drop(s.spawn(async { second.len() }));
        ready(())
    }));
    local = local_scope(of_local_scope(|s| {
        drop(s.spawn(async { third.len() }));
        ready(())
    }));
    let bounded_body = of_bounded_scope(|s| {
        drop(s.for_children().try_spawn(async { fourth.len() }));
        ready(())
    });
    bounded = bounded_scope(limit!(1), bounded_body);
    let _never_awaited = (&dropped, &local, &bounded);
}
