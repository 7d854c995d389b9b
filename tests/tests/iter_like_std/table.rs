//! What a row of a table is, and how an adaptor is drained.

use alloc::collections::BTreeSet;
use core::future::Future;
use core::pin::Pin;

use onpar_iter::{AsyncIterator as _, Stream};

use crate::executor::Local;
use crate::world::{Event, Hint, Input, World};

pub(crate) type Iter<'a> = Box<dyn Iterator<Item = String> + 'a>;
/// `Send`, so that a row whose future loses it does not compile.
pub(crate) type SendStream<'a> = Pin<Box<dyn Stream<Item = String> + Send + 'a>>;
pub(crate) type LocalStream<'a> = Pin<Box<dyn Stream<Item = String> + 'a>>;
pub(crate) type SendFuture<'a> = Pin<Box<dyn Future<Output = String> + Send + 'a>>;

/// An adaptor: with std, and the methods that have to do the same.
pub(crate) struct Adaptor {
    pub(crate) sync: for<'a> fn(&'a World) -> Iter<'a>,
    pub(crate) later: &'static [(&'static str, for<'a> fn(&'a World) -> LocalStream<'a>)],
    /// So many events come first in any order: those of streams that are asked together.
    pub(crate) together: usize,
}

impl Adaptor {
    /// It begins with an item of each of so many streams. std takes one after the other. These are asked together, so whose
    /// comes first is for the streams to say; that each gives just one by then, and all that follows, is as with std.
    pub(crate) const fn that_begins_with_all_of(self, streams: usize) -> Self {
        Self { together: streams, ..self }
    }

    /// What happened, with what may come in any order in one.
    pub(crate) fn in_one_order(&self, mut log: Vec<Event>) -> Vec<Event> {
        let together = log.len().min(self.together);
        log[..together].sort();
        log
    }
}

/// A consumer: with std, and the methods that have to do the same.
pub(crate) struct Consumer {
    pub(crate) sync: fn(&World) -> String,
    pub(crate) later: &'static [(&'static str, for<'a> fn(&'a World) -> Local<'a, String>)],
}

/// A row: what std does with the items, and the methods that have to do the same. Those before `local` have to be `Send`.
macro_rules! adaptor {
    (|$w:ident| $sync:expr; $($name:literal: $later:expr;)+ local $($local_name:literal: $local:expr;)?) => {
        $crate::table::Adaptor {
            sync: |$w| {
                let items: $crate::table::Iter<'_> = Box::new($sync.map(|item| format!("{item:?}")));
                items
            },
            later: &[
                $(($name, |$w| {
                    let items: $crate::table::SendStream<'_> = Box::pin($later.map(onpar_iter::sync(|item| format!("{item:?}"))));
                    items
                }),)+
                $(($local_name, |$w| {
                    let items: $crate::table::LocalStream<'_> = Box::pin($local.map(onpar_iter::sync(|item| format!("{item:?}"))));
                    items
                }),)?
            ],
            together: 0,
        }
    };
}
pub(crate) use adaptor;

/// The same of a consumer.
macro_rules! consumer {
    (|$w:ident| $sync:expr; $($name:literal: $later:expr;)+ local $($local_name:literal: $local:expr;)?) => {
        $crate::table::Consumer {
            sync: |$w| format!("{:?}", $sync),
            later: &[
                $(($name, |$w| {
                    let value: $crate::table::SendFuture<'_> = Box::pin(async move { format!("{:?}", $later.await) });
                    value
                }),)+
                $(($local_name, |$w| Box::pin(async move { format!("{:?}", $local.await) })),)?
            ],
        }
    };
}
pub(crate) use consumer;

/// The methods that have rows.
pub(crate) fn names(adaptors: &[Adaptor], consumers: &[Consumer]) -> impl Iterator<Item = &'static str> {
    let adaptors = adaptors.iter().flat_map(|row| row.later).map(|(name, _)| *name);
    adaptors.chain(consumers.iter().flat_map(|row| row.later).map(|(name, _)| *name))
}

/// The methods of a trait, each with its source.
fn methods(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let methods = source.split("\n    fn ").skip(1);
    methods.map(|method| (method.split(['<', '(']).next().unwrap_or_default(), method))
}

