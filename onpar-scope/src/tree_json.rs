//! A [`Tree`] for serde, and as JSON.
//!
//! ```text
//! {"observed":true,"children":1,"cleanups":0,"nodes":[
//!   {"depth":0,"kind":"scope","state":"running","name":"server","file":"src/main.rs","line":4,"column":12,"age_ns":5000000},
//!   {"depth":1,"kind":"child","state":"running","name":"child","file":"src/main.rs","line":5,"column":20,"age_ns":4000000}]}
//! ```
//!
//! The nodes are a list with depths, and not nested: readers of JSON refuse what is nested deeply, which scopes may be.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::{NodeKind, NodeState, Tree, TreeNode};

impl Tree {
    /// The tree as JSON: `observed`, `children`, `cleanups`, and `nodes`, a list in the order of the text, each with its `depth`,
    /// `kind`, `state`, `name`, `file`, `line`, `column` and `age_ns`, which is null if the scope is not observed.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # pollster::block_on(async {
    /// let json = scope(async |s| s.tree().to_json()).named("server").await;
    /// assert!(json.starts_with(r#"{"observed":false,"children":0,"cleanups":0,"nodes":[{"depth":0,"kind":"scope""#));
    /// # });
    /// ```
    pub fn to_json(&self) -> String {
        match serde_json::to_string(self) {
            Ok(json) => json,
            Err(error) => unreachable!("a tree holds nothing that JSON cannot hold, and a string takes all: {error}"),
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tree = serializer.serialize_struct("Tree", 4)?;
        tree.serialize_field("observed", &self.is_observed())?;
        tree.serialize_field("children", &self.children())?;
        tree.serialize_field("cleanups", &self.cleanups())?;
        tree.serialize_field("nodes", self.nodes())?;
        tree.end()
    }
}

impl Serialize for TreeNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut node = serializer.serialize_struct("TreeNode", 8)?;
        node.serialize_field("depth", &self.depth())?;
        node.serialize_field("kind", &self.kind())?;
        node.serialize_field("state", &self.state())?;
        node.serialize_field("name", self.name())?;
        node.serialize_field("file", self.location().file())?;
        node.serialize_field("line", &self.location().line())?;
        node.serialize_field("column", &self.location().column())?;
        let age = self.age().map(|age| u64::try_from(age.as_nanos()).unwrap_or(u64::MAX));
        node.serialize_field("age_ns", &age)?;
        node.end()
    }
}

impl Serialize for NodeKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for NodeState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
