//! [`Output`]: a file that is there when it is complete, and not before.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use onpar::prelude::*;
use tokio::fs::{self, File};
use tokio::io::{AsyncWriteExt as _, BufWriter};

/// Written beside its place, and put there when it is closed. Whatever else ends it removes it.
pub(crate) struct Output {
    part: PathBuf,
    place: PathBuf,
    file: BufWriter<File>,
}

impl Output {
    pub(crate) async fn create(place: &Path) -> Result<Self> {
        let part = place.with_added_extension("part");
        let file = File::create(&part).await.with_context(|| format!("cannot write `{}`", part.display()))?;
        Ok(Self { part, place: place.to_owned(), file: BufWriter::new(file) })
    }

    pub(crate) async fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.write_all(text.as_bytes()).await
    }
}

impl AsyncDrop for Output {
    type Error = io::Error;

    async fn async_drop(mut self, reason: ExitReason) -> io::Result<()> {
        if reason != ExitReason::Closed {
            drop(self.file);
            return fs::remove_file(&self.part).await;
        }
        self.file.flush().await?;
        self.file.get_ref().sync_all().await?;
        fs::rename(&self.part, &self.place).await
    }
}
