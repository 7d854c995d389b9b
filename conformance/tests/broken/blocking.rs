//! Broken threads for calls that block.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::mpsc;
use std::thread;

use onpar_core::{Blocking, JoinError};
use onpar_rt::local::{self, Call, LocalClock};
use onpar_test::Conformance;

use crate::{Found, every_check_finds_its_fault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    LosesValues,
    RunsWhenAsked,
    HidesPanics,
    HandlesKeepValues,
    OneAfterTheOther,
    ThreadForEach,
}

const FAULTS: &[(Fault, &str)] = &[
    (Fault::LosesValues, "a call gives its value"),
    (Fault::RunsWhenAsked, "a call goes on when its handle is dropped"),
    (Fault::HidesPanics, "a panic of a call goes to its handle"),
    (Fault::HandlesKeepValues, "a panic of a value that nobody takes goes nowhere"),
    (Fault::OneAfterTheOther, "tasks go on while a call blocks"),
    (Fault::ThreadForEach, "calls wait for a thread, and none is lost"),
];

#[test]
fn each_check_of_blocking_calls_finds_its_fault() {
    every_check_finds_its_fault(FAULTS, |fault, limit| {
        local::run(async |rt| {
            let mut suite = Conformance::new(Broken { threads: rt.clock(), fault }).limit(limit);
            suite.blocking().await;
            suite.blocking_threads().await;
            Found::by(suite)
        })
    });
}

#[derive(Clone)]
struct Broken {
    threads: LocalClock,
    fault: Option<Fault>,
}

enum Handle<T> {
    Call(Call<T>, Option<Fault>),
    /// A call that begins when somebody asks.
    Lazy(LocalClock, Box<dyn FnOnce() -> T + Send>),
    Value(Box<T>),
    Begun,
}

impl Blocking for Broken {
    type Call<T: Send + 'static> = Handle<T>;

    fn spawn_blocking<F, T>(&self, call: F) -> Handle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        match self.fault {
            Some(Fault::RunsWhenAsked) => Handle::Lazy(self.threads.clone(), Box::new(call)),
            Some(Fault::HandlesKeepValues) => Handle::Value(Box::new(call())),
            Some(Fault::OneAfterTheOther) => {
                let value = call();
                Handle::Call(self.threads.spawn_blocking(|| value), self.fault)
            }
            Some(Fault::ThreadForEach) => {
                let (send, receive) = mpsc::channel();
                thread::spawn(move || send.send(call()));
                // The value is fetched by a call that blocks until it is there.
                let fetch = move || receive.recv().unwrap_or_else(|_| panic!("the call has panicked"));
                Handle::Call(self.threads.spawn_blocking(fetch), self.fault)
            }
            fault => Handle::Call(self.threads.spawn_blocking(call), fault),
        }
    }
}

impl<T: Send + 'static> Future for Handle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        *self = match core::mem::replace(&mut *self, Self::Begun) {
            Self::Lazy(threads, call) => Self::Call(threads.spawn_blocking(call), None),
            Self::Value(value) => return Poll::Ready(Ok(*value)),
            begun => begun,
        };
        let Self::Call(call, fault) = &mut *self else { return Poll::Ready(Err(JoinError::dropped())) };
        let fault = *fault;
        Pin::new(call).poll(cx).map(|result| match fault {
            Some(Fault::LosesValues) => result.and_then(|_value| Err(JoinError::dropped())),
            Some(Fault::HidesPanics) => result.map_err(|_| JoinError::dropped()),
            _ => result,
        })
    }
}
