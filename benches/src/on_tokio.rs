//! The capabilities of tokio as values, beside tokio's own functions: starting a task and joining it, two tasks that send
//! a number to and fro, a hundred thousand timers, and an echo over TCP on the loopback device.
//!
//! Everything runs on tokio's runtime of one thread, on both sides, so that what is counted is all of it. An echo is counted
//! with both of its ends.

use core::future::poll_fn;
use core::hint::black_box;
use core::net::{Ipv4Addr, SocketAddr};
use core::pin::Pin;
use core::task::Poll;
use core::time::Duration;
use std::io;

use futures::{AsyncReadExt as _, AsyncWriteExt as _};
use onpar_core::{Clock as _, Connect as _, Listen as _, Listener as _, Spawn as _};
use onpar_iter::{AsyncIterator as _, channel, limit};
use onpar_rt::tokio_1::{FromTokio, Tokio, run_current_thread};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case::new("tokio_spawn_join", spawn_with_onpar, spawn_with_tokio).beside("tokio"),
    Case::new("tokio_spawn_join_1000", spawn_many_with_onpar, spawn_many_with_tokio).beside("tokio").units(MANY),
    Case::new("tokio_ping_pong", ping_pong_with_onpar, ping_pong_with_tokio).beside("tokio"),
    Case::new("tokio_timers_100k", timers_with_onpar, timers_with_tokio).beside("tokio").units(TIMERS),
    Case::new("tokio_timers_dropped_100k", dropped_with_onpar, dropped_with_tokio).beside("tokio").units(TIMERS),
    Case::new("tokio_echo", echo_with_onpar, echo_with_tokio).beside("tokio").units(ECHOES),
];

/// How many tasks are alive at once.
const MANY: u32 = 1000;
/// How many timers are set at once.
const TIMERS: u32 = 100_000;
/// How many connections are open at once, each with a task at either end.
const CONNECTIONS: u32 = 50;
/// How often each connection sends a message and waits for it to come back.
const ROUNDS: u32 = 200;
const ECHOES: u32 = CONNECTIONS * ROUNDS;
const MESSAGE: [u8; 64] = [7; 64];

/// Tokio, on one thread, with timers and sockets.
fn runtime() -> Runtime {
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("tokio cannot start: {error}"),
    }
}

fn spawn_with_onpar(iterations: u64) {
    run_current_thread(async |rt| {
        for i in 0..iterations {
            let _ = black_box(rt.spawn(async move { black_box(i) }).await);
        }
    });
}

fn spawn_with_tokio(iterations: u64) {
    runtime().block_on(async {
        for i in 0..iterations {
            let _ = black_box(tokio::spawn(async move { black_box(i) }).await);
        }
    });
}

