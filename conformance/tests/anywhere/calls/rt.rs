//! The adapters of runtimes, which are made or given here, as a program would: no thread has one around it.

use alloc::boxed::Box;
use core::cell::Cell;
use core::net::SocketAddr;
use core::time::Duration;

use critical_section as _;
use embassy_executor::Executor;
use embassy_time as _;
use onpar_core::{Clock as _, Connect as _, Datagram as _, Listen as _, Listener as _, Spawn as _};
use onpar_rt::compio_0_19::{self, Compio};
use onpar_rt::embassy_0_10::{Embassy, EmbassyLocal, Timers};
use onpar_rt::local::{self, Local};
use onpar_rt::slow_polls::SlowPolls;
use onpar_rt::smol_2::{self, Smol};
use onpar_rt::tokio_1::{self, Compat, FromTokio, IntoTokio, Tokio, TokioLocal};

use super::calls;
use crate::executor::block_on as on;

const ANY_PORT: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

/// Tokio beside the executor.
fn tokio() -> (Compat, Tokio) {
    let compat = Compat::new().unwrap();
    let tokio = compat.tokio().unwrap();
    (compat, tokio)
}

calls! {
    "Packets::get_ref" => {
        local::run(async |rt| {
            let packets = rt.bind_datagram(&ANY_PORT.into()).await.unwrap();
            assert!(packets.get_ref().local_addr().is_ok());
        });
        let packets = on(Smol::global().bind_datagram(&ANY_PORT.into())).unwrap();
        assert!(packets.get_ref().get_ref().local_addr().is_ok());
    }
    "Packets::into_inner" => {
        let (compat, tokio) = tokio();
        let packets = on(compat.run(tokio.bind_datagram(&ANY_PORT.into()))).unwrap();
        assert!(packets.into_inner().local_addr().is_ok());
    }
    "Stream::get_ref" => {
        local::run(async |rt| {
            let mut listener = rt.listen(&SocketAddr::from(ANY_PORT)).await.unwrap();
            let near = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (far, _) = listener.accept().await.unwrap();
            assert_eq!(far.get_ref().peer_addr().unwrap(), near.local_addr().unwrap());
        });
        let mut listener = on(Smol::global().listen(&SocketAddr::from(ANY_PORT))).unwrap();
        let near = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (far, _) = on(listener.accept()).unwrap();
        assert_eq!(far.get_ref().get_ref().peer_addr().unwrap(), near.local_addr().unwrap());
    }
    "Stream::into_inner" => {
        let smol = Smol::global();
        let listener = on(smol.listen(&SocketAddr::from(ANY_PORT))).unwrap();
        let near = on(smol.connect(&listener.local_addr().unwrap())).unwrap();
        assert!(near.into_inner().get_ref().local_addr().is_ok());
    }
    "Accepting::into_inner" => {
        let (compat, tokio) = tokio();
        let listener = on(compat.run(tokio.listen(&SocketAddr::from(ANY_PORT)))).unwrap();
        assert!(listener.into_inner().local_addr().is_ok());
    }
    "Sleep::deadline" => {
        let (local, smol) = (Local::new().clock(), Smol::global());
        let at = local.now() + Duration::from_secs(1);
        let sleep: local::Sleep = local.sleep_until(at);
        assert_eq!(sleep.deadline(), at);
        let sleep: smol_2::Sleep = smol.sleep_until(at);
        assert_eq!(sleep.deadline(), at);
    }
    "Compio::current", "Compio::runtime" => {
        assert!(Compio::current().is_none(), "this thread runs in none");
        compio_0_19::run(async |rt| {
            rt.runtime().enter(|| assert!(Compio::current().is_some()));
        });
    }
    "Embassy::new", "EmbassyLocal::new", "EmbassyLocal::embassy" => {
        let (timers, executor) = (Box::leak(Box::<Timers>::default()), Box::leak(Box::new(Executor::new())));
        let asked = Cell::new(false);
        executor.run_until(
            |spawner| {
                let (rt, local) = (Embassy::new(spawner, timers), EmbassyLocal::new(spawner, timers));
                assert!(rt.now() <= local.embassy().now());
                asked.set(true);
            },
            || asked.get(),
        );
    }
    "SlowPolls::watch" => { on(SlowPolls::new(Smol::global()).watch(async {})); }
    "SlowPolls::get_ref" => { _ = SlowPolls::new(Smol::global()).get_ref(); }
    "Compat::enter", "Compat::tokio", "Compat::end" => {
        let compat = Compat::new().unwrap();
        drop(compat.enter(|| tokio::time::sleep(Duration::ZERO)));
        assert!(compat.tokio().is_ok());
        assert!(compat.end(Duration::from_secs(1)));
    }
    "Name::get_ref", "Name::get_mut", "Name::into_inner" => {
        let mut from = FromTokio::new(tokio::io::empty());
        _ = from.get_ref();
        _ = from.get_mut();
        _ = from.into_inner();
        let mut into = IntoTokio::new(futures::io::empty());
        _ = into.get_ref();
        _ = into.get_mut();
        _ = into.into_inner();
    }
    "TokioLocal::tokio" => {
        let (_compat, tokio) = tokio();
        assert!(TokioLocal::new(tokio).tokio().now() > onpar_core::Instant::default());
    }
    "Task::abort_handle" => {
        let (_compat, tokio) = tokio();
        let task: tokio_1::Task<()> = tokio.spawn(core::future::pending());
        task.abort_handle().abort();
        assert!(on(task).is_err());
    }
}
