//! The scorecard: every story twice, with stock tools and with onpar, measured in the same run.
//!
//! ```text
//! cargo run --release -p scorecard                   # everything
//! cargo run --release -p scorecard -- --only A1.3    # one point, or one story; may be repeated
//! cargo run --release -p scorecard -- --list         # what there is
//! cargo run --release -p scorecard -- --json         # an array of objects
//! ```
//!
//! A row passes if onpar never goes wrong and the stock tools do; a baseline that goes right fails its row, since such a
//! row shows nothing. A peer that gets a point right has a row too, which fails should it ever not. The library is there for
//! the tests, which run each row by itself.
//!
//! Every point of every story has a row, but for one, A9.2, which is about releases and waits for the first: see `stories/s9`.
//!
//! [`story`] says what a story is made of, [`stories`] has them; [`row`] runs them, on an [`executor`], and gives what was
//! [`measured`]. [`child`] is for programs that end their process, [`reports`] for what onpar's hook is told,
//! [`selection`] and [`table`] for the command line.
#![forbid(unsafe_code)]

extern crate alloc;

pub mod stories;

pub mod row;
pub mod story;

pub mod executor;

mod cargo;
pub mod child;
pub mod measured;
pub mod reports;
pub mod silence;

pub mod selection;
pub mod table;
