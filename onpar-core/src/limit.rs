//! [`limit!`](crate::limit): a number that is not zero, checked when it compiles.

/// A [`NonZero<usize>`](core::num::NonZero) of a constant. Zero does not compile: a limit of zero would let nothing run.
///
/// # Examples
///
/// ```
/// use onpar_core::limit;
///
/// assert_eq!(limit!(5).get(), 5);
/// ```
///
/// ```compile_fail
/// onpar_core::limit!(0);
/// ```
#[macro_export]
macro_rules! limit {
    // A `const` item and no `const` block: it is evaluated when the program is checked, and not only when it is built.
    ($limit:expr) => {{
        const LIMIT: ::core::num::NonZero<usize> = match ::core::num::NonZero::<usize>::new($limit) {
            ::core::option::Option::Some(limit) => limit,
            ::core::option::Option::None => ::core::panic!("a limit of zero would let nothing run"),
        };
        LIMIT
    }};
}
