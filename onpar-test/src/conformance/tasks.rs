//! What tasks have to keep: those that move between threads, and those that do not.

use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;
use std::rc::Rc;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use onpar_core::{JoinError, Spawn, SpawnLocal};

use super::{Verdict, ensure, yield_now};

/// One of the two ways to start a task.
pub(super) trait Start {
    type Task<T: Send + 'static>: Future<Output = Result<T, JoinError>> + Unpin;

    fn start<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static;
}

/// Tasks that may move between threads.
pub(super) struct Moving<'a, R>(pub(super) &'a R);

impl<R: Spawn> Start for Moving<'_, R> {
    type Task<T: Send + 'static> = R::Task<T>;

    fn start<F>(&self, future: F) -> R::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.0.spawn(future)
    }
}

/// Tasks that stay on their thread.
pub(super) struct Staying<'a, R>(pub(super) &'a R);

impl<R: SpawnLocal> Start for Staying<'_, R> {
    type Task<T: Send + 'static> = R::LocalTask<T>;

    fn start<F>(&self, future: F) -> R::LocalTask<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.0.spawn_local(future)
    }
}

thread_local! {
    /// Whether a check is within its call of `spawn`, on this thread.
    static SPAWNING: Cell<bool> = const { Cell::new(false) };
}

pub(super) async fn spawn_does_not_poll<S: Start>(spawner: &S) -> Verdict {
    for _ in 0..10 {
        SPAWNING.set(true);
        let task = spawner.start(async { SPAWNING.get() });
        SPAWNING.set(false);
        let inside = task.await.map_err(|error| error.to_string())?;
        ensure(!inside, || "the future was polled before `spawn` had returned".into())?;
    }
    Ok(())
}

pub(super) async fn own_output<S: Start>(spawner: &S) -> Verdict {
    let tasks: Vec<_> = (0..100).map(|number| (number, spawner.start(async move { vec![number; 3] }))).collect();
    // From the last to the first: who is awaited is not who is done.
    for (number, task) in tasks.into_iter().rev() {
        let output = task.await.map_err(|error| error.to_string())?;
        ensure(output == [number; 3], || format!("task {number} gave {output:?}"))?;
    }
    Ok(())
}

pub(super) async fn detached<S: Start>(spawner: &S) -> Verdict {
    let done = Arc::new(AtomicBool::new(false));
    let inside = Arc::clone(&done);
    drop(spawner.start(async move {
        yield_now().await;
        inside.store(true, Ordering::Release);
    }));
    until(|| done.load(Ordering::Acquire)).await;
    Ok(())
}

pub(super) async fn output_waits<S: Start>(spawner: &S) -> Verdict {
    let done = Arc::new(AtomicBool::new(false));
    let inside = Arc::clone(&done);
    let task = spawner.start(async move {
        inside.store(true, Ordering::Release);
        7
    });
    until(|| done.load(Ordering::Acquire)).await;
    let output = task.await.map_err(|error| error.to_string())?;
    ensure(output == 7, || format!("it was 7, and became {output}"))
}

pub(super) async fn yields<S: Start>(spawner: &S) -> Verdict {
    let turn = Arc::new(AtomicUsize::new(0));
    let tasks = [0, 1].map(|number| {
        let turn = Arc::clone(&turn);
        spawner.start(async move {
            for round in 0..10 {
                let own = 2 * round + number;
                until(|| turn.load(Ordering::Acquire) == own).await;
                turn.fetch_add(1, Ordering::AcqRel);
            }
        })
    });
    for task in tasks {
        task.await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

pub(super) async fn panics<S: Start>(spawner: &S) -> Verdict {
    let beside = spawner.start(async {
        yield_now().await;
        1
    });
    let Err(error) = spawner.start(panicking()).await else {
        return Err("a task that had panicked gave an output".into());
    };
    let Ok(payload) = error.into_panic() else { return Err("the handle gave an error that is no panic".into()) };
    let words = payload.downcast_ref::<&'static str>().copied();
    ensure(words == Some("on purpose"), || format!("the panic had other words: {words:?}"))?;
    let beside = beside.await.map_err(|error| format!("the task beside it: {error}"))?;
    let after = spawner.start(async { 2 }).await.map_err(|error| format!("the task after it: {error}"))?;
    ensure((beside, after) == (1, 2), || "other tasks have lost their outputs".into())
}

/// What a panic of a task may come with: it counts, and panics, when it is dropped.
#[derive(Debug)]
pub(super) struct PanicsWhenDropped {
    dropped: Arc<AtomicUsize>,
}

impl PanicsWhenDropped {
    pub(super) fn new(dropped: &Arc<AtomicUsize>) -> Self {
        Self { dropped: Arc::clone(dropped) }
    }
}

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::AcqRel);
        if !thread::panicking() {
            // Without calling the panic hook: nothing is to be seen of it.
            std::panic::resume_unwind(Box::new("on purpose"));
        }
    }
}

pub(super) async fn unwanted_outputs<S: Start>(spawner: &S) -> Verdict {
    let dropped = Arc::<AtomicUsize>::default();
    // The handle goes before the task has ended, so that the runtime drops the output ..
    let output = PanicsWhenDropped::new(&dropped);
    drop(spawner.start(async move {
        yield_now().await;
        output
    }));
    until(|| dropped.load(Ordering::Acquire) == 1).await;
    // .. and after.
    let (ended, output) = (Arc::new(AtomicBool::new(false)), PanicsWhenDropped::new(&dropped));
    let inside = Arc::clone(&ended);
    let task = spawner.start(async move {
        inside.store(true, Ordering::Release);
        output
    });
    until(|| ended.load(Ordering::Acquire)).await;
    yield_now().await;
    catch_unwind(AssertUnwindSafe(|| drop(task))).map_err(|_| "whoever dropped the handle got the panic".to_owned())?;
    until(|| dropped.load(Ordering::Acquire) == 2).await;
    let after = spawner.start(async { 2 }).await.map_err(|error| format!("the task after it: {error}"))?;
    ensure(after == 2, || format!("the task after it gave {after} for 2"))
}

