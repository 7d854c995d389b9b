//! What things cost, each beside the plain code that does the same work.
//!
//! [`cases`] names them. A [`Case`] is two functions or more, each of which does its work as many times as it is told, so that
//! one list serves every way of measuring: time (`benches/time.rs`), instructions (`src/bin/instructions.rs`) and allocations
//! (`src/bin/allocations.rs`). The README beside this crate has the commands and the figures.
#![forbid(unsafe_code)]

extern crate alloc;

mod case;

mod children;
mod children_at_once;
mod children_in_turn;
mod children_woken;
mod close;
mod dropped_guard;
mod dyn_call;
mod empty_scope;
mod event_loop;
mod generator;
mod iteration;
mod iteration_sync;
mod join;
mod local_executor;
mod many_guards;
mod merging;
mod on_tokio;
mod pipeline;
mod sharing;
mod timed;
mod timeout;
mod using;

mod connection;
mod drive;
mod team;
mod yield_once;

pub use case::{Case, Side};

/// All cases, in the order in which they are shown.
pub fn cases() -> Vec<Case> {
    [
        empty_scope::CASES,
        close::CASES,
        dropped_guard::CASES,
        using::CASES,
        dyn_call::CASES,
        timeout::CASES,
        children::CASES,
        join::CASES,
        local_executor::CASES,
        on_tokio::CASES,
        event_loop::CASES,
        many_guards::CASES,
        children_at_once::CASES,
        children_woken::CASES,
        children_in_turn::CASES,
        merging::CASES,
        sharing::CASES,
        iteration::CASES,
        iteration_sync::CASES,
        generator::CASES,
        pipeline::CASES,
        timed::CASES,
    ]
    .concat()
}
