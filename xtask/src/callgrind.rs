//! `cargo xtask callgrind`: how many instructions each benchmark takes, with onpar and without.
//!
//! A clock shows what else the machine does; valgrind's callgrind counts the instructions of one program and gives nearly
//! the same figure on every run. It runs the program `instructions` of the benches once with some iterations and once with
//! none; the difference, divided, is what one iteration takes. Neither starting the program nor building a runtime counts.

use alloc::collections::BTreeMap;
use core::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// Enough that what happens only in the first iteration does not show.
const UNITS: u64 = 10_000;

/// What to count.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The cases: all, if none is named.
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Also lists the functions that take the most instructions with onpar.
    #[arg(long, value_name = "COUNT")]
    functions: Option<usize>,
    /// Names the cases and ends.
    #[arg(long)]
    list: bool,
}

/// A case, as the program names it.
#[derive(Debug, PartialEq, Eq)]
struct Case {
    name: String,
    /// How many guards or the like one iteration has.
    units: u64,
    /// What the other sides are made with.
    peers: Vec<String>,
}

impl Case {
    fn iterations(&self) -> u64 {
        (UNITS / self.units).max(1)
    }
}

/// The programs at work.
struct Counter {
    program: PathBuf,
    /// Where the profiles go.
    dir: PathBuf,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let package = workspace.packages.iter().find(|package| package.targets.iter().any(|it| it.name == "instructions"));
    let package = package.context("no crate of the workspace has a program `instructions`")?;
    if !options.list {
        ensure!(
            process::succeeds(Command::new("valgrind").arg("--version")),
            "valgrind is missing; install it: apt-get install valgrind (Debian), dnf install valgrind (Fedora)"
        );
    }
    process::run(cargo(&workspace.root).args(["build", "--quiet", "--release", "--bins", "--package", &package.name]))?;
    let counter =
        Counter { program: workspace.target.join("release/instructions"), dir: workspace.target.join("callgrind") };
    let chosen = choose(parse_list(&process::output(&mut Command::new(&counter.program))?)?, &options.cases)?;
    if options.list {
        for case in &chosen {
            println!("{}", case.name);
        }
        return Ok(());
    }

    fs::create_dir_all(&counter.dir)?;
    println!("{:<24} {:>10} {:>10} {:>10} {:>8}  beside", "instructions of one", "onpar", "peer", "more", "ratio");
    for case in &chosen {
        let onpar = counter.of_one(case, "onpar")?;
        for beside in &case.peers {
            let peer = counter.of_one(case, beside)?;
            let (more, ratio) = (onpar - peer, onpar / peer);
            println!("{:<24} {onpar:>10.1} {peer:>10.1} {more:>10.1} {ratio:>8.2}  {beside}", case.name);
        }
    }
    if let Some(most) = options.functions {
        for case in &chosen {
            println!("\n{}: instructions of one, by function, and the files that they come from:", case.name);
            for line in counter.functions(case, most)? {
                println!("{line}");
            }
        }
    }
    Ok(())
}

impl Counter {
    /// The instructions of one unit.
    #[expect(clippy::cast_precision_loss, reason = "a figure to be read by people")]
    fn of_one(&self, case: &Case, side: &str) -> Result<f64> {
        let iterations = case.iterations();
        let none = self.count(case, side, 0)?;
        let all = self.count(case, side, iterations)?;
        Ok(all.saturating_sub(none) as f64 / (iterations * case.units) as f64)
    }

    /// The instructions of a run of the program.
    fn count(&self, case: &Case, side: &str, iterations: u64) -> Result<u64> {
        let profile = self.profile(case, side, iterations);
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--quiet"]).arg(format!("--callgrind-out-file={}", profile.display()));
        command.arg(&self.program).args([&case.name, side, &iterations.to_string()]);
        process::output(&mut command)?;
        let text = fs::read_to_string(&profile).with_context(|| format!("no {}", profile.display()))?;
        parse_total(&text).with_context(|| format!("no total in {}", profile.display()))
    }

    fn profile(&self, case: &Case, side: &str, iterations: u64) -> PathBuf {
        self.dir.join(format!("{}.{side}.{iterations}", case.name))
    }

    /// The functions that take the most instructions of one unit with onpar, as lines of text.
    #[expect(clippy::cast_precision_loss, reason = "a figure to be read by people")]
    fn functions(&self, case: &Case, most: usize) -> Result<Vec<String>> {
        let iterations = case.iterations();
        let mut functions = annotated(&self.profile(case, "onpar", iterations))?;
        for (place, none) in annotated(&self.profile(case, "onpar", 0))? {
            if let Some(all) = functions.get_mut(&place) {
                *all = all.saturating_sub(none);
            }
        }
        let units = (iterations * case.units) as f64;
        let mut functions = by_function(functions);
        functions.retain(|function| function.total >= iterations * case.units);
        Ok(functions.into_iter().take(most).map(|function| function.line(units)).collect())
    }
}

/// The instructions of each function and file: a file other than the function's own has been inlined there.
fn annotated(profile: &Path) -> Result<BTreeMap<Place, u64>> {
    let mut annotate = Command::new("callgrind_annotate");
    let places = parse_places(&process::output(annotate.args(["--threshold=100", "--auto=no"]).arg(profile))?);
    ensure!(!places.is_empty(), "`callgrind_annotate` has changed its form");
    Ok(places)
}

