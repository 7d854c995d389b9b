//! S7, `barbara_wishes_for_easy_runtime_switch`: macros, traits, timers and dependencies tie a program to tokio, and a layer
//! between costs.
//!
//! One file for each acceptance point. What a layer costs in time, the benches show, where instructions are counted.

mod a7_1_one_line;
mod a7_2_allocations;
mod a7_3_bridge;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S7",
    title: "barbara_wishes_for_easy_runtime_switch: tied to tokio, or a layer that costs",
    points: &[a7_1_one_line::POINT, a7_2_allocations::POINT, a7_3_bridge::POINT],
    children: &[],
};