fn spawn_many_with_onpar(iterations: u64) {
    run_current_thread(async |rt| {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..MANY).map(|i| rt.spawn(async move { black_box(i) })).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn spawn_many_with_tokio(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..MANY).map(|i| tokio::spawn(async move { black_box(i) })).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn ping_pong_with_onpar(iterations: u64) {
    run_current_thread(async |rt| {
        let (there, mut arrived) = channel(limit!(1));
        let (back, mut returned) = channel(limit!(1));
        let other = rt.spawn(async move {
            while let Some(n) = arrived.next().await {
                let _ = back.send(n).await;
            }
        });
        let this = rt.spawn(async move {
            for n in 0..iterations {
                let _ = there.send(n).await;
                black_box(returned.next().await);
            }
        });
        let _ = (this.await, other.await);
    });
}

fn ping_pong_with_tokio(iterations: u64) {
    runtime().block_on(async {
        let (there, mut arrived) = mpsc::channel(1);
        let (back, mut returned) = mpsc::channel(1);
        let other = tokio::spawn(async move {
            while let Some(n) = arrived.recv().await {
                let _ = back.send(n).await;
            }
        });
        let this = tokio::spawn(async move {
            for n in 0..iterations {
                let _ = there.send(n).await;
                black_box(returned.recv().await);
            }
        });
        let _ = (this.await, other.await);
    });
}

/// When timer `number` ends: in an order that is neither that of setting nor its reverse (7919 is a prime), within 50 ms.
fn after(number: u32) -> Duration {
    Duration::from_nanos(u64::from(number * 7919 % TIMERS) * 500)
}

fn timers_with_onpar(iterations: u64) {
    run_current_thread(async |rt| {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..TIMERS).map(|number| rt.spawn(rt.sleep(after(number)))).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn timers_with_tokio(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..TIMERS).map(|number| tokio::spawn(tokio::time::sleep(after(number)))).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

/// Timers that are set and then dropped, as those of timeouts mostly are.
async fn set_and_drop<S: Future<Output = ()>>(sleep: impl Fn(Duration) -> S) {
    let mut sleeps: Vec<Pin<Box<S>>> =
        (0..TIMERS).map(|number| Box::pin(sleep(Duration::from_mins(1) + after(number)))).collect();
    poll_fn(|cx| {
        let pending = sleeps.iter_mut().filter_map(|sleep| sleep.as_mut().poll(cx).is_pending().then_some(()));
        Poll::Ready(black_box(pending.count()))
    })
    .await;
}

fn dropped_with_onpar(iterations: u64) {
    run_current_thread(async |rt: Tokio| {
        for _ in 0..iterations {
            set_and_drop(|duration| rt.sleep(duration)).await;
        }
    });
}

fn dropped_with_tokio(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            set_and_drop(tokio::time::sleep).await;
        }
    });
}

/// Any port.
const ADDRESS: SocketAddr = SocketAddr::new(core::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

fn done<T>(what: io::Result<T>) -> T {
    match what {
        Ok(value) => value,
        Err(error) => panic!("the loopback device fails: {error}"),
    }
}

fn echo_with_onpar(iterations: u64) {
    async fn serve(mut stream: FromTokio<TcpStream>) -> io::Result<()> {
        let mut buffer = [0; 1024];
        loop {
            let count = stream.read(&mut buffer).await?;
            if count == 0 {
                return Ok(());
            }
            stream.write_all(&buffer[..count]).await?;
        }
    }
    async fn ask(rt: Tokio, address: SocketAddr, rounds: u64) -> io::Result<()> {
        let mut stream = rt.connect(&address).await?;
        let mut buffer = [0; MESSAGE.len()];
        for _ in 0..rounds {
            stream.write_all(&MESSAGE).await?;
            stream.read_exact(&mut buffer).await?;
        }
        Ok(())
    }
    run_current_thread(async |rt: Tokio| {
        let mut listener = done(rt.listen(&ADDRESS).await);
        let address = done(listener.local_addr());
        let server = rt.spawn({
            let rt = rt.clone();
            async move {
                for _ in 0..CONNECTIONS {
                    let (stream, _) = done(listener.accept().await);
                    drop(rt.spawn(serve(stream)));
                }
            }
        });
        let ask = |_| rt.spawn(ask(rt.clone(), address, iterations * u64::from(ROUNDS)));
        let clients: Vec<_> = (0..CONNECTIONS).map(ask).collect();
        for client in clients {
            if let Ok(client) = client.await {
                done(client);
            }
        }
        let _ = server.await;
    });
}

fn echo_with_tokio(iterations: u64) {
    async fn serve(mut stream: TcpStream) -> io::Result<()> {
        let mut buffer = [0; 1024];
        loop {
            let count = stream.read(&mut buffer).await?;
            if count == 0 {
                return Ok(());
            }
            stream.write_all(&buffer[..count]).await?;
        }
    }
    async fn ask(address: SocketAddr, rounds: u64) -> io::Result<()> {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut buffer = [0; MESSAGE.len()];
        for _ in 0..rounds {
            stream.write_all(&MESSAGE).await?;
            stream.read_exact(&mut buffer).await?;
        }
        Ok(())
    }
    runtime().block_on(async {
        let listener = done(TcpListener::bind(ADDRESS).await);
        let address = done(listener.local_addr());
        let server = tokio::spawn(async move {
            for _ in 0..CONNECTIONS {
                let (stream, _) = done(listener.accept().await);
                let _ = stream.set_nodelay(true);
                drop(tokio::spawn(serve(stream)));
            }
        });
        let ask = |_| tokio::spawn(ask(address, iterations * u64::from(ROUNDS)));
        let clients: Vec<_> = (0..CONNECTIONS).map(ask).collect();
        for client in clients {
            if let Ok(client) = client.await {
                done(client);
            }
        }
        let _ = server.await;
    });
}
