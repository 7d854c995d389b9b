//! [`Queue`]: the deadlines that somebody waits for, and [`Entry`], one of them.
//!
//! A pairing heap whose nodes are within the entries: it needs no memory of its own, a deadline is added at once, and taken out in
//! logarithmic time. Each parent is due no later than its children; `prev` is the sibling before, or the parent for the first.
//!
//! # What must never be broken
//!
//! * A node is looked at under the queue's lock, and in no other way, its own entry not excepted.
//! * An entry is pinned when its node goes in, and takes it out when it is dropped. So what the heap points to is alive.
//! * Nobody's code runs under the lock: wakers are cloned, woken and dropped outside.
#![expect(unsafe_code, reason = "the nodes of the heap are within what waits, which may be on any stack")]

use core::cell::{Cell, RefCell};
use core::fmt;
use core::marker::PhantomPinned;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::Waker;

use critical_section::Mutex;

type Link = Option<NonNull<Node>>;

/// The deadlines that somebody waits for, in ticks.
pub(super) struct Queue {
    inner: Mutex<RefCell<Inner>>,
}

struct Inner {
    /// The first to come.
    root: Link,
    /// Whoever waits for it.
    server: Option<Waker>,
}

// SAFETY: what it points to may be used by any thread that has the lock of the queue: see `Node`.
unsafe impl Send for Inner {}

/// One deadline that may be waited for. It must be pinned to be in the queue.
pub(super) struct Entry {
    queue: &'static Queue,
    node: Node,
    _pinned: PhantomPinned,
}

struct Node {
    queued: Cell<bool>,
    tick: Cell<u64>,
    waker: Cell<Option<Waker>>,
    child: Cell<Link>,
    next: Cell<Link>,
    prev: Cell<Link>,
}

// SAFETY: a waker may go anywhere, and the pointers are followed under the lock of the queue only, by whatever thread.
unsafe impl Send for Node {}
// SAFETY: its cells are touched under the lock of the queue only, so by one thread at a time.
unsafe impl Sync for Node {}

/// What the server has to be woken for, and who it is.
pub(super) type Earlier = Option<(u64, Waker)>;

impl Queue {
    pub(super) const fn new() -> Self {
        Self { inner: Mutex::new(RefCell::new(Inner { root: None, server: None })) }
    }

    fn lock<R>(&self, act: impl FnOnce(&mut Inner) -> R) -> R {
        critical_section::with(|token| act(&mut self.inner.borrow_ref_mut(token)))
    }

    /// Who is to be woken when the first deadline comes.
    pub(super) fn serve(&self, server: &Waker) {
        let known = self.lock(|inner| inner.server.as_ref().is_some_and(|known| known.will_wake(server)));
        if !known {
            let server = server.clone();
            let before = self.lock(|inner| inner.server.replace(server));
            drop(before);
        }
    }

    /// When the first deadline comes.
    pub(super) fn first(&self) -> Option<u64> {
        self.lock(|inner| inner.root.map(|root| inner.node(root).tick.get()))
    }

    /// Takes one that has come by `now`, and gives whoever waits for it.
    pub(super) fn take_due(&self, now: u64) -> Option<Waker> {
        self.lock(|inner| {
            loop {
                let first = inner.root.filter(|&root| inner.node(root).tick.get() <= now)?;
                inner.remove(first);
                let waker = inner.node(first).waker.take();
                if waker.is_some() {
                    return waker;
                }
            }
        })
    }
}

impl Entry {
    pub(super) const fn new(queue: &'static Queue) -> Self {
        let node = Node {
            queued: Cell::new(false),
            tick: Cell::new(0),
            waker: Cell::new(None),
            child: Cell::new(None),
            next: Cell::new(None),
            prev: Cell::new(None),
        };
        Self { queue, node, _pinned: PhantomPinned }
    }

