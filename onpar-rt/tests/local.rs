//! The local executor: tasks, wakes, and what its end means.
#![cfg(feature = "local")]
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::cell::{Cell, RefCell};
use core::future::{pending, poll_fn};
use core::panic::AssertUnwindSafe;
use core::task::{Poll, Waker};
use std::panic::catch_unwind;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use onpar_core::SpawnLocal as _;
use onpar_rt::local::{self, Local};

/// Wakes its task at once, and is pending once.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|cx| {
        if core::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Sets a flag when it is dropped.
struct SetOnDrop(Rc<Cell<bool>>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

#[test]
fn tasks_run_in_the_order_of_spawning_and_not_before_they_are_awaited() {
    let order = Rc::new(RefCell::new(Vec::new()));
    local::run(async |rt| {
        let tasks: Vec<_> = (0..5)
            .map(|number| {
                let order = Rc::clone(&order);
                rt.spawn_local(async move { order.borrow_mut().push(number) })
            })
            .collect();
        assert!(order.borrow().is_empty());
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(*order.borrow(), [0, 1, 2, 3, 4]);
}

#[test]
fn dropping_the_handle_detaches_the_task() {
    let done = Rc::new(Cell::new(false));
    local::run(async |rt| {
        let flag = SetOnDrop(Rc::clone(&done));
        drop(rt.spawn_local(async move {
            yield_now().await;
            drop(flag);
        }));
        while !done.get() {
            yield_now().await;
        }
    });
}

#[test]
fn panic_of_a_task_goes_to_its_handle_and_no_further() {
    local::run(async |rt| {
        let other = rt.spawn_local(async {
            yield_now().await;
            1
        });
        let bad = rt.spawn_local(async {
            yield_now().await;
            panic!("no more")
        });
        let error = bad.await.map(|(): ()| ()).unwrap_err();
        assert_eq!(error.to_string(), "the task panicked: no more");
        assert_eq!(other.await.unwrap(), 1);
    });
}

#[test]
fn panic_of_a_captured_value_goes_to_the_handle() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    local::run(async |rt| {
        let bomb = Bomb;
        let task = rt.spawn_local(poll_fn(move |_| {
            let _held = &bomb;
            Poll::Ready(7)
        }));
        assert_eq!(task.await.unwrap_err().to_string(), "the task panicked: dropped");
    });
}

#[test]
fn task_that_is_left_is_dropped_and_its_handle_says_so() {
    let rt = Local::new();
    let dropped = Rc::new(Cell::new(false));
    let flag = SetOnDrop(Rc::clone(&dropped));
    let left = rt.block_on(async {
        let left = rt.spawn_local(async move {
            pending::<()>().await;
            drop(flag);
        });
        yield_now().await;
        Some(left)
    });
    assert!(dropped.get());
    assert!(!rt.block_on(left.unwrap()).unwrap_err().is_panic());
}

#[test]
fn task_that_was_spawned_while_the_last_are_dropped_is_not_let_in() {
    struct SpawnOnDrop(Local, Rc<Cell<Option<local::LocalTask<u8>>>>);
    impl Drop for SpawnOnDrop {
        fn drop(&mut self) {
            self.1.set(Some(self.0.spawn_local(async { 1 })));
        }
    }
    let rt = Local::new();
    let spawned = Rc::new(Cell::new(None));
    rt.block_on(async {
        let held = SpawnOnDrop(rt.clone(), Rc::clone(&spawned));
        drop(rt.spawn_local(async move {
            pending::<()>().await;
            drop(held);
        }));
        yield_now().await;
    });
    assert!(!rt.block_on(spawned.take().unwrap()).unwrap_err().is_panic());
}

#[test]
fn output_waits_for_its_handle_beyond_the_end_of_the_body() {
    let rt = Local::new();
    let task = rt.block_on(async {
        let task = rt.spawn_local(async { 3 });
        yield_now().await;
        yield_now().await;
        Some(task)
    });
    assert_eq!(local::block_on(task.unwrap()).unwrap(), 3);
}

#[test]
fn task_that_was_spawned_before_the_body_runs_with_it() {
    let rt = Local::new();
    let task = rt.spawn_local(async { 3 });
    assert_eq!(rt.block_on(task).unwrap(), 3);
}

#[test]
fn panic_of_the_body_drops_the_tasks_and_leaves_the_executor_usable() {
    let rt = Local::new();
    let dropped = Rc::new(Cell::new(false));
    let flag = SetOnDrop(Rc::clone(&dropped));
    let result = catch_unwind(AssertUnwindSafe(|| {
        rt.block_on(async {
            drop(rt.spawn_local(async move {
                pending::<()>().await;
                drop(flag);
            }));
            yield_now().await;
            panic!("the body");
        });
    }));
    assert!(result.is_err());
    assert!(dropped.get());
    assert_eq!(rt.block_on(async { 1 }), 1);
}

#[test]
fn wake_from_another_thread_ends_the_parking() {
    for run in [(|future| local::block_on(future)) as fn(_) -> u32, |future| local::run(async |_rt| future.await)] {
        let slot = Arc::new(Mutex::new((None::<u32>, None::<Waker>)));
        let other = Arc::clone(&slot);
        let thread = std::thread::spawn(move || {
            loop {
                let mut slot = other.lock().unwrap();
                if let Some(waker) = slot.1.take() {
                    slot.0 = Some(5);
                    drop(slot);
                    waker.wake();
                    return;
                }
                drop(slot);
                std::thread::yield_now();
            }
        });
        let future = Box::pin(poll_fn(move |cx| {
            let mut slot = slot.lock().unwrap();
            slot.1 = Some(cx.waker().clone());
            slot.0.map_or(Poll::Pending, Poll::Ready)
        }));
        assert_eq!(run(future), 5);
        thread.join().unwrap();
    }
}

#[test]
fn waker_that_outlives_its_executor_does_nothing() {
    let waker = local::run(async |rt| {
        let (sender, receiver) = std::sync::mpsc::channel();
        let task = rt.spawn_local(poll_fn(move |cx| {
            sender.send(cx.waker().clone()).unwrap();
            Poll::Ready(())
        }));
        task.await.unwrap();
        receiver.recv().unwrap()
    });
    waker.wake();
}

#[test]
fn nested_block_on_of_another_executor_leaves_the_outer_one_alone() {
    let sum = local::run(async |rt| {
        let outer = rt.spawn_local(async { local::block_on(async { 1 }) + local::run(async |_rt| 2) });
        outer.await.unwrap()
    });
    assert_eq!(sum, 3);
}

#[test]
fn nested_block_on_of_the_same_executor_goes_on_with_the_other_tasks() {
    let rt = Local::new();
    let woken = Rc::new(Cell::new(0));
    let sum = rt.block_on(async {
        let inner = rt.clone();
        let counter = Rc::clone(&woken);
        // Its own turn comes while it waits for the others, and must not be lost.
        let nests = rt.spawn_local(async move {
            yield_now().await;
            let own = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
            let other = inner.spawn_local(async move {
                own.wake();
                yield_now().await;
                2
            });
            let value = inner.block_on(other).unwrap();
            poll_fn(|_| {
                counter.set(counter.get() + 1);
                if counter.get() == 2 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            value
        });
        let beside = rt.spawn_local(async { 1 });
        nests.await.unwrap() + beside.await.unwrap()
    });
    assert_eq!((sum, woken.get()), (3, 2));
}

#[test]
fn ten_thousand_tasks_reuse_their_places() {
    let rt = Local::new();
    rt.block_on(async {
        for _ in 0..10 {
            let tasks: Vec<_> = (0..1000).map(|number| rt.spawn_local(async move { number })).collect();
            let mut sum = 0;
            for task in tasks {
                sum += task.await.unwrap();
            }
            assert_eq!(sum, 999 * 1000 / 2);
        }
    });
    assert_eq!(format!("{rt:?}"), "Local { tasks: 0, .. }");
}

/// A read stops in front of urgent bytes, although there are others behind them: it leaves room, and has not taken all there is.
#[cfg(all(feature = "local-net", unix))]
#[test]
fn bytes_behind_urgent_ones_are_read() {
    use core::net::SocketAddr;
    use core::pin::Pin;
    use std::io::Write as _;
    use std::net::TcpStream;

    use futures::io::{AsyncRead as _, AsyncReadExt as _};
    use onpar_core::{Listen as _, Listener as _};
    use socket2::SockRef;

    local::run(async |rt| {
        let mut listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let mut near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut far, _) = listener.accept().await.unwrap();
        let (mut heard, mut waits) = ([0; 64], false);
        let read = poll_fn(|cx| {
            let polled = Pin::new(&mut far).poll_read(cx, &mut heard);
            if !core::mem::replace(&mut waits, true) {
                assert!(polled.is_pending(), "nobody has sent anything yet");
                // One piece of news is all that comes of these.
                near.write_all(b"before").unwrap();
                SockRef::from(&near).send_out_of_band(b"!").unwrap();
                near.write_all(b"behind").unwrap();
            }
            polled
        });
        assert_eq!(read.await.unwrap(), 6);
        assert_eq!(far.read(&mut heard).await.unwrap(), 6);
        assert_eq!(&heard[..6], b"behind");
    });
}
