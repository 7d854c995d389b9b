//! [`Screen`]: what has been printed, and when; [`show`] runs a program and looks whether each line came in time.

use std::sync::{Mutex, PoisonError};

use futures::future::BoxFuture;
use onpar_core::{Clock as _, Instant};

use crate::executor::unhurried::unhurried;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;

/// In milliseconds, those of the story. No two are the same, so that a line says whose it is.
pub(super) const DELAYS: &[u64] = &[4000, 300, 900, 2500, 100];
/// For programs whose lateness is not what they are about: in real time they take a quarter.
pub(super) const SHORT: &[u64] = &[1000, 400, 600, 800, 200];
/// In real time a delay is the tenth part. Any two of them are then 20 ms apart, so that a busy machine prints them in order; where
/// it does not, all is done again, and takes longer.
const FASTER: u64 = 10;

/// Sleeps for each of the delays, and prints it then.
pub(super) type Program = for<'a> fn(&'a [u64], &'a Rt, &'a Screen) -> BoxFuture<'a, ()>;

/// What the programs print on.
#[derive(Debug)]
pub(super) struct Screen {
    rt: Rt,
    lines: Mutex<Vec<Line>>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    delay: u64,
    printed: Instant,
}

impl Screen {
    /// Prints a delay that is over.
    pub(super) fn print(&self, delay: u64) {
        let line = Line { delay, printed: self.rt.now() };
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

/// Runs the program, which prints each delay in time; in real time, [as often as it takes](crate::executor::unhurried).
pub(super) fn show(executor: Executor, wrong: &'static str, delays: &'static [u64], program: Program) -> Measured {
    unhurried(executor, false, |scale| run(executor, wrong, delays, scale.into(), program))
}

/// Runs a program that does not.
pub(super) fn show_late(executor: Executor, wrong: &'static str, delays: &'static [u64], program: Program) -> Measured {
    run(executor, wrong, delays, 1, program)
}

/// Runs the program. A delay that is printed late, or never, goes wrong. In real time, where nothing is exact, it does if it
/// is not printed in its place: the shortest first.
fn run(executor: Executor, wrong: &'static str, delays: &'static [u64], scale: u64, program: Program) -> Measured {
    executor.run(move |rt| async move {
        let faster = if executor.is_virtual() { 1 } else { FASTER };
        let delays: Vec<_> = delays.iter().map(|delay| delay * scale / faster).collect();
        let screen = Screen { rt: rt.clone(), lines: Mutex::default() };
        let start = rt.now();
        program(&delays, &rt, &screen).await;
        let lines = screen.lines.into_inner().unwrap_or_else(PoisonError::into_inner);
        judge(executor, wrong, &delays, start, &lines)
    })
}

fn judge(executor: Executor, wrong: &'static str, delays: &[u64], start: Instant, lines: &[Line]) -> Measured {
    let mut measured = Measured::new(wrong);
    let mut late = Vec::new();
    for &delay in delays {
        let Some(place) = lines.iter().position(|line| line.delay == delay) else {
            measured.count(true);
            late.push("never".to_owned());
            continue;
        };
        let by = (lines[place].printed - start).as_millis().saturating_sub(delay.into());
        let out_of_place = place != delays.iter().filter(|&&other| other < delay).count();
        measured.count(out_of_place || executor.is_virtual() && by > 0);
        late.push(by.to_string());
    }
    measured.note(format!("by {} ms", late.join(" ")))
}
