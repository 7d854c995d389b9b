//! Runs one side of one case so many times, for a program that counts what it does: `instructions CASE SIDE ITERATIONS`.
//!
//! `cargo xtask callgrind` runs it. Without arguments it lists the cases: name, units, and the names of the sides without onpar.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

use std::process::ExitCode;

use onpar_benches::{Case, cases};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        for case in cases() {
            let peers: Vec<_> = case.peers().map(|side| side.name).collect();
            println!("{} {} {}", case.name, case.units, peers.join(" "));
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
        return Err("expected three arguments: CASE, SIDE and ITERATIONS".into());
    };
    let case = Case::choose(core::slice::from_ref(name))?.pop().ok_or("no case is chosen")?;
    let iterations = iterations.parse().map_err(|error| format!("`{iterations}`: {error}"))?;
    let Some(side) = case.sides().find(|known| known.name == *side) else {
        let known: Vec<_> = case.sides().map(|side| side.name).collect();
        return Err(format!("there is no side `{side}`; there are: {}", known.join(", ")));
    };
    (side.run)(iterations);
    Ok(())
}
