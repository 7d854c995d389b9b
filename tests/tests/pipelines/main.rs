//! Concurrent pipelines. (The story behind them: `barbara_battles_buffered_streams`.)

extern crate alloc;

mod early_end;
mod faults;
mod field;
mod in_turn;
mod order;
mod progress;
mod random;
mod send;
mod story;

use core::cell::Cell;
use core::future::poll_fn;
use core::task::Poll;
use core::time::Duration;

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// How many of something there are now, and were at most.
#[derive(Default)]
struct Level {
    now: Cell<usize>,
    most: Cell<usize>,
}

impl Level {
    fn up(&self) {
        self.now.set(self.now.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
    }

    fn down(&self) {
        self.now.set(self.now.get() - 1);
    }
}

/// Is pending so many times, and wakes itself.
async fn pending_times(times: usize) {
    let mut left = times;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
