//! How long each case takes on both sides, with criterion, and a closing table of ratios.
//!
//! Criterion's own report stands above the table. The table has the median of the same samples for one unit of the case,
//! what onpar costs more, and the ratio, which is the figure that means something on another machine.
#![expect(clippy::print_stdout, reason = "a program, which is read in a terminal")]

use core::time::Duration;
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, SamplingMode};
use onpar_benches::{Case, Side, cases};

/// How often criterion measures each side: enough for a steady median, and all cases in two minutes.
const SAMPLES: usize = 50;
/// What takes this many units is measured less often, at the least that criterion allows: one run takes long as it is.
const LONG: u32 = 100_000;
const LONG_SAMPLES: usize = 10;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let rows: Vec<_> = cases().iter().filter_map(|case| measure(&mut criterion, case)).collect();
    criterion.final_summary();

    if !rows.is_empty() {
        println!(
            "{:<24} {:>12} {:>12} {:>10} {:>8}",
            "case, median of one", "onpar ns", "plain ns", "more ns", "ratio"
        );
    }
    for (name, [onpar, plain]) in rows {
        println!("{name:<24} {onpar:>12.1} {plain:>12.1} {:>10.1} {:>8.2}", onpar - plain, onpar / plain);
    }
}

/// The name of the case, and the medians of both sides in nanoseconds; `None` if it was left out.
fn measure(criterion: &mut Criterion, case: &Case) -> Option<(&'static str, [f64; 2])> {
    let samples = if case.units < LONG { SAMPLES } else { LONG_SAMPLES };
    let mut group = criterion.benchmark_group(case.name);
    group.sample_size(samples);
    if case.units >= LONG {
        group.sampling_mode(SamplingMode::Flat);
    }
    let [onpar, plain] = case.sides().map(|side| {
        let mut each = Vec::new();
        group.bench_function(BenchmarkId::from_parameter(side.name), |bencher| {
            bencher.iter_custom(|iterations| {
                let time = time(side, iterations);
                each.push(nanoseconds_of_one(time, case, iterations));
                time
            });
        });
        // Warming up comes first, and is not counted.
        let warm = each.len().saturating_sub(samples);
        median(each.split_off(warm))
    });
    group.finish();
    Some((case.name, [onpar?, plain?]))
}

#[expect(clippy::disallowed_methods, reason = "it measures how long things take")]
fn time(side: Side, iterations: u64) -> Duration {
    let start = Instant::now();
    (side.run)(iterations);
    start.elapsed()
}

#[expect(clippy::cast_precision_loss, reason = "a figure to be read by people")]
fn nanoseconds_of_one(time: Duration, case: &Case, iterations: u64) -> f64 {
    time.as_secs_f64() * 1e9 / (iterations * u64::from(case.units)) as f64
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
