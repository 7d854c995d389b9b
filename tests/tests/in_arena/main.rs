//! Scopes in an arena: the same as those with a heap, whatever is cancelled or panics; and what they alone have.
//!
//! Some of what the proofs of their unsafe code say only an interpreter sees broken:
//! `MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test -p onpar-tests --test in_arena`.

extern crate alloc;

mod forgotten;
mod hostile;
mod like_a_scope;
mod reported;
mod room;

/// What is made in an arena is not on the heap.
#[global_allocator]
static ALLOCATOR: onpar_test::CountingAllocator = onpar_test::CountingAllocator;
