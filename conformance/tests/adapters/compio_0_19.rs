//! The adapter for compio 0.19.

use core::time::Duration;

use compio::runtime::Runtime;
use onpar::{local_guard, local_timeout};
use onpar_core::{Clock as _, ExitReason, LocalAsyncDrop, SpawnLocal as _};
use onpar_rt::compio_0_19::{self, Compio};
use onpar_test::Conformance;

use crate::folder::Folder;

#[test]
fn compio_conforms() {
    let folder = Folder::new("compio");
    compio_0_19::run(async |rt| {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.threads().await;
        suite.spawn_local().await;
        suite.spawn_order().await;
        suite.blocking().await;
        suite.blocking_threads().await;
        suite.tcp().await;
        suite.datagram().await;
        suite.unix(folder.path()).await;
        suite.finish().unwrap();
    });
}

struct Conn(Compio);

impl LocalAsyncDrop for Conn {
    type Error = core::convert::Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Self::Error> {
        self.0.sleep(Duration::from_millis(2)).await;
        Ok(())
    }
}

#[test]
fn what_a_deadline_cancels_is_cleaned_up_by_timers_of_compio() {
    compio_0_19::run(async |rt| {
        let start = rt.now();
        let late = local_timeout(&rt, Duration::from_millis(2), async {
            let _conn = local_guard(Conn(rt.clone()));
            rt.sleep(Duration::from_hours(1)).await;
        });
        assert!(late.await.is_err());
        assert!(rt.now() - start >= Duration::from_millis(4));
    });
}

#[test]
fn nothing_panics_outside_of_a_runtime_and_all_goes_on_within_it() {
    assert!(Compio::current().is_none());
    let runtime = Runtime::new().unwrap();
    let rt = Compio::new(runtime.clone());
    let mut sleep = Box::pin(rt.sleep(Duration::from_millis(1)));
    assert!(futures::FutureExt::now_or_never(&mut sleep).is_none());
    let task = rt.spawn_local(async move {
        assert!(Compio::current().is_some());
        sleep.await;
        7
    });
    assert_eq!(runtime.block_on(task).unwrap(), 7);
}
