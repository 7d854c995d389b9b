//! A guard that is closed, beside the cleanup called by hand: in a loop within one scope, and with a fresh scope each time.

use core::hint::black_box;

use onpar_core::{AsyncDrop as _, ExitReason};
use onpar_scope::{guard, scope};

use crate::Case;
use crate::connection::Connection;
use crate::drive::drive;

pub(crate) const CASES: &[Case] = &[
    Case::new("close_steady", steady, plain),
    Case::new("close_fresh_scope", fresh_scope, plain_block),
    Case::new("close_nested", nested, plain_block),
];

/// One scope, as in an accept loop.
fn steady(iterations: u64) {
    drive(scope(async |_| {
        for i in 0..iterations {
            let connection = guard(Connection::open(i));
            let _ = black_box(connection.close().await);
        }
    }));
}

/// A scope of its own for each guard, and none around it.
fn fresh_scope(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            scope(async |_| {
                let connection = guard(Connection::open(i));
                let _ = black_box(connection.close().await);
            })
            .await;
        }
    });
}

/// A scope of its own for each guard, within a scope.
fn nested(iterations: u64) {
    drive(scope(async |_| {
        for i in 0..iterations {
            scope(async |_| {
                let connection = guard(Connection::open(i));
                let _ = black_box(connection.close().await);
            })
            .await;
        }
    }));
}

fn plain(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            let connection = Connection::open(i);
            let _ = black_box(connection.async_drop(ExitReason::Closed).await);
        }
    });
}

fn plain_block(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            async {
                let connection = Connection::open(i);
                let _ = black_box(connection.async_drop(ExitReason::Closed).await);
            }
            .await;
        }
    });
}
