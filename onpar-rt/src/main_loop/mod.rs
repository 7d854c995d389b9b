//! [`MainLoop`]: local tasks inside of an event loop that is not ours, such as that of a window.
//!
//! Such a loop owns its thread, and has one way to be woken from elsewhere: `EventLoopProxy::send_event`, `Context::invoke`,
//! `request_repaint`, whatever it is called. [`MainLoop`] takes that function, and calls it when tasks have something to do; the
//! loop then calls [`run_ready`](MainLoop::run_ready), which polls them and comes back. Tasks get [`Local`](crate::local::Local)
//! as their runtime, with all that it has.
//!
//! ```
//! use std::cell::Cell;
//! use std::rc::Rc;
//! use std::sync::mpsc;
//! use std::time::Duration;
//! use onpar_core::{Clock, SpawnLocal};
//! use onpar_rt::main_loop::MainLoop;
//!
//! // The event loop of a program, with events of its own.
//! let (events, loop_of_the_program) = mpsc::channel();
//! let main_loop = MainLoop::new(move || drop(events.send("tasks have something to do"))).unwrap();
//!
//! let done = Rc::new(Cell::new(false));
//! let rt = main_loop.runtime();
//! drop(rt.spawn_local({
//!     let (rt, done) = (rt.clone(), Rc::clone(&done));
//!     async move {
//!         rt.sleep(Duration::from_millis(1)).await;
//!         done.set(true);
//!     }
//! }));
//! while !done.get() {
//!     assert_eq!(loop_of_the_program.recv(), Ok("tasks have something to do"));
//!     main_loop.run_ready();
//! }
//! ```
//!
//! The folder `window` of the repository has a whole program: a window of winit's with a timer, a download that can be cancelled,
//! and an end that waits for the cleanup.
//!
//! # How it works
//!
//! While the loop does other things, a thread of its own waits in the executor's place, for timers, sockets and wakes, and calls
//! the function when there is something. It never polls a task.

#![expect(clippy::std_instead_of_alloc, reason = "a module that needs std has no layers to show")]

mod handle;

mod watch;

pub use self::handle::MainLoop;
