//! What generic code asks of an async callback whose future has to be `Send`: [`SendAsyncFn1`] and its kin.
//!
//! `F: AsyncFn(&str) -> usize` says that `F` is async, and takes `async |text| ..` as well as the name of an `async fn`. It
//! does not say that the future of a call is `Send`, and stable Rust has no bound that does. So what calls `F` cannot be
//! spawned:
//!
//! ```compile_fail
//! use onpar_core::Spawn;
//!
//! fn serve<R, F>(runtime: &R, handler: F) -> R::Task<usize>
//! where
//!     R: Spawn,
//!     F: AsyncFn(&str) -> usize + Send + Sync + 'static,
//! {
//!     runtime.spawn(async move { handler("GET /").await }) // future cannot be sent between threads safely
//! }
//! ```
//!
//! `F: for<'a> SendAsyncFn1<&'a str, usize>` says both. The number is that of the arguments, from 0 to 6; the last parameter is
//! what the call gives. It is called like any function, `handler("GET /").await`, and the compiler infers the arguments of
//! closures from it, as it does from `AsyncFn`. Whoever passes something whose future is not `Send` is told so there, and which
//! `.await` is to blame. Nothing is boxed.
//!
//! A bound on the future's lifetime goes behind it: `SendAsyncFnOnce1<Request, Response, Future: 'static>`.
//!
//! # What fits
//!
//! | What is passed | [`SendAsyncFnOnce1`] | [`SendAsyncFnMut1`] | [`SendAsyncFn1`] |
//! |---|---|---|---|
//! | an `async fn`, or another function that returns a future | yes | yes | yes |
//! | `async \|a\| ..` that captures nothing, or only reads what it captures | yes | yes | yes |
//! | `async move \|a\| ..` that captures references, and only reads what is behind them | yes | yes | yes |
//! | `async \|a\| ..` that changes what it captures | yes | lend | lend |
//! | `async move \|a\| ..` that owns what it captures | yes | lend | lend |
//! | `\|a\| async move { .. }`, where `a` is owned | yes | yes | yes |
//! | `\|a: &str\| ..`, whose future does not hold `a` | yes | yes | yes |
//! | `\|a: &str\| async move { .. }`, whose future holds `a` | `async` | `async` | `async` |
//! | `Box<dyn Fn(A) -> BoxFuture<R>>`, or a generic `F: Fn(A) -> Fut` | `\|a\| f(a)` | `\|a\| f(a)` | `\|a\| f(a)` |
//!
//! * `async`: on stable Rust, a plain closure cannot return a future that holds a borrowed argument. Write `async |a| ..`.
//! * `|a| f(a)`: write this around it. Only functions and closures are `AsyncFn`s, which clippy's `redundant_closure` forgets.
//! * *lend*: the future of such a closure borrows from the closure itself, and stable Rust has no bound on a future that does.
//!   So let the API take a value beside the callback, and lend it, as the `_with` methods of streams do:
//!
//! ```
//! use onpar_core::Spawn;
//! use onpar_core::callback::SendAsyncFnMut2;
//!
//! fn serve<R, S, F>(runtime: &R, mut state: S, mut handler: F) -> R::Task<S>
//! where
//!     R: Spawn,
//!     S: Send + 'static,
//!     F: for<'s, 'a> SendAsyncFnMut2<&'s mut S, &'a str, ()> + Send + 'static,
//! {
//!     runtime.spawn(async move {
//!         for request in ["GET /", "GET /more"] {
//!             handler(&mut state, request).await;
//!         }
//!         state
//!     })
//! }
//!
//! fn both(runtime: &impl Spawn) {
//!     // A state, instead of what would be captured ..
//!     drop(serve(runtime, Vec::new(), async |seen, request| seen.push(request.len())));
//!     // .. or the closure itself, which owns and changes what it captured.
//!     let (name, mut count) = (String::from("main"), 0);
//!     let count_them = async move |request: &str| {
//!         count += 1;
//!         println!("{name}: {count}. {request}");
//!     };
//!     drop(serve(runtime, count_them, async |handler, request| handler(request).await));
//! }
//! ```
//!
//! Where the arguments are owned, a clone for each call does as well:
//! `move |a| { let pool = Arc::clone(&pool); async move { .. } }`.
//!
//! What the compiler says of a closure that has to be lent does not mention that. It quotes the line of your bound, though:
//! write there, in a comment, which of your functions takes a state.
//!
//! # In the methods of traits
//!
//! A type that an `impl` chooses cannot stand in such a bound of a trait's own method, as in `F: SendAsyncFn1<Self::Item, ()>`:
//! the compiler does not find it again in the `impl`. Write `F: Fn(Self::Item) -> Fut, Fut: Future<Output = ()> + Send`
//! there. Everywhere else such a type is like any other.
//!
//! # How it is built
//!
//! One trait for each number of arguments, because stable Rust cannot write `Fn` over a list of them. Each has two supertraits:
//! `Fn`, which names the future, so that it can be `Send`; and `AsyncFn`, from which the compiler infers what closures take. The
//! latter works for borrowed arguments because what the call gives is a parameter of the trait: the compiler ignores
//! signatures that mention the type that they are about, as one with an associated type would.

