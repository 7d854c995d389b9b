//! A close that needs an answer from another task of the same runtime: where it blocks the thread, it never gets one.

use core::time::Duration;

use async_drop::{AsyncDrop, AsyncDropFuture, Dropper};
use futures::channel::{mpsc, oneshot};
use futures::{SinkExt as _, StreamExt as _};
use onpar_scope::{defer, scope};

use crate::executor::{Executor, Rt};
use crate::measured::Measured;

/// Each waits in vain, for as long as its patience lasts, in real time.
const STOCK_RUNS: u64 = 20;
const RUNS: u64 = 1000;
/// How long a close waits for its answer, in milliseconds: without it, the process would stand still for ever. An answer
/// that comes at all comes at once.
const PATIENCE: u64 = 20;
const WRONG: &str = "never answered";

type Question = oneshot::Sender<()>;

/// A task that answers.
fn answerer(rt: &Rt) -> mpsc::Sender<Question> {
    let (asker, mut questions) = mpsc::channel::<Question>(1);
    rt.spawn(async move {
        while let Some(question) = questions.next().await {
            let _gone = question.send(());
        }
    });
    asker
}

/// Whether there was an answer.
async fn ask(asker: &mut mpsc::Sender<Question>) -> bool {
    let (question, answer) = oneshot::channel();
    asker.send(question).await.is_ok() && answer.await.is_ok()
}

struct Goodbye {
    asker: mpsc::Sender<Question>,
    answers: mpsc::UnboundedSender<bool>,
}

impl AsyncDrop for Goodbye {
    fn async_drop(&mut self) -> AsyncDropFuture<'_> {
        Box::pin(async {
            // It runs on a runtime of its own, which is tokio's.
            let answer = tokio::time::timeout(Duration::from_millis(PATIENCE), ask(&mut self.asker)).await == Ok(true);
            self.answers.unbounded_send(answer).map_err(|error| error.to_string())
        })
    }
}

pub(super) fn with_async_drop(executor: Executor) -> Measured {
    executor.run(async |rt| {
        let (asker, (answers, mut answered)) = (answerer(&rt), mpsc::unbounded());
        let mut measured = Measured::new(WRONG);
        for _ in 0..STOCK_RUNS {
            drop(Dropper::new(Goodbye { asker: asker.clone(), answers: answers.clone() }));
            measured.count(answered.next().await != Some(true));
        }
        measured
    })
}

pub(super) fn with_onpar(executor: Executor) -> Measured {
    executor.run(async |rt| {
        let (asker, (answers, mut answered)) = (answerer(&rt), mpsc::unbounded());
        let mut measured = Measured::new(WRONG);
        for _ in 0..RUNS {
            let goodbye = Goodbye { asker: asker.clone(), answers: answers.clone() };
            let close = async |(mut goodbye, rt): (Goodbye, Rt)| {
                let answer = rt.stock_timeout(PATIENCE, ask(&mut goodbye.asker)).await;
                goodbye.answers.unbounded_send(answer == Some(true))
            };
            scope(async |_| drop(defer((goodbye, rt.clone()), close))).await;
            measured.count(answered.next().await != Some(true));
        }
        measured
    })
}
