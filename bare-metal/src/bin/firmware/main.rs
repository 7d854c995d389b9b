//! The firmware: the program on a Cortex-M3, with embassy's executor. It says by semihosting what came of it.
#![no_std]
#![no_main]

mod systick;

use core::fmt::Display;
use core::panic::PanicInfo;
use core::pin::pin;

use bare_metal::{Memory, run};
use cortex_m_semihosting::{debug, hprintln};
use embassy_executor::Spawner;
use onpar::rt::embassy_0_10::{Embassy, Timers};

static TIMERS: Timers = Timers::new();

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    systick::start();
    let mut memory = pin!(Memory::new());
    let report = match run(&Embassy::new(spawner, &TIMERS), memory.as_mut()).await {
        Ok(report) => report,
        Err(no_room) => fail(no_room),
    };
    hprintln!("{}", report);
    hprintln!("{:?}", memory);
    match report.check() {
        Ok(()) => debug::exit(debug::EXIT_SUCCESS),
        Err(what) => fail(what),
    }
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    fail(info)
}

/// Says what is wrong, and ends.
fn fail(what: impl Display) -> ! {
    hprintln!("{}", what);
    debug::exit(debug::EXIT_FAILURE);
    loop {
        cortex_m::asm::bkpt();
    }
}
