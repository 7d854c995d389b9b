//! What the code of the attribute names beside the public types: under paths that nothing in the user's crate can shadow.

#[cfg(feature = "alloc")]
pub use alloc::{boxed::Box, rc::Rc, sync::Arc};
pub use core;
pub use futures_core::Stream;

pub use crate::__if_alloc as if_alloc;
pub use crate::held::{Held, HeldByRef};
pub use crate::method::{AsyncMethod, IterMethod, Method, SendMethod, StreamMethod};
pub use crate::with_send::Proof;
pub use crate::wrapped::Wrapped;

/// Code that needs a heap: whether there is one, only this crate knows.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_alloc {
    ($($code:tt)*) => { $($code)* };
}

/// Code that needs a heap: whether there is one, only this crate knows.
#[cfg(not(feature = "alloc"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_alloc {
    ($($code:tt)*) => {};
}
