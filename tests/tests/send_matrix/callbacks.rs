//! Async callbacks with a bound that says that their futures are `Send`: each number of arguments, owned and borrowed, each kind
//! of callback, each kind of capture.
//!
//! Generic code calls them, in futures that it promises to be `Send`, and which are spawned on tokio's threads. What a
//! closure cannot be is in `ui`.

#![expect(clippy::manual_async_fn, reason = "that they are `Send` is what is to be proved of what is generic")]
#![expect(clippy::redundant_closure, reason = "only functions and closures are async functions")]

use core::future::ready;
use std::sync::Arc;

use futures::future::BoxFuture;
use onpar::callback::*;

use super::*;

/// What a callback gives: what it captured, and its arguments.
async fn text(captured: &str, arguments: &[&str]) -> String {
    yield_now().await;
    captured.to_owned() + &concat(arguments)
}

fn concat(arguments: &[&str]) -> String {
    arguments.concat()
}

/// The type of an owned argument.
macro_rules! owned {
    ($a:ident) => {
        String
    };
}

macro_rules! callbacks {
    ($($of:ident: $Once:ident $Mut:ident $Shared:ident ($($a:ident: $T:ident),*);)*) => {$(
        mod $of {
            use super::*;

            const ARGUMENTS: &str = concat!($(stringify!($a)),*);

            fn of(captured: &str) -> String {
                format!("{captured}{ARGUMENTS}")
            }

            /// Calls it once.
            fn once(call: impl $Once<$(owned!($a),)* String> + Send) -> impl Future<Output = String> + Send {
                async move { call($(stringify!($a).to_owned()),*).await }
            }

            fn once_borrowed<F>(call: F) -> impl Future<Output = String> + Send
            where
                F: for<'a> $Once<$(&'a $T,)* String> + Send,
            {
                async move {
                    $(let $a = stringify!($a).to_owned();)*
                    call($(&$a),*).await
                }
            }

            /// Calls it twice, one call after the other.
            fn twice(mut call: impl $Mut<$(owned!($a),)* String> + Send) -> impl Future<Output = [String; 2]> + Send {
                async move {
                    let first = call($(stringify!($a).to_owned()),*).await;
                    [first, call($(stringify!($a).to_owned()),*).await]
                }
            }

            fn twice_borrowed<F>(mut call: F) -> impl Future<Output = [String; 2]> + Send
            where
                F: for<'a> $Mut<$(&'a $T,)* String> + Send,
            {
                async move {
                    $(let $a = stringify!($a).to_owned();)*
                    let first = call($(&$a),*).await;
                    [first, call($(&$a),*).await]
                }
            }

            /// Calls it twice at once.
            fn at_once(call: impl $Shared<$(owned!($a),)* String> + Send + Sync) -> impl Future<Output = [String; 2]> + Send {
                async move { join([call($(stringify!($a).to_owned()),*), call($(stringify!($a).to_owned()),*)]).await }
            }

            fn at_once_borrowed<F>(call: F) -> impl Future<Output = [String; 2]> + Send
            where
                F: for<'a> $Shared<$(&'a $T,)* String> + Send + Sync,
            {
                async move {
                    $(let $a = stringify!($a).to_owned();)*
                    join([call($(&$a),*), call($(&$a),*)]).await
                }
            }

            /// What can be called at once can be called in turn, and once; also behind a reference, in generic code.
            fn all(call: impl $Shared<$(owned!($a),)* String> + Send + Sync) -> impl Future<Output = Vec<String>> + Send {
                async move {
                    let mut given = Vec::from(at_once(&call).await);
                    given.extend(twice(&call).await);
                    given.push(once(call).await);
                    given
                }
            }

            fn all_borrowed<F>(call: F) -> impl Future<Output = Vec<String>> + Send
            where
                F: for<'a> $Shared<$(&'a $T,)* String> + Send + Sync,
            {
                async move {
                    let mut given = Vec::from(at_once_borrowed(&call).await);
                    given.extend(twice_borrowed(&call).await);
                    given.push(once_borrowed(call).await);
                    given
                }
            }

            #[test]
            fn async_functions() {
                async fn owned($($a: owned!($a)),*) -> String {
                    text("", &[$(&$a),*]).await
                }

                async fn borrowed($($a: &$T),*) -> String {
                    text("", &[$($a),*]).await
                }

                fn boxed($($a: owned!($a)),*) -> BoxFuture<'static, String> {
                    Box::pin(owned($($a),*))
                }

                spawned(async {
                    assert_eq!(all(owned).await, [ARGUMENTS; 5]);
                    assert_eq!(all_borrowed(borrowed).await, [ARGUMENTS; 5]);
                    assert_eq!(all(boxed).await, [ARGUMENTS; 5]);
                    assert_eq!(all(boxed as fn($(owned!($a)),*) -> _).await, [ARGUMENTS; 5]);
                });
            }

            #[test]
            fn async_closures_that_capture_nothing() {
                spawned(async {
                    assert_eq!(all(async |$($a),*| text("", &[$(&$a),*]).await).await, [ARGUMENTS; 5]);
                    assert_eq!(all_borrowed(async |$($a),*| text("", &[$($a),*]).await).await, [ARGUMENTS; 5]);
                });
            }

            #[test]
            fn async_closures_that_read_what_they_capture() {
                spawned(async {
                    let name = String::from("name ");
                    assert_eq!(all(async |$($a),*| text(&name, &[$(&$a),*]).await).await, vec![of("name "); 5]);
                    assert_eq!(all_borrowed(async |$($a),*| text(&name, &[$($a),*]).await).await, vec![of("name "); 5]);
                    // References that are moved in.
                    let name = &name;
                    assert_eq!(all(async move |$($a),*| text(name, &[$(&$a),*]).await).await, vec![of("name "); 5]);
                    assert_eq!(all_borrowed(async move |$($a),*| text(name, &[$($a),*]).await).await, vec![of("name "); 5]);
                });
            }

            #[test]
            fn async_closures_that_change_what_they_capture() {
                spawned(async {
                    let mut count = 0;
                    let given = once(async |$($a),*| {
                        count += 1;
                        text(&count.to_string(), &[$(&$a),*]).await
                    });
                    assert_eq!(given.await, of("1"));
                    let given = once_borrowed(async |$($a),*| {
                        count += 1;
                        text(&count.to_string(), &[$($a),*]).await
                    });
                    assert_eq!(given.await, of("2"));
                    assert_eq!(count, 2);
                });
            }

            #[test]
            fn async_closures_that_own_what_they_capture() {
                spawned(async {
                    let (name, other) = (String::from("name "), String::from("other "));
                    assert_eq!(once(async move |$($a),*| text(&name, &[$(&$a),*]).await).await, of("name "));
                    assert_eq!(once_borrowed(async move |$($a),*| text(&other, &[$($a),*]).await).await, of("other "));
                });
            }

            #[test]
            fn closures_that_return_a_future() {
                spawned(async {
                    assert_eq!(all(|$($a),*| async move { text("", &[$(&$a),*]).await }).await, [ARGUMENTS; 5]);
                    // The future of a plain closure does not hold what is borrowed.
                    assert_eq!(all_borrowed(|$($a: &$T),*| ready(concat(&[$($a),*]))).await, [ARGUMENTS; 5]);
                });
            }

            #[test]
            fn closures_that_return_a_future_and_read_what_they_capture() {
                spawned(async {
                    let name = &String::from("name ");
                    assert_eq!(all(|$($a),*| async move { text(name, &[$(&$a),*]).await }).await, vec![of("name "); 5]);
                    let given = all_borrowed(|$($a: &$T),*| {
                        let arguments = concat(&[$($a),*]);
                        async move { text(name, &[&arguments]).await }
                    });
                    assert_eq!(given.await, vec![of("name "); 5]);
                });
            }

            #[test]
            fn closures_that_return_a_future_and_change_what_they_capture() {
                spawned(async {
                    let mut count = 0;
                    let given = twice(|$($a),*| {
                        count += 1;
                        async move { text(&count.to_string(), &[$(&$a),*]).await }
                    });
                    assert_eq!(given.await, [of("1"), of("2")]);
                    let given = twice_borrowed(|$($a: &$T),*| {
                        count += 1;
                        ready(count.to_string() + &concat(&[$($a),*]))
                    });
                    assert_eq!(given.await, [of("3"), of("4")]);
                });
            }

            #[test]
            fn closures_that_return_a_future_and_own_what_they_capture() {
                spawned(async {
                    let name: Arc<str> = "name ".into();
                    let given = all({
                        let name = Arc::clone(&name);
                        move |$($a),*| {
                            let name = Arc::clone(&name);
                            async move { text(&name, &[$(&$a),*]).await }
                        }
                    });
                    assert_eq!(given.await, vec![of("name "); 5]);
                    let given = all_borrowed(move |$($a: &$T),*| {
                        let (name, arguments) = (Arc::clone(&name), concat(&[$($a),*]));
                        async move { text(&name, &[&arguments]).await }
                    });
                    assert_eq!(given.await, vec![of("name "); 5]);
                });
            }
        }
    )*};
}

