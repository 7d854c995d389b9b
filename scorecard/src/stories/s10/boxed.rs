//! What Barbara ends with today: it runs at once, since every word of it is in its place.

use core::pin::Pin;

use futures::future::join_all;

use crate::executor::Rt;
use crate::stories::s10::screen::Screen;

const SOON: u64 = 100;

pub(super) async fn program(delays: &[u64], rt: &Rt, screen: &Screen) {
    let mut timers: Vec<Pin<Box<dyn Future<Output = ()> + Send + '_>>> = Vec::new();
    for &delay in delays {
        if delay < SOON {
            timers.push(Box::pin(async move {
                rt.millis(delay).await;
                screen.print(delay);
            }));
        } else {
            timers.push(Box::pin(async move {
                rt.millis(delay - SOON).await;
                rt.millis(SOON).await;
                screen.print(delay);
            }));
        }
    }
    join_all(timers).await;
}
