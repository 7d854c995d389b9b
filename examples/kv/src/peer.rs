//! [`Peer`]: who is at the other end of a connection, for the commands.

use crate::commands;
use crate::decoder::Request;
use crate::hub::{Inbox, Member};
use crate::next::Next;
use crate::replies::Replies;
use crate::state::State;

/// Who is at the other end.
#[derive(Debug)]
pub(crate) struct Peer<'s> {
    state: &'s State,
    id: u64,
    member: Member<'s>,
}

impl<'s> Peer<'s> {
    /// Connects. What is published for it comes out of the second.
    pub(crate) fn new(state: &'s State) -> (Self, Inbox) {
        let (id, member, inbox) = state.connect();
        (Self { state, id, member }, inbox)
    }

    /// Carries out a request.
    pub(crate) fn run(&mut self, request: Request<'_>, replies: &mut Replies) -> Next {
        self.state.count_request();
        commands::run(self, request, replies)
    }

    pub(crate) const fn state(&self) -> &'s State {
        self.state
    }

    pub(crate) const fn id(&self) -> u64 {
        self.id
    }

    pub(crate) const fn member(&mut self) -> &mut Member<'s> {
        &mut self.member
    }

    pub(crate) fn is_subscribed(&self) -> bool {
        self.member.is_subscribed()
    }
}

impl Drop for Peer<'_> {
    fn drop(&mut self) {
        self.state.disconnect();
    }
}
