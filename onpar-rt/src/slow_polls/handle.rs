//! [`SlowPolls`]: a runtime whose tasks are watched.

use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::time::Duration;
use std::sync::Arc;

use onpar_core::{Blocking, Clock, Connect, Datagram, Instant, Listen, Spawn, SpawnLocal};

use super::SlowPoll;
use super::watched::{Rule, Watched};

/// A runtime whose tasks are watched: it has all that the runtime within has, and reports polls that took too long. See the
/// [module](super) for how it is used.
///
/// A poll costs two looks at the clock more, a task no allocation.
///
/// # Examples
///
/// ```
/// use onpar_core::SpawnLocal;
/// use onpar_rt::slow_polls::SlowPolls;
///
/// onpar_rt::local::run(async |rt| {
///     let rt = SlowPolls::new(rt); // reports to the standard error stream
///     assert_eq!(rt.named("quick").spawn_local(async { 1 }).await.unwrap(), 1);
/// });
/// ```
#[derive(Clone)]
pub struct SlowPolls<R> {
    runtime: R,
    rule: Rule,
}

impl<R> SlowPolls<R> {
    /// Watches the tasks that are spawned through this value: polls of 50 ms or more are written to the standard error stream.
    pub fn new(runtime: R) -> Self {
        Self { runtime, rule: Rule { threshold: Duration::from_millis(50), name: None, report: Arc::new(print) } }
    }

    /// From when on a poll is slow.
    #[must_use = "it gives the changed value"]
    pub fn threshold(mut self, threshold: Duration) -> Self {
        self.rule.threshold = threshold;
        self
    }

    /// What is done with a slow poll: it is called right after the poll, on its thread.
    #[must_use = "it gives the changed value"]
    pub fn report(mut self, report: impl Fn(&SlowPoll<'_>) + Send + Sync + 'static) -> Self {
        self.rule.report = Arc::new(report);
        self
    }

    /// A value of the same runtime whose tasks have this name.
    #[must_use = "it gives the value whose tasks have the name"]
    pub fn named(&self, name: &str) -> Self
    where
        R: Clone,
    {
        let mut named = self.clone();
        named.rule.name = Some(name.into());
        named
    }

    /// Watches a future that is no task by itself: the body of a program, a child of a scope, a part of a `join`. It is reported
    /// by this value's name, and by the line that calls this.
    ///
    /// Futures that are watched may be within each other, or within a task: each slow poll is reported once, of the innermost one
    /// that was slow.
    ///
    /// # Cancel safety
    ///
    /// That of `future`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_rt::slow_polls::SlowPolls;
    ///
    /// onpar_rt::local::run(async |rt| {
    ///     let rt = SlowPolls::new(rt);
    ///     let body = async { 6 * 7 };
    ///     assert_eq!(rt.named("main").watch(body).await, 42);
    /// });
    /// ```
    #[track_caller]
    pub fn watch<F: Future>(&self, future: F) -> Watched<F> {
        Watched::new(future, self.rule.clone(), Location::caller())
    }

    /// The runtime within.
    pub const fn get_ref(&self) -> &R {
        &self.runtime
    }
}

#[expect(clippy::print_stderr, reason = "what else is there to do, unless one is told")]
fn print(poll: &SlowPoll<'_>) {
    eprintln!("onpar: {poll}");
}

impl<R: Spawn> Spawn for SlowPolls<R> {
    type Task<T: Send + 'static> = R::Task<T>;

    #[track_caller]
    fn spawn<F>(&self, future: F) -> R::Task<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        self.runtime.spawn(Watched::task(future, self.rule.clone(), Location::caller()))
    }
}

impl<R: SpawnLocal> SpawnLocal for SlowPolls<R> {
    type LocalTask<T: 'static> = R::LocalTask<T>;

    #[track_caller]
    fn spawn_local<F>(&self, future: F) -> R::LocalTask<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        self.runtime.spawn_local(Watched::task(future, self.rule.clone(), Location::caller()))
    }
}

impl<R: Clock> Clock for SlowPolls<R> {
    type Sleep = R::Sleep;

    fn now(&self) -> Instant {
        self.runtime.now()
    }

    fn sleep_until(&self, deadline: Instant) -> R::Sleep {
        self.runtime.sleep_until(deadline)
    }

    fn reset(&self, sleep: Pin<&mut R::Sleep>, deadline: Instant) {
        self.runtime.reset(sleep, deadline);
    }
}

impl<R: Blocking> Blocking for SlowPolls<R> {
    type Call<T: Send + 'static> = R::Call<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> R::Call<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.runtime.spawn_blocking(call)
    }
}

impl<R: Connect<A>, A: ?Sized> Connect<A> for SlowPolls<R> {
    type Io = R::Io;
    type Error = R::Error;
    type Connecting = R::Connecting;

    fn connect(&self, address: &A) -> R::Connecting {
        self.runtime.connect(address)
    }
}

impl<R: Listen<A>, A: ?Sized> Listen<A> for SlowPolls<R> {
    type Listener = R::Listener;
    type Error = R::Error;
    type Listening = R::Listening;

    fn listen(&self, address: &A) -> R::Listening {
        self.runtime.listen(address)
    }
}

impl<R: Datagram<A>, A: ?Sized> Datagram<A> for SlowPolls<R> {
    type Socket = R::Socket;
    type Error = R::Error;
    type Binding = R::Binding;

    fn bind_datagram(&self, address: &A) -> R::Binding {
        self.runtime.bind_datagram(address)
    }
}

impl<R: fmt::Debug> fmt::Debug for SlowPolls<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SlowPolls")
            .field("runtime", &self.runtime)
            .field("threshold", &self.rule.threshold)
            .field("name", &self.rule.name)
            .finish_non_exhaustive()
    }
}
