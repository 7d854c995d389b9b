//! [`lanes`]: many runs of one program, side by side where time is real.

use futures::future::join_all;
use onpar_core::{Clock, Spawn};

use crate::executor::{Executor, Rt};
use crate::measured::Measured;

/// How many lanes run side by side in real time: a thousand runs of 16 ms then take a third of a second.
pub const LANES: u64 = 50;

/// Splits `runs` into lanes and adds up what they measured: one lane where the clock is virtual, [`LANES`] where it is
/// not. Each makes a server of its own, so that lanes do not disturb each other.
///
/// # Panics
///
/// As a lane does.
pub async fn lanes<F, Fut>(rt: &Rt, runs: u64, lane: F) -> Measured
where
    F: Fn(Rt, u64) -> Fut,
    Fut: Future<Output = Measured> + Send + 'static,
{
    let start = rt.now();
    let total = match rt {
        Rt::Tokio(tokio) if rt.executor() == Executor::MultiThread => {
            let tasks: Vec<_> = (0..LANES).map(|_| tokio.spawn(lane(rt.clone(), runs / LANES))).collect();
            let mut total = Measured::default();
            for ended in join_all(tasks).await {
                let measured = ended.unwrap_or_else(|error| panic!("a lane ended: {error}"));
                total += &measured;
                total.wrong = measured.wrong;
            }
            total
        }
        _ => lane(rt.clone(), runs).await,
    };
    total.took(rt.executor(), rt.now() - start)
}
