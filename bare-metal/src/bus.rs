//! [`Bus`]: what has to be powered down.

use core::convert::Infallible;
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use onpar::{Clock, ExitReason, LocalAsyncDrop};

/// A bus with one sensor. Its power is counted, so that a test sees whether it was left on.
#[derive(Debug)]
pub struct Bus<C> {
    clock: C,
    measured: u32,
}

/// How many are powered.
static POWERED: AtomicU32 = AtomicU32::new(0);

/// How often a measurement was given up.
static GIVEN_UP: AtomicU32 = AtomicU32::new(0);

/// How many were powered down because the work with them was cut off.
static CUT_OFF: AtomicU32 = AtomicU32::new(0);

impl<C: Clock> Bus<C> {
    /// Powers it up, and waits until the sensor has started.
    pub async fn power_up(clock: C) -> Self {
        clock.sleep(Duration::from_millis(5)).await;
        POWERED.fetch_add(1, Ordering::Relaxed);
        Self { clock, measured: 0 }
    }

    /// Measures. The fifth time, the sensor takes a nap, until long after it has been given up: on a machine that stalls, the end
    /// of the nap and that of the patience might else be seen together.
    pub async fn measure(&mut self) -> u32 {
        self.measured += 1;
        let takes = if self.measured == 5 { 80 } else { 1 };
        self.clock.sleep(Duration::from_millis(takes)).await;
        while self.measured == 5 && given_up() == 0 {
            self.clock.sleep(Duration::from_millis(10)).await;
        }
        20 + self.measured % 3
    }
}

impl<C: Clock> LocalAsyncDrop for Bus<C> {
    type Error = Infallible;

    /// Powers it down, which takes a moment too.
    async fn async_drop(self, reason: ExitReason) -> Result<(), Infallible> {
        self.clock.sleep(Duration::from_millis(2)).await;
        POWERED.fetch_sub(1, Ordering::Relaxed);
        if let ExitReason::Cancelled(_) = reason {
            CUT_OFF.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Cuts the power of one, without ceremony: for whoever can no longer wait.
pub(crate) fn cut_power() {
    POWERED.fetch_sub(1, Ordering::Relaxed);
}

/// How many are powered now.
pub(crate) fn powered() -> u32 {
    POWERED.load(Ordering::Relaxed)
}

/// Gives the measurement up that is under way. It may still come.
pub(crate) fn give_up() {
    GIVEN_UP.fetch_add(1, Ordering::Relaxed);
}

/// How often one was given up since the last call of [`start_over`].
pub(crate) fn given_up() -> u32 {
    GIVEN_UP.load(Ordering::Relaxed)
}

/// Forgets what was given up or cut off.
pub(crate) fn start_over() {
    GIVEN_UP.store(0, Ordering::Relaxed);
    CUT_OFF.store(0, Ordering::Relaxed);
}

/// How many were powered down because the work with them was cut off, since the last call of
/// [`start_over`].
pub(crate) fn cut_off() -> u32 {
    CUT_OFF.load(Ordering::Relaxed)
}
