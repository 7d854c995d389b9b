//! The steps of CI. What they apply to comes from the workspace, so that a new crate is checked without a word here.
//!
//! Builds are shared where the compiler allows it: every step with the same `RUSTFLAGS` uses the same target folder, and
//! each step that needs others (loom, the sanitizer) has a folder of its own, or it would throw away everybody's work.

use alloc::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::{Outcome, Step};
use crate::process::{self, cargo, cargo_of};
use crate::workspace::{Package, Workspace};
use crate::{dependencies, no_std, qemu, tidy, wasm, window};

/// All of them, in the order in which they run: what fails often and fast comes first.
pub(super) const ALL: &[Step] = &[
    Step { name: "format", what: "cargo fmt --check", run: format },
    Step { name: "tidy", what: "the rules of the house", run: tidy },
    Step { name: "dependencies", what: "the default build of `onpar` has few foreign ones", run: dependencies },
    Step {
        name: "clippy",
        what: "every published crate alone, default and all features; the others together: all targets, no warnings",
        run: clippy,
    },
    Step { name: "features", what: "every combination of features of each published crate", run: features },
    Step { name: "tests", what: "unit and integration tests, all features", run: tests },
    Step { name: "doctests", what: "the examples in the documentation", run: doctests },
    Step { name: "docs", what: "the documentation builds without a warning", run: docs },
    Step {
        name: "no-std",
        what: "the no_std crates link without std, and a program for a microcontroller without a heap",
        run: no_std,
    },
    Step { name: "loom", what: "the concurrent parts, model-checked", run: loom },
    Step {
        name: "address",
        what: "the crates that have unsafe code, under AddressSanitizer and LeakSanitizer",
        run: address,
    },
    Step { name: "thread", what: "what many threads do to one scope at once, under ThreadSanitizer", run: thread },
    Step { name: "nightly", what: "what there is with an unstable feature of the compiler alone", run: nightly },
];

fn format(workspace: &Workspace) -> Result<Outcome> {
    process::run(cargo(&workspace.root).args(["fmt", "--all", "--check"]))?;
    let outside = [no_std::dir(workspace), qemu::dir(workspace), wasm::dir(workspace), window::dir(workspace)];
    for outside in outside {
        process::run(cargo(&outside).args(["fmt", "--check"]))?;
    }
    Ok(Outcome::Passed)
}

fn tidy(workspace: &Workspace) -> Result<Outcome> {
    tidy::run(workspace)?;
    Ok(Outcome::Passed)
}

fn dependencies(workspace: &Workspace) -> Result<Outcome> {
    dependencies::run(workspace)?;
    Ok(Outcome::Passed)
}

/// Each published crate alone: together, cargo gives each crate the features that any other one asks for, which hides what is
/// missing from its own manifest. The others are nobody's dependency: they go together, with all features.
fn clippy(workspace: &Workspace) -> Result<Outcome> {
    let (published, others): (Vec<_>, Vec<_>) = workspace.packages.iter().partition(|package| package.published);
    for package in published {
        lint(workspace, &[package], &[])?;
        if !package.features.is_empty() {
            lint(workspace, &[package], &["--all-features"])?;
        }
    }
    lint(workspace, &others, &["--all-features"])?;
    Ok(Outcome::Passed)
}

fn lint(workspace: &Workspace, packages: &[&Package], features: &[&str]) -> Result<()> {
    process::run(
        cargo(&workspace.root)
            .args(["clippy", "--quiet", "--all-targets"])
            .args(packages.iter().map(|package| format!("--package={}", package.name)))
            .args(features)
            .args(["--", "-D", "warnings"]),
    )
}

/// Clippy and not `check`: it denies warnings in the crate at hand without building the dependencies anew.
fn features(workspace: &Workspace) -> Result<Outcome> {
    for package in workspace.published() {
        let features: Vec<_> = package.features.keys().map(String::as_str).collect();
        for set in combinations(&features) {
            process::run(
                cargo(&workspace.root)
                    .args(["clippy", "--quiet", "--package", &package.name, "--no-default-features"])
                    .args(["--features", &set.join(",")])
                    .args(["--", "-D", "warnings"]),
            )?;
        }
    }
    Ok(Outcome::Passed)
}

