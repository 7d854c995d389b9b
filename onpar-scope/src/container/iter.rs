//! Iterators: the futures that one gives are collected at once, into the place where they are polled.

use core::panic::Location;

use super::vec::{if_any, many};
use crate::by_value::ByValue;
use crate::join::Join;
use crate::race::Race;
use crate::race_ok::RaceOk;
use crate::together::first::First;
use crate::together::first_ok::FirstOk;
use crate::try_join::TryJoin;

/// [`join`](crate::join()) for the futures of an iterator, which is run to its end at once.
///
/// # Cancel safety
///
/// As [`join`](crate::join()).
///
/// # Panics
///
/// As [`join`](crate::join()).
///
/// # Examples
///
/// ```
/// use onpar_scope::join_all;
///
/// # pollster::block_on(async {
/// assert_eq!(join_all((1..=3).map(async |n| n * n)).await, [1, 4, 9]);
/// # });
/// ```
pub fn join_all<I>(members: I) -> Join<Vec<I::Item>>
where
    I: IntoIterator<Item: Future>,
{
    Join::new(many(members))
}

/// [`try_join`](crate::try_join()) for the futures of an iterator, which is run to its end at once.
///
/// # Cancel safety
///
/// As [`try_join`](crate::try_join()).
///
/// # Errors
///
/// As [`try_join`](crate::try_join()).
///
/// # Panics
///
/// As [`try_join`](crate::try_join()).
///
/// # Examples
///
/// ```
/// use onpar_scope::try_join_all;
///
/// # pollster::block_on(async {
/// let parsed = try_join_all(["1", "2"].map(async |word| word.parse::<u32>())).await;
/// assert_eq!(parsed.unwrap(), [1, 2]);
/// # });
/// ```
#[track_caller]
pub fn try_join_all<I, T, E, K>(members: I) -> TryJoin<Vec<I::Item>>
where
    I: IntoIterator<Item: Future<Output = Result<T, E>>>,
    Vec<I::Item>: ByValue<K>, // a future that is lent would lie unpolled: give it away
{
    TryJoin::new(many(members), Location::caller())
}

/// [`race`](crate::race()) for the futures of an iterator, which is run to its end at once. `None` if there are none.
///
/// # Cancel safety
///
/// As [`race`](crate::race()).
///
/// # Panics
///
/// As [`race`](crate::race()).
///
/// # Examples
///
/// ```
/// use onpar_scope::race_all;
///
/// # pollster::block_on(async {
/// assert_eq!(race_all((1..=3).map(async |n| n)).await, Some(1)); // ready in one poll: the first position wins
/// assert_eq!(race_all(std::iter::empty::<std::future::Ready<()>>()).await, None);
/// # });
/// ```
#[track_caller]
pub fn race_all<I, K>(members: I) -> Race<Vec<I::Item>>
where
    I: IntoIterator<Item: Future>,
    Vec<I::Item>: ByValue<K>, // a future that is lent would lie unpolled: give it away
{
    Race::new(if_any(many(members), First::new()), Location::caller())
}

/// [`race_ok`](crate::race_ok()) for the futures of an iterator, which is run to its end at once. `None` if there are none.
///
/// # Cancel safety
///
/// As [`race_ok`](crate::race_ok()).
///
/// # Errors
///
/// As [`race_ok`](crate::race_ok()).
///
/// # Panics
///
/// As [`race_ok`](crate::race_ok()).
///
/// # Examples
///
/// ```
/// use onpar_scope::{Failure, race_ok_all};
///
/// # pollster::block_on(async {
/// let first = race_ok_all(["x", "7"].map(async |word| word.parse::<u32>())).await;
/// assert_eq!(first.transpose().map_err(Failure::into_primary), Ok(Some(7)));
/// # });
/// ```
#[track_caller]
pub fn race_ok_all<I, T, E, K>(members: I) -> RaceOk<Vec<I::Item>>
where
    I: IntoIterator<Item: Future<Output = Result<T, E>>>,
    Vec<I::Item>: ByValue<K>, // a future that is lent would lie unpolled: give it away
{
    RaceOk::new(if_any(many(members), FirstOk::new()), Location::caller())
}
