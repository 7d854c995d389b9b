//! Reads a file line by line, asks a service about many lines at once, and writes what it says, in order, with a progress bar.
//!
//! ```text
//! cargo run -p onpar-examples --bin pipeline                              # the README, to `target/enriched.tsv`
//! cargo run -p onpar-examples --bin pipeline -- Cargo.lock out.tsv --at-once 64
//! cargo run -p onpar-examples --bin pipeline -- --refuse 40               # the service refuses line 40
//! ```
//!
//! The service is real: it listens on a port of its own on loopback, and takes its time for each answer. All of it runs on one
//! thread, in one task. [`enrich`] has the pipeline that this is about, [`output`] the file that is there when it is complete,
//! and not before, and [`service`] the other end.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

mod enrich;
mod output;
mod service;

use core::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use onpar::prelude::*;

use crate::enrich::enrich;
use crate::service::Service;

/// Asks a service about every line of a file.
#[derive(Parser)]
struct Arguments {
    /// The file that is read.
    #[arg(default_value = "README.md")]
    input: PathBuf,
    /// The file that is written.
    #[arg(default_value = "target/enriched.tsv")]
    output: PathBuf,
    /// How many lines the service is asked about at once.
    #[arg(long, default_value = "16")]
    at_once: NonZero<usize>,
    /// A line that the service refuses, counted from 1.
    #[arg(long, value_name = "LINE")]
    refuse: Option<usize>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(lines) => {
            println!("{lines} lines");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Everything has been closed when it returns, the connections to the service and the file.
async fn run(arguments: &Arguments) -> Result<u64> {
    let service = Service::start(arguments.refuse).await?;
    scope(async |s| {
        let served = s.spawn(service.serve());
        let lines = enrich(&arguments.input, &arguments.output, arguments.at_once, &service).await;
        served.cancel().await;
        lines
    })
    .await
}
