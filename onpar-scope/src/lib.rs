//! Async cleanup that always happens, on stable Rust and any runtime.
//!
//! * [`scope()`] runs a body and awaits the cleanup of every guard dropped in it, on return, `?`, panic and cancellation.
//! * [`guard`] and [`defer`] tie a cleanup to a value. They find their scope by themselves, through any function between.
//! * [`timeout`] cancels by a deadline, and returns when what it cancelled has been cleaned up.
//! * [`join`](join()), [`try_join`], [`race`] and [`race_ok`] run several futures together, by value; what they drop is cleaned
//!   up before they return.
//! * [`events()`] is an event loop that loses nothing, where `select!` in a loop would.
//! * [`scope_in`] is a scope, with guards and children, in an [`Arena`] that its caller lends: without a heap, and without std.
//! * [`using`] is a bracket that allocates nothing, needs no scope and works without std.
//! * [`Reaper`] cleans up where no scope is left; [`set_cleanup_hook`] names who is told of all that nobody else is told of.
//!
//! `local_scope`, `local_guard` and the like are the same for what is not `Send`.
//!
//! # What is promised
//!
//! A guard's cleanup is run and awaited, or reported: it is never skipped in silence. It begins at once, beside the work
//! that goes on, except that it waits for the cleanups, still running, of guards that were made later in the same body or
//! child; guards dropped together are cleaned one after another in drop order, for locals the last made first. It is told
//! [why](onpar_core::ExitReason) it runs. Its error never replaces the outcome of the work. It must be `'static`, since it
//! may outlive the function that made its guard.
//!
//! A guard that is dropped in an inner block is cleaned up beside what follows, and awaited at the end of the scope. Where
//! it has to be awaited at the end of the block, write `guard.close().await`, or a scope around it: scopes are cheap.
//!
//! # How it is built
//!
//! `engine/mod.rs` has the map, and `in_arena/mod.rs` that of the scopes without a heap. `unsafe` is confined to these two folders
//! and to the few files that say so.
#![deny(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "std")]
extern crate alloc;

#[cfg(feature = "std")]
mod scope;

#[cfg(feature = "std")]
mod try_scope;

#[cfg(feature = "std")]
mod race_ok_scope;

#[cfg(feature = "std")]
mod bounded_scope;

#[cfg(feature = "std")]
mod local_scope;

#[cfg(feature = "std")]
mod local_try_scope;

#[cfg(feature = "std")]
mod child;

#[cfg(feature = "std")]
mod children;

#[cfg(feature = "std")]
mod then;

#[cfg(feature = "std")]
mod spawn_on;

#[cfg(feature = "std")]
mod cancelled;

#[cfg(feature = "std")]
mod timeout;

#[cfg(feature = "std")]
mod local_timeout;

#[cfg(feature = "std")]
mod limited;

#[cfg(feature = "std")]
mod checkpoint;

#[cfg(feature = "std")]
mod shield;

#[cfg(feature = "std")]
mod container;

#[cfg(feature = "std")]
mod join;

#[cfg(feature = "std")]
mod try_join;

#[cfg(feature = "std")]
mod race;

#[cfg(feature = "std")]
mod race_ok;

#[cfg(feature = "std")]
mod by_value;

#[cfg(feature = "std")]
mod together;

#[cfg(feature = "std")]
mod guard;

#[cfg(feature = "std")]
mod local_guard;

#[cfg(feature = "std")]
mod held;

#[cfg(feature = "std")]
mod close;

#[cfg(feature = "std")]
mod cleanup;

mod cleanup_result;

mod in_arena;

mod using;

pub mod events;

mod slot;

#[cfg(feature = "std")]
mod reaper;

#[cfg(feature = "std")]
mod local_reaper;

#[cfg(feature = "std")]
mod outcome;

#[cfg(feature = "std")]
mod failure;

#[cfg(feature = "std")]
mod settled;

#[cfg(feature = "std")]
mod tree;

#[cfg(feature = "serde")]
mod tree_json;

#[cfg(feature = "std")]
mod tree_node;

#[cfg(feature = "std")]
mod engine;

mod hook;

mod cleanup_error;

mod error_words;

mod panics;

mod progress;

mod label;

mod of_this_thread;

#[cfg(feature = "std")]
mod sync;

#[cfg(feature = "std")]
pub use bounded_scope::{Bounded, BoundedScope, Full, SpawnWhenFree, bounded_scope};
#[cfg(feature = "std")]
pub use by_value::ByValue;
#[cfg(feature = "std")]
pub use cancelled::{Cancellation, Cancelled};
#[cfg(feature = "std")]
pub use checkpoint::{Checkpoint, checkpoint};
#[cfg(feature = "std")]
pub use child::{Cancelling, Child, LocalCancelling, LocalChild};
#[cfg(feature = "std")]
pub use cleanup::{ByAsyncDrop, ByClosure, Cleanup, LocalCleanup};
pub use cleanup_error::{CleanupError, CleanupErrorKind};
pub use cleanup_result::CleanupResult;
#[cfg(feature = "std")]
pub use close::{Close, LocalClose};
#[cfg(feature = "std")]
pub use container::iter::{join_all, race_all, race_ok_all, try_join_all};
pub use error_words::ErrorWords;
#[doc(inline)]
pub use events::{EventLoop, Events, Handled, events};
#[cfg(feature = "std")]
pub use failure::Failure;
#[cfg(feature = "std")]
pub use guard::{Guard, defer, guard};
pub use hook::{CleanupHook, set_cleanup_hook, take_cleanup_hook};
pub use in_arena::{Arena, ArenaCancelling, ArenaChild, ArenaClose, ArenaGuard, ArenaScope, NoRoom, ScopeIn, scope_in};
#[cfg(feature = "std")]
pub use join::{IntoJoin, Join, join};
#[cfg(feature = "std")]
pub use local_guard::{LocalGuard, local_defer, local_guard};
#[cfg(feature = "std")]
pub use local_reaper::{LocalReaper, LocalReaping};
#[cfg(feature = "std")]
pub use local_scope::{LocalScope, LocalScopeFuture, local_scope};
#[cfg(feature = "std")]
pub use local_timeout::{LocalTimeout, local_timeout};
#[cfg(feature = "std")]
pub use local_try_scope::{LocalTryScope, LocalTryScopeFuture, local_try_scope};
#[doc(no_inline)]
pub use onpar_core::Elapsed;
#[cfg(feature = "std")]
pub use outcome::{CleanupErrors, Outcome, OutcomeFuture};
#[cfg(feature = "std")]
pub use race::{IntoRace, Race, race};
#[cfg(feature = "std")]
pub use race_ok::{IntoRaceOk, RaceOk, race_ok};
#[cfg(feature = "std")]
pub use race_ok_scope::{RaceOkScope, RaceOkScopeFuture, race_ok_scope};
#[cfg(feature = "std")]
pub use reaper::{Reaper, Reaping};
#[cfg(feature = "std")]
pub use scope::{Scope, ScopeFuture, scope};
#[cfg(feature = "std")]
pub use settled::Settled;
#[cfg(feature = "std")]
pub use shield::{LocalShield, Shield, local_shield, shield};
#[cfg(feature = "std")]
pub use timeout::{Timeout, deadline, timeout};
#[cfg(feature = "std")]
pub use tree::Tree;
#[cfg(feature = "std")]
pub use tree_node::{NodeKind, NodeState, TreeNode};
#[cfg(feature = "std")]
pub use try_join::{IntoTryJoin, TryJoin, try_join};
#[cfg(feature = "std")]
pub use try_scope::{TryScope, TryScopeFuture, try_scope};
pub use using::{Using, using};
