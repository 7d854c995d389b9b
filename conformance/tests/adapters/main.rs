//! Every adapter keeps what the traits promise; and what each check looks for, it finds in a runtime that is broken there.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

#[cfg(unix)]
mod compio_0_19;
mod echo;
mod embassy_0_10;
mod erased;
mod folder;
mod local;
mod main_loop;
mod sim;
mod smol_2;
mod tokio_1;
