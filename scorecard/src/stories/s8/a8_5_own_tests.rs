//! A8.5: the library's own tests, as they stand beside it, on each runtime.
//!
//! `cargo test -p slow-proto` runs them on more runtimes, by one attribute (`#[onpar::test(tokio, tokio_mt, smol, local)]`), and on
//! a simulation, by a clock that they move. Here the same files are compiled once more, and the situations that hold are counted,
//! by the clock of each runtime. Beside them stands what a
//! library that was written for tokio has for tests.

#[path = "../../../../examples/slow-proto/tests/runtimes/scenarios.rs"]
mod scenarios;
#[path = "../../../../examples/slow-proto/tests/runtimes/serves.rs"]
mod serves;
#[path = "../../../../examples/slow-proto/tests/runtimes/time.rs"]
mod time;

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::io;
use std::panic::catch_unwind;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use onpar_core::Spawn as _;
use onpar_rt::smol_2::Smol;
use onpar_rt::tokio_1::Tokio;
use onpar_rt::{smol_2, tokio_1};
use tokio::io::AsyncReadExt as _;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::silence::silently;
use crate::stories::s8::echo::{ANYWHERE, CALLS, of_tokio};
use crate::stories::s8::unknown::Unknown;
use crate::story::{Case, Point, Stock};

use self::serves::{Answer, Serves, serves};
use self::time::ByItself;

serves! { spawn, serve: Tokio, Smol, Unknown }

pub(super) const POINT: Point = Point {
    name: "A8.5",
    what: "the library's own tests are written once, and hold on each runtime, known to it or not",
    cases: &[
        Case {
            what: "its own tests",
            executors: &[Executor::Foreign, Executor::Smol],
            stock: Stock::GoesWrong(of_tokios),
            onpar: own,
        },
        Case {
            what: "its own tests; tokio",
            executors: &[Executor::CurrentThread, Executor::MultiThread],
            stock: Stock::GoesRight(of_tokios),
            onpar: own,
        },
    ],
};

/// A test that takes a runtime of this type.
type Situation<R> = for<'a> fn(&'a R) -> LocalBoxFuture<'a, ()>;

/// All of them.
fn situations<R: Serves>() -> Vec<Situation<R>> {
    macro_rules! all {
        ($($situation:ident)*) => { vec![$(|rt| scenarios::$situation(rt, &ByItself).boxed_local()),*] };
    }
    let mut situations: Vec<Situation<R>> = scenarios::for_each_situation! { all };
    situations.push(|rt| scenarios::answer_that_panics_ends_its_connection_alone(rt, &ByItself).boxed_local());
    situations
}

fn own(executor: Executor) -> Measured {
    match executor {
        Executor::CurrentThread => count(&situations(), |it| tokio_1::run_current_thread(async |rt| it(&rt).await)),
        Executor::MultiThread => count(&situations(), |it| tokio_1::run(async |rt| it(&rt).await)),
        Executor::Smol => count(&situations(), |it| smol_2::run(async |rt| it(&rt).await)),
        _ => count(&situations(), |it| Unknown::run(async |rt| it(&rt).await)),
    }
}

fn of_tokios(executor: Executor) -> Measured {
    let tests: [fn() -> LocalBoxFuture<'static, io::Result<()>>; 2] =
        [|| answers().boxed_local(), || idle_stream_is_closed().boxed_local()];
    count(&tests, |test| {
        let ended = match executor {
            Executor::CurrentThread => tokio_1::run_current_thread(async |_| test().await),
            Executor::MultiThread => tokio_1::run(async |_| test().await),
            Executor::Smol => smol_2::run(async |_| test().await),
            _ => Unknown::run(async |_| test().await),
        };
        ended.expect("nothing fails");
    })
}

fn count<T: Copy>(tests: &[T], run: impl Fn(T)) -> Measured {
    let mut measured = Measured::new("fail");
    for &test in tests {
        measured.count(silently(|| catch_unwind(AssertUnwindSafe(|| run(test)))).is_err());
    }
    measured
}

async fn answers() -> io::Result<()> {
    assert_eq!(of_tokio().await?, CALLS);
    Ok(())
}

async fn idle_stream_is_closed() -> io::Result<()> {
    let listener = tokio::net::TcpListener::bind(ANYWHERE).await?;
    let mut client = tokio::net::TcpStream::connect(listener.local_addr()?).await?;
    let serve = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let read = tokio::time::timeout(Duration::from_millis(20), stream.read_u8()).await;
        io::Result::Ok(read.is_err())
    });
    assert_eq!(client.read(&mut [0]).await?, 0);
    assert!(serve.await??, "it has waited");
    Ok(())
}
