//! Channels: what is sent comes out, in order, once; nobody waits while there is room; and nothing is lost or stuck, whoever
//! gives up, closes, or goes.

extern crate alloc;

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use core::num::NonZero;
use core::task::Poll;
use std::thread;

use onpar_iter::source::{Receiver, SendError, Sender, TryRecvError, TrySendError};
use onpar_iter::{AsyncIteratorWith as _, Stream, channel, limit};
use onpar_test::{ByHand, CountingAllocator, allocations};
use proptest::prelude::*;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn next<T>(receiver: &mut ByHand<Receiver<T>>) -> Poll<Option<T>> {
    receiver.poll_with(Stream::poll_next)
}

#[test]
fn items_come_out_in_order_and_then_the_end_for_ever() {
    let (send, receive) = channel(limit!(3));
    let mut receive = ByHand::new(receive);
    for item in 1..=3 {
        assert_eq!(send.try_send(item), Ok(()));
    }
    assert_eq!(send.try_send(4), Err(TrySendError::Full(4)));
    drop(send);
    assert_eq!([1, 2, 3].map(|_| next(&mut receive)), [1, 2, 3].map(|item| Poll::Ready(Some(item))));
    assert_eq!((next(&mut receive), next(&mut receive)), (Poll::Ready(None), Poll::Ready(None)));
}

#[test]
fn the_receiver_is_woken_by_an_item_and_by_the_last_sender_that_goes() {
    let (send, receive) = channel(limit!(1));
    let mut receive = ByHand::new(receive);
    let other = send.clone();
    assert_eq!((next(&mut receive), receive.is_woken()), (Poll::Pending, false));
    send.try_send(1).expect("there is room");
    assert!(receive.is_woken());
    assert_eq!((next(&mut receive), next(&mut receive)), (Poll::Ready(Some(1)), Poll::Pending));
    drop(send);
    assert!(!receive.is_woken());
    drop(other);
    assert!(receive.is_woken());
    assert_eq!(next(&mut receive), Poll::Ready(None));
}

#[test]
fn who_waits_for_room_is_served_in_order_and_overtaken_by_nobody() {
    let (send, receive) = channel(limit!(1));
    let mut receive = ByHand::new(receive);
    send.try_send(0).expect("there is room");
    let (mut first, mut second) = (ByHand::new(send.send(1)), ByHand::new(send.send(2)));
    assert_eq!((first.poll(), second.poll()), (Poll::Pending, Poll::Pending));
    assert_eq!(next(&mut receive), Poll::Ready(Some(0)));
    assert!(first.is_woken() && !second.is_woken());
    // The place is that of the first one, who has not been polled yet.
    assert_eq!(send.try_send(3), Err(TrySendError::Full(3)));
    assert_eq!((second.poll(), first.poll()), (Poll::Pending, Poll::Ready(Ok(()))));
    assert_eq!(next(&mut receive), Poll::Ready(Some(1)));
    assert_eq!((second.is_woken(), second.poll()), (true, Poll::Ready(Ok(()))));
    assert_eq!(next(&mut receive), Poll::Ready(Some(2)));
}

#[test]
fn a_place_that_is_not_used_goes_to_the_next_in_line() {
    let (send, receive) = channel(limit!(1));
    let mut receive = ByHand::new(receive);
    send.try_send(0).expect("there is room");
    let (mut first, mut second, mut third) =
        (ByHand::new(send.send(1)), ByHand::new(send.reserve()), ByHand::new(send.send(3)));
    assert!(first.poll().is_pending() && second.poll().is_pending() && third.poll().is_pending());
    assert_eq!(next(&mut receive), Poll::Ready(Some(0)));
    // Granted, and given up before it was polled.
    drop(first);
    assert!(second.is_woken());
    // Granted, and dropped as a permit.
    let Poll::Ready(Ok(permit)) = second.poll() else { panic!("there is room") };
    assert!(!third.is_woken());
    drop(permit);
    assert_eq!((third.is_woken(), third.poll()), (true, Poll::Ready(Ok(()))));
    assert_eq!(next(&mut receive), Poll::Ready(Some(3)));
}

