//! [`run`]: the node that measures.

use core::cell::Cell;
use core::ops::ControlFlow;
use core::pin::Pin;
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

use onpar::iter::interval;
use onpar::prelude::*;
use onpar::{Arena, ArenaScope, NoRoom, scope_in, set_cleanup_hook};

use crate::bus::{self, Bus};
use crate::report::Report;

const PERIOD: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_millis(50);
const BLINK: Duration = Duration::from_millis(25);
const MEASUREMENTS: u32 = 16;

/// What the scopes of the program are made in.
pub type Memory = Arena<2048>;

/// How many cleanups were reported.
static REPORTED: AtomicU32 = AtomicU32::new(0);

/// The whole program. One at a time: what it counts by are statics.
///
/// # Errors
///
/// There is no room in its memory.
pub async fn run<C: Clock + 'static>(clock: &C, mut memory: Pin<&mut Memory>) -> Result<Report, NoRoom<()>> {
    set_cleanup_hook(|_| {
        REPORTED.fetch_add(1, Ordering::Relaxed);
        bus::cut_power();
    });
    REPORTED.store(0, Ordering::Relaxed);
    bus::start_over();
    let start = clock.now();
    let mut report = Report::default();

    scope_in(memory.as_mut(), async |s| {
        measure(clock, s, &mut report).await?;
        cut_off(clock, s).await
    })
    .await?; // no bus is on now
    for_await!(_ in interval(clock, Duration::from_millis(1)).take(3) {
        report.ticks += 1;
    });
    report.cut_off = bus::cut_off();
    switched_off(clock, memory).await;

    report.late = bus::given_up();
    report.reported = REPORTED.load(Ordering::Relaxed);
    report.powered = bus::powered();
    report.took = clock.now() - start;
    Ok(report)
}

/// Measures until there is enough, and blinks beside.
async fn measure<C>(clock: &C, s: &ArenaScope<'_, '_>, report: &mut Report) -> Result<(), NoRoom<()>>
where
    C: Clock + 'static,
{
    let blinks = Cell::new(0);
    let work = s.scope(async |s| {
        let blinking = async {
            loop {
                clock.sleep(BLINK).await;
                blinks.set(blinks.get() + 1);
            }
        };
        let blinking = s.spawn(blinking).map_err(NoRoom::without_value)?;
        let mut bus = s.guard(Bus::power_up(clock.clone()).await).map_err(NoRoom::without_value)?;
        smooth(clock, &mut bus, report).await;
        let Ok(()) = bus.close().await;
        let _never: Option<()> = blinking.cancel().await;
        Ok(())
    });
    work.map_err(NoRoom::without_value)?.await?;
    report.blinks = blinks.get();
    Ok(())
}

/// Smooths what the bus measures, and gives a measurement up that takes too long.
async fn smooth<C: Clock>(clock: &C, bus: &mut Bus<C>, report: &mut Report) {
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
        .await;
}

/// Is cut off while a bus is on. The scope around it powers that down, beside whatever comes next.
async fn cut_off<C: Clock + 'static>(clock: &C, s: &ArenaScope<'_, '_>) -> Result<(), NoRoom<()>> {
    let work = s.scope(async |s| for_an_hour(clock, s).await).map_err(NoRoom::without_value)?;
    cut(clock, work).await;
    Ok(())
}

/// The same with the outermost scope. There is nobody who could wait for the cleanup, so the hook is told.
async fn switched_off<C: Clock + 'static>(clock: &C, memory: Pin<&mut Memory>) {
    cut(clock, scope_in(memory, async |s| for_an_hour(clock, s).await)).await;
}

/// Keeps a bus on for an hour.
async fn for_an_hour<C: Clock + 'static>(clock: &C, s: &ArenaScope<'_, '_>) -> Result<(), NoRoom<()>> {
    let _bus = s.guard(Bus::power_up(clock.clone()).await).map_err(NoRoom::without_value)?;
    clock.sleep(Duration::from_hours(1)).await;
    Ok(())
}

/// Drops the work if it takes more than two periods.
async fn cut(clock: &impl Clock, work: impl Future) {
    let _ended = events(&mut ())
        .once(work, async |_, _| ())
        .repeat(
            |_| Some(clock.sleep(2 * PERIOD)),
            async |_, ()| {
                // On a machine that stalls, it may not have been powered up yet.
                if bus::powered() == 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            },
        )
        .await;
}
