//! Everything that may become of several emits, one after another: what is read, and that all items are dropped.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::future::poll_fn;
use core::mem::{self, ManuallyDrop};
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};

use futures::FutureExt as _;
use futures::stream::FuturesUnordered;
use onpar_iter::generator::Emitter;
use onpar_iter::{AsyncIterator as _, Stream, stream};
use onpar_test::ByHand;

async fn yield_now() {
    let mut waits = true;
    poll_fn(|cx| {
        if mem::take(&mut waits) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

/// What a body may do with an item.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Awaited,
    AwaitedLater,
    AwaitedBySubExecutor,
    DroppedUnpolled,
    DroppedLater,
    DroppedHalfWay,
    DroppedHalfWayLater,
    DroppedHalfWayElsewhere,
    Forgotten,
    ForgottenHalfWay,
}

impl Fate {
    const DROPPED: [Self; 8] = [
        Self::Awaited,
        Self::AwaitedLater,
        Self::AwaitedBySubExecutor,
        Self::DroppedUnpolled,
        Self::DroppedLater,
        Self::DroppedHalfWay,
        Self::DroppedHalfWayLater,
        Self::DroppedHalfWayElsewhere,
    ];

    /// Whether the reader gets it.
    const fn emits(self) -> bool {
        !matches!(self, Self::DroppedUnpolled | Self::DroppedLater | Self::Forgotten)
    }

    async fn go<T>(self, y: &mut Emitter<'_, T>, item: T) {
        let mut emit = ManuallyDrop::new(y.emit(item));
        match self {
            Self::AwaitedLater | Self::DroppedLater | Self::DroppedHalfWayLater => yield_now().await,
            _ => {}
        }
        match self {
            Self::Awaited | Self::AwaitedLater => (&mut *emit).await,
            Self::AwaitedBySubExecutor => {
                let mut unordered = FuturesUnordered::new();
                unordered.push(&mut *emit);
                while unordered.next().await.is_some() {}
            }
            Self::DroppedHalfWay | Self::DroppedHalfWayLater | Self::ForgottenHalfWay => {
                assert!(futures::poll!(&mut *emit).is_pending());
            }
            Self::DroppedHalfWayElsewhere => {
                assert!(emit.poll_unpin(&mut Context::from_waker(Waker::noop())).is_pending());
            }
            Self::DroppedUnpolled | Self::DroppedLater | Self::Forgotten => {}
        }
        if !matches!(self, Self::Forgotten | Self::ForgottenHalfWay) {
            drop(ManuallyDrop::into_inner(emit));
        }
    }
}

/// All sequences of so many of them.
fn sequences(fates: &[Fate], length: u32) -> impl Iterator<Item = Vec<Fate>> {
    (0..fates.len().pow(length)).map(move |mut number| {
        let fate = |_| {
            let fate = fates[number % fates.len()];
            number /= fates.len();
            fate
        };
        (0..length).map(fate).collect()
    })
}

/// Emits one item with each of the fates, and gives what is read.
fn read<T>(fates: &[Fate], make: impl Fn(usize) -> T) -> Vec<T> {
    let items = stream(async |mut y| {
        for (number, fate) in fates.iter().enumerate() {
            fate.go(&mut y, make(number)).await;
        }
    });
    ByHand::new(items.collect()).finish()
}

fn emitted(fates: &[Fate]) -> Vec<usize> {
    (0..fates.len()).filter(|number| fates[*number].emits()).collect()
}

#[test]
fn whatever_becomes_of_some_emits_those_that_were_polled_come_in_order() {
    let all = [&Fate::DROPPED[..], &[Fate::Forgotten, Fate::ForgottenHalfWay]].concat();
    for fates in sequences(&all, 4) {
        assert_eq!(read(&fates, |number| number), emitted(&fates), "{fates:?}");
    }
}

/// What needs to be dropped goes other ways through the slot than what need not.
#[test]
fn items_that_need_to_be_dropped_are_dropped_once_whatever_becomes_of_their_emits() {
    let token = Arc::new(());
    for fates in sequences(&Fate::DROPPED, 4) {
        let read = read(&fates, |number| (number, Arc::clone(&token)));
        assert_eq!(read.iter().map(|(number, _)| *number).collect::<Vec<_>>(), emitted(&fates), "{fates:?}");
        assert_eq!(Arc::strong_count(&token), read.len() + 1, "{fates:?}");
    }
}

#[test]
fn an_item_whose_emit_is_dropped_before_its_first_poll_is_dropped_with_it() {
    let item = Arc::new(());
    let items = stream(async |mut y| {
        drop(y.emit(Arc::clone(&item)));
        assert_eq!(Arc::strong_count(&item), 1);
        let _ = futures::poll!(pin!(y.emit(Arc::clone(&item))));
        drop(y.emit(Arc::clone(&item)));
        assert_eq!(Arc::strong_count(&item), 2);
    });
    assert_eq!(ByHand::new(items.count()).finish(), 1);
}

#[derive(Default)]
struct Counts(AtomicUsize);

impl Wake for Counts {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_sub_executor_that_polled_an_emit_before_the_body_did_is_woken_too() {
    let counts = Arc::new(Counts::default());
    let mut items = ByHand::new(stream(async |mut y| {
        let mut emit = y.emit(1);
        assert!(emit.poll_unpin(&mut Context::from_waker(&Arc::clone(&counts).into())).is_pending());
        emit.await;
    }));
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert_eq!(counts.0.load(Ordering::Relaxed), 1);
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(None));
}

/// The next item is asked for anyhow.
#[test]
fn who_reads_is_not_woken_by_an_item_that_has_gone() {
    let mut items = ByHand::new(stream(async |mut y| {
        let waker = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
        let mut emit = y.emit(1);
        assert!(emit.poll_unpin(&mut Context::from_waker(&waker)).is_pending());
        emit.await;
    }));
    assert_eq!(items.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert_eq!(items.wakes(), 0);
}
