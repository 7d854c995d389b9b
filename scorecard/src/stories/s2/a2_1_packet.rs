//! A2.1: one packet arrives, at each poll in turn.

use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, channel, unbounded};
use futures::future::join;
use onpar_scope::events;
use onpar_test::every_poll;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s2::loader::{Db, collect, is_complete, read_send};
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A2.1",
    what: "whenever a packet arrives, every item is delivered once and in order, and the packet is handled",
    cases: &[Case {
        what: "18 items, packet at poll k",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| measure(executor, with_stock_tools)),
        onpar: |executor| measure(executor, with_onpar),
    }],
};

/// What has arrived, and how many packets have been handled.
type Result = (Vec<u32>, u32);

fn measure<Fut>(executor: Executor, program: fn(UnboundedReceiver<()>) -> Fut) -> Measured
where
    Fut: Future<Output = Result> + Send + 'static,
{
    let (mut measured, mut most) = (Measured::new("bad boundaries"), 0);
    let boundaries = every_poll(|at| {
        let (packets, arriving) = unbounded();
        let program = at.call(program(arriving), move || drop(packets.unbounded_send(())));
        let (arrived, handled) = executor.run(|_| program);
        most = most.max(18_u64.saturating_sub(arrived.len() as u64));
        measured.count(!is_complete(&arrived) || handled != u32::from(at.has_fired()));
    });
    // The last run, in which no packet arrives any more, is no boundary.
    measured.runs = boundaries as u64;
    measured.with(most, "items lost at most")
}

async fn with_stock_tools(mut packets: UnboundedReceiver<()>) -> Result {
    let (mut db, (mut out, arrived), mut handled) = (Db::new(), channel(0), 0);
    let serve = async {
        loop {
            tokio::select! {
                _ = read_send(&mut db, &mut out) => break,
                Some(()) = packets.next() => handled += 1,
            }
        }
        out.close_channel();
    };
    let arrived = join(serve, collect(arrived)).await.1;
    (arrived, handled)
}

#[derive(Default)]
struct Session {
    handled: u32,
    loaded: bool,
}

async fn with_onpar(packets: UnboundedReceiver<()>) -> Result {
    let (mut db, (mut out, arrived), mut session) = (Db::new(), channel(0), Session::default());
    let serve = async {
        events(&mut session)
            .once(read_send(&mut db, &mut out), async |session, _sent| session.loaded = true)
            .on(packets, async |session, ()| session.handled += 1)
            .until(|session| session.loaded)
            .on_parked(|session, ()| session.handled += 1)
            .await;
        out.close_channel();
    };
    let arrived = join(serve, collect(arrived)).await.1;
    (arrived, session.handled)
}
