//! S11, `alan_needs_async_in_traits`: native `async fn`s in traits are neither `Send` where a task needs it nor trait objects,
//! and async-trait, which makes them both, costs a box a call and the time that its proc-macro takes to build.
//!
//! The [`client`] answers at once or on the second poll; [`visit`] has a cleanup. One file for each acceptance point.

mod a11_1_static;
mod a11_2_object;
mod a11_3_send;
mod a11_4_build;
mod a11_5_cancel;

mod client;
mod counted;
mod visit;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S11",
    title: "alan_needs_async_in_traits: Send, trait objects and their price",
    points: &[a11_1_static::POINT, a11_2_object::POINT, a11_3_send::POINT, a11_4_build::POINT, a11_5_cancel::POINT],
    children: &[],
};
