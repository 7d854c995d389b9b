//! [`Folder`]: a folder of a test's own, for sockets of Unix, removed at its end.

use std::path::{Path, PathBuf};

pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new folder whose name has `name` in it. Short: the path of a socket has room for about a hundred bytes.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("onpar-{name}-{}", std::process::id()));
        // A process of that number may have been killed, and have left its own.
        let _none = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for temporary files can be written");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.0);
    }
}
