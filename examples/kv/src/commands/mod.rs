//! The commands: [`ALL`] of them, each with how many words it takes, and what it does. Their errors have Redis's words.
#![expect(clippy::unnecessary_wraps, reason = "the functions of one table are of one type")]

mod connection;
mod hashes;
mod keys;
mod lists;
mod server;
mod sets;
mod strings;
mod subscriptions;

use crate::decoder::Request;
use crate::next::Next;
use crate::peer::Peer;
use crate::replies::{Replies, TOO_LONG};
use crate::store::{Store, WrongKind};

/// What a command on keys and values works on.
pub(crate) struct Call<'c> {
    request: Request<'c>,
    out: &'c mut Replies,
    store: &'c mut Store,
}

impl<'c> Call<'c> {
    /// The word at this place. There is one: the table says how many words there are at least.
    fn word(&self, index: usize) -> &'c [u8] {
        self.request.word(index).unwrap_or_default()
    }

    fn integer(&self, index: usize) -> Result<i64, Refused> {
        integer(self.word(index))
    }

    /// Writes down what makes this change again, where the request itself would not.
    fn record<const N: usize>(&mut self, words: [&[u8]; N]) {
        self.store.record(words.into_iter());
    }
}

/// What is to be written down of a command that changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// Nothing was changed.
    Nothing,
    /// The request makes the same change again.
    AsAsked,
    /// The command has written down what does.
    Recorded,
}

impl Effect {
    const fn if_any(changed: bool) -> Self {
        if changed { Self::AsAsked } else { Self::Nothing }
    }
}

/// Why a command was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    Syntax,
    Arity,
    NotInteger,
    NotPositive,
    Overflow,
    DecrementOverflow,
    Expiry,
    NoSuchKey,
    WrongKind,
    Cursor,
    TooLong,
    TooMuch,
}

impl From<WrongKind> for Refused {
    fn from(WrongKind: WrongKind) -> Self {
        Self::WrongKind
    }
}

impl Refused {
    /// Says so in the reply to a command of this name.
    fn write(self, name: &str, out: &mut Replies) {
        let name = name.to_ascii_lowercase();
        let text = match self {
            Self::Syntax => "syntax error",
            Self::Arity => return out.error("ERR", &format!("wrong number of arguments for '{name}' command")),
            Self::NotInteger => "value is not an integer or out of range",
            Self::NotPositive => "value is out of range, must be positive",
            Self::Overflow => "increment or decrement would overflow",
            Self::DecrementOverflow => "decrement would overflow",
            Self::Expiry => return out.error("ERR", &format!("invalid expire time in '{name}' command")),
            Self::NoSuchKey => "no such key",
            Self::WrongKind => {
                return out.error("WRONGTYPE", "Operation against a key holding the wrong kind of value");
            }
            Self::Cursor => "invalid cursor",
            Self::TooMuch => TOO_LONG,
            Self::TooLong => "string exceeds maximum allowed size (proto-max-bulk-len)",
        };
        out.error("ERR", text);
    }
}

