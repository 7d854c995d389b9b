//! [`CleanupNode`]: a value, then the future that cleans it up, in one place.
//!
//! The place has room for both from the beginning, since their types are known when the guard is made. So nothing can be
//! missing when it ends.
#![expect(unsafe_code, reason = "the node's own types, behind its table")]

use core::alloc::Layout;
use core::cell::{Cell, UnsafeCell};
use core::fmt;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use onpar_core::ExitReason;
use pin_project_lite::pin_project;

use super::child_node::PartOf;
use super::driver::DriverRef;
use super::node::{Kind, Link, Node, NodeRef, Table};
use crate::label::Label;
use crate::{CleanupErrorKind, ErrorWords};

/// What every cleanup has.
#[repr(C)]
pub(super) struct CleanupNode {
    pub(super) node: Node,
    /// When the guard was made, in the time of the arena.
    pub(super) key: Cell<u64>,
    /// Why it runs, once that is known.
    pub(super) reason: Cell<Option<ExitReason>>,
    /// In whose order it stands.
    pub(super) part: Cell<PartOf>,
    /// The next one there.
    pub(super) later: Cell<Link>,
}

impl CleanupNode {
    pub(super) const fn new(table: &'static Table, driver: DriverRef, label: Label, key: u64) -> Self {
        Self {
            node: Node::new(table, driver, label),
            key: Cell::new(key),
            reason: Cell::new(None),
            part: Cell::new(PartOf::Body),
            later: Cell::new(None),
        }
    }
}

pin_project! {
    /// A value with what cleans it up, then the future of that.
    #[project = WorkProjection]
    enum Work<V, M, Fut> {
        Held { held: Option<(V, M)> },
        Running { #[pin] future: Fut },
        Done,
    }
}

#[repr(C)]
struct Whole<V, M, Fut> {
    cleanup: CleanupNode,
    work: UnsafeCell<Work<V, M, Fut>>,
}

/// How a guard, which knows the type of the error, polls its cleanup.
pub(super) type Step<E> = unsafe fn(NodeRef, &mut Context<'_>) -> Poll<Result<(), E>>;

/// How a guard takes its value out.
pub(super) type TakeOut<V> = unsafe fn(NodeRef) -> Option<V>;

/// A cleanup with its types in view, as its guard has it.
pub(super) struct Typed<V, E> {
    pub(super) node: NodeRef,
    pub(super) value: NonNull<V>,
    pub(super) step: Step<E>,
    pub(super) take_out: TakeOut<V>,
}

/// Makes a cleanup in a piece of the driver's arena, or gives the value back with what it needs.
pub(super) fn make<V, M, Fut, E>(
    driver: DriverRef,
    label: Label,
    key: u64,
    value: V,
    make: M,
) -> Result<Typed<V, E>, (V, Layout)>
where
    V: 'static,
    M: FnOnce(V, ExitReason) -> Fut + 'static,
    Fut: Future<Output = Result<(), E>> + 'static,
    E: fmt::Display + 'static,
{
    let layout = Layout::new::<Whole<V, M, Fut>>();
    let Some(at) = driver.shared().heap.take(layout) else { return Err((value, layout)) };
    let at = at.cast::<Whole<V, M, Fut>>();
    let whole = Whole {
        cleanup: CleanupNode::new(Whole::<V, M, Fut>::TABLE, driver, label, key),
        work: UnsafeCell::new(Work::Held { held: Some((value, make)) }),
    };
    // SAFETY: the piece is ours, and of this layout.
    unsafe { at.write(whole) };
    // SAFETY: it points to all of the node, with its own table.
    let node = unsafe { NodeRef::new(at.cast()) };
    // SAFETY: the node is new, and nobody else knows it.
    let work = unsafe { work_of::<V, M, Fut>(node) };
    let WorkProjection::Held { held: Some((value, _)) } = work.project() else {
        unreachable!("the value has just been put there")
    };
    Ok(Typed { node, value: NonNull::from(value), step: step::<V, M, Fut, E>, take_out: take_out::<V, M, Fut> })
}

impl<V, M, Fut, E> Whole<V, M, Fut>
where
    M: FnOnce(V, ExitReason) -> Fut,
    Fut: Future<Output = Result<(), E>>,
    E: fmt::Display,
{
    const TABLE: &'static Table = &Table {
        kind: Kind::Cleanup,
        layout: Layout::new::<Self>(),
        run: run::<V, M, Fut, E>,
        clear: clear::<V, M, Fut>,
    };
}

/// # Safety
///
/// The node was [made](make) with these types, and nobody else borrows what it holds meanwhile.
unsafe fn work_of<'a, V, M, Fut>(node: NodeRef) -> Pin<&'a mut Work<V, M, Fut>> {
    let whole = node.cast::<Whole<V, M, Fut>>().as_ptr();
    // SAFETY: the node is alive, and has these types; the place is computed without a reference to the whole.
    let work = unsafe { &raw mut (*whole).work };
    // SAFETY: nobody else borrows it, as the caller promises.
    let work = unsafe { &mut *UnsafeCell::raw_get(work) };
    // SAFETY: it stays in its place until it has been dropped there.
    unsafe { Pin::new_unchecked(work) }
}

/// Polls the cleanup, and begins it first if it has not begun.
///
/// # Safety
///
/// As of [`work_of`].
unsafe fn step<V, M, Fut, E>(node: NodeRef, cx: &mut Context<'_>) -> Poll<Result<(), E>>
where
    M: FnOnce(V, ExitReason) -> Fut,
    Fut: Future<Output = Result<(), E>>,
{
    // SAFETY: as for ourselves.
    let mut work = unsafe { work_of::<V, M, Fut>(node) };
    loop {
        match work.as_mut().project() {
            WorkProjection::Running { future } => return future.poll(cx),
            WorkProjection::Held { held } => {
                // Taken before the call: should it panic, it is not called again.
                let Some((value, make)) = held.take() else { return Poll::Pending };
                let future = make(value, node.cleanup().reason.get().unwrap_or(ExitReason::Dropped));
                node.driver.shared().pin();
                work.set(Work::Running { future });
            }
            WorkProjection::Done => return Poll::Pending,
        }
    }
}

/// # Safety
///
/// As of [`work_of`].
unsafe fn run<V, M, Fut, E>(node: NodeRef, cx: &mut Context<'_>) -> Poll<Result<(), CleanupErrorKind>>
where
    M: FnOnce(V, ExitReason) -> Fut,
    Fut: Future<Output = Result<(), E>>,
    E: fmt::Display,
{
    // SAFETY: as for ourselves.
    let polled = unsafe { step::<V, M, Fut, E>(node, cx) };
    polled.map_err(|error| CleanupErrorKind::FailedInArena(ErrorWords::of(&error)))
}

/// # Safety
///
/// As of [`work_of`].
unsafe fn clear<V, M, Fut>(node: NodeRef) {
    // SAFETY: as for ourselves.
    let mut work = unsafe { work_of::<V, M, Fut>(node) };
    if let WorkProjection::Running { .. } = work.as_mut().project() {
        node.driver.shared().unpin();
    }
    work.set(Work::Done);
}

/// # Safety
///
/// As of [`work_of`].
unsafe fn take_out<V, M, Fut>(node: NodeRef) -> Option<V> {
    // SAFETY: as for ourselves.
    let mut work = unsafe { work_of::<V, M, Fut>(node) };
    let WorkProjection::Held { held } = work.as_mut().project() else { return None };
    held.take().map(|(value, _)| value)
}
