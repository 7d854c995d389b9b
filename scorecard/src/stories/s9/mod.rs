//! S9, `niklaus_wants_to_share_knowledge`: a book that teaches async without a runtime to endorse.
//!
//! The book is onpar's chapter for newcomers, whose programs are run as they stand, and on tokio with another first line.
//!
//! One point has no row: that the programs go on compiling on the oldest and on the newest release of one major version (A9.2). Of
//! onpar there is no release yet, so the two would be one and the same, and a row would pass whatever the next one breaks. With the
//! first release its chapter is to be kept here, and its programs to be run beside those of the newest.

mod a9_1_one_crate;
mod a9_3_no_runtime;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S9",
    title: "niklaus_wants_to_share_knowledge: a book of async, without a runtime to endorse",
    points: &[a9_1_one_crate::POINT, a9_3_no_runtime::POINT],
    children: &[],
};
