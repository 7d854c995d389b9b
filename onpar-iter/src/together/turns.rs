//! [`Turns`]: goes round those members that have been woken, and polls nobody else.

use core::task::{Context, Poll};

use super::members::Turn;
use super::ready::Ready;
use super::wakers::Rows;

/// After so many members in a row that had nothing to give, the others wait for the next poll, which is asked for at once.
///
/// An executor that has had enough of a task, for now, makes everything in it wait and be woken again: tokio does, after 128
/// steps. To poll all of a hundred thousand members then, again and again, takes the square of their number. This bound makes
/// it two polls in vain for each that is not.
const IN_VAIN: usize = 256;

/// Whose turn it is, among many.
pub(crate) struct Turns {
    rows: Rows,
    ready: Ready,
    /// Whose turn it is, or that of the first ready one after it.
    next: usize,
}

impl Turns {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self { rows: Rows::new(), ready: Ready::new(), next: 0 }
    }

    /// So many, all of them ready, and never any more.
    pub(crate) fn of(members: usize) -> Self {
        let mut ready = Ready::new();
        ready.grow(members);
        ready.add_first(members);
        Self { rows: Rows::of(members), ready, next: 0 }
    }

    /// A member is to be polled, be it a new one, and the parent is woken for it.
    pub(crate) fn add(&mut self, member: usize) {
        self.add_silently(member);
        self.rows.wake_parent();
    }

    /// A member is to be polled, by whoever polls now: nobody has to be woken for it.
    pub(crate) fn add_silently(&mut self, member: usize) {
        add(&mut self.rows, &mut self.ready, member);
    }

    /// A member is not to be polled any more.
    pub(crate) fn remove(&mut self, member: usize) {
        self.ready.remove(member);
    }

    /// Wakes the parent, if it sleeps.
    pub(crate) fn wake_parent(&self) {
        self.rows.wake_parent();
    }

    /// The first member is next.
    pub(crate) fn restart(&mut self) {
        self.next = 0;
    }

    /// Calls `poll` for each member that is ready, with its waker, until one gives an item; and has the parent woken for the
    /// next one. `poll` may add members that have been there before.
    ///
    /// A member is ready until a turn of it is over: also after one that gave an item, or panicked.
    #[inline]
    pub(crate) fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut poll: impl FnMut(&mut Ready, usize, &mut Context<'_>) -> Turn<T>,
    ) -> Poll<(usize, T)> {
        let Self { rows, ready, next } = self;
        rows.take_woken(|row, bits| ready.add_word(row, bits));
        let (mut in_vain, start) = (0, *next);
        while let Some(member) = ready.next(*next) {
            // Before the poll: a member that panics is not the first again.
            *next = member + 1;
            let waker = rows.waker(member);
            match poll(ready, member, &mut Context::from_waker(&waker)) {
                Turn::Gave(item) => return Poll::Ready((member, item)),
                Turn::Brought(another) => {
                    add(rows, ready, another);
                    *next = member;
                }
                Turn::Over => ready.remove(member),
                Turn::Pending => {
                    ready.remove(member);
                    in_vain += 1;
                    if in_vain == IN_VAIN {
                        *next = start;
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                }
            }
        }
        // Nobody has given an item, so it is the same one's turn as before.
        *next = start;
        rows.sleep(cx.waker());
        Poll::Pending
    }
}

/// Adds a member that is to be polled, and makes a waker for it, if there is none.
fn add(rows: &mut Rows, ready: &mut Ready, member: usize) {
    while rows.capacity() <= member {
        rows.grow();
        ready.grow(rows.capacity());
    }
    ready.add(member);
}
