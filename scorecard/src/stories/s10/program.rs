//! Barbara's last program, with onpar. What stands in it, and what does not, is a figure of the scorecard.

use onpar_scope::scope;

use crate::executor::Rt;
use crate::stories::s10::screen::Screen;

const SOON: u64 = 100;

pub(super) async fn program(delays: &[u64], rt: &Rt, screen: &Screen) {
    scope(async |s| {
        for delay in delays {
            let timer = if *delay < SOON {
                s.spawn(async {
                    rt.millis(*delay).await;
                    screen.print(*delay);
                })
            } else {
                s.spawn(async {
                    rt.millis(*delay - SOON).await;
                    rt.millis(SOON).await;
                    screen.print(*delay);
                })
            };
            drop(timer);
        }
    })
    .await;
}
