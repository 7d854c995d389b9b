//! [`Tree`]: what is alive in a scope.

use core::fmt;

use crate::engine::shared::Shared;
use crate::label::Label;
use crate::tree_node::{NodeKind, NodeState, TreeNode};
use crate::{LocalScope, Scope};

/// What was alive in a scope at one moment: what runs, where it was made, what it waits in, and for how long.
///
/// Made by [`Scope::tree`] of a scope that is [observed](crate::ScopeFuture::observed). Below the scope stand its children;
/// below a child, the scopes, timeouts and closes that it waits in; below whatever has dropped guards, their cleanups. So
/// the deepest lines say what everything else waits for.
///
/// It is a value, and a text: one line for each [node](TreeNode), indented by its depth. With the feature `serde` it is also
/// JSON ([`to_json`](Self::to_json)), and a value for any format of serde's.
///
/// # Examples
///
/// ```
/// use onpar_core::{Clock, Instant};
/// use onpar_scope::{Tree, scope};
/// # #[derive(Clone)]
/// # struct Stopped;
/// # impl Clock for Stopped {
/// #     type Sleep = std::future::Pending<()>;
/// #     fn now(&self) -> Instant { Instant::ORIGIN }
/// #     fn sleep_until(&self, _: Instant) -> Self::Sleep { std::future::pending() }
/// #     fn reset(&self, _: std::pin::Pin<&mut Self::Sleep>, _: Instant) {}
/// # }
///
/// # pollster::block_on(async {
/// let work = scope(async |s| {
///     let accept = s.spawn(std::future::pending::<()>());
///     let tree: Tree = s.tree();
///     accept.cancel().await;
///     tree
/// });
/// let tree = work.named("server").observed(Stopped).await;
/// assert_eq!(tree.nodes().len(), 2);
/// assert_eq!(tree.nodes()[1].name(), "child");
/// let text = tree.to_string(); // scope `server` at src/main.rs:4:12, 0ns
/// assert!(text.contains("\n  child at ")); // ..child at src/main.rs:5:20, 0ns
/// # });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<TreeNode>,
    observed: bool,
    children: usize,
    cleanups: usize,
}

impl Tree {
    fn of(scope: &Shared) -> Self {
        let (children, cleanups) = scope.pending().counts();
        let mut nodes = scope.observer().map_or_else(Vec::new, |observer| observer.nodes(scope.node()));
        let observed = !nodes.is_empty();
        if !observed {
            let Label { name, location } = scope.node().label.get();
            let (kind, state) = (NodeKind::Scope, NodeState::Running);
            nodes.push(TreeNode { depth: 0, kind, state, name, location, age: None });
        }
        Self { nodes, observed, children, cleanups }
    }

    /// The scope itself, and all that is alive in it, each before what stands below it.
    pub fn nodes(&self) -> &[TreeNode] {
        &self.nodes
    }

    /// Whether the scope is observed. Otherwise only the scope itself is here.
    pub fn is_observed(&self) -> bool {
        self.observed
    }

    /// How many children of the scope have not ended, observed or not.
    pub fn children(&self) -> usize {
        self.children
    }

    /// How many cleanups are pending in the scope, observed or not.
    pub fn cleanups(&self) -> usize {
        self.cleanups
    }
}

/// A line for each node, indented by its depth.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, node) in self.nodes.iter().enumerate() {
            let line_break = if number == 0 { "" } else { "\n" };
            write!(f, "{line_break}{:indent$}{node}", "", indent = 2 * node.depth)?;
        }
        if !self.observed {
            let (children, cleanups) = (self.children, self.cleanups);
            write!(f, ", children: {children}, cleanups: {cleanups}; `.observed(clock)` on the scope shows them")?;
        }
        Ok(())
    }
}

impl Scope<'_, '_> {
    /// What is alive in the scope right now, and in whatever runs in it. Any thread may ask.
    ///
    /// Of a scope that is not [observed](crate::ScopeFuture::observed), the scope itself and how much it has running.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_scope::scope;
    ///
    /// # pollster::block_on(async {
    /// let tree = scope(async |s| {
    ///     let child = s.spawn(std::future::pending::<()>());
    ///     let tree = s.tree();
    ///     child.cancel().await;
    ///     tree
    /// })
    /// .await;
    /// assert_eq!((tree.is_observed(), tree.children()), (false, 1));
    /// # });
    /// ```
    pub fn tree(&self) -> Tree {
        Tree::of(self.shared())
    }
}

impl LocalScope<'_, '_> {
    /// What is alive in the scope right now. As [`Scope::tree`].
    pub fn tree(&self) -> Tree {
        Tree::of(self.shared())
    }
}
