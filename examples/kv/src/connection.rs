//! [`serve`]: one connection, as an event loop. Reading, writing, messages and the last deadline are its arms; all of them work on
//! one state, one after another.
//!
//! Reading and writing go on while a handler waits for the journal. What a handler has written into the replies is sent when it has
//! ended, and so not before the journal has it. As long as replies wait to be taken, no more requests are carried out, and as long as
//! requests wait, no more are read: a peer that does not read is not read from.

use core::cell::RefCell;
use core::future::poll_fn;
use core::ops::ControlFlow;
use core::pin::Pin;
use std::io;

use futures::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use onpar::Instant;
use onpar::prelude::*;

use crate::hub::{Inbox, Message};
use crate::input::Input;
use crate::next::Next;
use crate::replies::Replies;
use crate::server::Server;
use crate::session::Session;

/// Serves a peer until it goes, is shown out, or the server ends.
pub(crate) async fn serve<'s, Io, C>(io: Io, server: &'s Server<'s, C>, (session, inbox): (Session<'s>, Inbox))
where
    Io: AsyncRead + AsyncWrite + Unpin,
    C: Clock,
{
    let mut connection = Connection {
        server,
        session,
        input: Some(Input::default()),
        replies: Replies::default(),
        has_more: false,
        is_writing: false,
        messages: 0,
        deadline: None,
    };
    let messages = inbox.map(sync(Some)).chain(onpar::iter::once(None));
    // Both directions are arms, and neither keeps the stream while it waits.
    let io = RefCell::new(io);
    _ = events(&mut connection)
        .repeat(
            |connection| connection.input_to_fill().map(|input| read(&io, input)),
            async |connection, (input, read)| connection.has_read(input, read).await,
        )
        .repeat(
            |connection| connection.replies_to_send().map(|(replies, messages)| write(&io, replies, messages)),
            async |connection, (replies, messages, written)| connection.has_written(replies, messages, written).await,
        )
        .on(messages, async |connection, message| connection.deliver(message))
        .repeat(
            |connection| connection.deadline.map(|at| server.clock().sleep_until(at)),
            async |_, ()| ControlFlow::Break(()),
        )
        .await;
    // Its last replies have been given to the system, or it did not take them.
    _ = io.into_inner().close().await;
}

/// Reads once.
async fn read(io: &RefCell<impl AsyncRead + Unpin>, mut input: Input) -> (Input, io::Result<usize>) {
    let read = poll_fn(|cx| Pin::new(&mut *io.borrow_mut()).poll_read(cx, input.room())).await;
    if let Ok(bytes) = read {
        input.has_come(bytes);
    }
    (input, read)
}

/// Writes all of the replies, of which so many bytes are messages.
async fn write(
    io: &RefCell<impl AsyncWrite + Unpin>,
    replies: Vec<u8>,
    messages: usize,
) -> (Vec<u8>, usize, io::Result<()>) {
    let mut rest = &*replies;
    while !rest.is_empty() {
        match poll_fn(|cx| Pin::new(&mut *io.borrow_mut()).poll_write(cx, rest)).await {
            Ok(0) => return (replies, messages, Err(io::ErrorKind::WriteZero.into())),
            Ok(written) => rest = &rest[written..],
            Err(error) => return (replies, messages, Err(error)),
        }
    }
    (replies, messages, Ok(()))
}

/// What the handlers work on.
struct Connection<'s, C> {
    server: &'s Server<'s, C>,
    session: Session<'s>,
    /// `None` while it is being filled.
    input: Option<Input>,
    replies: Replies,
    /// Whether there may be requests that wait until replies have been sent.
    has_more: bool,
    /// Whether replies are being sent.
    is_writing: bool,
    /// So many bytes of the replies are messages.
    messages: usize,
    /// The connection ends when its replies have been sent, and at this time anyway.
    deadline: Option<Instant>,
}

impl<C: Clock> Connection<'_, C> {
    /// Something to read into, unless replies wait to be taken, or the connection ends.
    fn input_to_fill(&mut self) -> Option<Input> {
        let is_answered = self.replies.is_empty() && !self.is_writing;
        if is_answered && self.deadline.is_none() { self.input.take() } else { None }
    }

    async fn has_read(&mut self, input: Input, read: io::Result<usize>) -> ControlFlow<()> {
        self.input = Some(input);
        match read {
            Ok(0) => self.end(),
            Ok(_) => self.carry_out().await,
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Carries out what has come, as long as there is room for replies, and waits until the journal has what that has changed.
    async fn carry_out(&mut self) -> ControlFlow<()> {
        let next = match self.server.journal() {
            None => self.run(),
            Some(journal) => {
                let Ok(place) = journal.reserve().await else { return ControlFlow::Break(()) };
                let next = self.run();
                let changes = self.server.state().store().take_changes();
                if journal.write(place, changes).await.is_err() {
                    return ControlFlow::Break(());
                }
                next
            }
        };
        self.has_more = next == Next::Room;
        match next {
            Next::Input | Next::Room => ControlFlow::Continue(()),
            Next::End => self.end(),
            Next::Shutdown => {
                self.server.stop();
                self.end()
            }
        }
    }

    fn run(&mut self) -> Next {
        match &mut self.input {
            Some(input) => self.session.run(input, &mut self.replies, self.server.now()),
            None => Next::Input,
        }
    }

    fn replies_to_send(&mut self) -> Option<(Vec<u8>, usize)> {
        self.is_writing = !self.replies.is_empty();
        self.is_writing.then(|| (self.replies.take(), core::mem::take(&mut self.messages)))
    }

    async fn has_written(&mut self, replies: Vec<u8>, messages: usize, written: io::Result<()>) -> ControlFlow<()> {
        if written.is_err() {
            return ControlFlow::Break(());
        }
        self.is_writing = false;
        self.replies.give_back(replies);
        self.session.has_sent(messages);
        match self.deadline {
            Some(_) => self.end(),
            None if self.has_more => self.carry_out().await,
            None => ControlFlow::Continue(()),
        }
    }

    fn deliver(&mut self, message: Option<Message>) -> ControlFlow<()> {
        let Some(message) = message else {
            // If it is not the end of all, this one is too slow.
            return if self.server.state().hub().is_closed() { self.end() } else { ControlFlow::Break(()) };
        };
        self.replies.message(&message);
        self.messages += message.len();
        ControlFlow::Continue(())
    }

    /// Carries out nothing more. Ends when the replies have been sent, or not in time.
    fn end(&mut self) -> ControlFlow<()> {
        if self.replies.is_empty() && !self.is_writing {
            return ControlFlow::Break(());
        }
        self.deadline.get_or_insert_with(|| self.server.clock().now() + self.server.grace());
        ControlFlow::Continue(())
    }
}
