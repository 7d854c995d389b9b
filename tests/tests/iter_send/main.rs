//! What is `Send` within a task that must be. That it compiles is the test; that it gives what it should, a bonus.
//!
//! [`adaptors`] is a table: each method, with items that are owned and items that are borrowed, with a closure that captures
//! nothing, something by reference, something that it changes, and something that it owns; and the stream or the future is
//! made inside of a task that moves between threads, made outside of it, and returned by a generic function as `impl Stream +
//! Send`. [`pipelines`] and [`generators`] are tables, too. What a cell says is what one has to write there: `name`, or
//! `name_mut` or `name_with`, where a closure that lends what it holds could not be proved `Send`, or has no future that can be
//! named. What the compiler says of the other forms stands in `tests/ui`.

mod adaptors;
mod generators;
mod itertools;
mod pipelines;
mod programs;

use core::cmp::Ordering;

use onpar_iter::{IntoAsyncIterator as _, Iter};

/// Runs a future as a task that moves between threads.
fn spawn<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    runtime.block_on(async { tokio::spawn(future).await }).expect("no panic")
}

/// Runs a future that is `Send`, and borrows.
fn run<T>(future: impl Future<Output = T> + Send) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(future)
}

async fn pause() {
    tokio::task::yield_now().await;
}

fn names() -> [String; 3] {
    ["a", "bb", "ccc"].map(String::from)
}

fn len<T: AsRef<str>>(name: &T) -> usize {
    name.as_ref().len()
}

// What closures give.

fn length(length: usize) -> usize {
    length
}

fn always(_: usize) -> bool {
    true
}

fn never(_: usize) -> bool {
    false
}

fn some(length: usize) -> Option<usize> {
    (length > 0).then_some(length)
}

fn nothing(_: usize) {}

fn well(length: usize) -> Result<(), ()> {
    if length > 0 { Ok(()) } else { Err(()) }
}

fn one(length: usize) -> Iter<core::option::IntoIter<usize>> {
    Some(length).into_async_iter()
}

fn order(left: usize, right: usize) -> Ordering {
    left.cmp(&right)
}

fn sorted(left: usize, right: usize) -> bool {
    left <= right
}

fn unequal(left: usize, right: usize) -> bool {
    left == right && left == 0
}

fn known(length: usize) -> Result<bool, ()> {
    if length > 9 { Err(()) } else { Ok(false) }
}
