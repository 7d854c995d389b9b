//! `share` beside tokio's `broadcast`: one item comes, and each of some tasks that wait for it reads it and waits for the next.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::hint::black_box;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures::Stream;
use onpar_iter::share::{DropOldest, SlowReaders, Wait};
use onpar_iter::{AsyncIterator, AsyncStreamExt as _, limit, sync};
use tokio::sync::broadcast;

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case::new("share_1", lossy::<1>, tokio::<1>).beside("tokio"),
    Case::new("share_10", lossy::<10>, tokio::<10>).beside("tokio").units(10),
    Case::new("share_10_wait", wait::<10>, tokio::<10>).beside("tokio").units(10),
    Case::new("share_1000", lossy::<1000>, tokio::<1000>).beside("tokio").units(1000),
];

/// What is shared: one item at a time, when there is one.
#[derive(Default)]
struct Mail {
    waker: RefCell<Option<Waker>>,
    item: Cell<Option<u64>>,
}

struct Letters(Rc<Mail>);

impl Stream for Letters {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let item = self.0.item.take();
        if item.is_some() {
            return Poll::Ready(item);
        }
        match &mut *self.0.waker.borrow_mut() {
            Some(waker) => waker.clone_from(cx.waker()),
            empty @ None => *empty = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Sends one item after another, and polls every task after each.
fn each(iterations: u64, mut tasks: Vec<Task>, mut send: impl FnMut(u64)) {
    let cx = &mut Context::from_waker(Waker::noop());
    let mut poll_all = || {
        for task in &mut tasks {
            let _ = black_box(task.as_mut().poll(cx).is_pending());
        }
    };
    poll_all();
    for i in 0..iterations {
        send(i);
        poll_all();
    }
}

fn with_policy<P: SlowReaders + 'static>(readers: usize, iterations: u64, policy: P) {
    let mail = Rc::<Mail>::default();
    let shared = Letters(Rc::clone(&mail)).share(limit!(16), policy);
    let read = |_| -> Task {
        Box::pin(AsyncIterator::for_each(
            shared.subscribe(),
            sync(|item| {
                black_box(&item);
            }),
        ))
    };
    each(iterations, (0..readers).map(read).collect(), |i| {
        mail.item.set(Some(i));
        if let Some(waker) = mail.waker.take() {
            waker.wake();
        }
    });
}

fn lossy<const READERS: usize>(iterations: u64) {
    with_policy(READERS, iterations, DropOldest);
}

fn wait<const READERS: usize>(iterations: u64) {
    with_policy(READERS, iterations, Wait);
}

fn tokio<const READERS: usize>(iterations: u64) {
    let (sender, _) = broadcast::channel(16);
    let read = |_| -> Task {
        let mut receiver = sender.subscribe();
        Box::pin(async move {
            while let Ok(item) = receiver.recv().await {
                black_box(item);
            }
        })
    };
    let tasks = (0..READERS).map(read).collect();
    each(iterations, tasks, |i| {
        let _ = black_box(sender.send(i).is_ok());
    });
}
