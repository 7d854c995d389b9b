//! A loader that reads rows and sends their items on, while packets arrive: nothing must be lost because a packet came.
//!
//! ```text
//! cargo run --release -p onpar-examples --bin packets                  # a table, for people
//! cargo run --release -p onpar-examples --bin packets -- --json        # the same, for programs
//! ```
//!
//! The rows come from a SQLite database, and each of them has three items, which go through a channel to somebody slower.
//! The packets come by UDP from a peer who sends the next one as soon as the last has been answered. [`plain`] serves both
//! with `select!` in a loop, [`owned`] with an event loop; what they share is in [`orders`] and [`peer`].
//!
//! It fails, with exit status 1, if the event loop loses an item.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

mod orders;
mod owned;
mod peer;
mod plain;
mod report;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use tokio::net::UdpSocket;
use tokio::sync::mpsc::{Sender, channel};

use crate::orders::{Orders, Rows};
use crate::peer::Peer;
use crate::report::Report;

/// Serves a loader and a socket at once, and counts what gets lost.
#[derive(Parser)]
struct Arguments {
    /// How many rows to load.
    #[arg(long, default_value_t = 300)]
    rows: u32,
    /// Prints an array of objects instead of the table.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// True if whoever had to lose nothing lost nothing.
async fn run(arguments: &Arguments) -> Result<bool> {
    let mut orders = Orders::create(arguments.rows).await?;
    let reports = [
        measure("select! in a loop", false, &mut orders, plain::serve).await?,
        measure("onpar's event loop", true, &mut orders, owned::serve).await?,
    ];
    if arguments.json {
        println!("{:#}", report::json(&reports));
    } else {
        println!("{}", report::table(&reports));
    }
    Ok(reports.iter().all(Report::keeps_its_promises))
}

/// Loads all orders by `serve`, which gives how many packets it has answered.
async fn measure(
    name: &'static str,
    promises: bool,
    orders: &mut Orders,
    serve: impl AsyncFnOnce(&mut Rows<'_>, &Sender<i64>, &UdpSocket) -> Result<u64>,
) -> Result<Report> {
    let socket = UdpSocket::bind("127.0.0.1:0").await?;
    let peer = Peer::of(socket.local_addr()?);
    let (out, mut arriving) = channel(1);
    let arrived = tokio::spawn(async move {
        let mut arrived = Vec::new();
        while let Some(item) = arriving.recv().await {
            arrived.push(item);
            // Somebody slower than the loader.
            tokio::task::yield_now().await;
        }
        arrived
    });
    // However fast the loader is: the peer has asked by then.
    socket.peek(&mut [0; 8]).await?;
    let expected = orders.items();
    let packets = serve(&mut orders.rows(), &out, &socket).await?;
    drop((out, peer));
    Ok(Report::new(name, promises, &expected, &arrived.await?, packets))
}
