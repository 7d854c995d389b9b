//! [`Side`]: the plain trait or its `Send` sibling.

use syn::TypeParamBound;

use super::parse::Bounds;

/// One of the two siblings.
#[derive(Clone)]
pub(crate) enum Side {
    Plain,
    Send(Autos),
}

/// The auto traits of the futures of a sibling.
#[derive(Clone)]
pub(crate) struct Autos {
    pub(crate) send: bool,
    /// The others.
    pub(crate) others: Vec<TypeParamBound>,
}

impl Autos {
    /// Those of an option; without any, `Send`.
    pub(crate) fn of(bounds: Option<&Bounds>) -> Self {
        let Some(bounds) = bounds else { return Self { send: true, others: Vec::new() } };
        let (send, others): (Vec<_>, Vec<_>) = bounds.iter().cloned().partition(is_send);
        Self { send: !send.is_empty(), others }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.others.iter().any(|bound| is(bound, name))
    }
}

fn is_send(bound: &TypeParamBound) -> bool {
    is(bound, "Send")
}

/// Whether it is the bound of this name.
pub(crate) fn is(bound: &TypeParamBound, name: &str) -> bool {
    matches!(bound, TypeParamBound::Trait(it) if it.path.segments.last().is_some_and(|segment| segment.ident == name))
}
