//! Commands on lists.

use super::{Call, Effect, Refused, count_of};
use crate::replies::have_room;
use crate::value::{Bytes, List};

pub(super) fn lpush(call: &mut Call<'_>) -> Result<Effect, Refused> {
    push(call, List::push_front)
}

pub(super) fn rpush(call: &mut Call<'_>) -> Result<Effect, Refused> {
    push(call, List::push_back)
}

fn push(call: &mut Call<'_>, push: fn(&mut List, Bytes)) -> Result<Effect, Refused> {
    let items = call.request.words_from(2);
    let length = call.store.change(call.word(1), |list: &mut List| {
        items.for_each(|item| push(list, item.into()));
        list.len()
    })?;
    call.out.count(length);
    Ok(Effect::AsAsked)
}

pub(super) fn lpop(call: &mut Call<'_>) -> Result<Effect, Refused> {
    pop(call, List::pop_front, List::push_front)
}

pub(super) fn rpop(call: &mut Call<'_>) -> Result<Effect, Refused> {
    pop(call, List::pop_back, List::push_back)
}

fn pop(
    call: &mut Call<'_>,
    pop: fn(&mut List) -> Option<Bytes>,
    push: fn(&mut List, Bytes),
) -> Result<Effect, Refused> {
    let (key, count) = (call.word(1), count_of(call)?);
    let there = call.store.get::<List>(key)?.map(List::len);
    let Some(length) = there else {
        match count {
            Some(_) => call.out.no_array(),
            None => call.out.optional(None),
        }
        return Ok(Effect::Nothing);
    };
    let popped = call.store.change(key, |list: &mut List| {
        let popped: Vec<_> = (0..count.unwrap_or(1).min(length)).map_while(|_| pop(list)).collect();
        if have_room(&popped) {
            return Ok(popped);
        }
        popped.into_iter().rev().for_each(|item| push(list, item));
        Err(Refused::TooMuch)
    })??;
    match count {
        Some(_) => call.out.bulks(popped.iter()),
        None => call.out.optional(popped.first().map(|item| &**item)),
    }
    Ok(Effect::if_any(count != Some(0)))
}

pub(super) fn llen(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.count(call.store.get::<List>(call.word(1))?.map_or(0, List::len));
    Ok(())
}

pub(super) fn lrange(call: &mut Call<'_>) -> Result<(), Refused> {
    let (start, stop) = (call.integer(2)?, call.integer(3)?);
    let Some(list) = call.store.get::<List>(call.word(1))? else {
        call.out.array(0);
        return Ok(());
    };
    // What is below zero counts from the end.
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let place = |n: i64| if n < 0 { n.saturating_add(length).max(0) } else { n.min(length) };
    let (start, end) = (place(start), if stop < -length { 0 } else { place(stop).saturating_add(1).min(length) });
    let [start, end] = [start, end.max(start)].map(|place| usize::try_from(place).unwrap_or(list.len()));
    call.out.bulks(list.range(start..end));
    Ok(())
}
