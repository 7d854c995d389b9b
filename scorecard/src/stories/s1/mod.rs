//! S1, `alan_finds_database_drops_hard`: closing a connection needs `.await`, and `Drop` cannot.
//!
//! The [`server`] allows one connection. A stock connection ([`stock`]) closes itself as people do it today, onpar's
//! ([`onpar`]) by a guard. One file for each acceptance point, or one folder where there are several programs.

mod a1_1_timeout;
mod a1_2_foreign_cancel;
mod a1_3_exit_paths;
mod a1_4_not_blocked;
mod a1_5_cleanup_error;
mod a1_6_budget;
mod a1_7_hard_drop;
mod a1_8_forget;

mod onpar;
mod stock;

mod log;
mod server;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S1",
    title: "alan_finds_database_drops_hard: closing needs `.await`, and `Drop` cannot",
    points: &[
        a1_1_timeout::POINT,
        a1_2_foreign_cancel::POINT,
        a1_3_exit_paths::POINT,
        a1_4_not_blocked::POINT,
        a1_5_cleanup_error::POINT,
        a1_6_budget::POINT,
        a1_7_hard_drop::POINT,
        a1_8_forget::POINT,
    ],
    children: &[
        a1_3_exit_paths::ASYNC_DROPPER,
        a1_3_exit_paths::ONPAR,
        a1_8_forget::CURRENT_THREAD,
        a1_8_forget::MULTI_THREAD,
        a1_8_forget::FOREIGN,
    ],
};
