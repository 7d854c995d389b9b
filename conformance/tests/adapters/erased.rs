//! Erased handles conform when the runtime behind them does: `&dyn`, `Arc<dyn>`, `Rc<dyn>`.

use core::net::SocketAddr;
use core::pin::Pin;
use std::io::Error;
use std::rc::Rc;
use std::sync::Arc;

use futures::io::{AsyncRead, AsyncWrite};
use onpar_core::{
    BoxListener, Connect, ErasedBlocking, ErasedClock, ErasedConnect, ErasedDatagram, ErasedListen, ErasedSpawn,
    ErasedSpawnLocal, Listen, MapIo,
};
use onpar_rt::{local, tokio_1::Tokio};
use onpar_test::{Conformance, Sim};

#[test]
fn erased_clock_and_spawner_conform() {
    Sim::new(0).allow_leftovers().run_seeds(0..2, async |rt| {
        let clock: Arc<dyn ErasedClock> = Arc::new(rt.clone());
        let mut suite = Conformance::new(clock);
        suite.clock().await;
        suite.finish().unwrap();

        let mut suite = Conformance::new(&rt as &dyn ErasedClock);
        suite.clock().await;
        suite.finish().unwrap();

        let spawner: Arc<dyn ErasedSpawn> = Arc::new(rt.clone());
        let mut suite = Conformance::new(spawner);
        suite.spawn().await;
        suite.finish().unwrap();

        let spawner: Rc<dyn ErasedSpawnLocal> = Rc::new(rt.clone());
        let mut suite = Conformance::new(spawner);
        suite.spawn_local().await;
        suite.finish().unwrap();
    });
}

#[test]
fn erased_spawner_of_the_local_executor_conforms() {
    local::run(async |rt| {
        let mut suite = Conformance::new(&rt as &dyn ErasedSpawnLocal);
        suite.spawn_local().await;
        suite.spawn_order().await;
        suite.finish().unwrap();
    });
}

trait Stream: AsyncRead + AsyncWrite + Send {}
impl<T: AsyncRead + AsyncWrite + Send> Stream for T {}
type BoxStream = Pin<Box<dyn Stream>>;

/// A network without any type of a runtime.
#[derive(Clone)]
struct Network {
    connect: Arc<dyn ErasedConnect<BoxStream, Error>>,
    listen: Arc<dyn ErasedListen<BoxStream, Error>>,
}

impl Connect for Network {
    type Io = BoxStream;
    type Error = Error;
    type Connecting = <Arc<dyn ErasedConnect<BoxStream, Error>> as Connect>::Connecting;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        self.connect.connect(address)
    }
}

impl Listen for Network {
    type Listener = BoxListener<BoxStream, Error>;
    type Error = Error;
    type Listening = <Arc<dyn ErasedListen<BoxStream, Error>> as Listen>::Listening;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        self.listen.listen(address)
    }
}

#[tokio::test]
async fn erased_network_conforms() {
    let rt = Tokio::current().unwrap();
    let boxed = MapIo::new(rt.clone(), |io| Box::pin(io) as BoxStream);
    let network = Network { connect: Arc::new(boxed.clone()), listen: Arc::new(boxed) };
    let mut suite = Conformance::new(network);
    suite.tcp().await;
    suite.finish().unwrap();

    let packets: Arc<dyn ErasedDatagram<Error>> = Arc::new(rt.clone());
    let mut suite = Conformance::new(packets);
    suite.datagram().await;
    suite.finish().unwrap();

    let threads: Arc<dyn ErasedBlocking> = Arc::new(rt);
    let mut suite = Conformance::new(threads);
    suite.blocking().await;
    suite.blocking_threads().await;
    suite.finish().unwrap();
}
