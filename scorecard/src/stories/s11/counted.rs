//! [`Calls`]: what calls allocate, and nothing around them.

use core::future::poll_fn;
use core::ops::RangeInclusive;
use core::pin::pin;

use onpar_test::{CountingAllocator, allocations};

use crate::measured::Measured;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Calls of which it is known what they allocate.
#[derive(Default)]
pub(super) struct Calls {
    measured: Measured,
    allocations: u64,
}

impl Calls {
    /// Two requests come first, one of each kind, whose calls are not counted.
    pub(super) const ALL: RangeInclusive<u64> = 1..=1002;

    /// Makes the call, and counts what it allocates, at each poll.
    pub(super) async fn count(&mut self, request: u64, call: impl Future<Output = u64>) {
        let mut count = 0;
        let answer = {
            let mut call = pin!(call);
            poll_fn(|cx| {
                let (poll, allocated) = allocations(|| call.as_mut().poll(cx));
                count += allocated.count;
                poll
            })
            .await
        };
        assert_eq!(answer, request + 1);
        if request > 2 {
            self.measured.count(count > 0);
            self.allocations += count;
        }
    }

    pub(super) fn measured(self) -> Measured {
        Measured { wrong: "allocate", ..self.measured }.with(self.allocations, "allocations")
    }
}
