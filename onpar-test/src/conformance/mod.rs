//! [`Conformance`]: checks that a runtime keeps what the traits of [`onpar_core`] promise.
//!
//! For whoever implements them. A test makes a value of the runtime, and calls one method for each capability that it has. (A
//! simulation fails when a task has panicked unseen, as some do on purpose here, unless that is permitted.)
//!
//! ```
//! use onpar_test::{Conformance, Sim};
//!
//! Sim::new(1).allow_leftovers().run(async |rt| {
//!     let mut suite = Conformance::new(rt);
//!     suite.clock().await;
//!     suite.spawn().await;
//!     suite.spawn_local().await;
//!     suite.finish().unwrap();
//! });
//! ```
//!
//! Each check is known to fail on a runtime that breaks just what it checks: the tests of this project have one such runtime
//! for each. A check that does not end is a failed one: a thread beside it ends it after [`limit`](Conformance::limit), by the
//! clock of the operating system.

mod report;

mod blocking;
mod clock;
mod datagram;
mod streams;
mod tasks;

mod both;
mod bytes;
mod limited;
mod wakes;

use core::fmt;
use core::future::poll_fn;
use core::net::SocketAddr;
use core::task::Poll;
use core::time::Duration;
use std::io;

use futures_io::{AsyncRead, AsyncWrite};
use onpar_core::{Blocking, Clock, Connect, Datagram, DatagramSocket, Listen, Listener, Spawn, SpawnLocal};

pub use self::report::{Failure, Nonconforming};

use self::limited::Limited;
use self::tasks::{Moving, Staying};

/// Checks a runtime, one capability after another. What fails is gathered, and does not end the rest.
///
/// # Examples
///
/// ```
/// use onpar_test::{Conformance, Sim};
///
/// Sim::new(7).run(async |rt| {
///     let mut suite = Conformance::new(rt);
///     suite.clock().await;
///     assert!(suite.checks().contains(&"a sleep never ends early"));
///     suite.finish().unwrap();
/// });
/// ```
#[must_use = "`finish` says what has failed"]
pub struct Conformance<R> {
    runtime: R,
    limit: Duration,
    checks: Vec<&'static str>,
    failures: Vec<Failure>,
}

impl<R> Conformance<R> {
    /// A suite for this runtime. Nothing has been checked yet.
    pub const fn new(runtime: R) -> Self {
        Self { runtime, limit: Duration::from_mins(1), checks: Vec::new(), failures: Vec::new() }
    }

    /// How long one check may take: a minute, unless told otherwise. Time in which the whole process stands still does not count.
    pub fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// The checks that have been made, in order.
    pub fn checks(&self) -> &[&'static str] {
        &self.checks
    }

    /// Ends the suite.
    ///
    /// # Errors
    ///
    /// If a check has failed: which, and what it saw.
    pub fn finish(self) -> Result<(), Nonconforming> {
        if self.failures.is_empty() { Ok(()) } else { Err(Nonconforming { failures: self.failures }) }
    }

    /// Makes one check, and notes how it ended.
    async fn check(&mut self, name: &'static str, check: impl Future<Output = Verdict>) {
        self.checks.push(name);
        if let Err(saw) = Limited::new(check, self.limit).await {
            self.failures.push(Failure { check: name, saw });
        }
    }
}

