//! A10.4: timers that are made, and not awaited.
//!
//! A future that nobody polls does nothing, and once it stands in a list the compiler says nothing either. A child runs, and
//! its scope waits for it. What the compiler says of handles and scopes that are dropped at once stands in the UI tests.

use futures::FutureExt as _;
use onpar_scope::scope;

use crate::executor::{Executor, Rt};
use crate::stories::s10::screen::{SHORT, Screen, show, show_late};
use crate::stories::s10::sequential;
use crate::story::{Case, Point, Stock};

const WRONG: &str = "never done";

pub(super) const POINT: Point = Point {
    name: "A10.4",
    what: "what is made and not awaited runs, and is waited for",
    cases: &[Case {
        what: "5 timers, none awaited",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| {
            show_late(executor, WRONG, SHORT, |delays, rt, screen| with_stock_tools(delays, rt, screen).boxed())
        }),
        onpar: |executor| show(executor, WRONG, SHORT, |delays, rt, screen| with_onpar(delays, rt, screen).boxed()),
    }],
};

#[expect(clippy::unused_async, reason = "that is the mistake")]
async fn with_stock_tools(delays: &[u64], rt: &Rt, screen: &Screen) {
    let _timers: Vec<_> = delays.iter().map(|&delay| sequential::show(delay, rt, screen)).collect();
}

async fn with_onpar(delays: &[u64], rt: &Rt, screen: &Screen) {
    scope(async |s| {
        let _timers: Vec<_> = delays.iter().map(|&delay| s.spawn(sequential::show(delay, rt, screen))).collect();
    })
    .await;
}
