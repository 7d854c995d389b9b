//! [`Observer`]: what is alive in an observed scope, as a table that any thread may read.
//!
//! Drivers cannot be read while they work: their lists are of one thread, and know nothing of the scopes that stand in the
//! futures of their children. So the drivers of an observed scope write down what begins and ends, here. A driver finds its
//! observer at its first poll: the one of the scope in whose poll that happens, under the child or cleanup that is
//! polled there. That is what the child waits in.
//!
//! Whoever observes nothing pays next to nothing: a flag of the node, in a byte that is read anyway, says whether an observer
//! was told of it; and before a body is polled, [`OBSERVERS`] says whether there is any. No node carries more for it: a row is
//! found by the address of its node.
//!
//! What must never be broken: a row is taken away before its node is freed, for the next node may have the same address.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ptr::from_ref;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use onpar_core::Instant;

use super::driver::Driver;
use super::frame::{Frame, with_nearest};
use super::node::{Flags, Header, Kind, NodePtr};
use super::shared::Shared;
use crate::label::Label;
use crate::panics::{caught, discard};
use crate::{NodeKind, NodeState, TreeNode};

/// How many observers there are in the process. Relaxed: who is to see an observer of its own has been given it.
static OBSERVERS: AtomicUsize = AtomicUsize::new(0);

pub(crate) struct Observer {
    now: Box<dyn Fn() -> Instant + Send + Sync>,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    rows: HashMap<Key, Row>,
    last: u64,
}

/// A node's address.
type Key = usize;

#[derive(Clone, Copy)]
struct Row {
    /// The row that it stands below; none for the outermost scope.
    parent: Option<Key>,
    /// Later rows have greater numbers.
    number: u64,
    kind: NodeKind,
    state: NodeState,
    label: Label,
    since: Instant,
}

/// A row, also after its address has been used again.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    key: Key,
    number: u64,
}

fn key(header: &Header) -> Key {
    from_ref(header).addr()
}