callbacks! {
    of_none: SendAsyncFnOnce0 SendAsyncFnMut0 SendAsyncFn0 ();
    of_one: SendAsyncFnOnce1 SendAsyncFnMut1 SendAsyncFn1 (a: str);
    of_two: SendAsyncFnOnce2 SendAsyncFnMut2 SendAsyncFn2 (a: str, b: str);
    of_three: SendAsyncFnOnce3 SendAsyncFnMut3 SendAsyncFn3 (a: str, b: str, c: str);
    of_four: SendAsyncFnOnce4 SendAsyncFnMut4 SendAsyncFn4 (a: str, b: str, c: str, d: str);
    of_five: SendAsyncFnOnce5 SendAsyncFnMut5 SendAsyncFn5 (a: str, b: str, c: str, d: str, e: str);
    of_six: SendAsyncFnOnce6 SendAsyncFnMut6 SendAsyncFn6 (a: str, b: str, c: str, d: str, e: str, f: str);
}

/// What a callback owns or changes is lent to it, by an API that takes it beside the callback: one argument more.
macro_rules! lent {
    ($($of:ident: $Mut:ident $Shared:ident ($($a:ident: $T:ident),*);)*) => {$(
        mod $of {
            use super::*;

            const ARGUMENTS: &str = concat!($(stringify!($a)),*);

            fn of(captured: &str) -> String {
                format!("{captured}{ARGUMENTS}")
            }

            fn twice<S, F>(mut state: S, mut call: F) -> impl Future<Output = [String; 2]> + Send
            where
                S: Send,
                F: for<'s, 'a> $Mut<&'s mut S, $(&'a $T,)* String> + Send,
            {
                async move {
                    $(let $a = stringify!($a).to_owned();)*
                    let first = call(&mut state, $(&$a),*).await;
                    [first, call(&mut state, $(&$a),*).await]
                }
            }

            fn at_once<S, F>(state: S, call: F) -> impl Future<Output = [String; 2]> + Send
            where
                S: Send + Sync,
                F: for<'s, 'a> $Shared<&'s S, $(&'a $T,)* String> + Send + Sync,
            {
                async move {
                    $(let $a = stringify!($a).to_owned();)*
                    join([call(&state, $(&$a),*), call(&state, $(&$a),*)]).await
                }
            }

            #[test]
            fn a_state_instead_of_captures() {
                spawned(async {
                    let given = twice(0, async |count, $($a),*| {
                        *count += 1;
                        text(&count.to_string(), &[$($a),*]).await
                    });
                    assert_eq!(given.await, [of("1"), of("2")]);
                    let given = at_once(String::from("name "), async |name, $($a),*| text(name, &[$($a),*]).await);
                    assert_eq!(given.await, [of("name "), of("name ")]);
                });
            }

            #[test]
            fn a_closure_that_owns_what_it_captures_and_changes_it() {
                spawned(async {
                    let (name, mut count) = (String::from("name "), 0);
                    let counts = async move |$($a: &$T),*| {
                        count += 1;
                        text(&format!("{name}{count}"), &[$($a),*]).await
                    };
                    let given = twice(counts, async |call, $($a),*| call($($a),*).await);
                    assert_eq!(given.await, [of("name 1"), of("name 2")]);

                    let name = String::from("name ");
                    let reads = async move |$($a: &$T),*| text(&name, &[$($a),*]).await;
                    let given = at_once(reads, async |call, $($a),*| call($($a),*).await);
                    assert_eq!(given.await, [of("name "), of("name ")]);
                });
            }
        }
    )*};
}

