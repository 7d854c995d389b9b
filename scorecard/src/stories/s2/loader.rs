//! What the story's program loads, and where it sends it.

use futures::channel::mpsc::{Receiver, Sender};
use futures::{SinkExt as _, StreamExt as _};
use onpar_test::Trigger;

const ROWS: u32 = 6;
/// How many items there are in all, three a row.
pub(super) const ITEMS: u32 = ROWS * 3;

/// A table, from which a row is read in two polls.
pub(super) struct Db {
    next: u32,
    trigger: Trigger,
}

impl Db {
    pub(super) fn new() -> Self {
        Self { next: 0, trigger: Trigger::never() }
    }

    async fn row(&mut self) -> Option<[u32; 3]> {
        self.trigger.pending_once().await;
        let row = self.next;
        self.next += 1;
        (row < ROWS).then(|| [0, 1, 2].map(|item| row * 3 + item))
    }
}

/// Reads every row and sends its items on, as the story has it. Gives how many have been sent.
pub(super) async fn read_send(db: &mut Db, out: &mut Sender<u32>) -> u32 {
    let mut sent = 0;
    while let Some(row) = db.row().await {
        for item in row {
            if out.send(item).await.is_ok() {
                sent += 1;
            }
        }
    }
    sent
}

/// Takes what is sent.
pub(super) async fn collect(arrived: Receiver<u32>) -> Vec<u32> {
    arrived.collect().await
}

/// Whether every item is there, once and in order.
pub(super) fn is_complete(arrived: &[u32]) -> bool {
    arrived.iter().copied().eq(0..ITEMS)
}
