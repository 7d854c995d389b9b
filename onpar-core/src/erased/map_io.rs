//! [`MapIo`]: a runtime whose streams are of a type of your choice.

use alloc::boxed::Box;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use crate::{Connect, Listen, Listener};

/// A runtime whose streams are of a type of your choice: what [`Connect`] and [`Listen`] open is turned into it.
///
/// It is what a library needs that erases a runtime and wants its streams erased too. Opening a stream or a listener costs
/// one allocation.
///
/// # Examples
///
/// ```
/// use std::pin::Pin;
/// use std::sync::Arc;
/// use futures::io::{AsyncRead, AsyncWrite, Error};
/// use onpar_core::{Connect, ErasedConnect, MapIo};
///
/// trait Stream: AsyncRead + AsyncWrite + Send {}
/// impl<T: AsyncRead + AsyncWrite + Send> Stream for T {}
///
/// struct Client {
///     network: Arc<dyn ErasedConnect<Pin<Box<dyn Stream>>, Error>>,
/// }
///
/// impl Client {
///     fn new<R>(runtime: R) -> Self
///     where
///         R: Connect<Io: AsyncRead + AsyncWrite + Send + 'static, Error = Error, Connecting: Send + 'static>,
///         R: Send + Sync + 'static,
///     {
///         Self { network: Arc::new(MapIo::new(runtime, |io| Box::pin(io) as Pin<Box<dyn Stream>>)) }
///     }
/// }
/// ```
#[derive(Clone)]
pub struct MapIo<R, F> {
    runtime: R,
    map: F,
}

impl<R, F> MapIo<R, F> {
    /// The same runtime, with what `map` makes of its streams.
    pub const fn new(runtime: R, map: F) -> Self {
        Self { runtime, map }
    }
}

impl<R, F, A, Io> Connect<A> for MapIo<R, F>
where
    R: Connect<A>,
    F: Fn(R::Io) -> Io + Clone,
    A: ?Sized,
{
    type Io = Io;
    type Error = R::Error;
    type Connecting = MapConnecting<R::Connecting, F>;

    fn connect(&self, address: &A) -> Self::Connecting {
        MapConnecting { opening: Box::pin(self.runtime.connect(address)), map: self.map.clone() }
    }
}

impl<R, F, A, Io> Listen<A> for MapIo<R, F>
where
    R: Listen<A>,
    F: Fn(<R::Listener as Listener>::Io) -> Io + Clone,
    A: ?Sized,
{
    type Listener = MapListener<R::Listener, F>;
    type Error = R::Error;
    type Listening = MapListening<R::Listening, F>;

    fn listen(&self, address: &A) -> Self::Listening {
        MapListening { opening: Box::pin(self.runtime.listen(address)), map: self.map.clone() }
    }
}

/// Opens a stream. Made by [`MapIo`].
///
/// # Cancel safety
///
/// Dropping it gives the attempt up; nothing is left open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct MapConnecting<O, F> {
    opening: Pin<Box<O>>,
    map: F,
}

// Nothing is pinned but what is in the box.
impl<O, F> Unpin for MapConnecting<O, F> {}

impl<O, F, T, Io, Error> Future for MapConnecting<O, F>
where
    O: Future<Output = Result<T, Error>>,
    F: Fn(T) -> Io,
{
    type Output = Result<Io, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let opened = ready!(self.opening.as_mut().poll(cx))?;
        Poll::Ready(Ok((self.map)(opened)))
    }
}

impl<O, F> fmt::Debug for MapConnecting<O, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapConnecting").finish_non_exhaustive()
    }
}

/// Opens a listener. Made by [`MapIo`].
///
/// # Cancel safety
///
/// Dropping it gives the attempt up; nothing is left open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct MapListening<O, F> {
    opening: Pin<Box<O>>,
    map: F,
}

// Nothing is pinned but what is in the box.
impl<O, F> Unpin for MapListening<O, F> {}

impl<O, F, L, Error> Future for MapListening<O, F>
where
    O: Future<Output = Result<L, Error>>,
    F: Clone,
{
    type Output = Result<MapListener<L, F>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let opened = ready!(self.opening.as_mut().poll(cx))?;
        Poll::Ready(Ok(MapListener { listener: opened, map: self.map.clone() }))
    }
}

impl<O, F> fmt::Debug for MapListening<O, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapListening").finish_non_exhaustive()
    }
}

/// A listener of a [`MapIo`].
///
/// # Examples
///
/// ```
/// use onpar_core::{Listen, Listener, MapIo, MapListener};
///
/// /// How many streams there have been, beside each of them.
/// async fn counted<R: Listen>(runtime: R) -> Result<MapListener<R::Listener, impl Clone>, R::Error> {
///     MapIo::new(runtime, |io| (io, "counted")).listen(&([127, 0, 0, 1], 0).into()).await
/// }
/// ```
pub struct MapListener<L, F> {
    listener: L,
    map: F,
}

impl<L, F, Io> Listener for MapListener<L, F>
where
    L: Listener,
    F: Fn(L::Io) -> Io,
{
    type Io = Io;
    type Address = L::Address;
    type Error = L::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<Result<(Io, L::Address), L::Error>> {
        self.listener.poll_accept(cx).map_ok(|(io, peer)| ((self.map)(io), peer))
    }

    fn local_addr(&self) -> Result<L::Address, L::Error> {
        self.listener.local_addr()
    }
}

impl<R: fmt::Debug, F> fmt::Debug for MapIo<R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapIo").field("runtime", &self.runtime).finish_non_exhaustive()
    }
}

impl<L: fmt::Debug, F> fmt::Debug for MapListener<L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapListener").field("listener", &self.listener).finish_non_exhaustive()
    }
}
