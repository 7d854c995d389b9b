//! [`ErasedListen`]: what waits for streams, without its type.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::net::SocketAddr;

use super::BoxFuture;
use crate::{Listen, Listener};

/// A [`Listener`] without its type.
///
/// # Examples
///
/// ```
/// use onpar_core::{BoxListener, Listener};
///
/// async fn first<Io>(mut listener: BoxListener<Io, std::io::Error>) -> std::io::Result<Io> {
///     Ok(listener.accept().await?.0)
/// }
/// ```
pub type BoxListener<Io, Error, P = SocketAddr> = Box<dyn Listener<Io = Io, Address = P, Error = Error> + Send>;

/// A [`Listen`] without its type. Every one has it that may move between threads, and whose futures and listeners may.
///
/// `&dyn ErasedListen<Io, Error>` and `Arc<dyn ErasedListen<Io, Error>>` are `Listen`; `A` is what they listen at, and `P`
/// what they tell of the other end. [`MapIo`](super::MapIo) turns the streams of any runtime into an `Io` of your choice.
/// Each listener costs two allocations, and a stream none.
///
/// # Examples
///
/// ```
/// use std::io::Error;
/// use std::net::SocketAddr;
/// use onpar_core::{ErasedListen, Listen, Listener};
///
/// async fn first<Io: 'static>(network: &dyn ErasedListen<Io, Error>, at: SocketAddr) -> Result<Io, Error> {
///     Ok(network.listen(&at).await?.accept().await?.0)
/// }
/// ```
pub trait ErasedListen<Io, Error, A: ?Sized = SocketAddr, P = SocketAddr>: Send + Sync {
    /// [`Listen::listen`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up; nothing is left open.
    #[doc(hidden)]
    fn erased_listen(&self, address: &A) -> BoxFuture<Result<BoxListener<Io, Error, P>, Error>>;
}

impl<L, Io, Error, A, P> ErasedListen<Io, Error, A, P> for L
where
    L: Listen<A, Error = Error, Listening: Send + 'static> + Send + Sync,
    L::Listener: Listener<Io = Io, Address = P, Error = Error> + Send + 'static,
    A: ?Sized,
{
    fn erased_listen(&self, address: &A) -> BoxFuture<Result<BoxListener<Io, Error, P>, Error>> {
        let listening = self.listen(address);
        Box::pin(async move {
            match listening.await {
                Ok(listener) => Ok(Box::new(listener) as BoxListener<Io, Error, P>),
                Err(error) => Err(error),
            }
        })
    }
}

macro_rules! listen_behind {
    ($Pointer:ty) => {
        impl<Io, Error, A: ?Sized, P> Listen<A> for $Pointer
        where
            Io: 'static,
            Error: 'static,
            P: 'static,
        {
            type Listener = BoxListener<Io, Error, P>;
            type Error = Error;
            type Listening = BoxFuture<Result<BoxListener<Io, Error, P>, Error>>;

            fn listen(&self, address: &A) -> Self::Listening {
                (**self).erased_listen(address)
            }
        }
    };
}

listen_behind!(&(dyn ErasedListen<Io, Error, A, P> + '_));
listen_behind!(Arc<dyn ErasedListen<Io, Error, A, P> + '_>);
