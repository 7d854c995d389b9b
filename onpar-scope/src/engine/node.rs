//! [`Node`]: one cleanup or child on the heap, in a single allocation: a [`Header`] that the driver and the wakers know;
//! behind it what only cleanups have, or only children (a [`Head`] is both together); and at last the [`Job`] that only the
//! vtable knows.
//!
//! A node's life: made by [`Owned::new`](super::owned::Owned::new), used in place by its maker or
//! [erased](super::owned::Owned::erase) and handed to a scope; the scope's driver polls it until it is ready, drops the job,
//! and marks the node [done](State::finish). The memory goes when the last reference does, which may be a waker's, on any
//! thread, long after.
//!
//! What must never be broken:
//!
//! * The job is touched by one thread at a time: by its maker, then by the driver of the node's home.
//! * The fields of a header are touched by the same thread only. Except: `state` and `next`, which are atomic; `vtable` and
//!   `home`, which wakers read, and which do not change while there is one; a child's waiter, which is touched under the
//!   state's lock.
//! * Once a node has a waker, it has its home until it is freed, and it keeps that home's memory alive. A cleanup does from the
//!   moment it is handed over. A child has its home from the start, but counts a reference to it only once it is seen after
//!   a poll that there are wakers: until then the scope is there anyway, which polls it, or which its handle cannot outlive.

use core::alloc::Layout;
use core::cell::{Cell, UnsafeCell};
use core::fmt;
use core::mem::{ManuallyDrop, needs_drop};
use core::ops::Deref;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll, Waker};

use onpar_core::{BoxError, ExitReason};

use super::child_node::{ChildHeader, ChildPtr};
use super::cleanup_node::CleanupHeader;
use super::driver_ref::DriverRef;
use super::frame;
use super::memory::{self, Form, Place};
use super::order::Order;
use super::shared::Shared;
use super::state::State;
use super::trace::Trace;
use crate::label::Label;
use crate::sync::{AtomicPtr, Ordering};

/// A pointer to a live node.
///
/// It counts no reference: whoever makes one ([`from_raw`](Self::from_raw)) or lets a node go ([`release`]) promises that no
/// copy is used once the node is freed. That promise is what `Deref` leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodePtr(NonNull<Header>);

pub(crate) type Link = Option<NodePtr>;

impl NodePtr {
    /// # Safety
    ///
    /// The pointer is null or a node's, whose allocation it may reach; and no copy is used once the node is freed.
    #[inline]
    pub(crate) unsafe fn from_raw(node: *mut Header) -> Option<Self> {
        NonNull::new(node).map(Self)
    }

    #[inline]
    pub(crate) fn as_ptr(self) -> *mut Header {
        self.0.as_ptr()
    }

    fn cast<T>(self) -> NonNull<T> {
        self.0.cast()
    }

    /// The same node, if it begins with an `H`.
    #[inline]
    pub(super) fn with_head<H: Head>(self) -> Option<HeadPtr<H>> {
        (self.is_child == H::IS_CHILD).then(|| HeadPtr(self.cast()))
    }
}

impl Deref for NodePtr {
    type Target = Header;

    #[inline]
    fn deref(&self) -> &Header {
        // SAFETY: the node is alive, see above. A header is never borrowed mutably.
        unsafe { self.0.as_ref() }
    }
}

/// What nodes of some kind begin with: the header, and what only they have.
///
/// # Safety
///
/// The type begins with a [`Header`], as C lays it out; and there is no other for [`IS_CHILD`](Self::IS_CHILD).
pub(crate) unsafe trait Head: Deref<Target = Header> {
    /// With the time at which a cleanup's guard was made.
    fn new(header: Header, key: u64) -> Self;

    /// Whether it is that of children, or that of all other nodes.
    const IS_CHILD: bool;
}

/// A pointer to a live node with this head. The promise is that of [`NodePtr`].
pub(crate) struct HeadPtr<H>(NonNull<H>);

