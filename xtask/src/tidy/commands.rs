//! What documents tell the reader to run is there to be run, and README.md says how to run each program.
//!
//! * `cargo run -p NAME` says which program, if the crate has several.
//! * In `cargo xtask NAME`, and behind `-p`, `--bin`, `--example`, `--test` and `--bench` of any other `cargo` command, stands the
//!   name of something that exists. A name in capitals stands for any.
//! * README.md has a command for each program in `examples/`, each crate below it, and each example of a published crate;
//!   CONTRIBUTING.md has one for each task of `cargo xtask`.

use super::{Finding, Tree};
use crate::workspace::Package;

const README: &str = "README.md";
const CONTRIBUTING: &str = "CONTRIBUTING.md";

/// Where the programs stand that show how onpar is used.
const EXAMPLES: &str = "examples/";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let tasks = crate::task_names();
    let mut findings = Vec::new();
    for file in &tree.files {
        for (number, line) in (1..).zip(file.text.lines().map(|line| told_by(&file.path, line))) {
            for missing in commands(line).filter_map(|command| missing(command, &tree.crates, &tasks)) {
                findings.push(Finding::new(
                    &file.path,
                    number,
                    format!("there is no {missing}: name one that there is"),
                ));
            }
        }
    }
    let wanted = tree.crates.iter().flat_map(to_be_told).map(|(option, name)| (README, option, name));
    for (document, option, name) in wanted.chain(tasks.iter().map(|task| (CONTRIBUTING, "xtask", task.as_str()))) {
        let text = tree.files.iter().find(|file| file.path == document).map_or("", |file| &file.text);
        if !text.lines().flat_map(commands).any(|command| names(command).any(|named| named == (option, name))) {
            findings.push(Finding::new(document, 1, format!("say how to run this: `cargo .. {option} {name}`")));
        }
    }
    findings
}

/// What the README says how to run, of a crate.
fn to_be_told(one: &Package) -> Vec<(&str, &str)> {
    let named = |kind: &'static str, option: &'static str| {
        let targets = one.targets.iter().filter(move |target| target.kind == kind);
        targets.map(move |target| (option, target.name.as_str()))
    };
    match one.folder.strip_prefix(EXAMPLES) {
        Some("") => named("bin", "--bin").collect(),
        Some(_) => vec![("-p", one.name.as_str())],
        None if one.published => named("example", "--example").collect(),
        None => Vec::new(),
    }
}

/// What a line tells the reader: all of it in a document, and the comment in a source.
fn told_by<'a>(path: &str, line: &'a str) -> &'a str {
    let mark = match path.rsplit_once('.') {
        Some((_, "md")) => return line,
        Some((_, "rs")) => "//",
        Some((_, "toml")) => "#",
        _ => return "",
    };
    if line.trim_start().starts_with(mark) { line } else { "" }
}

/// The commands of cargo in a line, each from there on.
fn commands(line: &str) -> impl Iterator<Item = &str> {
    line.split("cargo ").skip(1)
}

/// What a command names, each with the word before it. What stands behind `--` is for the program, and behind a backtick is prose.
fn names(command: &str) -> impl Iterator<Item = (&str, &str)> {
    let command = command.split('`').next().unwrap_or_default();
    let words = command.split(" -- ").next().unwrap_or_default().split_whitespace();
    let pairs = words.clone().zip(words.skip(1)).filter(|(_, name)| name.starts_with(|c: char| c.is_ascii_lowercase()));
    pairs.map(|(option, name)| (option, name.trim_end_matches(|c: char| c.is_ascii_punctuation())))
}

