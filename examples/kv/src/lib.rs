//! A key-value server that speaks Redis's protocol, so that `redis-cli` and `redis-benchmark` drive it: a model of a service that
//! is written with onpar. It names no runtime. The programs in `bin/` do, in one line each.
//!
//! ```text
//! cargo run --release -p onpar-kv --bin kv-local                                # on the built-in executor, without a journal
//! cargo run --release -p onpar-kv --bin kv-tokio --features tokio -- --journal kv.journal
//! cargo xtask redis                                                             # what Redis's own tools say of all three
//! ```
//!
//! # How it works
//!
//! One thread and one scope. Each connection is a child of the scope, and an event loop ([`connection`]) that borrows the store
//! ([`store`]) from it: no lock, no count of owners. What comes in ([`input`]) is cut into requests ([`decoder`]), carried out
//! ([`commands`], by the connection's [`session`]), and answered ([`replies`]). [`hub`] brings messages from connections that
//! publish to those that have subscribed.
//!
//! With a journal ([`journal`]), no reply leaves before all that it tells of is on the disk. Many connections share one write: what
//! they change while the disk is busy is written together. The journal is written where calls may block, and the connections
//! wait for it like for anything else.
//!
//! A signal, or `SHUTDOWN`, ends the server: it listens no more, carries out no further request, sends the replies that are under
//! way, and ends the journal. A peer that does not take its replies is given [`Settings::grace`]. If the server is killed instead,
//! at any point, what it has acknowledged is in the journal too.
//!
//! # What it costs
//!
//! `cargo xtask redis` measures it beside Redis, and beside a server that has the same requests, replies and store, and tokio alone
//! around them. The event loop of a connection costs some percent of what the system takes to receive a request and to send the reply.
//!
//! # What a hostile peer can do
//!
//! Make its own connection end. What the server keeps for each is bounded: a request ([`decoder`]), a reply and the replies that
//! wait to be taken ([`replies`], [`session`]), the messages that wait ([`hub`]), and the number of connections
//! ([`Settings::max_clients`]). A peer that sends and does not read is not read from. What is *stored* is bounded by
//! nothing, as in Redis unless it is told otherwise.
#![forbid(unsafe_code)]

extern crate alloc;

mod program;

mod server;

mod connection;

mod session;

mod peer;

mod commands;

mod next;
mod state;

mod calendar;
mod settings;

mod hub;
mod journal;

mod store;
mod value;

mod glob;

pub mod decoder;
pub mod input;
pub mod replies;

pub use self::hub::Inbox;
pub use self::input::Input;
pub use self::journal::{Disk, open, replay};
pub use self::next::Next;
pub use self::program::run;
pub use self::replies::Replies;
pub use self::server::serve;
pub use self::session::Session;
pub use self::settings::Settings;
pub use self::state::State;
pub use self::store::Store;
