//! [`serve`]: the server itself. A scope whose children are the connections, and the one who writes the journal.

use core::cell::Cell;
use core::ops::ControlFlow;
use core::time::Duration;
use std::io;

use futures::channel::oneshot;
use futures::{AsyncRead, AsyncWrite, AsyncWriteExt as _, FutureExt as _};
use onpar::LocalScope;
use onpar::iter::{interval, poll_fn};
use onpar::prelude::*;

use crate::calendar::Calendar;
use crate::connection;
use crate::journal::{Disk, Journal};
use crate::session::Session;
use crate::settings::Settings;
use crate::state::State;
use crate::store::{Millis, Store};

/// How often keys are taken out whose time has come and that nobody asks for.
const SWEEP: Duration = Duration::from_millis(100);
/// How long nobody is let in when the system could not do it: it may have no descriptors left.
const PAUSE: Duration = Duration::from_millis(100);

/// What connections need besides their peers.
pub(crate) struct Server<'s, C> {
    clock: &'s C,
    calendar: Calendar,
    state: &'s State,
    journal: Option<Journal<'s>>,
    stop: Cell<Option<oneshot::Sender<()>>>,
}

impl<'s, C: Clock> Server<'s, C> {
    pub(crate) const fn clock(&self) -> &'s C {
        self.clock
    }

    pub(crate) const fn state(&self) -> &'s State {
        self.state
    }

    pub(crate) const fn journal(&self) -> Option<&Journal<'s>> {
        self.journal.as_ref()
    }

    pub(crate) const fn grace(&self) -> Duration {
        self.state.grace()
    }

    pub(crate) fn now(&self) -> Millis {
        self.calendar.millis(self.clock.now())
    }

    /// Ends the server.
    pub(crate) fn stop(&self) {
        if let Some(stop) = self.stop.take() {
            _ = stop.send(());
        }
    }
}

/// Serves those who come, until `stop` or one of them ends it.
///
/// # Cancel safety
///
/// All connections end at once. What has been acknowledged is on the disk.
///
/// # Errors
///
/// If the disk fails. Nothing that it does not have has been acknowledged.
pub async fn serve<R, L, D>(
    runtime: &R,
    listener: L,
    mut store: Store,
    disk: Option<D>,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> io::Result<()>
where
    R: Clock + Blocking,
    L: Listener<Io: AsyncRead + AsyncWrite + Unpin>,
    D: Disk,
{
    if disk.is_some() {
        store.begin_to_record();
    }
    let state = State::new(store, settings);
    let under_way = Cell::new(0);
    let served = local_try_scope(async |s| {
        let journal = disk.map(|disk| {
            let (journal, changes) = Journal::new(&under_way);
            drop(s.spawn_named("journal", changes.write_to(runtime, disk)));
            journal
        });
        let (stop_server, stopped) = oneshot::channel();
        let calendar = Calendar::new(runtime.now());
        let server = Server { clock: runtime, calendar, state: &state, journal, stop: Cell::new(Some(stop_server)) };
        let stop = async { _ = race((stop.map(Ok), stopped)).await };
        local_scope(async |s| listen(s, listener, &server, stop).await).await;
        // With the last who could change something, the journal ends.
        Ok(())
    });
    served.await.map_err(|failure| failure.primary)
}

/// Lets peers in, until `stop`. Then tells them.
async fn listen<'s, L, C>(
    connections: &'s LocalScope<'s, '_>,
    mut listener: L,
    server: &'s Server<'s, C>,
    stop: impl Future<Output = ()>,
) where
    L: Listener<Io: AsyncRead + AsyncWrite + Unpin + 's> + 's,
    C: Clock,
{
    _ = events(&mut ())
        .on(poll_fn(|cx| listener.poll_accept(cx).map(Some)), async |(), accepted| match accepted {
            Ok((io, _)) if server.state().is_full() => refuse(io, server).await,
            Ok((io, _)) => {
                let session = Session::new(server.state());
                let connection = connection::serve(io, server, session);
                drop(connections.spawn_named("connection", connection));
            }
            Err(_) => server.clock().sleep(PAUSE).await,
        })
        .on(interval(server.clock(), SWEEP), async |(), _| server.state().store().advance(server.now()))
        .once(stop, async |(), ()| ControlFlow::Break(()))
        .await;
    // Each connection hears of it by the end of its inbox.
    server.state().hub().close();
}

/// Says that there are too many already.
async fn refuse<C: Clock>(mut io: impl AsyncWrite + Unpin, server: &Server<'_, C>) {
    let says = io.write_all(b"-ERR max number of clients reached\r\n");
    _ = timeout(server.clock(), PAUSE, says).await;
}