/// What it names, and is not there.
fn missing(command: &str, crates: &[Package], tasks: &[String]) -> Option<String> {
    names(command).find_map(|(option, name)| {
        // Cargo asks which one, if there are several.
        let runs =
            command.starts_with("run ") && !names(command).any(|(option, _)| ["--bin", "--example"].contains(&option));
        let programs = |one: &Package| one.targets.iter().filter(|target| target.kind == "bin").count();
        let has = |kind: &str| {
            crates.iter().any(|one| one.targets.iter().any(|target| target.kind == kind && target.name == name))
        };
        let (what, there) = match option {
            "xtask" => ("task", tasks.iter().any(|task| task == name)),
            "-p" | "--package" if runs => {
                ("only program of a crate", crates.iter().any(|one| one.name == name && programs(one) == 1))
            }
            "-p" | "--package" => ("crate", crates.iter().any(|one| one.name == name)),
            "--bin" => ("program", has("bin")),
            "--example" => ("example", has("example")),
            "--test" => ("test", has("test")),
            "--bench" => ("bench", has("bench")),
            _ => return None,
        };
        (!there).then(|| format!("{what} `{name}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a workspace with a published crate that has an example, a crate of programs, and one below it.
    fn found(files: &[(&str, &str)]) -> Vec<(String, usize)> {
        let crates = vec![
            Package::example("onpar", &[]).with_target("example", "first").with_target("test", "cost"),
            Package { folder: EXAMPLES.to_owned(), ..Package::example("programs", &[]).with_target("bin", "timers") },
            Package { folder: format!("{EXAMPLES}kv/"), ..Package::example("kv", &[]).with_target("bin", "kv-local") },
        ];
        let tasks: String =
            crate::task_names().iter().fold(String::new(), |all, task| all + "cargo xtask " + task + "\n");
        let mut tree = Tree { crates, ..Tree::of(&[(CONTRIBUTING, &tasks)]) };
        tree.files.extend(Tree::of(files).files);
        check(&tree).into_iter().map(|found| (found.path, found.line)).collect()
    }

    const TOLD: &str = "cargo run --example first\ncargo run --bin timers # ten of them\ncargo test -p kv\n";

    #[test]
    fn a_readme_that_does_not_say_how_to_run_a_program_an_example_or_a_crate_below_is_found() {
        assert_eq!(found(&[(README, TOLD)]), []);
        for line in TOLD.lines() {
            assert_eq!(found(&[(README, &TOLD.replace(line, "timers"))]), [(README.to_owned(), 1)], "{line}");
        }
    }

    #[test]
    fn a_command_that_names_what_is_not_there_is_found() {
        let line =
            |line: &str| found(&[(README, &format!("{TOLD}{line}\n"))]).into_iter().map(|it| it.1).collect::<Vec<_>>();
        for gone in
            ["cargo xtask gone", "run `cargo run -p gone`.", "cargo run --bin gone -- -p kv", "cargo test --test first"]
        {
            assert_eq!(line(gone), [4], "{gone}");
        }
        for there in [
            "cargo xtask tidy",
            "`cargo test -p onpar --test cost`, -p gone",
            "cargo run -p kv -- --bin gone",
            "cargo run -p onpar --example first",
            "cargo test -p X",
        ] {
            assert_eq!(line(there), [0; 0], "{there}");
        }
    }

    #[test]
    fn a_task_that_contributors_are_not_told_of_is_found() {
        let tree = Tree::of(&[(CONTRIBUTING, "cargo xtask tidy\n")]);
        let said: Vec<_> = check(&tree).into_iter().map(|found| found.says).collect();
        assert!(said.iter().any(|says| says.contains("`cargo .. xtask ci`")), "{said:?}");
        assert!(!said.iter().any(|says| says.contains("xtask tidy")), "{said:?}");
    }

    #[test]
    fn comments_are_read_and_code_is_not() {
        let source = "//! cargo xtask gone\nconst COMMAND: &str = \"cargo xtask gone\";\n";
        assert_eq!(found(&[(README, TOLD), ("a/b.rs", source)]), [("a/b.rs".to_owned(), 1)]);
        let manifest = "# cargo xtask gone\n";
        assert_eq!(found(&[(README, TOLD), ("a/Cargo.toml", manifest)]), [("a/Cargo.toml".to_owned(), 1)]);
    }
}
