//! [`Host`]: takes chunks, until it has enough of them.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicU64, Ordering};
use std::panic::panic_any;
use std::sync::{Mutex, PoisonError};

use onpar_core::{Clock as _, Instant};
use tokio::sync::mpsc::Receiver;
use tokio::task::yield_now;

use crate::executor::Rt;
use crate::stories::s3::chunk::Chunk;

/// What a program gives: how many chunks all hosts have taken together, or why not.
pub(super) type Answer = Result<u64, &'static str>;

/// What a host says that has had enough: the cause.
pub(super) const REFUSED: &str = "500 from host";
/// What a sender says when nobody listens any more: a consequence.
pub(super) const CLOSED: &str = "channel closed";
/// What the disk says.
pub(super) const UNREADABLE: &str = "cannot read the next chunk";
/// What a host's own panic says.
pub(super) const PANIC: &str = "the host's own panic";

/// What a host does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manners {
    /// It takes every chunk.
    #[default]
    Takes,
    /// It refuses this chunk, the first of which is 1; or the request itself, before any chunk: 0.
    Refuses(u64),
    /// It panics with this chunk.
    Panics(u64),
}

/// Its connections are counted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Host {
    manners: Manners,
    /// How long it takes for one chunk, in milliseconds.
    millis: u64,
    line: Arc<Line>,
}

#[derive(Debug, Default)]
struct Line {
    open: AtomicU64,
    answered: AtomicU64,
    ended: Mutex<Option<Instant>>,
}

impl Host {
    /// Three of them; that in the middle has these manners. Each takes so many milliseconds for one chunk.
    pub(super) fn three(middle: Manners, millis: u64) -> [Self; 3] {
        [Manners::Takes, middle, Manners::Takes].map(|manners| Self { manners, millis, line: Arc::default() })
    }

    /// Takes chunks until there are no more, and says how many.
    pub(super) async fn answer(&self, rt: &Rt, mut body: Receiver<Chunk>) -> Answer {
        self.face(rt, 0)?;
        let mut taken = 0;
        while let Some(chunk) = body.recv().await {
            drop(chunk);
            if self.millis > 0 {
                rt.millis(self.millis).await;
            }
            taken += 1;
            self.face(rt, taken)?;
        }
        self.line.answered.fetch_add(1, Ordering::SeqCst);
        Ok(taken)
    }

    /// As its manners are.
    fn face(&self, rt: &Rt, chunk: u64) -> Result<(), &'static str> {
        if self.manners != Manners::Refuses(chunk) && self.manners != Manners::Panics(chunk) {
            return Ok(());
        }
        *self.line.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(rt.now());
        if self.manners == Manners::Panics(chunk) { panic_any(PANIC) } else { Err(REFUSED) }
    }

    /// Whether it refused or panicked at this very instant.
    pub(super) fn has_ended_just_now(&self, rt: &Rt) -> bool {
        *self.line.ended.lock().unwrap_or_else(PoisonError::into_inner) == Some(rt.now())
    }

    /// Somebody has connected.
    pub(super) fn opened(&self) {
        self.line.open.fetch_add(1, Ordering::SeqCst);
    }

    /// A goodbye has to be awaited, and takes no time.
    pub(super) async fn close(&self) {
        yield_now().await;
        self.line.open.fetch_sub(1, Ordering::SeqCst);
    }

    /// How many requests these hosts have answered to the end.
    pub(super) fn answered(hosts: &[Self]) -> u64 {
        hosts.iter().map(|host| host.line.answered.load(Ordering::SeqCst)).sum()
    }

    /// How many connections to these hosts are open.
    pub(super) fn open(hosts: &[Self]) -> u64 {
        hosts.iter().map(|host| host.line.open.load(Ordering::SeqCst)).sum()
    }
}
