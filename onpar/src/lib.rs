//! Async Rust that means what the same code means without `async`: on stable Rust, on any runtime.
//!
//! `Drop` cannot `.await`. With onpar, cleanup that needs `.await` is run *and awaited*, whichever way the work is left: on
//! return, `?`, a panic and cancellation.
//!
//! # A first program
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use onpar::prelude::*;
//! use std::time::Duration;
//!
//! fn main() {
//!     onpar::rt::local::run(async |rt| {
//!         let work = timeout(&rt, Duration::from_millis(10), async {
//!             let _connection = defer("connection", async |name| println!("closing the {name}"));
//!             let _file = defer("file", async |name| println!("removing the {name}"));
//!             rt.sleep(Duration::from_mins(1)).await;
//!         });
//!         println!("{:?}: both are cleaned up", work.await);
//!     });
//! }
//! ```
//!
//! It prints `removing the file`, `closing the connection`, and only then `Err(Elapsed): both are cleaned up`.
//!
//! If you are new to async, [`guide::first_steps`] explains its words, and what to use for a library that blocks, one that calls
//! back, a channel, shared state, or a program that has to end in good order. [`guide::over_tcp`] is a whole server, and its
//! clients.
//!
//! # Tie a cleanup to a value
//!
//! [`guard`] takes a value of a type that implements [`AsyncDrop`], which is done with a plain `async fn`; [`defer`] takes
//! any value, and the cleanup beside it. Both deref to the value. `close().await` ends a guard where its result matters;
//! a guard that just goes out of scope is cleaned up all the same. The value, and what a cleanup closure captures, must be
//! owned (`'static`), since a cleanup may outlive the function that made its guard: give it a copy, or an [`Arc`](std::sync::Arc).
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use onpar::prelude::*;
//!
//! struct Transaction {
//!     rows: Vec<u32>,
//! }
//!
//! impl AsyncDrop for Transaction {
//!     type Error = std::io::Error;
//!
//!     async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
//!         match reason {
//!             ExitReason::Closed => println!("commit {:?}", self.rows),
//!             _ => println!("roll back: {reason}"), // dropping never commits
//!         }
//!         Ok(())
//!     }
//! }
//!
//! async fn insert(row: &str) -> Result<(), Box<dyn std::error::Error>> {
//!     let mut transaction = guard(Transaction { rows: vec![] });
//!     transaction.rows.push(row.parse()?); // an error rolls back ..
//!     transaction.close().await?; // .. and this commits, also if the caller is cancelled half-way
//!     Ok(())
//! }
//!
//! onpar::rt::local::run(async |_| {
//!     scope(async |_| {
//!         assert!(insert("7").await.is_ok());
//!         assert!(insert("seven").await.is_err());
//!     })
//!     .await; // both transactions have ended
//! });
//! ```
//!
//! # Say where cleanups are awaited
//!
//! [`scope`](scope()) runs a body, and returns when the cleanups of all guards that were dropped in it have ended. Guards
//! find their scope by themselves, through functions that know of none. The body may borrow, `?` leaves it, its future is
//! `Send` if what it holds is, and it runs on every executor. A [`timeout`] is a scope too: when it returns, what it
//! cancelled has been cleaned up.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::{cell::Cell, rc::Rc, time::Duration};
//! use onpar::prelude::*;
//!
//! onpar::rt::local::run(async |rt| {
//!     let closed = Rc::new(Cell::new(0));
//!     local_scope(async |_| {
//!         for _ in 0..3 {
//!             let connection = local_defer(Rc::clone(&closed), async |closed| closed.set(closed.get() + 1));
//!             connection.set(connection.get()); // use it
//!         }
//!         rt.sleep(Duration::from_millis(1)).await;
//!     })
//!     .cleanup_budget(rt.clock(), Duration::from_secs(5)) // a cleanup that hangs is cut short, and reported by name
//!     .await;
//!     assert_eq!(closed.get(), 3);
//! });
//! ```
//!
//! `scope`, `guard`, `defer` and `timeout` are for work that may move between threads; `local_scope`, `local_guard`,
//! `local_defer` and `local_timeout` for what is not `Send`, as above. A local guard waits for a *local* scope or timeout
//! around it: an ordinary one does not wait for it.
//!
//! Neither `rt::local::run` nor a runtime's own entry is a scope: a guard that is dropped outside of every scope is
//! reported, and not cleaned up.
//!
//! # Run things at once
//!
//! `s.spawn(future)` starts a child, which may borrow what lives outside of the scope, and runs in the same task while the
//! body awaits anything. Awaiting the child gives its output. The scope ends when all its children have ended; a child that
//! panics cancels the others, and the panic passes on when all have been cleaned up. The body is written `async |s| ..`,
//! never `|s| async ..`.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::time::Duration;
//! use onpar::prelude::*;
//!
//! onpar::rt::local::run(async |rt| {
//!     let clock = rt.clock(); // the clock is `Send`, the local executor is not
//!     let hosts = ["a", "bb"];
//!     let lengths = scope(async |s| {
//!         let [a, b] = hosts.each_ref().map(|host| {
//!             s.spawn(async {
//!                 clock.sleep(Duration::from_millis(1)).await;
//!                 host.len()
//!             })
//!         });
//!         (a.await, b.await)
//!     })
//!     .await;
//!     assert_eq!(lengths, (1, 2));
//! });
//! ```
//!
//! Where children may fail, `try_scope` is the scope: awaiting a child gives what stands in its `Ok`, and the first error
//! cancels the body and the other children, and comes out, when they have been cleaned up, as the primary one of a
//! [`Failure`]. `s.cancel("shutting down")` ends it in the same way. [`race_ok_scope`] is the same with the roles changed: the
//! first success cancels the rest. [`bounded_scope`] has room for so many children at once, and its body waits for some.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use onpar::prelude::*;
//!
//! async fn fetch(host: &str) -> Result<usize, &'static str> {
//!     let _connection = defer((), async |()| println!("closed, whoever failed"));
//!     if host.is_empty() { Err("no such host") } else { Ok(host.len()) }
//! }
//!
//! onpar::rt::local::run(async |_| {
//!     let hosts = ["a.example", ""];
//!     let both = try_scope(async |s| {
//!         let [first, second] = hosts.map(|host| s.spawn(fetch(host)));
//!         Ok(first.await + second.await)
//!     });
//!     assert_eq!(both.await.unwrap_err().primary, "no such host");
//! });
//! ```
//!
//! Children share the scope's task, and so its thread. To run in parallel, start a task with `s.spawn_on(&runtime, future)`;
//! it has to own what it works with. The scope waits for it all the same, and when it cancels its children, the task is
//! cancelled and cleaned up too before the scope ends. A call that blocks gets a thread where it may block, by
//! `s.blocking(&runtime, || ..)`. Nobody can stop such a call: a child that waits for it may be cancelled, but the scope ends
//! only when the call has.
//!
//! Where no child has to outlive the line that starts it, [`join`](join()), [`try_join`], [`race`] and [`race_ok`] are enough:
//! they take a tuple, an array or a `Vec` of futures, and own them. What they drop has been cleaned up when they return; a race that
//! borrowed its losers, and left them lying with a lock in their hands, cannot be written.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::time::Duration;
//! use onpar::prelude::*;
//!
//! onpar::rt::local::run(async |rt| {
//!     let ask = async |server: &'static str, millis| {
//!         let _query = defer(server, async |server| println!("{server}: never mind"));
//!         rt.sleep(Duration::from_millis(millis)).await;
//!         server
//!     };
//!     assert_eq!(join((ask("near", 1), ask("far", 5))).await, ("near", "far"));
//!     assert_eq!(race([ask("far", 60_000), ask("near", 1)]).await, "near"); // nobody asks `far` any more
//! });
//! ```
//!
//! # Wait for several things, again and again
//!
//! [`events`](events()) is what `loop { select! { .. } }` is for, except that nothing is lost: the loop owns what its arms wait
//! for, and no arm is cancelled because another one was faster. Handlers run one at a time and share a `&mut` state.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::{ops::ControlFlow, time::Duration};
//! use onpar::prelude::*;
//!
//! let ticks = onpar::rt::local::run(async |rt| {
//!     let mut ticks = 0;
//!     events(&mut ticks)
//!         .repeat(|_| Some(rt.sleep(Duration::from_millis(1))), async |ticks, ()| *ticks += 1)
//!         .once(rt.sleep(Duration::from_millis(20)), async |_, ()| ControlFlow::Break(()))
//!         .await;
//!     ticks
//! });
//! assert!((1..=20).contains(&ticks));
//! ```
//!
//! The module [`events`](mod@events) says what each part of a `select!` becomes.
//!
//! # Iterate
//!
//! Every stream has the methods of std's `Iterator`, with async closures, which may borrow. `concurrent` works on many items
//! at once, in a pipeline that owns and drives all of its stages. The module [`iter`] has all of it.
//!
#![cfg_attr(all(feature = "local", feature = "iter"), doc = "```")]
#![cfg_attr(not(all(feature = "local", feature = "iter")), doc = "```ignore")]
//! use onpar::prelude::*;
//!
//! async fn size_of(host: &str) -> Result<usize, String> {
//!     Ok(host.len())
//! }
//!
//! let total = onpar::rt::local::run(async |_| {
//!     let hosts = ["a", "bb", ""];
//!     let up = hosts.iter().into_async_iter().filter(async |host| !host.is_empty());
//!     let sizes = up.concurrent(limit!(5)).map(async |host| size_of(host).await);
//!     let sizes = sizes.collect::<Result<Vec<_>, _>>().await?;
//!     Ok::<_, String>(sizes.into_iter().sum::<usize>())
//! });
//! assert_eq!(total, Ok(3));
//! ```
//!
//! Where several streams are waited for at once, [`iter::merge`] gives the items of all as they come, [`iter::Group`] lets
//! members come and go, and `switch_map`, `combine_latest` and `share` of [`iter::AsyncStreamExt`] do what their names say.
//!
//! A generator is a stream that is written as a loop, and `for_await!` is a loop over a stream. What only streams can do, such
//! as [`merge`](iter::merge), or one stream for many [readers](iter::AsyncStreamExt::share), comes with the prelude too.
//!
#![cfg_attr(all(feature = "iter", feature = "local"), doc = "```")]
#![cfg_attr(not(all(feature = "iter", feature = "local")), doc = "```ignore")]
//! use onpar::iter::share::Wait;
//! use onpar::prelude::*;
//!
//! onpar::rt::local::run(async |_| {
//!     let numbers = stream(async |mut y| {
//!         for number in 1..4 {
//!             y.emit(number).await;
//!         }
//!     });
//!     let numbers = numbers.share(limit!(16), Wait);
//!     let (all, sum) = (numbers.subscribe().collect::<Vec<_>>(), numbers.subscribe().sum::<i32>());
//!     assert_eq!(join((all, sum)).await, (vec![1, 2, 3], 6));
//! });
//! ```
//!
//! # Async traits
//!
//! A trait with `async fn`s is written and implemented as it is. Only where its futures have to be `Send`, in a task of a
//! runtime with many threads, or where it has to be a trait object, it needs the attribute `trait_variant` (feature `macros`):
//! for a sibling of the trait whose futures are `Send`, and for objects whose calls allocate nothing once the program is under
//! way. Middleware is written once, for both siblings.
//!
#![cfg_attr(all(feature = "macros", feature = "tokio-1"), doc = "```")]
#![cfg_attr(not(all(feature = "macros", feature = "tokio-1")), doc = "```ignore")]
//! use onpar::{prelude::*, trait_variant};
//!
//! #[trait_variant(send = SendService, dyn = DynService, dyn_send = DynSendService)]
//! pub trait Service {
//!     async fn call(&self, request: u32) -> u32;
//! }
//!
//! struct Double;
//!
//! impl Service for Double {
//!     async fn call(&self, request: u32) -> u32 {
//!         request * 2
//!     }
//! }
//!
//! struct Logged<S>(S);
//!
//! #[trait_variant(send = SendService, where(S: Sync))] // both siblings; `where` is what only the `Send` one asks for
//! impl<S: Service> Service for Logged<S> {
//!     async fn call(&self, request: u32) -> u32 {
//!         println!("request {request}");
//!         self.0.call(request).await
//!     }
//! }
//!
//! async fn serve(service: &impl SendService, request: u32) -> u32 {
//!     service.call(request).await
//! }
//!
//! onpar::rt::tokio_1::run(async |rt| {
//!     let service = Logged(Service!(Double)); // `Service!` proves that the futures of a plain implementation are `Send`
//!     assert_eq!(rt.spawn(async move { serve(&service, 21).await }).await.unwrap(), 42);
//!
//!     let services: Vec<Box<DynSendService>> = vec![Box::new(Service!(Double)), Box::new(Logged(Service!(Double)))];
//!     let answer = rt.spawn(async move { services[0].call(services[1].call(1).await).await });
//!     assert_eq!(answer.await.unwrap(), 4);
//!
//!     let plain: &DynService = &Logged(Double); // not `Send`, and needs no proof
//!     assert_eq!(plain.call(3).await, 6);
//! });
//! ```
//!
//! Whoever comes from async-trait, trait-variant or dynosaur finds what each thing becomes in [`guide::from_async_trait`].
//!
//! # Hear of what went wrong
//!
//! A cleanup error stands beside the outcome and never replaces it. `.outcome()` gives both:
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use onpar::prelude::*;
//!
//! let outcome = onpar::rt::local::run(async |_| {
//!     scope(async |_| {
//!         let _connection = defer((), async |()| Err("goodbye was refused")).named("connection");
//!         Err::<u32, _>("constraint violated")
//!     })
//!     .outcome()
//!     .await
//! });
//! assert_eq!(outcome.value, Err("constraint violated"));
//! assert_eq!(outcome.cleanup[0].name(), "connection");
//! ```
//!
//! Without it, such errors are told to the hook of the process ([`set_cleanup_hook`]), and written to standard error if
//! there is none. So is a guard that was dropped where no scope could clean it up: register a [`Reaper`] for those.
//!
//! # See what is running
//!
//! `scope(..).observed(clock)` writes down what is alive in a scope, and `s.tree()` shows it, to the body and to any child:
//! what runs, where it was made, what it waits in, and for how long. It is a value, a text, and JSON (feature `serde`). A scope
//! that is not observed pays nothing for it. With the feature `tracing`, each scope, child and cleanup has a span, too.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::time::Duration;
//! use onpar::prelude::*;
//!
//! onpar::rt::local::run(async |rt| {
//!     let clock = rt.clock();
//!     let work = scope(async |s| {
//!         let fetch = s.spawn(timeout(clock.clone(), Duration::from_secs(1), clock.sleep(Duration::from_millis(2))));
//!         clock.sleep(Duration::from_millis(1)).await;
//!         println!("{}", s.tree());
//!         fetch.await
//!     });
//!     assert_eq!(work.named("server").observed(rt.clock()).await, Ok(()));
//! });
//! ```
//!
//! ```text
//! scope `server` at src/main.rs:6:16, 1.06ms
//!   child at src/main.rs:7:23, 1.06ms
//!     scope `timeout` at src/main.rs:7:29, 1.06ms
//! ```
//!
//! # Write a library
//!
//! Take what you need as a value: time as a [`Clock`], tasks as a [`Spawn`]. There is no ambient runtime that could be
//! missing. Whoever calls you passes [`rt::local`], `rt::tokio_1::Tokio` (feature `tokio-1`), `rt::smol_2::Smol` (feature
//! `smol-2`) or, in a test, the deterministic runtime of `test` (feature `test`).
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::time::Duration;
//! use onpar::{Elapsed, prelude::*};
//!
//! async fn lookup(clock: &impl Clock, name: &str) -> Result<usize, Elapsed> {
//!     timeout(clock, Duration::from_secs(1), async { name.len() }).await
//! }
//!
//! assert_eq!(onpar::rt::local::run(async |rt| lookup(&rt, "onpar").await), Ok(5));
//! ```
//!
//! Children may move between threads, with all that they borrow, so a clock that they share is `Sync`, and its sleeps are
//! `Send`. Those of tokio, smol and embassy are. The local executor stays on one thread, and gives such a clock by `rt.clock()`.
//! The clocks of compio and of JavaScript's event loop are for `local_scope`, which needs `C: Clock` alone.
//!
#![cfg_attr(feature = "local", doc = "```")]
#![cfg_attr(not(feature = "local"), doc = "```ignore")]
//! use std::time::Duration;
//! use onpar::prelude::*;
//!
//! async fn first<C: Clock<Sleep: Send> + Sync>(clock: &C, names: &[&str]) -> usize {
//!     scope(async |s| {
//!         let [long, short] = [5, 1].map(|millis| {
//!             s.spawn(async move {
//!                 clock.sleep(Duration::from_millis(millis)).await;
//!                 names.len()
//!             })
//!         });
//!         race((long, short)).await
//!     })
//!     .await
//! }
//!
//! assert_eq!(onpar::rt::local::run(async |rt| first(&rt.clock(), &["a", "b"]).await), 2);
//! // and so on tokio: `onpar::rt::tokio_1::run(async |rt| first(&rt, &["a", "b"]).await)`
//! ```
//!
//! What takes an async callback, and calls it in a task, bounds it by one of [`callback`]: `F: for<'a> SendAsyncFn1<&'a str, usize>`
//! is `F: AsyncFn(&str) -> usize`, and says that the futures are `Send`.
//!
//! # What stands where
//!
//! | Feature | Default | What it adds |
//! |---|---|---|
//! | `std` | yes | scopes and guards on the heap, timeouts, reapers |
//! | `alloc` | with `std` | [`AsyncDrop`] for `Box` and `Vec`, the erased forms |
//! | `iter` | yes | [`iter`]: async iteration, generators; with `alloc`, concurrent pipelines; with `std`, channels and shared streams |
//! | `local` | yes | [`rt::local`]: the built-in executor, with a timer |
//! | `local-net` | no | TCP, UDP and the sockets of Unix, by the built-in executor |
//! | `local-blocking` | no | calls that block, beside the built-in executor |
//! | `main-loop` | no | `rt::main_loop`: the built-in executor inside of an event loop that is not ours |
//! | `tokio-1` | no | `rt::tokio_1`: tokio 1 as a value: clock, tasks, calls that block, TCP, UDP, Unix |
//! | `smol-2` | no | `rt::smol_2`: smol 2, the same |
//! | `compio-0-19` | no | `rt::compio_0_19`, on Unix: compio 0.19, one thread a core, by `io_uring`: clock, local tasks, calls that block, TCP, UDP, Unix |
//! | `embassy-0-10` | no | `rt::embassy_0_10`: embassy's executor 0.10 as a value: a clock; with `alloc`, tasks too. Needs no `std` |
//! | `wasm-bindgen-0-2` | no | `rt::wasm_bindgen_0_2`, on `wasm32-unknown-unknown`: the event loop of JavaScript as a value: clock and tasks |
//! | `macros` | no | `trait_variant`: `Send` siblings and trait objects of plain async traits; `#[onpar::main]`, `#[onpar::test]` |
//! | `serde` | no | [`Tree`] for serde, and as JSON |
//! | `tracing` | no | a span of the crate `tracing` for each scope, child and cleanup |
//! | `test` | no | `test`: a seeded runtime with a virtual clock, and a fault at every poll |
//!
//! Without any of them the crate is `no_std`, and has the traits, [`events`](events()), [`using`], a bracket, and [`scope_in`]: scopes
//! with guards and children in an [`Arena`] that you lend them. None of these allocates. With `iter` it has the streams too, and
//! with `embassy-0-10` a clock.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod guide;
pub mod prelude;
#[cfg(any(
    feature = "compio-0-19",
    feature = "embassy-0-10",
    feature = "local",
    feature = "smol-2",
    feature = "tokio-1",
    feature = "wasm-bindgen-0-2",
))]
pub mod rt;

#[doc(inline)]
pub use onpar_core::*;
#[cfg(feature = "iter")]
#[doc(inline)]
pub use onpar_iter as iter;
#[cfg(feature = "macros")]
#[doc(inline)]
pub use onpar_macros::{main, test, trait_variant};
#[doc(inline)]
pub use onpar_scope::*;
#[cfg(feature = "test")]
#[doc(inline)]
pub use onpar_test as test;
#[cfg(feature = "macros")]
#[doc(inline)]
pub use onpar_traits as traits;

/// Runs the examples of the README.
#[cfg(doctest)]
#[cfg(all(feature = "iter", feature = "local", feature = "macros", feature = "test", feature = "tokio-1"))]
#[doc = include_str!("../../README.md")]
struct Readme;
