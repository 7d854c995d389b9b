//! Commands on strings.

use core::time::Duration;

use super::keys::deadline_in;
use super::{Call, Effect, Refused, integer};
use crate::decoder::WORD;
use crate::store::{Millis, NEVER};
use crate::value::Kind as _;

type Text = Vec<u8>;

pub(super) fn get(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.optional(call.store.get::<Text>(call.word(1))?.map(Vec::as_slice));
    Ok(())
}

/// What stands behind the value in a `SET`.
#[derive(Default)]
struct Options {
    deadline: Option<Millis>,
    keeps_deadline: bool,
    /// The key must be there, or must not.
    there: Option<bool>,
    gives_old: bool,
}

impl Options {
    fn of(call: &Call<'_>) -> Result<Self, Refused> {
        let mut options = Self::default();
        let mut words = call.request.words_from(3);
        while let Some(word) = words.next() {
            let mut time = || words.next().ok_or(Refused::Syntax).and_then(integer);
            let now = call.store.now();
            let has_time = options.deadline.is_some() || options.keeps_deadline;
            match &*word.to_ascii_uppercase() {
                b"EX" if !has_time => options.deadline = Some(deadline_in(now, time()?, Duration::from_secs)?),
                b"PX" if !has_time => options.deadline = Some(deadline_in(now, time()?, Duration::from_millis)?),
                b"EXAT" if !has_time => options.deadline = Some(deadline_in(0, time()?, Duration::from_secs)?),
                b"PXAT" if !has_time => options.deadline = Some(deadline_in(0, time()?, Duration::from_millis)?),
                b"KEEPTTL" if !has_time => options.keeps_deadline = true,
                b"NX" if options.there != Some(true) => options.there = Some(false),
                b"XX" if options.there != Some(false) => options.there = Some(true),
                b"GET" => options.gives_old = true,
                _ => return Err(Refused::Syntax),
            }
        }
        Ok(options)
    }
}

pub(super) fn set(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let (key, value) = (call.word(1), call.word(2));
    if call.request.len() == 3 {
        call.store.set(key, value.to_vec().into_value(), NEVER);
        call.out.simple("OK");
        return Ok(Effect::AsAsked);
    }
    let options = Options::of(call)?;
    let sets = options.there.is_none_or(|there| there == call.store.value(key).is_some());
    if options.gives_old {
        call.out.optional(call.store.get::<Text>(key)?.map(Vec::as_slice));
    } else if sets {
        call.out.simple("OK");
    } else {
        call.out.optional(None);
    }
    if !sets {
        return Ok(Effect::Nothing);
    }
    let kept = call.store.deadline(key).filter(|_| options.keeps_deadline);
    let deadline = options.deadline.or(kept).unwrap_or(NEVER);
    call.store.set(key, value.to_vec().into_value(), deadline);
    match deadline {
        NEVER => call.record([b"SET", key, value]),
        deadline => call.record([b"SET", key, value, b"PXAT", deadline.to_string().as_bytes()]),
    }
    Ok(Effect::Recorded)
}

pub(super) fn setnx(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let sets = call.store.value(call.word(1)).is_none();
    if sets {
        call.store.set(call.word(1), call.word(2).to_vec().into_value(), NEVER);
    }
    call.out.integer(sets.into());
    Ok(Effect::if_any(sets))
}

pub(super) fn getset(call: &mut Call<'_>) -> Result<Effect, Refused> {
    get(call)?;
    call.store.set(call.word(1), call.word(2).to_vec().into_value(), NEVER);
    Ok(Effect::AsAsked)
}

pub(super) fn getdel(call: &mut Call<'_>) -> Result<Effect, Refused> {
    get(call)?;
    Ok(Effect::if_any(call.store.remove(call.word(1)).is_some()))
}

pub(super) fn mget(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.array(call.request.len() - 1);
    for key in call.request.words_from(1) {
        call.out.optional(call.store.get::<Text>(key).ok().flatten().map(Vec::as_slice));
    }
    Ok(())
}

pub(super) fn mset(call: &mut Call<'_>) -> Result<Effect, Refused> {
    if call.request.len().is_multiple_of(2) {
        return Err(Refused::Arity);
    }
    let mut words = call.request.words_from(1);
    while let (Some(key), Some(value)) = (words.next(), words.next()) {
        call.store.set(key, value.to_vec().into_value(), NEVER);
    }
    call.out.simple("OK");
    Ok(Effect::AsAsked)
}

pub(super) fn incr(call: &mut Call<'_>) -> Result<Effect, Refused> {
    add(call, 1)
}

pub(super) fn decr(call: &mut Call<'_>) -> Result<Effect, Refused> {
    add(call, -1)
}

pub(super) fn incrby(call: &mut Call<'_>) -> Result<Effect, Refused> {
    add(call, call.integer(2)?)
}

pub(super) fn decrby(call: &mut Call<'_>) -> Result<Effect, Refused> {
    add(call, call.integer(2)?.checked_neg().ok_or(Refused::DecrementOverflow)?)
}

fn add(call: &mut Call<'_>, n: i64) -> Result<Effect, Refused> {
    let key = call.word(1);
    let old = call.store.get::<Text>(key)?.map_or(Ok(0), |text| integer(text))?;
    let sum = old.checked_add(n).ok_or(Refused::Overflow)?;
    call.store.change(key, |text: &mut Text| *text = sum.to_string().into_bytes())?;
    call.out.integer(sum);
    Ok(Effect::AsAsked)
}

pub(super) fn append(call: &mut Call<'_>) -> Result<Effect, Refused> {
    let (key, more) = (call.word(1), call.word(2));
    let length = call.store.get::<Text>(key)?.map_or(0, Vec::len) + more.len();
    if length > WORD {
        return Err(Refused::TooLong);
    }
    call.store.change(key, |text: &mut Text| text.extend_from_slice(more))?;
    call.out.count(length);
    Ok(Effect::AsAsked)
}

pub(super) fn strlen(call: &mut Call<'_>) -> Result<(), Refused> {
    call.out.count(call.store.get::<Text>(call.word(1))?.map_or(0, Vec::len));
    Ok(())
}
