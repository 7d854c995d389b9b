//! A loop is `Send` when its state, sources and handlers are: it is spawned on a runtime of several threads.

use core::ops::ControlFlow::{self, Break, Continue};
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;

use futures::channel::mpsc::channel;
use futures::{SinkExt as _, stream};
use onpar::prelude::*;
use onpar::rt::tokio_1::Tokio;
use tokio::runtime::Runtime;
use tokio::task::yield_now;

/// Proves that a future may move between threads, and runs it on one that does.
fn spawned<F>(work: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    let runtime = Runtime::new().expect("tokio starts");
    runtime.block_on(runtime.spawn(work)).expect("the task ends")
}

#[derive(Debug, Default)]
struct Session {
    words: Vec<String>,
    bytes: usize,
}

async fn greet(name: &str) -> Result<String, std::io::Error> {
    yield_now().await;
    Ok(format!("hello {name}"))
}

/// Borrows its state, sources and handlers from the caller.
async fn serve(names: &[String], greeting: &str) -> Result<ControlFlow<usize>, std::io::Error> {
    let (mut session, limit, mut written) = (Session::default(), 40, String::new());
    let (out, arriving) = channel(0);
    let ended = events(&mut session)
        .on(stream::iter(names), async |session, name| {
            session.words.push(greet(name).await?);
            Ok(())
        })
        .on(arriving, async |session, byte: u8| {
            yield_now().await;
            session.bytes += usize::from(byte);
            if session.bytes > limit { Break(session.bytes) } else { Continue(()) }
        })
        .when(|session| session.bytes < 1000)
        .once(
            async move {
                let mut out = out;
                for _ in greeting.bytes() {
                    out.send(7).await.ok();
                }
            },
            async |_, ()| {},
        )
        .repeat_with(
            &mut written,
            |session| session.words.pop(),
            async |written, word| {
                yield_now().await;
                written.push_str(&word);
                written.len()
            },
            async |session, length| session.bytes += length,
        )
        .on_parked(|session, length| session.bytes += length)
        .repeat(
            |session| (session.bytes < 9).then(|| greet(greeting)),
            async |session, word| {
                session.bytes += word?.len();
                Ok(())
            },
        )
        .restarted_by(|session| session.bytes / 5)
        .await;
    assert!(written.starts_with("hello"));
    ended
}

#[test]
fn a_loop_that_borrows_everything_runs_in_a_task_of_several_threads() {
    let ended = spawned(async {
        let names = ["one".to_owned(), "two".to_owned()];
        serve(&names, "good morning").await
    });
    assert!(matches!(ended, Ok(Continue(()) | Break(41..))), "{ended:?}");
}

#[test]
fn a_loop_runs_in_a_scope_a_child_and_a_timeout_and_its_handlers_guards_are_cleaned_up() {
    static CLOSED: AtomicUsize = AtomicUsize::new(0);
    let (timed_out, closed) = spawned(async {
        let clock = Tokio::current().expect("the test runs in tokio");
        let timed_out = scope(async |s| {
            let child = s.spawn(async {
                let mut handled = 0;
                let serve = events(&mut handled)
                    .on(stream::iter(0..3).chain(stream::pending()), async |handled, n| {
                        let _held = defer(n, async |_| {
                            CLOSED.fetch_add(1, Ordering::Relaxed);
                        });
                        yield_now().await;
                        *handled += 1;
                    })
                    .run();
                timeout(&clock, Duration::from_millis(20), serve).await.is_err()
            });
            child.await
        })
        .await;
        (timed_out, CLOSED.load(Ordering::Relaxed))
    });
    assert_eq!((timed_out, closed), (true, 3));
}
