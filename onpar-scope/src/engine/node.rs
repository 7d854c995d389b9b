//! [`Node`]: one cleanup on the heap, in a single allocation: a [`Header`] that the driver and the wakers know, and behind
//! it the [`Job`] that only the vtable knows.
//!
//! A node's life: made by [`Owned::new`], used in place by its maker or [erased](Owned::erase) and handed to a scope; the
//! scope's driver polls it until it is ready, drops the job, and marks the node [done](State::finish). The memory goes
//! when the last reference does, which may be a waker's, on any thread, long after.
//!
//! What must never be broken:
//!
//! * The job is touched by one thread at a time: by its maker, then by the driver of the node's home.
//! * The fields of a header are touched by the same thread only. Except: `state` and `next`, which are atomic; `vtable` and
//!   `home`, which wakers read, and which do not change while there is one; `waiter`, which is touched under the state's lock.
//! * Once a node has a waker, it has its home until it is freed, and it keeps that home's memory alive.

use core::alloc::Layout;
use core::cell::{Cell, UnsafeCell};
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::panic::Location;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use onpar_core::{BoxError, ExitReason};

use super::driver_ref::DriverRef;
use super::memory;
use super::order::{Order, OrderLinks};
use super::state::State;
use super::trace::Trace;
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
}

impl Deref for NodePtr {
    type Target = Header;

    #[inline]
    fn deref(&self) -> &Header {
        // SAFETY: the node is alive, see above. A header is never borrowed mutably.
        unsafe { self.0.as_ref() }
    }
}

/// What a node does: a future that is told the reason of its exit.
pub(crate) trait Job {
    type Error: Into<BoxError>;

    fn poll(self: Pin<&mut Self>, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>>;
}

/// A job that leaves an output.
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
    /// A scope that has been dropped, with what it had left to do. What it may is its own kind's affair.
    Scope,
}

/// What a guard knows of itself, for its report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label {
    pub(crate) name: &'static str,
    pub(crate) location: &'static Location<'static>,
}

/// What the driver has done with a node so far. Each flag is set once; only `ORDERED` is ever cleared.
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
    /// An observer has been told of the node.
    pub(crate) const WATCHED: Self = Self(64);
}

/// What the driver and the wakers know of a node.
pub(crate) struct Header {
    pub(crate) state: State,
    /// The next node of the queue or list in which this one stands, as `state` allows.
    pub(crate) next: AtomicPtr<Header>,
    vtable: &'static Vtable,
    home: Cell<Option<DriverRef>>,
    /// Does not change once anybody else knows the node.
    pub(crate) label: Cell<Label>,
    pub(crate) reason: Cell<Option<ExitReason>>,
    flags: Cell<u8>,
    /// The part in whose order the node stands.
    pub(crate) owner: Cell<Link>,
    /// The neighbours in the scope's list of all nodes.
    pub(crate) before: Cell<Link>,
    pub(crate) after: Cell<Link>,
    pub(crate) order: OrderLinks,
    /// As a part that drops guards itself: their cleanups,
    pub(crate) inner: Order,
    /// how many of them are active,
    pub(crate) active: Cell<usize>,
    /// and the part's time, which only ever grows: the key of the last guard created in it. A part begins with the time of
    /// the part that made it, so that keys of nested parts compare (Lamport's clock, without messages).
    pub(crate) clock: Cell<u64>,
    /// Who waits for a child's output; see `State::locked`.
    waiter: Cell<Option<Waker>>,
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

    /// A later time of this part than any before.
    #[inline]
    pub(crate) fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    /// Gives the node to the scope that is to poll it.
    pub(crate) fn settle_in(&self, home: Option<DriverRef>) {
        self.home.set(home);
    }

    /// Leaves a waker for the end of a child.
    pub(crate) fn leave_waker(&self, waker: &Waker) {
        // The old one is dropped outside of the lock: that is other people's code.
        drop(self.state.locked(|| self.waiter.replace(Some(waker.clone()))));
    }

    /// Wakes whoever waits for the end of a child.
    pub(crate) fn wake_waiter(&self) {
        if let Some(waker) = self.state.locked(|| self.waiter.take()) {
            waker.wake();
        }
    }

    /// Takes the node away from its scope. Nobody else has a reference to it.
    pub(crate) fn take_home(&self) -> Option<DriverRef> {
        self.home.take()
    }

    pub(crate) fn home(&self) -> Option<&DriverRef> {
        // SAFETY: the home changes only while one thread owns the node and no reference of this kind is alive: before the
        // first waker is made, and when the node is freed.
        unsafe { (*self.home.as_ptr()).as_ref() }
    }
}

