//! [`at_once`]: the same work on several threads at once. The threads start once for the whole program and wait for each other
//! before they begin, so what is measured is the work, and not how threads start and end.

use alloc::sync::Arc;
use std::sync::{Barrier, LazyLock, Mutex, PoisonError};
use std::thread;

/// How many threads there are.
pub(crate) const THREADS: u32 = 8;

type Work = Arc<dyn Fn() + Send + Sync>;

static TEAM: LazyLock<Team> = LazyLock::new(Team::start);

struct Team {
    /// Held by whoever has work for the team.
    turn: Mutex<()>,
    place: Arc<Place>,
}

/// Where the members meet.
struct Place {
    work: Mutex<Option<Work>>,
    /// All members, and whoever has work for them, wait for each other before the work and behind it.
    line: Barrier,
}

/// Has the work done by each of the threads, and waits for all of them.
pub(crate) fn at_once(work: impl Fn() + Send + Sync + 'static) {
    let Team { turn, place } = &*TEAM;
    let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
    place.give(Some(Arc::new(work)));
    place.line.wait();
    place.line.wait();
    place.give(None);
}

impl Team {
    fn start() -> Self {
        let place = Arc::new(Place { work: Mutex::new(None), line: Barrier::new(THREADS as usize + 1) });
        for _ in 0..THREADS {
            let place = Arc::clone(&place);
            thread::spawn(move || place.member());
        }
        Self { turn: Mutex::new(()), place }
    }
}

impl Place {
    fn give(&self, work: Option<Work>) {
        *self.work.lock().unwrap_or_else(PoisonError::into_inner) = work;
    }

    /// A member's life, which ends with the program.
    fn member(&self) {
        loop {
            self.line.wait();
            let work = self.work.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(work) = work {
                work();
            }
            self.line.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn each_thread_does_the_work_once_before_it_returns() {
        let done = Arc::new(AtomicU32::new(0));
        for round in 1..=3 {
            let done_here = Arc::clone(&done);
            at_once(move || _ = done_here.fetch_add(1, Ordering::Relaxed));
            assert_eq!(done.load(Ordering::Relaxed), round * THREADS);
        }
    }
}
