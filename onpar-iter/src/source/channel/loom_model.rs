//! A channel, model-checked with loom: the interleavings of senders that wait, give up or are closed with the receiver.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-iter --release --lib loom`.

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;
use loom::future::block_on;
use loom::thread;
use onpar_core::limit;

use super::{Receiver, Sender, channel};

/// All interleavings of so many steps take minutes; those with few preemptions take seconds, and are where such errors show
/// (Musuvathi and Qadeer, "Iterative context bounding", 2007).
fn check(preemptions: usize, model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(model);
}

/// The next item. In a model nothing ends but what it ends, so a lost wake is a deadlock, which loom reports.
async fn next<T>(receiver: &mut Receiver<T>) -> Option<T> {
    core::future::poll_fn(|cx| pin!(&mut *receiver).poll_next(cx)).await
}

fn spawn_sender(sender: Sender<u8>, items: &'static [u8]) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        block_on(async move {
            for item in items {
                sender.send(*item).await.expect("the receiver is there");
            }
        });
    })
}

#[test]
fn a_sender_that_waits_for_room_gets_it_and_the_receiver_hears_of_each_item_and_of_the_end() {
    check(3, || {
        let (sender, mut receiver) = channel(limit!(1));
        let sender = spawn_sender(sender, &[1, 2]);
        assert_eq!(block_on(next(&mut receiver)), Some(1));
        assert_eq!(block_on(next(&mut receiver)), Some(2));
        assert_eq!(block_on(next(&mut receiver)), None);
        sender.join().expect("no panic");
    });
}

#[test]
fn two_senders_share_one_place() {
    check(2, || {
        let (sender, mut receiver) = channel(limit!(1));
        let senders = [spawn_sender(sender.clone(), &[1]), spawn_sender(sender, &[2])];
        let both = (block_on(next(&mut receiver)), block_on(next(&mut receiver)));
        assert!(both == (Some(1), Some(2)) || both == (Some(2), Some(1)), "{both:?}");
        assert_eq!(block_on(next(&mut receiver)), None);
        for sender in senders {
            sender.join().expect("no panic");
        }
    });
}

#[test]
fn room_that_was_granted_to_one_who_gives_up_goes_to_the_next_in_line() {
    check(2, || {
        let (sender, mut receiver) = channel(limit!(1));
        sender.try_send(0).expect("there is room");
        let giving_up = {
            let sender = sender.clone();
            thread::spawn(move || {
                let reserve = pin!(sender.reserve());
                // Whether it has been granted room, has not yet, or is granted it just now: it is dropped here.
                let _ = reserve.poll(&mut Context::from_waker(Waker::noop()));
            })
        };
        let sending = spawn_sender(sender, &[1]);
        assert_eq!(block_on(next(&mut receiver)), Some(0));
        assert_eq!(block_on(next(&mut receiver)), Some(1));
        giving_up.join().expect("no panic");
        sending.join().expect("no panic");
    });
}

#[test]
fn a_sender_that_waits_hears_that_the_receiver_is_gone() {
    loom::model(|| {
        let (sender, receiver) = channel(limit!(1));
        sender.try_send(0).expect("there is room");
        let waiting = thread::spawn(move || block_on(sender.send(1)).is_err());
        drop(receiver);
        assert!(waiting.join().expect("no panic"));
    });
}

#[test]
fn a_channel_that_is_closed_as_an_item_is_sent_gives_it_to_the_receiver_or_back() {
    loom::model(|| {
        let (sender, mut receiver) = channel(limit!(1));
        let sending = thread::spawn(move || block_on(sender.send(1)).is_ok());
        receiver.close();
        let received = block_on(next(&mut receiver));
        assert_eq!(sending.join().expect("no panic"), received.is_some());
        assert_eq!(pin!(&mut receiver).poll_next(&mut Context::from_waker(Waker::noop())), Poll::Ready(None));
    });
}
