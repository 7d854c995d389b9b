//! The scorecard's command line. What it runs and how is in the library.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

mod progress;

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

const MAKES_NO_SENSE: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(name) = arguments.child {
        return if child::be(&name) { ExitCode::SUCCESS } else { ExitCode::from(MAKES_NO_SENSE) };
    }
    if arguments.list {
        println!("{}", selection::list());
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
        println!("{:#}", results.iter().map(Result::json).collect::<Value>());
    } else {
        println!("{}", table::table(&results));
    }
    if results.iter().all(Result::passes) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
