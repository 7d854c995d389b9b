//! [`Op`]: one step of a random program, and how such programs are made.

use alloc::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

/// What a function does, in order.
pub(crate) type Program = Arc<[Op]>;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// Waits so many milliseconds.
    Sleep(u64),
    Yield,
    Checkpoint,
    /// Opens a guard whose cleanup takes so many milliseconds.
    Open(u64),
    /// Opens a guard whose cleanup is a program.
    OpenWith(Program),
    /// Closes the guard that was opened last, or drops the one that was opened first, here or on another thread.
    Close,
    DropFirst,
    DropElsewhere,
    Panic,
    Return(Result<(), ()>),
    /// A child of the scope at hand.
    Spawn(Program),
    /// A task of the runtime that the scope awaits.
    SpawnOn(Program),
    /// To the child that was spawned last.
    Await,
    Cancel,
    Forsake,
    /// Polls the child once, and drops its handle.
    Try,
    /// To the scope, where it has such a thing.
    Fail,
    CancelScope,
    Settled,
    /// Waits for the scope's cancellation, for so many milliseconds at most.
    Cancelled(u64),
    Scope(Kind, Program),
    Timeout(u64, Program),
    Shield(Program),
    Together(Combinator, Vec<Program>),
    /// An event loop: of what the first gives; of what the second gives, again and again; the third handles it.
    Events([Program; 3]),
    /// Catches a panic.
    Catch(Program),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Plain,
    FailFast,
    CollectAll,
    RaceOk,
    Bounded,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Combinator {
    Join,
    TryJoin,
    Race,
    RaceOk,
    /// Those of the crate `futures`.
    Select,
    Unordered,
}

pub(crate) fn kind() -> impl Strategy<Value = Kind> {
    select(&[Kind::Plain, Kind::FailFast, Kind::CollectAll, Kind::RaceOk, Kind::Bounded][..])
}

/// Programs that are nested at most so deep.
pub(crate) fn program(depth: u8) -> BoxedStrategy<Program> {
    let ops = if depth == 0 { step().boxed() } else { prop_oneof![3 => step(), 2 => nested(depth)].boxed() };
    prop::collection::vec(ops, 0..4 + usize::from(depth)).prop_map(Arc::from).boxed()
}

/// A step with nothing in it.
fn step() -> impl Strategy<Value = Op> {
    let rare = [Op::Panic, Op::Return(Ok(())), Op::Return(Err(())), Op::Fail, Op::CancelScope];
    let to_a_child = [Op::Await, Op::Cancel, Op::Forsake, Op::Try];
    let to_a_guard = [Op::Close, Op::DropFirst, Op::DropElsewhere];
    prop_oneof![
        3 => (0..20_u64).prop_map(Op::Sleep),
        4 => (0..8_u64).prop_map(Op::Open),
        3 => select(to_a_guard.to_vec()),
        3 => select(to_a_child.to_vec()),
        3 => select(rare.to_vec()),
        3 => select(vec![Op::Yield, Op::Checkpoint, Op::Settled]),
        1 => (0..20_u64).prop_map(Op::Cancelled),
    ]
}

/// A step with a program in it.
fn nested(depth: u8) -> impl Strategy<Value = Op> {
    use Combinator::{Join, Race, RaceOk, Select, TryJoin, Unordered};

    let inner = program(depth - 1);
    let several = prop::collection::vec(inner.clone(), 2..5);
    let combinators = select(&[Join, TryJoin, Race, RaceOk, Select, Unordered][..]);
    prop_oneof![
        4 => inner.clone().prop_map(Op::Spawn),
        1 => inner.clone().prop_map(Op::SpawnOn),
        1 => inner.clone().prop_map(Op::OpenWith),
        1 => (0..20_u64, inner.clone()).prop_map(|(millis, program)| Op::Timeout(millis, program)),
        1 => inner.clone().prop_map(Op::Shield),
        1 => inner.clone().prop_map(Op::Catch),
        2 => (combinators, several).prop_map(|(combinator, programs)| Op::Together(combinator, programs)),
        1 => [inner.clone(), inner.clone(), inner.clone()].prop_map(Op::Events),
        2 => (kind(), inner).prop_map(|(kind, program)| Op::Scope(kind, program)),
    ]
}
