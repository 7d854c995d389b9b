//! `map_mut` is `Send`, but within a task that is, rustc cannot prove it: lend what changes as a state, `map_with(&mut calls, ..)`.

use onpar::prelude::*;

fn main() {
    fn spawn(_task: impl Future<Output = ()> + Send + 'static) {}

    spawn(async {
        let names = [String::from("a")];
        let mut calls = 0;
        let counted = names.iter().into_async_iter().map_mut(async |name| {
            calls += 1;
            name.len() + calls
        });
        let _all = counted.collect::<Vec<_>>().await;
    });
}
