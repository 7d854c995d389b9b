//! The key-value server of the examples as it is written on tokio alone: the peer of `cargo xtask redis`.
//!
//! Requests, replies and store are the example's, so that what differs is what surrounds them: a task for each connection on one
//! thread, a loop that reads and writes in turn. It has no messages, no journal, and no end.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "it says where it listens")]

extern crate alloc;

use alloc::rc::Rc;
use core::net::Ipv4Addr;
use std::io;
use std::time::SystemTime;

use onpar_kv::{Input, Next, Replies, Session, Settings, State, Store};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{LocalSet, spawn_local};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("listening at {}", listener.local_addr()?);
    let accepting = async {
        let state = Rc::new(State::new(Store::default(), Settings::default()));
        loop {
            let (stream, _) = listener.accept().await?;
            let state = Rc::clone(&state);
            spawn_local(async move { serve(stream, &state).await });
        }
    };
    LocalSet::new().run_until(accepting).await
}

async fn serve(mut stream: TcpStream, state: &State) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut session, _) = Session::new(state);
    let (mut input, mut replies) = (Input::default(), Replies::default());
    loop {
        let count = stream.read(input.room()).await?;
        if count == 0 {
            return Ok(());
        }
        input.has_come(count);
        loop {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            let next = session.run(&mut input, &mut replies, u64::try_from(since.as_millis()).unwrap_or(u64::MAX));
            let bytes = replies.take();
            stream.write_all(&bytes).await?;
            replies.give_back(bytes);
            match next {
                Next::Input => break,
                Next::Room => {}
                _ => return stream.shutdown().await,
            }
        }
    }
}
