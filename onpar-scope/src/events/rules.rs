//! [`When`], [`Until`] and [`RestartedBy`]: what the state says of an arm, asked between handlers, when nobody else has it.
//!
//! ```
//! use onpar_scope::events::{Always, Arm, Each, Events, NoArms, Repeat, RestartedBy, Until, When, events};
//!
//! type Rules<A, B, C> = RestartedBy<Until<When<Always, A>, B>, C, u32>;
//!
//! let mut sum = 0;
//! let summing: Events<'_, u32, Arm<NoArms, Repeat<_, _>, u32, Each<_>, _, Rules<_, _, _>>> = events(&mut sum)
//!     .repeat(|_| Some(async { 3 }), async |sum, n| *sum += n)
//!     .when(|sum| *sum < 100)
//!     .until(|sum| *sum == 9)
//!     .restarted_by(|sum| *sum);
//! # pollster::block_on(summing.run());
//! # assert_eq!(sum, 9);
//! ```

use core::fmt;

/// What the state says of an arm now.
#[derive(Clone, Copy)]
pub(crate) struct Ruling {
    /// Its handler may run, and its next work may begin.
    pub(crate) open: bool,
    /// It is over for good.
    pub(crate) over: bool,
    /// What is under way, or waits, is dropped, and work begins anew.
    pub(crate) restart: bool,
}

pub(crate) trait Rules<S> {
    /// Whether there is anything to ask.
    const ASKS: bool = true;

    fn ask(&mut self, state: &S) -> Ruling;
}

/// An arm without conditions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Always;

/// An arm that is open while a condition holds: [`Events::when`](super::Events::when).
#[derive(Clone, Copy)]
pub struct When<Ru, F> {
    pub(crate) others: Ru,
    pub(crate) condition: F,
}

/// An arm that is over once a condition holds: [`Events::until`](super::Events::until).
#[derive(Clone, Copy)]
pub struct Until<Ru, F> {
    pub(crate) others: Ru,
    pub(crate) condition: F,
}

/// An arm that begins anew whenever a value changes: [`Events::restarted_by`](super::Events::restarted_by).
#[derive(Clone, Copy)]
pub struct RestartedBy<Ru, F, K> {
    pub(crate) others: Ru,
    pub(crate) key: F,
    /// The value it has begun with.
    pub(crate) last: Option<K>,
}

impl<S> Rules<S> for Always {
    const ASKS: bool = false;

    fn ask(&mut self, _: &S) -> Ruling {
        Ruling { open: true, over: false, restart: false }
    }
}

impl<S, Ru: Rules<S>, F: FnMut(&S) -> bool> Rules<S> for When<Ru, F> {
    fn ask(&mut self, state: &S) -> Ruling {
        let others = self.others.ask(state);
        Ruling { open: (self.condition)(state) && others.open, ..others }
    }
}

impl<S, Ru: Rules<S>, F: FnMut(&S) -> bool> Rules<S> for Until<Ru, F> {
    fn ask(&mut self, state: &S) -> Ruling {
        let others = self.others.ask(state);
        Ruling { over: (self.condition)(state) || others.over, ..others }
    }
}

impl<S, Ru: Rules<S>, F: FnMut(&S) -> K, K: PartialEq> Rules<S> for RestartedBy<Ru, F, K> {
    fn ask(&mut self, state: &S) -> Ruling {
        let others = self.others.ask(state);
        let key = (self.key)(state);
        let changed = self.last.as_ref().is_some_and(|last| *last != key);
        self.last = Some(key);
        Ruling { restart: changed || others.restart, ..others }
    }
}

impl<Ru: fmt::Debug, F> fmt::Debug for When<Ru, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When").field("others", &self.others).finish_non_exhaustive()
    }
}

impl<Ru: fmt::Debug, F> fmt::Debug for Until<Ru, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Until").field("others", &self.others).finish_non_exhaustive()
    }
}

impl<Ru: fmt::Debug, F, K> fmt::Debug for RestartedBy<Ru, F, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestartedBy").field("others", &self.others).finish_non_exhaustive()
    }
}
