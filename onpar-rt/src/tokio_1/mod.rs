//! The adapter for tokio 1: [`Tokio`] is a [`Clock`](onpar_core::Clock) and a [`Spawn`](onpar_core::Spawn).
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

mod handle;

mod sleep;
mod task;

mod no_runtime;

pub use self::handle::Tokio;
pub use self::no_runtime::NoRuntime;
pub use self::sleep::Sleep;
pub use self::task::Task;
