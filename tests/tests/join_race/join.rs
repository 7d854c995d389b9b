//! `join`: all outputs, together.

use alloc::rc::Rc;
use core::future::{Ready, pending, ready};
use core::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use onpar_scope::{join, join_all, scope};
use onpar_test::{ByHand, InjectedPanic, Sim, Trigger};
use onpar_tests::Log;

use super::{elapsed, held, millis, sorted, told};

#[test]
fn it_gives_all_outputs_in_the_form_of_its_members() {
    let work = async {
        join(()).await;
        assert_eq!(join((ready(1),)).await, (1,));
        assert_eq!(join((ready(1), ready('b'), async { "c" })).await, (1, 'b', "c"));
        let a = || ready(1_u8);
        let twelve = join((a(), a(), a(), a(), a(), a(), a(), a(), a(), a(), a(), async { "twelve" })).await;
        assert_eq!(twelve, (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "twelve"));
        assert_eq!(join([(); 0].map(ready)).await, [(); 0]);
        assert_eq!(join([1, 2, 3].map(ready)).await, [1, 2, 3]);
        assert_eq!(join(Vec::<Ready<u8>>::new()).await, [0_u8; 0]);
        assert_eq!(join_all((0..1000).map(ready)).await, (0..1000).collect::<Vec<_>>());
    };
    assert_eq!(work.now_or_never(), Some(()), "one poll is enough for what is ready");
}

#[test]
fn the_members_run_together_and_their_outputs_keep_their_places() {
    Sim::check(0..50, async |rt| {
        let after = async |time: u64| {
            millis(&rt, time).await;
            time
        };
        assert_eq!((join((after(30), after(10), after(20))).await, elapsed(&rt)), ((30, 10, 20), 30));
        assert_eq!((join([30, 10, 20].map(after)).await, elapsed(&rt)), ([30, 10, 20], 60));
        let many: Vec<_> = (0..200).map(|i| i * 37 % 200).collect();
        assert_eq!((join_all(many.iter().copied().map(after)).await, elapsed(&rt)), (many, 260 - 1));
    });
}

#[test]
fn a_member_is_dropped_when_it_ends_and_its_output_when_the_join_is_dropped_half_way() {
    let log = Log::default();
    ByHand::new(scope(async |s| {
        let ends = async || {
            let _held = told(&log, "held");
            told(&log, "output")
        };
        let mut half_way = Box::pin(join((ends(), pending::<()>())));
        assert!(futures::poll!(&mut half_way).is_pending());
        s.settled().await;
        Trigger::never().pending_once().await;
        s.settled().await;
        assert_eq!(log.take(), ["held: Dropped"]);
        drop(half_way);
        Trigger::never().pending_once().await;
        s.settled().await;
        assert_eq!(log.take(), ["output: Dropped"]);
    }))
    .finish();
}

#[test]
fn an_output_that_is_given_out_is_not_dropped() {
    let log = Log::default();
    ByHand::new(scope(async |s| {
        let [output] = join([async { told(&log, "output") }]).await;
        Trigger::never().pending_once().await;
        s.settled().await;
        assert_eq!(log.take(), [""; 0]);
        output.close().await.unwrap();
    }))
    .finish();
    assert_eq!(log.take(), ["output: Closed"]);
}

#[test]
fn a_panic_passes_on_once_and_the_scope_around_cleans_up_what_the_members_held() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let holds = async |name| {
            let _held = held(&rt, &log, name, 5);
            pending::<()>().await;
        };
        let panics = async {
            let _held = held(&rt, &log, "panics", 5);
            millis(&rt, 1).await;
            InjectedPanic::throw();
        };
        let work = scope(async |_| join((holds("first"), panics, holds("last"))).await);
        let payload = AssertUnwindSafe(work).catch_unwind().await.unwrap_err();
        assert!(InjectedPanic::is(&*payload));
        let expected = ["first", "last", "panics"].map(|name| format!("start {name} (Panicking)"));
        assert_eq!(sorted(&log)[3..], expected);
    });
}

#[test]
fn a_join_of_borrows_and_of_joins_and_of_futures_that_are_not_send() {
    let words = [String::from("one"), String::from("three")];
    let local = Rc::new(7);
    let nested = join((
        join(words.each_ref().map(async |word| word.len())),
        async { *local },
        join((join((ready(1), ready(2))), join([ready(3)]))),
    ));
    assert_eq!(nested.now_or_never(), Some(([3, 5], 7, ((1, 2), [3]))));
}

#[test]
fn one_that_is_polled_after_its_end_panics_with_words_that_say_so() {
    let mut task = ByHand::new(join((ready(1),)));
    assert!(task.poll().is_ready());
    let payload = std::panic::catch_unwind(AssertUnwindSafe(|| task.poll())).unwrap_err();
    assert!(payload.downcast_ref::<&str>().unwrap().contains("after it had given its result"));
}
