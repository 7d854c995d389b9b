//! Sends a file to several hosts at once, chunk by chunk, until one of them has had enough.
//!
//! ```text
//! cargo run -p onpar-examples --bin fan_out                              # itself, to 3 hosts
//! cargo run -p onpar-examples --bin fan_out -- Cargo.lock --hosts 5      # a file of yours
//! cargo run -p onpar-examples --bin fan_out -- --refuse 1 --after 2      # host 1 takes 2 chunks and no more
//! ```
//!
//! The hosts are real: each listens on a port of its own on loopback. All of it runs on one thread, in one task. [`upload`]
//! has the function that this is about: each upload is a child, which borrows the host and the chunks; the first error
//! cancels the others, closes their connections, and is what the caller hears of. [`host`] is the other end.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

mod host;
mod upload;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use onpar::prelude::*;

use crate::host::{Host, Received};
use crate::upload::{Stats, fan_out};

/// Sends a file to several hosts at once.
#[derive(Parser)]
struct Arguments {
    /// The file: this program itself, if none is given.
    file: Option<PathBuf>,
    /// How many hosts there are.
    #[arg(long, default_value_t = 3)]
    hosts: usize,
    /// A host that takes some chunks and then no more, counted from 0.
    #[arg(long, value_name = "HOST")]
    refuse: Option<usize>,
    /// How many chunks it takes.
    #[arg(long, default_value_t = 2, requires = "refuse")]
    after: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<()> {
    let path = match &arguments.file {
        Some(path) => path.clone(),
        None => env::current_exe()?,
    };
    let file = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut hosts = Vec::new();
    for number in 0..arguments.hosts {
        let takes = (arguments.refuse == Some(number)).then_some(arguments.after);
        hosts.push(Host::listen(number, takes).await?);
    }

    let mut stats = Stats::default();
    let (sent, received) = scope(async |s| {
        let servers: Vec<_> = hosts.iter().map(|host| s.spawn(host.serve())).collect();
        let sent = fan_out(&hosts, &file, &mut stats).await;
        let mut received = Vec::new();
        for server in servers {
            received.push(server.await); // each ends when its connection does
        }
        (sent, received)
    })
    .await;

    println!("{} of {} chunks sent", stats.sent, stats.chunks);
    for (number, received) in received.into_iter().enumerate() {
        let received = received?;
        println!("host {number}: {received}");
        ensure!(sent.is_err() || received == Received::all_of(&file), "host {number} has got something else");
    }
    sent.context("the hosts have not got the file")
}
