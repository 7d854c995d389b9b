//! What is said and answered, as `dialogues.txt` has it. `cargo xtask redis` has the same dialogues with Redis, which answers in the
//! same words.

use std::net::{Ipv4Addr, SocketAddr};

use futures::{AsyncRead, AsyncWrite};
use onpar::prelude::*;
use onpar_kv::Settings;

use crate::client::Client;
use crate::network::network;
use crate::server::while_serving;

const TEXT: &str = include_str!("dialogues.txt");
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Has all dialogues, each by a connection of its own.
async fn talk<Io: AsyncRead + AsyncWrite + Unpin>(connect: impl AsyncFn() -> Io) {
    for dialogue in TEXT.split("\n\n") {
        let mut client = Client::new(connect().await);
        assert_eq!(client.ask("FLUSHALL").await.as_deref(), Some(r"+OK\r\n"));
        for line in dialogue.lines() {
            match line.split_at_checked(2) {
                Some(("> ", said)) => _ = client.send(unescaped(said)).await,
                Some(("= " | "~ ", "the end")) => assert_eq!(client.reply().await, None, "{dialogue}"),
                Some(("= " | "~ ", reply)) => assert_eq!(client.reply().await.as_deref(), Some(reply), "{dialogue}"),
                _ => assert!(line.starts_with('#'), "what is this line? {line}"),
            }
        }
    }
}

/// A line with its end, and what stands in it as `\r`, `\n`.
fn unescaped(line: &str) -> String {
    line.replace(r"\r", "\r").replace(r"\n", "\n") + "\r\n"
}

#[onpar::test(tokio, smol, local)]
async fn everything_is_answered_in_redis_words(rt: Rt) {
    let listener = rt.listen(&ANY_PORT).await.unwrap();
    let address = listener.local_addr().unwrap();
    while_serving(&rt, listener, Settings::default(), talk(async || rt.connect(&address).await.unwrap())).await;
}

#[onpar::test(sim(seeds = 0..3))]
async fn everything_is_answered_in_redis_words_however_it_is_cut(rt: Rt) {
    let (network, door) = network(1 + usize::try_from(rt.random(20)).unwrap());
    while_serving(&rt, door, Settings::default(), talk(async || network.connect().await)).await;
}
