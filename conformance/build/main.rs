//! Reads the public functions and the examples of all crates off their sources, for `tests/anywhere`; and writes the programs of
//! a [`chapter`] for other runtimes.
//!
//! It reads lines, and not syntax: so it sees what macros make, too. That each line stands where it is looked for is the
//! work of `cargo fmt`, which CI checks.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

mod chapter;
mod examples;
mod functions;

use core::fmt::Write as _;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use examples::Example;

/// Whose functions are called. `onpar-macros` and `onpar-traits` have none that runs: one is of the compiler, the other's
/// are called by what it writes.
const CRATES: [&str; 6] = ["onpar", "onpar-core", "onpar-iter", "onpar-rt", "onpar-scope", "onpar-test"];

/// What needs an unstable feature of the compiler, or another machine.
const NOT_HERE: [&str; 2] = ["std_async_iter", "wasm_bindgen"];

fn main() -> io::Result<()> {
    let (mut examples, mut functions) = (Vec::new(), Vec::new());
    for name in CRATES {
        let folder = Path::new("..").join(name).join("src");
        println!("cargo::rerun-if-changed={}", folder.display());
        let first = examples.len();
        let mut found = Vec::new();
        for path in files(&folder)? {
            let text = fs::read_to_string(&path)?;
            let place = path.display().to_string().trim_start_matches("../").replace('\\', "/");
            if NOT_HERE.iter().any(|part| place.contains(part)) {
                continue;
            }
            examples.extend(examples::of(&place, &text));
            found.extend(functions::of(&place, &text));
        }
        functions.extend(functions::shown(found, &examples[first..]));
    }

    let mut code = String::from("pub(crate) static FUNCTIONS: &[Function] = &[\n");
    for function in &functions {
        let functions::Function { place, owner, name, shown } = function;
        writeln!(code, "Function {{ place: {place:?}, owner: {owner:?}, name: {name:?}, shown: {shown} }},")
            .map_err(io::Error::other)?;
    }
    code.push_str("];\npub(crate) static EXAMPLES: &[Example] = &[\n");
    for (number, Example { place, panics, .. }) in examples.iter().enumerate() {
        writeln!(code, "Example {{ place: {place:?}, panics: {panics}, run: e{number}::run }},")
            .map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    for (number, example) in examples.iter().enumerate() {
        writeln!(code, "mod e{number} {{\n{}}}", example.code()).map_err(io::Error::other)?;
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let out = PathBuf::from(out);
    fs::write(out.join("anywhere.rs"), code)?;
    chapter::write(&out)
}

/// All sources below the folder, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}