impl<H> HeadPtr<H> {
    #[inline]
    pub(crate) fn node(self) -> NodePtr {
        NodePtr(self.0.cast())
    }
}

impl<H> Clone for HeadPtr<H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<H> Copy for HeadPtr<H> {}

impl<H> PartialEq for HeadPtr<H> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<H> fmt::Debug for HeadPtr<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<H> Deref for HeadPtr<H> {
    type Target = H;

    #[inline]
    fn deref(&self) -> &H {
        // SAFETY: the node is alive, see `NodePtr`, and begins with an `H`, as `with_head` has seen. A head is never borrowed
        // mutably.
        unsafe { self.0.as_ref() }
    }
}

/// What a node does: a future that is told the reason of its exit.
pub(crate) trait Job {
    type Error: Into<BoxError>;

    fn poll(self: Pin<&mut Self>, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>>;
}

/// A job that leaves an output: when it has ended, nothing else is left in it that must be dropped.
pub(crate) trait ChildJob: Job {
    type Output;

    /// The output, if there is one and it has not been taken.
    fn take_output(self: Pin<&mut Self>) -> Option<Self::Output>;
}

/// Which scopes may run a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The job is `Send`: any scope may.
    Send,
    /// The job stays on its thread: local scopes of that thread may.
    Local,
    /// A child: it belongs to its scope and never leaves it.
    Child,
    /// A branch of a body: it has no job, and owns cleanups of any kind that its scope may run.
    Branch,
    /// A scope that has been dropped, with what it had left to do. What it may is its own kind's affair.
    Scope,
}

/// What the driver has done with a node so far. Each flag is set once; only `ORDERED` is cleared while the
/// node has wakers.
// They are one byte: a processor has to wait for a byte that it has just stored when a wider word around it is read, and that
// took a twentieth of the time of `children_all_woken_160k`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flags(u8);

impl Flags {
    /// The scope has taken the node into its list.
    pub(crate) const ADOPTED: Self = Self(1);
    /// The node stands in its part's [`Order`].
    pub(crate) const ORDERED: Self = Self(2);
    /// The node is a record of that order: nothing there holds it back.
    pub(crate) const RECORD: Self = Self(4);
    /// The node may run.
    pub(crate) const STARTED: Self = Self(8);
    /// The node was running when the budget's last mark was passed.
    pub(crate) const MARKED: Self = Self(16);
    /// The job has ended and is gone. The node itself ends with the last cleanup that its job left behind.
    pub(crate) const EMPTY: Self = Self(32);
    /// The node counts a reference to its home.
    const COUNTED: Self = Self(64);
    /// An observer has been told of the node.
    pub(crate) const WATCHED: Self = Self(128);
}

/// What the driver and the wakers know of a node.
pub(crate) struct Header {
    pub(crate) state: State,
    /// The next node of the queue or list in which this one stands, as `state` allows.
    pub(crate) next: AtomicPtr<Header>,
    vtable: &'static Vtable,
    /// The driver's node of the scope that is to poll this one.
    home: Cell<Link>,
    /// Does not change once anybody else knows the node.
    pub(crate) label: Cell<Label>,
    flags: Cell<u8>,
    place: Place,
    /// Whether it has the head of a child.
    is_child: bool,
    /// A child's: whether the body of its scope has awaited its handle.
    pub(super) awaited: Cell<bool>,
    /// The neighbours in the scope's list of all nodes.
    pub(crate) before: Cell<Link>,
    pub(crate) after: Cell<Link>,
    /// As a part that drops guards itself: their cleanups, and how many of them are active.
    pub(crate) inner: Order,
    pub(crate) active: Cell<u32>,
    /// Of the same thread, too.
    pub(super) trace: Trace,
}

impl Header {
    pub(crate) fn is(&self, flag: Flags) -> bool {
        self.flags.get() & flag.0 != 0
    }

    pub(crate) fn set(&self, flag: Flags) {
        self.flags.set(self.flags.get() | flag.0);
    }

