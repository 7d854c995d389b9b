//! S4, `barbara_battles_buffered_streams`: a future that nobody polls holds up everyone.
//!
//! Rows are claimed from a queue, selected from a database, and processed one at a time: the [`work`]. The [`program`] is
//! written with futures-rs ([`stock`]), with its [`peers`], and with [`onpar`]. One file for each acceptance point.

mod a4_1_each_its_time;
mod a4_2_lock;
mod a4_3_futurelock;
mod a4_4_early_end;
mod a4_5_limit_of_zero;
mod a4_6_no_snooze;

mod program;

mod onpar;
mod peers;
mod stock;

mod level;
mod work;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S4",
    title: "barbara_battles_buffered_streams: a future that nobody polls holds up everyone",
    points: &[
        a4_1_each_its_time::POINT,
        a4_2_lock::POINT,
        a4_3_futurelock::POINT,
        a4_4_early_end::POINT,
        a4_5_limit_of_zero::POINT,
        a4_6_no_snooze::POINT,
    ],
    children: &[],
};
