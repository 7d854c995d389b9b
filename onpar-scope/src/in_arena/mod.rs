//! Scopes without a heap: guards and children in an [`Arena`] of the caller's.
//!
//! * `scope_in`, `guard`, `close` and `child` are what users have in hand; `arena` is what they lend.
//! * `driver` runs what is in a scope, with the children in `family`; `order` says which cleanups may.
//! * `node` is what stands in a piece of the arena, of one of three kinds: `cleanup_node`, `child_node`, and a nested scope's
//!   `driver`.
//! * `shared` is what the scopes of one arena share: its time, and the `heap`, which gives out pieces and takes them back.
//!
//! Drivers and nodes know each other: a node has its driver, a driver has its nodes, and the order and the queues are made of
//! the nodes' own links. `driver`, `family`, `order`, `child_node`, `cleanup_node` and `node` are the one circle. Everything else
//! uses what stands below it. Of `engine`, which needs std, nothing is used here, nor the other way round.
//!
//! # Why this is sound
//!
//! Everything in an arena is reached by pointers from what has the lifetime of its scope, for which the arena is borrowed, and
//! lives in the body or the children of that scope. They are dropped before the scope's future ends, and the nodes then are of
//! cleanups alone, which own all that they hold. A future that is forgotten leaves nodes behind that the arena never touches
//! again. But others may, by what a pinned future has told them: so the arena is pinned too, counts the futures that have begun,
//! gives out no room of theirs, and aborts rather than being dropped with one of them.

mod scope_in;

mod guard;

mod close;

mod child;

mod arena;

mod driver;

mod family;

mod order;

mod child_node;

mod cleanup_node;

mod node;

mod cleaning;

mod shared;

mod heap;

mod sanitizer;

mod no_room;

pub use self::{
    arena::Arena,
    child::{ArenaCancelling, ArenaChild},
    close::ArenaClose,
    guard::ArenaGuard,
    no_room::NoRoom,
    scope_in::{ArenaScope, ScopeIn, scope_in},
};