#[test]
fn one_who_leaves_the_middle_of_the_line_takes_nobody_along() {
    let (send, receive) = channel(limit!(1));
    let mut receive = ByHand::new(receive);
    send.try_send(0).expect("there is room");
    let mut waiting: Vec<_> = (1..=4).map(|item| ByHand::new(send.send(item))).collect();
    assert!(waiting.iter_mut().all(|one| one.poll().is_pending()));
    drop(waiting.remove(1));
    drop(waiting.remove(0));
    for item in [0, 3, 4] {
        assert_eq!(next(&mut receive), Poll::Ready(Some(item)));
        waiting.retain_mut(|one| one.is_woken().then(|| one.poll()) != Some(Poll::Ready(Ok(()))));
    }
    assert!(waiting.is_empty());
}

#[test]
fn an_item_that_nobody_takes_comes_back() {
    let (send, receive) = channel(limit!(1));
    let mut receive = ByHand::new(receive);
    let permit = send.try_reserve().expect("there is room");
    let mut waiting = ByHand::new(send.send('a'));
    assert!(waiting.poll().is_pending());
    receive.poll_with(|mut receive, _| receive.close());
    assert!(waiting.is_woken());
    assert_eq!(waiting.poll(), Poll::Ready(Err(SendError('a'))));
    assert_eq!(permit.send('b'), Err(SendError('b')));
    assert_eq!(send.try_send('c'), Err(TrySendError::Closed('c')));
    assert_eq!(ByHand::new(send.reserve()).finish().map(|_| ()), Err(SendError(())));
    assert_eq!(next(&mut receive), Poll::Ready(None));
}

#[test]
fn what_was_sent_before_the_channel_was_closed_comes_out() {
    let (send, mut receive) = channel(limit!(2));
    send.try_send(1).expect("there is room");
    receive.close();
    assert_eq!((receive.try_recv(), receive.try_recv()), (Ok(1), Err(TryRecvError::Closed)));
}

#[test]
fn items_that_nobody_has_had_are_dropped_with_the_receiver_while_senders_live() {
    let item = Arc::new(());
    let (send, receive) = channel(limit!(2));
    send.try_send(Arc::clone(&item)).expect("there is room");
    drop(receive);
    assert_eq!(Arc::strong_count(&item), 1);
    assert!(send.is_closed());
}

#[test]
fn it_allocates_for_the_queue_and_the_line_and_not_for_items_or_waits() {
    let (send, receive) = channel(limit!(4));
    let mut receive = ByHand::new(receive);
    let mut round = || {
        for item in 0..4 {
            send.try_send(item).expect("there is room");
        }
        let mut waiting = ByHand::new(send.send(4));
        let ((), counted) = allocations(|| {
            assert!(waiting.poll().is_pending());
            assert_eq!(next(&mut receive), Poll::Ready(Some(0)));
            assert_eq!(waiting.poll(), Poll::Ready(Ok(())));
            for item in 1..=4 {
                assert_eq!(next(&mut receive), Poll::Ready(Some(item)));
            }
            assert_eq!(next(&mut receive), Poll::Pending);
        });
        counted.count
    };
    round();
    assert_eq!(round(), 0);
}

