//! S5, `alan_started_trusting_the_rust_compiler_but_then_async`: what compiles panics, for want of a runtime around it.
//!
//! That no public function of onpar does, `conformance/tests/anywhere` shows, whose list of them is made from the sources. One
//! file for each acceptance point.

mod a5_1_anywhere;
mod a5_2_refused;
mod a5_3_bridge;
mod a5_4_slow_polls;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S5",
    title: "alan_started_trusting_the_rust_compiler: it compiles, and panics for want of a runtime",
    points: &[a5_1_anywhere::POINT, a5_2_refused::POINT, a5_3_bridge::POINT, a5_4_slow_polls::POINT],
    children: a5_4_slow_polls::CHILDREN,
};
