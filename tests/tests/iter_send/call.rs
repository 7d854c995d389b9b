//! [`call!`]: a method with a closure, by what the closure takes, and by what it captures.

/// A call of a method with a closure: what it takes, what is done with that, what it captures, and the items.
macro_rules! call {
    // An item by value, and by reference.
    (value $($rest:tt)*) => { call!(@ [] [n] [] [len(&n)] $($rest)*) };
    (reference $($rest:tt)*) => { call!(@ [] [n] [] [len(n)] $($rest)*) };
    // Two by value, and by reference.
    (values $($rest:tt)*) => { call!(@ [] [a, b] [a, b,] [0] $($rest)*) };
    (references $($rest:tt)*) => { call!(@ [] [a, b] [len(a),] [len(b)] $($rest)*) };
    // Neighbours by reference.
    (window $($rest:tt)*) => { call!(@ [] [[n]] [] [len(n)] $($rest)*) };
    // What has been accumulated, and an item, by value.
    (accumulated $($rest:tt)*) => { call!(@ [0,] [sum, n] [] [sum + len(&n)] $($rest)*) };
    // A state, which is what it captures where that is a state, and an item.
    (scanned $give:ident state $($rest:tt)*) => { call!(value $give state $($rest)*) };
    (scanned $($rest:tt)*) => { call!(@ [0,] [sum, n] [] [*sum + len(&n)] $($rest)*) };
    // An item by reference, or one of each stream, where the method takes more than the closure.
    (limited $($rest:tt)*) => { call!(@ [3,] [n] [] [len(n)] $($rest)*) };
    (merged $($rest:tt)*) => { call!(@ [empty(),] [a, b] [len(a),] [len(b)] $($rest)*) };
    (joined $($rest:tt)*) => { call!(@ [empty::<&str>(),] [a, b] [len(a),] [len(b)] $($rest)*) };
    // What is in a result.
    (ok_value $give:ident $captures:ident $items:expr, $($rest:tt)*) => {
        call!(value $give $captures $items.map(sync(Ok::<_, usize>)), $($rest)*)
    };
    (ok_reference $give:ident $captures:ident $items:expr, $($rest:tt)*) => {
        call!(reference $give $captures $items.map(sync(Ok::<_, usize>)), $($rest)*)
    };
    (err_value $give:ident $captures:ident $items:expr, $($rest:tt)*) => {
        call!(value $give $captures $items.map(sync(Err::<usize, _>)), $($rest)*)
    };
    (err_reference $give:ident $captures:ident $items:expr, $($rest:tt)*) => {
        call!(reference $give $captures $items.map(sync(Err::<usize, _>)), $($rest)*)
    };
    // What the method takes before the closure, what the closure takes, and what it makes of that.
    (@ [$($first:expr,)*] [$($takes:tt)*] [$($made:expr,)*] [$last:expr] $give:ident none $items:expr, $name:ident) => {
        $items.$name($($first,)* async |$($takes)*| {
            pause().await;
            $give($($made,)* $last)
        })
    };
    (@ [$($first:expr,)*] [$($takes:tt)*] [$($made:expr,)*] [$last:expr] $give:ident shared $items:expr, $name:ident, $k:ident) => {
        $items.$name($($first,)* async |$($takes)*| {
            pause().await;
            $give($($made,)* $last + $k.len())
        })
    };
    (@ [$($first:expr,)*] [$($takes:tt)*] [$($made:expr,)*] [$last:expr] $give:ident mutable $items:expr, $name:ident, $k:ident) => {
        $items.$name($($first,)* async |$($takes)*| {
            $k.push('k');
            pause().await;
            $give($($made,)* $last + $k.len())
        })
    };
    (@ [$($first:expr,)*] [$($takes:tt)*] [$($made:expr,)*] [$last:expr] $give:ident owned $items:expr, $name:ident, $k:ident) => {
        $items.$name($($first,)* async move |$($takes)*| {
            pause().await;
            $give($($made,)* $last + $k.len())
        })
    };
    (@ [$($first:expr,)*] [$($takes:tt)*] [$($made:expr,)*] [$last:expr] $give:ident state $items:expr, $name:ident, $k:expr) => {
        $items.$name($k, $($first,)* async |k, $($takes)*| {
            pause().await;
            $give($($made,)* $last + k.len())
        })
    };
}
pub(crate) use call;
