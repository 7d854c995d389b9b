//! A5.3: a library that knows nothing but tokio writes a file and fetches a page, where the executor is not tokio.

use core::net::SocketAddr;
use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::{env, fs, process, thread};

use futures::FutureExt as _;
use onpar_rt::tokio_1::Compat;
use onpar_rt::{local, smol_2};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::executor::Executor;
use crate::measured::Measured;
use crate::silence::silently;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A5.3",
    what: "a library that knows nothing but tokio runs on any executor, by a bridge that is a value",
    cases: &[Case {
        what: "a file and a page",
        executors: &[Executor::Foreign, Executor::Smol, Executor::Local],
        stock: Stock::GoesWrong(|executor| run(executor, |file, page| on(executor, library(file, page)))),
        onpar: |executor| {
            run(executor, |file, page| {
                let compat = Compat::new()?;
                on(executor, compat.run(library(file, page)))
            })
        },
    }],
};

/// The library.
async fn library(file: PathBuf, page: SocketAddr) -> io::Result<String> {
    tokio::fs::write(&file, "seen").await?;
    let mut stream = tokio::net::TcpStream::connect(page).await?;
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

fn on<T>(executor: Executor, future: impl Future<Output = T>) -> T {
    match executor {
        Executor::Smol => smol_2::run(async |_| future.await),
        Executor::Local => local::run(async |_| future.await),
        _ => executor.run_here(|_| future.boxed_local()),
    }
}

fn run(executor: Executor, program: impl FnOnce(PathBuf, SocketAddr) -> io::Result<String>) -> Measured {
    let file = env::temp_dir().join(format!("scorecard-{}-{}", executor as u8, process::id()));
    let mut measured = Measured::new("panic");
    let ended = serve_once(|page| {
        let program = || program(file.clone(), page);
        silently(|| std::panic::catch_unwind(core::panic::AssertUnwindSafe(program)))
    });
    let good = matches!(ended, Ok(Ok(answer)) if answer.ends_with("hello") && seen(&file));
    measured.count(!good);
    drop(fs::remove_file(&file));
    measured
}

fn seen(file: &Path) -> bool {
    fs::read(file).is_ok_and(|text| text == b"seen")
}

/// A server of one page, for one visitor, on a thread of its own.
fn serve_once<T>(visit: impl FnOnce(SocketAddr) -> T) -> T {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("it is bound");
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept()?;
        let _ = stream.read(&mut [0; 64])?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
    });
    let output = visit(address);
    drop(std::net::TcpStream::connect(address)); // if nobody has come
    drop(server.join());
    output
}
