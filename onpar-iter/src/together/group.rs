//! [`Group`]: a merge whose members come and go while it runs.

use core::fmt;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;

use super::slab::Slab;
use super::turns::Turns;

/// A merge whose members come and go while it runs: the items of all of them, as they come, in fair rotation.
///
/// Whoever has been woken is polled, and nobody else: a group of a hundred thousand connections costs what those cost that
/// have something to say. A member that has ended is dropped at once. A group without members gives `None`, and goes on when
/// it gets one; whoever waits for its next item is woken then.
///
/// It may be moved, also while it runs. Two insertions never get the same [`Key`].
///
/// It allocates when it has more members at a time than ever before: see the [module](super).
///
/// # Cancel safety
///
/// It keeps no item between two polls: not being polled loses nothing. Dropping it drops its members where they stand.
///
/// # Panics
///
/// A panic of a member passes on. It poisons nothing: polled again, the group goes on with the next member, and polls that
/// one again in its turn.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::Group;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut group = Group::new();
/// let letters = group.insert("abc".chars().into_async_iter());
/// group.insert("12".chars().into_async_iter());
/// assert_eq!(group.next().await, Some('a'));
/// assert_eq!(group.next().await, Some('1'));
/// group.remove(letters);
/// group.insert("x".chars().into_async_iter());
/// let mut rest = group.by_ref().collect::<Vec<_>>().await;
/// rest.sort_unstable();
/// assert_eq!((rest, group.len()), (vec!['2', 'x'], 0));
/// # });
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Group<S> {
    members: Slab<S>,
    turns: Turns,
}

/// A member of one [`Group`]. It stays that member's when it has ended.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::{Group, Key};
/// use onpar_iter::{IntoAsyncIterator, Iter};
///
/// let mut group: Group<Iter<std::ops::Range<u8>>> = Group::new();
/// let key: Key = group.insert((0..3).into_async_iter());
/// assert!(group.remove(key) && !group.remove(key));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    generation: u64,
    place: usize,
}

impl<S> Group<S> {
    /// A group without members.
    pub fn new() -> Self {
        Self { members: Slab::new(), turns: Turns::new() }
    }

    /// How many members there are.
    pub const fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a member. Whoever waits for an item of the group is woken, and polls it.
    pub fn insert(&mut self, member: S) -> Key {
        let place = self.members.insert(member);
        self.turns.add(place);
        Key { generation: self.members.generation(place).unwrap_or(0), place }
    }

    /// Drops a member. Whether it was there: it is not when it has ended, or been removed before.
    pub fn remove(&mut self, key: Key) -> bool {
        if !self.contains_key(key) {
            return false;
        }
        self.turns.remove(key.place);
        self.members.remove(key.place);
        if self.is_empty() {
            // Whoever waits for an item hears that there is none to wait for.
            self.turns.wake_parent();
        }
        true
    }

    /// Whether this member is there.
    pub fn contains_key(&self, key: Key) -> bool {
        self.members.generation(key.place) == Some(key.generation)
    }

    /// A member, to be changed. It is polled afterwards as if it had been woken.
    pub fn member_mut(&mut self, key: Key) -> Option<Pin<&mut S>> {
        if !self.contains_key(key) {
            return None;
        }
        self.turns.add(key.place);
        self.members.get(key.place)
    }

    /// The group, as a stream of its items beside the keys of the members that they come from.
    pub fn keyed(self) -> Keyed<S> {
        Keyed { group: self }
    }
}

impl<S: Stream> Group<S> {
    /// Polls for the next item, and the member that it comes from.
    #[inline]
    fn poll_keyed(&mut self, cx: &mut Context<'_>) -> Poll<Option<(Key, S::Item)>> {
        let Self { members, turns } = self;
        let polled = turns.poll(cx, |_, place, cx| members.turn(place, cx));
        if self.is_empty() {
            return Poll::Ready(None);
        }
        let (place, item) = ready!(polled);
        Poll::Ready(Some((Key { generation: self.members.generation(place).unwrap_or(0), place }, item)))
    }
}

// The members are never moved with the group.
impl<S> Unpin for Group<S> {}

impl<S: Stream> Stream for Group<S> {
    type Item = S::Item;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.poll_keyed(cx).map(|item| item.map(|(_, item)| item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let mut sum = (0_usize, Some(0_usize));
        self.members.hints(|(lower, upper)| {
            sum.0 = sum.0.saturating_add(lower);
            sum.1 = sum.1.zip(upper).and_then(|(sum, upper)| sum.checked_add(upper));
        });
        sum
    }
}

impl<S> Default for Group<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Extend<S> for Group<S> {
    fn extend<I: IntoIterator<Item = S>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<S> FromIterator<S> for Group<S> {
    fn from_iter<I: IntoIterator<Item = S>>(members: I) -> Self {
        let mut group = Self::new();
        group.extend(members);
        group
    }
}

impl<S> fmt::Debug for Group<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("members", &self.len()).finish_non_exhaustive()
    }
}

/// The stream of [`Group::keyed`]: items beside the keys of their members. Everything else it does is the group's.
///
/// # Cancel safety
///
/// As [`Group`]: not being polled loses nothing.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::Group;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let mut group = Group::new().keyed();
/// let digits = group.insert("12".chars().into_async_iter());
/// while let Some((key, digit)) = group.next().await {
///     assert_eq!(key, digits);
///     if digit == '1' {
///         group.remove(key);
///     }
/// }
/// # });
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Keyed<S> {
    group: Group<S>,
}

impl<S> Keyed<S> {
    /// The group, as a stream of items alone.
    pub fn into_group(self) -> Group<S> {
        self.group
    }
}

impl<S> Deref for Keyed<S> {
    type Target = Group<S>;

    fn deref(&self) -> &Group<S> {
        &self.group
    }
}

impl<S> DerefMut for Keyed<S> {
    fn deref_mut(&mut self) -> &mut Group<S> {
        &mut self.group
    }
}

impl<S: Stream> Stream for Keyed<S> {
    type Item = (Key, S::Item);

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(Key, S::Item)>> {
        self.group.poll_keyed(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.group.size_hint()
    }
}

impl<S> fmt::Debug for Keyed<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyed").field("group", &self.group).finish()
    }
}
