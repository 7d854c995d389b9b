//! [`Clock`]: time as a value.

use core::pin::Pin;
use core::time::Duration;

use crate::Instant;

/// Time as a value: what the time is, and futures that end when it comes.
///
/// A clock is cheap to clone and is passed to whatever needs time. [`Sleep`](Self::Sleep) is an associated type, so that
/// code can ask for more where it needs more: `C: Clock<Sleep: Send>`.
///
/// # For implementers
///
/// * [`now`](Self::now) never goes back.
/// * A sleep whose deadline has passed is ready at its first poll. It never ends before its deadline.
/// * A sleep wakes whoever polled it last. [`reset`](Self::reset) does not change that: without another poll, they are woken
///   at the new deadline.
/// * Dropping a sleep takes its timer away.
///
/// # Examples
///
/// ```
/// use core::time::Duration;
/// use onpar_core::Clock;
///
/// async fn retry_later<C: Clock>(clock: &C) {
///     clock.sleep(Duration::from_millis(100)).await;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no clock",
    label = "this needs the time, and takes it from a value that implements `Clock`",
    note = "pass your runtime, or a reference to it: the argument that `onpar::rt::local::run` gives its body, or \
            `onpar::rt::tokio_1::Tokio::current()?`"
)]
pub trait Clock: Clone {
    /// The future of one timer.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing but the timer.
    type Sleep: Future<Output = ()>;

    /// The time of this clock, now.
    fn now(&self) -> Instant;

    /// A future that ends at `deadline`, or at once if that has passed.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing but the timer.
    fn sleep_until(&self, deadline: Instant) -> Self::Sleep;

    /// Moves a sleep of this clock to another deadline, whether it has ended or not.
    fn reset(&self, sleep: Pin<&mut Self::Sleep>, deadline: Instant);

    /// A future that ends after `duration`, which is counted from this call and not from the first poll.
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing but the timer.
    fn sleep(&self, duration: Duration) -> Self::Sleep {
        self.sleep_until(self.now() + duration)
    }
}

impl<C: Clock> Clock for &C {
    type Sleep = C::Sleep;

    fn now(&self) -> Instant {
        C::now(self)
    }

    fn sleep_until(&self, deadline: Instant) -> Self::Sleep {
        C::sleep_until(self, deadline)
    }

    fn reset(&self, sleep: Pin<&mut Self::Sleep>, deadline: Instant) {
        C::reset(self, sleep, deadline);
    }
}
