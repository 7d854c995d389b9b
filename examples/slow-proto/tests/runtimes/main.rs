//! The protocol on every runtime that there is, and on one that this file's neighbour makes up: one body for each situation.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

mod both;
mod hand;
mod memory;
mod scenarios;
mod serves;
mod time;

use std::rc::Rc;
use std::sync::mpsc;

use onpar::prelude::*;
use onpar_rt::local::Local;
use onpar_rt::main_loop::MainLoop;
use onpar_rt::smol_2::{Smol, SmolLocal};
use onpar_rt::tokio_1::{Tokio, TokioLocal};
use slow_proto::AnyRuntime;

use crate::both::Both;
use crate::hand::Hand;
use crate::memory::Memory;
use crate::serves::{Answer, Serves, serves};
use crate::time::ByItself;

/// One test for each situation and runtime.
macro_rules! on_every_runtime {
    ($($situation:ident)*) => {$(
        mod $situation {
            use super::*;

            #[onpar::test(tokio, tokio_mt, smol, local)]
            async fn on(rt: Rt) {
                let time = Hand::default();
                scenarios::$situation(&Both::of(rt, &time), &time).await;
            }

            #[onpar::test(tokio_mt, smol)]
            async fn without_its_type(rt: Rt) {
                let time = Hand::default();
                scenarios::$situation(&AnyRuntime::new(Both::of(rt, &time)), &time).await;
            }

            #[test]
            fn on_a_runtime_that_nobody_knows() {
                Memory::check(async |rt| scenarios::$situation(&rt, &ByItself).await);
            }

            #[test]
            fn on_the_local_tasks_of_tokio() {
                local_tasks_of_tokio(async |rt| scenarios::$situation(&rt, &rt.clock).await);
            }

            #[test]
            fn on_the_local_tasks_of_smol() {
                local_tasks_of_smol(async |rt| scenarios::$situation(&rt, &rt.clock).await);
            }

            #[test]
            fn in_an_event_loop() {
                event_loop(async |rt| scenarios::$situation(&rt, &rt.clock).await);
            }
        }
    )*};
}

scenarios::for_each_situation! { on_every_runtime }

serves! { spawn, serve: Both<Tokio, Tokio>, Both<Smol, Smol>, AnyRuntime, Memory }
serves! { spawn_local, serve_local: Both<Local, Local>, Both<TokioLocal, Tokio>, Both<SmolLocal, Smol> }

fn local_tasks_of_tokio(body: impl AsyncFnOnce(Both<TokioLocal, Tokio>)) {
    onpar_rt::tokio_1::run_current_thread(async |network| {
        let tasks = TokioLocal::new(network.clone());
        tasks.run(body(Both { tasks: tasks.clone(), network, clock: Hand::default() })).await;
    });
}

fn local_tasks_of_smol(body: impl AsyncFnOnce(Both<SmolLocal, Smol>)) {
    onpar_rt::smol_2::run(async |network| {
        let tasks = SmolLocal::new(Rc::default());
        let executor = tasks.clone();
        executor.executor().run(body(Both { tasks, network, clock: Hand::default() })).await;
    });
}

fn event_loop(body: impl AsyncFnOnce(Both<Local, Local>) + 'static) {
    let (events, of_loop) = mpsc::channel();
    let main_loop = MainLoop::new(move || events.send(()).unwrap_or_default()).expect("there is room for a thread");
    let rt = main_loop.runtime();
    let (ended, has_ended) = mpsc::channel();
    drop(main_loop.runtime().spawn_local(async move {
        body(Both::of(rt, &Hand::default())).await;
        ended.send(()).expect("the test waits");
    }));
    loop {
        of_loop.recv().expect("the loop is woken as long as it lives");
        main_loop.run_ready();
        match has_ended.try_recv() {
            Ok(()) => return,
            Err(mpsc::TryRecvError::Empty) => {}
            Err(mpsc::TryRecvError::Disconnected) => panic!("the body has panicked"),
        }
    }
}

/// A panic of a task would end a simulation.
#[onpar::test(tokio, tokio_mt, smol, local)]
async fn answer_that_panics_ends_its_connection_alone(rt: Rt) {
    let time = Hand::default();
    scenarios::answer_that_panics_ends_its_connection_alone(&Both::of(rt, &time), &time).await;
}

#[onpar::test(tokio, smol, local)]
async fn port_in_use_is_an_error(rt: Rt) {
    let listener = rt.listen(&serves::ANYWHERE).await.unwrap();
    let Err(error) = rt.listen(&listener.local_addr().unwrap()).await else { panic!("it is in use") };
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}
