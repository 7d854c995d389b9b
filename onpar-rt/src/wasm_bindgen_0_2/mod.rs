//! The adapter for the event loop of JavaScript, by wasm-bindgen 0.2: [`Wasm`] has local tasks and a clock.
//!
//! It is there where the target is of the family `wasm`: in a window, in a worker, in Node.js. There is one thread, so tasks stay on
//! it. What the loop lacks (calls that block, streams, packets) is no capability of this value, so code that needs it does
//! not compile.
//!
//! ```
//! use std::time::Duration;
//! use onpar_core::{Clock, SpawnLocal};
//! use onpar_rt::wasm_bindgen_0_2::Wasm;
//!
//! async fn greet(rt: Wasm) -> &'static str {
//!     let greeting = rt.spawn_local(async { "hello" });
//!     rt.sleep(Duration::from_millis(1)).await;
//!     greeting.await.unwrap()
//! }
//! ```
#![expect(clippy::std_instead_of_alloc, reason = "a module that needs std has no layers to show")]

mod handle;

mod sleep;
mod task;

mod js;

pub use self::handle::Wasm;
pub use self::sleep::Sleep;
pub use self::task::Task;
