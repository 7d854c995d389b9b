//! What things cost, each beside the plain code that does the same work.
//!
//! [`cases`] names them. A [`Case`] is two functions, each of which does its work as many times as it is told, so that one
//! list serves every way of measuring: time (`benches/time.rs`), instructions (`src/bin/instructions.rs`) and allocations
//! (`src/bin/allocations.rs`). The README beside this crate has the commands and the figures.
#![forbid(unsafe_code)]

mod case;

mod close;
mod dropped_guard;
mod empty_scope;
mod event_loop;
mod local_executor;
mod many_guards;
mod timeout;
mod using;

mod connection;
mod drive;
mod yield_once;

pub use case::{Case, Side};

/// All cases, in the order in which they are shown.
pub fn cases() -> Vec<Case> {
    [
        empty_scope::CASES,
        close::CASES,
        dropped_guard::CASES,
        using::CASES,
        timeout::CASES,
        local_executor::CASES,
        event_loop::CASES,
        many_guards::CASES,
    ]
    .concat()
}
