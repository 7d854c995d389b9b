//! [`Source`]: where the chunks come from.

use core::future::pending;

use crate::stories::s3::host::UNREADABLE;

/// Has so many chunks, or fails, or never gives one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// So many chunks.
    Has(u64),
    /// Cannot read this chunk, the first of which is 0.
    Fails(u64),
    /// The first chunk is still to come.
    Waits,
}

impl Source {
    /// How many one may ask for.
    pub(super) const fn chunks(self) -> u64 {
        match self {
            Self::Has(chunks) => chunks,
            Self::Fails(chunk) => chunk + 1,
            Self::Waits => 1,
        }
    }

    /// Waits until the chunk of this number has been read.
    pub(super) async fn read(self, number: u64) -> Result<(), &'static str> {
        match self {
            Self::Fails(chunk) if chunk == number => Err(UNREADABLE),
            Self::Waits => pending().await,
            Self::Has(_) | Self::Fails(_) => Ok(()),
        }
    }
}
