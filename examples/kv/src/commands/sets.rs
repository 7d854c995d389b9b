//! Commands on sets.

use core::hash::BuildHasher as _;
use std::hash::RandomState;

use super::{Call, Effect, Refused, count_of};
use crate::replies::have_room;
use crate::value::Set;

pub(super) fn sadd(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let members = call.request.words_from(2);
    let added =
        call.store.change(call.word(1), |set: &mut Set| members.filter(|&member| set.insert(member.into())).count())?;
    call.out.count(added);
    Ok(Effect::if_any(added > 0))
}

pub(super) fn srem(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let members = call.request.words_from(2);
    let removed =
        call.store.change(call.word(1), |set: &mut Set| members.filter(|&member| set.swap_remove(member)).count())?;
    call.out.count(removed);
    Ok(Effect::if_any(removed > 0))
}

pub(super) fn spop(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let (key, count) = (call.word(1), count_of(call)?);
    let popped = call.store.change(key, |set: &mut Set| {
        let count = count.unwrap_or(1).min(set.len());
        let popped: Vec<_> = (0..count).filter_map(|_| set.swap_remove_index(random(set.len()))).collect();
        if have_room(&popped) {
            return Ok(popped);
        }
        set.extend(popped);
        Err(Refused::TooMuch)
    })??;
    match count {
        Some(_) => call.out.bulks(popped.iter()),
        None => call.out.optional(popped.first().map(|member| &**member)),
    }
    if popped.is_empty() {
        return Ok(Effect::Nothing);
    }
    // Chance would have it otherwise the next time.
    let words: Vec<&[u8]> = [&b"SREM"[..], key].into_iter().chain(popped.iter().map(|member| &**member)).collect();
    call.store.record(words.into_iter());
    Ok(Effect::Recorded)
}

/// Any number below this one.
fn random(below: usize) -> usize {
    let seed = RandomState::new().hash_one(below);
    usize::try_from(seed % (below.max(1) as u64)).unwrap_or(0)
}

pub(super) fn scard(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.count(call.store.get::<Set>(call.word(1))?.map_or(0, Set::len));
    Ok(())
}

pub(super) fn sismember(call: &mut Call<'_>) -> Result<(), Refused> {
    let set = call.store.get::<Set>(call.word(1))?;
    call.out.integer(set.is_some_and(|set| set.contains(call.word(2))).into());
    Ok(())
}

pub(super) fn smembers(call: &mut Call<'_>) -> Result<(), Refused> {
    match call.store.get::<Set>(call.word(1))? {
        Some(set) => call.out.bulks(set.iter()),
        None => call.out.array(0),
    }
    Ok(())
}
