//! What is forgotten half-way in an arena stays where it is: others may know it by its address.

use core::cell::{Cell, RefCell};
use core::future::pending;
use core::mem;
use core::pin::{Pin, pin};
use std::env;
use std::process::{Command, Stdio};

use onpar_scope::{Arena, scope_in};
use onpar_test::ByHand;

type Small = Arena<1024>;

/// Polls a future once, and forgets it.
fn forget(future: impl Future) {
    let mut task = ByHand::new(future);
    assert!(task.poll().is_pending());
    mem::forget(task);
}

/// How many children the arena has room for, and where they are pinned.
fn places(arena: Pin<&mut Small>) -> Vec<usize> {
    let places = RefCell::new(vec![]);
    let all = scope_in(arena, async |s| {
        let child = || async {
            let here = Cell::new(0_u8);
            places.borrow_mut().push((&raw const here).addr());
            pending::<()>().await;
            here.set(1);
        };
        while let Ok(child) = s.spawn(child()) {
            drop(child);
        }
        pending::<()>().await;
    });
    assert!(ByHand::new(all).poll().is_pending());
    places.into_inner()
}

/// Forgets a scope with a child that has begun, and gives the child's place.
fn forget_a_child(arena: Pin<&mut Small>) -> usize {
    let place = Cell::new(0);
    forget(scope_in(arena, async |s| {
        let _child = s.spawn(async {
            let here = Cell::new(0_u8);
            place.set((&raw const here).addr());
            pending::<()>().await;
            here.set(1);
        });
        pending::<()>().await;
    }));
    place.get()
}

/// Whether what `work` does in a process of its own, which runs this one test, ends it by an abort of an arena.
fn aborts(test: &str, work: impl FnOnce()) -> bool {
    const VARIABLE: &str = "ONPAR_FORGETS";
    if env::var_os(VARIABLE).is_some() {
        work();
        std::process::exit(0);
    }
    let program = env::current_exe().expect("this program has a place");
    let output = Command::new(program)
        .args(["--exact", test, "--nocapture"])
        .env(VARIABLE, "1")
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .stdin(Stdio::null())
        .output()
        .expect("this program runs again");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(!output.status.success(), words.contains("an arena was dropped in which"), "{words}");
    !output.status.success()
}

#[test]
fn a_child_that_was_forgotten_keeps_its_place() {
    // Leaked, for it must not be dropped.
    let mut arena = Box::leak(Box::new(Small::new())).pinned();
    let before = places(arena.as_mut());
    let forgotten = forget_a_child(arena.as_mut());
    assert!(before.contains(&forgotten), "it would have been given out again");
    let after = places(arena.as_mut());
    assert!(!after.contains(&forgotten));
    assert_eq!(after.len(), before.len() - 1);
}

#[test]
fn an_arena_dropped_with_a_forgotten_child_aborts() {
    assert!(aborts("forgotten::an_arena_dropped_with_a_forgotten_child_aborts", || {
        forget_a_child(pin!(Small::new()));
    }));
}

#[test]
fn an_arena_dropped_with_a_forgotten_cleanup_that_had_begun_aborts() {
    assert!(aborts("forgotten::an_arena_dropped_with_a_forgotten_cleanup_that_had_begun_aborts", || {
        let arena = pin!(Small::new());
        let work = scope_in(arena, async |s| {
            forget(s.defer((), async |()| pending::<()>().await).expect("there is room").close());
        });
        ByHand::new(work).finish();
    }));
}

#[test]
fn an_arena_dropped_after_whatever_had_not_begun_was_forgotten_does_not() {
    assert!(!aborts("forgotten::an_arena_dropped_after_whatever_had_not_begun_was_forgotten_does_not", || {
        let mut arena = pin!(Small::new());
        mem::forget(scope_in(arena.as_mut(), async |s| drop(s.spawn(pending::<()>()))));
        forget(scope_in(arena.as_mut(), async |s| {
            let guard = s.defer((), async |()| pending::<()>().await).expect("there is room");
            mem::forget(s.defer((), async |()| pending::<()>().await).expect("there is room").close());
            mem::forget(guard);
            mem::forget(s.spawn(async {}));
            pending::<()>().await;
        }));
        let room = places(arena.as_mut()).len();
        assert_eq!(room, places(pin!(Small::new())).len());
    }));
}

#[test]
fn whatever_ends_or_is_dropped_counts_no_more() {
    assert!(!aborts("forgotten::whatever_ends_or_is_dropped_counts_no_more", || {
        let mut arena = pin!(Small::new());
        for polls in 0..4 {
            let work = scope_in(arena.as_mut(), async |s| {
                drop(s.spawn(async {}));
                drop(s.spawn(pending::<()>()));
                drop(s.defer((), async |()| pending::<()>().await));
                let closing = s.defer((), async |()| pending::<()>().await).expect("there is room").close();
                drop(s.scope(async |s| drop(s.spawn(pending::<()>()))));
                closing.await;
            });
            let mut work = ByHand::new(work);
            for _ in 0..polls {
                assert!(work.poll().is_pending());
            }
        }
    }));
}
