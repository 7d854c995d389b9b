//! [`State`]: what all connections share.

use core::cell::{Cell, RefCell, RefMut};
use core::time::Duration;

use crate::hub::{Hub, Inbox, Member};
use crate::settings::Settings;
use crate::store::Store;

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
    /// Lets a connection in: its number, and its place in the hub.
    pub(crate) fn connect(&self) -> (u64, Member<'_>, Inbox) {
        self.connected.update(|connected| connected + 1);
        self.connections.update(|connections| connections + 1);
        let id = self.connections.get();
        let (member, inbox) = self.hub.join(id);
        (id, member, inbox)
    }

    /// A connection has ended.
    pub(crate) fn disconnect(&self) {
        self.connected.update(|connected| connected - 1);
    }

    pub(crate) fn count_request(&self) {
        self.requests.update(|requests| requests + 1);
    }
}
