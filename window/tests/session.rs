//! The session of the window, without the window, on a virtual clock.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use onpar::iter::{channel, interval};
use onpar::prelude::*;
use onpar_test::{Rt, Sim};
use onpar_window::{Command, View, session};

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("onpar-window-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for temporary files can be written");
        Self(path)
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left = fs::remove_dir_all(&self.0);
    }
}

/// Runs a session whose downloads take a second, and `user` beside it. Gives what was shown, each status once.
async fn run(
    rt: &Rt,
    folder: &Folder,
    user: impl AsyncFnOnce(&onpar::iter::source::Sender<Command>),
) -> Vec<&'static str> {
    let statuses = Rc::new(RefCell::new(vec![""]));
    let view = View::new({
        let statuses = Rc::clone(&statuses);
        move |shown| {
            let mut statuses = statuses.borrow_mut();
            if statuses.last() != Some(&shown.status) {
                statuses.push(shown.status);
            }
        }
    });
    let (sender, commands) = channel(limit!(4));
    let begin = || interval(rt, Duration::from_millis(20)).take(50).map(async |_| Ok(vec![7; 1000]));
    let path = folder.0.join("file");
    local_scope(async |s| {
        let ended = s.spawn(session(rt, &view, commands, begin, &path));
        user(&sender).await;
        ended.await;
    })
    .await;
    drop(view);
    Rc::into_inner(statuses).expect("the view has gone").into_inner()
}

#[test]
fn cancelled_download_is_gone_before_anything_else_is_shown() {
    Sim::check(0..5, async |rt| {
        let folder = Folder::new("cancel");
        let statuses = run(&rt, &folder, async |user| {
            user.send(Command::Load).await.unwrap();
            rt.sleep(Duration::from_millis(200)).await;
            assert_eq!(folder.files(), ["file.part"]);
            user.send(Command::Cancel).await.unwrap();
            rt.sleep(Duration::from_millis(31)).await;
            assert_eq!(folder.files(), [""; 0]);
            user.send(Command::Close).await.unwrap();
        })
        .await;
        assert_eq!(statuses, ["", "loading", "cancelled", "closed"]);
    });
}

#[test]
fn window_that_is_closed_meanwhile_waits_for_the_cleanup() {
    Sim::check(0..5, async |rt| {
        let folder = Folder::new("close");
        let start = rt.now();
        let statuses = run(&rt, &folder, async |user| {
            user.send(Command::Load).await.unwrap();
            rt.sleep(Duration::from_millis(200)).await;
            user.send(Command::Close).await.unwrap();
        })
        .await;
        assert_eq!(rt.now() - start, Duration::from_millis(230));
        assert_eq!(folder.files(), [""; 0]);
        assert_eq!(statuses, ["", "loading", "cancelled", "closed"]);
    });
}

#[test]
fn download_that_ends_is_kept() {
    Sim::check(0..5, async |rt| {
        let folder = Folder::new("whole");
        let statuses = run(&rt, &folder, async |user| {
            user.send(Command::Load).await.unwrap();
            rt.sleep(Duration::from_millis(1500)).await;
            user.send(Command::Close).await.unwrap();
        })
        .await;
        assert_eq!(folder.files(), ["file"]);
        assert_eq!(fs::read(folder.0.join("file")).unwrap().len(), 50_000);
        assert_eq!(statuses, ["", "loading", "complete", "closed"]);
    });
}

#[test]
fn timer_ticks_while_a_download_is_cleaned_up() {
    Sim::check(0..5, async |rt| {
        let folder = Folder::new("ticks");
        let (sender, commands) = channel(limit!(4));
        let view = View::new(|_| {});
        let begin = || interval(&rt, Duration::from_millis(20)).map(async |_| Ok(vec![7; 10]));
        let path = folder.0.join("file");
        local_scope(async |s| {
            let ended = s.spawn(session(&rt, &view, commands, begin, &path));
            sender.send(Command::Load).await.unwrap();
            rt.sleep(Duration::from_millis(95)).await;
            sender.send(Command::Cancel).await.unwrap();
            rt.sleep(Duration::from_millis(10)).await;
            assert_eq!(
                (view.shown().tenths, view.shown().status),
                (1, "loading"),
                "the handler waits; its turn comes after it"
            );
            rt.sleep(Duration::from_millis(25)).await;
            assert_eq!((view.shown().tenths, view.shown().status), (2, "cancelled"));
            sender.send(Command::Close).await.unwrap();
            ended.await;
        })
        .await;
    });
}
