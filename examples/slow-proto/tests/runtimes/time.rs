//! [`Time`]: who lets the time pass that a situation waits for.

use core::time::Duration;

pub(crate) trait Time {
    /// Somebody waits for so long, or will, and the time passes.
    fn pass(&self, time: Duration) -> impl Future<Output = ()>;
}

/// It passes by itself: by the clock of a simulation, or of the runtime.
pub(crate) struct ByItself;

impl Time for ByItself {
    async fn pass(&self, _: Duration) {}
}
