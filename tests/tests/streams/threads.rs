//! Members that are fed by other threads: nothing is lost, and nobody sleeps for ever.

use std::thread;

use futures::channel::mpsc;
use futures::executor::block_on;
use onpar_iter::together::Group;
use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, limit, merge_all};

const THREADS: usize = 4;
const EACH: usize = 200;
const MEMBERS: usize = 100;

/// Channels that are fed by some threads, in turn.
fn channels() -> (Vec<mpsc::UnboundedReceiver<usize>>, Vec<thread::JoinHandle<()>>) {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..MEMBERS).map(|_| mpsc::unbounded()).unzip();
    let feed = |thread: usize| {
        let senders = senders.clone();
        thread::spawn(move || {
            for number in 0..EACH {
                for (member, sender) in senders.iter().enumerate() {
                    if (member + number) % THREADS == thread {
                        sender.unbounded_send(1).expect("somebody listens");
                    }
                }
            }
        })
    };
    let threads = (0..THREADS).map(feed).collect();
    (receivers, threads)
}

#[test]
fn a_merge_gets_all_that_other_threads_send() {
    let (receivers, threads) = channels();
    assert_eq!(block_on(merge_all(receivers).sum::<usize>()), MEMBERS * EACH);
    join(threads);
}

#[test]
fn a_group_and_a_flattened_stream_get_all_that_other_threads_send() {
    let (receivers, threads) = channels();
    let group: Group<_> = receivers.into_iter().collect();
    assert_eq!(block_on(group.sum::<usize>()), MEMBERS * EACH);
    join(threads);
    let (receivers, threads) = channels();
    let flat = receivers.into_async_iter().flatten_concurrent(limit!(100));
    assert_eq!(block_on(flat.sum::<usize>()), MEMBERS * EACH);
    join(threads);
}

fn join(threads: Vec<thread::JoinHandle<()>>) {
    for thread in threads {
        thread.join().expect("no panic");
    }
}