struct Vtable {
    /// A shared job is not polled by these: its owner has its own way.
    poll: Option<Poller>,
    /// A child's: writes an `Option<Output>`.
    take_output: Option<unsafe fn(NodePtr, *mut ())>,
    drop_job: unsafe fn(NodePtr),
    layout: Layout,
    kind: Kind,
}

struct Poller {
    erased: unsafe fn(NodePtr, ExitReason, &mut Context<'_>) -> Poll<Result<(), BoxError>>,
    /// Writes an `Option<Result<(), Job::Error>>`.
    into: unsafe fn(NodePtr, ExitReason, &mut Context<'_>, *mut ()),
}

#[repr(C)]
pub(crate) struct Node<J> {
    header: Header,
    job: UnsafeCell<ManuallyDrop<J>>,
}

impl<J: Job> Node<J> {
    const POLLER: Poller = Poller { erased: Self::poll, into: Self::poll_into };
    const SEND: Vtable = Self::vtable(Kind::Send, Some(Self::POLLER), None);
    const LOCAL: Vtable = Self::vtable(Kind::Local, Some(Self::POLLER), None);

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

impl<J: ChildJob> Node<J> {
    const CHILD: Vtable = Self::vtable(Kind::Child, Some(Self::POLLER), Some(Self::take_output));

    unsafe fn take_output(node: NodePtr, output: *mut ()) {
        // SAFETY: the caller has the right to the output, so the job is there and nobody else touches it.
        let job = unsafe { &mut *Self::job(node) };
        // SAFETY: as in `poll_job`.
        let taken = unsafe { Pin::new_unchecked(job) }.take_output();
        // SAFETY: the caller promises that `output` is such an option.
        unsafe { *output.cast::<Option<J::Output>>() = taken };
    }
}

impl<J> Node<J> {
    const SHARED: Vtable = Self::vtable(Kind::Scope, None, None);

    const fn vtable(kind: Kind, poll: Option<Poller>, take_output: Option<unsafe fn(NodePtr, *mut ())>) -> Vtable {
        Vtable { poll, take_output, drop_job: Self::drop_job, layout: Layout::new::<Self>(), kind }
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

    /// Allocates a node.
    #[inline]
    fn allocate(job: impl FnOnce() -> J, vtable: &'static Vtable, state: State, label: Label, key: u64) -> NodePtr {
        let layout = Layout::new::<Self>();
        let node = memory::allocate(layout).cast::<Self>();
        let header = Header {
            state,
            next: AtomicPtr::default(),
            vtable,
            home: Cell::new(None),
            label: Cell::new(label),
            reason: Cell::new(None),
            flags: Cell::new(0),
            owner: Cell::new(None),
            before: Cell::new(None),
            after: Cell::new(None),
            order: OrderLinks::default(),
            inner: Order::default(),
            active: Cell::new(0),
            clock: Cell::new(key),
            waiter: Cell::new(None),
            trace: Trace::default(),
        };
        header.order.key.set(key);
        // SAFETY: the memory is of this layout, and nobody else's.
        unsafe { node.write(Self { header, job: UnsafeCell::new(ManuallyDrop::new(job())) }) };
        // The pointer reaches the whole allocation, of which the header is the beginning.
        NodePtr(node.cast())
    }

    /// A node that begins with so many references, and whose job lives until it is freed: a scope's driver.
    pub(crate) fn shared(job: impl FnOnce() -> J, references: usize, label: Label, key: u64) -> NodePtr {
        Self::allocate(job, &Self::SHARED, State::new(references), label, key)
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

/// A node with its job that nobody else knows yet.
pub(crate) struct Owned(NodePtr);

impl Owned {
    /// A node that any scope may run.
    pub(crate) fn new<J: Job + Send + 'static>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|| job, &Node::<J>::SEND, State::new(1), label, key))
    }

    /// A node that only the local scopes of this thread may run.
    pub(crate) fn new_local<J: Job + 'static>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|| job, &Node::<J>::LOCAL, State::new(1), label, key))
    }

    #[inline]
    /// The node of a child, with two references: the scope's, which comes with it, and the handle's.
    ///
    /// # Safety
    ///
    /// The scope polls and drops the job before anything ends that it borrows, and on its own thread unless it is `Send`.
    pub(crate) unsafe fn new_child<J: ChildJob>(job: J, label: Label, key: u64) -> Self {
        Self(Node::allocate(|| job, &Node::<J>::CHILD, State::with_handle(), label, key))
    }

    pub(crate) fn header(&self) -> &Header {
        &self.0
    }

    /// Its node, which lives as long as it does.
    #[cfg(all(test, not(loom)))]
    pub(crate) fn node(&self) -> NodePtr {
        self.0
    }

    /// Polls the job where it stands, with the result's own type.
    ///
    /// # Safety
    ///
    /// The job's error is `E`, and the job has not been ready before.
    pub(crate) unsafe fn poll<E>(&mut self, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        let mut out: Option<Result<(), E>> = None;
        if let Some(poller) = &self.header().vtable.poll {
            // SAFETY: the node is owned, so the job is ours; the caller promises the type.
            unsafe { (poller.into)(self.0, reason, cx, (&raw mut out).cast()) };
        }
        out.map_or(Poll::Pending, Poll::Ready)
    }

    /// Drops the job, and frees the memory.
    #[inline]
    pub(crate) fn end(self) {
        let node = self.erase();
        // SAFETY: the node was owned, and the job with it.
        unsafe { drop_job(node) };
        // SAFETY: the reference was ours, and nobody else has one.
        unsafe { release(node) };
    }

    /// Passes the only reference on.
    #[inline]
    pub(crate) fn erase(self) -> NodePtr {
        ManuallyDrop::new(self).0
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        Self(self.0).end();
    }
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

/// Takes the output of a child.
///
/// # Safety
///
/// The child is done and has left its output, which the caller has the right to take, and which is a `T`.
pub(crate) unsafe fn take_output<T>(node: NodePtr) -> Option<T> {
    let mut output: Option<T> = None;
    if let Some(take) = node.vtable.take_output {
        // SAFETY: the job is a child's with an output of type `T`, and nobody else touches it any more.
        unsafe { take(node, (&raw mut output).cast()) };
    }
    output
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
    if !node.state.release() {
        return;
    }
    let vtable = node.vtable;
    if vtable.kind == Kind::Scope {
        // SAFETY: a shared job is dropped here and nowhere else.
        unsafe { (vtable.drop_job)(node) };
    }
    // SAFETY: nobody reads the header again. Its home may go with it.
    unsafe { node.as_ptr().drop_in_place() };
    // SAFETY: the memory came from `allocate` with this layout, and nobody uses it any more.
    unsafe { memory::free(node.cast(), vtable.layout) };
}

/// A node's waker, for the time of one poll. It counts no reference: a clone of it does.
pub(crate) fn waker(node: NodePtr) -> ManuallyDrop<Waker> {
    // SAFETY: the functions of the vtable keep the contract of `RawWaker`: they touch the node's state, its `next` (once
    // claimed) and its home's ready stack, all of which any thread may; clones count references.
    ManuallyDrop::new(unsafe { Waker::new(node.as_ptr().cast(), &WAKER) })
}

static WAKER: RawWakerVTable = RawWakerVTable::new(clone_waker, wake, wake_by_ref, drop_waker);

/// The node of a waker's data.
///
/// # Safety
///
/// The data are those of a waker of this file, which is alive as long as the pointer is used.
unsafe fn node_of(waker: *const ()) -> NodePtr {
    // SAFETY: such a waker is made of a node, see `waker`, and keeps it alive.
    NodePtr(unsafe { NonNull::new_unchecked(waker.cast_mut().cast()) })
}

unsafe fn clone_waker(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned is alive.
    unsafe { node_of(data) }.state.retain();
    RawWaker::new(data, &WAKER)
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker is alive during this call.
    let node = unsafe { node_of(data) };
    if !node.state.queue() {
        return;
    }
    let Some(home) = node.home() else { return };
    // SAFETY: the node has been claimed; it stays alive until it has been taken, by the driver's reference or by the one
    // that `State::finish` passed to the queue.
    let pushed = unsafe { home.ready().push(node) };
    if pushed.is_err() && !node.state.unqueue() {
        // SAFETY: the node was done while we had claimed it for the queue, so its reference passed to us.
        unsafe { release(node) };
    }
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the node alive until the end of the call.
    unsafe { wake_by_ref(data) };
    // SAFETY: it is consumed.
    unsafe { drop_waker(data) };
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is alive so far.
    let node = unsafe { node_of(data) };
    // SAFETY: the waker's reference is consumed. A waker is made when the job is polled by a driver, which drops the job
    // before it lets its own reference go; so if this is the last one, the job is gone.
    unsafe { release(node) };
}

/// The node after this one in a list, as long as that list owns the links.
pub(crate) fn next(node: NodePtr) -> Link {
    // SAFETY: whoever linked the node after this one keeps it alive while it is linked.
    unsafe { NodePtr::from_raw(node.next.load(Ordering::Relaxed)) }
}
