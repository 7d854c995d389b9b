//! Many guards in one scope: what one costs must not depend on how many there are.

use core::hint::black_box;

use onpar_core::{AsyncDrop as _, ExitReason};
use onpar_scope::{Guard, guard, scope};

use crate::Case;
use crate::connection::Connection;
use crate::drive::drive;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("guards_together_10k", together::<10_000>, plain::<10_000>).units(10_000),
    Case::new("guards_together_100k", together::<100_000>, plain::<100_000>).units(100_000),
    Case::new("guards_together_1m", together::<1_000_000>, plain::<1_000_000>).units(1_000_000),
    Case::new("guards_by_poll_10k", one_per_poll::<10_000>, plain_polls::<10_000>).units(10_000),
    Case::new("guards_by_poll_100k", one_per_poll::<100_000>, plain_polls::<100_000>).units(100_000),
    Case::new("guards_by_poll_1m", one_per_poll::<1_000_000>, plain_polls::<1_000_000>).units(1_000_000),
];

fn guards(count: u32) -> Vec<Guard<Connection>> {
    (0..count).map(|i| guard(Connection::open(i.into()))).collect()
}

fn connections(count: u32) -> Vec<Connection> {
    (0..count).map(|i| Connection::open(i.into())).collect()
}

/// All are dropped in one poll, and cleaned up one after another.
fn together<const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(scope(async |_| drop(guards(COUNT))));
    }
}

fn plain<const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(async {
            for connection in connections(COUNT) {
                let _ = black_box(connection.async_drop(ExitReason::Dropped).await);
            }
        });
    }
}

/// All are held, and dropped one in each poll: each is cleaned up beside what follows.
fn one_per_poll<const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(scope(async |_| {
            let mut guards = guards(COUNT);
            while let Some(guard) = guards.pop() {
                drop(guard);
                YieldOnce::default().await;
            }
        }));
    }
}

fn plain_polls<const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(async {
            let mut connections = connections(COUNT);
            while let Some(connection) = connections.pop() {
                let _ = black_box(connection.async_drop(ExitReason::Dropped).await);
                YieldOnce::default().await;
            }
        });
    }
}
