//! Calls of the public functions that no example calls.

mod core_crate;
mod iter;
mod iter_forms;
mod rt;
mod scope;
mod test;

/// A program that calls one function.
pub(crate) struct Call {
    /// `Type::name`.
    pub(crate) of: &'static str,
    pub(crate) run: fn(),
    text: &'static str,
}

impl Call {
    /// Whether its program does call a function of this name.
    pub(crate) fn calls(&self, name: &str) -> bool {
        self.text.replace([' ', '\n'], "").contains(&format!("{name}("))
    }
}

macro_rules! calls {
    // One program may call several.
    ($($($of:literal),+ => $program:block)*) => {
        pub(super) static CALLS: &[&[super::Call]] = &[$({
            const RUN: fn() = || $program;
            &[$(super::Call { of: $of, run: RUN, text: stringify!($program) }),+]
        }),*];
    };
}
use calls;

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Call> {
    [core_crate::CALLS, iter::CALLS, iter_forms::CALLS, rt::CALLS, scope::CALLS, test::CALLS]
        .into_iter()
        .flatten()
        .copied()
        .flatten()
}
