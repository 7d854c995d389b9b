//! A2.2: a packet arrives at every poll.
//!
//! The stock program gets nowhere then: each packet drops the loader before it has sent anything. It is given up after
//! [`PATIENCE`] polls, several times what the loader needs.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::pin;
use core::sync::atomic::{AtomicU64, Ordering};
use core::task::Poll;

use futures::StreamExt as _;
use futures::channel::mpsc::{Receiver, UnboundedReceiver, channel, unbounded};
use futures::future::join;
use onpar_scope::events;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s2::loader::{Db, ITEMS, read_send};
use crate::story::{Case, Point, Stock};

const PATIENCE: u64 = 500;

pub(super) const POINT: Point = Point {
    name: "A2.2",
    what: "a packet at every poll holds nobody up: every item is delivered, and each packet is handled before the next but one",
    cases: &[Case {
        what: "a packet at every poll",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| measure(executor, with_stock_tools)),
        onpar: |executor| measure(executor, with_onpar),
    }],
};

/// What has happened so far.
#[derive(Default)]
struct Counts {
    delivered: AtomicU64,
    out_of_order: AtomicU64,
    handled: AtomicU64,
}

fn add_one(count: &AtomicU64) {
    count.fetch_add(1, Ordering::SeqCst);
}

fn measure<Fut>(executor: Executor, program: fn(UnboundedReceiver<()>, Arc<Counts>) -> Fut) -> Measured
where
    Fut: Future<Output = ()> + Send + 'static,
{
    let counts = Arc::<Counts>::default();
    let (packets, arriving) = unbounded();
    let (program, seen) = (program(arriving, Arc::clone(&counts)), Arc::clone(&counts));
    let (sent, late) = executor.run(move |_| async move {
        let (mut program, mut sent, mut late) = (pin!(program), 0, 0);
        poll_fn(|cx| {
            late += u64::from(seen.handled.load(Ordering::SeqCst) < sent);
            sent += u64::from(packets.unbounded_send(()).is_ok());
            cx.waker().wake_by_ref();
            match program.as_mut().poll(cx) {
                Poll::Pending if sent < PATIENCE => Poll::Pending,
                _ => Poll::Ready((sent, late)),
            }
        })
        .await
    });
    let [delivered, out_of_order] = [&counts.delivered, &counts.out_of_order].map(|count| count.load(Ordering::SeqCst));
    Measured {
        runs: u64::from(ITEMS) + sent,
        failures: u64::from(ITEMS).abs_diff(delivered) + out_of_order + late,
        ..Measured::new("lost or late")
    }
    .with(delivered, "delivered")
    .with(sent, "packets")
}

async fn count(mut arrived: Receiver<u32>, counts: &Counts) {
    while let Some(item) = arrived.next().await {
        let before = counts.delivered.fetch_add(1, Ordering::SeqCst);
        if before != u64::from(item) {
            add_one(&counts.out_of_order);
        }
    }
}

async fn with_stock_tools(mut packets: UnboundedReceiver<()>, counts: Arc<Counts>) {
    let (mut db, (mut out, arrived)) = (Db::new(), channel(0));
    let serve = async {
        loop {
            tokio::select! {
                _ = read_send(&mut db, &mut out) => break,
                Some(()) = packets.next() => add_one(&counts.handled),
            }
        }
        out.close_channel();
    };
    join(serve, count(arrived, &counts)).await;
}

async fn with_onpar(packets: UnboundedReceiver<()>, counts: Arc<Counts>) {
    let (mut db, (mut out, arrived), mut loaded) = (Db::new(), channel(0), false);
    let serve = async {
        events(&mut loaded)
            .once(read_send(&mut db, &mut out), async |loaded, _sent| *loaded = true)
            .on(packets, async |_, ()| add_one(&counts.handled))
            .until(|loaded| *loaded)
            .await;
        out.close_channel();
    };
    join(serve, count(arrived, &counts)).await;
}