/// Each method in these sources has a row, and each row its method.
pub(crate) fn assert_has_every_method_of(sources: &[&str], adaptors: &[Adaptor], consumers: &[Consumer]) {
    let rows: BTreeSet<&str> = names(adaptors, consumers).collect();
    // Those of a trait, and those of a type that say so themselves.
    let sources: Vec<String> = sources.iter().map(|source| source.replace("\n    pub fn ", "\n    fn ")).collect();
    let methods: BTreeSet<&str> = sources.iter().flat_map(|source| methods(source)).map(|(name, _)| name).collect();
    assert_eq!(methods.difference(&rows).collect::<Vec<_>>(), [&""; 0], "methods without a row");
    assert_eq!(rows.difference(&methods).collect::<Vec<_>>(), [&""; 0], "rows without a method");
}

/// What a closure changes, and what it is lent, have their own methods: one of each for each method that takes a closure.
pub(crate) fn assert_all_forms_in([plain, mutable, with]: [&str; 3]) {
    let names = |source| methods(source).map(|(name, _)| name).collect::<Vec<_>>();
    let takers = methods(plain).filter(|(_, source)| source.contains("AsyncFnMut"));
    let takers: Vec<&str> = takers.map(|(name, _)| name).collect();
    assert!(!takers.is_empty());
    assert_eq!(names(mutable), takers.iter().map(|name| format!("{name}_mut")).collect::<Vec<_>>());
    assert_eq!(names(with), takers.iter().map(|name| format!("{name}_with")).collect::<Vec<_>>());
}

/// Takes at most so many items of a stream that may have no end.
pub(crate) const MOST: usize = 40;

/// What an iterator or a stream has given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drained {
    pub(crate) items: Vec<String>,
    pub(crate) ended: bool,
    /// Whether it gave nothing when it was asked again, if it has ended.
    pub(crate) stays_ended: bool,
    /// The hint before each item, and before the end.
    pub(crate) hints: Vec<Hint>,
    /// The hints in between, while the stream was pending; each with the number of items given by then.
    pub(crate) hints_between: Vec<(usize, Hint)>,
}

impl Drained {
    /// Whether there is more to come.
    fn add(&mut self, item: Option<String>) -> bool {
        self.ended = item.is_none();
        self.items.extend(item);
        !self.ended && self.items.len() < MOST
    }

    /// Whether each hint is true.
    pub(crate) fn hints_are_true(&self) -> bool {
        let is_true = |given: usize, (lower, upper): Hint| {
            let left = self.items.len() - given;
            (lower <= left || !self.ended) && upper.is_none_or(|upper| left <= upper)
        };
        self.hints.iter().enumerate().all(|(given, hint)| is_true(given, *hint))
            && self.hints_between.iter().all(|(given, hint)| is_true(*given, *hint))
    }

    /// Whether each hint is true, and no worse than that of std at the same item.
    pub(crate) fn hints_are_as_good_as(&self, std: &Self) -> bool {
        let as_good =
            |hint: Hint, std: Hint| hint.0 >= std.0 && std.1.is_none_or(|std| hint.1.is_some_and(|upper| upper <= std));
        self.hints_are_true()
            && self.hints.len() == std.hints.len()
            && self.hints.iter().zip(&std.hints).all(|(hint, std)| as_good(*hint, *std))
    }
}

/// All items, and what happened.
pub(crate) fn drain(sync: for<'a> fn(&'a World) -> Iter<'a>, input: &Input) -> (Drained, Vec<Event>) {
    let world = World::new(input);
    let mut drained = Drained::default();
    let mut iterator = sync(&world);
    loop {
        drained.hints.push(iterator.size_hint());
        if !drained.add(iterator.next()) {
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
    block_on: fn(Local<'_, Drained>) -> Drained,
) -> (Drained, Vec<Event>) {
    drain_later_in(&World::new(input), later, block_on)
}

/// In this world.
pub(crate) fn drain_later_in(
    world: &World,
    later: for<'a> fn(&'a World) -> LocalStream<'a>,
    block_on: fn(Local<'_, Drained>) -> Drained,
) -> (Drained, Vec<Event>) {
    let mut stream = later(world);
    let mut drained = block_on(Box::pin(async {
        let mut drained = Drained::default();
        loop {
            drained.hints.push(stream.size_hint());
            let item = core::future::poll_fn(|cx| {
                let polled = Pin::new(&mut stream.next()).poll(cx);
                if polled.is_pending() {
                    drained.hints_between.push((drained.items.len(), stream.size_hint()));
                }
                polled
            });
            let item = item.await;
            if !drained.add(item) {
                return drained;
            }
        }
    }));
    let log = world.log();
    if drained.ended {
        let again = block_on(Box::pin(async {
            let item = stream.next().await;
            Drained { ended: item.is_none() && stream.next().await.is_none(), ..Drained::default() }
        }));
        drained.stays_ended = again.ended && stream.size_hint().0 == 0;
    }
    (drained, log)
}
