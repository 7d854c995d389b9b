//! A guard that is dropped un-closed in a long-lived scope and then waited for, beside the cleanup called by hand.

use core::hint::black_box;

use onpar_core::{AsyncDrop as _, ExitReason};
use onpar_scope::{guard, scope};

use crate::Case;
use crate::connection::Connection;
use crate::drive::drive;

pub(crate) const CASES: &[Case] = &[Case::new("dropped_guard", settled, plain)];

fn settled(iterations: u64) {
    drive(scope(async |s| {
        for i in 0..iterations {
            drop(guard(Connection::open(i)));
            s.settled().await;
        }
    }));
}

fn plain(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            let connection = Connection::open(i);
            let _ = black_box(connection.async_drop(ExitReason::Dropped).await);
        }
    });
}