impl Observer {
    fn new(now: Box<dyn Fn() -> Instant + Send + Sync>) -> Arc<Self> {
        OBSERVERS.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self { now, table: Mutex::default() })
    }

    /// A clock is other people's code: it is not called under the lock, and what it panics with ends nobody's poll.
    fn now(&self) -> Instant {
        caught(&self.now).unwrap_or_else(|payload| {
            discard::<()>(Err(payload));
            Instant::ORIGIN
        })
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down that the node is there, below the other one; or that it stands there from now on.
    #[cold]
    pub(super) fn enter(&self, node: &Header, parent: Option<&Header>, kind: NodeKind, state: NodeState) -> Ticket {
        let since = self.now();
        node.set(Flags::WATCHED);
        let (key, parent) = (key(node), parent.map(key));
        let mut table = self.lock();
        table.last += 1;
        let new = Row { parent, number: table.last, kind, state, label: node.label.get(), since };
        let row = table.rows.entry(key).and_modify(|row| *row = Row { parent, state, ..*row }).or_insert(new);
        Ticket { key, number: row.number }
    }

    fn set(&self, node: &Header, state: NodeState) {
        if let Some(row) = self.lock().rows.get_mut(&key(node)) {
            row.state = state;
        }
    }

    /// The node is there no longer.
    #[cold]
    pub(crate) fn leave(&self, node: &Header) {
        self.lock().rows.remove(&key(node));
    }

    /// What stands below the node, from the top down and in the order in which it began; nothing if it is not there itself.
    pub(crate) fn nodes(&self, root: NodePtr) -> Vec<TreeNode> {
        let now = self.now();
        let mut rows: Vec<(Key, Row)> = self.lock().rows.iter().map(|(key, row)| (*key, *row)).collect();
        // The latest first, since what is pushed last below is taken first.
        rows.sort_unstable_by_key(|(_, row)| core::cmp::Reverse(row.number));
        let mut below: BTreeMap<Key, Vec<(Key, Row)>> = BTreeMap::new();
        let mut left = Vec::new();
        for (key, row) in rows {
            if key == root.as_ptr().addr() {
                left.push((0, key, row));
            } else if let Some(parent) = row.parent {
                below.entry(parent).or_default().push((key, row));
            }
        }
        let mut nodes = Vec::new();
        while let Some((depth, key, Row { kind, state, label: Label { name, location }, since, .. })) = left.pop() {
            let age = Some(now.saturating_duration_since(since));
            nodes.push(TreeNode { depth, kind, state, name, location, age });
            left.extend(below.remove(&key).into_iter().flatten().map(|(key, row)| (depth + 1, key, row)));
        }
        nodes
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        OBSERVERS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The observer of what this frame is at.
fn of(frame: &Frame) -> Option<&Arc<Observer>> {
    frame.driver().shared().observer()
}

/// For the thread that polls or drops the scope. `me` is the driver's own node.
impl Driver {
    /// Has the scope observed; by the one that observes the scope in which this is called, if there is one.
    pub(crate) fn observe(&self, now: Box<dyn Fn() -> Instant + Send + Sync>) {
        let around = with_nearest(Kind::Send, |frame| frame.and_then(of).cloned());
        self.shared().set_observer(&around.unwrap_or_else(|| Observer::new(now)));
    }

    /// The body is about to be polled.
    #[inline]
    pub(super) fn begin(&self) {
        if OBSERVERS.load(Ordering::Relaxed) != 0 && !self.header().is(Flags::WATCHED) {
            self.watch_scope();
        }
    }

    #[cold]
    fn watch_scope(&self) {
        with_nearest(Kind::Send, |frame| {
            let around = frame.and_then(of);
            let Some(ours) = around.map(|around| self.shared().set_observer(around)).or(self.shared().observer())
            else {
                return;
            };
            let joins = around.is_some_and(|around| Arc::ptr_eq(around, ours));
            ours.enter(
                self.header(),
                frame.filter(|_| joins).map(Frame::part).as_deref(),
                NodeKind::Scope,
                NodeState::Running,
            );
        });
    }

    /// The body runs elsewhere, in a task of its own, which belongs to this scope.
    pub(super) fn begin_for(&self, scope: &Shared) -> Option<Ticket> {
        let observer = self.shared().set_observer(scope.observer()?);
        Some(observer.enter(&self.node(), Some(&scope.node()), NodeKind::Scope, NodeState::Running))
    }

    /// A cleanup has been taken in, as one that belongs to this part. It runs, or waits for others.
    #[cold]
    pub(super) fn watch_cleanup(&self, node: &Header, part: &Header, runs: bool) {
        if let Some(observer) = self.shared().observer() {
            let (kind, state) = match (node.kind(), runs || node.is(Flags::STARTED)) {
                (Kind::Scope, _) => (NodeKind::Scope, NodeState::Closing),
                (_, true) => (NodeKind::Cleanup, NodeState::Running),
                (_, false) => (NodeKind::Cleanup, NodeState::Waiting),
            };
            observer.enter(node, Some(part), kind, state);
        }
    }

    /// A cleanup that had to wait runs.
    #[cold]
    pub(super) fn watch_start(&self, node: &Header) {
        if let Some(observer) = self.shared().observer()
            && node.kind() != Kind::Scope
        {
            observer.set(node, NodeState::Running);
        }
    }

    /// The scope's body, a child or a cleanup has ended; what it has left behind has not.
    #[cold]
    pub(super) fn watch_close(&self, node: &Header) {
        if node.is(Flags::WATCHED)
            && let Some(observer) = self.shared().observer()
        {
            observer.set(node, NodeState::Closing);
        }
    }

    /// The node has ended, and is about to be freed.
    #[cold]
    pub(super) fn unwatch(&self, node: &Header) {
        if let Some(observer) = self.shared().observer() {
            observer.leave(node);
        }
    }

    /// The node has ended: no span and no row of a table is left of it.
    #[inline]
    pub(super) fn unwatch_ended(&self, node: NodePtr) {
        node.trace.end();
        if node.is(Flags::WATCHED) {
            self.unwatch(&node);
        }
    }
}

impl Shared {
    /// A child has been spawned.
    #[cold]
    pub(super) fn watch_child(&self, node: &Header) {
        if let Some(observer) = self.observer() {
            observer.enter(node, Some(&self.node()), NodeKind::Child, NodeState::Running);
        }
    }
}

/// What this ticket is for stands, from now on, below the part that is being polled.
#[cold]
pub(crate) fn move_here(ticket: Ticket) {
    with_nearest(Kind::Send, |frame| {
        if let Some(frame) = frame
            && let Some(observer) = of(frame)
            && let Some(row) = observer.lock().rows.get_mut(&ticket.key)
            && row.number == ticket.number
        {
            row.parent = Some(key(&frame.part()));
        }
    });
}

/// A guard is being closed in the part that is polled, if that has the observer of the scope in which the guard was made.
#[cold]
pub(crate) fn closing_here(node: &Header, observer: &Arc<Observer>) {
    with_nearest(Kind::Send, |frame| {
        if let Some(frame) = frame
            && of(frame).is_some_and(|here| Arc::ptr_eq(here, observer))
        {
            observer.enter(node, Some(&frame.part()), NodeKind::ExplicitClose, NodeState::Running);
        }
    });
}
