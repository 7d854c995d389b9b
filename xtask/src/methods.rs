//! `cargo xtask methods`: the table of std's methods in the documentation of `onpar-iter`, written anew.
//!
//! What stands in it is read off the sources: ours, and those of `futures` and `tokio-stream` at the versions that the lock
//! file names. Whether a closure of theirs is async, and whether its future may borrow the item, the bounds say. A test sees
//! that the table which is there is the one that this writes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;
use crate::workspace::Workspace;

/// The stable methods of std's `Iterator`, in its order, as of Rust 1.95.
const STD: &str = "next size_hint count last nth step_by chain zip map for_each filter filter_map enumerate peekable \
    skip_while take_while map_while skip take scan flat_map flatten fuse inspect by_ref collect partition try_fold \
    try_for_each fold reduce all any find find_map position rposition max min max_by_key max_by min_by_key min_by rev unzip \
    copied cloned cycle sum product cmp partial_cmp eq ne lt le gt ge is_sorted is_sorted_by is_sorted_by_key";

const INTRODUCTION: &str = "\
Every method of std's `Iterator`, and where streams have it. \"sync\" closures cannot await; \"no borrowed future\" means that
the future which the closure gives cannot borrow what it is lent.";

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let path = place(workspace);
    fs::write(&path, table(workspace)?)?;
    println!("written: {}", workspace.relative(&path));
    Ok(())
}

/// Where the table stands.
fn place(workspace: &Workspace) -> PathBuf {
    workspace.root.join("onpar-iter/src/methods.md")
}

fn table(workspace: &Workspace) -> Result<String> {
    let ours = ["async_iterator.rs", "async_iterator_mut.rs", "async_iterator_with.rs"];
    let ours = ours.map(|file| fs::read_to_string(workspace.root.join("onpar-iter/src").join(file)));
    let ours = ours.into_iter().collect::<Result<String, _>>()?;
    let metadata: Value = serde_json::from_str(&process::output(process::cargo(&workspace.root).args([
        "metadata",
        "--format-version=1",
        "--locked",
    ]))?)?;
    let futures = source(&metadata, "futures-util", "src/stream/stream/mod.rs")?;
    let of_results = source(&metadata, "futures-util", "src/stream/try_stream/mod.rs")?;
    let tokio_stream = source(&metadata, "tokio-stream", "src/stream_ext.rs")?;

    let mut rows = vec![["std", "onpar", "futures 0.3", "tokio-stream 0.1"].map(String::from)];
    for name in STD.split_whitespace() {
        rows.push([
            format!("`{name}`"),
            our_forms(&ours, name),
            theirs(&futures, Some(&of_results), name),
            theirs(&tokio_stream, None, name),
        ]);
    }
    Ok(format!("{INTRODUCTION}\n\n{}", aligned(&rows)))
}

/// A file of a package that the lock file names.
fn source(metadata: &Value, package: &str, file: &str) -> Result<String> {
    let packages = metadata.get("packages").and_then(Value::as_array).context("packages")?;
    let named = packages.iter().find(|value| value.get("name").and_then(Value::as_str) == Some(package));
    let manifest = named.and_then(|value| value.get("manifest_path")?.as_str());
    let manifest = manifest.with_context(|| format!("no crate depends on {package}"))?;
    let path = Path::new(manifest).with_file_name(file);
    fs::read_to_string(&path).with_context(|| format!("{} is not there: run `cargo fetch`", path.display()))
}

/// The method, and its forms.
fn our_forms(source: &str, name: &str) -> String {
    let forms = ["", "_mut", "_with"].map(|form| format!("{name}{form}"));
    let forms = forms.iter().filter(|form| signature(source, form).is_some());
    let forms: Vec<String> = forms.map(|form| format!("`{form}`")).collect();
    match name {
        "size_hint" => "`Stream::size_hint`".into(),
        _ if forms.is_empty() => "-".into(),
        _ => forms.join(", "),
    }
}

/// What another crate has by this name.
fn theirs(source: &str, of_results: Option<&str>, name: &str) -> String {
    if name == "size_hint" {
        return "`Stream::size_hint`".into();
    }
    let Some(found) = signature(source, name) else {
        let there = of_results.is_some_and(|source| signature(source, name).is_some());
        return if there { "of `Result` items".into() } else { "-".into() };
    };
    let closure = found.split_once("FnMut(").map(|(_, bound)| bound);
    match closure {
        None => "yes".into(),
        Some(_) if name == "map" && signature(source, "then").is_some() => "sync; `then` is async".into(),
        Some(_) if !found.contains(": Future") => "sync".into(),
        Some(arguments) if arguments.starts_with('&') => "async, no borrowed future".into(),
        Some(_) => "async".into(),
    }
}

/// A method's signature, from its name to its body.
fn signature<'s>(source: &'s str, name: &str) -> Option<&'s str> {
    let from =
        [format!("\n    fn {name}("), format!("\n    fn {name}<")].iter().find_map(|start| source.find(start))?;
    let rest = source.get(from..)?;
    rest.split_once('{').map(|(signature, _)| signature)
}

/// The rows with bars between, the first as the head.
fn aligned(rows: &[[String; 4]]) -> String {
    let widths: Vec<usize> = (0..4).map(|n| rows.iter().map(|row| row[n].len()).max().unwrap_or(0)).collect();
    let line = |cells: Vec<String>, bar: &str| format!("|{bar}{}{bar}|\n", cells.join(&format!("{bar}|{bar}")));
    let padded = |row: &[String; 4]| row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
    let [head, rest @ ..] = rows else { return String::new() };
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect();
    let rest = rest.iter().map(|row| line(padded(row), " "));
    [line(padded(head), " "), line(rule, "-")].into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_in_the_documentation_is_the_one_that_the_sources_give() {
        let workspace = Workspace::load().unwrap();
        let there = fs::read_to_string(place(&workspace)).unwrap();
        assert_eq!(there, table(&workspace).unwrap(), "run `cargo xtask methods`");
    }

    #[test]
    fn what_a_closure_may_do_is_read_off_its_bounds() {
        let source = "
    fn count(self) -> usize {}
    fn map<F>(self) where F: FnMut(T) -> U {}
    fn then<F>(self) {}
    fn all<F>(self) where F: FnMut(T) -> Fut, Fut: Future {}
    fn filter<F>(self) where F: FnMut(&T) -> Fut, Fut: Future {}
    fn inspect<F>(self) where F: FnMut(&T) {}
    fn any<F>(self) -> AnyFuture<F> where F: FnMut(T) -> bool {}
";
        let cell = |name| theirs(source, Some("\n    fn try_fold(self) {}"), name);
        assert_eq!(cell("count"), "yes");
        assert_eq!(cell("map"), "sync; `then` is async");
        assert_eq!(cell("all"), "async");
        assert_eq!(cell("filter"), "async, no borrowed future");
        assert_eq!((cell("inspect"), cell("any")), ("sync".into(), "sync".into()));
        assert_eq!(cell("try_fold"), "of `Result` items");
        assert_eq!(cell("last"), "-");
    }
}
