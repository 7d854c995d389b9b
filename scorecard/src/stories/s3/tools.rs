//! [`Tools`]: what the program is written with.

use onpar_scope::Failure;

use crate::executor::Rt;
use crate::stories::s3::chunk::Chunks;
use crate::stories::s3::host::{Answer, Host};
use crate::stories::s3::onpar::Stats;
use crate::stories::s3::source::Source;
use crate::stories::s3::{moro, onpar, stock};

#[derive(Clone, Copy, Debug)]
pub(super) enum Tools {
    /// `FuturesUnordered`, as the story first has it.
    Unordered,
    /// The same in a task of its own, as Barbara mends it.
    Task,
    Moro,
    Onpar,
}

impl Tools {
    /// Sends every chunk to every host.
    pub(super) async fn broadcast(self, hosts: &[Host], rt: &Rt, chunks: &Chunks, source: Source) -> Answer {
        match self {
            Self::Unordered => stock::broadcast(hosts, rt, chunks, source).await,
            Self::Task => stock::broadcast_with_a_task(hosts, rt, chunks, source).await,
            Self::Moro => moro::broadcast(hosts, rt, chunks, source).await,
            Self::Onpar => {
                let mut stats = Stats::default();
                let answer = onpar::broadcast(hosts, rt, chunks, source, &mut stats).await;
                answer
                    .inspect(|taken| assert_eq!(*taken, stats.sent, "what was sent has arrived"))
                    .map_err(Failure::into_primary)
            }
        }
    }
}
