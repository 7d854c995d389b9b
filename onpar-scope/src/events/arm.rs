//! [`Arm`]: one arm of a loop: its source, the item that waits, and its handler.
//!
//! ```
//! use onpar_scope::events::{Arm, Events, NoArms, Once, Only, events};
//!
//! type First<F, H, Fut> = Arm<NoArms, Once<F>, u32, Only<H>, Fut>;
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Arm<First<_, _, _>, Once<_>, u32, Only<_>, _>> =
//!     events(&mut sum).once(async { 3 }, async |sum, n| *sum += n).once(async { 4 }, async |sum, n| *sum += n);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 7);
//! ```

#![expect(
    clippy::inline_always,
    reason = "a server walks its arms thrice for a request; measured by `cargo xtask redis`"
)]

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::arms::Arms;
use super::board::{Board, MOST_ARMS};
use super::handled::Stop;
use super::handler::Handler;
use super::parked::{DropParked, Parked};
use super::rules::{Always, Rules};
use super::source::Source;

pin_project! {
    /// One arm of [`Events`](super::Events), behind those that were added before it.
    ///
    /// Its parameters are those arms, the source, the items, the handler and its future, the rules, and who gets what is parked.
    pub struct Arm<P, Src, I, H, Fut, Ru = Always, Pa = DropParked> {
        #[pin]
        pub(crate) before: P,
        #[pin]
        pub(crate) source: Src,
        // The item that waits, at most one.
        pub(crate) item: Option<I>,
        pub(crate) handler: H,
        // The handler at work. It has the state.
        #[pin]
        pub(crate) handling: Option<Fut>,
        pub(crate) rules: Ru,
        pub(crate) parked: Pa,
    }
}

impl<P, Src, I, H, Fut> Arm<P, Src, I, H, Fut> {
    pub(crate) fn new(before: P, source: Src, handler: H) -> Self {
        Self { before, source, item: None, handler, handling: None, rules: Always, parked: DropParked }
    }
}

impl<P, Src, I, H, Fut, Ru, Pa> Arm<P, Src, I, H, Fut, Ru, Pa> {
    /// With other rules, made of those so far.
    pub(crate) fn ruled<New>(self, rules: impl FnOnce(Ru) -> New) -> Arm<P, Src, I, H, Fut, New, Pa> {
        let Self { before, source, item, handler, handling, rules: old, parked } = self;
        Arm { before, source, item, handler, handling, rules: rules(old), parked }
    }

    /// With somebody else who gets what is parked.
    pub(crate) fn parking<New>(self, parked: New) -> Arm<P, Src, I, H, Fut, Ru, New> {
        let Self { before, source, item, handler, handling, rules, parked: _ } = self;
        Arm { before, source, item, handler, handling, rules, parked }
    }
}

