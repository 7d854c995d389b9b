//! Runtimes, as values: the built-in [`local`] executor, and the adapters for the runtimes that people use.
//!
//! One module and one feature for each foreign major version. A library takes `impl Clock` or `impl Spawn` instead, and
//! names none of them.

#[cfg(all(feature = "compio-0-19", unix))]
#[doc(inline)]
pub use onpar_rt::compio_0_19;
#[cfg(feature = "embassy-0-10")]
#[doc(inline)]
pub use onpar_rt::embassy_0_10;
#[cfg(feature = "local")]
#[doc(inline)]
pub use onpar_rt::local;
#[cfg(feature = "main-loop")]
#[doc(inline)]
pub use onpar_rt::main_loop;
#[cfg(any(feature = "local", feature = "smol-2", feature = "tokio-1", all(feature = "compio-0-19", unix)))]
#[doc(inline)]
pub use onpar_rt::slow_polls;
#[cfg(feature = "smol-2")]
#[doc(inline)]
pub use onpar_rt::smol_2;
#[cfg(feature = "tokio-1")]
#[doc(inline)]
pub use onpar_rt::tokio_1;
#[cfg(all(feature = "wasm-bindgen-0-2", target_family = "wasm"))]
#[doc(inline)]
pub use onpar_rt::wasm_bindgen_0_2;