    pub(crate) fn clear(&self, flag: Flags) {
        self.flags.set(self.flags.get() & !flag.0);
    }

    pub(crate) fn kind(&self) -> Kind {
        self.vtable.kind
    }

    /// Gives the node to the scope that is to poll it, and takes it away from the one that had it before. Nobody else has a
    /// reference to the node.
    pub(crate) fn settle_in(&self, home: Option<DriverRef>) {
        drop(self.take_home());
        if let Some(home) = home {
            self.home.set(Some(home.into_node()));
            self.set(Flags::COUNTED);
        }
    }

    /// Cancels the part of this child's scope that is being polled on this thread: it awaits an output that never comes.
    #[cold]
    pub(crate) fn lose_those_here(&self) {
        if let Some(home) = self.home.get() {
            frame::lose(home);
        }
    }

    /// The handle of this child is polled with this waker: true if that is the body of its scope, which will be polled again
    /// when the child has ended.
    #[inline]
    pub(crate) fn is_awaited_by_body(&self, waker: &Waker) -> bool {
        // The driver is below us on the stack, so it is its thread that asks.
        let awaited = frame::is_body_of(self.home.get(), waker);
        if awaited {
            self.awaited.set(true);
        }
        awaited
    }

    /// Counts the node's own reference to its home.
    pub(crate) fn count_home(&self, home: DriverRef) {
        debug_assert_eq!(self.home.get(), Some(home.node()), "a child stays with its scope");
        let _ = home.into_node();
        self.set(Flags::COUNTED);
    }

    /// Whether the node has wakers, or had them after some poll, but counts no reference to its home.
    #[inline]
    pub(crate) fn owes_its_home(&self) -> bool {
        !self.is(Flags::COUNTED) && self.state.has_wakers()
    }

    /// Takes the node away from its scope, and gives the reference to it, if it is counted. Nobody else has a reference to
    /// the node.
    #[inline]
    pub(crate) fn take_home(&self) -> Option<DriverRef> {
        if !self.is(Flags::COUNTED) {
            return None;
        }
        self.clear(Flags::COUNTED);
        let home = self.home.take()?;
        // SAFETY: the flag says that the reference was counted, and it is given out once.
        Some(unsafe { DriverRef::from_node(home) })
    }

    /// What wakers may use of the node's home.
    pub(super) fn home(&self) -> Option<&Shared> {
        // SAFETY: the home is a driver's node. It is alive as long as its own scope, which outlives the handle and the polls of
        // a child; and as long as there are other wakers, since the node then counts a reference to it.
        self.home.get().map(|home| unsafe { DriverRef::peek(home) }.shared())
    }
}

