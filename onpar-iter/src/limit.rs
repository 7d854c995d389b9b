//! [`limit!`](crate::limit): a number that is not zero, by the compiler's word.

/// A `NonZero<usize>`: steps, limits and sizes that cannot be zero. A zero does not compile.
///
/// # Examples
///
/// ```
/// use std::num::NonZero;
/// use onpar_iter::limit;
///
/// assert_eq!(limit!(5), NonZero::new(5_usize).unwrap());
/// ```
///
/// ```compile_fail
/// onpar_iter::limit!(0);
/// ```
///
/// For a number that is known at run time only, `NonZero::new(n)` says whether it is zero.
#[macro_export]
macro_rules! limit {
    // A `const` item and no `const` block: it is evaluated when the program is checked, and not only when it is built.
    ($number:expr) => {{
        const LIMIT: ::core::num::NonZero<usize> = match ::core::num::NonZero::<usize>::new($number) {
            ::core::option::Option::Some(number) => number,
            ::core::option::Option::None => ::core::panic!("a limit of zero would let nothing pass, for ever"),
        };
        LIMIT
    }};
}
