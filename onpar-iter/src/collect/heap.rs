//! The collections of `alloc`. They reserve what the stream says will come at least.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::ControlFlow;

use super::FromStream;

/// A collection that is filled in place: how it is made, and how an item goes in.
macro_rules! filled {
    ($($Collection:ty [$($Param:ident $(: $Bound:path)?),+] of $Item:ty: |$lower:pat_param| $new:expr, $add:expr;)+) => {$(
        impl<$($Param $(: $Bound)?),+> FromStream<$Item> for $Collection {
            type SoFar = Self;

            fn start(($lower, _): (usize, Option<usize>)) -> Self {
                $new
            }

            #[inline]
            fn add(so_far: &mut Self, item: $Item) -> ControlFlow<()> {
                let add: fn(&mut Self, $Item) = $add;
                add(so_far, item);
                ControlFlow::Continue(())
            }

            fn finish(so_far: Self) -> Self {
                so_far
            }
        }
    )+};
}

filled! {
    Vec<T> [T] of T: |lower| Self::with_capacity(lower), Self::push;
    VecDeque<T> [T] of T: |lower| Self::with_capacity(lower), Self::push_back;
    LinkedList<T> [T] of T: |_| Self::new(), Self::push_back;
    BinaryHeap<T> [T: Ord] of T: |lower| Self::with_capacity(lower), Self::push;
    BTreeSet<T> [T: Ord] of T: |_| Self::new(), |set, item| { set.insert(item); };
    BTreeMap<K, V> [K: Ord, V] of (K, V): |_| Self::new(), |map, (key, value)| { map.insert(key, value); };
}

/// A slice that is collected as a `Vec` first.
macro_rules! slices {
    ($($Slice:ty),+) => {$(
        impl<T> FromStream<T> for $Slice {
            type SoFar = Vec<T>;

            fn start(size_hint: (usize, Option<usize>)) -> Vec<T> {
                Vec::start(size_hint)
            }

            #[inline]
            fn add(so_far: &mut Vec<T>, item: T) -> ControlFlow<()> {
                Vec::add(so_far, item)
            }

            fn finish(so_far: Vec<T>) -> Self {
                so_far.into()
            }
        }
    )+};
}

slices!(Box<[T]>, Rc<[T]>, Arc<[T]>);

impl<T: Clone> FromStream<T> for Cow<'_, [T]> {
    type SoFar = Vec<T>;

    fn start(size_hint: (usize, Option<usize>)) -> Vec<T> {
        Vec::start(size_hint)
    }

    #[inline]
    fn add(so_far: &mut Vec<T>, item: T) -> ControlFlow<()> {
        Vec::add(so_far, item)
    }

    fn finish(so_far: Vec<T>) -> Self {
        Cow::Owned(so_far)
    }
}
