//! [`Service`]: is asked about a line of text, and says how many words and letters it has.
//!
//! A question is a connection of its own: the line's number and the line go one way, the answer the other. Every answer takes
//! a few milliseconds, some more than others, so that they do not come in order.

use core::convert::Infallible;
use core::net::{Ipv4Addr, SocketAddr};
use core::time::Duration;
use std::io;

use anyhow::{Result, ensure};
use onpar::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// What the service says of a line that it refuses.
const REFUSED: &str = "500 from service";

pub(crate) struct Service {
    listener: TcpListener,
    address: SocketAddr,
    refuse: Option<usize>,
}

impl Service {
    pub(crate) async fn start(refuse: Option<usize>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self { address: listener.local_addr()?, listener, refuse })
    }

    /// Answers whoever asks, many at a time. It does not end.
    pub(crate) async fn serve(&self) -> Infallible {
        scope(async |s| {
            loop {
                if let Ok((stream, _)) = self.listener.accept().await {
                    // Whoever hangs up does not hear the answer.
                    drop(s.spawn(async { drop(self.answer(stream).await) }));
                }
            }
        })
        .await
    }

    async fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        let mut question = String::new();
        stream.read_to_string(&mut question).await?;
        let (number, line) = question.split_once('\t').unwrap_or_default();
        let number = number.parse().unwrap_or(0);
        sleep(Duration::from_millis(1 + number as u64 * 7 % 5)).await;
        let answer = if self.refuse == Some(number) {
            REFUSED.to_owned()
        } else {
            let (words, letters) =
                (line.split_whitespace().count(), line.chars().filter(|c| c.is_alphabetic()).count());
            format!("{words}\t{letters}")
        };
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await
    }

    /// Asks about a line, by its number.
    pub(crate) async fn ask(&self, number: usize, line: &str) -> Result<String> {
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(format!("{number}\t{line}").as_bytes()).await?;
        stream.shutdown().await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        ensure!(answer != REFUSED, answer);
        Ok(answer)
    }
}
