//! [`run`]: the program, on any runtime that has what it needs.
#![expect(clippy::print_stdout, reason = "a program, not a library")]

use alloc::sync::Arc;
use core::fmt::Display;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::fs::File;
use std::io;
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use clap::Parser;
use futures::{AsyncRead, AsyncWrite};
use onpar::prelude::*;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::journal;
use crate::server::serve;
use crate::settings::Settings;
use crate::store::Store;

/// How long a signal may wait until it is seen.
const LOOK: Duration = Duration::from_millis(100);

/// A key-value server that speaks Redis's protocol.
#[derive(Debug, Parser)]
struct Options {
    /// Where it listens.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// The port where it listens, and 0 for any that is free.
    #[arg(long, default_value_t = 6379)]
    port: u16,
    /// Keeps what was changed in this file, and begins with what is in it.
    #[arg(long)]
    journal: Option<PathBuf>,
    /// How many connections there may be.
    #[arg(long, default_value_t = Settings::default().max_clients)]
    max_clients: usize,
    /// How many seconds a connection that ends waits for its peer to take the last replies.
    #[arg(long, default_value_t = Settings::default().grace.as_secs())]
    grace: u64,
}

/// Runs the server as the command line says, until a signal or a peer ends it.
///
/// # Errors
///
/// If it cannot listen, or the journal cannot be read or written.
pub async fn run<R>(runtime: R) -> Result<()>
where
    R: Clock + Blocking + Listen<Error = io::Error>,
    R::Listener: Listener<Io: AsyncRead + AsyncWrite + Unpin, Address: Display>,
{
    let options = Options::parse();
    let (store, disk) = match options.journal {
        Some(path) => {
            let opened =
                runtime.spawn_blocking(move || journal::open(&path)).await.map_err(|error| anyhow!("{error}"))?;
            let (store, file) = opened.context("the journal cannot be used")?;
            (store, Some(file))
        }
        None => (Store::default(), None::<File>),
    };
    let address = SocketAddr::from((options.bind, options.port));
    let listener = runtime.listen(&address).await.with_context(|| format!("cannot listen at {address}"))?;
    println!("listening at {}", listener.local_addr()?);
    let settings = Settings { max_clients: options.max_clients, grace: Duration::from_secs(options.grace) };
    serve(&runtime, listener, store, disk, settings, asked_to_end(&runtime)?)
        .await
        .context("the journal cannot be written")
}

/// Waits for the first signal that asks the program to end. The second one ends it at once.
///
/// It looks ten times a second whether there has been one. A thread that waits for them would know at once; but the C library
/// makes the calls of the system dearer in a program of several threads, by 3 % of the instructions that one `GET` takes here.
fn asked_to_end(clock: &impl Clock) -> io::Result<impl Future<Output = ()>> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds that nobody has asked before.
        flag::register_conditional_default(signal, Arc::clone(&asked))?;
        flag::register(signal, Arc::clone(&asked))?;
    }
    Ok(async move {
        while !asked.load(Ordering::Relaxed) {
            clock.sleep(LOOK).await;
        }
    })
}
