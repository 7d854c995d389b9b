//! Event loops that lose nothing: [`events()`](crate::events()), and the types that it is made of.
//!
//! `select!` in a loop drops what its slower arms have done so far, since it makes all of their futures anew in each round:
//! it is the *arrival of data* that cancels. Here the loop owns what its arms wait for, and keeps it.
//!
//! | instead of | write |
//! |---|---|
//! | `loop { select! { .. } }` | [`events(&mut state)`](crate::events()), an arm for each branch, `.await` |
//! | `item = stream.next() => ..` | [`.on(stream, handler)`](Events::on) |
//! | `item = receiver.recv() => ..` | the same, with `onpar_iter::from_fn_mut(async \|\| receiver.recv().await)` as the stream |
//! | `_ = interval.tick() => ..` | the same, with `onpar_iter::interval(clock, period)` as the stream |
//! | a future that is pinned outside of the loop | [`.once(future, handler)`](Events::once) |
//! | `x = operation(a) => ..`, made anew in each round | [`.repeat(next, handler)`](Events::repeat) |
//! | `x = operation(&mut a, b) => ..` | [`.repeat_with(&mut a, next, work, handler)`](Events::repeat_with) |
//! | `.., if condition => ..` | [`.when(condition)`](Events::when) behind the arm |
//! | `sleep.as_mut().reset(deadline)` | [`.restarted_by(deadline)`](Events::restarted_by) behind the arm |
//! | `break value`, `return Err(e)`, `?` | a handler that gives a [`ControlFlow` or a `Result`](Handled) |
//! | `else => break` | nothing: a loop that has no arm left ends |
//! | `biased;` | nothing: the arms take turns, so a wish to end waits for at most one item of each other arm |
//!
//! The types here are named by who holds a loop in a variable or a field, and by the compiler's messages.

#[expect(clippy::module_inception, reason = "the file is named after the function in it, and so is the folder")]
mod events;

mod event_loop;

mod arm;
mod arms;

mod from_stream;
mod once;
mod repeat;
mod repeat_with;
mod source;

mod handled;
mod handler;
mod parked;
mod rules;

mod board;
mod lent;

pub use self::arm::Arm;
pub use self::arms::NoArms;
pub use self::event_loop::EventLoop;
pub use self::events::{Events, events};
pub use self::from_stream::FromStream;
pub use self::handled::Handled;
pub use self::handler::{Each, Only};
pub use self::once::Once;
pub use self::parked::{DropParked, OnParked};
pub use self::repeat::Repeat;
pub use self::repeat_with::RepeatWith;
pub use self::rules::{Always, RestartedBy, Until, When};
