//! How long each case takes on each side, with criterion, and a closing table of ratios.
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
            "{:<24} {:>12} {:>12} {:>10} {:>8}  beside",
            "case, median of one", "onpar ns", "peer ns", "more ns", "ratio"
        );
    }
    for Row { case, beside, onpar, peer } in rows.into_iter().flatten() {
        let (more, ratio) = (onpar - peer, onpar / peer);
        println!("{case:<24} {onpar:>12.1} {peer:>12.1} {more:>10.1} {ratio:>8.2}  {beside}");
    }
}

/// The medians of two sides of a case, in nanoseconds.
struct Row {
    case: &'static str,
    beside: &'static str,
    onpar: f64,
    peer: f64,
}

/// A row for each peer of the case; `None` if a side was left out.
fn measure(criterion: &mut Criterion, case: &Case) -> Option<Vec<Row>> {
    let samples = if case.units < LONG { SAMPLES } else { LONG_SAMPLES };
    let mut group = criterion.benchmark_group(case.name);
    group.sample_size(samples);
    if case.units >= LONG {
        group.sampling_mode(SamplingMode::Flat);
    }
    let mut median_of = |side: Side| {
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
    };
    let onpar = median_of(case.onpar);
    let row = |side: Side| {
        let (onpar, peer) = (onpar?, median_of(side)?);
        Some(Row { case: case.name, beside: side.name, onpar, peer })
    };
    case.peers().map(row).collect()
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
