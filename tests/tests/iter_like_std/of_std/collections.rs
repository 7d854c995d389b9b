//! What `collect`, `sum` and `product` make, for each type for which std makes it.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::rc::Rc;
use alloc::sync::Arc;
use core::fmt::Debug;
use core::num::{Saturating, Wrapping};
use core::ops::ControlFlow;
use core::time::Duration;
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use onpar_iter::{AsyncIterator as _, FromStream, StreamProduct, StreamSum, sync};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::checks::inputs;
use crate::executor::block_on_by_hand;
use crate::world::{Input, Later, World};

/// Both make the same of these items, having taken as many of them.
fn same_collection<T: 'static, C>(input: &Input, item: fn(i32) -> T) -> TestCaseResult
where
    C: FromIterator<T> + FromStream<T> + PartialEq + Debug,
{
    let (world, world_too) = (World::new(input), World::new(input));
    let expected: C = world.left().map(item).collect();
    let found: C = block_on_by_hand(Box::pin(Later(world_too.left()).map(sync(item)).collect()));
    prop_assert_eq!((found, world_too.log()), (expected, world.log()));
    Ok(())
}

fn same_sum<T: 'static, A>(input: &Input, item: fn(i32) -> T) -> TestCaseResult
where
    A: core::iter::Sum<T> + core::iter::Product<T> + StreamSum<T> + StreamProduct<T> + PartialEq + Debug,
{
    same_total::<T, A>(input, item)?;
    let (world, world_too) = (World::new(input), World::new(input));
    let expected: A = world.left().map(item).product();
    let found: A = block_on_by_hand(Box::pin(Later(world_too.left()).map(sync(item)).product()));
    prop_assert_eq!((found, world_too.log()), (expected, world.log()));
    Ok(())
}

fn same_total<T: 'static, A>(input: &Input, item: fn(i32) -> T) -> TestCaseResult
where
    A: core::iter::Sum<T> + StreamSum<T> + PartialEq + Debug,
{
    let (world, world_too) = (World::new(input), World::new(input));
    let expected: A = world.left().map(item).sum();
    let found: A = block_on_by_hand(Box::pin(Later(world_too.left()).map(sync(item)).sum()));
    // As text: 0.0 is not -0.0.
    prop_assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    prop_assert_eq!(world_too.log(), world.log());
    Ok(())
}

fn letter(n: i32) -> char {
    if n % 2 == 0 { 'e' } else { 'o' }
}

fn text(n: i32) -> &'static str {
    if n % 2 == 0 { "even" } else { "odd" }
}

fn os_text(n: i32) -> &'static OsStr {
    OsStr::new(text(n))
}

fn pair(n: i32) -> (i32, i32) {
    (n % 3, n)
}

/// A heap in the order in which it gives its items: heaps are not compared.
#[derive(Debug, PartialEq)]
struct Sorted(Vec<i32>);

impl FromIterator<i32> for Sorted {
    fn from_iter<I: IntoIterator<Item = i32>>(items: I) -> Self {
        Self(BinaryHeap::from_iter(items).into_sorted_vec())
    }
}

impl FromStream<i32> for Sorted {
    type SoFar = <BinaryHeap<i32> as FromStream<i32>>::SoFar;

    fn start(size_hint: (usize, Option<usize>)) -> Self::SoFar {
        BinaryHeap::start(size_hint)
    }

    fn add(so_far: &mut Self::SoFar, item: i32) -> ControlFlow<()> {
        <BinaryHeap<i32> as FromStream<i32>>::add(so_far, item)
    }

    fn finish(so_far: Self::SoFar) -> Self {
        Self(<BinaryHeap<i32> as FromStream<i32>>::finish(so_far).into_sorted_vec())
    }
}

macro_rules! collections {
    ($input:ident: $($Collection:ty = |$n:ident| $item:expr;)+) => {
        $(same_collection::<_, $Collection>(&$input, |$n| $item)?;)+
    };
}

/// Numbers by value and by reference.
macro_rules! numbers {
    ($input:ident: $($Number:ty = $some:expr;)+) => {$({
        static SOME: [$Number; 2] = $some;
        same_sum::<$Number, $Number>($input, |n| SOME[usize::from(n > 2)])?;
        same_sum::<&$Number, $Number>($input, |n| &SOME[usize::from(n > 2)])?;
    })+};
}

/// So small that no product of them is too large, but for those that may be.
macro_rules! integers {
    ($input:ident: $($Integer:ty),+) => {
        numbers! { $input: $(
            $Integer = [1, 2];
            Wrapping<$Integer> = [Wrapping(<$Integer>::MAX), Wrapping(3)];
        )+ }
    };
}

