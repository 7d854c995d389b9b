//! What is dropped at the wrong moment, or panics as it is dropped.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::future::{pending, ready};
use core::panic::AssertUnwindSafe;
use core::task::Context;
use std::panic::catch_unwind;

use futures::task::{ArcWake, waker};
use onpar_scope::{defer, scope, using};
use onpar_test::{ByHand, InjectedPanic};
use onpar_tests::Log;

use crate::told::Told;

#[test]
fn a_bracket_whose_body_panics_as_it_is_dropped_releases_all_the_same() {
    struct PanicsOnDrop;

    impl Drop for PanicsOnDrop {
        fn drop(&mut self) {
            InjectedPanic::throw();
        }
    }

    let log = Log::default();
    let released = log.clone();
    let work = scope(async |_| {
        let mut bracket = Box::pin(using(
            ready(Ok::<_, Infallible>(7)),
            async |_| {
                let _panics = PanicsOnDrop;
                pending::<()>().await;
            },
            async move |_, reason| released.add(format!("released {reason:?}")),
        ));
        assert!(futures::poll!(bracket.as_mut()).is_pending());
        catch_unwind(AssertUnwindSafe(|| drop(bracket))).is_err()
    });
    assert!(ByHand::new(work).finish());
    assert_eq!(log.take(), ["released Panicking"]);
}

#[test]
fn a_wait_that_is_dropped_leaves_no_waker_behind() {
    let told = Told::here();
    let value = Arc::new(());
    ByHand::new(scope(async |s| {
        drop(defer((), async |()| pending::<()>().await).named("never ends"));
        for _ in 0..1000 {
            let waker = waker(Arc::new(Keeps(value.clone())));
            let mut settled = Box::pin(s.settled());
            assert!(settled.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
        assert_eq!(Arc::strong_count(&value), 1);
    }))
    .poll_with(|scope, cx| assert!(scope.poll(cx).is_pending()));
    assert_eq!(told.take(), ["never ends leaked"]);
}

struct Keeps(#[expect(dead_code, reason = "kept by the waker, and that is what is counted")] Arc<()>);

impl ArcWake for Keeps {
    fn wake_by_ref(_: &Arc<Self>) {}
}
