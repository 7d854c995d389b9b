//! Ten timers of two kinds at once, each of which prints when its time has come.
//!
//! ```text
//! cargo run -p onpar-examples --bin timers
//! ```
//!
//! What the children need they borrow: the delays from the list, the clock from the body of `run`.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::std_instead_of_core, reason = "a program, not a library")]

use std::time::Duration;

use onpar::prelude::*;

fn main() {
    let delays = [400, 30, 90, 250, 10, 150, 60, 120, 200, 300];
    onpar::rt::local::run(async |rt| {
        let clock = rt.clock();
        scope(async |s| {
            for delay in &delays {
                let child = if *delay < 100 {
                    s.spawn(async {
                        clock.sleep(Duration::from_millis(*delay)).await;
                        println!("{} ms", *delay);
                    })
                } else {
                    s.spawn(async {
                        clock.sleep(Duration::from_millis(100)).await;
                        clock.sleep(Duration::from_millis(*delay - 100)).await;
                        println!("{} ms, in two steps", *delay);
                    })
                };
                drop(child); // the scope waits for it
            }
        })
        .await;
    });
}
