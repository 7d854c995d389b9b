//! [`ErasedConnect`]: what opens streams, without its type.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::net::SocketAddr;

use super::BoxFuture;
use crate::Connect;

/// A [`Connect`] without its type. Every one has it that may move between threads, and whose futures may.
///
/// `&dyn ErasedConnect<Io, Error>` and `Arc<dyn ErasedConnect<Io, Error>>` are `Connect`. [`MapIo`](super::MapIo) turns the
/// streams of any runtime into an `Io` of your choice. Each stream costs one allocation.
///
/// # Examples
///
/// ```
/// use std::io::Error;
/// use std::net::SocketAddr;
/// use std::sync::Arc;
/// use onpar_core::{Connect, ErasedConnect};
///
/// struct Client<Io> {
///     network: Arc<dyn ErasedConnect<Io, Error>>,
/// }
///
/// impl<Io: 'static> Client<Io> {
///     async fn open(&self, server: SocketAddr) -> Result<Io, Error> {
///         self.network.connect(&server).await
///     }
/// }
/// ```
pub trait ErasedConnect<Io, Error, A: ?Sized = SocketAddr>: Send + Sync {
    /// [`Connect::connect`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up; nothing is left open.
    #[doc(hidden)]
    fn erased_connect(&self, address: &A) -> BoxFuture<Result<Io, Error>>;
}

impl<C, Io, Error, A> ErasedConnect<Io, Error, A> for C
where
    C: Connect<A, Io = Io, Error = Error, Connecting: Send + 'static> + Send + Sync,
    A: ?Sized,
{
    fn erased_connect(&self, address: &A) -> BoxFuture<Result<Io, Error>> {
        Box::pin(self.connect(address))
    }
}

macro_rules! connect_behind {
    ($Pointer:ty) => {
        impl<Io, Error, A: ?Sized> Connect<A> for $Pointer {
            type Io = Io;
            type Error = Error;
            type Connecting = BoxFuture<Result<Io, Error>>;

            fn connect(&self, address: &A) -> Self::Connecting {
                (**self).erased_connect(address)
            }
        }
    };
}

connect_behind!(&(dyn ErasedConnect<Io, Error, A> + '_));
connect_behind!(Arc<dyn ErasedConnect<Io, Error, A> + '_>);
