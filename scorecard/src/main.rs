//! The scorecard's command line. What it runs and how is in the library.
#![forbid(unsafe_code)]
#![expect(clippy::print_stderr, reason = "this program is read in a terminal")]

mod progress;

use core::fmt::Display;
use std::io::{Write as _, stdout};
use std::process::ExitCode;

use clap::Parser;
use scorecard::row::Result;
use scorecard::{child, selection, table};
use serde_json::Value;

use crate::progress::Progress;

/// Runs every story with stock tools and with onpar, and prints what each did.
///
/// The exit status is 0 if every row passes, 1 if one does not, and 2 if the arguments make no sense.
#[derive(Parser)]
#[command(name = "scorecard")]
struct Arguments {
    /// Runs this story or this point alone, e.g. S1 or A1.3; may be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Prints the names of all stories and points.
    #[arg(long)]
    list: bool,
    /// Prints an array of objects instead of the table.
    #[arg(long)]
    json: bool,
    /// Is a program of a story that ends its process.
    #[arg(long, hide = true, value_name = "NAME")]
    child: Option<String>,
}

/// The exit status of a command line that makes no sense, as is usual for it.
const MAKES_NO_SENSE: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(name) = arguments.child {
        return if child::be(&name) { ExitCode::SUCCESS } else { ExitCode::from(MAKES_NO_SENSE) };
    }
    if arguments.list {
        print(&selection::list());
        return ExitCode::SUCCESS;
    }
    let rows = match selection::select(&arguments.only) {
        Ok(rows) => rows,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(MAKES_NO_SENSE);
        }
    };
    let progress = Progress::over(rows.len());
    let results: Vec<_> = rows.into_iter().map(|row| progress.of(row)).collect();
    progress.end();
    if arguments.json {
        print(&results.iter().map(Result::json).collect::<Value>());
    } else {
        print(&table::table(&results));
    }
    ExitCode::from(Result::exit_status(&results))
}

/// Whoever has stopped reading misses the rest, and the exit status still tells.
fn print(text: &impl Display) {
    drop(writeln!(stdout(), "{text:#}"));
}
