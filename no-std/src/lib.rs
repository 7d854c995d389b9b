//! Links the `no_std` crates into a library that has no std and no heap; `cargo xtask no-std` says why this proves something.
//!
//! Each crate is *used*, generics and all: a function that nobody calls is never compiled. To add a crate, add it to the
//! manifest and a function here.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "std-leak")]
extern crate std;

#[cfg(feature = "alloc-leak")]
extern crate alloc;

use core::convert::Infallible;
use core::panic::PanicInfo;
use core::pin::pin;
use core::task::{Context, Waker};

use onpar_core::{AsyncDrop, ExitReason, LocalAsyncDrop};

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

struct Resource;

impl AsyncDrop for Resource {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        Ok(())
    }
}

struct Wheel;

impl LocalAsyncDrop for Wheel {
    type Error = Infallible;

    async fn async_drop(self, _: ExitReason) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Ends a tuple, an array and an option, the containers that need no heap. True if that worked.
pub extern "C" fn core_drops_values() -> bool {
    let values = (Resource, [Resource, Resource], Some(Resource));
    let cleanup = pin!(values.async_drop(ExitReason::Closed));
    cleanup.poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// Acquires, uses and releases a value. True if that worked.
pub extern "C" fn scope_brackets_a_value() -> bool {
    let bracket = pin!(onpar_scope::using(
        async { Ok::<_, Infallible>(Resource) },
        async |_resource| true,
        async |resource, reason| resource.async_drop(reason).await,
    ));
    bracket.poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// Runs a scope in an arena, with a guard, a child and a scope within. True if that worked.
pub extern "C" fn scope_runs_in_an_arena() -> bool {
    use onpar_scope::{Arena, NoRoom, scope_in};

    let mut arena = pin!(Arena::<2048>::new());
    let work = scope_in(arena.as_mut(), async |s| {
        let child = s.spawn(async { 1 }).map_err(NoRoom::without_value)?;
        let inner = s.scope(async |s| {
            let guard = s.guard(Wheel).map_err(NoRoom::without_value)?;
            let _refused = guard.close().await;
            drop(s.defer(2, async |_| Err("refused")));
            Ok::<_, NoRoom<()>>(3)
        });
        Ok::<i32, NoRoom<()>>(child.await + inner.map_err(NoRoom::without_value)?.await?)
    });
    let ended = pin!(work).poll(&mut Context::from_waker(Waker::noop()));
    ended == core::task::Poll::Ready(Ok(4)) && arena.most_used() > 0
}

/// Runs an event loop with two arms. True if that worked.
pub extern "C" fn scope_runs_an_event_loop() -> bool {
    let mut sum = 0;
    let work = onpar_scope::events(&mut sum)
        .once(async { 1 }, async |sum, n| *sum += n)
        .repeat(|sum| (*sum < 3).then_some(async { 1 }), async |sum, n| *sum += n)
        .run();
    let ended = pin!(work).poll(&mut Context::from_waker(Waker::noop())).is_ready();
    ended && sum == 3
}

/// Brackets a value by the facade's prelude: it brings no std along. True if that worked.
pub extern "C" fn facade_brackets_a_value() -> bool {
    use onpar::prelude::*;

    let bracket = pin!(using(async { Ok::<_, Infallible>(1) }, async |number: &mut u32| *number + 1, async |_, _| ()));
    bracket.poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// Iterates with a closure, a state and a generator. True if that worked.
pub extern "C" fn iter_maps_and_filters() -> bool {
    use onpar_iter::{AsyncIterator as _, AsyncIteratorWith as _, AsyncItertools as _, stream};

    let numbers = stream(async |mut y| {
        y.emit(1).await;
        y.emit(2).await;
    });
    let sum = numbers.map(async |n| n + 1).filter_with(0, async |_, n| *n > 2).dedup().sum::<u32>();
    pin!(sum).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// A trait whose objects have room for their futures in the call.
#[onpar::trait_variant(send = SendSensor, dyn = DynSensor, dyn_send = DynSendSensor, inline = 64)]
pub trait Sensor {
    /// Reads it.
    async fn read(&self) -> u32;
}

struct Still(u32);

impl Sensor for Still {
    async fn read(&self) -> u32 {
        self.0
    }
}

/// Reads a sensor statically, by its `Send` sibling and as an object. True if that worked.
pub extern "C" fn traits_call_in_every_form() -> bool {
    let plain: &DynSensor<'_> = &Still(1);
    let still = Sensor!(Still(2));
    let send: &DynSendSensor<'_> = &still;
    let all = pin!(async { Still(4).read().await + plain.read().await + SendSensor::read(send).await });
    all.poll(&mut Context::from_waker(Waker::noop())) == core::task::Poll::Ready(7)
}

/// Runs the program of the microcontroller as far as it goes in one poll: its first sleep. True if that worked.
pub fn bare_metal_program_begins(spawner: embassy_executor::Spawner) -> bool {
    use onpar::rt::embassy_0_10::{Embassy, Timers};

    static TIMERS: Timers = Timers::new();
    let rt = Embassy::new(spawner, &TIMERS);
    let memory = pin!(bare_metal::Memory::new());
    let program = pin!(bare_metal::run(&rt, memory));
    program.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}
