//! Calls of an async trait: statically, and through a trait object, beside async-trait and dynosaur. A small future holds a
//! number, a large one 512 bytes across an `.await`; each is ready at once, or pending once.

use alloc::sync::Arc;
use core::hint::black_box;

use onpar_macros::trait_variant;

use crate::Case;
use crate::case::Side;
use crate::drive::drive;
use crate::team::{THREADS, at_once};
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("static_call", static_call, native_call).beside("native"),
    Case::new("static_call_send", static_send, native_call).beside("native"),
    Case::new("dyn_small", small, small_async_trait)
        .beside("async-trait")
        .and(&[Side::new("dynosaur", small_dynosaur)]),
    Case::new("dyn_small_pending", small_pending, small_pending_async_trait)
        .beside("async-trait")
        .and(&[Side::new("dynosaur", small_pending_dynosaur)]),
    Case::new("dyn_large", large, large_async_trait)
        .beside("async-trait")
        .and(&[Side::new("dynosaur", large_dynosaur)]),
    Case::new("dyn_large_pending", large_pending, large_pending_async_trait)
        .beside("async-trait")
        .and(&[Side::new("dynosaur", large_pending_dynosaur)]),
    Case::new("dyn_small_threads", small_threads, small_threads_async_trait)
        .beside("async-trait")
        .and(&[Side::new("dynosaur", small_threads_dynosaur)])
        .units(THREADS),
    Case::new("dyn_large_threads", large_threads, large_threads_async_trait)
        .beside("async-trait")
        .and(&[Side::new("dynosaur", large_threads_dynosaur)])
        .units(THREADS),
];

/// What all of them do.
macro_rules! service {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        pub(crate) trait $name {
            async fn small(&self, n: u64) -> u64;
            async fn small_pending(&self, n: u64) -> u64;
            async fn large(&self, n: u64) -> u64;
            async fn large_pending(&self, n: u64) -> u64;
        }
    };
}

/// How it is done.
macro_rules! implement {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        impl $name for Adder {
            async fn small(&self, n: u64) -> u64 {
                black_box(self.0 + n)
            }

            async fn small_pending(&self, n: u64) -> u64 {
                YieldOnce::default().await;
                black_box(self.0 + n)
            }

            async fn large(&self, n: u64) -> u64 {
                let held = [n; 64];
                core::future::ready(()).await;
                black_box(held[3] + self.0)
            }

            async fn large_pending(&self, n: u64) -> u64 {
                let held = [n; 64];
                YieldOnce::default().await;
                black_box(held[3] + self.0)
            }
        }
    };
}

struct Adder(u64);

mod plain {
    use super::{Adder, YieldOnce, black_box, trait_variant};

    service! {
        #[trait_variant(send = SendAdd, dyn_send = DynSendAdd, crate = ::onpar_traits)]
        Add
    }

    implement!(Add);
}

mod boxed {
    use super::{Adder, YieldOnce, black_box};

    service! {
        #[async_trait::async_trait]
        Add
    }

    implement! {
        #[async_trait::async_trait]
        Add
    }
}

mod dynosaur {
    use super::{Adder, YieldOnce, black_box};

    service! {
        #[dynosaur::dynosaur(pub(crate) DynAdd = dyn(box) Add, bridge(dyn))]
        Add
    }

    implement!(Add);
}

fn native_call(iterations: u64) {
    let adder = black_box(Adder(1));
    drive(async {
        for n in 0..iterations {
            dynosaur::Add::small(&adder, n).await;
        }
    });
}

fn static_call(iterations: u64) {
    let adder = black_box(Adder(1));
    drive(async {
        for n in 0..iterations {
            plain::Add::small(&adder, n).await;
        }
    });
}

fn static_send(iterations: u64) {
    let adder = black_box(plain::Add!(Adder(1), as plain::Add));
    drive(async {
        for n in 0..iterations {
            plain::SendAdd::small(&adder, n).await;
        }
    });
}

type Object = plain::DynSendAdd<'static>;

/// A loop of calls of one method, for each side.
macro_rules! calls {
    ($method:ident, $ours:ident, $boxed:ident, $dynosaur:ident) => {
        fn $ours(iterations: u64) {
            let object: Box<Object> = black_box(Box::new(plain::Add!(Adder(1), as plain::Add)));
            drive(async {
                for n in 0..iterations {
                    plain::SendAdd::$method(&*object, n).await;
                }
            });
        }

        fn $boxed(iterations: u64) {
            let object: Box<dyn boxed::Add> = black_box(Box::new(Adder(1)));
            drive(async {
                for n in 0..iterations {
                    boxed::Add::$method(&*object, n).await;
                }
            });
        }

        fn $dynosaur(iterations: u64) {
            let object = black_box(dynosaur::DynAdd::new_box(Adder(1)));
            drive(async {
                for n in 0..iterations {
                    dynosaur::Add::$method(&*object, n).await;
                }
            });
        }
    };
}

calls!(small, small, small_async_trait, small_dynosaur);
calls!(small_pending, small_pending, small_pending_async_trait, small_pending_dynosaur);
calls!(large, large, large_async_trait, large_dynosaur);
calls!(large_pending, large_pending, large_pending_async_trait, large_pending_dynosaur);

/// The same on all threads of the team at once, with one object.
macro_rules! calls_on_threads {
    ($method:ident, $ours:ident, $boxed:ident, $dynosaur:ident) => {
        fn $ours(iterations: u64) {
            let object: Arc<Object> = Arc::new(plain::Add!(Adder(1), as plain::Add));
            on_threads(object, async |object, n| _ = plain::SendAdd::$method(object, n).await, iterations);
        }

        fn $boxed(iterations: u64) {
            let object: Arc<dyn boxed::Add + Send + Sync> = Arc::new(Adder(1));
            on_threads(object, async |object, n| _ = boxed::Add::$method(object, n).await, iterations);
        }

        fn $dynosaur(iterations: u64) {
            // Its objects are not `Sync`, so each call makes one of its own, which takes no memory.
            on_threads(
                Arc::new(Adder(1)),
                async |adder, n| _ = dynosaur::Add::$method(dynosaur::DynAdd::from_ref(adder), n).await,
                iterations,
            );
        }
    };
}

fn on_threads<T: ?Sized + Send + Sync + 'static>(
    object: Arc<T>,
    call: impl AsyncFn(&T, u64) + Send + Sync + 'static,
    iterations: u64,
) {
    at_once(move || {
        drive(async {
            for n in 0..iterations {
                call(&object, n).await;
            }
        });
    });
}

calls_on_threads!(small_pending, small_threads, small_threads_async_trait, small_threads_dynosaur);
calls_on_threads!(large_pending, large_threads, large_threads_async_trait, large_threads_dynosaur);