/// A function, and the file that a part of it comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    function: String,
    file: String,
}

/// A function, with what was inlined into it.
#[derive(Debug)]
struct Function {
    name: String,
    total: u64,
    files: Vec<(String, u64)>,
}

impl Function {
    #[expect(clippy::cast_precision_loss, reason = "a figure to be read by people")]
    fn line(&self, units: f64) -> String {
        let share = |count: u64| count as f64 / units;
        let files = self.files.iter().filter(|(_, count)| share(*count) >= 0.5);
        let files: Vec<_> = files.map(|(file, count)| format!("{file} {:.0}", share(*count))).collect();
        format!("{:>8.1}  {}  ({})", share(self.total), self.name, files.join(", "))
    }
}

/// The functions with their files, those that take the most first.
fn by_function(places: BTreeMap<Place, u64>) -> Vec<Function> {
    let mut functions: Vec<Function> = Vec::new();
    for (Place { function, file }, count) in places {
        match functions.last_mut() {
            Some(last) if last.name == function => {
                last.total += count;
                last.files.push((file, count));
            }
            _ => functions.push(Function { name: function, total: count, files: vec![(file, count)] }),
        }
    }
    for function in &mut functions {
        function.files.sort_by_key(|(_, count)| Reverse(*count));
    }
    functions.sort_by_key(|function| Reverse(function.total));
    functions
}

/// The lines `1,234 (5.67%)  folder/file:function [program]`.
fn parse_places(annotated: &str) -> BTreeMap<Place, u64> {
    let mut places = BTreeMap::new();
    let lines = annotated.lines().skip_while(|line| !line.contains("file:function"));
    for line in lines {
        let Some((count, place)) =
            line.split_once(" (").and_then(|(count, rest)| Some((count, rest.split_once(")  ")?.1)))
        else {
            continue;
        };
        let (Ok(count), Some((file, function))) = (count.trim().replace(',', "").parse::<u64>(), place.split_once(':'))
        else {
            continue;
        };
        let function = function.rsplit_once(" [").map_or(function, |(function, _)| function);
        let file = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        *places.entry(Place { function: function.to_owned(), file }).or_default() += count;
    }
    places
}

fn parse_list(text: &str) -> Result<Vec<Case>> {
    let case = |line: &str| {
        let mut words = line.split(' ');
        let (name, units) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        let peers: Vec<_> = words.map(str::to_owned).collect();
        (!peers.is_empty()).then_some(Case { name, units, peers })
    };
    text.lines().map(case).collect::<Option<_>>().context("the list of cases has changed its form")
}

fn choose(mut all: Vec<Case>, names: &[String]) -> Result<Vec<Case>> {
    for name in names {
        if !all.iter().any(|case| case.name == *name) {
            let known: Vec<_> = all.iter().map(|case| case.name.as_str()).collect();
            bail!("there is no case `{name}`; there are: {}", known.join(", "));
        }
    }
    all.retain(|case| names.is_empty() || names.contains(&case.name));
    Ok(all)
}

/// The total of a profile, from its line `summary: N` or `totals: N`.
fn parse_total(profile: &str) -> Option<u64> {
    let figure =
        |line: &str| line.strip_prefix("summary:").or_else(|| line.strip_prefix("totals:"))?.trim().parse().ok();
    profile.lines().find_map(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<Case> {
        parse_list("close_fresh_scope 1 plain\ntimeout 10 tokio smol\n").unwrap()
    }

    #[test]
    fn the_list_of_the_program_is_read() {
        let timeout = Case { name: "timeout".into(), units: 10, peers: vec!["tokio".into(), "smol".into()] };
        assert_eq!(list()[1], timeout);
        assert!(parse_list("close_fresh_scope one plain\n").is_err());
    }

    #[test]
    fn an_unknown_case_is_an_error_that_names_the_known_ones() {
        let message = choose(list(), &["closed".into()]).unwrap_err().to_string();
        assert!(message.contains("`closed`") && message.contains("close_fresh_scope, timeout"), "{message}");
        assert_eq!(choose(list(), &["timeout".into()]).unwrap().len(), 1);
        assert_eq!(choose(list(), &[]).unwrap().len(), 2);
    }

    #[test]
    fn functions_are_summed_over_the_files_that_were_inlined_into_them() {
        let text = "Ir  file:function\n-----\n1,300 (60.0%)  a/src/scope.rs:a::poll [a/program]\n \
                    700 (40.0%)  core/mod.rs:a::poll [a/program]\n  40 ( 1.0%)  ???:free [libc.so.6]\n";
        let functions = by_function(parse_places(text));
        assert_eq!(functions.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["a::poll", "free"]);
        assert_eq!(functions[0].line(100.0).trim(), "20.0  a::poll  (scope.rs 13, mod.rs 7)");
    }

    #[test]
    fn the_total_is_found_under_either_name() {
        assert_eq!(parse_total("events: Ir\nsummary: 1234\nfn=(1)\n"), Some(1234));
        assert_eq!(parse_total("fn=(1)\ntotals: 99\n"), Some(99));
        assert_eq!(parse_total("events: Ir\n"), None);
    }
}
