//! Erased capabilities: what a library holds that does not want a type parameter.
//!
//! Each capability has a twin that can be made into a `dyn`, and that every value with the capability has by itself. A
//! `&dyn ErasedClock` and an `Arc<dyn ErasedClock>` are [`Clock`](crate::Clock)s again; so it is with the others. Cleaner
//! code asks for the trait; erased, one type serves every runtime, and costs one allocation for each sleep, stream, socket
//! or call, and two more for each task.
//!
//! ```
//! use std::sync::Arc;
//! use std::time::Duration;
//! use onpar_core::{Clock, ErasedClock, ErasedSpawn, Spawn};
//!
//! /// Knows nothing of runtimes, and has no parameter.
//! struct Cache {
//!     clock: Arc<dyn ErasedClock>,
//!     spawner: Arc<dyn ErasedSpawn>,
//! }
//!
//! impl Cache {
//!     fn new<R>(runtime: R) -> Self
//!     where
//!         R: Clock<Sleep: Send + 'static> + Spawn + Send + Sync + 'static,
//!     {
//!         Self { clock: Arc::new(runtime.clone()), spawner: Arc::new(runtime) }
//!     }
//!
//!     fn forget_later(&self) {
//!         let clock = Arc::clone(&self.clock);
//!         drop(self.spawner.spawn(async move { clock.sleep(Duration::from_secs(60)).await }));
//!     }
//! }
//! ```
//!
//! A stream is not erased with its runtime, since this crate names no trait for what is left of it. [`MapIo`] turns a
//! runtime's streams into the type of your choice, e.g. a boxed one, before the runtime is erased.

mod blocking;
mod clock;
mod connect;
mod datagram;
mod listen;
mod map_io;
mod spawn;

pub use self::blocking::ErasedBlocking;
pub use self::clock::{ErasedClock, ErasedSleep};
pub use self::connect::ErasedConnect;
pub use self::datagram::{BoxDatagramSocket, ErasedDatagram};
pub use self::listen::{BoxListener, ErasedListen};
pub use self::map_io::{MapConnecting, MapIo, MapListener, MapListening};
pub use self::spawn::{ErasedLocalTask, ErasedSpawn, ErasedSpawnLocal, ErasedTask};

use alloc::boxed::Box;
use core::pin::Pin;

/// A future on the heap, which may move between threads.
type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
