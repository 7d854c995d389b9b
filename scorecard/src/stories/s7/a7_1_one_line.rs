//! A7.1: in how many lines a service names its runtime.
//!
//! The service is `examples/kv`, whose tests run it on each runtime and hold that its programs differ in one line; beside it a
//! server that is written by hand for tokio, and answers the same requests as far as it goes. That the runtimes answer alike and
//! how fast, `cargo xtask redis` shows.

use std::fs;
use std::path::{Path, PathBuf};

use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const NAMES: [&str; 4] = ["tokio", "smol", "onpar::rt", "async_std"];
/// A service is no shorter.
const LEAST: u64 = 500;

pub(super) const POINT: Point = Point {
    name: "A7.1",
    what: "a service of some thousand lines names its runtime in one of them",
    cases: &[
        Case {
            what: "a service on tokio",
            executors: &[Executor::CurrentThread],
            stock: Stock::GoesWrong(|_| named(&["benches/src/bin/kv_by_hand.rs"], 0)),
            onpar: |_| named(&["examples/kv/src", "examples/kv/src/bin/tokio.rs"], LEAST),
        },
        Case {
            what: "the same on smol",
            executors: &[Executor::Smol],
            stock: Stock::Nothing("it would be written again"),
            onpar: |_| named(&["examples/kv/src", "examples/kv/src/bin/smol.rs"], LEAST),
        },
        Case {
            what: "the same on onpar's own",
            executors: &[Executor::Local],
            stock: Stock::Nothing("it would be written again"),
            onpar: |_| named(&["examples/kv/src", "examples/kv/src/bin/local.rs"], LEAST),
        },
    ],
};

/// The lines of code in these files, and in these folders without their `bin`, and those that name a runtime.
fn named(places: &[&str], least: u64) -> Measured {
    let mut measured = Measured::new("tied to its runtime");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mut lines, mut names) = (0, 0);
    for file in places.iter().flat_map(|place| files(&root.join(place))) {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for line in text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//")) {
            lines += 1;
            names += u64::from(NAMES.iter().any(|name| line.contains(name)));
        }
    }
    measured.count(names != 1 || lines < least);
    measured.with(names, "lines name it").with(lines, "lines")
}

fn files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let entries = fs::read_dir(place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
    let entries = entries.filter_map(|entry| Some(entry.ok()?.path()));
    entries.filter(|path| !path.ends_with("bin")).flat_map(|path| files(&path)).collect()
}