/// Every subset of up to five features. Of more, whose subsets would take hours: none, each alone, all, and all but each one:
/// what some need of another, and do not ask for, is missing there.
fn combinations<'a>(features: &[&'a str]) -> Vec<Vec<&'a str>> {
    let subset = |mask: u64| {
        features.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, &feature)| feature).collect()
    };
    let all = (1_u64 << features.len()) - 1;
    let few = |mask: &u64| features.len() <= 5 || mask.count_ones() <= 1 || (all & !mask).count_ones() <= 1;
    (0..=all).filter(few).map(subset).collect()
}

fn tests(workspace: &Workspace) -> Result<Outcome> {
    if process::succeeds(cargo(&workspace.root).args(["nextest", "--version"])) {
        process::run(cargo(&workspace.root).args(["nextest", "run", "--workspace", "--all-features"]))?;
    } else {
        process::run(cargo(&workspace.root).args([
            "test",
            "--workspace",
            "--all-features",
            "--lib",
            "--bins",
            "--tests",
        ]))?;
    }
    Ok(Outcome::Passed)
}

fn doctests(workspace: &Workspace) -> Result<Outcome> {
    process::run(cargo(&workspace.root).args(["test", "--workspace", "--all-features", "--doc"]))?;
    Ok(Outcome::Passed)
}

fn docs(workspace: &Workspace) -> Result<Outcome> {
    let packages = workspace.published().filter(|package| package.has_library());
    process::run(
        cargo(&workspace.root)
            .env("RUSTDOCFLAGS", "-D warnings")
            .args(["doc", "--quiet", "--no-deps", "--all-features"])
            .args(packages.map(|package| format!("--package={}", package.name))),
    )?;
    Ok(Outcome::Passed)
}

fn no_std(workspace: &Workspace) -> Result<Outcome> {
    no_std::run(workspace)?;
    Ok(Outcome::Passed)
}

/// Model-checked are the crates that depend on `loom`: their unit tests with `loom` in the name.
fn loom(workspace: &Workspace) -> Result<Outcome> {
    let models = |package: &&Package| package.dependencies.iter().any(|dependency| dependency.name == "loom");
    let packages: Vec<_> = workspace.packages.iter().filter(models).collect();
    if packages.is_empty() {
        return Ok(Outcome::Skipped("no crate depends on loom".into()));
    }
    for package in packages {
        let command = || {
            let mut command = cargo(&workspace.root);
            command.env("RUSTFLAGS", "--cfg loom").env("CARGO_TARGET_DIR", workspace.target.join("loom")).args([
                "test",
                "--package",
                &package.name,
                "--release",
                "--lib",
                "loom",
            ]);
            command
        };
        let found = process::output(command().args(["--quiet", "--", "--list"]))?;
        ensure!(
            found.contains(": test"),
            "`{}` depends on loom, but has no test with `loom` in its name",
            package.name
        );
        process::run(&mut command())?;
    }
    Ok(Outcome::Passed)
}

/// Unsafe code may stand where the crate's root does not forbid it. The family-wide tests come along: they drive that
/// code through the public API.
///
/// Memory that nobody freed fails a test too, unless `leaks.supp` names the function that leaks it on purpose. It goes by
/// names, so something has to turn addresses into names.
fn address(workspace: &Workspace) -> Result<Outcome> {
    let nightly = || cargo_of("nightly", &workspace.root);
    let Some(host) = host_of_nightly(workspace)? else { return Ok(no_nightly()) };
    if !["llvm-symbolizer", "addr2line"].iter().any(|name| process::succeeds(Command::new(name).arg("--version"))) {
        return Ok(Outcome::Skipped(
            "neither llvm-symbolizer nor addr2line is installed (apt-get install binutils)".into(),
        ));
    }
    let mut packages = Vec::new();
    for package in workspace.published() {
        let root = package.dir.join("src/lib.rs");
        let text = fs::read_to_string(&root).with_context(|| format!("no {}", root.display()))?;
        if !text.contains("#![forbid(unsafe_code)]") {
            packages.push(package);
        }
    }
    if packages.is_empty() {
        return Ok(Outcome::Skipped("every crate forbids unsafe code".into()));
    }
    packages.extend(workspace.packages.iter().filter(|package| package.dir == workspace.root.join("tests")));

    let meant = workspace.root.join("xtask/leaks.supp");
    ensure!(meant.exists(), "no {}: it names what leaks on purpose", meant.display());
    process::run(
        nightly()
            .env("RUSTFLAGS", "-Zsanitizer=address --cfg onpar_fresh_memory")
            .env("ASAN_OPTIONS", "detect_leaks=1:allow_addr2line=1")
            .env("LSAN_OPTIONS", format!("print_suppressions=0:suppressions='{}'", meant.display()))
            .env("PROPTEST_CASES", "30") // which memory is touched hangs little on values
            .env("CARGO_TARGET_DIR", workspace.target.join("address"))
            // A target makes cargo keep the flags from build scripts and macros, which cannot load under the sanitizer.
            .args(["test", "--target", &host, "--lib", "--bins"])
            .args(["--features", "onpar-rt/embassy-0-10"]) // it brings a room of unsafe code, and its own tests
            .args(runtime_tests(&packages).map(|name| format!("--test={name}")))
            .args(packages.iter().map(|package| format!("--package={}", package.name))),
    )?;
    Ok(Outcome::Passed)
}

