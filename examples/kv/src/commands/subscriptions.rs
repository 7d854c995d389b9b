//! Commands on the channels that peers talk through.

use crate::decoder::Request;
use crate::next::Next;
use crate::peer::Peer;
use crate::replies::Replies;
use crate::value::Bytes;

pub(super) fn subscribe(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    for channel in request.words_from(1) {
        match peer.member().subscribe(channel) {
            Ok(count) => told(out, "subscribe", Some(channel), count),
            Err(error) => out.error("ERR", &error.to_string()),
        }
    }
    Next::Input
}

pub(super) fn unsubscribe(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    let named: Vec<Bytes> = request.words_from(1).map(Into::into).collect();
    let channels = if named.is_empty() { peer.member().channels() } else { named };
    if channels.is_empty() {
        told(out, "unsubscribe", None, 0);
    }
    for channel in channels {
        let count = peer.member().unsubscribe(&channel);
        told(out, "unsubscribe", Some(&channel), count);
    }
    Next::Input
}

pub(super) fn publish(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    let (channel, payload) = (request.word(1).unwrap_or_default(), request.word(2).unwrap_or_default());
    out.count(peer.state().hub().publish(channel, payload));
    Next::Input
}

/// What has been done, to which channel, and how many are left.
fn told(out: &mut Replies, what: &str, channel: Option<&[u8]>, count: usize) {
    out.array(3);
    out.bulk(what.as_bytes());
    out.optional(channel);
    out.count(count);
}
