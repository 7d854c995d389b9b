//! S9, `niklaus_wants_to_share_knowledge`: a book that teaches async without a runtime to endorse.
//!
//! The book is onpar's chapter for newcomers, whose programs are run as they stand, and on tokio with another first line. That
//! they go on compiling from one release to the next (A9.2) can be shown once there are two.

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