/// The three traits for one number of arguments, each with an example: how it is called, a closure, and what that gives.
macro_rules! callbacks {
    (
        $of:literal, [$($A:ident)*];
        $Shared:ident $Mut:ident $Once:ident;
        $call:literal, $closure:literal, $given:literal
    ) => {
        callback! {
            /// that may be called several times at once, and whose futures are `Send`.
            $Shared: Fn, AsyncFn, $of, [$($A)*], "", $call, $closure, $given
        }
        callback! {
            /// that may be called again and again, and whose futures are `Send`.
            $Mut: FnMut, AsyncFnMut, $of, [$($A)*], "mut ", $call, $closure, $given
        }
        callback! {
            /// that is called once, and whose future is `Send`.
            $Once: FnOnce, AsyncFnOnce, $of, [$($A)*], "", $call, $closure, $given
        }
    };
}

macro_rules! callback {
    (
        $(#[$what:meta])*
        $Name:ident: $Fn:ident, $AsyncFn:ident, $of:literal, [$($A:ident)*], $mut:literal, $call:literal, $closure:literal,
        $given:literal
    ) => {
        #[doc = concat!("An async callback of ", $of)]
        $(#[$what])*
        ///
        /// The [module](self) says what fits, and what to write where something does not.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = concat!("use onpar_core::callback::", stringify!($Name), ";")]
        ///
        #[doc = concat!("async fn run(", $mut, "callback: impl ", stringify!($Name), "<", $(callback!(u8 $A), )* "u8>) -> u8 {")]
        #[doc = concat!("    callback", $call, ".await")]
        /// }
        /// # futures::executor::block_on(async {
        #[doc = concat!("assert_eq!(run(", $closure, ").await, ", $given, ");")]
        /// # });
        /// ```
        #[diagnostic::on_unimplemented(
            message = "`{Self}` is not an async callback of these arguments, whose future is `Send`",
            label = "write `async |..| ..`, or name an `async fn`",
            note = "is it generic? bound it as it is bound here: that it is an `AsyncFn` does not say that its future is `Send`"
        )]
        pub trait $Name<$($A,)* R>: $Fn($($A),*) -> <Self as $Name<$($A,)* R>>::Future + $AsyncFn($($A),*) -> R {
            /// The future of a call.
            ///
            /// # Cancel safety
            ///
            /// That of the callback.
            type Future: Future<Output = R> + Send;
        }

        impl<$($A,)* R, F, Fut> $Name<$($A,)* R> for F
        where
            F: $Fn($($A),*) -> Fut + $AsyncFn($($A),*) -> R,
            Fut: Future<Output = R> + Send,
        {
            type Future = Fut;
        }
    };
    (u8 $A:ident) => { "u8, " };
}

callbacks! {
    "no arguments", [];
    SendAsyncFn0 SendAsyncFnMut0 SendAsyncFnOnce0;
    "()", "async || 7", "7"
}

callbacks! {
    "one argument", [A1];
    SendAsyncFn1 SendAsyncFnMut1 SendAsyncFnOnce1;
    "(1)", "async |a| a", "1"
}

callbacks! {
    "two arguments", [A1 A2];
    SendAsyncFn2 SendAsyncFnMut2 SendAsyncFnOnce2;
    "(1, 2)", "async |a, b| a + b", "3"
}

callbacks! {
    "three arguments", [A1 A2 A3];
    SendAsyncFn3 SendAsyncFnMut3 SendAsyncFnOnce3;
    "(1, 2, 3)", "async |a, b, c| a + b + c", "6"
}

callbacks! {
    "four arguments", [A1 A2 A3 A4];
    SendAsyncFn4 SendAsyncFnMut4 SendAsyncFnOnce4;
    "(1, 2, 3, 4)", "async |a, b, c, d| a + b + c + d", "10"
}

callbacks! {
    "five arguments", [A1 A2 A3 A4 A5];
    SendAsyncFn5 SendAsyncFnMut5 SendAsyncFnOnce5;
    "(1, 2, 3, 4, 5)", "async |a, b, c, d, e| a + b + c + d + e", "15"
}

callbacks! {
    "six arguments", [A1 A2 A3 A4 A5 A6];
    SendAsyncFn6 SendAsyncFnMut6 SendAsyncFnOnce6;
    "(1, 2, 3, 4, 5, 6)", "async |a, b, c, d, e, f| a + b + c + d + e + f", "21"
}
