//! [`ChildNode`]: a future, then its output, in one place.
#![expect(unsafe_code, reason = "the node's own types, behind its table")]

use core::alloc::Layout;
use core::cell::{Cell, UnsafeCell};
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};

use pin_project_lite::pin_project;

use super::driver::DriverRef;
use super::node::{Kind, Node, NodeRef, Stage, Table};
use super::order::Part;
use crate::CleanupErrorKind;
use crate::label::Label;

/// Which part of a scope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PartOf {
    Body,
    /// A child, which is alive.
    Child(NodeRef),
}

/// What every child has.
#[repr(C)]
pub(super) struct ChildNode {
    node: Node,
    /// When it was spawned, in the time of the arena.
    pub(super) spawned: u64,
    pub(super) part: Part,
    /// Whoever awaits it.
    pub(super) waker: Cell<Option<Waker>>,
    /// Whether that is the body of its scope.
    pub(super) awaited_by_body: Cell<bool>,
    /// Whether its handle is alive, which frees it then.
    pub(super) has_handle: Cell<bool>,
    /// Whether its handle wants it to be cancelled.
    pub(super) is_unwanted: Cell<bool>,
    /// Whether it and its cleanups have ended.
    pub(super) is_done: Cell<bool>,
}

pin_project! {
    /// A future, then its output.
    #[project = WorkProjection]
    enum Work<Fut: Future> {
        Running { #[pin] future: Fut },
        Ended { output: Option<Fut::Output> },
    }
}

#[repr(C)]
struct Whole<Fut: Future> {
    child: ChildNode,
    work: UnsafeCell<Work<Fut>>,
}

/// How a handle takes the output.
pub(super) type TakeOutput<R> = unsafe fn(NodeRef) -> Option<R>;

/// Makes a child in a piece of the driver's arena, or gives the future back with what it needs.
///
/// # Safety
///
/// The driver drops it before anything ends that the future borrows, or never touches it again.
pub(super) unsafe fn make<Fut: Future>(
    driver: DriverRef,
    label: Label,
    future: Fut,
) -> Result<(NodeRef, TakeOutput<Fut::Output>), (Fut, Layout)> {
    let layout = Layout::new::<Whole<Fut>>();
    let Some(at) = driver.shared().heap.take(layout) else { return Err((future, layout)) };
    let at = at.cast::<Whole<Fut>>();
    let whole = Whole {
        child: ChildNode {
            node: Node::new(Whole::<Fut>::TABLE, driver, label),
            spawned: driver.shared().tick(),
            part: Part::new(),
            waker: Cell::new(None),
            awaited_by_body: Cell::new(false),
            has_handle: Cell::new(true),
            is_unwanted: Cell::new(false),
            is_done: Cell::new(false),
        },
        work: UnsafeCell::new(Work::Running { future }),
    };
    // SAFETY: the piece is ours, and of this layout.
    unsafe { at.write(whole) };
    // SAFETY: it points to all of the node, with its own table.
    Ok((unsafe { NodeRef::new(at.cast()) }, take_output::<Fut>))
}

impl<Fut: Future> Whole<Fut> {
    const TABLE: &'static Table =
        &Table { kind: Kind::Child, layout: Layout::new::<Self>(), run: run::<Fut>, clear: clear::<Fut> };
}

/// # Safety
///
/// The node was [made](make) with this type, and nobody else borrows what it holds meanwhile.
unsafe fn work_of<'a, Fut: Future>(node: NodeRef) -> Pin<&'a mut Work<Fut>> {
    let whole = node.cast::<Whole<Fut>>().as_ptr();
    // SAFETY: the node is alive, and has this type; the place is computed without a reference to the whole.
    let work = unsafe { &raw mut (*whole).work };
    // SAFETY: nobody else borrows it, as the caller promises.
    let work = unsafe { &mut *UnsafeCell::raw_get(work) };
    // SAFETY: it stays in its place until it has been dropped there.
    unsafe { Pin::new_unchecked(work) }
}

/// # Safety
///
/// As of [`work_of`].
unsafe fn run<Fut: Future>(node: NodeRef, cx: &mut Context<'_>) -> Poll<Result<(), CleanupErrorKind>> {
    // SAFETY: as for ourselves.
    let mut work = unsafe { work_of::<Fut>(node) };
    let WorkProjection::Running { future } = work.as_mut().project() else { return Poll::Pending };
    let shared = node.driver.shared();
    if node.stage.replace(Stage::Begun) != Stage::Begun {
        shared.pin();
    }
    let output = ready!(future.poll(cx));
    shared.unpin();
    work.set(Work::Ended { output: Some(output) });
    Poll::Ready(Ok(()))
}

/// # Safety
///
/// As of [`work_of`].
unsafe fn clear<Fut: Future>(node: NodeRef) {
    // SAFETY: as for ourselves.
    let mut work = unsafe { work_of::<Fut>(node) };
    if let WorkProjection::Running { .. } = work.as_mut().project()
        && node.stage.get() == Stage::Begun
    {
        node.driver.shared().unpin();
    }
    work.set(Work::Ended { output: None });
}

/// # Safety
///
/// As of [`work_of`].
unsafe fn take_output<Fut: Future>(node: NodeRef) -> Option<Fut::Output> {
    // SAFETY: as for ourselves.
    let work = unsafe { work_of::<Fut>(node) };
    let WorkProjection::Ended { output } = work.project() else { return None };
    output.take()
}
