//! Pipelines within tasks of an executor of many threads.

use std::sync::Mutex;
use std::thread;

use futures::channel::oneshot;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};

#[test]
fn it_is_send_with_what_it_borrows() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    let sum = runtime.block_on(async {
        tokio::spawn(is_send(async {
            let (offset, sum) = (7, Mutex::new(0));
            (0..100_u64)
                .into_async_iter()
                .concurrent(limit!(8))
                .filter(async |n| *n >= offset - 7)
                .map(async |n| {
                    tokio::task::yield_now().await;
                    n + offset
                })
                .for_each(async |n| *sum.lock().expect("no panic") += n)
                .await;
            sum.into_inner().expect("no panic")
        }))
        .await
    });
    assert_eq!(sum.expect("no panic"), (0..100).map(|n| n + 7).sum::<u64>());
}

#[test]
fn it_is_send_with_what_its_end_changes() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    let sum = runtime.block_on(async {
        tokio::spawn(async {
            let (offset, mut sum) = (7, 0);
            let moved = (0..100_u64).into_async_iter().concurrent(limit!(8)).map(async |n| n + offset);
            let added = moved.try_for_each_with(&mut sum, async |sum, n| {
                tokio::task::yield_now().await;
                **sum += n - offset;
                Some(())
            });
            added.await.map(|()| sum)
        })
        .await
    });
    assert_eq!(sum.expect("no panic"), Some((0..100).sum::<u64>()));
    let bytes = runtime.block_on(async {
        tokio::spawn(async {
            let mut bytes = 0;
            let texts = (0..100).map(|n| n.to_string()).into_async_iter().concurrent(limit!(8));
            let lent = texts.on_unfinished_lent(|text: String| panic!("{text} is left"));
            lent.for_each_with(&mut bytes, async |bytes, text| {
                tokio::task::yield_now().await;
                **bytes += text.len();
            })
            .await;
            bytes
        })
        .await
    });
    assert_eq!(bytes.expect("no panic"), 190);
}

/// Every call is woken by another thread, and the task moves between two.
#[test]
fn calls_that_other_threads_wake_are_all_polled() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    let (requests, asked) = std::sync::mpsc::channel::<(u64, oneshot::Sender<u64>)>();
    let server = thread::spawn(move || {
        for (n, answer) in asked {
            let _ = answer.send(n * 2);
        }
    });
    let sum = runtime.block_on(async {
        tokio::spawn(async move {
            let answers = (0..2000_u64).into_async_iter().concurrent(limit!(100)).unordered().map(async |n| {
                let (sender, answer) = oneshot::channel();
                requests.send((n, sender)).expect("the server runs");
                answer.await.expect("an answer")
            });
            answers.collect::<Vec<_>>().await.into_iter().sum::<u64>()
        })
        .await
    });
    assert_eq!(sum.expect("no panic"), (0..2000).map(|n| n * 2).sum::<u64>());
    server.join().expect("no panic");
}
