//! The story that event loops are made for: a loader that reads rows and sends their items on, and packets that arrive
//! meanwhile. With `select!` in a loop each packet cancels the loader, and what it has read is lost.

use core::cell::Cell;
use core::future::poll_fn;
use core::pin::pin;
use core::time::Duration;

use futures::channel::mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender, channel, unbounded};
use futures::future::join;
use futures::{SinkExt as _, StreamExt as _};
use onpar_scope::events;
use onpar_test::{ByHand, Clock as _, ProbeLog, Sim, Trigger, every_poll};
use tokio::sync::Mutex;

const ROWS: u32 = 6;
const ITEMS_OF_A_ROW: u32 = 3;

/// A table. Reading a row takes two polls.
struct Db {
    next: u32,
    trigger: Trigger,
}

impl Db {
    fn new() -> Self {
        Self { next: 0, trigger: Trigger::never() }
    }

    async fn row(&mut self) -> Option<[u32; ITEMS_OF_A_ROW as usize]> {
        self.trigger.pending_once().await;
        let row = self.next;
        self.next += 1;
        (row < ROWS).then(|| [0, 1, 2].map(|item| row * ITEMS_OF_A_ROW + item))
    }
}

/// Reads every row, and sends its items. Cancelled half-way, it loses what it has read and not yet sent.
async fn read_send(db: &mut Db, out: &mut Sender<u32>) -> u32 {
    let mut sent = 0;
    while let Some(row) = db.row().await {
        for item in row {
            out.send(item).await.expect("the receiver is there");
            sent += 1;
        }
    }
    sent
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Session {
    packets: u32,
    loaded: Option<u32>,
}

/// The story's program: how the loop ends, and what arrived.
async fn program(packets: UnboundedReceiver<()>, session: &mut Session) -> Vec<u32> {
    let (mut db, (mut out, arrived)) = (Db::new(), channel(0));
    let serve = async {
        events(session)
            .once(read_send(&mut db, &mut out), async |session, sent| session.loaded = Some(sent))
            .on(packets, async |session, ()| session.packets += 1)
            .on_parked(|session, ()| session.packets += 1)
            .until(|session| session.loaded.is_some())
            .await;
        out.close_channel();
    };
    join(serve, collect(arrived)).await.1
}

async fn collect(arrived: Receiver<u32>) -> Vec<u32> {
    arrived.collect().await
}

fn all_items() -> Vec<u32> {
    (0..ROWS * ITEMS_OF_A_ROW).collect()
}

fn send(packets: &UnboundedSender<()>) {
    packets.unbounded_send(()).expect("the loop is there");
}

#[test]
fn a2_1_a_packet_at_any_poll_costs_no_item_and_is_handled() {
    let boundaries = every_poll(|at| {
        let (packets, arriving) = unbounded();
        let mut session = Session::default();
        let arrived = ByHand::new(at.call(program(arriving, &mut session), || send(&packets))).finish();
        assert_eq!(arrived, all_items());
        assert_eq!(session, Session { packets: u32::from(at.has_fired()), loaded: Some(18) });
    });
    assert!(boundaries > 18, "only {boundaries} boundaries");
}

#[test]
fn a2_2_a_packet_at_every_poll_stops_nobody() {
    let (packets, arriving) = unbounded();
    let handled = Cell::new(0_u32);
    let (mut db, (mut out, arrived)) = (Db::new(), channel(0));
    let mut session = Session::default();
    let serve = async {
        events(&mut session)
            .once(read_send(&mut db, &mut out), async |session, sent| session.loaded = Some(sent))
            .on(arriving, async |session, ()| {
                session.packets += 1;
                handled.set(session.packets);
            })
            .until(|session| session.loaded.is_some())
            .await;
        out.close_channel();
    };
    let mut sent = 0;
    let both = async {
        let mut both = pin!(join(serve, collect(arrived)));
        poll_fn(|cx| {
            assert!(handled.get() >= sent, "of {sent} packets, {} are handled", handled.get());
            if packets.unbounded_send(()).is_ok() {
                sent += 1;
            }
            both.as_mut().poll(cx)
        })
        .await
        .1
    };
    assert_eq!(ByHand::new(both).finish(), all_items());
    assert!(sent > 18, "{sent}");
}

/// Both handlers change one state, and await in between: no lock, and no update is lost.
#[test]
fn a2_3_handlers_share_a_mutable_state_and_exclude_each_other() {
    Sim::check(0..50, async |rt| {
        let (packets, arriving) = unbounded();
        for _ in 0..9 {
            send(&packets);
        }
        drop(packets);
        let (mut db, (mut out, arrived), mut total) = (Db::new(), channel(99), 0);
        events(&mut total)
            .once(read_send(&mut db, &mut out), async |total, sent| {
                let before = *total;
                rt.sleep(Duration::from_millis(5)).await;
                *total = before + sent;
            })
            .on(arriving, async |total, ()| {
                let before = *total;
                rt.sleep(Duration::from_millis(3)).await;
                *total = before + 100;
            })
            .await;
        drop(arrived);
        assert_eq!(total, 918);
    });
}

#[test]
fn a2_4_a_handler_that_waits_for_the_loaders_lock_gets_it_and_the_loader_is_polled_meanwhile() {
    const MILLIS: Duration = Duration::from_millis(1);
    Sim::check(0..50, async |rt| {
        let (lock, log) = (Mutex::new(()), ProbeLog::with_clock(rt.clone()));
        let loader = async {
            let _locked = lock.lock().await;
            for _ in 0..40 {
                rt.sleep(3 * MILLIS).await;
            }
        };
        let packet = async { rt.sleep(10 * MILLIS).await };
        let (start, mut order) = (rt.now(), Vec::new());
        let serve = events(&mut order)
            .once(log.probe(loader), async |order, ()| order.push(("loaded", rt.now() - start)))
            .once(packet, async |order, ()| {
                rt.sleep(100 * MILLIS).await;
                let _locked = lock.lock().await;
                order.push(("packet", rt.now() - start));
            })
            .run();
        log.owner(serve).await;
        assert_eq!(order, [("packet", 120 * MILLIS), ("loaded", 120 * MILLIS)]);
        assert_eq!((log.longest().owner_polls, log.longest().time), (0, Duration::ZERO));
    });
}

/// `repeat_with` runs `read_send` again with the same table, and nothing is lost in between.
#[test]
fn a_loader_that_borrows_is_run_again_and_again() {
    let boundaries = every_poll(|at| {
        let (packets, arriving) = unbounded();
        let (mut db, (mut out, arrived)) = (Db::new(), channel(0));
        let mut session = Session::default();
        let serve = async {
            events(&mut session)
                .repeat_with(
                    (&mut db, &mut out),
                    |session| (session.loaded != Some(0)).then_some(1),
                    async |(db, out), rows| {
                        let mut sent = 0;
                        for _ in 0..rows {
                            for item in db.row().await.into_iter().flatten() {
                                out.send(item).await.expect("the receiver is there");
                                sent += 1;
                            }
                        }
                        sent
                    },
                    async |session, sent| session.loaded = Some(sent),
                )
                .on(arriving, async |session, ()| session.packets += 1)
                .on_parked(|session, ()| session.packets += 1)
                .until(|session| session.loaded == Some(0))
                .await;
            out.close_channel();
        };
        let arrived = ByHand::new(at.call(join(serve, collect(arrived)), || send(&packets))).finish().1;
        assert_eq!((arrived, session.packets), (all_items(), u32::from(at.has_fired())));
    });
    assert!(boundaries > 18, "only {boundaries} boundaries");
}
