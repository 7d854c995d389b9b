//! The stories, one line each. Adding one is adding its file, and the line that names it here.

mod s1;
mod s2;

use crate::story::Story;

/// All stories, in the order in which they are run.
pub const ALL: &[&Story] = &[&s1::STORY, &s2::STORY];
