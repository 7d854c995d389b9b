//! What most programs use: `use onpar::prelude::*`.
//!
//! The traits, the reasons that a cleanup is told, and the functions that make scopes, guards, timeouts, joins and races. The
//! types that those functions return stand at the [root](crate).
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
pub use onpar_core::{
    AsyncDrop, Blocking, CancelReason, Clock, Connect, Datagram, DatagramSocket, ExitReason, Listen, Listener,
    LocalAsyncDrop, Spawn, SpawnLocal, limit,
};
#[cfg(feature = "iter")]
#[doc(no_inline)]
pub use onpar_iter::{
    AsyncIterator, AsyncIteratorMut, AsyncIteratorWith, AsyncItertools, AsyncItertoolsMut, AsyncItertoolsWith,
    AsyncTimed, AsyncTryIterator, AsyncTryIteratorMut, AsyncTryIteratorWith, IntoAsyncIterator, Stream, for_await,
    stream, sync, sync_mut, sync_ref, sync_ref_mut, sync_ref2, sync0, sync2, try_stream,
};
#[cfg(feature = "iter")]
#[doc(no_inline)]
pub use onpar_iter::{AsyncStreamExt, combine_latest, merge, race_streams};
#[cfg(all(feature = "iter", feature = "alloc"))]
#[doc(no_inline)]
pub use onpar_iter::{Group, merge_all};
#[cfg(feature = "std")]
#[doc(no_inline)]
pub use onpar_scope::{
    bounded_scope, checkpoint, deadline, defer, guard, join, join_all, local_defer, local_guard, local_scope,
    local_shield, local_timeout, local_try_scope, race, race_all, race_ok, race_ok_all, race_ok_scope, scope, shield,
    timeout, try_join, try_join_all, try_scope,
};
#[doc(no_inline)]
pub use onpar_scope::{events, scope_in, using};
