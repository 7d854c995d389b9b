//! S4, `barbara_battles_buffered_streams`: a future that nobody polls holds up everyone.

mod a4_3_futurelock;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S4",
    title: "barbara_battles_buffered_streams: a future that nobody polls holds up everyone",
    points: &[a4_3_futurelock::POINT],
    children: &[],
};
