//! [`ErasedClock`]: a clock without its type.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::any::Any;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::{Clock, Instant};

/// A [`Clock`] without its type. Every clock has it that may move between threads, and whose sleeps may.
///
/// `&dyn ErasedClock` and `Arc<dyn ErasedClock>` are clocks. Each sleep costs one allocation; moving it costs none.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::{Clock, ErasedClock};
///
/// async fn pause(clock: &dyn ErasedClock) {
///     clock.sleep(Duration::from_secs(1)).await;
/// }
/// ```
pub trait ErasedClock: Send + Sync {
    /// [`Clock::now`].
    fn erased_now(&self) -> Instant;

    /// [`Clock::sleep_until`].
    ///
    /// # Cancel safety
    ///
    /// Dropping it loses nothing but the timer.
    fn erased_sleep_until(&self, deadline: Instant) -> ErasedSleep;

    /// [`Clock::reset`].
    fn erased_reset(&self, sleep: &mut ErasedSleep, deadline: Instant);
}

impl<C> ErasedClock for C
where
    C: Clock<Sleep: Send + 'static> + Send + Sync,
{
    fn erased_now(&self) -> Instant {
        self.now()
    }

    fn erased_sleep_until(&self, deadline: Instant) -> ErasedSleep {
        ErasedSleep { timer: Some(Box::pin(self.sleep_until(deadline))) }
    }

    fn erased_reset(&self, sleep: &mut ErasedSleep, deadline: Instant) {
        let mut own = None::<Pin<Box<C::Sleep>>>;
        if let Some(timer) = sleep.timer.take() {
            timer.move_to(&mut own);
        }
        // A sleep of another clock cannot be moved by this one, but it can be replaced.
        let mut timer = own.unwrap_or_else(|| Box::pin(self.sleep_until(deadline)));
        self.reset(timer.as_mut(), deadline);
        sleep.timer = Some(timer);
    }
}

/// A sleep of an [`ErasedClock`].
///
/// # Cancel safety
///
/// Dropping it loses nothing but the timer.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct ErasedSleep {
    /// Always there, but while it is being moved.
    timer: Option<Pin<Box<dyn Timer>>>,
}

/// A sleep that can be given its type back.
trait Timer: Future<Output = ()> + Send {
    /// Moves it to `place`, an `Option<Pin<Box<Self>>>`; drops it if that is something else.
    fn move_to(self: Pin<Box<Self>>, place: &mut dyn Any);
}

impl<S> Timer for S
where
    S: Future<Output = ()> + Send + 'static,
{
    fn move_to(self: Pin<Box<Self>>, place: &mut dyn Any) {
        if let Some(place) = place.downcast_mut() {
            *place = Some(self);
        }
    }
}

impl Future for ErasedSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match &mut self.timer {
            Some(timer) => timer.as_mut().poll(cx),
            // Its clock panicked while it moved it.
            None => Poll::Ready(()),
        }
    }
}

impl fmt::Debug for ErasedSleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedSleep").finish_non_exhaustive()
    }
}

macro_rules! clock_behind {
    ($Pointer:ty) => {
        impl Clock for $Pointer {
            type Sleep = ErasedSleep;

            fn now(&self) -> Instant {
                (**self).erased_now()
            }

            fn sleep_until(&self, deadline: Instant) -> ErasedSleep {
                (**self).erased_sleep_until(deadline)
            }

            fn reset(&self, sleep: Pin<&mut ErasedSleep>, deadline: Instant) {
                (**self).erased_reset(sleep.get_mut(), deadline);
            }
        }
    };
}

clock_behind!(&(dyn ErasedClock + '_));
clock_behind!(Arc<dyn ErasedClock + '_>);
