//! What several threads do to one scope at once.
//!
//! `cargo xtask ci --only thread` runs these tests under ThreadSanitizer. So nothing in them takes a lock: it would order
//! what the scope has to order by itself. loom looks at every interleaving of less (see `loom_model.rs` in the crates).

use alloc::sync::Arc;
use core::future::{pending, poll_fn};
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::thread;

use futures::channel::{mpsc, oneshot};
use futures::executor::block_on;
use futures::task::AtomicWaker;
use onpar_iter::{AsyncIterator as _, merge_all};
use onpar_scope::{Child, defer, join_all, scope};
use onpar_test::ByHand;

const THREADS: usize = 4;
const ROUNDS: usize = 10;
const CHILDREN: usize = 100;

/// What one thread gives, and a child waits for.
#[derive(Default)]
struct Signal {
    given: AtomicBool,
    waker: AtomicWaker,
}

impl Signal {
    /// So many signals.
    fn several(number: usize) -> Vec<Arc<Self>> {
        (0..number).map(|_| Arc::default()).collect()
    }

    /// Gives it, and wakes who waits; and goes on to wake when that may be gone.
    fn give(&self) {
        let early = self.waker.take();
        self.given.store(true, Ordering::Release);
        self.waker.wake();
        if let Some(waker) = early {
            waker.wake_by_ref();
            waker.wake();
        }
    }

    fn poll(&self, cx: &Context<'_>) -> Poll<()> {
        self.waker.register(cx.waker());
        if self.given.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
    }

    async fn wait(&self) {
        poll_fn(|cx| self.poll(cx)).await;
    }
}

/// Does `work` for each of these on a thread of its own, beside what this one does.
///
/// Each is joined by its handle, which ThreadSanitizer sees; how std waits at the end of a scope, it does not.
fn beside<T: Send, R>(each: impl IntoIterator<Item = T>, work: impl Fn(T) + Sync, here: impl FnOnce() -> R) -> R {
    thread::scope(|threads| {
        let work = &work;
        let threads: Vec<_> = each.into_iter().map(|it| threads.spawn(move || work(it))).collect();
        let result = here();
        for thread in threads {
            thread.join().expect("no panic");
        }
        result
    })
}

/// What falls to the thread of this number.
fn share<T>(all: &[T], number: usize) -> impl Iterator<Item = &T> {
    all.iter().skip(number).step_by(THREADS)
}

/// Gives each signal, a share on each thread.
fn giving(signals: &[Arc<Signal>]) -> impl Fn(usize) + Sync {
    |number| share(signals, number).for_each(|signal| signal.give())
}

#[test]
fn children_woken_by_many_threads_all_end() {
    for _ in 0..ROUNDS {
        let signals = Signal::several(CHILDREN);
        let sum = beside(0..THREADS, giving(&signals), || {
            block_on(scope(async |s| {
                let children = signals.iter().enumerate().map(|(number, signal)| {
                    s.spawn(async move {
                        signal.wait().await;
                        number
                    })
                });
                let mut sum = 0;
                for child in children.collect::<Vec<_>>() {
                    sum += child.await;
                }
                sum
            }))
        });
        assert_eq!(sum, (0..CHILDREN).sum::<usize>());
    }
}

#[test]
fn scopes_of_many_threads_that_wake_each_other_all_end() {
    for _ in 0..ROUNDS {
        let signals = Signal::several(THREADS * CHILDREN);
        let work = |mine: usize| {
            let (waits, gives) = (&signals[mine * CHILDREN..], &signals[(mine + 1) % THREADS * CHILDREN..]);
            block_on(scope(async |s| {
                for (wait, give) in waits.iter().zip(gives).take(CHILDREN) {
                    drop(s.spawn(wait.wait()));
                    drop(s.spawn(async { give.give() }));
                }
            }));
        };
        beside(0..THREADS, work, || {});
    }
}

