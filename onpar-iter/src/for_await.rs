//! [`for_await!`](crate::for_await): a loop over the items of a stream.

/// A `for` loop over the items of a stream: `for_await!(item in stream { .. })`.
///
/// `break`, `continue`, `return` and `?` do in it what they do in any loop, and the loop may have a label. The stream is
/// pinned by the loop; what is left of it is dropped with the loop, unless it was lent (`stream.as_mut()`).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, for_await};
///
/// async fn first_even(texts: &[&str]) -> Result<Option<u32>, std::num::ParseIntError> {
///     for_await!(text in texts.iter().into_async_iter().map(async |text| text.trim()) {
///         if text.is_empty() {
///             continue;
///         }
///         let number = text.parse::<u32>()?;
///         if number % 2 == 0 {
///             return Ok(Some(number));
///         }
///     });
///     Ok(None)
/// }
///
/// assert_eq!(pollster::block_on(first_even(&["1", "", " 4 ", "x"])), Ok(Some(4)));
/// assert!(pollster::block_on(first_even(&["1", "x"])).is_err());
/// ```
#[macro_export]
macro_rules! for_await {
    // The stream is all up to the last pair of braces: an expression could not be followed by one.
    (@loop [$($label:tt)*] $item:pat, [$($stream:tt)*] { $($body:tt)* }) => {{
        let mut stream = ::core::pin::pin!($($stream)*);
        $($label)* while let ::core::option::Option::Some(item) = $crate::AsyncIterator::next(&mut stream).await {
            let $item = item;
            $($body)*
        }
    }};
    (@loop [$($label:tt)*] $item:pat, [$($stream:tt)*] $next:tt $($rest:tt)+) => {
        $crate::for_await!(@loop [$($label)*] $item, [$($stream)* $next] $($rest)+)
    };
    ($label:lifetime: $item:pat in $($rest:tt)+) => {
        $crate::for_await!(@loop [$label:] $item, [] $($rest)+)
    };
    ($item:pat in $($rest:tt)+) => {
        $crate::for_await!(@loop [] $item, [] $($rest)+)
    };
}