impl<R: Clock> Conformance<R> {
    /// The clock and its sleeps.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn clock(&mut self) {
        let rt = self.runtime.clone();
        self.check("the clock does not go back", clock::is_monotonic(&rt)).await;
        self.check("a sleep never ends early", clock::never_early(&rt)).await;
        self.check("a sleep is counted from its making", clock::counts_from_making(&rt)).await;
        self.check("a sleep that is over is ready at its first poll", clock::ready_at_first_poll(&rt)).await;
        self.check("timers fire in the order of their deadlines", clock::order(&rt)).await;
        self.check("a sleep wakes whoever polled it last", clock::wakes_the_last(&rt)).await;
        self.check("reset to an earlier deadline wakes earlier", clock::reset_earlier(&rt)).await;
        self.check("reset to a later deadline waits longer", clock::reset_later(&rt)).await;
        self.check("reset keeps the waker", clock::reset_keeps_the_waker(&rt)).await;
        self.check("reset revives a sleep that has ended", clock::reset_revives(&rt)).await;
        self.check("a sleep that is dropped wakes nobody", clock::dropped(&rt)).await;
        self.check("a sleep for ever does not end", clock::for_ever(&rt)).await;
        self.check("10 000 timers end", clock::ten_thousand(&rt)).await;
    }
}

impl<R: Spawn> Conformance<R> {
    /// Tasks that may move between threads.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn spawn(&mut self) {
        let rt = self.runtime.clone();
        let by = Moving(&rt);
        self.check("spawn does not poll", tasks::spawn_does_not_poll(&by)).await;
        self.check("each task gives its own output", tasks::own_output(&by)).await;
        self.check("a task goes on when its handle is dropped", tasks::detached(&by)).await;
        self.check("an output waits for its handle", tasks::output_waits(&by)).await;
        self.check("a task that yields lets others run", tasks::yields(&by)).await;
        self.check("a panic of a task goes to its handle", tasks::panics(&by)).await;
        self.check("a panic of what a task holds goes to its handle", tasks::panics_at_its_end(&by)).await;
        self.check("a panic of an output that nobody takes goes nowhere", tasks::unwanted_outputs(&by)).await;
        self.check("what a task holds is dropped before its output is there", tasks::drops_first(&by)).await;
        self.check("10 000 tasks end", tasks::ten_thousand(&by)).await;
        self.check("a handle may be awaited on another thread", tasks::awaited_elsewhere(&rt)).await;
    }
}

impl<R> Conformance<R> {
    /// That what another thread wakes is polled. A simulation does not wait for other threads; all others call this too.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn threads(&mut self) {
        self.check("a wake from another thread is seen", tasks::woken_from_elsewhere()).await;
    }
}

impl<R: SpawnLocal> Conformance<R> {
    /// Tasks that stay on their thread.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn spawn_local(&mut self) {
        let rt = self.runtime.clone();
        let by = Staying(&rt);
        self.check("spawn does not poll", tasks::spawn_does_not_poll(&by)).await;
        self.check("each task gives its own output", tasks::own_output(&by)).await;
        self.check("a task goes on when its handle is dropped", tasks::detached(&by)).await;
        self.check("an output waits for its handle", tasks::output_waits(&by)).await;
        self.check("a task that yields lets others run", tasks::yields(&by)).await;
        self.check("a panic of a task goes to its handle", tasks::panics(&by)).await;
        self.check("a panic of what a task holds goes to its handle", tasks::panics_at_its_end(&by)).await;
        self.check("a panic of an output that nobody takes goes nowhere", tasks::unwanted_outputs(&by)).await;
        self.check("what a task holds is dropped before its output is there", tasks::drops_first(&by)).await;
        self.check("10 000 tasks end", tasks::ten_thousand(&by)).await;
        self.check("a local task stays on its thread", tasks::stays(&rt)).await;
    }

    /// That tasks are first polled in the order in which they were spawned. The traits do not promise it; a runtime of one
    /// thread that does calls this too.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn spawn_order(&mut self) {
        let rt = self.runtime.clone();
        self.check("tasks begin in the order of spawning", tasks::in_order(&rt)).await;
    }
}

