//! The end of the server, in order and by force: what it has acknowledged is on the disk.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::channel::oneshot;
use onpar::prelude::*;
use onpar::test::{Rt, Sim, every_poll};
use onpar_kv::{Settings, Store, replay, serve};

use crate::client::Client;
use crate::disk::Paper;
use crate::network::{Network, Pipe, network};

/// How many of its numbers each client has an acknowledgement for.
type Acknowledged = Rc<RefCell<Vec<usize>>>;

const CLIENTS: usize = 3;

/// Counts up in a list of its own, some at once, and notes what is acknowledged, until the connection ends.
async fn count(network: Network, acknowledged: Acknowledged, client: usize, at_once: usize) {
    let mut peer = network.client().await;
    for number in (0..60).step_by(at_once) {
        let requests: Vec<_> = (number..number + at_once).map(|n| format!("RPUSH list{client} {n}\r\n")).collect();
        // If the server takes no more, it may still have carried out some.
        peer.send(requests.concat()).await;
        for n in number..number + at_once {
            let Some(reply) = peer.reply().await else { return };
            assert_eq!(reply, format!(r":{}\r\n", n + 1));
            acknowledged.borrow_mut()[client] = n + 1;
        }
    }
}

fn clients(rt: &Rt, network: &Network) -> (Acknowledged, Vec<onpar::test::sim::Task<()>>) {
    let acknowledged = Acknowledged::new(vec![0; CLIENTS].into());
    let counting =
        |client| rt.spawn_local(count(network.clone(), Rc::clone(&acknowledged), client, [1, 4, 20][client % 3]));
    let tasks = (0..CLIENTS).map(counting).collect();
    (acknowledged, tasks)
}

/// How many numbers each list has, on the disk. They are all there are up to that, in order.
async fn written(rt: &Rt, paper: &Paper) -> Vec<usize> {
    let store = replay(&mut paper.text().as_slice()).unwrap();
    let (network, door) = network(1 << 16);
    let (stop, stopped) = oneshot::channel::<()>();
    let served = serve(rt, door, store, None::<Paper>, Settings::default(), async { _ = stopped.await });
    let look = async {
        let (mut peer, mut lengths) = (network.client().await, vec![]);
        for client in 0..CLIENTS {
            let list = peer.ask(&format!("LRANGE list{client} 0 -1")).await.unwrap();
            let items: Vec<_> =
                list.split(r"\r\n").skip(1).filter(|item| !item.is_empty() && !item.starts_with('$')).collect();
            assert!(items.iter().enumerate().all(|(n, item)| n.to_string() == **item), "{items:?}");
            lengths.push(items.len());
        }
        drop(stop);
        lengths
    };
    join((served, look)).await.1
}

fn assert_kept(acknowledged: &Acknowledged, written: &[usize]) {
    let acknowledged = acknowledged.borrow();
    assert!(
        acknowledged.iter().zip(written).all(|(acknowledged, written)| acknowledged <= written),
        "{acknowledged:?} {written:?}"
    );
}

#[test]
fn a_server_that_is_asked_to_end_at_any_time_has_kept_what_it_acknowledged() {
    let stopped_midway = RefCell::new(0);
    Sim::check(0..100, async |rt| {
        let ((network, door), paper) = (network(64), Paper::default());
        let (acknowledged, tasks) = clients(&rt, &network);
        let polls = rt.random(300);
        let stop = async {
            for _ in 0..polls {
                rt.yield_now().await;
            }
        };
        serve(&rt, door, Store::default(), Some(paper.clone()), Settings::default(), stop).await.unwrap();
        for task in tasks {
            task.await.unwrap();
        }
        let written = written(&rt, &paper).await;
        assert_kept(&acknowledged, &written);
        // In order, all that was carried out was also said: each client has read on to the end.
        assert_eq!(*acknowledged.borrow(), written);
        let sum: usize = written.iter().sum();
        *stopped_midway.borrow_mut() += u32::from((1..180).contains(&sum));
    });
    assert!(stopped_midway.into_inner() > 50, "most are to be stopped midway");
}

