//! S2, `barbara_gets_burned_by_select`: `select!` in a loop drops what its slower arm has done, and it is the arrival of
//! data that does it.
//!
//! The [`loader`] reads rows and sends their items on; packets arrive meanwhile. One file for each acceptance point.

mod a2_1_packet;
mod a2_2_every_poll;
mod a2_3_shared_state;
mod a2_4_lock;
mod a2_5_no_snooze;

mod loader;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S2",
    title: "barbara_gets_burned_by_select: data that arrives cancels what was under way",
    points: &[
        a2_1_packet::POINT,
        a2_2_every_poll::POINT,
        a2_3_shared_state::POINT,
        a2_4_lock::POINT,
        a2_5_no_snooze::POINT,
    ],
    children: &[],
};
