//! A8.4: one parser, written by the traits of futures, reads what only has those of tokio, and the other way round.

use core::future::poll_fn;
use core::pin::pin;

use futures::AsyncReadExt as _;
use futures::io::Cursor;
use onpar_rt::tokio_1::{self, FromTokio, IntoTokio};
use onpar_test::allocations;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const READS: u64 = 1000;

pub(super) const POINT: Point = Point {
    name: "A8.4",
    what: "a parser reads through either runtime's traits, without an allocation a read",
    cases: &[Case {
        what: "1000 reads, both ways",
        executors: &[Executor::CurrentThread],
        stock: Stock::GoesWrong(|_| {
            tokio_1::run_current_thread(async |_| {
                // A stream of buffers between the two, as it is done where no adapter is at hand.
                let text = vec![7; usize::try_from(READS).unwrap_or(0)];
                let mut reader = pin!(text.as_slice());
                let mut measured = Measured::new("allocate");
                for _ in 0..READS {
                    let read = async {
                        let mut chunk = Vec::with_capacity(1);
                        tokio::io::AsyncReadExt::read_buf(&mut reader, &mut chunk).await.expect("it is in memory");
                        chunk
                    };
                    measured.count(allocate(read).await > 0);
                }
                measured
            })
        }),
        onpar: |_| {
            tokio_1::run_current_thread(async |_| {
                let text = vec![7; usize::try_from(READS).unwrap_or(0)];
                let mut measured = Measured::new("allocate");
                let mut from_tokio = FromTokio::new(text.as_slice());
                let mut into_tokio = IntoTokio::new(Cursor::new(text.as_slice()));
                for _ in 0..READS {
                    let mut byte = [0];
                    measured.count(allocate(from_tokio.read_exact(&mut byte)).await > 0 || byte != [7]);
                    let read = tokio::io::AsyncReadExt::read_exact(&mut into_tokio, &mut byte);
                    measured.count(allocate(read).await > 0);
                }
                measured
            })
        },
    }],
};

/// How often it allocates.
async fn allocate<T>(future: impl Future<Output = T>) -> u64 {
    let (mut future, mut count) = (pin!(future), 0);
    poll_fn(|cx| {
        let (poll, allocated) = allocations(|| future.as_mut().poll(cx).map(drop));
        count += allocated.count;
        poll
    })
    .await;
    count
}
