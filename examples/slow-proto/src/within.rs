//! [`within`]: a future that has a time.

use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;

use onpar_core::{Clock, Elapsed};

/// What `future` gives, if it does so in time. Where both come at once, the value wins.
///
/// # Cancel safety
///
/// As `future`, which is also dropped when the time is over.
pub(crate) async fn within<C, F>(clock: &C, time: Duration, future: F) -> Result<F::Output, Elapsed>
where
    C: Clock,
    F: Future,
{
    let sleep = clock.sleep(time);
    let (mut future, mut sleep) = (pin!(future), pin!(sleep));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Ok(value)),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| Err(Elapsed)),
    })
    .await
}
