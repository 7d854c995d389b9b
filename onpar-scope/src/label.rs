//! [`Label`]: what a guard, a child or a scope is called in reports.

use core::panic::Location;

/// What it is called in reports, and where it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label {
    pub(crate) name: &'static str,
    pub(crate) location: &'static Location<'static>,
}