#[test]
fn many_threads_send_all_and_the_order_of_each_is_kept() {
    const SENDERS: u32 = 4;
    const ITEMS: u32 = 5_000;
    let (send, receive) = channel(limit!(3));
    let senders: Vec<_> = (0..SENDERS)
        .map(|number| {
            let send = send.clone();
            thread::spawn(move || {
                block_on(async {
                    for item in 0..ITEMS {
                        send.send((number, item)).await.expect("the receiver is there");
                    }
                });
            })
        })
        .collect();
    drop(send);
    let mut received = vec![0; SENDERS as usize];
    block_on(receive.for_each_with(&mut received, async |received, (number, item)| {
        let next = &mut received[number as usize];
        assert_eq!(*next, item);
        *next += 1;
    }));
    assert_eq!(received, vec![ITEMS; SENDERS as usize]);
    for sender in senders {
        sender.join().expect("no panic");
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

/// What one may do with a channel.
#[derive(Clone, Copy, Debug)]
enum Action {
    TrySend,
    Send,
    /// Polls the waiting sender with this number, whether it has been woken or not.
    Poll(usize),
    /// Drops it.
    GiveUp(usize),
    Receive,
    Close,
}

fn actions() -> impl Strategy<Value = (NonZero<usize>, Vec<Action>)> {
    let action = prop_oneof![
        2 => Just(Action::TrySend),
        4 => Just(Action::Send),
        4 => (0..6_usize).prop_map(Action::Poll),
        2 => (0..6_usize).prop_map(Action::GiveUp),
        5 => Just(Action::Receive),
        1 => Just(Action::Close),
    ];
    let limit = (1..4_usize).prop_map(|limit| NonZero::new(limit).expect("it is not zero"));
    (limit, proptest::collection::vec(action, 0..60))
}

/// The channel as it is described: who is in line, who has been granted a place, and what is there.
#[derive(Default)]
struct Model {
    queue: VecDeque<u32>,
    line: VecDeque<u32>,
    granted: Vec<u32>,
    is_closed: bool,
}

impl Model {
    fn has_room(&self, limit: usize) -> bool {
        self.queue.len() + self.granted.len() < limit
    }

    fn serve(&mut self, limit: usize) {
        while self.has_room(limit)
            && let Some(next) = self.line.pop_front()
        {
            self.granted.push(next);
        }
    }
}

proptest! {
    #![proptest_config(onpar_tests::cases(2000))]

    #[test]
    fn it_does_what_its_description_does((limit, actions) in actions()) {
        let (send, receive) = channel(limit);
        let send: &Sender<u32> = &send;
        let mut receive = ByHand::new(receive);
        let mut waiting: Vec<(u32, ByHand<_>)> = Vec::new();
        let mut model = Model::default();
        for (item, action) in (0..).zip(actions) {
            match action {
                Action::TrySend => {
                    let expected = if model.is_closed {
                        Err(TrySendError::Closed(item))
                    } else if model.has_room(limit.get()) {
                        model.queue.push_back(item);
                        Ok(())
                    } else {
                        Err(TrySendError::Full(item))
                    };
                    prop_assert_eq!(send.try_send(item), expected);
                }
                Action::Send => {
                    let mut sending = ByHand::new(send.send(item));
                    let polled = sending.poll();
                    if model.is_closed {
                        prop_assert_eq!(polled, Poll::Ready(Err(SendError(item))));
                    } else if model.has_room(limit.get()) {
                        prop_assert_eq!(polled, Poll::Ready(Ok(())));
                        model.queue.push_back(item);
                    } else {
                        prop_assert_eq!(polled, Poll::Pending);
                        model.line.push_back(item);
                        waiting.push((item, sending));
                    }
                }
                Action::Poll(number) if number < waiting.len() => {
                    let (item, sending) = &mut waiting[number];
                    let item = *item;
                    let polled = sending.poll();
                    if model.is_closed {
                        prop_assert_eq!(polled, Poll::Ready(Err(SendError(item))));
                    } else if let Some(place) = model.granted.iter().position(|granted| *granted == item) {
                        prop_assert_eq!(polled, Poll::Ready(Ok(())));
                        model.granted.remove(place);
                        model.queue.push_back(item);
                    } else {
                        prop_assert_eq!(polled, Poll::Pending);
                    }
                    if polled.is_ready() {
                        drop(waiting.remove(number));
                    }
                }
                Action::GiveUp(number) if number < waiting.len() => {
                    let (item, _) = waiting.remove(number);
                    model.line.retain(|waiting| *waiting != item);
                    model.granted.retain(|granted| *granted != item);
                    model.serve(limit.get());
                }
                Action::Receive => {
                    let expected = match model.queue.pop_front() {
                        Some(item) => Poll::Ready(Some(item)),
                        None if model.is_closed => Poll::Ready(None),
                        None => Poll::Pending,
                    };
                    prop_assert_eq!(next(&mut receive), expected);
                    model.serve(limit.get());
                }
                Action::Close => {
                    receive.poll_with(|mut receive, _| receive.close());
                    model.is_closed = true;
                    model.line.clear();
                    model.granted.clear();
                }
                Action::Poll(_) | Action::GiveUp(_) => {}
            }
            // Who can go on has been woken.
            for (item, sending) in &waiting {
                if model.is_closed || model.granted.contains(item) {
                    prop_assert!(sending.is_woken(), "{} after {:?}", item, action);
                }
            }
        }
    }
}
