//! The stories, one line each. Adding one is adding its file, and the line that names it here.

mod s1;
mod s10;
mod s11;
mod s2;
mod s3;
mod s4;
mod s5;
mod s6;
mod s7;
mod s8;
mod s9;

use crate::story::Story;

/// All stories, in the order in which they are run.
pub const ALL: &[&Story] = &[
    &s1::STORY,
    &s2::STORY,
    &s3::STORY,
    &s4::STORY,
    &s5::STORY,
    &s6::STORY,
    &s7::STORY,
    &s8::STORY,
    &s9::STORY,
    &s10::STORY,
    &s11::STORY,
];
