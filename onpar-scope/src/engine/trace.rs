//! [`Trace`]: the span of a node, for the crate `tracing`.
//!
//! A scope's body, a child and a cleanup each have a span, which is entered whenever they are polled or dropped, and ends
//! with them. A child's stands below the span in which it was spawned, a scope's below that in which it was first polled, and
//! a cleanup's below that of the part which dropped the guard.
//!
//! Without the feature there is nothing here but empty functions and a type without a size.

use core::cell::Cell;
#[cfg(not(feature = "tracing"))]
use core::marker::PhantomData;
#[cfg(feature = "tracing")]
use core::mem::ManuallyDrop;

#[cfg(feature = "tracing")]
use tracing::span::{EnteredSpan, Span};

use crate::NodeKind;
use crate::label::Label;

/// The span of a node, which is not here while it is entered.
#[derive(Default)]
pub(super) struct Trace {
    /// Taken out when the node ends: whoever frees it drops nothing.
    #[cfg(feature = "tracing")]
    span: ManuallyDrop<Cell<Option<Span>>>,
}

/// Leaves the span when it is dropped.
pub(super) struct Entered<'a> {
    #[cfg(feature = "tracing")]
    trace: &'a Trace,
    #[cfg(feature = "tracing")]
    span: Option<EnteredSpan>,
    #[cfg(not(feature = "tracing"))]
    _trace: PhantomData<&'a Trace>,
}

#[cfg(feature = "tracing")]
impl Trace {
    /// Begins the span, below the one that is entered here, unless it has begun.
    pub(super) fn begin(&self, kind: NodeKind, label: &Cell<Label>) {
        let begun = self.span.take();
        self.span.set(Some(begun.unwrap_or_else(|| new(kind, label.get()))));
    }

    /// Begins the span, below that of another node.
    pub(super) fn begin_below(&self, other: &Self, kind: NodeKind, label: &Cell<Label>) {
        let _entered = other.enter();
        self.begin(kind, label);
    }

    pub(super) fn enter(&self) -> Entered<'_> {
        Entered { trace: self, span: self.span.take().map(Span::entered) }
    }

    pub(super) fn end(&self) {
        drop(self.span.take());
    }
}

#[cfg(feature = "tracing")]
fn new(kind: NodeKind, Label { name, location }: Label) -> Span {
    match kind {
        NodeKind::Scope => tracing::debug_span!(target: "onpar", "scope", name, at = %location),
        NodeKind::Child => tracing::debug_span!(target: "onpar", "child", name, at = %location),
        NodeKind::Cleanup | NodeKind::ExplicitClose => {
            tracing::debug_span!(target: "onpar", "cleanup", name, at = %location)
        }
    }
}

#[cfg(feature = "tracing")]
impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.trace.span.set(self.span.take().map(EnteredSpan::exit));
    }
}

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "what there is with the feature")]
impl Trace {
    #[inline]
    pub(super) fn begin(&self, _: NodeKind, _: &Cell<Label>) {}

    #[inline]
    pub(super) fn begin_below(&self, _: &Self, _: NodeKind, _: &Cell<Label>) {}

    #[inline]
    pub(super) fn enter(&self) -> Entered<'_> {
        Entered { _trace: PhantomData }
    }

    #[inline]
    pub(super) fn end(&self) {}
}