    /// Wakes `waker`, and nobody else, when `tick` comes.
    pub(super) fn wait(self: Pin<&Self>, tick: u64, waker: &Waker) -> Earlier {
        let node = self.get_ref().link();
        let known = self.queue.lock(|inner| {
            let node = inner.node(node);
            let known = node.waker.take();
            let same = known.as_ref().is_some_and(|known| known.will_wake(waker));
            node.waker.set(known);
            same && node.queued.get() && node.tick.get() == tick
        });
        if known {
            return None;
        }
        let waker = waker.clone();
        let (before, earlier) = self.queue.lock(|inner| {
            let before = inner.node(node).waker.replace(Some(waker));
            (before, inner.put(node, tick))
        });
        drop(before);
        earlier
    }

    /// Moves what is waited for, if anybody waits.
    pub(super) fn put_off(self: Pin<&Self>, tick: u64) -> Earlier {
        let node = self.get_ref().link();
        self.queue.lock(|inner| if inner.node(node).queued.get() { inner.put(node, tick) } else { None })
    }

    /// Nobody waits any more.
    pub(super) fn forget(&self) {
        let node = self.link();
        let waker = self.queue.lock(|inner| {
            inner.remove(node);
            inner.node(node).waker.take()
        });
        drop(waker);
    }

    fn link(&self) -> NonNull<Node> {
        NonNull::from(&self.node)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.forget();
    }
}

impl Inner {
    /// A node that is in the heap, or whose entry is borrowed by the caller.
    #[expect(clippy::unused_self, reason = "who has it has the lock")]
    const fn node<'a>(&self, node: NonNull<Node>) -> &'a Node {
        // SAFETY: an entry that is in the heap is pinned, and takes its node out before its memory is used otherwise; one that is
        // borrowed is alive. All that the node has is in cells, so nobody has an exclusive reference to it that is made use of:
        // the entry is not `Unpin`. The reference does not leave the lock, of which `self` is the proof.
        unsafe { node.as_ref() }
    }

    /// Puts the node in at `tick`, wherever it was. Gives the server, if that is the first deadline now.
    fn put(&mut self, link: NonNull<Node>, tick: u64) -> Earlier {
        self.remove(link);
        let node = self.node(link);
        node.queued.set(true);
        node.tick.set(tick);
        let root = self.root.map_or(link, |root| self.meld(root, link));
        self.root = Some(root);
        // Embassy's wakers are pointers to statics: to clone one is no code of anybody's.
        if root == link && tick != u64::MAX { self.server.clone().map(|server| (tick, server)) } else { None }
    }

    /// Takes the node out, if it is in.
    fn remove(&mut self, link: NonNull<Node>) {
        let node = self.node(link);
        if !node.queued.replace(false) {
            return;
        }
        let children = self.meld_all(node.child.take());
        let next = node.next.take();
        let Some(prev) = node.prev.take() else {
            self.root = children;
            return;
        };
        let before = self.node(prev);
        if before.child.get() == Some(link) {
            before.child.set(next);
        } else {
            before.next.set(next);
        }
        if let Some(next) = next {
            self.node(next).prev.set(Some(prev));
        }
        self.root = match (self.root, children) {
            (Some(root), Some(children)) => Some(self.meld(root, children)),
            (root, children) => root.or(children),
        };
    }

    /// Makes the later of two roots the first child of the other.
    fn meld(&self, a: NonNull<Node>, b: NonNull<Node>) -> NonNull<Node> {
        let (root, link) = if self.node(b).tick.get() < self.node(a).tick.get() { (b, a) } else { (a, b) };
        let child = self.node(link);
        let other = self.node(root).child.replace(Some(link));
        if let Some(other) = other {
            self.node(other).prev.set(Some(link));
        }
        child.next.set(other);
        child.prev.set(Some(root));
        root
    }

    /// Makes one root of siblings: first of two and two, then of all, which is what keeps the heap flat.
    fn meld_all(&self, mut siblings: Link) -> Link {
        let mut pairs: Link = None;
        while let Some(first) = siblings {
            let second = self.alone(first);
            siblings = second.and_then(|second| self.alone(second));
            let pair = second.map_or(first, |second| self.meld(first, second));
            self.node(pair).next.set(pairs);
            pairs = Some(pair);
        }
        let mut root: Link = None;
        while let Some(pair) = pairs {
            pairs = self.alone(pair);
            root = Some(root.map_or(pair, |root| self.meld(root, pair)));
        }
        root
    }

