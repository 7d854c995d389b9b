//! What most programs use: `use onpar::prelude::*`.
//!
//! The traits, the reasons that a cleanup is told, and the functions that make scopes, guards and timeouts. The types that
//! those functions return stand at the [root](crate).
//!
//! ```
//! use onpar::prelude::*;
//!
//! struct Connection;
//!
//! impl AsyncDrop for Connection {
//!     type Error = std::io::Error;
//!
//!     async fn async_drop(self, _reason: ExitReason) -> Result<(), Self::Error> {
//!         Ok(()) // say goodbye to the server
//!     }
//! }
//! ```

#[doc(no_inline)]
pub use onpar_core::{AsyncDrop, CancelReason, Clock, ExitReason, LocalAsyncDrop, Spawn, SpawnLocal};
#[cfg(feature = "iter")]
#[doc(no_inline)]
pub use onpar_iter::{
    AsyncIterator, AsyncIteratorMut, AsyncIteratorWith, IntoAsyncIterator, Stream, for_await, limit, stream, sync,
    sync_mut, sync_ref, sync_ref2, sync2, try_stream,
};
#[doc(no_inline)]
pub use onpar_scope::using;
#[cfg(feature = "std")]
#[doc(no_inline)]
pub use onpar_scope::{defer, guard, local_defer, local_guard, local_scope, local_timeout, scope, timeout};
