//! [`Asked`]: many streams, each asked for its next item, together.
//!
//! Asking one after another takes the sum of their times, asking them together the time of the slowest. So those that are asked
//! are all polled until each has given its item, its head, or has ended. Nobody is left half-way: heads are taken from here only
//! when nobody is asked any more, so whatever their owner does with them keeps no stream waiting that has begun something.
//!
//! Up to a few are all polled whenever one is woken. Of more that wait, those that were woken are: see [`Turns`].

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::together::members::Turn;
use crate::together::turns::Turns;

/// Where so few wait, to know who was woken takes longer than to poll all, as for a merge.
const FEW: usize = 6;

pin_project! {
    /// The streams that a stream gives, all of which it takes first, and the heads of those that were asked.
    pub(super) struct Asked<S, U, T> {
        #[pin]
        outer: Option<S>,
        members: Vec<Member<U>>,
        // Those that are asked, and all polled.
        few: Vec<usize>,
        // Of more, so many, the outer one among them, are polled when they were woken.
        many: usize,
        turns: Option<Box<Turns>>,
        heads: VecDeque<(T, usize)>,
    }
}

struct Member<U> {
    stream: Option<Pin<Box<U>>>,
    /// It is one of the many: a waker may be late, and wake one that is not asked any more.
    is_of_many: bool,
}

/// The outer stream's number among those that take turns; that of a member is one more than its own.
const OUTER: usize = 0;

impl<S, U, T> Asked<S, U, T> {
    pub(super) const fn new(outer: S) -> Self {
        Self { outer: Some(outer), members: Vec::new(), few: Vec::new(), many: 0, turns: None, heads: VecDeque::new() }
    }

    /// Asks a stream for its next item. All others that were asked have given theirs.
    pub(super) fn ask(self: Pin<&mut Self>, number: usize) {
        self.project().few.push(number);
    }
}

impl<T, S: Stream<Item = U>, U: Stream<Item = T>> Asked<S, U, T> {
    /// A head, and the number of its stream. `None` if there is no other, and nobody is asked.
    #[inline]
    pub(super) fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(T, usize)>> {
        if self.many == 0 && self.as_mut().poll_few(cx) > FEW {
            self.as_mut().take_turns();
        }
        if self.many > 0 {
            self.as_mut().poll_many(cx);
        }
        let mut this = self.project();
        let waits = *this.many > 0 || !this.few.is_empty() || this.outer.as_mut().as_pin_mut().is_some();
        if waits { Poll::Pending } else { Poll::Ready(this.heads.pop_front()) }
    }

    /// Polls the outer stream for all that it has, and everybody who is asked. Gives how many of them wait.
    #[inline]
    fn poll_few(self: Pin<&mut Self>, cx: &mut Context<'_>) -> usize {
        let mut this = self.project();
        let mut waiting = 0;
        while let Some(outer) = this.outer.as_mut().as_pin_mut() {
            match outer.poll_next(cx) {
                Poll::Ready(Some(stream)) => {
                    this.few.push(this.members.len());
                    this.members.push(Member { stream: Some(Box::pin(stream)), is_of_many: false });
                }
                Poll::Ready(None) => this.outer.set(None),
                Poll::Pending => {
                    waiting = 1;
                    break;
                }
            }
        }
        let mut asked = 0;
        while let Some(number) = this.few.get(asked) {
            match this.members[*number].poll(*number, this.heads, cx) {
                Poll::Ready(()) => {
                    this.few.swap_remove(asked);
                }
                Poll::Pending => asked += 1,
            }
        }
        waiting + asked
    }

    /// Those that wait are many.
    fn take_turns(self: Pin<&mut Self>) {
        let mut this = self.project();
        let turns = this.turns.get_or_insert_with(|| Box::new(Turns::new()));
        if this.outer.as_mut().as_pin_mut().is_some() {
            turns.add_silently(OUTER);
            *this.many += 1;
        }
        for number in this.few.drain(..) {
            this.members[number].is_of_many = true;
            turns.add_silently(number + 1);
            *this.many += 1;
        }
    }

    /// Polls those of the many that were woken.
    fn poll_many(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        let this = self.project();
        let (mut outer, members, heads, many) = (this.outer, this.members, this.heads, this.many);
        let Some(turns) = this.turns else { return };
        let _: Poll<(usize, ())> = turns.poll(cx, |_, turn_of, cx| {
            let Some(number) = turn_of.checked_sub(1) else {
                let Some(stream) = outer.as_mut().as_pin_mut() else { return Turn::Over };
                return match stream.poll_next(cx) {
                    Poll::Ready(Some(stream)) => {
                        *many += 1;
                        members.push(Member { stream: Some(Box::pin(stream)), is_of_many: true });
                        Turn::Brought(members.len())
                    }
                    Poll::Ready(None) => {
                        *many -= 1;
                        outer.set(None);
                        Turn::Over
                    }
                    Poll::Pending => Turn::Pending,
                };
            };
            let member = &mut members[number];
            if !member.is_of_many {
                return Turn::Over;
            }
            match member.poll(number, heads, cx) {
                Poll::Ready(()) => {
                    member.is_of_many = false;
                    *many -= 1;
                    Turn::Over
                }
                Poll::Pending => Turn::Pending,
            }
        });
    }

    /// How many items there are, of which none has been taken from here.
    pub(super) fn size_hint(&self) -> (usize, Option<usize>) {
        let start = (self.heads.len(), Some(self.heads.len()).filter(|_| self.outer.is_none()));
        self.members.iter().filter_map(|member| member.stream.as_ref()).fold(start, |(lower, upper), stream| {
            let (more, at_most) = stream.size_hint();
            let upper = upper.zip(at_most).and_then(|(upper, at_most)| upper.checked_add(at_most));
            (lower.saturating_add(more), upper)
        })
    }
}

impl<U: Stream> Member<U> {
    /// Polls for the head: it comes, or there is none, since the stream ends or has ended.
    #[inline]
    fn poll(&mut self, number: usize, heads: &mut VecDeque<(U::Item, usize)>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(stream) = &mut self.stream else { return Poll::Ready(()) };
        match stream.as_mut().poll_next(cx) {
            Poll::Ready(Some(head)) => heads.push_back((head, number)),
            Poll::Ready(None) => self.stream = None,
            Poll::Pending => return Poll::Pending,
        }
        Poll::Ready(())
    }
}

impl<S: fmt::Debug, U, T> fmt::Debug for Asked<S, U, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked")
            .field("outer", &self.outer)
            .field("members", &self.members.len())
            .finish_non_exhaustive()
    }
}
