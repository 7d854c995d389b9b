//! What a row of the table is, and how an adaptor is drained.

use core::future::Future;
use core::pin::Pin;

use onpar_iter::{AsyncIterator as _, Stream};

use crate::executor::Local;
use crate::world::{Event, Input, World};
use crate::{adaptors, consumers};

pub(crate) type Iter<'a> = Box<dyn Iterator<Item = String> + 'a>;
/// `Send`, so that a row whose future loses it does not compile.
pub(crate) type SendStream<'a> = Pin<Box<dyn Stream<Item = String> + Send + 'a>>;
pub(crate) type LocalStream<'a> = Pin<Box<dyn Stream<Item = String> + 'a>>;
pub(crate) type SendFuture<'a> = Pin<Box<dyn Future<Output = String> + Send + 'a>>;

/// An adaptor: with std, and the methods that have to do the same.
pub(crate) struct Adaptor {
    pub(crate) sync: for<'a> fn(&'a World) -> Iter<'a>,
    pub(crate) later: &'static [(&'static str, for<'a> fn(&'a World) -> LocalStream<'a>)],
}

/// A consumer: with std, and the methods that have to do the same.
pub(crate) struct Consumer {
    pub(crate) sync: fn(&World) -> String,
    pub(crate) later: &'static [(&'static str, for<'a> fn(&'a World) -> Local<'a, String>)],
}

/// The methods that have rows.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let adaptors = adaptors::ALL.iter().flat_map(|row| row.later).map(|(name, _)| *name);
    adaptors.chain(consumers::ALL.iter().flat_map(|row| row.later).map(|(name, _)| *name))
}

type Hint = (usize, Option<usize>);

/// Takes at most so many items of a stream that may have no end.
const MOST: usize = 40;

/// All items, each with the hint before it; and once more after the end; and what happened.
pub(crate) fn drain(
    sync: for<'a> fn(&'a World) -> Iter<'a>,
    input: &Input,
) -> (Vec<(Hint, Option<String>)>, Vec<Event>) {
    let world = World::new(input);
    let mut drained = Vec::new();
    let mut iterator = sync(&world);
    loop {
        let hint = iterator.size_hint();
        let item = iterator.next();
        let ended = item.is_none();
        drained.push((hint, item));
        if ended || drained.len() == MOST {
            break;
        }
    }
    drop(iterator);
    (drained, world.log())
}

/// The same of a stream. The future of `next` is dropped after each poll, and made anew.
pub(crate) fn drain_later(
    later: for<'a> fn(&'a World) -> LocalStream<'a>,
    input: &Input,
    block_on: fn(Local<'_, Vec<(Hint, Option<String>)>>) -> Vec<(Hint, Option<String>)>,
) -> (Vec<(Hint, Option<String>)>, Vec<Event>) {
    let world = World::new(input);
    let mut stream = later(&world);
    let drained = block_on(Box::pin(async {
        let mut drained = Vec::new();
        loop {
            let hint = stream.size_hint();
            let item = core::future::poll_fn(|cx| Pin::new(&mut stream.next()).poll(cx)).await;
            let ended = item.is_none();
            drained.push((hint, item));
            if ended || drained.len() == MOST {
                return drained;
            }
        }
    }));
    drop(stream);
    (drained, world.log())
}
