//! [`Shared`]: what any thread may use of a driver.

use core::cell::Cell;

use super::node::NodePtr;
use super::pending::Pending;
use super::ready::Ready;

/// What any thread may use of a driver: atomic, locked, or set before the driver is shared.
pub(crate) struct Shared {
    ready: Ready,
    pending: Pending,
    local: bool,
    /// The driver's own node. Set once, before anybody shares it.
    node: Cell<Option<NodePtr>>,
}

impl Shared {
    pub(super) fn new(local: bool) -> Self {
        Self { ready: Ready::new(), pending: Pending::new(), local, node: Cell::default() }
    }

    /// Tells the driver its own node, before anybody shares it.
    pub(super) fn set_node(&self, node: NodePtr) {
        self.node.set(Some(node));
    }

    /// The driver's own node.
    pub(crate) fn node(&self) -> NodePtr {
        match self.node.get() {
            Some(node) => node,
            None => unreachable!("a driver is told its node when it is made"),
        }
    }

    pub(crate) fn is_local(&self) -> bool {
        self.local
    }

    pub(crate) fn ready(&self) -> &Ready {
        &self.ready
    }

    pub(crate) fn pending(&self) -> &Pending {
        &self.pending
    }
}
