//! A resource at the end of its block, in a process of its own: with `async-dropper-simple` it ends the process.

use core::time::Duration;

use async_dropper_simple::{AsyncDrop, AsyncDropper};
use onpar_scope::{defer, scope};

use crate::child;
use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::Child;

pub(in crate::stories::s1) const ASYNC_DROPPER: Child = Child { name: "s1-async-dropper", run: drop_one };
pub(in crate::stories::s1) const ONPAR: Child = Child { name: "s1-onpar", run: guard_one };

pub(super) fn with_async_dropper(_: Executor) -> Measured {
    child::aborts(ASYNC_DROPPER.name)
}

pub(super) fn with_onpar(_: Executor) -> Measured {
    child::aborts(ONPAR.name)
}

/// The value that is closed.
#[derive(Default)]
struct Goodbye;

#[async_trait::async_trait]
impl AsyncDrop for Goodbye {
    async fn async_drop(&mut self) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn drop_one() {
    Executor::CurrentThread.run(async |_| drop(AsyncDropper::new(Goodbye)));
}

fn guard_one() {
    Executor::CurrentThread.run(async |_| {
        let close = async |_| tokio::time::sleep(Duration::from_millis(5)).await;
        scope(async |_| drop(defer(Goodbye, close))).await;
    });
}
