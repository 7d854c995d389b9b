//! Channels: who hears what, and who is too slow.

use onpar::prelude::*;
use onpar_kv::Settings;

use crate::network::network;
use crate::server::while_serving;

#[onpar::test(sim)]
async fn a_message_reaches_those_who_have_subscribed_and_only_while_they_have(rt: Rt) {
    let (network, door) = network(16);
    while_serving(&rt, door, Settings::default(), async {
        let (mut one, mut two, mut says) = (network.client().await, network.client().await, network.client().await);
        assert_eq!(one.ask("SUBSCRIBE news sports").await.unwrap(), r"*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
        assert_eq!(one.reply().await.unwrap(), r"*3\r\n$9\r\nsubscribe\r\n$6\r\nsports\r\n:2\r\n");
        two.ask("SUBSCRIBE news").await;
        assert_eq!(says.ask("PUBLISH news hello").await.unwrap(), r":2\r\n");
        for client in [&mut one, &mut two] {
            assert_eq!(client.reply().await.unwrap(), r"*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n");
        }
        assert_eq!(two.ask("UNSUBSCRIBE").await.unwrap(), r"*3\r\n$11\r\nunsubscribe\r\n$4\r\nnews\r\n:0\r\n");
        assert_eq!(says.ask("PUBLISH news again").await.unwrap(), r":1\r\n");
        assert_eq!(two.ask("PING").await.unwrap(), r"+PONG\r\n");
        drop(one);
        // The server sees it when it looks, which is before it answers the second time.
        rt.sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(says.ask("PUBLISH sports again").await.unwrap(), r":0\r\n");
    })
    .await;
}

#[onpar::test(sim(seeds = 0..2))]
async fn who_does_not_take_its_messages_is_shown_out_and_nobody_waits_for_it(rt: Rt) {
    let (network, door) = network(1 << 16);
    while_serving(&rt, door, Settings::default(), async {
        let (mut slow, mut says) = (network.client().await, network.client().await);
        slow.ask("SUBSCRIBE news").await;
        let message = "x".repeat(1 << 20);
        let mut heard = 0;
        while says.ask(&format!("PUBLISH news {}", &message[..60_000])).await.unwrap() == r":1\r\n" {
            heard += 1;
            assert!(heard < 1000, "it is not shown out");
        }
        assert!(heard > 100, "it had room for {heard} messages");
        // What was on its way may come. Then the end does.
        while slow.reply().await.is_some() {}
        assert_eq!(says.ask("PING").await.unwrap(), r"+PONG\r\n");
    })
    .await;
}
