//! Scopes without a heap: guards and children in an [`Arena`] of the caller's.
//!
//! * `arena` is the memory; `heap` gives out pieces of it and takes them back.
//! * `node` is what stands in a piece, of one of three kinds: `cleanup_node`, `child_node`, and a nested scope's `driver`.
//! * `driver` runs them, with the children in `family`; `order` says which cleanups may.
//! * `scope_in`, `guard`, `close` and `child` are what users have in hand.
//!
//! # Why this is sound
//!
//! Everything in an arena is reached by pointers from what has the lifetime of its scope, for which the arena is borrowed, and
//! lives in the body or the children of that scope. They are dropped before the scope's future ends, and the nodes then are of
//! cleanups alone, which own all that they hold. A future that is forgotten leaves nodes behind that the arena never touches
//! again. But others may, by what a pinned future has told them: so the arena is pinned too, counts the futures that have begun,
//! gives out no room of theirs, and aborts rather than being dropped with one of them.

mod arena;
mod child;
mod child_node;
mod cleaning;
mod cleanup_node;
mod close;
mod driver;
mod error_words;
mod family;
mod guard;
mod heap;
mod no_room;
mod node;
mod order;
mod panics;
mod sanitizer;
mod scope_in;

pub use self::{
    arena::Arena,
    child::{ArenaCancelling, ArenaChild},
    close::ArenaClose,
    error_words::ErrorWords,
    guard::ArenaGuard,
    no_room::NoRoom,
    scope_in::{ArenaScope, ScopeIn, scope_in},
};
