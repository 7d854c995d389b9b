//! What is `Send` within a task that must be. That it compiles is the test; some of it is run, too.
//!
//! [`adaptors`] is a table: each method, with items that are owned and items that are borrowed, with a closure that captures
//! nothing, something by reference, something that it changes, and something that it owns; and the stream or the future is
//! made inside of a task that moves between threads, made outside of it, and returned by a generic function as `impl Stream +
//! Send`. [`pipelines`] and [`generators`] are tables, too. What a cell says is what one has to write there: `name`, or
//! `name_mut` or `name_with`, where a closure that lends what it holds could not be proved `Send`, or has no future that can be
//! named. What the compiler says of the other forms stands in `tests/ui`.

mod adaptors;
mod call;
mod generators;
mod itertools;
mod pipelines;
mod programs;
mod sources;

use core::cmp::Ordering;
use core::pin::Pin;

use onpar_iter::{IntoAsyncIterator as _, Iter};

/// Runs a future as a task that moves between threads. In a box, so that tokio is not compiled for each of them.
fn spawn<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let future: Pin<Box<dyn Future<Output = T> + Send>> = Box::pin(future);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    runtime.block_on(async { tokio::spawn(future).await }).expect("no panic")
}

/// Runs a future that is `Send`, and borrows.
fn run<T>(future: impl Future<Output = T> + Send) -> T {
    let future: Pin<Box<dyn Future<Output = T> + Send + '_>> = Box::pin(future);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(future)
}

/// Takes a future that could be a task that moves between threads.
fn is_task<T: Send + 'static>(_: impl Future<Output = T> + Send + 'static) {}

/// Takes a future that is `Send`, and borrows.
fn is_send(_: impl Future + Send) {}

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

fn fine(length: usize) -> Result<usize, usize> {
    if length < 99 { Ok(length) } else { Err(length) }
}

fn fine_some(length: usize) -> Result<Option<usize>, usize> {
    fine(length).map(Some)
}

fn fine_always(length: usize) -> Result<bool, usize> {
    fine(length).map(|_| true)
}

fn fine_never(length: usize) -> Result<bool, usize> {
    fine(length).map(|_| false)
}

/// One of two names.
fn at_least<T: AsRef<str>>(left: T, right: T, least: usize) -> T {
    if len(&left) > least { left } else { right }
}

/// Two names that stay two.
fn apart<T>(left: T, right: T, length: usize) -> Result<T, (T, T)> {
    if length < 99 { Err((left, right)) } else { Ok(left) }
}

/// A method with a closure that is in no table here, nor in a program, could have lost its `Send`.
#[test]
fn every_method_that_takes_a_closure_is_called_in_a_task() {
    let table = include_str!("adaptors.rs");
    let programs = [include_str!("programs.rs"), include_str!("itertools.rs"), include_str!("../streams/send.rs")];
    let mut checked = 0;
    for methods in [
        include_str!("../../../onpar-iter/src/async_iterator.rs"),
        include_str!("../../../onpar-iter/src/async_itertools.rs"),
        include_str!("../../../onpar-iter/src/async_try_iterator.rs"),
        include_str!("../../../onpar-iter/src/async_stream_ext.rs"),
    ] {
        for method in methods.split("\n    fn ").skip(1).filter(|method| method.contains("AsyncFnMut")) {
            let name = method.split(['<', '(']).next().unwrap_or_default();
            if name.ends_with("_mut") || name.ends_with("_with") && name != "intersperse_with" {
                continue;
            }
            let is_row = table.contains(&format!("\n    {name} {name}_mut "));
            let is_called = |form: &str| {
                let calls = [format!(".{name}{form}("), format!(".{name}{form}::<")];
                programs.iter().any(|program| calls.iter().any(|call| program.contains(call)))
            };
            assert!(is_row || ["", "_mut", "_with"].into_iter().all(is_called), "{name}");
            checked += 1;
        }
    }
    assert_eq!(checked, 68);
}
