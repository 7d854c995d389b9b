//! S6, `barbara_makes_their_first_steps_into_async`: an executor to choose before anything else, and a library that blocks.
//!
//! `first.in` is her first program, [`guide`] the chapter that answers her. One file for each acceptance point.

mod a6_1_first_program;
mod a6_2_blocking;
mod a6_3_guide;

mod guide;

pub(crate) use self::guide::programs;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S6",
    title: "barbara_makes_their_first_steps_into_async: which executor, and what of a library that blocks?",
    points: &[a6_1_first_program::POINT, a6_2_blocking::POINT, a6_3_guide::POINT],
    children: &[],
};