lent! {
    lent_to_none: SendAsyncFnMut1 SendAsyncFn1 ();
    lent_to_one: SendAsyncFnMut2 SendAsyncFn2 (a: str);
    lent_to_two: SendAsyncFnMut3 SendAsyncFn3 (a: str, b: str);
    lent_to_three: SendAsyncFnMut4 SendAsyncFn4 (a: str, b: str, c: str);
    lent_to_four: SendAsyncFnMut5 SendAsyncFn5 (a: str, b: str, c: str, d: str);
    lent_to_five: SendAsyncFnMut6 SendAsyncFn6 (a: str, b: str, c: str, d: str, e: str);
}

/// What a callback gives may borrow from its arguments.
#[test]
fn an_answer_that_borrows_from_the_argument() {
    fn longer<F>(pick: F) -> impl Future<Output = usize> + Send
    where
        F: for<'a> SendAsyncFn2<&'a str, &'a str, &'a str> + Send + Sync,
    {
        async move {
            let (short, long) = (String::from("a"), String::from("bb"));
            pick(&short, &long).await.len() + pick(&long, "").await.len()
        }
    }

    async fn pick<'a>(one: &'a str, other: &'a str) -> &'a str {
        yield_now().await;
        if one.len() > other.len() { one } else { other }
    }

    assert_eq!(spawned(async { longer(pick).await }), 4);
    assert_eq!(spawned(async { longer(async |one, other| pick(one, other).await).await }), 4);
}

