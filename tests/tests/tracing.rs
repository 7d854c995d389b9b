//! The spans of the crate `tracing`: one for each scope, child and cleanup, entered whenever that is polled.
#![cfg(feature = "tracing")]

extern crate alloc;

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use core::fmt;
use core::future::pending;
use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use onpar_scope::{defer, scope, timeout};
use onpar_test::{Clock as _, Rt, Sim};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down the name of the innermost spans at each event, and which spans are open.
#[derive(Clone, Default)]
struct Spans {
    last: Arc<AtomicU64>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Each with its path from the outermost span, and how many references there are.
    open: BTreeMap<u64, (String, usize)>,
    entered: Vec<u64>,
    events: Vec<String>,
}

impl Spans {
    fn with<R>(&self, f: impl FnOnce(&mut State) -> R) -> R {
        f(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn events(&self) -> Vec<String> {
        self.with(|state| core::mem::take(&mut state.events))
    }
}

/// The field `name`.
#[derive(Default)]
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "name" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        } else if field.name() == "at" {
            assert!(format!("{value:?}").starts_with(file!()), "{value:?}");
        }
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut name = Name::default();
        span.record(&mut name);
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        self.with(|state| {
            let above = state.entered.last().map_or(String::new(), |above| format!("{}/", state.open[above].0));
            let path = format!("{above}{}", name.0);
            state.open.insert(id, (path, 1));
        });
        Id::from_u64(id)
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.with(|state| state.open.get_mut(&id.into_u64()).expect("it is open").1 += 1);
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        self.with(|state| {
            let left = &mut state.open.get_mut(&id.into_u64()).expect("it is open").1;
            *left -= 1;
            let last = *left == 0;
            if last {
                state.open.remove(&id.into_u64());
            }
            last
        })
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut words = Name::default();
        event.record(&mut words);
        self.with(|state| {
            let place = state.entered.last().map_or("nowhere", |id| &state.open[id].0);
            let line = format!("{}: {place}", words.0);
            state.events.push(line);
        });
    }

    fn enter(&self, id: &Id) {
        self.with(|state| state.entered.push(id.into_u64()));
    }

    fn exit(&self, id: &Id) {
        self.with(|state| assert_eq!(state.entered.pop(), Some(id.into_u64()), "the innermost one is left first"));
    }
}

async fn millis(rt: &Rt, millis: u64) {
    rt.sleep(Duration::from_millis(millis)).await;
}

/// Runs with the spans written down, and none is left open.
fn spans_of(work: impl AsyncFnOnce(Rt)) -> Vec<String> {
    let spans = Spans::default();
    tracing::subscriber::with_default(spans.clone(), || Sim::from_env().run(work));
    assert!(spans.with(|state| state.open.is_empty() && state.entered.is_empty()), "all spans are closed");
    spans.events()
}

#[test]
fn whatever_is_polled_is_in_its_span_which_stands_below_that_of_whoever_made_it() {
    let events = spans_of(async |rt| {
        let work = scope(async |s| {
            tracing::info!("body");
            let child = s.spawn(async {
                millis(&rt, 2).await;
                tracing::info!("child");
                let inner = async {
                    millis(&rt, 1).await;
                    tracing::info!("timeout");
                };
                timeout(&rt, Duration::from_secs(1), inner).await.unwrap();
                drop(defer((), async |()| tracing::info!("cleanup")).named("connection"));
            });
            millis(&rt, 1).await;
            tracing::info!("body again");
            child.await;
        });
        work.named("server").await;
        tracing::info!("after");
    });
    let expected = [
        "body: server",
        "body again: server",
        "child: server/child",
        "timeout: server/child/timeout",
        "cleanup: server/child/connection",
        "after: nowhere",
    ];
    assert_eq!(events, expected);
}

#[test]
fn what_is_dropped_is_in_its_span_and_spans_close_on_every_way_out() {
    struct Tells;

    impl Drop for Tells {
        fn drop(&mut self) {
            tracing::info!("dropped");
        }
    }

    let events = spans_of(async |rt| {
        let work = scope(async |s| {
            drop(s.spawn(async {
                let _tells = Tells;
                let _guard = defer(rt.clone(), async |rt: Rt| {
                    millis(&rt, 1).await;
                    tracing::info!("cleaned");
                })
                .named("guard");
                pending::<()>().await;
            }));
            pending::<()>().await;
        });
        let timed = timeout(&rt, Duration::from_millis(1), work.named("cancelled"));
        assert!(timed.named("limit").await.is_err());
    });
    assert_eq!(events, ["dropped: limit/cancelled/child", "cleaned: limit/cancelled/child/guard"]);
}

#[test]
fn a_task_of_a_runtime_stands_below_whoever_started_it() {
    let events = spans_of(async |rt| {
        let work = scope(async |s| s.spawn_on(&rt, async { tracing::info!("task") }).await);
        work.named("server").await.unwrap();
    });
    assert_eq!(events, ["task: server/task"]);
}
