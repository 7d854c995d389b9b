//! Send, Sync and Unpin of every public type, under the names that users write: they are part of the API.
//!
//! A generic type is asserted with arguments that have the trait, and with arguments that have not, to show which of them
//! it asks. Types of `onpar-rt` and of `onpar-test` that no other crate's types lean on are asserted there.
//! It has so many lines because it has one for each of them.

extern crate alloc;

mod errors;

use core::cell::Cell;
use core::convert::Infallible;
use core::future::{Pending, Ready};
use core::marker::PhantomPinned;

use onpar::{ByAsyncDrop, ByClosure};

/// `Send`, and not `Sync`.
type SendOnly = Cell<u8>;
/// Neither `Send` nor `Sync`.
type Neither = *const u8;
/// A future that is all three, but for its parameter.
type Future<T> = Ready<T>;

/// Cleaned up by the one, and by the other trait.
struct Resource<T>(T);

impl<T: Send> onpar::AsyncDrop for Resource<T> {
    type Error = Infallible;

    async fn async_drop(self, _reason: onpar::ExitReason) -> Result<(), Infallible> {
        drop(self.0);
        Ok(())
    }
}

impl<T> onpar::LocalAsyncDrop for Resource<T> {
    type Error = Infallible;

    async fn async_drop(self, _reason: onpar::ExitReason) -> Result<(), Infallible> {
        drop(self.0);
        Ok(())
    }
}

macro_rules! assert_is {
    ($($Auto:ident),+: $($Type:ty),+ $(,)?) => {
        const _: fn() = || {
            fn is<T: $($Auto +)+>() {}
            $(is::<$Type>();)+
        };
    };
}

/// Two blanket implementations fit a type that has the trait, so the compiler cannot tell which one is meant.
macro_rules! assert_not {
    ($Auto:ident: $($Type:ty),+ $(,)?) => {$(
        const _: fn() = || {
            trait Ambiguous<A> { fn item() {} }
            struct Second;
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $Auto> Ambiguous<Second> for T {}
            let _ = <$Type as Ambiguous<_>>::item;
        };
    )+};
}

mod core_crate {
    use onpar::{
        ArrayError, BoxAsyncDrop, BoxError, CancelReason, ExitReason, Instant, JoinError, LocalBoxAsyncDrop,
        TupleError, VecError,
    };

    use super::*;

    assert_is!(Send, Sync, Unpin: CancelReason, ExitReason, Instant, BoxError);
    assert_is!(Send, Sync, Unpin: ArrayError<u8, 2>, TupleError<(Option<u8>,)>, VecError<u8>);
    assert_not!(Send: ArrayError<Neither, 2>, TupleError<(Option<Neither>,)>, VecError<Neither>);
    assert_not!(Sync: ArrayError<SendOnly, 2>, TupleError<(Option<SendOnly>,)>, VecError<SendOnly>);
    assert_not!(Unpin: ArrayError<PhantomPinned, 2>, TupleError<(Option<PhantomPinned>,)>, VecError<PhantomPinned>);

    // A panic's payload is `Send` only, and not to be had by reference.
    assert_is!(Send, Sync, Unpin: JoinError);

