//! [`Paper`]: a disk whose every byte can be looked at, and that may fail.

use std::io;
use std::sync::{Arc, Mutex};

use onpar_kv::Disk;

/// What has been written is there, whatever becomes of who wrote it.
#[derive(Clone, Default)]
pub(crate) struct Paper {
    text: Arc<Mutex<Vec<u8>>>,
    /// It takes so many calls and no more.
    calls: Option<usize>,
}

impl Paper {
    /// There is paper for so many calls.
    pub(crate) fn for_calls(calls: usize) -> Self {
        Self { calls: Some(calls), ..Self::default() }
    }

    pub(crate) fn text(&self) -> Vec<u8> {
        self.text.lock().unwrap().clone()
    }
}

impl Disk for Paper {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(calls) = &mut self.calls {
            *calls = calls.checked_sub(1).ok_or_else(|| io::Error::other("no paper"))?;
        }
        self.text.lock().unwrap().extend_from_slice(bytes);
        Ok(())
    }
}
