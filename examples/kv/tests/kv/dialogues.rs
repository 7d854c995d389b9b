//! What is said and answered, as `dialogues.txt` has it. `cargo xtask redis` has the same dialogues with Redis, which answers in the
//! same words. What begins with `~` is a number of seconds, of which some may have passed where time is real.

use std::net::{Ipv4Addr, SocketAddr};

use futures::{AsyncRead, AsyncWrite};
use onpar::prelude::*;
use onpar_kv::Settings;

use crate::client::Client;
use crate::network::network;
use crate::server::while_serving;

const TEXT: &str = include_str!("dialogues.txt");
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// More than passes within a dialogue, however busy the machine is.
const PASSED: u64 = 60;

/// Has all dialogues, each by a connection of its own. So many seconds may pass meanwhile.
async fn talk<Io: AsyncRead + AsyncWrite + Unpin>(passed: u64, connect: impl AsyncFn() -> Io) {
    for dialogue in TEXT.split("\n\n") {
        let mut client = Client::new(connect().await);
        assert_eq!(client.ask("FLUSHALL").await.as_deref(), Some(r"+OK\r\n"));
        for line in dialogue.lines() {
            match line.split_at_checked(2) {
                Some(("> ", said)) => _ = client.send(unescaped(said)).await,
                Some(("= ", "the end")) => assert_eq!(client.reply().await, None, "{dialogue}"),
                Some(("= ", reply)) => assert_eq!(client.reply().await.as_deref(), Some(reply), "{dialogue}"),
                Some(("~ ", reply)) => {
                    let (left, of) = (seconds(&client.reply().await.unwrap()), seconds(reply));
                    assert!(left <= of && left + passed >= of, "{left} of {of} seconds: {dialogue}");
                }
                _ => assert!(line.starts_with('#'), "what is this line? {line}"),
            }
        }
    }
}

/// The number in a reply that is one.
fn seconds(reply: &str) -> u64 {
    let number = reply.strip_prefix(':').and_then(|rest| rest.strip_suffix(r"\r\n"));
    number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{reply} is no number"))
}

/// A line with its end, and what stands in it as `\r`, `\n`.
fn unescaped(line: &str) -> String {
    line.replace(r"\r", "\r").replace(r"\n", "\n") + "\r\n"
}

#[onpar::test(tokio, smol, local)]
async fn everything_is_answered_in_redis_words(rt: Rt) {
    let listener = rt.listen(&ANY_PORT).await.unwrap();
    let address = listener.local_addr().unwrap();
    while_serving(&rt, listener, Settings::default(), talk(PASSED, async || rt.connect(&address).await.unwrap())).await;
}

#[onpar::test(sim(seeds = 0..3))]
async fn everything_is_answered_in_redis_words_however_it_is_cut(rt: Rt) {
    let (network, door) = network(1 + usize::try_from(rt.random(20)).unwrap());
    while_serving(&rt, door, Settings::default(), talk(0, async || network.connect().await)).await;
}
