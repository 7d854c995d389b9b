//! Every method of `AsyncIterator` does what std's `Iterator` does: the same value, the same items taken and closures called
//! in the same order, and a `size_hint` as good; whether the stream and the closures are ready at once or pending for a
//! while; under three executors; and dropped at any poll, it has done a part of it and no more. [`checks`] says so.
//!
//! A table has a row for each method, and a test sees that none is missing: [`of_std`]. Those of `AsyncItertools` have one,
//! beside the crate `itertools`, and so have those of `AsyncTryIterator` and of `AsyncStreamExt`, pipelines, and the
//! sources. The futures of the tables borrow the world around
//! them and are `Send`, by their type: so they can be spawned.

extern crate alloc;

mod of_itertools;
mod of_pipelines;
mod of_results;
mod of_sources;
mod of_std;
mod of_streams;

mod checks;
mod executor;
mod table;
mod world;
