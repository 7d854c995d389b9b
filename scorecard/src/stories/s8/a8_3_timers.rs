//! A8.3: a thousand sleeps at once, where there is no runtime's timer.
//!
//! Real time, so what else the machine does may only add, a thread of its own included: what goes wrong is done again, and takes
//! longer.

use core::time::Duration;
use std::fs;
use std::thread;

use futures::channel::oneshot;
use futures::future::join_all;
use onpar_core::Clock as _;
use onpar_rt::local;

use crate::executor::Executor;
use crate::executor::unhurried::in_real_time;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const SLEEPS: u64 = 1000;
const LATE: Duration = Duration::from_millis(5);

pub(super) const POINT: Point = Point {
    name: "A8.3",
    what: "1000 sleeps at once need at most one thread more, and 99 % of them wake within 5 ms",
    cases: &[Case {
        what: "1000 sleeps; thread each",
        executors: &[Executor::Local],
        stock: Stock::GoesWrong(|_| {
            measure(1, || {
                local::run(async |rt| {
                    let start = rt.now();
                    let sleeps: Vec<_> = (0..SLEEPS).map(|n| in_a_thread(of(n))).collect();
                    let threads = threads();
                    let late = async |(n, sleep): (u64, oneshot::Receiver<()>)| {
                        _ = sleep.await;
                        (rt.now() - start).saturating_sub(of(n))
                    };
                    (join_all((0..).zip(sleeps).map(late)).await, threads)
                })
            })
        }),
        onpar: |_| {
            in_real_time(false, |scale| {
                measure(scale, || {
                    local::run(async |rt| {
                        let start = rt.now();
                        let late = async |n| {
                            rt.sleep_until(start + scale * of(n)).await;
                            (rt.now() - start).saturating_sub(scale * of(n))
                        };
                        let all = join_all((0..SLEEPS).map(late));
                        let threads = async {
                            rt.sleep_until(start + scale * of(0) / 2).await;
                            threads()
                        };
                        futures::join!(all, threads)
                    })
                })
            })
        },
    }],
};

/// Between 20 and 120 ms.
fn of(number: u64) -> Duration {
    Duration::from_millis(20 + number % 100)
}

#[expect(clippy::disallowed_methods, reason = "that is how it is done without a timer")]
fn in_a_thread(duration: Duration) -> oneshot::Receiver<()> {
    let (sender, woken) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(duration);
        _ = sender.send(());
    });
    woken
}

/// How many threads this process has.
fn threads() -> u64 {
    fs::read_dir("/proc/self/task").map_or(0, Iterator::count) as u64
}

fn measure(scale: u32, run: impl FnOnce() -> (Vec<Duration>, u64)) -> Measured {
    let before = threads();
    let (mut late, threads) = run();
    late.sort_unstable();
    let (more, late) = (threads.saturating_sub(before), late[late.len() * 99 / 100]);
    let mut measured = Measured::new("threads or late");
    measured.count(more > 1);
    measured.count(late > LATE * scale);
    measured.with(more, "threads").with(u64::try_from(late.as_micros()).unwrap_or(u64::MAX), "us p99")
}