/// The tests of `races.rs`, which take no lock: std is not built with the sanitizer, so of its locks it sees one half, and
/// would call a race what they order. What else it gets wrong for that reason is named in `races.supp`.
fn thread(workspace: &Workspace) -> Result<Outcome> {
    let Some(host) = host_of_nightly(workspace)? else { return Ok(no_nightly()) };
    let wrong = workspace.root.join("xtask/races.supp");
    ensure!(wrong.exists(), "no {}: it names what is no race", wrong.display());
    process::run(
        cargo_of("nightly", &workspace.root)
            .env("RUSTFLAGS", "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer")
            .env("TSAN_OPTIONS", format!("suppressions='{}'", wrong.display()))
            .env("CARGO_TARGET_DIR", workspace.target.join("thread"))
            .args(["test", "--target", &host, "--package", "onpar-tests", "--test", "threads"])
            // One at a time: each has threads of its own.
            .args(["races", "--", "--test-threads=1"]),
    )?;
    Ok(Outcome::Passed)
}

/// The bridge to std's unstable `AsyncIterator`: its tests, and the examples in its documentation.
fn nightly(workspace: &Workspace) -> Result<Outcome> {
    if host_of_nightly(workspace)?.is_none() {
        return Ok(no_nightly());
    }
    for test in ["--test", "--doc"] {
        process::run(
            cargo_of("nightly", &workspace.root)
                .env("RUSTFLAGS", "--cfg onpar_nightly")
                .env("RUSTDOCFLAGS", "--cfg onpar_nightly")
                .env("CARGO_TARGET_DIR", workspace.target.join("nightly"))
                .args(["test", "--quiet", "--package", "onpar-iter", test, "std_async_iter"]),
        )?;
    }
    Ok(Outcome::Passed)
}

/// What nightly compiles for, if it is installed.
fn host_of_nightly(workspace: &Workspace) -> Result<Option<String>> {
    let nightly = || cargo_of("nightly", &workspace.root);
    if !process::succeeds(nightly().arg("--version")) {
        return Ok(None);
    }
    let version = process::output(nightly().args(["version", "--verbose"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("cargo names no host")?;
    Ok(Some(host.to_owned()))
}

fn no_nightly() -> Outcome {
    Outcome::Skipped("no nightly toolchain is installed (rustup toolchain install nightly)".into())
}

/// The integration tests of these crates, but those that are about what compiles: `ui` compares what the compiler says, and
/// nightly says it in other words; `shapes` builds programs of its own, without a sanitizer; and of the two about what is
/// `Send`, others run the same code.
fn runtime_tests<'a>(packages: &[&'a Package]) -> impl Iterator<Item = &'a str> {
    let targets = packages.iter().flat_map(|package| &package.targets).filter(|target| target.kind == "test");
    let about_types = ["iter_send", "send_matrix", "shapes", "ui"];
    let names = targets.map(|target| target.name.as_str()).filter(move |name| !about_types.contains(name));
    names.collect::<BTreeSet<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_features_are_combined_in_every_way() {
        assert_eq!(combinations(&[]), [Vec::<&str>::new()]);
        assert_eq!(combinations(&["a", "b"]), [vec![], vec!["a"], vec!["b"], vec!["a", "b"]]);
        assert_eq!(combinations(&["a", "b", "c", "d", "e"]).len(), 32);
    }

    #[test]
    fn of_many_features_each_is_there_alone_and_missing_alone() {
        let features = ["a", "b", "c", "d", "e", "f"];
        let sets = combinations(&features);
        assert_eq!(sets.len(), 1 + 6 + 6 + 1);
        assert!(sets.contains(&vec!["c"]) && sets.contains(&vec!["a", "b", "d", "e", "f"]));
        assert_eq!(sets.last().map(Vec::len), Some(6));
    }
}
