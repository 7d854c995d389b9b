//! [`Tree`]: the text files of the workspace, as the rules see them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::workspace::{Package, Workspace};

/// Folders that hold nothing of ours.
const FOREIGN: &[&str] = &["target", ".git", "mutants.out"];

/// What the files that people write here end in, apart from those that end in nothing. A log that somebody keeps in the
/// folder is not ours to judge.
const WRITTEN: &[&str] = &["rs", "toml", "md", "stderr", "stdout", "snap", "sh", "yml", "json", "svg"];

/// The text files of the workspace, and its crates.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    pub(super) crates: Vec<Package>,
}

/// A text file.
#[derive(Debug)]
pub(super) struct File {
    /// From the root of the workspace, with slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl Tree {
    /// Reads everything below the root that people wrote.
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        let mut files = Vec::new();
        collect(workspace, &workspace.root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files, crates: workspace.packages.clone() })
    }

    /// All Rust files.
    pub(super) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// The crates that users see, each with its library's files and their syntax.
    pub(super) fn published(&self) -> impl Iterator<Item = (&Package, Vec<(&File, syn::File)>)> {
        self.crates.iter().filter(|one| one.published).map(|one| {
            let source = format!("{}src/", one.folder);
            let files = self.rust().filter(move |file| file.path.starts_with(&source));
            (one, files.filter_map(|file| Some((file, syn::parse_file(&file.text).ok()?))).collect())
        })
    }
}

impl File {
    pub(super) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "rs")
    }

    /// The lines of the `//!` header.
    pub(super) fn header(&self) -> impl Iterator<Item = &str> {
        self.text.lines().take_while(|line| line.starts_with("//!"))
    }
}

fn collect(workspace: &Workspace, dir: &Path, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !entry.file_name().to_str().is_some_and(|name| FOREIGN.contains(&name)) {
                collect(workspace, &path, files)?;
            }
        } else if is_written(&path)
            && let Ok(text) = fs::read_to_string(&path)
        {
            files.push(File { path: workspace.relative(&path), text });
        }
    }
    Ok(())
}

fn is_written(path: &Path) -> bool {
    path.extension().is_none_or(|extension| WRITTEN.iter().any(|it| extension == *it))
}

/// Trees for the tests of the rules.
#[cfg(test)]
impl Tree {
    /// These files, and one published crate for each folder that has a `src`.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files: Vec<_> =
            files.iter().map(|&(path, text)| File { path: path.to_owned(), text: text.to_owned() }).collect();
        let mut names: Vec<_> = files.iter().filter_map(|file| file.path.split_once("/src/")).map(|it| it.0).collect();
        names.dedup();
        let crates = names.into_iter().map(|name| Package::example(name, &[])).collect();
        Self { files, crates }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_read_and_logs_are_not() {
        let read = |path: &str| is_written(Path::new(path));
        assert!(read("a/src/lib.rs") && read(".ci/run") && read("README.md") && read(".gitignore"));
        assert!(!read("ci.log") && !read("bank.db"));
    }
}