pub(super) async fn panics_at_its_end<S: Start>(spawner: &S) -> Verdict {
    let dropped = Arc::<AtomicUsize>::default();
    let held = PanicsWhenDropped::new(&dropped);
    let task = spawner.start(poll_fn(move |_| {
        let _held = &held;
        Poll::Ready(1)
    }));
    let Err(error) = task.await else { return Err("its handle gave an output".into()) };
    ensure(error.is_panic(), || format!("the handle gave an error that is no panic: {error}"))?;
    let after = spawner.start(async { 2 }).await.map_err(|error| format!("the task after it: {error}"))?;
    ensure(after == 2, || format!("the task after it gave {after} for 2"))
}

/// Panics with words that need no memory, and without calling the panic hook: nothing is to be seen of it.
async fn panicking() -> u8 {
    yield_now().await;
    std::panic::resume_unwind(Box::new("on purpose"))
}

pub(super) async fn drops_first<S: Start>(spawner: &S) -> Verdict {
    struct SetOnDrop(Arc<AtomicBool>);
    impl Drop for SetOnDrop {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Release);
        }
    }
    let dropped = Arc::new(AtomicBool::new(false));
    let held = SetOnDrop(Arc::clone(&dropped));
    let task = spawner.start(poll_fn(move |_| {
        let _held = &held;
        Poll::Ready(())
    }));
    task.await.map_err(|error| error.to_string())?;
    ensure(dropped.load(Ordering::Acquire), || "the output was there while the future still held something".into())
}

pub(super) async fn woken_from_elsewhere() -> Verdict {
    for round in 0..10 {
        let signal = Signal::default();
        let gives = signal.clone();
        let thread = thread::spawn(move || {
            // Every other time, it is sure that nothing but the wake tells.
            if round % 2 == 0 {
                gives.expected();
            }
            gives.give();
        });
        signal.given().await;
        let _joined = thread.join();
    }
    Ok(())
}

pub(super) async fn ten_thousand<S: Start>(spawner: &S) -> Verdict {
    let tasks: Vec<_> = (0..10_000_u64)
        .map(|number| {
            spawner.start(async move {
                yield_now().await;
                number
            })
        })
        .collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await.map_err(|error| error.to_string())?;
    }
    ensure(sum == 9_999 * 10_000 / 2, || format!("their outputs add up to {sum}"))
}

/// Each poll of the handle takes place on a thread of its own.
pub(super) async fn awaited_elsewhere<R: Spawn>(runtime: &R) -> Verdict {
    let mut task = runtime.spawn(async {
        for _ in 0..10 {
            yield_now().await;
        }
        5
    });
    let polled = poll_fn(|cx| {
        let waker = cx.waker();
        let poll = || Pin::new(&mut task).poll(&mut Context::from_waker(waker));
        let joined = thread::scope(|s| s.spawn(poll).join());
        match joined {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(output.map_err(|error| error.to_string())),
            Err(_) => Poll::Ready(Err("polling it panicked".into())),
        }
    });
    let output = polled.await?;
    ensure(output == 5, || format!("it was 5, and became {output}"))
}

pub(super) async fn stays<R: SpawnLocal>(runtime: &R) -> Verdict {
    let own = thread::current().id();
    let counter = Rc::new(Cell::new(0));
    let inside = Rc::clone(&counter);
    let task = runtime.spawn_local(async move {
        for _ in 0..10 {
            yield_now().await;
            inside.set(inside.get() + 1);
        }
        thread::current().id()
    });
    let thread = task.await.map_err(|error| error.to_string())?;
    ensure(thread == own && counter.get() == 10, || "it ran on another thread".into())
}

pub(super) async fn in_order<R: SpawnLocal>(runtime: &R) -> Verdict {
    let order = Rc::new(RefCell::new(Vec::new()));
    let tasks: Vec<_> = (0..100)
        .map(|number| {
            let order = Rc::clone(&order);
            runtime.spawn_local(async move { order.borrow_mut().push(number) })
        })
        .collect();
    for task in tasks {
        task.await.map_err(|error| error.to_string())?;
    }
    let order = order.take();
    ensure(order.is_sorted(), || format!("they began in this order: {order:?}"))
}

/// Yields until `holds`.
pub(super) async fn until(holds: impl Fn() -> bool) {
    while !holds() {
        yield_now().await;
    }
}

/// What another thread gives, once, and who waits for it.
#[derive(Clone, Default)]
pub(super) struct Signal {
    shared: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    given: bool,
    waker: Option<Waker>,
    /// Whether nobody waits, nor ever will.
    left: bool,
}

impl Signal {
    /// Blocks until somebody waits for it, or has gone.
    fn expected(&self) {
        let (state, changed) = &*self.shared;
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = changed.wait_while(state, |state| state.waker.is_none() && !state.left);
        drop(waits);
    }

    pub(super) fn give(&self) {
        let mut state = self.lock();
        state.given = true;
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) async fn given(&self) {
        let _left = Left(self);
        poll_fn(|cx| {
            let mut state = self.lock();
            state.waker = Some(cx.waker().clone());
            self.shared.1.notify_all();
            if state.given { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that nobody waits any more, so that no thread waits for that.
struct Left<'a>(&'a Signal);

impl Drop for Left<'_> {
    fn drop(&mut self) {
        self.0.lock().left = true;
        self.0.shared.1.notify_all();
    }
}
