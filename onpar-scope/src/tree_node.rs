//! [`TreeNode`]: one line of a [`Tree`](crate::Tree).

use core::fmt;
use core::panic::Location;
use core::time::Duration;

/// Something that is alive in a scope: one line of its [`Tree`](crate::Tree).
///
/// # Examples
///
/// ```
/// use onpar_scope::{NodeKind, NodeState, Tree};
///
/// /// What keeps the scope from ending, although its owner has ended.
/// fn cleanups(tree: &Tree) -> Vec<&str> {
///     let cleanups = tree.nodes().iter().filter(|node| node.kind() == NodeKind::Cleanup);
///     cleanups.filter(|node| node.state() == NodeState::Running).map(|node| node.name()).collect()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    pub(crate) depth: usize,
    pub(crate) kind: NodeKind,
    pub(crate) state: NodeState,
    pub(crate) name: &'static str,
    pub(crate) location: &'static Location<'static>,
    pub(crate) age: Option<Duration>,
}

impl TreeNode {
    /// How deep it stands in the tree: the scope itself at 0, what runs in that at 1, and so on.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// What it is.
    pub fn kind(&self) -> NodeKind {
        self.kind
    }

    /// How far it has come.
    pub fn state(&self) -> NodeState {
        self.state
    }

    /// What it was named, or what it is called otherwise: `scope`, `timeout`, `child`, the type of a guard's value.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where it was made, by the call of `scope`, `spawn`, `guard` and so on.
    pub fn location(&self) -> &'static Location<'static> {
        self.location
    }

    /// How long it has been there: since the first poll of a scope, the spawning of a child, the drop of a guard. `None` if
    /// the scope is not observed.
    pub fn age(&self) -> Option<Duration> {
        self.age
    }
}

/// In one line, without its depth.
impl fmt::Display for TreeNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if self.name != self.kind.as_str() {
            write!(f, " `{}`", self.name)?;
        }
        write!(f, " at {}", self.location)?;
        if let Some(age) = self.age {
            write!(f, ", {age:?}")?;
        }
        match self.state {
            NodeState::Running => Ok(()),
            state => write!(f, ", {state}"),
        }
    }
}

/// What a [`TreeNode`] is.
///
/// # Examples
///
/// ```
/// assert_eq!(onpar_scope::NodeKind::Cleanup.as_str(), "cleanup");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeKind {
    /// A scope, or what is made of one: a timeout, a task of a runtime.
    Scope,
    /// A child of a scope.
    Child,
    /// The cleanup of a guard that was dropped.
    Cleanup,
    /// A guard's `close().await`.
    ExplicitClose,
}

impl NodeKind {
    /// In a word, as the text and the JSON of a tree have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Child => "child",
            Self::Cleanup => "cleanup",
            Self::ExplicitClose => "close",
        }
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a [`TreeNode`] has come.
///
/// # Examples
///
/// ```
/// assert_eq!(onpar_scope::NodeState::Closing.as_str(), "closing");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeState {
    /// It runs.
    Running,
    /// It has ended or been cancelled, and waits for what stands below it.
    Closing,
    /// A cleanup that has not begun: it waits for those of guards that were made after its own.
    Waiting,
}

impl NodeState {
    /// In a word, as the text and the JSON of a tree have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Closing => "closing",
            Self::Waiting => "waiting",
        }
    }
}

impl fmt::Display for NodeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
