//! [`Part`]: a file that is being downloaded, and is either whole in the end or not there at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use onpar::prelude::*;

pub(crate) struct Part<C> {
    clock: C,
    file: File,
    path: PathBuf,
}

impl<C: Clock> Part<C> {
    /// Begins the file, under another name than the one that it shall have.
    pub(crate) fn create(clock: C, path: PathBuf) -> io::Result<Self> {
        let file = File::create(path.with_extension("part"))?;
        Ok(Self { clock, file, path })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }
}

/// Closed, the file gets its name. Dropped for any other reason, it is removed, which takes a moment.
impl<C: Clock + 'static> LocalAsyncDrop for Part<C> {
    type Error = io::Error;

    async fn async_drop(self, reason: ExitReason) -> io::Result<()> {
        let Self { clock, file, path } = self;
        drop(file);
        let part = path.with_extension("part");
        if let ExitReason::Closed = reason {
            return fs::rename(part, path);
        }
        clock.sleep(Duration::from_millis(30)).await;
        fs::remove_file(part)
    }
}
