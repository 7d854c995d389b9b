//! A3.2: a host that has had enough, of its second chunk or of the request itself.
//!
//! That the channel is closed, as its sender says, is a consequence. The caller wants to hear of the cause, and when it
//! does, nothing is to be left of the other requests.

use crate::executor::lanes::{LANES, lanes};
use crate::executor::stuck::unless_stuck;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s3::chunk::Chunks;
use crate::stories::s3::host::{Answer, Host, Manners, REFUSED};
use crate::stories::s3::source::Source;
use crate::stories::s3::tools::Tools;
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 1000;

pub(super) const POINT: Point = Point {
    name: "A3.2",
    what: "the caller hears of the first error as it happens, and the other requests have been closed by then",
    cases: &[
        Case {
            what: "host 1 refuses chunk 2",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| SECOND_CHUNK.ask(executor, Tools::Task)),
            onpar: |executor| SECOND_CHUNK.ask(executor, Tools::Onpar),
        },
        Case {
            what: "cause and instant; moro",
            executors: Executor::ALL,
            stock: Stock::GoesRight(|executor| CAUSE.ask(executor, Tools::Moro)),
            onpar: |executor| CAUSE.ask(executor, Tools::Onpar),
        },
        Case {
            what: "requests closed; moro",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| CLOSED.ask(executor, Tools::Moro)),
            onpar: |executor| CLOSED.ask(executor, Tools::Onpar),
        },
        Case {
            what: "refuses at once",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| AT_ONCE.ask(executor, Tools::Task)),
            onpar: |executor| AT_ONCE.ask(executor, Tools::Onpar),
        },
        Case {
            what: "refuses at once; moro",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| CAUSE_AT_ONCE.ask(executor, Tools::Moro)),
            onpar: |executor| CAUSE_AT_ONCE.ask(executor, Tools::Onpar),
        },
    ],
};

/// What is asked of a program.
struct Question {
    runs: u64,
    /// The chunk that host 1 refuses.
    refused: u64,
    source: Source,
    wrong: &'static str,
    is_wrong: fn(&Seen) -> bool,
}

/// What the caller hears, and when, and what is left of the other requests.
static SECOND_CHUNK: Question = Question {
    runs: RUNS,
    refused: 2,
    source: Source::Has(10),
    wrong: "cause lost or open",
    is_wrong: |seen| seen.is_cause_lost() || seen.open > 0,
};

static CAUSE: Question = Question { wrong: "cause lost", is_wrong: Seen::is_cause_lost, ..SECOND_CHUNK };

static CLOSED: Question = Question { wrong: "not closed", is_wrong: |seen| seen.open > 0, ..SECOND_CHUNK };

/// In the first poll of all, when everybody else has nothing to do but to wait.
static AT_ONCE: Question = Question { runs: LANES, refused: 0, source: Source::Waits, ..SECOND_CHUNK };

static CAUSE_AT_ONCE: Question = Question { wrong: "cause lost", is_wrong: Seen::is_cause_lost, ..AT_ONCE };

/// What the caller sees.
struct Seen {
    /// `None` if it waits for ever.
    answer: Option<Answer>,
    /// Whether the host has refused just now.
    just_now: bool,
    /// How many connections are open.
    open: u64,
}

impl Seen {
    fn is_cause_lost(&self) -> bool {
        self.answer != Some(Err(REFUSED)) || !self.just_now
    }
}

impl Question {
    fn ask(&'static self, executor: Executor, tools: Tools) -> Measured {
        executor.run(async move |rt| {
            lanes(&rt, self.runs, |rt, runs| async move { self.see_all(&rt, runs, tools).await }).await
        })
    }

    async fn see_all(&self, rt: &Rt, runs: u64, tools: Tools) -> Measured {
        let mut measured = Measured::new(self.wrong);
        let (mut stuck, mut open) = (0, 0);
        for _ in 0..runs {
            let seen = self.see(rt, tools).await;
            measured.count((self.is_wrong)(&seen));
            stuck += u64::from(seen.answer.is_none());
            open += seen.open;
        }
        measured.with(stuck, "stuck").with(open, "open")
    }

    async fn see(&self, rt: &Rt, tools: Tools) -> Seen {
        let hosts = Host::three(Manners::Refuses(self.refused), 1);
        let answer = unless_stuck(rt, tools.broadcast(&hosts, rt, &Chunks::default(), self.source)).await;
        let just_now = !rt.executor().is_virtual() || hosts[1].has_ended_just_now(rt);
        Seen { answer, just_now, open: Host::open(&hosts) }
    }
}
