//! [`run`]: the node that measures.

use core::ops::ControlFlow;
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use onpar::iter::interval;
use onpar::prelude::*;
use onpar::set_cleanup_hook;

use crate::bus::{self, Bus};
use crate::report::Report;

const PERIOD: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_millis(50);
const BLINK: Duration = Duration::from_millis(25);
const MEASUREMENTS: u32 = 16;

/// How many cleanups were reported.
static REPORTED: AtomicU32 = AtomicU32::new(0);

/// The whole program. One at a time: what it counts by are statics.
pub async fn run<C>(clock: &C) -> Report
where
    C: Clock<Sleep: Send> + Send + 'static,
{
    set_cleanup_hook(|_| {
        REPORTED.fetch_add(1, Ordering::Relaxed);
        bus::cut_power();
    });
    REPORTED.store(0, Ordering::Relaxed);
    bus::start_over();
    let start = clock.now();
    let mut report = Report::default();

    let Ok(((), ())) = using(
        Bus::power_up(clock.clone()),
        async |bus| measure(clock, bus, &mut report).await,
        async |bus, _| bus.power_down().await,
    )
    .await;
    for_await!(_ in interval(clock, Duration::from_millis(1)).take(3) {
        report.ticks += 1;
    });
    switched_off(clock).await;

    report.late = bus::given_up();
    report.reported = REPORTED.load(Ordering::Relaxed);
    report.powered = bus::powered();
    report.took = clock.now() - start;
    report
}

/// Measures until there is enough.
async fn measure<C: Clock>(clock: &C, bus: &mut Bus<C>, report: &mut Report) {
    let measurements = stream(async |mut y| {
        loop {
            y.emit(bus.measure().await).await;
        }
    });
    let smoothed = measurements
        .throttle(clock, PERIOD)
        .map_windows(async |three: &[u32; 3]| three.iter().sum::<u32>() / 3)
        .timeout_repeating(clock, PATIENCE);
    let _ended = events(report)
        .on(smoothed, async |report, value| {
            match value {
                Ok(value) => {
                    report.smoothed += 1;
                    report.sum += value;
                }
                Err(_) => bus::give_up(),
            }
            if report.smoothed < MEASUREMENTS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .repeat(|_| Some(clock.sleep(BLINK)), async |report, ()| report.blinks += 1)
        .await;
}

/// Is cut off while its bus is on. There is nobody who could wait for the cleanup, so the hook is told.
async fn switched_off<C>(clock: &C)
where
    C: Clock<Sleep: Send> + Send + 'static,
{
    let work = using(
        Bus::power_up(clock.clone()),
        async |_bus| clock.sleep(Duration::from_hours(1)).await,
        async |bus, _| bus.power_down().await,
    );
    let _ended = events(&mut ())
        .once(work, async |_, _| ())
        .repeat(|_| Some(clock.sleep(2 * PERIOD)), async |_, ()| {
            // On a machine that stalls, it may not have been powered up yet.
            if bus::powered() == 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .await;
}
