//! A window: a timer, a download that can be cancelled, and an end that waits for the cleanup.
//!
//! ```text
//! cargo run                  # Enter loads, Escape cancels; close the window when you like
//! cargo run -- --demo        # does all of that by itself
//! ```
//!
//! Winit has the thread. What it needs of a runtime is one function that wakes its loop, so everything else is tasks: the
//! session, and the server that it loads from, which is within this program.
#![forbid(unsafe_code)]

mod app;

mod paint;
mod server;

use std::path::PathBuf;
use std::time::Duration;

use onpar::iter::channel;
use onpar::prelude::*;
use onpar::rt::main_loop::MainLoop;
use onpar_window::Command;
use winit::event_loop::{ControlFlow, EventLoop};

use crate::app::{App, Happened};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let demo = std::env::args().any(|argument| argument == "--demo");
    let event_loop = EventLoop::<Happened>::with_user_event().build()?;
    event_loop.set_control_flow(ControlFlow::Wait);
    // The one thing that the runtime needs of the loop.
    let proxy = event_loop.create_proxy();
    let main_loop = MainLoop::new(move || drop(proxy.send_event(Happened::TasksAreReady)))?;

    let rt = main_loop.runtime();
    let (sender, commands) = channel(limit!(8));
    if demo {
        let (rt, sender, proxy) = (rt.clone(), sender.clone(), event_loop.create_proxy());
        drop(main_loop.runtime().spawn_local(async move {
            for command in [Command::Load, Command::Cancel, Command::Load] {
                rt.sleep(Duration::from_millis(300)).await;
                let _sent = sender.send(command).await;
            }
            rt.sleep(Duration::from_millis(300)).await;
            drop(proxy.send_event(Happened::UserCloses));
        }));
    }
    let folder = Folder::new()?;
    let mut app = App::new(main_loop, sender, commands, folder.0.join("file"));
    event_loop.run_app(&mut app)?;
    let left = std::fs::read_dir(&folder.0)?.count();
    println!("painted {} times; files left: {left}", app.painted());
    Ok(())
}

/// Where the download goes, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("onpar-window-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.0);
    }
}
