//! Every error of the family is passed on by `?` as `Box<dyn Error + Send + Sync>`, and so by the crates that build on that.
//!
//! The table has each type for which the sources implement `Error`: one that is missing in it is found.

use alloc::collections::BTreeSet;
use core::error::Error;
use core::iter::once;
use std::fs;
use std::path::{Path, PathBuf};

use onpar::iter::adapt::TryChunksError;
use onpar::iter::consume::{AllEqualValueError, AtMostOneError, ExactlyOneError};
use onpar::iter::share::Missed;
use onpar::iter::source::{SendError, TryRecvError, TrySendError};
use onpar::rt::tokio_1::NoRuntime;
use onpar::{
    ArrayError, Cancelled, CleanupError, CleanupErrors, Elapsed, Failure, Full, JoinError, NoRoom, Outcome, TupleError,
    VecError,
};
use onpar_test::{Nonconforming, SimError};

/// The error of some program.
type Own = std::io::Error;

macro_rules! errors {
    ($($Name:ident $(<$($Argument:ty),* $(; $count:literal)?>)?),* $(,)?) => {
        const _: fn() = || {
            fn is_passed_on<E: Error + Send + Sync + 'static>() {}
            $(is_passed_on::<$Name $(<$($Argument),* $(, $count)?>)?>();)*
        };
        const ERRORS: &[&str] = &[$(stringify!($Name)),*];
    };
}

errors! {
    AllEqualValueError<u8>, ArrayError<Own; 2>, AtMostOneError<u8>, Cancelled, CleanupError, CleanupErrors, Elapsed,
    ExactlyOneError<u8>, Failure<Own>, Full<u8>, JoinError, Missed, NoRoom<u8>, NoRuntime, Nonconforming, Outcome<Own>,
    SendError<u8>, SimError, TryChunksError<u8, Own>, TryRecvError, TrySendError<u8>, TupleError<(Option<Own>,)>,
    VecError<Own>,
}

/// The crates of the family that have errors. A proc macro has none that anybody sees, and generated code those of its user.
const CRATES: [&str; 5] = ["onpar-core", "onpar-iter", "onpar-rt", "onpar-scope", "onpar-test"];

#[test]
fn no_error_of_the_family_is_missing_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = CRATES.iter().flat_map(|name| files(root.join(name).join("src")));
    let texts = sources.map(|path| fs::read_to_string(path).unwrap());
    let found: BTreeSet<_> = texts.flat_map(|text| errors_in(&text)).collect();
    let known: BTreeSet<_> = ERRORS.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(found, known);
}

/// The names of the types for which the file implements `Error`.
fn errors_in(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim_start).filter(|line| line.starts_with("impl"));
    let types = lines.filter_map(|line| line.split_once("Error for ")).filter(|(head, _)| {
        // Not of a trait whose name ends like that.
        head.ends_with([' ', ':'])
    });
    types.map(|(_, rest)| rest.chars().take_while(|c| c.is_alphanumeric()).collect()).collect()
}

fn files(path: PathBuf) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path];
    }
    let entries = fs::read_dir(&path).expect("it is a folder").map(|entry| entry.expect("it can be read").path());
    entries.flat_map(|entry| if entry.is_file() { once(entry).collect() } else { files(entry) }).collect()
}
