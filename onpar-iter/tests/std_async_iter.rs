//! Both ways to the unstable `AsyncIterator` of std: `cargo xtask ci --only nightly`.
#![cfg(onpar_nightly)]
#![feature(async_iterator, async_iter_from_iter)]

use core::async_iter;
use core::pin::pin;
use core::task::{Context, Poll, Waker};

use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, from_std, into_std};
use pollster::block_on;

#[test]
fn a_stream_is_an_iterator_of_std_and_gives_the_same() {
    let mut theirs = pin!(into_std((1..=2).into_async_iter().filter(async |n| *n > 0)));
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(async_iter::AsyncIterator::size_hint(&*theirs), (0, Some(2)));
    let mut next = || async_iter::AsyncIterator::poll_next(theirs.as_mut(), &mut cx);
    assert_eq!((next(), next(), next()), (Poll::Ready(Some(1)), Poll::Ready(Some(2)), Poll::Ready(None)));
}

#[test]
fn an_iterator_of_std_has_the_methods_of_this_crate() {
    let ours = from_std(async_iter::from_iter(["a", "bb"]));
    assert_eq!(block_on(ours.map(async |text| text.len()).collect::<Vec<_>>()), [1, 2]);
}

#[test]
fn there_and_back_again() {
    let again = from_std(into_std((0..4).into_async_iter()));
    assert_eq!(block_on(again.sum::<u8>()), 6);
}
