//! `cargo xtask ci`: every check, in order, each with its name and time; the first failure ends it.
//!
//! The steps stand in [`steps::ALL`], the quick ones first. A step that cannot run on this machine is skipped *and says
//! so*, in its place and in the closing table, so that a green run never claims more than it did.

mod steps;

use core::time::Duration;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Runs only the steps of these names.
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Leaves the steps of these names out.
    #[arg(long, value_name = "STEP", conflicts_with = "only")]
    skip: Vec<String>,
    /// Names the steps and ends.
    #[arg(long)]
    list: bool,
}

/// One check.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Workspace) -> Result<Outcome>,
}

/// How a step ended that did not fail.
enum Outcome {
    Passed,
    /// It could not run here: why.
    Skipped(String),
}

/// A line of the closing table.
struct Row {
    name: &'static str,
    time: Duration,
    verdict: String,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let chosen = choose(options)?;
    if options.list {
        for step in chosen {
            println!("{:<12} {}", step.name, step.what);
        }
        return Ok(());
    }

    let mut rows = Vec::new();
    for step in chosen {
        println!("\n== {}: {}", step.name, step.what);
        let start = now();
        let result = (step.run)(workspace);
        let time = start.elapsed();
        let verdict = match &result {
            Ok(Outcome::Passed) => "passed".to_owned(),
            Ok(Outcome::Skipped(why)) => format!("SKIPPED: {why}"),
            Err(_) => "FAILED".to_owned(),
        };
        println!("== {}: {verdict} ({:.1} s)", step.name, time.as_secs_f64());
        rows.push(Row { name: step.name, time, verdict });
        if let Err(error) = result {
            print!("{}", table(&rows));
            return Err(error.context(format!("step `{0}` failed; again alone: cargo xtask ci --only {0}", step.name)));
        }
    }
    print!("{}", table(&rows));
    Ok(())
}

fn choose(options: &Options) -> Result<Vec<&'static Step>> {
    for name in options.only.iter().chain(&options.skip) {
        if !steps::ALL.iter().any(|step| step.name == name) {
            let names: Vec<_> = steps::ALL.iter().map(|step| step.name).collect();
            bail!("there is no step `{name}`; there are: {}", names.join(", "));
        }
    }
    let wanted = |step: &&Step| {
        let named = |list: &[String]| list.iter().any(|name| name == step.name);
        if options.only.is_empty() { !named(&options.skip) } else { named(&options.only) }
    };
    Ok(steps::ALL.iter().filter(wanted).collect())
}

fn table(rows: &[Row]) -> String {
    let mut lines = vec![format!("\n{:<12} {:>8}  {}", "step", "seconds", "verdict")];
    for row in rows {
        lines.push(format!("{:<12} {:>8.1}  {}", row.name, row.time.as_secs_f64(), row.verdict));
    }
    let total: Duration = rows.iter().map(|row| row.time).sum();
    lines.push(format!("{:<12} {:>8.1}\n", "total", total.as_secs_f64()));
    lines.join("\n")
}

#[expect(clippy::disallowed_methods, reason = "it measures how long other programs take")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_step_is_an_error_that_names_the_known_ones() {
        let options = Options { only: vec!["tests".into(), "teests".into()], skip: Vec::new(), list: false };
        let message = choose(&options).err().unwrap().to_string();
        assert!(message.contains("`teests`") && message.contains("tests, "), "{message}");
    }

    #[test]
    fn steps_are_chosen_by_only_and_by_skip() {
        let all = steps::ALL.len();
        let chosen = |only: &[&str], skip: &[&str]| {
            let own = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            choose(&Options { only: own(only), skip: own(skip), list: false }).unwrap().len()
        };
        assert_eq!((chosen(&[], &[]), chosen(&["tidy"], &[]), chosen(&[], &["tidy"])), (all, 1, all - 1));
    }

    #[test]
    fn the_table_shows_each_step_and_the_sum() {
        let row = |name, seconds| Row { name, time: Duration::from_secs(seconds), verdict: "passed".into() };
        let text = table(&[row("format", 2), row("tidy", 3)]);
        assert!(text.contains("tidy              3.0  passed"), "{text}");
        assert!(text.contains("total             5.0"), "{text}");
    }
}
