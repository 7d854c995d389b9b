//! What is written through it would be what the cleanup gets, when the borrow has long ended.

use core::convert::Infallible;

use onpar_scope::ArenaGuard;

fn lent<'a>(guard: ArenaGuard<'_, &'static str, Infallible>, text: &'a str) {
    let mut guard: ArenaGuard<'_, &'a str, Infallible> = guard;
    *guard = text;
}

fn main() {}
