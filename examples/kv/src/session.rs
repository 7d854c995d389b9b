//! [`Session`]: what a connection says and hears, whatever carries it. It does no reading, no writing and no waiting.

use crate::decoder::Decoder;
use crate::hub::Inbox;
use crate::input::Input;
use crate::next::Next;
use crate::peer::Peer;
use crate::replies::Replies;
use crate::state::State;
use crate::store::Millis;

/// Replies of this length are written before more requests are carried out.
const FULL: usize = 256 * 1024;

/// What a connection says and hears.
#[derive(Debug)]
pub struct Session<'s> {
    decoder: Decoder,
    peer: Peer<'s>,
}

impl<'s> Session<'s> {
    /// Begins. What is published for this connection comes out of the second.
    pub fn new(state: &'s State) -> (Self, Inbox) {
        let (peer, inbox) = Peer::new(state);
        (Self { decoder: Decoder::default(), peer }, inbox)
    }

    /// Carries out the requests that have come, and writes the replies.
    pub fn run(&mut self, input: &mut Input, replies: &mut Replies, now: Millis) -> Next {
        self.peer.state().store().advance(now);
        while replies.len() < FULL {
            let next = match self.decoder.decode(input.unread()) {
                Ok(None) => return Next::Input,
                Ok(Some((request, length))) => {
                    replies.begin();
                    let next = if request.len() == 0 { Next::Input } else { self.peer.run(request, replies) };
                    replies.end();
                    input.consume(length);
                    next
                }
                Err(malformed) => {
                    replies.error("ERR", &format!("Protocol error: {malformed}"));
                    Next::End
                }
            };
            if next != Next::Input {
                return next;
            }
        }
        Next::Room
    }

    /// So many bytes of messages have been sent.
    pub(crate) fn has_sent(&mut self, bytes: usize) {
        self.peer.member().has_taken(bytes);
    }
}
