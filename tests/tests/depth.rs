//! Scopes within scopes, deeply: what one level costs of the stack.

use core::cell::Cell;
use core::future::ready;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;
use std::thread;

use onpar_scope::{defer, scope};

type Boxed<'a> = Pin<Box<dyn Future<Output = usize> + Send + 'a>>;

thread_local! {
    /// The address of a local at the bottom of the recursion.
    static BOTTOM: Cell<usize> = const { Cell::new(0) };
}

fn here() -> usize {
    let local = 0_u8;
    (&raw const local).addr()
}

/// A plain boxed async fn that calls itself.
fn plain(depth: usize) -> Boxed<'static> {
    Box::pin(async move {
        if depth == 0 {
            BOTTOM.set(here());
            return ready(0).await;
        }
        plain(depth - 1).await + 1
    })
}

/// The same with nothing but a `catch_unwind` at each level, which whoever cleans up after panics needs.
fn caught(depth: usize) -> Boxed<'static> {
    struct Catch(Boxed<'static>);

    impl Future for Catch {
        type Output = usize;

        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<usize> {
            catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx))).expect("no level panics")
        }
    }

    Box::pin(Catch(Box::pin(async move {
        if depth == 0 {
            BOTTOM.set(here());
            return ready(0).await;
        }
        caught(depth - 1).await + 1
    })))
}

/// The same with a scope at each level.
fn scoped(depth: usize) -> Boxed<'static> {
    Box::pin(scope(async move |_| {
        if depth == 0 {
            BOTTOM.set(here());
            return ready(0).await;
        }
        scoped(depth - 1).await + 1
    }))
}

/// A scope with a guard at each level; the innermost never ends.
fn guarded(depth: usize) -> Boxed<'static> {
    Box::pin(scope(async move |_| {
        let _guard = defer((), async |()| ());
        if depth == 0 {
            return core::future::pending().await;
        }
        guarded(depth - 1).await + 1
    }))
}

/// Runs on a thread with so much stack.
fn on_stack<T: Send + 'static>(bytes: usize, run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(bytes).spawn(run).expect("a thread").join().expect("no panic on it")
}

fn poll(mut future: Boxed<'_>) -> bool {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// Bytes of stack for each of a hundred levels.
fn stack_per_level(future: fn(usize) -> Boxed<'static>) -> usize {
    on_stack(8 << 20, move || {
        let top = here();
        assert!(poll(future(0)));
        let shallow = top - BOTTOM.get();
        assert!(poll(future(100)));
        (top - BOTTOM.get() - shallow) / 100
    })
}

/// In debug builds `catch_unwind` alone, which std compiles into a tower of functions there, takes more than twice the stack
/// of a plain level; so there the bound is twice that.
#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "a sanitizer's frames are no measure")]
#[cfg_attr(feature = "tracing", ignore = "a span that is entered stands on the stack")]
#[expect(clippy::print_stdout, reason = "the figures that the README quotes, with `--nocapture`")]
fn a_level_takes_at_most_twice_the_stack_of_a_plain_boxed_async_fn() {
    let [plain, caught, scoped] = [plain, caught, scoped].map(stack_per_level);
    println!("bytes of stack a level: plain {plain}, with catch_unwind {caught}, with a scope {scoped}");
    let bound = if cfg!(debug_assertions) { 2 * caught } else { 2 * plain };
    assert!(
        scoped <= bound,
        "bytes of stack a level: plain {plain}, with catch_unwind {caught}, with a scope {scoped}"
    );
}

/// What is promised, with the stack that std gives to a thread in debug builds, and Linux to the main thread in release.
const DEPTH: usize = if cfg!(debug_assertions) { 1_000 } else { 10_000 };
/// A sanitizer's frames are many times larger, and no measure.
const STACK: usize = match (cfg!(onpar_fresh_memory), cfg!(debug_assertions)) {
    (true, _) => 64 << 20,
    (false, true) => 2 << 20,
    (false, false) => 8 << 20,
};

#[test]
fn scopes_nest_a_thousand_deep_in_debug_and_ten_thousand_in_release() {
    assert!(on_stack(STACK, || poll(scoped(DEPTH))));
}

#[test]
fn deeply_nested_scopes_are_dropped_and_their_guards_cleaned_on_the_same_stack() {
    let clean = on_stack(STACK, || {
        let outer = scope(async |_| {
            let mut inner = guarded(DEPTH);
            assert!(inner.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            drop(inner);
        });
        let mut outer = pin!(outer);
        let mut context = Context::from_waker(Waker::noop());
        (0..DEPTH).any(|_| outer.as_mut().poll(&mut context).is_ready())
    });
    assert!(clean);
}
