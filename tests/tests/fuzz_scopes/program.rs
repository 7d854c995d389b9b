//! [`Op`]: one step of a random program, and how such programs are made.

use std::sync::Arc;

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
    /// Closes the guard that was opened last, or drops the one that was opened first.
    Close,
    DropFirst,
    Panic,
    Return(Result<(), u32>),
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
    Fail(u32),
    CancelScope,
    Settled,
    /// Waits for the scope's cancellation, for so many milliseconds at most.
    Cancelled(u64),
    Scope(Kind, Program),
    Timeout(u64, Program),
    Shield(Program),
    Together(Combinator, Vec<Program>),
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

/// Numbers that depend on nothing but the seed (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        let chosen = self.below(things.len() as u64);
        things[usize::try_from(chosen).expect("it is an index")]
    }

    /// A program that is nested at most so deep.
    pub(crate) fn program(&mut self, depth: u64) -> Program {
        (0..self.below(4 + depth)).map(|_| self.op(depth)).collect()
    }

    fn op(&mut self, depth: u64) -> Op {
        let nested = if depth == 0 { 18 } else { 30 };
        match self.below(nested) {
            0..3 => Op::Sleep(self.below(20)),
            3 => Op::Yield,
            4 => Op::Checkpoint,
            5..9 => Op::Open(self.below(8)),
            9 => Op::Close,
            10 => Op::DropFirst,
            11 => Op::Await,
            12 => self.one_of(&[Self::CANCEL, Self::FORSAKE, Self::TRY])(),
            13 => Op::Settled,
            14 => Op::Cancelled(self.below(20)),
            15 if self.below(3) == 0 => Op::Panic,
            15 => Op::Return(Ok(())),
            16 => Op::Return(Err(1)),
            17 if self.below(2) == 0 => Op::CancelScope,
            17 => Op::Fail(2),
            18..22 => Op::Spawn(self.program(depth - 1)),
            22 => Op::SpawnOn(self.program(depth - 1)),
            23 => Op::Timeout(self.below(20), self.program(depth - 1)),
            24 => Op::Shield(self.program(depth - 1)),
            25 => Op::Catch(self.program(depth - 1)),
            26 | 27 => {
                use Combinator::{Join, Race, RaceOk, Select, TryJoin, Unordered};
                let combinator = self.one_of(&[Join, TryJoin, Race, RaceOk, Select, Unordered]);
                Op::Together(combinator, (0..2 + self.below(3)).map(|_| self.program(depth - 1)).collect())
            }
            _ => {
                let kinds = [Kind::Plain, Kind::FailFast, Kind::CollectAll, Kind::RaceOk, Kind::Bounded];
                Op::Scope(self.one_of(&kinds), self.program(depth - 1))
            }
        }
    }

    const CANCEL: fn() -> Op = || Op::Cancel;
    const FORSAKE: fn() -> Op = || Op::Forsake;
    const TRY: fn() -> Op = || Op::Try;
}
