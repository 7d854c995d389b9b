//! Commands on hashes.

use super::{Call, Effect, Refused};
use crate::value::Hash;

pub(super) fn hset(call: &mut Call<'_>) -> Result<Effect, Refused> {
    if !call.request.len().is_multiple_of(2) {
        return Err(Refused::Arity);
    }
    let mut words = call.request.words_from(2);
    let added = call.store.change(call.word(1), |hash: &mut Hash| {
        let before = hash.len();
        while let (Some(field), Some(value)) = (words.next(), words.next()) {
            hash.insert(field.into(), value.into());
        }
        hash.len() - before
    })?;
    call.out.count(added);
    Ok(Effect::AsAsked)
}

pub(super) fn hget(call: &mut Call<'_>) -> Result<(), Refused> {
    let hash = call.store.get::<Hash>(call.word(1))?;
    call.out.optional(hash.and_then(|hash| hash.get(call.word(2))).map(|value| &**value));
    Ok(())
}

pub(super) fn hdel(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let fields = call.request.words_from(2);
    let removed = call
        .store
        .change(call.word(1), |hash: &mut Hash| fields.filter(|field| hash.remove(*field).is_some()).count())?;
    call.out.count(removed);
    Ok(Effect::if_any(removed > 0))
}

pub(super) fn hlen(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.count(call.store.get::<Hash>(call.word(1))?.map_or(0, Hash::len));
    Ok(())
}

pub(super) fn hgetall(call: &mut Call<'_>) -> Result<(), Refused> {
    let hash = call.store.get::<Hash>(call.word(1))?;
    call.out.array(2 * hash.map_or(0, Hash::len));
    for (field, value) in hash.into_iter().flatten() {
        call.out.bulk(field);
        call.out.bulk(value);
    }
    Ok(())
}
