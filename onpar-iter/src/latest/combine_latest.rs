//! [`combine_latest`]: the latest item of each of several streams.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::AT_ONCE;

/// The latest item of each of several streams, as a tuple of clones: given whenever one of them has a new item, from when each
/// has given one.
///
/// Streams take turns: each poll begins with the one after that which gave the last item. An item of a stream that comes
/// before all others have given one is superseded by that stream's next. It ends when all streams have ended, or as soon as
/// one ends that has given no item, since there will be no combination then; the others are dropped at once.
///
/// For two streams there is the method [`combine_latest`](crate::AsyncStreamExt::combine_latest).
///
/// # Cancel safety
///
/// Dropped, it drops the latest items. Not being polled loses nothing.
///
/// # Panics
///
/// A panic of a stream, or of a `clone`, passes on. It poisons nothing: polled again, the next stream has its turn.
///
/// # Examples
///
/// ```
/// use onpar_iter::latest::combine_latest;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let prices = [5, 6].into_async_iter();
/// let amounts = [1, 2, 3].into_async_iter();
/// let sums = combine_latest((prices, amounts)).map(async |(price, amount)| price * amount);
/// assert_eq!(pollster::block_on(sums.collect::<Vec<_>>()), [5, 6, 12, 18]);
/// ```
pub fn combine_latest<M: Combined>(streams: M) -> CombineLatestOf<M> {
    CombineLatest { members: Some(streams.into_members()) }
}

/// What can be [combined](combine_latest()): a tuple of two to twelve streams, whose items can be cloned.
///
/// # Examples
///
/// ```
/// use onpar_iter::latest::{CombineLatestOf, Combined, combine_latest};
///
/// fn combine_loudly<M: Combined>(streams: M) -> CombineLatestOf<M> {
///     println!("here they come");
///     combine_latest(streams)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of streams whose items can be cloned",
    label = "the latest items of these cannot be combined",
    note = "write `combine_latest((a, b))` for two streams; for items without `Clone`, `map` them into an `Arc` first"
)]
pub trait Combined: Sized {
    /// A tuple of what they give.
    type Item;
    #[doc(hidden)]
    type Members: Latest<Item = Self::Item>;
    #[doc(hidden)]
    fn into_members(self) -> Self::Members;
}

/// Streams, and the latest item of each.
#[doc(hidden)]
#[expect(unnameable_types, reason = "users name the operation, and see nothing of what holds the streams")]
pub trait Latest {
    /// A tuple of the latest items.
    type Item;

    /// Polls for the next combination.
    fn poll_latest(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// How many combinations there will be.
    fn hint(&self) -> (usize, Option<usize>);
}

pin_project! {
    /// The stream of [`combine_latest`].
    ///
    /// # Cancel safety
    ///
    /// As [`combine_latest`] says: not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::latest::{CombineLatestOf, combine_latest};
    /// use onpar_iter::{IntoAsyncIterator, Iter};
    ///
    /// type Items = Iter<std::ops::Range<u8>>;
    ///
    /// let both: CombineLatestOf<(Items, Items)> = combine_latest(((0..3).into_async_iter(), (7..9).into_async_iter()));
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct CombineLatest<M> {
        // Not `M::Members`, by a trait: the compiler could not see whether it is `Send` then, where closures borrow.
        #[pin]
        members: Option<M>,
    }
}

/// The [`CombineLatest`] of a tuple of streams, by its name.
///
/// # Examples
///
/// ```
/// use onpar_iter::Iter;
/// use onpar_iter::latest::CombineLatestOf;
///
/// type Items = Iter<std::ops::Range<u8>>;
/// type Combinations = CombineLatestOf<(Items, Items, Items)>;
/// ```
pub type CombineLatestOf<M> = CombineLatest<<M as Combined>::Members>;

impl<M: Latest> Stream for CombineLatest<M> {
    type Item = M::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<M::Item>> {
        let mut members = self.project().members;
        let Some(running) = members.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        let item = ready!(running.poll_latest(cx));
        if item.is_none() {
            members.set(None);
        }
        Poll::Ready(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.members.as_ref().map_or((0, Some(0)), Latest::hint)
    }
}

impl<M> fmt::Debug for CombineLatest<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CombineLatest").finish_non_exhaustive()
    }
}

pin_project! {
    /// A stream, and its latest item.
    struct Member<S, T> {
        #[pin]
        stream: Option<S>,
        latest: Option<T>,
    }
}

/// A bit for each of as many streams as a word has.
const ALL: u16 = u16::MAX;

/// What became of a stream in its turn.
enum Turn {
    Gave,
    Pending,
    /// It has ended, now or before.
    Ended,
    /// It has ended, and has given nothing.
    EndedEmpty,
}

impl<S, T> Member<S, T> {
    const fn new(stream: S) -> Self {
        Self { stream: Some(stream), latest: None }
    }
}

