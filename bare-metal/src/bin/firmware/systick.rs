//! A driver of embassy's time by the timer that every Cortex-M has: a thousand ticks a second.
//!
//! It also ends a program that hangs. It has embassy's own timer queue, which has room for one deadline a task: `Timers` of onpar need no more.

use core::cell::RefCell;
use core::task::Waker;

use cortex_m::peripheral::Peripherals;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use cortex_m_semihosting::{debug, hprintln};
use critical_section::Mutex;
use embassy_time_driver::{Driver, time_driver_impl};
use embassy_time_queue_utils::Queue;

/// What an LM3S6965 has after a reset: 12.5 MHz.
const CYCLES: u32 = 12_500;

/// Far longer than the program takes, in ticks.
const HANGS: u64 = 60_000;

struct SysTick {
    inner: Mutex<RefCell<Inner>>,
}

struct Inner {
    now: u64,
    next: u64,
    queue: Queue,
}

time_driver_impl!(static DRIVER: SysTick = SysTick {
    inner: Mutex::new(RefCell::new(Inner { now: 0, next: u64::MAX, queue: Queue::new() })),
});

/// Starts the clock.
pub(crate) fn start() {
    let mut timer = Peripherals::take().expect("it is started once").SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(CYCLES - 1);
    timer.clear_current();
    timer.enable_counter();
    timer.enable_interrupt();
}

impl Driver for SysTick {
    fn now(&self) -> u64 {
        critical_section::with(|token| self.inner.borrow_ref(token).now)
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        critical_section::with(|token| {
            let mut inner = self.inner.borrow_ref_mut(token);
            if inner.queue.schedule_wake(at, waker) {
                inner.ring();
            }
        });
    }
}

impl Inner {
    /// Wakes whoever has waited until now.
    fn ring(&mut self) {
        self.next = self.queue.next_expiration(self.now);
    }
}

#[exception]
fn SysTick() {
    critical_section::with(|token| {
        let mut inner = DRIVER.inner.borrow_ref_mut(token);
        inner.now += 1;
        if inner.now == HANGS {
            hprintln!("it has not ended after {} s", HANGS / 1000);
            debug::exit(debug::EXIT_FAILURE);
        }
        if inner.now >= inner.next {
            inner.ring();
        }
    });
}
