//! [`Hub`]: brings what is published on a channel to those who have subscribed to it.
//!
//! A message is written once and shared. Each member has an inbox, and may leave so many bytes lying in it and in the replies that
//! it has not taken yet: who is slower than that is shown out, so that nobody who publishes ever waits for it.

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::fmt;
use std::collections::HashMap;

use onpar::iter::channel;
use onpar::iter::source::{Receiver, Sender};
use onpar::limit;

use crate::replies::write_message;
use crate::value::Bytes;

/// How much may wait for one member, in bytes.
const WAITING: usize = 8 << 20;
/// How much the names of the channels of one member may take, in bytes, each with what is kept beside it.
const NAMES: usize = 1 << 20;
const BESIDE_NAME: usize = 128;

/// What was published, as it is sent.
pub(crate) type Message = Rc<[u8]>;
/// What is published for one member. It ends when that is shown out, or the server ends.
pub type Inbox = Receiver<Message>;

/// Brings what is published to those who have subscribed.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    outboxes: RefCell<HashMap<u64, Outbox>>,
    channels: RefCell<HashMap<Bytes, BTreeSet<u64>>>,
    is_closed: Cell<bool>,
}

/// The other end of an inbox.
#[derive(Debug)]
struct Outbox {
    messages: Sender<Message>,
    waiting: Rc<Cell<usize>>,
}

impl Hub {
    /// A member of this number, which nobody else has.
    pub(crate) fn join(&self, id: u64) -> (Member<'_>, Inbox) {
        // Bytes are what is counted. This is for messages that have none.
        let (messages, inbox) = channel(limit!(65_536));
        let waiting = Rc::new(Cell::new(0));
        self.outboxes.borrow_mut().insert(id, Outbox { messages, waiting: Rc::clone(&waiting) });
        (Member { hub: self, id, channels: BTreeSet::new(), names: 0, waiting }, inbox)
    }

    /// Ends all inboxes, when what is in them has been taken.
    pub(crate) fn close(&self) {
        self.is_closed.set(true);
        self.outboxes.borrow_mut().clear();
    }

    /// Whether inboxes end because all do.
    pub(crate) const fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    /// Publishes a message. How many will hear it.
    pub(crate) fn publish(&self, channel: &[u8], payload: &[u8]) -> usize {
        let (channels, mut outboxes) = (self.channels.borrow(), self.outboxes.borrow_mut());
        let Some(members) = channels.get(channel) else { return 0 };
        let mut text = Vec::new();
        write_message(&mut text, channel, payload);
        let message = Message::from(text);
        let brought = |id: &&u64| {
            let brought = outboxes.get(id).is_some_and(|outbox| outbox.put(&message));
            if !brought {
                outboxes.remove(id);
            }
            brought
        };
        members.iter().filter(brought).count()
    }
}

impl Outbox {
    /// Whether there was room. For one message there always is.
    fn put(&self, message: &Message) -> bool {
        let before = self.waiting.replace(self.waiting.get() + message.len());
        (before == 0 || before + message.len() <= WAITING) && self.messages.try_send(Rc::clone(message)).is_ok()
    }
}

/// Who may subscribe. Leaves by being dropped.
#[derive(Debug)]
pub(crate) struct Member<'h> {
    hub: &'h Hub,
    id: u64,
    channels: BTreeSet<Bytes>,
    names: usize,
    waiting: Rc<Cell<usize>>,
}

/// A member has subscribed to more than is kept for one.
#[derive(Debug)]
pub(crate) struct TooManyChannels;

impl fmt::Display for TooManyChannels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many subscriptions: open another connection for more")
    }
}

impl Member<'_> {
    pub(crate) fn is_subscribed(&self) -> bool {
        !self.channels.is_empty()
    }

    pub(crate) fn channels(&self) -> Vec<Bytes> {
        self.channels.iter().cloned().collect()
    }

    /// How many channels it has subscribed to now.
    pub(crate) fn subscribe(&mut self, channel: &[u8]) -> Result<usize, TooManyChannels> {
        if !self.channels.contains(channel) {
            let names = self.names + channel.len() + BESIDE_NAME;
            if names > NAMES {
                return Err(TooManyChannels);
            }
            self.names = names;
            self.channels.insert(channel.into());
            self.hub.channels.borrow_mut().entry(channel.into()).or_default().insert(self.id);
        }
        Ok(self.channels.len())
    }

    /// How many channels are left.
    pub(crate) fn unsubscribe(&mut self, channel: &[u8]) -> usize {
        if self.channels.remove(channel) {
            self.names -= channel.len() + BESIDE_NAME;
            let mut channels = self.hub.channels.borrow_mut();
            if let Some(members) = channels.get_mut(channel) {
                members.remove(&self.id);
                if members.is_empty() {
                    channels.remove(channel);
                }
            }
        }
        self.channels.len()
    }

    /// So many bytes of messages do not wait any more.
    pub(crate) fn has_taken(&self, bytes: usize) {
        self.waiting.update(|waiting| waiting.saturating_sub(bytes));
    }
}

impl Drop for Member<'_> {
    fn drop(&mut self) {
        for channel in self.channels() {
            self.unsubscribe(&channel);
        }
        self.hub.outboxes.borrow_mut().remove(&self.id);
    }
}