impl<S: Stream<Item = T>, T> Member<S, T> {
    #[inline]
    fn turn(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Turn {
        let mut this = self.project();
        let Some(stream) = this.stream.as_mut().as_pin_mut() else { return Turn::Ended };
        match stream.poll_next(cx) {
            Poll::Ready(Some(item)) => {
                *this.latest = Some(item);
                Turn::Gave
            }
            Poll::Ready(None) => {
                this.stream.set(None);
                if this.latest.is_some() { Turn::Ended } else { Turn::EndedEmpty }
            }
            Poll::Pending => Turn::Pending,
        }
    }
}

/// What is known of all streams together.
struct Hint {
    /// How many items they give.
    items: (usize, Option<usize>),
    /// Each that has given none has one for sure.
    begins: bool,
    /// Each has given one.
    complete: bool,
}

impl Hint {
    fn add<S: Stream<Item = T>, T>(&mut self, member: &Member<S, T>) {
        let (lower, upper) = member.stream.as_ref().map_or((0, Some(0)), Stream::size_hint);
        let (so_far, at_most) = self.items;
        self.items =
            (so_far.saturating_add(lower), at_most.zip(upper).and_then(|(so_far, upper)| so_far.checked_add(upper)));
        if member.latest.is_none() {
            self.complete = false;
            self.begins &= lower > 0;
        }
    }
}

macro_rules! tuple {
    ($Members:ident $count:literal: $($S:ident $T:ident $field:ident $i:tt),+) => {
        pin_project! {
            /// The members of a tuple.
            #[doc(hidden)]
            pub struct $Members<$($S, $T),+> {
                $(#[pin] $field: Member<$S, $T>,)+
                next: usize,
            }
        }

        impl<$($T: Clone, $S: Stream<Item = $T>),+> Latest for $Members<$($S, $T),+> {
            type Item = ($($T,)+);

            fn poll_latest(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                let mut this = self.project();
                // Who has nothing more to give in this poll, and who in any.
                let (mut taken, mut rests, mut ended) = (0, 0_u16, 0_u16);
                // Whose turn it is after the last that gave something.
                let mut turn_of = *this.next;
                while rests != ALL >> (16 - $count) {
                    let position = *this.next;
                    // Before the poll: one that panics is not the first again.
                    *this.next = if position + 1 < $count { position + 1 } else { 0 };
                    let bit = 1 << position;
                    if rests & bit != 0 {
                        continue;
                    }
                    let turn = match position {
                        $($i => this.$field.as_mut().turn(cx),)+
                        _ => Turn::Ended,
                    };
                    match turn {
                        Turn::Gave => {
                            if let ($(Some($field),)+) = ($(&this.$field.latest,)+) {
                                return Poll::Ready(Some(($($field.clone(),)+)));
                            }
                            turn_of = *this.next;
                            taken += 1;
                            if taken == AT_ONCE {
                                cx.waker().wake_by_ref();
                                return Poll::Pending;
                            }
                        }
                        Turn::EndedEmpty => return Poll::Ready(None),
                        Turn::Ended => (rests, ended) = (rests | bit, ended | bit),
                        Turn::Pending => rests |= bit,
                    }
                }
                *this.next = turn_of;
                if ended == rests { Poll::Ready(None) } else { Poll::Pending }
            }

            fn hint(&self) -> (usize, Option<usize>) {
                let mut hint = Hint { items: (0, Some(0)), begins: true, complete: true };
                $(hint.add(&self.$field);)+
                let (lower, upper) = hint.items;
                (if hint.complete { lower } else { usize::from(hint.begins) }, upper)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($T: Clone, $S: Stream<Item = $T>),+> Combined for ($($S,)+) {
            type Item = ($($T,)+);
            type Members = $Members<$($S, $T),+>;

            fn into_members(self) -> Self::Members {
                $Members { $($field: Member::new(self.$i),)+ next: 0 }
            }
        }
    };
}

tuple!(Latest2 2: A TA a 0, B TB b 1);
tuple!(Latest3 3: A TA a 0, B TB b 1, C TC c 2);
tuple!(Latest4 4: A TA a 0, B TB b 1, C TC c 2, D TD d 3);
tuple!(Latest5 5: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4);
tuple!(Latest6 6: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5);
tuple!(Latest7 7: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5, G TG g 6);
tuple!(Latest8 8: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5, G TG g 6, H TH h 7);
tuple!(Latest9 9: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5, G TG g 6, H TH h 7, I TI i 8);
tuple!(Latest10 10: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5, G TG g 6, H TH h 7, I TI i 8, J TJ j 9);
tuple!(Latest11 11: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5, G TG g 6, H TH h 7, I TI i 8, J TJ j 9, K TK k 10);
tuple!(Latest12 12: A TA a 0, B TB b 1, C TC c 2, D TD d 3, E TE e 4, F TF f 5, G TG g 6, H TH h 7, I TI i 8, J TJ j 9, K TK k 10, L TL l 11);
