//! [`with_reaper`]: a reaper on a thread of its own.

use alloc::sync::Arc;
use std::thread;

use onpar_scope::Reaper;

use crate::executor::Rt;
use crate::executor::foreign::Foreign;

/// Runs `program` with a reaper that lives on another thread and executor, whose clock is passed on too: whoever is reaped
/// cannot rely on a clock that may be gone.
pub(super) fn with_reaper<T>(program: impl FnOnce(Reaper, Rt) -> T) -> T {
    let foreign = Arc::<Foreign>::default();
    let rt = Rt::Foreign(Arc::clone(&foreign));
    let (reaper, work) = Reaper::new();
    let thread = thread::spawn(move || foreign.run(work));
    reaper.register();
    let result = program(reaper.clone(), rt);
    reaper.shut_down();
    thread.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload));
    result
}
