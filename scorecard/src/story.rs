//! [`Story`]: what a story consists of. The stories themselves stand in `stories/`.

use crate::executor::Executor;
use crate::measured::Measured;

/// A true account of async Rust hurting somebody, as acceptance points.
#[derive(Debug)]
pub struct Story {
    /// Its short name: `S1`.
    pub name: &'static str,
    /// What it is called in full.
    pub title: &'static str,
    /// What has to hold.
    pub points: &'static [Point],
    /// Programs that need a process of their own, because they end it.
    pub children: &'static [Child],
}

/// One acceptance point.
#[derive(Debug)]
pub struct Point {
    /// Its short name: `A1.1`.
    pub name: &'static str,
    /// What has to hold, in one sentence.
    pub what: &'static str,
    /// The programs that show it.
    pub cases: &'static [Case],
}

/// One program, written with stock tools and with onpar.
#[derive(Debug)]
pub struct Case {
    /// What the program does, in a few words.
    pub what: &'static str,
    /// Where it is run.
    pub executors: &'static [Executor],
    /// The program as it is written today, which goes wrong, or with a peer.
    pub stock: Stock,
    /// The program with onpar, which does not.
    pub onpar: fn(Executor) -> Measured,
}

/// The program with stock tools.
#[derive(Debug)]
#[non_exhaustive]
pub enum Stock {
    /// It goes wrong; should it ever not, the scorecard says so.
    GoesWrong(fn(Executor) -> Measured),
    /// A peer that gets this right, as onpar does; should it ever not, the scorecard says so.
    GoesRight(fn(Executor) -> Measured),
    /// There is nothing to compare with, for this reason.
    Nothing(&'static str),
}

/// A program that needs a process of its own.
#[derive(Debug)]
pub struct Child {
    /// By which the scorecard finds it when it starts itself.
    pub name: &'static str,
    /// The program.
    pub run: fn(),
}
