//! [`Store`]: the keys and their values, which of them go away when, and what was changed since that was last asked.
//!
//! It knows no clock: whoever uses it tells it what time it is, by [`advance`](Store::advance), which takes out the keys whose
//! time has come. Between two such calls time stands still.
//!
//! What was changed is written down as requests that make the same change again, in order. A key that has gone away by its
//! deadline is such a change too, since what comes after may hang on it. Requests that are repeated find the same store that
//! they found the first time, as long as nobody tells it the time meanwhile.

use alloc::collections::BTreeSet;

use indexmap::IndexMap;

use crate::replies::write_request;
use crate::value::{Bytes, Kind, Value};

/// Milliseconds since the beginning of 1970.
pub(crate) type Millis = u64;
/// The deadline of what stays.
pub(crate) const NEVER: Millis = Millis::MAX;

/// The keys and their values.
#[derive(Debug, Default)]
pub struct Store {
    /// In an order, so that `SCAN` has a place to go on from.
    entries: IndexMap<Bytes, Entry>,
    /// The keys that have a deadline, the first to go away first.
    deadlines: BTreeSet<(Millis, Bytes)>,
    /// Requests that make the same changes again, if somebody wants to know.
    changes: Option<Vec<u8>>,
    now: Millis,
}

/// A value, and when it goes away.
#[derive(Debug)]
struct Entry {
    value: Value,
    deadline: Millis,
}

/// The key stands for a value of another kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrongKind;

impl Store {
    /// It is so late now. Takes out the keys whose time has come.
    pub(crate) fn advance(&mut self, now: Millis) {
        self.now = self.now.max(now);
        while self.deadlines.first().is_some_and(|(deadline, _)| *deadline <= self.now) {
            if let Some((_, key)) = self.deadlines.pop_first() {
                self.entries.swap_remove(&key);
                self.record([b"DEL", &*key].into_iter());
            }
        }
    }

    pub(crate) const fn now(&self) -> Millis {
        self.now
    }

    /// From now on, changes are written down.
    pub(crate) fn begin_to_record(&mut self) {
        self.changes = Some(Vec::new());
    }

    pub(crate) const fn is_recording(&self) -> bool {
        self.changes.is_some()
    }

    /// Writes down a request that makes a change again.
    pub(crate) fn record(&mut self, words: impl ExactSizeIterator<Item: AsRef<[u8]>>) {
        if let Some(changes) = &mut self.changes {
            write_request(changes, words);
        }
    }

