//! [`Session`]: what a connection says and hears, whatever carries it. It does no reading, no writing and no waiting.

use core::cell::{Cell, RefCell, RefMut};
use core::time::Duration;

use crate::commands;
use crate::decoder::Decoder;
use crate::hub::{Hub, Inbox, Member};
use crate::input::Input;
use crate::replies::Replies;
use crate::server::Settings;
use crate::store::{Millis, Store};

/// Replies of this length are written before more requests are carried out.
const FULL: usize = 256 * 1024;

/// What all connections share.
#[derive(Debug)]
pub struct State {
    store: RefCell<Store>,
    hub: Hub,
    settings: Settings,
    connected: Cell<usize>,
    connections: Cell<u64>,
    requests: Cell<u64>,
}

impl State {
    /// What there is when the server begins.
    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store: store.into(),
            hub: Hub::default(),
            settings,
            connected: Cell::default(),
            connections: Cell::default(),
            requests: Cell::default(),
        }
    }

    pub(crate) fn store(&self) -> RefMut<'_, Store> {
        self.store.borrow_mut()
    }

    pub(crate) const fn hub(&self) -> &Hub {
        &self.hub
    }

    pub(crate) const fn grace(&self) -> Duration {
        self.settings.grace
    }

    pub(crate) fn is_full(&self) -> bool {
        self.connected.get() >= self.settings.max_clients
    }

    /// What `CONFIG GET` knows, under Redis's names.
    pub(crate) fn settings(&self) -> [(&'static str, String); 3] {
        let appends = if self.store().is_recording() { "yes" } else { "no" };
        [
            ("save", String::new()),
            ("appendonly", appends.to_owned()),
            ("maxclients", self.settings.max_clients.to_string()),
        ]
    }

    /// What `INFO` tells: the names of its sections, and their lines.
    pub(crate) fn info(&self) -> [(&'static str, String); 4] {
        let Self { connected, connections, requests, .. } = self;
        let keys = self.store().len();
        let version = env!("CARGO_PKG_VERSION");
        [
            ("Server", format!("onpar_kv_version:{version}\r\nprocess_id:{}\r\n", std::process::id())),
            (
                "Clients",
                format!("connected_clients:{}\r\nmaxclients:{}\r\n", connected.get(), self.settings.max_clients),
            ),
            (
                "Stats",
                format!(
                    "total_connections_received:{}\r\ntotal_commands_processed:{}\r\n",
                    connections.get(),
                    requests.get()
                ),
            ),
            ("Keyspace", if keys == 0 { String::new() } else { format!("db0:keys={keys}\r\n") }),
        ]
    }
}

/// What comes after some requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// There is no whole request left.
    Input,
    /// What has been written must be sent, then there may be more requests.
    Room,
    /// The connection ends when what has been written has been sent.
    End,
    /// The server ends, and this connection with it.
    Shutdown,
}

/// What a connection says and hears.
#[derive(Debug)]
pub struct Session<'s> {
    decoder: Decoder,
    peer: Peer<'s>,
}

/// Who is at the other end.
#[derive(Debug)]
pub(crate) struct Peer<'s> {
    state: &'s State,
    id: u64,
    member: Member<'s>,
}

impl<'s> Session<'s> {
    /// Begins. What is published for this connection comes out of the second.
    pub fn new(state: &'s State) -> (Self, Inbox) {
        state.connected.update(|connected| connected + 1);
        state.connections.update(|connections| connections + 1);
        let id = state.connections.get();
        let (member, inbox) = state.hub.join(id);
        (Self { decoder: Decoder::default(), peer: Peer { state, id, member } }, inbox)
    }

    /// Carries out the requests that have come, and writes the replies.
    pub fn run(&mut self, input: &mut Input, replies: &mut Replies, now: Millis) -> Next {
        self.peer.state.store().advance(now);
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
    pub(crate) fn has_sent(&self, bytes: usize) {
        self.peer.member.has_taken(bytes);
    }
}

impl<'s> Peer<'s> {
    fn run(&mut self, request: crate::decoder::Request<'_>, replies: &mut Replies) -> Next {
        self.state.requests.update(|requests| requests + 1);
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
        self.state.connected.update(|connected| connected - 1);
    }
}
