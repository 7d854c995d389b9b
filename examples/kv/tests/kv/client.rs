//! [`Client`]: the other end of a connection, which waits for whole replies.

use futures::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

pub(crate) struct Client<Io> {
    io: Io,
    read: Vec<u8>,
}

impl<Io: AsyncRead + AsyncWrite + Unpin> Client<Io> {
    pub(crate) fn new(io: Io) -> Self {
        Self { io, read: Vec::new() }
    }

    /// Sends it as it stands. Whether it can be sent.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.io.write_all(bytes.as_ref()).await.is_ok() && self.io.flush().await.is_ok()
    }

    /// The next reply, or none if the connection has ended.
    pub(crate) async fn reply(&mut self) -> Option<String> {
        loop {
            if let Some(length) = length(&self.read) {
                let reply = self.read.drain(..length).collect::<Vec<_>>();
                return Some(reply.escape_ascii().to_string());
            }
            let mut bytes = vec![0; 4096];
            match self.io.read(&mut bytes).await {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.read.extend_from_slice(&bytes[..count]),
            }
        }
    }

    /// The reply to a line of words.
    pub(crate) async fn ask(&mut self, words: &str) -> Option<String> {
        self.send(format!("{words}\r\n")).await;
        self.reply().await
    }
}

/// The length of the reply at the beginning, if it is whole.
fn length(bytes: &[u8]) -> Option<usize> {
    let line = bytes.iter().position(|&byte| byte == b'\n')? + 1;
    let number = || std::str::from_utf8(&bytes[1..line - 2]).unwrap().parse::<i64>().unwrap();
    let end = match bytes[0] {
        b'+' | b'-' | b':' => line,
        b'$' if number() < 0 => line,
        b'$' => line + usize::try_from(number()).unwrap() + 2,
        b'*' => (0..number()).try_fold(line, |at, _| Some(at + length(bytes.get(at..)?)?))?,
        other => panic!("no reply begins with {other}"),
    };
    (end <= bytes.len()).then_some(end)
}