    assert_is!(Send, Unpin: BoxAsyncDrop<'static>);
    assert_not!(Sync: BoxAsyncDrop<'static>);
    assert_is!(Unpin: LocalBoxAsyncDrop<'static>);
    assert_not!(Send: LocalBoxAsyncDrop<'static>);
    assert_not!(Sync: LocalBoxAsyncDrop<'static>);
}

mod scope_crate {
    use onpar::{
        Arena, ArenaCancelling, ArenaChild, ArenaClose, ArenaGuard, ArenaScope, Bounded, BoundedScope, Cancellation,
        Cancelled, Checkpoint, CleanupError, CleanupErrorKind, CleanupErrors, CleanupHook, Close, Elapsed, ErrorWords,
        Failure, Full, Guard, Join, LocalClose, LocalGuard, LocalReaper, LocalReaping, LocalScope, LocalScopeFuture,
        LocalShield, LocalTryScope, LocalTryScopeFuture, NoRoom, NodeKind, NodeState, Outcome, OutcomeFuture, Race,
        RaceOk, RaceOkScope, RaceOkScopeFuture, Reaper, Reaping, Scope, ScopeFuture, ScopeIn, Settled, Shield,
        SpawnWhenFree, Timeout, Tree, TreeNode, TryJoin, TryScope, TryScopeFuture, Using,
    };

    use onpar::events::{
        Always, Arm, DropParked, Each, EventLoop, Events, FromStream, NoArms, OnParked, Once, Only, Repeat, RepeatWith,
        RestartedBy, Until, When,
    };

    use super::*;

    assert_is!(Send, Sync, Unpin: CleanupError, CleanupErrorKind, CleanupErrors, CleanupHook, Elapsed);
    assert_is!(Send, Sync, Unpin: ByAsyncDrop, ByClosure<u8>, Outcome<u8>, Failure<u8>);
    assert_not!(Send: ByClosure<Neither>, Outcome<Neither>);
    assert_not!(Sync: ByClosure<SendOnly>, Outcome<SendOnly>);
    assert_not!(Unpin: ByClosure<PhantomPinned>, Outcome<PhantomPinned>);

    assert_is!(Send, Sync, Unpin: Tree, TreeNode, NodeKind, NodeState);

    // The handle is lent, and lent to other threads.
    assert_is!(Sync: Scope<'static, 'static>);
    assert_is!(Send, Sync: &'static Scope<'static, 'static>);
    assert_not!(Send: LocalScope<'static, 'static>);
    assert_not!(Sync: LocalScope<'static, 'static>);
    assert_is!(Send, Sync, Unpin: Settled<'static>, Cancellation, Cancelled);

    // Errors are left by any thread, and taken by another.
    assert_is!(Sync: TryScope<'static, 'static, SendOnly>);
    assert_not!(Sync: TryScope<'static, 'static, Neither>);
    assert_is!(Send: TryScopeFuture<'static, Future<SendOnly>, SendOnly>);
    assert_not!(Send: TryScopeFuture<'static, Future<Neither>, u8>, TryScopeFuture<'static, Future<u8>, Neither>);
    assert_not!(Sync: TryScopeFuture<'static, Future<u8>, u8>);
    assert_not!(Unpin: TryScopeFuture<'static, Pinned, u8>);

    assert_is!(Sync: RaceOkScope<'static, 'static, SendOnly, SendOnly>);
    assert_not!(Sync: RaceOkScope<'static, 'static, Neither, u8>, RaceOkScope<'static, 'static, u8, Neither>);
    assert_is!(Send: RaceOkScopeFuture<'static, Future<SendOnly>, SendOnly, SendOnly>);
    assert_not!(Send: RaceOkScopeFuture<'static, Future<u8>, Neither, u8>);
    assert_not!(Send: RaceOkScopeFuture<'static, Future<u8>, u8, Neither>);
    assert_not!(Unpin: RaceOkScopeFuture<'static, Pinned, u8, u8>);
    assert_not!(Send: LocalTryScope<'static, 'static, u8>, LocalTryScopeFuture<'static, Future<u8>, u8>);
    assert_not!(Sync: LocalTryScope<'static, 'static, u8>, LocalTryScopeFuture<'static, Future<u8>, u8>);
    assert_not!(Unpin: LocalTryScopeFuture<'static, Pinned, u8>);

    // The work is on the heap, and was `Send` when it was put there.
    assert_is!(Send, Sync, Unpin: Checkpoint, Shield<u8>, Shield<SendOnly>);
    assert_is!(Unpin: LocalShield<u8>);
    assert_not!(Send: LocalShield<u8>);
    assert_not!(Sync: LocalShield<u8>);

    assert_is!(Send, Sync, Unpin: Bounded<'static, 'static>, Full<u8>);
    assert_is!(Sync: BoundedScope<'static, 'static>);
    assert_is!(Send, Unpin: SpawnWhenFree<'static, 'static, SendOnly>, SpawnWhenFree<'static, 'static, Pinned>);
    assert_not!(Send: SpawnWhenFree<'static, 'static, Neither>);

    // Idle, an arena can be sent; with a scope in it, everything stays on its thread.
    assert_is!(Send, Sync: Arena<1024>);
    assert_not!(Unpin: Arena<1024>);
    assert_is!(Send, Sync, Unpin: ErrorWords, NoRoom<u8>);
    assert_not!(Send: NoRoom<Neither>);
    assert_not!(Sync: NoRoom<SendOnly>);
    assert_not!(Send: ArenaScope<'static, 'static>, ScopeIn<'_, Future<u8>>, ArenaGuard<'_, u8, u8>, ArenaClose<'_, u8>);
    assert_not!(Sync: ArenaScope<'static, 'static>, ScopeIn<'_, Future<u8>>, ArenaGuard<'_, u8, u8>, ArenaClose<'_, u8>);
    assert_not!(Send: ArenaChild<'_, u8>, ArenaCancelling<'_, u8>);
    assert_not!(Sync: ArenaChild<'_, u8>, ArenaCancelling<'_, u8>);
    assert_is!(Unpin: ArenaClose<'_, u8>, ArenaChild<'_, PhantomPinned>, ArenaCancelling<'_, PhantomPinned>, ScopeIn<'_, Future<u8>>);
    assert_not!(Unpin: ScopeIn<'_, Pinned>);

    // A panic that waits for the cleanups has a payload which is `Send` only; so none of these is `Sync`.
    assert_is!(Send, Unpin: ScopeFuture<'_, Future<u8>>, OutcomeFuture<ScopeFuture<'_, Future<u8>>>);
    assert_is!(Send: ScopeFuture<'_, Future<SendOnly>>, OutcomeFuture<ScopeFuture<'_, Future<SendOnly>>>);
    assert_not!(Send: ScopeFuture<'_, Future<Neither>>, OutcomeFuture<ScopeFuture<'_, Future<Neither>>>);
    assert_not!(Sync: ScopeFuture<'_, Future<u8>>, OutcomeFuture<ScopeFuture<'_, Future<u8>>>);
    assert_not!(Unpin: ScopeFuture<'_, Pinned>, OutcomeFuture<ScopeFuture<'_, Pinned>>);

    assert_is!(Unpin: LocalScopeFuture<'_, Future<u8>>);
    assert_not!(Send: LocalScopeFuture<'_, Future<u8>>, OutcomeFuture<LocalScopeFuture<'_, Future<u8>>>);
    assert_not!(Sync: LocalScopeFuture<'_, Future<u8>>);
    assert_not!(Unpin: LocalScopeFuture<'_, Pinned>);

    assert_is!(Send, Sync, Unpin: Guard<Resource<u8>>);
    assert_is!(Send: Guard<Resource<SendOnly>>);
    assert_not!(Sync: Guard<Resource<SendOnly>>);
    assert_not!(Unpin: Guard<Resource<PhantomPinned>>);
    assert_not!(Send: LocalGuard<Resource<u8>>);
    assert_not!(Sync: LocalGuard<Resource<u8>>);
    assert_is!(Unpin: LocalGuard<Resource<u8>>);

    // The cleanup is on the heap, and was `Send` when it was put there; its error is made there.
    assert_is!(Send, Sync, Unpin: Close<u8>, Close<SendOnly>, Close<PhantomPinned>);
    assert_is!(Unpin: LocalClose<u8>);
    assert_not!(Send: LocalClose<u8>);
    assert_not!(Sync: LocalClose<u8>);

    type LocalTimeout<Fut> = Timeout<onpar::rt::local::Local, Fut>;
    type ClockTimeout<Fut> = Timeout<onpar::rt::local::LocalClock, Fut>;
    assert_is!(Send, Unpin: ClockTimeout<Future<u8>>);
    assert_not!(Send: ClockTimeout<Future<Neither>>, LocalTimeout<Future<u8>>);
    assert_not!(Sync: ClockTimeout<Future<u8>>);
    assert_not!(Unpin: ClockTimeout<Pinned>, Timeout<onpar::rt::tokio_1::Tokio, Future<u8>>);

    assert_is!(Send, Sync, Unpin: Join<(Future<u8>, Future<u8>)>, Join<[Future<u8>; 2]>, Join<Vec<Future<u8>>>);
    assert_is!(Send: Join<(Future<SendOnly>,)>, Join<[Future<SendOnly>; 2]>, Join<Vec<Future<SendOnly>>>);
    assert_not!(Send: Join<(Future<u8>, Future<Neither>)>, Join<[Future<Neither>; 2]>, Join<Vec<Future<Neither>>>);
    // The members of a `Vec` do not move with it.
    assert_is!(Unpin: Join<Vec<Pinned>>);
    assert_not!(Unpin: Join<(Pinned,)>, Join<[Pinned; 2]>);

    type Tried<T> = Future<Result<T, u8>>;
    assert_is!(Send, Unpin: TryJoin<(Tried<u8>, Tried<u8>)>, TryJoin<[Tried<u8>; 2]>, TryJoin<Vec<Tried<u8>>>);
    assert_is!(Send: TryJoin<(Tried<SendOnly>,)>, OutcomeFuture<TryJoin<[Tried<SendOnly>; 2]>>);
    assert_not!(Send: TryJoin<(Tried<u8>, Tried<Neither>)>, TryJoin<Vec<Tried<Neither>>>);
    assert_not!(Sync: TryJoin<(Tried<u8>,)>, TryJoin<Vec<Tried<u8>>>);

    assert_is!(Send, Unpin: Race<(Future<u8>, Future<u8>)>, Race<[Future<u8>; 2]>, Race<Vec<Future<u8>>>);
    assert_is!(Send: Race<(Future<SendOnly>,)>, OutcomeFuture<Race<[Future<SendOnly>; 2]>>);
    assert_not!(Send: Race<(Future<Neither>, Future<Neither>)>, Race<Vec<Future<Neither>>>);
    assert_not!(Sync: Race<(Future<u8>,)>, Race<Vec<Future<u8>>>);
    assert_not!(Unpin: Race<(Pinned,)>, Race<[Pinned; 2]>);

    assert_is!(Send, Unpin: RaceOk<(Tried<u8>, Tried<u8>)>, RaceOk<[Tried<u8>; 2]>, RaceOk<Vec<Tried<u8>>>);
    assert_not!(Send: RaceOk<(Tried<Neither>,)>, RaceOk<Vec<Tried<Neither>>>);
    assert_not!(Sync: RaceOk<(Tried<u8>,)>, RaceOk<Vec<Tried<u8>>>);

    type Release<T> = fn(T, onpar::ExitReason) -> Future<()>;
    type Bracket<T, Fut, R> = Using<'static, Pending<T>, T, fn(&mut T), Fut, R, Release<T>, Future<()>, ()>;
    assert_is!(Send: Bracket<u8, Future<u8>, u8>, Bracket<SendOnly, Future<u8>, u8>);
    assert_not!(Send: Bracket<u8, Future<Neither>, u8>, Bracket<u8, Future<u8>, Neither>);
    // The value is lent to the body's future beside it.
    assert_not!(Sync: Bracket<u8, Future<u8>, u8>);
    assert_not!(Unpin: Bracket<u8, Future<u8>, u8>);

    // A loop has its state by a pointer, and is not `Sync`. What it gives is not stored in it.
    assert_is!(Send, Unpin: Events<'static, u8>, EventLoop<'static, u8, NoArms, Neither>);
    assert_is!(Send: Events<'static, SendOnly, OneArm<SendOnly>>, EventLoop<'static, SendOnly, OneArm<SendOnly>, ()>);
    assert_not!(Send: Events<'static, Neither>, EventLoop<'static, Neither, NoArms, ()>);
    assert_not!(Send: Events<'static, u8, OneArm<Neither>>, EventLoop<'static, u8, OneArm<Neither>, ()>);
    assert_not!(Sync: Events<'static, u8>, EventLoop<'static, u8, NoArms, ()>);
    assert_not!(Unpin: EventLoop<'static, u8, OneArm<PhantomPinned>, ()>);

    type OneArm<T> = Arm<NoArms, FromStream<T>, T, Each<T>, T>;
    assert_is!(Send, Sync, Unpin: OneArm<u8>, FromStream<u8>, Once<u8>, Repeat<u8, u8>, Each<u8>, Only<u8>);
    assert_is!(Send, Sync, Unpin: NoArms, Always, When<u8, u8>, Until<u8, u8>, RestartedBy<u8, u8, u8>);
    assert_is!(Send, Sync, Unpin: DropParked, OnParked<u8>);
    assert_not!(Send: OneArm<Neither>, FromStream<Neither>, Once<Neither>, Repeat<u8, Neither>, Repeat<Neither, u8>);
    assert_not!(Send: Each<Neither>, Only<Neither>, When<u8, Neither>, Until<u8, Neither>, OnParked<Neither>);
    assert_not!(Send: RestartedBy<u8, Neither, u8>, RestartedBy<u8, u8, Neither>);
    // The resource is lent to the future beside it.
    assert_is!(Send: RepeatWith<u8, u8, u8, u8>, RepeatWith<SendOnly, u8, u8, u8>);
    assert_not!(Send: RepeatWith<Neither, u8, u8, u8>, RepeatWith<u8, u8, u8, Neither>);
    assert_not!(Sync: RepeatWith<u8, u8, u8, u8>);
    assert_not!(Unpin: RepeatWith<u8, u8, u8, u8>);

    assert_is!(Send, Sync, Unpin: Reaper);
    assert_is!(Send, Unpin: Reaping);
    assert_not!(Sync: Reaping);
    assert_is!(Unpin: LocalReaper, LocalReaping);
    assert_not!(Send: LocalReaper, LocalReaping);
    assert_not!(Sync: LocalReaper, LocalReaping);

    /// A future that is not `Unpin`.
    struct Pinned(PhantomPinned);

    impl core::future::Future for Pinned {
        type Output = u8;

        fn poll(self: core::pin::Pin<&mut Self>, _: &mut core::task::Context<'_>) -> core::task::Poll<u8> {
            core::task::Poll::Pending
        }
    }
}

mod iter_crate {
    use onpar::iter::adapt::{
        Chain, Cycle, Enumerate, Filter, Flatten, Fuse, Map, NextIf, NextIfEq, Peek, Peekable, ReadyChunks, SkipWhile,
        Steps, Take, TakeUntil, Zip,
    };
    use onpar::iter::call::{Owned, Ref, With};
    use onpar::iter::compare::{Cmp, Pairwise};
    use onpar::iter::concurrent::{
        Claim, Claimed, Concurrent, Drive, Every, InTurn, Lending, Lent, Progress, Running, Source, Watched,
    };
    use onpar::iter::consume::{Accumulate, Count, Fold, Run};
    use onpar::iter::generator::{Emit, Emitter, Generator, TryGenerator};
    use onpar::iter::latest::{CombineLatestOf, SwitchMap, WithLatestFrom};
    use onpar::iter::share::{DropOldest, Missed, Reader, Shared, Wait};
    use onpar::iter::together::{
        FlattenConcurrent, Group, Key, Keyed, MergeOf, RaceStreamsOf, StreamOrError, StreamsOrErrors,
        TryFlattenConcurrent,
    };
    use onpar::iter::{Iter, Next};

    use super::*;

    type Items<T> = Iter<core::array::IntoIter<T, 1>>;
    type Closure<T> = fn(T) -> Ready<T>;
    type ByRef<T> = Ref<T, fn(&T) -> Ready<bool>, Ready<bool>>;
    type ByValue<T> = Owned<Closure<T>, Ready<T>>;

    assert_is!(Send, Sync, Unpin: Items<u8>, Chain<Items<u8>, Items<u8>>, Cycle<Items<u8>>, Fuse<Items<u8>>);
    assert_is!(Send, Sync, Unpin: Flatten<Items<Items<u8>>, Items<u8>>, Steps<Items<u8>, Take>, Zip<Items<u8>, Items<u8>, u8>);
    assert_is!(Send, Sync, Unpin: Steps<Items<u8>, Enumerate>, Peekable<Items<u8>, u8>, Next<'static, Items<u8>>);
    assert_is!(Send, Sync, Unpin: Peek<'static, Items<u8>, u8>, NextIf<'static, Items<u8>, u8, fn()>);
    assert_is!(Send, Sync, Unpin: NextIfEq<'static, Items<u8>, u8, u8>);
    assert_not!(Send: Items<Neither>, Steps<Items<Neither>, Take>, Zip<Items<u8>, Items<u8>, Neither>);
    assert_not!(Unpin: Fuse<PhantomPinned>, Peekable<PhantomPinned, u8>);

    // What is called by value may move when its future may; what is lent never.
    assert_is!(Send, Sync, Unpin: Map<Items<u8>, ByValue<u8>>);
    assert_is!(Send, Sync: Map<Items<u8>, ByRef<u8>>, Steps<Map<Items<u8>, ByRef<u8>>, Filter>);
    assert_is!(Send, Sync: SkipWhile<Items<u8>, ByRef<u8>>, With<u8, Closure<u8>, Ready<u8>>);
    assert_not!(Unpin: Map<Items<u8>, ByRef<u8>>, SkipWhile<Items<u8>, ByRef<u8>>, With<u8, Closure<u8>, Ready<u8>>);
    assert_not!(Send: Map<Items<u8>, Owned<Closure<u8>, Ready<Neither>>>, With<Neither, Closure<u8>, Ready<u8>>);
    assert_not!(Send: Map<Items<u8>, Ref<Neither, Closure<u8>, Ready<u8>>>);

    assert_is!(Send, Sync, Unpin: Run<Items<u8>, Count>, Accumulate<Items<u8>, ByValue<u8>, Fold<u8>>);
    assert_is!(Send, Sync, Unpin: Pairwise<Items<u8>, Items<u8>, u8, Cmp>);
    assert_not!(Send: Run<Items<Neither>, Count>, Accumulate<Items<u8>, ByValue<u8>, Fold<Neither>>);
    assert_not!(Unpin: Run<Map<Items<u8>, ByRef<u8>>, Count>);

    assert_is!(Send, Sync, Unpin: MergeOf<(Items<u8>, Items<u8>)>, MergeOf<[Items<u8>; 2]>, MergeOf<Vec<Items<u8>>>, Key);
    assert_is!(Send, Sync, Unpin: RaceStreamsOf<(Items<u8>, Items<u8>)>, RaceStreamsOf<Vec<Items<u8>>>);
    assert_is!(Send, Sync, Unpin: Group<Items<u8>>, Keyed<Items<u8>>, FlattenConcurrent<Items<Items<u8>>, Items<u8>>);
    assert_not!(Send: MergeOf<Vec<Items<Neither>>>, RaceStreamsOf<[Items<Neither>; 2]>, Group<Items<Neither>>);
    assert_is!(Send, Sync, Unpin: TryFlattenConcurrent<Items<u8>, Items<u8>, u8>, StreamOrError<Items<u8>, u8>, StreamsOrErrors);
    assert_not!(Send: FlattenConcurrent<Items<Items<Neither>>, Items<Neither>>);
    assert_is!(Send, Sync, Unpin: CombineLatestOf<(Items<u8>, Items<u8>)>, WithLatestFrom<Items<u8>, Items<u8>, u8>);
    assert_is!(Send, Sync, Unpin: SwitchMap<Items<u8>, ByValue<u8>, Items<u8>>, TakeUntil<Items<u8>, Ready<()>>);
    assert_is!(Send, Sync, Unpin: ReadyChunks<Items<u8>>, Missed, Wait, DropOldest);
    assert_not!(Send: CombineLatestOf<(Items<Neither>, Items<u8>)>, WithLatestFrom<Items<u8>, Items<u8>, Neither>);
    assert_not!(Send: SwitchMap<Items<u8>, ByValue<u8>, Neither>, TakeUntil<Items<u8>, Neither>, ReadyChunks<Items<Neither>>);
    assert_not!(Unpin: SwitchMap<Items<u8>, ByRef<u8>, Items<u8>>, TakeUntil<Items<u8>, PhantomPinned>);
    // What is shared is polled by one thread at a time.
    assert_is!(Send, Sync, Unpin: Shared<Items<SendOnly>, SendOnly, Wait>, Reader<Items<SendOnly>, SendOnly, DropOldest>);
    assert_not!(Send: Shared<Items<Neither>, Neither, Wait>, Reader<Items<Neither>, Neither, Wait>);
    assert_not!(Send: Reader<Neither, u8, Wait>, Reader<Items<u8>, Neither, Wait>);
    // What stands on the heap may move, though its members may not.
    assert_is!(Unpin: MergeOf<Vec<Map<Items<u8>, ByRef<u8>>>>, Group<Map<Items<u8>, ByRef<u8>>>);
    assert_not!(Unpin: MergeOf<[Map<Items<u8>, ByRef<u8>>; 2]>, FlattenConcurrent<Map<Items<u8>, ByRef<u8>>, Items<u8>>);

    type Stage<T> = Running<Source<Items<T>>, Closure<T>, ByValue<T>, T, (), Every>;
    assert_is!(Send, Unpin: Concurrent<Source<Items<u8>>>, Concurrent<Stage<u8>>, Drive<Stage<u8>, Count>);
    type Turns<T> = InTurn<Source<Items<u8>>, With<T, fn(&mut T, u8) -> Ready<u8>, Ready<u8>>, ()>;
    assert_is!(Send: Turns<u8>, Drive<Turns<u8>, Count>);
    assert_not!(Send: Turns<Neither>, Drive<Turns<Neither>, Count>);
    assert_not!(Unpin: Turns<u8>);
    type Lends<T> = Lent<Source<Items<T>>, T, fn(T)>;
    type Clocked<T> = Watched<Source<Items<T>>, onpar::rt::local::LocalClock, fn(Progress)>;
    assert_is!(Send, Sync, Unpin: Claim, Progress, Lends<u8>, Lending<Lends<u8>>);
    assert_is!(Send, Sync, Unpin: Claimed<Source<Items<u8>>, u8, fn(u8)>);
    assert_is!(Send, Unpin: Clocked<u8>, Concurrent<Clocked<u8>>);
    assert_not!(Send: Concurrent<Stage<Neither>>, Drive<Stage<Neither>, Count>, Lends<Neither>, Clocked<Neither>);
    assert_not!(Send: Claimed<Source<Items<u8>>, Neither, fn(Neither)>);

    type Body<T> = fn(Emitter<'static, T>) -> Ready<()>;
    assert_is!(Send: Generator<u8, Body<u8>, Ready<()>>, TryGenerator<u8, u8, Body<u8>, Ready<()>>);
    assert_is!(Send: Emitter<'static, SendOnly>, Emit<'static, 'static, SendOnly>);
    assert_not!(Send: Generator<Neither, Body<u8>, Ready<()>>, Emitter<'static, Neither>);
    assert_not!(Sync: Generator<u8, Body<u8>, Ready<()>>);
    assert_not!(Unpin: Generator<u8, Body<u8>, Ready<()>>, TryGenerator<u8, u8, Body<u8>, Ready<()>>);
}

mod itertools_of_the_iter_crate {
    use onpar::iter::adapt::{
        Adjacent, ArrayChunks, Chunks, Coalesce, Dedup, DedupBy, EitherOrBoth, Holding, Interleave, InterleaveShortest,
        Intersperse, IntersperseWith, KMerge, KSmallest, MapErr, MapOk, MapWindows, MergeBy, MergeJoin, Position,
        Sorted, SortedBy, Tail, Tee, TryChunksError, TryFlatten, TryReadyChunks, TrySkipWhile, Unique, Window,
        ZipLongest,
    };
    use onpar::iter::call::{Nullary, Owned2, Ref, Ref2, RefMut};
    use onpar::iter::consume::{
        AllEqualValueError, AtMostOneError, Counts, ExactlyOneError, IntoGroupMap, Join, MaxSet, MinMaxResult, Run,
    };
    use onpar::iter::{Iter, TryNext};

    use super::*;

    type Items<T> = Iter<core::array::IntoIter<T, 1>>;
    type Pair<T> = Owned2<fn(T, T) -> Ready<T>, Ready<T>>;
    type Pairs<T> = Ref2<T, fn(&T, &T) -> Ready<bool>, Ready<bool>>;
    type Nothing<T> = Nullary<fn() -> Ready<T>, Ready<T>>;
    type Changed<T> = RefMut<T, fn(&mut T) -> Ready<()>, Ready<()>>;
    type Lent<T> = Ref<T, fn(&T) -> Ready<bool>, Ready<bool>>;

    assert_is!(Send, Sync, Unpin: Holding<Items<u8>, Dedup<u8>>, Holding<Items<u8>, Chunks<u8>>, Holding<Items<u8>, Sorted<u8>>);
    assert_is!(Send, Sync, Unpin: Holding<Items<u8>, KSmallest<u8>>, Holding<Items<u8>, Tail<u8>>, Unique<u8>);
    assert_is!(Send, Sync, Unpin: Intersperse<Items<u8>, u8>, IntersperseWith<Items<u8>, u8, Nothing<u8>>);
    assert_is!(Send, Sync, Unpin: Interleave<Items<u8>, Items<u8>>, InterleaveShortest<Items<u8>, Items<u8>>);
    assert_is!(Send, Sync, Unpin: ZipLongest<Items<u8>, Items<u8>, u8>, ArrayChunks<Items<u8>, Window<u8, 2>>);
    assert_is!(Send, Sync, Unpin: EitherOrBoth<u8, u8>, Position, MinMaxResult<u8>, Run<Items<u8>, Join<'static>>);
    assert_is!(Send, Sync, Unpin: AllEqualValueError<u8>, AtMostOneError<u8>, ExactlyOneError<u8>);
    assert_is!(Send, Sync, Unpin: Run<Items<u8>, Counts<u8>>, Run<Items<u8>, IntoGroupMap<u8, u8>>, Run<Items<u8>, MaxSet<u8>>);
    assert_not!(Send: Holding<Items<u8>, Dedup<Neither>>, Intersperse<Items<u8>, Neither>, ZipLongest<Items<u8>, Items<u8>, Neither>);
    assert_not!(Unpin: Holding<PhantomPinned, Dedup<u8>>, Interleave<PhantomPinned, Items<u8>>);

    // What is called by value may move when its future may; what is lent never.
    assert_is!(Send, Sync, Unpin: Adjacent<Items<u8>, Pair<u8>, Coalesce<u8>>);
    assert_is!(Send, Sync: Adjacent<Items<u8>, Pairs<u8>, DedupBy<u8>>, SortedBy<Items<u8>, u8, Pairs<u8>>, Changed<u8>);
    assert_is!(Send, Sync: MergeJoin<Items<u8>, Items<u8>, u8, u8, Pairs<u8>, MergeBy>, KMerge<Items<Items<u8>>, Items<u8>, u8, Pairs<u8>>);
    assert_is!(Send, Sync: MapWindows<Items<u8>, Lent<[u8; 2]>, Window<u8, 2>>);
    assert_not!(Unpin: Adjacent<Items<u8>, Pairs<u8>, DedupBy<u8>>, SortedBy<Items<u8>, u8, Pairs<u8>>, Changed<u8>);
    assert_not!(Unpin: MapWindows<Items<u8>, Lent<[u8; 2]>, Window<u8, 2>>);
    assert_not!(Send: Adjacent<Items<u8>, Pair<Neither>, Coalesce<u8>>, SortedBy<Items<u8>, Neither, Pairs<u8>>);
    assert_not!(Send: KMerge<Items<u8>, Items<Neither>, u8, Pairs<u8>>, MapWindows<Items<u8>, Lent<u8>, Window<Neither, 2>>);

    assert_is!(Send, Sync, Unpin: MapOk<Items<u8>, Nothing<u8>>, MapErr<Items<u8>, Nothing<u8>>, TryNext<'static, Items<u8>>);
    assert_is!(Send, Sync, Unpin: TryFlatten<Items<u8>, Items<u8>>, TryReadyChunks<Items<u8>>, TryChunksError<u8, u8>);
    assert_is!(Send, Sync: MapOk<Items<u8>, Lent<u8>>, TrySkipWhile<Items<u8>, Lent<u8>>);
    assert_not!(Unpin: MapOk<Items<u8>, Lent<u8>>, MapErr<Items<u8>, Lent<u8>>, TrySkipWhile<Items<u8>, Lent<u8>>);
    assert_not!(Send: MapOk<Items<u8>, Lent<Neither>>, MapErr<Items<Neither>, Lent<u8>>, TryFlatten<Items<u8>, Neither>);

    // The stream is on the heap, behind a lock, and goes from one thread to the other.
    assert_is!(Send, Sync, Unpin: Tee<PhantomPinned, SendOnly>, Tee<Items<SendOnly>, u8>);
    assert_not!(Send: Tee<Items<Neither>, u8>, Tee<Items<u8>, Neither>);
    assert_not!(Sync: Tee<Items<Neither>, u8>);
}

mod timed_of_the_iter_crate {
    use onpar::iter::Iter;
    use onpar::iter::timed::{
        Audit, ChunksTimeout, Debounce, DelayEach, Latest, Sample, TakeUntilDeadline, Throttle, ThrottleFirst,
        ThrottleLatest, Timeout, TimeoutWhole,
    };
    use onpar::rt::{local, tokio_1};

    use super::*;

    type Items<T> = Iter<core::array::IntoIter<T, 1>>;
    type Here = local::Local;
    type Anywhere = local::LocalClock;

    assert_is!(Send, Sync, Unpin: Timeout<Items<u8>, Anywhere>, TimeoutWhole<Items<u8>, Anywhere>);
    assert_is!(Send, Sync, Unpin: TakeUntilDeadline<Items<u8>, Anywhere>, ThrottleFirst<Items<u8>, Anywhere>);
    assert_is!(Send, Sync, Unpin: DelayEach<Items<u8>, Anywhere, u8>, Throttle<Items<u8>, Anywhere, u8>);
    assert_is!(Send, Sync, Unpin: ChunksTimeout<Items<u8>, Anywhere, u8>, Latest<Items<u8>, Anywhere, u8, Debounce>);
    assert_is!(Send, Sync, Unpin: Audit, Debounce, Sample, ThrottleLatest);
    // The stream below, what is held of it, and the clock are asked, each by itself.
    assert_not!(Send: Timeout<Items<Neither>, Anywhere>, Timeout<Items<u8>, Here>, ThrottleFirst<Items<u8>, Here>);
    assert_not!(Send: TimeoutWhole<Items<Neither>, Anywhere>, TakeUntilDeadline<Items<u8>, Here>);
    assert_not!(Send: DelayEach<Items<u8>, Anywhere, Neither>, Throttle<Items<u8>, Anywhere, Neither>);
    assert_not!(Send: ChunksTimeout<Items<u8>, Anywhere, Neither>, Latest<Items<u8>, Anywhere, Neither, Sample>);
    assert_not!(Send: DelayEach<Items<u8>, Here, u8>, Throttle<Items<u8>, Here, u8>, Latest<Items<u8>, Here, u8, Audit>);
    assert_not!(Sync: Latest<Items<u8>, Anywhere, SendOnly, Sample>, ChunksTimeout<Items<u8>, Here, u8>);
    // A timer that must not move makes the stream one that must not; what is held moves.
    assert_not!(Unpin: Timeout<PhantomPinned, Anywhere>, Timeout<Items<u8>, tokio_1::Tokio>);
    assert_not!(Unpin: TakeUntilDeadline<Items<u8>, tokio_1::Tokio>, TimeoutWhole<Items<u8>, tokio_1::Tokio>);
    assert_not!(Unpin: DelayEach<Items<u8>, tokio_1::Tokio, u8>, Throttle<Items<u8>, tokio_1::Tokio, u8>);
    assert_not!(Unpin: ChunksTimeout<Items<u8>, tokio_1::Tokio, u8>, Latest<Items<u8>, tokio_1::Tokio, u8, Sample>);
    assert_is!(Unpin: Throttle<Items<u8>, Anywhere, PhantomPinned>, ThrottleFirst<Items<u8>, PhantomPinned>);
}

mod sources_of_the_iter_crate {
    use onpar::iter::call::{Nullary, Owned, Ref};
    use onpar::iter::source::{
        Empty, Interval, Once, OnceFuture, Pending, Permit, PollFn, Receiver, Repeat, RepeatN, RepeatWith, Reserve,
        SendError, Sender, Sending, Successors, TryRecvError, TrySendError, TryUnfold, Unfold,
    };

    use super::*;

    type Nothing<T> = Nullary<fn() -> Ready<T>, Ready<T>>;
    type Given<T> = Owned<fn(T) -> Ready<T>, Ready<T>>;
    type Lent<T> = Ref<T, fn(&T) -> Ready<Option<T>>, Ready<Option<T>>>;

    assert_is!(Send, Sync, Unpin: Empty<Neither>, Pending<Neither>, Repeat<u8>, RepeatN<u8>, PollFn<u8>);
    assert_is!(Send, Sync, Unpin: Once<u8>, Once<PhantomPinned>, OnceFuture<Ready<u8>>, RepeatWith<Nothing<u8>>);
    assert_is!(Send, Sync, Unpin: Unfold<u8, Given<u8>>, TryUnfold<u8, Given<u8>>, Interval<u8, u8>);
    assert_is!(Send, Sync: Successors<u8, Lent<u8>>);
    assert_not!(Send: Once<Neither>, Repeat<Neither>, OnceFuture<Neither>, Unfold<Neither, Given<u8>>, Interval<u8, Neither>);
    assert_not!(Unpin: OnceFuture<PhantomPinned>, Successors<u8, Lent<u8>>, Interval<u8, PhantomPinned>);

    // Items go from one thread to another, and no thread sees one that another one has.
    assert_is!(Send, Sync, Unpin: Sender<SendOnly>, Receiver<SendOnly>, Permit<'static, SendOnly>, Reserve<'static, SendOnly>);
    assert_is!(Send, Unpin: Sending<'static, SendOnly>, Sending<'static, PhantomPinned>);
    assert_is!(Send, Sync, Unpin: SendError<u8>, TrySendError<u8>, TryRecvError);
    assert_not!(Send: Sender<Neither>, Receiver<Neither>, Permit<'static, Neither>, Sending<'static, Neither>);
    assert_not!(Sync: Sender<Neither>, Receiver<Neither>, Sending<'static, SendOnly>);
}

mod rt_crate {
    use onpar::rt::{local, tokio_1};

    use super::*;

    assert_is!(Send, Sync, Unpin: local::LocalClock, local::Sleep, tokio_1::Tokio, tokio_1::NoRuntime, tokio_1::Task<u8>);
    assert_is!(Send, Sync: tokio_1::Sleep);
    assert_not!(Unpin: tokio_1::Sleep);
    assert_not!(Send: local::Local, local::LocalTask<u8>, tokio_1::Task<Neither>);
    assert_not!(Sync: local::Local, local::LocalTask<u8>);
}

mod test_crate {
    use onpar::test::every_poll::{Boundary, CallAt, CancelAt, Cancellable, InjectedPanic, PanicAt, Point, Trigger};
    use onpar::test::probe::{Gap, Owner, Probe, ProbeLog};
    use onpar::test::sim::{
        Event, Idle, Order, PanicReport, Report, Rt, Sim, SimError, Sleep, Task, TaskReport, TimerReport, Trace,
        YieldNow,
    };
    use onpar::test::{Allocations, ByHand, CountingAllocator};

    use super::*;

    assert_is!(Send, Sync, Unpin: Boundary, InjectedPanic, Point, Trigger, Gap, ProbeLog, Allocations);
    assert_is!(Send, Sync, Unpin: CountingAllocator, Sim, SimError, Rt, Order, Idle, Sleep, YieldNow, Event, Trace);
    assert_is!(Send, Sync, Unpin: Report, TaskReport, TimerReport, PanicReport, Task<u8>, Task<SendOnly>);
    assert_is!(Send, Sync, Unpin: CallAt<u8, u8>, CancelAt<u8>, Cancellable<u8>, PanicAt<u8>, Owner<u8>, Probe<u8>);
    assert_is!(Unpin: ByHand<PhantomPinned>);
    assert_not!(Send: ByHand<Neither>, CancelAt<Neither>, Probe<Neither>, Owner<Neither>, Task<Neither>);
}

mod traits_crate {
    use onpar::traits::{Anything, Call, InlineCall, IterCall, Local, SendFuture, StreamCall, WithSend};

    use super::*;

    // What may have got into it decides, and no parameter beside it: `Send` is what its making has asked for.
    assert_is!(Send: SendFuture<Future<u8>>, SendFuture<Future<Neither>>);
    assert_not!(Sync: SendFuture<Future<SendOnly>>);
    assert_not!(Unpin: SendFuture<PhantomPinned>);

    // A marker says what may have been forgotten. Only by `&mut` is a future reached, and an iterator by its size.
    assert_is!(Send, Sync, Unpin: Call<'static, u8, dyn Send>, Call<'static, Neither, dyn Send>);
    assert_is!(Sync, Unpin: Call<'static, u8>, Call<'static, u8, dyn Sync>);
    assert_not!(Send: Call<'static, u8>, Call<'static, u8, dyn Sync>, Call<'static, u8, Anything>);
    assert_is!(Send, Unpin: IterCall<'static, u8, dyn Send>, StreamCall<'static, u8, dyn Send>);
    assert_not!(Sync: IterCall<'static, u8, dyn Send>, StreamCall<'static, u8, dyn Send>);
    assert_is!(Send, Sync: IterCall<'static, u8, dyn Send + Sync>, StreamCall<'static, u8, dyn Send + Sync>);
    assert_not!(Send: IterCall<'static, u8>, StreamCall<'static, u8>, IterCall<'static, u8, dyn Sync>);

    // The future stands in it, and stays.
    assert_is!(Send, Sync: InlineCall<'static, u8, 64, dyn Send>);
    assert_not!(Send: InlineCall<'static, u8, 64>);
    assert_not!(Unpin: InlineCall<'static, u8, 64>, InlineCall<'static, u8, 64, dyn Send>);

    assert_is!(Send, Sync, Unpin: Local<u8>, WithSend<u8, ()>);
    assert_not!(Send: Local<Neither>, WithSend<Neither, ()>, Anything);
    assert_not!(Sync: Local<SendOnly>, WithSend<SendOnly, ()>, Anything);
    assert_not!(Unpin: Local<PhantomPinned>, WithSend<PhantomPinned, ()>);
}
