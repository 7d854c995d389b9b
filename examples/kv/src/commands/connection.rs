//! Commands on the connection that they come by.

use super::{Refused, integer};
use crate::decoder::Request;
use crate::next::Next;
use crate::peer::Peer;
use crate::replies::Replies;

pub(super) fn ping(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    match request.word(1) {
        word if peer.is_subscribed() => out.bulks([&b"pong"[..], word.unwrap_or_default()].into_iter()),
        Some(word) => out.bulk(word),
        None => out.simple("PONG"),
    }
    Next::Input
}

pub(super) fn echo(_: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    out.optional(request.word(1));
    Next::Input
}

/// There is one database.
pub(super) fn select(_: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    match integer(request.word(1).unwrap_or_default()) {
        Ok(0) => out.simple("OK"),
        Ok(_) => out.error("ERR", "DB index is out of range"),
        Err(refused) => refused.write("select", out),
    }
    Next::Input
}

/// What drivers say of themselves as soon as they are connected.
pub(super) fn client(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    let word = request.word(1).unwrap_or_default();
    match &*word.to_ascii_uppercase() {
        b"ID" => out.integer(i64::try_from(peer.id()).unwrap_or(i64::MAX)),
        b"SETNAME" | b"SETINFO" => out.simple("OK"),
        b"GETNAME" => out.bulk(b""),
        _ => unknown_subcommand("CLIENT", word, out),
    }
    Next::Input
}

/// The protocol's second version is what is spoken here.
pub(super) fn hello(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    match request.word(1).map(integer) {
        None | Some(Ok(2)) => {
            out.array(10);
            for (name, value) in [("server", "onpar-kv"), ("version", env!("CARGO_PKG_VERSION"))] {
                out.bulk(name.as_bytes());
                out.bulk(value.as_bytes());
            }
            out.bulk(b"proto");
            out.integer(2);
            out.bulk(b"id");
            out.integer(i64::try_from(peer.id()).unwrap_or(i64::MAX));
            out.bulk(b"role");
            out.bulk(b"master");
        }
        Some(Ok(_)) => out.error("NOPROTO", "unsupported protocol version"),
        Some(Err(_)) => out.error("ERR", "Protocol version is not an integer or out of range"),
    }
    Next::Input
}

pub(super) fn quit(_: &mut Peer<'_>, _: Request<'_>, out: &mut Replies) -> Next {
    out.simple("OK");
    Next::End
}

pub(super) fn unknown_subcommand(name: &str, word: &[u8], out: &mut Replies) {
    let word = String::from_utf8_lossy(&word[..word.len().min(128)]);
    out.error("ERR", &format!("unknown subcommand '{word}'. Try {name} HELP."));
}

/// A subcommand wants more words.
pub(super) fn missing_words(name: &str, out: &mut Replies) {
    Refused::Arity.write(name, out);
}
