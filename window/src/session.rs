//! [`session`]: from the opening of the window to its end.

use std::io;
use std::ops::ControlFlow::{Break, Continue};
use std::path::Path;
use std::time::Duration;

use onpar::LocalChild;
use onpar::iter::interval;
use onpar::prelude::*;

use crate::download::download;
use crate::view::View;

/// What the user wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Load, from the beginning if need be.
    Load,
    /// Do not load.
    Cancel,
    /// Close the window.
    Close,
}

/// Serves `commands` until one is to close, and keeps the view. Each download comes from `begin`, and goes to `path`.
///
/// When it has ended, nothing is under way any more: a download that was is cancelled, and its file removed.
///
/// # Cancel safety
///
/// Dropped, it drops the download; nobody then waits until its file has been removed, if there is no scope around it.
pub async fn session<C, D>(
    clock: &C,
    view: &View,
    commands: impl Stream<Item = Command>,
    begin: impl Fn() -> D,
    path: &Path,
) where
    C: Clock + 'static,
    D: Stream<Item = io::Result<Vec<u8>>>,
{
    local_scope(async |s| {
        let mut loading = None;
        let _closed = events(&mut loading)
            .on(commands, async |loading, command| {
                if let Some(child) = Option::take(loading)
                    && LocalChild::cancel(child).await.is_none()
                {
                    view.change(|shown| shown.status = "cancelled"); // its file has been removed by now
                }
                match command {
                    Command::Load => *loading = Some(s.spawn(download(clock, view, begin(), path.to_owned()))),
                    Command::Cancel => {}
                    Command::Close => return Break(()),
                }
                Continue(())
            })
            .on(interval(clock, Duration::from_millis(100)), async |_, _| view.change(|shown| shown.tenths += 1))
            .await;
    })
    .await;
    view.change(|shown| shown.status = "closed");
}
