//! The rows of the sources: a source is an adaptor of nothing.

use core::iter;

use onpar_iter::{
    AsyncIterator as _, empty, from_fn, from_fn_mut, from_fn_with, once, once_future, poll_fn, repeat, repeat_n,
    repeat_with, repeat_with_mut, successors, try_unfold, unfold,
};

use crate::table::{Adaptor, adaptor as row};
use crate::world::World;

/// The items by their numbers: what a closure has that changes nothing but the world.
fn item(w: &World, number: usize) -> Option<i32> {
    w.input.left.get(number).copied()
}

pub(crate) const ALL: &[Adaptor] = &[
    row! {
        |_w| iter::empty::<i32>();
        "empty": empty::<i32>();
        local
    },
    row! {
        |w| iter::once(w.input.left.len());
        "once": once(w.input.left.len());
        local
    },
    row! {
        |w| iter::once_with(|| { w.saw([]); 7 });
        "once_future": once_future(async move { w.saw_later([]).await; 7 });
        local
    },
    row! {
        |_w| iter::repeat(7);
        "repeat": repeat(7);
        local
    },
    row! {
        |w| iter::repeat_n(7, w.input.left.len());
        "repeat_n": repeat_n(7, w.input.left.len());
        local
    },
    row! {
        |w| iter::repeat_with(|| { w.saw([]); 7 });
        "repeat_with": repeat_with(async move || { w.saw_later([]).await; 7 });
        local "repeat_with_mut": { let mut calls = 0; repeat_with_mut(async move || { w.counted(&mut calls, []).await; 7 }) };
    },
    row! {
        |w| { let mut items = w.input.left.iter().copied(); iter::from_fn(move || { w.saw([]); items.next() }) };
        "from_fn": from_fn(async move || { let number = w.calls(); w.saw_later([]).await; item(w, number) });
        "from_fn_with": from_fn_with(0, async move |calls: &mut u32| { let number = *calls; w.counted(calls, []).await; item(w, number as usize) });
        local "from_fn_mut": { let mut calls = 0; from_fn_mut(async move || { let number = w.calls(); w.counted(&mut calls, []).await; item(w, number) }) };
    },
    row! {
        |w| iter::successors(item(w, 0), |n| { w.saw([*n]); (*n < 4).then_some(n + 1) });
        "successors": successors(item(w, 0), async move |n| { w.saw_later([*n]).await; (*n < 4).then_some(n + 1) });
        local
    },
    row! {
        |w| { let mut n = 0; iter::from_fn(move || { w.saw([n]); n += 1; (n < 5).then_some(n * 2) }) };
        "unfold": unfold(0, async move |n| { w.saw_later([n]).await; (n < 4).then_some(((n + 1) * 2, n + 1)) });
        local
    },
    row! {
        |w| {
            let mut numbers = 0..3;
            iter::from_fn(move || {
                let number = numbers.next()?;
                w.saw([number]);
                let item = item(w, usize::try_from(number).expect("it is small"))?;
                if item < 0 {
                    numbers = 0..0;
                    return Some(Err(item));
                }
                Some(Ok(item))
            })
        };
        "try_unfold": try_unfold(0..3, async move |mut numbers| {
            let Some(number) = numbers.next() else { return Ok(None) };
            w.saw_later([number]).await;
            match item(w, usize::try_from(number).expect("it is small")) {
                None => Ok(None),
                Some(item) if item < 0 => Err(item),
                Some(item) => Ok(Some((item, numbers))),
            }
        });
        local
    },
    row! {
        |w| { let mut left = w.left(); iter::from_fn(move || left.next()) };
        "poll_fn": { let mut left = w.left(); poll_fn(move |cx| left.poll_take(cx).map(Option::<&i32>::copied)) };
        local
    },
];