impl<'x, S, O, P, Src, H, Fut, Ru, Pa> Arms<'x, S, O> for Arm<P, Src, Src::Item, H, Fut, Ru, Pa>
where
    S: 'x,
    P: Arms<'x, S, O>,
    Src: Source<'x, S>,
    H: Handler<'x, S, Src::Item, Future = Fut>,
    Fut: Future<Output: Stop<O>>,
    Ru: Rules<S>,
    Pa: Parked<S, Src::Item>,
{
    const COUNT: u32 = P::COUNT + 1;
    const BIT: u64 = {
        assert!(P::COUNT < MOST_ARMS, "an event loop has at most 64 arms: merge some of its streams into one");
        1 << P::COUNT
    };

    #[inline(always)]
    fn settle(self: Pin<&mut Self>, state: &mut S, board: &mut Board) {
        let mut this = self.project();
        this.before.settle(state, board);
        if !Src::RESTS && !Ru::ASKS {
            return;
        }
        if board.is_over(Self::BIT) {
            return;
        }
        let ruling = this.rules.ask(state);
        if ruling.over || ruling.restart {
            board.rest(Self::BIT);
            this.source.as_mut().stop();
            if let Some(item) = this.item.take() {
                this.parked.take(state, item);
            }
        }
        if ruling.over {
            board.end(Self::BIT);
            return;
        }
        board.set_closed(Self::BIT, !ruling.open);
        if board.rests(Self::BIT) && this.source.begin(state) {
            board.feed(Self::BIT);
        }
    }

    #[inline(always)]
    fn feed(self: Pin<&mut Self>, which: u64, board: &mut Board, cx: &mut Context<'_>) {
        let this = self.project();
        this.before.feed(which, board, cx);
        if which & Self::BIT == 0 {
            return;
        }
        feed::<S, Src>(this.source, this.item, Self::BIT, board, cx);
    }

    #[inline]
    fn handle(
        self: Pin<&mut Self>,
        arm: u32,
        state: &'x mut S,
        board: &mut Board,
        cx: &mut Context<'_>,
    ) -> Poll<Option<O>> {
        let mut this = self.project();
        if arm != P::COUNT {
            return this.before.handle(arm, state, board, cx);
        }
        board.rest(Self::BIT);
        let Some(item) = this.item.take() else { return Poll::Ready(None) };
        this.handling.set(this.handler.call(state, item));
        board.running = Some(arm);
        let given = poll_handler(this.handling, board, cx);
        if !Src::RESTS && !matches!(given, Poll::Ready(Some(_))) {
            // A rule may end the arm now, and then nothing more must be taken.
            if Ru::ASKS {
                board.feed(Self::BIT);
            } else {
                board.hunger(Self::BIT);
                feed::<S, Src>(this.source, this.item, Self::BIT, board, cx);
            }
        }
        given
    }

    #[inline]
    fn resume(self: Pin<&mut Self>, arm: u32, board: &mut Board, cx: &mut Context<'_>) -> Poll<Option<O>> {
        let this = self.project();
        if arm == P::COUNT { poll_handler(this.handling, board, cx) } else { this.before.resume(arm, board, cx) }
    }

    fn stop_handlers(self: Pin<&mut Self>) {
        let mut this = self.project();
        this.before.stop_handlers();
        this.handling.set(None);
    }

    fn unpark(self: Pin<&mut Self>, state: &mut S) {
        let this = self.project();
        // The items are handed out in the order of the arms, and each of them even if an earlier closure panics.
        let mut own = Unpark { state, parked: this.parked, item: this.item };
        this.before.unpark(own.state);
        own.hand_out();
    }
}

/// Polls a source for an arm's next item.
#[inline(always)]
fn feed<'x, S, Src: Source<'x, S>>(
    mut source: Pin<&mut Src>,
    item: &mut Option<Src::Item>,
    bit: u64,
    board: &mut Board,
    cx: &mut Context<'_>,
) {
    match source.as_mut().poll(cx) {
        Poll::Pending => {}
        Poll::Ready(Some(next)) => {
            *item = Some(next);
            board.park(bit);
        }
        Poll::Ready(None) => {
            board.end(bit);
            source.stop();
        }
    }
}

/// Polls a handler until it has ended. It gives the state back by being dropped.
#[inline]
fn poll_handler<Fut, O>(mut handling: Pin<&mut Option<Fut>>, board: &mut Board, cx: &mut Context<'_>) -> Poll<Option<O>>
where
    Fut: Future<Output: Stop<O>>,
{
    let given = match handling.as_mut().as_pin_mut() {
        Some(handler) => Some(ready!(handler.poll(cx))),
        None => None,
    };
    handling.set(None);
    board.running = None;
    Poll::Ready(given.and_then(Stop::stop))
}

/// Hands the parked item out, by a panic too.
struct Unpark<'a, S, I, Pa: Parked<S, I>> {
    state: &'a mut S,
    parked: &'a mut Pa,
    item: &'a mut Option<I>,
}

impl<S, I, Pa: Parked<S, I>> Unpark<'_, S, I, Pa> {
    fn hand_out(&mut self) {
        if let Some(item) = self.item.take() {
            self.parked.take(self.state, item);
        }
    }
}

impl<S, I, Pa: Parked<S, I>> Drop for Unpark<'_, S, I, Pa> {
    fn drop(&mut self) {
        self.hand_out();
    }
}

impl<P: fmt::Debug, Src: fmt::Debug, I, H, Fut, Ru: fmt::Debug, Pa> fmt::Debug for Arm<P, Src, I, H, Fut, Ru, Pa> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arm")
            .field("before", &self.before)
            .field("source", &self.source)
            .field("rules", &self.rules)
            .field("parked", &self.item.is_some())
            .finish_non_exhaustive()
    }
}
