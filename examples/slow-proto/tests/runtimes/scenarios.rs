//! The situations: each takes a runtime, and knows nothing of it, and who lets its time pass. The scorecard counts in how many of them the library holds on
//! a runtime (A8.5).
#![expect(clippy::unwrap_used, clippy::std_instead_of_alloc, reason = "each situation is a test")]

use core::future::pending;
use core::num::NonZeroUsize;
use core::pin::pin;
use core::time::Duration;
use std::io;
use std::sync::{Arc, Mutex};

use futures::channel::oneshot;
use futures::future::{BoxFuture, Either, FutureExt as _, LocalBoxFuture, join, join_all, select};
use futures::io::{AsyncReadExt as _, AsyncWriteExt as _};
use onpar::prelude::*;
use slow_proto::{CallError, Client, Closing, FrameError, Limits, Served, Server};

use super::serves::{ANYWHERE, Answer, Serves};
use super::time::Time;

/// Calls a macro with the name of each situation.
macro_rules! for_each_situation {
    ($then:ident) => {
        $then! {
            clients_get_their_own_answers
            server_that_gives_up_says_so_and_goes_on
            call_that_is_too_late_leaves_the_connection_out_of_step
            server_that_closes_answers_what_has_begun_and_says_goodbye_to_the_others
            server_that_closes_abandons_what_takes_longer_than_its_grace
            more_connections_than_there_is_room_for_wait
            garbage_is_refused_and_concerns_nobody_else
            frame_that_is_too_large_is_refused_before_it_is_read
            answer_that_is_too_large_is_an_error_of_the_client
            client_that_stops_within_a_frame_is_given_up
            idle_connection_is_closed
        }
    };
}

pub(crate) use for_each_situation;

const SOON: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_hours(1);

/// Whatever can take long, takes for ever, unless the situation says otherwise.
fn patient() -> Limits {
    Limits { idle: LONG, transfer: LONG, answer: LONG, grace: LONG, linger: LONG, ..Limits::default() }
}

/// What `work` gives, while [`SOON`] passes if anybody waits for it. Whether that is so may depend on who comes first.
async fn meanwhile<T>(time: &impl Time, work: impl Future<Output = T>) -> T {
    match select(pin!(work), pin!(time.pass(SOON))).await {
        Either::Left((output, _)) => output,
        Either::Right(((), work)) => work.await,
    }
}

/// A server that runs.
struct Running<R: Serves> {
    rt: R,
    address: core::net::SocketAddr,
    closing: Closing,
    ended: LocalBoxFuture<'static, Served>,
}

async fn start<R: Serves>(rt: &R, limits: Limits, answer: impl Answer) -> Running<R> {
    let listener = rt.listen(&ANYWHERE).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = Server::new(answer, limits);
    let closing = server.closing();
    Running { rt: rt.clone(), address, closing, ended: rt.start(server, listener) }
}

impl<R: Serves> Running<R> {
    async fn client(&self) -> Client<R::Io, R> {
        Client::connect(&self.rt, self.address, patient()).await.unwrap()
    }

    async fn stream(&self) -> R::Io {
        self.rt.connect(&self.address).await.unwrap()
    }

    async fn close(self) -> Served {
        self.closing.close();
        self.ended.await
    }
}

fn echo(request: Vec<u8>) -> BoxFuture<'static, Vec<u8>> {
    async { request }.boxed()
}

fn never(_request: Vec<u8>) -> BoxFuture<'static, Vec<u8>> {
    pending().boxed()
}

/// Echoes, but never answers the request `never`.
fn echo_or_never(request: Vec<u8>) -> BoxFuture<'static, Vec<u8>> {
    if request == b"never" { never(request) } else { echo(request) }
}

pub(crate) async fn clients_get_their_own_answers<R: Serves>(rt: &R, _time: &impl Time) {
    let server = start(rt, patient(), echo).await;
    let calls = (0_u8..5).map(async |client| {
        let mut connection = server.client().await;
        for call in 0_u8..5 {
            // Some of them more than a stream takes at once.
            let words = [client, call].repeat(usize::from(call) * 30);
            assert_eq!(connection.call(&words, LONG).await.unwrap(), words);
        }
        connection.close().await.unwrap();
    });
    join_all(calls).await;
    let totals = server.close().await;
    assert_eq!((totals.connections, totals.answered, totals.broken, totals.abandoned), (5, 25, 0, 0));
}

