//! Two guards and a timeout: both cleanups have ended when the timeout returns.
#![expect(clippy::print_stdout, clippy::std_instead_of_core, reason = "a program, not a library")]
use onpar::prelude::*;
use std::time::Duration;

fn main() {
    onpar::rt::local::run(async |rt| {
        let work = timeout(&rt, Duration::from_millis(10), async {
            let _connection = defer("connection", async |name| println!("closing the {name}"));
            let _file = defer("file", async |name| println!("removing the {name}"));
            rt.sleep(Duration::from_mins(1)).await;
        });
        println!("{:?}: both are cleaned up", work.await);
    });
}