    /// Takes what was written down since the last call.
    pub(crate) fn take_changes(&mut self) -> Vec<u8> {
        self.changes.as_mut().map(core::mem::take).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn value(&self, key: &[u8]) -> Option<&Value> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// The value of a key, if it has one, which must then be of this kind.
    pub(crate) fn get<K: Kind>(&self, key: &[u8]) -> Result<Option<&K>, WrongKind> {
        self.value(key).map(|value| K::of(value).ok_or(WrongKind)).transpose()
    }

    /// Changes the value of a key, which is an empty one of this kind if the key has none. If nothing is left of it, the key is
    /// gone.
    pub(crate) fn change<K: Kind, T>(&mut self, key: &[u8], change: impl FnOnce(&mut K) -> T) -> Result<T, WrongKind> {
        if let Some(entry) = self.entries.get_mut(key) {
            let changed = K::of_mut(&mut entry.value).map(change).ok_or(WrongKind)?;
            if entry.value.is_over() {
                self.remove(key);
            }
            return Ok(changed);
        }
        let mut value = K::default();
        let changed = change(&mut value);
        let value = value.into_value();
        if !value.is_over() {
            self.entries.insert(key.into(), Entry { value, deadline: NEVER });
        }
        Ok(changed)
    }

    /// Gives a key a value, whatever it had before.
    pub(crate) fn set(&mut self, key: &[u8], value: Value, deadline: Millis) {
        let entry = Entry { value, deadline };
        let before = if let Some(place) = self.entries.get_mut(key) {
            core::mem::replace(place, entry).deadline
        } else {
            self.entries.insert(key.into(), entry);
            NEVER
        };
        self.move_deadline(key, before, deadline);
    }

    /// Takes a key out.
    pub(crate) fn remove(&mut self, key: &[u8]) -> Option<(Value, Millis)> {
        let entry = self.entries.swap_remove(key)?;
        self.move_deadline(key, entry.deadline, NEVER);
        Some((entry.value, entry.deadline))
    }

    /// When a key goes away, if there is such a key.
    pub(crate) fn deadline(&self, key: &[u8]) -> Option<Millis> {
        self.entries.get(key).map(|entry| entry.deadline)
    }

    /// Gives a key another deadline. What it was, if there is such a key.
    pub(crate) fn set_deadline(&mut self, key: &[u8], deadline: Millis) -> Option<Millis> {
        let entry = self.entries.get_mut(key)?;
        let before = core::mem::replace(&mut entry.deadline, deadline);
        self.move_deadline(key, before, deadline);
        Some(before)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.deadlines.clear();
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.keys().map(|key| &**key)
    }

    /// Up to so many keys with their kinds, and where to go on: 0 is the beginning and the end.
    ///
    /// It goes from the last to the first. A key that is taken out leaves its place to the last one, which has been seen, or
    /// stands before what has been seen and goes on standing there. So no key that stays is missed.
    pub(crate) fn scan(&self, cursor: usize, count: usize) -> (usize, impl Iterator<Item = (&[u8], &Value)>) {
        let end = if cursor == 0 { self.len() } else { cursor.min(self.len()) };
        let start = end.saturating_sub(count);
        let found = self.entries.get_range(start..end).into_iter().flatten();
        (start, found.map(|(key, entry)| (&**key, &entry.value)))
    }

    /// Writes requests that make this store.
    pub(crate) fn write(&self, mut out: impl FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<()> {
        let mut text = Vec::new();
        for (key, entry) in &self.entries {
            let mut write = |words: &mut dyn ExactSizeIterator<Item = &[u8]>| write_request(&mut text, words);
            match &entry.value {
                Value::String(string) => write(&mut [b"SET", &**key, string].into_iter()),
                Value::List(list) => list.iter().for_each(|item| write(&mut [b"RPUSH", &**key, item].into_iter())),
                Value::Set(set) => set.iter().for_each(|item| write(&mut [b"SADD", &**key, item].into_iter())),
                Value::Hash(hash) => {
                    for (field, item) in hash {
                        write(&mut [b"HSET", &**key, field, item].into_iter());
                    }
                }
            }
            if entry.deadline != NEVER {
                write(&mut [b"PEXPIREAT", &**key, entry.deadline.to_string().as_bytes()].into_iter());
            }
            out(&text)?;
            text.clear();
        }
        Ok(())
    }

    fn move_deadline(&mut self, key: &[u8], before: Millis, after: Millis) {
        if before == after {
            return;
        }
        if before != NEVER {
            self.deadlines.remove(&(before, key.into()));
        }
        if after != NEVER {
            self.deadlines.insert((after, key.into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(store: &Store, key: &[u8]) -> Option<Vec<u8>> {
        store.get::<Vec<u8>>(key).ok().flatten().cloned()
    }

    #[test]
    fn a_key_is_gone_when_its_time_has_come_and_that_is_a_change() {
        let mut store = Store::default();
        store.begin_to_record();
        store.set(b"a", Value::String(vec![1]), 5);
        store.advance(4);
        assert_eq!(string(&store, b"a"), Some(vec![1]));
        store.advance(5);
        assert_eq!(string(&store, b"a"), None);
        assert_eq!(store.take_changes(), b"*2\r\n$3\r\nDEL\r\n$1\r\na\r\n");
    }

    #[test]
    fn a_deadline_that_was_moved_does_not_come_at_its_old_time() {
        let mut store = Store::default();
        for key in [b"a", b"b", b"c"] {
            store.set(key, Value::String(vec![1]), 5);
        }
        assert_eq!(store.set_deadline(b"a", NEVER), Some(5));
        store.remove(b"b");
        store.set(b"b", Value::String(vec![2]), NEVER);
        store.set(b"c", Value::String(vec![2]), 9);
        store.advance(8);
        assert_eq!(store.len(), 3);
        store.advance(9);
        assert_eq!((store.len(), store.deadlines.len()), (2, 0));
    }

    #[test]
    fn a_scan_misses_no_key_that_stays_whatever_comes_and_goes() {
        let mut store = Store::default();
        (0..100_u8).for_each(|key| store.set(&[key], Value::String(vec![]), NEVER));
        let (mut cursor, mut seen, mut next) = (0, BTreeSet::new(), 0_u8);
        loop {
            let (rest, found) = store.scan(cursor, 7);
            seen.extend(found.map(|(key, _)| key[0]));
            if rest == 0 {
                break;
            }
            cursor = rest;
            store.remove(&[next]);
            store.remove(&[99 - next]);
            store.set(&[200 + next], Value::String(vec![]), NEVER);
            next += 2;
        }
        let stays: Vec<u8> = store.keys().map(|key| key[0]).filter(|&key| key < 100).collect();
        assert!(stays.len() > 60 && stays.iter().all(|key| seen.contains(key)));
    }
}
