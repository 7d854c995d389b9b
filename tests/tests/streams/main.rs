//! What only streams have: several of them at a time, the latest of them, and one to many readers.
//!
//! Most tests know what has to come: a stream that is fed by hand tells who was polled, what is left and what was dropped, and
//! a model of a few lines says who is next.

extern crate alloc;

mod fed;

mod combine_latest;
mod each;
mod flatten_concurrent;
mod group;
mod hostile;
mod kmerge;
mod merge;
mod probes;
mod race;
mod send;
mod share;
mod switch_map;
mod take_until;
mod threads;
