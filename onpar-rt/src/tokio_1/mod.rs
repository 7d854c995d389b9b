//! The adapter for tokio 1: [`Tokio`] has every capability that [`onpar_core`] names, [`TokioLocal`] local tasks too.
//!
//! ```
//! use std::time::Duration;
//! use onpar_core::{Clock, Spawn};
//! use onpar_rt::tokio_1::Tokio;
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let rt = Tokio::current()?;
//! let answer = rt.spawn(async { 42 });
//! rt.sleep(Duration::from_secs(1)).await;
//! assert_eq!(answer.await?, 42);
//! # Ok(())
//! # }
//! ```

#![expect(clippy::std_instead_of_alloc, reason = "a module that needs std has no layers to show")]

mod handle;
mod local;

mod compat;

mod net;
#[cfg(unix)]
mod unix;

mod io;
mod sleep;
mod task;

mod no_runtime;

pub use self::compat::{Compat, InTokio};
pub use self::handle::{Tokio, run, run_current_thread};
pub use self::io::{FromTokio, IntoTokio};
pub use self::local::TokioLocal;
pub use self::net::{Accepting, Opening, Packets};
pub use self::no_runtime::NoRuntime;
pub use self::sleep::Sleep;
pub use self::task::Task;
