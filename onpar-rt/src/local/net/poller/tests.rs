//! What the reactor relies on, of both pollers.
#![cfg(target_os = "linux")]

use core::time::Duration;
use std::io::Write as _;
use std::net::{Shutdown, TcpListener, TcpStream};

use socket2::SockRef;

use super::News;

/// So long is waited for what has to come.
const PATIENCE: Option<Duration> = Some(Duration::from_secs(30));
const AT_ONCE: Option<Duration> = Some(Duration::ZERO);
const KEY: usize = 7;

fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (near, listener.accept().unwrap().0)
}

macro_rules! tests {
    ($($module:ident)*) => {$(
        mod $module {
            use super::super::$module::Poller;
            use super::*;

            /// Waits for news that these bytes have come.
            fn readable(poller: &Poller) -> News {
                loop {
                    let mut found = None;
                    poller.wait(PATIENCE, |news| found = Some(news).filter(|news| news.readable)).unwrap();
                    if let Some(news) = found {
                        return news;
                    }
                }
            }

            #[test]
            fn notification_ends_a_wait_and_no_other() {
                let poller = Poller::new().unwrap();
                for _ in 0..3 {
                    poller.notify();
                    poller.notify();
                    poller.wait(None, |news| panic!("{news:?} of nobody")).unwrap();
                    // Nothing is left: it would be in this one.
                    poller.wait(AT_ONCE, |news| panic!("{news:?} of nobody")).unwrap();
                }
            }

            #[test]
            fn wait_ends_with_its_time() {
                let poller = Poller::new().unwrap();
                for timeout in [0, 1, 999, 1_000, 1_500].map(Duration::from_micros) {
                    poller.wait(Some(timeout), |news| panic!("{news:?} of nobody")).unwrap();
                }
            }

            #[test]
            fn there_are_news_whenever_bytes_come_and_only_then() {
                let (mut near, far) = pair();
                let poller = Poller::new().unwrap();
                poller.add(&far, KEY).unwrap();
                for _ in 0..3 {
                    poller.arm(&far, KEY, true, false).unwrap();
                    near.write_all(b"more").unwrap();
                    assert_eq!(readable(&poller).key, KEY);
                    poller.wait(AT_ONCE, |news| panic!("{news:?} again")).unwrap();
                }
                poller.remove(&far);
                near.write_all(b"more").unwrap();
                poller.wait(AT_ONCE, |news| panic!("{news:?} of a socket that was removed")).unwrap();
            }

            #[test]
            fn socket_with_bytes_in_it_is_news() {
                let (mut near, far) = pair();
                near.write_all(b"before").unwrap();
                let poller = Poller::new().unwrap();
                poller.add(&far, KEY).unwrap();
                assert!(readable(&poller).writable);
                poller.remove(&far);
            }

            #[test]
            fn what_a_read_may_leave_is_told() {
                for leaves in [
                    (|near| near.shutdown(Shutdown::Write).unwrap()) as fn(&TcpStream),
                    |near| near.shutdown(Shutdown::Both).unwrap(),
                    |near| _ = SockRef::from(near).send_out_of_band(b"!").unwrap(),
                ] {
                    let (near, far) = pair();
                    (&near).write_all(b"some").unwrap();
                    leaves(&near);
                    let poller = Poller::new().unwrap();
                    poller.add(&far, KEY).unwrap();
                    assert!(readable(&poller).ends_or_parts);
                    poller.remove(&far);
                }
            }
        }
    )*};
}

tests!(epoll portable);

#[test]
fn bytes_alone_are_read_in_one_go() {
    let (mut near, far) = pair();
    let poller = super::Poller::new().unwrap();
    poller.add(&far, KEY).unwrap();
    near.write_all(b"some").unwrap();
    let mut all = Vec::new();
    while !all.iter().any(|news: &News| news.readable) {
        poller.wait(PATIENCE, |news| all.push(news)).unwrap();
    }
    assert!(all.iter().all(|news| !news.ends_or_parts), "{all:?}");
}
