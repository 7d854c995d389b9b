//! The built-in executor.

use onpar_rt::local;
use onpar_test::Conformance;

use crate::folder::Folder;

#[test]
fn local_executor_conforms() {
    let folder = Folder::new("local");
    local::run(async |rt| {
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
        // Timers and other threads, now that it waits for sockets.
        suite.clock().await;
        suite.threads().await;
        suite.finish().unwrap();
    });
}

#[test]
fn clock_of_the_local_executor_conforms() {
    local::run(async |rt| {
        let mut suite = Conformance::new(rt.clock());
        suite.clock().await;
        suite.threads().await;
        suite.finish().unwrap();
    });
}
