//! What each thread keeps: a short list of pieces for each class, which nobody else touches.
//!
//! The lists have no destructor, so whoever reads them need not ask whether they are still there: before the first piece is kept
//! and after the end of the thread, they are empty and have no room. What gives them room is [`Lists::open`], which first sees to
//! it that they are emptied at the end.

#![expect(unsafe_code, reason = "the links of the list stand in the kept memory itself")]

use core::cell::Cell;
use core::ptr::NonNull;

use super::class::Class;

/// How many pieces of a class a thread keeps.
const KEPT: u8 = 8;

std::thread_local! {
    static LISTS: Lists = const {
        Lists {
            of_class: [const { List { first: Cell::new(None), room: Cell::new(0) } }; Class::COUNT],
            state: Cell::new(State::New),
        }
    };
    static END: End = const { End };
}

/// The lists of a thread.
struct Lists {
    of_class: [List; Class::COUNT],
    state: Cell<State>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is no room, and nothing has been kept.
    New,
    Open,
    /// There is no room any more, and nothing is kept.
    Closed,
}

/// Dropped at the end of the thread.
struct End;

struct List {
    first: Cell<Option<NonNull<Piece>>>,
    /// For how many more pieces.
    room: Cell<u8>,
}

/// A kept piece.
struct Piece {
    next: Option<NonNull<Self>>,
}

/// A piece that this thread has kept.
#[inline]
pub(super) fn take(class: Class) -> Option<NonNull<u8>> {
    LISTS.with(|lists| lists.of_class[class.index()].pop())
}

/// Keeps a piece, if there is room. Returns whether it did.
///
/// # Safety
///
/// The memory has the layout of the class, and is the caller's to give, if this returns true.
#[inline]
pub(super) unsafe fn keep(class: Class, memory: NonNull<u8>) -> bool {
    LISTS.with(|lists| {
        let list = &lists.of_class[class.index()];
        if list.room.get() == 0 && !lists.open() {
            return false;
        }
        // SAFETY: as the caller promises; there is room.
        unsafe { list.push(memory) };
        true
    })
}

impl Lists {
    /// Gives each list its room. Returns whether it did, which it does once.
    #[cold]
    fn open(&self) -> bool {
        if self.state.get() != State::New || END.try_with(|_| ()).is_err() {
            return false;
        }
        self.state.set(State::Open);
        self.of_class.iter().for_each(|list| list.room.set(KEPT));
        true
    }
}

impl List {
    #[inline]
    fn pop(&self) -> Option<NonNull<u8>> {
        let piece = self.first.get()?;
        // SAFETY: what is in the list was written by `push`, and is ours until it is taken out.
        self.first.set(unsafe { piece.read() }.next);
        self.room.set(self.room.get() + 1);
        Some(piece.cast())
    }

    /// # Safety
    ///
    /// The memory has the layout of the class of this list, and is the caller's to give; and there is room.
    #[inline]
    unsafe fn push(&self, memory: NonNull<u8>) {
        let piece = memory.cast::<Piece>();
        // SAFETY: the memory is ours; each class has room for a piece, and is aligned for one.
        unsafe { piece.write(Piece { next: self.first.get() }) };
        self.first.set(Some(piece));
        self.room.set(self.room.get() - 1);
    }
}

impl Drop for End {
    fn drop(&mut self) {
        LISTS.with(|lists| {
            lists.state.set(State::Closed);
            for (index, list) in lists.of_class.iter().enumerate() {
                while let Some(memory) = list.pop() {
                    // SAFETY: it was kept in the list of this class, and is not in it any more.
                    unsafe { super::keep_for_all(Class::at(index), memory) };
                }
                list.room.set(0);
            }
        });
    }
}