pub(crate) async fn server_that_gives_up_says_so_and_goes_on<R: Serves>(rt: &R, time: &impl Time) {
    let server = start(rt, Limits { answer: SOON, ..patient() }, echo_or_never).await;
    let mut client = server.client().await;
    let late = meanwhile(time, client.call(b"never", LONG)).await.unwrap_err();
    assert!(matches!(late, CallError::TooLate), "{late}");
    assert_eq!(client.call(b"more", LONG).await.unwrap(), b"more");
    drop(client);
    server.close().await;
}

pub(crate) async fn call_that_is_too_late_leaves_the_connection_out_of_step<R: Serves>(rt: &R, time: &impl Time) {
    let server = start(rt, Limits { grace: SOON, ..patient() }, echo_or_never).await;
    let mut client = server.client().await;
    let late = meanwhile(time, client.call(b"never", SOON)).await;
    assert!(matches!(late, Err(CallError::NoAnswer)));
    let error = client.call(b"more", LONG).await.unwrap_err();
    assert!(matches!(error, CallError::OutOfStep) && !error.may_have_been_done());
    meanwhile(time, server.close()).await;
}

pub(crate) async fn server_that_closes_answers_what_has_begun_and_says_goodbye_to_the_others<R: Serves>(
    rt: &R,
    _time: &impl Time,
) {
    let (tell, begun) = oneshot::channel();
    let (finish, told) = oneshot::channel();
    let parts = Arc::new(Mutex::new(Some((tell, told))));
    let server = start(rt, patient(), move |request| {
        let Some((tell, told)) = parts.lock().unwrap().take() else { return echo(request) };
        async move {
            tell.send(()).unwrap();
            told.await.unwrap();
            request
        }
        .boxed()
    })
    .await;
    let (mut at_work, mut idle) = (server.client().await, server.client().await);
    let work = async {
        let answer = at_work.call(b"slow", LONG).await.unwrap();
        let goodbye = at_work.call(b"more", LONG).await.unwrap_err();
        drop(at_work);
        (answer, goodbye)
    };
    let other = async {
        begun.await.unwrap();
        // It is known to the server before that closes.
        assert_eq!(idle.call(b"quick", LONG).await.unwrap(), b"quick");
        server.closing.close();
        let goodbye = idle.call(b"more", LONG).await.unwrap_err();
        drop(idle);
        finish.send(()).unwrap();
        goodbye
    };
    let ((answer, one), another) = join(work, other).await;
    assert_eq!(answer, b"slow", "what has begun is answered");
    for goodbye in [one, another] {
        assert!(matches!(goodbye, CallError::Closing) && !goodbye.may_have_been_done(), "{goodbye}");
    }
    let totals = server.ended.await;
    assert_eq!((totals.answered, totals.broken, totals.abandoned), (2, 0, 0));
}

pub(crate) async fn server_that_closes_abandons_what_takes_longer_than_its_grace<R: Serves>(rt: &R, time: &impl Time) {
    let (tell, begun) = oneshot::channel();
    let tell = Arc::new(Mutex::new(Some(tell)));
    let server = start(rt, Limits { grace: SOON, ..patient() }, move |request| {
        tell.lock().unwrap().take().map(|tell| tell.send(()));
        never(request)
    })
    .await;
    let mut client = server.client().await;
    let call = client.call(b"never", LONG);
    let close = async {
        begun.await.unwrap();
        meanwhile(time, server.close()).await
    };
    let (called, totals) = join(call, close).await;
    assert!(called.unwrap_err().may_have_been_done());
    assert_eq!((totals.answered, totals.abandoned), (0, 1));
}

pub(crate) async fn more_connections_than_there_is_room_for_wait<R: Serves>(rt: &R, _time: &impl Time) {
    let server = start(rt, Limits { connections: NonZeroUsize::MIN, ..patient() }, echo).await;
    let mut first = server.client().await;
    assert_eq!(first.call(b"first", LONG).await.unwrap(), b"first");
    let mut second = server.client().await;
    let waits = second.call(b"second", LONG);
    let first_ends = async {
        for _ in 0..5 {
            assert_eq!(first.call(b"again", LONG).await.unwrap(), b"again");
        }
        drop(first);
        6
    };
    let (answer, before) = join(waits, first_ends).await;
    assert_eq!((answer.unwrap(), before), (b"second".to_vec(), 6));
    drop(second);
    let totals = server.close().await;
    assert_eq!((totals.connections, totals.answered), (2, 7));
}

