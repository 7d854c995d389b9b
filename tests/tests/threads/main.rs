//! Scopes and threads: scopes that move between them, and what many of them do to one scope at once.

extern crate alloc;

mod races;

mod scopes;