#[test]
fn a_server_that_is_killed_at_any_poll_has_kept_what_it_acknowledged() {
    for seed in 0..2 {
        let mut kept = 0;
        let boundaries = every_poll(|at| {
            Sim::new(seed).allow_leftovers().run(async |rt| {
                let ((network, door), paper) = (network(64), Paper::default());
                let (acknowledged, tasks) = clients(&rt, &network);
                let stop = async {
                    for task in tasks {
                        task.await.unwrap();
                    }
                };
                let served = serve(&rt, door, Store::default(), Some(paper.clone()), Settings::default(), stop);
                // A call that was under way when the server was killed may still come to its end.
                _ = at.cancel(served).await;
                rt.idle().await;
                assert_kept(&acknowledged, &written(&rt, &paper).await);
                kept += acknowledged.borrow().iter().sum::<usize>();
            });
        });
        assert!(boundaries > 20 && kept > 0, "{boundaries} boundaries, {kept} kept");
    }
}

#[test]
fn a_disk_that_fails_ends_the_server_and_nothing_is_acknowledged_that_it_lacks() {
    for fails_after in 0..5 {
        Sim::check(0..5, async |rt| {
            let ((network, door), paper) = (network(64), Paper::for_calls(fails_after));
            let (acknowledged, tasks) = clients(&rt, &network);
            let served =
                serve(&rt, door, Store::default(), Some(paper.clone()), Settings::default(), std::future::pending());
            assert_eq!(served.await.unwrap_err().to_string(), "no paper");
            for task in tasks {
                task.await.unwrap();
            }
            assert_kept(&acknowledged, &written(&rt, &paper).await);
        });
    }
}

#[onpar::test(sim)]
async fn what_has_gone_away_by_its_deadline_does_not_come_back_and_a_deadline_stays(rt: Rt) {
    let paper = Paper::default();
    with_journal(&rt, Store::default(), &paper, async |mut peer| {
        peer.ask("RPUSH gone a").await;
        peer.ask("PEXPIRE gone 50").await;
        peer.ask("SET stays 1 EX 1000").await;
        rt.sleep(Duration::from_millis(60)).await;
        // What is made anew knows nothing of what was there before.
        assert_eq!(peer.ask("RPUSH gone b").await.unwrap(), r":1\r\n");
    })
    .await;
    let store = replay(&mut paper.text().as_slice()).unwrap();
    with_journal(&rt, store, &paper, async |mut peer| {
        assert_eq!(peer.ask("LRANGE gone 0 -1").await.unwrap(), r"*1\r\n$1\r\nb\r\n");
        assert_eq!(peer.ask("TTL gone").await.unwrap(), r":-1\r\n");
        let left = peer.ask("TTL stays").await.unwrap();
        assert!([r":999\r\n", r":1000\r\n"].contains(&&*left), "{left}");
    })
    .await;
}

/// A client of a server with this journal, which ends with it.
async fn with_journal(rt: &Rt, store: Store, paper: &Paper, body: impl AsyncFnOnce(Client<Pipe>)) {
    let (network, door) = network(64);
    let (stop, stopped) = oneshot::channel::<()>();
    let served = serve(rt, door, store, Some(paper.clone()), Settings::default(), async { _ = stopped.await });
    let talk = async {
        body(network.client().await).await;
        drop(stop);
    };
    join((served, talk)).await.0.unwrap();
}

#[onpar::test(sim)]
async fn a_peer_that_does_not_take_its_replies_holds_the_end_up_for_the_grace_period_and_no_longer(rt: Rt) {
    let ((network, door), settings) = (network(64), Settings::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let served = async {
        serve(&rt, door, Store::default(), None::<Paper>, settings, async { _ = stopped.await }).await.unwrap();
        rt.now()
    };
    let peer = async {
        let mut peer = network.client().await;
        peer.send(format!("ECHO {}\r\n", "x".repeat(1000))).await;
        rt.sleep(Duration::from_millis(10)).await;
        drop(stop);
        let stopped = rt.now();
        rt.sleep(2 * settings.grace).await;
        assert_eq!(peer.reply().await, None);
        stopped
    };
    let (ended, stopped) = join((served, peer)).await;
    assert_eq!(ended - stopped, settings.grace);
}
