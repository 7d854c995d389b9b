//! The firmware: the program on a Cortex-M3, with embassy's executor. It says by semihosting what came of it.
#![no_std]
#![no_main]

mod systick;

use core::panic::PanicInfo;

use bare_metal::run;
use cortex_m_semihosting::{debug, hprintln};
use embassy_executor::Spawner;
use onpar::rt::embassy_0_10::{Embassy, Timers};

static TIMERS: Timers = Timers::new();

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    systick::start();
    let report = run(&Embassy::new(spawner, &TIMERS)).await;
    hprintln!("{}", report);
    match report.check() {
        Ok(()) => debug::exit(debug::EXIT_SUCCESS),
        Err(what) => {
            hprintln!("{}", what);
            debug::exit(debug::EXIT_FAILURE);
        }
    }
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    hprintln!("{}", info);
    debug::exit(debug::EXIT_FAILURE);
    loop {
        cortex_m::asm::bkpt();
    }
}
