//! What hostile peers send, and do not read: it ends their connection, or nothing, and never the server.

use onpar::prelude::*;
use onpar::test::Sim;
use onpar_kv::Settings;
use onpar_tests::cases;
use proptest::prelude::*;

use crate::network::network;
use crate::server::while_serving;

/// What looks much like a request, and mostly is none.
fn garbage() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "*1\r\n",
            "*3\r\n",
            "*-1\r\n",
            "*65537\r\n",
            "$3\r\n",
            "$-1\r\n",
            "$16777217\r\n",
            "$99999999999\r\n",
            "SET",
            "GET",
            "a",
            "\r\n",
            "SET a 1\r\n",
            "GET a\r\n",
            "*2\r\n$3\r\nGET\r\n$1\r\na\r\n",
            "SUBSCRIBE a\r\n",
            "QUIT\r\n",
            "\"",
            "'",
            "\\x4",
            "KEYS *\r\n",
            "SCAN 18446744073709551615\r\n",
            "LRANGE a -9223372036854775808 9223372036854775807\r\n",
            "SET a 1 PX 9223372036854775807\r\n",
            "EXPIRE a -9223372036854775808\r\n",
            "SPOP s 9223372036854775807\r\n",
            "CONFIG GET *\r\n",
            "INFO\r\n",
            "PUBLISH a b\r\n",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn whatever_a_peer_sends_ends_at_most_its_own_connection(sent in prop::collection::vec(garbage(), 1..4), seed in any::<u64>()) {
        Sim::new(seed).run(async |rt| {
            let (network, door) = network(1 << 16);
            while_serving(&rt, door, Settings::default(), async {
                let mut good = network.client().await;
                for bytes in &sent {
                    let mut bad = network.client().await;
                    bad.send(bytes).await;
                    // What it has not finished is not answered.
                    bad.send("\r\nQUIT\r\n").await;
                    let answers = async { while bad.reply().await.is_some() {} };
                    _ = timeout(&rt, std::time::Duration::from_secs(1), answers).await;
                    assert_eq!(good.ask("PING").await.unwrap(), r"+PONG\r\n");
                }
            }).await;
        });
    }
}

#[onpar::test(sim(seeds = 0..3))]
async fn a_peer_that_sends_and_does_not_read_is_not_read_from(rt: Rt) {
    let (network, door) = network(1 << 14);
    while_serving(&rt, door, Settings::default(), async {
        let (mut bad, mut good) = (network.client().await, network.client().await);
        good.ask(&format!("SET a {}", "x".repeat(50_000))).await;
        let request = "GET a\r\n".repeat(100);
        let sends = async {
            for sent in 0..1000 {
                bad.send(&request).await;
                rt.yield_now().await;
                assert!(sent < 500, "it is read from for ever");
            }
        };
        assert!(timeout(&rt, std::time::Duration::from_secs(10), sends).await.is_err());
        assert_eq!(good.ask("PING").await.unwrap(), r"+PONG\r\n");
    })
    .await;
}

#[onpar::test(sim(seeds = 0..3))]
async fn a_reply_that_would_be_too_long_is_an_error(rt: Rt) {
    let (network, door) = network(1 << 20);
    while_serving(&rt, door, Settings::default(), async {
        let mut peer = network.client().await;
        peer.ask(&format!("SET a {}", "x".repeat(60_000))).await;
        let reply = peer.ask(&format!("MGET{}", " a".repeat(2000))).await.unwrap();
        assert!(reply.starts_with("-ERR the reply would be too long"), "{reply}");
        assert_eq!(peer.ask("STRLEN a").await.unwrap(), r":60000\r\n");
    })
    .await;
}

#[onpar::test(sim)]
async fn there_are_no_more_connections_than_allowed(rt: Rt) {
    let (network, door) = network(64);
    let settings = Settings { max_clients: 2, ..Settings::default() };
    while_serving(&rt, door, settings, async {
        let mut peers = [network.client().await, network.client().await];
        for peer in &mut peers {
            assert_eq!(peer.ask("PING").await.unwrap(), r"+PONG\r\n");
        }
        let mut third = network.client().await;
        assert_eq!(third.reply().await.unwrap(), r"-ERR max number of clients reached\r\n");
        assert_eq!(third.reply().await, None);
        let [first, mut second] = peers;
        drop(first);
        assert_eq!(second.ask("PING").await.unwrap(), r"+PONG\r\n");
        rt.sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(network.client().await.ask("PING").await.unwrap(), r"+PONG\r\n");
    })
    .await;
}