/// What a command is carried out on.
#[derive(Clone, Copy)]
enum Run {
    /// Keys and values, to look at them.
    Reads(fn(&mut Call<'_>) -> Result<(), Refused>),
    /// Keys and values, to change them.
    Writes(fn(&mut Call<'_>) -> Result<Effect, Refused>),
    /// The connection, or the server. It is understood from those that have subscribed, too.
    Always(fn(&mut Peer<'_>, Request<'_>, &mut Replies) -> Next),
    /// The connection, or the server.
    Peer(fn(&mut Peer<'_>, Request<'_>, &mut Replies) -> Next),
}

/// A command: its name, how many words it has at least and at most, with the name, and what it does.
struct Command(&'static str, usize, usize, Run);

const MANY: usize = usize::MAX;

/// All commands. What is asked for most stands first.
const ALL: &[Command] = &[
    Command("GET", 2, 2, Run::Reads(strings::get)),
    Command("SET", 3, MANY, Run::Writes(strings::set)),
    Command("INCR", 2, 2, Run::Writes(strings::incr)),
    Command("PING", 1, 2, Run::Always(connection::ping)),
    Command("MGET", 2, MANY, Run::Reads(strings::mget)),
    Command("MSET", 3, MANY, Run::Writes(strings::mset)),
    Command("DECR", 2, 2, Run::Writes(strings::decr)),
    Command("INCRBY", 3, 3, Run::Writes(strings::incrby)),
    Command("DECRBY", 3, 3, Run::Writes(strings::decrby)),
    Command("APPEND", 3, 3, Run::Writes(strings::append)),
    Command("STRLEN", 2, 2, Run::Reads(strings::strlen)),
    Command("GETDEL", 2, 2, Run::Writes(strings::getdel)),
    Command("GETSET", 3, 3, Run::Writes(strings::getset)),
    Command("SETNX", 3, 3, Run::Writes(strings::setnx)),
    Command("DEL", 2, MANY, Run::Writes(keys::del)),
    Command("UNLINK", 2, MANY, Run::Writes(keys::del)),
    Command("EXISTS", 2, MANY, Run::Reads(keys::exists)),
    Command("EXPIRE", 3, 3, Run::Writes(keys::expire)),
    Command("PEXPIRE", 3, 3, Run::Writes(keys::pexpire)),
    Command("EXPIREAT", 3, 3, Run::Writes(keys::expireat)),
    Command("PEXPIREAT", 3, 3, Run::Writes(keys::pexpireat)),
    Command("PERSIST", 2, 2, Run::Writes(keys::persist)),
    Command("TTL", 2, 2, Run::Reads(keys::ttl)),
    Command("PTTL", 2, 2, Run::Reads(keys::pttl)),
    Command("TYPE", 2, 2, Run::Reads(keys::kind)),
    Command("RENAME", 3, 3, Run::Writes(keys::rename)),
    Command("KEYS", 2, 2, Run::Reads(keys::keys)),
    Command("SCAN", 2, MANY, Run::Reads(keys::scan)),
    Command("DBSIZE", 1, 1, Run::Reads(keys::dbsize)),
    Command("FLUSHALL", 1, 2, Run::Writes(keys::flushall)),
    Command("FLUSHDB", 1, 2, Run::Writes(keys::flushall)),
    Command("LPUSH", 3, MANY, Run::Writes(lists::lpush)),
    Command("RPUSH", 3, MANY, Run::Writes(lists::rpush)),
    Command("LPOP", 2, 3, Run::Writes(lists::lpop)),
    Command("RPOP", 2, 3, Run::Writes(lists::rpop)),
    Command("LLEN", 2, 2, Run::Reads(lists::llen)),
    Command("LRANGE", 4, 4, Run::Reads(lists::lrange)),
    Command("HSET", 4, MANY, Run::Writes(hashes::hset)),
    Command("HGET", 3, 3, Run::Reads(hashes::hget)),
    Command("HDEL", 3, MANY, Run::Writes(hashes::hdel)),
    Command("HLEN", 2, 2, Run::Reads(hashes::hlen)),
    Command("HGETALL", 2, 2, Run::Reads(hashes::hgetall)),
    Command("SADD", 3, MANY, Run::Writes(sets::sadd)),
    Command("SREM", 3, MANY, Run::Writes(sets::srem)),
    Command("SPOP", 2, 3, Run::Writes(sets::spop)),
    Command("SCARD", 2, 2, Run::Reads(sets::scard)),
    Command("SISMEMBER", 3, 3, Run::Reads(sets::sismember)),
    Command("SMEMBERS", 2, 2, Run::Reads(sets::smembers)),
    Command("SUBSCRIBE", 2, MANY, Run::Always(subscriptions::subscribe)),
    Command("UNSUBSCRIBE", 1, MANY, Run::Always(subscriptions::unsubscribe)),
    Command("PUBLISH", 3, 3, Run::Peer(subscriptions::publish)),
    Command("ECHO", 2, 2, Run::Peer(connection::echo)),
    Command("SELECT", 2, 2, Run::Peer(connection::select)),
    Command("CLIENT", 2, MANY, Run::Peer(connection::client)),
    Command("HELLO", 1, MANY, Run::Peer(connection::hello)),
    Command("QUIT", 1, MANY, Run::Always(connection::quit)),
    Command("INFO", 1, MANY, Run::Peer(server::info)),
    Command("CONFIG", 2, MANY, Run::Peer(server::config)),
    Command("COMMAND", 1, MANY, Run::Peer(server::command)),
    Command("SHUTDOWN", 1, 2, Run::Peer(server::shutdown)),
];

/// Carries a request out, and writes the reply.
pub(crate) fn run(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    let Some(Command(name, .., run)) = checked(request, out) else { return Next::Input };
    match *run {
        Run::Always(run) => return run(peer, request, out),
        _ if peer.is_subscribed() => out.error(
            "ERR",
            &format!(
                "Can't execute '{}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context",
                name.to_ascii_lowercase()
            ),
        ),
        Run::Peer(run) => return run(peer, request, out),
        Run::Reads(run) => {
            let refused = run(&mut Call { request, out, store: &mut peer.state().store() }).err();
            if let Some(refused) = refused {
                refused.write(name, out);
            }
        }
        Run::Writes(run) => write(&mut peer.state().store(), request, out, name, run),
    }
    Next::Input
}

/// Carries out a request that was written down. Whether it was one that changes something.
pub(crate) fn repeat(store: &mut Store, request: Request<'_>) -> bool {
    let out = &mut Replies::default();
    match checked(request, out) {
        Some(Command(name, .., Run::Writes(run))) => write(store, request, out, name, *run),
        _ => return false,
    }
    true
}

fn write(
    store: &mut Store,
    request: Request<'_>,
    out: &mut Replies,
    name: &str,
    run: fn(&mut Call<'_>) -> Result<Effect, Refused>,
) {
    match run(&mut Call { request, out, store }) {
        Ok(Effect::Nothing | Effect::Recorded) => {}
        Ok(Effect::AsAsked) => store.record(request.words_from(0)),
        Err(refused) => refused.write(name, out),
    }
}

/// The command that is asked for, if there is one and it has its words. Else the reply says so.
fn checked(request: Request<'_>, out: &mut Replies) -> Option<&'static Command> {
    let name = request.word(0)?;
    let Some(command) = ALL.iter().find(|command| name.eq_ignore_ascii_case(command.0.as_bytes())) else {
        out.error("ERR", &unknown(name, request.words_from(1)));
        return None;
    };
    let &Command(name, least, most, _) = command;
    if !(least..=most).contains(&request.len()) {
        Refused::Arity.write(name, out);
        return None;
    }
    Some(command)
}

/// What a command that there is not is told: it, and what is behind it, up to a length.
fn unknown(name: &[u8], words: impl Iterator<Item: AsRef<[u8]>>) -> String {
    const SHOWN: usize = 128;
    let shown = |word: &[u8], room: usize| String::from_utf8_lossy(&word[..word.len().min(room)]).into_owned();
    let mut arguments = String::new();
    for word in words {
        if arguments.len() >= SHOWN {
            break;
        }
        arguments.extend(["'", &shown(word.as_ref(), SHOWN - arguments.len()), "' "]);
    }
    format!("unknown command '{}', with args beginning with: {arguments}", shown(name, SHOWN))
}

/// How many commands there are.
const COUNT: usize = ALL.len();

/// What a word says as a number: in the one way to write it.
fn integer(word: &[u8]) -> Result<i64, Refused> {
    let number =
        core::str::from_utf8(word).ok().and_then(|text| text.parse::<i64>().ok()).ok_or(Refused::NotInteger)?;
    let has_more = matches!(word, [b'+', ..] | [b'0', _, ..] | [b'-', b'0', ..]);
    if has_more { Err(Refused::NotInteger) } else { Ok(number) }
}

/// How many are asked for: one, or so many at once, if a word says so.
fn count_of(call: &Call<'_>) -> Result<Option<usize>, Refused> {
    let count = |word: &[u8]| integer(word).ok().and_then(|n| usize::try_from(n).ok()).ok_or(Refused::NotPositive);
    call.request.word(2).map(count).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decoder::Decoder;
    use crate::replies::write_request;

    /// The reply to a request on keys and values.
    fn reply(store: &mut Store, words: &[&[u8]]) -> String {
        let (mut text, mut decoder, mut out) = (Vec::new(), Decoder::default(), Replies::default());
        write_request(&mut text, words.iter());
        let (request, _) = decoder.decode(&text).unwrap().unwrap();
        out.begin();
        match checked(request, &mut out) {
            Some(Command(name, .., Run::Writes(run))) => write(store, request, &mut out, name, *run),
            Some(Command(.., Run::Reads(run))) => assert!(run(&mut Call { request, out: &mut out, store }).is_ok()),
            _ => panic!("it is on no key"),
        }
        out.end();
        String::from_utf8(out.take()).unwrap()
    }

    #[test]
    fn what_is_too_much_for_one_reply_is_not_taken_out() {
        let mut store = Store::default();
        let item = vec![b'x'; 1 << 20];
        for n in 0..70_u8 {
            reply(&mut store, &[b"RPUSH", b"list", &[&[n + b'0'], &*item].concat()]);
            reply(&mut store, &[b"SADD", b"set", &[&[n + b'0'], &*item].concat()]);
        }
        for (pop, key, count) in [("LPOP", "list", "LLEN"), ("RPOP", "list", "LLEN"), ("SPOP", "set", "SCARD")] {
            let refused = reply(&mut store, &[pop.as_bytes(), key.as_bytes(), b"70"]);
            assert_eq!(refused, format!("-ERR {TOO_LONG}\r\n"), "{pop}");
            assert_eq!(reply(&mut store, &[count.as_bytes(), key.as_bytes()]), ":70\r\n", "{pop}");
        }
        assert!(reply(&mut store, &[b"LPOP", b"list", b"2"]).starts_with("*2\r\n$1048577\r\n0"), "they are in order");
        assert!(reply(&mut store, &[b"RPOP", b"list", b"1"]).starts_with("*1\r\n$1048577\r\nu"), "they are in order");
    }
}
