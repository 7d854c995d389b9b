//! The traits of a runtime, as whoever writes another runtime or a library calls them.

use core::future::poll_fn;
use core::net::SocketAddr;
use core::pin::pin;
use core::time::Duration;

use onpar_core::{Clock, Datagram, DatagramSocket as _, ErasedClock, Instant, JoinError, Listen, Listener as _};
use onpar_rt::smol_2::Smol;

use super::calls;
use crate::executor::block_on as on;

const SHORT: Duration = Duration::from_millis(1);

calls! {
    "Clock::now", "Clock::sleep_until", "Clock::reset" => {
        let clock = Smol::global();
        let start = Clock::now(&clock);
        on(async {
            let mut sleep = pin!(Clock::sleep_until(&clock, start + Duration::from_mins(1)));
            Clock::reset(&clock, sleep.as_mut(), start + SHORT);
            sleep.await;
        });
        assert!(Clock::now(&clock) >= start + SHORT);
    }
    "ErasedClock::erased_now", "ErasedClock::erased_sleep_until", "ErasedClock::erased_reset" => {
        let clock: &dyn ErasedClock = &Smol::global();
        let start = clock.erased_now();
        let mut sleep = clock.erased_sleep_until(start + Duration::from_mins(1));
        clock.erased_reset(&mut sleep, start + SHORT);
        on(sleep);
        assert!(clock.erased_now() >= start + SHORT);
    }
    "Instant::from_nanos", "Instant::as_nanos", "Instant::saturating_duration_since" => {
        let later = Instant::from_nanos(1);
        assert_eq!(later.as_nanos(), 1);
        assert_eq!(Instant::default().saturating_duration_since(later), Duration::ZERO);
    }
    "JoinError::panicked" => { assert!(JoinError::panicked(Box::new("words")).to_string().contains("panicked")); }
    "Listener::poll_accept", "Listener::local_addr" => {
        let net = Smol::global();
        let mut listener = on(Listen::<SocketAddr>::listen(&net, &([127, 0, 0, 1], 0).into())).unwrap();
        let address = listener.local_addr().unwrap();
        let near = std::net::TcpStream::connect(address).unwrap();
        let (_far, from) = on(poll_fn(|cx| listener.poll_accept(cx))).unwrap();
        assert_eq!(from, near.local_addr().unwrap());
    }
    "DatagramSocket::poll_send_to", "DatagramSocket::poll_recv_from", "DatagramSocket::local_addr" => {
        let socket = on(Datagram::bind_datagram(&Smol::global(), &([127, 0, 0, 1], 0).into())).unwrap();
        let own = socket.local_addr().unwrap();
        assert_eq!(on(poll_fn(|cx| socket.poll_send_to(cx, b"hello", &own))).unwrap(), 5);
        let mut packet = [0; 5];
        assert_eq!(on(poll_fn(|cx| socket.poll_recv_from(cx, &mut packet))).unwrap(), (5, own));
        assert_eq!(&packet, b"hello");
    }
}
