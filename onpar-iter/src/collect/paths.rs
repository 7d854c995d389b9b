//! `OsString` and `PathBuf`, of their parts.

use alloc::borrow::Cow;
use core::ops::ControlFlow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::FromStream;

macro_rules! os_strings {
    ($($Part:ty),+) => {$(
        impl FromStream<$Part> for OsString {
            type SoFar = Self;

            fn start(_: (usize, Option<usize>)) -> Self {
                Self::new()
            }

            #[inline]
            fn add(so_far: &mut Self, part: $Part) -> ControlFlow<()> {
                so_far.push(part);
                ControlFlow::Continue(())
            }

            fn finish(so_far: Self) -> Self {
                so_far
            }
        }
    )+};
}

os_strings!(OsString, &OsStr, Cow<'_, OsStr>);

impl<P: AsRef<Path>> FromStream<P> for PathBuf {
    type SoFar = Self;

    fn start(_: (usize, Option<usize>)) -> Self {
        Self::new()
    }

    #[inline]
    fn add(so_far: &mut Self, part: P) -> ControlFlow<()> {
        so_far.push(part);
        ControlFlow::Continue(())
    }

    fn finish(so_far: Self) -> Self {
        so_far
    }
}
