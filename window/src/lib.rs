//! What a window does, without the window: a timer that ticks, a download that can be cancelled, and an end that waits for cleanup.
//!
//! `src/bin/window` puts it into a window of winit's, whose loop drives the tasks by `onpar::rt::main_loop`. The tests run the
//! same session on a virtual clock.
#![forbid(unsafe_code)]

mod session;

mod download;
mod part;
mod view;

pub use session::{Command, session};
pub use view::{Shown, View};
