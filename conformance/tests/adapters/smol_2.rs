//! The adapter for smol 2: the global executor, one of the caller's own, and a local one.

use std::rc::Rc;
use std::sync::Arc;

use onpar_rt::smol_2::{self, Smol, SmolLocal};
use onpar_test::Conformance;

use crate::folder::Folder;

#[test]
fn smol_conforms() {
    let folder = Folder::new("smol");
    smol_2::run(async |rt| {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.threads().await;
        suite.spawn().await;
        suite.blocking().await;
        suite.blocking_threads().await;
        suite.tcp().await;
        suite.datagram().await;
        suite.unix(folder.path()).await;
        suite.finish().unwrap();
    });
}

#[test]
fn executor_of_ones_own_conforms() {
    let executor = Arc::new(smol::Executor::new());
    let mut suite = Conformance::new(Smol::new(Arc::clone(&executor)));
    smol::block_on(executor.run(async {
        suite.clock().await;
        suite.spawn().await;
        suite.finish().unwrap();
    }));
}

#[test]
fn local_executor_of_smol_conforms() {
    let rt = SmolLocal::new(Rc::default());
    let mut suite = Conformance::new(rt.clone());
    smol::block_on(rt.executor().run(async {
        suite.clock().await;
        suite.spawn_local().await;
        suite.spawn_order().await;
        suite.blocking().await;
        suite.finish().unwrap();
    }));
}
