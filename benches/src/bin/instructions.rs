//! Runs one side of one case so many times, for a program that counts what it does: `instructions CASE SIDE ITERATIONS`.
//!
//! `cargo xtask callgrind` runs it. Without arguments it lists the cases: name, units, and the name of the other side.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

use std::process::ExitCode;

use onpar_benches::{Case, cases};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        for case in cases() {
            println!("{} {} {}", case.name, case.units, case.plain.name);
        }
        return ExitCode::SUCCESS;
    }
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [name, side, iterations] = arguments else {
        return Err("expected three arguments: CASE, SIDE (onpar or plain) and ITERATIONS".into());
    };
    let case = Case::choose(core::slice::from_ref(name))?.pop().ok_or("no case is chosen")?;
    let iterations = iterations.parse().map_err(|error| format!("`{iterations}`: {error}"))?;
    match side.as_str() {
        "onpar" => (case.onpar.run)(iterations),
        "plain" => (case.plain.run)(iterations),
        other => return Err(format!("there is no side `{other}`; there are: onpar, plain")),
    }
    Ok(())
}
