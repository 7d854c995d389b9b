//! [`abort()`]: what a runtime does to a task.

use onpar_test::ByHand;

/// A task that is aborted: polled once, and dropped where it stands.
pub(crate) fn abort(root: impl Future<Output = ()>) {
    let mut root = ByHand::new(root);
    assert!(root.poll().is_pending());
}
