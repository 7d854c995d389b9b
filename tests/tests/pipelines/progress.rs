//! What a pipeline reports of itself.

use core::cell::RefCell;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::concurrent::Progress;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::Sim;

use crate::millis;

/// Done, in flight, per second rounded, and when.
fn figures(progress: &Progress) -> (u64, u64, f64, Duration) {
    (progress.done, progress.in_flight, progress.per_second.round(), progress.elapsed)
}

#[test]
fn every_interval_and_at_the_end_it_says_how_far_it_is() {
    Sim::new(20).run(async |rt| {
        let reports = RefCell::new(Vec::new());
        let items = (0..10).into_async_iter().concurrent(limit!(2));
        let work = items.progress(&rt, millis(32), |progress| reports.borrow_mut().push(figures(&progress)));
        work.for_each(async |_| rt.sleep(millis(10)).await).await;
        let expected = [(6, 2, 188.0, millis(32)), (10, 0, 222.0, millis(50))];
        assert_eq!(*reports.borrow(), expected);
    });
}

#[test]
fn what_a_filter_holds_back_is_done_and_what_waits_for_a_later_stage_is_in_flight() {
    Sim::new(21).run(async |rt| {
        let reports = RefCell::new(Vec::new());
        let items = (0..8).into_async_iter().concurrent(limit!(4));
        let items = items.progress(&rt, millis(13), |progress| reports.borrow_mut().push(figures(&progress)));
        let even = items.filter(async |n| n % 2 == 0).map(async |n| n);
        even.concurrent(limit!(1)).for_each(async |_| rt.sleep(millis(10)).await).await;
        let in_flight: Vec<_> = reports.borrow().iter().map(|(done, in_flight, ..)| (*done, *in_flight)).collect();
        // After 13 ms: item 0, and all odd ones; 2 is being processed, 4 and 6 wait.
        assert_eq!(in_flight, [(5, 3), (6, 2), (7, 1), (8, 0)]);
        assert_eq!(reports.borrow().last().map(|report| report.3), Some(millis(40)));
    });
}

#[test]
fn a_pipeline_that_is_dropped_reports_what_was_under_way_and_one_that_never_began_nothing() {
    Sim::new(22).run(async |rt| {
        let reports = RefCell::new(Vec::new());
        let pipeline = || {
            let items = (0..8).into_async_iter().concurrent(limit!(3));
            let items = items.progress(&rt, millis(100), |progress| reports.borrow_mut().push(figures(&progress)));
            items.for_each(async |_| rt.sleep(millis(10)).await)
        };
        drop(pipeline());
        assert!(reports.borrow().is_empty());
        let _ = stopped_after(&rt, 15, pipeline()).await;
        assert_eq!(*reports.borrow(), [(3, 3, 200.0, millis(15))]);
    });
}

/// Drops `work` after so many milliseconds.
async fn stopped_after(rt: &onpar_test::sim::Rt, time: u64, work: impl Future) -> bool {
    let work = core::pin::pin!(work);
    matches!(
        futures::future::select(work, core::pin::pin!(rt.sleep(millis(time)))).await,
        futures::future::Either::Left(_)
    )
}

#[test]
fn with_an_interval_of_zero_it_reports_at_every_poll_and_hangs_nowhere() {
    Sim::new(23).run(async |rt| {
        let reports = RefCell::new(0);
        let items = (0..3).into_async_iter().concurrent(limit!(1));
        let items = items.progress(&rt, Duration::ZERO, |_| *reports.borrow_mut() += 1);
        items.for_each(async |_| rt.sleep(millis(1)).await).await;
        assert!((3..10).contains(&*reports.borrow()), "{reports:?}");
    });
}

#[test]
fn lent_items_are_counted_too_and_the_average_is_from_the_start() {
    Sim::new(24).run(async |rt| {
        let last = RefCell::new(Progress::default());
        let items = (0..4).into_async_iter().concurrent(limit!(1)).on_unfinished_lent(|_: i32| ());
        let items = items.progress(&rt, millis(25), |progress| *last.borrow_mut() = progress);
        items.for_each(async |_| rt.sleep(millis(10)).await).await;
        let last = last.into_inner();
        assert_eq!((last.done, last.in_flight, last.per_second.round()), (4, 0, 133.0));
        assert!((last.per_second_overall() - 100.0).abs() < 1e-9);
    });
}
