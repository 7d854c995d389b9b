//! [`Executor`]: where a program is run.
//!
//! Two are tokio's, the third is written here in twenty lines, and onpar knows nothing of it. Time is virtual wherever it
//! can be: tokio's multi-threaded runtime has no other clock than the real one, so there a thousand runs are spread over
//! [`LANES`](lanes::LANES) that run side by side.

pub mod foreign;
pub mod lanes;
pub mod rt;
pub mod stuck;
pub mod unhurried;
pub mod virtual_clock;

use alloc::sync::Arc;

use onpar_rt::tokio_1::Tokio;
use tokio::runtime::{Builder, Runtime};

pub use self::rt::Rt;
use crate::executor::foreign::Foreign;

/// Where a program is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Executor {
    /// Tokio on one thread, its clock paused: it jumps to the next timer when nothing is left to do.
    CurrentThread,
    /// Tokio on two worker threads, in real time.
    MultiThread,
    /// [`Foreign`], with a virtual clock of its own.
    Foreign,
    /// smol, in real time. Stories that are about adapters start it by onpar's.
    Smol,
    /// onpar's own executor of one thread, in real time. Likewise.
    Local,
}

impl Executor {
    /// The three that every story is shown on.
    pub const ALL: &[Self] = &[Self::CurrentThread, Self::MultiThread, Self::Foreign];

    /// What the table calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CurrentThread => "tokio current_thread",
            Self::MultiThread => "tokio multi_thread",
            Self::Foreign => "foreign",
            Self::Smol => "smol",
            Self::Local => "onpar's own",
        }
    }

    /// Whether its milliseconds are exact.
    pub const fn is_virtual(self) -> bool {
        matches!(self, Self::CurrentThread | Self::Foreign)
    }

    /// Runs a program to its end, as a task. What it has spawned is dropped then.
    ///
    /// # Panics
    ///
    /// As the program does.
    pub fn run<F, Fut>(self, program: F) -> Fut::Output
    where
        F: FnOnce(Rt) -> Fut,
        Fut: Future<Output: Send + 'static> + Send + 'static,
    {
        if self == Self::Foreign {
            let foreign = Arc::<Foreign>::default();
            return foreign.run(program(Rt::Foreign(Arc::clone(&foreign))));
        }
        let runtime = self.tokio();
        match Tokio::new(runtime.handle().clone()) {
            Ok(rt) => match runtime.block_on(runtime.spawn(program(Rt::Tokio(rt)))) {
                Ok(output) => output,
                Err(error) => std::panic::resume_unwind(error.into_panic()),
            },
            Err(error) => panic!("{error}"),
        }
    }

    /// Runs a program that is not `Send` to its end, on this thread: beside the executor's tasks, and not as one of them.
    ///
    /// # Panics
    ///
    /// As the program does.
    pub fn run_here<F: Future>(self, program: impl FnOnce(Rt) -> F) -> F::Output {
        if self == Self::Foreign {
            let foreign = Arc::<Foreign>::default();
            return foreign.run(program(Rt::Foreign(Arc::clone(&foreign))));
        }
        let runtime = self.tokio();
        match Tokio::new(runtime.handle().clone()) {
            Ok(rt) => runtime.block_on(program(Rt::Tokio(rt))),
            Err(error) => panic!("{error}"),
        }
    }

    /// A runtime of tokio's.
    ///
    /// # Panics
    ///
    /// If the operating system gives no threads; and on smol and on onpar's own executor, which are started otherwise.
    pub fn tokio(self) -> Runtime {
        let mut builder = match self {
            Self::MultiThread => Builder::new_multi_thread(),
            Self::CurrentThread | Self::Foreign => Builder::new_current_thread(),
            Self::Smol | Self::Local => panic!("no runtime of tokio's"),
        };
        builder.enable_time().worker_threads(2);
        if self.is_virtual() {
            builder.start_paused(true);
        }
        builder.build().unwrap_or_else(|error| panic!("tokio cannot start: {error}"))
    }
}