impl<R: Blocking> Conformance<R> {
    /// Calls that block.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn blocking(&mut self) {
        let rt = self.runtime.clone();
        self.check("a call gives its value", blocking::value(&rt)).await;
        self.check("a call goes on when its handle is dropped", blocking::detached(&rt)).await;
        self.check("a panic of a call goes to its handle", blocking::panics(&rt)).await;
        self.check("a panic of a value that nobody takes goes nowhere", blocking::unwanted_values(&rt)).await;
    }

    /// That calls block threads of their own, and not more of them than there is room for. A simulation has no threads; all
    /// others call this too.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn blocking_threads(&mut self) {
        let rt = self.runtime.clone();
        self.check("tasks go on while a call blocks", blocking::beside(&rt, self.limit)).await;
        self.check("calls wait for a thread, and none is lost", blocking::back_pressure(&rt, self.limit)).await;
    }
}

impl<R, Io> Conformance<R>
where
    R: Connect<Io = Io, Error = io::Error>,
    R: Listen<Error = io::Error, Listener: Listener<Io = Io, Address = SocketAddr>>,
    Io: AsyncRead + AsyncWrite + Unpin,
{
    /// TCP, at `127.0.0.1`.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn tcp(&mut self) {
        let rt = self.runtime.clone();
        let pair = || streams::tcp_pair(&rt);
        self.check("a stream carries bytes both ways", streams::both_ways(pair())).await;
        self.check("a stream that is closed for writing can still be read", streams::half_closed(pair())).await;
        self.check("the end that comes with the last bytes is seen", streams::ends_with_bytes(pair())).await;
        self.check("short reads lose nothing", streams::short_reads(pair())).await;
        self.check("a writer waits for a slow reader", streams::back_pressure(pair())).await;
        self.check("one end reads while it writes", streams::at_once(pair())).await;
        self.check("a stream that was reset is an error", streams::reset(pair())).await;
        self.check("a port with nobody behind it is an error", streams::refused(&rt)).await;
        self.check("a port in use is an error", streams::in_use(&rt)).await;
        self.check("an accept that is dropped loses no stream", streams::accept_dropped(&rt)).await;
    }
}

impl<R> Conformance<R>
where
    R: Datagram<Error = io::Error, Socket: DatagramSocket<Address = SocketAddr>>,
{
    /// UDP, at `127.0.0.1`.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn datagram(&mut self) {
        let rt = self.runtime.clone();
        self.check("a packet arrives whole, and says from whom", datagram::whole(&rt)).await;
        self.check("a packet that does not fit is cut", datagram::cut(&rt)).await;
        self.check("a socket sends while it waits", datagram::at_once(&rt)).await;
        self.check("a socket's port in use is an error", datagram::in_use(&rt)).await;
    }
}

#[cfg(unix)]
impl<R> Conformance<R> {
    /// The sockets of Unix, at a path in `folder`, which has to exist.
    ///
    /// # Cancel safety
    ///
    /// The check that is dropped counts for nothing.
    pub async fn unix<Io>(&mut self, folder: &std::path::Path)
    where
        R: Connect<std::path::Path, Io = Io, Error = io::Error>,
        R: Listen<std::path::Path, Error = io::Error, Listener: Listener<Io = Io>>,
        Io: AsyncRead + AsyncWrite + Unpin,
    {
        let rt = self.runtime.clone();
        let pair = |name| streams::unix_pair(&rt, folder, name);
        self.check("a stream carries bytes both ways", streams::both_ways(pair("both"))).await;
        self.check("a stream that is closed for writing can still be read", streams::half_closed(pair("half"))).await;
        self.check("the end that comes with the last bytes is seen", streams::ends_with_bytes(pair("end"))).await;
        self.check("short reads lose nothing", streams::short_reads(pair("short"))).await;
        self.check("a writer waits for a slow reader", streams::back_pressure(pair("slow"))).await;
        self.check("one end reads while it writes", streams::at_once(pair("once"))).await;
    }
}

impl<R: fmt::Debug> fmt::Debug for Conformance<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conformance")
            .field("runtime", &self.runtime)
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

/// How a check ends: what it saw, if that was wrong.
type Verdict = Result<(), String>;

/// Fails with these words unless `holds`.
fn ensure(holds: bool, words: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(words()) }
}

/// Lets other tasks go first, once.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|cx| {
        if core::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
