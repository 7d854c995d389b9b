//! What Barbara tries first: all futures are made at once, so they should run at once.

use crate::executor::Rt;
use crate::stories::s10::screen::Screen;

pub(super) async fn show(delay: u64, rt: &Rt, screen: &Screen) {
    rt.millis(delay).await;
    screen.print(delay);
}

pub(super) async fn program(delays: &[u64], rt: &Rt, screen: &Screen) {
    let futures: Vec<_> = delays.iter().map(|&delay| show(delay, rt, screen)).collect();
    for future in futures {
        future.await;
    }
}