#[test]
fn a_scope_dropped_while_its_children_are_woken_drops_each_of_them_once() {
    for round in 0..ROUNDS * 5 {
        let (signals, held) = (Signal::several(CHILDREN), Arc::new(()));
        let mut work = ByHand::new(scope(async |s| {
            for signal in &signals {
                let held = Arc::clone(&held);
                drop(s.spawn(async move {
                    signal.wait().await;
                    drop(held);
                }));
            }
            pending::<()>().await;
        }));
        assert!(work.poll().is_pending());
        beside(0..THREADS, giving(&signals), move || {
            for _ in 0..round % 5 {
                assert!(work.poll().is_pending());
            }
            drop(work);
        });
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

#[test]
fn wakers_that_threads_keep_are_used_and_dropped_when_the_scope_is_gone() {
    for _ in 0..ROUNDS {
        let (send, receive): (Vec<_>, Vec<_>) = (0..THREADS).map(|_| oneshot::channel::<Vec<Waker>>()).unzip();
        let use_all = |wakers: oneshot::Receiver<Vec<Waker>>| {
            for waker in block_on(wakers).expect("they are sent") {
                let another = waker.clone();
                waker.wake();
                another.wake_by_ref();
            }
        };
        beside(receive, use_all, || {
            block_on(scope(async |s| {
                let wakers = (0..CHILDREN).map(|_| s.spawn(poll_fn(|cx| Poll::Ready(cx.waker().clone()))));
                let mut all = Vec::new();
                for child in wakers.collect::<Vec<_>>() {
                    all.push(child.await);
                }
                for send in send {
                    send.send(all.clone()).expect("somebody receives them");
                }
            }));
        });
    }
}

#[test]
fn guards_dropped_by_many_threads_are_cleaned_up_in_the_scope_that_made_them() {
    for _ in 0..ROUNDS {
        let (give, given): (Vec<_>, Vec<_>) = (0..THREADS).map(|_| oneshot::channel()).unzip();
        let cleaned = Arc::new(AtomicUsize::new(0));
        beside(
            given,
            |guards| drop(block_on(guards)),
            || {
                block_on(scope(async |s| {
                    for give in give {
                        let count = async |cleaned: Arc<AtomicUsize>| {
                            cleaned.fetch_add(1, Ordering::Relaxed);
                        };
                        let guards: Vec<_> = (0..CHILDREN).map(|_| defer(Arc::clone(&cleaned), count)).collect();
                        assert!(give.send(guards).is_ok(), "somebody receives them");
                    }
                    while cleaned.load(Ordering::Relaxed) < THREADS * CHILDREN {
                        s.settled().await;
                        thread::yield_now();
                    }
                }));
            },
        );
        assert_eq!(cleaned.load(Ordering::Relaxed), THREADS * CHILDREN);
    }
}

#[test]
fn children_cancelled_by_many_threads_are_dropped_and_those_that_have_ended_give_what_they_have() {
    for _ in 0..ROUNDS {
        let (held, taken) = (Arc::new(()), AtomicUsize::new(0));
        ByHand::new(scope(async |s| {
            let ended: Vec<_> = (0..CHILDREN).map(|number| s.spawn(async move { number })).collect();
            let waiting: Vec<_> = (0..CHILDREN)
                .map(|_| {
                    let held = Arc::clone(&held);
                    s.spawn(async move {
                        pending::<()>().await;
                        drop(held);
                    })
                })
                .collect();
            s.spawn(async {}).await;
            let (mut ended, mut waiting) = (ended.into_iter(), waiting.into_iter());
            let shares = (0..THREADS).map(|_| {
                let few = CHILDREN / THREADS;
                (ended.by_ref().take(few).collect::<Vec<_>>(), waiting.by_ref().take(few).collect::<Vec<_>>())
            });
            let cancel = |(ended, waiting): (Vec<Child<'_, usize>>, Vec<Child<'_, ()>>)| {
                for (ended, waiting) in ended.into_iter().zip(waiting) {
                    drop(waiting.cancel());
                    taken.fetch_add(block_on(ended.cancel()).expect("it has ended"), Ordering::Relaxed);
                }
            };
            beside(shares, cancel, || {});
        }))
        .finish();
        assert_eq!((Arc::strong_count(&held), taken.into_inner()), (1, (0..CHILDREN).sum::<usize>()));
    }
}

#[test]
fn members_of_a_join_and_of_a_merge_woken_by_many_threads_all_end() {
    for _ in 0..ROUNDS {
        let signals = Signal::several(CHILDREN);
        beside(0..THREADS, giving(&signals), || block_on(join_all(signals.iter().map(|signal| signal.wait()))));

        let (senders, receivers): (Vec<_>, Vec<_>) = (0..CHILDREN).map(|_| mpsc::unbounded::<usize>()).unzip();
        let shares: Vec<Vec<_>> = (0..THREADS).map(|number| share(&senders, number).cloned().collect()).collect();
        drop(senders);
        let send_one = |sender: mpsc::UnboundedSender<_>| sender.unbounded_send(1).expect("it is received");
        let sum: usize =
            beside(shares, |share| share.into_iter().for_each(send_one), || block_on(merge_all(receivers).sum()));
        assert_eq!(sum, CHILDREN);
    }
}

type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

#[test]
fn memory_that_one_thread_allocates_another_frees_and_a_third_uses_again() {
    for _ in 0..ROUNDS {
        let mut work: Vec<Boxed> = Vec::new();
        for _ in 0..THREADS {
            work.push(Box::pin(scope(async |s| {
                for _ in 0..CHILDREN {
                    drop(s.spawn(pending::<()>()));
                    drop(defer([0_u8; 40], async |_| ()));
                }
                pending::<()>().await;
            })));
        }
        let begin = |work: &mut Boxed| {
            assert!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        };
        beside(&mut work, begin, || {});
        let end = |work: Boxed| {
            ByHand::new(scope(async |_| drop(work))).finish();
            ByHand::new(scope(async |s| (0..CHILDREN).for_each(|_| drop(s.spawn(async {}))))).finish();
        };
        beside(work, end, || {});
    }
}
