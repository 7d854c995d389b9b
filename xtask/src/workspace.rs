//! What there is: the crates of the workspace, their features and their dependencies, from `cargo metadata`.

use alloc::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;

/// The workspace that this program stands in.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) packages: Vec<Package>,
}

/// One crate of the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The folder of its manifest.
    pub(crate) dir: PathBuf,
    /// The same from the root of the workspace, with slashes, also at the end.
    pub(crate) folder: String,
    pub(crate) published: bool,
    /// Its features, without `default`, and what each of them enables.
    pub(crate) features: BTreeMap<String, Vec<String>>,
    /// What its feature `default` enables.
    pub(crate) default: Vec<String>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
}

/// A dependency as the manifest declares it, of any kind: normal, dev or build.
#[derive(Clone, Debug)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Whether only the crate's own tests see it.
    pub(crate) dev: bool,
}

/// A library, program, test or example of a crate.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: String,
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn load() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = process::output(process::cargo(here).args(["metadata", "--no-deps", "--format-version=1"]))?;
        Self::parse(&text).context("`cargo metadata` has changed its form")
    }

    fn parse(text: &str) -> Result<Self> {
        let metadata: Value = serde_json::from_str(text)?;
        let root = PathBuf::from(text_of(&metadata, "workspace_root").context("workspace_root")?);
        let packages = list(&metadata, "packages").iter().map(|package| Package::parse(package, &root));
        let mut packages = packages.collect::<Option<Vec<_>>>().context("a package")?;
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            root,
            target: PathBuf::from(text_of(&metadata, "target_directory").context("target_directory")?),
            packages,
        })
    }

    /// A path below the root, from there, with slashes.
    pub(crate) fn relative(&self, path: &Path) -> String {
        relative(path, &self.root)
    }

    /// The crates that users see.
    pub(crate) fn published(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.published)
    }
}

impl Package {
    fn parse(value: &Value, root: &Path) -> Option<Self> {
        let dir = Path::new(text_of(value, "manifest_path")?).parent()?;
        let features = value.get("features")?;
        let enabled = |feature| list(features, feature).iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let names = features.as_object()?.keys().filter(|feature| *feature != "default");
        Some(Self {
            name: text_of(value, "name")?.to_owned(),
            version: text_of(value, "version")?.to_owned(),
            dir: dir.to_owned(),
            folder: format!("{}/", relative(dir, root)),
            published: value.get("publish").is_none_or(|list| list.as_array().is_none_or(|list| !list.is_empty())),
            features: names.map(|feature| (feature.clone(), enabled(feature))).collect(),
            default: enabled("default"),
            dependencies: list(value, "dependencies").iter().map(Dependency::parse).collect::<Option<_>>()?,
            targets: list(value, "targets").iter().map(Target::parse).collect::<Option<_>>()?,
        })
    }

    /// Whether it has a library, and so documentation and doctests.
    pub(crate) fn has_library(&self) -> bool {
        self.targets.iter().any(|target| target.kind.contains("lib") || target.kind == "proc-macro")
    }
}

impl Dependency {
    fn parse(value: &Value) -> Option<Self> {
        Some(Self {
            name: text_of(value, "name")?.to_owned(),
            dev: text_of(value, "kind").is_some_and(|kind| kind == "dev"),
        })
    }
}

impl Target {
    fn parse(value: &Value) -> Option<Self> {
        let kind = list(value, "kind").first()?.as_str()?.to_owned();
        Some(Self { name: text_of(value, "name")?.to_owned(), kind })
    }
}

/// For the tests of the rules.
#[cfg(test)]
impl Package {
    /// A published crate with these dependencies; true for those that only its own tests see.
    pub(crate) fn example(name: &str, dependencies: &[(&str, bool)]) -> Self {
        let dependencies = dependencies.iter().map(|&(name, dev)| Dependency { name: name.to_owned(), dev });
        Self {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            dir: PathBuf::from(name),
            folder: format!("{name}/"),
            published: true,
            features: BTreeMap::new(),
            default: Vec::new(),
            dependencies: dependencies.collect(),
            targets: Vec::new(),
        }
    }

    /// The same with one target more.
    pub(crate) fn with_target(mut self, kind: &str, name: &str) -> Self {
        self.targets.push(Target { name: name.to_owned(), kind: kind.to_owned() });
        self
    }

    /// The same with these features, each with one that it enables, and these on by default.
    pub(crate) fn with_features(self, default: &[&str], features: &[(&str, &str)]) -> Self {
        let features = features.iter().map(|&(feature, enables)| (feature.to_owned(), vec![enables.to_owned()]));
        Self { features: features.collect(), default: default.iter().map(|&one| one.to_owned()).collect(), ..self }
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_knows_its_own_crates() {
        let workspace = Workspace::load().unwrap();
        let named = |name| workspace.packages.iter().find(|package| package.name == name).unwrap();
        let core = named("onpar-core");
        assert!(core.published && core.has_library());
        assert!(core.features.contains_key("alloc") && core.default == ["alloc"]);
        assert!(!named("xtask").published);
    }
}
