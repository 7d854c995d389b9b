//! Counts what each case allocates, for one unit, on each side: `allocations [CASE]..`.
//!
//! What a case allocates once, such as the scope around a loop, is taken off by a run without iterations.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program is read in a terminal")]

use std::process::ExitCode;

use onpar_benches::{Case, Side};
use onpar_test::{CountingAllocator, allocations};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let cases = match Case::choose(&names) {
        Ok(cases) => cases,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("{:<24} {:<20} {:>12} {:>12}", "case", "with", "allocations", "bytes");
    for case in cases {
        for side in case.sides() {
            let (count, bytes) = per_unit(&case, side);
            println!("{:<24} {:<20} {count:>12.3} {bytes:>12.1}", case.name, side.name);
        }
    }
    ExitCode::SUCCESS
}

/// Allocations and bytes.
#[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
fn per_unit(case: &Case, side: Side) -> (f64, f64) {
    // Enough that what happens once does not show in three digits.
    let iterations = (10_000 / u64::from(case.units)).max(1);
    let ((), once) = allocations(|| (side.run)(0));
    let ((), all) = allocations(|| (side.run)(iterations));
    let units = (iterations * u64::from(case.units)) as f64;
    (all.count.saturating_sub(once.count) as f64 / units, all.bytes.saturating_sub(once.bytes) as f64 / units)
}
