//! [`SlowPolls`]: says which task keeps its thread for too long.
//!
//! A task that blocks, or computes for long without an `.await`, keeps all tasks of its thread waiting, and nothing tells. This
//! wrapper of a runtime takes the time of each poll of each task that is spawned through it, by the real clock, and reports those
//! that took too long, with the task's name or the line that spawned it. The cure is `spawn_blocking`, or `checkpoint()` in a loop.
//!
//! What is not spawned by a runtime is polled by whoever awaits it: the body that `run` is given, and the children of a scope, which
//! are polled with the scope. [`SlowPolls::watch`] gives such a future a name too.
//!
//! ```
//! use std::sync::{Arc, Mutex};
//! use std::time::Duration;
//! use onpar_core::SpawnLocal;
//! use onpar_rt::slow_polls::SlowPolls;
//!
//! let slow = Arc::new(Mutex::new(Vec::new()));
//! let seen = Arc::clone(&slow);
//! onpar_rt::local::run(async |rt| {
//!     let rt = SlowPolls::new(rt)
//!         .threshold(Duration::from_millis(5))
//!         .report(move |poll| seen.lock().unwrap().push(poll.to_string()));
//!     let task = rt.named("loader").spawn_local(async {
//!         std::thread::sleep(Duration::from_millis(10)); // blocks the whole thread
//!     });
//!     task.await.unwrap();
//! });
//! assert!(slow.lock().unwrap()[0].starts_with("the task `loader`, spawned at "));
//! ```
//!
//! ```
//! use onpar_rt::slow_polls::SlowPolls;
//!
//! onpar_rt::local::run(async |rt| {
//!     let rt = SlowPolls::new(rt);
//!     let body = async {
//!         let (page, feed) = (rt.named("page").watch(async { 1 }), rt.named("feed").watch(async { 2 }));
//!         futures::join!(page, feed)
//!     };
//!     assert_eq!(rt.named("main").watch(body).await, (1, 2));
//! });
//! ```

#![expect(clippy::std_instead_of_alloc, reason = "a module that needs std has no layers to show")]

mod handle;

mod watched;

mod slow_poll;

pub use self::handle::SlowPolls;
pub use self::slow_poll::SlowPoll;
pub use self::watched::Watched;