pub(super) struct Vtable {
    /// A shared job is not polled by these: its owner has its own way.
    poll: Option<Poller>,
    /// A child's: whatever it leaves stands in its job.
    poll_child: unsafe fn(NodePtr, &mut Context<'_>) -> Poll<()>,
    /// A child's: writes an `Option<Output>`, which is none so far.
    take_output: unsafe fn(NodePtr, *mut ()),
    drop_job: unsafe fn(NodePtr),
    /// Whether a job that has ended leaves anything that must be dropped.
    leaves_something: bool,
    form: Form,
    kind: Kind,
}

struct Poller {
    erased: unsafe fn(NodePtr, ExitReason, &mut Context<'_>) -> Poll<Result<(), BoxError>>,
    /// Writes an `Option<Result<(), Job::Error>>`.
    into: unsafe fn(NodePtr, ExitReason, &mut Context<'_>, *mut ()),
}

#[repr(C)]
pub(crate) struct Node<H, J> {
    head: H,
    job: UnsafeCell<ManuallyDrop<J>>,
}

impl<H, J: Job> Node<H, J> {
    const POLLER: Poller = Poller { erased: Self::poll, into: Self::poll_into };

    unsafe fn poll_job(node: NodePtr, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), J::Error>> {
        // SAFETY: the caller owns the job, which is there until `drop_job`.
        let job = unsafe { &mut *Self::job(node) };
        // SAFETY: the job never leaves its allocation, and is dropped before that is freed or used again.
        unsafe { Pin::new_unchecked(job) }.poll(reason, cx)
    }

    unsafe fn poll(node: NodePtr, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // SAFETY: as the caller promises.
        unsafe { Self::poll_job(node, reason, cx) }.map_err(Into::into)
    }

    unsafe fn poll_into(node: NodePtr, reason: ExitReason, cx: &mut Context<'_>, out: *mut ()) {
        // SAFETY: as the caller promises.
        let polled = unsafe { Self::poll_job(node, reason, cx) };
        if let Poll::Ready(result) = polled {
            // SAFETY: the caller promises that `out` is such an option.
            unsafe { *out.cast::<Option<Result<(), J::Error>>>() = Some(result) };
        }
    }
}

impl<J: Job> Node<CleanupHeader, J> {
    pub(super) const SEND: Vtable = Vtable { poll: Some(Self::POLLER), ..Self::vtable(Kind::Send) };
    pub(super) const LOCAL: Vtable = Vtable { poll: Some(Self::POLLER), ..Self::vtable(Kind::Local) };
}

impl Node<CleanupHeader, ()> {
    pub(super) const BRANCH: Vtable = Self::vtable(Kind::Branch);
}

impl<J: ChildJob> Node<ChildHeader, J> {
    const CHILD: Vtable = Vtable {
        poll_child: Self::poll_child,
        take_output: Self::take_output,
        leaves_something: needs_drop::<J::Output>(),
        ..Self::vtable(Kind::Child)
    };
}

impl<J: ChildJob> Node<CleanupHeader, J> {
    pub(super) const SEND_WITH_OUTPUT: Vtable = Vtable { take_output: Self::take_output, ..Self::SEND };
    pub(super) const LOCAL_WITH_OUTPUT: Vtable = Vtable { take_output: Self::take_output, ..Self::LOCAL };
}

impl<H, J: ChildJob> Node<H, J> {
    unsafe fn poll_child(node: NodePtr, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: as the caller promises.
        unsafe { Self::poll_job(node, ExitReason::Ended, cx) }.map(drop)
    }

    unsafe fn take_output(node: NodePtr, output: *mut ()) {
        // SAFETY: the caller has the right to the output, so the job is there and nobody else touches it.
        let job = unsafe { &mut *Self::job(node) };
        // SAFETY: as in `poll_job`.
        let taken = unsafe { Pin::new_unchecked(job) }.take_output();
        // SAFETY: the caller promises that `output` is such an option.
        unsafe { *output.cast::<Option<J::Output>>() = taken };
    }
}

impl<H, J> Node<H, J> {
    /// Of a node that nobody polls, and that leaves no output.
    const fn vtable(kind: Kind) -> Vtable {
        Vtable {
            poll: None,
            poll_child: |_, _| Poll::Pending,
            take_output: |_, _| (),
            drop_job: Self::drop_job,
            leaves_something: needs_drop::<J>(),
            form: Form::new(Layout::new::<Self>()),
            kind,
        }
    }

    /// Where the job of a node of this type is.
    fn job(node: NodePtr) -> *mut J {
        let node = node.cast::<Self>().as_ptr();
        // SAFETY: a live node of this type; its field's place is computed, nothing is read.
        let job = unsafe { &raw const (*node).job };
        UnsafeCell::raw_get(job).cast()
    }

    #[inline]
    unsafe fn drop_job(node: NodePtr) {
        // SAFETY: the caller promises that this is the first time, and the last use of the job.
        unsafe { Self::job(node).drop_in_place() };
    }

    /// Allocates a node, whose head is that of the vtable's kind.
    #[inline]
    pub(super) fn allocate(
        job: impl FnOnce(NodePtr) -> J,
        vtable: &'static Vtable,
        state: State,
        label: Label,
        key: u64,
    ) -> HeadPtr<H>
    where
        H: Head,
    {
        debug_assert_eq!(H::IS_CHILD, vtable.kind == Kind::Child, "a node has the head of its kind");
        let (node, place) = memory::allocate(const { Form::new(Layout::new::<Self>()) });
        let header = Header {
            state,
            next: AtomicPtr::default(),
            vtable,
            home: Cell::new(None),
            label: Cell::new(label),
            flags: Cell::new(0),
            place,
            is_child: H::IS_CHILD,
            awaited: Cell::new(false),
            before: Cell::new(None),
            after: Cell::new(None),
            inner: Order::default(),
            active: Cell::new(0),
            trace: Trace::default(),
        };
        // SAFETY: the memory is of this layout, and nobody else's.
        unsafe { node.cast().write(H::new(header, key)) };
        let node: HeadPtr<H> = HeadPtr(node.cast());
        // SAFETY: as above, and this is where the job is.
        unsafe { Self::job(node.node()).write(job(node.node())) };
        // The pointer reaches the whole allocation, of which the head is the beginning.
        node
    }
}

impl<J> Node<CleanupHeader, J> {
    const SHARED: Vtable = Self::vtable(Kind::Scope);

    /// A node that begins with so many references, and whose job lives until it is freed: a scope's driver.
    pub(crate) fn shared(job: impl FnOnce(NodePtr) -> J, references: usize, label: Label, key: u64) -> NodePtr {
        Self::allocate(job, &Self::SHARED, State::new(references), label, key).node()
    }

    /// The job of a [shared](Self::shared) node, which nobody ever borrows mutably.
    ///
    /// # Safety
    ///
    /// The node is alive for as long as the reference is, and was made by `shared` of this type.
    pub(crate) unsafe fn shared_job<'a>(node: NodePtr) -> &'a J {
        // SAFETY: as the caller promises.
        unsafe { &*Self::job(node) }
    }
}

/// The node of a child, with two references: the scope's, and the handle's; [claimed](State::queue) for the queue that the
/// caller puts it into.
///
/// # Safety
///
/// `home` is the driver's node of a scope, which polls and drops the job before anything ends that it borrows, and on its own
/// thread unless it is `Send`. The scope outlives the handle.
#[inline]
pub(crate) unsafe fn new_child<J: ChildJob>(job: J, label: Label, home: NodePtr) -> ChildPtr {
    let child: ChildPtr = Node::allocate(|_| job, &Node::<ChildHeader, J>::CHILD, State::with_handle(), label, 0);
    child.home.set(Some(home));
    child
}

/// Polls the job of a node.
///
/// # Safety
///
/// The job is there, has not been ready, and is the caller's to touch.
pub(crate) unsafe fn poll(node: NodePtr, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
    match &node.vtable.poll {
        // SAFETY: as the caller promises.
        Some(poller) => unsafe { (poller.erased)(node, reason, cx) },
        None => Poll::Pending,
    }
}

/// Polls the job of a child.
///
/// # Safety
///
/// As [`poll`]. The node is a child.
#[inline]
pub(crate) unsafe fn poll_child(node: NodePtr, cx: &mut Context<'_>) -> Poll<()> {
    // SAFETY: as the caller promises.
    unsafe { (node.vtable.poll_child)(node, cx) }
}

/// Polls the job of a node, with the result's own type.
///
/// # Safety
///
/// As [`poll`]. The job's error is `E`.
pub(super) unsafe fn poll_as<E>(node: NodePtr, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
    let mut out: Option<Result<(), E>> = None;
    if let Some(poller) = &node.vtable.poll {
        // SAFETY: as the caller promises.
        unsafe { (poller.into)(node, reason, cx, (&raw mut out).cast()) };
    }
    out.map_or(Poll::Pending, Poll::Ready)
}

/// Takes the output of a child.
///
/// # Safety
///
/// The child is done and has left its output, which the caller has the right to take, and which is a `T`.
pub(crate) unsafe fn take_output<T>(node: NodePtr) -> Option<T> {
    let mut output: Option<T> = None;
    // SAFETY: the job is a child's with an output of type `T`, and nobody else touches it any more.
    unsafe { (node.vtable.take_output)(node, (&raw mut output).cast()) };
    output
}

/// Whether a job that has ended leaves anything that must be dropped.
pub(crate) fn leaves_something(node: NodePtr) -> bool {
    node.vtable.leaves_something
}

/// Drops the job of a node.
///
/// # Safety
///
/// The job is there, and is the caller's to touch. It is not touched again.
pub(crate) unsafe fn drop_job(node: NodePtr) {
    // SAFETY: as the caller promises.
    unsafe { (node.vtable.drop_job)(node) };
}

/// Lets one reference go, and with the last one the memory.
///
/// # Safety
///
/// The reference is the caller's, who uses no pointer to the node any more that only this reference kept alive. The job is
/// gone, except a shared one.
#[inline]
pub(crate) unsafe fn release(node: NodePtr) {
    if node.state.release() {
        // SAFETY: it was the last one; the rest is as the caller promises.
        unsafe { free(node) };
    }
}

/// The handle of a child is dropped.
///
/// # Safety
///
/// The handle's reference is the caller's, who uses the node no more.
pub(crate) unsafe fn drop_handle(child: ChildPtr) {
    if child.state.drop_handle() {
        return;
    }
    let node = child.node();
    if leaves_something(node) && !child.state.is_gone() {
        // SAFETY: the child was done before its handle went, so what is left of the job is the handle's.
        unsafe { drop_job(node) };
    }
    // SAFETY: as the caller promises; the job is gone, or has nothing left that must be dropped.
    unsafe { release_child(child) };
}

/// As [`release`], of a child.
///
/// # Safety
///
/// As [`release`].
#[inline]
pub(crate) unsafe fn release_child(child: ChildPtr) {
    if child.state.release() {
        drop(child.take_home());
        // SAFETY: it was the last reference, and the home's is gone; the rest is as the caller promises.
        unsafe { free_child(child) };
    }
}

/// Frees a child, which counts no reference to its home.
///
/// # Safety
///
/// As [`free`].
#[inline]
pub(crate) unsafe fn free_child(child: ChildPtr) {
    if child.state.was_waited_for() {
        drop(child.take_waiter());
    }
    // SAFETY: home and waiter are gone; the rest is as the caller promises.
    unsafe { free_memory(child.node()) };
}

/// Frees a node.
///
/// # Safety
///
/// Nobody has a reference to the node any more, or the caller has the only one. The job is gone, except a shared one.
// A function of its own: most references that are let go are not the last one, and should not pay for its registers.
#[inline(never)]
pub(crate) unsafe fn free(node: NodePtr) {
    let vtable = node.vtable;
    if vtable.kind == Kind::Scope {
        // SAFETY: a shared job is dropped here and nowhere else.
        unsafe { (vtable.drop_job)(node) };
    }
    if let Some(child) = node.child() {
        drop(child.take_waiter());
    }
    drop(node.take_home());
    // SAFETY: nothing else in a head needs to be dropped; the rest is as the caller promises.
    unsafe { free_memory(node) };
}

/// Frees a node in which nothing is left that must be dropped.
///
/// # Safety
///
/// Nobody has a reference to the node any more, or the caller has the only one. The job is gone, and so are the reference to
/// the home and a child's waiter.
#[inline]
pub(crate) unsafe fn free_memory(node: NodePtr) {
    // SAFETY: the memory came from `allocate` with this layout and place, and nobody uses it any more.
    unsafe { memory::free(node.cast(), node.vtable.form, node.place) };
}

/// The node after this one in a list, as long as that list owns the links.
pub(crate) fn next(node: NodePtr) -> Link {
    // SAFETY: whoever linked the node after this one keeps it alive while it is linked.
    unsafe { NodePtr::from_raw(node.next.load(Ordering::Relaxed)) }
}
