//! The program of the guide's chapter over TCP, as it stands there, on each runtime that has a clock and TCP.

#[path = "../../../onpar/examples/echo.rs"]
#[expect(dead_code, reason = "its `main` names one runtime, and is run as an example")]
mod program;

use core::net::SocketAddr;
use core::time::Duration;
use std::io;

use futures::channel::oneshot;
use futures::{AsyncReadExt as _, AsyncWriteExt as _, FutureExt as _};
use onpar::join;
use onpar_core::{Connect as _, Listen as _, Listener as _};
use onpar_rt::{local, smol_2, tokio_1};

use self::program::{serve, talk};

#[test]
fn server_and_clients_talk_on_the_local_executor() {
    local::run(async |rt| talk(&rt).await).unwrap();
}

#[test]
fn server_and_clients_talk_on_tokio() {
    tokio_1::run(async |rt| talk(&rt).await).unwrap();
    tokio_1::run_current_thread(async |rt| talk(&rt).await).unwrap();
}

#[test]
fn server_and_clients_talk_on_smol() {
    smol_2::run(async |rt| talk(&rt).await).unwrap();
}

#[cfg(unix)]
#[test]
fn server_and_clients_talk_on_compio() {
    onpar_rt::compio_0_19::run(async |rt| talk(&rt).await).unwrap();
}

#[test]
fn connection_that_takes_longer_than_the_grace_is_cut_off_and_another_is_served_to_its_end() {
    local::run(async |rt| {
        let listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let (mut silent, mut quick) = (rt.connect(&address).await?, rt.connect(&address).await?);
        let (stop, stopped) = oneshot::channel();
        let served = serve(&rt, listener, stopped.map(drop), Duration::from_millis(5));
        let clients = async {
            silent.write_all(b"never done").await?;
            quick.close().await?;
            // Whoever came first has been let in by then.
            assert_eq!(quick.read(&mut [0]).await?, 0);
            stop.send(()).expect("the server waits for it");
            let mut heard = Vec::new();
            // It is cut off, with a word of the system's about it or without.
            let _: io::Result<usize> = silent.read_to_end(&mut heard).await;
            assert!(b"never done".starts_with(&heard));
            io::Result::Ok(())
        };
        let (served, clients) = join((served, clients)).await;
        clients?;
        assert_eq!(served, 1);
        io::Result::Ok(())
    })
    .unwrap();
}
