//! What is asked of JavaScript: the time, and to be called back.

use core::time::Duration;

use onpar_core::Instant;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    // Windows give a number, Node.js gives an object.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Closure<dyn FnMut()>, millis: i32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: &JsValue);
}

/// The time since the page, the worker or the process began. It does not go back.
pub(super) fn now() -> Instant {
    // Milliseconds, in parts of them that the browser makes coarser on purpose. A negative number is taken as zero.
    Instant::ORIGIN + Duration::try_from_secs_f64(performance_now() / 1000.0).unwrap_or_default()
}

/// Calls back once, no earlier than after `wait` by another clock of JavaScript's, and after 24 days at the latest.
/// Dropping it takes it back.
pub(super) struct Timeout {
    timeout: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    pub(super) fn new(wait: Duration, callback: impl FnMut() + 'static) -> Self {
        // A longer wait than JavaScript can tell would be none at all.
        let millis = i32::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX);
        let callback = Closure::new(callback);
        Self { timeout: set_timeout(&callback, millis), _callback: callback }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        clear_timeout(&self.timeout);
    }
}