/// The bound may say more of the future than that it is `Send`.
#[test]
fn a_future_that_outlives_the_callback() {
    fn start<R, T, F>(runtime: &R, call: F) -> R::Task<T>
    where
        R: Spawn,
        T: Send + 'static,
        F: SendAsyncFnOnce1<String, T, Future: 'static>, // the closure itself is neither `Send` nor `'static`
    {
        runtime.spawn(call("task".into()))
    }

    let given = RUNTIME.block_on(async {
        let not_send = core::cell::Cell::new(7);
        start(&clock(), |name| {
            let number = not_send.replace(8);
            async move { text(&number.to_string(), &[&name]).await }
        })
        .await
    });
    assert_eq!(given.unwrap(), "7task");
}

/// What is no function or closure goes into one.
#[test]
fn a_callback_whose_type_was_erased() {
    type Erased = Box<dyn Fn(String) -> BoxFuture<'static, String> + Send + Sync>;

    fn call(call: impl SendAsyncFn1<String, String> + Send + Sync) -> impl Future<Output = String> + Send {
        async move { call("a".into()).await }
    }

    fn by_hand<F, Fut>(plain: F) -> impl Future<Output = String> + Send
    where
        F: Fn(String) -> Fut + Send + Sync,
        Fut: Future<Output = String> + Send,
    {
        call(move |name| plain(name))
    }

    let erased: Erased = Box::new(|name| Box::pin(async move { text("erased ", &[&name]).await }));
    assert_eq!(spawned(async move { by_hand(&erased).await + &call(|name| erased(name)).await }), "erased aerased a");
}

/// An argument of a type that somebody else chooses.
#[test]
fn an_argument_of_an_associated_type() {
    fn each<I, F>(items: I, mut call: F) -> impl Future<Output = usize> + Send
    where
        I: Iterator<Item: Send + Sync> + Send,
        F: for<'a> SendAsyncFnMut1<&'a I::Item, usize> + Send,
    {
        async move {
            let mut sum = 0;
            for item in items {
                sum += call(&item).await;
            }
            sum
        }
    }

    assert_eq!(spawned(async { each(["a", "bb"].into_iter(), async |word| text("", &[word]).await.len()).await }), 3);
}
