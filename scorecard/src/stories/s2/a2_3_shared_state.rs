//! A2.3: the handlers of the packets and of the loader change one state, and await in between.
//!
//! Whoever has been burned by `select!` runs the two beside each other instead, and shares the state behind a lock. It
//! cannot be held over an await, so an update that awaits between reading and writing gets lost.

use alloc::sync::Arc;
use std::sync::{Mutex, PoisonError};

use futures::channel::mpsc::{UnboundedReceiver, channel, unbounded};
use futures::future::join3;
use futures::{StreamExt as _, stream};
use onpar_scope::events;

use crate::executor::lanes::lanes;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s2::loader::{Db, ITEMS, collect, read_send};
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 100;
const PACKETS: u32 = 5;
/// What a packet adds: more than all items together.
const PACKET: u32 = 100;

pub(super) const POINT: Point = Point {
    name: "A2.3",
    what: "two handlers change one `&mut` state over an await, without a lock, and no update is lost",
    cases: &[Case {
        what: "both add to a total in 2 ms",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| measure(executor, with_stock_tools)),
        onpar: |executor| measure(executor, with_onpar),
    }],
};

fn measure<Fut>(executor: Executor, program: fn(Rt, UnboundedReceiver<()>) -> Fut) -> Measured
where
    Fut: Future<Output = u32> + Send + 'static,
{
    executor.run(async move |rt| {
        lanes(&rt, RUNS, move |rt, runs| async move {
            let mut measured = Measured::new("totals wrong");
            for _ in 0..runs {
                let (packets, arriving) = unbounded();
                for _ in 0..PACKETS {
                    drop(packets.unbounded_send(()));
                }
                drop(packets);
                let total = program(rt.clone(), arriving).await;
                measured.count(total != PACKETS * PACKET + ITEMS);
            }
            measured
        })
        .await
    })
}

async fn with_stock_tools(rt: Rt, packets: UnboundedReceiver<()>) -> u32 {
    let (mut db, (mut out, arrived), total) = (Db::new(), channel(0), Arc::new(Mutex::new(0)));
    let read = || *total.lock().unwrap_or_else(PoisonError::into_inner);
    let write = |new| *total.lock().unwrap_or_else(PoisonError::into_inner) = new;
    let add = async |more| {
        let before: u32 = read();
        rt.millis(2).await;
        write(before + more);
    };
    let loads = async {
        let sent = read_send(&mut db, &mut out).await;
        out.close_channel();
        add(sent).await;
    };
    let mut packets = packets.chain(stream::empty());
    let receives = async {
        while let Some(()) = packets.next().await {
            add(PACKET).await;
        }
    };
    join3(loads, receives, collect(arrived)).await;
    read()
}

async fn with_onpar(rt: Rt, packets: UnboundedReceiver<()>) -> u32 {
    let (mut db, (mut out, arrived), mut total) = (Db::new(), channel(0), 0);
    events(&mut total)
        .once(
            async {
                let sent = read_send(&mut db, &mut out).await;
                out.close_channel();
                sent
            },
            async |total, sent| add(&rt, total, sent).await,
        )
        .on(packets, async |total, ()| add(&rt, total, PACKET).await)
        .once(collect(arrived), async |_, _| ())
        .await;
    total
}

async fn add(rt: &Rt, total: &mut u32, more: u32) {
    let before = *total;
    rt.millis(2).await;
    *total = before + more;
}
