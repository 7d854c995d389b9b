//! S8, `barbara_writes_a_runtime_agnostic_lib`: no common traits, so a library is written for one runtime.
//!
//! [`unknown`] is a runtime that neither onpar nor the library has heard of; the library is `examples/slow-proto`, which
//! [`echo`] drives. One file for each acceptance point.

mod a8_1_no_runtime;
mod a8_2_any_runtime;
mod a8_3_timers;
mod a8_4_reads;
mod a8_5_own_tests;

mod echo;
mod unknown;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S8",
    title: "barbara_writes_a_runtime_agnostic_lib: one runtime's traits, and a thread for each timer elsewhere",
    points: &[
        a8_1_no_runtime::POINT,
        a8_2_any_runtime::POINT,
        a8_3_timers::POINT,
        a8_4_reads::POINT,
        a8_5_own_tests::POINT,
    ],
    children: &[],
};
