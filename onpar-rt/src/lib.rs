//! Runtimes, as values that implement the traits of [`onpar_core`].
//!
//! * [`local`]: a small executor for one thread, with a timer. Enough to begin with, and for most command line tools.
//! * `main_loop` (feature `main-loop`): the same, inside of an event loop that is not ours, such as that of a window.
//! * `tokio_1` (feature `tokio-1`): the adapter for tokio 1.
//! * `smol_2` (feature `smol-2`): the adapter for smol 2.
//! * `compio_0_19` (feature `compio-0-19`): the adapter for compio 0.19, which does its input and output by completion.
//! * `embassy_0_10` (feature `embassy-0-10`): the adapter for embassy, on a bare microcontroller, without std.
//! * `wasm_bindgen_0_2` (feature `wasm-bindgen-0-2`): the adapter for the event loop of JavaScript, on targets of the family `wasm`.
//!
//! * `slow_polls` (with `local`, `tokio-1`, `smol-2` or `compio-0-19`): says which task, or child of a scope, keeps its thread for too
//!   long.
//!
//! One module and one feature for each foreign major version: the next major version is an addition.
//!
//! # Examples
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::time::Duration;
//! use onpar_core::{Clock, SpawnLocal};
//!
//! fn main() {
//!     onpar_rt::local::run(async |rt| {
//!         let greeting = rt.spawn_local(async { "hello" });
//!         rt.sleep(Duration::from_millis(1)).await;
//!         println!("{}", greeting.await.unwrap());
//!     });
//! }
//! ```
#![deny(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "local")]
pub mod local;
#[cfg(feature = "main-loop")]
pub mod main_loop;
#[cfg(feature = "tokio-1")]
pub mod tokio_1;

#[cfg(feature = "smol-2")]
pub mod smol_2;

#[cfg(all(feature = "compio-0-19", unix))]
pub mod compio_0_19;

#[cfg(feature = "embassy-0-10")]
pub mod embassy_0_10;

#[cfg(all(feature = "wasm-bindgen-0-2", target_family = "wasm"))]
pub mod wasm_bindgen_0_2;

#[cfg(any(feature = "local", feature = "smol-2", feature = "tokio-1", all(feature = "compio-0-19", unix)))]
pub mod slow_polls;

#[cfg(any(feature = "local-blocking", feature = "smol-2"))]
mod unblock;

#[cfg(any(
    all(feature = "embassy-0-10", feature = "alloc"),
    all(feature = "wasm-bindgen-0-2", target_family = "wasm"),
))]
mod join_state;

#[cfg(any(
    feature = "smol-2",
    all(feature = "compio-0-19", unix),
    all(feature = "embassy-0-10", feature = "alloc"),
    all(feature = "wasm-bindgen-0-2", target_family = "wasm"),
))]
mod caught;

#[cfg(any(
    feature = "local-blocking",
    feature = "smol-2",
    all(feature = "compio-0-19", unix),
    all(feature = "embassy-0-10", feature = "alloc"),
    all(feature = "wasm-bindgen-0-2", target_family = "wasm"),
))]
mod output;

#[cfg(any(
    feature = "local",
    feature = "smol-2",
    all(feature = "compio-0-19", unix),
    all(feature = "embassy-0-10", feature = "alloc"),
    all(feature = "wasm-bindgen-0-2", target_family = "wasm"),
))]
mod unwanted;

#[cfg(any(feature = "smol-2", all(feature = "compio-0-19", unix)))]
mod std_time;
