//! The adapter for smol 2: [`Smol`] has every capability that [`onpar_core`] names, [`SmolLocal`] local tasks too.
//!
//! Timers, streams and sockets come from smol's reactor, which is one for the whole process, so that they may be used
//! anywhere and at any time; calls that block run on smol's pool of threads.
//!
//! ```
//! use std::time::Duration;
//! use onpar_core::{Clock, Spawn};
//!
//! onpar_rt::smol_2::run(async |rt| {
//!     let answer = rt.spawn(async { 42 });
//!     rt.sleep(Duration::from_millis(1)).await;
//!     assert_eq!(answer.await.unwrap(), 42);
//! });
//! ```
#![expect(clippy::std_instead_of_alloc, reason = "a module that needs std has no layers to show")]

mod handle;
mod local;

mod net;
#[cfg(unix)]
mod unix;

mod stream;

mod sleep;
mod task;

pub use self::handle::{Smol, run};
pub use self::local::SmolLocal;
pub use self::net::{Accepting, Opening, Packets};
pub use self::sleep::Sleep;
pub use self::stream::Stream;
pub use self::task::Task;
pub use crate::unblock::Call;