    /// Takes a node from its siblings, and gives the next of them.
    fn alone(&self, link: NonNull<Node>) -> Link {
        let node = self.node(link);
        node.prev.set(None);
        node.next.take()
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("first", &self.first()).finish()
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use alloc::boxed::Box;
    use alloc::collections::BTreeMap;
    use alloc::sync::Arc;
    use alloc::task::Wake;
    use alloc::vec::Vec;
    use core::sync::atomic::{AtomicUsize, Ordering};

    use critical_section as _;

    use super::*;

    const ENTRIES: usize = 40;

    /// Keeps its number when it is woken.
    struct Numbered(usize, Arc<AtomicUsize>);

    impl Wake for Numbered {
        fn wake(self: Arc<Self>) {
            self.1.store(self.0, Ordering::Relaxed);
        }
    }

    /// A generator of numbers that are not in order.
    struct Random(u64);

    impl Random {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            usize::try_from(self.0 >> 33).expect("31 bits") % end
        }
    }

    #[test]
    fn what_is_due_comes_out_in_order_whatever_was_added_moved_forgotten_and_dropped() {
        static QUEUE: Queue = Queue::new();
        let last = Arc::new(AtomicUsize::new(usize::MAX));
        let wakers: Vec<_> = (0..ENTRIES).map(|n| Waker::from(Arc::new(Numbered(n, Arc::clone(&last))))).collect();
        let mut entries: Vec<_> = wakers.iter().map(|_| Box::pin(Entry::new(&QUEUE))).collect();
        let mut model = BTreeMap::new();
        let mut random = Random(1);
        for _ in 0..20_000 {
            let (number, tick) = (random.below(ENTRIES), random.below(1000) as u64);
            match random.below(8) {
                0..=3 => {
                    assert!(entries[number].as_ref().wait(tick, &wakers[number]).is_none(), "nobody serves it");
                    model.insert(number, tick);
                }
                4 => {
                    entries[number].as_ref().put_off(tick);
                    model.entry(number).and_modify(|known| *known = tick);
                }
                5 => {
                    entries[number].forget();
                    model.remove(&number);
                }
                6 => {
                    entries[number] = Box::pin(Entry::new(&QUEUE));
                    model.remove(&number);
                }
                _ => {
                    let now = tick / 8;
                    let mut before = 0;
                    while let Some(waker) = QUEUE.take_due(now) {
                        waker.wake();
                        let due = model.remove(&last.load(Ordering::Relaxed)).expect("it is waited for");
                        assert!((before..=now).contains(&due), "{due} came after {before}, at {now}");
                        before = due;
                    }
                }
            }
            assert_eq!(QUEUE.first(), model.values().min().copied());
        }
        drop(entries);
        assert_eq!(QUEUE.first(), None);
    }

    #[test]
    fn server_is_told_of_a_deadline_that_is_the_first_now_and_of_no_other() {
        static QUEUE: Queue = Queue::new();
        QUEUE.serve(Waker::noop());
        let entries = [0; 3].map(|_| Box::pin(Entry::new(&QUEUE)));
        let wait = |number: usize, tick| entries[number].as_ref().wait(tick, Waker::noop()).map(|(tick, _)| tick);
        assert_eq!((wait(0, 50), wait(1, 60), wait(2, 40)), (Some(50), None, Some(40)));
        assert_eq!(entries[1].as_ref().put_off(30).map(|(tick, _)| tick), Some(30));
        assert_eq!(entries[1].as_ref().put_off(u64::MAX).map(|(tick, _)| tick), None, "for ever");
        entries[2].forget();
        assert!(entries[2].as_ref().put_off(10).is_none(), "nobody waits");
        assert_eq!(QUEUE.first(), Some(50));
    }
}
