//! `HashMap` and `HashSet`, with any hasher that has a default.

use core::hash::{BuildHasher, Hash};
use core::ops::ControlFlow;
use std::collections::{HashMap, HashSet};

use super::FromStream;

impl<T: Hash + Eq, H: BuildHasher + Default> FromStream<T> for HashSet<T, H> {
    type SoFar = Self;

    fn start((lower, _): (usize, Option<usize>)) -> Self {
        Self::with_capacity_and_hasher(lower, H::default())
    }

    #[inline]
    fn add(so_far: &mut Self, item: T) -> ControlFlow<()> {
        so_far.insert(item);
        ControlFlow::Continue(())
    }

    fn finish(so_far: Self) -> Self {
        so_far
    }
}

impl<K: Hash + Eq, V, H: BuildHasher + Default> FromStream<(K, V)> for HashMap<K, V, H> {
    type SoFar = Self;

    fn start((lower, _): (usize, Option<usize>)) -> Self {
        Self::with_capacity_and_hasher(lower, H::default())
    }

    #[inline]
    fn add(so_far: &mut Self, (key, value): (K, V)) -> ControlFlow<()> {
        so_far.insert(key, value);
        ControlFlow::Continue(())
    }

    fn finish(so_far: Self) -> Self {
        so_far
    }
}
