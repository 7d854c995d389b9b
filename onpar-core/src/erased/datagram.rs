//! [`ErasedDatagram`]: what opens sockets for packets, without its type.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::net::SocketAddr;

use super::BoxFuture;
use crate::{Datagram, DatagramSocket};

/// A [`DatagramSocket`] without its type.
///
/// # Examples
///
/// ```
/// use onpar_core::{BoxDatagramSocket, DatagramSocket};
///
/// async fn receive(socket: BoxDatagramSocket<std::io::Error>) -> std::io::Result<usize> {
///     Ok(socket.recv_from(&mut [0; 1500]).await?.0)
/// }
/// ```
pub type BoxDatagramSocket<Error, P = SocketAddr> = Box<dyn DatagramSocket<Address = P, Error = Error> + Send + Sync>;

/// A [`Datagram`] without its type. Every one has it that may move between threads, and whose futures and sockets may.
///
/// `&dyn ErasedDatagram<Error>` and `Arc<dyn ErasedDatagram<Error>>` are `Datagram`; `A` is what sockets are bound to, and
/// `P` where packets come from. Each socket costs two allocations, and a packet none.
///
/// # Examples
///
/// ```
/// use std::io::Error;
/// use onpar_core::{Datagram, DatagramSocket, ErasedDatagram};
///
/// async fn free_port(network: &dyn ErasedDatagram<Error>) -> Result<u16, Error> {
///     let socket = network.bind_datagram(&([127, 0, 0, 1], 0).into()).await?;
///     Ok(socket.local_addr()?.port())
/// }
/// ```
pub trait ErasedDatagram<Error, A: ?Sized = SocketAddr, P = SocketAddr>: Send + Sync {
    /// [`Datagram::bind_datagram`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up; nothing is left open.
    #[doc(hidden)]
    fn erased_bind_datagram(&self, address: &A) -> BoxFuture<Result<BoxDatagramSocket<Error, P>, Error>>;
}

impl<D, Error, A, P> ErasedDatagram<Error, A, P> for D
where
    D: Datagram<A, Error = Error, Binding: Send + 'static> + Send + Sync,
    D::Socket: DatagramSocket<Address = P, Error = Error> + Send + Sync + 'static,
    A: ?Sized,
{
    fn erased_bind_datagram(&self, address: &A) -> BoxFuture<Result<BoxDatagramSocket<Error, P>, Error>> {
        let binding = self.bind_datagram(address);
        Box::pin(async move {
            match binding.await {
                Ok(socket) => Ok(Box::new(socket) as BoxDatagramSocket<Error, P>),
                Err(error) => Err(error),
            }
        })
    }
}

macro_rules! datagram_behind {
    ($Pointer:ty) => {
        impl<Error: 'static, A: ?Sized, P: 'static> Datagram<A> for $Pointer {
            type Socket = BoxDatagramSocket<Error, P>;
            type Error = Error;
            type Binding = BoxFuture<Result<BoxDatagramSocket<Error, P>, Error>>;

            fn bind_datagram(&self, address: &A) -> Self::Binding {
                (**self).erased_bind_datagram(address)
            }
        }
    };
}

datagram_behind!(&(dyn ErasedDatagram<Error, A, P> + '_));
datagram_behind!(Arc<dyn ErasedDatagram<Error, A, P> + '_>);
