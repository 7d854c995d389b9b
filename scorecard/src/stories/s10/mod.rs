//! S10, `barbara_plays_with_async`: timers that are awaited one by one, and what it takes to await them together.
//!
//! [`program`] is Barbara's last program as she writes it with onpar, [`boxed`] as she writes it with stock tools, and
//! [`sequential`] what she tries first. One file for each acceptance point.

mod a10_1_lateness;
mod a10_2_plain_source;
mod a10_3_closures;
mod a10_4_not_awaited;

mod boxed;
mod program;
mod sequential;

mod screen;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S10",
    title: "barbara_plays_with_async: one by one, or boxed, pinned and moved",
    points: &[a10_1_lateness::POINT, a10_2_plain_source::POINT, a10_3_closures::POINT, a10_4_not_awaited::POINT],
    children: &[],
};
