//! [`network`]: streams of bytes within one thread, with so little room that everything comes in pieces.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};

use futures::{AsyncRead, AsyncWrite};
use onpar::iter::channel;
use onpar::iter::source::{Receiver, Sender};
use onpar::prelude::*;

use crate::client::Client;

/// Where peers come from, and where they are let in. Each direction of a stream has room for so many bytes.
pub(crate) fn network(room: usize) -> (Network, Door) {
    let (opened, door) = channel(limit!(64));
    (Network { opened, room }, Door(door))
}

#[derive(Clone)]
pub(crate) struct Network {
    opened: Sender<Pipe>,
    room: usize,
}

impl Network {
    pub(crate) async fn client(&self) -> Client<Pipe> {
        Client::new(self.connect().await)
    }

    pub(crate) async fn connect(&self) -> Pipe {
        let [to, from] = [(); 2].map(|()| Rc::new(RefCell::new(Way { room: self.room, ..Way::default() })));
        _ = self.opened.send(Pipe { input: Rc::clone(&to), output: Rc::clone(&from) }).await;
        Pipe { input: from, output: to }
    }
}

pub(crate) struct Door(Receiver<Pipe>);

impl Listener for Door {
    type Io = Pipe;
    type Address = ();
    type Error = Infallible;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<Result<(Pipe, ()), Infallible>> {
        match ready!(Pin::new(&mut self.0).poll_next(cx)) {
            Some(pipe) => Poll::Ready(Ok((pipe, ()))),
            None => Poll::Pending,
        }
    }

    fn local_addr(&self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// One end of a stream.
pub(crate) struct Pipe {
    input: Rc<RefCell<Way>>,
    output: Rc<RefCell<Way>>,
}

/// One direction.
#[derive(Default)]
struct Way {
    bytes: VecDeque<u8>,
    room: usize,
    is_closed: bool,
    waits: Option<Waker>,
}

impl Way {
    fn wake(&mut self) {
        self.waits.take().into_iter().for_each(Waker::wake);
    }

    fn close(&mut self) {
        self.is_closed = true;
        self.wake();
    }
}

impl AsyncRead for Pipe {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut [u8]) -> Poll<io::Result<usize>> {
        let way = &mut *self.input.borrow_mut();
        if way.bytes.is_empty() && !way.is_closed {
            way.waits = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let count = io::Read::read(&mut way.bytes, into)?;
        way.wake();
        Poll::Ready(Ok(count))
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let way = &mut *self.output.borrow_mut();
        if way.is_closed {
            return Poll::Ready(Err(ErrorKind::BrokenPipe.into()));
        }
        let count = bytes.len().min(way.room - way.bytes.len());
        if count == 0 {
            way.waits = Some(cx.waker().clone());
            return Poll::Pending;
        }
        way.bytes.extend(&bytes[..count]);
        way.wake();
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.output.borrow_mut().close();
        Poll::Ready(Ok(()))
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        self.output.borrow_mut().close();
        self.input.borrow_mut().close();
    }
}
