//! [`Streams`]: what can be merged, and can race.

use super::members::Members;

/// What can be [merged](super::merge()), and can [race](super::race_streams()): a tuple of one to twelve streams, an array or a
/// `Vec` of streams, all of which give items of one type.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::{MergeOf, Streams, merge};
///
/// fn merge_loudly<M: Streams>(streams: M) -> MergeOf<M> {
///     println!("here they come");
///     merge(streams)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple, array or `Vec` of streams that give items of one type",
    label = "these cannot be merged, nor race",
    note = "write `merge((a, b))` for two streams, and `merge_all(iterator)` for those of an iterator",
    note = "for items of several types, `map` each stream to one type first, such as an enum"
)]
pub trait Streams: Sized {
    /// What they give.
    type Item;
    #[doc(hidden)]
    type Members: Members<Item = Self::Item>;
    #[doc(hidden)]
    fn into_members(self) -> Self::Members;
}
