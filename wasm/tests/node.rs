//! The adapter for the event loop of JavaScript, in Node.js.
#![cfg(target_family = "wasm")]

use core::time::Duration;

use onpar::prelude::*;
use onpar::rt::wasm_bindgen_0_2::Wasm;
use onpar_test::Conformance;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn clock_of_the_event_loop_conforms() {
    let mut suite = Conformance::new(Wasm);
    suite.clock().await;
    suite.finish().unwrap();
}

#[wasm_bindgen_test]
async fn tasks_begin_in_order_and_give_their_outputs() {
    let tasks: Vec<_> = (0..1000).map(|number| Wasm.spawn_local(async move { number })).collect();
    for (number, task) in tasks.into_iter().enumerate() {
        assert_eq!(task.await.unwrap(), number);
    }
    let mut suite = Conformance::new(Wasm);
    suite.spawn_order().await;
    suite.finish().unwrap();
}

#[wasm_bindgen_test]
async fn detached_tasks_go_on() {
    let (sender, receiver) = onpar::iter::channel(limit!(1));
    drop(Wasm.spawn_local(async move {
        Wasm.sleep(Duration::from_millis(1)).await;
        sender.send(7).await.unwrap();
    }));
    assert_eq!(receiver.collect::<Vec<_>>().await, [7]);
}

#[wasm_bindgen_test]
async fn deadlines_beyond_what_javascript_can_tell_do_not_come_at_once() {
    let far = Wasm.sleep(Duration::from_hours(24 * 365));
    assert!(local_timeout(&Wasm, Duration::from_millis(5), far).await.is_err());
}

#[wasm_bindgen_test]
async fn program_is_cut_short_and_cleans_up() {
    assert_eq!(onpar_wasm::load().await, ["loading", "a child ran beside", "too late", "tick", "tick"]);
}
