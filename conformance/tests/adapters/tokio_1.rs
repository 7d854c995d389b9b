//! The adapter for tokio 1, on one thread, on several, and with local tasks.

use core::error::Error;

use onpar_rt::tokio_1::{Tokio, TokioLocal};
use onpar_test::Conformance;
use tokio::runtime::Builder;

use crate::folder::Folder;

async fn all(name: &str) -> Result<(), Box<dyn Error>> {
    let folder = Folder::new(name);
    let mut suite = Conformance::new(Tokio::current()?);
    suite.clock().await;
    suite.threads().await;
    suite.spawn().await;
    suite.blocking().await;
    suite.blocking_threads().await;
    suite.tcp().await;
    suite.datagram().await;
    suite.unix(folder.path()).await;
    Ok(suite.finish()?)
}

#[test]
fn tokio_on_one_thread_conforms() {
    Builder::new_current_thread().enable_all().build().unwrap().block_on(all("tokio")).unwrap();
}

#[test]
fn tokio_on_several_threads_conforms() {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(all("tokio-mt")).unwrap();
}

#[test]
fn tokio_with_local_tasks_conforms() {
    Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let rt = TokioLocal::new(Tokio::current().unwrap());
        let mut suite = Conformance::new(rt.clone());
        rt.run(async {
            suite.clock().await;
            suite.threads().await;
            suite.spawn_local().await;
            suite.spawn_order().await;
            suite.blocking().await;
        })
        .await;
        suite.finish().unwrap();
    });
}

#[test]
fn tokio_from_outside_conforms() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let rt = Tokio::new(runtime.handle().clone()).unwrap();
    let folder = Folder::new("tokio-out");
    onpar_rt::local::block_on(async {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.threads().await;
        suite.spawn().await;
        suite.blocking().await;
        suite.tcp().await;
        suite.datagram().await;
        suite.unix(folder.path()).await;
        suite.finish().unwrap();
    });
}
