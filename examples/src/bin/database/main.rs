//! A pool of one connection, and a thousand transactions that are cancelled at random places.
//!
//! ```text
//! cargo run --release -p onpar-examples --bin database                              # SQLite, in a temporary file
//! cargo run --release -p onpar-examples --bin database -- --url postgres://..       # a PostgreSQL of yours
//! cargo xtask postgres                                                              # a PostgreSQL for the occasion
//! ```
//!
//! Each task takes the connection, begins a transaction, inserts one row and commits, with pauses in between; a timeout
//! of random length cancels it wherever it is. Pauses and timeouts come from a seed, so every row of the table below
//! gets the same ones. The moment the timeout has returned, a second connection asks the database itself whether a
//! transaction is still open. At the end the rows are counted: there must be one for each commit that was reported.
//!
//! [`plain`] does it with sqlx as it comes; [`guarded`] puts the [`transaction`] into a guard, and is cancelled by onpar's
//! timeout, and by tokio's inside a scope. The rest: [`plan`] and [`store`] (with [`sqlite`] and [`postgres`]) say what is
//! done, [`tally`], [`measure`] and [`report`] what came of it.
//!
//! It fails, with exit status 1, if with onpar a transaction is left open or a row has no commit.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

extern crate alloc;

mod guarded;
mod measure;
mod plain;
mod plan;
mod postgres;
mod report;
mod sqlite;
mod store;
mod tally;
mod transaction;

use alloc::sync::Arc;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use onpar_rt::tokio_1::Tokio;

use crate::measure::measure;
use crate::plan::Plan;
use crate::report::Report;
use crate::store::{Bank, Store};

/// Cancels database transactions at random places, and counts what becomes of them.
#[derive(Parser)]
struct Arguments {
    /// The database: `sqlite:<file>` or `postgres://..`; a SQLite file that is removed at the end, if none is given.
    #[arg(long)]
    url: Option<String>,
    /// How many transactions to try.
    #[arg(long, default_value_t = 1000)]
    tasks: u32,
    /// Where pauses and timeouts come from.
    #[arg(long, default_value_t = 2)]
    seed: u64,
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

/// True if every row that had to keep its promises kept them.
async fn run(arguments: &Arguments) -> Result<bool> {
    let plans = Plan::seeded(arguments.seed, arguments.tasks);
    let reports = match arguments.url.as_deref() {
        None => {
            let folder = tempfile::tempdir()?;
            compare::<sqlx::Sqlite>(&format!("sqlite:{}", folder.path().join("bank.db").display()), &plans).await?
        }
        Some(url) if url.starts_with("sqlite:") => compare::<sqlx::Sqlite>(url, &plans).await?,
        Some(url) if url.starts_with("postgres:") || url.starts_with("postgresql:") => {
            compare::<sqlx::Postgres>(url, &plans).await?
        }
        Some(other) => bail!("`{other}` is neither `sqlite:<file>` nor `postgres://..`"),
    };
    if arguments.json {
        println!("{:#}", report::json(&reports));
    } else {
        println!("{} tasks, seed {}\n\n{}", arguments.tasks, arguments.seed, report::table(&reports));
    }
    Ok(reports.iter().all(Report::keeps_its_promises))
}

/// The same plans for everyone, in a table of its own for each.
async fn compare<DB: Store>(url: &str, plans: &[Plan]) -> Result<Vec<Report>> {
    let bank = || async { Bank::<DB>::open(url).await.map(Arc::new).with_context(|| format!("cannot open `{url}`")) };
    let clock = Tokio::current()?;
    let by_onpar = |bank, plan, tally| guarded::transfer(clock.clone(), bank, plan, tally);
    Ok(vec![
        measure("sqlx, tokio's timeout", false, &bank().await?, plans, plain::transfer).await?,
        measure("onpar, tokio's timeout", true, &bank().await?, plans, guarded::transfer_in_scope).await?,
        measure("onpar, onpar's timeout", true, &bank().await?, plans, by_onpar).await?,
    ])
}
