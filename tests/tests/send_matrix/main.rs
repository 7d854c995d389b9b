//! Futures of scopes, guards and timeouts are `Send` when what they hold is.
//!
//! The proof is at compile time: each future is spawned on tokio's multi-threaded runtime. It is run there once, too.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

mod callbacks;
mod callers;
mod table;
mod together;

use core::time::Duration;
use std::sync::LazyLock;

use onpar::prelude::*;
use onpar::rt::tokio_1::Tokio;
use tokio::runtime::Runtime;
use tokio::task::yield_now;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("tokio starts"));

#[derive(Debug, PartialEq)]
struct Refused;

async fn ask(answer: Result<(), Refused>) -> Result<(), Refused> {
    yield_now().await;
    answer
}

/// Proves that a future may move between threads, and runs it on one that does.
fn spawned<F>(work: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    RUNTIME.block_on(RUNTIME.spawn(work)).expect("the task ends")
}

fn clock() -> Tokio {
    Tokio::current().expect("the test runs in tokio")
}

/// Long enough not to come in a test.
const LATER: Duration = Duration::from_mins(1);

struct Connection;

impl AsyncDrop for Connection {
    type Error = std::io::Error;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Self::Error> {
        yield_now().await;
        Ok(())
    }
}
