//! [`Connection`]: what the cases clean up. Its cleanup does next to nothing, so that what is around it shows.

use core::convert::Infallible;
use core::hint::black_box;

use onpar_core::{AsyncDrop, ExitReason};

/// Something that has to be closed.
#[derive(Debug)]
pub(crate) struct Connection(pub(crate) u64);

impl Connection {
    /// A connection whose number the compiler does not know.
    pub(crate) fn open(number: u64) -> Self {
        Self(black_box(number))
    }

    /// Uses it.
    #[expect(clippy::unused_async, reason = "as the query of a real connection")]
    pub(crate) async fn query(&mut self) -> u64 {
        self.0 += 1;
        black_box(self.0)
    }
}

impl AsyncDrop for Connection {
    type Error = Infallible;

    async fn async_drop(self, reason: ExitReason) -> Result<(), Infallible> {
        black_box((self.0, reason));
        Ok(())
    }
}
