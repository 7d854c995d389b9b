//! A task outlives the generator that starts it: send items through a channel, whose receiver is a stream.

use onpar::prelude::*;

fn spawn(_task: impl Future<Output = ()> + Send + 'static) {}

fn main() {
    let _numbers = stream(async |mut y| {
        spawn(async move { y.emit(1).await });
    });
}
