//! S3, `aws_engineer/solving_a_deadlock`: one body goes to several hosts, and the requests do nothing until they are polled.
//!
//! A [`Host`](host::Host) takes [`Chunk`](chunk::Chunk)s through a channel of one place. The program is written with stock
//! tools ([`stock`]), with [`moro`](self::moro), and with [`onpar`]. One file for each acceptance point.

mod a3_1_many_chunks;
mod a3_2_root_cause;
mod a3_3_early_return;
mod a3_4_same_poll;
mod a3_5_panic;

mod tools;

mod moro;
mod onpar;
mod stock;

mod chunk;
mod host;
mod source;

use crate::story::Story;

/// The story.
pub(super) const STORY: Story = Story {
    name: "S3",
    title: "solving_a_deadlock: requests that nobody polls, errors that hide their cause",
    points: &[
        a3_1_many_chunks::POINT,
        a3_2_root_cause::POINT,
        a3_3_early_return::POINT,
        a3_4_same_poll::POINT,
        a3_5_panic::POINT,
    ],
    children: &a3_5_panic::CHILDREN,
};
