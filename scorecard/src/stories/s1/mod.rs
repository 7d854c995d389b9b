//! S1, `alan_finds_database_drops_hard`: closing a connection needs `.await`, and `Drop` cannot.
//!
//! The [`server`] allows one connection. A stock connection ([`stock`]) closes itself as people do it today, onpar's
//! ([`onpar`]) by a guard. One file for each acceptance point.

mod a1_1_timeout;

mod onpar;
mod server;
mod stock;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story =
    Story { name: "S1", title: "alan_finds_database_drops_hard", points: &[a1_1_timeout::POINT], children: &[] };
