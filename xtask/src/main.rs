//! `cargo xtask`: everything that keeps the house in order, as subcommands of one program.
//!
//! CI runs `cargo xtask ci` and nothing else, so what passes here passes there. One file for each subcommand:
//!
//! * [`ci`]: every check, in order, with its time.
//! * [`tidy`]: the rules that neither rustc nor clippy knows.
//! * [`no_std`]: the proof that the `no_std` crates do not lean on std, and the smallest of them not on a heap.
//! * [`qemu`]: a program for a bare microcontroller, on an emulated one.
//! * [`wasm`]: a program for the event loop of JavaScript.
//! * [`window`]: a program in a window, on a screen that nobody sees.
//! * [`dependencies`]: what the default build of `onpar` has to build besides onpar.
//! * [`methods`]: the table of std's methods in the documentation, written anew.
//! * [`callgrind`]: the instructions that the benches take.
//! * [`builds`]: the time that async traits take to build.
//! * [`hostile`]: what hostile peers send to the protocols of the examples, a million times.
//! * [`postgres`]: the database example against a real PostgreSQL.
//! * [`redis`]: the key-value example by Redis's own tools, beside Redis.
//!
//! [`workspace`] tells them what there is, from `cargo metadata`: a crate joins every check by joining the workspace.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

extern crate alloc;

mod builds;
mod callgrind;
mod ci;
mod dependencies;
mod hostile;
mod methods;
mod no_std;
mod postgres;
mod qemu;
mod redis;
mod tidy;
mod wasm;
mod window;

mod foreign_crates;
mod foreign_target;
mod process;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::workspace::Workspace;

/// Builds, checks and tests the onpar workspace.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs every check, in order, and stops at the first that fails.
    Ci(ci::Options),
    /// Checks the rules of the house: headers, names, docs, arrows between crates.
    Tidy,
    /// Proves that the `no_std` crates build without std, and that the proof can fail.
    NoStd,
    /// Builds the firmware of `bare-metal` for a Cortex-M3, and runs it in QEMU. Says what is missing for that, if anything is.
    Qemu,
    /// Builds the program of `wasm` for JavaScript's machine, and runs its tests in Node.js. Says what is missing for that.
    Wasm,
    /// Opens the window of `window` under Xvfb, uses and closes it. Says what is missing for that.
    Window,
    /// Checks that the default build of `onpar` has few foreign dependencies, and that none of them runs while it is built.
    Dependencies,
    /// Writes the table of std's methods in the documentation of `onpar-iter` anew, from the sources.
    Methods,
    /// Counts the instructions of each benchmark, with onpar and without. Needs valgrind.
    Callgrind(callgrind::Options),
    /// Takes the time that async traits need to build, with onpar and with the tools that people use.
    Builds(builds::Options),
    /// Sends to the protocols of the examples what hostile peers send, a million times.
    Hostile(hostile::Options),
    /// Starts a PostgreSQL on loopback, runs the database example against it, and removes it again.
    Postgres(postgres::Options),
    /// Drives the key-value example by `redis-cli` and `redis-benchmark`, beside Redis and a server that is written by hand.
    Redis(redis::Options),
}

fn main() -> ExitCode {
    match run(&Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What stands behind `cargo xtask`.
fn task_names() -> Vec<String> {
    Arguments::command().get_subcommands().map(|task| task.get_name().to_owned()).collect()
}

fn run(task: &Task) -> anyhow::Result<()> {
    let workspace = Workspace::load()?;
    match task {
        Task::Ci(options) => ci::run(&workspace, options),
        Task::Tidy => tidy::run(&workspace),
        Task::NoStd => no_std::run(&workspace),
        Task::Qemu => qemu::run(&workspace),
        Task::Wasm => wasm::run(&workspace),
        Task::Window => window::run(&workspace),
        Task::Dependencies => dependencies::run(&workspace),
        Task::Methods => methods::run(&workspace),
        Task::Callgrind(options) => callgrind::run(&workspace, options),
        Task::Builds(options) => builds::run(&workspace, options),
        Task::Hostile(options) => hostile::run(&workspace, options),
        Task::Postgres(options) => postgres::run(&workspace, options),
        Task::Redis(options) => redis::run(&workspace, options),
    }
}