/// What the server says to bytes that are no request, until it ends the connection.
async fn last_words<R: Serves>(server: &Running<R>, bytes: &[u8]) -> String {
    let mut stream = server.stream().await;
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(answer[4], 5, "it is a frame that says what was wrong");
    String::from_utf8(answer.split_off(5)).unwrap()
}

pub(crate) async fn garbage_is_refused_and_concerns_nobody_else<R: Serves>(rt: &R, _time: &impl Time) {
    let server = start(rt, patient(), echo).await;
    let mut client = server.client().await;
    assert_eq!(client.call(b"before", LONG).await.unwrap(), b"before");
    let unknown = FrameError::UnknownKind(b'/').to_string();
    assert_eq!(last_words(&server, b"GET / HTTP/1.1\r\n\r\n").await, unknown);
    assert_eq!(client.call(b"after", LONG).await.unwrap(), b"after");
    drop(client);
    assert_eq!(server.close().await.broken, 1);
}

pub(crate) async fn frame_that_is_too_large_is_refused_before_it_is_read<R: Serves>(rt: &R, _time: &impl Time) {
    let server = start(rt, Limits { frame: 100, ..patient() }, echo).await;
    let words = FrameError::TooLarge { length: u32::MAX, limit: 100 }.to_string();
    assert_eq!(last_words(&server, &[255, 255, 255, 255, 1, 7, 7, 7]).await, words);
    let mut client = server.client().await;
    let said = match client.call(&[0; 1000], LONG).await {
        Err(CallError::Malformed(said)) => said,
        other => panic!("it is too large: {other:?}"),
    };
    assert_eq!(said, FrameError::TooLarge { length: 1000, limit: 100 }.to_string());
    drop(client);
    assert_eq!(server.close().await.broken, 2);
}

pub(crate) async fn answer_that_is_too_large_is_an_error_of_the_client<R: Serves>(rt: &R, _time: &impl Time) {
    let server = start(rt, patient(), |_| async { vec![0; 200] }.boxed()).await;
    let stream = server.stream().await;
    let mut client = Client::new(stream, rt.clone(), Limits { frame: 100, ..patient() });
    let error = client.call(b"much", LONG).await.unwrap_err();
    assert!(matches!(error, CallError::Protocol(FrameError::TooLarge { length: 200, limit: 100 })), "{error}");
    drop(client);
    server.close().await;
}

pub(crate) async fn client_that_stops_within_a_frame_is_given_up<R: Serves>(rt: &R, time: &impl Time) {
    let server = start(rt, Limits { transfer: SOON, ..patient() }, echo).await;
    let mut stream = server.stream().await;
    stream.write_all(&[0, 0]).await.unwrap();
    let mut answer = Vec::new();
    // It ends, whether by a word of the system or without one.
    let ended: io::Result<usize> = meanwhile(time, stream.read_to_end(&mut answer)).await;
    assert_eq!((ended.unwrap_or(0), answer.len()), (0, 0));
    assert_eq!(server.close().await.broken, 1);
}

pub(crate) async fn idle_connection_is_closed<R: Serves>(rt: &R, time: &impl Time) {
    let server = start(rt, Limits { idle: SOON, ..patient() }, echo).await;
    let mut stream = server.stream().await;
    let mut answer = Vec::new();
    assert_eq!(meanwhile(time, stream.read_to_end(&mut answer)).await.unwrap(), 0);
    let totals = server.close().await;
    assert_eq!((totals.connections, totals.broken), (1, 0));
}

pub(crate) async fn answer_that_panics_ends_its_connection_alone<R: Serves>(rt: &R, _time: &impl Time) {
    let server = start(rt, patient(), |request| {
        async {
            assert_ne!(request, b"panic", "on purpose");
            request
        }
        .boxed()
    })
    .await;
    let (mut one, mut other) = (server.client().await, server.client().await);
    assert!(one.call(b"panic", LONG).await.unwrap_err().may_have_been_done());
    assert_eq!(other.call(b"more", LONG).await.unwrap(), b"more");
    drop(other);
    assert_eq!(server.close().await.abandoned, 0);
}