proptest! {
    #![proptest_config(onpar_tests::cases(200))]

    #[test]
    fn a_collection_is_the_same(input in inputs()) {
        collections! { input:
            Vec<i32> = |n| n;
            VecDeque<i32> = |n| n;
            LinkedList<i32> = |n| n;
            Sorted = |n| n;
            BTreeSet<i32> = |n| n;
            HashSet<i32> = |n| n;
            BTreeMap<i32, i32> = |n| pair(n);
            HashMap<i32, i32> = |n| pair(n);
            Box<[i32]> = |n| n;
            Rc<[i32]> = |n| n;
            Arc<[i32]> = |n| n;
            Cow<'static, [i32]> = |n| n;
            () = |_n| ();
            Option<Vec<i32>> = |n| (n < 4).then_some(n);
            Result<Vec<i32>, i32> = |n| if n < 4 { Ok(n) } else { Err(n) };
            Option<Result<Vec<i32>, i32>> = |n| (n < 3).then_some(if n > -2 { Ok(n) } else { Err(n) });
            Result<BTreeMap<i32, i32>, String> = |n| if n < 4 { Ok(pair(n)) } else { Err(n.to_string()) };
        }
    }

    #[test]
    fn a_text_is_the_same(input in inputs()) {
        collections! { input:
            String = |n| letter(n);
            String = |n| if n % 2 == 0 { &'e' } else { &'o' };
            String = |n| text(n);
            String = |n| String::from(text(n));
            String = |n| Box::<str>::from(text(n));
            String = |n| Cow::from(text(n));
            Box<str> = |n| letter(n);
            Box<str> = |n| if n % 2 == 0 { &'e' } else { &'o' };
            Box<str> = |n| text(n);
            Box<str> = |n| String::from(text(n));
            Box<str> = |n| Box::<str>::from(text(n));
            Box<str> = |n| Cow::from(text(n));
            Cow<'static, str> = |n| letter(n);
            Cow<'static, str> = |n| text(n);
            Cow<'static, str> = |n| String::from(text(n));
            OsString = |n| OsString::from(text(n));
            OsString = |n| os_text(n);
            OsString = |n| Cow::from(os_text(n));
            PathBuf = |n| text(n);
            PathBuf = |n| if n == 0 { PathBuf::from("/") } else { PathBuf::from(text(n)) };
        }
    }

    #[test]
    fn a_tuple_of_collections_is_the_same(input in inputs()) {
        type V = Vec<i32>;
        type S = BTreeSet<i32>;
        collections! { input:
            (V,) = |n| (n,);
            (V, S) = |n| (n, n);
            (V, S, V) = |n| (n, n, -n);
            (V, S, V, S) = |n| (n, n, -n, n);
            (V, S, V, S, V) = |n| (n, n, -n, n, n);
            (V, S, V, S, V, S) = |n| (n, n, -n, n, n, n);
            (V, S, V, S, V, S, V) = |n| (n, n, -n, n, n, n, n + 1);
            (V, S, V, S, V, S, V, S) = |n| (n, n, -n, n, n, n, n + 1, n);
            (V, S, V, S, V, S, V, S, V) = |n| (n, n, -n, n, n, n, n + 1, n, n);
            (V, S, V, S, V, S, V, S, V, S) = |n| (n, n, -n, n, n, n, n + 1, n, n, n);
            (V, S, V, S, V, S, V, S, V, S, V) = |n| (n, n, -n, n, n, n, n + 1, n, n, n, n + 2);
            (V, S, V, S, V, S, V, S, V, S, V, S) = |n| (n, n, -n, n, n, n, n + 1, n, n, n, n + 2, n);
        }
    }

    #[test]
    fn a_sum_and_a_product_are_the_same(input in inputs()) {
        let input = &input;
        integers!(input: u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);
        numbers! { input:
            Saturating<u8> = [Saturating(255), Saturating(3)];
            Saturating<u16> = [Saturating(65_535), Saturating(3)];
            Saturating<u32> = [Saturating(u32::MAX), Saturating(3)];
            Saturating<u64> = [Saturating(u64::MAX), Saturating(3)];
            Saturating<u128> = [Saturating(u128::MAX), Saturating(3)];
            Saturating<usize> = [Saturating(usize::MAX), Saturating(3)];
        }
        numbers! { input: f32 = [-0.0, 2.5]; f64 = [-0.0, 2.5]; }
        same_sum::<Option<i32>, Option<i32>>(input, |n| (n < 4).then_some(n))?;
        same_sum::<Result<f64, i32>, Result<f64, i32>>(input, |n| if n < 4 { Ok(f64::from(n)) } else { Err(n) })?;
        same_total::<Duration, Duration>(input, |n| Duration::from_millis(u64::from(n.unsigned_abs())))?;
        same_total::<&Duration, Duration>(input, |n| if n < 0 { &Duration::ZERO } else { const { &Duration::from_nanos(7) } })?;
    }
}
