//! A thousand timers at once: how many threads they take, and how late they come: `sleeps`. It asks Linux for the threads.
//!
//! They are tasks of one thread, on the local executor, on tokio's and on smol's.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "this program is read in a terminal")]

use core::time::Duration;
use std::fs;
use std::time::Instant;

use onpar_core::{Clock as _, SpawnLocal as _};
use onpar_rt::local;
use tokio::runtime::Builder;

const SLEEPS: u32 = 1000;
/// How many of them look how many threads there are.
const LOOKS: u32 = 10;

fn main() {
    println!("{:<8} {:>13} {:>10} {:>10} {:>10}", "with", "more threads", "median ms", "p99 ms", "most ms");
    show("onpar", with_onpar);
    show("tokio", with_tokio);
    show("smol", with_smol);
}

/// When timer `number` ends: up to 100 ms after the first one, in an order that is neither that of setting nor its reverse.
fn after(number: u32) -> Duration {
    Duration::from_millis(10) + Duration::from_micros(100) * (number * 7919 % SLEEPS)
}

fn show(name: &str, run: fn() -> Vec<Woken>) {
    let before = threads();
    let mut woken = run();
    let most = woken.iter().map(|woken| woken.threads).max().unwrap_or(0);
    woken.sort_by_key(|woken| woken.late);
    let late = |part: usize| woken[(woken.len() - 1) * part / 100].late.as_secs_f64() * 1e3;
    println!("{name:<8} {:>13} {:>10.3} {:>10.3} {:>10.3}", most.saturating_sub(before), late(50), late(99), late(100));
}

struct Woken {
    late: Duration,
    /// How many there were then, if this one has looked.
    threads: usize,
}

impl Woken {
    fn new(number: u32, due: Instant) -> Self {
        let late = now().saturating_duration_since(due);
        Self { late, threads: if number.is_multiple_of(SLEEPS / LOOKS) { threads() } else { 0 } }
    }
}

/// What the task of a timer does.
async fn waits(number: u32, due: Instant, sleep: impl Future) -> Woken {
    sleep.await;
    Woken::new(number, due)
}

/// Has all of them started, each with its number, when it is due, and how long that is; and waits for one after another.
async fn all<T: Future>(start: impl Fn(u32, Instant, Duration) -> T) -> Vec<T::Output> {
    let tasks: Vec<_> = (0..SLEEPS).map(|number| start(number, now() + after(number), after(number))).collect();
    let mut ended = Vec::new();
    for task in tasks {
        ended.push(task.await);
    }
    ended
}

fn with_onpar() -> Vec<Woken> {
    let tasks =
        local::run(async |rt| all(|number, due, time| rt.spawn_local(waits(number, due, rt.sleep(time)))).await);
    tasks.into_iter().flatten().collect()
}

fn with_tokio() -> Vec<Woken> {
    let runtime = match Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("tokio cannot start: {error}"),
    };
    let tasks = runtime.block_on(all(|number, due, time| tokio::spawn(waits(number, due, tokio::time::sleep(time)))));
    tasks.into_iter().flatten().collect()
}

fn with_smol() -> Vec<Woken> {
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(all(|number, due, time| executor.spawn(waits(number, due, smol::Timer::after(time))))))
}

#[expect(clippy::disallowed_methods, reason = "it measures how late things are")]
fn now() -> Instant {
    Instant::now()
}

/// How many threads this process has.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}
