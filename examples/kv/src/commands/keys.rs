//! Commands on keys, whatever they stand for.

use core::time::Duration;

use super::{Call, Effect, Refused, integer};
use crate::glob;
use crate::store::{Millis, NEVER};

/// No deadline is later: a thousandth of what fits.
const LATEST: Millis = Millis::MAX / 1000;

pub(super) fn del(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let removed = call.request.words_from(1).filter(|key| call.store.remove(key).is_some()).count();
    call.out.count(removed);
    Ok(Effect::if_any(removed > 0))
}

pub(super) fn exists(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.count(call.request.words_from(1).filter(|key| call.store.value(key).is_some()).count());
    Ok(())
}

pub(super) fn expire(call: &mut Call<'_>) -> Result<Effect, Refused> {
    set_deadline(call, call.store.now(), Duration::from_secs)
}

pub(super) fn pexpire(call: &mut Call<'_>) -> Result<Effect, Refused> {
    set_deadline(call, call.store.now(), Duration::from_millis)
}

pub(super) fn expireat(call: &mut Call<'_>) -> Result<Effect, Refused> {
    set_deadline(call, 0, Duration::from_secs)
}

pub(super) fn pexpireat(call: &mut Call<'_>) -> Result<Effect, Refused> {
    set_deadline(call, 0, Duration::from_millis)
}

fn set_deadline(call: &mut Call<'_>, from: Millis, unit: fn(u64) -> Duration) -> Result<Effect, Refused> {
    let (key, n) = (call.word(1), call.integer(2)?);
    // A time that is over takes the key away at once.
    let deadline = if n <= 0 { 0 } else { deadline_in(from, n, unit)? };
    let there = if deadline <= call.store.now() {
        call.store.remove(key).is_some()
    } else {
        call.store.set_deadline(key, deadline).is_some()
    };
    call.out.integer(there.into());
    if !there {
        return Ok(Effect::Nothing);
    }
    match deadline {
        deadline if deadline <= call.store.now() => call.record([b"DEL", key]),
        deadline => call.record([b"PEXPIREAT", key, deadline.to_string().as_bytes()]),
    }
    Ok(Effect::Recorded)
}

/// So many units from then, which must be at least one.
pub(super) fn deadline_in(from: Millis, n: i64, unit: fn(u64) -> Duration) -> Result<Millis, Refused> {
    let n = u64::try_from(n).ok().filter(|&n| n > 0).ok_or(Refused::Expiry)?;
    let millis = Millis::try_from(unit(n).as_millis()).ok().and_then(|millis| millis.checked_add(from));
    millis.filter(|&deadline| deadline <= LATEST).ok_or(Refused::Expiry)
}

pub(super) fn persist(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let had_one = call.store.set_deadline(call.word(1), NEVER).is_some_and(|deadline| deadline != NEVER);
    call.out.integer(had_one.into());
    Ok(Effect::if_any(had_one))
}

pub(super) fn ttl(call: &mut Call<'_>) -> Result<(), Refused> {
    remaining(call, |left| (left + 500) / 1000)
}

pub(super) fn pttl(call: &mut Call<'_>) -> Result<(), Refused> {
    remaining(call, |left| left)
}

fn remaining(call: &mut Call<'_>, told: fn(Millis) -> Millis) -> Result<(), Refused> {
    let n = match call.store.deadline(call.word(1)) {
        None => -2,
        Some(NEVER) => -1,
        Some(deadline) => i64::try_from(told(deadline - call.store.now())).unwrap_or(i64::MAX),
    };
    call.out.integer(n);
    Ok(())
}

pub(super) fn kind(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.simple(call.store.value(call.word(1)).map_or("none", |value| value.kind()));
    Ok(())
}

pub(super) fn rename(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let (value, deadline) = call.store.remove(call.word(1)).ok_or(Refused::NoSuchKey)?;
    call.store.set(call.word(2), value, deadline);
    call.out.simple("OK");
    Ok(Effect::AsAsked)
}

pub(super) fn keys(call: &mut Call<'_>) -> Result<(), Refused> {
    let pattern = call.word(1);
    let found: Vec<_> = call.store.keys().filter(|key| glob::matches(pattern, key)).collect();
    call.out.bulks(found.into_iter());
    Ok(())
}

pub(super) fn scan(call: &mut Call<'_>) -> Result<(), Refused> {
    let cursor = core::str::from_utf8(call.word(1)).ok().and_then(|text| text.parse().ok()).ok_or(Refused::Cursor)?;
    let (mut pattern, mut kind, mut count) = (&b"*"[..], None, 10);
    let mut words = call.request.words_from(2);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(Refused::Syntax)?;
        match &*word.to_ascii_uppercase() {
            b"MATCH" => pattern = value,
            b"TYPE" => kind = Some(value.to_ascii_lowercase()),
            b"COUNT" => {
                count = usize::try_from(integer(value)?).ok().filter(|&count| count > 0).ok_or(Refused::Syntax)?;
            }
            _ => return Err(Refused::Syntax),
        }
    }
    let (rest, found) = call.store.scan(cursor, count);
    let wanted = found.filter(|(_, value)| kind.as_ref().is_none_or(|kind| kind == value.kind().as_bytes()));
    let keys: Vec<_> = wanted.map(|(key, _)| key).filter(|key| glob::matches(pattern, key)).collect();
    call.out.array(2);
    call.out.bulk(rest.to_string().as_bytes());
    call.out.bulks(keys.into_iter());
    Ok(())
}

pub(super) fn dbsize(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.count(call.store.len());
    Ok(())
}

pub(super) fn flushall(call: &mut Call<'_>) -> Result<Effect, Refused> {
    if call.request.word(1).is_some_and(|word| ![&b"async"[..], b"sync"].contains(&&*word.to_ascii_lowercase())) {
        return Err(Refused::Syntax);
    }
    call.store.clear();
    call.out.simple("OK");
    Ok(Effect::AsAsked)
}
