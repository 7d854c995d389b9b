//! Libraries that want tokio run on runtimes that are not tokio, and end with the program.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::future::pending;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io;
use std::sync::Arc;

use onpar_core::{Spawn as _, SpawnLocal as _};
use onpar_rt::tokio_1::Compat;
use onpar_rt::{local, smol_2};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A library that knows nothing but tokio: timers, tasks, sockets, files and calls that block.
async fn of_a_library() -> io::Result<String> {
    tokio::time::sleep(Duration::from_millis(1)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.write_all(b"from afar").await
    });
    let mut words = String::new();
    TcpStream::connect(address).await?.read_to_string(&mut words).await?;
    server.await??;
    let blocked = tokio::task::spawn_blocking(|| " and near".to_owned()).await?;
    Ok(words + &blocked)
}

#[test]
fn library_that_wants_tokio_runs_on_the_local_executor() {
    let compat = Compat::new().unwrap();
    let words = local::run(async |rt| {
        let task = rt.spawn_local(compat.run(of_a_library()));
        task.await.unwrap().unwrap()
    });
    assert_eq!(words, "from afar and near");
    assert!(compat.end(Duration::from_secs(30)));
}

#[test]
fn library_that_wants_tokio_runs_on_smol() {
    let compat = Compat::new().unwrap();
    let words = smol_2::run(async |rt| rt.spawn(compat.run(of_a_library())).await.unwrap().unwrap());
    assert_eq!(words, "from afar and near");
}

#[test]
fn library_that_wants_tokio_runs_by_hand() {
    let compat = Compat::new().unwrap();
    assert_eq!(local::block_on(compat.run(of_a_library())).unwrap(), "from afar and near");
    // And what is left of it has to find the runtime too.
    assert!(compat.enter(|| tokio::runtime::Handle::try_current().is_ok()));
    assert!(tokio::runtime::Handle::try_current().is_err());
}

#[test]
fn future_that_is_dropped_half_way_is_dropped_within_tokio() {
    struct AsksForTokio(Arc<AtomicBool>);
    impl Drop for AsksForTokio {
        fn drop(&mut self) {
            self.0.store(tokio::runtime::Handle::try_current().is_ok(), Ordering::SeqCst);
        }
    }
    let within = Arc::<AtomicBool>::default();
    let held = AsksForTokio(Arc::clone(&within));
    let compat = Compat::new().unwrap();
    drop(Box::pin(compat.run(async move {
        let _held = held;
        pending::<()>().await;
    })));
    assert!(within.load(Ordering::SeqCst));
}

#[test]
fn end_waits_until_tasks_have_been_dropped_and_is_for_the_last_clone() {
    struct SetOnDrop(Arc<AtomicBool>);
    impl Drop for SetOnDrop {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let dropped = Arc::<AtomicBool>::default();
    let held = SetOnDrop(Arc::clone(&dropped));
    let compat = Compat::new().unwrap();
    drop(compat.enter(|| {
        tokio::spawn(async move {
            let _held = held;
            pending::<()>().await;
        })
    }));
    assert!(!compat.clone().end(Duration::from_secs(30)), "there is another clone");
    assert!(!dropped.load(Ordering::SeqCst));
    assert!(compat.end(Duration::from_secs(30)));
    assert!(dropped.load(Ordering::SeqCst));
}

#[test]
fn last_clone_may_be_dropped_within_a_task() {
    let compat = Compat::new().unwrap();
    let inner = compat.clone();
    local::block_on(compat.run(async move { drop(inner) }));
    let outer = Compat::new().unwrap();
    local::block_on(outer.run(async move { drop(compat) }));
}
