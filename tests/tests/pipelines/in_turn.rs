//! Pipelines that end with a closure that changes something: it is called for one item after another.

use core::cell::{Cell, RefCell};

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::{Sim, every_poll};

use crate::{Level, millis, pending_times};

#[test]
fn items_are_written_one_by_one_and_in_order_while_others_are_worked_on() {
    Sim::new(8).run(async |rt| {
        let (asked, writing) = (Level::default(), Level::default());
        let mut written = Vec::new();
        let start = rt.now();
        let answers = (0..12_u64).into_async_iter().concurrent(limit!(4)).map(async |n| {
            asked.up();
            rt.sleep(millis(if n % 2 == 0 { 12 } else { 4 })).await;
            asked.down();
            n
        });
        answers
            .for_each_mut(async |n| {
                writing.up();
                rt.sleep(millis(3)).await;
                writing.down();
                written.push(n);
            })
            .await;
        assert_eq!(written, (0..12).collect::<Vec<_>>());
        assert_eq!((asked.most.get(), writing.most.get()), (4, 1));
        // To write takes 36 ms alone, and all but the first answer come meanwhile.
        assert_eq!(rt.now() - start, millis(12 + 36));
    });
}

#[test]
fn what_it_changes_is_lent_to_one_call_after_another() {
    let mut seen = Vec::new();
    let mut counted = 0;
    Sim::new(1).run(async |_| {
        let pipeline = || {
            (0..9_usize).into_async_iter().concurrent(limit!(3)).map(async |n| {
                pending_times(n % 3).await;
                n
            })
        };
        pipeline()
            .for_each_with(&mut seen, async |seen, n| {
                pending_times(n % 2).await;
                seen.push(n);
            })
            .await;
        let stopped = pipeline().try_for_each_mut(async |n| {
            pending_times(n % 2).await;
            counted += 1;
            if n == 5 { Err("enough") } else { Ok(()) }
        });
        assert_eq!(stopped.await, Err("enough"));
    });
    assert_eq!((seen, counted), ((0..9).collect(), 6));
}

/// Nothing is written twice or left out, and what has been claimed and not written is handed back.
#[test]
fn dropped_or_panicking_at_any_poll_it_hands_back_what_is_not_written() {
    let boundaries = every_poll(|at| {
        let (claimed, left, mut written) = (Cell::new(0), RefCell::new(vec![]), vec![]);
        let items = (0..8_usize).inspect(|_| claimed.set(claimed.get() + 1)).into_async_iter();
        let trigger = at.panic_trigger();
        let items = items.concurrent(limit!(3)).on_unfinished(|n| left.borrow_mut().push(n)).map(async |n| {
            pending_times(n % 3).await;
            n
        });
        let work = items.try_for_each_with(&mut written, async |written, n| {
            trigger.point().await;
            pending_times(1).await;
            written.push(n);
            if n == 6 { Err(n) } else { Ok(()) }
        });
        let ended = at.drive(work);
        assert_eq!(ended.is_none(), at.has_fired());
        assert_eq!(written, (0..written.len()).collect::<Vec<_>>());
        let all = [written, left.take()].concat();
        assert_eq!(all, (0..claimed.get()).collect::<Vec<_>>());
    });
    assert_eq!(boundaries, 7);
    let boundaries = every_poll(|at| {
        let (claimed, left, mut written) = (Cell::new(0), RefCell::new(vec![]), vec![]);
        let items = (0..8_usize).inspect(|_| claimed.set(claimed.get() + 1)).into_async_iter();
        let items = items.concurrent(limit!(3)).on_unfinished(|n| left.borrow_mut().push(n)).map(async |n| {
            pending_times(n % 3).await;
            n
        });
        at.drive(at.cancel(items.for_each_mut(async |n| {
            pending_times(1).await;
            written.push(n);
        })));
        let all = [written, left.take()].concat();
        assert_eq!(all, (0..claimed.get()).collect::<Vec<_>>());
    });
    assert!(boundaries > 8, "{boundaries}");
}

/// On the heap, and not `Clone`.
struct Line(Box<usize>);

/// The item of a call stays where it is until the call has ended, or been dropped, whatever happens.
#[test]
fn items_that_are_lent_to_one_call_after_another_are_handed_back_when_not_written() {
    let boundaries = every_poll(|at| {
        let (claimed, left, mut written) = (Cell::new(0), RefCell::new(vec![]), vec![]);
        let items = (0..8_usize).inspect(|_| claimed.set(claimed.get() + 1)).map(|n| Line(Box::new(n)));
        let items = items.into_async_iter().concurrent(limit!(3)).map(async |line| {
            pending_times(*line.0 % 3).await;
            line
        });
        let trigger = at.panic_trigger();
        let jobs = items.on_unfinished_lent(|line| left.borrow_mut().push(*line.0));
        let work = jobs.try_for_each_with(&mut written, async |written, line| {
            trigger.point().await;
            pending_times(1).await;
            written.push(*line.0);
            if *line.0 == 6 { Err(line.0.clone()) } else { Ok(()) }
        });
        let ended = at.drive(at.cancel(work));
        assert_eq!(ended.flatten(), (!at.has_fired()).then_some(Err(Box::new(6))));
        let all = [written, left.take()].concat();
        // What was mapped and not taken by the last stage was nobody's to hand back.
        assert_eq!(all, (0..all.len()).collect::<Vec<_>>());
        assert!(all.len() <= claimed.get());
    });
    assert_eq!(boundaries, 8);
    let mut lengths = Vec::new();
    let lent = (1..4).map(|n| "x".repeat(n)).into_async_iter().concurrent(limit!(2)).on_unfinished_lent(drop);
    let work = lent.for_each_mut(async |text| {
        pending_times(1).await;
        lengths.push(text.len());
    });
    onpar_test::ByHand::new(work).finish();
    assert_eq!(lengths, [1, 2, 3]);
}
